"""Scans on the page: the pages of a TIFF, and images that no browser shows."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette", reason="pip install 'citetool[serve]'")

from citetool.record.model import File
from citetool.server.page import scans
from citetool.server.page.tiff import MOST, count_pages

if TYPE_CHECKING:
    from pathlib import Path


def tiff(pages: int, order: str = "<", *, large: bool = False) -> bytes:
    """A TIFF of white pictures of one pixel, the directories first, in a chain."""
    number, pointer = ("Q", "Q") if large else ("H", "I")
    tags = [
        (256, 3, 1),
        (257, 3, 1),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 0),
        (277, 3, 1),
        (278, 3, 1),
        (279, 4, 1),
    ]
    size = struct.calcsize(f"={number}") + len(tags) * (20 if large else 12) + struct.calcsize(f"={pointer}")
    start = 16 if large else 8
    mark = b"II" if order == "<" else b"MM"
    head = struct.pack(f"{order}HHHQ", 43, 8, 0, start) if large else struct.pack(f"{order}HI", 42, start)
    data = mark + head
    for page in range(pages):
        data += struct.pack(f"{order}{number}", len(tags))
        for tag, kind, value in tags:
            content = start + pages * size if tag == 273 else value
            packed = struct.pack(f"{order}{'H' if kind == 3 else 'I'}", content).ljust(8 if large else 4, b"\0")
            data += struct.pack(f"{order}HH{'Q' if large else 'I'}", tag, kind, 1) + packed
        data += struct.pack(f"{order}{pointer}", start + (page + 1) * size if page + 1 < pages else 0)
    return data + b"\xff"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("pages", [1, 3, 12])
def test_pages_of_a_tiff_are_counted(order: str, large: bool, pages: int) -> None:
    assert count_pages(io.BytesIO(tiff(pages, order, large=large))) == pages


def test_a_damaged_tiff_has_a_page() -> None:
    whole = tiff(3)
    for end in range(len(whole)):
        assert 1 <= count_pages(io.BytesIO(whole[:end])) <= 3
    assert count_pages(io.BytesIO(b"%PDF-1.4")) == 1
    endless = whole[:4] + struct.pack("<I", 8) + struct.pack("<HI", 0, 8)  # a directory that is the next one of itself
    assert count_pages(io.BytesIO(endless)) == 1
    assert count_pages(io.BytesIO(tiff(MOST + 5))) == MOST


def test_each_page_is_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda _: True)
    (tmp_path / "a.tif").write_bytes(tiff(3))
    (tmp_path / "b.png").write_bytes(b"png")
    files = [File("a.tif", "scan"), File("b.png", "scan"), File("gone.tif"), File("c.txt", "transcript")]
    shown = [scans.describe(n, file, there=file.path != "gone.tif") for n, file in enumerate(files)]
    found = scans.pictures(shown, tmp_path, "r.yaml")
    assert [(one.image.name, one.page, one.title) for one in found] == [
        ("a.tif", 1, "scan, page 1"),
        ("a.tif", 2, "scan, page 2"),
        ("a.tif", 3, "scan, page 3"),
        ("b.png", 1, "scan"),
    ]


def test_an_image_that_nobody_can_convert_is_given_to_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda _: None)
    assert scans.describe(0, File("a.tif", "scan")).way == "file"
    assert scans.describe(0, File("a.jpg", "scan")).way == "image"


def test_a_page_is_converted_where_pillow_is(tmp_path: Path) -> None:
    pytest.importorskip("PIL", reason="pip install pillow")
    assert scans.as_png(tiff(3), 3).startswith(b"\x89PNG")
