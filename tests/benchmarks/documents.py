"""Documents: notes, a filter of pandoc's, edits of a long one, and authors who share a surname, beside pandoc.

    python -m tests.benchmarks.documents [--notes 500,5000] [--namesakes 400,800,1600]

Whole documents are processes of their own, start-up and style included: notes in Markdown for pandoc, the same clusters
for ours. An edit is timed inside of one process, for it is what an editor asks of a processor that it keeps: CPU
milliseconds of one insertion into 5,000 notes, the worst of five, of an item that is cited already and of a new one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.citation.styles.source import find_style
from citetool.csl import Processor
from tests.benchmarks.metering import items, measure, pandoc
from tests.benchmarks.render import OURS, row, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STOCK = "https://www.zotero.org/styles/"
EDITED = ("chicago-notes-bibliography", "apa")
FILTERED = ("apa", "chicago-notes-bibliography", "modern-language-association")
SHARING = ("modern-language-association", "apa")
CITED = 500  # items that a document of notes cites


def rows(notes: Sequence[int], namesakes: Sequence[int]) -> Iterator[dict[str, Any]]:
    """A row for each task and program: `what`, `ms`, `mb`, and `ratio` to ours in the same group."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for count in notes:
            yield from _notes(folder, count)
        for name in FILTERED:
            yield from _filter(folder, name)
        for name in SHARING:
            for count in namesakes:
                yield from _namesakes(folder, name, count)
    for name in EDITED:
        yield from _edits(name)


def _notes(folder: Path, count: int) -> Iterator[dict[str, Any]]:
    """A document of notes in Chicago."""
    data, style = folder / "items.json", _style(folder, EDITED[0])
    data.write_text(json.dumps(items(CITED)), encoding="utf-8")
    program = OURS.replace("range(500)", f"range({count})")
    ours = measure([sys.executable, "-c", program, str(data), str(style), "notes"])
    yield row(f"citetool, {EDITED[0]}, {count} notes", ours, ours)
    if peer := pandoc():
        text = folder / "notes.md"
        text.write_text("\n\n".join(f"A[@item{i * 7 % CITED}]." for i in range(count)), encoding="utf-8")
        command = [peer, "--citeproc", f"--bibliography={data}", f"--csl={style}", "-t", "plain", str(text)]
        yield row(f"pandoc, {EDITED[0]}, {count} notes", tried(command), ours)


def _filter(folder: Path, name: str, count: int = 500) -> Iterator[dict[str, Any]]:
    """A manuscript through pandoc, with our filter and with its own: what each takes beyond pandoc without either."""
    peer = pandoc()
    if peer is None:
        return
    data, style, text = folder / "cited.json", _style(folder, name), folder / "manuscript.md"
    data.write_text(json.dumps(items(count // 5)), encoding="utf-8")
    text.write_text(
        f"---\nbibliography: {data}\ncsl: {style}\n---\n\n"
        + "\n\n".join(f"So he says [see @item{i * 7 % (count // 5)}, p. {i + 1}], and so on." for i in range(count)),
        encoding="utf-8",
    )
    script = folder / "filter"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m citetool doc filter\n', encoding="utf-8")
    script.chmod(0o755)
    bare = measure([peer, "-t", "html", str(text)])
    ours, theirs = (
        (figures[0] - bare[0], figures[1])
        for figures in (measure([peer, *options, "-t", "html", str(text)])
                        for options in (["--filter", str(script)], ["--citeproc"]))
    )  # fmt: skip
    yield row(f"citetool doc filter, {name}, {count} citations", ours, ours)
    yield row(f"pandoc --citeproc, {name}, {count} citations", theirs, ours)


def _namesakes(folder: Path, name: str, count: int) -> Iterator[dict[str, Any]]:
    """Books of one year by people of one surname with given names of their own."""
    made = [
        {"id": f"b{n}", "type": "book", "title": f"Book {n}", "issued": {"date-parts": [[1944]]},
         "author": [{"family": "Smith", "given": f"{chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}n"}]}
        for n in range(count)
    ]  # fmt: skip
    data, style = folder / "namesakes.json", _style(folder, name)
    data.write_text(json.dumps(made), encoding="utf-8")
    ours = measure([sys.executable, "-c", OURS, str(data), str(style), "bibliography"])
    yield row(f"citetool, {name}, {count} books by one surname", ours, ours)
    if peer := pandoc():
        text = folder / "all.md"
        text.write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
        command = [peer, "--citeproc", f"--bibliography={data}", f"--csl={style}", "-t", "plain", str(text)]
        yield row(f"pandoc, {name}, {count} books by one surname", tried(command), ours)


def _edits(name: str, count: int = 5000) -> Iterator[dict[str, Any]]:
    """One insertion into a document that a processor holds."""
    made = items(CITED + 5)
    processor = Processor(find_style(STOCK + name).parsed(), made)
    processor.set_clusters([_note(made[n * 7 % CITED]["id"], n + 1) for n in range(count)])
    for what, first in (("an item that is cited", 0), ("a new item", CITED)):

        def insert(turn: int, first: int = first) -> None:
            processor.insert_cluster(count // 2, _note(made[first + turn]["id"], count // 2 + 1))

        ms = max(_timed(insert, turn) for turn in range(5))
        yield {"what": f"citetool, {name}, {what} put into {count} notes", "ms": ms, "ratio": 1.0, "mb": 0}


def _note(item: str, number: int) -> dict[str, Any]:
    return {"citationItems": [{"id": item}], "properties": {"noteIndex": number}}


def _timed(run: Callable[[int], None], turn: int) -> float:
    before = time.process_time()
    run(turn)
    return (time.process_time() - before) * 1000


def _style(folder: Path, name: str) -> Path:
    path = folder / f"{name}.csl"
    path.write_text(find_style(STOCK + name).text, encoding="utf-8")
    return path


def main() -> None:
    """Print the table for the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--notes", default="500,5000")
    parser.add_argument("--namesakes", default="400,800,1600")
    wanted = parser.parse_args()
    sizes = ([int(size) for size in text.split(",")] for text in (wanted.notes, wanted.namesakes))
    for line in rows(*sizes):
        print(f"{line['ms']:10.1f} ms  {line['ratio']:8.2f}  {line['mb']:5} MB  {line['what']}", flush=True)


if __name__ == "__main__":
    main()
