"""The number of pages of a TIFF file (TIFF 6.0, "TIFF Structure"; BigTIFF), by its chain of directories.

Only the directories are looked at, not the pictures, which may be large.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

MOST = 500
_ORDERS = {b"II": "<", b"MM": ">"}


def count_pages(file: BinaryIO) -> int:
    """Return how many pages a TIFF file has, up to `MOST`; 1 where its chain is damaged or it is none."""
    try:
        head = file.read(16)
        order = _ORDERS[head[:2]]
        large = struct.unpack(f"{order}H", head[2:4])[0] == 43  # BigTIFF: numbers of eight bytes
        number, pointer, entry = ("Q", "Q", 20) if large else ("H", "I", 12)
        (at,) = struct.unpack_from(f"{order}{pointer}", head, 8 if large else 4)
        seen: set[int] = set()
        while at and at not in seen and len(seen) < MOST:
            seen.add(at)
            file.seek(at)
            (entries,) = _read(file, order, number)
            file.seek(entries * entry, 1)
            (at,) = _read(file, order, pointer)
    except (KeyError, struct.error, OSError, ValueError, OverflowError):
        return 1
    return max(len(seen), 1)


def _read(file: BinaryIO, order: str, kind: str) -> tuple[int, ...]:
    form = struct.Struct(f"{order}{kind}")
    return form.unpack(file.read(form.size))
