"""The type of a span, by its own words: a name of an archive, a collection, a place, a date, an id, a kind.

The tables are asked first, then the forms of ids and numbers, then the words at the ends of a name (`... Papers`,
`Ministry of ...`). A span that says nothing of itself is `text`; what it is then, its neighbours tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .dates import is_date
from .folding import name_key, word_set

if TYPE_CHECKING:
    from .gazetteer import Gazetteer
    from .tokens import TokenType

_YEAR = r"(?:1[0-9]|20)\d\d"
YEARS = lazy(
    rf"\(?\[?(?:c\.?a?\.?\s?)?{_YEAR}s?\??(?:\s?[-–—/]\s?(?:c\.?a?\.?\s?)?(?:{_YEAR}|\d\d?)?s?)?"
    rf"(?:,? (?:and )?undated)?\.?\]?\)?"
    rf"(?: \(bulk {_YEAR}\s?[-–]\s?{_YEAR}\))?$|and undated\.?$"
)
_YEARS_AT_END = lazy(rf"^[A-Z]{{3,}} {_YEAR}[-–](?:{_YEAR}|\d\d)$")
FILM = lazy(r"[DNP]\d{5,}[-–]\d{3,}$")  # film number of a telegram in the State Department's system
_PAGES = lazy(r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:[ab]|\s?(?:[rv]|ff?)\.?)?$")
ID = lazy(
    r"(?:(?:MSS?|Mss?|Ms|Coll|Collection|Microfilm)[.#:_ -]*|[A-Z]{1,6}[A-Za-z]?[.#:_ –-]*|[A-Z][a-z]{0,2}[.#:_-]+)?"
    r"(?:[A-Z]{1,4}[-._/]){0,2}\d[\w.#/_–-]*(?: (?=\S*\d)[\w./–-]{1,12})?$"
    r"|[A-Z]{1,4}\.?\s?(?:\([A-Z\d]{1,3}\)\s?){1,2}\d+$|[A-Z]{2} \d{3}\.\d+(?:\s?\([\d-]+\)?)+$"
    r"|(?:[A-Z]\.\s?){2,4}\d+(?:/\w+)+$|[A-Z]{1,3}-\d+-[A-Z]$|[A-Z]{2,}_[A-Z]{2,}(?:_\w+)*$|[A-Z]\.\d[\w.]*$|Ms\.[A-Z][\w.]*\d$"
    r"|(?:[bfp]{0,2}MS,? )?(?:Am|Eng|Fr|Ger|Hyde|Typ|Thr|Lat|Span|Ital|Russ|Lowell) \d[\d.]*(?: \(\w+\))?$"
)
CODE = lazy(
    r"(?:\d{1,4}(?:\.\d+)?[A-Z]?(?:\s[A-Z][A-Za-z]{0,2}\s?\d*|[./]\d)[\w./ –-]*|\d[\d.]*/[\w./–-]+"
    r"|\d+/[A-Z]{1,2} \d+(?:/\d+)+"  # file and paper of the Foreign Office
    r"|[A-Z]{2,4} \d{1,3}(?:-\d+)*(?:[ /]\S.*)?|[A-Z]\d{5,}[–-]\d{3,}"
    r"|\d{2,3}[A-Z]?\.\d[\w.]*(?:\s[^\s,]+){1,3}/[\w–-]+)$"
)
SHELFMARK = lazy(
    r"(?:MSS?|Mss?|Ms|Cod|Codex|Hs)\.?\s(?:[^\W\d_][\w.’'-]*,?\s){1,4}(?:[IVXLC]+\.?\s)?"
    r"\d[\d.,]*\w?(?:\s\(=\s?[\w. ]+\)?)?$"
    r"|(?:Additional|Add\.?|Egerton|Harley|Sloane|Stowe|Royal|Cotton|Lansdowne),? MSS?\.? \d+\w?$"
    r"|[A-Z]{2,5}\d{1,3}(?:/\d[\d-]*){2,}$|[A-Z]{2,5}(?:/[A-Z\d][\w-]*){2,}$"
    r"|[A-Z][a-z]{2,5}\.\s?(?:lat|gr|fr|it|hebr|ar|germ|angl|sin|Sin)\.?\s\d+\w?$"
    r"|MSS?\.?\s[A-Z][a-z]+\.?\s(?:[a-z]{2,5}\.?\s)?[a-zA-Z]\.?\s?\d+\w?$"
    r"|[A-Z]{1,2}°?\s\d{1,3}\s\d{3}(?:\s\(\d+\)?)?$"
    r"|[A-Z][a-zA-Z]{0,3}[A-Z] \d+[./]\d\S*$"
)
_FOLDER_NAME = lazy(r"(?i)\S.*\bfolder\)?$")
_SERIES_HEAD = lazy(
    r"(?i)(?:\w+\.? ){0,2}(?:correspondence|despatch(?:es)?|dispatches|instructions|letters|notes|reports|records"
    r"|files?|press releases|memoranda|minutes|telegrams|papers|subject|country|messages|memos|briefings?)\b"
)
_TIME = lazy(
    r"(?i)(?:(?:rec['’]?d|received|sent)\s)?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?\s?m\.?|hours|uhr)(?:\s?[-–]\s?\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?\s?m\.?)?$|\d{1,2}:\d\d$|\d{4}Z$"
)
_TO_FILL = lazy(r"(?i)\b(?:item|identification|(?:box|folder|container) (?:number|no)|cited|title of)\b")
_COLLECTION_OF = lazy(
    r"\b(?:papers|records|collection|photographs|correspondence|letters|diaries|scrapbooks|files)\s+"
    r"(?:of|on|from|relating|concerning|for|regarding)\b"
)
_SENTENCE = lazy(r"\b(?:is|was|were|are|has|have|had|which|who|we|they|he|she|would|should|could)\b")
_HEREAFTER = lazy(r"(?i)(?:hereafter|hereinafter|henceforth)\b")
_MAX_SMALL_WORDS = 6
_DIGIT = lazy(r"\d")
_CLOSING = frozenset(")]）")
_PLURAL = lazy(r"\(s\)|[()\[\]]")
TRAILING_GROUP = lazy(r"\s*[(\[（]([^()\[\]（）]+)[)\]）]$")
_BODY_OF = lazy(r"\b(?:of|for|at|in|de|des|du|della|dello|di|der|für)\b")
_COLLEGES = word_set("college university universiteit")  # `King's College London`
_STRONG = word_set("library libraries archives museum university")
_BODY_ENDS = (
    "archiv",
    "bibliothek",
    "archief",
    "arkivet",
    "levéltár",
    "arkhiv",
    "архив",
    "архів",
    "archyvas",
    "arhīvs",
    "档案馆",
    "檔案館",
    "史料館",
    "公文書館",
    "文書館",
    "图书馆",
    "圖書館",
    "図書館",
    "研究所",
    "国史馆",
    "國史館",
    "資料館",
    "アーカイブズ",
)
_SKIP = ("records relating",)


def token_type_of(span: str, gaz: Gazetteer) -> TokenType:
    """Return what a span without numbered levels is, by its own words."""
    key = name_key(span)
    known = gaz.repository(span)
    if known:
        return "digital" if known.tradition == "digital" else "repository"
    terms = gaz.terms
    if key in gaz.collections:
        return "collection"
    if key in terms["undated"] and span[:1].islower():
        return "date"  # before North Dakota
    if key in gaz.places or (span[-1] in _CLOSING and _is_town_and_region(span, gaz)):
        return "place"
    numbered = _DIGIT.search(span) is not None
    return (
        (numbered and _by_number(span))
        or _by_term(key, span, gaz)
        or (numbered and _id(span))
        or _named(key, span, gaz)
    )


def _by_number(span: str) -> TokenType | None:
    """Years, a time of day, a date, a page; None for what has digits and is none of them."""
    if YEARS.match(span):
        return "years"
    if _TIME.match(span):
        return "time"
    if is_date(span):
        return "date"
    return "number" if _PAGES.match(span) else None


def _by_term(key: str, span: str, gaz: Gazetteer) -> TokenType | None:
    """Return what the tables call a span: a blank to fill in, a word for undated, a kind, a marking."""
    terms = gaz.terms
    if _PLURAL.sub("", key) in terms["blank"] and (span[:1] in "[(" or not span[:1].isupper() or " " in span):
        return "blank"
    if span[0] == "[" and span[-1] == "]" and _TO_FILL.search(span):
        return "blank"
    if key in terms["undated"] or key == "and undated":
        return "date" if key in terms["undated"] else "years"
    if key in terms["kind"]:
        return "kind"
    if key in terms["opening"]:
        return "opening"
    if key in terms["marking"] and span.lstrip("([")[:1].isupper():
        return "marking"
    return "short_form" if _HEREAFTER.match(span) else None


def _id(span: str) -> TokenType | None:
    """Return whether a span with digits has the form of a shelfmark or number."""
    if SHELFMARK.match(span):
        return "id"
    if len(span) <= 24 and ID.match(span) and not _YEARS_AT_END.search(span):
        return "id"
    return "id" if " " not in span and len(span) < 32 and not span[0].islower() else None


def _named(key: str, span: str, gaz: Gazetteer) -> TokenType:
    """Return a name: of a collection, a body, a part of a body; or a text that is none of them."""
    terms = gaz.terms
    if "(hereafter " in key or "(hereinafter " in key or _SENTENCE.search(key):
        return "text"
    words = key.split(" ")
    last = words[-1]
    if len(words) > _MAX_SMALL_WORDS and span[:1].islower():
        return "text"  # a name of so many words does not begin small; a sentence goes on so
    if span[-1] in _CLOSING and (group := TRAILING_GROUP.search(span)):
        head = name_key(span[: group.start()]).split(" ")
        if head[-1] in terms["collection"] and len(head) > 1 and not key.startswith(tuple(_SKIP)):
            return "collection"
    if last == "folder" and _FOLDER_NAME.match(span):
        return "text"
    if key in terms["division"] or (last == "collections" and _has_division(key, last, gaz)):
        return "division"
    if last == "collections" and _is_body(" ".join(words[:-1]), terms):
        return "repository"
    if last == "series" and len(words) > 1:
        return "series"
    if len(words) > 1 and last in terms["collection"] and not (last in ("archive",) and _is_body(key, terms)):
        return "collection"
    if _opens(key, gaz.terms["collection of"]):
        return "collection"
    if (of := _COLLECTION_OF.search(key)) and of.start() and not _SERIES_HEAD.match(span):
        return "collection"
    if _SERIES_HEAD.match(span) or _opens(key, gaz.terms["series"]):
        return "series"
    if _has_division(key, last, gaz):
        return "division"
    return "repository" if _is_body(key, terms) else "text"


def _opens(key: str, terms: dict[str, str]) -> bool:
    """Return whether a name begins with a term of that kind, one to four words long."""
    place = -1
    for _ in range(4):
        place = key.find(" ", place + 1)
        if place < 0:
            return key in terms
        if key[:place].rstrip(".") in terms:
            return True
    return False


def _has_division(key: str, last: str, gaz: Gazetteer) -> bool:
    if last in ("division", "branch", "department", "center", "centre"):
        return True
    return " " in key and any(term in key for term in gaz.phrases["division"])


def _is_town_and_region(span: str, gaz: Gazetteer) -> bool:
    group = TRAILING_GROUP.search(span)
    return (
        group is not None and name_key(span[: group.start()]) in gaz.places and name_key(group.group(1)) in gaz.places
    )


_MAX_SHORT = 2  # letters


def is_body(name: str, gaz: Gazetteer) -> bool:
    """Return whether a name is that of an institution: known, or with a word that only institutions have."""
    first, _, rest = name.partition(" ")
    if len(first) <= _MAX_SHORT and first.istitle() and rest:
        name = rest  # `Ad van der Woude`: an abbreviation of an archive is in capitals
    return gaz.repository(name) is not None or _is_body(name_key(name), gaz.terms)


def _is_body(key: str, terms: dict[str, dict[str, str]]) -> bool:
    """Return whether a name is that of a body: its last or first word says so, or one before `of`, `for`, `at`."""
    table = terms["institution"]
    words = key.replace(",", "").split(" ")
    if words[-1] in table or words[0] in table:
        return True
    if len(words) > 1 and " ".join(words[-2:]) in table:
        return True
    if len(words) > 1 and " ".join(words[:2]) in table:
        return True
    if any(word.endswith(_BODY_ENDS) for word in words):
        return True
    if len(words) > 2 and words[-2] in _COLLEGES:
        return True
    for index, word in enumerate(words[:-1]):
        if word in table and _BODY_OF.match(words[index + 1]):
            return True
    return len(words) > 2 and any(word in _STRONG for word in words)
