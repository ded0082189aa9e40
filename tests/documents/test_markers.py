"""Typed citations turned into keys in the document's own markup, and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main
from citetool.documents.registry import read_document
from citetool.documents.typed import read_typed, to_markers
from tests.documents.test_restyle import FORMATS, HOPKINS, STALIN, document, notes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("typed", "locator", "label"), [("", "", ""), (", p. 3", "3", "page"), (", fol. 3r", "3r", "folio")]
)
def test_keys_are_read_again_with_their_locators(
    name: str, typed: str, locator: str, label: str, tmp_path: Path
) -> None:
    text = FORMATS[name].replace(
        "NOTE",
        f"See Harriman to Hopkins, March 3, 1944{typed}, Box 173, W. Averell Harriman Papers, Library of Congress; so.",
    )
    opened = document(text, tmp_path, name)
    citations = read_typed(opened)
    marked = to_markers(opened, citations)
    assert not marked.notes[0].kept
    written = opened.write_notes(marked.edits)
    again = read_document(opened.source, data=written)
    (item,) = again.places[0].items
    assert (item.id, item.locator, item.label) == (citations[0].key, locator, label)
    assert again.places[0].note == 1
    assert marked.notes[0].after in written.decode()


def test_what_is_not_sure_stays_and_full_stops_stay(tmp_path: Path) -> None:
    opened = document(notes(f"{HOPKINS}.", "Ibid.", f"{HOPKINS}; {STALIN}.", "Ibid."), tmp_path)
    marked = to_markers(opened, read_typed(opened))
    keys = [one["id"] for one in marked.notes[2].citations]
    assert len(set(keys)) == 2
    assert [note.after for note in marked.notes] == [
        f"[@{keys[0]}].",
        f"[@{keys[0]}].",
        f"[@{keys[0]}]; [@{keys[1]}].",
        "Ibid.",
    ]


def test_keys_of_the_command_are_those_of_extract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = document(notes(HOPKINS, STALIN), tmp_path)
    out, sources = tmp_path / "out.md", tmp_path / "sources.json"
    assert main(["doc", "convert", opened.source, "--to", "markers", "-o", str(out)]) == 0
    assert main(["doc", "extract", opened.source, "-o", str(sources), "--to", "csl-json"]) == 0
    capsys.readouterr()
    assert main(["doc", "render", str(out), "-i", str(sources), "-s", "apa"]) == 0
    assert "Harriman" in capsys.readouterr().out


def test_plain_text_is_what_render_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = tmp_path / "items.json"
    items.write_text('[{"id": "doe", "type": "book", "title": "T", "author": [{"family": "Doe"}]}]')
    opened = document("A [@doe].", tmp_path)
    assert main(["doc", "convert", opened.source, "--to", "plain", "-s", "apa", "-i", str(items)]) == 0
    assert "(Doe, n.d.)" in capsys.readouterr().out


def test_what_stays_is_told_with_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = document(notes(f"{HOPKINS}; {STALIN}.", "Ibid."), tmp_path)
    out = tmp_path / "keyed.md"
    assert main(["doc", "convert", opened.source, "--to", "markers", "-o", str(out)]) == 1
    told = capsys.readouterr().out
    assert "kept  'Ibid.'" in told
    assert "read  cross-reference, ibid" in told or "read  archival, ibid" in told
