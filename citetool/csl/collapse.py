"""Cites of one cluster joined: grouping by author, collapsing of years, year suffixes and numbers.

SPEC (CSL 1.0.2, "Cite Grouping", "Cite Collapsing"): cites with the same rendered names are brought together; with
`collapse` the names (and for year suffixes the years) are printed once, and runs of three and more numbers or
suffixes become ranges. The rules work on what was printed under tags, never on the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetool.csl.elements.date import YEAR
from citetool.csl.elements.text import CITATION_NUMBER, YEAR_SUFFIX
from citetool.csl.formatting import affix
from citetool.output.markup import strip_markup
from citetool.output.tree import Affix, Close, Mark, Span, flatten

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.csl.state import Cite, Hints
    from citetool.output.tree import Event, Out


@dataclass(slots=True)
class CiteOut:
    """A rendered cite: its tree without cite affixes, the text of its first names, its number."""

    cite: Cite
    out: Out
    names: str
    number: int
    hints: Hints


@dataclass(slots=True)
class CollapseOptions:
    """How the cites of a style's citations are joined."""

    delimiter: str
    mode: str
    grouping: bool
    group_delimiter: str
    after_collapse: str
    suffix_delimiter: str

    @classmethod
    def of(cls, attrs: dict[str, str], delimiter: str, default: str) -> CollapseOptions:
        """From the attributes of `cs:citation`, the delimiter of its layout, and that between cites of a group."""
        mode = attrs.get("collapse", "")
        group = attrs.get("cite-group-delimiter")
        return cls(
            delimiter,
            mode,
            group is not None or mode.startswith("year"),
            default if group is None else group,
            attrs.get("after-collapse-delimiter", delimiter),
            attrs.get("year-suffix-delimiter", delimiter if group is None else group),
        )


def join_cites(
    cites: list[CiteOut], options: CollapseOptions, without_names: Callable[[CiteOut], CiteOut]
) -> list[Out]:
    """The children of the layout: cites with their affixes and the right delimiters between them."""
    if options.mode == "citation-number":
        return _join_numbers(cites, options)
    if not options.grouping or len(cites) == 1:
        return _join_plain(cites, options.delimiter)
    groups = _group(cites)
    out: list[Out] = []
    before = cites[0]
    collapsed = False
    for group in groups:
        if out:
            ends = collapsed or options.mode == "year"
            _add_delimiter(out, options.after_collapse if ends else options.delimiter, before, group[0])
        before = group[-1]
        if len(group) == 1 or not options.mode:
            out.extend(_join_plain(group, options.group_delimiter))
            collapsed = False
        else:
            out.extend(_join_years(group, options, without_names))
            collapsed = True
    return out


def _group(cites: list[CiteOut]) -> list[list[CiteOut]]:
    """Cites with the same names together, each group at the place of its first cite."""
    groups: list[list[CiteOut]] = []
    places: dict[str, int] = {}
    for cite in cites:
        place = places.get(cite.names) if cite.names else None
        if place is None:
            if cite.names:
                places[cite.names] = len(groups)
            groups.append([cite])
        else:
            groups[place].append(cite)
    return groups


def with_affixes(cite: CiteOut) -> Out:
    """The cite between its own prefix and suffix; a word gets its space."""
    out = cite.out
    prefix, suffix = cite.cite.prefix, cite.cite.suffix
    if not prefix and not suffix:
        return out
    parts: list[Out] = [out]
    if prefix:
        last_letter = strip_markup(prefix)[-1:]
        spaced = prefix + " " if last_letter.isalnum() or last_letter in tuple(".”’") else prefix
        first = affix(spaced, quotes=True)
        if first is not None:
            parts.insert(0, first)
    if suffix:
        last = affix(" " + suffix if suffix[0].isalnum() or suffix[0] in "([" else suffix, quotes=True)
        if last is not None:
            parts.append(last)
    return parts


def _add_delimiter(out: list[Out], delimiter: str, before: CiteOut, after: CiteOut) -> None:
    """Add a delimiter, unless a cite's own suffix or prefix has punctuation for it."""
    last = before.cite.suffix.rstrip()[-1:]
    if last and last in ".,;:?!":
        if delimiter:
            out.append(Affix(" "))
    elif not delimiter or after.cite.prefix.startswith((",", ";", ".")):
        return
    else:
        out.append(Affix(delimiter))


