"""Citations with the reading that a historian would give them: `expected/*.txt`, and those not yet read so.

Other than `cases/`, which keep what is read today, these were written before they were read: a citation, then a line
for each fact of it. `expected/amiss/list.txt` names those that are read otherwise, exactly: one that comes to be read
leaves the list. `--update-golden` writes the list anew.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from citetool.parsing import Reading, read_citation

FOLDER = Path(__file__).parent / "expected"
AMISS = FOLDER / "amiss" / "list.txt"
# levels that are a matter of taste in some traditions, or names for the same step
SAME = {
    "file": "folder", "delo": "folder", "file_code": "folder", "carton": "box", "container": "box", "reel": "box",
    "roll": "box", "volume": "box", "piece": "item", "page": "item", "list": "item", "frame": "item",
    "subseries": "series", "subgroup": "series", "lot": "series", "entry": "series", "opis": "series",
    "fond": "collection", "fonds": "collection", "collection_id": "collection", "record_group": "collection",
    "class": "collection", "division": "repository", "parent_institution": "repository", "published_in": "digital",
}  # fmt: skip


def cases() -> list[tuple[str, Counter[str]]]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            string, *facts = block.splitlines()
            found.append((string, Counter(fact(*line.split(": ", 1)) for line in facts)))
    return found


def fact(name: str, value: str) -> str:
    folded = re.sub(r"[“”„«»\"‘’']", "", value).strip(" .,;:()[]<>").casefold()
    return f"{SAME.get(name, name)}: {folded}"


def facts(reading: Reading) -> Counter[str]:
    found = [fact("title", reading.title)] if reading.title else []
    found += [fact(role, name) for role in ("creator", "recipient") for name in reading.texts(role)]
    found += [fact("date", reading.date)] if reading.date else []
    found += [fact("url", reading.url)] if reading.url else []
    return Counter(found + [fact(level.name, level.value) for level in reading.levels])


def test_readings_are_those_expected_but_for_the_list(update_golden: bool) -> None:
    amiss = [string for string, wanted in cases() if facts(read_citation(string)) != wanted]
    if update_golden:
        AMISS.write_text("".join(f"{string}\n" for string in amiss), encoding="utf-8")
    assert amiss == AMISS.read_text(encoding="utf-8").splitlines()


def test_most_facts_are_read() -> None:
    """Of all facts nine in ten are found, and nine in ten of what is found are facts."""
    both = got = want = 0
    for string, wanted in cases():
        found = facts(read_citation(string))
        both += (found & wanted).total()
        got += found.total()
        want += wanted.total()
    assert both / want >= 0.9
    assert both / got >= 0.9
