"""Count the citations of a document: by kind of source, archive, collection, box, and source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citetool.record.levels import apart, in_group

if TYPE_CHECKING:
    from citetool.record.model import Holding

    from .extract import Extracted

_GROUPS = {"archive": "repository", "collection": "collection", "box": "container"}


def stats(extracted: Extracted) -> dict[str, list[tuple[str, int]]]:
    """Return for each field its values with the number of their citations, the most frequent first.

    A box is counted with its collection, since every collection has a first one; archives and boxes leave publications
    out.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("kind", *_GROUPS, "source")}
    for record in extracted.records:
        times = len(extracted.cited.get(record.id, ()))
        counts["kind"][record.kind] += times
        counts["source"][record.id] += times
        for name, value in {pair for place in apart(record.archive) for pair in _places(place).items()}:
            counts[name][value] += times
    return {name: [pair for pair in values.most_common() if pair[1]] for name, values in counts.items()}


def _places(holding: Holding) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, group in _GROUPS.items():
        value = ", ".join(level.value for level in in_group(holding, group))
        if value:
            found[name] = value
    if "box" in found and "collection" in found:
        found["box"] = f"{found['box']}, {found['collection']}"
    return found
