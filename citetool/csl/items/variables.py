"""The variables of CSL 1.0.2 (specification, appendix IV; csl-data.json) by their kinds, once for all of citetool.

`names` hold lists of people and bodies, `dates` dates, `numbers` numbers with what may stand beside them (`2nd`,
`12-14`), `texts` anything else. `UNPRINTED` are the texts of an item that no style can print.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["name", "date", "number", "text"]

_NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer
original-author performer producer recipient reviewed-author script-writer series-creator translator
"""
NAME_VARIABLES = frozenset(_NAMES.split())

_DATES = """
accessed available-date event-date issued original-date submitted
"""
DATE_VARIABLES = frozenset(_DATES.split())

# `part`, `printing` and `supplement` are what items of CSL 1.0.1 have in place of the names in `-number`.
_NUMBERS = """
chapter-number citation-number collection-number edition first-reference-note-number issue locator number
number-of-pages number-of-volumes page page-first part part-number printing printing-number section supplement
supplement-number version volume year-suffix
"""
NUMBER_VARIABLES = frozenset(_NUMBERS.split())

_TEXTS = """
abstract annote archive archive-place archive_collection archive_location authority call-number citation-key
citation-label collection-title container-title container-title-short dimensions division DOI event event-place
event-title genre ISBN ISSN jurisdiction keyword language license medium note original-publisher
original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre
reviewed-title scale source status title title-short URL volume-title volume-title-short
"""
TEXT_VARIABLES = frozenset(_TEXTS.split())

UNPRINTED = frozenset({"categories", "type"})

KINDS: dict[str, Kind] = {
    **dict.fromkeys(sorted(NAME_VARIABLES), "name"),
    **dict.fromkeys(sorted(DATE_VARIABLES), "date"),
    **dict.fromkeys(sorted(NUMBER_VARIABLES), "number"),
    **dict.fromkeys(sorted(TEXT_VARIABLES), "text"),
}

# Names of older processors and of other programs for the same variables.
OLD_NAMES: dict[str, str] = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "archive_place": "archive-place",
    "archive-location": "archive_location",
    "archive-collection": "archive_collection",
}
