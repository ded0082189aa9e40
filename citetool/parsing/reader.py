"""One citation read: opening words, description, location, marks of classification, contributors.

    string -> segments (marks) -> description | location (boundary) -> head
                                     location -> tokens (tokens, merge) -> levels (location, references)

Everything that is found is a span of the string; the reading is made of these.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .boundary import BoundaryFinder
from .classifier import Classifier
from .dates import edtf_of, find_date
from .description.apa import read_apa
from .description.description import DescriptionParser
from .editions import find_edition
from .gazetteer import Gazetteer, gazetteer
from .habits import by_habit, split_bodies
from .letters import by_letters
from .location.location import read_location
from .model import Reading
from .references import code_parts, find_reference
from .scoring import MAX_LENGTH, looks_published, score
from .spans import Part, is_evidence
from .surroundings import read_contributions, read_opening, read_short_form, read_source_note_end
from .token_joining import join_tokens
from .tokenizer import Segment, tokenize

if TYPE_CHECKING:
    from citetool.record.model import Level

    from .editions import Edition
    from .references import Reference
    from .tokens import Token

_LOCATED = lazy(r"Located(?<=[.\s]Located) (?:in|at):\s*")  # the word first: it is looked for at once
_BRACKET_BEHIND = lazy(r"\s?\((?P<said>[^()]{8,90})\)?[.\s]*$")
_BEHIND = frozenset(("repository", "place", "division", "digital", "short_form"))
_NAMES_BODY = frozenset(("repository", "short_form"))
_MAX_LEAD = 24  # letters of `, reprinted in` before the name of an edition; more have its editors in them
_BELOW_FONDS = frozenset(("folder", "item", "box"))
_QUOTES = "\"“„«‘*'「《"


class Reader:
    """The reading of one string under construction."""

    def __init__(self, text: str, gaz: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gaz
        self.classifier = Classifier(text, gaz)
        self.boundary = BoundaryFinder(text, self.classifier)
        self.parts: list[Part] = []
        self.fit = 0.0
        self.agreed = True
        self.tradition = ""
        self.printed: dict[str, str] = {}

    # ---- the whole

    def read(self, *, only_location: bool = False) -> Reading:
        """Return the reading, with its confidence.

        One that says so where there is nothing, or far too much, to read.
        """
        text = self.text
        if len(text) > MAX_LENGTH or not text.strip():
            return score(Reading(text), 0.0)
        begin, is_note = read_opening(text, self.parts)
        end = read_contributions(text, begin, len(text), self.parts)
        end = read_short_form(text, begin, end, self.parts)
        reference = find_reference(text[:end], self.gazetteer) if end > begin else None
        segments = [p for p in tokenize(text[:end]) if p.end > begin]
        for segment in segments:
            segment.start = max(segment.start, begin)
        segments = split_bodies(text, self._without_bracket(segments, begin), self.gazetteer)
        apa = self._apa(segments, begin)
        if (edition := find_edition(text, begin, end)) and (printed := self._printed(segments, edition)):
            head = printed
        elif apa:
            head = apa
        elif reference:
            head = self._with_reference(segments, reference)
        elif is_note or only_location:
            segments = read_source_note_end(text, segments, self.classifier, self.parts)
            head = DescriptionParser(text, self.classifier)
            self._locate(self._tokens(segments))
        else:
            head = self._archival(segments)
        return self._finish(head)

    def _tokens(self, segments: list[Segment]) -> list[Token]:
        tokens = [token for segment in segments for token in self.classifier.split(segment)]
        joined = join_tokens(tokens, self.classifier)
        by_letters(joined, self.text, self.gazetteer)
        return by_habit(joined, self.text, self.gazetteer)

    def _without_bracket(self, segments: list[Segment], begin: int) -> list[Segment]:
        """Read the document in brackets at the end of a path: `AN, BB 30 371 (procureur Angers, June 28, 1865)`."""
        text, last = self.text, segments[-1] if segments else None
        group = _BRACKET_BEHIND.search(text, last.start, last.end) if last and last.kind == "text" else None
        if last is None or group is None or self.gazetteer.body_at(text, begin, last.end) <= begin:
            return segments
        date = find_date(text, *group.span("said"))
        told = text[group.start("said") : date[0]].rstrip(" ,") if date else ""
        if date is None or not told or date[1] < group.end("said"):
            return segments
        head = DescriptionParser(text, self.classifier)
        start = group.start("said")
        head.read([Segment(start, start + len(told), "("), Segment(*date, ",")])
        self.parts += head.parts
        last.end = group.start()
        return [p for p in segments if p.end > p.start]

    def _printed(self, segments: list[Segment], edition: Edition) -> DescriptionParser | None:
        """Read a document printed in an edition; None where an archive has a folder of the edition's name."""
        before = [p for p in segments if p.start < edition.start]
        for segment in before:
            segment.end = min(segment.end, edition.start)
        if any(is_evidence(token) for p in before for token in self.classifier.split(p)):
            return None
        head = DescriptionParser(self.text, self.classifier)
        head.read([p for p in before if p.end > p.start])
        start, end = edition.container
        behind = [Part(end, edition.end, "imprint")] if edition.end > end else []
        named = [Part(edition.start, start, "editor")] if start - edition.start > _MAX_LEAD else []
        self.parts += [*head.parts, *named, Part(start, end, "container"), *behind]
        self.printed = edition.data
        return head

    def _apa(self, segments: list[Segment], begin: int) -> DescriptionParser | None:
        """Read a citation whose head has the form of APA, if an archive follows it."""
        after, parts = read_apa(self.text, begin)
        tokens = self._tokens([p for p in segments if p.start >= after]) if parts else []
        if not any(is_evidence(token) for token in tokens):
            return None
        self.parts += parts
        self._locate(tokens)
        return DescriptionParser(self.text, self.classifier)

    # ---- description and location

    def _archival(self, segments: list[Segment]) -> DescriptionParser:
        head = DescriptionParser(self.text, self.classifier)
        located = _LOCATED.search(self.text)
        if located and self._located(segments, located.start(), located.end()):
            return head
        segments, boundary = self.boundary.find(segments)
        bullet = next((i for i, p in enumerate(segments) if i and p.before == "•"), 0)
        if bullet and not boundary:
            head.read(segments[bullet:])
            segments = segments[:bullet]
        elif self.boundary.is_collection(segments, boundary):
            boundary = 0
        elif not boundary:
            count = self.boundary.described_after(segments)
            head.read(segments[count:])
            segments = segments[:count]
        if boundary:
            head.read(segments[:boundary])
        self.parts += head.parts
        self._locate(self._without_notes(self._tokens(segments[boundary:]), head))
        return head

    def _located(self, segments: list[Segment], start: int, end: int) -> bool:
        """Read `Creator. Collection. 1894-1992. Located in: ...`; whether it was that."""
        before = [p for p in segments if p.start < start]
        behind = [p for p in segments if p.end > end]
        texts = [p for p in before if not self.boundary.is_dated(p)]
        if not texts or not behind:
            return False
        self.parts += [Part(p.start, p.end, "date") for p in before if self.boundary.is_dated(p)]
        self.parts.append(Part(texts[-1].start, texts[-1].end, "level", "collection"))
        if len(texts) > 1:
            self.parts.append(Part(texts[0].start, texts[-2].end, "creator"))
        self.parts.append(Part(start, end, "opening"))
        behind[0].start = max(behind[0].start, end)
        tokens = self._tokens(behind)
        for token in tokens:
            # the collection was named before; here it is the part of the library that keeps it
            token.type = "division" if token.type == "collection" else token.type
        self.parts += [Part(u.start, u.end, "level", "collection_id") for u in tokens if u.type == "id"]
        self._locate([token for token in tokens if token.type != "id"])
        return True

    def _without_notes(self, tokens: list[Token], head: DescriptionParser) -> list[Token]:
        """Return the tokens of the location.

        What belongs to the document (place of writing, kind) is taken out of them.
        """
        left: list[Token] = []
        seen = False
        for index, token in enumerate(tokens):
            seen = seen or is_evidence(token)
            seat = index + 1 < len(tokens) and tokens[index + 1].type == "repository" and not index
            if not seen and token.type == "place" and head.parts and not seat:
                self.parts.append(Part(token.start, token.end, "place_from"))
            elif not seen and token.type == "kind":
                self.parts.append(Part(token.start, token.end, "kind"))
                head.kind = head.kind or self.gazetteer.term("kind", self.text[token.start : token.end]) or ""
            elif not seen and token.type in ("quote", "italic") and index == 0:
                titled = token.type == "italic" or head.has("title") or not head.has("recipient")
                self.parts.append(Part(token.start, token.end, "container" if titled else "title"))
            else:
                left.append(token)
        return left

    def _locate(self, tokens: list[Token]) -> None:
        """Read the tokens of the location as levels; codes first, in the way of the repository that is named."""
        known = (self.gazetteer.repository(self.text[u.start : u.end]) for u in tokens if u.type in _NAMES_BODY)
        self.tradition = next((repository.tradition for repository in known if repository), "")
        left: list[Token] = []
        coded: list[Part] = []
        for index, token in enumerate(tokens):
            parts: list[Part] = []
            below = tokens[index + 1].level if index + 1 < len(tokens) else ""
            if token.type in ("id", "text", "division"):
                parts = code_parts(self.text, token.start, token.end, self.tradition, self.gazetteer)
            if len(parts) > 1 and below in _BELOW_FONDS:
                parts = [Part(token.start, token.end, "level", "fonds")]  # `E 40/72 Bü 411`
            coded += parts
            if not parts:
                left.append(token)
        found = read_location(left, self.text, begun=bool(coded))
        self.fit, self.agreed = found.fit, found.agreed
        self.parts += coded + found.parts

    # ---- references of marks

    def _with_reference(self, segments: list[Segment], reference: Reference) -> DescriptionParser:
        """Read a reference of marks: before it the description and the repository, behind it whatever follows."""
        self.tradition = reference.tradition
        self.fit = 1.0
        self.parts += reference.parts
        before: list[Segment] = []
        for segment in segments:
            if segment.start < reference.start:
                if segment.end > reference.start:
                    segment.end = len(self.text[: reference.start].rstrip(" ,:;.("))
                if segment.end > segment.start:
                    before.append(segment)
            elif segment.kind == "url":
                self.parts.append(Part(segment.start, segment.end, "url"))
        before, boundary = self.boundary.find(before)
        if before and boundary == len(before) and self._is_last_body(before[-1]):
            boundary -= 1
        head = DescriptionParser(self.text, self.classifier)
        head.read(before[:boundary])
        behind = [p for p in segments if p.start >= reference.end and p.kind != "url"]
        if not head.parts and any(p.kind == "quote" or self.boundary.is_dated(p) for p in behind):
            head.read(behind)
        else:
            named = [token for token in self._tokens(behind) if token.type in _BEHIND]
            self.parts += map(_part_before, named)
        self.parts += head.parts
        tokens = self._tokens(before[boundary:])
        for above, token in pairwise(tokens):
            if above.type == "repository" and token.type == "text" and token.before == ",":
                token.type = "collection"  # `HHStA, Administrative Registratur, F 4, Karton 112`
        self.parts += map(_part_before, tokens)
        return head

    def _is_last_body(self, segment: Segment) -> bool:
        """Return whether the words before a reference are the archive: an acronym, or the only thing there is."""
        span = self.text[segment.start : segment.end]
        named = span.isupper() or segment.start < 3
        return named and segment.kind == "text" and len(span) < 80 and not self.boundary.is_dated(segment)

    # ---- the end

    def _finish(self, head: DescriptionParser) -> Reading:
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
        reading.published, reading.agreed = published or bool(self.printed), self.agreed
        reading.printed = self.printed
        return score(reading, self.fit)


def _part_before(token: Token) -> Part:
    """Return a token between the description and a reference of marks: the archive, its town, a site."""
    if token.type in ("url", "date", "opening", "short_form"):
        return Part(token.start, token.end, token.type)
    levels = {"place": "place", "collection": "collection", "digital": "digital", "level": token.level}
    return Part(token.start, token.end, "level", levels.get(token.type, "repository"))


def _in_order(text: str, parts: list[Part]) -> list[Part]:
    """Return the parts in the order of the text, without space at their ends; those of marks alone are no parts.

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
    """Return whether the title describes the document and is not its own: it stands without quotes."""
    title = next((part for part in parts if part.role == "title"), None)
    return title is not None and (title.start == 0 or text[title.start - 1] not in _QUOTES)


def read_levels(text: str, gaz: Gazetteer | None = None) -> list[Level]:
    """Return the levels of a bare archival path, in order.

    `Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress, Washington, D.C.`
    """
    return Reader(text[:MAX_LENGTH], gaz or gazetteer()).read(only_location=True).levels
