"""`citetool styles`: list, search, show, check, preview."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetool.citation.styles.source import find_style
from citetool.cli.app import main

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
