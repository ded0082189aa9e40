"""Reading of citations for `citetool parse`: its texts, their short forms, and the display of a reading.

Short forms come from the library's `repositories.yaml`; where there is no library there are none. What is put into the
library are readings, archival or of published works, from a confidence on that the user may set; one below it is shown,
and added where the user says so on a terminal.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

import typer

from citetool.cli.ui import console
from citetool.cli.workflows import apply
from citetool.library.authority import Authority, read_authority
from citetool.library.library import find_library, open_library
from citetool.parallel import in_order
from citetool.parsing import Context, Reading, read_citation, read_citations, read_note, to_record, with_given
from citetool.parsing.gazetteer import Repository
from citetool.parsing.learning import unknown_bodies
from citetool.parsing.model import THRESHOLD
from citetool.problems import CitetoolError, InputError, Problem, UsageError, Where
from citetool.record.keys import Keys
from citetool.record.schema import to_plain
from citetool.text import pad

from .typed_notes import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citetool.parsing.published.work import Work
    from citetool.record.model import Record

_COLOURS = {
    "title": "bold", "creator": "info", "recipient": "info", "participant": "info", "date": "warning", "level": "green",
    "url": "blue", "kind": "dim", "marking": "error",
}  # fmt: skip
_WIDTH = 14
_MOST_OFFERED = 5  # names
_NOTHING: dict[str, str] = {}
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_NO_KEY = "-"  # until the keys of all are known


class Item(NamedTuple):
    """A citation as it was read, the record made of it, and the number of its note in a document."""

    reading: Reading
    record: Record
    note: int | None = None


def context_of(library: Path | None) -> Context:
    """Return a context with the names of the library's `repositories.yaml`, none without a library."""
    try:
        root = find_library(library)
    except CitetoolError:
        return Context()
    return Context(dict(_short_forms(read_authority(root))))


def _short_forms(authority: Authority) -> Iterator[tuple[str, Repository]]:
    for spelling, name in authority.spellings["repositories"].items():
        yield spelling, Repository(name, authority.repositories[name].place)
    for known in authority.repositories.values():
        if known.short:
            yield known.short, Repository(known.name, known.place)
    for spelling, name in authority.spellings["collections"].items():
        yield spelling, Repository(name, "", "collection")


def read_all(
    text: str | None,
    lines: Path | None,
    context: Context,
    *,
    key: str | None = None,
    document: Path | None = None,
    jobs: int = 1,
) -> list[Item]:
    """Return the citations of a text (argument or stdin), of the lines of a file or the notes of a document, in order.

    Lines are read by so many processes. Raises UsageError where there is nothing to read, InputError where the file
    cannot be read.
    """
    if sum(source is not None for source in (text, lines, document)) > 1:
        raise UsageError(Problem("a text, --lines or --from-file, not two of them"))
    if text is not None and os.path.isfile(text):  # noqa: PTH113 - unlike Path's, False for a text of any kind
        hint = f"citetool parse --lines {quote(text)}, or --from-file for a manuscript"
        raise UsageError(Problem(f"{text!r} is a file and not a citation", hint=hint))
    read_one = partial(_as_record, context, key or _NO_KEY)
    rows: list[tuple[Reading, Record, int | None]]
    if document is not None:
        cited = [(number, read_note(note, context)) for number, note in notes_of(document)]
        rows = [(one.reading, read_one(one.reading), number) for number, found in cited for one in found]
    elif lines is not None:
        work = partial(_read_lines, context, key or _NO_KEY)
        done = in_order(work, _chunks(_lines(lines)), jobs)
        rows = [(reading, record, None) for chunk in done for reading, record in chunk]
    else:
        rows = [(reading, read_one(reading), None) for reading in read_citations(_text(text), context)]
    if not rows:
        hint = "citetool parse 'Smith to Jones, May 3, 1944, ...'"
        raise UsageError(Problem("there is no citation to read", hint=hint))
    if key is not None and len(rows) != 1:
        raise UsageError(Problem(f"--key names one record, and there are {len(rows)} citations"))
    keys = Keys()
    items = []
    for reading, record, note in rows:
        if key is None:
            record.id = ""
            record.id = keys.give(record)
        items.append(Item(reading, record, note))
    return items


_AT_ONCE = 200  # lines that go to a process together


def _chunks(lines: list[tuple[str, dict[str, str]]]) -> Iterator[list[tuple[str, dict[str, str]]]]:
    yield from (lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE))


def _read_lines(context: Context, key: str, lines: list[tuple[str, dict[str, str]]]) -> list[tuple[Reading, Record]]:
    """Return what lines say, each with the record that it makes."""
    readings = ((read_citation(line, context), given) for line, given in lines)
    return [(reading, _as_record(context, key, reading, given)) for reading, given in readings]


def _as_record(context: Context, key: str, reading: Reading, given: dict[str, str] = _NOTHING) -> Record:
    return with_given(to_record(reading, key, context), **given)


def _text(text: str | None) -> str:
    if text is not None and text != "-":
        return text
    if text is None and sys.stdin.isatty():
        raise UsageError(Problem("which citation?", hint="give it in quotes, or `-` to read it from stdin"))
    return _decoded(sys.stdin.buffer.read(), "<stdin>")


