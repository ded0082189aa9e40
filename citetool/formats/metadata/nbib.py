"""PubMed's tagged format (MEDLINE, .nbib), as PubMed and ERIC export it: a tag of up to four letters, `- `, a value.

Tags are those of the MEDLINE/PubMed data element descriptions. A line that begins with blanks goes on with the value
before it; an empty line ends an entry. Left out: chemicals, grants, history of the entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import closed_title, file_name, key_of, unique, written_date
from citetool.formats.shared.languages import language_tags
from citetool.formats.shared.text_stream import text_blocks
from citetool.lazy_re import lazy
from citetool.names import Name, parse_name
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Creator, Digital, Draft, Metadata, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

_LINE = lazy(r"([A-Z]{2,4}) *- (.*)")
_KINDS = (
    (r"(?i)dissertation|thes[ie]s", "thesis"),
    (r"(?i)^book chapter|^chapter", "chapter"),
    (r"(?i)^books?$|^monograph", "book"),
    (r"(?i)^reports?\b|technical report", "published report"),
    (r"(?i)newspaper article", "newspaper article"),
    (r"(?i)^dataset", "dataset"),
    (r"(?i)preprint", "article"),
)
_THESIS = lazy(r"(?i)^(.*(?:dissertation|thesis)), (.+?)\.?$")

Entry = dict[str, list[str]]


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each entry, in the order of the file; raises InputError where no line has a tag."""
    problems: list[Problem] = []
    found = False
    for line, entry, raw in _entries(stream, options, problems):
        found = True
        record = _record(entry, options)
        yield record or Rejected(Problem("an entry without a title", Where(options.source, line)), raw)
    if not found:
        raise InputError(Problem("there is no line such as `PMID- 123` in it", Where(options.source)), *problems)
    yield from problems


def _entries(stream: BinaryIO, options: ReadOptions, problems: list[Problem]) -> Iterator[tuple[int, Entry, str]]:
    """Yield the first line of each entry, its values by tag, and its text."""
    entry: Entry = {}
    raw: list[str] = []
    begin, tag = 1, ""
    lines = (line for block in text_blocks(stream, options, problems) for line in block.splitlines())
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line)
        if not line.strip() or (match and match[1] == "PMID" and entry):
            if entry:
                yield begin, entry, "\n".join(raw)
            entry, raw, tag = {}, [], ""
        if match:
            begin = number if not entry else begin
            tag = match[1]
            entry.setdefault(tag, []).append(match[2].strip())
        elif tag and line[:1].isspace() and line.strip():
            entry[tag][-1] += f" {line.strip()}"
        raw += [line] if line.strip() else []
    if entry:
        yield begin, entry, "\n".join(raw)


def _record(entry: Entry, options: ReadOptions) -> Record | None:
    def first(*tags: str) -> str:
        return next((entry[tag][0] for tag in tags if entry.get(tag)), "")

    title = closed_title(first("TI", "BTI", "TT"))
    if not title:
        return None
    kind = _kind(entry)
    date, words = written_date(_readable(first("DP")))
    return Draft(
        id=key_of(first("PMID", "OID")),
        kind=kind,
        title=title,
        original_title=closed_title(first("TT")) if first("TI") else "",
        creators=tuple(_people(entry)),
        date=date,
        date_text=words,
        language=language_tags("; ".join(entry.get("LA", ()))),
        digital=Digital(
            url=next((text for text in (*entry.get("AID", ()), *entry.get("LID", ())) if "://" in text), "")
        ),
        publication=_publication(entry, kind),
        summary=first("AB"),
        subjects=unique([*entry.get("MH", ()), *entry.get("OT", ())]),
        identifiers=_identifiers(entry),
        metadata=Metadata(
            source="ERIC" if first("OWN") == "ERIC" else "PubMed", file=file_name(options.source), reader="nbib"
        ),
    )


def _kind(entry: Entry) -> str:
    for term in entry.get("PT", ()):
        for pattern, kind in _KINDS:
            if re.search(pattern, term):
                return kind
    if entry.get("BTI"):
        return "chapter" if entry.get("TI") else "book"
    return "journal article"


def _readable(text: str) -> str:
    """Return a date as others write it: `2021 Mar 4` is 4 March 2021, of `2021 Mar-Apr` the year and first month."""
    match = re.match(r"(\d{4})(?: ([A-Z][a-z]{2})(?:-[A-Z][a-z]{2})?(?: (\d{1,2}))?)?", text)
    return " ".join(filter(None, (match[3], match[2], match[1]))) if match else text


def _people(entry: Entry) -> Iterator[Creator]:
    for full, short, role in (("FAU", "AU", "author"), ("FED", "ED", "editor")):
        for text in entry.get(full) or entry.get(short) or ():
            plain = re.sub(r"^([^,]+) ([A-Z]{1,4})$", r"\1, \2", text)  # `Miller AB`
            yield Creator(parse_name(plain), role)
    for text in entry.get("CN", ()):
        yield Creator(Name(literal=text), "author")


def _publication(entry: Entry, kind: str) -> dict[str, str]:
    def first(*tags: str) -> str:
        return next((entry[tag][0] for tag in tags if entry.get(tag)), "")

    journal = first("JT", "TA")
    given = {
        "container-title": first("BTI") if kind == "chapter" else journal,
        "volume": first("VI"),
        "issue": first("IP"),
        "page": first("PG"),
        "publisher": first("PB"),
        "publisher-place": first("PL") if first("PB") else "",
        "collection-title": first("CTI"),
    }
    if kind in ("book", "thesis", "published report"):
        given["container-title"] = ""
        given["publisher"] = given["publisher"] or journal
    thesis = _THESIS.match(first("SO"))
    if kind == "thesis" and thesis:
        given["genre"], given["publisher"] = thesis[1], thesis[2]
    return {name: text for name, text in given.items() if text}


def _identifiers(entry: Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    if entry.get("PMID"):
        found["pmid"] = entry["PMID"][0]
    for text in (*entry.get("AID", ()), *entry.get("LID", ())):
        match = re.match(r"(10\.\S+) \[doi\]", text)
        if match:
            found.setdefault("doi", match[1])
    for system, tag in (("issn", "IS"), ("issn", "ISSN"), ("isbn", "ISBN")):
        number = next((n[0] for text in entry.get(tag, ()) if (n := re.search(r"[\dXx-]{8,}", text))), "").strip("-")
        if number and system not in found:
            found[system] = number
    return found
