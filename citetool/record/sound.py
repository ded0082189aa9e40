"""Records that can be written and read again, out of what readers and other programs give.

A reader of a foreign format may bring a date that is none, a language tag of a cataloguer's own, a name that the record
has for a field of its own, values of any shape. Here every field passes the schema: what does not is set aside under a
name of its own (`x-unread-date`), so that nothing is lost and the record file can be read.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from citetool.text import is_control_free, replace_controls, strip_controls

from .schema import FIELDS, Fault, from_plain

if TYPE_CHECKING:
    from .model import Plain, Record

MAX_DEPTH = 40  # below the depth that `yamltext` refuses, with room for the field itself
_PREFIX = "x-unread-"


def sound(record: Record) -> tuple[Record, list[Fault]]:
    """Return the record as its file will be read, and what was replaced or set aside for that.

    A fault at `id` is one that nothing can be done about: the record has no key to be filed by.
    """
    faults: list[Fault] = []
    plain: dict[str, Plain] = {}
    for name in FIELDS:
        if getattr(record, name):
            plain[name] = _clean(FIELDS[name].form.write(getattr(record, name)), (name,), faults)
    aside: dict[str, Any] = {}
    for name, value in record.extra.items():
        if name in FIELDS or not _is_name(name):
            faults.append(Fault((str(name),), "a field of another program has the name of a record's own"))
            aside[str(name)] = value
        else:
            plain[name] = _clean(value, (name,), faults)
    read, unread = from_plain(plain)
    while unread:
        faults += unread
        for name in dict.fromkeys(str(fault.path[0]) for fault in unread):
            if name == "id":
                return read, faults
            _set_aside(plain, aside, name, unread)
        read, unread = from_plain(plain)
    for name, value in aside.items():
        plain[_free(name, plain)] = _clean(value, (name,), [])
    return (from_plain(plain)[0] if aside else read), faults


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and bool(name.strip()) and is_control_free(name)


def _set_aside(plain: dict[str, Plain], aside: dict[str, Any], name: str, faults: list[Fault]) -> None:
    """Take the faulty parts of a field out of the record, the whole field where its shape is wrong."""
    value = plain[name]
    parts = [fault.path[1] for fault in faults if fault.path[0] == name and len(fault.path) > 1]
    whole = len(parts) < sum(fault.path[0] == name for fault in faults)
    if whole or not isinstance(value, (dict, list)):
        aside[name] = plain.pop(name)
        return
    lost: Any
    if isinstance(value, dict):
        lost = {str(part): value.pop(str(part)) for part in dict.fromkeys(parts) if str(part) in value}
    else:
        places = sorted({part for part in parts if isinstance(part, int) and part < len(value)}, reverse=True)
        lost = [value.pop(place) for place in places][::-1]
    if lost:
        aside[name] = lost
    else:
        aside[name] = plain.pop(name)


def _free(name: str, plain: dict[str, Plain]) -> str:
    """Return the name under which a field is set aside, one that nothing has."""
    base = _PREFIX + (re.sub(r"[^\w-]+", "-", strip_controls(name)).strip("-") or "field")
    free, number = base, 1
    while free in plain:
        number += 1
        free = f"{base}-{number}"
    return free


def _clean(value: Any, path: tuple[str | int, ...], faults: list[Fault]) -> Any:
    """Return a value of texts, lists and mappings only, U+FFFD for each character that no record can hold."""
    if type(value) is str:
        if not is_control_free(value):
            faults.append(Fault(path, "control characters or lone surrogates were replaced by U+FFFD"))
            return replace_controls(value)
        return value
    if isinstance(value, (list, tuple, dict)) and len(path) > MAX_DEPTH:
        faults.append(Fault(path, f"more than {MAX_DEPTH} levels stand one in another; the deeper ones are left out"))
        return ""
    if isinstance(value, dict):
        items = ((str(name), part) for name, part in value.items())
        return {_clean(name, path, faults): _clean(part, (*path, name), faults) for name, part in items}
    if isinstance(value, (list, tuple)):
        return [_clean(part, (*path, place), faults) for place, part in enumerate(value)]
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
