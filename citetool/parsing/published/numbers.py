"""The numbers that end the citation of a printed work: volume, issue, year or day, pages, the page that is meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy

_MONTH = (
    r"(?:[Jj]an(?:uary|uar|vier)?|[Ff]eb(?:ruary|ruar)?|[Ff]évrier|[Mm]ar(?:ch|s|zo)?|[Mm]ärz|[Aa]pr(?:il)?|[Aa]vril|[Aa]bril|[Aa]prile"
    r"|[Mm]ay|[Mm]ai|[Mm]ayo|[Mm]aggio|[Jj]une?|[Jj]uni|[Jj]uin|[Jj]unio|[Gg]iugno|[Jj]uly?|[Jj]uli|[Jj]uillet|[Jj]ulio|[Ll]uglio"
    r"|[Aa]ug(?:ust)?|[Aa]oût|[Aa]gosto|[Ss]ept?(?:ember|embre|iembre)?|[Ss]ettembre|[Oo]ct(?:ober|obre|ubre)?|[Oo]kt(?:ober)?|[Oo]ttobre"
    r"|[Nn]ov(?:ember|embre|iembre)?|[Dd]ec(?:ember)?|[Dd]ez(?:ember)?|[Dd]écembre|[Dd]iciembre|[Dd]icembre|[Gg]ennaio|[Ee]nero|[Ff]ebbraio|[Ff]ebrero"
    r"|Spring|Summer|Autumn|Fall|Winter|Frühjahr|Frühling|Sommer|Herbst|[Pp]rintemps|[Éé]té|[Aa]utomne|[Hh]iver)"
)
_PAGE_WORD = r"(?:pp?|S|s|Sp|Seiten?|[Pp]ages?|[Pp]ágs?|[Pp]p|с|С|str|cols?)"
_MARKER = (
    r"(?:pp?|[Pp]p|S|s|Sp|Seiten?|[Pp]ages?|[Pp]ágs?|с|С|str|cols?|[Vv]ols?|[Vv]olume|Bde?|Band|Jg|Jahrg|Jahrgang|[Tt]|[Tt]om[eo]|Т|т|№"
    r"|[Nn]|[Nn]\.?[°º]|[Nn]os?|[Nn]r|[Nn]úm|[Nn]um|[Ii]ss|[Ii]ssue|H|Hefte?|fasc|[Pp]art|pt|ser|ff?|sqq?|ss|hier|here|ici|at|esp|bes|bzw|passim"
    r"|insbes|insbesondere|besonders|Sonderheft|année|anno|et|and|und|u|N\.\s?F|n\.\s?s|Вып|вып|[Ff]olge|[Cc]h|[Cc]hap|[Cc]hapter|[Kk]ap|cap)"
)
_TOKEN = lazy(
    rf"[(\[,.:;/–—-]*(?:{_MARKER}\.?[°º]?|{_PAGE_WORD}\.\d[\d–,-]*|[Nn][°º]\d+|{_MONTH}\.?(?:[-–/]{_MONTH}\.?)?|[IVX]+|[IVXLCDM]{{2,}}|[ivxlc]+(?:[–—-][ivxlc]+)?"
    r"|(?:[A-Z]|n|nn|pp?)?\d[\d.,:;/()\[\]–—-]*[a-zA-Z]{0,2}(?:\d+)?(?:[.,:;/()\[\]–—-]+[A-Z]?\d[\d.,:;/()\[\]–—-]*[a-z]{0,2})*|[–—-]|n\.d)[),.:;\]]*$"
)
_DIGIT = re.compile(r"\d")
_YEAR = r"(?:1[4-9]\d\d|20\d\d)"
_RANGE = r"(?:[A-Z]?\d+(?:\s?[–—-]+\s?[A-Z]?\d+)?(?:nn?\.?(?:\s?\d+)?)?|[ivxlc]+(?:[–—-][ivxlc]+)?|passim)"
_PAGES = (
    rf"{_RANGE}(?:\s?(?:ff?|sqq?|ss)\.?(?!\w))?"
    rf"(?:(?:,|\sand|\set|\sund)\s?(?!{_YEAR}(?!\d))\d+(?:[–—-]\d+)?(?!\d|\.\s?\d))*"
)
_EXPLICIT = lazy(
    rf"(?<!\w)(?P<here>(?:hier|here|ici|at|esp\.?|insbes(?:ondere|\.)?|besonders|bes\.?|bzw\.?)?,?\s*){_PAGE_WORD}\.?\s?(?P<pages>{_PAGES})(?!\w)"
)
_HERE = lazy(rf"[,;]\s?(?:hier|here|ici|at|esp\.?|bes\.?)\s(?P<pages>{_PAGES})(?!\w)")
_TOTAL = lazy(
    r",\s?cols?\.\s?\w+$|[,.;]?\s\(?\d{2,4}\s?(?:pp?|S|s|str|pages|Seiten|с)\.?\)?(?:\s\([A-ZÀ-Þ][^()\d]{2,60}\))?$"
)
_ROMAN_NEXT = lazy(r"[IVXLC]+[,.:]")
_SECTION = lazy(
    r",\s(?:[Ss]ec(?:t|tion)?\.?\s\w+|(?P<edition>(?:\w+\s){1,2}[Ee]d(?:ition|\.)|(?:Morgen|Abend|Mittag|Spät)[\w-]*))"
    r"(?=,\s(?:(?:pp?|S)\.\s)?\w?\d|$)"
)
_SERIES = lazy(rf"{_YEAR}(\s\((?:=\s)?(?P<series>[A-ZÀ-Þ](?![^()]*{_YEAR})[^():]{{4,80}})\))(?=,|\.?$)")
_BEHIND = lazy(rf"(?:(?P<mark>:)|[),.])\s?(?P<pages>(?!{_YEAR},){_PAGES})$")
_WHOLE = lazy(r"\)[,:]\s(?P<pages>\d+[–—-]\d+)[\s(),]*$")
_ALONE = lazy(r"(?P<pages>\d{1,3}[–—-]\d{1,3})\.?")
_DATE = lazy(
    rf"(?P<date>(?:\d{{1,2}}\.?(?:er)?\s)?(?:de\s)?{_MONTH}\.?(?:[-–/]{_MONTH}\.?)?(?:\s\d{{1,2}})?,?\s(?:de\s)?(?P<year>{_YEAR})"
    rf"|(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year2>{_YEAR}))"
)
_IN_BRACKETS = lazy(rf"\((?:[^()]*?[\s/,])?(?P<year>{_YEAR}(?:[-–/]\d{{2,4}})?)[a-z]?\)")
_BARE_YEAR = lazy(rf"(?<![\d–—-])(?P<year>{_YEAR}(?:[-–/](?:\d{{4}}|\d\d))?)[a-z]?(?![\d–—-])")
_ROMAN_OR_NUMBER = lazy(r"(?<!\w)(?:\d+[a-zA-Z]?(?:[-–]\d+)?(?:-[A-Z])?|[IVXLCDM]+|[ivx]{{1,4}})(?!\w)")
_ISSUE_WORD = lazy(
    r"(?:[Nn]\.?[°º]|[Nn]os?\.?|[Nn]r\.?|[Nn]úm\.?|[Nn]um\.?|[Ii]ss(?:ue)?\.?|Hefte?|H\.|№)\s?(?P<issue>\d+(?:[-–/]\d+)?)"
)
_CHAPTER = lazy(r"(?P<name>(?:[Cc]h|[Cc]hap|[Kk]ap|cap)\.)\s?(?P<number>\d+|[ivxlIVXL]+)")


class Numbers(NamedTuple):
    """The numbers at the end of a text, which begin at `start`; what there is not is empty."""

    start: int
    volume: str = ""
    issue: str = ""
    year: str = ""
    date: str = ""
    pages: str = ""
    here: str = ""
    bracketed: bool = False
    edition: str = ""
    series: str = ""


def numbers_at_end(text: str, *, dated: bool = False) -> Numbers:
    """Return the numbers that a text ends with; a word that is none of a volume, date or page ends them.

    `dated` says that the year stands elsewhere, as in APA.
    """
    text = _TOTAL.sub("", text.rstrip(" .,;"))
    series = _SERIES.search(text)
    if series:
        text = text[: series.start(1)] + "," * (series.end(1) - series.start(1)) + text[series.end(1) :]
    section = _SECTION.search(text)
    if section:
        text = text[: section.start()] + "," * (section.end() - section.start()) + text[section.end() :]
    start = _run(text)
    run = text[start:]
    if not _DIGIT.search(run) and not run.strip(" .,").islower():
        return Numbers(len(text))
    found = _read(run, start, dated=dated)
    edition = section["edition"] if section else ""
    return found._replace(edition=edition or "", series=series["series"] if series else "")


def _run(text: str) -> int:
    """Return where the words begin of which all up to the end are numbers, months, or words for such."""
    start = len(text)
    while start > 0:
        space = text.rfind(" ", 0, start - 1 if text[start - 1] == " " else start)
        word = text[space + 1 : start].strip()
        if word and not _TOKEN.match(word):
            break
        start = space + 1
        if space < 0:
            return 0
    while start < len(text) and not _DIGIT.match(text, start):
        # a word that goes before no number belongs to what is before: `in March`, `Philip II`
        end = text.find(" ", start)
        if end < 0:
            return len(text)
        if _DIGIT.search(text[start : end + 6]) or text[start] == "(" or _ROMAN_NEXT.match(text, end + 1):
            break
        start = end + 1
    return start


def _read(run: str, start: int, *, dated: bool) -> Numbers:
    found: dict[str, str] = {}
    rest = run
    if match := _CHAPTER.search(rest):
        found["pages"] = match[0]
        rest = rest[: match.start()] + rest[match.end() :]
    for match in _EXPLICIT.finditer(run):
        if "bzw" not in match["here"]:
            name = "here" if "pages" in found or match["here"].strip(" ,") else "pages"
            found.setdefault(name, match["pages"])
        rest = rest.replace(match[0], " ", 1)
    if "pages" in found and "here" not in found and (whole := _WHOLE.search(rest)):
        found["here"], found["pages"] = found["pages"], whole["pages"]  # `16 (1981), 521–40 (p. 530)`
        rest = rest[: whole.start() + 1]
    if match := _HERE.search(rest):
        found["here"] = match["pages"]
        rest = rest.replace(match[0], " ", 1)
    rest = rest.strip(" .,;")
    day = _DATE.search(rest)
    year = _IN_BRACKETS.search(rest)
    if (
        "pages" not in found
        and (behind := _BEHIND.search(rest))
        and (
            (behind["mark"] and not _BARE_YEAR.fullmatch(behind["pages"]))
            or _year_before(rest, behind.start())
            or (dated and _DIGIT.search(rest[: behind.start()]))
        )
    ):
        found["pages"] = behind["pages"]
        rest = rest[: behind.start() + 1]
    elif "pages" not in found and (alone := _ALONE.fullmatch(rest)):
        found["pages"], rest = alone["pages"], ""
    bracketed = year is not None
    bare = list(_BARE_YEAR.finditer(rest))
    year = year or (bare[-1] if bare else None)
    if day:
        written = " ".join(day["date"].replace(" de ", " ").split())
        if day["day"]:  # with stops the day goes before the month
            written = f"{day['year2']}-{day['month']:0>2}-{day['day']:0>2}"
        found["date"] = normalise_date(written) or ""
        found["year"] = day["year"] or day["year2"]
        rest = rest.replace(day[0], " ", 1)
    elif year is not None:
        found["year"] = re.sub(r"[a-z]$", "", year["year"])
        rest = rest[: year.start()] + " " + rest[year.end() :]
    if issue := _ISSUE_WORD.search(rest):
        found["issue"] = issue["issue"]
        rest = rest[: issue.start()] + " " + rest[issue.end() :]
    names = ["volume", "issue"] if "issue" not in found else ["volume"]
    for name, number in zip(names, _ROMAN_OR_NUMBER.findall(rest), strict=False):
        found[name] = number
    return Numbers(start, bracketed=bracketed, **found)


def _year_before(rest: str, place: int) -> bool:
    """Return whether a year stands before the place, so that what follows is a page; else it may be the year itself."""
    return _BARE_YEAR.search(rest[:place]) is not None or _IN_BRACKETS.search(rest[: place + 1]) is not None
