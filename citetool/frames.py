"""Records as a table for pandas, and a table as records.

A row is a record, a column a field: parts of mappings by their path (`archive.box`, `digital.url`), people by their
role (`author`, `recipient`), several parted by semicolons, fields that citetool does not know as `extra.NAME`. What a
cell cannot hold as a text stays whole, as plain data in the column of the field: creators of whom more is known than
name and role, levels in an order of their own. So a table that was made of records gives equal ones back; `place` is
of a publication that of its publisher, as in `citetool new`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.api import records_of
from citetool.library.changes.assignments import Assignment, assigned, date_as_typed, parse_assignment
from citetool.problems import CitetoolError, InputError, Problem, UsageError, Where
from citetool.record.keys import Keys
from citetool.record.levels import with_level
from citetool.record.roles import ROLES
from citetool.record.schema import FIELDS, checked, to_plain
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd  # type: ignore[import-untyped,unused-ignore]

    from citetool.api import Sources
    from citetool.record.model import Plain, Record

_BETWEEN = "; "
_EXTRA = "extra."
_MAPPINGS = ("archive", "digital", "publication", "identifiers", "dates", "metadata")


def to_dataframe(sources: Sources) -> pd.DataFrame:
    """Return a table of the sources: a row each, the columns in the order of a record file; no value where nothing is
    known. Needs pandas.

    Raises NotFoundError for an unknown key, UsageError for what is neither a record nor a key.
    """
    pandas = _pandas()
    rows = [dict(_cells(record)) for record in records_of(sources)]
    place = {name: number for number, name in enumerate(FIELDS)}
    place |= {role: place["creators"] for role in ROLES if role not in place}
    columns = dict.fromkeys(name for row in rows for name in row)
    ordered = sorted(columns or ["id"], key=lambda name: place.get(name.partition(".")[0], len(place)))
    return pandas.DataFrame(rows, columns=ordered, dtype=object)


def from_dataframe(frame: pd.DataFrame) -> list[Record]:
    """Return the records of a table: its columns are those that `to_dataframe` makes, or names as `citetool new` takes
    them (`box`, `publisher`, `url`). Dates may be written as people type them. A row without `id` gets a key.

    Raises UnknownNameError for a column that is no field, InputError with the faults of all rows.
    """
    pandas = _pandas()
    names = {str(column): _field_of(str(column)) for column in frame.columns if str(column) != "id"}
    records, problems, keys = [], list[Problem](), Keys()
    for number, row in enumerate(frame.to_dict("records"), 1):
        known = {str(name): value for name, value in row.items() if _is_known(value, pandas)}
        key = _text(known.pop("id", ""))
        try:
            record = checked({"id": key or "new", **_data(known, names)})
            records.append(replace(record, id=keys.give(record if key else replace(record, id=""))))
        except CitetoolError as error:
            problems += [one._replace(where=Where(f"row {number}", field=one.where.field)) for one in error.problems]
    if problems:
        raise InputError(*problems)
    return records


def _pandas() -> Any:
    try:
        import pandas  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(Problem("pandas is not installed", hint="pip install 'citetool[pandas]'")) from None
    return pandas


# ---- out


def _cells(record: Record) -> Iterable[tuple[str, Plain]]:
    """Yield the cells of a record: column and value."""
    for name, value in to_plain(record).items():
        if name == "creators" and isinstance(value, list):
            yield from _people(value)
        elif name in _MAPPINGS and isinstance(value, dict) and _is_flat(name, value):
            yield from ((f"{name}.{part}", inner) for part, inner in value.items())
        else:
            yield name if name in FIELDS else f"{_EXTRA}{name}", value


def _people(creators: list[Any]) -> Iterable[tuple[str, Plain]]:
    """Yield a column a role, or all of them whole where that would lose something."""
    names: dict[str, list[str]] = {}
    for one in creators:
        names.setdefault(one.get("role", ""), []).append(one.get("name", ""))
    in_order = [(role, name) for role, held in names.items() for name in held]
    simple = all(one.keys() == {"name", "role"} and one["role"] in ROLES for one in creators)
    if (
        simple
        and in_order == [(one["role"], one["name"]) for one in creators]
        and not any(";" in n for _, n in in_order)
    ):
        yield from ((role, _BETWEEN.join(held)) for role, held in names.items())
    else:
        yield "creators", creators


def _is_flat(name: str, value: Mapping[str, Plain]) -> bool:
    """Return whether the parts of a mapping can stand in columns: levels only in their usual order, and once each."""
    if any(not isinstance(inner, str | list) or not _is_field(f"{name}.{part}") for part, inner in value.items()):
        return False
    if name != "archive":
        return True
    usual: dict[str, Plain] = {}
    for level in sorted(value):
        usual = with_level(usual, level, value[level])
    return list(usual) == list(value) and all(isinstance(inner, str) for inner in value.values())


def _is_field(column: str) -> bool:
    try:
        return len(_field_of(column).path) == column.count(".") + 1 == 2
    except UsageError:
        return False


# ---- in


def _field_of(column: str) -> Assignment:
    """Return the assignment, without a value, that a column stands for. Raises UsageError for one that is no field."""
    if column.startswith(_EXTRA):
        return Assignment((column.removeprefix(_EXTRA),), "=", "")
    return parse_assignment(f"{column}=")


def _is_known(value: Any, pandas: Any) -> bool:
    if isinstance(value, list | dict | tuple):
        return bool(value)
    return not pandas.isna(value) and str(value) != ""


def _data(known: Mapping[str, Any], names: Mapping[str, Assignment]) -> dict[str, Plain]:
    """Return the plain data of a row."""
    made: list[Assignment] = []
    for name, value in known.items():
        one = names[name]
        if isinstance(value, list | dict | tuple):
            made.append(one._replace(value=list(value) if isinstance(value, tuple) else value))
        elif one.path[0] == "creators" and len(one.path) == 2:
            people = [part.strip() for part in _text(value).split(_BETWEEN.strip())]
            made += [one._replace(act="+=", value={"name": part, "role": one.path[1]}) for part in people if part]
        elif one.path[0] in ("date", "dates"):
            made.append(one._replace(value=date_as_typed(_text(value))))
        else:
            made.append(one._replace(value=_text(value)))
    return {name: value for name, value in assigned({}, made).items() if value is not None}


def _text(value: Any) -> str:
    """Return a cell as a text: a day without its hours, a whole number without `.0`."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
