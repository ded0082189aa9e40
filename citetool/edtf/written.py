"""Dates as people and catalogues write them, to EDTF text; and such dates inside a longer text.

A text becomes a row of tokens (tokens.py); a word that no date has ends the matter at once, so prose is rejected
quickly. Items of the row are looked up in a table (items.py), here they are put together to lists. What can be read
in two ways (`03/04/1950`) is not guessed.

Left out: time of day is dropped; words that EDTF cannot hold (`early 1950s`, `Easter 1944`) are not understood.
"""

from __future__ import annotations

from citetool.lazy_re import lazy
from citetool.problems import InputError

from .grammar import read
from .items import UNKNOWN_DATE, is_complete, read_item
from .model import OPEN, Date, DateSet, Edtf, Interval
from .tokens import Tokens, token_runs, tokenise
from .words import UNDATED

_MOST_LETTERS = 160  # no written date is longer: a pasted page is soon refused
_MOST_TOKENS = 14  # of one item inside a text
_PLAIN = lazy(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?")
_COMPACT = lazy(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_EDTF = lazy(r"(?!-[1-9])[0-9XY.\[{?~%/-][0-9XYTZES.,:\]}?~%/+-]*")
_CLOCK = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9]){0,2}"
_NOON = r"\s?(?:[ap]\.?\s?m\.?|noon)"
_TIME = lazy(
    rf",?\s(?:at\s)?(?:{_CLOCK}(?:{_NOON})?\s?[-–]\s?)?"
    rf"(?:{_CLOCK}{_NOON}|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\s?[+-][0-9]{{4}})?|[0-2][0-9][0-5][0-9]Z)\Z"
)
_BRACKETS = str.maketrans(dict.fromkeys("[]()<>"))
_SEPARATORS = ",&|"

_STARTS = frozenset("MDYSECBATRUH!")
_ENDS = frozenset("YEMDNSQHPUAB-R")
_BARE = frozenset("YEQCN")  # shapes of these alone are only a number to the eye
# What a number that looks like a year may be the number of.
_NUMBERED = lazy(
    r"(?i)(?:\b(?:box|boxes|bx|folder|folders|fldr|file|reel|roll|frame|container|carton|case|no|nos|nr|num|number|vol|"
    r"volume|item|entry|lot|page|pages|p|pp|ms|mss|rg|series|piece|doc|document|fond|fonds|opis|op|delo|list|f|d|l|"
    r"ф|оп|д|л|лл|ед|хр)\.?|[#№:/])\s*\Z"
)


