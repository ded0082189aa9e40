"""A segment of a citation as tokens: numbered levels (`Box 3`), and what stands between them, told by its own words.

A segment may hold several tokens without a mark between them (`RG 59 Box 3`, `Tomorrow Records MS 3641`), and one
token may run over several segments (`Cleveland, Ohio`; `Manuscript, Archives, and Rare Book Library`); both are put
right here. What only the neighbours can tell (is this text a series or a folder title?) is left to the grammars: such
a token is `text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .brackets import bracket_type, is_manuscript, is_numbered, with_number
from .folding import CAPITALS, word_set
from .letters import level_alone
from .paths import path_tokens, short_and_code
from .token_types import ID, SHELFMARK, TRAILING_GROUP, YEARS, token_type_of
from .tokens import Token, TokenType

if TYPE_CHECKING:
    import re

    from .gazetteer import Gazetteer
    from .tokenizer import Segment


_WORD = lazy(r"[^\W\d_]+")
_DIGIT = lazy(r"\d")
_CODED = lazy(r"[\d/]")
_BETWEEN = lazy(r"[.\s/-]{0,3}$")
_NUMBER = lazy(
    r"[.°º]?[:：]?\s*(?:(?:alt|neu)\s)?(?:(?:[Nn]o|[Nn]os|[Nn]r|NR|[Nn]umber|[Nn]um|nº|n°|№)s?\b[.:]?\s*)?#?\s?"
    r"(?:\d{1,3}\s?(?!FF )[A-Z]{1,2}\s\d{1,4}\b"
    r"|(?:[A-Z]{1,6}[-–/. ]?){0,2}\d[\w./–—-]*(?:,\d{3}(?!\d))?(?:\s?[-–]\s?\d+)?"
    r"(?:\s?\(\d+ of \d+\)|\sof\s1[89]\d\d\b)?"
    r"(?:\s?(?:r|v|bis|ter|об|зв|rev|verso|recto|ff?|[a-z](?<=\s.))\b\.?(?=\s*$))?"
    r"|[IVXLC]{1,6}\b(?=[\s,.:;)]|$)|[A-Z]{1,3}(?:-[A-Z\d]+)?(?=\s*(?:$|[,;:)]))|[ivxl]{1,6}\b(?=\s*$)|\.\.\.(?=\s*$))"
)
_NAME_NEXT = lazy(rf"[.:]?\s+[{CAPITALS}]")
_QUOTED_NEXT = lazy(r"\s[\"“‘„«]\w")
_BLANK_NUMBER = lazy(r"\s*#\s*$|\s*\.\.\.\s*$")
_INNER = word_set(
    "box container carton folder lot record_group fonds volume reel roll frame entry collection_id"
)  # levels whose word counts in the middle of a segment
_MARKS = frozenset("bf")  # letters that stand for a level behind other words
_FOLIOS = word_set("f ff fo fol fols folio folios fos")
_SHORT_NUMBER = lazy(r"\d{1,3}(?!\d)")
_WHOLE = word_set("file file_code series subseries subgroup folder")  # the rest of the segment is their title
_WITH_PREFIX = frozenset(("lot", "volume", "fonds", "collection_id"))  # `Kogan Lot File 83D230`, `Letterbook Vol. 1`
_NAMED = frozenset(("folder", "file"))
_NEVER_NAMED = frozenset(("map", "maps", "pasta"))  # words of other tongues that begin names in English
_COUNTED = frozenset(("page", "item", "list", "frame"))  # levels that have a number and no name
_ONLY_SMALL = frozenset(("fo",))  # `fo. 17` is a folio, `FO 371` the Foreign Office
_SMALL = {"ff": "page"}  # words that mean something else in small letters: `FF 8` is a folder, `ff. 8-9` are folios

_ID_AT_END = lazy(
    r"[\s(]+((?:MSS?|Mss?|Ms|MC|SC|PR|RG|Coll|AR|[A-Z]{2,5})[.#:_ -]{0,2}\d[\w./–-]*|[A-Z]{1,3}\d{3,}"
    r"|(?<=Papers )(?!1[5-9]\d\d\b|20\d\d\b)\d+(?:/\w+)?|[A-Z]{2,}\d{2,}_\d+|(?<!\()#\d{3,}[\d/-]*"
    r"|[A-Z]{2,5} \d{4}/\d+)\)?$"
)
_ID_AT_START = lazy(r"((?:RG|MSS?|MC|SC|[A-Z]{2,5})[- ]\d[\w.-]*):\s+")
_HEREAFTER = lazy(r"(?i)(?:hereafter|hereinafter|henceforth)(?:,? (?:cited|referred to))?(?: as)?:? ")
_LEAD = lazy(
    r"(?i)(courtesy of(?: the)?|(?:\w+ )?in(?: the(?=\s[A-Z]))?|from|of|and|at"
    r"|on deposit at(?: the)?|sign?|signatura)[.:]?\s+(?=\S)"
)
_UNIVERSITY = lazy(r"(.{3,60}? University) (?=Librar(?:y|ies) (?:Special|Department|Rare|Archives|Manuscripts)\b)")
_GROUP_LETTER = lazy(r"[ -]?[A-Z]\d{0,2}\b(?![\w.])")  # `MG 26 J1`
_FOLIO_BEHIND = lazy(r",?\s(ff?\.\s?\d+[rv]?(?:\s?[-–]\s?\d+[rv]?)?)$")
_NAME_BEHIND = lazy(rf"\s[{CAPITALS}][^\W\d_]{{3,}}(?:\s[{CAPITALS}][^\W\d_]+){{0,3}}$")
_INNER_NUMBER = lazy(r"\d[\w/]*\s$")
_TITLED = lazy(r"\s?:\s+|:(?=[A-Z])")
_CAPITALS_ONLY = lazy(rf"[{CAPITALS}]{{2,6}}$")
_DECIMAL_FILE = lazy(r"\d{3}[A-Z]?\.\d[\w.]*(?:\s[A-Z]{2,4})?/[\w–-]+$")
_LETTERS = lazy(r"[A-Z]{2,4}$")
_SHORT = 5  # letters that may stand before the word of a level and belong to it
_MAX_CACHED = 20_000  # spans whose token_type is kept
_MAX_DEPTH = 3  # ids, brackets and joining words are cut off a text so many times
_MAX_LENGTH = 300  # letters: no name or title of a level is longer


class Classifier:
    """Tells what spans of one text are, by the words of a gazetteer."""

    __slots__ = ("_known", "gazetteer", "text")

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self._known: dict[tuple[int, int], list[Token]] = {}

    # ---- levels with a word and a number

    def _phrase(self, word: re.Match[str], end: int) -> tuple[str, int] | None:
        for phrase in self.gazetteer.first_words.get(word.group().casefold(), ()):
            if phrase[0] in _ONLY_SMALL and not word.group().islower():
                continue
            if len(phrase) == 1:
                return _SMALL.get(word.group()) or self.gazetteer.levels[phrase[0]], word.end()
            place, index = word.end(), 1
            while index < len(phrase):
                other = _WORD.search(self.text, place, end)
                if not other or other.group().casefold() != phrase[index]:
                    break
                if not _BETWEEN.match(self.text[place : other.start()]):
                    break
                place, index = other.end(), index + 1
            if index == len(phrase):
                return self.gazetteer.levels[" ".join(phrase)], place
        return None

    def split(self, segment: Segment) -> list[Token]:
        """Return the tokens of a segment, in its order; the same objects each time."""
        key = (segment.start, segment.end)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._split(segment)
        return list(known)

    def _split(self, segment: Segment) -> list[Token]:
        if segment.kind != "text":
            return [Token(segment.start, segment.end, segment.kind, segment.before)]
        if held := self._shelfmark_in(segment):
            return held
        if alone := level_alone(self.text, segment.start, segment.end, self.gazetteer.levels):
            return [Token(segment.start, segment.end, "level", segment.before, alone)]
        tokens: list[Token] = []
        begin, before = segment.start, segment.before
        first_words = self.gazetteer.first_words
        for word in _WORD.finditer(self.text, segment.start, segment.end):
            if word.group().casefold() not in first_words or word.start() < begin:
                continue
            found = self._phrase(word, segment.end)
            if found is None:
                continue
            level, after = found
            number = _NUMBER.match(self.text, after, segment.end)
            end = self._level_end(level, word.start() == begin, word, number, after, segment.end)
            if end <= 0:
                continue
            start = word.start()
            if start > begin:
                start = self._prefix(tokens, begin, start, before, level)
            token_type: TokenType = "id" if level == "collection_id" else "level"
            tokens.append(Token(start, end, token_type, before if start == begin else " ", level))
            begin, before = self._skip(end, segment.end), " "
        if begin < segment.end:
            tokens.extend(self.plain(begin, segment.end, before))
        return tokens

    def _shelfmark_in(self, segment: Segment) -> list[Token]:
        """Return a library and the shelfmark behind it, if a segment is that: `British Library Add. MS 37953`."""
        if not _CODED.search(self.text, segment.start, segment.end):
            return []
        body = self.gazetteer.body_at(self.text, segment.start, segment.end)
        place = self._skip(body, segment.end)
        folio = _FOLIO_BEHIND.search(self.text, place, segment.end)
        end = folio.start() if folio else segment.end
        if body <= segment.start or not SHELFMARK.match(self.text[place:end]):
            return []
        found = [Token(segment.start, body, "repository", segment.before), Token(place, end, "id")]
        return [*found, Token(*folio.span(1), "level", " ", "page")] if folio else found

    def _skip(self, place: int, end: int) -> int:
        while place < end and self.text[place] in " :：.()（）\t\n":
            place += 1
        return place

    def _level_end(
        self, level: str, first: bool, word: re.Match[str], number: re.Match[str] | None, after: int, end: int
    ) -> int:
        """Return where the level ends whose word was met, or 0 where the word is no level here."""
        if number is None:
            return self._named_end(level, first, word, after, end)
        text = self.text
        length = word.end() - word.start()
        value = text[after : number.end()].strip(" .#:")
        if not first and not self._is_inner(level, word, value):
            return 0
        if level == "fonds" and not any(map(str.isdigit, value)):
            return 0  # `fond CC al PCR` has a name
        if word.group() == "OA" and not (first and number.end() == end):
            return 0  # `OA 92178` in the name of a folder
        if word.group() in ("c", "C") and YEARS.match(value) and len(value) > 3:
            return 0  # `c. 1950`
        if length == 1 and word.group().isupper() and text[word.end()].isdigit():
            return 0  # `F7 13053` is a shelfmark
        if (
            length == 1
            and text[word.end()] not in "°º"
            and not (
                value[:1].isdigit()
                and ((first and level == "page" and word.group().islower()) or text.startswith(".", word.end()))
            )
        ):
            return 0
        if not value[:1].isdigit() and not (first or value[-1:].isdigit()):
            return 0
        if level in _COUNTED and not any(map(str.isdigit, value)) and not value.islower() and "..." not in value:
            return 0
        if (
            level in ("file", "collection_id", "series", "file_code")
            and YEARS.match(value)
            and (not first or level in ("file", "series"))
        ):
            return 0
        titled = level == "lot" and text.startswith(": ", number.end())
        if (level in _WHOLE and (first or level == "folder")) or titled:
            return self._title_end(level, number.end(), end)
        stop = number.end()
        if level == "fonds" and first and (name := _NAME_BEHIND.match(text, stop, end)):
            return name.end()  # `fond 71 Germania`
        if level == "record_group" and (letter := _GROUP_LETTER.match(text, stop, end)):
            return letter.end()
        while text[stop - 1] in ".–-/" and not text[after:stop].strip().endswith("..."):
            stop -= 1
        return stop

    def _is_inner(self, level: str, word: re.Match[str], value: str) -> bool:
        """Return whether a level's word counts in the middle of a segment: `Misti b. 11`, `Lorraine 377 f.95`."""
        before = self.text[word.start() - 1]
        short, stopped = len(word.group()) == 1, self.text.startswith(".", word.end())
        if short and self.text[word.end() : word.end() + 1] in ("°", "º"):
            return before == " "
        if short:
            return before == " " and word.group() in _MARKS and stopped and _SHORT_NUMBER.match(value) is not None
        if word.group() == "Nr":
            return _INNER_NUMBER.search(self.text, max(0, word.start() - 8), word.start()) is not None
        if level == "page":
            return before == " " and word.group() in _FOLIOS and value[:1].isdigit()
        return level in _INNER and (not word.group().islower() or before == " ")

    def _title_end(self, level: str, place: int, end: int) -> int:
        """Return the end of a level that takes its title along; a further level ends it before."""
        for word in _WORD.finditer(self.text, place, end):
            found = self._phrase(word, end)
            if found and found[0] in _INNER and found[0] != level and _NUMBER.match(self.text, found[1], end):
                return len(self.text[: word.start()].rstrip(" :,."))
        return end

    def _named_end(self, level: str, first: bool, word: re.Match[str], after: int, end: int) -> int:
        """Return a level with a name and no number: `Folder Robert Woods Bliss`; or with a blank: `Box #`."""
        rest = self.text[after:end]
        if _BLANK_NUMBER.match(rest):
            return end
        if level not in _NAMED or not first:
            return 0
        if word.group().casefold() in _NEVER_NAMED:
            return 0
        named = rest[:1] == ":" or word.group()[0].isupper()
        return end if _QUOTED_NEXT.match(rest) or (named and _NAME_NEXT.match(rest)) else 0

    def _prefix(self, tokens: list[Token], begin: int, start: int, before: str, level: str) -> int:
        """Deal with the words before a level's word in its segment; where the level begins then."""
        end = len(self.text[:start].rstrip(" :"))
        rest = list(self.plain(begin, end, before))
        if level in _WITH_PREFIX and rest and rest[-1].end == end and self._is_prefix(rest[-1], level):
            begin = rest.pop().start
            tokens.extend(rest)
            return begin
        tokens.extend(rest)
        return start

    def _is_prefix(self, token: Token, level: str) -> bool:
        """Return whether words before `Lot File` or `Vol.` are part of its name, and no archive or collection."""
        if level == "fonds":
            return token.end - token.start < _SHORT  # `B Rep. 002`
        if level == "collection_id":
            return _LETTERS.match(self.text, token.start, token.end) is not None  # `JWJ MSS 26`
        return token.type in ("text", "series", "id") or token.end - token.start < _SHORT

    # ---- everything else

    def plain(self, start: int, end: int, before: str, depth: int = 0) -> list[Token]:
        """Return the tokens of a span that has no numbered level in it.

        Usually one, with an id or a bracket cut off.
        """
        text = self.text
        while end > start and text[end - 1].isspace():
            end -= 1
        if end <= start:
            return []
        span = text[start:end]
        if not any(map(str.isalnum, span)) and "#" not in span:
            return []
        if len(span) > _MAX_LENGTH:
            return [Token(start, end, "text", before)]
        if is_manuscript(span):
            return [Token(start + 1, end - 1, "level", before, "item")]
        token_type = self.token_type(span)
        if (token_type in ("text", "repository") or (token_type == "id" and not SHELFMARK.match(span))) and (
            path := path_tokens(text, start, end, before, self.gazetteer)
        ):
            return path
        if depth < _MAX_DEPTH and token_type in ("text", "collection", "series", "division", "repository"):
            parts = self._led(start, end, before or ".", token_type, depth + 1)
            return parts or self._cut_ids(start, end, before, token_type, depth + 1)
        return [Token(start, end, token_type, before)]

    def _led(self, start: int, end: int, before: str, token_type: TokenType, depth: int) -> list[Token]:
        """Return the tokens behind joining words (`Transcription in X Collection`), a body and its part."""
        text = self.text
        span = text[start:end]
        if (lead := _LEAD.match(span)) and (
            token_type == "text"
            or lead.group(1)[0].islower()
            or " in" in lead.group()
            or lead.group(1)[:2] in ("Co", "In")
        ):
            rest = self.plain(start + lead.end(), end, " ", depth)
            if lead.group(1).casefold() in ("and", "&") and not (rest and self._is_own(rest[0])):
                return []
            if rest and (
                rest[0].type not in ("text", "series", "years", "number") or lead.group(1)[-3:] in ("and", "sig")
            ):
                return [Token(start, start + lead.end(1), "opening", before), *rest]
        if " University " in span and (university := _UNIVERSITY.match(span)):
            cut = start + university.end(1)
            return [Token(start, cut, "repository", before, "parent_institution"), Token(cut + 1, end, "repository")]
        colon = _TITLED.search(span) if ":" in span else None
        if colon and colon.start() and self.gazetteer.repository(span) is None:
            head = span[: colon.start()]
            if _DECIMAL_FILE.match(head):
                return [
                    Token(start, start + len(head), "id", before),
                    *self.plain(start + colon.end(), end, " ", depth),
                ]
            known = self.gazetteer.repository(head) is not None or self.token_type(head) == "repository"
            known = known and (before in "(." or self._is_held(head, span[colon.end() :]))
            coded = not start and _CAPITALS_ONLY.match(head) and ID.match(span[colon.end() :])
            known = known or bool(coded)
            if known or (token_type != "collection" and self.token_type(head) == "collection"):
                return [
                    Token(start, start + colon.start(), "repository" if known else "collection", before),
                    *self.plain(start + colon.end(), end, " ", depth),
                ]
        return short_and_code(self.text, start, end, before, self.gazetteer) if token_type == "text" else []

    def _is_held(self, name: str, span: str) -> bool:
        """Return whether what follows `Library:` is a number or a collection in it; `NSC: Records` is one name."""
        if ID.match(span):
            return True
        return name not in self.gazetteer.short_names and self.token_type(span) == "collection"

    def _is_own(self, token: Token) -> bool:
        """Return whether a token stands for itself behind `and`: a known archive or a numbered level."""
        return token.type == "level" or self.gazetteer.repository(self.text[token.start : token.end]) is not None

    def _cut_ids(self, start: int, end: int, before: str, token_type: TokenType, depth: int) -> list[Token]:
        """Return a text with an id before or after it, or with a bracket at its end that says something of its own."""
        text = self.text
        span = text[start:end]
        if ":" in span and (lead := _ID_AT_START.match(span)):
            first = Token(start, start + lead.end(1), "id", before)
            return [first, *self.plain(start + lead.end(), end, " ", depth)]
        if _DIGIT.search(span) and (tail := _ID_AT_END.search(span)) and tail.start() > 0:
            head = self.token_type(span[: tail.start()])
            known_head = head in ("collection", "repository", "place")
            if known_head or (head == "text" and ("(" in tail.group() or "_" in tail.group())):
                return [
                    Token(start, start + tail.start(), head, before),
                    Token(start + tail.start(1), start + tail.end(1), "id"),
                ]
        if span[-1] in ")]）" and (group := TRAILING_GROUP.search(span)) and group.start() > 0:
            if _HEREAFTER.match(group.group(1)):
                named = self.plain(start, start + group.start(), before, depth)
                return [*named, Token(start + group.start(1), start + group.end(1), "short_form")]
            if is_numbered(span, group):
                named = self.plain(start, start + group.start(), before, depth)
                if numbered := with_number(named, start, group):
                    return numbered
            inner = bracket_type(group.group(1), span[: group.start()], self.token_type, self.gazetteer)
            head = self.token_type(span[: group.start()])
            if inner == "place" and self.gazetteer.repository(span[: group.start()]) is not None:
                head = "repository"
            elif inner == "place" or (inner == "marking" and head == "text"):
                return [Token(start, end, token_type, before)]
            if inner in ("place", "division", "repository", "marking", "short_form"):
                return [
                    Token(start, start + group.start(), head, before),
                    Token(start + group.start(1), start + group.end(1), inner),
                ]
        return [Token(start, end, token_type, before)]

    def token_type(self, span: str) -> TokenType:
        """Return what a span without numbered levels is, by its own words."""
        known = self.gazetteer.token_types
        token_type = known.get(span)
        if token_type is None:
            if len(known) > _MAX_CACHED:
                known.clear()
            token_type = known[span] = token_type_of(span, self.gazetteer)
        return token_type
