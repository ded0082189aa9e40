"""CSL-YAML: the items of CSL-JSON as pandoc keeps them, a list under `references:`.

pandoc's older dates (`- year: 1944`) are read as well. What stands between `---` lines in a Markdown file is such YAML
too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from citetool.formats.base import ReadOptions, Rejected, WriteOptions
from citetool.formats.shared.text_stream import whole_text
from citetool.problems import InputError, Problem, Where
from citetool.record.keys import Keys, give_key
from citetool.record.yamltext import parse_yaml

from .from_csl import read_item
from .json import written_item
from .variables import DATE_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.record.model import Record


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield records of a YAML list of items, alone or under `references`; the file is held whole."""
    problems: list[Problem] = []
    text = whole_text(stream, options, problems)
    yield from problems
    lines = text.split("\n")
    if lines[0].strip() == "---":  # up to the line that ends the metadata of a Markdown file
        end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), len(lines))
        text = "\n".join(lines[:end])
    data = parse_yaml(text, options.source)
    items = data.get("references", [data]) if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise InputError(Problem("there is no list of references in it", Where(options.source), "begin `references:`"))
    keys = Keys()
    for number, item in enumerate(items, 1):
        where = Where(options.source, field=f"references[{number}]")
        odd: list[str] = []
        try:
            record = read_item(_with_dates(item) if isinstance(item, dict) else item, odd)
        except InputError as error:
            yield Rejected(Problem(error.problems[0].message, where), str(item))
            continue
        yield from (Problem(message, where, severity="warning") for message in odd)
        yield from give_key(record, keys, where)
        yield record


def _with_dates(item: dict[str, Any]) -> dict[str, Any]:
    """Return the item with dates of the older form (mappings with year, month and day) as CSL-JSON has them."""
    changed = dict(item)
    for name in DATE_VARIABLES & item.keys():
        value = item[name]
        parts = value if isinstance(value, list) else [value]
        if parts and all(isinstance(part, dict) and "year" in part for part in parts):
            numbers = [[part[unit] for unit in ("year", "month", "day") if unit in part] for part in parts]
            rest = {key: text for part in parts for key, text in part.items() if key in ("season", "circa")}
            changed[name] = {"date-parts": numbers, **rest}
    return changed


_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a YAML document with the items under `references`, one item a piece."""
    yield "---\nreferences:\n"
    for record in records:
        yield yaml.dump([written_item(record, options)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    yield "...\n"
