"""The results of a search as the page shows them: records with words marked, facets with counts, pages."""

from __future__ import annotations

from collections import Counter
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from citetool.problems import CitetoolError, Problem
from citetool.server.facets import FACETS, SCAN, TRANSCRIPT, column, is_text
from citetool.server.texts import read_text

from .marking import Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetool.server.levels import Node
    from citetool.server.shelf import Entry, Shelf, Snapshot

    from .view import View

Counts = list[tuple[str, int]]
"""Values of a facet, each with the number of records that have it."""
SHOWN = 8
"""Values of a facet beside the results; the rest has a page of its own."""


class Value(NamedTuple):
    """One value of a facet: what it is called, how many of the records have it, and the address that asks for them."""

    value: str
    name: str
    number: int
    url: str


class FacetBox(NamedTuple):
    """A facet beside the results: its most frequent values, and the address of all, where there are more."""

    name: str
    title: str
    values: list[Value]
    more: str


class Row(NamedTuple):
    """One record among the results."""

    key: str
    url: str
    title: Markup
    untitled: bool
    date: str
    author: Markup
    kind: str
    path: list[Node]
    snippet: Markup | None
    scan: bool
    transcript: bool


class Group(NamedTuple):
    """Records that stand together: those of one collection, or all of them (`node` is None)."""

    node: Node | None
    title: str
    rows: list[Row]


