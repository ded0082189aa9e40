"""`cs:date`: localized and own formats, ranges, seasons, years before Christ, and the year suffix.

A date is compiled to a list of parts. A range prints the parts that do not differ once: SPEC (CSL 1.0.2, "Date
Ranges"): the range delimiter stands between the parts that differ, and belongs to the largest of them. In sort keys
a date is its digits, so that text order is time order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.context import no_value
from citetool.csl.compile.formatting import affix, compile_wrap, format_marks, rich_text, strip_periods, strips_periods
from citetool.csl.items.citation_label import letters_of
from citetool.csl.items.numbers import ordinal
from citetool.output.textcase import apply_text_case
from citetool.output.tree import Affix, Out, Span

from .text import YEAR_SUFFIX

if TYPE_CHECKING:
    from citetool.csl.compile.context import CompileContext, Fn
    from citetool.csl.compile.state import State
    from citetool.csl.items.dates import CslDate, Triple
    from citetool.csl.style.locale import Locale
    from citetool.csl.style.nodes import Node

_ALL = ("year", "month", "day")
_FIRST_YEAR_WITHOUT_ERA = 500
_NOTHING: Out = []
_RANK = {"year": 0, "month": 1, "day": 2}
_FORMAT_KEYS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align", "text-case",
                "strip-periods", "prefix", "suffix", "form", "range-delimiter")  # fmt: skip


class DatePart:
    """One compiled `cs:date-part`: how to print its value, and what stands around it."""

    __slots__ = ("case", "delimiter", "form", "marks", "name", "prefix", "strip", "suffix")

    def __init__(self, attrs: dict[str, str]) -> None:
        self.name = attrs.get("name", "")
        self.form = attrs.get("form", "")
        self.prefix = affix(attrs.get("prefix"))
        self.suffix = affix(attrs.get("suffix"))
        self.marks = format_marks(attrs)
        self.case = attrs.get("text-case", "")
        self.strip = attrs.get("strip-periods") == "true"
        self.delimiter = attrs.get("range-delimiter") or "–"


def compile_date(node: Node, context: CompileContext) -> Fn | None:
    """Return the function of a `cs:date`."""
    variable = node.attrs.get("variable", "")
    if variable not in context.vars:
        return no_value
    attrs, parts = _parts_of(node, context.locale)
    for part in parts:
        part.strip = part.strip or strips_periods(attrs, context)
    wrap = compile_wrap(attrs, display=context.displays)
    # DEVIATION: as in the reference, text-case on the date itself does nothing
    delimiter = affix(attrs.get("delimiter"))
    allowed = _suffix_allowed(variable, context)
    in_words = attrs.get("form") == "text"
    printer = DatePrinter(parts, delimiter, context.locale, suffix=allowed, in_words=in_words)
    record = context.in_substitute
    sorting = context.sorting
    shown = {part.name for part in parts}

    def date(s: State) -> Out | None:
        s.attempt = True
        value = s.item.dates.get(variable)
        if value is None or (s.suppressed and variable in s.suppressed):
            return None
        if s.comparing and variable == "accessed":
            return None  # the day of access does not tell sources apart
        if sorting:
            s.success = True
            # DEVIATION: as in the reference, a date in words is no date to sort by, and comes last
            return None if value.literal else f" {sortable(value, shown)} "
        if value.literal:
            out: Out | None = printer.print_literal(value.literal, s)
        else:
            out = printer.print(value, s)
        if out is None:
            return None
        s.success = s.started = s.printed = True
        if record:
            s.suppressed.add(variable)
        return wrap(out) if wrap is not None else out

    return context.traits.as_settled(date)


def _suffix_allowed(variable: str, context: CompileContext) -> bool:
    """Return whether the year of this date takes the year suffix: where the style has no place of its own for it."""
    return variable == "issued" and not context.own_year_suffix


def _parts_of(node: Node, locale: Locale) -> tuple[dict[str, str], list[DatePart]]:
    """Attributes of the date and its parts; a localized date takes the locale's parts with the style's changes."""
    form = node.attrs.get("form")
    if form is None:
        return node.attrs, [DatePart(k.attrs) for k in node.kids if k.name == "date-part"]
    base = locale.dates.get(form)
    if base is None:
        return node.attrs, [DatePart(k.attrs) for k in node.kids if k.name == "date-part"]
    wanted = set(node.attrs.get("date-parts", "year-month-day").split("-"))
    changes = {k.attrs.get("name", ""): k.attrs for k in node.kids if k.name == "date-part"}
    parts = []
    for kid in base.kids:
        name = kid.attrs.get("name", "")
        if name not in wanted:
            continue
        merged = dict(kid.attrs)
        # SPEC ("Date-part"): affixes of localized dates cannot be changed by the style
        merged.update({k: v for k, v in changes.get(name, {}).items() if k not in ("prefix", "suffix")})
        parts.append(DatePart(merged))
    attrs = {**base.attrs, **node.attrs}
    if "delimiter" in base.attrs and "delimiter" not in node.attrs:
        attrs["delimiter"] = base.attrs["delimiter"]
    return attrs, parts


def sortable(date: CslDate, shown: set[str]) -> str:
    """Return a date as text that sorts by time: years from -5000 on, month and day, then the end of a range."""
    keys = [_sort_digits(date.start, shown)]
    if date.end is not None:
        keys.append(_sort_digits(date.end, shown))
    return "~".join(keys)


def _sort_digits(triple: Triple, shown: set[str]) -> str:
    year, month, day = triple
    return "".join(
        (
            f"{year + 5000:05}" if "year" in shown else "",
            f"{month:02}" if "month" in shown else "00",
            f"{day:02}" if "day" in shown else "00",
        )
    )


class DatePrinter:
    """Prints the parts of dates; made once for each `cs:date`."""

    __slots__ = ("delimiter", "in_words", "limit_ordinals", "locale", "parts", "suffix")

    def __init__(
        self, parts: list[DatePart], delimiter: Out | None, locale: Locale, *, suffix: bool, in_words: bool
    ) -> None:
        self.parts = parts
        self.delimiter = delimiter
        self.locale = locale
        self.suffix = suffix
        self.in_words = in_words  # a date of the locale in its form `text`
        self.limit_ordinals = locale.options.get("limit-day-ordinals-to-day-1") == "true"

    def print(self, date: CslDate, s: State) -> Out | None:
        """Return the date as tree, or None if none of the parts has a value."""
        if date.end is None:
            pieces = self._pieces(self.parts, date.start, date.season, s)
            return self._join([p for _, p in pieces])
        return self._range(date, s)

    def print_literal(self, text: str, s: State) -> Out | None:
        """Print words that are no date, in the place of the year; a date without a year prints nothing."""
        for part in self.parts:
            if part.name == "year":
                return self._year_piece(part, self._around(part, rich_text(text)), "", s)
        return None

    def _pieces(
        self, parts: list[DatePart], triple: Triple, season: str, s: State, *, era: bool = True
    ) -> list[tuple[DatePart, Out]]:
        pieces = []
        for part in parts:
            value = self._value(part, triple, season)
            if value is None:
                continue
            place = len(s.date_parts)
            s.date_parts.append(value)
            # DEVIATION: as in the reference, other parts of a date that repeat go with the year
            repeated = s.repeats and place < len(s.old_date_parts) and s.old_date_parts[place] == value
            s.dropped_date = s.dropped_date or repeated
            is_season = part.name == "month" and not triple[1]
            piece = _NOTHING if repeated else self._dress(part, value, bare=is_season)
            if part.name == "year":
                piece = self._year_piece(part, piece, _era(triple[0]) if era else "", s)
            if piece is not _NOTHING:
                pieces.append((part, piece))
        return pieces

    def _year_piece(self, part: DatePart, piece: Out, era: str, s: State) -> Out:
        """Return the year, if it is printed, with its era and the year suffix."""
        if era and piece is not _NOTHING:
            piece = [piece, self.locale.term(era) or ""]
        if not self.suffix or s.hints.year_suffix is None or s.year_suffix_done:
            return piece
        s.year_suffix_done = True
        # DEVIATION: as in the reference, the suffix takes the affixes and formatting of the year once more
        suffix = Span([self._around(part, letters_of(s.hints.year_suffix))], YEAR_SUFFIX)
        return suffix if piece is _NOTHING else [piece, suffix]

    def _join(self, pieces: list[Out]) -> Out | None:
        if not pieces:
            return None
        if len(pieces) == 1:
            return pieces[0]
        if self.delimiter is None:
            return pieces
        joined: list[Out] = [pieces[0]]
        for piece in pieces[1:]:
            joined += [self.delimiter, piece]
        return joined

    def _range(self, date: CslDate, s: State) -> Out | None:
        assert date.end is not None
        if date.end == (0, 0, 0):
            first = self._join([p for _, p in self._pieces(self.parts, date.start, date.season, s)])
            return None if first is None else [first, Affix(self._year_delimiter())]
        differing = self._differing(date)
        if not differing:
            return self._join([p for _, p in self._pieces(self.parts, date.start, date.season, s)])
        places = [i for i, part in enumerate(self.parts) if part.name in differing]
        low, high = places[0], places[-1]
        largest = min((self.parts[i] for i in places), key=lambda p: _RANK[p.name])
        head = self._pieces(self.parts[:low], date.start, date.season, s)
        middle = self.parts[low : high + 1]
        # the year suffix, if any, belongs at the end of the range
        done, s.year_suffix_done = s.year_suffix_done, True
        differs = _era(date.start[0]) != _era(date.end[0])
        left = self._pieces(middle, date.start, date.season, s, era=differs)
        s.year_suffix_done = done
        right = self._pieces(middle, date.end, date.end_season, s)
        tail = self._pieces(self.parts[high + 1 :], date.end, date.end_season, s)
        if not left and not right:
            return self._join([p for _, p in head + tail])
        first = [p if n < len(left) - 1 else _without(part.suffix, p) for n, (part, p) in enumerate(left)]
        joint: list[Out] = [Affix(largest.delimiter)]
        second = [p if n else _without(part.prefix, p) for n, (part, p) in enumerate(right)]
        blocks = [self._join(first), self._join(second)]
        middle_out: Out = [x for x in (blocks[0], *joint, blocks[1]) if x is not None]
        return self._join([*(p for _, p in head), middle_out, *(p for _, p in tail)])

    def _year_delimiter(self) -> str:
        for part in self.parts:
            if part.name == "year":
                return part.delimiter or "–"
        return "–"

    def _differing(self, date: CslDate) -> set[str]:
        """Return the parts that are shown and differ, and all smaller ones."""
        assert date.end is not None
        shown = {part.name for part in self.parts}
        for rank, name in enumerate(_ALL):
            differs = date.start[rank] != date.end[rank]
            if name == "month" and date.season != date.end_season:
                differs = True
            if differs and name in shown:
                return {n for n in _ALL[rank:] if n in shown}
            if differs:
                return {n for n in _ALL[rank:] if n in shown}
        return set()

    def _value(self, part: DatePart, triple: Triple, season: str) -> str | None:
        year, month, day = triple
        if part.name == "year":
            return self._year(part, year) if year else None
        if part.name == "month":
            return self._month(part, month, season)
        if part.name == "day" and day:
            return self._day(part, day, month)
        return None

    def _year(self, part: DatePart, year: int) -> str:
        if part.form == "short":
            return f"{abs(year) % 100:02}"
        return str(abs(year))

    def _month(self, part: DatePart, month: int, season: str) -> str | None:
        if season and not month:
            return self._season(part, season)
        if not month:
            return None
        if part.form == "numeric":
            return str(month)
        if part.form == "numeric-leading-zeros":
            return f"{month:02}"
        form = "short" if part.form == "short" else "long"
        return self.locale.term(f"month-{month:02}", form) or str(month)

    def _season(self, part: DatePart, season: str) -> str | None:
        """Return the season as a word; where months are numbers, one that stands in place of the month is left out.

        In languages whose months in words are numbers with a sign (`5月`) it is printed.
        """
        if not season.isdecimal():
            return (self.locale.term(season) or "") if season.startswith("season-0") else season
        if part.form.startswith("numeric") and not self.in_words:
            return None
        return self.locale.term(f"season-0{season}")

    def _day(self, part: DatePart, day: int, month: int) -> str:
        if part.form == "numeric-leading-zeros":
            return f"{day:02}"
        if part.form == "ordinal" and (day == 1 or not self.limit_ordinals):
            return ordinal(day, self.locale, self.locale.genders.get(f"month-{month:02}", ""))
        return str(day)

    def _dress(self, part: DatePart, value: str, *, bare: bool) -> Out:
        """Return the value in the formatting of its part; a `bare` one without an affix of letters (`月`)."""
        out: Out = value
        if part.strip:
            out = strip_periods(out)
        if part.case:
            out = apply_text_case(out, part.case)
        return self._around(part, out, bare=bare)

    def _around(self, part: DatePart, out: Out, *, bare: bool = False) -> Out:
        for mark in part.marks:
            out = Span([out], mark)
        if part.prefix is not None or part.suffix is not None:
            out = [x for x in (part.prefix, out, part.suffix) if x is not None and not (bare and _is_sign(x))]
        return out


def _era(year: int) -> str:
    """Return the term of the era where a year is printed with it, else ''."""
    return "" if year >= _FIRST_YEAR_WITHOUT_ERA else "bc" if year < 0 else "ad"


def _is_sign(affix_of_part: Out) -> bool:
    """Return whether an affix is a sign that belongs to a number (`月`), and no word that stands apart (` de `)."""
    return isinstance(affix_of_part, Affix) and affix_of_part.text[0].isalpha()


def _without(affix_of_part: Out | None, piece: Out) -> Out:
    """Return the piece without one of its affixes, as it stands beside a range delimiter."""
    if affix_of_part is None or not isinstance(piece, list):
        return piece
    kept = [_without(affix_of_part, kid) for kid in piece if kid is not affix_of_part]
    return kept[0] if len(kept) == 1 else kept
