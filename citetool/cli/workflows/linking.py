"""Citations for `citetool catalogue link`: where they come from, how links are shown, what goes into the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.cli.ui import console
from citetool.cli.workflows import doc, parse
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetool.catalogue.link import Link, Match
    from citetool.record.model import Record


class Cited(NamedTuple):
    """A citation with the record that was read from it, and where it stands (`note 3: `; empty for a bare one)."""

    text: str
    record: Record
    where: str = ""


def cited(source: str, library: Path | None) -> list[Cited]:
    """Return the citations of a document, of a file with one a line (`-`: stdin), or of a text that is no file's name.

    Short forms (`Ibid.`) go with the citation that they stand for. Raises InputError where a file cannot be read.
    """
    from citetool.documents.registry import FORMATS
    from citetool.documents.typed import read_typed

    context = parse.context_of(library)
    suffixes = {suffix for row in FORMATS.values() for suffix in row.suffixes}
    if Path(source).suffix.lower() in suffixes:
        document = doc.opened(source, None)
        found = read_typed(document, doc.sources_of(document, None, library), context)
        return [Cited(one.text, one.record, one.note.label) for one in found if one.goes_back_to is None]
    is_file = source == "-" or Path(source).is_file()
    items = parse.read_all(None if is_file else source, Path(source) if is_file else None, context)
    return [Cited(item.reading.string.strip(), item.record) for item in items if item.reading.source is None]


def shown(link: Link, where: str, sure: float) -> Iterator[str]:
    """Yield the lines for a citation: its verdict, then each description that it may mean."""
    verdict = link.verdict(sure)
    colour = {"found": "green", "unsure": "warning", "not found": "error"}[verdict]
    yield f"{console.paint(verdict, colour)}  {where}{link.text}\n"
    for match in link.matches[:1] if verdict == "found" else link.matches[:5]:
        yield f"  {match.probability:.2f}  {match.hit.key}  {_description(match)}\n"
        yield f"        {_reasons(match)}\n"
    if verdict == "found" and link.lacking:
        yield f"        not in the citation: {'; '.join(link.lacking)}\n"


def _description(match: Match) -> str:
    levels = [str(value) for value in match.hit.data().get("archive", {}).values() if isinstance(value, str)]
    return ", ".join(part for part in (match.hit.title, match.hit.date, *levels) if part)


def _reasons(match: Match) -> str:
    """Return what agrees and what does not, in the words of the comparisons."""
    good = [name for name, outcome in match.outcomes.items() if outcome in ("same", "all", "within")]
    bad = [name for name, outcome in match.outcomes.items() if outcome in ("other", "few", "far", "near")]
    parts = [f"same {', '.join(good)}" if good else "", f"another {', '.join(bad)}" if bad else ""]
    return "; ".join(part for part in parts if part)


def as_dict(link: Link, where: str, sure: float) -> dict[str, Any]:
    """Return a link as plain data."""
    return {
        "citation": link.text,
        "where": where.rstrip(": "),
        "verdict": link.verdict(sure),
        "candidates": [
            {
                "key": match.hit.key,
                "source": match.hit.path,
                "probability": round(match.probability, 4),
                "description": _description(match),
                "outcomes": {name: outcome for name, outcome in match.outcomes.items() if outcome},
            }
            for match in link.matches
        ],
        "lacking": link.lacking,
    }


def summary(links: Sequence[Link], sure: float) -> str:
    """Return how many citations were found, are unsure, and were not found."""
    verdicts = [link.verdict(sure) for link in links]
    return ", ".join(f"{verdicts.count(name)} {name}" for name in ("found", "unsure", "not found"))


def record_of(link: Link) -> Record:
    """Return the source that is cited, with the levels and the address of the likeliest description.

    What the citation says of the document itself stays; what it leaves out is that of the description.
    """
    from citetool.catalogue.read import record_of as described

    found = described(link.matches[0].hit)
    own = link.record
    if not own.any_title and not own.creators:
        return found
    return replace(
        own,
        id="",
        kind=own.kind or found.kind,
        date=own.date or found.date,
        archive=found.archive,
        copies=own.copies or found.copies,
        digital=found.digital if found.digital.url else own.digital,
    )


def put(links: Sequence[Link], library: Path | None) -> None:
    """Put what was found into the library, each source once, and say what became of it."""
    from citetool.cli.workflows import add
    from citetool.library.library import open_library
    from citetool.record.keys import Keys

    keys = Keys()
    records = []
    for link in links:
        record = record_of(link)
        records.append(replace(record, id=record.id or keys.give(record)))
    home = open_library(library)
    read = add.Read(records)
    console.err("\n".join(add.report(read, add.put(home, read, "merge"), home.root)))
