"""Positions: first, subsequent, ibid, ibid-with-locator, near-note, and the note of the first reference.

SPEC (CSL 1.0.2, "Choose", `position`): a cite is `ibid` if it follows at once on another cite of the same item, in the
same citation, or as first cite of a citation after one that consists of a single cite of that item. The locator then
decides: the same one, or none on both, is `ibid`; a new one is `ibid-with-locator`; one that has been dropped makes
the cite merely `subsequent`. As in the reference processor the notes must be the same or neighbours,
and for citations in the text the last cite of the citation before decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.items.cluster import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.csl.items.cluster import Cite, Cluster


def place_cites(clusters: Sequence[Cluster], near_note_distance: int) -> None:
    """Set position, near-note and first note on each cite; citations in text and in notes are two sequences."""
    for in_notes in (False, True):
        _place([c for c in clusters if bool(c.note) == in_notes], near_note_distance)


def _place(clusters: list[Cluster], distance: int) -> None:
    first_note: dict[str, int] = {}
    last_note: dict[str, int] = {}
    in_note: dict[int, int] = {}
    before: Cluster | None = None
    for cluster in clusters:
        for number, cite in enumerate(cluster.cites):
            if cite.forced:
                continue
            cite.note = cluster.note
            cite.near_note = False
            if cite.id not in first_note:
                cite.position, cite.first_note = FIRST, 0
                first_note[cite.id] = cluster.note
            else:
                cite.first_note = first_note[cite.id] if first_note[cite.id] != cluster.note else 0
                earlier = _earlier(cluster, number, before, in_note)
                cite.position = _position(cite, earlier)
                cite.near_note = cluster.note - last_note.get(cite.id, 0) <= distance
            last_note[cite.id] = cluster.note
        before = cluster
        in_note[cluster.note] = in_note.get(cluster.note, 0) + 1


def _earlier(cluster: Cluster, number: int, before: Cluster | None, in_note: dict[int, int]) -> Cite | None:
    """Return the cite that this one could refer back to with ibid."""
    if number:
        return cluster.cites[number - 1]
    if before is None or not before.cites:
        return None
    if before.note < cluster.note - 1 or (0 < before.note != cluster.note and in_note[before.note] > 1):
        return None
    if before.note and len(before.cites) > 1:
        return None
    return before.cites[-1]


def _position(cite: Cite, earlier: Cite | None) -> int:
    if earlier is None or earlier.id != cite.id:
        return SUBSEQUENT
    if not cite.locator:
        return SUBSEQUENT if earlier.locator else IBID
    if (cite.locator, cite.label) == (earlier.locator, earlier.label):
        return IBID
    return IBID_WITH_LOCATOR
