"""Tables of the CSL variables that Zotero's item types hold; the others become lines of Extra that are live variables.

Zotero's import gives a name whose part the item type does not know to the type's first part: the recipient of a
telegram and the translator of a letter become authors. It drops texts that the type has no field for.
"""

from __future__ import annotations

_TEXTS = frozenset({"editor", "translator", "collection-editor", "container-author", "reviewed-author"})
_EVERY = frozenset({"author", "contributor"})

# The name variables that the item type of a CSL type has a part for, beside author and contributor.
NAMES: dict[str, frozenset[str]] = {
    "manuscript": frozenset({"translator"}),
    "personal_communication": frozenset({"recipient"}),
    "interview": frozenset({"interviewer", "translator"}),
    "graphic": frozenset(),
    "map": frozenset({"collection-editor"}),
    "report": frozenset({"collection-editor", "translator"}),
    "speech": frozenset(),
    "hearing": frozenset(),
    "motion_picture": frozenset({"director", "producer", "script-writer"}),
    "song": frozenset({"composer", "performer"}),
    "broadcast": frozenset({"director", "producer", "script-writer", "guest"}),
}

# Archival sources of these types become manuscripts, with their kind as its type: Zotero's item for the type has no
# fields for an archive, or no word on the kind, or there is none at all.
AS_MANUSCRIPT = frozenset({"speech", "hearing", "document", "collection", "treaty"})
# CSL types that Zotero has no item for, or that it prints otherwise than a manuscript: a line of Extra says so.
BY_LINE = frozenset({"collection", "treaty", "document", "musical_score", "speech"})
# Types whose items have no fields for an archive, and none for a word on the kind.
WITHOUT_ARCHIVE = frozenset(
    {"speech", "hearing", "webpage", "post-weblog", "post", "bill", "legislation", "legal_case", "patent"}
)
WITHOUT_GENRE = frozenset({"graphic", "document", "interview", "song", "broadcast", "hearing"})

# The texts that Zotero has a field for under the same variable: in items of all types, and in those of a CSL type.
TEXTS_OF_ALL = frozenset({"id", "type", "title", "title-short", "abstract", "language", "URL", "DOI", "archive",
                          "archive_location", "archive_collection", "archive-place", "call-number", "source", "note",
                          "keyword"})  # fmt: skip
TEXTS: dict[str, frozenset[str]] = {
    "manuscript": frozenset({"genre"}),
    "personal_communication": frozenset({"genre"}),
    "interview": frozenset({"medium"}),
    "graphic": frozenset({"medium", "dimensions"}),
    "map": frozenset({"genre", "scale", "edition", "publisher", "publisher-place", "collection-title", "ISBN"}),
    "report": frozenset({"genre", "number", "publisher", "publisher-place", "collection-title", "collection-number",
                         "page"}),
    "motion_picture": frozenset({"genre", "medium", "dimensions", "publisher"}),
    "song": frozenset({"medium", "dimensions", "publisher", "collection-title", "volume", "ISBN"}),
    "document": frozenset({"publisher", "publisher-place"}),
    "webpage": frozenset({"genre", "container-title"}),
    "pamphlet": frozenset({"publisher", "publisher-place", "number-of-pages"}),
    "article-newspaper": frozenset({"container-title", "publisher-place", "edition", "section", "page", "ISSN"}),
    "article-journal": frozenset({"container-title", "volume", "issue", "page", "ISSN", "container-title-short"}),
}  # fmt: skip


# Zotero's item type for a CSL type, and the nearest for those that it does not know.
ITEM_TYPES: dict[str, str] = {
    "article": "preprint", "article-journal": "journalArticle", "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle", "bill": "bill", "book": "book", "broadcast": "radioBroadcast",
    "chapter": "bookSection", "classic": "book", "dataset": "dataset", "entry": "encyclopediaArticle",
    "entry-dictionary": "dictionaryEntry", "entry-encyclopedia": "encyclopediaArticle", "event": "presentation",
    "figure": "artwork", "graphic": "artwork", "hearing": "hearing", "interview": "interview", "legal_case": "case",
    "legislation": "statute", "manuscript": "manuscript", "map": "map", "motion_picture": "film",
    "paper-conference": "conferencePaper", "pamphlet": "book", "patent": "patent", "performance": "presentation",
    "periodical": "book", "personal_communication": "letter", "post": "forumPost", "post-weblog": "blogPost",
    "regulation": "statute", "report": "report", "review": "journalArticle", "review-book": "journalArticle",
    "software": "computerProgram", "song": "audioRecording", "speech": "presentation", "standard": "standard",
    "thesis": "thesis", "webpage": "webpage",
}  # fmt: skip


def item_type(csl: str) -> str:
    """Return Zotero's item type for a CSL type."""
    return ITEM_TYPES.get(csl, "document")


def archival_type(csl: str) -> str:
    """Return the item type for an archival source of a CSL type: one with fields for an archive."""
    return "manuscript" if csl in AS_MANUSCRIPT else item_type(csl)


def has_part(csl: str, variable: str) -> bool:
    """Return whether the item type of a CSL type has a part for a name variable."""
    if (csl, variable) == ("broadcast", "author"):  # it would be the director
        return False
    return variable in _EVERY or variable in NAMES.get(csl, _TEXTS)
