"""Dates in a citation: where one stands, and its EDTF.

Only the forms that people put in citations are looked for, so that box numbers and file codes are not taken for years;
what the found text means is `edtf.normalise_date`'s business.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy

from .folding import word_set

if TYPE_CHECKING:
    import re

_MONTH_WORDS = (
    "jan january januar jänner januari janvier janv enero ene janeiro gennaio stycznia ledna ianuarie ocak"
    " siječnja tammikuuta január января январь janúar januarja januára sausio janvāris janvārī јануар јануара"
    " jaanuar jaanuari січня студзеня януари ιανουαρίου",
    "feb february februar feber februari février févr fevrier febrero fevereiro fev febbraio lutego února"
    " februarie şubat veljače helmikuuta február февраля февраль febrúar februarja vasario februāris februārī"
    " фебруар фебруара лютого лютага февруари φεβρουαρίου veebruar veebruari",
    "mar march märz mars marzo março maart mrt marts marca března martie ožujka maaliskuuta március mart марта"
    " март marta kovo martā märts märtsi березня сакавіка μαρτίου",
    "apr april avril avr abril abr aprile kwietnia dubna aprilie nisan travnja huhtikuuta április aprila апреля"
    " апрель apríl balandžio aprīlis aprīlī aprill aprilli април априла квітня красавіка απριλίου",
    "may mai mayo maio maggio mei maj maja května mayıs svibnja toukokuuta május мая май maí gegužės maijs maijā"
    " мај маја травня траўня μαΐου",
    "jun june juni juin junio junho giugno czerwca června iunie haziran lipnja kesäkuuta június juna июня июнь"
    " júní birželio jūnijs jūnijā juuni јун јуна червня чэрвеня юни ιουνίου",
    "jul july juli juillet juil julio julho luglio lipca července iulie temmuz srpnja heinäkuuta július jula июля"
    " июль júlí liepos jūlijs jūlijā juuli јул јула липня ліпеня юли ιουλίου",
    "aug august août aout augusti augustus agosto ago sierpnia srpna avgust avgusta ağustos kolovoza elokuuta"
    " augusztus августа август ágúst augusta rugpjūčio augusts augustā серпня жніўня αυγούστου",
    "sep sept september septembre septiembre setiembre settembre setembro set września září septembrie eylül"
    " rujna syyskuuta szeptember septembra сентября сентябрь rugsėjo septembris septembrī септембар септембра"
    " вересня верасня септември σεπτεμβρίου",
    "oct october oktober okt octobre octubre ottobre outubro out października října octombrie ekim lokakuuta"
    " október oktobra oktobar октября октябрь spalio oktobris oktobrī октобар октобра жовтня кастрычніка октомври"
    " οκτωβρίου",
    "nov november novembre noviembre novembro listopada listopadu noiembrie kasım studenog marraskuuta novembra"
    " novembar ноября ноябрь nóvember lapkričio novembris novembrī новембар новембра листопада лістапада ноември"
    " νοεμβρίου",
    "dec december dez dezember décembre déc decembre diciembre dic dicembre dezembro grudnia prosince decembrie"
    " aralık prosinca joulukuuta decembra decembar декабря декабрь desember gruodžio decembris decembrī децембар"
    " децембра грудня снежня декември δεκεμβρίου",
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}


_DATE_WORDS = frozenset(_MONTH_OF) | word_set(
    "spring summer autumn fall winter mon monday tue tues tuesday wed wednes wednesday thu thurs thursday fri friday"
    " sat saturday sun sunday circa about before after probably received dated and early mid late but undated date not"
    " unknown undatiert sans sin fecha года iii vii viii xii"
)  # of three letters or more; those of months are told apart behind the pattern, which would be slow with all of them
_Y = r"(?:1[0-9]|20)\d\d"
_D = r"\d{1,2}(?:st|nd|rd|th|er|\.)?\??"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
MONTH = r"\b[^\W\d_]{3,14}(?![^\W\d_])\.?"  # as far as its form tells
_DASH = r"\s?(?:[-–—/&]|to|and)\s?"
_ROMAN = r"(?:xi{0,2}|ix|iv|v?i{1,3}|v)"  # the month, as in Poland and Austria
_FULL = (
    rf"{_WEEKDAY}(?:{MONTH}\s+{_D}(?:{_DASH}(?:{MONTH}\s+)?{_D})?(?:,|\s)\s*(?:{_Y}|\[{_Y}\])"  # June 26-28, 1944
    rf"|{_D}(?:{_DASH}{_D})?(?:\s+de)?\s+{MONTH}(?:{_DASH}{_D}\s+{MONTH})?"  # 6-8 June 1944
    rf",?(?:\s+de)?\s*(?:{_Y}|\[{_Y}\])"
    rf"|{MONTH}(?:{_DASH}{MONTH})?,?\s+(?:de\s+)?{_Y}"  # June-July 1944
    rf"|{_Y}-\d\d-\d\d(?!\d)|{_Y}\.?\s+{MONTH}\s+{_D}|\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_Y}|\d{{1,2}}/\d{{1,2}}/{_Y}"
    rf"|(?:{_Y}|(?:明治|大正|昭和|平成|民國|民国)(?:\d{{1,2}}|元))年\d{{1,2}}月\d{{1,2}}日"
    rf"|\d{{1,2}}(?:\.\s?|\s|-){_ROMAN}(?:\.\s?|\s|-){_Y})"  # 12 III 1933
)
_YEARISH = rf"(?:(?:early|mid|late)[- ])?{_Y}s?(?:\s?[-–—/]\s?(?:{_Y}|\d\d?(?!\d))s?)?"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_TWO_DIGITS = rf"(?:{_DAY}/{_MONTH}|{_MONTH}/{_DAY})/\d\d"  # `3/3/44`, where nothing stands beside it
# `12 Safer 1277 (30 August 1860)`, `15 Ra 1305 (1 Aralık 1887)`
_ERA = r"(?:\d{1,2}\.?\s+(?:[^\W\d_]{4,14}|(?-i:[A-ZŞ][a-z]?)\.?)\s+1[0-4]\d\d\s*(?=[(\[]))?"
# before the day: `Paris, le 5 juin 1928`
_LEADS = r"(?:le|den|el|il|em|dne|dnia|z dnia|ze dnia|od|am|vom|от|від|од)\b"
_ABOUT = rf"(?:(?:c\.?|ca\.?|circa|about|before|after|probably|received|dated)\s*|\b{_LEADS}\s(?=\d))?"
_YEAR = r"(?:г\.?|года|год\.?|р\.?|року|r\.?|roku|god\.?|godine)"  # the word for it behind its number
_UNDATED = (
    r"n\.\s?d\.?|undated|no date|not dated|date unknown|o\.\s?d\.|s\.\s?d\.|z\.\s?d\.|undatiert|sans date|sin fecha"
    r"|б\.\s?д\."
)
_DATE = lazy(
    rf"(?i){_ERA}[\[(]?{_ABOUT}(?:{_FULL}(?:\s?(?:[-–—]|to)\s?{_FULL})?)(?![\w/])\??[\])]?\??(?:,?\s+{_YEAR}(?!\w))?"
)
_WHOLE = lazy(
    rf"(?i){_ERA}[\[(]?{_ABOUT}(?:{_FULL}(?:\s?(?:[-–—]|to)\s?{_FULL})?|{_YEARISH}(?: but undated| and undated)?"
    rf"|{_TWO_DIGITS}"
    rf"|(?:{_UNDATED})(?:\s*[\[(](?:{_FULL}|{_YEARISH}))?)\??[\])]?\??(?:\s{_YEAR})?$"
)
_EXACT = lazy(rf"(?i){_ERA}[\[(]?{_ABOUT}(?:{_FULL}|{_UNDATED})")
_ANY_YEAR = lazy(_Y)
_LEAD = lazy(rf"(?i)(?:received|dated|{_LEADS})\s+")
_GUESS = lazy(rf"(?i)(?:{_UNDATED})\s*[\[(]([^\[\]()]+)[\])]$")
_SHORT_RANGE = lazy(r"([12]\d\d)(\d)\s?[-–]\s?(\d)$")
_DOTTED = lazy(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")  # with stops the day comes first
_SIGNS = lazy(r"(?P<era>\D*)(?P<year>\d{1,4}|元)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日$")
_ERAS = {"": 0, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "民國": 1911, "民国": 1911}  # the year before
_YEAR_FIRST = lazy(r"([12]\d{3}), ([A-Z][a-z]+\.?(?: \d{1,2})?)$")  # `1805, October 9`
_DOUBTED_DAY = lazy(r"(\d)\?(,?\s\d{4})(?!\?)")
_YEAR_ADDED = lazy(rf"\s\[({_Y})\]$")  # `4 June [1906]`
_DAY_FIRST = lazy(rf"(?i)(\d{{1,2}})\.?\s+(?:de\s+)?({MONTH})\s+(?:de\s+)?({_Y})$")
_YEAR_WORD = lazy(rf"(?i)\s+{_YEAR}$")
_OTHER_ERA = lazy(rf"{_ERA}[(\[]([^()\[\]]+)[)\]]$")
_ROMAN_MONTH = lazy(rf"(?i)(\d{{1,2}})[.\s-]+({_ROMAN})[.\s-]+(\d{{4}})$")
_MONTH_NUMBERS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_YEAR_BEFORE = lazy(r"(\d{4})\.?\s+([^\W\d_]+\.?)\s+(\d{1,2})\.?$")  # `1956. november 4.`
_WORD = lazy(r"[^\W\d_]{3,}")
_BEFORE_BRACKET = lazy(rf"{_ERA}")
_BUT = lazy(r"(?i),? (?:but|and) undated$")


# what stands between a description and its date: `minute of 5 May`, `Notat af 12. april`
BEFORE_DATE = lazy(rf"(?:\s(?:of|from|for|dated|on|v\.|du|del|van|af|av|fra|från|de|z|på|din|{_LEADS}))*\s*$")


def is_month(word: str) -> bool:
    """Return whether a word is the name of a month, short or in full, in a tongue that is known here."""
    return word.casefold().rstrip(".") in _MONTH_OF


def has_date_words(text: str) -> bool:
    """Return whether all longer words of a text are those of dates; a date of another era may come first."""
    other = _BEFORE_BRACKET.match(text)
    return all(word.casefold() in _DATE_WORDS for word in _WORD.findall(text, other.end() if other else 0))


def _is_told(found: re.Match[str] | None) -> bool:
    return found is not None and has_date_words(found[0])


@lru_cache(maxsize=1024)
def is_whole(text: str) -> bool:
    """Return whether a text is a date and nothing else: of a year at least, or said to be missing."""
    return _is_told(_WHOLE.match(text))


@lru_cache(maxsize=1024)
def begins_with_date(text: str) -> bool:
    """Return whether a text begins with a date of at least a month, or with a word for none."""
    return _is_told(_EXACT.match(text))


def is_date(text: str) -> bool:
    """Return whether a text is a date and nothing else, and short."""
    return len(text) < 60 and is_whole(text)


def find_date(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first date of at least a month and a year in `text[start:end]`, as a span."""
    if not _ANY_YEAR.search(text, start, end) and "年" not in text:
        return None
    found = _DATE.search(text, start, end)
    while found and not _is_told(found):
        found = _DATE.search(text, found.start() + 1, end)
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
    if (signs := _SIGNS.match(text)) and signs["era"] in _ERAS:
        year = _ERAS[signs["era"]] + (1 if signs["year"] == "元" else int(signs["year"]))
        text = f"{year}-{int(signs['month']):02}-{int(signs['day']):02}"
    if first := _YEAR_FIRST.match(text):
        text = f"{first.group(2)}, {first.group(1)}"
    text = _YEAR_WORD.sub("", text)
    if lead := _LEAD.match(text):
        text = text[lead.end() :]
    if other_era := _OTHER_ERA.match(text):
        text = other_era.group(1)
    if roman := _ROMAN_MONTH.match(text):
        month = _MONTH_NUMBERS.index(roman.group(2).casefold()) + 1
        text = f"{roman.group(3)}-{month:02}-{int(roman.group(1)):02}"
    if before := _YEAR_BEFORE.match(text):
        text = f"{before.group(3)} {before.group(2)} {before.group(1)}"
    if (other := _DAY_FIRST.match(text)) and (month := _MONTH_OF.get(other.group(2).casefold().rstrip("."), 0)):
        text = f"{other.group(3)}-{month:02}-{int(other.group(1)):02}"
    text = _YEAR_ADDED.sub(r" \1", text) if text[-1:] == "]" else text
    text = _DOUBTED_DAY.sub(r"\1\2?", text) if "?" in text else text
    plain = _BUT.sub("", text.strip().strip("[]()").strip())
    return normalise_date(plain) or normalise_date(text) or ""
