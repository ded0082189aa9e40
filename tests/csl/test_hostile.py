"""What is made to break a processor ends in a clear error, or in output of bounded size."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from citetool.csl import Processor, StyleError
from citetool.csl.style.analysis import MAX_EXPANSION, MAX_NESTING
from citetool.output.writers import WRITERS
from citetool.problems import CitetoolError, InputError

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">{macros}
<citation disambiguate-add-names="true" disambiguate-add-givenname="true" disambiguate-add-year-suffix="true"
  et-al-min="3" et-al-use-first="1">
<layout delimiter="; ">{layout}</layout></citation>
<bibliography><layout>{layout}</layout></bibliography></style>"""
ENTRY = """<group delimiter=", "><names variable="author"><name initialize-with="."/></names>
<text variable="title" text-case="title" font-style="italic"/><date variable="issued" form="text"/>
<number variable="volume" form="ordinal"/><text variable="page"/><text variable="locator"/></group>"""
# address space and CPU seconds of a subprocess: many times what is needed, and a fraction of what a bomb would take
MEMORY = 800 << 20
SECONDS = 60


def style(macros: str = "", layout: str = ENTRY) -> str:
    return STYLE.format(macros=macros, layout=layout)


def chain(body: str, length: int) -> str:
    """Macros m0, m1 ... of which each has `body` with the name of the next one in it."""
    calls = (f'<macro name="m{n}">{body.replace("NEXT", f"m{n + 1}")}</macro>' for n in range(length))
    return "".join(calls) + f'<macro name="m{length}"><text variable="title"/></macro>'


def render(items: list[Any], text: str = "", **cite: Any) -> dict[str, tuple[str, str]]:
    """Citation and bibliography in each format."""
    processor = Processor(text or style(), items)
    ids = list(processor.items)
    processor.cite([[{"id": item_id, **cite}] for item_id in ids])
    return {n: ("".join(processor.citations(n)), processor.bibliography(n).text()) for n in WRITERS}


@pytest.mark.parametrize(
    ("macros", "message"),
    [
        (chain('<text macro="NEXT"/>' * 2, 40), f"macros expand to more than {MAX_EXPANSION} elements"),
        (chain('<choose><if variable="title"><text macro="NEXT"/></if></choose>', 60),
         f"macros and elements nest deeper than {MAX_NESTING}"),
        (chain("<group>" * 30 + '<text macro="NEXT"/>' + "</group>" * 30, 110),
         f"macros and elements nest deeper than {MAX_NESTING}"),
        ('<macro name="m0"><text macro="m1"/></macro><macro name="m1"><text macro="m0"/></macro>',
         "macro calls itself: m0 -> m1 -> m0"),
        ('<macro name="m0"><names variable="author"><substitute><text macro="m0"/></substitute></names></macro>',
         "macro calls itself: m0 -> m0"),
        (chain('<text macro="NEXT"/>', 5000), f"macros and elements nest deeper than {MAX_NESTING}"),
    ],
)  # fmt: skip
def test_macros_that_explode_are_refused(macros: str, message: str) -> None:
    with pytest.raises(StyleError, match=message):
        Processor(style(macros, '<text macro="m0"/>'), [])
    with pytest.raises(StyleError, match=message):
        Processor(style(macros, '<text variable="title"/>').replace(
            "<layout delimiter", '<sort><key macro="m0"/></sort><layout delimiter'), [])  # fmt: skip


