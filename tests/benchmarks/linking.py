"""Citations made of the descriptions of a catalogue, to measure how `catalogue link` finds these again.

    python -m tests.benchmarks.linking measure CATALOGUE [N] [SEED]
    python -m tests.benchmarks.linking fit CATALOGUE [N] [SEED]

Each description is cited in one of six house styles; in half of the citations a level is dropped, a word misspelt, or
the date changed. A tenth cites a letter in a folder of which the catalogue knows the folder only.
"""

from __future__ import annotations

import pprint
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citetool.catalogue import compare
from citetool.catalogue.link import comparisons, link
from citetool.catalogue.read import Catalogue, record_of
from citetool.citation.render import cite
from citetool.names import Name
from citetool.parsing import read_citation, to_record
from citetool.record.levels import group_of
from citetool.record.model import Creator, Record
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLES = ("chicago", "mla", "apa", "wilson-center", "nara", "modern-humanities-research-association")
_FAMILIES = (
    "Adler",
    "Brandt",
    "Castillo",
    "Duval",
    "Eriksen",
    "Fontaine",
    "Grieg",
    "Haldane",
    "Ibsen",
    "Jarvis",
    "Kessler",
)
_GIVEN = ("Anna", "Bernard", "Clara", "Daniel", "Edith", "Frank", "Greta", "Hugh", "Irene", "James", "Karl", "Louise")


_TITLES = (
    "Memorandum of conversation between",
    "Agreement of",
    "Telegram from",
    "Notes on the meeting of",
    "Report by",
)
# How often a citation goes without a level of this group, and short forms of some libraries.
_LEFT_OUT = {"series": 0.7, "division": 0.4, "place": 0.5, "folder": 0.2, "container": 0.1}
_SHORT = {
    "Library of Congress": "LOC",
    "The New York Public Library": "NYPL",
    "North Carolina State University Libraries, Special Collections Research Center": "NC State",
    "Public Policy Papers": "Mudd Library, Princeton University",
    "University of Michigan": "Clements Library",
}


class Cited(NamedTuple):
    """A citation, the number of the description it was made of, how it was changed, and its style."""

    text: str
    number: int
    change: str
    style: str


def citations(catalogue: Catalogue, count: int, seed: int, short: float = 0.0) -> Iterator[Cited]:
    """Yield citations of `count` descriptions drawn by chance, in their order."""
    rng = random.Random(seed)
    numbers = sorted(rng.sample(range(1, catalogue.manifest.records + 1), count))
    for start in range(0, count, 500):
        found = catalogue.numbered(numbers[start : start + 500])
        for number, hit in sorted(found.items()):
            record, change = _changed(record_of(hit), rng, short)
            style = rng.choice(STYLES)
            try:
                (text,) = cite([record], style=style)
            except Exception:  # noqa: BLE001 - a style that prints nothing for a record is not measured here
                continue
            if change == "spelling":
                text = _misspelt(text, rng)
            yield Cited(text, number, change, style)


def _changed(record: Record, rng: random.Random, short: float) -> tuple[Record, str]:
    if rng.random() < short:
        return _short(record, rng), "short"
    change = rng.choice(("", "", "", "", "level", "spelling", "date", "level", "spelling", "letter"))
    if change == "level":
        droppable = [one for one in record.archive.levels if group_of(one.name) not in ("repository", "collection")]
        if droppable:
            gone = rng.choice(droppable)
            levels = tuple(one for one in record.archive.levels if one is not gone)
            return replace(record, archive=replace(record.archive, levels=levels)), change
    if change == "date" and record.date[:4].isdigit():
        year = int(record.date[:4]) + rng.choice((-1, 1))
        return replace(record, date=f"{year:04d}{record.date[4:]}" if len(record.date) <= 10 else f"{year:04d}"), change
    if change == "letter" and {"folder", "box"} <= {level.name for level in record.archive.levels}:
        return _letter(record, rng), change
    return record, change if change == "spelling" else ""


