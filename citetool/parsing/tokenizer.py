"""A citation cut at its marks: commas, semicolons, sentence ends, brackets, quotes, italics, links.

The tokenizer knows a comma inside a date, a bracket, a quoted title or before `Jr.`, and that the stop after `Vol` or
an initial ends nothing. Nothing is dropped: segments are spans of the text, and what lies between them is marks. One
pass from left to right; brackets are paired beforehand, and a quote that has no end is searched for once, so that the
time grows with the length of the text alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from citetool.lazy_re import lazy

from .dates import MONTH, has_date_words, is_month
from .folding import CAPITALS, word_set

Kind = Literal["text", "quote", "italic", "url"]


class Segment:
    """A span of the text between two marks: `text[start:end]`, its kind, and the mark that stands before it."""

    __slots__ = ("before", "end", "kind", "start")

    def __init__(self, start: int, end: int, before: str, kind: Kind = "text") -> None:
        self.start = start
        self.end = end
        self.before = before
        self.kind: Kind = kind

    def __repr__(self) -> str:
        return f"Segment({self.start}, {self.end}, {self.before!r}, {self.kind!r})"


_SCAN = lazy(
    r"https?://[^\s<>\"”]+|www\.[^\s<>\"”]+|[,;•|、，；。]|\.(?=[\s)\]]|$)|[(\[\])（）]|[\"“„«‘*「《]|\s(?:--|—|–|//)\s"
    r"|\s-\s(?=(?:\w+ ){0,3}(?:Librar|Archiv|Special Coll|Manuscript|University|Museum|Institut))"
)
_SUFFIX = lazy(
    r",?\s*(?:(?:Jr|Sr)\.(?=\s)|(?:Jr|Sr|Jun|Sen|Esq|Ph\.?\s?D|M\.D)\b\.?(?=\s*(?:[,;.)]|$|to\b|and\b|from\b))"
    r"|(?:III?|IV)\b(?=\s*(?:[,;)]|$|to\b|and\b|from\b)))"
)
_YEAR_NEXT = lazy(r",?\s*[12]\d{3}\b")
_DATE_SO_FAR = lazy(
    rf"(?i)(?:^|[\s(\[\"“])(?:{MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:[-–—/,&]|and|to)\s*(?:{MONTH}\s+)?\d{{1,2}})?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH})\s*$"
)
_WORD_NEXT = lazy(r"[^\W\d_]{3,14}\b")
_OWN_GROUP = lazy(
    r"(?i)\((?:(?:microfilm|reels?|rolls?|box(?:es)?|folders?|RG|MSS?|ref)\b[^()]*,"
    r"|(?:[\w.’']+\s){0,4}(?:archiv\w*|librar\w+|biblioth\w+|bibliotec\w|museum)\b[^()]*\))"
)
_DATED = lazy(r"\b[12]\d{3}\s$")
_NAMED_LEVEL = lazy(r"(?i)\b(?:folder|file|series|mappe|dossier)\s$")
_LAST_WORD = lazy(r"[^\s,;()\[\]—–]*$")
_ABBREVIATIONS = word_set(
    "mr mrs ms mss add dr st ste vol vols no nos nr nrn misc ed eds pp p f ff fol fols bd bde gen col lt maj capt "
    "cmdr adm gov sen rep prof rev hon amb sec dept div univ ser inv ch sig sign art doc docs enc encl ca c cf "
    "vs jan feb mar apr jun jul aug sept sep oct nov dec тов г гг ф оп д л лл п пап ед хр об см comp trans "
    "transl fr op ll l d papka por ark bl kt kart fasc exp leg sygn zesp arch dép bibl nl best abt rep i.e e.g "
    "υποφάκ φάκ έγγρ αρ coll compl carp prot reg scat capsa rubr busta "
    "caps fasz korr ref u.s u.k a.d b.c ex acc pt pts pk sv kt ktn fo fos bx sygn spr a.j a.e bü teczka fon inw dok"
    " segr tit ah dh hr zb şd tfr"
)
_CLOSERS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "*": "*", "「": "」", "《": "》"}
_PLAIN_SIGNS = {"（": "(", "）": ")", "、": ",", "，": ",", "；": ";", "。": "."}  # those of other scripts
_REGION_STOP = lazy(r"(?:D\.C|N\.Y|Calif|Mass|Conn|Penn|Mich|Minn|Ill|Tenn|Wash|Tex|Va|Md|Pa|Jr|Sr|mss|MSS|Coll|Esq)$")
_ABBREVIATED = lazy(r"(?:[^\W\d_]\.[^\W\d_]|\b(?:Jr|Sr|Esq|Calif|Mass|Conn|Mich|Minn|Tenn|Wash|Tex|mss))$")
_SHELFMARK_SO_FAR = lazy(
    r"(?:MSS?|Mss?|Ms|Cod|Hs)\.?\s[^\W\d][^\d,;()]{1,40}$|(?:.*\s)?(?:Add(?:itional)?\.?|Egerton)$"
)
_NUMBER_NEXT = lazy(r",\s?(?:MSS?\.?\s)?\d")
_DOTTED_DATE = lazy(
    r"(?<!\d)\d{1,2}\.\s?(?:\d{1,2}|[IVX]{1,4})\.\s?[12]\d{3}(?!\d)|\b[12]\d{3}\.\s[a-záéíóöőúüű]{3,10}\s\d{1,2}\."
)
_SHORTENED = lazy(r"[.A-ZÀ-Þ][,;]\s?[^\W\d_a-zà-ÿ][a-zà-ÿ]{0,2}[^\W\d_aeiouy]$")  # `AVA., Kab. Kanzlei`
_NEXT_SENTENCE = lazy(r"(?:See|Cf|For|The|In|On|Also|This|And)\b")
_ORDINAL = lazy(r"(?:^|[,;:(]\s?)[IVX]+$")  # `FM., II. Abt.`
_SHELFMARK_BEFORE = lazy(r"MSS?\.?\s[A-Z][a-z]+$")
_SHELFMARK_NEXT = lazy(r"[A-Z][a-z]{1,6}\.\s(?:[A-Z][a-z]{1,6}\.\s)?[a-z]\.\s?\d")  # `MSS. Brit. Emp. s. 332`
_MAX_MARK = 6  # letters of a short word before a number: `proc. 1491`
_CHAIN = lazy(r"(?:^|[\s,])[A-ZÀ-Þ][a-zà-ÿ]{1,4}\.\s[A-ZÀ-Þ][a-zà-ÿ]{2,4}$")  # `Arch. Nunz. Monaco`
_ROMAN_NEXT = lazy(r"[IVXLC]+\b(?!\.\s?[A-ZÀ-Þ])")
_LETTERS_NEXT = lazy(rf"(?:[{CAPITALS}]{{1,4}}\.)*[{CAPITALS}]{{2,4}}(?=[.,]|\s\d|$)")
_OPEN_NAME = lazy(r"\s*(?:Nachla(?:ss|ß)|NL|Familien\w*|Papiers|[Ff]onds?|Carte)\s[^\d,;]*$")
_INITIAL = lazy(r"(?:^|[\s.\[(’'-])[^\W\d_]$")


def pairs(text: str) -> dict[int, int]:
    """Return the brackets of a text, place of the opening one to place of its closing one.

    Unpaired ones are left out.
    """
    found: dict[int, int] = {}
    stack: list[int] = []
    for match in re.finditer(r"[()\[\]（）]", text):
        sign = _PLAIN_SIGNS.get(match.group(), match.group())
        if sign in "([":
            stack.append(match.start())
        elif stack and text[stack[-1]] in ("(（" if sign == ")" else "["):
            found[stack.pop()] = match.start()
        elif len(stack) > 1 and text[stack[-2]] in ("(（" if sign == ")" else "["):
            stack.pop()
            found[stack.pop()] = match.start()
    return found


class _Tokenizer:
    """The state of one cut: what has been found, where the segment now read began, and which mark stood before it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.segments: list[Segment] = []
        self.begin = 0
        self.before = ""
        self.pairs = pairs(text) if any(sign in text for sign in "([（") else {}
        self.groups: list[int] = []  # ends of the brackets that are open
        self.missing: set[str] = set()  # closing quotes that do not come any more

    def close(self, end: int, mark: str, after: int) -> None:
        """End the segment before `end`; the next begins at `after`, behind the mark."""
        start = self.begin
        text = self.text
        while start < end and (text[start].isspace() or text[start] == ":"):
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            self.segments.append(Segment(start, end, self.before))
            self.before = mark
        elif not self.before or mark in "(.;":
            self.before = mark
        self.begin = after

    def is_start(self, place: int) -> bool:
        """Return whether nothing but space stands between the beginning of the segment and this place."""
        return not self.text[self.begin : place].strip()

    def special(self, start: int, end: int, kind: Kind, after: int) -> None:
        """Return a segment of its own kind inside or in place of the one now read."""
        mark = self.before
        inside = kind != "url" or self.text[start - 1 : start] == "<"
        self.close(start - inside, mark if self.is_start(start) else " ", after)
        content_end = end
        while content_end > start and self.text[content_end - 1] in " ,.;:" and kind == "quote":
            content_end -= 1
        if content_end > start:
            self.segments.append(Segment(start, content_end, self.before, kind))
        self.before = '"' if kind == "quote" else " "
        self.begin = after

    def quote_end(self, place: int) -> int:
        """Return where the quote that opens at `place` closes, or -1.

        Asked once for each sign that does not come again.
        """
        sign = self.text[place]
        ends = []
        for closer in _CLOSERS[sign]:
            if closer in self.missing:
                continue
            end = self.text.find(closer, place + 1)
            while sign == "‘" and end != -1 and end + 1 < len(self.text) and self.text[end + 1].isalpha():
                end = self.text.find(closer, end + 1)
            if end == -1:
                self.missing.add(closer)
            else:
                ends.append(end)
        return min(ends) if ends else -1