class Results(NamedTuple):
    """All that a page of results shows; `problem` says why a query could not be read."""

    view: View
    total: int
    groups: list[Group]
    facets: list[FacetBox]
    pages: int
    problem: Problem | None

    @property
    def first(self) -> int:
        """The number of the first record that is shown, from 1; 0 where there is none."""
        return (self.view.page - 1) * self.view.per + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last record that is shown."""
        return min(self.view.page * self.view.per, self.total)


def find(view: View, shelf: Shelf, snapshot: Snapshot) -> list[str]:
    """Return the keys of the records that a view asks for, in its order; not to be changed. Raises QueryError.

    Readers go through the pages of one search, and to its records and back, so it is searched once.
    """
    return snapshot.once(("find", view.query, view.filters), lambda: _find(view, shelf, snapshot))


def _find(view: View, shelf: Shelf, snapshot: Snapshot) -> list[str]:
    entries = snapshot.entries
    keys = [key for key in shelf.search_keys(view.query) if key in entries] if view.words or view.sort else [*entries]
    for one in view.filters:
        place, value = column(one.facet), one.value
        if value:
            keys = [key for key in keys if value in entries[key].facets[place]]
        else:
            keys = [key for key in keys if not entries[key].facets[place]]
    return keys


def results(view: View, shelf: Shelf, snapshot: Snapshot) -> Results:
    """Return the results of a view; those of a query that cannot be read are none, with the problem."""
    try:
        keys = find(view, shelf, snapshot)
    except CitetoolError as error:
        return Results(view, 0, [], [], 1, error.problems[0])
    pages = max(-(-len(keys) // view.per), 1)
    view = view.to(min(view.page, pages))
    first = (view.page - 1) * view.per
    shown = [snapshot.entries[key] for key in keys[first : first + view.per]]
    rows = _rows(shown, view, first, shelf, snapshot)
    groups = _grouped(rows) if view.grouped else [Group(None, "", rows)] if rows else []
    every = [_without(counts, name, view)
             for name, counts in zip(FACETS, _counts_of(view, shelf, snapshot), strict=True)]  # fmt: skip
    return Results(view, len(keys), groups, _boxes(view, every, len(keys)), pages, None)


def boxes(view: View, keys: Sequence[str], snapshot: Snapshot) -> list[FacetBox]:
    """Return the facets of some records, those left out in which nothing could be chosen."""
    every = [_without(counts, name, view) for name, counts in zip(FACETS, _counts(keys, snapshot), strict=True)]
    return _boxes(view, every, len(keys))


def _boxes(view: View, every: Sequence[Counts], total: int) -> list[FacetBox]:
    found = []
    for (name, facet), counts in zip(FACETS.items(), every, strict=True):
        if len(counts) > 1 or (counts and counts[0][0] and counts[0][1] < total):
            more = view.to(1).url(f"/facet/{name}") if len(counts) > SHOWN else ""
            found.append(FacetBox(name, facet.title, _values(counts[:SHOWN], name, view), more))
    return found


def counted(name: str, view: View, shelf: Shelf, snapshot: Snapshot) -> list[Value]:
    """Return the values of a facet that the records of a view have, the most frequent first, without those chosen.

    Raises QueryError.
    """
    return _values(_without(_counts_of(view, shelf, snapshot)[column(name)], name, view), name, view)


def _counts_of(view: View, shelf: Shelf, snapshot: Snapshot) -> list[Counts]:
    """Return how many records of a view have each value, of every facet."""
    found = find(view, shelf, snapshot)
    return snapshot.once(("count", view.words, view.filters), lambda: _counts(found, snapshot))


def _counts(keys: Iterable[str], snapshot: Snapshot) -> list[Counts]:
    """Return for each facet its values with their numbers, the most frequent first, those without a value last."""
    entries = snapshot.entries
    rows = [entries[key].facets for key in keys]
    every = []
    for held in zip(*rows, strict=True) if rows else repeat((), len(FACETS)):
        # records that have the same values share one tuple, and a number is counted faster than a tuple of texts
        by_id = dict(zip(map(id, held), held, strict=True))
        counts: Counter[str] = Counter()
        for values, number in Counter(map(id, held)).items():
            for value in by_id[values] or ("",):
                counts[value] += number
        every.append(sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0])))
    return every


def _without(counts: Counts, name: str, view: View) -> Counts:
    chosen = {one.value for one in view.filters if one.facet == name}
    return [pair for pair in counts if pair[0] not in chosen] if chosen else counts


def _values(counts: Counts, name: str, view: View) -> list[Value]:
    none = FACETS[name].none
    return [Value(value, value or none, number, view.plus(name, value).url()) for value, number in counts]


def rows_of(keys: Sequence[str], shelf: Shelf, snapshot: Snapshot, view: View) -> list[Row]:
    """Return rows for records that stand in no results: of a level, of a list."""
    return _rows([snapshot.entries[key] for key in keys if key in snapshot.entries], view, -1, shelf, snapshot)


def _rows(shown: Sequence[Entry], view: View, first: int, shelf: Shelf, snapshot: Snapshot) -> list[Row]:
    marker = Marker(view.words)
    plain = shelf.plain([entry.key for entry in shown])
    copies = column("copy")
    return [
        Row(
            entry.key,
            view.record(entry.key, first + place) if first >= 0 else view.record(entry.key),
            marker.mark(entry.title or entry.kind or entry.key),
            not entry.title,
            entry.date,
            marker.mark(entry.author),
            entry.kind,
            snapshot.path_of(entry.key),
            _snippet(entry, plain.get(entry.key, {}), marker, shelf),
            SCAN in entry.facets[copies],
            TRANSCRIPT in entry.facets[copies],
        )
        for place, entry in enumerate(shown, 1)
    ]


def _snippet(entry: Entry, data: dict[str, Any], marker: Marker, shelf: Shelf) -> Markup | None:
    """Return the words of the query where they stand in summary, notes or transcript; else how the summary begins."""
    summary = str(data.get("summary") or "")
    if marker:
        for text in (summary, *data.get("notes", ())):
            if found := marker.snippet(text):
                return found
        for file in data.get("files", ()):
            if is_text(file.get("kind", ""), file["path"]):
                text = read_text(shelf.library.root, entry.path, file["path"])
                if text and (found := marker.snippet(text)):
                    return found
    short = summary[:200].rpartition(" ")[0] + " …" if len(summary) > 200 else summary
    return Markup.escape(short) if short else None


def _grouped(rows: Sequence[Row]) -> list[Group]:
    """Return the records by collection, each where its first record stands."""
    groups: dict[str, Group] = {}
    for row in rows:
        node = next((step for step in reversed(row.path) if step.group == "collection"), None)
        title = node.name if node else "in no collection"
        groups.setdefault(node.key if node else "", Group(node, title, [])).rows.append(row)
    return list(groups.values())
