"""The forms in which published works are cited, from the most to the least particular.

Chicago notes and bibliographies, MLA, APA, and the German and French ways of the humanities. A form is read only where
all of the text fits it, so that prose and archives, which fit none, stay what they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy
from citetool.parsing.signals import OPENING

from .names import split_names
from .work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

_Y = r"(?P<year>(?:1[5-9]|20)\d\d[a-z]?(?:[-–/]\d{2,4})?)"
_PAGES = r"(?:[A-Z]?\d[\d–-]*(?:nn?\d[\d–-]*)?|[ivxlc]+)(?:\s?(?:ff?|sqq?)\.?(?!\w))?(?:,\s?\d[\d–-]*)*"
_DIVISION = r"(?P<division>chaps?\.|ch\.|Kap\.|nos?\.|docs?\.|Dok\.|Nr\.)\s"
_LOCATOR = rf"(?:(?:,|:)?\s*(?:{_DIVISION}|(?:pp?\.|S\.|Sp\.|at|esp\.)?\s*)(?P<locator>{_PAGES}))?"
# `2:45` of a work in volumes, in Britain `II, p. 45`, in Germany `Bd. 2, S. 45`.
_IN_VOLUME = (
    rf"(?:,\s(?:(?P<part>\d{{1,2}}):|(?:vol\.\s|Bd\.\s)?(?P<part2>\d{{1,2}}|[IVX]{{1,5}}),\s(?:pp?\.|S\.)\s|(?P<part3>[IVX]{{1,5}}),\s)"
    rf"(?P<leaf>{_PAGES}))?"
)
_VOLUMES = r"(?:,?\s(?P<volumes>\d{1,2})\svols?\.?,?)?"
_END = r"[\s.]*$"
_PLACE = (
    r"(?P<place>(?!Bde?\.|[Vv]ols?\.|[IVX]+[:.])[A-ZÀ-Þ](?:(?![a-zà-ÿ]{3}\.\s)[^:,;()\d\"“”]){1,50}"
    r"(?:,\s(?:[A-Z]{2}|[A-Z]\.[A-Z]\.|[A-Z][a-z]{2,4}\.?))?)"
)
_PUBLISHER = r"(?P<publisher>[A-ZÀ-Þ][^;()\d\"“”]{1,70}?)"
_PLACE_2 = _PLACE.replace("<place>", "<place2>")
_PUBLISHER_3 = _PUBLISHER.replace("<publisher>", "<publisher3>")
_EDITION_NAME = (
    r"(?P<edition>(?:\d\w*\s)?(?:(?:rev|enl|exp|new)\.?\s(?:and\s\w+\.?\s)?)?ed\."
    r"|\d+\.,?\s(?:[a-zäöü]+\.?\s(?:und\s[a-zäöü]+\.?\s)?)?(?:Aufl\.|Auflage))"
)
_EDITION = rf"(?:{_EDITION_NAME}[,;.]?\s)?"
_TRANS = r"(?:(?:trans(?:\.|lated by)|übers\. von|trad\.)\s(?P<translators>[^()\d,;]{3,60}))"
_ED = r"(?:ed(?:s|ited)?\.?(?:\sby)?|hg\.?(?:\svon)?|hrsg\.?(?:\svon)?|dir\.)"
_IMPRINT = (
    rf"\((?:(?P<original>1[4-9]\d\d|20\d\d);\s|[^();]*;\s)?"
    rf"(?:{_PLACE}(?::\s{_PUBLISHER})?|(?P<publisher2>[A-ZÀ-Þ][^;(),\d]{{2,60}})),\s{_Y}\)"
)
_URL = r"(?:[,.]?\s(?:accessed\s[^,.;]+[,.]\s)?(?P<url>https?://\S+?))?"
_QUOTED = lazy(
    r"(?:[“\"„](?P<title>[^”\"“]{2,250}?)[,.?!]?[”\"“]|«\s?(?P<title2>[^»]{2,250}?)[,.]?\s?»|‘(?P<title3>.{2,250}?)[,.?!]?’(?!\w))"
    r"[,.]?\s*"
)
_MONTH_DATE = (
    r"(?P<date>(?:[A-Z][a-z]+\.?\s\d{1,2},\s\d{4}|\d{1,2}\.?\s[A-ZÀ-Þ]?[a-zà-ÿ]+\.?\s\d{4}"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}))"
)

_THESIS = lazy(
    rf"\(?(?P<genre>(?:Ph\.?\s?D\.?|M\.?A\.?|[Mm]aster[’']s|[Dd]octoral|[Uu]npubl(?:ished)?\.?)[^,()]*?(?:diss(?:ertation|\.)?|thesis)|"
    rf"(?:[Uu]nveröff(?:entlichte)?\.?\s)?(?:[Pp]hil\.\s)?(?:Diss(?:ertation)?\.?|Habil(?:itationsschrift|\.)|Magisterarbeit|Masterarbeit)"
    rf"(?:\sphil\.)?|thèse(?:\sde\sdoctorat)?),?\s(?P<publisher>[^,()]+?),?\s{_Y}\)?{_LOCATOR}{_END}"
)
# The page that is meant, behind those of the whole.
_HERE = rf",\s(?:(?:hier|here|at|esp\.)\s(?:(?:S|pp?)\.\s)?|S\.\s)(?P<here>{_PAGES})|\s\(pp?\.\s(?P<here2>{_PAGES})\)"
_CHAPTER = lazy(
    rf"(?:[Ii]n|[Dd]ans):?\s(?:(?P<editors1>[^()“]{{3,80}}?)\s?\((?:Hgg?|Hrsg|Bearb|eds?|dir|Eds?)\.\)[,:]\s)?\*?(?P<container>[^()“\"*]{{3,160}}?)\*?"
    rf"(?:[,.]\s(?:{_ED}|Ed\.|Edited by)\s(?P<editors2>[^()\d:]{{3,80}}?))?,?\s?"
    rf"(?:{_IMPRINT}|[,.]\s?{_PLACE_2}(?::\s{_PUBLISHER_3},?)?\s(?P<year2>(?:1[5-9]|20)\d\d)){_LOCATOR}(?:{_HERE})?{_END}"
)
_BIB_CHAPTER = lazy(
    rf"(?:In\s)?\*?(?P<container>[^()“\"*]{{3,160}}?)\*?,\s(?:edited by|ed\.|eds\.)\s(?P<editors2>[^()\d:]{{3,90}}?),\s"
    rf"(?:(?P<page>{_PAGES})\.\s{_PLACE}:\s{_PUBLISHER},\s{_Y}|(?P<publisher2>[^,()\d]{{2,60}}),\s(?P<year2>(?:1[5-9]|20)\d\d)"
    rf"(?:,\spp?\.\s(?P<page2>{_PAGES}))?){_END}"
)
_JOURNAL = r"\*?(?P<container>[A-ZÀ-Þ][^()“\"\d*:]{2,90}?)\*?"
_ARTICLE = lazy(
    rf"(?:in:\s)?{_JOURNAL},?\s(?:(?P<series>\d\w\w\sser\.|n\.\s?s\.|new\sser\.),\s)?(?:vol\.\s|Bd\.\s|Jg\.\s|n°\s)?(?P<volume>\d{{1,4}})(?:(?:,\s(?:no|nr|iss|H|Heft|n°)\.?\s|[./])"
    rf"(?P<issue>\d[\d/–-]*)|\s?\((?P<issue3>\d{{1,3}})\))?,?\s?"
    rf"\((?:(?P<season>[A-ZÀ-Þ][\w./–-]+)\s|(?:No\.\s\d+,\s))?{_Y}\)"
    rf"(?:,?\s?(?:Heft|H\.|no\.|Nr\.)\s(?P<issue2>\d+))?(?:[:,]\s(?:pp?\.\s|S\.\s)?(?P<page>{_PAGES}))?(?:{_HERE})?"
    rf"{_URL}{_END}"
)
_MLA_ARTICLE = lazy(
    rf"{_JOURNAL},\s(?:vol\.|t\.|vol)\s(?P<volume>\d+)(?:,\s(?:no\.|n°|issue)\s(?P<issue>[\d–/-]+))?,\s(?:[A-Z][a-z]+\.?\s)?{_Y}"
    rf"(?:,\s(?:pp?\.)\s(?P<page>{_PAGES}))?(?:\.\s\*?[A-Z][\w ]+\*?,\s(?P<url2>\S+?)|{_URL}){_END}"
)
_FRENCH_ARTICLE = lazy(
    rf"{_JOURNAL},\s(?:\d+e\sannée,\s)?(?:n°|no\.|t\.|vol\.)\s?(?P<volume>\d+)(?:[,/]\s?(?:n°\s?)?(?P<issue>\d+))?,\s(?:[a-zà-ÿ–-]+\s)?{_Y}(?:,\spp?\.\s(?P<page>{_PAGES}))?{_END}"
)
_NEWS = lazy(
    rf"(?:in:\s)?\*?(?P<container>(?:The\s|Le\s|Die\s|Der\s|El\s|La\s)?[A-ZÀ-Þ][\w’'.-]*(?:\s[\w’'.-]+){{0,5}}?)\*?(?:\s\((?P<place>[A-Z][^()]+)\))?(?:,|,?\svom|,?\sv\.)\s{_MONTH_DATE}"
    rf"(?:,\s(?P<edition>(?:Morgen|Abend|Mittag)[\w-]*|(?:[\w.]+\s){{1,2}}(?:ed\.|edition)))?(?:,\s(?:pp?\.\s|S\.\s|sec\.\s\w+,\s)?(?P<locator>[A-Z]?\d[\w–-]*))?{_URL}{_END}"
)
# Words that newspapers have in their names.
_PAPER_NAME = lazy(
    r"\b(?:Times|Post|Tribune|Herald|Guardian|Telegraph|Express|Mail|Chronicle|Gazette|Globe|Star|Observer|Journal|Sun|News"
    r"|Standard|Mirror|Courier|Examiner|Inquirer|Dispatch|Sentinel|Argus|Advertiser|Daily|Weekly|\w*[Zz]eitung|\w*[Bb]latt"
    r"|Anzeiger|Kurier|Nachrichten|Tageblatt|Presse|Monde|Figaro|Matin|Temps|Humanité|País|Mundo|Corriere|Stampa|Pravda"
    r"|Izvest[iy]+a|Правда|Известия)\b"
)
_WEB = lazy(
    rf"(?P<container>[A-ZÀ-Þ][^,()“\"]{{2,80}})(?:\s\((?:blog|website|Blog)\))?,\s(?:(?:last\smodified|posted|accessed|zuletzt)\s)?(?:{_MONTH_DATE},\s)?(?P<url>https?://\S+?){_END}"
)
_SHORT = lazy(rf"(?:pp?\.\s|S\.\s)?(?P<locator>{_PAGES}){_END}")

_SHORT_PLAIN = lazy(
    rf"(?P<authors>[A-ZÀ-Þ][a-zà-ÿ][\w’'-]*(?:,?\s(?:and|und|et|&)\s[A-ZÀ-Þ][\w’'-]+)?),\s(?P<title>\*?[A-ZÀ-Þ][a-zà-ÿ]+"
    rf"(?:\s[^\W\d][\w’'-]*){{1,7}}\*?)(?:\s\((?:wie|as\sin)\s(?:Anm\.|n\.)\s\d+\))?,"
    rf"\s(?:pp?\.\s?|S\.\s?)?(?P<locator>{_PAGES}){_END}"
)
# A review of a book: `Bell, review of Salt Roads, by Jane Marlow, American Historical Review 93 (1988): 455`.
_REVIEW = lazy(
    r"(?P<authors>[^“\"(]{3,80}?)[,.]\s[Rr]eview\sof\s\*?(?P<title>[^“\"*]{3,200}?)\*?,"
    r"\s(?:by|ed\.|edited\sby)\s[^,]{3,80}?[,.]\s(?P<rest>.+)$"
)
# `dans Paul Girard (dir.), Villes, Paris, Fayard, 1995, p. 33-58`, `in Storia, a cura di P. Gatti, Roma, Laterza, 1999`
_ROMANCE_CHAPTER = lazy(
    rf"(?:[Ii]n|[Dd]ans|[Ee]n):?\s(?:(?P<editors1>[^()“]{{3,80}}?)\s?\((?:dir|éds?|eds?|coords?|a cura di)\.?\),\s)?"
    rf"\*?(?P<container>[^()“\"*]{{3,160}}?)\*?,\s(?:(?:a\scura\sdi|sous\sla\sdirection\sde|bajo\sla\sdirección\sde)\s(?P<editors2>[^()\d,]{{3,80}}?),\s)?"
    rf"{_PLACE}(?:,|\s?:)\s{_PUBLISHER},\s{_Y}(?:,\spp?\.\s(?P<locator>{_PAGES}))?{_END}"
)

_BOOK = lazy(
    rf"(?P<authors>[^“\"(]{{3,160}}?)(?P<role>,\s(?:eds?|hg|hrsg)\.|\s\((?:eds?|Hg|Hrsg|dir)\.\))?[,:]\s\*?(?P<title>(?:[^“\"(*;]|\([^()\d:;]{{1,60}}\)){{3,220}}?)\*?{_VOLUMES},?\s"
    rf"(?:{_ED}\s(?P<editors2>[^()\d,;:]{{3,80}}?),?\s)?(?:(?P<volumes2>\d{{1,2}})\svols?\.?,?\s)?(?:{_TRANS},?\s)?(?:{_EDITION_NAME},?\s)?(?:\((?P<note>[^()\d]+)\)\s)?"
    rf"{_IMPRINT}(?:{_LOCATOR}|{_IN_VOLUME}){_URL}{_END}"
)
# Without place and publisher only what can be nothing but a book: an article before the title, or a subtitle.
_BARE_BOOK = lazy(
    r"(?![^,]*\s(?:Papers|Records|Collections?|Files|Archives?|Manuscripts|Mss|Letters)\b)"
    r"(?P<authors>(?:[A-ZÀ-Þ][\w’'.-]*\s){1,3}[A-ZÀ-Þ][\w’'-]+)(?P<role>,\s(?:eds?|hg|hrsg)\.)?,\s"
    r"\*?(?P<title>(?=(?:The|An?|Die|Der|Das|Les?|La)\s|[^(]*:\s)[A-ZÀ-Þ][^“\"(*,\d]{10,200}?)\*?"
    rf"\s\({_Y}\),\s(?:pp?\.\s|S\.\s)?(?P<locator>{_PAGES}){_END}"
)
_BIB_BOOK = lazy(
    rf"(?P<authors>[^.“\"(]{{2,60}}(?:,\s[^“\"(]{{1,90}}?)?)(?P<role>,\s(?:eds?|editors?))?\.\s\*?(?P<title>[A-ZÀ-Þ][^“\"(*]{{3,220}}?)\*?\.\s{_EDITION}"
    rf"(?:{_PLACE}:\s{_PUBLISHER}|(?P<publisher2>[A-ZÀ-Þ][^:;()“\"\d]{{2,60}}?)),\s{_Y}{_URL}{_END}"
)
_APA = lazy(
    rf"(?P<authors>[^“\"(]{{3,160}}?)(?P<role>\s\(Eds?\.\)\.?)?\s\({_Y}(?:,\s(?P<date>[A-Z][a-z]+(?:\s\d+)?))?\)\.\s"
    r"\*?(?P<title>[^*“\"]{3,250}?)\*?(?:\s\((?P<edition>\d\w+\sed\.)\))?"
    r"(?:\s\[(?P<genre>[^\[\]]*?(?:dissertation|thesis)),\s(?P<school>[^\[\]]+)\])?"
    r"[.?]\s(?P<rest>.+?)$"
)
_APA_ARTICLE = lazy(
    rf"\*?(?P<container>[A-ZÀ-Þ][^()“\"\d*]{{2,90}}?)\*?,\s\*?(?P<volume>\d+)\*?(?:\s?\((?P<issue>[\d–-]+)\))?(?:,\s(?P<page>{_PAGES}))?{_URL}{_END}"
)
_APA_CHAPTER = lazy(
    rf"In\s(?P<editors1>[^()]{{3,80}})\s\(Eds?\.\),\s\*?(?P<container>[^()*]{{3,160}}?)\*?\s\((?:(?:Vol\.\s\d+,\s)?pp?\.\s(?P<page>{_PAGES}))\)\.\s(?P<publisher>[^.]+){_END}"
)
_APA_NEWS = lazy(rf"\*?(?P<container>[A-ZÀ-Þ][^.:;\d*]{{2,60}}?)\*?(?:,\s(?P<locator>[A-Z]?\d[\w–-]*))?{_URL}{_END}")
_APA_BOOK = lazy(rf"(?:{_PLACE}:\s)?(?P<publisher>[A-ZÀ-Þ][^.:;\d]{{2,60}}){_URL}{_END}")
_GERMAN_NAMES = r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?,\s(?:[A-ZÀ-Þ][\w.’'-]*\s?){1,3}(?=:|\s\()"  # `Weber, Frank:`
_GERMAN_PART = lazy(
    rf"(?P<authors>{_GERMAN_NAMES}|[^“\"(]{{3,120}}?)[,:]\s\*?(?P<title>(?:[^“\"*„;]|„[^“]*“){{3,220}}?)\*?[,.]\s(?P<rest>(?:[Ii]n:|in|dans|en)\s.+)$"
)
_GERMAN_BOOK = lazy(
    rf"(?P<authors>{_GERMAN_NAMES}|[^“\"(,:]{{3,120}}?(?:/[^“\"(,:]+)?)(?P<role>\s\((?:Hg|Hrsg|Bearb)\.\))?[,:]\s\*?"
    rf"(?P<title>(?:[^“\"*„;]|„[^“]*“){{3,220}}?)\*?[,.]\s(?:(?:Bd|Bde)\.\s(?P<volume>\d+|[IVX]+),\s)?(?:{_EDITION_NAME},?\s)?{_PLACE}(?::\s{_PUBLISHER},?)?\s{_Y}(?:,\s(?:hier\s)?(?:(?:S\.|Sp\.)\s?|{_DIVISION})(?P<locator>{_PAGES}))?{_END}"
)
_FRENCH_BOOK = lazy(
    rf"(?P<authors>[^“\"«(,]{{3,80}}?)(?P<role>\s\(dir\.\))?,\s\*?(?P<title>[^“\"«*;]{{3,220}}?)\*?,\s{_PLACE}(?:,|\s:)\s(?P<publisher>[A-ZÀ-Þ][^,;\d]{{2,60}}),"
    rf"\s(?:(?:coll\.\s)?«\s?(?P<series>[^«»]{{2,60}}?)\s?»,\s)?{_Y}(?:,\spp?\.\s(?P<locator>{_PAGES})|,\s\d+\sp\.)?{_END}"
)
# Bodies that publish under their own names.
_BODY = lazy(
    r"^(?!.*,).*\b(?:Bureau|Department|Ministry|Office|Committee|Commission|Council|Association|Society|Organi[sz]ation|Union|Nations|Institute?|Library|Museum"
    r"|Academy|University|Congress|Parliament|Ministère|Ministerium|Institut|Académie|Akademie|Gesellschaft)\b"
)
_BOTH = lazy(r"(\d+[–-]\d+),\s?(\d+(?:[–-]\d+)?)$")  # pages of an article, and the one that is cited
_THE_SAME = lazy(r"(?:[Dd]ers|[Dd]ies|[Ii]d|[Ii]dem|[Ee]adem)\.?$")
_ABBREVIATION = lazy(
    r"\b(?:[A-Z]|a|d|Mass|Conn|Calif|Penn|Pa|Va|Md|Ill|Ind|Mich|Minn|Wis|Tenn|Tex|Ont|Ky|Ga|Fla|Ala|Ariz|Ore|Wash|Colo"
    r"|diss|[Dd]iss|phil|[Aa]ufl|ed|rev|Habil|i|Br|St|Brsg)\.$"
)
_INITIAL = lazy(r"(?:^|[\s.-])[A-ZÀ-Þ]$")
_JOINING = ("and ", "und ", "et ", "& ")
_MAX_AUTHORS = 8
_MAX_LENGTH = 600


def read_work(text: str) -> Work | None:
    """Return the published work that a text cites, or None where it has no form of one."""
    text = " ".join(text.split())
    if len(text) > _MAX_LENGTH:
        return None
    if prefix := OPENING.match(text):
        text = text[prefix.end() :]
    quoted = _QUOTED.search(text)
    if quoted and (not text[: quoted.start()].strip() or text[quoted.start() - 1] == " "):
        authors = split_names(text[: quoted.start()].rstrip(" .,:"))
        if authors or not text[: quoted.start()].strip(" .,:"):
            title = quoted["title"] or quoted["title2"] or quoted["title3"]
            if work := _quoted(text[quoted.end() :], title, authors):
                return work
    for read in (_apa, _review, _part, _book, _paper, _short):
        if work := read(text):
            return work
    return None


def _paper(text: str) -> Work | None:
    """Return the newspaper that is cited by its name and day alone: `The Times, 4 September 1940, p. 4`."""
    match = _NEWS.match(text)
    if match is None or not _PAPER_NAME.search(match["container"]):
        return None
    if not match["locator"] and len(match["container"].split()) == 1:
        return None  # `Star, 4 May 1940` may be anything
    return _work(match, "newspaper article", "", ())


def _short(text: str) -> Work | None:
    """Return the short form of a work, its title without quotes: `Roe, Long Road to the Sea, 14`."""
    match = _SHORT_PLAIN.match(text)
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    return Work("", match["title"].strip("*"), authors, locator=match["locator"])


def _quoted(rest: str, title: str, authors: tuple[str, ...]) -> Work | None:
    """Return the work whose title stands in quotes, by what follows it."""
    forms = (
        (_THESIS, "thesis"), (_CHAPTER, "chapter"), (_ROMANCE_CHAPTER, "chapter"), (_BIB_CHAPTER, "chapter"),
        (_ARTICLE, "journal article"), (_MLA_ARTICLE, "journal article"),
        (_FRENCH_ARTICLE, "journal article"), (_NEWS, "newspaper article"), (_WEB, "webpage"),
    )  # fmt: skip
    for pattern, kind in forms:
        match = pattern.match(rest)
        if match and (authors or kind in ("newspaper article", "webpage", "journal article")):
            return _work(match, kind, title, authors)
    short = _SHORT.match(rest)
    return Work("", title, authors, locator=short["locator"]) if short and authors else None


def _names(text: str) -> tuple[str, ...]:
    """Return the names of people, or that of a body as one."""
    bare = text.rstrip(" .")
    return (bare,) if _BODY.search(bare) else split_names(text)


def _review(text: str) -> Work | None:
    """Return the review of a book in a journal or newspaper."""
    match = _REVIEW.match(text)
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    for pattern in (_ARTICLE, _MLA_ARTICLE, _NEWS):
        if rest := pattern.match(match["rest"]):
            return _work(rest, "book review", match["title"], authors)
    return None


def _apa(text: str) -> Work | None:
    match = _APA.match(text)
    authors = _names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    title = match["title"]
    if match["school"]:
        thesis = {"publisher": match["school"], "genre": match["genre"]}
        return Work("thesis", title, authors, date=normalise_date(match["year"]) or "", data=thesis)
    last = (_APA_NEWS, "newspaper article") if match["date"] else (_APA_BOOK, "book")
    for pattern, kind in ((_APA_ARTICLE, "journal article"), (_APA_CHAPTER, "chapter"), last):
        if rest := pattern.match(match["rest"]):
            work = _work(rest, kind, title, authors)
            year = re.sub(r"[a-z]$", "", match["year"])
            day = normalise_date(f"{match['date']}, {year}") if match["date"] else ""
            if match["edition"]:
                work.data["edition"] = match["edition"]
            people = ((), authors) if match["role"] and kind == "book" else (authors, work.editors)
            return work._replace(authors=people[0], editors=people[1], date=day or normalise_date(year) or "")
    return None


def _part(text: str) -> Work | None:
    """Return a chapter or article of the German way: `Name, Titel, in: ...`."""
    match = _GERMAN_PART.match(text)
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    forms = (
        (_ARTICLE, "journal article"), (_CHAPTER, "chapter"), (_ROMANCE_CHAPTER, "chapter"),
        (_NEWS, "newspaper article"),
    )  # fmt: skip
    for pattern, kind in forms:
        if rest := pattern.match(match["rest"]):
            return _work(rest, kind, match["title"], authors)
    return None


def _book(text: str) -> Work | None:
    for pattern in (_BOOK, _BIB_BOOK, _FRENCH_BOOK, _GERMAN_BOOK, _BARE_BOOK):
        match = pattern.match(text)
        names = split_names(_with_stop(text, match)) if match else ()
        if match and not names and _BODY.search(match["authors"]):
            names = (match["authors"],)
        if match and names:
            more, title = _more_authors(match["title"])
            names = (*names, *more)
            work = _work(match, "book", title, names)
            return work._replace(authors=(), editors=names) if match["role"] else work
    return None


def _more_authors(title: str) -> tuple[tuple[str, ...], str]:
    """Return the authors that a title was taken to begin with, and the title: `Doe, and Jane Roe, Docks`."""
    pieces = title.split(", ")
    for count in range(1, min(len(pieces), _MAX_AUTHORS)):
        if pieces[count - 1].startswith(_JOINING):
            names = split_names(", ".join(pieces[:count]).replace(", and ", " and "))
            return (names, ", ".join(pieces[count:])) if names else ((), title)
    return (), title


def _with_stop(text: str, match: re.Match[str]) -> str:
    """Return the names of a match with the stop behind a last initial, which ends them too: `Roe, Jane B. Title`."""
    stop = match.end("authors")
    return text[match.start("authors") : stop + bool(_INITIAL.search(match["authors"]) and text[stop] == ".")]


def _stripped(value: str) -> str:
    """Return a value without the marks around it; the stop of an abbreviation belongs to it: `Mass.`, `PhD diss.`"""
    value = value.strip(" ,*")
    return value if _ABBREVIATION.search(value) else value.rstrip(" .")


def _work(match: re.Match[str], kind: str, title: str, authors: tuple[str, ...]) -> Work:
    """Return the work of a match: groups by the names of CSL variables, pages of a part and the page cited apart."""
    groups = {name: _stripped(value) for name, value in match.groupdict().items() if value}
    found: Callable[..., str] = lambda *names: next((groups[name] for name in names if name in groups), "")  # noqa: E731
    page, locator = found("page", "page2"), found("here", "here2", "locator")
    if kind == "chapter" and not page and found("here", "here2"):
        page = groups.get("locator", "")
    if page and not locator and (both := _BOTH.match(page)):
        page, locator = both.groups()
    if "division" in groups:
        locator = f"{match['division']} {locator}"
    if "leaf" in groups:
        locator = f"{found('part', 'part2', 'part3')}:{groups['leaf']}"
    if (
        kind == "journal article"
        and page
        and not locator
        and all("," not in name for name in authors)
        and page.isdigit()
    ):
        page, locator = "", page  # a note gives the page that is meant, not those of the article
    data = {
        "container-title": found("container"), "publisher": found("publisher", "publisher2", "publisher3"),
        "publisher-place": found("place", "place2"),
        "volume": found("volume"), "issue": found("issue", "issue2", "issue3"),
        "edition": found("edition"), "page": page, "genre": found("genre"),
        "number-of-volumes": found("volumes", "volumes2"),
        "original-date": found("original"), "collection-title": found("series"),
    }  # fmt: skip
    date = normalise_date(found("date")) if found("date") else ""
    named = found("editors1", "editors2")
    editors = authors if _THE_SAME.match(named) else split_names(named) if named else ()
    year = re.sub(r"[a-z]$", "", found("year", "year2"))
    if not date and "season" in groups:
        date = normalise_date(f"{groups['season']} {year}") or ""
    translators = split_names(found("translators"))
    return Work(
        kind, title.strip(" ,.*"), authors, editors, translators, date or normalise_date(year) or "",
        {name: value for name, value in data.items() if value}, locator, found("url", "url2"),
    )  # fmt: skip
