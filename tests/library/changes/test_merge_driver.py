from __future__ import annotations

from pathlib import Path

import pytest

from citetool.library.changes.merge_driver import merge_files, merged_text
from citetool.problems import InputError
from citetool.record.yamltext import read_record

BASE = "id: a\ntitle: T # mine\ndate: 1944\narchive:\n  box: '3'\n  repository: LC\ntags: [x]\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("T # mine", "New # mine"), ("1944", "1945"),
         BASE.replace("T # mine", "New # mine").replace("1944", '"1945"')),
        (("box: '3'", "box: '4'"), ("repository: LC", "repository: TNA"),
         BASE.replace("'3'", "'4'").replace("LC", "TNA")),
        (("[x]", "[x, w]"), ("[x]", "[v]"), BASE.replace("[x]", "[w, v]")),
        (("1944", "1945"), ("1944", "1945"), BASE.replace("1944", "1945")),
        (("date: 1944\n", ""), ("[x]", "[x, z]"), BASE.replace("date: 1944\n", "").replace("[x]", "[x, z]")),
    ],
)  # fmt: skip
def test_what_does_not_clash_is_merged(ours: tuple[str, str], theirs: tuple[str, str], expected: str) -> None:
    assert merged_text(BASE, BASE.replace(*ours), BASE.replace(*theirs)) == (expected, True)


def test_what_clashes_is_marked_and_refused_until_it_is_decided() -> None:
    text, clean = merged_text(BASE, BASE.replace("T # mine", "Ours"), BASE.replace("T # mine", "Theirs"))
    assert not clean
    assert text.endswith("<<<<<<< ours\ntitle: Ours\n=======\ntitle: Theirs\n>>>>>>> theirs\n")
    with pytest.raises(InputError, match="a merge conflict is not resolved"):
        read_record(text)
    decided = text.replace("<<<<<<< ours\ntitle: Ours\n=======\n", "").replace(">>>>>>> theirs\n", "")
    assert read_record(decided).title == "Theirs"


def test_what_is_no_record_is_kept_on_both_sides() -> None:
    text, clean = merged_text(BASE, BASE, "id: [\n")
    assert not clean
    assert text == f"<<<<<<< ours\n{BASE}=======\nid: [\n>>>>>>> theirs\n"


def test_files(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, (BASE, BASE, BASE.replace("1944", "1945")), strict=True):
        path.write_text(text)
    assert merge_files(*paths)
    assert '"1945"' in Path(paths[1]).read_text()
