"""Cites of one cluster joined: grouping by author, collapsing of years, year suffixes and numbers.

SPEC (CSL 1.0.2, "Cite Grouping", "Cite Collapsing"): cites with the same rendered names are brought together; with
`collapse` the names (and for year suffixes the years) are printed once, and runs of three and more numbers or
suffixes become ranges. The rules work on what was printed under tags, never on the text.

DEVIATION, with the reference: only citations that the style sorts are regrouped; others collapse where cites follow
each other. Inside a group the cites of a style that sorts in descending order come in ascending order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.elements.text import CITATION_NUMBER, YEAR_SUFFIX
from citetool.csl.compile.formatting import affix, unescape
from citetool.csl.items.cluster import IBID
from citetool.csl.items.names import begins_romanesque
from citetool.output.markup import strip_markup
from citetool.output.tree import Affix, Mark, Span, flatten
from citetool.struct import NamedTuple, Struct, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citetool.csl.compile.program import CompiledStyle
    from citetool.csl.compile.state import Hints
    from citetool.csl.items.cluster import Cite
    from citetool.output.tree import Out

    Again = Callable[["CiteOut", bool, Sequence[str]], "CiteOut | None"]


class CiteOut(Struct):
    """A rendered cite: its tree without cite affixes, the text of its first and last names, its number.

    `date_parts` are those that it prints, or would print if they were not `dropped`; `repeats` tells whether it printed
    nothing but what a collapsed cite prints: no names of its own, and no text of the item. `key` is its first sort key;
    `labelled` is not empty where its locator stands behind a label or another word of the style: `page` for a plain
    page, else `other`.
    """

    __slots__ = ("cite", "date_parts", "dropped", "hints", "key", "labelled", "last_names", "names", "number", "out",
                 "repeats")  # fmt: skip

    def __init__(
        self,
        cite: Cite,
        out: Out,
        names: str,
        number: int,
        hints: Hints,
        last_names: str = "",
        date_parts: Sequence[str] = (),
        dropped: bool = False,
        repeats: bool = False,
        key: str = "",
        labelled: str = "",
    ) -> None:
        self.cite = cite
        self.out = out
        self.names = names
        self.number = number
        self.hints = hints
        self.last_names = last_names
        self.date_parts = date_parts
        self.dropped = dropped
        self.repeats = repeats
        self.key = key
        self.labelled = labelled


class CollapseOptions(NamedTuple):
    """Collapsing and delimiters of a style's citations; delimiters that the style does not give are None.

    `joint` stands between years of one author; `order` is how a group is ordered: 1 as sorted, -1 in reverse, 0 as
    the citation has it, without groups.
    """

    delimiter: str
    mode: str
    order: int
    joint: str
    group_delimiter: str | None
    after_collapse: str | None
    suffix_delimiter: str
    drops_years: bool

    @classmethod
    def of(cls, compiled: CompiledStyle, order: int) -> CollapseOptions:
        """Return those of a style, with the order of its sort keys.

        DEVIATION: as in the reference, a style that collapses numbers and prints none has each author once.
        """
        attrs, layout = compiled.area_attrs("citation"), compiled.layout("citation")
        in_text = not compiled.style.is_note
        delimiter = layout.attrs.get("delimiter", "") if layout is not None else ""
        mode = attrs.get("collapse", "")
        years = mode.startswith("year")
        if mode == "citation-number" and "citation-number" not in compiled.analysis.variables:
            mode = "year"
        group, after, suffix = (
            unescape(attrs[name]) if name in attrs else None
            for name in ("cite-group-delimiter", "after-collapse-delimiter", "year-suffix-delimiter")
        )
        group = group or None  # DEVIATION: as in the reference, an empty one is none
        delimiter = unescape(delimiter)
        if after is not None and not mode:  # DEVIATION: as in the reference, it stands between all cites
            delimiter, group = after, group and after
        return cls(
            delimiter,
            mode,
            order if group is not None or (years and in_text) else 0,
            ", " if in_text and after is None else delimiter,
            group,
            after,
            group if group is not None else suffix if suffix is not None else delimiter,
            mode.startswith("year-suffix") and attrs.get("disambiguate-add-year-suffix") == "true",
        )


def join_cites(cites: list[CiteOut], options: CollapseOptions, again: Again) -> list[Out]:
    """Return the children of the layout: cites with their affixes and the right delimiters between them.

    `again` renders a cite without its names (True) and without the parts of a date that are given.
    """
    if options.mode == "citation-number":
        return _join_numbers(cites, options)
    if options.order:
        cites = _grouped(cites, options.order)
    if len(cites) == 1 or not (options.mode or options.group_delimiter is not None):
        return _join_plain(cites, options.delimiter)
    return _join_groups(cites, options, again)


# DEVIATION: as in the reference, groups without a value for the sort key stand where this word would
_NO_KEY = "undefined"


def _grouped(cites: list[CiteOut], order: int) -> list[CiteOut]:
    """Cites with the same names together, each group at the place of its first cite, those without names last.

    An `ibid.` that prints no names stays behind the cite that it refers to.
    """
    groups: dict[str, list[list[CiteOut]]] = {}
    shown: dict[str, str] = {}  # the names by item, which a later cite may shorten
    last: list[CiteOut] = []
    for cite in cites:
        if last and not cite.names and cite.cite.position >= IBID:
            last.append(cite)
        else:
            last = [cite]
            shown.setdefault(cite.cite.id, cite.names)
            groups.setdefault(cite.names, []).append(last)

    def rank(group: list[list[CiteOut]]) -> tuple[str, bool, str]:
        first = group[0][0]
        return (first.key or _NO_KEY, not first.names, shown[first.cite.id].lower())

    ordered = sorted(groups.values(), key=rank, reverse=order < 0)
    return [cite for group in ordered for run in group[::order] for cite in run]


def with_affixes(cite: CiteOut) -> Out:
    """Return the cite between its own prefix and suffix; a word gets its space."""
    out = cite.out
    prefix, suffix = cite.cite.prefix, cite.cite.suffix
    if not prefix and not suffix:
        return out
    parts: list[Out] = [out]
    if prefix:
        first = affix(f"{prefix} " if _needs_space(prefix) else prefix, quotes=True)
        if first is not None:
            parts.insert(0, first)
    if suffix:
        last = affix(" " + suffix if suffix[0].isalnum() or suffix[0] in "([" else suffix, quotes=True)
        if last is not None:
            parts.append(last)
    return parts


def _needs_space(prefix: str) -> bool:
    """Return whether a prefix ends in a word or a mark that a space follows, seen through closing quotation marks.

    DEVIATION: as in the reference, also after a comma or colon of the writer's own; not in scripts without spaces.
    """
    text = strip_markup(prefix)
    if not text or text[-1].isspace():
        return False
    bare = text.rstrip("\"'”’»")[-1:]
    return bare in tuple(".,:;!?)]&") or bare.isdecimal() or begins_romanesque(bare)


def _add_delimiter(out: list[Out], delimiter: str, before: CiteOut, after: CiteOut) -> None:
    """Add a delimiter, unless a cite's own suffix or prefix has punctuation for it."""
    last = before.cite.suffix.rstrip()[-1:]
    if last and last in ".,;:?!":
        if delimiter:
            out.append(Affix(" "))
    elif not delimiter or _text_start(after).startswith((",", ";", ".")):
        return
    else:
        out.append(Affix(delimiter))


