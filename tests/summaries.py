"""Golden summaries of real files: how many records of which kinds, which fields are filled, what is reported.

One JSON file a folder of fixtures, `tests/formats/summaries/<folder>.json`, with an entry for each of its files.
`pytest --update-golden` rewrites the entries; the difference is then read by a person before it is committed.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.formats.base import collect
from citetool.record.schema import FIELDS, from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.formats.base import Attachment, ReadResult, Rejected
    from citetool.problems import Problem
    from citetool.record.model import Record

FOLDER = Path(__file__).parent / "formats" / "summaries"


def summary_of(result: ReadResult) -> dict[str, Any]:
    """Counts of records, kinds, filled fields (levels as `archive.box`), rejected entries and problems by message."""
    fields: Counter[str] = Counter()
    for record in result.records:
        fields.update(_filled(record))
    order = [*FIELDS, "extra"]
    found: dict[str, Any] = {
        "records": len(result.records),
        "kinds": _counts(Counter(record.kind for record in result.records).most_common()),
        "fields": _counts(sorted(fields.items(), key=lambda item: (order.index(item[0].partition(".")[0]), item[0]))),
        "rejected": dict(Counter(r.problem.message for r in result.rejected).most_common()),
        "problems": dict(Counter(p.message for p in result.problems).most_common()),
    }
    return {name: value for name, value in found.items() if value or name == "records"}


def _counts(pairs: list[tuple[str, int]]) -> str:
    """Names with their counts on one line, so that a difference is a line: `id 13, kind 13, title 2`."""
    return ", ".join(f"{name} {count}" for name, count in pairs)


def _filled(record: Record) -> set[str]:
    names = {name for name in FIELDS if name != "archive" and getattr(record, name)}
    names |= {f"archive.{level.name}" for level in record.archive.levels}
    return names | ({"extra"} if record.extra else set())


def faulty(records: Iterable[Record]) -> list[str]:
    """What a record file with these records would be refused for, and records that it would not give back equal."""
    wrong: list[str] = []
    for record in records:
        again, faults = from_plain(to_plain(record))
        wrong += [f"{record.id}: {fault.message}" for fault in faults if fault.path != ("id",)]
        if again != record:
            wrong.append(f"{record.id}: not equal when it is read back")
    return wrong


def check_summary(
    folder: str, name: str, items: Iterable[Record | Rejected | Problem | Attachment], *, update: bool
) -> None:
    """Compare the summary of what a reader gave with the golden one, or write it."""
    result = collect(items)
    assert not faulty(result.records)
    path = FOLDER / f"{folder}.json"
    golden = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    summary = summary_of(result)
    if update:
        golden[name] = summary
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(dict(sorted(golden.items())), indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
    assert summary == golden.get(name), f"{name}: not as in {path.name}; if it should be so, --update-golden"
