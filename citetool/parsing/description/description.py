"""The description of a document, before its archive: who wrote to whom, its title, its date, its kind.

Three forms are told apart: correspondence (`A to B`, `Letter from A (Paris) to B`), a title in quotation marks with who
wrote it before, and a description in plain words, in which a first segment that looks like a name is the creator.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.dates import BEFORE_DATE, find_date, is_date
from citetool.parsing.folding import CAPITALS, name_key
from citetool.parsing.people import NOBLE, OFFICE, is_person, looks_like_names

from .correspondence import SENT, CorrespondenceParser, without_possessive

if TYPE_CHECKING:
    from citetool.parsing.tokenizer import Segment

_NOTE = lazy(
    r"(?i)\(?(?:(?:with|and)\s+)?(?:attached|attachment|enclosed|enclosing|enclosure|encl|via|unpublished|no source"
    r"|copy of|transcription|handwritten|typed|carbon copy|in\s|quoted in|from\s|annex|appendix|tab\s)"
)
_WRITTEN_BY = lazy(
    r"\s+(?:(?:signed|signée?|semnat|firmad[oa]|firmat[oa]|gez\.|gezeichnet|podpisan[ay])\s+"
    r"(?:(?:by|von|par|por|da|de|przez)\s+)?"
    rf"|(?:by|von|par|por|di)\s+)(?:the\s+)?(?=[{CAPITALS}])"
)
# `Aufzeichnung Weizsäcker`: the writer stands behind the kind without a word between; a genitive is part of the title
_OF_WRITER = lazy(
    r"(?:Aufzeichnung|Vermerk|Notiz|(?:Draht|Privat)?[Bb]ericht|(?:Runds|S|Drahts|Ferns)chreiben|Drahterlass"
    r"|Telegramm|[Cc]odebericht)\s(?P<name>(?:(?:von|von der|van|van der|zu|Frhr\.|Graf|Dr\.)\s(?:v\.\s)?)?"
    rf"[{CAPITALS}][^\W\d_]+(?:[-\s][{CAPITALS}][^\W\d_]+){{0,2}}(?:(?<!s)|(?<=[a-z]ens)))$"
)
# `compte rendu du colonel Didelet`: an office and a name; an office alone is part of the title
_OF_OFFICER = lazy(
    r"\s(?:du|del|de la|della|des?|van de)\s"
    rf"(?P<name>(?:{OFFICE}|colonel|général|capitaine|commandant|amiral|lieutenant|maréchal|coronel|general|capitán"
    r"|almirante|colonnello|generale|capitano|ammiraglio|comte|baron|marquis|abbé|conde|marqués|conte|barone)"
    r"(?:\s(?!(?:du|de|des|la|en|à|au|del|di|von)\s[A-ZÀ-Þ])(?:[a-zà-ÿ-]+|[dl][’'][A-ZÀ-Þa-z]\w+)){0,4}"
    rf"\s[{CAPITALS}][\w-]+(?:\s(?:(?:de|di|von)\s)?[{CAPITALS}][\w-]+){{0,2}})$"
)
_NAMED_KIND = lazy(
    rf"((?:[{CAPITALS}][\w.\[\]’'-]*\s){{1,3}}?)(?P<kind>memorandum|memo|note|minute|letter|telegram|cable)"
    r"(?P<said>\sfor the (?:files?|record)|\s(?:on|about|regarding|concerning)\s.+)?$"
)
_FOR = lazy(r"\s+(?:for|to)\s+(?!the\s+(?:record|files?)\b)")
_IN_BRACKETS = lazy(r"\s\(([^\W\d_]{4,20})\)$")
_NUMBERED_KIND = lazy(
    r"(?P<kind>(?P<word>[^\W\d_]{3,12})\.?)\s(?P<number>(?:[Nn]os?\.?\s|Nr\.\s|n°\s?)?\d[\d/-]*(?:\s?[A-Z](?:[–-][A-Z])?)?)$"
)
_SHORT_KINDS = {"tel": "telegram", "desp": "despatch", "disp": "dispatch"}
_KIND_BEFORE = lazy(r"(?i)(?P<word>tel|desp|disp)\.\s(?=\d)")
_UNDATED = lazy(r"\s*[\[(](undated|n\.\s?d\.?)[\])]$", re.IGNORECASE)
_ATTACHED = lazy(
    r"(?i)\(?(?:(?:with|and)\s+)?(?:attached|attachment|enclosed|enclosing|enclosure|encl|in\s|from\s|quoted)"
)
_BY = lazy(r"(?i)\b(?:interview(?:ed)?\s+by|with|mit|avec|con|met|com|с|z|de|of|di)\s+")
_INTERVIEWED_BY = lazy(
    r"(?i)(?:(?:interview(?:ed)?|conducted|held|geführt|réalisée?|realizad[ao])\s+)?(?:by|von|par|por|vom)\s+"
)
_OWN_INTERVIEW = lazy(r"(?i)(?:the\s+)?(author)(?:[’']s)\s+(?=(?:interview|conversation|oral history)\b)")
_QUOTED_FROM = lazy(r"(?i)(?:(?:an?|the)\s+)?(\w+)\s+from\s+(?:the\s+)?(.+?)\s+to\s+(.+)$")
_MEETINGS = frozenset(("memorandum of conversation", "memorandum of telephone conversation", "minutes"))


# A town or a region, and nothing that keeps or collects interviews.
_TOWN = lazy(
    r"(?!.*(?i:history|archive|collection|project|program|library|university|institut|papers|museum|tape|series))"
    r"[A-ZÀ-ÞŁŚŽ][^\W\d_]+\.?(?:[ -](?:[A-ZÀ-Þ][^\W\d_]+\.?|de|la|del|am|an|der|upon|sur)){0,3}(?:, [A-ZÀ-Þ][\w.]+)?$"
)


class DescriptionParser(CorrespondenceParser):
    """Reads the segments of a description; `parts` grows, `kind` is the record kind where a word for it was met."""

    # ---- the whole

    def read(self, segments: list[Segment]) -> None:
        """Read all segments of the description."""
        quotes = [i for i, p in enumerate(segments) if p.kind == "quote"]
        self.quoted = bool(quotes)
        first_quote = quotes[0] if quotes else len(segments)
        plain: list[Segment] = []
        dated = False
        for index, segment in enumerate(segments):
            span = self.span(segment)
            if segment.kind == "quote":
                self._quoted(segment)
            elif segment.kind == "italic":
                self.add(segment.start, segment.end, "container" if index else "title")
            elif segment.kind == "url":
                self.add(segment.start, segment.end, "url")
            elif is_date(span):
                role = "date" if not dated and not self._is_attached(index, segments) else "note"
                self.add(segment.start, segment.end, role)
                dated = dated or role == "date"
            elif not dated and self._dated_kind(segment):
                dated = True
            elif self._interviewer(segment) or (index and self._numbered_kind(segment)):
                pass
            elif self._correspondence(segment, index, segments):
                dated = dated or self.has("date")
            elif self._kind(segment, index) or (index and not quotes and not dated and self._pages(segment)):
                pass
            elif index > first_quote or dated or _NOTE.match(span):
                self._after(segment, dated=dated)
            else:
                plain.append(segment)
        self._plain(plain, quoted=bool(quotes))
        self._bare_kind()

    def _dated_kind(self, segment: Segment) -> bool:
        """Read a date with the kind of the document in brackets behind it: `12 May 1945 (telegram)`."""
        if (lead := _KIND_BEFORE.match(self.text, segment.start, segment.end)) and self._kind_before(segment, lead):
            return True
        behind = _IN_BRACKETS.search(self.text, segment.start, segment.end)
        kind = self.classifier.gazetteer.term("kind", behind[1].casefold()) if behind else None
        if behind is None or kind is None or not is_date(self.text[segment.start : behind.start()]):
            return False
        self.add(segment.start, behind.start(), "date")
        self.add(*behind.span(1), "kind")
        self.kind = self.kind or kind
        return True

    def _kind_before(self, segment: Segment, lead: re.Match[str]) -> bool:
        """Read a date with the short word for the kind of the document before it: `tel. 29 July 1914`."""
        kind = self.classifier.gazetteer.term("kind", _SHORT_KINDS[lead["word"].casefold()])
        if kind is None or not is_date(self.text[lead.end() : segment.end]):
            return False
        self.add(lead.end(), segment.end, "date")
        self.add(*lead.span("word"), "kind")
        self.kind = self.kind or kind
        return True

    def _numbered_kind(self, segment: Segment) -> bool:
        """Read the kind of a document with its number: `tel. 4512`, `despatch no. 45`."""
        numbered = _NUMBERED_KIND.match(self.text, segment.start, segment.end)
        word = numbered["word"].casefold() if numbered else ""
        kind = self.classifier.gazetteer.term("kind", _SHORT_KINDS.get(word, word)) if word else None
        sent = kind in SENT or (kind == "report" and self.has("recipient"))  # `Roe an Doe, Bericht Nr. 34`
        if numbered is None or kind is None or not sent or self.has("kind"):
            return False
        self.add(*numbered.span("kind"), "kind")
        self.add(*numbered.span("number"), "note")
        self.kind = self.kind or kind
        return True

    def _is_attached(self, index: int, segments: list[Segment]) -> bool:
        return index > 1 and _ATTACHED.match(self.span(segments[index - 1])) is not None

    def _quoted(self, segment: Segment) -> None:
        if self.has("title"):
            self.add(segment.start, segment.end, "note")
            return
        self.add(segment.start, segment.end, "title")
        match = _QUOTED_FROM.match(self.text[segment.start : segment.end])
        if match and self.classifier.gazetteer.term("kind", match.group(1)):
            self._names(segment.start + match.start(2), segment.start + match.end(2), "creator")
            self._names(segment.start + match.start(3), segment.start + match.end(3), "recipient")

    def _kind(self, segment: Segment, index: int) -> bool:
        """Read a segment that is the word for a kind of document, or begins with one and a name."""
        span = self.span(segment)
        own = _OWN_INTERVIEW.match(span)
        start = segment.start + (own.end() if own else 0)
        end, kind = self._kind_at(start, segment.end)
        if not kind:
            return self._named_kind(segment)
        self.kind = self.kind or kind
        if end == segment.end:
            self.add(segment.start, end, "kind")
            return True
        by = _BY.search(span)
        if kind in ("interview", "oral history") and by:
            self.add(start, max(end, segment.start + by.start()), "kind")
            role = "interviewer" if "by" in by.group().lower() else "creator"
            if own:
                self.add(segment.start + own.start(1), segment.start + own.end(1), "interviewer")
            other = re.compile(r"\s+(?:by|par|por)\s+").search(self.text, segment.start + by.end(), segment.end)
            self._names(segment.start + by.end(), other.start() if other else segment.end, role)
            if other:
                self._names(other.end(), segment.end, "interviewer")
            return True
        if writer := _OF_WRITER.match(self.text, start, segment.end):
            self.add(start, end, "kind")
            self._names(*writer.span("name"), "creator")
            return True
        if officer := _OF_OFFICER.match(self.text, end, segment.end):
            self.add(segment.start, end, "kind")
            self._names(*officer.span("name"), "creator")
            return True
        by_whom = _WRITTEN_BY.match(self.text, end, segment.end)
        if by_whom and looks_like_names(self.text[by_whom.end() : segment.end]):
            self.add(segment.start, end, "kind")
            self._names(by_whom.end(), segment.end, "creator")
            return True
        to = _FOR.match(self.text, end, segment.end)
        if to and index and kind in SENT:
            self.add(segment.start, end, "kind")
            self._names(to.end(), segment.end, "recipient")
            return True
        return False

    def _interviewer(self, segment: Segment) -> bool:
        """Read who asked the questions, behind the interview and whom it was with: `, by the author`."""
        by = _INTERVIEWED_BY.match(self.text, segment.start, segment.end)
        if by is None or self.kind not in ("interview", "oral history") or self.has("interviewer"):
            return False
        self._names(by.end(), segment.end, "interviewer")
        return True

    # ---- what is neither quoted nor correspondence

    def _after(self, segment: Segment, *, dated: bool) -> None:
        """Words behind the title or the date: where it was published, how it is enclosed, a page."""
        span = self.span(segment)
        tokens = self.classifier.split(segment)
        if len(tokens) == 1 and (tokens[0].type == "id" or tokens[0].level == "item"):
            self.add(segment.start, segment.end, "level", "item")
            return
        date = find_date(self.text, segment.start, segment.end)
        if date and not dated and not self.has("date") and not _NOTE.match(span):
            self.add(*date, "date")
            self.add(segment.start, date[0], "container")
            self._page(date[1], segment.end)
        elif segment.before == '"' and not dated and span[:1].isupper():
            self.add(segment.start, segment.end, "container")
        else:
            published = any(p.role == "note" and self.text.startswith("in ", p.start) for p in self.parts)
            for token in tokens:
                if token.type == "time" or (published and token.type in ("level", "number", "years")):
                    self.add(token.start, token.end, "note")
                elif token.type == "level":
                    self.add(token.start, token.end, "level", token.level)
                elif token.type == "number":
                    self._add_page(token.start, token.end)
                elif token.type == "place":
                    self.add(token.start, token.end, "place_from")
                elif _NOTE.match(span):
                    self.add(token.start, token.end, "note")
                elif not dated and span[:1].isupper():
                    self.add(token.start, token.end, "container")

    def _pages(self, segment: Segment) -> bool:
        """Read a segment that is pages with their word, and may say more of them: `pp. 33-61 (quote on p. 47)`."""
        tokens = self.classifier.split(segment)
        if not tokens or tokens[0].level != "page":
            return False
        self.add(tokens[0].start, tokens[0].end, "level", "page")
        self.add(tokens[0].end, segment.end, "note")
        return True

    def _add_page(self, start: int, end: int) -> None:
        """Note a page; `13, 16` is one level."""
        last = self.parts[-1] if self.parts else None
        if last and last.level == "page" and self.text[last.end : start].strip() == ",":
            last.end = end
        else:
            self.add(start, end, "level", "page")

    def _page(self, start: int, end: int) -> None:
        match = re.compile(r"[\s),:;]*(\d{1,4}(?:[-–]\d{1,4})?)$").match(self.text, start, end)
        if match:
            self.add(match.start(1), match.end(1), "level", "page")

    def _plain(self, segments: list[Segment], *, quoted: bool) -> None:
        """Read segments in plain words before the date: creator and title, or one of them."""
        segments = self._where_they_met([segment for segment in segments if segment.start not in self.taken])
        if not segments:
            return
        texts = [self.span(segment) for segment in segments]
        if quoted and len(segments) == 1 and self.classifier.token_type(texts[0]) == "id":
            self.add(segments[0].start, segments[0].end, "level", "item")  # `NSC 5405, "U.S. Objectives"`
            return
        if quoted or self.has("title"):
            self._names(segments[0].start, segments[-1].end, "creator")
            return
        if self.has("creator"):
            for segment in segments:
                place = self.classifier.token_type(self.span(segment)) == "place"
                self.add(segment.start, segment.end, "place_from" if place else "container")
            return
        kinds = [part.start for part in self.parts if part.role == "kind"]
        named = is_person(texts[0]) or (len(texts[0].split()) == 1 and self._is_surname(texts[0]))
        if kinds and len(segments) == 1 and segments[0].start < kinds[0] and named:
            self._names(
                segments[0].start, segments[0].end, "creator"
            )  # `W. Walton Butterworth, memorandum of conversation`
            for part in self.parts:
                part.role = "title" if part.role == "kind" and self.kind in _MEETINGS else part.role
            return
        if self.kind in _MEETINGS and looks_like_names(texts[0]) and self.has("kind"):
            for segment, text in zip(segments, texts, strict=True):
                if looks_like_names(text):
                    self._names(segment.start, segment.end, "participant")
            self._bare_kind()
            return
        names = self._inverted(segments, texts)
        if self._kind_at(segments[0].start, segments[0].end)[1]:
            self._title(segments)
            return
        if names or (is_person(texts[0]) and (len(segments) > 1 or self.kind)):
            self.add(segments[0].start, segments[max(0, names - 1)].end, "creator")
            segments = segments[max(1, names) :]
        if segments:
            self._title(segments)

    def _is_surname(self, text: str) -> bool:
        """Return whether one word before the kind of a document is who wrote it: `Sykes, memorandum`."""
        return looks_like_names(text) and text[1:].islower() and self.classifier.token_type(text) == "text"

    def _where_they_met(self, segments: list[Segment]) -> list[Segment]:
        """Read where an interview was held, behind who held it: `El Paso, Texas`; return the other segments."""
        held = next((part.end for part in self.parts if part.role == "interviewer"), None)
        if held is None or self.kind not in ("interview", "oral history"):
            return segments
        behind = [segment for segment in segments if segment.start >= held]
        if not behind or not all(_TOWN.match(self.span(segment)) for segment in behind):
            return segments
        self.add(behind[0].start, behind[-1].end, "place_from")
        return [segment for segment in segments if segment.start < held]

    def _inverted(self, segments: list[Segment], texts: list[str]) -> int:
        """Return how many segments a name in the order `Family, Given.` takes at the beginning: 2 or none."""
        family = texts[0].split()
        if (
            len(segments) < 2
            or segments[1].before != ","
            or len(family) > 2
            or (len(family) == 2 and family[0] not in NOBLE)
        ):
            return 0
        if name_key(texts[0]) in self.classifier.gazetteer.places:
            return 0
        ends = len(segments) == 2 or segments[2].before == "."
        return 2 if ends and len(texts[1].split()) <= 3 and looks_like_names(" ".join(texts[:2])) else 0

    def _title(self, segments: list[Segment]) -> None:
        places = [self.classifier.token_type(self.span(segment)) == "place" for segment in segments]
        if all(places) and (self.has("creator") or (len(segments) == 1 and self.has("date"))):
            self.add(segments[0].start, segments[-1].end, "place_from")
            return
        if len(segments) > 1 and self._is_town_of_writing(segments[-1]) and self._kind_or_document(segments[0]):
            self.add(segments[-1].start, segments[-1].end, "place_from")
            segments = segments[:-1]
        start, end = segments[0].start, segments[-1].end
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
                end = date[0] - len(BEFORE_DATE.search(self.text[start : date[0]]).group())  # type: ignore[union-attr]
        self.add(start, end, "title")

    def _is_town_of_writing(self, segment: Segment) -> bool:
        """Return whether a town stands between the title and its date: `Raport z wizyty, Lublin, 28 VIII 1966`."""
        span = self.span(segment)
        return self.has("date") and segment.before == "," and _TOWN.match(span) is not None and " " not in span

    def _kind_or_document(self, segment: Segment) -> bool:
        words = self.span(segment).split()
        term = self.classifier.gazetteer.term
        return any(term("kind", w) or term("document", w) for w in (words[0], " ".join(words[:2])))

    def _named_kind(self, segment: Segment) -> bool:
        """Read the writer before the kind of a document: `Dougall note`, `Barron memorandum for the file`."""
        named = _NAMED_KIND.match(self.text, segment.start, segment.end)
        if named is None or self.parts or self.classifier.token_type(named[1]) in ("repository", "place"):
            return False
        self.kind = self.classifier.gazetteer.term("kind", named["kind"]) or ""
        end = without_possessive(self.text, named.start(1), named.start("kind"))
        self._names(named.start(1), end, "creator")
        self.add(named.start("kind"), segment.end, "title" if named["said"] else "kind")
        return True

    def _bare_kind(self) -> None:
        """Make a kind of document the title where there is no other."""
        if any(map(self.has, ("title", "creator", "recipient"))):
            return
        for part in self.parts:
            if part.role == "kind":
                part.role = "title"
                return
