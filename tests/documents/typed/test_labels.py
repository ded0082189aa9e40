"""Whole manuscripts with hand-typed notes, in Chicago and in MLA as they were expected before they were restyled.

`labels/*.txt`: a line with the number and the text of each note; under it, for each of its citations, `- ` and its
words, `f:` what it says, `c:` and `m:` its words in Chicago and in MLA (each line of several is right), or `kept`
where it is ambiguous and has to stay. The notes are made up of real kinds of sources, archives and works.

The manuscripts `second_*` were labelled before anything was mended on the `first_*`, and `third_*` after both; where a
label was wrong by the rules of the style (the order of a folio and its box), another line stands below it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.source import find_style
from citetool.documents.registry import read_document
from citetool.documents.typed import read_typed, restyle_notes
from citetool.documents.typed.citation import words

if TYPE_CHECKING:
    from citetool.documents.typed import RestyledNote

LABELS = Path(__file__).parent / "labels"
STYLES = {"c": "chicago", "m": "mla"}
# Words that a style may add to those of the note: terms, months, and how Chicago and MLA call a kind of source.
ADDED = words(
    "letter to and ed eds edited by trans vol vols no nos in fol fols chap chaps ff p pp telegram memorandum"
    " January February March April May June July August September October November December Jan Feb Mar Apr Aug"
    " Sept Oct Nov Dec"
)


@dataclass
class Citation:
    """A citation as labelled."""

    text: str
    kind: str = ""
    right: dict[str, list[str]] = field(default_factory=lambda: {"c": [], "m": []})
    kept: bool = False


def labelled(path: Path) -> list[tuple[str, list[Citation]]]:
    notes: list[tuple[str, list[Citation]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if number := re.match(r"\d+ ", line):
            notes.append((line[number.end() :], []))
        elif line.startswith("- "):
            notes[-1][1].append(Citation(line[2:]))
        elif line.strip() == "kept":
            notes[-1][1][-1].kept = True
        elif told := re.match(r"  ([cfm]): (.*)", line):
            last = notes[-1][1][-1]
            if told[1] == "f":
                last.kind = "archival" if told[2].startswith("archival") else "published"
            else:
                last.right[told[1]].append(told[2])
    return notes


def restyled(notes: list[tuple[str, list[Citation]]], style: str, folder: Path) -> dict[int, RestyledNote]:
    path = folder / "a.md"
    marks = "\n\n".join(f"Text.[^{n}]" for n in range(1, len(notes) + 1))
    path.write_text(marks + "\n\n" + "".join(f"[^{n}]: {text}\n\n" for n, (text, _) in enumerate(notes, 1)))
    document = read_document(path)
    return {one.note.number: one for one in restyle_notes(document, read_typed(document), find_style(style)).notes}


def plain(text: str) -> str:
    """Return a citation without what markup and typists decide: quotes, dashes, spaces."""
    text = re.sub(r"[“”‘’\"«»']", "", text).replace("–", "-").replace("\u00a0", " ").replace(".,", ",")
    return re.sub(r"\s+", " ", text).replace(" ,", ",").rstrip(" .").lower()


def is_told(word: str, read: set[str]) -> bool:
    """Return whether a number is one of the notes in another form: `346–81` of `346–381`, `2nd` of `2. Aufl.`"""
    number = re.sub(r"(?:st|nd|rd|th)$", "", word)
    return number.isdigit() and any(known.endswith(number) for known in read)


@pytest.mark.parametrize("code", STYLES)
@pytest.mark.parametrize(
    ("group", "archival", "published"), [("first", 0.95, 0.95), ("second", 0.8, 0.95), ("third", 0.85, 0.9)]
)
def test_citations_read_as_labelled(group: str, archival: float, published: float, code: str, tmp_path: Path) -> None:
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for path in sorted(LABELS.glob(f"{group}_*.txt")):
        notes = labelled(path)
        found = restyled(notes, STYLES[code], tmp_path)
        for number, (_, citations) in enumerate(notes, 1):
            for one in citations:
                if one.kept and not one.right[code]:
                    continue
                given = found[number].citations if number in found else []
                new = next((c.get("new", "") for c in given if c["text"].startswith(one.text.rstrip("."))), "")
                count[one.kind] += 1
                right[one.kind] += plain(new) in map(plain, one.right[code])
    assert right["archival"] / count["archival"] >= archival
    assert right["published"] / count["published"] >= published


@pytest.mark.parametrize("code", STYLES)
@pytest.mark.parametrize("path", sorted(LABELS.glob("*.txt")), ids=lambda path: path.stem)
def test_what_is_ambiguous_stays_and_no_word_is_lost_or_made_up(path: Path, code: str, tmp_path: Path) -> None:
    notes = labelled(path)
    found = restyled(notes, STYLES[code], tmp_path)
    read: set[str] = set(ADDED)
    for number, (text, citations) in enumerate(notes, 1):
        read.update(words(text))
        one = found.get(number)
        if one is None:
            continue
        if not citations:
            assert not one.changed
        for citation in citations:
            if citation.kept and not citation.right[code]:
                given = next((c for c in one.citations if c["text"].rstrip(".") == citation.text), {"kept": "not read"})
                assert given.get("kept"), citation.text
        made_up = [word for word in words(one.after) if word not in read and not is_told(word, read)]
        assert not made_up, (text, one.after)
        for between in re.split("|".join(re.escape(c.text) for c in citations) or r"(?!)", text):
            remark = between.strip(" .;,()")
            assert remark in one.after or remark.startswith("hereafter"), (remark, one.after)
