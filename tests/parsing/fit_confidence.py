"""Fit the weights of `parsing/data/confidence.txt`; run by hand: `python -m tests.parsing.fit_confidence`.

The labels are those that rules are not made from (`labels/kept*.txt`), with half their weight those that are, and
citations made by rendering facts in several orders, with the mutations that typists make. A fifth of the traditions is
left out in turn to say how far the result holds.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from citetool.parsing import read_citation
from citetool.parsing.confidence import features, logistic
from citetool.parsing.gazetteer import DATA
from citetool.parsing.scoring import unread_share
from tests.parsing.test_expected import fact, facts

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = Path(__file__).parent / "labels"
Row = tuple[dict[str, float], bool, str, float]  # features, whether all is right, tradition, weight

PEOPLE = ("Roe", "Doe", "Marlow", "Van Dyke", "Jane Finch", "Adler", "Count Bels", "de Groot", "Lord Ames", "Keller")
DAYS = (("12 May 1931", "1931-05-12"), ("May 12, 1931", "1931-05-12"), ("12.5.1931", "1931-05-12"), ("", ""))
BODIES = (
    "TNA", "Bancroft Library", "National Library of Wales", "Staatsarchiv Basel", "Archivo Municipal de Jaca",
    "Riksarkivet", "BArch", "Oldport Historical Society", "Archives of Example College", "Rijksarchief Gent", "AAN",
)  # fmt: skip
COLLECTIONS = (
    "Finch Papers", "Harbour Board", "Marlow Family Papers", "Trade and Navigation", "Visitatie", "Consulado",
    "Records of the Guild",
)  # fmt: skip
SMALL = ("Box {}", "box {}, folder {}", "vol. {}", "{}/{}", "Karton {}", "b. {}", "carton {}, dossier {}", "{}")
_BOXES = ("box", "karton", "b.", "carton")


def made(count: int, seed: int = 7) -> Iterator[tuple[str, Counter[str]]]:
    """Yield citations with their facts, in one of three orders, some with a mutation."""
    dice = random.Random(seed)
    for _ in range(count):
        body, collection, small = dice.choice(BODIES), dice.choice(COLLECTIONS), dice.choice(SMALL)
        numbers = [str(dice.randint(1, 400)) for _ in range(small.count("{}"))]
        writer, reader = dice.sample(PEOPLE, 2)
        written, day = dice.choice(DAYS)
        letter = f"{writer} to {reader}" + (f", {written}" if written else "")
        place = small.format(*numbers)
        wanted = Counter([fact("creator", writer), fact("recipient", reader), fact("repository", body)])
        wanted += Counter([fact("date", day)] if day else [])
        with_collection = dice.random() < 0.7
        wanted += Counter([fact("collection", collection)] if with_collection else [])
        wanted += Counter(fact(_level(part), part.strip()) for part in place.split(", "))
        names = [body, *([collection] if with_collection else [])]
        orders = ([letter, *names, place], [*names, place, letter], [letter, place, *names[::-1]])
        pieces = dice.choice(orders)
        yield _mutated(", ".join(pieces), dice), wanted


def _level(part: str) -> str:
    words = {"folder": "folder", "dossier": "folder", "vol.": "volume"} | dict.fromkeys(_BOXES, "box")
    return words.get(part.split(" ", maxsplit=1)[0].casefold(), "item" if " " in part or "/" in part else "folder")


def _mutated(text: str, dice: random.Random) -> str:
    chance = dice.random()
    if chance < 0.08:
        place = dice.choice([i for i, sign in enumerate(text) if sign == ","])
        return text[:place] + text[place + 1 :]
    if chance < 0.14:
        return text.replace(", ", "; ", 1)
    if chance < 0.18:
        return text.replace(", ", ". ", 2)
    return f"See {text}." if chance < 0.24 else text + "." * (chance < 0.6)


def labelled(pattern: str) -> Iterator[tuple[str, Counter[str], str]]:
    """Yield the labels of the files: citation, facts, tradition."""
    for path in sorted(LABELS.glob(pattern)):
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            string, *lines = block.splitlines()
            wanted = Counter(fact(*line.split(": ", 1)) for line in lines if not line.startswith("set: "))
            yield string, wanted, next(line[5:] for line in lines if line.startswith("set: "))


def rows() -> list[Row]:
    """Return the features of all readings that have levels, and whether they are right."""
    found: list[Row] = []
    weighed = [(*one, 1.0) for one in labelled("kept*.txt")] + [(*one, 0.5) for one in labelled("seen*.txt")]
    for string, wanted, name, weight in [*weighed, *((*one, "made", 0.3) for one in made(400))]:
        reading = read_citation(string)
        if reading.levels:
            seen = features(reading, reading.fit, unread_share(reading))
            found.append((seen, facts(reading) == wanted, name, weight))
    return found


def fitted(data: list[Row], ridge: float = 2.0, steps: int = 8) -> dict[str, float]:
    """Return the weights for rows: logistic regression with a ridge, by Newton's method."""
    names = list(data[0][0])
    table = [([seen[name] for name in names], right, weight) for seen, right, _, weight in data]
    size = len(names)
    weights = [0.0] * size
    for _ in range(steps):
        slope = [ridge * w if i else 0.0 for i, w in enumerate(weights)]
        bend = [[(ridge if i else 0.001) * (i == j) for j in range(size)] for i in range(size)]
        for values, right, weight in table:
            said = logistic(sum(w * v for w, v in zip(weights, values, strict=True)))
            present = [i for i, value in enumerate(values) if value]
            for i in present:
                slope[i] += weight * (said - right) * values[i]
                for j in present:
                    bend[i][j] += weight * said * (1 - said) * values[i] * values[j]
        weights = [w - step for w, step in zip(weights, solved(bend, slope), strict=True)]
    return dict(zip(names, weights, strict=True))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return the solution of a system of linear equations, by elimination with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda i: abs(rows[i][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for i in range(len(rows)):
            if i != column and (share := rows[i][column] / rows[column][column]):
                rows[i] = [a - share * b for a, b in zip(rows[i], rows[column], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def folds(data: list[Row], count: int = 5) -> list[tuple[float, bool]]:
    """Return for each labelled row what weights say of it that were fitted without its tradition's fold."""
    sets = sorted({row[2] for row in data} - {"made"})
    found = []
    for fold in range(count):
        aside = set(sets[fold::count])
        weights = fitted([row for row in data if row[2] not in aside])
        for seen, right, name, weight in data:
            if name in aside and weight == 1.0:
                found.append((logistic(sum(weights[n] * v for n, v in seen.items())), right))
    return found


def main() -> None:
    """Fit, print the bands of what was left out, and write the table."""
    data = rows()
    told = folds(data)
    for low, high in ((0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.5, 0.7), (0.3, 0.5), (0.0, 0.3)):
        band = [right for said, right in told if low <= said < high]
        print(f"{low:.1f}-{high:.1f}: {sum(band)} of {len(band)} right")
    head = "# Weights of what is seen in a reading, for the probability that it is all right.\n"
    head += "# Written by tests/parsing/fit_confidence.py.\n# feature | weight\n"
    lines = [f"{name} | {weight:.3f}\n" for name, weight in fitted(data).items()]
    (DATA / "confidence.txt").write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
