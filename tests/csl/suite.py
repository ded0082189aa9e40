"""Runs cases of the CSL test suite: `python tests/csl/suite.py DIR [--json] [--show] [--grep TEXT] [--update]`.

A case is a text file of sections (`>>===== MODE =====>>` ...). Modes: `citation` (the clusters of CITATIONS or
CITATION-ITEMS, or one cluster of all items) and `bibliography` (with BIBSECTION and BIBENTRIES where given).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from citetool.csl import Processor  # noqa: E402 # the script runs from anywhere
from tests.csl.passlist import write_list  # noqa: E402

PASS_LIST = Path(__file__).with_name("suite-pass.txt")

_SECTION = re.compile(r">>=+ *([A-Z0-9-]+) *=+>>[ \t]*\r?\n(.*?)(?:\r?\n)?<<=+ *\1 *=+<<", re.DOTALL)


def read_case(path: Path) -> dict[str, str]:
    """The sections of a case by name."""
    text = path.read_text(encoding="utf-8-sig")
    return dict(_SECTION.findall(text))


def _json(case: dict[str, str], name: str) -> Any:
    body = case.get(name, "").strip()
    return json.loads(body) if body else None


def run_case(case: dict[str, str]) -> str:
    """What the processor prints for a case, in the form of its RESULT."""
    items = _json(case, "INPUT") or []
    for number, item in enumerate(items, 1):
        item.setdefault("id", f"ITEM-{number}")
    abbreviations = _json(case, "ABBREVIATIONS")
    processor = Processor(case["CSL"], items, abbreviations=abbreviations)
    mode = case["MODE"].strip()
    second = _json(case, "INPUT2")
    if mode.startswith("bibliography"):
        return _bibliography(case, processor, items, second, mode)
    return _citation(case, processor, items)


def _bibliography(case: dict[str, str], processor: Processor, items: list[Any], second: Any, mode: str) -> str:
    entries = _json(case, "BIBENTRIES")
    citations = _json(case, "CITATIONS")
    if citations:
        _run_citations(processor, citations)
    elif entries:
        for ids in entries:
            processor.set_uncited(ids)
    else:
        processor.set_uncited([i["id"] for i in items])
    if second:
        processor.add_items(second)
        processor.set_uncited([i["id"] for i in second])
    section = _json(case, "BIBSECTION")
    result = processor.bibliography(format="html", section=section, sort=mode != "bibliography-nosort")
    if mode == "bibliography-header":
        return _header(result)
    return result.text()


def _header(result: Any) -> str:
    p = result.parameters
    pairs = {
        "bibend": result.after,
        "bibliography_errors": "",
        "bibstart": result.before,
        "done": "true",
        "entry_ids": ",".join(",".join(ids) for ids, _ in result.entries),
        "entryspacing": p.entry_spacing,
        **({"hangingindent": 2} if p.hanging_indent else {}),
        "linespacing": p.line_spacing,
        "maxoffset": p.max_offset,
        "second-field-align": p.second_field_align or "false",
    }
    return "\n".join(f"{name}: {value}" for name, value in pairs.items())


def _citation(case: dict[str, str], processor: Processor, items: list[Any]) -> str:
    citations = _json(case, "CITATIONS")
    if citations:
        return _run_citations(processor, citations)
    processor.set_uncited([i["id"] for i in items])
    # without CITATION-ITEMS one cluster cites all items, in the order that the registry has them
    clusters = _json(case, "CITATION-ITEMS") or [[{"id": item_id} for item_id in processor.entry_order()]]
    texts = [processor.preview(cluster, format="html") for cluster in clusters]
    return "\n".join(texts)


def _run_citations(processor: Processor, steps: list[Any]) -> str:
    """Each step is one edit of the document: a citation with those before and after it; the last is printed."""
    known: dict[str, Any] = {}
    previous: dict[str, Any] = {}
    states: dict[str, Any] = {}
    texts: dict[str, str] = {}
    order: list[str] = []
    processor.set_uncited([])
    for step in steps:
        citation, before, after = step
        known[citation["citationID"]] = citation
        order = []
        note_index = (citation.get("properties") or {}).get("noteIndex", 0)
        for name, note in [*before, (citation["citationID"], note_index), *after]:
            known[name].setdefault("properties", {})["noteIndex"] = note
            order.append(name)
        previous, states = states, {}
        texts = dict(zip(order, processor.cite([known[n] for n in order], format="html"), strict=True))
        states = {name: c.state for name, c in zip(order, processor.clusters, strict=True)}
    last = steps[-1][0]["citationID"]
    lines = []
    for number, name in enumerate(order):
        changed = name == last or previous.get(name) != states[name]
        lines.append(f"{'>>' if changed else '..'}[{number}] {texts[name]}")
    return "\n".join(lines)


def run_folder(folder: Path, only: str = "") -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Names that pass, and for those that fail what was wanted and what came."""
    passed: list[str] = []
    failed: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("*.txt")):
        if only and not re.search(only, path.stem):
            continue
        case = read_case(path)
        wanted = case.get("RESULT", "").strip()
        try:
            got = run_case(case).strip()
        except Exception as error:  # noqa: BLE001 # a case that breaks the processor is a failed case
            got = f"{type(error).__name__}: {error}"
        if got == wanted:
            passed.append(path.stem)
        else:
            failed[path.stem] = (wanted, got)
    return passed, failed


def main() -> int:
    """Print the result; exit code 1 if a case fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what was wanted and what came")
    parser.add_argument("--grep", default="", help="only cases whose name matches")
    parser.add_argument("--update", action="store_true", help=f"rewrite {PASS_LIST.name}")
    options = parser.parse_args()
    passed, failed = run_folder(options.folder, options.grep)
    if options.update:
        write_list(PASS_LIST, passed, "cases of the CSL test suite that pass; suite.py --update rewrites this list")
    if options.json:
        print(json.dumps({"passed": passed, "failed": sorted(failed)}, indent=1))
    else:
        for name, (wanted, got) in failed.items():
            print(f"FAILED {name}")
            if options.show:
                print(f"  wanted: {wanted!r}\n  got:    {got!r}")
        print(f"{len(passed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