def _ends_sentence(text: str, place: int) -> bool:
    """Return whether the stop at `place` ends a sentence.

    Not after an initial or abbreviation, not before a small letter.
    """
    after = place + 1
    while after < len(text) and text[after].isspace():
        after += 1
    if after < len(text) and (text[after].islower() or text[after] in ",;"):
        return False
    word = _LAST_WORD.search(text, max(0, place - 24), place)
    last = word.group() if word else ""
    if (not last or text[place - 1].isdigit()) and _in_dotted_date(text, place):
        return False
    if not last or text[place - 1].isdigit():
        word = _WORD_NEXT.match(text, after)
        return word is None or not is_month(word[0]) or not text[max(0, place - 2) : place].strip().isdigit()
    if _ORDINAL.search(text, max(0, place - 8), place) and text[after : after + 1].isupper():
        return False
    if last == "MSS" and _SHELFMARK_NEXT.match(text, after):
        return False
    if _REGION_STOP.search(last):
        return after >= len(text) or not text[after].isdigit()
    if _is_abbreviated(text, place, after, last):
        return False
    short = last.casefold()
    return short not in _ABBREVIATIONS and short.rpartition(".")[2] not in _ABBREVIATIONS and not _INITIAL.search(last)


def _inside_shelfmark(text: str, place: int, begin: int) -> bool:
    """Return whether the comma at `place` stands in a shelfmark: `MS. Ashmole, 1729`."""
    return (
        _NUMBER_NEXT.match(text, place) is not None and _SHELFMARK_SO_FAR.match(text[begin:place].strip()) is not None
    )


