"""One citation read: opening words, description, location, marks of classification, contributors.

    string -> pieces (marks) -> description | location (border) -> head
                                     location -> units (units, merge) -> levels (location, references)

Everything that is found is a span of the string; the reading is made of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .boundary import Border
from .classifier import Classifier, Unit
from .context import read_contributions, read_note_end, read_opening, read_short_form
from .dates import edtf_of
from .description import Head
from .gazetteer import Gazetteer, gazetteer
from .location import read_location
from .model import Reading
from .references import code_parts, find_reference
from .scoring import MOST, judge, looks_published
from .spans import Part, is_evidence
from .token_joining import merge
from .tokenizer import Piece, cut

if TYPE_CHECKING:
    from citetool.record.model import Level

    from .references import Reference

_LOCATED = lazy(r"(?<=[.\s])Located (?:in|at):\s*")
_BEHIND = frozenset(("repository", "place", "division", "digital", "short_form"))
_QUOTES = "\"“„«‘*'"


class Reader:
    """The reading of one string under construction."""

    def __init__(self, text: str, gaz: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gaz
        self.classifier = Classifier(text, gaz)
        self.border = Border(text, self.classifier)
        self.parts: list[Part] = []
        self.fit = 0.0
        self.tradition = ""

    # ---- the whole

    def read(self, *, only_location: bool = False) -> Reading:
        """The reading, with its confidence; one that says so where there is nothing, or far too much, to read."""
        text = self.text
        if len(text) > MOST or not text.strip():
            return judge(Reading(text), 0.0)
        begin, is_note = read_opening(text, self.parts)
        end = read_contributions(text, begin, len(text), self.parts)
        end = read_short_form(text, begin, end, self.parts)
        reference = find_reference(text[:end], self.gazetteer) if end > begin else None
        pieces = [p for p in cut(text[:end]) if p.end > begin]
        for piece in pieces:
            piece.start = max(piece.start, begin)
        if reference:
            head = self._with_reference(pieces, reference)
        elif is_note or only_location:
            pieces = read_note_end(text, pieces, self.classifier, self.parts)
            head = Head(text, self.classifier)
            self._locate(self._units(pieces))
        else:
            head = self._archival(pieces)
        return self._finish(head)

    def _units(self, pieces: list[Piece]) -> list[Unit]:
        return merge([unit for piece in pieces for unit in self.classifier.split(piece)], self.classifier)

    # ---- description and location

    def _archival(self, pieces: list[Piece]) -> Head:
        head = Head(self.text, self.classifier)
        located = _LOCATED.search(self.text)
        if located and self._located(pieces, located.start(), located.end()):
            return head
        pieces, border = self.border.find(pieces)
        bullet = next((i for i, p in enumerate(pieces) if i and p.before == "•"), 0)
        if bullet and not border:
            head.read(pieces[bullet:])
            pieces = pieces[:bullet]
        elif self.border.is_collection(pieces, border):
            border = 0
        elif not border:
            count = self.border.described_after(pieces)
            head.read(pieces[count:])
            pieces = pieces[:count]
        if border:
            head.read(pieces[:border])
        self.parts += head.parts
        self._locate(self._without_notes(self._units(pieces[border:]), head))
        return head

    def _located(self, pieces: list[Piece], start: int, end: int) -> bool:
        """Read `Creator. Collection. 1894-1992. Located in: ...`; whether it was that."""
        before = [p for p in pieces if p.start < start]
        behind = [p for p in pieces if p.end > end]
        texts = [p for p in before if not self.border.is_dated(p)]
        if not texts or not behind:
            return False
        self.parts += [Part(p.start, p.end, "date") for p in before if self.border.is_dated(p)]
        self.parts.append(Part(texts[-1].start, texts[-1].end, "level", "collection"))
        if len(texts) > 1:
            self.parts.append(Part(texts[0].start, texts[-2].end, "creator"))
        self.parts.append(Part(start, end, "opening"))
        behind[0].start = max(behind[0].start, end)
        units = self._units(behind)
        for unit in units:
            # the collection was named before; here it is the part of the library that keeps it
            unit.sort = "division" if unit.sort == "collection" else unit.sort
        self.parts += [Part(u.start, u.end, "level", "collection_id") for u in units if u.sort == "id"]
        self._locate([unit for unit in units if unit.sort != "id"])
        return True

    def _without_notes(self, units: list[Unit], head: Head) -> list[Unit]:
        """The units of the location; what belongs to the document (place of writing, kind) is taken out of them."""
        left: list[Unit] = []
        seen = False
        for index, unit in enumerate(units):
            seen = seen or is_evidence(unit)
            seat = index + 1 < len(units) and units[index + 1].sort == "repository" and not index
            if not seen and unit.sort == "place" and head.parts and not seat:
                self.parts.append(Part(unit.start, unit.end, "place_from"))
            elif not seen and unit.sort == "kind":
                self.parts.append(Part(unit.start, unit.end, "kind"))
                head.kind = head.kind or self.gazetteer.term("kind", self.text[unit.start : unit.end]) or ""
            elif not seen and unit.sort in ("quote", "italic") and index == 0:
                titled = unit.sort == "italic" or head.has("title") or not head.has("recipient")
                self.parts.append(Part(unit.start, unit.end, "container" if titled else "title"))
            else:
                left.append(unit)
        return left

    def _locate(self, units: list[Unit]) -> None:
        """Read the units of the location as levels; codes first, in the way of the repository that is named."""
        known = (self.gazetteer.repository(self.text[u.start : u.end]) for u in units if u.sort == "repository")
        self.tradition = next((repository.tradition for repository in known if repository), "")
        left: list[Unit] = []
        coded: list[Part] = []
        for unit in units:
            parts: list[Part] = []
            if unit.sort in ("id", "text"):
                parts = code_parts(self.text, unit.start, unit.end, self.tradition, self.gazetteer)
            coded += parts
            if not parts:
                left.append(unit)
        levels, self.fit = read_location(left, self.text, begun=bool(coded))
        self.parts += coded + levels

    # ---- references of marks

    def _with_reference(self, pieces: list[Piece], reference: Reference) -> Head:
        """A reference of marks: before it the description and the repository, behind it whatever follows."""
        self.tradition = reference.tradition
        self.fit = 1.0
        self.parts += reference.parts
        before: list[Piece] = []
        for piece in pieces:
            if piece.start < reference.start:
                if piece.end > reference.start:
                    piece.end = len(self.text[: reference.start].rstrip(" ,:;.("))
                if piece.end > piece.start:
                    before.append(piece)
            elif piece.kind == "url":
                self.parts.append(Part(piece.start, piece.end, "url"))
        before, border = self.border.find(before)
        if before and border == len(before) and self._is_last_body(before[-1]):
            border -= 1
        head = Head(self.text, self.classifier)
        head.read(before[:border])
        behind = [p for p in pieces if p.start >= reference.end and p.kind != "url"]
        if not head.parts and any(p.kind == "quote" or self.border.is_dated(p) for p in behind):
            head.read(behind)
        else:
            named = [unit for unit in self._units(behind) if unit.sort in _BEHIND]
            self.parts += map(_part_before, named)
        self.parts += head.parts
        self.parts += [_part_before(unit) for unit in self._units(before[border:])]
        return head

    def _is_last_body(self, piece: Piece) -> bool:
        """Whether the words before a reference are the archive: an acronym, or the only thing there is."""
        span = self.text[piece.start : piece.end]
        named = span.isupper() or piece.start < 3
        return named and piece.kind == "text" and len(span) < 80 and not self.border.is_dated(piece)

    # ---- the end

    def _finish(self, head: Head) -> Reading:
        text = self.text
        parts = _in_order(text, self.parts)
        dates = [p for p in parts if p.role == "date"]
        for extra in dates[1:]:
            extra.role = "note"
        date = edtf_of(text[dates[0].start : dates[0].end]) if dates else ""
        published = looks_published(text, parts)
        if published:
            for part in parts:
                part.role = "container" if part.role == "level" else part.role
        reading = Reading(text, tuple(parts), date=date, kind=head.kind, tradition=self.tradition)
        reading.supplied = _is_supplied(text, parts)
        reading.published = published
        return judge(reading, self.fit)


def _part_before(unit: Unit) -> Part:
    """A unit between the description and a reference of marks: the archive, its town, a site."""
    if unit.sort in ("url", "date", "opening", "short_form"):
        return Part(unit.start, unit.end, unit.sort)
    levels = {"place": "place", "collection": "collection", "digital": "digital", "level": unit.level}
    return Part(unit.start, unit.end, "level", levels.get(unit.sort, "repository"))


def _in_order(text: str, parts: list[Part]) -> list[Part]:
    """The parts in the order of the text, without space at their ends; those of marks alone are no parts.

    One that lies inside another (names within a title) comes behind it.
    """
    kept = []
    for part in parts:
        span = text[part.start : part.end]
        if any(map(str.isalnum, span)):
            part.start += len(span) - len(span.lstrip())
            part.end -= len(span) - len(span.rstrip())
            kept.append(part)
    return sorted(kept, key=lambda p: (p.start, -p.end))


def _is_supplied(text: str, parts: list[Part]) -> bool:
    """Whether the title describes the document and is not its own: it stands without quotes."""
    title = next((part for part in parts if part.role == "title"), None)
    return title is not None and (title.start == 0 or text[title.start - 1] not in _QUOTES)


def read_levels(text: str, gaz: Gazetteer | None = None) -> list[Level]:
    """The levels of a bare archival path, in order.

    `Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress, Washington, D.C.`
    """
    return Reader(text[:MOST], gaz or gazetteer()).read(only_location=True).levels
