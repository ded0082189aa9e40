"""The variables of CSL 1.0.2 (appendix IV), by what they hold, and where a record keeps each of them."""

from __future__ import annotations

from typing import Any

from citetool.record.roles import CSL_ROLE

NAME_VARIABLES = frozenset(CSL_ROLE)

# `issued` is the record's date, `accessed` that of its copy; the other date variables stand in `dates` by these names.
DATES: dict[str, str] = {
    "event-date": "event",
    "original-date": "original",
    "submitted": "submitted",
    "available-date": "available",
}
DATE_VARIABLES = frozenset({"issued", "accessed", *DATES})

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

# What stays as it is, in `publication`.
_PUBLICATION = """
annote authority call-number chapter-number citation-label citation-number collection-number collection-title
container-title container-title-short dimensions division edition event event-title first-reference-note-number
issue jurisdiction locator number number-of-pages number-of-volumes original-publisher original-publisher-place page
page-first part part-number part-title printing printing-number publisher publisher-place references reviewed-genre
reviewed-title scale section source status supplement supplement-number version volume volume-title
volume-title-short year-suffix
"""
PUBLICATION = frozenset(_PUBLICATION.split()) | set(ARCHIVE)

# Names of older processors and of other programs for the same variables.
OLD_NAMES: dict[str, str] = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "archive_place": "archive-place",
    "archive-location": "archive_location",
    "archive-collection": "archive_collection",
}

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
