"""Count the fields of records that a written text does not hold.

A field is *carried* where only citetool's own reader takes it back, from a note, and *lost* where nothing does. Fields
are named as in a record file, parts of a mapping with a dot (`digital.contents`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citetool.formats.shared.embedded import NATIVE, checksum
from citetool.record.levels import cited
from citetool.struct import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citetool.record.model import Plain, Record


class Loss(Struct):
    """Counts by field over all records, and with `explain` the fields of each record that lost any.

    `records` counts those that were written, `archival` those of them with an archive; `reported` says that a
    writer has measured the one that it wrote last, `keeps` that the format has a note for what it has no field for.
    """

    __slots__ = ("archival", "by_record", "carried", "explain", "keeps", "lost", "records", "reported")

    def __init__(self, *, explain: bool = False) -> None:
        self.explain = explain
        self.records = 0
        self.archival = 0
        self.carried: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.by_record: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        self.reported = False
        self.keeps = False

    def record_loss(self, record: Record, fields: Mapping[str, Plain], *, carried: bool) -> None:
        """Count the fields of a record that only the note holds, or that nothing holds."""
        self.reported = True
        if not carried and "archive" in fields and _cites_alike(record, fields):
            fields = {name: value for name, value in fields.items() if name != "archive"}
        if fields and (names := fact_names(fields)):
            (self.carried if carried else self.lost).update(names)
            if self.explain:
                self.by_record.append((record.id, names, ()) if carried else (record.id, (), names))

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain data: counts by field, and the records where they were asked for."""
        data: dict[str, object] = {"carried": dict(self.carried.most_common()), "lost": dict(self.lost.most_common())}
        if self.explain:
            data["records"] = [
                {"id": key, "carried": list(carried), "lost": list(lost)} for key, carried, lost in self.by_record
            ]
        return data

    def lines(self, title: str) -> Iterator[str]:
        """Yield the report for people: a line of counts for each of the two, then a line a record."""
        cure = "; --lossless keeps it in a note" if self.keeps else ""
        for counts, what, end in ((self.carried, "kept in a note for citetool", ""), (self.lost, "lost", cure)):
            if counts:
                named = ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
                yield f"no field in {title}, {what}: {named}{end}"
        for key, carried, lost in self.by_record:
            parts = [f"{word} {', '.join(names)}" for word, names in (("note:", carried), ("lost:", lost)) if names]
            yield f"  {key}: {'; '.join(parts)}"


def _cites_alike(record: Record, fields: Mapping[str, Plain]) -> bool:
    """Return whether the archive comes back with the label that a bare number is cited with, and else the same."""
    sums = fields.get(NATIVE)
    plain = {level.name: cited(level) for level in record.archive.levels}
    return (
        isinstance(sums, dict) and len(plain) == len(record.archive.levels) and sums.get("archive") == checksum(plain)
    )


def fact_names(fields: Mapping[str, Plain]) -> tuple[str, ...]:
    """Return the names of what a difference holds; fields that are only emptied are no fact."""
    names: list[str] = []
    for name, value in fields.items():
        if name == NATIVE:
            continue
        if isinstance(value, dict) and name in ("digital", "publication", "identifiers", "dates", "metadata"):
            names += [f"{name}.{part}" for part in value if part != "-"]
        elif value not in ("", [], {}):
            names.append(name)
    return tuple(names)
