"""Dates in a citation: where one stands, and its EDTF.

Only the forms that people put in citations are looked for, so that box numbers and file codes are not taken for years;
what the found text means is `edtf.normalise_date`'s business.
"""

from __future__ import annotations

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy

MONTHS = (
    r"(?:jan(?:uar[yi]?o?|vier)?|gennaio|feb(?:ruar[yi]?o?|braio|rero)?|févr?(?:ier)?|fev(?:ereiro)?|mar(?:ch|s|zo|ço|t|et|ts)?|märz"
    r"|apr(?:il|ile)?|abr(?:il)?|avr(?:il)?|may|mai|mayo|maio|maggio|mei|maj|june?|juni|juin|junio|junho|giugno|july?|juli"
    r"|juillet|julio|julho|luglio|aug(?:ust|ustus|usti)?|août|ago(?:sto)?|sept?(?:ember|embre|tembre|tiembre|tembro)?"
    r"|set(?:embro|tembre)?|o[ck]t(?:ober|obre|ubre|tobre)?|ottobre|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?"
    r"|de[cz](?:ember|embre|embro)?|déc(?:embre)?|dic(?:iembre|embre)?"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
    r"|ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince"
    r"|spring|summer|autumn|fall|winter)\.?"
)
_Y = r"(?:1[0-9]|20)\d\d"
_D = r"\d{1,2}(?:st|nd|rd|th|er|\.)?\??"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_M = rf"\b{MONTHS}"
_DASH = r"\s?(?:[-–—/&]|to|and)\s?"
_FULL = (
    rf"{_WEEKDAY}(?:{_M}\s+{_D}(?:{_DASH}(?:{_M}\s+)?{_D})?(?:,|\s)\s*(?:{_Y}|\[{_Y}\])"  # June 26-28, 1944
    rf"|{_D}(?:{_DASH}{_D})?(?:\s+de)?\s+{_M}(?:{_DASH}{_D}\s+{_M})?,?(?:\s+de)?\s*(?:{_Y}|\[{_Y}\])"  # 26-28 June 1944
    rf"|{_M}(?:{_DASH}{_M})?,?\s+(?:de\s+)?{_Y}"  # June-July 1944
    rf"|{_Y}-\d\d-\d\d(?!\d)|{_Y}\s+{_M}\s+{_D}|\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_Y}|\d{{1,2}}/\d{{1,2}}/{_Y})"
)
_YEARISH = rf"(?:(?:early|mid|late)[- ])?{_Y}s?(?:\s?[-–—/]\s?(?:{_Y}|\d\d?(?!\d))s?)?"
_ABOUT = r"(?:(?:c\.?|ca\.?|circa|about|before|after|probably|received|dated)\s*)?"
_UNDATED = (
    r"n\.\s?d\.?|undated|no date|not dated|date unknown|o\.\s?d\.|s\.\s?d\.|z\.\s?d\.|undatiert|sans date|sin fecha"
    r"|б\.\s?д\."
)
DATE = lazy(rf"(?i)[\[(]?{_ABOUT}(?:{_FULL}(?:\s?(?:[-–—]|to)\s?{_FULL})?)(?![\w/])\??[\])]?\??(?:,?\s+(?:г\.|года))?")
WHOLE = lazy(
    rf"(?i)[\[(]?{_ABOUT}(?:{_FULL}(?:\s?(?:[-–—]|to)\s?{_FULL})?|{_YEARISH}(?: but undated| and undated)?"
    rf"|(?:{_UNDATED})(?:\s*[\[(](?:{_FULL}|{_YEARISH}))?)\??[\])]?\??(?:\s(?:г\.?|года))?$"
)
EXACT = lazy(rf"(?i)[\[(]?{_ABOUT}(?:{_FULL}|{_UNDATED})")
_ANY_YEAR = lazy(_Y)
_LEAD = lazy(r"(?i)(?:received|dated)\s+")
_GUESS = lazy(rf"(?i)(?:{_UNDATED})\s*[\[(]([^\[\]()]+)[\])]$")
_SHORT_RANGE = lazy(r"([12]\d\d)(\d)\s?[-–]\s?(\d)$")
_DOTTED = lazy(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")  # with stops the day comes first
_YEAR_FIRST = lazy(r"([12]\d{3}), ([A-Z][a-z]+\.?(?: \d{1,2})?)$")  # `1805, October 9`
_DOUBTED_DAY = lazy(r"(\d)\?(,?\s\d{4})(?!\?)")
_YEAR_ADDED = lazy(rf"\s\[({_Y})\]$")  # `4 June [1906]`
_MONTHS_ELSEWHERE = {
    month: number
    for number, months in enumerate(
        (
            "stycznia ledna janeiro", "lutego února fevereiro", "marca března março", "kwietnia dubna",
            "maja května maio maj", "czerwca června junho", "lipca července julho", "sierpnia srpna avgust",
            "września září setembro",
            "października října outubro", "listopada novembro", "grudnia prosince dezembro",
        ),
        1,
    )
    for month in months.split()
}  # fmt: skip  # those that `edtf` does not know; `listopadu` is Czech and November
_MONTHS_ELSEWHERE["listopadu"] = 11
_ELSEWHERE = lazy(rf"(?i)(\d{{1,2}})\.?\s+(?:de\s+)?({'|'.join(_MONTHS_ELSEWHERE)})\s+(?:de\s+)?({_Y})$")
_YEAR_WORD = lazy(r"\s+(?:г\.?|года)$")
_BUT = lazy(r"(?i),? (?:but|and) undated$")


def is_date(text: str) -> bool:
    """Return whether a text is a date and nothing else."""
    return len(text) < 60 and WHOLE.match(text) is not None


def find_date(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first date of at least a month and a year in `text[start:end]`, as a span."""
    if not _ANY_YEAR.search(text, start, end):
        return None
    found = DATE.search(text, start, end)
    if not found:
        return None
    first, last = found.span()
    while text[first] in "[(" and text[last - 1] not in ")]?":
        first += 1
    while text[last - 1] in ")]" and text[first] not in "[(":
        last -= 1
    if lead := _LEAD.match(text, first, last):
        first = lead.end()
    return first, last


def edtf_of(text: str) -> str:
    """Return the EDTF of a date as written, or an empty text where it is ambiguous or not understood."""
    guess = _GUESS.match(text)
    if guess:
        text = guess.group(1)
    if short := _SHORT_RANGE.match(text):
        return f"{short.group(1)}{short.group(2)}/{short.group(1)}{short.group(3)}"
    if dotted := _DOTTED.match(text):
        text = f"{dotted.group(3)}-{int(dotted.group(2)):02}-{int(dotted.group(1)):02}"
    if first := _YEAR_FIRST.match(text):
        text = f"{first.group(2)}, {first.group(1)}"
    text = _YEAR_WORD.sub("", text)
    if other := _ELSEWHERE.match(text):
        text = f"{other.group(3)}-{_MONTHS_ELSEWHERE[other.group(2).casefold()]:02}-{int(other.group(1)):02}"
    text = _YEAR_ADDED.sub(r" \1", text)
    text = _DOUBTED_DAY.sub(r"\1\2?", text)
    plain = _BUT.sub("", text.strip().strip("[]()").strip())
    return normalise_date(plain) or normalise_date(text) or ""