def _in_dotted_date(text: str, place: int) -> bool:
    """Return whether the stop at `place` stands in a date such as `30. 12. 1861`."""
    date = _DOTTED_DATE.search(text, max(0, place - 7), place + 18)
    return date is not None and date.start() < place < date.end() - date[0].endswith(".")


def _is_abbreviated(text: str, place: int, after: int, last: str) -> bool:
    """Return whether the stop is that of a short form: before a number (`KZ. 3859`) or in a name (`, Kab. Kanzlei`)."""
    if last.isupper() and len(last) < _MAX_MARK and _LETTERS_NEXT.match(text, after):
        return True  # `DH. İ.UM. EK`
    if len(last) > 4 or not last.isalpha() or after >= len(text):
        return False
    if _SHELFMARK_BEFORE.search(text, max(0, place - 16), place):
        return True  # `MS. Rawl. D. 782`
    if last.isupper() and _ROMAN_NEXT.match(text, after):
        return True  # `PA. IV`
    if last.islower():
        return text[after].isdigit() and len(last) < _MAX_MARK
    if text[after].isdigit():
        return True
    if _CHAIN.search(text, max(0, place - 12), place) and text[after].isupper():
        return True
    named = text[after].isupper() and not _NEXT_SENTENCE.match(text, after)
    return named and not last.isupper() and _SHORTENED.search(text, max(0, place - 9), place) is not None


def _inside_date(text: str, place: int, begin: int) -> bool:
    """Return whether the comma at `place` stands between day (or month) and year."""
    if not _YEAR_NEXT.match(text, place):
        return False
    dated = _DATE_SO_FAR.search(text[max(begin, place - 30) : place])
    return dated is not None and has_date_words(dated[0])


