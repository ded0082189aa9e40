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
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from citetool.csl.items.cluster import Cite, Cluster


def near_note_distance(attrs: Mapping[str, str]) -> int:
    """Return how many notes apart two cites are near, from the attributes of `cs:citation`."""
    distance = attrs.get("near-note-distance", "5")
    return int(distance) if distance.isdecimal() else 5


def place_cites(
    clusters: Sequence[Cluster], near_note_distance: int, touched: AbstractSet[str] | None = None
) -> list[Cluster]:
    """Set position, near-note and first note on each cite; citations in text and in notes are two sequences.

    With `touched` only on cites of these items; all others must have been placed, and stand where they stood. Returns
    the clusters in which a cite has changed.
    """
    changed: list[Cluster] = []
    sequences = (_Sequence(near_note_distance), _Sequence(near_note_distance))
    for cluster in clusters:
        sequence = sequences[1 if cluster.note else 0]
        if (touched is None or not touched.isdisjoint(cluster.ids)) and sequence.place(cluster, touched):
            changed.append(cluster)
        sequence.before = cluster
        if cluster.note:
            sequence.in_note[cluster.note] = sequence.in_note.get(cluster.note, 0) + 1
    return changed


class _Sequence:
    """The citations before the next one, as far as they count: those of the notes, or those in the text."""

    def __init__(self, distance: int) -> None:
        self.distance = distance
        self.first_note: dict[str, int] = {}
        self.last_note: dict[str, int] = {}
        self.in_note: dict[int, int] = {}
        self.before: Cluster | None = None

    def place(self, cluster: Cluster, touched: AbstractSet[str] | None) -> bool:
        """Place the cites of a cluster; returns whether one of them has changed."""
        changed = False
        note, first_note = cluster.note, self.first_note
        for number, cite in enumerate(cluster.cites):
            if cite.forced or (touched is not None and cite.id not in touched):
                continue
            was = (cite.position, cite.first_note, cite.near_note)
            cite.note = note
            cite.near_note = False
            if cite.id not in first_note:
                cite.position, cite.first_note = FIRST, 0
                first_note[cite.id] = note
            else:
                cite.first_note = first_note[cite.id] if first_note[cite.id] != note else 0
                cite.position = _position(cite, _earlier(cluster, number, self.before, self.in_note))
                cite.near_note = note - self.last_note.get(cite.id, 0) <= self.distance
            self.last_note[cite.id] = note
            changed = changed or was != (cite.position, cite.first_note, cite.near_note)
        return changed


def move_notes(clusters: Sequence[Cluster], at: int, old: Sequence[Cluster], new: Sequence[Cluster]) -> int:
    """Move the notes behind the place where clusters are put in or taken out; returns by how much.

    A cluster that is put in where a later one has its note comes into a note of its own, so that the others move up; if
    the last of a note is taken out, they move down. Of clusters that replace others the caller knows the note.
    """
    if old and new:
        return 0
    before = clusters[at - 1].note if at else 0
    behind = clusters[at + len(old) :]
    after = next((cluster.note for cluster in behind if cluster.note), 0)
    step = sum(note == after != before for note in {cluster.note for cluster in new if cluster.note})
    step -= sum(note not in (before, after) for note in {cluster.note for cluster in old if cluster.note})
    if step:
        edge = min(cluster.note for cluster in (new or old) if cluster.note)
        for cluster in behind:
            if cluster.note >= edge:
                cluster.note += step
                for cite in cluster.cites:
                    cite.note = cluster.note
                    if cite.first_note >= edge:
                        cite.first_note += step
    return step


def neighbours(clusters: Sequence[Cluster], at: int, exchanged: Sequence[Cluster], distance: int) -> set[str]:
    """Return the items whose cites may have other positions now that clusters were exchanged at a place.

    These are the items of those clusters, of the citations that follow next in the same sequence (notes, or text), and
    of the notes near by.
    """
    touched = {i for cluster in exchanged for i in cluster.ids}
    for in_notes in {bool(cluster.note) for cluster in exchanged}:
        last = max(cluster.note for cluster in exchanged if bool(cluster.note) == in_notes)
        following = 0
        for place in range(at, len(clusters)):
            cluster = clusters[place]
            if bool(cluster.note) == in_notes:
                following += 1
                if following > len(exchanged) + 2 and not (in_notes and cluster.note <= last + distance + 2):
                    break
                touched.update(cluster.ids)
    return touched


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
