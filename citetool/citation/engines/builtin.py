"""The default engine: `citetool.csl`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.csl.document.processor import Processor

if TYPE_CHECKING:
    from .engine import CiteRequest, Task

# Positions as citeproc's clusters name them (CSL 1.0.2, "Position").
_FORCED = {"first": 0, "subsequent": 1, "ibid": 2}
_IBID_WITH_LOCATOR = 3


def citations(task: Task, cites: list[CiteRequest]) -> list[str]:
    """Return one text for each cite, each at the position it asks for, all in one document so that names are told
    apart.
    """
    clusters = [cluster_of(number, cite) for number, cite in enumerate(cites, 1)]
    return _processor(task).cite(clusters, format=task.writer)


def cluster_of(number: int, cite: CiteRequest) -> dict[str, Any]:
    """Return the cite as the cluster of a note of that number."""
    item: dict[str, Any] = {"id": cite.id, "position": _FORCED[cite.position]}
    if cite.locator:
        item |= {"locator": cite.locator, "label": cite.label}
        if cite.position == "ibid":
            item["position"] = _IBID_WITH_LOCATOR
    return {"citationID": str(number), "citationItems": [item], "properties": {"noteIndex": number}}


def bibliography(task: Task) -> list[tuple[str, str]]:
    """Return `(item id, text)` of each entry, in the style's order; an entry of several items goes by its first."""
    result = _processor(task).bibliography(format=task.writer)
    return [(ids[0], text) for ids, text in result.entries if text]


def _processor(task: Task) -> Processor:
    return Processor(task.style.parsed(), task.items, locale=task.locale, links=task.links)