def _inside_code(text: str, place: int) -> bool:
    """Return whether a comma without a space stands in a shelfmark or number: `SANTA_FE,541,L.3`."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (before.isdigit() and after.isalnum()) or (before.isalnum() and after.isdigit())


def tokenize(text: str) -> list[Segment]:
    """Return the segments of a citation in the order of the text; their spans do not overlap."""
    return [Segment(p.start, p.end, p.before, p.kind) for p in _cut(text)]


@lru_cache(maxsize=2)  # a note is cut into citations, then the citation, mostly all of it, into its parts
def _cut(text: str) -> list[Segment]:
    state = _Tokenizer(text)
    place = 0
    while match := _SCAN.search(text, place):
        place = _step(state, match.group(), match.start(), match.end())
    state.close(len(text), "", len(text))
    return state.segments


def _step(state: _Tokenizer, mark: str, start: int, end: int) -> int:
    """Deal with one mark; where the search goes on."""
    text = state.text
    sign = _PLAIN_SIGNS.get(mark[0], mark[0])
    if sign in "hw":
        while text[end - 1] in ".,;:)]" and not (text[end - 1] == ")" and "(" in mark):
            end -= 1
        state.special(start, end, "url", end)
        return end
    if sign in "([":
        return _open(state, sign, start)
    if sign in ")]":
        if state.groups and state.groups[-1] == start:
            state.groups.pop()
            state.close(start, ")", end)
        return end
    if sign in _CLOSERS:
        return _quote(state, start)
    if mark == ",":
        if suffix := _SUFFIX.match(text, start):
            return suffix.end()
        begun = state.begin
        if _inside_date(text, start, begun) or _inside_code(text, start) or _inside_shelfmark(text, start, begun):
            return end
    elif mark == ".":
        if not _ends_sentence(text, start):
            return end
        if _ABBREVIATED.search(text, max(0, start - 12), start):
            start += 1  # the stop belongs to the abbreviation as well
    elif sign.isspace():
        if _OPEN_NAME.match(text[state.begin : start]):
            return end  # `Nachlass Roe – Doe` is one name
        sign = "–"
    state.close(start, sign, end)
    return end


def _open(state: _Tokenizer, sign: str, start: int) -> int:
    """Deal with an opening bracket; return where the search goes on.

    A link, a group that begins a segment and is read like the rest, or a part of a segment.
    """
    close = state.pairs.get(start)
    text = state.text
    if close is None:
        return start + 1
    if sign == "[" and text.startswith(("(http", "(www", "(/"), close + 1) and (end := state.pairs.get(close + 1)):
        state.close(start, state.before if state.is_start(start) else " ", start + 1)
        state.close(close, " ", close + 2)
        state.special(close + 2, end, "url", end + 1)
        return end + 1
    leads = (
        state.is_start(start)
        or (_DATED.search(text, max(state.begin, start - 10), start) and "," in text[start:close])
        or _OWN_GROUP.match(text, start)
        or (text[max(0, start - 3) : start].rstrip().endswith(":") and "," in text[start:close])
    )
    if sign == "(" and leads and close + 1 - start > 12:
        state.close(start, "(", start + 1)
        state.groups.append(close)
        return start + 1
    return close + 1


def _quote(state: _Tokenizer, start: int) -> int:
    """Deal with an opening quote; return where the search goes on.

    A quoted or italic segment where it begins a segment or holds a title, else plain text.
    """
    end = state.quote_end(start)
    text = state.text
    if end <= start + 1:
        return start + 1
    sign = text[start]
    leads = state.is_start(start) or (sign != "‘" and _leads(text, start, end, state.begin))
    if not leads:
        if text[end - 1] == "," and sign not in "*‘":
            state.close(end - 1, ",", end + 1)  # `folder "Germany," Eisenhower Library`
        return end + 1 if sign not in "*‘" else start + 1
    state.special(start + 1, end, "italic" if sign == "*" else "quote", end + 1)
    return end + 1


def _leads(text: str, start: int, end: int, begin: int) -> bool:
    """Return whether a quote inside a segment is a title.

    It ends with a comma, or is long and no remark goes before it.
    """
    if text[start - 1].isalnum() or _NAMED_LEVEL.search(text, max(begin, start - 12), start):
        return False
    before = len(text[begin:start].split())
    return text[end - 1] in ",." or (text.count(" ", start, end) > 1 and before < 6) or before < 2 or text[start] == "*"
