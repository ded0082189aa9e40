"""The edition that a document is printed in: its volume, the number of the document and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

_DOCUMENT = lazy(r"(?i)(?:docs?\.|documents?|dok\.|dokument)\s(?:nos?\.\s|nr\.\s)?(?P<number>\d+[a-z]?)")
_PAGES = lazy(r"(?:(?:pp?|S)\.\s)?(?P<pages>\d{1,4}(?:[-–]\d{1,4})?)")


def publication_of(texts: Iterable[str]) -> dict[str, str]:
    """Return the CSL variables for the parts of a citation that say where its document is printed.

    `FRUS, 1952-1954`, `vol. XIII`, `pt. 1, 1234` are the container's title with its volume, and a page; the number of a
    document is the `section`, as in records of FRUS itself.
    """
    titles: list[str] = []
    found: dict[str, str] = {}
    for text in texts:
        words, _, last = text.rpartition(", ")
        for piece in filter(None, (words, last)):
            if number := _DOCUMENT.fullmatch(piece):
                found["section"] = number["number"]
            elif (pages := _PAGES.fullmatch(piece)) and (len(titles) > 1 or len(pages["pages"]) < 4):
                found["page"] = pages["pages"]
            else:
                titles.append(piece)
    return {"container-title": ", ".join(titles), **found} if titles else {}
