"""Pandoc's tree: what is cited in it, and the elements that take its place."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from citetool.citation.styles.source import find_style
from citetool.cli.app import main
from citetool.documents.pandoc import PandocDocument
from citetool.documents.pandoc.inlines import plain_of
from citetool.documents.render import render
from citetool.documents.sources import Sources
from citetool.problems import InputError
from tests.documents.samples import ITEMS, library, rendered
from tests.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.documents.pandoc.inlines import Node

SPACE = {"t": "Space"}


def words(text: str) -> list[Node]:
    nodes: list[Node] = []
    for word in text.split(" "):
        nodes += [SPACE] if nodes else []
        nodes += [{"t": "Str", "c": word}] if word else []
    return nodes


def cite(key: str, suffix: str = "", prefix: list[Node] | None = None, mode: str = "NormalCitation") -> Node:
    one = {
        "citationId": key,
        "citationPrefix": prefix or [],
        "citationSuffix": words(suffix),
        "citationMode": {"t": mode},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[one], words(f"[@{key}]")]}


def para(*nodes: Node) -> Node:
    return {"t": "Para", "c": list(nodes)}


def tree(*blocks: Node, meta: dict[str, Any] | None = None) -> str:
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": meta or {}, "blocks": list(blocks)})


def test_places() -> None:
    note = {"t": "Note", "c": [para(*words("See "), cite("b"))]}
    emphasis = [{"t": "Emph", "c": words("cf.")}]
    document = PandocDocument(tree(para(cite("a", ", p. 3", emphasis), note, cite("c"))).encode(), "a.json")
    assert [(p.items[0].id, p.where, p.note, p.notes_before) for p in document.places] == [
        ("a", "text", None, 0),
        ("b", "footnote", 1, 0),
        ("c", "text", None, 1),
    ]
    first = document.places[0].items[0]
    assert (first.prefix, first.label, first.locator) == ("<i>cf.</i>", "page", "3")


def test_cross_references_of_quarto_are_no_citations() -> None:
    figure = {"t": "Image", "c": [["fig-map", [], []], words("A map"), ["map.png", ""]]}
    source = tree(para(figure), para(cite("fig-map"), cite("eq-1"), cite("fig-other")), para(*words("$x$ {#eq-1}")))
    document = PandocDocument(source.encode(), "a.json")
    assert document.cross_references == ["@fig-map", "@eq-1"]
    assert [place.items[0].id for place in document.places] == ["fig-other"]


def test_settings() -> None:
    meta = {
        "csl": {"t": "MetaString", "c": "apa.csl"},
        "bibliography": {"t": "MetaList", "c": [{"t": "MetaInlines", "c": words("a.bib")}]},
        "nocite": {"t": "MetaInlines", "c": [cite("x"), cite("*")]},
        "suppress-bibliography": {"t": "MetaBool", "c": True},
    }
    settings = PandocDocument(tree(meta=meta).encode(), "a.json").settings
    assert (settings.style, settings.bibliography, settings.nocite) == ("apa.csl", ["a.bib"], ["x", "*"])
    assert settings.suppress_bibliography


def test_notes_go_behind_the_punctuation(tmp_path: Path) -> None:
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("One")]}
    source = tree(para(quoted, SPACE, cite("doe", ", p. 3", words("see")), *words(". Two")))
    blocks = json.loads(rendered(source, "a.json", tmp_path))["blocks"]
    assert [node["t"] for node in blocks[0]["c"]] == ["Quoted", "Str", "Cite", "Space", "Str"]
    notes = [node for node in blocks[0]["c"] if node["t"] == "Cite"]
    assert notes[0]["c"][0][0]["citationId"] == "doe"
    assert plain_of(notes[0]["c"][1][0]["c"]) == "See Jane Doe, First Title (Press, 2001), p. 3."


def test_a_citation_typed_like_a_note_stands_before_the_stop_in_the_text(tmp_path: Path) -> None:
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("Two.")]}
    source = tree(para(*words("One."), cite("doe"), SPACE, quoted, cite("roe"), SPACE, *words("Three")))
    first = json.loads(rendered(source, "a.json", tmp_path, "mla"))["blocks"][0]["c"]
    assert [plain_of(node) for node in first[:4]] == ["One", " ", "(Doe)", "."]
    assert plain_of(first) == "One (Doe). Two. (Roe) Three"


def test_the_tree_is_filled_where_it_says_so(tmp_path: Path) -> None:
    refs = {"t": "Div", "c": [["refs", [], []], []]}
    blocks = json.loads(rendered(tree(para(cite("doe")), refs, para(*words("End"))), "a.json", tmp_path, "apa"))[
        "blocks"
    ]
    assert plain_of(blocks[0]) == "(Doe, 2001)"
    values = [["entry-spacing", "0"], ["line-spacing", "2"]]
    assert blocks[1]["c"][0] == ["refs", ["references", "csl-bib-body", "hanging-indent"], values]
    assert blocks[1]["c"][1][0]["c"][0] == ["ref-doe", ["csl-entry"], []]
    assert plain_of(blocks[1]).startswith("Doe, J. (2001).")
    assert plain_of(blocks[2]) == "End"


def test_a_document_can_be_written_twice(tmp_path: Path) -> None:
    document = PandocDocument(tree(para(cite("doe"), *words(". A"))).encode(), "a.json")
    sources = Sources(document, [library(tmp_path)])
    rendering, _ = render(document, sources, find_style("mhra-notes"))
    assert document.write(rendering) == document.write(rendering)


def test_items_in_the_metadata(tmp_path: Path) -> None:
    item = {name: {"t": "MetaString", "c": str(value)} for name, value in ITEMS[0].items() if isinstance(value, str)}
    meta = {
        "references": {"t": "MetaList", "c": [{"t": "MetaMap", "c": item | {"id": {"t": "MetaString", "c": "own"}}}]}
    }
    blocks = json.loads(rendered(tree(para(cite("own")), meta=meta), "a.json", tmp_path, "apa"))["blocks"]
    assert "First Title" in plain_of(blocks[0])


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"pandoc-api-version":[1],"blocks":3}', b"[" * 99999,
                                  b'{"pandoc-api-version":[1],"blocks":[{"t":"Cite"}]}'])  # fmt: skip
def test_what_is_no_tree_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        PandocDocument(data, "a.json")


@pytest.mark.parametrize("style", ["apa", "chicago-notes-bibliography", "modern-language-association"])
def test_the_filter_prints_what_pandoc_prints(style: str, tmp_path: Path, capfdbinary: Any) -> None:
    """The differences of larger manuscripts are in DEVIATIONS.md."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        pytest.skip("pandoc is not installed")
    text = shared("data", "documents", "manuscripts", "small_made.md")
    expected = shared("data", "documents", "manuscripts", "oracle", f"small_made.{style}.txt").read_text("utf-8")
    read = subprocess.run([pandoc, text, "-f", "markdown", "-t", "json"], capture_output=True, check=True)
    (tmp_path / "a.json").write_bytes(read.stdout)
    items = text.with_name("made_items.json")
    address = f"https://www.zotero.org/styles/{style}"
    assert main(["doc", "render", str(tmp_path / "a.json"), "-i", str(items), "-s", address]) in (0, 1)
    printed = subprocess.run(
        [pandoc, "-f", "json", "-t", "plain", "--wrap=none", "-s"],
        input=capfdbinary.readouterr().out, capture_output=True, check=True,
    )  # fmt: skip
    lines = [text for text in printed.stdout.decode().splitlines() if text]  # versions differ in empty ones
    assert lines == [text for text in expected.splitlines() if text]
