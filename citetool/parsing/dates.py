"""Dates in a citation: where one stands, and its EDTF.

Only the forms that people put in citations are looked for, so that box numbers and file codes are not taken for years;
what the found text means is `edtf.normalise_date`'s business.
"""

from __future__ import annotations

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy

_MONTHS_ELSEWHERE = {
    month: number
    for number, months in enumerate(
        (
            "stycznia ledna janeiro ianuarie ocak siječnja tammikuuta január",
            "lutego února fevereiro februarie şubat veljače helmikuuta február",
            "marca března março martie ožujka maaliskuuta március mart",
            "kwietnia dubna aprilie nisan travnja huhtikuuta április aprila",
            "maja května maio maj mayıs svibnja toukokuuta május",
            "czerwca června junho iunie haziran lipnja kesäkuuta június juna",
            "lipca července julho iulie temmuz srpnja heinäkuuta július jula",
            "sierpnia srpna avgust avgusta ağustos kolovoza elokuuta augusztus",
            "września září setembro septembrie eylül rujna syyskuuta szeptember septembra",
            "października října outubro octombrie ekim lokakuuta október oktobra oktobar",
            "listopadu listopada novembro noiembrie kasım studenog marraskuuta novembra novembar",
            "grudnia prosince dezembro decembrie aralık prosinca joulukuuta decembra decembar",
        ),
        1,
    )
    for month in months.split()
}  # fmt: skip  # those that `edtf` does not know
MONTHS = (
    r"(?:jan(?:uar[yi]?o?|vier)?|gennaio|feb(?:ruar[yi]?o?|braio|rero)?|févr?(?:ier)?|mar(?:ch|s|zo|t|et|ts)?|märz"
    r"|apr(?:il|ile)?|abr(?:il)?|avr(?:il)?|may|mai|mayo|maggio|mei|june?|juni|juin|junio|giugno|july?|juli"
    r"|juillet|julio|luglio|aug(?:ust|ustus|usti)?|août|ago(?:sto)?|sept?(?:ember|embre|tembre|tiembre)?"
    r"|set(?:tembre)?|o[ck]t(?:ober|obre|ubre|tobre)?|ottobre|out|nov(?:ember|embre|iembre)?"
    r"|de[cz](?:ember|embre)?|déc(?:embre)?|dic(?:iembre|embre)?"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь|fev"
    rf"|{'|'.join(_MONTHS_ELSEWHERE)}|spring|summer|autumn|fall|winter)\b\.?"
)
_Y = r"(?:1[0-9]|20)\d\d"
_D = r"\d{1,2}(?:st|nd|rd|th|er|\.)?\??"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_M = rf"\b{MONTHS}"
_DASH = r"\s?(?:[-–—/&]|to|and)\s?"
_ROMAN = r"(?:xi{0,2}|ix|iv|v?i{1,3}|v)"  # the month, as in Poland and Austria
_FULL = (
    rf"{_WEEKDAY}(?:{_M}\s+{_D}(?:{_DASH}(?:{_M}\s+)?{_D})?(?:,|\s)\s*(?:{_Y}|\[{_Y}\])"  # June 26-28, 1944
    rf"|{_D}(?:{_DASH}{_D})?(?:\s+de)?\s+{_M}(?:{_DASH}{_D}\s+{_M})?,?(?:\s+de)?\s*(?:{_Y}|\[{_Y}\])"  # 26-28 June 1944
    rf"|{_M}(?:{_DASH}{_M})?,?\s+(?:de\s+)?{_Y}"  # June-July 1944
    rf"|{_Y}-\d\d-\d\d(?!\d)|{_Y}\.?\s+{_M}\s+{_D}|\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_Y}|\d{{1,2}}/\d{{1,2}}/{_Y}"
    rf"|\d{{1,2}}(?:\.\s?|\s|-){_ROMAN}(?:\.\s?|\s|-){_Y})"  # 12 III 1933
)
_YEARISH = rf"(?:(?:early|mid|late)[- ])?{_Y}s?(?:\s?[-–—/]\s?(?:{_Y}|\d\d?(?!\d))s?)?"
_ERA = r"(?:\d{1,2}\s+[^\W\d_]{4,14}\s+1[0-4]\d\d\s*(?=[(\[]))?"  # `12 Safer 1277 (30 August 1860)`
_ABOUT = r"(?:(?:c\.?|ca\.?|circa|about|before|after|probably|received|dated)\s*)?"
_UNDATED = (
    r"n\.\s?d\.?|undated|no date|not dated|date unknown|o\.\s?d\.|s\.\s?d\.|z\.\s?d\.|undatiert|sans date|sin fecha"
    r"|б\.\s?д\."
)
DATE = lazy(
    rf"(?i){_ERA}[\[(]?{_ABOUT}(?:{_FULL}(?:\s?(?:[-–—]|to)\s?{_FULL})?)(?![\w/])\??[\])]?\??(?:,?\s+(?:г\.|года|r\.))?"
)
WHOLE = lazy(
    rf"(?i){_ERA}[\[(]?{_ABOUT}(?:{_FULL}(?:\s?(?:[-–—]|to)\s?{_FULL})?|{_YEARISH}(?: but undated| and undated)?"
    rf"|(?:{_UNDATED})(?:\s*[\[(](?:{_FULL}|{_YEARISH}))?)\??[\])]?\??(?:\s(?:г\.?|года|r\.?))?$"
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
_ELSEWHERE = lazy(rf"(?i)(\d{{1,2}})\.?\s+(?:de\s+)?({'|'.join(_MONTHS_ELSEWHERE)})\s+(?:de\s+)?({_Y})$")
_YEAR_WORD = lazy(r"\s+(?:г\.?|года|r\.?)$")
_OTHER_ERA = lazy(rf"{_ERA}[(\[]([^()\[\]]+)[)\]]$")
_ROMAN_MONTH = lazy(rf"(?i)(\d{{1,2}})[.\s-]+({_ROMAN})[.\s-]+(\d{{4}})$")
_MONTH_NUMBERS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_YEAR_BEFORE = lazy(r"(\d{4})\.?\s+([^\W\d_]+\.?)\s+(\d{1,2})\.?$")  # `1956. november 4.`
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
    if other_era := _OTHER_ERA.match(text):
        text = other_era.group(1)
    if roman := _ROMAN_MONTH.match(text):
        month = _MONTH_NUMBERS.index(roman.group(2).casefold()) + 1
        text = f"{roman.group(3)}-{month:02}-{int(roman.group(1)):02}"
    if before := _YEAR_BEFORE.match(text):
        text = f"{before.group(3)} {before.group(2)} {before.group(1)}"
    if other := _ELSEWHERE.match(text):
        text = f"{other.group(3)}-{_MONTHS_ELSEWHERE[other.group(2).casefold()]:02}-{int(other.group(1)):02}"
    text = _YEAR_ADDED.sub(r" \1", text)
    text = _DOUBTED_DAY.sub(r"\1\2?", text)
    plain = _BUT.sub("", text.strip().strip("[]()").strip())
    return normalise_date(plain) or normalise_date(text) or ""
