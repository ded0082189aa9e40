"""Measure what a format does not hold of the records that are written in it.

A writer with a note for such facts (`shared/embedded.py`) measures them as it writes and reports to
`WriteOptions.loss`. For any other format the record is written, read back with citetool's own reader and compared;
where there is no reader, the facts are those whose words do not appear in the text.
"""

from __future__ import annotations

import io
from itertools import chain, islice
from typing import TYPE_CHECKING

from citetool.formats.base import ReadOptions, collect
from citetool.formats.registry import find_format, reader, write_text
from citetool.formats.shared.embedded import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.formats.base import WriteOptions
    from citetool.record.model import Plain, Record

    from .loss import Loss


def write_measured(records: Iterable[Record], name: str, options: WriteOptions, loss: Loss) -> Iterator[str]:
    """Yield the pieces of `write_text`, while `loss` is filled in record by record.

    Nothing is given before a first record has been read: of a source that cannot be read no head is written.
    """
    options = options._replace(loss=loss)
    seen: list[Record] = []
    rest = iter(records)

    def watched() -> Iterator[Record]:
        for record in chain(first, rest):
            loss.records += 1
            loss.archival += bool(record.archive)
            seen.append(record)
            yield record

    text = write_text(watched(), name, options)
    first = list(islice(rest, 1))
    for piece in text:
        yield piece
        if loss.reported:
            loss.keeps = True
        else:
            for record in seen:
                _measure_both(record, name, options, loss)
        loss.reported = False
        seen.clear()


def _measure_both(record: Record, name: str, options: WriteOptions, loss: Loss) -> None:
    """Tell what the fields of the format do not hold, and of that what its note does not hold either."""
    outside = measure(record, name, options._replace(lossless=False))
    lost = measure(record, name, options) if outside and options.lossless else outside
    loss.record_loss(record, {field: value for field, value in outside.items() if field not in lost}, carried=True)
    loss.record_loss(record, lost, carried=False)


def measure(record: Record, name: str, options: WriteOptions) -> dict[str, Plain]:
    """Return the fields of a record that writing it in a format and reading it back does not give back."""
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