def normalise_date(text: str) -> str | None:
    """Return the EDTF text of a written date (`XXXX` when it says undated); None when it is not understood or
    ambiguous.

    EDTF text comes back as it is, unless people mean something else by it (`1939-41` is 1939 to 1941, not a half
    year). `between` gives one of a range, `before` and `after` exclude the date they name, a list gives all its
    dates; bulk dates, undated parts beside dated ones and the time of day are dropped.

        >>> normalise_date("June 26-28, 1944"), normalise_date("ca. 1936"), normalise_date("03/04/1950")
        ('1944-06-26/1944-06-28', '1936~', None)
    """
    if _PLAIN.fullmatch(text):
        return text
    if len(text) > _MOST_LETTERS:
        return None
    text = text.strip()
    if text[:1] == "[" and ("," in text or ".." in text):
        as_edtf = _as_edtf(text)
        if as_edtf is not None:
            return as_edtf
    plain = text.translate(_BRACKETS).strip(" \t\n,;:")
    if plain.rstrip("- ").lower() in UNDATED:
        return "XXXX"
    compact = _COMPACT.fullmatch(plain)
    if compact:
        plain = "-".join(compact.groups())
    tokens = tokenise(plain if plain.endswith("d.") else plain.rstrip("."))
    found = _read_all(tokens) if tokens is not None else None
    if found is not None:
        return str(found)
    as_edtf = _as_edtf(text)
    if as_edtf is None and (":" in plain or plain.endswith(("m", "m.", "Z", "noon"))):
        without_time = _TIME.sub("", plain)
        return normalise_date(without_time) if without_time != plain else None
    return as_edtf


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Start, end and EDTF text of each written date in a text: in order, apart, each as long as it can be.

    Only dates with a year (1000 to 2100) or a word for undated count, one date or range at a time; a number that is
    part of a word, or a bare year after a word like `Box`, does not.

        >>> find_dates("Memo, May 8, 1979, RG 59, Box 1944")
        [(6, 17, '1979-05-08')]
    """
    found: list[tuple[int, int, str]] = []
    for tokens in token_runs(text):
        start, count = 0, len(tokens.shape)
        while start < count:
            end = _longest(text, tokens, start) if tokens.shape[start] in _STARTS else None
            if end is None:
                start += 1
                continue
            item = read_item(tokens, start, end)
            found.append((tokens.spans[start][0], tokens.spans[end - 1][1], str(item)))
            start = end
    return found


def _longest(text: str, tokens: Tokens, start: int) -> int | None:
    """Return the end of the longest date that starts at this token."""
    first = tokens.spans[start][0]
    if first and (text[first - 1].isalnum() or text[first - 1] in "-–/._@"):
        return None
    for end in range(min(start + _MOST_TOKENS, len(tokens.shape)), start, -1):
        if tokens.shape[end - 1] not in _ENDS:
            continue
        item = read_item(tokens, start, end)
        if item is None or not _is_found(item):
            continue
        shape, last = tokens.shape[start:end], tokens.spans[end - 1][1]
        if shape in ("D/Y", "Y/D") or shape[-3:] in ("Y,M", "Y,S") or shape[-1] == "-" or _goes_on(text, last):
            continue
        if _BARE.issuperset(shape.replace("-", "")) and _NUMBERED.search(text, max(first - 12, 0), first):
            continue
        return end
    return None


def _goes_on(text: str, end: int) -> bool:
    """Return whether a word or number continues after this place: `1944-06-26T10`, `1944.12`, `1944/1`."""
    following = text[end : end + 2]
    return following[:1].isalnum() or (following[:1] in ("-", "/", ".") and following[1:].isdecimal())


def _is_found(item: Edtf) -> bool:
    dates = item.dates if isinstance(item, Interval) else (item,) if isinstance(item, Date) else ()
    if any(not is_complete(date) for date in dates):
        return False
    return all(date.year is None or 1000 <= date.year <= 2100 for date in dates)


def _as_edtf(text: str) -> str | None:
    """Return the canonical form of a text that is EDTF already."""
    if len(text) < 4 or not _EDTF.fullmatch(text):
        return None
    try:
        return str(read(text))
    except InputError:
        return None


def _read_all(tokens: Tokens) -> Edtf | None:
    """Read all the tokens, with inclusive and bulk dates told apart."""
    shape = tokens.shape
    bulk = shape.find("K")
    if bulk < 0:
        return _read_list(tokens, 0, len(shape))
    rest = _read_list(tokens, bulk + 1, len(shape))
    if rest is None or not bulk:
        return rest
    return _read_list(tokens, 0, len(shape[:bulk].rstrip(_SEPARATORS)))


def _read_list(tokens: Tokens, start: int, end: int) -> Edtf | None:
    """Return the items between commas, `and` or `or`, each as long as it can be, as one set; one item as itself."""
    items: list[Edtf] = []
    shape = tokens.shape
    ends = [index for index in range(start, end) if shape[index] in _SEPARATORS]
    ends.append(end)
    undated = False
    while start < end and shape[start] == ",":  # `Friday, June 26, 1944`
        start += 1
    while start < end:
        for stop in reversed([index for index in ends if index > start][:5]):
            item = read_item(tokens, start, stop)
            if item is not None:
                break
        else:
            return None
        if item is UNKNOWN_DATE:
            undated = True
        else:
            items.append(item)
        start = stop
        while start < end and shape[start] in _SEPARATORS:
            start += 1
    if not items:
        return UNKNOWN_DATE if undated else None
    return _joined(items, all_of="|" not in shape)


def _joined(items: list[Edtf], *, all_of: bool) -> Edtf | None:
    """Return the items as one value, after those without a year have taken it from the next; None if one has none."""
    members: list[Date | Interval] = []
    following: Date | None = None
    for item in reversed(items):
        if isinstance(item, DateSet):
            return item if len(items) == 1 else None
        for date in reversed(item.dates if isinstance(item, Interval) else (item,)):
            if date.year is None and following is not None:
                date.year = following.year
                date.month = following.month if date.month is None and date.season is None else date.month
            if not is_complete(date):
                return None
            following = date
        members.insert(0, item)
    if len(members) == 1:
        return members[0]
    for member in members:
        if isinstance(member, Interval) and not _is_member(member, last=member is members[-1]):
            return None
    return DateSet(tuple(members), all_of=all_of)


def _is_member(interval: Interval, *, last: bool) -> bool:
    """Return whether the interval can stand in a set: with known ends in order, open only at the end of the last."""
    if interval.start is None or interval.end is None or interval.start is OPEN:
        return False
    if interval.end is OPEN:
        return last
    first, final = interval.earliest, interval.latest
    return first is not None and final is not None and first <= final
