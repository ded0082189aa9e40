"""Citation objects in JSON (schema `csl-citation.json`), as Zotero and Mendeley keep them in a field."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

from citetool.documents.model import CitedItem

from .model import Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.documents.model import Mode

# Zotero wrote the labels of locators as numbers once.
_LABELS = ("page", "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "paragraph",
           "part", "section", "sub-verbo", "volume", "verse")  # fmt: skip

# Modes of a whole citation, as in citeproc-js: its author stands in the sentence, or is left out.
_CLUSTER_MODES: dict[str, Mode] = {
    "composite": "author-in-text", "suppress-author": "suppress-author", "author-only": "author-only",
}  # fmt: skip


def read_citation(text: str, program: str) -> Code:
    """Return the citation whose JSON begins at the first brace of a code; `error` is set where it cannot be read.

    Old fields of Mendeley's have braces before it: `Mendeley Citation{UUID} CSL_CITATION {...}`.
    """
    start = text.find("{", max(text.find("CSL_CITATION"), 0))
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(text[start:]) if start >= 0 else (None, 0)
    except (ValueError, RecursionError) as error:
        return Code("citation", program, error=f"its JSON cannot be read: {error}")
    if not isinstance(data, dict) or not isinstance(data.get("citationItems"), list):
        return Code("citation", program, error="it holds no list of citationItems")
    return citation_of(data, program)


def citation_of(data: dict[str, Any], program: str) -> Code:
    """Return what a citation object says. Entries of the wrong type count as absent."""
    properties = _mapping(data.get("properties"))
    code = Code("citation", program, id=str(data.get("citationID") or ""), properties=properties)
    decode = html.unescape if program == "mendeley" else str
    code.items = [_item(one, decode) for one in data["citationItems"] if isinstance(one, dict)]
    if code.items and properties.get("mode") in _CLUSTER_MODES and code.items[0].mode == "normal":
        code.items[0].mode = _CLUSTER_MODES[properties["mode"]]
    plain = properties.get("plainCitation")
    if program == "mendeley":
        plain = _mapping(data.get("mendeley")).get("plainTextFormattedCitation", plain)
    elif program == "mendeley-cite":
        manual = _mapping(data.get("manualOverride"))
        plain = manual.get("citeprocText")
        code.fixed = manual.get("isManuallyOverridden") is True
    code.plain = decode(plain) if isinstance(plain, str) else None
    code.fixed = code.fixed or properties.get("dontUpdate") is True
    if not code.items:
        code.error = "it names no source"
    return code


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _item(data: dict[str, Any], decode: Callable[[str], str]) -> CitedItem:
    uris = data.get("uris") or data.get("uri") or []
    uris = [uris] if isinstance(uris, str) else uris
    item_data = data.get("itemData")
    item_data = decoded(item_data, decode) if isinstance(item_data, dict) else None
    label = data.get("label", data.get("locatorType"))
    if isinstance(label, int) and not isinstance(label, bool):
        label = _LABELS[label] if 0 <= label < len(_LABELS) else "page"
    found = CitedItem(
        str(data.get("id", "")),
        mode=_mode(data),
        prefix=decode(str(data.get("prefix") or "")).strip(),
        suffix=decode(str(data.get("suffix") or "")).strip(),
        locator=decode(str(data.get("locator") or "")),
        label=str(label or ""),
        uris=tuple(uri for uri in uris if isinstance(uri, str)) if isinstance(uris, list) else (),
        data=item_data,
    )
    if item_data is not None:
        found.title = str(item_data.get("title") or "")
        found.facts["has_itemData"] = True
        if item_data.get("type"):
            found.facts["type"] = str(item_data["type"])
    return found


def _mode(data: dict[str, Any]) -> Mode:
    if data.get("suppress-author"):
        return "suppress-author"
    return "author-only" if data.get("author-only") else "normal"


def decoded(value: Any, decode: Callable[[str], str]) -> Any:
    """Return JSON data with each of its strings decoded."""
    if isinstance(value, str):
        return decode(value)
    if isinstance(value, list):
        return [decoded(one, decode) for one in value]
    if isinstance(value, dict):
        return {name: decoded(one, decode) for name, one in value.items()}
    return value
