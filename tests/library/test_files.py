from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.library import door, files, state
from citetool.problems import InputError, LibraryError


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("219945", "219945"),
        ("harriman-1944", "harriman-1944"),
        ("Łódź 1944", "Łódź 1944"),
        ("a/b", "a%2Fb"),
        ("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"),
        ("..", "%2E%2E"),
        (".hidden", "%2Ehidden"),
        ("-x", "%2Dx"),
        ("a:b*c?", "a%3Ab%2Ac%3F"),
        ("50%", "50%25"),
        ("C:\\x", "C%3A%5Cx"),
        ("NUL", "%4EUL"),
        ("com1.x", "%63om1.x"),
        ("repositories", "%72epositories"),
        ("end.", "end%2E"),
        ("e\u0301", "é"),
    ],
)
def test_a_key_is_a_safe_file_name(key: str, name: str) -> None:
    assert files.file_name(key) == name


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400))
def test_no_key_leaves_the_folder(key: str) -> None:
    name = files.file_name(key) + ".yaml"
    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith(".")
    assert len(name.encode()) < 255
    assert door.inside(Path("/library"), name) == Path("/library") / name


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_a_short_key_can_be_read_off_its_file(key: str) -> None:
    import unicodedata

    assert files.key_of(files.file_name(key) + ".yaml") == unicodedata.normalize("NFC", key)


def test_long_keys_that_begin_alike_have_different_files() -> None:
    assert files.file_name("x" * 300 + "1") != files.file_name("x" * 300 + "2")


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "C:/x", "..\\x", "a\0b", ".", ""])
def test_a_path_that_leaves_the_library_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="leaves the library"):
        door.inside(tmp_path, path)


def test_writing_replaces_in_one_step_and_leaves_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("old")
    (tmp_path / "a.yaml").chmod(0o640)
    files.write_files(tmp_path, {"a.yaml": b"new", "deep/er/b.yaml": b"b"})
    assert (tmp_path / "a.yaml").read_bytes() == b"new"
    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "deep/er/b.yaml").read_bytes() == b"b"
    assert list((tmp_path / ".citetool" / "tmp").iterdir()) == []


def test_many_files_are_written_too(tmp_path: Path) -> None:
    files.write_files(tmp_path, {f"{number}.yaml": b"x" for number in range(40)})
    assert len(list(files.scan(tmp_path))) == 40


def test_our_own_folder_ignores_itself_in_git(tmp_path: Path) -> None:
    assert (state.own_folder(tmp_path) / ".gitignore").read_text() == "*\n"


def test_scan_finds_records_and_nothing_else(tmp_path: Path) -> None:
    for path in ("a.yaml", "b.yml", "sub/deep/c.yaml", ".hidden.yaml", ".git/d.yaml", "e.txt", "repositories.yaml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert sorted(found.path for found in files.scan(tmp_path)) == ["a.yaml", "b.yml", "sub/deep/c.yaml"]


def test_a_link_out_of_the_library_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("id: secret")
    root = tmp_path / "records"
    root.mkdir()
    (root / "a.yaml").symlink_to(secret)
    with pytest.raises(LibraryError, match="leads out of the library"):
        files.read_bytes(root, "a.yaml")


def test_a_link_within_the_library_is_followed(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("id: b")
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    assert files.read_bytes(tmp_path, "a.yaml") == b"id: b"


def test_a_large_file_is_read_whole_and_a_huge_one_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes(b"x" * 200_000)
    assert len(files.read_bytes(tmp_path, "a.yaml")) == 200_000
    monkeypatch.setattr(files, "MAX_BYTES", 100_000)
    with pytest.raises(LibraryError, match="larger than"):
        files.read_bytes(tmp_path, "a.yaml")


def test_a_text_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("id: a\ntitle: Łódź\n".encode("cp1250"))
    with pytest.raises(InputError, match=r"a\.yaml:2: the file is not UTF-8"):
        files.read_text(tmp_path, "a.yaml")


def test_line_ends_and_byte_order_mark_are_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfid: a\r\ntitle: b\r\n")
    assert files.read_text(tmp_path, "a.yaml") == "id: a\ntitle: b\n"


def test_a_file_changed_a_moment_ago_is_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("x")
    first = files.look(tmp_path, "a.yaml")
    assert first is not None
    assert first.stamp.endswith("fresh")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    second = files.look(tmp_path, "a.yaml")
    assert second is not None
    assert not second.stamp.endswith("fresh")
