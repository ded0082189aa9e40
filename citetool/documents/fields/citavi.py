"""Citavi's placeholders: JSON in base64, whose objects refer to each other by `$id` and `$ref`."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from citetool.documents.model import CitedItem
from citetool.lazy_re import lazy

from .model import Code

# Blanks may stand where Word has cut the code, but none between the id of a placeholder and its data.
_DATA = lazy(r"(?:[A-Za-z0-9+/=]{16,}\s*)+")
_TYPES = {
    "Book": "book", "BookEdited": "book", "JournalArticle": "article-journal", "Contribution": "chapter",
    "ContributionInLegalCommentary": "chapter", "Thesis": "thesis", "NewspaperArticle": "article-newspaper",
    "InternetDocument": "webpage", "ArchiveMaterial": "manuscript", "PersonalCommunication": "personal_communication",
    "Manuscript": "manuscript", "UnpublishedWork": "manuscript", "ConferenceProceedings": "book",
}  # fmt: skip
_TEXTS = {
    "title": "Title", "publisher": "Publishers", "volume": "Volume", "issue": "Number", "edition": "Edition",
    "DOI": "Doi", "ISBN": "Isbn", "publisher-place": "PlaceOfPublication", "URL": "OnlineAddress",
    "title-short": "ShortTitle", "collection-title": "SeriesTitle",
}  # fmt: skip


def read_citavi(text: str) -> Code:
    """Return the citation in a placeholder's code."""
    packed = max(_DATA.findall(text), key=len, default="")
    try:
        data = json.loads(base64.b64decode(packed + "=" * (-len("".join(packed.split())) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        return Code("citation", "citavi", error=f"its data cannot be read: {error}")
    entries = data.get("Entries") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return Code("citation", "citavi", error="it holds no entries")
    known: dict[str, dict[str, Any]] = {}
    _collect(data, known)
    plain = _at(data, "Text") if isinstance(_at(data, "Text"), str) else None
    items = [_item(one, known) for one in entries if isinstance(one, dict)]
    return Code("citation", "citavi", items, plain, error="" if items else "it names no source")


def _collect(value: Any, known: dict[str, dict[str, Any]]) -> None:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("$id"), str):
                known[one["$id"]] = one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _resolved(value: Any, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        value = known.get(value["$ref"])
    return value if isinstance(value, dict) else {}


def _item(entry: dict[str, Any], known: dict[str, dict[str, Any]]) -> CitedItem:
    reference = _resolved(entry.get("Reference"), known)
    pages = str(_at(entry, "PageRange", "OriginalString") or "")
    own = str(entry.get("ReferenceId") or reference.get("Id") or reference.get("CitationKey") or "")
    return CitedItem(
        own,
        prefix=str(entry.get("Prefix") or "").strip(),
        suffix=str(entry.get("Suffix") or "").strip(),
        locator=pages,
        label="page" if pages else "",
        title=str(reference.get("Title") or ""),
        data=_csl(reference, known) if reference else None,
    )


def _csl(reference: dict[str, Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    item: dict[str, Any] = {"type": _TYPES.get(str(reference.get("ReferenceType")), "document")}
    for name, own in _TEXTS.items():
        value = reference.get(own)
        if isinstance(value, list):
            value = "; ".join(str(_resolved(one, known).get("Name") or "") for one in value)
        if value:
            item[name] = str(value)
    for name, own in (("author", "Authors"), ("editor", "Editors"), ("translator", "Translators")):
        people = [_resolved(one, known) for one in reference.get(own) or ()]
        names = [{"family": str(one["LastName"]), "given": str(one.get("FirstName") or "")}
                 for one in people if one.get("LastName")]  # fmt: skip
        if names:
            item[name] = names
    parent = _resolved(reference.get("ParentReference"), known)
    container = _resolved(reference.get("Periodical"), known).get("Name") or parent.get("Title")
    if container:
        item["container-title"] = str(container)
    if parent and "editor" not in item and parent is not reference and parent.get("Editors"):
        item |= {name: value for name, value in _csl({"Editors": parent["Editors"]}, known).items() if name == "editor"}
    year = str(reference.get("Year") or reference.get("YearResolved") or "")
    if year:
        item["issued"] = {"date-parts": [[int(year)]]} if year.isdigit() else {"literal": year}
    pages = _at(reference, "PageRange", "OriginalString")
    return item | ({"page": str(pages)} if pages else {})
