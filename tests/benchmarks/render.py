"""Bibliographies: CPU seconds beside pandoc, the reference processor and citeproc-py, in one run.

    python -m tests.benchmarks.render [--sizes 100,1000,10000] [--styles chicago-notes-bibliography,...]

Items are those of `CITETOOL_SHARED/oracle/corpus.json` where they are there, else the shipped records, repeated with
titles of their own. Each program runs as a process of its own, start-up and style included, and writes plain text.
pandoc comes with the package `pypandoc_binary`; the reference processor is the npm package `citeproc` in the folder
that `CITEPROC_JS` names. citeproc-py runs up to 1,000 entries: it takes half an hour for more.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.citation.styles.source import find_style
from tests.benchmarks.metering import items, measure, pandoc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STYLES = (
    "chicago-notes-bibliography",
    "modern-language-association",
    "apa",
    "ieee",
    "din-1505-2",
    "iso690-author-date-fr",
)
OURS = """
import json, sys
from citetool.csl import Processor
items = json.load(open(sys.argv[1], encoding="utf-8"))
processor = Processor(open(sys.argv[2], encoding="utf-8").read(), items)
if sys.argv[3] == "notes":
    ids = [item["id"] for item in items]
    clusters = [
        {"citationItems": [{"id": ids[i * 7 % len(ids)]}], "properties": {"noteIndex": i + 1}} for i in range(500)
    ]
    print("\\n".join(processor.cite(clusters, format="text")))
else:
    print("\\n".join(text for _, text in processor.bibliography(format="text").entries))
"""
CITEPROC_PY = """
import json, sys, warnings
warnings.simplefilter("ignore")
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
items = json.load(open(sys.argv[1], encoding="utf-8"))
style = CitationStylesStyle(sys.argv[2], validate=False)
document = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
for item in items:
    document.register(Citation([CitationItem(item["id"])]))
document.sort()
for entry in document.bibliography():
    print(entry)
"""
REFERENCE = """
const fs = require("fs"), CSL = require(process.argv[2]);
const items = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
const byId = Object.fromEntries(items.map(item => [item.id, item]));
const sys = {retrieveLocale: () => fs.readFileSync(process.argv[5], "utf8"), retrieveItem: id => byId[id]};
const engine = new CSL.Engine(sys, fs.readFileSync(process.argv[4], "utf8"));
engine.setOutputFormat("text");
engine.updateItems(Object.keys(byId));
process.stdout.write(engine.makeBibliography()[1].join(""));
"""


def peers(folder: Path, data: Path, style: Path, count: int) -> Iterator[tuple[str, list[str]]]:
    """`(name, command)` of each peer that is installed."""
    bundled = pandoc()
    if bundled:
        source = folder / "all.md"
        source.write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
        yield "pandoc", [bundled, "--citeproc", f"--bibliography={data}", f"--csl={style}", "-t", "plain", str(source)]
    reference, node = os.environ.get("CITEPROC_JS"), shutil.which("node")
    if reference and node:
        script = folder / "reference.js"
        script.write_text(REFERENCE, encoding="utf-8")
        spec = find_spec("citeproc")
        locale = Path(str(spec.origin)).parent / "data" / "locales" / "locales-en-US.xml" if spec else Path()
        yield "citeproc-js", [node, str(script), str(Path(reference).resolve()), str(data), str(style), str(locale)]
    if count <= 1000:
        yield "citeproc-py", [sys.executable, "-c", CITEPROC_PY, str(data), str(style)]


def rows(sizes: Sequence[int], styles: Sequence[str] = STYLES, *, peers_too: bool = True) -> Iterator[dict[str, Any]]:
    """A row for each program, style and size: `what`, `ms`, `mb`, and `ratio` to ours in the same row group."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in styles:
            style = folder / f"{name}.csl"
            # the stock style, also where one of ours has its name
            style.write_text(find_style(f"https://www.zotero.org/styles/{name}").text, encoding="utf-8")
            for count in sizes:
                data = folder / "items.json"
                data.write_text(json.dumps(items(count)), encoding="utf-8")
                ours = measure([sys.executable, "-c", OURS, str(data), str(style), "bibliography"])
                yield row(f"citetool, {name}, {count} entries", ours, ours)
                for peer, command in peers(folder, data, style, count) if peers_too else ():
                    yield row(f"{peer}, {name}, {count} entries", tried(command), ours)


def tried(command: Sequence[str]) -> tuple[float, float] | None:
    """The figures of a peer; None where it fails on these items."""
    try:
        return measure(command)
    except RuntimeError:
        return None


def row(what: str, figures: tuple[float, float] | None, ours: tuple[float, float]) -> dict[str, Any]:
    """One line of the table; a program that failed has no figures."""
    if figures is None:
        return {"what": f"{what}: failed", "ms": float("nan"), "ratio": float("nan"), "mb": 0}
    return {"what": what, "ms": figures[0], "ratio": figures[0] / ours[0], "mb": round(figures[1])}


def main() -> None:
    """Print the table for the sizes and styles that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--styles", default=",".join(STYLES))
    wanted = parser.parse_args()
    for line in rows([int(size) for size in wanted.sizes.split(",")], wanted.styles.split(",")):
        print(f"{line['ms']:10.1f} ms  {line['ratio']:8.2f}  {line['mb']:5} MB  {line['what']}", flush=True)


if __name__ == "__main__":
    main()
