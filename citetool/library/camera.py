"""The day and the place that a camera wrote into a photograph (Exif 2.32, in JPEG and TIFF files).

Only the few tags that are kept of an attached file are read, and only from the head of the file. A file that is none,
or is damaged, says nothing.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEAD = 1 << 18  # Exif stands in the first 64 kB segments of a JPEG
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_TAKEN, _DIGITIZED, _CHANGED = 0x9003, 0x9004, 0x0132
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}  # bytes of a value by its type; 5 is a fraction
_DATE = lazy(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)")

Directory = dict[int, tuple[int, int, bytes]]


def taken(path: Path) -> dict[str, str]:
    """Return `taken` (`2024-05-03T11:20:00`, by the camera's clock) and `place` (latitude, longitude), as far as known.

    Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    try:
        return _facts(_tiff(head))
    except (struct.error, IndexError, ZeroDivisionError):
        return {}


def _tiff(head: bytes) -> bytes:
    """Return the TIFF structure that holds the tags, empty where there is none."""
    if head[:4] in (b"II*\0", b"MM\0*"):
        return head
    at = 2 if head[:2] == b"\xff\xd8" else len(head)
    while at + 4 <= len(head) and head[at] == 0xFF and head[at + 1] != 0xDA:
        size = int.from_bytes(head[at + 2 : at + 4], "big")
        if head[at + 1] == 0xE1 and head[at + 4 : at + 10] == b"Exif\0\0":
            return head[at + 10 : at + 2 + size]
        at += 2 + size
    return b""


def _facts(tiff: bytes) -> dict[str, str]:
    if not tiff:
        return {}
    order = "<" if tiff[:2] == b"II" else ">"
    first = _directory(tiff, order, struct.unpack(f"{order}I", tiff[4:8])[0])
    inner = _directory(tiff, order, _number(first, _EXIF_IFD, order))
    gps = _directory(tiff, order, _number(first, _GPS_IFD, order))
    found = {"taken": _date([inner, inner, first]), "place": _place(gps, order)}
    return {name: text for name, text in found.items() if text}


def _directory(tiff: bytes, order: str, at: int) -> Directory:
    """Return the entries of an image file directory: by tag the type, the number of values, and their bytes."""
    found: Directory = {}
    if not at:
        return found
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    for number in range(count):
        tag, kind, many = struct.unpack_from(f"{order}HHI", tiff, at + 2 + 12 * number)
        size = _SIZES.get(kind, 0) * many
        value = at + 10 + 12 * number
        if size > 4:
            (value,) = struct.unpack_from(f"{order}I", tiff, value)
        if 0 < size <= len(tiff):
            found[tag] = (kind, many, tiff[value : value + size])
    return found


def _number(entries: Directory, tag: int, order: str) -> int:
    return int(struct.unpack(f"{order}I", entries[tag][2])[0]) if tag in entries else 0


def _date(places: Sequence[Directory]) -> str:
    for entries, tag in zip(places, (_TAKEN, _DIGITIZED, _CHANGED), strict=True):
        match = _DATE.match(entries[tag][2].decode("ascii", "replace")) if tag in entries else None
        if match and match[1] != "0000":
            return f"{match[1]}-{match[2]}-{match[3]}T{match[4]}"
    return ""


def _place(gps: Directory, order: str) -> str:
    """Return latitude and longitude in degrees, south and west negative."""
    degrees = []
    for reference, value in ((1, 2), (3, 4)):
        if reference not in gps or value not in gps or gps[value][:2] != (5, 3):
            return ""
        parts = struct.unpack(f"{order}6I", gps[value][2])
        size = sum(parts[2 * i] / parts[2 * i + 1] / 60**i for i in range(3))
        degrees.append(-size if gps[reference][2][:1] in (b"S", b"W") else size)
    return f"{degrees[0]:.5f}, {degrees[1]:.5f}"