def _join_plain(cites: list[CiteOut], delimiter: str) -> list[Out]:
    out: list[Out] = []
    before = cites[0]
    for cite in cites:
        if out:
            _add_delimiter(out, delimiter, before, cite)
        out.append(with_affixes(cite))
        before = cite
    return out


def _join_numbers(cites: list[CiteOut], options: CollapseOptions) -> list[Out]:
    """Runs of three and more consecutive numbers as a range; a cite with a locator or affix stands alone."""
    out: list[Out] = []
    position = 0
    collapsed = False
    while position < len(cites):
        end = position
        while end + 1 < len(cites) and _follows(cites[end], cites[end + 1]):
            end += 1
        if out:
            ends = collapsed or cites[position - 1].cite.locator or cites[position].cite.locator
            delimiter = options.after_collapse if ends else options.delimiter
            _add_delimiter(out, delimiter, cites[position - 1], cites[position])
        if end - position >= 2:
            out.extend((with_affixes(cites[position]), Affix("–"), with_affixes(cites[end])))
            position = end + 1
            collapsed = True
        else:
            out.append(with_affixes(cites[position]))
            position += 1
            collapsed = False
    return out


def _follows(one: CiteOut, two: CiteOut) -> bool:
    alone = not (one.cite.locator or two.cite.locator or one.cite.suffix or two.cite.prefix)
    return alone and two.number == one.number + 1 and bool(one.number) and _has(two.out, CITATION_NUMBER)


def _has(out: Out, mark: Mark) -> bool:
    return any(event is mark for event in flatten(out))


def _join_years(
    group: list[CiteOut], options: CollapseOptions, without_names: Callable[[CiteOut], CiteOut]
) -> list[Out]:
    """A group of one author: the first cite in full, then years, or year suffixes alone where the year repeats."""
    out: list[Out] = [with_affixes(group[0])]
    year = _tagged(group[0].out, YEAR)
    suffixes = options.mode.startswith("year-suffix")
    ranged = options.mode == "year-suffix-ranged"
    position = 1
    while position < len(group):
        cite = group[position]
        this_year = _tagged(cite.out, YEAR)
        bare = suffixes and this_year == year and _suffix_only(group[position - 1], cite)
        if bare:
            end = _suffix_run(group, position, year) if ranged else position
            letter = _year_suffix(group[end].out)
            if letter is not None:
                long_run = end - position >= 1
                out.append(Affix("–" if long_run else options.suffix_delimiter))
                out.append(letter)
                position = end + 1 if long_run else position + 1
                continue
        short = without_names(cite)
        before = group[position - 1]
        joint = options.after_collapse if before.cite.locator else options.group_delimiter
        _add_delimiter(out, joint, before, cite)
        out.append(with_affixes(short))
        year = this_year
        position += 1
    return out


def _suffix_only(before: CiteOut, cite: CiteOut) -> bool:
    affixes = cite.cite.prefix or before.cite.suffix
    return not (cite.cite.locator or before.cite.locator or affixes) and cite.hints.year_suffix is not None


def _suffix_run(group: list[CiteOut], position: int, year: str) -> int:
    """The last cite of a run of consecutive suffixes that began one cite before `position`."""
    end = position
    while end + 1 < len(group):
        here, following = group[end], group[end + 1]
        if not _suffix_only(here, following) or _tagged(following.out, YEAR) != year:
            break
        if following.hints.year_suffix != (here.hints.year_suffix or 0) + 1:
            break
        end += 1
    before = group[position - 1].hints.year_suffix
    return end if before is not None and group[position].hints.year_suffix == before + 1 else position


def _tagged(out: Out, mark: Mark) -> str:
    """The text under the first span with that mark."""
    collecting = False
    parts: list[str] = []
    for event in flatten(out):
        if event is mark:
            collecting = True
        elif collecting and event is mark.close:
            break
        elif collecting and isinstance(event, str):
            parts.append(event)
    return "".join(parts)


def _year_suffix(out: Out) -> Out | None:
    """The year suffix of a cite with the affixes that follow it in the text."""
    events: list[Event] = flatten(out)
    for place, event in enumerate(events):
        if event is YEAR_SUFFIX:
            text = events[place + 1]
            return Span([text], YEAR_SUFFIX) if isinstance(text, str) else None
        if isinstance(event, Close):
            continue
    return None
