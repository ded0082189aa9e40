"""Facts that a format has no field for, embedded in a note and taken back by our own reader.

What is embedded is *measured*: the writer makes the native fields, reads them back with its own reader, and embeds each
field of the record that came back different. So nothing is said twice without need, a reader that knows nothing of this
sees all that its format can hold, and `read(write(r)) == r` for every record.

An embedded field stands over the native one only as long as the native one is what was written with it. A checksum of
the native value, under `native`, tells: what another program or a person has changed there wins, field by field.

In JSON formats the fields stand in an object. In a text they stand in one note that a person can read too, a mapping
with parentheses and lists with brackets, texts bare or, where they hold marks of the notation, quoted as in JSON:

    citetool(digital: (contents: [Original Scan, Transcript - English]), markings: [TOP SECRET])

It holds no braces, no line breaks and no backslash outside quotes, so that BibTeX and RIS leave it whole.
"""

from __future__ import annotations

import json
import re
import zlib
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem
from citetool.record.schema import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetool.record.model import Plain, Record

MARK = "citetool("


NATIVE = "native"  # the checksums, by field, or by `field.part` of a mapping


def difference(record: Record, native: Record) -> dict[str, Plain]:
    """Return the record's fields, as plain data, that the native reading does not have so; `""` where it must be empty.

    Of a field that is a mapping of independent facts only those that differ, and under `-` the names of those that it
    must not have. Under `native` are checksums of what the native reading has in place of these facts.
    """
    embedded: dict[str, Plain] = {}
    sums: dict[str, Plain] = {}
    for (name, field), value, other in zip(FIELDS.items(), _values(record), _values(native), strict=True):
        if value == other:
            continue
        plain = field.form.write(value) if value else ""
        before = field.form.write(other) if other else ""
        if name in _MAPPINGS and isinstance(before, dict):
            embedded[name] = part = _part(plain if isinstance(plain, dict) else {}, before)
            sums |= {f"{name}.{key}": checksum(before[key]) for key in _facts_in(part) if key in before}
        else:
            embedded[name] = plain
            if before:
                sums[name] = checksum(before)
    if record.extra != native.extra:
        embedded["extra"] = dict(record.extra) or ""
        if native.extra:
            sums["extra"] = checksum(native.extra)
    return {**embedded, NATIVE: sums} if sums else embedded


def _part(plain: dict[str, Plain], before: dict[str, Plain]) -> dict[str, Plain]:
    part = {key: text for key, text in plain.items() if before.get(key) != text}
    if gone := [key for key in before if key not in plain]:
        part["-"] = [*gone]
    return part


def _facts_in(part: Mapping[str, Any]) -> list[str]:
    """Return the keys of a mapping that an embedded part sets or removes."""
    gone = part.get("-", ())
    return [*(key for key in part if key != "-"), *(gone if isinstance(gone, list) else ())]


