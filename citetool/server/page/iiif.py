"""A IIIF manifest of a record's scans (IIIF Presentation API 3.0), for Mirador and other viewers of this machine."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from citetool.problems import CitetoolError

from . import scans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetool.record.model import Record

_UNKNOWN = (1000, 1400)  # a canvas must have a size (5.3); this is the shape of a page


def manifest(record: Record, pictures: Sequence[scans.Picture], address: str, root: Path, path: str) -> dict[str, Any]:
    """Return the manifest of a record with these pictures; `address` is where the server answers."""
    key = quote(record.id)
    here = f"{address}/iiif/{key}/manifest.json"
    return {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": here,
        "type": "Manifest",
        "label": {"none": [record.any_title or record.id]},
        **({"summary": {"none": [record.summary]}} if record.summary else {}),
        **({"homepage": [_homepage(record)]} if record.digital.url else {}),
        "items": [
            _canvas(
                number, one, here, f"{address}/image/{one.image.number}/{one.page}/{key}", _size(root, path, one.image)
            )
            for number, one in enumerate(pictures, 1)
        ],
    }


def _homepage(record: Record) -> dict[str, Any]:
    label = record.digital.name or record.digital.url
    return {"id": record.digital.url, "type": "Text", "label": {"none": [label]}, "format": "text/html"}


def _canvas(number: int, picture: scans.Picture, here: str, url: str, size: tuple[int, int]) -> dict[str, Any]:
    canvas = f"{here}#canvas{number}"
    width, height = size
    kind = "image/png" if scans.needs_conversion(picture.image.type) else picture.image.type
    body = {"id": url, "type": "Image", "format": kind, "width": width, "height": height}
    annotation = {"id": f"{canvas}-image", "type": "Annotation", "motivation": "painting", "body": body,
                  "target": canvas}  # fmt: skip
    page = {"id": f"{canvas}-page", "type": "AnnotationPage", "items": [annotation]}
    return {"id": canvas, "type": "Canvas", "label": {"none": [picture.title]}, "width": width, "height": height,
            "items": [page]}  # fmt: skip


def _size(root: Path, path: str, image: scans.Shown) -> tuple[int, int]:
    try:
        return size_of(scans.read(root, path, image.file)) or _UNKNOWN
    except CitetoolError:
        return _UNKNOWN


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG image by its first bytes; None for any other."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size in the first frame header (ITU T.81, B.2.2): markers C0 to CF but for C4, C8 and CC."""
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return None
