"""One citation read: opening words, description, location, marks of classification, contributors.

    string -> pieces (marks) -> head | tail -> units (units, merge) -> levels (location, references) -> Reading

The description ends with its date, or where the first thing stands that only archives have. Everything that is found is
a span of the string; the reading is made of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .dates import EXACT, WHOLE, edtf_of, find_date
from .gazetteer import Gazetteer, fold, gazetteer
from .head import Head
from .judge import judge, looks_published
from .location import Part, is_evidence, read_location
from .marks import Piece, cut
from .merge import BARE_COLLECTION, merge
from .model import Reading
from .references import code_parts, find_reference
from .units import Classifier, Unit

if TYPE_CHECKING:
    from citetool.record.model import Level

    from .references import Reference

MOST = 4000  # letters: no citation is longer
_OPENING = re.compile(r"\s*\[?(?:(?P<source>Sources?|Quelle|Fuente|Источник|Bron)\s*:|\d{1,3}[.)]\s+(?=[A-Z\"“]))\s*")
_CITED_AS = re.compile(
    r"(?i)\s*(?:this|the)\s+\w+\s+(?:should|may|must)\s+be\s+cited\s+as:?(?:\s+the\b)?\s*"
    r"|\s*(?:published citations should take the following form|researchers wishing to cite this collection should include"
    r" the following information|please cite as|cite as|preferred citation)\s*:\s*|\s*(?:volledig|verkort)\s*:\s*"
)
_SEE = re.compile(
    r"(?i)\s*(?:(?:on|for)\s[^,;]{1,80},\s+)?(?:see(?:\s+also)?|cf\.|quoted in|cited in|vgl\.|voir|см\.)\s+(?:for example,?\s+)?"
)
_CONTRIBUTION = re.compile(
    r"(?i)(?:^|[.;,(]\s+)(?=(?:(?:contributed|obtained|provided|translated|transcribed|edited|copy (?:provided|on file|obtained)"
    r"|translation|introduced|published in|reprinted)\b))"
)
_BY = re.compile(r"\b(?:by|for\s+[A-Z]\w+\s+by)\s+")
_JOIN = re.compile(r",?\s+(?:and|&)\s+|,\s+")
_MARKING = re.compile(
    r"(?:Completely |Streng |Most |Top )?(?:Secret|Confidential|Unclassified|Restricted|No classification markings?"
    r"|Limited Official Use|Official Use Only|Administratively Confidential|Personal(?= and)|Geheim|Vertraulich"
    r"|Совершенно секретно|Секретно|For Official Use Only|Administratively)\b(?=\s*(?:[;.,(/]|$|and ))"
)


_ASIDE = re.compile(
    r"(?i)(?:unpublished|via\s|\d{1,4}(?:[-–]\d{1,4})?$|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?$|no source|handwritten|typed)"
)
_LOCATED = re.compile(r"(?<=[.\s])Located (?:in|at):\s*")
_SHORT_FORM = re.compile(r"(?i)\b(?:verkort|short form|abgekürzt|en abrégé)\s*:\s*")
_CODED = re.compile(r"[A-Z]{1,5}\s?\d*/[\w/]+$")
_LETTER = re.compile(r"(?:[A-Z][\w.]*\s){1,4}to\s+[A-Z]")
_JOINED = re.compile(r"and\s+(?:[A-Z]\S*\s+){1,6}to\s+[A-Za-z](.*\d{4})?")
_PUBLISHED_IN = re.compile(r"in\s+[A-Z]")
_YEAR_OR_PAGES = re.compile(r"(?:[12]\d{3}(?:[-–]\d+)?|pp?\.?\s*\d+(?:\s?[-–]\s?\d+)?)(?=\s+(?:and|in)\s|$)")


class Reader:
    """The reading of one string under construction."""

    def __init__(self, text: str, gaz: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gaz
        self.classifier = Classifier(text, gaz)
        self.parts: list[Part] = []
        self.fit = 0.0
        self.tradition = ""
        self.is_note = False

    # ---- the whole

    def read(self) -> Reading:
        """The reading, with its confidence; one that says so where there is nothing, or far too much, to read."""
        text = self.text
        if len(text) > MOST or not text.strip():
            reading = Reading(text)
            reading.confidence, reading.problems = judge(reading, 0.0)
            return reading
        begin = self._opening()
        end = self._contributions(begin, len(text))
        if short := _SHORT_FORM.search(text, begin, end):
            self.parts.append(Part(short.end(), end, "short_form"))
            self.parts.append(Part(short.start(), short.end(), "opening"))
            end = short.start()
        reference = find_reference(text[:end], self.gazetteer) if end > begin else None
        pieces = [p for p in cut(text[:end]) if p.end > begin]
        for piece in pieces:
            piece.start = max(piece.start, begin)
        if reference:
            head = self._with_reference(pieces, reference, end)
        else:
            if self.is_note:
                pieces = self._note(pieces)
            head = self._archival(pieces)
        return self._finish(head)

    def _opening(self) -> int:
        """Skip what opens a citation and is no part of it; where the citation begins."""
        begin = 0
        for pattern in (_CITED_AS, _OPENING, _SEE):
            match = pattern.match(self.text, begin)
            if match and match.end() > begin:
                self.is_note = self.is_note or bool(match.groupdict().get("source"))
                self.parts.append(Part(begin, match.end(), "opening"))
                begin = match.end()
        return begin

    def _contributions(self, begin: int, end: int) -> int:
        """Read `Obtained and translated for X by Y` at the end; where the citation ends before it."""
        match = _CONTRIBUTION.search(self.text, begin + 1, end)
        if match is None:
            return end
        clause = self.text[match.end() : end]
        by = _BY.search(clause)
        self.parts.append(
            Part(match.end(), end, "remark") if by is None else Part(match.end(), match.end() + by.end(), "opening")
        )
        if by:
            self._contributors(match.end() + by.end(), end, clause[: by.start()].casefold())
        return match.start() + 1 if match.start() else end

    def _contributors(self, start: int, end: int, verbs: str) -> None:
        stop = re.compile(r"(?<=[a-z]{2})[.;](?:\s|$)").search(self.text, start, end)
        last = stop.start() if stop else len(self.text[:end].rstrip(" .;)"))
        place = start
        names: list[tuple[int, int]] = []
        for join in (*_JOIN.finditer(self.text, start, last), None):
            names.append((place, join.start() if join else last))
            place = join.end() if join else last
        for first, after in names:
            if first < after:
                role = "translator" if "transla" in verbs or "перев" in verbs else "contributor"
                self.parts.append(Part(first, after, role))
        if stop and stop.end() < end:
            self.parts.append(Part(stop.end(), end, "remark"))

    # ---- source notes

    def _note(self, pieces: list[Piece]) -> list[Piece]:
        """Cut a source note behind its location: classification, then remarks; the pieces of the location."""
        text = self.text
        for index, piece in enumerate(pieces):
            if not index or piece.before not in ".;,)":
                continue
            marking = _MARKING.match(text, piece.start)
            if marking and (piece.before != "," or self._stands_alone(pieces, index)):
                self._markings(pieces[index:])
                return pieces[:index]
            if piece.before == "." and not self._goes_on(piece):
                self.parts.append(Part(piece.start, len(text.rstrip()), "remark"))
                return pieces[:index]
        return pieces

    def _stands_alone(self, pieces: list[Piece], index: int) -> bool:
        """Whether a marking behind a comma is one: alone in its piece, and no level follows it."""
        piece = pieces[index]
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        marked = self.gazetteer.term("marking", self.text[piece.start : piece.end]) is not None
        return marked and (following is None or following.before in ".;")

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a sentence of a source note is still its location: it begins with a level."""
        units = self.classifier.split(piece)
        return bool(units) and units[0].sort == "level" and piece.end - piece.start < 60

    def _markings(self, pieces: list[Piece]) -> None:
        last = pieces[0]
        for piece in pieces[1:]:
            if piece.before == ".":
                self.parts.append(Part(last.start if last is pieces[0] else pieces[0].start, last.end, "marking"))
                self.parts.append(Part(piece.start, pieces[-1].end, "remark"))
                return
            last = piece
        self.parts.append(Part(pieces[0].start, last.end, "marking"))

    # ---- description and location

    def _archival(self, pieces: list[Piece]) -> Head:
        head = Head(self.text, self.classifier)
        located = _LOCATED.search(self.text)
        if located and self._located(pieces, located.start(), located.end()):
            pieces = [p for p in pieces if p.end > located.end()]
            pieces[0].start = max(pieces[0].start, located.end())
            units = [u for p in pieces for u in self.classifier.split(p)]
            for unit in units:
                unit.sort = "division" if unit.sort == "collection" else unit.sort
            self._locate(merge(units, self.classifier), head)
            return head
        pieces, border = self._border(pieces)
        bullet = next((i for i, p in enumerate(pieces) if i and p.before == "•"), 0)
        if bullet and not border:
            head.read(pieces[bullet:])
            pieces = pieces[:bullet]
        elif self._is_collection(pieces, border):
            border = 0
        elif not border and not self.is_note:
            pieces = self._described_after(pieces, head)
        head.read(pieces[:border])
        self.parts += head.parts
        units = [unit for piece in pieces[border:] for unit in self.classifier.split(piece)]
        self._locate(self._notes(merge(units, self.classifier), head), head)
        return head

    def _located(self, pieces: list[Piece], start: int, end: int) -> bool:
        """Read `Creator. Collection. 1894-1992.` before `Located in:`; whether there is such a thing."""
        before = [p for p in pieces if p.start < start]
        texts = [p for p in before if not self._is_dated(p)]
        if not texts or pieces[-1].end <= end:
            return False
        self.parts += [Part(p.start, p.end, "date") for p in before if self._is_dated(p)]
        self.parts.append(Part(texts[-1].start, texts[-1].end, "level", "collection"))
        if len(texts) > 1:
            self.parts.append(Part(texts[0].start, texts[-2].end, "creator"))
        self.parts.append(Part(start, end, "opening"))
        return True

    def _described_after(self, pieces: list[Piece], head: Head) -> list[Piece]:
        """Read a description behind the location (`TNA: FO 371/123, minute by X, 5 May 1948`); the pieces before it."""
        text = self.text
        last = 0
        for index, piece in enumerate(pieces):
            units = self.classifier.split(piece)
            if any(is_evidence(u) or u.sort in ("id", "number") for u in units) and not WHOLE.match(
                text[piece.start : piece.end]
            ):
                last = index
        behind = pieces[last + 1 :]
        if not last and not (pieces and _CODED.search(text, pieces[0].start, pieces[0].end)):
            return pieces
        dated = any(
            EXACT.match(text[p.start : p.end]) or find_date(text, p.start, p.end) for p in behind if p.kind == "text"
        )
        named = any(p.kind == "quote" or _LETTER.match(text[p.start : p.end]) for p in behind)
        if len(behind) > 1 and dated and (named or self._is_item(pieces[: last + 1])):
            head.read(behind)
            return pieces[: last + 1]
        return pieces

    def _is_item(self, pieces: list[Piece]) -> bool:
        """Whether a location goes down to the item by a code, so that what follows it is no folder's title."""
        span = self.text[pieces[-1].start : pieces[-1].end]
        return _CODED.search(span) is not None

    def _is_collection(self, pieces: list[Piece], border: int) -> bool:
        """Whether the one thing before the location is its collection: no title, since an id or a series comes next."""
        if border not in (1, 2) or border == len(pieces) or any(p.kind != "text" for p in pieces[:border]):
            return False
        if border == 2 and not self.text[pieces[1].start : pieces[1].end].endswith(" Series"):
            return False
        if find_date(self.text, pieces[0].start, pieces[border - 1].end) or self._is_dated(pieces[border - 1]):
            return False
        units = [unit for piece in pieces[border:] for unit in self.classifier.split(piece)]
        if any(u.sort == "collection" or (u.sort == "level" and u.level == "record_group") for u in units):
            return False
        if border == 1 and all(u.sort in ("repository", "division", "place") for u in units):
            return (
                self.text[: pieces[0].end].endswith(("ls", "ts", "ns", "es", "rs", "ds"))
                and " " in self.text[pieces[0].start : pieces[0].end]
            )
        return border == 2 or (units[0].sort == "id" and len(units) > 1)

    def _is_dated(self, piece: Piece) -> bool:
        return WHOLE.match(self.text[piece.start : piece.end]) is not None

    def _with_reference(self, pieces: list[Piece], reference: Reference, end: int) -> Head:
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
        head = Head(self.text, self.classifier)
        before, border = self._border(before)
        if border == len(before) and before and self._is_last_body(before[-1]):
            border -= 1
        head.read(before[:border])
        self.parts += head.parts
        units = merge([u for piece in before[border:] for u in self.classifier.split(piece)], self.classifier)
        for unit in units:
            level = {"place": "place", "collection": "collection", "level": unit.level, "digital": "digital"}.get(
                unit.sort, "repository"
            )
            self.parts.append(Part(unit.start, unit.end, "url" if unit.sort == "url" else "level", level))
        for piece in pieces:
            if piece.start >= reference.end and piece.kind == "url":
                self.parts.append(Part(piece.start, piece.end, "url"))
        return head

    def _is_last_body(self, piece: Piece) -> bool:
        """Whether the words before a reference are the archive: an acronym, or the only thing there is."""
        span = self.text[piece.start : piece.end]
        return piece.kind == "text" and not WHOLE.match(span) and len(span) < 80 and (span.isupper() or piece.start < 3)

    def _border(self, pieces: list[Piece]) -> tuple[list[Piece], int]:
        """The pieces, a date cut free where it shares one with other words, and how many belong to the description."""
        if self.is_note or not pieces or self._inverted(pieces):
            return pieces, 0
        text = self.text
        found: list[Piece] = []
        for index, piece in enumerate(pieces):
            span = text[piece.start : piece.end]
            if piece.kind == "text":
                if WHOLE.match(span) and len(span) < 60 and (index or EXACT.match(span)):
                    if self._is_head_date(span, found, pieces, index):
                        found.append(piece)
                        return self._behind_date(found, pieces[index + 1 :])
                elif (
                    (date := find_date(text, piece.start, piece.end))
                    and date[0] - piece.start < 2
                    and (index or date[1] < piece.end)
                ):
                    found.append(Piece(piece.start, date[1], piece.before))
                    return self._behind_date(found, [Piece(date[1] + 1, piece.end, " "), *pieces[index + 1 :]])
                if self._is_strong(piece, index, pieces):
                    return [*found, *pieces[index:]], len(found)
                if date := find_date(text, piece.start, piece.end):
                    if date[1] >= piece.end - 2 and index + 1 < len(pieces):
                        found.append(piece)
                        return self._behind_date(found, pieces[index + 1 :])
            found.append(piece)
        return found, len(found)

    def _is_head_date(self, span: str, found: list[Piece], pieces: list[Piece], index: int) -> bool:
        """Whether a date is that of the document: not the years of a collection that opens the citation."""
        if EXACT.match(span):
            return True
        return bool(found)

    def _behind_date(self, found: list[Piece], rest: list[Piece]) -> tuple[list[Piece], int]:
        """Take along what is said of the document behind its date: an attachment with its own date, a kind."""
        text = self.text
        rest = [p for p in rest if p.end > p.start]
        count = 0
        while count < len(rest):
            piece = rest[count]
            span = text[piece.start : piece.end]
            if (
                piece.kind == "text"
                and (joined := _JOINED.match(span))
                and not joined.group(1)
                and count + 1 < len(rest)
            ):
                count = self._behind_second(rest, count + 1)
                continue
            if piece.kind == "text" and re.match(
                r"(?i)\(?(?:attached|enclosed|with attached|enclosing|enclosure)", span
            ):
                count += 1
                while count < len(rest) and not self._is_strong(rest[count], count + 1, rest) and count < 3:
                    count += 1
                continue
            if piece.kind == "text" and (self.gazetteer.term("kind", span) or _ASIDE.match(span)):
                count += 1
                continue
            if piece.kind == "text" and _PUBLISHED_IN.match(span) and not self._is_strong(piece, 1, rest):
                count = self._behind_publication(rest, count + 1)
                continue
            break
        return [*found, *rest], len(found) + count

    def _behind_second(self, rest: list[Piece], count: int) -> int:
        """Take along the date of a second document: `and B to C, March 3, 1950 in NARA`; both share the location."""
        piece = rest[count]
        date = find_date(self.text, piece.start, piece.end)
        if date is None or date[0] - piece.start > 1:
            return count
        if date[1] < piece.end - 1:
            rest[count : count + 1] = [Piece(piece.start, date[1], piece.before), Piece(date[1] + 1, piece.end, " ")]
        return count + 1

    def _behind_publication(self, rest: list[Piece], count: int) -> int:
        """Take along year and pages of `in Message, 1863, pp. 180-183 and NARA`; the archive begins behind `and`."""
        text = self.text
        while count < len(rest):
            piece = rest[count]
            match = _YEAR_OR_PAGES.match(text, piece.start, piece.end)
            if not match:
                break
            if match.end() < piece.end:
                rest[count : count + 1] = [
                    Piece(piece.start, match.end(), piece.before),
                    Piece(match.end() + 1, piece.end, " "),
                ]
                return count + 1
            count += 1
        return count

    def _inverted(self, pieces: list[Piece]) -> bool:
        """Whether the citation opens with a collection under an inverted name: `Kallen, Horace. Papers.`"""
        words = [self.text[p.start : p.end] for p in pieces[:3] if p.kind == "text"]
        if len(words) < 2 or len(words[0].split()) > 1 or not words[0][:1].isupper():
            return False
        last = words[1].split()
        if len(last) > 1 and fold(last[-1]) in BARE_COLLECTION and len(last) < 4:
            return True
        return len(words) > 2 and fold(words[2]) in BARE_COLLECTION and len(last) < 4

    def _is_strong(self, piece: Piece, index: int, pieces: list[Piece]) -> bool:
        """Whether a piece is the beginning of the location."""
        if piece.kind != "text":
            return False
        text = self.text
        span = text[piece.start : piece.end]
        units = self.classifier.split(piece)
        while len(units) > 1 and units[0].sort == "opening":
            del units[0]
        if not units:
            return False
        first = units[0]
        if first.sort == "level" and first.level not in ("page", "frame"):
            return index > 0 or first.level not in ("item", "folder", "series", "subseries") or len(pieces) > 1
        if any(
            is_evidence(unit) and unit.sort == "level" and unit.level in ("box", "record_group", "lot", "container")
            for unit in units
        ):
            return True
        if first.sort not in ("collection", "repository", "division", "id", "blank", "digital") and not (
            first.sort == "place" and not index
        ):
            return False
        if index:
            return first.sort != "id" or any(c.isalpha() for c in span)
        if first.sort == "place":
            return len(pieces) > 1 and self.gazetteer.repository(text[pieces[1].start : pieces[1].end]) is not None
        following = pieces[1] if len(pieces) > 1 else None
        if following is not None and following.kind in ("quote", "italic"):
            return False
        if re.search(r"\s(?:to|from)\s", span) and first.sort != "collection":
            return False
        if re.match(r"(?i)(?:letters?|telegrams?|memorand\w+|note|cable)\s+(?:from|to)\s", span):
            return False
        if following is not None and EXACT.match(text[following.start : following.end]):
            return first.sort == "collection" and not re.search(r"\s(?:to|from)\s", span)
        return True

    def _notes(self, units: list[Unit], head: Head) -> list[Unit]:
        """Take what belongs to the document out of the units of its location: place of writing, kind, form."""
        left: list[Unit] = []
        text = self.text
        seen = False
        for index, unit in enumerate(units):
            seen = seen or is_evidence(unit)
            span = text[unit.start : unit.end]
            if not seen and unit.sort == "place" and head.parts:
                self.parts.append(Part(unit.start, unit.end, "place_from"))
            elif not seen and unit.sort == "kind":
                self.parts.append(Part(unit.start, unit.end, "kind"))
                head.kind = head.kind or self.gazetteer.term("kind", span) or ""
            elif not seen and unit.sort in ("quote", "italic") and index == 0:
                self.parts.append(Part(unit.start, unit.end, "container"))
            else:
                left.append(unit)
        return left

    def _locate(self, units: list[Unit], head: Head) -> None:
        tradition = ""
        for unit in units:
            if unit.sort == "repository" and not tradition:
                known = self.gazetteer.repository(self.text[unit.start : unit.end])
                tradition = known.tradition if known else ""
        self.tradition = tradition
        left: list[Unit] = []
        coded: list[Part] = []
        for unit in units:
            parts = (
                code_parts(self.text, unit.start, unit.end, tradition, self.gazetteer)
                if unit.sort in ("id", "text")
                else []
            )
            coded += parts
            if not parts:
                left.append(unit)
        parts, self.fit = read_location(left, self.text, begun=bool(coded))
        self.parts += coded + parts

    # ---- the end

    def _finish(self, head: Head) -> Reading:
        text = self.text
        parts = _in_order(text, self.parts)
        dates = [p for p in parts if p.role == "date"]
        for extra in dates[1:]:
            extra.role = "note"
        date = edtf_of(text[dates[0].start : dates[0].end]) if dates else ""
        if looks_published(text, parts):
            for part in parts:
                part.role = "container" if part.role == "level" else part.role
        reading = Reading(
            text, tuple(parts), date=date, kind=head.kind, tradition=self.tradition, supplied=_is_supplied(text, parts)
        )
        reading.confidence, reading.problems = judge(reading, self.fit)
        return reading


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
    for part in parts:
        if part.role == "title":
            return part.start == 0 or text[part.start - 1] not in "\"“„«‘*'"
    return False


def read_levels(text: str, gaz: Gazetteer | None = None) -> list[Level]:
    """The levels of a bare archival path (`Container 173, X Papers, Library of Congress, Washington, D.C.`), in order."""
    gaz = gaz or gazetteer()
    reader = Reader(text[:MOST], gaz)
    reader.is_note = True
    return reader.read().levels