def checksum(value: Any) -> str:
    """Return the checksum of a plain value."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)
    return f"{zlib.crc32(text.encode()):08x}"


_values = attrgetter(*FIELDS)
_MAPPINGS = frozenset({"digital", "publication", "identifiers", "dates"})


def restore(record: Record, embedded: Mapping[str, Any]) -> list[str]:
    """Set the embedded fields in the record (just made, nobody else's yet), and return what is wrong with them.

    A field whose native value is no longer the one that was written keeps that value, and is named in the answer.
    """
    faults: list[Any] = []
    wrong: list[str] = []
    sums = embedded.get(NATIVE)
    sums = sums if isinstance(sums, dict) else {}
    embedded = _moved(record, embedded, sums)
    for name, value in embedded.items():
        if name == NATIVE:
            continue
        if name != "extra" and name not in FIELDS:
            wrong.append(f"embedded citetool data has an unknown field {name!r}")
            continue
        kept = FIELDS[name].form.write(getattr(record, name)) if name in FIELDS else record.extra
        believed, changed = _believed(name, value, kept or "", sums)
        wrong += [f"{field!r} was changed after citetool wrote it; the change is kept" for field in changed]
        if believed is None:
            continue
        if name == "extra":
            if isinstance(believed, dict) or believed == "":
                record.extra = dict(believed or {})
            continue
        before = len(faults)
        restored = FIELDS[name].form.read(believed, (name,), faults)
        if len(faults) == before:
            setattr(record, name, restored)
    return wrong + [f"embedded field {fault.path[0]!r}: {fault.message}" for fault in faults]


# Facts of our own that a format has among others: where these were changed, what they held before is not brought back.
_AMONG = {"subjects": "tags", "supplied_title": "title"}


def _moved(record: Record, embedded: Mapping[str, Any], sums: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the embedded fields without those that stand natively in another field which was changed.

    A supplied title that was written as a title takes what it was changed to.
    """
    kept = dict(embedded)
    for name, home in _AMONG.items():
        if name not in kept or name in sums or home not in sums:
            continue
        native = FIELDS[home].form.write(getattr(record, home)) or ""
        if _is_as_written(home, native, sums):
            continue
        if name == "supplied_title" and checksum(kept[name]) == sums[home]:
            record.supplied_title, record.title = str(native), str(kept.get("title", ""))
            kept.pop("title", None)
        elif name == "supplied_title":
            continue
        del kept[name]
    return kept


def _believed(name: str, value: Any, kept: Any, sums: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Return the plain value for a field, None where the native one stays, and the names of what was changed in it."""
    if name in _MAPPINGS and isinstance(value, dict):
        kept = kept if isinstance(kept, dict) else {}
        gone = value.get("-", ())
        whole = {**kept}
        changed = []
        for key in _facts_in(value):
            if not _is_as_written(f"{name}.{key}", kept.get(key, ""), sums):
                changed.append(f"{name}.{key}")
            elif key in gone:
                whole.pop(key, None)
            else:
                whole[key] = value[key]
        return whole or "", changed
    return (value, []) if _is_as_written(name, kept, sums) else (None, [name])


def _is_as_written(fact: str, kept: Any, sums: Mapping[str, Any]) -> bool:
    """Return whether a native value is that of the checksums; readers make keys of their own, so these do not tell."""
    return fact == "id" or bool(sums.get(fact, "") == (checksum(kept) if kept else ""))


# ---- the text form

_BARE = lazy(r'[^\s,:;()\[\]{}"\\\'#%&$_^~<>|=][^,:;()\[\]{}"\\\n\r\t|=<>]*(?<!\s)$')


def to_text(carried: Mapping[str, Plain]) -> str:
    """Return the carried fields as one line of text: `citetool(markings: [TOP SECRET])`."""
    return "citetool" + _write(dict(carried))


def _write(value: Plain) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{_write_text(name)}: {_write(item)}" for name, item in value.items()) + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"
    return _write_text(value)


def _write_text(text: str) -> str:
    if _BARE.match(text) and "  " not in text and text.isprintable():
        return text
    quoted = json.dumps(text, ensure_ascii=False).replace("{", r"\u007b").replace("}", r"\u007d")
    odd = re.sub(r"  +|[^ -\U0010ffff]|[\x7f-\x9f\u2028\u2029]", _escape, quoted)
    return odd if odd.isprintable() else "".join(c if c.isprintable() else _escape_all(c) for c in odd)


def _escape(match: re.Match[str]) -> str:
    run = match.group()
    return " " + _escape_all(run[1:]) if run.startswith(" ") else _escape_all(run)


def _escape_all(text: str) -> str:
    return json.dumps(text)[1:-1] if not text.isascii() else "".join(f"\\u{ord(c):04x}" for c in text)


_TOKEN = lazy(r'\s*(?:([()\[\],:])|("(?:[^"\\]|\\.)*")|([^,:()\[\]"\s](?:[^,:()\[\]"]*[^,:()\[\]"\s])?))')


def from_text(text: str) -> tuple[dict[str, Any] | None, str]:
    """Return the carried fields that end a text, and the text before them; `(None, text)` where there are none.

    What looks like them and is broken (somebody has changed the note) is part of the text.
    """
    start = text.rfind(MARK)
    while start >= 0:
        try:
            value, end = _read(text, start + len(MARK) - 1, 0)
        except InputError:
            end = -1
        if end == len(text.rstrip()) and isinstance(value, dict):
            return value, text[:start].rstrip()
        start = text.rfind(MARK, 0, start)
    return None, text


def _next(text: str, at: int) -> re.Match[str]:
    match = _TOKEN.match(text, at)
    if match is None:
        raise InputError(
            Problem("the embedded citetool data is cut off", hint="the end of a list or mapping is missing")
        )
    return match


def _read(text: str, at: int, depth: int) -> tuple[Any, int]:
    match = _next(text, at)
    mark, quoted, bare = match.groups()
    if quoted:
        try:
            return json.loads(quoted), match.end()
        except ValueError:
            raise InputError(Problem(f"{quoted!r} is not a quoted text", hint="quote as in JSON")) from None
    if bare:
        return bare, match.end()
    if mark in ")],:" or depth > 30:
        raise InputError(Problem(f"{mark!r} is unexpected in embedded citetool data"))
    close = ")" if mark == "(" else "]"
    fields: dict[str, Any] = {}
    items: list[Any] = []
    at = match.end()
    match = _next(text, at)
    while match.group(1) != close:
        item, at = _read(text, at, depth + 1)
        match = _next(text, at)
        if mark == "(":
            if match.group(1) != ":" or not isinstance(item, str):
                raise InputError(Problem(f"expected a name and a colon in embedded citetool data, not {item!r}"))
            fields[item], at = _read(text, match.end(), depth + 1)
            match = _next(text, at)
        else:
            items.append(item)
        if match.group(1) == ",":
            at = match.end()
            match = _next(text, at)
        elif match.group(1) != close:
            raise InputError(Problem("expected a comma in embedded citetool data"))
    return (fields if mark == "(" else items), match.end()
