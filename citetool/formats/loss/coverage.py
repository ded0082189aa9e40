"""Find by trying which fields of a record a format has fields of its own for; for `citetool formats NAME`."""

from __future__ import annotations

from citetool.formats.base import WriteOptions
from citetool.record.schema import FIELDS, checked, to_plain
from citetool.record.yamltext import read_record

from .loss import fact_names
from .roundtrip import measure


def supported_fields(name: str) -> tuple[list[str], list[str]]:
    """Return the fields of a record that a format has fields for, and those that it has none for.

    Found by trying: a record with each field's own example (`schema.FIELDS`) is written and read back.
    """
    options = WriteOptions(lossless=False)
    text = "\n".join(f"{key}: {row.example}" for key, row in FIELDS.items() if key != "type")
    example = to_plain(read_record(text))
    example["creators"] = [{"name": "Harriman, W. Averell", "role": "author"}]
    inside: list[str] = []
    outside: list[str] = []
    for part, value in example.items():
        record = checked({"id": "example", "kind": "memorandum", "title": "Example", part: value})
        names = fact_names({part: value})
        missing = fact_names(measure(record, name, options))
        inside += [fact for fact in names if fact not in missing]
        outside += [fact for fact in names if fact in missing]
    return inside, outside
