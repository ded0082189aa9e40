"""Citations linked to the descriptions of a catalogue: for each, what it may mean, how likely, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import compare
from .candidates import candidates
from .cited import cited
from .read import record_of
from .traits import traits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetool.library.query.search import Hit
    from citetool.record.model import Record

    from .cited import Cited
    from .read import Catalogue

SURE = 0.8
"""The probability from which on a description is taken for the one that is meant."""
_WORTH_A_LOOK = 0.05
_AT_ONCE = 100  # citations


class Match(NamedTuple):
    """A description that a citation may mean, by its probability, and the outcome of each comparison."""

    hit: Hit
    number: int
    probability: float
    outcomes: dict[str, str]


class Link(NamedTuple):
    """A citation with the descriptions that are worth a look, the likeliest first."""

    text: str
    record: Record
    matches: list[Match]

    def verdict(self, sure: float = SURE) -> str:
        """Return `found`, `unsure` (several fit, or one badly), or `not found`."""
        if not self.matches:
            return "not found"
        return "found" if self.matches[0].probability >= sure else "unsure"

    @property
    def lacking(self) -> list[str]:
        """The levels that the likeliest description has and the citation has not, from the smallest."""
        if not self.matches:
            return []
        held = {level.name for level in self.record.archive.levels}
        described = record_of(self.matches[0].hit).archive.levels
        return [f"{level.name}: {level.value}" for level in described if level.name not in held]


def link(catalogue: Catalogue, citations: Sequence[tuple[str, Record]]) -> Iterator[Link]:
    """Yield the link of each citation, given as text and as the record that was read from it, in order."""
    for (text, record), compared in zip(citations, comparisons(catalogue, citations), strict=True):
        probable = compare.probabilities([compare.weight(one.outcomes) for one in compared])
        matches = [one._replace(probability=chance) for one, chance in zip(compared, probable, strict=True)]
        matches.sort(key=lambda match: -match.probability)
        yield Link(text, record, [match for match in matches if match.probability >= _WORTH_A_LOOK])


def comparisons(catalogue: Catalogue, citations: Sequence[tuple[str, Record]]) -> Iterator[list[Match]]:
    """Yield for each citation its candidates as they compare, without their probabilities."""
    for start in range(0, len(citations), _AT_ONCE):
        yield from _some(catalogue, [cited(*one) for one in citations[start : start + _AT_ONCE]])


def _some(catalogue: Catalogue, asked: list[Cited]) -> Iterator[list[Match]]:
    found = candidates(catalogue, [one.words for one in asked])
    hits = catalogue.numbered({candidate.number for some in found for candidate in some})
    described = {number: traits(record_of(hit)) for number, hit in hits.items()}
    for one, some in zip(asked, found, strict=True):
        yield [
            Match(
                hits[number],
                number,
                0.0,
                compare.outcomes(one, described[number]) | {"behind": compare.behind(shared, some[0].weight)},
            )
            for number, shared in some
        ]
