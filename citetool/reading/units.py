"""What a piece of a citation is, told from its own words: a numbered level, a repository, a collection, a place, a date.

A piece may hold several units without a mark between them (`RG 59 Box 3`, `Tomorrow Records MS 3641`), and one unit may
run over several pieces (`Cleveland, Ohio`; `Manuscript, Archives, and Rare Book Library`); both are put right here.
What only the neighbours can tell (is this text a series or a folder title?) is left to the grammars: such a unit is
`text`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from .dates import is_date
from .gazetteer import Gazetteer, fold

if TYPE_CHECKING:
    from .marks import Piece

Sort = Literal[
    "level", "repository", "division", "collection", "place", "years", "date", "number", "id", "text", "quote", "italic",
    "url", "kind", "marking", "blank", "opening", "series", "time", "digital", "short_form",
]  # fmt: skip


class Unit:
    """A span of the text and what it is: `sort`, the `level` where it is a numbered one, the mark before it."""

    __slots__ = ("before", "end", "level", "sort", "start")

    def __init__(self, start: int, end: int, sort: Sort, before: str = " ", level: str = "") -> None:
        self.start = start
        self.end = end
        self.sort: Sort = sort
        self.before = before
        self.level = level

    def __repr__(self) -> str:
        return f"Unit({self.start}, {self.end}, {self.sort!r}, {self.before!r}, {self.level!r})"


_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[.\s/-]{0,3}$")
_NUMBER = re.compile(
    r"\.?:?\s*(?:(?:[Nn]o|[Nn]os|[Nn]r|NR|[Nn]umber|[Nn]um|nº|n°|№)s?\b\.?\s*)?#?\s?"
    r"(?:\d{1,3}\s?[A-Z]{1,2}\s\d{1,4}\b|(?:[A-Z]{1,6}[-–/. ]?){0,2}\d[\w./–—-]*(?:\s?[-–]\s?\d+)?(?:\s?\(\d+ of \d+\))?(?:\s[a-z](?=\s*$))?"
    r"|[IVXLC]{1,6}\b(?=[\s,.:;)]|$)|[A-Z]{1,3}(?:-[A-Z\d]+)?(?=\s*(?:$|[,;:)]))|[ivxl]{1,6}\b(?=\s*$)|\.\.\.(?=\s*$))"
)
_NAME_NEXT = re.compile(r"[.:]?\s+[A-ZÀ-ÞА-Я]")
_BLANK_NUMBER = re.compile(r"\s*#\s*$|\s*\.\.\.\s*$")
_INNER = frozenset(
    [
        "box",
        "container",
        "carton",
        "folder",
        "lot",
        "record_group",
        "volume",
        "reel",
        "roll",
        "frame",
        "entry",
        "collection_id",
    ]
)  # levels whose word counts in the middle of a piece
_WHOLE = frozenset(
    ["file", "file_code", "series", "subseries", "subgroup", "folder"]
)  # the rest of the piece is their title
_WITH_PREFIX = frozenset(("lot", "volume"))  # `Kogan Lot File 83D230`, `Letterbook Vol. 1`
_NAMED = frozenset(("folder", "file"))

_YEAR = r"(?:1[0-9]|20)\d\d"
YEARS = re.compile(
    rf"\(?\[?(?:c\.?a?\.?\s?)?{_YEAR}s?\??(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d)?s?)?(?:,? (?:and )?undated)?\.?\]?\)?"
    rf"(?: \(bulk {_YEAR}\s?[-–]\s?{_YEAR}\))?$|and undated\.?$"
)
_YEARS_AT_END = re.compile(rf"^[A-Z]{{3,}} {_YEAR}[-–]{_YEAR}$")
FILM = re.compile(r"[DNP]\d{5,}[-–]\d{3,}$")  # film number of a telegram in the State Department's system
_PAGES = re.compile(r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:\s?(?:[rv]|ff?)\.?)?$")
ID = re.compile(
    r"(?:(?:MSS?|Mss?|Ms|Coll|Collection|Microfilm)[.#:_ -]*|[A-Z]{1,6}[A-Za-z]?[.#:_ –-]*|[A-Z][a-z]{0,2}[.#:_-]+)?"
    r"(?:[A-Z]{1,4}[-._/]){0,2}\d[\w.#/_–-]*(?: (?=\S*\d)[\w./–-]{1,12})?$"
    r"|[A-Z]{1,3}-\d+-[A-Z]$|[A-Z]{2,}_[A-Z]{2,}(?:_\w+)*$|[A-Z]\.\d[\w.]*$|Ms\.[A-Z][\w.]*\d$"
)
CODE = re.compile(
    r"(?:\d{1,4}(?:\.\d+)?[A-Z]?(?:\s[A-Z][A-Za-z]{0,2}\s?\d*|[./]\d)[\w./ –-]*|\d[\d.]*/[\w./–-]+|[A-Z]{2,4} \d{1,3}(?:-\d+)*(?:[ /]\S.*)?"
    r"|[A-Z]\d{5,}[–-]\d{3,}|\d{2,3}[A-Z]?\.\d[\w.]*(?:\s[^\s,]+){1,3}/[\w–-]+)$"
)
_ID_AT_END = re.compile(
    r"[\s(]+((?:MSS?|Mss?|Ms|MC|SC|PR|RG|Coll|AR|[A-Z]{2,5})[.#:_ -]{0,2}\d[\w./–-]*|[A-Z]{1,3}\d{3,}|[A-Z]{2,5} \d{4}/\d+)\)?$"
)
_ID_AT_START = re.compile(r"((?:RG|MSS?|MC|SC|[A-Z]{2,5})[- ]\d[\w.-]*):\s+")
_FOLDER_NAME = re.compile(r"(?i)\S.*\bfolder\)?$")
_AND = re.compile(r"(?:and|&|und|et|y|en|og|och|и)\s")
_OF = re.compile(r"(?i)\b(?:of|to|for|on|relating|de|des|du|der|van|di|from)\b")
_SERIES_HEAD = re.compile(
    r"(?i)(?:\w+\.? ){0,2}(?:correspondence|despatch(?:es)?|dispatches|instructions|letters|notes|reports|records|files?"
    r"|press releases|memoranda|minutes|telegrams|papers|subject|country|messages|memos|briefings?)\b"
)
_TIME = re.compile(r"(?i)\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?\s?m\.?|hours|uhr)$|\d{1,2}:\d\d$|\d{4}Z$")
_HEREAFTER = re.compile(r"(?i)(?:hereafter|hereinafter|henceforth)(?:,? (?:cited|referred to))?(?: as)?:? ")
_LEAD = re.compile(r"(?i)(courtesy of(?: the)?|(?:\w+ )?(?:in|from|of)|and|at|sign?|signatura)[.:]?\s+(?=\S)")
_UNIVERSITY = re.compile(
    r"(.{3,60}? University) (?=Librar(?:y|ies) (?:Special|Department|Rare|Archives|Manuscripts)\b)"
)
_TO_FILL = re.compile(r"(?i)\b(?:item|identification|(?:box|folder|container) (?:number|no)|cited|title of)\b")
_COLLECTION_OF = re.compile(
    r"\b(?:papers|records|collection|photographs|correspondence|letters|diaries|scrapbooks|files)\s+"
    r"(?:of|on|from|relating|concerning|for|regarding)\b"
)
_PLURAL = re.compile(r"\(s\)|[()\[\]]")
_TITLED = re.compile(r"\s?:\s+")
_TRAILING_GROUP = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]$")


_DEEPEST = 3  # ids, brackets and joining words are cut off a text so many times
_LONGEST = 300  # letters: no name or title of a level is longer


class Classifier:
    """Tells what spans of one text are, by the words of a gazetteer."""

    __slots__ = ("_known", "gazetteer", "text")

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self._known: dict[tuple[int, int], list[Unit]] = {}

    # ---- levels with a word and a number

    def _phrase(self, word: re.Match[str], end: int) -> tuple[str, int] | None:
        phrases = self.gazetteer.first_words.get(word.group().casefold())
        if phrases is None:
            return None
        for phrase in phrases:
            if len(phrase) == 1:
                return self.gazetteer.levels[phrase[0]], word.end()
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

    def split(self, piece: Piece) -> list[Unit]:
        """The units of a piece, in its order; the same objects each time."""
        key = (piece.start, piece.end)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._split(piece)
        return list(known)

    def _split(self, piece: Piece) -> list[Unit]:
        if piece.kind != "text":
            return [Unit(piece.start, piece.end, piece.kind, piece.before)]
        units: list[Unit] = []
        begin, before = piece.start, piece.before
        for word in _WORD.finditer(self.text, piece.start, piece.end):
            if word.start() < begin:
                continue
            found = self._phrase(word, piece.end)
            if found is None:
                continue
            level, after = found
            number = _NUMBER.match(self.text, after, piece.end)
            end = self._level_end(level, word.start() == begin, word, number, after, piece.end)
            if end <= 0:
                continue
            start = word.start()
            if start > begin:
                start = self._prefix(units, begin, start, before, level)
            sort: Sort = "id" if level == "collection_id" else "level"
            units.append(Unit(start, end, sort, before if start == begin else " ", level))
            begin, before = self._skip(end, piece.end), " "
        if begin < piece.end:
            units.extend(self.plain(begin, piece.end, before))
        return units

    def _skip(self, place: int, end: int) -> int:
        while place < end and self.text[place] in " :.()\t\n":
            place += 1
        return place

    def _level_end(
        self, level: str, first: bool, word: re.Match[str], number: re.Match[str] | None, after: int, end: int
    ) -> int:
        """Where the level ends whose word was met, or 0 where the word is no level here."""
        if number is None:
            return self._named_end(level, first, word, after, end)
        text = self.text
        if not first and (level not in _INNER or (word.group().islower() and text[word.start() - 1] != " ")):
            return 0
        length = word.end() - word.start()
        value = text[after : number.end()].strip(" .#:")
        if length == 1 and not (
            first and value[:1].isdigit() and (level == "page" or text.startswith(".", word.end()))
        ):
            return 0
        if not value[:1].isdigit() and not (first or value[-1:].isdigit()):
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
        while text[stop - 1] in ".–-/" and not text[after:stop].strip().endswith("..."):
            stop -= 1
        return stop

    def _title_end(self, level: str, place: int, end: int) -> int:
        """The end of a level that takes its title along; a further level ends it before."""
        for word in _WORD.finditer(self.text, place, end):
            found = self._phrase(word, end)
            if found and found[0] in _INNER and found[0] != level and _NUMBER.match(self.text, found[1], end):
                return len(self.text[: word.start()].rstrip(" :,."))
        return end

    def _named_end(self, level: str, first: bool, word: re.Match[str], after: int, end: int) -> int:
        """A level with a name and no number: `Folder Robert Woods Bliss`; or with a blank: `Box #`."""
        rest = self.text[after:end]
        if _BLANK_NUMBER.match(rest):
            return end
        named = level in _NAMED and first and word.group()[0].isupper() and _NAME_NEXT.match(rest)
        return end if named else 0

    def _prefix(self, units: list[Unit], begin: int, start: int, before: str, level: str) -> int:
        """Deal with the words before a level's word in its piece; where the level begins then."""
        end = len(self.text[:start].rstrip(" :"))
        rest = list(self.plain(begin, end, before))
        if level in _WITH_PREFIX and rest and rest[-1].end == end and self._is_prefix(rest[-1]):
            begin = rest.pop().start
            units.extend(rest)
            return begin
        units.extend(rest)
        return start

    def _is_prefix(self, unit: Unit) -> bool:
        """Whether words before `Lot File` or `Vol.` are part of its name, and no archive or collection."""
        return unit.sort in ("text", "series", "id") or unit.end - unit.start < 5

    # ---- everything else

    def plain(self, start: int, end: int, before: str, depth: int = 0) -> list[Unit]:
        """The units of a span that has no numbered level in it: usually one, with an id or a bracket cut off its end."""
        text = self.text
        while end > start and text[end - 1].isspace():
            end -= 1
        if end <= start:
            return []
        span = text[start:end]
        if not any(map(str.isalnum, span)) and "#" not in span:
            return []
        if len(span) > _LONGEST:
            return [Unit(start, end, "text", before)]
        sort = self.sort(span)
        if depth < _DEEPEST and sort in ("text", "collection", "series", "division", "repository"):
            parts = self._led(start, end, before or ".", sort, depth + 1)
            return parts or self._cut_ids(start, end, before, sort, depth + 1)
        return [Unit(start, end, sort, before)]

    def _led(self, start: int, end: int, before: str, sort: Sort, depth: int) -> list[Unit]:
        """A unit behind joining words (`Transcription in X Collection`), a body and its part without a comma."""
        text = self.text
        span = text[start:end]
        if (lead := _LEAD.match(span)) and (sort == "text" or lead.group(1)[0].islower() or " in" in lead.group()):
            rest = self.plain(start + lead.end(), end, " ", depth)
            if lead.group(1).casefold() in ("and", "&") and not (rest and self._is_own(rest[0])):
                return []
            if rest and (
                rest[0].sort not in ("text", "series", "years", "number") or lead.group(1)[-3:] in ("and", "sig")
            ):
                return [Unit(start, start + lead.end(1), "opening", before), *rest]
        if university := _UNIVERSITY.match(span):
            cut = start + university.end(1)
            return [Unit(start, cut, "repository", before, "parent_institution"), Unit(cut + 1, end, "repository")]
        if (colon := _TITLED.search(span)) and colon.start():
            head = span[: colon.start()]
            known = self.gazetteer.repository(head) is not None and before in "(."
            if known or (sort != "collection" and self.sort(head) == "collection"):
                return [
                    Unit(start, start + colon.start(), "repository" if known else "collection", before),
                    *self.plain(start + colon.end(), end, " ", depth),
                ]
        if (space := span.find(" ")) > 0 and span[:space] in self.gazetteer.short_names and sort == "text":
            code = span[space + 1 :]
            if len(code) <= 24 and (ID.match(code) or CODE.match(code)):
                return [Unit(start, start + space, "repository", before), Unit(start + space + 1, end, "id")]
        return []

    def _is_own(self, unit: Unit) -> bool:
        """Whether a unit stands for itself behind `and`: a known archive or a numbered level."""
        known = self.gazetteer.repository(self.text[unit.start : unit.end]) is not None
        return known or unit.sort == "level"

    def _cut_ids(self, start: int, end: int, before: str, sort: Sort, depth: int) -> list[Unit]:
        """A text with an id before or after it, or with a bracket at its end that says something of its own."""
        text = self.text
        span = text[start:end]
        if lead := _ID_AT_START.match(span):
            first = Unit(start, start + lead.end(1), "id", before)
            return [first, *self.plain(start + lead.end(), end, " ", depth)]
        if (tail := _ID_AT_END.search(span)) and tail.start() > 0:
            head = self.sort(span[: tail.start()])
            if head in ("collection", "repository", "place") or (head == "text" and "(" in tail.group()):
                return [
                    Unit(start, start + tail.start(), head, before),
                    Unit(start + tail.start(1), start + tail.end(1), "id"),
                ]
        if (group := _TRAILING_GROUP.search(span)) and group.start() > 0:
            if _HEREAFTER.match(group.group(1)):
                named = self.plain(start, start + group.start(), before, depth)
                return [*named, Unit(start + group.start(1), start + group.end(1), "short_form")]
            inner = self.sort(group.group(1))
            if inner in ("division", "repository", "marking"):
                head = self.sort(span[: group.start()])
                if head != "text" or inner in ("division", "repository"):
                    return [
                        Unit(start, start + group.start(), head, before),
                        Unit(start + group.start(1), start + group.end(1), inner),
                    ]
        return [Unit(start, end, sort, before)]

    def sort(self, span: str) -> Sort:
        """What a span without numbered levels is, by its own words."""
        gaz = self.gazetteer
        if known := gaz.repository(span):
            return "digital" if known.tradition == "digital" else "repository"
        if span in gaz.collections:
            return "collection"
        key = fold(span)
        if key in gaz.places or ((group := _TRAILING_GROUP.search(span)) and _is_place(key, group.start(), gaz)):
            return "place"
        if YEARS.match(span):
            return "years"
        if _TIME.match(span):
            return "time"
        if is_date(span):
            return "date"
        if _PAGES.match(span):
            return "number"
        terms = gaz.terms
        if _PLURAL.sub("", key) in terms["blank"] and (span[:1] in "[(" or not span[:1].isupper() or " " in span):
            return "blank"
        if span[0] == "[" and span[-1] == "]" and _TO_FILL.search(span):
            return "blank"
        if key in terms["undated"]:
            return "date"
        if key in terms["kind"]:
            return "kind"
        if key in terms["opening"]:
            return "opening"
        if key in terms["marking"] and span[:1].isupper():
            return "marking"
        if len(span) <= 24 and ID.match(span) and not _YEARS_AT_END.search(span):
            return "id"
        if " " not in span and len(span) < 32 and any(c.isdigit() for c in span) and not span[0].islower():
            return "id"
        return self._named(key, span)

    def _named(self, key: str, span: str) -> Sort:
        """A name: of a collection, a body, a part of a body; or a text that is none of them."""
        terms = self.gazetteer.terms
        if "(hereafter " in key or "(hereinafter " in key:
            return "text"
        words = key.split(" ")
        last = words[-1]
        if group := _TRAILING_GROUP.search(span):
            head = fold(span[: group.start()]).split(" ")
            if head[-1] in terms["collection"] and len(head) > 1 and not key.startswith(tuple(_SKIP)):
                return "collection"
        if _FOLDER_NAME.match(span) and last == "folder":
            return "text"
        if key in terms["division"] or (last == "collections" and self._has_division(key, last)):
            return "division"
        if last == "collections" and _is_body(" ".join(words[:-1]), terms):
            return "repository"
        if last == "series" and len(words) > 1:
            return "series"
        if len(words) > 1 and last in terms["collection"] and not (last in ("archive",) and _is_body(key, terms)):
            return "collection"
        if self._opens(key, "collection of"):
            return "collection"
        if (of := _COLLECTION_OF.search(key)) and of.start() and not _SERIES_HEAD.match(span):
            return "collection"
        if _SERIES_HEAD.match(span) or self._opens(key, "series"):
            return "series"
        if self._has_division(key, last):
            return "division"
        return "repository" if _is_body(key, terms) else "text"

    def _opens(self, key: str, kind: str) -> bool:
        """Whether a name begins with a term of that kind, one to four words long."""
        terms = self.gazetteer.terms[kind]
        place = -1
        for _ in range(4):
            place = key.find(" ", place + 1)
            if place < 0:
                return key in terms
            if key[:place] in terms:
                return True
        return False

    def _has_division(self, key: str, last: str) -> bool:
        if last in ("division", "branch", "department"):
            return True
        return any(term in key for term in self.gazetteer.phrases["division"])


