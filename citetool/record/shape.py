"""The shape of a record's fields, for records that a script makes by hand: texts, tuples, dates that are dates.

It is checked without the schema, which reads plain data; `from_dict` takes that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.problems import CitetoolError, InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLAIN = "citetool.from_dict takes texts, lists and mappings, as a record file has them"
_CALLED: dict[type, str] = {str: "a text", dict: "a dict"}
_EDTF = "write an EDTF date such as 1944-06-26"


def check_shape(record: Any, shapes: Mapping[str, type | tuple[type]]) -> None:
    """Raise InputError with a problem for each field that is not of its shape; fields without one are texts."""
    problems = [problem for name in record.__slots__ for problem in _faults(name, getattr(record, name), shapes)]
    if not record.id and not problems:
        problems = [Problem("the record has no id", Where(field="id"), "write the key to cite it by")]
    if problems:
        raise InputError(*problems)


def _faults(name: str, value: Any, shapes: Mapping[str, type | tuple[type]]) -> Iterator[Problem]:
    shape = shapes.get(name, str)
    if isinstance(shape, tuple):
        whole = isinstance(value, tuple) and all(isinstance(one, shape) for one in value)
        wanted = f"a tuple of {'texts' if shape[0] is str else shape[0].__name__} is wanted here"
    else:
        called = _CALLED.get(shape, shape.__name__)
        whole, wanted = isinstance(value, shape), f"{called} is wanted here"
    if not whole:
        hint = "write it in quotes" if shape is str else _PLAIN
        yield Problem(f"{wanted}, not {value!r}"[:200], Where(field=name), hint)
    elif name == "date":
        yield from _date(name, value)
    elif name == "dates":
        for event, text in value.items():
            yield from _date(f"dates.{event}", text)


def _date(field: str, text: Any) -> Iterator[Problem]:
    from citetool.edtf import parse_edtf  # noqa: PLC0415 - readers make records by the thousand, and check none

    try:
        if text:
            parse_edtf(text)
    except (CitetoolError, TypeError) as error:
        problem = error.problems[0] if isinstance(error, CitetoolError) else Problem(f"{text!r} is no date")
        yield Problem(problem.message, Where(field=field), problem.hint or _EDTF)
