"""Where the description of a document ends and its location begins.

The description ends with the date of the document, or where the first thing stands that only archives have: a numbered
level, a known repository, a collection. What says more of the document behind its date (an attachment with its own
date, a printed edition, a second document in the same place) still belongs to it. Some citations have no description,
some have it behind the location.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .dates import EXACT, WHOLE, find_date
from .gazetteer import fold
from .spans import is_evidence
from .token_joining import BARE_COLLECTION
from .tokenizer import Piece

if TYPE_CHECKING:
    from .classifier import Classifier, Unit

_ASIDE = lazy(
    r"(?i)(?:unpublished|via\s|\d{1,4}(?:[-–]\d{1,4})?$|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?(?:\s?[-–]|$)|no source"
    r"|handwritten|(?:rec['’]?d|received)\s\d"
    r"|typed)"
)
_ATTACHED = lazy(r"(?i)\(?(?:with )?(?:attached|enclosed|enclosing|enclosure)")
_CODED = lazy(r"[A-Z]{1,5}\s?\d*/[\w/]+$")
_LETTER = lazy(r"(?:[A-Z][\w.]*\s){1,4}to\s+[A-Z]")
_NAMES = (
    r"(?:(?:de|von|van|der|the)\s)?[A-ZÀ-ÞА-ЯČŠŽŁ][\w.’'-]*"
    r"(?:\s(?:[A-ZÀ-ÞА-ЯČŠŽŁ(][\w.’')-]*|of|de|von|van|der|the|for|du))*"
)
_LETTER_BEHIND = lazy(
    rf"(?:(?i:letters?|telegrams?|cable|memo(?:randum)?|note|lettre|télégramme|Brief|Schreiben|carta|lettera|telegramma)\s"
    rf"(?:from|de|von|di|by)\s)?{_NAMES}\s(?:to|an|à|a|till|til|aan)\s(?:{_NAMES}|(?:his|her|the)\s[\w ]+)"
)
_DAY = lazy(r"(?<!\d)\d{1,2}(?!\d)")
_LONGEST_DATE = 40
_JOINED = lazy(r"and\s+(?:[A-Z]\S*\s+){1,6}to\s+[A-Za-z](.*\d{4})?")
_PUBLISHED_IN = lazy(r"in\s+[A-Z]")
_YEAR_OR_PAGES = lazy(r"(?:[12]\d{3}(?:[-–]\d+)?|pp?\.?\s*\d+(?:\s?[-–]\s?\d+)?)(?=\s+(?:and|in)\s|$)")
_TO_OR_FROM = lazy(r"\s(?:to|from)\s")
_LETTER_FROM = lazy(r"(?i)(?:letters?|telegrams?|memorand\w+|note|cable)\s+(?:from|to)\s")
_PLURAL = ("ls", "ts", "ns", "es", "rs", "ds")
_OPENS_LOCATION = frozenset(("collection", "repository", "division", "id", "blank", "digital"))
_SURE_LEVELS = frozenset(("box", "record_group", "lot", "container"))
_NOT_FIRST = frozenset(("item", "folder", "series", "subseries"))  # alone they may be anything
_MOST_ATTACHED = 3  # pieces that an attachment takes


class Border:
    """Finds the border in the pieces of one text."""

    def __init__(self, text: str, classifier: Classifier) -> None:
        self.text = text
        self.classifier = classifier

    def span(self, piece: Piece) -> str:
        """The text of a piece."""
        return self.text[piece.start : piece.end]

    def is_dated(self, piece: Piece) -> bool:
        """Whether a piece is a date and nothing else."""
        return WHOLE.match(self.span(piece)) is not None

    def find(self, pieces: list[Piece]) -> tuple[list[Piece], int]:
        """The pieces, a date cut free where it shares one with other words, and how many belong to the description."""
        if not pieces or self._opens_inverted(pieces):
            return pieces, 0
        found: list[Piece] = []
        for index, piece in enumerate(pieces):
            if piece.kind == "text":
                dated = self._dated(piece, index, found, pieces)
                if dated is not None:
                    return dated
                if self._is_number_of_document(index, pieces):
                    found.append(piece)
                    continue
                if self.is_strong(piece, index, pieces):
                    return [*found, *pieces[index:]], len(found)
                date = find_date(self.text, piece.start, piece.end)
                if date and date[1] >= piece.end - 2 and index + 1 < len(pieces):
                    return self._behind_date([*found, piece], pieces[index + 1 :])
            found.append(piece)
        return found, len(found)

    def _is_number_of_document(self, index: int, pieces: list[Piece]) -> bool:
        """Whether a number stands between a quoted title and its date: `"...," PPS 38, August 18, 1948`."""
        if not index or index + 1 >= len(pieces) or pieces[index - 1].kind != "quote":
            return False
        units = self.classifier.split(pieces[index])
        number = len(units) == 1 and (units[0].sort == "id" or units[0].level == "item")
        return number and EXACT.match(self.span(pieces[index + 1])) is not None

    def _dated(
        self, piece: Piece, index: int, found: list[Piece], pieces: list[Piece]
    ) -> tuple[list[Piece], int] | None:
        """The border behind a piece that is a date or begins with one; None where it does not, or is no document's."""
        span = self.span(piece)
        exact = EXACT.match(span) is not None
        if len(span) < 60 and WHOLE.match(span) and (index or exact):
            # years that open a citation are those of its collection
            return self._behind_date([*found, piece], pieces[index + 1 :]) if exact or found else None
        date = find_date(self.text, piece.start, piece.end)
        if date and date[0] - piece.start < 2 and (index or date[1] < piece.end):
            rest = [Piece(date[1] + 1, piece.end, " "), *pieces[index + 1 :]]
            return self._behind_date([*found, Piece(piece.start, date[1], piece.before)], rest)
        return None

    # ---- behind the date

    def _behind_date(self, found: list[Piece], rest: list[Piece]) -> tuple[list[Piece], int]:
        """Take along what is said of the document behind its date."""
        rest = [p for p in rest if p.end > p.start]
        count = 0
        while count < len(rest) and rest[count].kind == "text":
            after = self._taken(rest, count)
            if after == count:
                break
            count = after
        return [*found, *rest], len(found) + count

    def _taken(self, rest: list[Piece], count: int) -> int:
        """How far the description goes on with the piece at `count`; the same number where it does not."""
        span = self.span(rest[count])
        joined = _JOINED.match(span)
        if joined and not joined.group(1) and count + 1 < len(rest):
            return self._second(rest, count + 1)
        if _ATTACHED.match(span):
            count += 1
            while count < min(len(rest), _MOST_ATTACHED) and not self.is_strong(rest[count], count + 1, rest):
                count += 1
            return count
        if self.classifier.gazetteer.term("kind", span) or _ASIDE.match(span):
            return count + 1
        if _PUBLISHED_IN.match(span) and not self.is_strong(rest[count], 1, rest):
            return self._publication(rest, count + 1)
        return count

    def _second(self, rest: list[Piece], count: int) -> int:
        """Take along the date of a second document: `and B to C, March 3, 1950 in NARA`; both share the location."""
        piece = rest[count]
        date = find_date(self.text, piece.start, piece.end)
        if date is None or date[0] - piece.start > 1:
            return count
        if date[1] < piece.end - 1:
            rest[count : count + 1] = [Piece(piece.start, date[1], piece.before), Piece(date[1] + 1, piece.end, " ")]
        return count + 1

    def _publication(self, rest: list[Piece], count: int) -> int:
        """Take along year and pages of `in Message, 1863, pp. 180-183 and NARA`; the archive begins behind `and`."""
        while count < len(rest):
            piece = rest[count]
            match = _YEAR_OR_PAGES.match(self.text, piece.start, piece.end)
            if not match:
                break
            count += 1
            if match.end() < piece.end:
                cut = match.end()
                rest[count - 1 : count] = [Piece(piece.start, cut, piece.before), Piece(cut + 1, piece.end, " ")]
                break
        return count

    # ---- the beginning of the location

    def _opens_inverted(self, pieces: list[Piece]) -> bool:
        """Whether the citation opens with a collection under an inverted name: `Kallen, Horace. Papers.`"""
        texts = [self.span(p) for p in pieces[:3] if p.kind == "text"]
        if len(texts) < 2 or len(texts[0].split()) > 1 or not texts[0][:1].isupper():
            return False
        second = texts[1].split()
        if len(second) >= 4:
            return False
        if len(second) > 1 and fold(second[-1]) in BARE_COLLECTION:
            return True
        return len(texts) > 2 and fold(texts[2]) in BARE_COLLECTION

    def is_strong(self, piece: Piece, index: int, pieces: list[Piece]) -> bool:
        """Whether a piece is the beginning of the location; `index` is its place among the pieces."""
        if piece.kind != "text":
            return False
        units = self.classifier.split(piece)
        while len(units) > 1 and units[0].sort == "opening":
            del units[0]
        if not units or (index == 1 and self._before_title(piece, pieces)):
            return False
        first = units[0]
        if first.sort == "level" and first.level not in ("page", "frame"):
            return index > 0 or first.level not in _NOT_FIRST or len(pieces) > 1
        if any(unit.sort == "level" and unit.level in _SURE_LEVELS for unit in units):
            return True
        if index:
            span = self.span(piece)
            if first.sort == "collection" and span[:1].islower() and " of " not in span:
                return False  # `travel diaries`: what it is, and not where
            return first.sort in _OPENS_LOCATION and (first.sort != "id" or any(map(str.isalpha, span)))
        following, beyond = [*pieces[1:3], None, None][:2]
        return self._is_strong_first(first, self.span(piece), following, beyond)

    def _before_title(self, piece: Piece, pieces: list[Piece]) -> bool:
        """Whether a second piece still says who wrote what is quoted behind it."""
        quoted = len(pieces) > 2 and pieces[2].kind == "quote" and pieces[2].before == ","
        return quoted and pieces[0].kind == "text" and self._is_plain(piece) and self._is_plain(pieces[0])

    def _is_plain(self, piece: Piece | None) -> bool:
        """Whether a piece has no level in it: `CIA, Office of Current Intelligence, "The Cuban Economy"`."""
        return piece is not None and not any(unit.sort in ("level", "id") for unit in self.classifier.split(piece))

    def _is_strong_first(self, first: Unit, span: str, following: Piece | None, beyond: Piece | None = None) -> bool:
        """Whether the first piece is a location, and not the body that wrote the document or a title with its name."""
        if first.sort == "place":
            return following is not None and self.classifier.gazetteer.repository(self.span(following)) is not None
        if first.sort not in _OPENS_LOCATION:
            return False
        if following is not None and following.kind in ("quote", "italic"):
            return False
        if beyond is not None and beyond.kind == "quote" and beyond.before == "," and self._is_plain(following):
            return False
        correspondence = _TO_OR_FROM.search(span) is not None
        if (correspondence and first.sort != "collection") or _LETTER_FROM.match(span):
            return False
        if following is not None and EXACT.match(self.span(following)):
            return first.sort == "collection" and not correspondence
        return True

    def _last_description(self, pieces: list[Piece]) -> int:
        """Where a letter or a named kind of document with its date begins that ends a citation; 0 where none does."""
        count = len(pieces)
        while count > 1 and self._is_only_page(pieces[count - 1]):
            count -= 1
        if count < 2 or any(p.kind != "text" for p in pieces[count - 1 : count]):
            return 0
        last = self.span(pieces[count - 1])
        alone = WHOLE.match(last) is not None and len(last) < _LONGEST_DATE
        date = find_date(self.text, pieces[count - 1].start, pieces[count - 1].end)
        begin = count - 2 if alone else count - 1
        if begin < 1 or not (alone or (date and date[1] >= pieces[count - 1].end - 1)):
            return 0
        dated = date is not None and _DAY.search(self.text, *date) is not None
        span = self.span(pieces[begin])
        letter = _LETTER_BEHIND.match(span) is not None
        if not self._is_located(pieces[:begin]) or not (letter or (dated and self._is_kind(span))):
            return 0
        return begin

    def _is_only_page(self, piece: Piece) -> bool:
        units = self.classifier.split(piece) if piece.kind == "text" else []
        return len(units) == 1 and (units[0].level == "page" or units[0].sort == "number")

    def _is_located(self, pieces: list[Piece]) -> bool:
        units = [unit for piece in pieces for unit in self.classifier.split(piece)]
        return any(is_evidence(unit) or unit.sort == "id" for unit in units)

    def _is_kind(self, span: str) -> bool:
        """Whether a text begins or ends with the word for a kind of document: `rapport du préfet`, `King diary`."""
        words = span.split()
        ends = (" ".join(words[:2]), words[0], words[-1]) if words[-1:] else ()
        return any(self.classifier.gazetteer.term("kind", words) for words in ends)

    # ---- no description, or one behind the location

    def is_collection(self, pieces: list[Piece], border: int) -> bool:
        """Whether the one thing before the location is its collection: no title, since an id or a series comes next."""
        if border not in (1, 2) or border == len(pieces) or any(p.kind != "text" for p in pieces[:border]):
            return False
        if border == 2 and not self.span(pieces[1]).endswith(" Series"):
            return False
        if find_date(self.text, pieces[0].start, pieces[border - 1].end) or self.is_dated(pieces[border - 1]):
            return False
        units = [unit for piece in pieces[border:] for unit in self.classifier.split(piece)]
        if any(u.sort == "collection" or (u.sort == "level" and u.level == "record_group") for u in units):
            return False
        if border == 1 and all(u.sort in ("repository", "division", "place") for u in units):
            span = self.span(pieces[0])
            return span.endswith(_PLURAL) and " " in span
        return border == 2 or (bool(units) and units[0].sort == "id" and len(units) > 1)

    def described_after(self, pieces: list[Piece]) -> int:
        """How many pieces come before a description that stands behind the location; all where there is none.

        `TNA: FO 371/123, minute by X, 5 May 1948`.
        """
        found = self._last_description(pieces)
        if found:
            return found
        last = 0
        for index, piece in enumerate(pieces):
            units = self.classifier.split(piece)
            if any(is_evidence(u) or u.sort in ("id", "number") for u in units) and not self.is_dated(piece):
                last = index
        coded = bool(pieces) and _CODED.search(self.span(pieces[last])) is not None
        behind = pieces[last + 1 :]
        if len(behind) < 2 or not (last or coded):
            return len(pieces)
        dated = any(
            EXACT.match(self.span(p)) or find_date(self.text, p.start, p.end) for p in behind if p.kind == "text"
        )
        named = any(p.kind == "quote" or _LETTER.match(self.span(p)) for p in behind)
        return last + 1 if dated and (named or coded) else len(pieces)
