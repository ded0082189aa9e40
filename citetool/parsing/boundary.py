"""The boundary between the description of a document and its location.

The description ends with the date of the document, or where the first thing stands that only archives have: a numbered
level, a known repository, a collection. What says more of the document behind its date (an attachment with its own
date, a printed edition, a second document in the same place) still belongs to it. Some citations have no description,
some have it behind the location.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .behind import BehindFinder
from .dates import begins_with_date, find_date, is_date
from .folding import name_key
from .people import is_unknown_body
from .token_joining import BARE_COLLECTION
from .tokenizer import Segment

if TYPE_CHECKING:
    from .tokens import Token

_ASIDE = lazy(
    r"(?i)(?:unpublished|via\s|\d{1,4}(?:[-–]\d{1,4})?$|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?(?:\s?[-–]|$)|no source"
    r"|handwritten|(?:rec['’]?d|received)\s\d"
    r"|typed)"
)
_SENT_NUMBER = lazy(  # `tel. no. 65`, behind the date of what was sent
    r"(?i)(?:tel|telegramm?e?|télégramme|cable|desp|despatch|disp|dispatch|dépêche)\.?\s(?:nos?\.?\s|nr\.\s|n°\s?)?\d[\d/-]*$"
)
_ATTACHED = lazy(r"(?i)\(?(?:with )?(?:attached|enclosed|enclosing|enclosure)")
_DIGIT = lazy(r"\d")
_MAX_CODE = 5  # words that the code behind letters has not
_MAX_PATH = 3  # names of a path: collection, series, subseries
_MAX_NAME = 6  # words of each
_CONTAINERS = frozenset(("box", "container", "carton", "volume", "reel"))
_JOINED = lazy(r"and\s+(?:[A-Z]\S*\s+){1,6}to\s+[A-Za-z](.*\d{4})?")
_PUBLISHED_IN = lazy(r"in\s+[A-Z]")
_YEAR_OR_PAGES = lazy(r"(?:[12]\d{3}(?:[-–]\d+)?|pp?\.?\s*\d+(?:\s?[-–]\s?\d+)?)(?=\s+(?:and|in)\s|$)")
_TO_OR_FROM = lazy(r"\s(?:to|from)\s")
_LETTER_FROM = lazy(r"(?i)(?:letters?|telegrams?|memorand\w+|note|cable)\s+(?:from|to)\s")
_PLURAL = ("ls", "ts", "ns", "es", "rs", "ds")
_OPENS_LOCATION = frozenset(("collection", "repository", "division", "id", "blank", "digital"))
_SURE_LEVELS = frozenset(("box", "record_group", "lot", "container"))
_NOT_FIRST = frozenset(("item", "folder", "series", "subseries"))  # alone they may be anything
_MAX_ATTACHED = 3  # segments that an attachment takes


class BoundaryFinder(BehindFinder):
    """Finds the boundary in the segments of one text."""

    def find(self, segments: list[Segment]) -> tuple[list[Segment], int]:
        """Return the segments, a date cut free of other words in its own, and how many of them are description."""
        if not segments or self._opens_inverted(segments):
            return segments, 0
        found: list[Segment] = []
        for index, segment in enumerate(segments):
            if segment.kind == "text":
                dated = self._dated(segment, index, found, segments)
                if dated is not None:
                    return dated
                if self._is_number_of_document(index, segments):
                    found.append(segment)
                    continue
                if self.is_strong(segment, index, segments):
                    return [*found, *segments[index:]], len(found)
                date = find_date(self.text, segment.start, segment.end)
                if date and date[1] >= segment.end - 2 and index + 1 < len(segments):
                    return self._behind_date([*found, segment], segments[index + 1 :])
            found.append(segment)
        return found, len(found)

    def _is_number_of_document(self, index: int, segments: list[Segment]) -> bool:
        """Return whether a number stands between a quoted title and its date: `"...," PPS 38, August 18, 1948`."""
        if not index or index + 1 >= len(segments) or segments[index - 1].kind != "quote":
            return False
        tokens = self.classifier.split(segments[index])
        number = len(tokens) == 1 and (tokens[0].type == "id" or tokens[0].level == "item")
        return number and begins_with_date(self.span(segments[index + 1]))

    def _dated(
        self, segment: Segment, index: int, found: list[Segment], segments: list[Segment]
    ) -> tuple[list[Segment], int] | None:
        """Return the boundary behind a segment that begins with a date; None where none does or it is no document's."""
        span = self.span(segment)
        exact = begins_with_date(span)
        if is_date(span) and (index or exact):
            # years that open a citation are those of its collection
            return self._behind_date([*found, segment], segments[index + 1 :]) if exact or found else None
        date = find_date(self.text, segment.start, segment.end)
        if date and date[0] - segment.start < 2 and (index or date[1] < segment.end):
            rest = [Segment(date[1] + 1, segment.end, " "), *segments[index + 1 :]]
            return self._behind_date([*found, Segment(segment.start, date[1], segment.before)], rest)
        return None

    # ---- behind the date

    def _behind_date(self, found: list[Segment], rest: list[Segment]) -> tuple[list[Segment], int]:
        """Take along what is said of the document behind its date."""
        rest = [p for p in rest if p.end > p.start]
        count = 0
        while count < len(rest) and rest[count].kind == "text":
            after = self._taken(rest, count)
            if after == count:
                break
            count = after
        return [*found, *rest], len(found) + count

    def _taken(self, rest: list[Segment], count: int) -> int:
        """Return how far the description goes on with the segment at `count`; the same number where it does not."""
        span = self.span(rest[count])
        joined = _JOINED.match(span)
        if joined and not joined.group(1) and count + 1 < len(rest):
            return self._second(rest, count + 1)
        if _ATTACHED.match(span):
            count += 1
            while count < min(len(rest), _MAX_ATTACHED) and not self.is_strong(rest[count], count + 1, rest):
                count += 1
            return count
        if self.classifier.gazetteer.term("kind", span) or _ASIDE.match(span) or _SENT_NUMBER.match(span):
            return count + 1
        if _PUBLISHED_IN.match(span) and not self.is_strong(rest[count], 1, rest):
            return self._publication(rest, count + 1)
        return count

    def _second(self, rest: list[Segment], count: int) -> int:
        """Take along the date of a second document: `and B to C, March 3, 1950 in NARA`; both share the location."""
        segment = rest[count]
        date = find_date(self.text, segment.start, segment.end)
        if date is None or date[0] - segment.start > 1:
            return count
        if date[1] < segment.end - 1:
            rest[count : count + 1] = [
                Segment(segment.start, date[1], segment.before),
                Segment(date[1] + 1, segment.end, " "),
            ]
        return count + 1

    def _publication(self, rest: list[Segment], count: int) -> int:
        """Take along year and pages of `in Message, 1863, pp. 180-183 and NARA`; the archive begins behind `and`."""
        while count < len(rest):
            segment = rest[count]
            match = _YEAR_OR_PAGES.match(self.text, segment.start, segment.end)
            if not match:
                break
            count += 1
            if match.end() < segment.end:
                cut = match.end()
                rest[count - 1 : count] = [
                    Segment(segment.start, cut, segment.before),
                    Segment(cut + 1, segment.end, " "),
                ]
                break
        return count

    # ---- the beginning of the location

    def _opens_inverted(self, segments: list[Segment]) -> bool:
        """Return whether the citation opens with a collection under an inverted name: `Kallen, Horace. Papers.`"""
        texts = [self.span(p) for p in segments[:3] if p.kind == "text"]
        if len(texts) < 2 or len(texts[0].split()) > 1 or not texts[0][:1].isupper():
            return False
        second = texts[1].split()
        if len(second) >= 4:
            return False
        if len(second) > 1 and name_key(second[-1]) in BARE_COLLECTION:
            return True
        return len(texts) > 2 and name_key(texts[2]) in BARE_COLLECTION

    def is_strong(self, segment: Segment, index: int, segments: list[Segment]) -> bool:
        """Return whether a segment is the beginning of the location; `index` is its place among the segments."""
        if segment.kind != "text":
            return False
        tokens = self.classifier.split(segment)
        while len(tokens) > 1 and tokens[0].type == "opening":
            del tokens[0]
        if not tokens or (index == 1 and self._before_title(segment, segments)):
            return False
        first = tokens[0]
        if first.type == "level" and first.level not in ("page", "frame"):
            return index > 0 or first.level not in _NOT_FIRST or len(segments) > 1
        if any(token.type == "level" and token.level in _SURE_LEVELS for token in tokens):
            return True
        if index:
            span = self.span(segment)
            if first.type == "collection" and span[:1].islower() and " of " not in span:
                return False  # `travel diaries`: what it is, and not where
            if first.type in _OPENS_LOCATION:
                return first.type != "id" or any(map(str.isalpha, span))
            behind = segments[index - 1].kind == "quote" or self.is_dated(segments[index - 1])
            return behind and self._is_unknown_body(first, segments[index + 1] if index + 1 < len(segments) else None)
        following, beyond = [*segments[1:3], None, None][:2]
        if first.type == "place" and following is not None and following.before == "," and following.kind == "text":
            return self._is_seat(following, segments[2:5])
        return self._is_strong_first(first, self.span(segment), following, beyond)

    def _before_title(self, segment: Segment, segments: list[Segment]) -> bool:
        """Return whether a second segment still says who wrote what is quoted behind it."""
        quoted = len(segments) > 2 and segments[2].kind == "quote" and segments[2].before == ","
        return quoted and segments[0].kind == "text" and self._is_plain(segment) and self._is_plain(segments[0])

    def _is_plain(self, segment: Segment | None) -> bool:
        """Return whether a segment has no level in it: `CIA, Office of Current Intelligence, "The Cuban Economy"`."""
        return segment is not None and not any(
            token.type in ("level", "id") for token in self.classifier.split(segment)
        )

    def _is_strong_first(
        self, first: Token, span: str, following: Segment | None, beyond: Segment | None = None
    ) -> bool:
        """Return whether the first segment is a location and not the body that wrote the document."""
        if first.type == "place":
            return False
        if first.type not in _OPENS_LOCATION:
            return self._is_unknown_body(first, following)
        if following is not None and following.kind in ("quote", "italic"):
            return False
        if beyond is not None and beyond.kind == "quote" and beyond.before == "," and self._is_plain(following):
            return False
        correspondence = _TO_OR_FROM.search(span) is not None
        if (correspondence and first.type != "collection") or _LETTER_FROM.match(span):
            return False
        if following is not None and begins_with_date(self.span(following)):
            return first.type == "collection" and not correspondence
        return True

    def _is_seat(self, following: Segment, behind: list[Segment]) -> bool:
        """Return whether a town that opens a citation is where the archive behind it is: a number of its follows."""
        if self.classifier.gazetteer.repository(self.span(following)) is not None:
            return True
        numbered = any(self._is_numbered(p) or self._is_only_page(p) for p in behind)
        return numbered and self.classifier.token_type(self.span(following)) == "repository"

    def _is_unknown_body(self, first: Token, following: Segment | None) -> bool:
        """Return whether letters that no table knows open a citation as its archive: a number of theirs follows."""
        if first.type != "text" or following is None or following.before != "," or following.kind != "text":
            return False
        if find_date(self.text, following.start, following.end):
            return False  # `HCWM, 10/11 April 1940`: the minutes of a body
        code = self.span(following)
        numbered = self._is_numbered(following) or (_DIGIT.search(code) is not None and len(code.split()) < _MAX_CODE)
        return is_unknown_body(self.text[first.start : first.end]) and numbered

    def _is_numbered(self, segment: Segment) -> bool:
        """Return whether a segment is a shelfmark or a numbered level."""
        tokens = self.classifier.split(segment) if segment.kind == "text" else []
        return bool(tokens) and tokens[0].type in ("id", "level")

    # ---- no description, or one behind the location

    def is_collection(self, segments: list[Segment], boundary: int) -> bool:
        """Return whether the one thing before the location is its collection.

        No title, since an id or a series comes next.
        """
        if boundary == len(segments) or any(p.kind != "text" for p in segments[:boundary]):
            return False
        if self._is_path(segments, boundary):
            return True
        if boundary not in (1, 2):
            return False
        if boundary == 2 and not self.span(segments[1]).endswith(" Series"):
            return False
        if find_date(self.text, segments[0].start, segments[boundary - 1].end) or self.is_dated(segments[boundary - 1]):
            return False
        tokens = [token for segment in segments[boundary:] for token in self.classifier.split(segment)]
        if any(u.type == "collection" or (u.type == "level" and u.level == "record_group") for u in tokens):
            return False
        if boundary == 1 and all(u.type in ("repository", "division", "place") for u in tokens):
            span = self.span(segments[0])
            return span.endswith(_PLURAL) and " " in span
        return boundary == 2 or (bool(tokens) and tokens[0].type == "id" and len(tokens) > 1)

    def _is_path(self, segments: list[Segment], boundary: int) -> bool:
        """Return whether names without a date stand before nothing but numbers: `Dieci, Misti, reg. 33`."""
        if not 0 < boundary <= _MAX_PATH or self.is_dated(segments[boundary - 1]):
            return False
        tokens = [token for segment in segments[boundary:] for token in self.classifier.split(segment)]
        if not all(u.type in ("level", "number") for u in tokens) or not any(u.level in _CONTAINERS for u in tokens):
            return False
        spans = [self.span(p) for p in segments[:boundary]]
        if not all(span[:1].isupper() and len(span.split()) <= _MAX_NAME for span in spans):
            return False
        start, end = segments[0].start, segments[boundary - 1].end
        dated = find_date(self.text, start, end) is not None
        return not (dated or self._is_kind(spans[0]) or _TO_OR_FROM.search(self.text, start, end))
