"""Correspondence: who wrote to whom, from where, in one segment or in several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.dates import BEFORE_DATE, find_date, is_date
from citetool.parsing.folding import CAPITALS, CYRILLIC
from citetool.parsing.people import BY_CASE, NOBLE, OFFICE, OWNED, SENT_FROM, is_person, looks_like_names

from .base import DescriptionParts

if TYPE_CHECKING:
    from citetool.parsing.tokenizer import Segment

_TO = lazy(
    rf"(?:^|,?\s)(?:to|To|an|à|к|till|til|aan|către|para|до|към|προς)\s+(?:(?:die|den|das)\s+)?(?=[\"“\[{CAPITALS}a]|(?:the|his|her)\s|(?:de|von|van|di)\s[A-Z])"
    rf"|\s(?:à|au|aux|al|alla|ao)\s+(?={OFFICE}\b)"
)
_FROM = lazy(r"\s(?:from|From|von|de)\s+")
_TO_FROM = lazy(r"\s*to\s+(?:the\s+)?(?P<recipient>[A-ZÀ-Þ].*?)\s+from\s+(?:the\s+)?(?P<creator>[A-ZÀ-Þ].*)$")
_STOP_AFTER = lazy(
    r"(?<!embassy)(?<!legation)(?<!consulate)\s+(?=\(?(?:(?:with|and)\s+)?(?:attached|enclosed|enclosing|enclosure|in\s|re\s|regarding|concerning|quoted|cited|received"
    r"|via\s|copy\s|memo(?:randum)?\b|telegram\b|letter\b|about\s|on\s))",
    re.IGNORECASE,
)
_PLACE_GROUP = lazy(r"\s*\(([^()]+)\)\s*$")
_ASIDE = lazy(r"\([^()]*\)\s+")
_THROUGH = lazy(r",?\s+(?:through|via)\s+")
_ROMANCE_TO = lazy(rf"\s(?:a|al|ao|do)\s(?=[{CAPITALS}])")
_TWO_NAMES = lazy(rf"(?:(?:[{CAPITALS}][\w.]*|{OFFICE})\s){{1,3}}(?:a|do)(?:\s[{CAPITALS}][\w.]*){{1,3}}(?=$|,)")
_BEGINS_TO = lazy(rf"(?:to|an|à|au|till?|aan|do|către|к)\s+(?:the\s+|den\s+|die\s+)?(?=[{CAPITALS}])")
_OFFICE = lazy(rf"{OFFICE}\b")
_OFFICE_TO = lazy(  # `il prefetto al Ministero`
    rf"(?:(?:le|la|il|lo|el|o)\s|l['’])?{OFFICE}\b[^,;]{{0,60}}?(\s(?:a|à|au|aux|al|alla|ao)\s)(?=[{CAPITALS}])"
)
_ARTICLE = lazy(rf"(?:(?:le|la|il|lo|el|o|der|die|das)\s|l['’])(?={OFFICE}\b)")
_SLAV = rf"(?:[{CYRILLIC}]\.\s?){{0,2}}[{CYRILLIC}][а-яёіїєґў-]+"
_DATIVE = rf"{_SLAV}(?:у|ю|ому|ой|е|ові|еві)$"
_CASES = lazy(  # the case says who wrote and who was written to: `Письмо Ворошилова Сталину`, `dopis Krofty Benešovi`
    rf"\s{_SLAV}(?:а|я|ого|ой)(\s){_DATIVE}"
    rf"|(?:\s[{CAPITALS}][^\W\d_]*\.?){{1,3}}(\s)(?:[{CAPITALS}][^\W\d_]*\.?\s){{0,2}}[{CAPITALS}][^\W\d_]+ovi$"
)
_BY_CASE = lazy(BY_CASE)
_OWNED = lazy(OWNED)
_SENT_FROM = lazy(SENT_FROM)
_DASHED = lazy(rf"{_SLAV}(\s[-–—]\s){_DATIVE}")  # `Чичерин — Литвинову`
_BEHIND_DASH = lazy(rf"(?<=[–—]\s){_DATIVE}")
_ALLATIVE = lazy(rf"\s[{CAPITALS}][^\W\d_]+lle(?=\s\d|$)")  # `kirje Tannerille`
_LEAD = lazy(
    r"(?:(?:(?:[Nn]o\.?|[Nn]r\.?|[Nn]\.?\s?[º°]|№)\s?)?[\w/-]+\s+)?"
    r"(?:(?:from|From|by|des?|von|vom|der|du|della|del|di|da|från|fra|van|od|от)\s+(?:the\s+)?|d['’](?=[A-Z]))"
)
# what a copy is called before the document itself
_COPY = lazy(
    r"(?i)(?:photocopy|copy|draft|transcript|translation|text|kopie|abschrift|entwurf|copie|copia|minuta|копия|копія)"
    r"\s(?:(?:of|von|de|di|du|eines|einer)\s)?(?:the\s|a\s)?(?=(?-i:[A-ZÀ-Þ]))"
)
_SPOKEN = frozenset(("address", "speech", "remarks", "statement", "lecture", "sermon", "appeal", "proclamation"))
SENT = frozenset(("letter", "telegram", "cable", "memorandum", "dispatch"))


def without_possessive(text: str, start: int, end: int) -> int:
    """Return where a name ends in the text, without the `’s` behind it: `Eytan’s note`."""
    name = text[start:end].rstrip()
    return start + len(name) - (2 if name.endswith(("’s", "'s")) else 0)


class CorrespondenceParser(DescriptionParts):
    """Reads `[Letter from] A [(place)] to B [(place)]`."""

    def _correspondence(self, segment: Segment, index: int, segments: list[Segment]) -> bool:
        """`[Letter from] A [(place)] to B [(place)]`, in one segment or as `A, letter to B`; whether it was that."""
        if self.has("recipient"):
            return False
        start, end = segment.start, segment.end
        if self._owned(segment):
            return True
        kind_end, kind = self._kind_at(start, end)
        if kind in SENT and _ALLATIVE.match(self.text, kind_end, end):
            return self._addressed(start, kind_end, end, kind)
        if kind in SENT and (turned := _TO_FROM.match(self.text, kind_end, end)) and self._turned(turned):
            self.kind = self.kind or kind
            self.add(start, kind_end, "kind")
            return True
        to = self._to(kind_end, end, kind, at_start=index > 0)
        if to is None:
            return False
        left_end, right_start = to
        left = self.text[kind_end:left_end].strip(" ,:")
        if left.casefold() in _SPOKEN:
            return False
        if not left:
            if not index or (kind and kind not in SENT):
                return False
            first = self._sender_segments(index, segments)
            if first == index:
                return False
            self._names(segments[first].start, segments[index - 1].end, "creator")
            self.taken.update(segment.start for segment in segments[first:index])
        else:
            form = _COPY.match(self.text, kind_end, left_end)
            begin = form.end() if form else kind_end
            if article := _ARTICLE.match(self.text, begin, left_end):
                start = begin = article.end()
            sender_end = left_end if kind else self._before_kind(begin, left_end)
            sender = self._sender(begin, sender_end, kind)
            if sender is None:
                return False
            if form or sender_end < left_end:
                start = sender  # what stands around the name is the form and the kind
            self._named_place(sender, sender_end, "creator")
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
            and not any(is_date(self.span(p)) for p in segments)
            and not self.has("title")
        ):
            self.add(start, end, "title")  # a catalogue's description, not a note's
        return True

    def _owned(self, segment: Segment) -> bool:
        """Read names whose endings, or the signs behind them, say who wrote and to whom; whether it was that."""
        start, end = segment.start, segment.end
        owned = _OWNED.match(self.text, start, end)
        if owned is None:
            return self._in_signs(start, end)
        if kind := self.classifier.gazetteer.term("kind", owned["kind"]):
            self.kind = self.kind or kind
            self.add(*owned.span("kind"), "kind")
        self._names(owned.start("creator"), owned.start("kind"), "creator")
        if owned["recipient"]:
            self._names(*owned.span("recipient"), "recipient")
        return True

    def _in_signs(self, start: int, end: int) -> bool:
        """Read names in signs, with the sign for `from` or `to` between them: `周恩来致乔冠华`; whether it was that."""
        signs = _SENT_FROM.match(self.text, start, end)
        if signs is None:
            return False
        self._names(*signs.span("creator"), "creator")
        self._names(*signs.span("recipient" if signs["kind"] else "addressee"), "recipient")
        return True

    def _addressed(self, start: int, kind_end: int, end: int, kind: str) -> bool:
        """Read a kind of document and whom it went to, whose name says so by its end; always true."""
        self.kind = self.kind or kind
        self.add(start, kind_end, "kind")
        self._recipient(kind_end + 1, end)
        return True

    def _turned(self, match: re.Match[str]) -> bool:
        """Read `to A from B`, the recipient first; whether both are names."""
        if not all(looks_like_names(match[role]) for role in ("creator", "recipient")):
            return False
        for role in ("creator", "recipient"):
            self._named_place(*match.span(role), role)
        return True

    def _sender_segments(self, index: int, segments: list[Segment]) -> int:
        """Return where the sender begins before `to B` or `letter to B`.

        With a name, its office behind it, or inverted.
        """
        if not looks_like_names(self.span(segments[index - 1])):
            return index
        first = index - 1
        if first == 1 and segments[first].before == "," and looks_like_names(self.span(segments[0])):
            inverted = segments[index].before == "." and len(self.span(segments[0]).split()) == 1
            office = (is_person(self.span(segments[0])) or _OFFICE.match(self.span(segments[1]))) and not self._kind_at(
                segments[1].start, segments[1].end
            )[1]
            seated = (
                self.classifier.token_type(self.span(segments[1])) == "place"
            )  # `British Embassy, Washington, to B`
            first = 0 if inverted or office or seated else first
        return first

    def _to(self, start: int, end: int, kind: str, *, at_start: bool) -> tuple[int, int] | None:
        """Return the `to` between two names: where the sender ends, where the recipient begins."""
        if at_start and (begins := _BEGINS_TO.match(self.text, start, end)):
            return start, begins.end()
        cases = _CASES.match(self.text, start, end) if kind else _DASHED.match(self.text, start, end)
        cases = cases or _BY_CASE.match(self.text, start, end)
        if cases:
            return cases.span(cases.lastindex or 0)
        if at_start and _BEHIND_DASH.match(self.text, start, end):
            return start, start
        if not kind and (office := _OFFICE_TO.match(self.text, start, end)):
            return office.span(1)
        match = _TO.search(self.text, start, end)
        if not match and (kind or _TWO_NAMES.match(self.text, start, end)):
            match = _ROMANCE_TO.search(self.text, start, end)
        return match.span() if match else None

    def _sender(self, start: int, end: int, kind: str) -> int | None:
        """Return where the sender's name begins before `to`; None where the words before it are no name."""
        text = self.text
        while start < end and text[start] in " ,:":
            start += 1
        lead = _LEAD.match(text, start, end)
        if kind and lead:
            number = text[start : lead.end()].split()[0]
            if any(map(str.isdigit, number)):
                self.add(start, start + len(number), "note")
            return lead.end()
        inner = _FROM.search(text, start, end)
        if inner and text.startswith(" to ", end) and inner[0].strip() in NOBLE and looks_like_names(text[start:end]):
            return start  # `Couve de Murville to Bidault`: no word of English
        if inner and text[start].isupper() and not kind and inner.start() > start:
            begin = inner.end() + (4 if text.startswith("the ", inner.end()) else 0)
            return begin if looks_like_names(text[begin:end]) else None
        name = _THROUGH.split(text[start:end])[0]
        return start if looks_like_names(_PLACE_GROUP.sub("", name)) else None

    def _before_kind(self, start: int, end: int) -> int:
        """Return where the sender's name ends before the word for what was sent: `Jane Roe memo to Doe`."""
        name, _, word = self.text[start:end].rpartition(" ")
        kind = self.classifier.gazetteer.term("kind", word) if name and word.islower() else None
        if kind not in SENT:
            return end
        self.kind = self.kind or kind
        self.add(end - len(word), end, "kind")
        return without_possessive(self.text, start, start + len(name))

    def _named_place(self, start: int, end: int, role: str) -> None:
        """Note a name with the place of writing behind it in brackets, without the article of an office."""
        text = self.text
        if article := _ARTICLE.match(text, start, end):
            start = article.end()
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
        """Note the recipient, and what may follow in the same segment: a date, an attachment, a place in brackets."""
        text = self.text
        stop = _STOP_AFTER.search(text, start, end)
        limit = end
        date = find_date(text, start, stop.start() if stop else end)
        if date is None and stop and (group := _ASIDE.match(text, stop.end(), end)):
            date = find_date(text, group.end(), end)  # `Doe (and attached report) January 21, 1959`
        if stop and stop.group(0) and re.match(r"\s+received", text[stop.start() : end], re.IGNORECASE):
            date = find_date(text, start, end)
        if date:
            limit = date[0] - len(BEFORE_DATE.search(text[start : date[0]])[0])  # type: ignore[index]
            if not self.has("date"):
                self.add(*date, "date")
            if date[1] < end:
                self.add(date[1], end, "note")
        if stop and stop.start() < limit:
            self.add(stop.end(), limit, "note")
            limit = stop.start()
        self._named_place(start, limit, "recipient")
