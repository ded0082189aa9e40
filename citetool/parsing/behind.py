"""A description that stands behind its location: `FO 371/123, minute by X, 5 May 1948`.

Letters, kinds of documents, and any words with the day of a document behind a number of the archive are read so; what
is numbered or the name of a series is none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .dates import begins_with_date, find_date, is_whole
from .folding import CAPITALS
from .people import BY_CASE, OFFICE, OWNED, SENT_FROM, looks_like_names
from .spans import is_evidence

if TYPE_CHECKING:
    from .classifier import Classifier
    from .tokenizer import Segment

_CODED = lazy(r"[A-Z]{1,5}\s?\d*/[\w/]+$")
_LETTER = lazy(r"(?:[A-Z][\w.]*\s){1,4}to\s+[A-Z]")
_NAMES = (
    rf"(?:(?:de|von|van|der|the|le|la|il|el|lo|l['’])\s?)?(?:[{CAPITALS}][\w.’'-]*|{OFFICE})"
    rf"(?:\s(?:[{CAPITALS}(][\w.’')-]*|{OFFICE}|(?:d|l)['’]\w+|of|de|des|von|van|der|the|for|du|au|supérieur|général))*"
)
_LETTER_BEHIND = lazy(
    rf"(?:(?i:letters?|telegrams?|cable|memo(?:randum)?|note|lettre|télégramme|dépêche|Brief|Schreiben|Telegramm|carta|oficio"
    rf"|ofício|despacho|lettera|dispaccio|telegramma|list|pismo|brev|scrisoare"
    r"|лист|письмо|писмо)"
    rf"(?:\s(?:(?:[Nn][or]\.?|[Nn]\.?\s?[º°])\s?)?\d[\d/-]*)?\s(?:(?:from|de|des?|du|von|vom|di|del|by|från|fra|van|od|da)\s|d['’])?)?"
    rf"{_NAMES}\s(?:to|an|à|a|al|au|aux|till|til|aan|do|către|para|до|към|προς)"
    rf"\s(?:{_NAMES}|(?:his|her|the|le|la)\s[\w ]+)"
)
_BY_CASE = lazy(BY_CASE)
_OWNED = lazy(OWNED)
_SENT_FROM = lazy(SENT_FROM)
_NUMBER_OF = lazy(  # `n° 1203`, `Bericht Nr. 34 A–E`
    r"(?:[^\W\d_]{3,14}\.?\s)?(?:[Nn][or]s?\.?|[Nn]\.?\s?[º°]|№)\s?\d[\d/.-]*(?:\s?[A-Z](?:[–-][A-Z])?)?$"
)
_DAY = lazy(r"(?<!\d)\d{1,2}(?!\d)")
_TOWN = lazy(rf"[{CAPITALS}][\w’'.-]+(?:\s[{CAPITALS}][\w’'.-]+){{0,2}}$")
_DIGIT = lazy(r"\d")
_TITLED = frozenset(("text", "kind", "opening", "marking"))  # what a description may be by its own words
_MAX_SENDER = 2  # segments before `to Doe`: a name and an office
_MAX_DATE_LENGTH = 40
_MAX_WORDS = 12  # of a description


class BehindFinder:
    """Finds a description behind its location, in the segments of one text."""

    def __init__(self, text: str, classifier: Classifier) -> None:
        self.text = text
        self.classifier = classifier

    def span(self, segment: Segment) -> str:
        """Return the text of a segment."""
        return self.text[segment.start : segment.end]

    def is_dated(self, segment: Segment) -> bool:
        """Return whether a segment is a date and nothing else."""
        return is_whole(self.span(segment))

    def described_after(self, segments: list[Segment]) -> int:
        """Return how many segments come before a description that stands behind the location; all where there is none.

        `TNA: FO 371/123, minute by X, 5 May 1948`.
        """
        found = self._last_description(segments)
        if found:
            return found
        last = 0
        for index, segment in enumerate(segments):
            tokens = self.classifier.split(segment)
            if any(is_evidence(u) or u.type in ("id", "number") for u in tokens) and not self.is_dated(segment):
                last = index
        coded = bool(segments) and _CODED.search(self.span(segments[last])) is not None
        behind = segments[last + 1 :]
        if len(behind) < 2 or not (last or coded):
            return len(segments)
        dated = any(
            begins_with_date(self.span(p)) or find_date(self.text, p.start, p.end) for p in behind if p.kind == "text"
        )
        named = any(p.kind == "quote" or _LETTER.match(self.span(p)) for p in behind)
        return last + 1 if dated and (named or coded) else len(segments)

    def _last_description(self, segments: list[Segment]) -> int:
        """Return where the last description with its date begins that ends a citation; 0 where none does."""
        count = len(segments)
        while count > 1 and self._is_only_page(segments[count - 1]):
            count -= 1
        if count < 2 or segments[count - 1].kind != "text":
            return 0
        last = segments[count - 1]
        alone = is_whole(self.span(last)) and last.end - last.start < _MAX_DATE_LENGTH
        date = find_date(self.text, last.start, last.end)
        begin = count - 2 if alone else count - 1
        if begin < 1 or not (alone or (date and date[1] >= last.end - 1)):
            return 0
        span = self.span(segments[begin])
        if span.startswith("to ") and (sender := self._sender_before(segments, begin)):
            return sender
        if begin > 1 and _NUMBER_OF.match(span) and self._is_letter(segments[begin - 1]):
            begin -= 1  # `télégramme du gouverneur au ministre, n° 1203, 4 août 1914`
            span = self.span(segments[begin])
        seated = begin > 1 and _TOWN.match(span) is not None
        if seated and (self._is_letter(segments[begin - 1]) or self._is_titled(segments, begin)):
            begin -= 1  # `Roe a Doe, Madrid, 3 de agosto de 1761`
        if begin > 1 and segments[begin - 1].kind == "quote" and alone and self._is_kind(span):
            begin -= 1  # `CP (49) 62, ‘Policy’, memorandum by Roe, 14 March 1949`
            return begin if self._is_located(segments[:begin]) else 0
        if not self._is_located(segments[:begin]):
            return 0
        dated = date is not None and _DAY.search(self.text, *date) is not None
        described = self._is_described(segments, begin)
        kind = self._is_kind(self.span(segments[begin]))
        told = (dated and (kind or described)) or (date is not None and kind and described)
        return begin if told or self._is_letter(segments[begin]) else 0

    def _is_letter(self, segment: Segment) -> bool:
        span = self.span(segment)
        forms = (_LETTER_BEHIND, _BY_CASE, _OWNED, _SENT_FROM)
        return segment.kind == "text" and any(form.match(span) for form in forms)

    def _is_titled(self, segments: list[Segment], begin: int) -> bool:
        """Return whether a title stands before the town at `begin`: `78/57, Raport z wizyty, Lublin, 28 VIII 1966`."""
        titled = segments[begin - 1]
        return titled.kind == "text" and self._is_kind(self.span(titled)) and self._is_described(segments, begin - 1)

    def _is_described(self, segments: list[Segment], begin: int) -> bool:
        """Return whether words before the day of a document describe it: they stand behind a number, and say no level.

        `BArch, RH 20-11/488, Kriegstagebuch AOK 11, 12.12.1941`.
        """
        before = self.classifier.split(segments[begin - 1]) if segments[begin - 1].kind == "text" else []
        if not before or before[-1].level == "series" or not _DIGIT.search(self.text, before[-1].start, before[-1].end):
            return False
        segment = segments[begin]
        if segment.kind != "text" or segment.before != "," or len(self.span(segment).split()) > _MAX_WORDS:
            return False
        tokens = self.classifier.split(segment)
        return tokens[0].type in _TITLED and not any(is_evidence(u) or u.type == "id" for u in tokens)

    def _sender_before(self, segments: list[Segment], begin: int) -> int:
        """Return where the sender begins before `to Doe`: a name, an office perhaps behind it; 0 where none does."""
        first = begin
        while first > 1 and begin - first < _MAX_SENDER:
            tokens = self.classifier.split(segments[first - 1])
            named = segments[first - 1].kind == "text" and looks_like_names(self.span(segments[first - 1]))
            if not named or any(is_evidence(u) or u.type in ("id", "number") for u in tokens):
                break
            first -= 1
        return first if first < begin and self._is_located(segments[:first]) else 0

    def _is_only_page(self, segment: Segment) -> bool:
        tokens = self.classifier.split(segment) if segment.kind == "text" else []
        return len(tokens) == 1 and (tokens[0].level == "page" or tokens[0].type == "number")

    def _is_located(self, segments: list[Segment]) -> bool:
        tokens = [token for segment in segments for token in self.classifier.split(segment)]
        return any(is_evidence(token) or token.type == "id" for token in tokens)

    def _is_kind(self, span: str) -> bool:
        """Return whether a text begins or ends with the word for a kind of document.

        `rapport du préfet`, `King diary`.
        """
        words = span.split()
        ends = (" ".join(words[:2]), words[0], words[-1]) if words[-1:] else ()
        term = self.classifier.gazetteer.term
        return any(term("kind", words) or term("document", words) for words in ends)
