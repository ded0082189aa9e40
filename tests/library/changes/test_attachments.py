"""Files of a record: order, what is kept of each, how they go, and how they are found again."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

import pytest

from citetool.library.camera import taken
from citetool.library.changes.attachments import plan_attach, plan_detach
from citetool.library.changes.plans import change, plan_fix, undo
from citetool.library.checks import check_library, fixes
from citetool.problems import LibraryError, NotFoundError, UsageError
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.library.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(tmp_path / "lib", {"a.yaml": record_text("a"), "sub/b.yaml": record_text("b")})


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in (1, 2, 10):
        (folder / f"IMG_{number}.JPG").write_bytes(b"scan %d" % number)
    (folder / ".DS_Store").write_bytes(b"hidden")
    return folder


def photograph(order: str = "<", place: bool = True) -> bytes:
    """A JPEG file of one Exif segment: the date in the inner directory, a place in that for GPS."""
    date = b"2024:05:03 11:20:00\0"
    gps_at = 8 + 2 + 2 * 12 + 4
    exif_at = gps_at + 2 + 4 * 12 + 4
    data_at = exif_at + 2 + 12 + 4
    entry = struct.Struct(f"{order}HHI").pack

    def number(value: int) -> bytes:
        return struct.pack(f"{order}I", value)

    count = struct.Struct(f"{order}H").pack
    first = count(2) + entry(0x8769, 4, 1) + number(exif_at) + entry(0x8825, 4, 1) + number(gps_at if place else 0)
    gps = count(4) + b"".join(
        entry(tag, 2, 2) + letter + b"\0\0\0" + entry(tag + 1, 5, 3) + number(data_at + len(date) + at)
        for tag, letter, at in ((1, b"S", 0), (3, b"E", 24))
    )
    exif = count(1) + entry(0x9003, 2, len(date)) + number(data_at)
    degrees = struct.pack(f"{order}12I", 33, 1, 51, 1, 3000, 100, 2, 1, 21, 1, 0, 1)
    head = (b"II*\0" if order == "<" else b"MM\0*") + number(8)
    tiff = head + first + bytes(4) + gps + bytes(4) + exif + bytes(4) + date + degrees
    segment = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe0\0\x04ab\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + b"\xff\xda"


@pytest.mark.parametrize("order", ["<", ">"])
def test_what_the_camera_says(tmp_path: Path, order: str) -> None:
    (tmp_path / "a.jpg").write_bytes(photograph(order))
    assert taken(tmp_path / "a.jpg") == {"taken": "2024-05-03T11:20:00", "place": "-33.85833, 2.35000"}
    (tmp_path / "b.jpg").write_bytes(photograph(order, place=False))
    assert taken(tmp_path / "b.jpg") == {"taken": "2024-05-03T11:20:00"}


def test_a_damaged_photograph_says_nothing(tmp_path: Path) -> None:
    whole = photograph()
    for end in range(len(whole)):
        (tmp_path / "a.jpg").write_bytes(whole[:end])
        assert set(taken(tmp_path / "a.jpg")) <= {"taken", "place"}
    (tmp_path / "a.jpg").write_bytes(b"%PDF-1.4")
    assert taken(tmp_path / "a.jpg") == {}


def test_files_and_folders_keep_their_order_and_what_is_known_of_them(
    library: Library, scans: Path, tmp_path: Path
) -> None:
    (tmp_path / "cover.jpg").write_bytes(photograph())
    about = {"kind": "scan", "page": "5", "caption": "", "note": ""}
    change(library, "attach", lambda: plan_attach(library, "b", [tmp_path / "cover.jpg", scans], about))
    files = library["b"].files
    assert [file.path for file in files] == ["b.jpg", "b-2.jpg", "b-3.jpg", "b-4.jpg"]
    assert [file.name for file in files] == ["cover.jpg", "IMG_1.JPG", "IMG_2.JPG", "IMG_10.JPG"]
    assert [file.page for file in files] == ["5", "6", "7", "8"]
    assert [(file.taken, file.place) for file in files[:2]] == [
        ("2024-05-03T11:20:00", "-33.85833, 2.35000"),
        ("", ""),
    ]
    assert files[1].size == "6"
    assert files[1].checksum == f"sha256:{hashlib.sha256(b'scan 1').hexdigest()}"
    assert (library.root / "sub" / "b-4.jpg").read_bytes() == b"scan 10"
    undo(library)
    assert library["b"].files == ()
    assert not (library.root / "sub" / "b.jpg").exists()


def test_nothing_is_attached_where_one_cannot_be(library: Library, scans: Path, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("id: x\n")
    (tmp_path / "empty").mkdir()
    for wrong, error in (("nosuch.jpg", NotFoundError), ("x.yaml", LibraryError), ("empty", NotFoundError)):
        with pytest.raises(error):
            change(library, "attach", lambda wrong=wrong: plan_attach(library, "a", [scans, tmp_path / wrong], {}))  # type: ignore[misc]
    assert library["a"].files == ()
    assert not list(library.root.glob("*.jpg"))


def test_detached_files_go_unless_another_record_names_them(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            "a.yaml": record_text(
                "a", files=[{"path": "1.jpg", "name": "one.jpg"}, {"path": "2.jpg"}, {"path": "3.jpg"}]
            ),
            "b.yaml": record_text("b", files=[{"path": "2.jpg"}]),
            **{f"{number}.jpg": "x" for number in (1, 2, 3)},
        },
    )
    change(library, "detach", lambda: plan_detach(library, "a", ["one.jpg", "2"]))
    assert [file.path for file in library["a"].files] == ["3.jpg"]
    assert sorted(path.name for path in tmp_path.glob("*.jpg")) == ["2.jpg", "3.jpg"]
    with pytest.raises(UsageError, match=r"did you mean '3\.jpg'"):
        plan_detach(library, "a", ["4.jpg"])
    undo(library)
    assert (tmp_path / "1.jpg").exists()
    change(library, "detach", lambda: plan_detach(library, "a", []))
    assert library["a"].files == ()


def test_a_moved_file_is_found_by_its_content(library: Library, scans: Path) -> None:
    change(library, "attach", lambda: plan_attach(library, "a", [scans], {"kind": "scan"}))
    (library.root / "scans").mkdir()
    (library.root / "a-2.jpg").rename(library.root / "scans" / "two.jpg")
    (library.root / "a-3.jpg").unlink()
    found = [one for one in check_library(library) if one.check == "missing-file"]
    assert [one.finding.message for one in found] == ["'a-2.jpg' was moved", "'a-3.jpg' is not there"]
    change(library, "check", lambda: plan_fix(library, fixes(found)))
    assert [file.path for file in library["a"].files] == ["a.jpg", "scans/two.jpg", "a-3.jpg"]
    assert library["a"].files[1].name == "IMG_2.JPG"
