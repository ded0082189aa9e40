"""What a document is: the part of a citation before the archive. Who wrote to whom, its title, its date, its kind.

Three forms are told apart: correspondence (`A to B`, `Letter from A (Paris) to B`), a title in quotation marks with who
wrote it before, and a description in plain words, in which a first piece that looks like a name is the creator.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .dates import find_date, is_date
from .gazetteer import fold
from .people import NOBLE, is_one_name, is_person, looks_like_names
from .spans import Part

if TYPE_CHECKING:
    from .classifier import Classifier
    from .tokenizer import Piece

_WORD = lazy(r"\S+")
_TO = lazy(
    r"(?:^|,?\s)(?:to|To|an|à|к|till|til|aan)\s+(?=[\"“\[A-ZÀ-ÞА-Яa]|(?:the|his|her)\s|(?:de|von|van|di)\s[A-Z])"
)
_FROM = lazy(r"\s(?:from|From|von|de)\s+")
_STOP_AFTER = lazy(
    r"(?<!embassy)(?<!legation)(?<!consulate)\s+(?=\(?(?:with\s+)?(?:attached|enclosed|enclosing|enclosure|in\s|re\s|regarding|concerning|quoted|cited|received"
    r"|via\s|copy\s|memo(?:randum)?\b|telegram\b|letter\b|about\s|on\s))",
    re.IGNORECASE,
)
_PLACE_GROUP = lazy(r"\s*\(([^()]+)\)\s*$")
_THROUGH = lazy(r",?\s+(?:through|via)\s+")
_NOTE = lazy(
    r"(?i)\(?(?:(?:with|and)\s+)?(?:attached|attachment|enclosed|enclosing|enclosure|encl|via|unpublished|no source"
    r"|copy of|transcription|handwritten|typed|carbon copy|in\s|quoted in|from\s|annex|appendix|tab\s)"
)
_ROMANCE_TO = lazy(r"\s(?:a|al|ao)\s(?=[A-ZÀ-Þ])")
_TWO_NAMES = lazy(r"(?:[A-Z][\w.]*\s){1,3}a(?:\s[A-Z][\w.]*){1,3}(?=$|,)")
_OF_DATE = lazy(r"(?:\s(?:of|from|for|dated|on|vom|am|du|le|del|van|от|z dnia|z))?\s*$")
_WRITTEN_BY = lazy(r"\s+(?:by|von|par|por|di)\s+(?:the\s+)?(?=[A-ZÀ-Þ])")
_FOR = lazy(r"\s+(?:for|to)\s+(?!the\s+(?:record|files?)\b)")
_UNDATED = lazy(r"\s*[\[(](undated|n\.\s?d\.?)[\])]$", re.IGNORECASE)
_ATTACHED = lazy(
    r"(?i)\(?(?:(?:with|and)\s+)?(?:attached|attachment|enclosed|enclosing|enclosure|encl|in\s|from\s|quoted)"
)
_BY = lazy(r"(?i)\b(?:interview(?:ed)?\s+by|with)\s+")
_JOIN = lazy(r",?\s+(?:and|&)\s+|;\s+")
_QUOTED_FROM = lazy(r"(?i)(?:(?:an?|the)\s+)?(\w+)\s+from\s+(?:the\s+)?(.+?)\s+to\s+(.+)$")


_SENT = frozenset(("letter", "telegram", "cable", "memorandum", "dispatch"))
_MEETINGS = frozenset(("memorandum of conversation", "memorandum of telephone conversation", "minutes"))


class Head:
    """Reads the pieces of a description; `parts` grows, `kind` is the record kind where a word for it was met."""

    def __init__(self, text: str, classifier: Classifier) -> None:
        self.text = text
        self.classifier = classifier
        self.parts: list[Part] = []
        self.kind = ""
        self.quoted = False
        self.taken: set[int] = set()  # where pieces begin that were read with their neighbour

    def span(self, piece: Piece) -> str:
        """The text of a piece."""
        return self.text[piece.start : piece.end]

    def add(self, start: int, end: int, role: str, level: str = "") -> None:
        """Note a part, without the space and marks around it."""
        while start < end and self.text[start] in " ,;:":
            start += 1
        while end > start and self.text[end - 1] in " ,;:":
            end -= 1
        if start < end:
            self.parts.append(Part(start, end, role, level))

    def has(self, role: str) -> bool:
        """Whether a part of that role was found."""
        return any(part.role == role for part in self.parts)

    # ---- the whole

    def read(self, pieces: list[Piece]) -> None:
        """Read all pieces of the description."""
        quotes = [i for i, p in enumerate(pieces) if p.kind == "quote"]
        self.quoted = bool(quotes)
        first_quote = quotes[0] if quotes else len(pieces)
        plain: list[Piece] = []
        dated = False
        for index, piece in enumerate(pieces):
            span = self.span(piece)
            if piece.kind == "quote":
                self._quoted(piece)
            elif piece.kind == "italic":
                self.add(piece.start, piece.end, "container" if index else "title")
            elif piece.kind == "url":
                self.add(piece.start, piece.end, "url")
            elif is_date(span):
                role = "date" if not dated and not self._is_attached(index, pieces) else "note"
                self.add(piece.start, piece.end, role)
                dated = dated or role == "date"
            elif self._correspondence(piece, index, pieces):
                dated = dated or self.has("date")
            elif self._kind(piece, index) or (index and not quotes and not dated and self._pages(piece)):
                pass
            elif index > first_quote or dated or _NOTE.match(span):
                self._after(piece, dated=dated)
            else:
                plain.append(piece)
        self._plain(plain, quoted=bool(quotes))
        self._bare_kind()

    def _is_attached(self, index: int, pieces: list[Piece]) -> bool:
        return index > 1 and _ATTACHED.match(self.span(pieces[index - 1])) is not None

    def _quoted(self, piece: Piece) -> None:
        if self.has("title"):
            self.add(piece.start, piece.end, "note")
            return
        self.add(piece.start, piece.end, "title")
        match = _QUOTED_FROM.match(self.text[piece.start : piece.end])
        if match and self.classifier.gazetteer.term("kind", match.group(1)):
            self._names(piece.start + match.start(2), piece.start + match.end(2), "creator")
            self._names(piece.start + match.start(3), piece.start + match.end(3), "recipient")

    def _kind(self, piece: Piece, index: int) -> bool:
        """A piece that is the word for a kind of document, or begins with one and a name."""
        span = self.span(piece)
        end, kind = self._kind_at(piece.start, piece.end)
        if not kind:
            return False
        self.kind = self.kind or kind
        if end == piece.end:
            self.add(piece.start, end, "kind")
            return True
        by = _BY.search(span)
        if kind in ("interview", "oral history") and by:
            self.add(piece.start, max(end, piece.start + by.start()), "kind")
            role = "interviewer" if "by" in by.group().lower() else "creator"
            other = re.compile(r"\s+by\s+").search(self.text, piece.start + by.end(), piece.end)
            self._names(piece.start + by.end(), other.start() if other else piece.end, role)
            if other:
                self._names(other.end(), piece.end, "interviewer")
            return True
        by_whom = _WRITTEN_BY.match(self.text, end, piece.end)
        if by_whom and looks_like_names(self.text[by_whom.end() : piece.end]):
            self.add(piece.start, piece.end, "kind" if self.quoted else "title")
            self._names(by_whom.end(), piece.end, "creator")
            return True
        to = _FOR.match(self.text, end, piece.end)
        if to and index and kind in _SENT:
            self.add(piece.start, end, "kind")
            self._names(to.end(), piece.end, "recipient")
            return True
        return False

    def _kind_at(self, start: int, end: int) -> tuple[int, str]:
        """The longest kind of document named at the beginning of a span: where its words end, and the kind."""
        words = list(_WORD.finditer(self.text, start, min(end, start + 60)))[:4]
        for count in range(len(words), 0, -1):
            stop = words[count - 1].end()
            kind = self.classifier.gazetteer.term("kind", self.text[start:stop])
            if kind:
                return min(stop, end), kind
        return start, ""

    # ---- correspondence

    def _correspondence(self, piece: Piece, index: int, pieces: list[Piece]) -> bool:
        """`[Letter from] A [(place)] to B [(place)]`, in one piece or as `A, letter to B`; whether it was that."""
        if self.has("recipient"):
            return False
        start, end = piece.start, piece.end
        kind_end, kind = self._kind_at(start, end)
        to = self._to(kind_end, end, kind, at_start=index > 0)
        if to is None:
            return False
        left_end, right_start = to
        left = self.text[kind_end:left_end].strip(" ,:")
        if not left:
            if not index or (kind and kind not in _SENT):
                return False
            first = self._sender_pieces(index, pieces)
            if first == index:
                return False
            self._names(pieces[first].start, pieces[index - 1].end, "creator")
            self.taken.update(piece.start for piece in pieces[first:index])
        else:
            sender = self._sender(kind_end, left_end, kind)
            if sender is None:
                return False
            self._named_place(sender, left_end, "creator")
            if sender > start and not kind:
                self.add(start, end, "title")
        if kind:
            self.kind = self.kind or kind
            self.add(start, kind_end, "kind")
        self._recipient(right_start, end)
        if (
            kind
            and left
            and not self.has("date")
            and not any(is_date(self.span(p)) for p in pieces)
            and not self.has("title")
        ):
            self.add(start, end, "title")  # a catalogue's description, not a note's
        return True

    def _sender_pieces(self, index: int, pieces: list[Piece]) -> int:
        """Where the sender begins before `to B` or `letter to B`: with a name, its office behind it, or inverted."""
        if not looks_like_names(self.span(pieces[index - 1])):
            return index
        first = index - 1
        if first == 1 and pieces[first].before == "," and looks_like_names(self.span(pieces[0])):
            inverted = pieces[index].before == "." and len(self.span(pieces[0]).split()) == 1
            office = is_person(self.span(pieces[0])) and not self._kind_at(pieces[1].start, pieces[1].end)[1]
            seated = self.classifier.sort(self.span(pieces[1])) == "place"  # `British Embassy, Washington, to B`
            first = 0 if inverted or office or seated else first
        return first

    def _to(self, start: int, end: int, kind: str, *, at_start: bool) -> tuple[int, int] | None:
        """The `to` between two names: where the sender ends, where the recipient begins."""
        if at_start and self.text.startswith("to ", start):
            return start, start + 3
        match = _TO.search(self.text, start, end)
        if not match and (kind or _TWO_NAMES.match(self.text, start, end)):
            match = _ROMANCE_TO.search(self.text, start, end)
        return match.span() if match else None

    def _sender(self, start: int, end: int, kind: str) -> int | None:
        """Where the sender's name begins before `to`; None where the words before it are no name."""
        text = self.text
        while start < end and text[start] in " ,:":
            start += 1
        lead = re.compile(r"(?:(?:No\.? ?)?[\w-]+\s+)?(?:from|From|by|de|von|от)\s+(?:the\s+)?").match(text, start, end)
        if kind and lead:
            number = text[start : lead.end()].split()[0]
            if any(map(str.isdigit, number)):
                self.add(start, start + len(number), "note")
            return lead.end()
        inner = _FROM.search(text, start, end)
        if inner and text[start].isupper() and not kind and inner.start() > start:
            begin = inner.end() + (4 if text.startswith("the ", inner.end()) else 0)
            return begin if looks_like_names(text[begin:end]) else None
        name = _THROUGH.split(text[start:end])[0]
        return start if looks_like_names(_PLACE_GROUP.sub("", name)) else None

    def _named_place(self, start: int, end: int, role: str) -> None:
        """A name with the place of writing behind it in brackets."""
        text = self.text
        through = _THROUGH.search(text, start, end)
        if through:
            self.add(through.end(), end, "through")
            end = through.start()
        group = _PLACE_GROUP.search(text[start:end])
        if group:
            self.add(start + group.start(1), start + group.end(1), "place_from" if role == "creator" else "place_to")
            end = start + group.start()
        self._names(start, end, role)

    def _recipient(self, start: int, end: int) -> None:
        """The recipient, and what may follow in the same piece: a date, an attachment, a place in brackets."""
        text = self.text
        stop = _STOP_AFTER.search(text, start, end)
        limit = end
        date = find_date(text, start, stop.start() if stop else end)
        if stop and stop.group(0) and re.match(r"\s+received", text[stop.start() : end], re.IGNORECASE):
            date = find_date(text, start, end)
        if date:
            limit = date[0]
            if not self.has("date"):
                self.add(*date, "date")
            if date[1] < end:
                self.add(date[1], end, "note")
        if stop and stop.start() < limit:
            self.add(stop.end(), limit, "note")
            limit = stop.start()
        self._named_place(start, limit, "recipient")

    def _names(self, start: int, end: int, role: str) -> None:
        """One name or several joined by `and`; an article before a name is no part of it where a body follows."""
        text = self.text
        span = text[start:end].rstrip(" ,;:")
        end = start + len(span)
        joins = list(_JOIN.finditer(span))
        cuts = [0]
        for join in joins:
            left, right = span[cuts[-1] : join.start()], span[join.end() :]
            if len(right.split()) <= 6 and is_one_name(left) and is_one_name(right):
                self.add(start + cuts[-1], start + join.start(), role)
                cuts.append(join.end())
        self.add(start + cuts[-1], end, role)

    # ---- what is neither quoted nor correspondence

    def _after(self, piece: Piece, *, dated: bool) -> None:
        """Words behind the title or the date: where it was published, how it is enclosed, a page."""
        span = self.span(piece)
        units = self.classifier.split(piece)
        if len(units) == 1 and (units[0].sort == "id" or units[0].level == "item"):
            self.add(piece.start, piece.end, "level", "item")
            return
        date = find_date(self.text, piece.start, piece.end)
        if date and not dated and not self.has("date") and not _NOTE.match(span):
            self.add(*date, "date")
            self.add(piece.start, date[0], "container")
            self._page(date[1], piece.end)
        elif piece.before == '"' and not dated and span[:1].isupper():
            self.add(piece.start, piece.end, "container")
        else:
            published = any(p.role == "note" and self.text.startswith("in ", p.start) for p in self.parts)
            for unit in units:
                if unit.sort == "time" or (published and unit.sort in ("level", "number", "years")):
                    self.add(unit.start, unit.end, "note")
                elif unit.sort == "level":
                    self.add(unit.start, unit.end, "level", unit.level)
                elif unit.sort == "number":
                    self._add_page(unit.start, unit.end)
                elif unit.sort == "place":
                    self.add(unit.start, unit.end, "place_from")
                elif _NOTE.match(span):
                    self.add(unit.start, unit.end, "note")
                elif not dated and span[:1].isupper():
                    self.add(unit.start, unit.end, "container")

    def _pages(self, piece: Piece) -> bool:
        """A piece that is pages with their word, and may say more of them: `pp. 33-61 (quote on p. 47)`."""
        units = self.classifier.split(piece)
        if not units or units[0].level != "page":
            return False
        self.add(units[0].start, units[0].end, "level", "page")
        self.add(units[0].end, piece.end, "note")
        return True

    def _add_page(self, start: int, end: int) -> None:
        """A page; `13, 16` is one level."""
        last = self.parts[-1] if self.parts else None
        if last and last.level == "page" and self.text[last.end : start].strip() == ",":
            last.end = end
        else:
            self.add(start, end, "level", "page")

    def _page(self, start: int, end: int) -> None:
        match = re.compile(r"[\s),:;]*(\d{1,4}(?:[-–]\d{1,4})?)$").match(self.text, start, end)
        if match:
            self.add(match.start(1), match.end(1), "level", "page")

    def _plain(self, pieces: list[Piece], *, quoted: bool) -> None:
        """Pieces in plain words before the date: creator and title, or one of them."""
        pieces = [piece for piece in pieces if piece.start not in self.taken]
        if not pieces:
            return
        texts = [self.span(piece) for piece in pieces]
        if quoted and len(pieces) == 1 and self.classifier.sort(texts[0]) == "id":
            self.add(pieces[0].start, pieces[0].end, "level", "item")  # `NSC 5405, "U.S. Objectives"`
            return
        if quoted or self.has("title"):
            self._names(pieces[0].start, pieces[-1].end, "creator")
            return
        if self.has("creator"):
            for piece in pieces:
                place = self.classifier.sort(self.span(piece)) == "place"
                self.add(piece.start, piece.end, "place_from" if place else "container")
            return
        kinds = [part.start for part in self.parts if part.role == "kind"]
        if kinds and len(pieces) == 1 and pieces[0].start < kinds[0] and is_person(texts[0]):
            self._names(
                pieces[0].start, pieces[0].end, "creator"
            )  # `W. Walton Butterworth, memorandum of conversation`
            for part in self.parts:
                part.role = "title" if part.role == "kind" and self.kind in _MEETINGS else part.role
            return
        if self.kind in _MEETINGS and looks_like_names(texts[0]) and self.has("kind"):
            for piece, text in zip(pieces, texts, strict=True):
                if looks_like_names(text):
                    self._names(piece.start, piece.end, "participant")
            self._bare_kind()
            return
        names = self._inverted(pieces, texts)
        if self._kind_at(pieces[0].start, pieces[0].end)[1]:
            self._title(pieces)
            return
        if names or (is_person(texts[0]) and (len(pieces) > 1 or self.kind)):
            self.add(pieces[0].start, pieces[max(0, names - 1)].end, "creator")
            pieces = pieces[max(1, names) :]
        if pieces:
            self._title(pieces)

    def _inverted(self, pieces: list[Piece], texts: list[str]) -> int:
        """How many pieces a name in the order `Family, Given.` takes at the beginning: 2 or none."""
        family = texts[0].split()
        if (
            len(pieces) < 2
            or pieces[1].before != ","
            or len(family) > 2
            or (len(family) == 2 and family[0] not in NOBLE)
        ):
            return 0
        if fold(texts[0]) in self.classifier.gazetteer.places:
            return 0
        ends = len(pieces) == 2 or pieces[2].before == "."
        return 2 if ends and len(texts[1].split()) <= 3 and looks_like_names(" ".join(texts[:2])) else 0

    def _title(self, pieces: list[Piece]) -> None:
        if len(pieces) == 1 and self.has("creator") and self.classifier.sort(self.span(pieces[0])) == "place":
            self.add(pieces[0].start, pieces[0].end, "place_from")
            return
        start, end = pieces[0].start, pieces[-1].end
        undated = _UNDATED.search(self.text[start:end])
        if undated and not self.has("date"):
            self.add(start + undated.start(1), start + undated.end(1), "date")
            end = start + undated.start()
        date = find_date(self.text, start, end)
        if date and not self.has("date"):
            self.add(*date, "date")
            if date[0] == start:
                start = date[1]
            else:
                end = date[0] - len(_OF_DATE.search(self.text[start : date[0]]).group())  # type: ignore[union-attr]
        self.add(start, end, "title")

    def _bare_kind(self) -> None:
        """A kind of document that is all there is by way of a title is the title."""
        if self.has("title") or self.has("creator"):
            return
        for part in self.parts:
            if part.role == "kind":
                part.role = "title"
                return