def _is_place(key: str, cut: int, gaz: Gazetteer) -> bool:
    return fold(key[:cut]) in gaz.places and fold(key[cut:]) in gaz.places


_SKIP = ("records relating",)
_BODY_OF = re.compile(r"\b(?:of|for|at|in|de|des|du|della|dello|di|der|für)\b")


def is_body(name: str, gaz: Gazetteer) -> bool:
    """Whether a name is that of an institution: known, or with a word that only institutions have."""
    return gaz.repository(name) is not None or _is_body(fold(name), gaz.terms)


def _is_body(key: str, terms: dict[str, dict[str, str]]) -> bool:
    """Whether a name is that of a body: its last or first word says so, or one before `of`, `for`, `at`."""
    table = terms["institution"]
    words = key.replace(",", "").split(" ")
    if words[-1] in table or words[0] in table:
        return True
    if len(words) > 1 and " ".join(words[-2:]) in table:
        return True
    if len(words) > 1 and " ".join(words[:2]) in table:
        return True
    if any(word.endswith(("archiv", "bibliothek", "archief", "arkivet", "levéltár")) for word in words):
        return True
    for index, word in enumerate(words[:-1]):
        if word in table and _BODY_OF.match(words[index + 1]):
            return True
    return len(words) > 2 and any(word in _STRONG for word in words)


_STRONG = frozenset(["library", "libraries", "archives", "museum", "university"])
