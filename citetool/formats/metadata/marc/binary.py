"""Binary MARC (ISO 2709, `.mrc`), as library systems exchange it, in UTF-8 or MARC-8.

The leader says how long a record is and where its fields begin; the directory names them. MARC-8 beyond ASCII is
turned into Unicode by pymarc, which few need, so that it is an extra.
"""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import file_name
from citetool.problems import InputError, Problem, Where

from .fields import OTHER_SORTS, record_of
from .parts import Field, Marc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.record.model import Record

_FIELD_END, _SUBFIELD, _RECORD_END = b"\x1e", b"\x1f", b"\x1d"
_LEADER = 24


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each bibliographic MARC record, one held at a time; raises InputError where there is none."""
    number = 0
    while True:
        leader = stream.read(_LEADER).lstrip(b"\r\n\x00")
        leader += stream.read(_LEADER - len(leader)) if leader else b""
        where = Where(options.source, field=f"record {number + 1}")
        if not leader:
            break
        if len(leader) < _LEADER or not leader[:5].isdigit() or int(leader[:5]) <= _LEADER:
            fault = Problem("this is no MARC record: its leader does not say how long it is", where, "was it cut off?")
            if not number:
                raise InputError(fault)
            yield Rejected(fault, leader.decode("latin-1"), cut=True)
            return
        number += 1
        body = stream.read(int(leader[:5]) - _LEADER)
        if len(body) < int(leader[:5]) - _LEADER or not body.endswith(_RECORD_END):
            yield Rejected(
                Problem("the file ends within this record", where, "was it cut off?"),
                leader.decode("latin-1"),
                cut=True,
            )
            return
        yield _record(leader, body, options, where)
    if not number:
        raise InputError(Problem("there is no MARC record in it", Where(options.source)))


def _record(leader: bytes, body: bytes, options: ReadOptions, where: Where) -> Record | Rejected:
    try:
        marc = _marc(leader, body, options.encoding)
    except (ValueError, IndexError) as error:
        return Rejected(Problem(f"this MARC record cannot be read: {error}", where), leader.decode("latin-1"))
    if marc.sort in OTHER_SORTS:
        return Rejected(Problem(f"{OTHER_SORTS[marc.sort]} describes no source", where), marc.leader)
    record = record_of(marc)
    record.metadata.file, record.metadata.reader = file_name(options.source), "marc"
    return record


def _marc(leader: bytes, body: bytes, encoding: str | None) -> Marc:
    marc = Marc(leader.decode("ascii", "replace"))
    if not leader[12:17].isdigit():
        raise ValueError("its leader does not say where its fields begin")
    base = int(leader[12:17]) - _LEADER
    directory = body[: base - 1]
    for at in range(0, len(directory) - 11, 12):
        tag, length, start = (
            directory[at : at + 3].decode("ascii"),
            directory[at + 3 : at + 7],
            directory[at + 7 : at + 12],
        )
        if not (length.isdigit() and start.isdigit()):
            raise ValueError("its directory does not say where its fields are")
        data = body[base + int(start) : base + int(start) + int(length)].rstrip(_FIELD_END)
        if tag < "010":
            marc.control[tag] = _text(data, leader, encoding)
            continue
        indicators, *parts = data.split(_SUBFIELD)
        subfields = tuple((chr(p[0]), _text(p[1:], leader, encoding).strip()) for p in parts if p)
        both = indicators.decode("ascii", "replace").ljust(2)
        marc.fields.append(Field(tag, both[0], both[1], subfields))
    return marc


# Bytes of MARC-8 without shifts: ASCII, the spacing characters of ANSEL, its marks before the letter they belong to.
_MARC_8 = re.compile(
    rb"(?:[\x00-\x7f\x88\x89\x8d\x8e\xa1-\xae\xb0-\xba\xbc-\xbe\xc0-\xc8\xcd-\xcf]|[\xe0-\xfe]+[A-Za-z\xa1-\xbe])*"
)


def _text(data: bytes, leader: bytes, encoding: str | None) -> str:
    """Return the text of a field: UTF-8, whatever the leader says, else MARC-8 where leader 09 does not deny it.

    Raises ValueError where it is neither.
    """
    if encoding:
        return data.decode(encoding)
    shifts = b"\x1b" in data and leader[9:10] != b"a"
    if not shifts:
        try:
            return data.decode("utf-8")  # text in MARC-8 is never UTF-8: its marks stand before ASCII letters
        except UnicodeDecodeError:
            pass
    if leader[9:10] == b"a" or not (shifts or _MARC_8.fullmatch(data)):
        raise ValueError("its text is neither UTF-8 nor MARC-8; say its encoding with --encoding, such as cp1251")
    try:
        from pymarc.marc8 import marc8_to_unicode  # noqa: PLC0415 - an extra
    except ImportError:
        message = "its text is in MARC-8; install citetool[marc], or say the encoding with --encoding"
        raise ValueError(message) from None
    with redirect_stderr(io.StringIO()):  # it writes there of half characters, even when it is asked not to
        return str(marc8_to_unicode(data, hide_utf8_warnings=True))
