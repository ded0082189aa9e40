"""The citations of a whole note with their places in it, for those who take citations out of a text or restyle them.

Nothing of the note is lost: the prefix of each citation, its own text and its suffix, put together in order, are the
note. A signal (`See also`, `Vgl.`) stands in the prefix, commentary behind a citation in its suffix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from citetool.lazy_re import lazy
from citetool.parsing.model import THRESHOLD
from citetool.parsing.signals import IBID
from citetool.parsing.to_record import to_record

from .context import Context
from .read import read_in, share_levels
from .split import split_note
from .works import quoted_behind, work_in

if TYPE_CHECKING:
    from citetool.parsing.model import Reading
    from citetool.record.model import Record

Kind = Literal["archival", "published", "short", "ibid"]

_PAGE_LEVELS = frozenset(("page", "frame", "list"))
_PRINTED_PAGES = lazy(r"(?i)\b(?:pp?|S|с)\.\s*(\d[\d\s,–—-]*)\W*$")
# what is said of the work behind its page: `Roe, Tides, 112, who dates it a day later`
_RELATIVE = lazy(
    r"(?<=\d),\s(?:who|which|where|whose|though|although|but|der|die|das|wo|welche[rs]?|wonach|qui|où|dont|che|dove"
    r"|que|quien|donde|который|где|gdzie|który)\s"
)
_BARE_PAGE = lazy(r"(?:pp?\.\s?|S\.\s?)?(\d[\d–-]*)")
_EDGES = " ,;:.\t\r\n"
_NOT_CITED = frozenset(("opening", "remark"))


@dataclass(frozen=True, slots=True)
class NoteCitation:
    """One citation of a note; `note[start:end]` is its text.

    `prefix` is the text of the note between the citation before it (with that one's suffix) and this one, `suffix` what
    follows it up to the next. `record` is the record it cites; for a short form or `ibid.` that of the citation it goes
    back to, with other levels (another box) taken over. `locator` is the place in the record as written (`p. 3`): for
    `archival` it is empty, since pages are levels of the record there. `reading.string` begins at `start`.
    """

    start: int
    end: int
    kind: Kind
    reading: Reading
    record: Record
    locator: str
    prefix: str
    suffix: str
    confidence: float


def read_note(text: str, context: Context | None = None) -> list[NoteCitation]:
    """Return the citations of a note in the order of the text; none where it is commentary alone.

    Never raises, whatever the text is. The context, where one is given, is read and added to, so that short forms are
    resolved over the notes of a whole document that are read with the same one.
    """
    context = context if context is not None else Context()
    found: list[tuple[int, int, Reading]] = []
    spans = split_note(text)
    while spans:
        begin, stop = spans.pop(0)
        start = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip(_EDGES))
        if start >= stop:
            continue
        reading = read_in(text[start:stop], context)
        if not _is_whole(reading) and (inner := work_in(text[start:stop])):
            quoted = quoted_behind(text[:stop], start + inner[1])
            if quoted:
                spans.insert(0, (quoted, stop))
            start, stop = start + inner[0], start + inner[1]
            reading = read_in(text[start:stop], context)
        if not _is_whole(reading) and (aside := _RELATIVE.search(text, start, stop)):
            shorter = read_in(text[start : aside.start()], context)
            if _is_whole(shorter):
                stop, reading = aside.start(), shorter
        start, reading = _without_opening(text, start, stop, reading, context)
        context.remember(reading)
        found.append((start, _end(text, start, stop, reading), reading))
    share_levels([reading for _, _, reading in found])
    return _placed(text, [one for one in found if _is_cited(one[2])], context)


def _is_whole(reading: Reading) -> bool:
    """Return whether a reading is that of all of its text: a work, a short form, or papers in an archive."""
    if reading.work is not None and reading.work.kind:
        return True
    return reading.source is not None or reading.certainty >= THRESHOLD or IBID.match(reading.string) is not None


def _is_cited(reading: Reading) -> bool:
    """Return whether a reading says where its source is, or goes back to what does."""
    return bool(reading.levels or reading.source is not None or reading.published or IBID.match(reading.string))


def _without_opening(text: str, start: int, stop: int, reading: Reading, context: Context) -> tuple[int, Reading]:
    """Read again from behind the words that open a citation, which are its prefix."""
    first = reading.parts[0] if reading.parts else None
    if first is None or first.role != "opening" or first.start > 1 or not text[start + first.end : stop].strip(_EDGES):
        return start, reading
    behind = text[start + first.end : stop]
    start = stop - len(behind.lstrip(_EDGES))
    return start, read_in(text[start:stop], context)


def _end(text: str, start: int, stop: int, reading: Reading) -> int:
    """Return where the citation ends: behind its last part, with the bracket or quote that closes it."""
    if reading.work is not None and reading.work.kind and reading.source is None:  # it has all of a form
        return start + len(text[start:stop].rstrip(_EDGES))
    ends = [part.end for part in reading.parts if part.role not in _NOT_CITED]
    end = start + max(ends, default=0)
    if end == start:
        return start + len(text[start:stop].rstrip(_EDGES))
    end = start + len(text[start:end].rstrip(" \t\r\n,;:"))  # `ibid.; but others differ`
    while end < stop and text[end] in ')]”"»' and text.count(text[end], start, end + 1):
        end += 1
    return end


def _placed(text: str, found: list[tuple[int, int, Reading]], context: Context) -> list[NoteCitation]:
    """Return the citations with the text around each: signals before it are its prefix, the rest is suffix."""
    placed = []
    behind = 0
    for index, (start, end, reading) in enumerate(found):
        following = found[index + 1][0] if index + 1 < len(found) else len(text)
        suffix = _suffix(text[end:following], last=following == len(text))
        placed.append(_cited(text[behind:start], start, end, reading, suffix, context))
        behind = end + len(suffix)
    return placed


def _suffix(between: str, *, last: bool) -> str:
    """Return what belongs to the citation before it: all but the separator and the signal of the next."""
    if last:
        return between
    cut = max(between.rfind(mark) for mark in (";", ". ", "\n"))
    return between[:cut] if cut >= 0 else ""


def _cited(prefix: str, start: int, end: int, reading: Reading, suffix: str, context: Context) -> NoteCitation:
    kind = _kind(reading)
    locator = ""
    record = to_record(reading, context=context)
    if kind == "published":
        printed = _PRINTED_PAGES.search(reading.string)
        locator = reading.work.locator if reading.work else printed[1].strip() if printed else ""
    if reading.source is not None and kind != "published":
        own = reading.levels
        pages = ", ".join(level.value for level in own if level.name in _PAGE_LEVELS)
        locator = reading.work.locator if reading.work else pages
        if kind == "ibid" and not own and not locator and reading.source.work is not None:
            locator = reading.source.work.locator  # a bare `ibid.` is the same page
        if kind == "ibid" and reading.source.work is not None and (page := _BARE_PAGE.fullmatch(locator)):
            volume, colon, _ = reading.source.work.locator.rpartition(":")
            locator = f"{volume}:{page[1]}" if colon else locator  # and `ibid., 13` one of the same volume
        if all(level.name in _PAGE_LEVELS for level in own) and not is_another_document(reading):
            record = to_record(reading.source, context=context)
    return NoteCitation(start, end, kind, reading, record, locator, prefix, suffix, reading.certainty)


def is_another_document(reading: Reading) -> bool:
    """Return whether it names a document of its own, which is only kept where the one before is: `Roe to Doe, ibid.`"""
    back = next((part for part in reading.parts if part.role == "back"), None)
    if back is None or reading.work is not None or not IBID.match(reading.string[back.start : back.end].lstrip(" ,")):
        return False
    return bool(reading.recipients or (reading.date and (reading.title or reading.creators)) or is_another_day(reading))


def is_another_day(reading: Reading) -> bool:
    """Return whether a short form names no more than the day of what it cites: `ibid., 3 May 1950`."""
    return reading.source is not None and {part.role for part in reading.parts} == {"back", "date"}


def _kind(reading: Reading) -> Kind:
    if reading.work is not None and reading.work.kind and reading.source is None:
        return "published"  # `idem, Title (London, 1986)` among them
    if IBID.match(reading.string):
        return "ibid"
    if reading.source is not None:
        return "short"
    return "published" if reading.published else "archival"
