"""The place in a record of each CSL variable; their kinds are in `citetool.csl.items.variables`."""

from __future__ import annotations

from typing import Any

from citetool.csl.items.variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, OLD_NAMES, TEXT_VARIABLES

# `issued` is the record's date, `accessed` that of its copy; the other date variables stand in `dates` by these names.
DATES: dict[str, str] = {
    "event-date": "event",
    "original-date": "original",
    "submitted": "submitted",
    "available-date": "available",
}

# Texts that a record has a field for.
FIELDS: dict[str, str] = {
    "title-short": "short_title",
    "original-title": "original_title",
    "abstract": "summary",
    "medium": "medium",
    "license": "rights",
    "event-place": "place",
}
IDENTIFIERS: dict[str, str] = {"DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid"}
ARCHIVE = ("archive_location", "archive_collection", "archive", "archive-place")

# What stays as it is, in `publication`: all that has no place of its own in a record.
_ELSEWHERE = {"title", *FIELDS, *IDENTIFIERS, "genre", "keyword", "language", "note", "URL", "citation-key"}
PUBLICATION = (TEXT_VARIABLES | NUMBER_VARIABLES) - _ELSEWHERE

__all__ = ["DATE_VARIABLES", "NAME_VARIABLES", "OLD_NAMES"]

Item = dict[str, Any]
SUPPLIED = "supplied title"

# Types whose `event-place` styles print as the place where it was written or said, and whose `dimensions` as extent.
PLACED = frozenset({"personal_communication", "manuscript", "interview", "speech", "performance", "event", "hearing"})
SIZED = frozenset({"graphic", "map", "motion_picture", "song", "broadcast", "interview", "musical_score", "collection"})

# Where a text variable goes: a field of the record, `publication`, `identifiers`, or "" where it depends on others.
_DEPENDS = ("type", "genre", "language", "note", "keyword", "URL", "source", "call-number", "annote", "dimensions")
PLACES: dict[str, str] = {
    **dict.fromkeys(PUBLICATION, "publication"),
    "citation-key": "publication",
    "categories": "publication",
    **FIELDS,
    "title": "title",
    **dict.fromkeys(IDENTIFIERS, "identifiers"),
    **dict.fromkeys((*ARCHIVE, *_DEPENDS), ""),
}