def _lines(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the lines that are not blank, each with the facts that it gives beside the citation."""
    source = "<stdin>" if str(path) == "-" else str(path)
    try:
        data = sys.stdin.buffer.read() if source == "<stdin>" else path.read_bytes()
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {str(error.strerror).lower()}", Where(source))) from None
    return [_given(line) for line in _decoded(data, source).splitlines() if line.strip()]


def _given(line: str) -> tuple[str, dict[str, str]]:
    """Return a line as citation and facts.

    Of a JSON object its `string`, `citation` or `note`; else the line itself.
    """
    if not line.startswith("{"):
        return line, _NOTHING
    try:
        data = json.loads(line)
    except ValueError:
        return line, _NOTHING
    text = next((data[name] for name in ("string", "citation", "note") if isinstance(data.get(name), str)), None)
    if text is None:
        return line, _NOTHING
    return text, {name: data[name] for name in ("title", "date", "url") if isinstance(data.get(name), str)}


def _decoded(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(Problem("this is not UTF-8", Where(source, line), "save it as UTF-8")) from None


# ---- what is shown


def json_line(item: Item) -> str:
    """Return one citation as a line of JSON."""
    reading = item.reading
    data = {
        **({"note": item.note} if item.note is not None else {}),
        "string": reading.string,
        "record": to_plain(item.record),
        "reading": reading.as_dict(),
        "confidence": reading.confidence,
        **({"work": {**reading.work.as_dict(), "confidence": reading.certainty}} if reading.work else {}),
        "problems": [problem.as_dict() for problem in reading.problems],
    }
    return _ENCODE(data)


def shown(item: Item) -> str:
    """Return the citation, its parts coloured on a terminal, and below it each part with its name."""
    reading = item.reading
    rows = [("note", str(item.note))] if item.note is not None else []
    rows += _rows(reading)
    lines = [f"  {console.paint(pad(name, _WIDTH), 'dim', stream=sys.stdout)} {value}" for name, value in rows]
    return "\n".join([_coloured(reading), *lines, ""])


def _coloured(reading: Reading) -> str:
    pieces = []
    place = 0
    for part in reading.parts:
        colour = _COLOURS.get(part.role)
        if part.start < place or colour is None:
            continue
        pieces.append(reading.string[place : part.start])
        pieces.append(console.paint(reading.string[part.start : part.end], colour, stream=sys.stdout))
        place = part.end
    return "".join([*pieces, reading.string[place:]]).strip()


def _rows(reading: Reading) -> Iterator[tuple[str, str]]:
    if reading.source is not None:
        yield "goes back to", reading.source.string.strip()
    if reading.work is not None:
        yield from _work_rows(reading.work)
        yield "confidence", f"{reading.certainty:.2f}"
        return
    if reading.kind:
        yield "kind", reading.kind
    if reading.title:
        yield "title" if not reading.supplied else "supplied title", reading.title
    for role in ("creator", "recipient", "participant", "interviewer", "contributor", "translator"):
        for text in reading.texts(role):
            yield role, text
    if reading.date_verbatim:
        verbatim = reading.date_verbatim
        yield "date", f"{reading.date or '?'} ({verbatim})" if reading.date != verbatim else verbatim
    for level in reading.levels:
        yield level.name.replace("_", " "), level.value
    for role, name in (
        ("place_from", "made at"),
        ("url", "address"),
        ("marking", "marking"),
        ("container", "published in"),
        ("note", "note"),
    ):
        for text in reading.texts(role):
            yield name, text
    for text in reading.unread:
        yield "not understood", text
    yield "confidence", f"{reading.confidence:.2f}"


def _work_rows(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the parts of a published work by the names of CSL, one row a name."""
    rows = [("kind", work.kind), ("title", work.title)]
    for role in ("author", "editor", "translator"):
        rows += [(role, name) for name in getattr(work, f"{role}s")]
    rows += [("date", work.date), *work.data.items(), ("address", work.url), ("locator", work.locator)]
    yield from ((name, value) for name, value in rows if value)


# ---- into the library


def put(found: Sequence[Item], library: Path | None, least: float | None = None) -> bool:
    """Put the records of readings of at least that confidence into the library and say so; whether all were.

    What goes back to an earlier citation (`Ibid.`) is the same source and not put in again.
    """
    found = [item for item in found if item.reading.source is None]
    least = THRESHOLD if least is None else least
    sure = []
    for item in found:
        if item.reading.certainty >= least or _agreed(item):
            sure.append(item.record)
        else:
            said = f"not added: {_short(item.reading.string)!r} has a confidence of {item.reading.certainty:.2f}"
            hint = "look at the reading, then give --min-score, or write the record by hand: citetool new"
            console.problems([Problem(said, hint=hint)])
    if sure:
        home = open_library(library)
        plan = home.add(sure, on_conflict="rename", command=apply.command_line())
        for what, keys in plan.keys.items():
            console.err(f"{what}: {', '.join(keys)}")
    return len(sure) == len(found)


def _agreed(item: Item) -> bool:
    """Return whether the user takes a doubtful reading, which is shown; nobody is asked where no terminal is."""
    if not sys.stdin.isatty():
        return False
    console.err(shown(item))
    return typer.confirm("add it all the same?", default=False, err=True)


def offer(found: Sequence[Item], context: Context) -> None:
    """Say which short names no table has but several citations; `repositories.yaml` is where they are learnt."""
    for name, count in unknown_bodies((item.reading for item in found), context.gazetteer)[:_MOST_OFFERED]:
        hint = f"name it in the library's repositories.yaml, `- {{name: ..., short: {name}}}`, and it is read as one"
        console.note(f"{name} stands for an archive in {count} citations, and is in no table", hint)


def _short(text: str) -> str:
    return text if len(text) < 60 else f"{text[:57]}..."
