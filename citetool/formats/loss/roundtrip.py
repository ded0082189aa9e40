"""What a format does not hold of the records that are written in it, counted by field.

A writer with a note for such facts (`shared/embedded.py`) measures them as it writes and tells `WriteOptions.loss`.
For any other format the record is written, read back with citetool's own reader and compared; where there is no reader,
the facts are those whose words do not appear in the text. A fact is *carried* when our reader takes it back from the
note, and *lost* otherwise. Fields are named as in a record file, parts of a mapping with a dot (`digital.contents`).
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

from citetool.formats.base import ReadOptions, collect
from citetool.formats.registry import find_format, reader, write_text
from citetool.formats.shared.embedded import difference
from citetool.struct import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from citetool.formats.base import WriteOptions
    from citetool.record.model import Plain, Record


class Loss(Struct):
    """Counts by field over all records, and with `explain` the fields of each record that lost any.

    `records` counts those that were written; `told` says that a writer has measured the one that it wrote last.
    """

    __slots__ = ("by_record", "carried", "explain", "lost", "records", "told")

    def __init__(self, *, explain: bool = False) -> None:
        self.explain = explain
        self.records = 0
        self.carried: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.by_record: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        self.told = False

    def tell(self, record: Record, fields: Mapping[str, Plain], *, carried: bool) -> None:
        """Count the fields of a record that only the note holds, or that nothing holds."""
        self.told = True
        if fields and (names := fact_names(fields)):
            (self.carried if carried else self.lost).update(names)
            if self.explain:
                self.by_record.append((record.id, names, ()) if carried else (record.id, (), names))

    def as_dict(self) -> dict[str, object]:
        """The report as plain data: counts by field, and the records where they were asked for."""
        data: dict[str, object] = {"carried": dict(self.carried.most_common()), "lost": dict(self.lost.most_common())}
        if self.explain:
            data["records"] = [
                {"id": key, "carried": list(carried), "lost": list(lost)} for key, carried, lost in self.by_record
            ]
        return data

    def lines(self, title: str) -> Iterator[str]:
        """The report for people: a line of counts for each of the two, then a line a record."""
        for counts, what in ((self.carried, "only in a note, for citetool"), (self.lost, "lost")):
            if counts:
                yield f"{title}, {what}: " + ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
        for key, carried, lost in self.by_record:
            parts = [f"{word} {', '.join(names)}" for word, names in (("note:", carried), ("lost:", lost)) if names]
            yield f"  {key}: {'; '.join(parts)}"


def fact_names(fields: Mapping[str, Plain]) -> tuple[str, ...]:
    """The names of what a difference holds; fields that are only emptied are no fact."""
    names: list[str] = []
    for name, value in fields.items():
        if isinstance(value, dict) and name in ("digital", "publication", "identifiers", "dates", "metadata"):
            names += [f"{name}.{part}" for part in value if part != "-"]
        elif value not in ("", [], {}):
            names.append(name)
    return tuple(names)


def write_measured(records: Iterable[Record], name: str, options: WriteOptions, loss: Loss) -> Iterator[str]:
    """The pieces of `write_text`, while `loss` is filled in record by record."""
    options = options._replace(loss=loss)
    seen: list[Record] = []

    def watched() -> Iterator[Record]:
        for record in records:
            loss.records += 1
            seen.append(record)
            yield record

    for piece in write_text(watched(), name, options):
        yield piece
        if loss.told:
            loss.told = False
        else:
            for record in seen:
                _measure_both(record, name, options, loss)
        seen.clear()


def _measure_both(record: Record, name: str, options: WriteOptions, loss: Loss) -> None:
    """Tell what the fields of the format do not hold, and of that what its note does not hold either."""
    outside = measure(record, name, options._replace(carry=False))
    lost = measure(record, name, options) if outside and options.carry else outside
    loss.tell(record, {field: value for field, value in outside.items() if field not in lost}, carried=True)
    loss.tell(record, lost, carried=False)


def measure(record: Record, name: str, options: WriteOptions) -> dict[str, Plain]:
    """The fields of a record that writing it in a format and reading it back does not give back."""
    text = "".join(write_text([record], name, options._replace(loss=None)))
    if not find_format(name).reads:
        return {n: v for n, v in difference(record, type(record)(id=record.id)).items() if not _appears(v, text)}
    back = collect(reader(name)(io.BytesIO(text.encode("utf-8", "replace")), ReadOptions())).records
    return difference(record, back[0]) if back else difference(record, type(record)(id=record.id))


def _appears(value: Plain, text: str) -> bool:
    if isinstance(value, dict):
        return all(_appears(part, text) for part in value.values())
    if isinstance(value, list):
        return all(_appears(part, text) for part in value)
    return value in text
