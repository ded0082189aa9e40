"""Names of publication data as people say them, with the CSL variable that holds each in `publication`.

`place`, `volume` or `series` belong to the publication where the kind is one (book, article ...), and to the archive or
the record itself otherwise.
"""

from __future__ import annotations

from typing import NamedTuple


class PublicationField(NamedTuple):
    """One field: its CSL variable, meaning, an example, and the RIS tag and BibLaTeX field for it."""

    variable: str
    meaning: str
    example: str
    ris: str
    biblatex: str


_CONTAINER = PublicationField(
    "container-title", "title of the journal, newspaper or book it appeared in", "Foreign Affairs", "T2", "journaltitle"
)
_PUBLISHER = PublicationField("publisher", "publisher", "Oxford University Press", "PB", "publisher")
_PLACE = PublicationField("publisher-place", "place of publication", "New York", "CY", "location")
_PAGES = PublicationField("page", "pages", "566-582", "SP, EP", "pages")
_ISSUE = PublicationField("issue", "number of the issue", "4", "IS", "number")

PUBLICATION: dict[str, PublicationField] = {
    "publisher": _PUBLISHER,
    "university": PublicationField("publisher", "university of a thesis", "Columbia University", "PB", "institution"),
    "institution": PublicationField("publisher", "institution of a report", "RAND", "PB", "institution"),
    "place": _PLACE,
    "publisher_place": _PLACE,
    "journal": _CONTAINER,
    "newspaper": _CONTAINER,
    "magazine": _CONTAINER,
    "booktitle": PublicationField("container-title", "title of the book it is part of", "Essays", "T2", "booktitle"),
    "container_title": _CONTAINER,
    "volume": PublicationField("volume", "volume", "25", "VL", "volume"),
    "volumes": PublicationField("number-of-volumes", "number of volumes", "3", "NV", "volumes"),
    "issue": _ISSUE,
    "number": PublicationField("number", "number of a report, patent or bill", "7310", "M1", "number"),
    "pages": _PAGES,
    "page": _PAGES,
    "edition": PublicationField("edition", "edition", "2", "ET", "edition"),
    "chapter": PublicationField("chapter-number", "number of the chapter", "3", "SE", "chapter"),
    "series": PublicationField("collection-title", "series of books", "Cold War Studies", "T3", "series"),
    "series_number": PublicationField("collection-number", "number within the series", "12", "M1", "number"),
    "thesis_type": PublicationField("genre", "type of a thesis or report", "PhD diss.", "M3", "type"),
    "event": PublicationField("event-title", "conference or other event", "Yalta Conference", "T2", "eventtitle"),
}
