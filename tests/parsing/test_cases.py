"""Citations of many traditions, and what is read in them: `cases/*.txt`.

A case is a paragraph: the citation, then a line for each part. `--update-golden` writes what is read now, to be looked
at before it is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from citetool.parsing import Reading, read_citation
from citetool.parsing.model import THRESHOLD

CASES = Path(__file__).parent / "cases"
ROLES = (
    *("creator", "recipient", "participant", "interviewer", "contributor", "translator", "place_from", "marking"),
    *("container", "note", "remark"),
)


def paragraphs(path: Path) -> list[list[str]]:
    return [block.splitlines() for block in path.read_text(encoding="utf-8").strip().split("\n\n")]


def as_lines(reading: Reading) -> list[str]:
    lines = [reading.string]
    if reading.title:
        lines.append(f"{'supplied title' if reading.supplied else 'title'}: {reading.title}")
    lines += [f"{role}: {text}" for role in ROLES for text in reading.texts(role)]
    if reading.date:
        lines.append(f"date: {reading.date}")
    lines += [f"{level.name}: {level.value}" for level in reading.levels]
    if reading.url:
        lines.append(f"url: {reading.url}")
    lines += [f"unread: {text}" for text in reading.unread]
    return lines + [f"problem: {problem.message}" for problem in reading.problems]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_readings(path: Path, update_golden: bool) -> None:
    wanted = paragraphs(path)
    got = [as_lines(read_citation(lines[0])) for lines in wanted]
    if update_golden:
        path.write_text("\n\n".join("\n".join(lines) for lines in got) + "\n", encoding="utf-8")
    else:
        assert got == wanted


@pytest.mark.parametrize("name", ["american", "fonds", "codes"])
def test_archival_citations_are_read_with_confidence(name: str) -> None:
    doubted = [b[0] for b in paragraphs(CASES / f"{name}.txt") if read_citation(b[0]).confidence < THRESHOLD]
    # numbers of CIA documents without an archive, a bare reference, what is cut at many commas, a bare diary
    doubtful = ("CIA-RDP", "Central Intelligence", "Fond ", "f. ", "Photograph of", "John Roe, Journal")
    assert [text for text in doubted if not text.startswith(doubtful)] == []


def test_what_is_not_archival_is_doubted_and_said() -> None:
    for block in paragraphs(CASES / "doubtful.txt"):
        reading = read_citation(block[0])
        assert reading.confidence <= 0.4, block[0]
        assert reading.problems, block[0]
