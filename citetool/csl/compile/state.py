"""State that changes while one cite or entry is rendered.

`State` is made once a rendering. `attempt` and `success` are the counters of the group rule: an element that looks
for a variable sets `attempt`, one that finds it sets `success`. `started` tells whether anything was printed before,
for terms that begin a note are capitalized. `Hints` is what disambiguation has decided for an item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.items.cluster import FIRST, Cite
from citetool.struct import NamedTuple, Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citetool.csl.items.item import Item
    from citetool.output.tree import Out


class Place(NamedTuple):
    """Facts of a cite that a layout is compiled for, besides the shape of its item."""

    position: int = FIRST
    near_note: bool = False
    locator: bool = False
    first_note: bool = False

    def lacks(self, variable: str) -> bool:
        """Return whether this is a variable of cites that the cite has no value for."""
        return (variable == "locator" and not self.locator) or (
            variable == "first-reference-note-number" and not self.first_note
        )


class Hints(Struct):
    """Disambiguation of one item: names shown and given-name levels by names element, year suffix, condition.

    `names[i]` is how many names the i-th names element of the cite shows; `givens[i][j]` how much of the given name:
    0 as the style says, 1 initials, 2 in full. `year_suffix` counts from 0;
    `condition` is how many `disambiguate` conditions hold, in the order they are met.
    """

    __slots__ = ("condition", "givens", "names", "year_suffix")

    def __init__(
        self,
        names: list[int] | None = None,
        givens: list[list[int]] | None = None,
        year_suffix: int | None = None,
        condition: int = 0,
    ) -> None:
        self.names = [] if names is None else names
        self.givens = [] if givens is None else givens
        self.year_suffix = year_suffix
        self.condition = condition

    def __bool__(self) -> bool:
        """Return whether anything but given names is asked for."""
        return self.year_suffix is not None or bool(self.names) or self.condition > 0

    def copy(self) -> Hints:
        """Return an equal one that can be changed."""
        return Hints(list(self.names), [list(g) for g in self.givens], self.year_suffix, self.condition)


NO_HINTS = Hints()
NO_CITE = Cite("")


class State:
    """The state of one rendering."""

    __slots__ = ("abbreviations", "area", "attempt", "cite", "comparing", "conditions", "date_parts",
                 "dropped_date", "hints", "item", "label_form", "labelled", "language", "last_names", "locator_done",
                 "name_sets", "names_shown", "number", "old_date_parts", "printed", "repeated_names", "repeats",
                 "sorting", "started", "success", "suppress_names", "suppressed",
                 "year_suffix_done")  # fmt: skip

    def __init__(self, item: Item, cite: Cite = NO_CITE, hints: Hints = NO_HINTS, number: int = 0) -> None:
        self.item = item
        self.cite = cite
        self.hints = hints
        self.number = number  # the citation number, 0 where there is none yet
        self.area = "citation"
        self.attempt = False
        self.success = False
        self.started = False
        self.printed = False  # whether a field of the item was printed, for names that suppress-author leaves
        self.sorting = False
        self.comparing = False  # rendered to find like cites, not to be printed
        self.conditions = 0  # `disambiguate` conditions met so far
        self.suppress_names = False  # suppress-author: the first names element prints nothing
        self.suppressed: set[str] = set()  # variables that a substitute has printed
        self.year_suffix_done = False
        self.locator_done = False  # DEVIATION: as in the reference, a locator is printed once, whatever the style says
        self.label_form = "short"  # of the labels inside of a locator
        self.labelled = ""  # where the locator stands behind words of the style: `page` or `other`
        self.name_sets: list[tuple[int, int]] = []  # for each names list printed: names shown, names there are
        self.names_shown: Out | None = None  # the first names printed, for collapsing
        self.last_names: Out | None = None  # the last ones
        self.repeated_names = False  # the names suppressed are those of the cite before
        self.repeats = True  # nothing printed yet that a collapsed cite does not print
        self.date_parts: list[str] = []  # values of date parts met with so far
        self.old_date_parts: Sequence[str] = ()  # those of the cite before, which are not printed again
        self.dropped_date = False
        self.language = ""  # of the style, two letters
        self.abbreviations: dict[str, dict[str, str]] = {}


def flat_abbreviations(
    data: Mapping[str, Mapping[str, Mapping[str, str]]] | None,
) -> dict[str, dict[str, str]]:
    """Return short forms by variable and full form, whatever list they come from."""
    flat: dict[str, dict[str, str]] = {}
    for lists in (data or {}).values():
        for variable, entries in lists.items():
            flat.setdefault(variable, {}).update(entries)
    return flat
