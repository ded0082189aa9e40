"""Bibliographies and notes: CPU seconds beside pandoc, the reference processor and citeproc-py, in one run.

    python tests/benchmarks/render.py [--sizes 100,1000,10000] [--styles chicago-notes-bibliography,...]

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
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.citation.styles import find_style
from citetool.formats.csljson import to_item
from citetool.library.library import open_library, shipped_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CITETOOL_SHARED", ROOT.parent / "shared"))
STYLES = ("chicago-notes-bibliography", "modern-language-association", "apa")
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
METER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
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


def items(count: int) -> list[dict[str, Any]]:
    """So many items with ids and titles of their own."""
    corpus = SHARED / "oracle" / "corpus.json"
    if corpus.exists():
        base: list[dict[str, Any]] = json.loads(corpus.read_text(encoding="utf-8"))
    else:
        base = [to_item(record, carry=False) for record in open_library(shipped_records())]
    made = []
    for number in range(count):
        item = dict(base[number % len(base)], id=f"item{number}")
        if "title" in item:
            item["title"] = f"{item['title']} {number}"
        made.append(item)
    return made


def measure(command: Sequence[str], **options: Any) -> tuple[float, float] | None:
    """CPU milliseconds and peak megabytes of a process; None where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", METER, *command], capture_output=True, text=True, check=True, **options
    )
    code, seconds, kilobytes = done.stdout.split()
    return (float(seconds) * 1000, float(kilobytes) / 1024) if code == "0" else None


def peers(folder: Path, data: Path, style: Path, count: int) -> Iterator[tuple[str, list[str]]]:
    """`(name, command)` of each peer that is installed."""
    pandoc = _pandoc()
    if pandoc:
        source = folder / "all.md"
        source.write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
        yield "pandoc", [pandoc, "--citeproc", f"--bibliography={data}", f"--csl={style}", "-t", "plain", str(source)]
    reference, node = os.environ.get("CITEPROC_JS"), shutil.which("node")
    if reference and node:
        script = folder / "reference.js"
        script.write_text(REFERENCE, encoding="utf-8")
        spec = find_spec("citeproc")
        locale = Path(str(spec.origin)).parent / "data" / "locales" / "locales-en-US.xml" if spec else Path()
        yield "citeproc-js", [node, str(script), str(Path(reference).resolve()), str(data), str(style), str(locale)]
    if count <= 1000:
        yield "citeproc-py", [sys.executable, "-c", CITEPROC_PY, str(data), str(style)]


def _pandoc() -> str | None:
    spec = find_spec("pypandoc")
    bundled = Path(str(spec.origin)).parent / "files" / "pandoc" if spec else Path()
    return str(bundled) if bundled.is_file() else shutil.which("pandoc")


def rows(sizes: Sequence[int], styles: Sequence[str] = STYLES) -> Iterator[dict[str, Any]]:
    """A row for each program, style and size: `what`, `ms`, `mb`, and `ratio` to ours in the same row group."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        for name in styles:
            style = folder / f"{name}.csl"
            style.write_text(find_style(name).text, encoding="utf-8")
            for count in sizes:
                data = folder / "items.json"
                data.write_text(json.dumps(items(count)), encoding="utf-8")
                ours = measure([sys.executable, "-c", OURS, str(data), str(style), "bibliography"], env=env)
                assert ours, f"our processor failed on {name}"
                yield row(f"citetool, {name}, {count} entries", ours, ours)
                for peer, command in peers(folder, data, style, count):
                    yield row(f"{peer}, {name}, {count} entries", measure(command, cwd=folder), ours)
        data.write_text(json.dumps(items(300)), encoding="utf-8")
        notes = measure([sys.executable, "-c", OURS, str(data), str(folder / f"{styles[0]}.csl"), "notes"], env=env)
        assert notes
        yield row(f"citetool, {styles[0]}, a document of 500 notes", notes, notes)


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
