"""Citations as the manuals have them, in `cases/*.txt`.

A case is prose and data: a heading, why it is so (with the manual's section), the item as CSL-JSON, and one line for
each form in each style:

    === A locator stands after the shelfmark
    CMOS 18 14.127.
    {"id": "benton", "type": "personal_communication", ...}
    --- chicago note, folio 12
    Thomas Hart Benton to ..., box 2, folder 7, fol. 12, ...

`--- STYLE FORM [html][, LABEL LOCATOR]`; forms: note, short, ibid, in-text, bibliography; `(no entry)` where the style
prints nothing. `pytest --update-golden` writes what is printed now, to be read before it is committed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from citetool.citation.engines.builtin import bibliography, citations
from citetool.citation.engines.engine import CiteRequest, Position, Task
from citetool.citation.styles.source import find_style

CASES = Path(__file__).parent / "cases"
NO_ENTRY = "(no entry)"
FORMS: dict[str, Position] = {"note": "first", "in-text": "first", "short": "subsequent", "ibid": "ibid"}

_LINE = re.compile(r"^--- (?P<head>(\S+) (\S+?)( html)?(?:, (\S+) (\S+))?)\n(?P<text>.*)$", re.MULTILINE)


class Line(NamedTuple):
    file: str
    title: str
    item: dict[str, Any]
    head: str
    style: str
    form: str
    writer: str
    label: str
    locator: str
    expected: str


def read(path: Path) -> list[Line]:
    lines = []
    for case in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = case.partition("\n")
        data, _, wanted = rest.partition("\n--- ")
        item = json.loads(data[data.index("{") :])
        for match in _LINE.finditer("--- " + wanted):
            head, style, form, html, label, locator, text = match.groups()
            lines.append(
                Line(
                    path.name,
                    title,
                    item,
                    head,
                    style,
                    form,
                    "html" if html else "text",
                    label or "",
                    locator or "",
                    text,
                )
            )
    return lines


ALL = [line for path in sorted(CASES.glob("*.txt")) for line in read(path)]


def printed(line: Line) -> str:
    task = Task(find_style(line.style), [line.item], None, line.writer)
    if line.form == "bibliography":
        entries = bibliography(task)
        return _inside(entries[0][1]) if entries else NO_ENTRY
    return citations(task, [CiteRequest(line.item["id"], FORMS[line.form], line.label, line.locator)])[0]


def _inside(entry: str) -> str:
    """An entry without the end of its line, and without the element that HTML puts around it."""
    match = re.fullmatch(r'<div class="csl-entry">(.*)</div>', entry.strip(), re.DOTALL)
    return match[1].strip() if match else entry.strip()


@pytest.mark.parametrize("line", ALL, ids=lambda line: f"{line.file}:{line.title}:{line.head}")
def test_citation(line: Line, update_golden: bool) -> None:
    if update_golden:
        pytest.skip("golden texts are being rewritten")
    assert printed(line) == line.expected


def test_update(update_golden: bool) -> None:
    if not update_golden:
        pytest.skip("only with --update-golden")
    for path in sorted(CASES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        pieces = _LINE.split(text)
        # what is around the lines, with what is printed now between
        around = pieces[:: _LINE.groups + 1]
        now = [f"--- {line.head}\n{printed(line)}" for line in read(path)]
        path.write_text("".join(a + b for a, b in zip(around, [*now, ""], strict=True)), encoding="utf-8")


def test_every_style_of_ours_has_cases() -> None:
    from citetool.paths import shipped_styles

    folder = shipped_styles()
    assert folder is not None
    assert {path.stem for path in folder.glob("*.csl")} == {line.style for line in ALL}