def _text_start(cite: CiteOut) -> str:
    """Return the text of the writer that the cite begins with, if it does."""
    return cite.cite.prefix or (cite.cite.suffix if cite.out == [] else "")


def _join_plain(cites: list[CiteOut], delimiter: str) -> list[Out]:
    out: list[Out] = []
    before = cites[0]
    for cite in cites:
        if out:
            _add_delimiter(out, delimiter, before, cite)
        out.append(with_affixes(cite))
        before = cite
    return out


# -- numbers -------------------------------------------------------------------------------------------------------


def _join_numbers(cites: list[CiteOut], options: CollapseOptions) -> list[Out]:
    """Join three and more consecutive numbers to a range; a cite that prints more than its number stands alone."""
    out: list[Out] = []
    position = 0
    while position < len(cites):
        end = position
        while end + 1 < len(cites) and _follows(cites[end], cites[end + 1]):
            end += 1
        if out:
            before = cites[position - 1]
            here = cites[position]
            bare = before.labelled == "page" and not _affixes(here) and _is_only(here.out, CITATION_NUMBER)
            ends = options.after_collapse is not None and before.cite.locator and not bare
            delimiter = options.after_collapse if ends else options.delimiter
            _add_delimiter(out, delimiter or "", before, here)
        out.append(with_affixes(cites[position]))
        if end - position >= 2:
            out.extend((Affix("–"), with_affixes(cites[end])))
            position = end
        position += 1
    return out


def _affixes(cite: CiteOut) -> str:
    return cite.cite.prefix + cite.cite.suffix


def _follows(one: CiteOut, two: CiteOut) -> bool:
    if one.cite.suffix or _affixes(two) or two.number != one.number + 1:
        return False
    return bool(one.number) and _is_only(one.out, CITATION_NUMBER) and _is_only(two.out, CITATION_NUMBER)


def _has(out: Out, mark: Mark) -> bool:
    return any(event is mark for event in flatten(out))


