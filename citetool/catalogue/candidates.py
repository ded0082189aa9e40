"""The descriptions that may be what a citation means: those with which it shares rare words.

Reading all descriptions for each citation would take forever, and asking for equal numbers or names would miss what a
citation leaves out or spells otherwise. So each row of a catalogue has the words of its traits, and the list of words
says which rows have a word. A word counts for as much as it is rare; the rows with the highest sums are candidates.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .read import Catalogue

BEST = 40
"""Candidates of one citation."""
_WORDS, _NUMBERS = 10, 8  # of a citation that are asked for, the rarest
_OF_NUMBER = 0.6  # what a number counts for: another thing's may be equal by chance
_COMMON = 20_000  # rows that have a word from which on it is asked for only if there is nothing rarer
_AT_ONCE = 200  # citations


class Candidate(NamedTuple):
    """A row by its number in the list of keys, and the weight of the words that it shares with the citation.

    Each word of the row counts a little against it: a series comes before its files, which have its words, too.
    """

    number: int
    weight: float


def candidates(catalogue: Catalogue, wanted: Sequence[Collection[str]]) -> list[list[Candidate]]:
    """Return for each citation, given by its words, its candidates, the best first, at most `BEST`."""
    found: list[list[Candidate]] = []
    for start in range(0, len(wanted), _AT_ONCE):
        found += _some(catalogue, wanted[start : start + _AT_ONCE])
    return found


def _some(catalogue: Catalogue, wanted: Sequence[Collection[str]]) -> list[list[Candidate]]:
    frequency = _frequencies(catalogue, sorted({word for words in wanted for word in words}))
    total = catalogue.manifest.records
    numbers, words, weights = [], [], []
    for number, some in enumerate(wanted):
        for word in _rarest(some, frequency):
            numbers.append(number)
            words.append(word)
            weights.append(math.log(1 + total / frequency[word]) * (_OF_NUMBER if word.startswith("#") else 1))
    sql = """
        WITH asked AS (
            SELECT unnest(?::INTEGER[]) AS citation, unnest(?::VARCHAR[]) AS word, unnest(?::DOUBLE[]) AS weight
        ),
        summed AS (
            SELECT citation, number, sum(weight) - any_value(size) * 0.1 AS weight
            FROM asked JOIN read_parquet(?) USING (word)
            GROUP BY citation, number
        )
        SELECT citation, number, weight FROM summed
        QUALIFY row_number() OVER (PARTITION BY citation ORDER BY weight DESC, number) <= ?
        ORDER BY citation, weight DESC, number
    """
    found: dict[int, list[Candidate]] = defaultdict(list)
    if words:
        for citation, number, weight in catalogue.ask_list("words", sql, [numbers, words, weights], [BEST]):
            found[citation].append(Candidate(number, weight))
    return [found[number] for number in range(len(wanted))]


def _frequencies(catalogue: Catalogue, words: list[str]) -> dict[str, int]:
    sql = """
        SELECT word, count(*) FROM (SELECT unnest(?::VARCHAR[]) AS word) JOIN read_parquet(?) USING (word) GROUP BY word
    """
    return dict(catalogue.ask_list("words", sql, [words])) if words else {}


def _rarest(words: Collection[str], frequency: dict[str, int]) -> list[str]:
    ordered = sorted((word for word in words if word in frequency), key=lambda word: (frequency[word], word))
    rare = [word for word in ordered if frequency[word] <= _COMMON]
    numbers = [word for word in rare if word.startswith("#")]
    names = [word for word in rare if not word.startswith("#")]
    return [*names[:_WORDS], *numbers[:_NUMBERS]] or ordered[:2]
