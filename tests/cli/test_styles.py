"""`citetool styles`: list, search, show, check, preview, diff."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetool.citation.styles.source import find_style
from citetool.cli.app import main
from citetool.cli.workflows.style_samples import side_by_side
from citetool.text import display_width

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]

BAD = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
  <info><title>Bad</title><id>bad</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="titel"/></layout></citation>
</style>
"""


def styles(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `citetool styles ...`."""
    code = main(["styles", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def plain(capsys: Capture, *arguments: str) -> Any:
    code, out, err = styles(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_list_has_our_own(capsys: Capture) -> None:
    code, out, _ = styles(capsys, "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [
        "apa",
        "asa",
        "chicago",
        "chicago-author-date",
        "frus",
        "mhra",
        "mla",
        "nara",
        "oscola",
        "uk-national-archives",
        "wilson-center",
    ]
    assert {"chicago", "apa", "nature-digest"} <= {style["id"] for style in plain(capsys, "list", "--all")}


def test_search(capsys: Capture) -> None:
    code, out, err = styles(capsys, "search", "chicago", "notes", "--limit", "2")
    assert (code, len(out.splitlines())) == (0, 2)
    assert "more: add a word" in err
    assert all("history" in style["fields"] for style in plain(capsys, "search", "--field", "history"))
    assert plain(capsys, "search", "1880-0556")[0]["parent"] == "nature"


def test_search_without_a_find(capsys: Capture) -> None:
    code, out, err = styles(capsys, "search", "zzz-nothing")
    assert (code, out) == (1, "")
    assert "no style matches 'zzz-nothing'" in err


def test_show(capsys: Capture) -> None:
    code, out, _ = styles(capsys, "show", "chicago")
    assert code == 0
    assert "chicago-notes-bibliography" in out
    assert plain(capsys, "show", "nara")["class"] == "note"


def test_show_flatten_is_what_is_rendered_with(capsys: Capture) -> None:
    code, out, _ = styles(capsys, "show", "chicago", "--flatten")
    assert (code, out) == (0, find_style("chicago").text)
    assert plain(capsys, "show", "chicago", "--flatten")["csl"] == out


def test_check(capsys: Capture, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csl"
    bad.write_text(BAD, encoding="utf-8")
    code, out, err = styles(capsys, "check", "chicago", str(bad))
    assert (code, out) == (1, "chicago: no problems found\n")
    assert f"error: {bad}:4: unknown variable 'titel'\n  did you mean 'title'?\n" in err
    assert plain(capsys, "check", "nara", "mla") == [
        {"style": "nara", "problems": []},
        {"style": "mla", "problems": []},
    ]


def test_check_as_json_tells_the_same(capsys: Capture, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csl"
    bad.write_text(BAD, encoding="utf-8")
    code, out, _ = styles(capsys, "check", str(bad), "--json")
    assert code == 1
    (style,) = json.loads(out)
    assert [(p["line"], p["message"]) for p in style["problems"]] == [(4, "unknown variable 'titel'")]


@pytest.mark.parametrize("command", ["show", "check", "preview"])
def test_an_unknown_style(capsys: Capture, command: str) -> None:
    code, out, err = styles(capsys, command, "wilson-centr")
    assert (code, out) == (2, "")
    assert "did you mean 'wilson-center'" in err


def test_preview(capsys: Capture) -> None:
    code, out, _ = styles(capsys, "preview", "chicago", "219945")
    assert code == 0
    assert out.startswith("219945 (memorandum of conversation)\nnote ")
    (shown,) = plain(capsys, "preview", "mla", "219945")
    assert set(shown) == {"id", "kind", "in-text", "bibliography"}
    assert shown["in-text"] == "(“Stalin and Harriman Exchange Military Information”)"


def test_a_preview_shows_sources_of_several_kinds(capsys: Capture) -> None:
    shown = plain(capsys, "preview", "wilson-center")
    assert len({sample["kind"] for sample in shown}) == len(shown) > 3


def test_a_preview_says_where_a_style_prints_nothing(capsys: Capture, tmp_path: Path) -> None:
    letter = (
        '[{"id": "x", "type": "personal_communication", "author": [{"family": "A"}], "recipient": [{"family": "B"}]}]'
    )
    source = tmp_path / "letters.json"
    source.write_text(letter, encoding="utf-8")
    (shown,) = plain(capsys, "preview", "chicago", "--input", str(source))
    assert shown["bibliography"] is None
    assert shown["note"] is not None


def test_two_styles_side_by_side(capsys: Capture) -> None:
    code, out, _ = styles(capsys, "diff", "chicago", "chicago-notes-bibliography", "219945")
    assert code == 0
    heads = [line for line in out.splitlines() if line.startswith("219945")]
    assert heads == ["219945 (memorandum of conversation), note", "219945 (memorandum of conversation), bibliography"]
    assert " | " in out
    (note, entry) = plain(capsys, "diff", "chicago", "chicago-notes-bibliography", "219945")
    assert "memorandum of conversation" in note["chicago-notes-bibliography"]
    assert "memorandum of conversation" not in note["chicago"]
    assert entry["form"] == "bibliography"


def test_a_note_stands_beside_a_citation_in_the_text(capsys: Capture) -> None:
    forms = [row["form"] for row in plain(capsys, "diff", "chicago", "mla", "219945")]
    assert forms == ["note | in-text", "bibliography"]


def test_what_is_printed_alike_is_left_out(capsys: Capture) -> None:
    assert styles(capsys, "diff", "chicago", "chicago", "219945")[1] == "both styles print the same\n"
    rows = plain(capsys, "diff", "chicago", "mla", "219945", "--all")
    assert len(rows) == 2


def test_columns_hold_to_the_width() -> None:
    lines = list(side_by_side("one two three four five six seven", "東京" * 30, 83))
    assert len(lines) > 1
    assert {display_width(line.partition(" | ")[0]) for line in lines} == {40}
    assert all(display_width(line) <= 83 for line in lines)
    assert list(side_by_side(None, None, 83)) == ["(nothing)" + " " * 31 + "   (nothing)"]


def test_a_trace_stands_below_the_citation(capsys: Capture) -> None:
    assert main(["cite", "219945", "--style", "chicago", "--trace"]) == 0
    citation, first, *_ = capsys.readouterr().out.splitlines()
    assert citation.startswith("“Stalin and Harriman")
    assert first.split("|")[2].split() == ["text", 'variable="title"', "archival-title", first.split()[-1]]
    assert first.split()[-1].startswith("chicago.csl:")
    assert main(["cite", "219945", "--trace", "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert "".join(part["text"] for part in shown["parts"]) == shown["citation"]
    assert main(["cite", "219945", "--trace", "--engine", "citeproc-py"]) == 2
