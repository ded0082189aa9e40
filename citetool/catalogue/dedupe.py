"""Descriptions of a catalogue that are likely one, as aggregators have them: the same letter from two sites.

Comparing each with each would take forever. Only descriptions of one *block* are compared: of one address or number, of
one title with the same date and collection, of one box, folder and date, or with two rare words in common (the list of
words that `link` asks). What is compared, and what speaks for and against, is as in a library (`library.dedupe`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.library.dedupe import compared
from citetool.library.evidence import seen

from .query import select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.library.dedupe import Pair
    from citetool.library.evidence import Seen

    from .read import Catalogue

LARGEST_BLOCK = 60
"""Descriptions that share something from which on it says nothing."""
_RARE = 12  # descriptions that have a word, for it to be rare
_OF_UNITS = frozenset(("ead", "atom-csv", "rico", "archivesspace"))  # formats of descriptions with levels
_AT_ONCE = 5_000  # pairs whose descriptions are in memory

# Rows by their numbers, with what they may share; then pairs of those that share it, the first the smaller number.
_SHARED = r"""
    WITH found AS (
        SELECT key, source, position, url, title, date, collection, identifiers,
            list_sort([regexp_extract(lower(one.value), '\d[\d./-]*')
                       FOR one IN levels IF one.value SIMILAR TO '.*\d.*']) AS places
        FROM {rows} WHERE {where}
    ),
    numbered AS (
        SELECT number, url, title, date, collection, identifiers, places
        FROM found JOIN {keys} AS listed USING (key, source, position)
    ),
    shared AS (
        SELECT number, 'url ' || regexp_replace(lower(url), '^https?://(www\.)?|/$', '', 'g') AS block
        FROM numbered WHERE url <> ''
        UNION ALL
        SELECT number, concat_ws(' ', 'number', one.name, lower(regexp_replace(one.value, '[\s-]', '', 'g')))
        FROM (SELECT number, unnest(identifiers) AS one FROM numbered) WHERE one.name NOT IN ('issn', 'eissn')
        UNION ALL
        SELECT number, concat_ws(chr(31), 'title', lower(title), date, lower(collection))
        FROM numbered WHERE title <> ''
        UNION ALL
        SELECT number, concat_ws(chr(31), 'place', coalesce(nullif(date, ''), lower(title[1:5])), places::VARCHAR)
        FROM numbered WHERE len(places) > 1
        UNION ALL
        SELECT number, 'word ' || word FROM {words} AS listed SEMI JOIN numbered USING (number)
    ),
    counted AS (
        SELECT number, block, count(*) OVER (PARTITION BY block) AS size, starts_with(block, 'word ') AS word
        FROM shared
    ),
    blocks AS (
        SELECT number, block, word FROM counted WHERE size BETWEEN 2 AND CASE WHEN word THEN {rare} ELSE {largest} END
    )
    SELECT one.number AS first, two.number AS second
    FROM blocks AS one JOIN blocks AS two ON one.block = two.block AND one.number < two.number
    GROUP BY ALL HAVING NOT bool_and(one.word) OR count(*) > 1
    ORDER BY ALL
"""


class Twins(NamedTuple):
    """Two descriptions that are likely one, and where each stands; the fuller one first in `pair`."""

    pair: Pair
    places: tuple[str, str]


def duplicates(catalogue: Catalogue, query: str = "") -> Iterator[Twins]:
    """Yield the pairs of descriptions that are likely one, of those that a query finds, in the order of their keys.

    Raises QueryError.
    """
    chosen = select(query, catalogue.manifest.fields)
    sql = (
        _SHARED.replace("{where}", chosen.where).replace("{rare}", str(_RARE)).replace("{largest}", str(LARGEST_BLOCK))
    )
    pairs: list[tuple[int, int]] = []
    for pair in catalogue.ask_all(sql, chosen.parameters):
        pairs.append(pair)
        if len(pairs) >= _AT_ONCE:
            yield from _compared(catalogue, pairs)
            pairs.clear()
    yield from _compared(catalogue, pairs)


def _compared(catalogue: Catalogue, pairs: list[tuple[int, int]]) -> Iterator[Twins]:
    hits = catalogue.numbered({number for pair in pairs for number in pair})
    described: dict[int, Seen] = {}
    for number, hit in hits.items():
        described[number] = seen(str(number), {**hit.data(), "id": hit.key})
    for first, second in pairs:
        if first in described and second in described:
            pair = compared(described[first], described[second])
            if pair is not None and not (hits[first].path == hits[second].path and _siblings(described, first, pair)):
                yield Twins(pair, (hits[int(pair.first)].path, hits[int(pair.second)].path))


def _siblings(described: dict[int, Seen], number: int, pair: Pair) -> bool:
    """Return whether a pair of one source is of two units that it tells apart: a finding aid names each of them once.

    Parts of one file bear one title, date and place; only an address or a number says that they are one.
    """
    reader = described[number].data.get("metadata", {}).get("reader", "")
    return reader in _OF_UNITS and not any(why == "same address" for why in pair.reasons)
