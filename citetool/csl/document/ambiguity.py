"""The terms of disambiguation: methods that a style allows, cites as they are compared, results that are remembered.

The work itself is in `disambiguate`, which a citation that stands alone never loads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from citetool.csl.compile.elements.names import NamesPlan
    from citetool.csl.compile.state import Hints
    from citetool.csl.items.names import PersonName
    from citetool.output.tree import Out

Levels: TypeAlias = "tuple[tuple[int, ...], ...]"


class Rendering(NamedTuple):
    """A cite as disambiguation sees it: its text, and for each list of names how many are shown and in all.

    `conditions` counts the `disambiguate` conditions that were met with.
    """

    text: str
    name_sets: list[tuple[int, int]]
    tree: Out | None
    conditions: int = 0


class Methods(NamedTuple):
    """Methods of disambiguation that a style allows."""

    add_names: bool
    add_given: bool
    year_suffix: bool
    condition: bool
    rule: str = "by-cite"

    @classmethod
    def of(cls, attrs: dict[str, str], *, condition: bool) -> Methods:
        """From the attributes of `cs:citation`."""
        return cls(
            attrs.get("disambiguate-add-names") == "true",
            attrs.get("disambiguate-add-givenname") == "true",
            attrs.get("disambiguate-add-year-suffix") == "true",
            condition,
            attrs.get("givenname-disambiguation-rule", "by-cite"),
        )

    @property
    def by_cite(self) -> bool:
        """Return whether names count only where cites read alike."""
        return self.rule == "by-cite" or not self.add_given

    def can_help(self, count: int) -> bool:
        """Return whether so many items may get hints; one alone is told from nothing, but its names may be alike."""
        if not (self.add_names or self.add_given or self.year_suffix or self.condition):
            return False
        return count > 1 or not self.by_cite


class Memo:
    """Results that were worked out for items that have not changed since, for documents that change a little at a time.

    `renderings` by id of the item and levels of given names; `names` the lists of names in a cite by id, `key_names`
    those in the sort keys of its entry; `resolved` the hints of a set by its members, in order, with the levels of
    their names.
    """

    __slots__ = ("key_names", "names", "renderings", "resolved")

    def __init__(self) -> None:
        self.renderings: dict[tuple[str, Levels], Rendering] = {}
        self.names: dict[str, list[tuple[list[PersonName], NamesPlan]]] = {}
        self.key_names: dict[str, list[list[PersonName]]] = {}
        self.resolved: dict[tuple[tuple[str, Levels], ...], list[Hints]] = {}
