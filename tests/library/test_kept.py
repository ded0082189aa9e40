"""A record that was read once needs no YAML library the next time, and is read again when its file changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "id: one\nkind: letter\ntitle: {title}\ncreators:\n- {{name: 'Doe, Jane', role: author}}\ndate: 1944-06-26\n"
SCRIPT = """
import json, sys
from pathlib import Path
from citetool.library.library import Library
from citetool.problems import CitetoolError
try:
    said = repr(Library(Path(sys.argv[1]))["one"])
except CitetoolError as error:
    said = str(error)
print(json.dumps([said, "yaml" in sys.modules]))
"""


def read(folder: Path) -> tuple[str, bool]:
    """The record, or what is wrong with it, as another process sees it, and whether that took YAML."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")},
    )
    said, yaml = json.loads(done.stdout)
    return said, yaml


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def test_a_record_is_read_from_its_file_once_until_it_changes(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    write(folder / "one.yaml", RECORD.format(title="First"))
    first, yaml = read(folder)
    assert yaml
    assert "First" in first
    assert read(folder) == (first, False)
    write(folder / "one.yaml", RECORD.format(title="Other"))
    other, yaml = read(folder)
    assert yaml
    assert other == first.replace("First", "Other")
    assert read(folder) == (other, False)


def test_a_file_that_has_become_faulty_is_told_of_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    write(folder / "one.yaml", RECORD.format(title="First"))
    read(folder)
    write(folder / "one.yaml", RECORD.format(title="First").replace("1944-06-26", "in June"))
    faults = [read(folder)[0] for _ in range(2)]
    assert faults[0] == faults[1]
    assert "one.yaml:6: date" in faults[0]


def test_a_link_that_leads_out_of_the_library_is_refused_though_its_text_was_kept(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    write(folder / "one.yaml", RECORD.format(title="First"))
    read(folder)
    (folder / "one.yaml").rename(tmp_path / "outside.yaml")
    (folder / "one.yaml").symlink_to(tmp_path / "outside.yaml")
    assert "leads out of the library" in read(folder)[0]


def test_a_key_that_another_library_has_needs_no_yaml_to_be_missed(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    said, yaml = read(tmp_path / "records")
    assert "there is no record 'one'" in said
    assert not yaml
