"""Clusters: what a document asks for at one place, read from the dicts of the citeproc interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.problems import Problem, Where
from citetool.struct import Struct, replace

from .item import clean
from .locator import split_locator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LABELS = {
    "sub verbo": "sub-verbo", "": "page", "timestamp": "timestamp",
}  # fmt: skip


FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = 0, 1, 2, 3


class Cite(Struct):
    """One item in a cluster: what the writer asked for, and where the document has put it."""

    __slots__ = ("author_only", "first_note", "forced", "id", "label", "locator", "locator_date", "near_note", "note",
                 "position", "prefix", "suffix", "suppress_author")  # fmt: skip

    def __init__(
        self,
        id: str,
        locator: str = "",
        label: str = "page",
        prefix: str = "",
        suffix: str = "",
        suppress_author: bool = False,
        author_only: bool = False,
        position: int = FIRST,
        forced: bool = False,
        near_note: bool = False,
        first_note: int = 0,
        note: int = 0,
        locator_date: str = "",
    ) -> None:
        self.id = id
        self.locator = locator
        self.label = label
        self.prefix = prefix
        self.suffix = suffix
        self.suppress_author = suppress_author
        self.author_only = author_only
        self.position = position
        self.forced = forced
        self.near_note = near_note
        self.first_note = first_note
        self.note = note
        self.locator_date = locator_date


class Cluster(Struct):
    """One citation: its cites in order of printing, its note (0: in the text) and its mode."""

    __slots__ = ("cites", "fixed", "given", "id", "ids", "infix", "mode", "note", "state")

    def __init__(self, id: str, note: int = 0) -> None:
        self.id = id
        self.cites: list[Cite] = []
        self.given: tuple[Cite, ...] = ()  # the cites as the writer has put them, before they were sorted
        self.ids: tuple[str, ...] = ()  # of the items, in that order
        self.note = note
        self.mode = ""
        self.infix = ""
        self.fixed = False  # cites with affixes stay where they are, and only those between them are sorted
        # equal as long as what the cluster prints, or what later notes say of it, stays the same
        self.state: object = None

    def runs(self, cites: list[Cite]) -> list[list[Cite]]:
        """Return the cites in the runs that are sorted each by itself: one, unless affixes fix the order."""
        if not self.fixed or not any(cite.prefix or cite.suffix for cite in cites):
            return [cites]
        runs: list[list[Cite]] = [[]]
        for cite in cites:
            if cite.prefix or cite.suffix:
                runs += [[cite], []]
            else:
                runs[-1].append(cite)
        return [run for run in runs if run]


def with_mode(cluster: Cluster) -> list[Cite]:
    """Return the cites with the mode of the cluster, which is about its first cite."""
    if cluster.mode not in ("author-only", "suppress-author") or not cluster.cites:
        return cluster.cites
    first, *others = cluster.cites
    if cluster.mode == "author-only":
        return [replace(first, author_only=True)]
    return [replace(first, suppress_author=True), *others]


def read_cluster(data: Mapping[str, Any] | Sequence[Any], number: int, problems: list[Problem]) -> Cluster:
    """Return a cluster from a dict with `citationItems` and `properties`, or from a bare list of cite dicts."""
    if isinstance(data, dict):
        items: Any = data.get("citationItems") or []
        properties = data.get("properties")
        if not isinstance(properties, dict):
            properties = {}
        cluster = Cluster(str(data.get("citationID", number)), note=_integer(properties.get("noteIndex")))
        cluster.mode = str(properties.get("mode") or "")
        cluster.infix = str(properties.get("infix") or "")
        cluster.fixed = bool(properties.get("affixes-fix-order"))
    else:
        items, cluster = data, Cluster(str(number))
    if not isinstance(items, (list, tuple)):
        hint = '[{"id": ..., "locator": ...}, ...]'
        where = Where(field=f"clusters[{number}]")
        problems.append(Problem("not a list of cites", where, hint=hint, severity="warning"))
        items = ()
    for item in items:
        if not isinstance(item, dict) or "id" not in item:
            where = Where(field=f"clusters[{number}]")
            problems.append(Problem("a cite needs an 'id'", where, severity="warning"))
            continue
        try:
            cluster.cites.append(_read_cite(item))
        except ValueError:  # Python refuses to write out numbers of thousands of digits
            where = Where(field=f"clusters[{number}]")
            problems.append(Problem("a number in a cite is too large", where, severity="warning"))
    cluster.given = tuple(cluster.cites)
    cluster.ids = tuple(cite.id for cite in cluster.cites)
    return cluster


def _read_cite(item: dict[str, Any]) -> Cite:
    cite = Cite(str(item["id"]))
    locator = item.get("locator")
    cite.locator = clean(str(locator)).strip() if locator not in (None, "") else ""
    label = str(item.get("label") or "page")
    cite.label = _LABELS.get(label, label)
    cite.prefix = clean(str(item.get("prefix") or ""))
    cite.suffix = clean(str(item.get("suffix") or ""))
    cite.suppress_author = bool(item.get("suppress-author"))
    cite.author_only = bool(item.get("author-only"))
    if isinstance(item.get("position"), int):
        cite.position, cite.forced = item["position"], True
    cite.near_note = bool(item.get("near-note"))
    cite.first_note = _integer(item.get("first-reference-note-number"))
    first = split_locator(cite.locator)[0].label
    if first:  # its own label counts for more than that of the cite
        cite.label = first
    return cite


def _integer(value: object) -> int:
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.strip().isdecimal() and len(value) < 12 else 0