def test_a_style_as_deep_as_allowed_renders() -> None:
    deep = chain('<group><text macro="NEXT"/></group>', (MAX_NESTING - 5) // 3)
    assert render([{"id": "a", "title": "T"}], style(deep, '<text macro="m0"/>'))["text"] == ("T", "T\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE s [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + style("", '<text value="&c;"/>'),
         "a document type declaration is not allowed"),
        ('<!DOCTYPE s SYSTEM "file:///etc/passwd"><style/>', "a document type declaration is not allowed"),
        (style("", '<text value="&c;"/>'), "not well-formed XML"),
        ("<style>" + "<a>" * 10_000, "nested deeper than 120 elements"),
        ("<style>" + " " * 9_000_000 + "</style>", "too large"),
        ("<style>\x00</style>", "not well-formed XML"),
        ("<style", "not well-formed XML"),
        ("<style/>", "this style cannot render by itself"),
        ("a\x00b", "cannot read the style"),
        ("x" * 5000, "cannot read the style"),
    ],
)  # fmt: skip
def test_what_is_no_style_is_told(text: str, message: str) -> None:
    with pytest.raises(StyleError, match=message):
        Processor(text, [])


WRONG: list[Any] = [
    None, 5, "x", [], {}, {"id": None}, {"id": []}, {"id": "a", "type": 7, "title": 5}, {"id": "a", "author": "x"},
    {"id": "a", "issued": "y", "title": ["a", ["b"]], "editor": 5, "page": [1, 2]},
    {"id": "a", "author": [None, 1, "x", [], {"family": 5}, {"family": {"a": 1}}, {"literal": [1]}, {"given": "G"}]},
    {"id": "a", "issued": {"date-parts": None}}, {"id": "a", "issued": {"date-parts": [[]]}},
    {"id": "a", "issued": {"date-parts": [["x", "y", "z"]]}}, {"id": "a", "issued": {"date-parts": "2000"}},
    {"id": "a", "issued": {"date-parts": [[1e308, 10**30, -5]]}}, {"id": "a", "issued": {"date-parts": [[20, 99, 99]]}},
    {"id": 10**5000}, {"id": "a", "author": [{"family": 10**5000}]}, {"id": "a", "type": 10**5000},
    {"id": "a", "issued": {"date-parts": [[float("nan"), float("inf")]]}}, {"id": "a", "issued": {"raw": 5}},
    {"id": "a", "issued": {"literal": {}}}, {"id": "a", "issued": {"season": [1], "date-parts": [[2000]]}},
    {"id": "a", "issued": "9" * 100_000}, {"id": "a", "issued": "²"}, {"id": "a", "issued": {"raw": "May ²"}},
    {"id": "a", "volume": "9" * 100_000, "page": "1" * 50_000 + "-" + "2" * 50_000}, {"id": "a", "volume": 10**5000},
    {"id": "a", "volume": "²", "page": "²-³"}, {"id": "a", "custom": {"a": [1, {"b": 2}]}, "x": object()},
    {"id": "a", 5: "x", None: "y"}, {"id": "a", "title": b"bytes"}, {"id": float("nan"), "title": "T"},
    {"id": "a", "title": "a\x00b\x1b\ud800\ufffe"}, {"id": "a", "type": {"a": 1}, "note": 7, "language": 5},
]  # fmt: skip


@pytest.mark.parametrize("item", WRONG, ids=range(len(WRONG)))
def test_items_of_wrong_types_are_left_out_or_printed(item: Any) -> None:
    sound = {"id": "sound", "title": "Sound"}
    for citations, entries in render([item, sound]).values():
        assert "Sound" in citations
        assert "Sound" in entries
        citations.encode()


@pytest.mark.parametrize("items", [None, 5, "x", b"x", {"id": "a"}])
def test_what_is_no_list_of_items_is_told(items: Any) -> None:
    with pytest.raises(InputError, match="items are a list of CSL-JSON items"):
        Processor(style(), items)