def _letter(record: Record, rng: random.Random) -> Record:
    """Return a letter, or another document, that lies in the folder which the record describes."""
    if rng.random() < 0.5:
        title = f"{rng.choice(_TITLES)} {rng.choice(_FAMILIES)} and {rng.choice(_FAMILIES)}"
        return replace(record, kind="memorandum", title="", supplied_title=title, creators=())
    people = [Creator(Name(rng.choice(_FAMILIES), rng.choice(_GIVEN)), role) for role in ("creator", "recipient")]
    return replace(record, kind="letter", title="", supplied_title="", creators=tuple(people))


def _short(record: Record, rng: random.Random) -> Record:
    """Return the record with what historians leave out: series, division, place, the given names of a collection."""
    names = {level.name for level in record.archive.levels}
    if {"folder", "box"} <= names and rng.random() < 0.4:
        record = _letter(record, rng)
    left_out = {name for name, chance in _LEFT_OUT.items() if rng.random() < chance}
    levels = []
    for level in record.archive.levels:
        value = level.value
        if group_of(level.name) in left_out or (level.name == "file" and "series" in left_out):
            continue
        if level.name == "collection" and rng.random() < 0.4:
            value = re.sub(r"^(?:[A-Z][\w.]+ )+(?=[A-Z][\w-]+(?:, \w+\.?)? [Pp]apers$)", "", value)
        if level.name == "repository" and rng.random() < 0.4:
            value = _SHORT.get(value, value)
        levels.append(level._replace(value=value))
    return replace(record, archive=replace(record.archive, levels=tuple(levels)))


def _misspelt(text: str, rng: random.Random) -> str:
    """Return the text with one letter of one long word left out or doubled."""
    places = [at for at in range(2, len(text) - 2) if text[at - 2 : at + 2].isalpha()]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + (text[at] * 2 if rng.random() < 0.5 else "") + text[at + 1 :]


def read(made: list[Cited]) -> list[tuple[str, Record]]:
    """Return the citations with their records, read as `citetool parse` reads them."""
    return [(one.text, to_record(read_citation(one.text), "-")) for one in made]


def fit(folder: str, count: int = 4000, seed: int = 7) -> None:
    """Print the weights that citations of known origin give (`compare.WEIGHTS`)."""
    with Catalogue(Path(folder)) as catalogue:
        made = list(citations(catalogue, count, seed, 0.5))
        found = comparisons(catalogue, read(made))
        pairs = [
            (match.outcomes, match.number == one.number)
            for one, some in zip(made, found, strict=True)
            for match in some
        ]
    pprint.pp(compare.count(pairs), width=110)


def measure(folder: str, count: int = 1000, seed: int = 1, short: int = 0) -> None:
    """Print how often the right description is the first, and how far the probabilities can be trusted."""
    with Catalogue(Path(folder)) as catalogue:
        made = list(citations(catalogue, count, seed, short / 100))
        found = list(link(catalogue, read(made)))
    right = [bool(some.matches) and some.matches[0].number == one.number for one, some in zip(made, found, strict=True)]
    print(f"{len(made)} citations, first {sum(right) / len(made):.3f}")
    for least in (0.5, 0.8, 0.9, 0.95):
        taken = [good for good, some in zip(right, found, strict=True) if some.verdict(least) == "found"]
        print(f"from {least}: {len(taken) / len(made):.3f} taken, {sum(taken) / max(len(taken), 1):.3f} right")
    for change in sorted({one.change for one in made}):
        some = [good for one, good in zip(made, right, strict=True) if one.change == change]
        print(f"{change or 'as it is'}: {sum(some) / len(some):.3f} of {len(some)}")
    for one, link_, good in zip(made, found, right, strict=True):
        if link_.verdict() == "found" and not good:
            best = link_.matches[0]
            print(one, best.number, round(best.probability, 2), best.hit.title, best.hit.date, best.outcomes)


if __name__ == "__main__":
    {"fit": fit, "measure": measure}[sys.argv[1]](sys.argv[2], *map(int, sys.argv[3:]))