def _is_only(out: Out, mark: Mark) -> bool:
    """Return whether all text of the tree that is no affix stands under the mark."""
    depth = 0
    found = False
    for event in flatten(out):
        if event is mark:
            depth, found = depth + 1, True
        elif event is mark.close:
            depth -= 1
        elif isinstance(event, str) and event and not depth:
            return False
    return found


# -- years and suffixes --------------------------------------------------------------------------------------------


class _Joined(Struct):
    """A cite with the delimiter before it, and whether that one stands between year suffixes."""

    __slots__ = ("after_suffix", "cite", "delimiter")

    def __init__(self, cite: CiteOut, delimiter: str = "", after_suffix: bool = False) -> None:
        self.cite = cite
        self.delimiter = delimiter
        self.after_suffix = after_suffix


def _join_groups(cites: list[CiteOut], options: CollapseOptions, again: Again) -> list[Out]:
    """Cites in turn; each is compared with what the one before it has printed."""
    joined: list[_Joined] = []
    names, in_group, vanished = "", False, False
    date_parts: Sequence[str] = ()
    for full in cites:
        same = bool(full.names) and full.names == names
        cite: CiteOut | None = full
        old_date = date_parts if options.drops_years and (same or not full.names) else ()
        if options.mode and (same or old_date):
            cite = again(full, same, old_date)
        if full.names:
            in_group = same
            names = full.last_names
        if cite is None:  # it would repeat what stands before it and nothing but what the writer has put around it
            if not _affixes(full):
                vanished = True
                continue
            cite = replace(full, out=[], repeats=True)
        date_parts = full.date_parts
        here = _Joined(cite)
        if joined:
            before = joined[-1].cite
            here.after_suffix = _continues(before, cite)
            here.delimiter = (
                options.suffix_delimiter
                if here.after_suffix
                else _delimiter(options, before, cite, in_group=in_group, vanished=vanished)
            )
        joined.append(here)
        vanished = False
    return _with_ranges(joined) if options.mode == "year-suffix-ranged" else _written(joined)


def _delimiter(options: CollapseOptions, before: CiteOut, cite: CiteOut, *, in_group: bool, vanished: bool) -> str:
    """Return what stands between two cites; `vanished` ones between them printed nothing that was not there."""
    group, after = options.group_delimiter, options.after_collapse
    if not options.mode:
        return group if in_group and group is not None else options.delimiter
    if after is not None and before.cite.locator:
        return after
    if cite.repeats and _has(cite.out, CITATION_NUMBER):
        return options.delimiter
    if cite.repeats:
        return group if in_group and group is not None and after is None else options.joint
    ends = after is not None and (options.mode != "year-suffix" or before.repeats or vanished)
    return after if ends and after is not None else options.delimiter


def _continues(before: CiteOut, cite: CiteOut) -> bool:
    """Return whether the cite is a year suffix alone and the one before prints one that it can follow."""
    if before.cite.suffix or _affixes(cite) or not _is_only(cite.out, YEAR_SUFFIX):
        return False
    if before.labelled == "other":
        return False
    if _is_only(before.out, YEAR_SUFFIX) or (before.labelled == "page" and before.dropped):
        return True
    return bool(before.date_parts) and not before.dropped and _is_bare(before.out) and _is_bare(cite.out)


def _is_bare(out: Out) -> bool:
    """Return whether the tree has a year suffix that no affix or formatting of an element around it encloses."""
    if isinstance(out, Span):
        return out.mark is YEAR_SUFFIX
    if not isinstance(out, list) or any(type(kid) is Affix and kid.role for kid in out):
        return False
    return any(_is_bare(kid) for kid in out)


def _with_ranges(joined: list[_Joined]) -> list[Out]:
    """Three and more year suffixes in a row as a range."""
    shown: list[_Joined] = []
    position = 0
    while position < len(joined):
        end = position
        while end + 1 < len(joined) and _suffix_follows(joined[end], joined[end + 1]):
            end += 1
        shown.append(joined[position])
        if end - position >= 2:
            shown.append(_Joined(joined[end].cite, "–"))
            position = end
        position += 1
    return _written(shown)


def _suffix_follows(one: _Joined, two: _Joined) -> bool:
    before, after = one.cite.hints.year_suffix, two.cite.hints.year_suffix
    if not two.after_suffix or before is None or after != before + 1:
        return False
    return not (one.cite.cite.locator or two.cite.cite.locator) and _is_bare(one.cite.out) and _is_bare(two.cite.out)


def _written(joined: list[_Joined]) -> list[Out]:
    out: list[Out] = []
    before = joined[0].cite if joined else None
    for one in joined:
        if out and before is not None:
            _add_delimiter(out, one.delimiter, before, one.cite)
        out.append(with_affixes(one.cite))
        before = one.cite
    return out