@pytest.mark.parametrize(
    "cluster",
    [
        None, 5, "x", {}, [], [None], [{}], {"citationItems": 5}, {"citationItems": [{"id": 10**5000}]},
        {"citationItems": [5, {"id": None}, {"id": "nosuch"}]}, {"citationItems": [{"id": "a", "locator": 10**5000}]},
        {"citationItems": [{"id": "a", "locator": [1], "label": 5, "prefix": 5, "position": "x"}], "properties": [1]},
        {"citationItems": [{"id": "a", "position": -4}], "properties": {"noteIndex": 10**30, "mode": 5, "infix": 7}},
        {"citationItems": [{"id": "a", "locator": "\x00\ud800", "label": "zzz"}], "properties": {"noteIndex": "²"}},
    ],
)  # fmt: skip
def test_clusters_of_wrong_types_have_a_text(cluster: Any) -> None:
    processor = Processor(style(), [{"id": "a", "title": "T"}])
    before, text, after = processor.cite([[{"id": "a"}], cluster, [{"id": "a"}]])
    assert (before, after) == ("T", "T")
    text.encode()


@pytest.mark.parametrize("locale", ["xx", "zz-ZZ", "", "../../etc/passwd", "en_US", "x" * 10_000, "\x00", "de-CH-1996"])
def test_locales_that_are_not_there_fall_back(locale: str) -> None:
    processor = Processor(style("", '<text term="and"/>'), [{"id": "a"}], locale=locale)
    assert processor.cite([[{"id": "a"}]])[0].lower() in ("and", "und")


def test_an_unknown_output_format_is_told() -> None:
    with pytest.raises(CitetoolError, match="unknown output format"):
        Processor(style(), []).bibliography("docx")


LARGE = {
    "title": 'word "' * 1_700_000, "apostrophes": "'a" * 5_000_000, "open quotes": '"a ' * 3_300_000,
    "curly": "“" * 10_000_000, "tags": "<i>" * 3_300_000, "closing tags": "</i>" * 2_500_000,
    "nested": "<i>" * 100_000 + "x" + "</i>" * 100_000, "mixed": '<i><b>"' * 50_000 + "x" + '"</b></i>' * 50_000,
    "spans": "<span " * 1_600_000, "spaces": " " * 10_000_000 + "x", "brackets": "[" * 10_000_000,
}  # fmt: skip
SCRIPT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
sys.path.insert(0, {root!r})
import importlib.util
spec = importlib.util.spec_from_file_location("hostile", {file!r})
hostile = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hostile)
print(hostile.{call})
"""


def in_limits(call: str) -> int:
    """What a function of this module gives, run by itself within limits of memory and CPU."""
    file = Path(__file__).resolve()
    root = str(file.parents[2])
    script = SCRIPT.format(memory=MEMORY, seconds=SECONDS, root=root, file=str(file), call=call)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return int(done.stdout)


def size_of_large(name: str) -> int:
    """Letters of a cite and an entry in plain text, after all formats have been written."""
    citation, entry = render([{"id": "a", "title": LARGE[name]}])["text"]
    return len(citation) + len(entry)


def size_of_many(names: int, items: int) -> int:
    """Letters of citations of so many items by the same so many people."""
    people = [{"family": f"Doe{n}", "given": f"Jane {n}"} for n in range(names)]
    return len(render([{"id": str(n), "title": "T", "author": people} for n in range(items)])["text"][0])


def size_of_long_parts() -> int:
    """Letters of a cite and an entry where names, dates, numbers and locators are of 10 MB each."""
    long = "1 a-" * 2_500_000
    item = {"id": "a", "title": "T", "author": [{"family": long, "given": long}], "issued": {"raw": long},
            "volume": long, "page": long}  # fmt: skip
    return sum(map(len, render([item], locator=long, prefix=long, suffix="'" * 10_000_000)["text"]))


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="no limits of memory on this system")
@pytest.mark.parametrize("name", LARGE)
def test_a_title_of_10_mb_is_cut(name: str) -> None:
    assert in_limits(f"size_of_large({name!r})") < 1_000_000


@pytest.mark.parametrize(("names", "items"), [(100_000, 1), (3000, 10), (2, 1000)])
def test_many_names_are_shortened(names: int, items: int) -> None:
    assert in_limits(f"size_of_many({names}, {items})") < 100_000


def test_parts_of_10_mb_are_cut() -> None:
    assert in_limits("size_of_long_parts()") < 3_000_000
