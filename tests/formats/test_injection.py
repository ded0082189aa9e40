"""Hostile records, each writer, each output looked at by a parser of that format.

Records come from other people. Whatever stands in their fields: it stays the value of a field. It begins no other
entry, element, row or command, is computed by no spreadsheet, and sends no control character to a terminal.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
import yaml
from bibtexparser.entrypoint import parse_string
from lxml import etree
from markdown_it import MarkdownIt
from pylatexenc.latexwalker import LatexMacroNode, LatexWalker

from citetool.citation.render import cite
from citetool.formats.base import WriteOptions
from citetool.formats.registry import FORMATS, write_text
from citetool.record.schema import from_plain
from citetool.record.sound import sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.record.model import Record

HOSTILE = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;script&gt;&#60;b&#62;", "]]><x/><!--",
    '=HYPERLINK("http://x","y")', "+1+1", "-1+1|cmd", "@SUM(A1)", "'=1+1", r"\input{/etc/passwd}", r"\write18{id}",
    r"}\end{document}\def\x{", r"$\catcode`\%=11$ ^^5cinput", "x},\n title = {evil}}\n@book{evil,",
    "<ref>x</ref><nowiki>~~~~</nowiki>", "[[File:X]] }} {{evil |author=evil ''b'' __TOC__ {id}",
    "a\u2028ER  - \u2028TY  - BOOK\u2029TI  - evil", "a\x85ER  - \x85TY  - BOOK", "a\nER  - \n\nTY  - BOOK\nTI  - evil",
    '#read("/etc/passwd") #let x = 1', '#+INCLUDE: "/etc/passwd"', ".. include:: /etc/passwd",
    "![x](javascript:alert(1)) [y](javascript:1) <javascript:1>", r"{\field{\*\fldinst INCLUDETEXT c:\\x}}",
    'a: b\n- c\n--- "],"x":["', "citetool(title: evil) \x1b]0;t\x07\u202eevil",
)  # fmt: skip


def record_of(text: str) -> Record:
    """A record with the text in each field that takes any."""
    creators = [{"literal": text, "role": "author"}, {"family": text, "given": text, "role": "recipient"}]
    plain = {
        "id": "key", "kind": "letter", "title": text, "creators": creators, "date": "1944", "place": text,
        "archive": dict.fromkeys(("box", "collection", "repository", "place"), text), "summary": text, "notes": [text],
        "digital": {"name": text, "url": text}, "tags": [text], "rights": text, "citation": text,
        "publication": {"publisher": text},
    }  # fmt: skip
    return sound(from_plain(plain)[0])[0]


def _html(text: str) -> None:
    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"span", "i", "b", "a", "div", "sup", "sub"}, tag
            for name, value in attrs:
                assert name in {"class", "title", "style", "href"}, name
                assert name != "href" or (value or "").startswith(("http://", "https://"))

    Reader().feed(text)


def _json(text: str) -> None:
    data = json.loads(text)
    items = data if isinstance(data, list) else data.get("items") or data.get("@graph") or [data]
    assert len(items) == 1


def _yaml(text: str) -> None:
    data = yaml.safe_load(text)
    assert len(data.get("references", data)) == 1


def _cff(text: str) -> None:
    data = yaml.safe_load(text)
    assert list(data)[:4] == ["cff-version", "message", "title", "authors"]
    assert len(data["authors"]) == 1
    assert not {"evil", "c", "x", "references"} & data.keys()


def _xml(text: str) -> None:
    root = etree.fromstring(text.encode())
    names = [str(element.tag) for element in root.iter() if isinstance(element.tag, str)]
    assert not [name for name in names if name.rpartition("}")[2] in ("script", "img", "x", "ref")]
    wholes = [
        name for name in names if name.rpartition("}")[2] in ("mods", "dc", "record", "Letter", "Manuscript", "Source")
    ]
    assert len(wholes) == 1


def _bib(text: str) -> None:
    library = parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.key == "key"
    for field in entry.fields:
        if field.key != "url":  # which is verbatim
            _latex(str(field.value))


def _latex(text: str) -> None:
    """No command but those of our own, and the groups are whole."""
    nodes, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()

    def walk(found: object) -> None:
        for node in found if isinstance(found, (list, tuple)) else [found]:
            if isinstance(node, LatexMacroNode):
                assert node.macroname not in {"input", "write", "def", "end", "catcode", "include", "x"}, node
            inner = getattr(node, "nodelist", None)
            walk(inner) if inner else None
            arguments = getattr(getattr(node, "nodeargd", None), "argnlist", None)
            walk([one for one in arguments if one is not None]) if arguments else None

    walk(nodes)
    assert "^^" not in text


def _ris(text: str) -> None:
    lines = [line for line in text.splitlines() if line]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines), text
    assert [line[:2] for line in lines].count("TY") == [line[:2] for line in lines].count("ER") == 1


def _csv(text: str) -> None:
    heads, *rows = csv.reader(io.StringIO(text))
    assert [len(row) for row in rows] == [len(heads)]
    assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell)]


def _wikitext(text: str) -> None:
    inner = text.strip().removeprefix("{{cite archive").removesuffix("}}").replace("{{!}}", "")
    assert not re.search(r"\{\{|\}\}|\[\[|<(?!/?[ib]>)|~~~|''|__", inner), text
    assert not text.strip().endswith("}}}")


def _rtf(text: str) -> None:
    depth = 0
    for mark in re.findall(r"\\[a-z*]+-?\d*|\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0
        assert mark not in (r"\field", r"\*", r"\fldinst", r"\object")
    assert depth == 0


def _typst(text: str) -> None:
    assert not re.search(
        r"(?<!\\)#(?!emph\[|strong\[|smallcaps\[|super\[|sub\[|link\(|underline\[|block\[|quote)", text
    )


def _markdown(text: str) -> None:
    for token in MarkdownIt("commonmark").parse(text):
        for inner in token.children or []:
            assert inner.type != "html_inline" or re.fullmatch(r"</?(em|strong|sup|sub|u|span[^>]*)>", inner.content)
            assert inner.type != "image"
            if inner.type == "link_open":
                assert str(inner.attrs["href"]).startswith(("http://", "https://"))
        assert token.type != "html_block"


def _org(text: str) -> None:
    assert not re.search(r"(?m)^\s*#\+\w+:", text)


def _rst(text: str) -> None:
    assert not re.search(r"(?m)^\s*\.\. \w+::", text)


CHECKS: dict[str, Callable[[str], None]] = {
    "bbt-json": _json, "schema-org": _json, "csl-json": _json, "hayagriva": _yaml, "csl-yaml": _yaml, "coins": _html,
    "mods": _xml, "zotero-rdf": _xml, "dublin-core": _xml, "endnote-xml": _xml, "bibtex": _bib, "biblatex": _bib,
    "ris": _ris, "cff": _cff, "tropy-csv": _csv, "wikitext": _wikitext, "word-sources": _xml,
}  # fmt: skip
MARKUPS: dict[str, Callable[[str], None]] = {
    "text": lambda _: None, "html": _html, "latex": _latex, "rtf": _rtf, "typst": _typst, "markdown": _markdown,
    "org": _org, "rst": _rst,
}  # fmt: skip
# Where a line ends by NEL, LS and PS, for one reader or another; in JSON, XML and HTML they are characters like others.
_LINES = {"ris", "bibtex", "biblatex", "wikitext", *MARKUPS} - {"html"}


def _no_controls(text: str, name: str) -> None:
    controls = {char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t\x85"}
    assert not controls
    assert name not in _LINES or not set(text) & set("\x85\u2028\u2029")


def test_every_format_has_its_check() -> None:
    assert CHECKS.keys() == {name for name, row in FORMATS.items() if row.writes}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", CHECKS)
def test_a_hostile_record_stays_a_record(name: str, text: str) -> None:
    for lossless in (False, True):
        written = "".join(write_text([record_of(text)], name, WriteOptions(lossless=lossless)))
        CHECKS[name](written)
        _no_controls(written, name)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", MARKUPS)
def test_a_hostile_citation_stays_text(name: str, text: str) -> None:
    for form in ("note", "bibliography"):
        (written,) = cite([record_of(text)], style="chicago", form=form, format=name)
        MARKUPS[name](written)
        _no_controls(written, name)
