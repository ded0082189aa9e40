"""The check of records that a script makes by hand: texts, tuples, dates that are dates.

What a field may hold is said once, by the annotations of the constructor. The schema is another matter: it reads plain
data, which `from_dict` takes.
"""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from citetool.edtf import parse_edtf
from citetool.problems import CitetoolError, InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = "citetool.from_dict takes texts, lists and mappings, as a record file has them"
_EDTF = "write an EDTF date such as 1944-06-26"


def check_fields(record: Any) -> None:
    """Raise InputError with a problem for each field whose value is not of the type that the constructor names."""
    made: Any = type(record)
    types = _types(made)
    problems = [problem for name, wanted in types.items() for problem in _faults(name, getattr(record, name), wanted)]
    if not record.id and not problems:
        problems = [Problem("the record has no id", Where(field="id"), "write the key to cite it by")]
    if problems:
        raise InputError(*problems)


@cache
def _types(made: Any) -> dict[str, Any]:
    """Return the types of the constructor's parameters, without the None that stands for an empty value."""
    hints = get_type_hints(made.__init__)
    del hints["return"]
    return {
        name: next((one for one in get_args(hint) if NoneType in get_args(hint) and one is not NoneType), hint)
        for name, hint in hints.items()
    }


def _faults(name: str, value: Any, wanted: Any) -> Iterator[Problem]:
    kind = get_origin(wanted) or wanted
    if kind is tuple:
        inner = get_args(wanted)[0]
        fits = isinstance(value, tuple) and all(isinstance(one, inner) for one in value)
        called = f"a tuple of {'texts' if inner is str else inner.__name__}"
    else:
        fits = isinstance(value, kind)
        called = {str: "a text", dict: "a dict"}.get(kind, kind.__name__)
    if not fits:
        hint = "write it in quotes" if kind is str else _PLAIN
        yield Problem(f"{called} is wanted here, not {value!r}"[:200], Where(field=name), hint)
    elif name == "date":
        yield from _date(name, value)
    elif name == "dates":
        for event, text in value.items():
            yield from _date(f"dates.{event}", text)


def _date(field: str, text: Any) -> Iterator[Problem]:
    try:
        if text:
            parse_edtf(text)
    except (CitetoolError, TypeError) as error:
        problem = error.problems[0] if isinstance(error, CitetoolError) else Problem(f"{text!r} is no date")
        yield Problem(problem.message, Where(field=field), problem.hint or _EDTF)
