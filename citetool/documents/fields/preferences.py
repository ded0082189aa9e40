"""Settings that Zotero keeps in a document: XML, or JSON in newer and a line with colons in very old ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import etree

from citetool.lazy_re import lazy
from citetool.xmlio import attribute, descendants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetool.xmlio import Element

_NAME = lazy(r"ZOTERO_PREF_(\d+)$")
PIECE = 255  # letters that Word keeps of a property


def joined(properties: Mapping[str, str], prefix: str = "ZOTERO_PREF") -> str:
    """Return the pieces `ZOTERO_PREF_1`, `ZOTERO_PREF_2` ... as one text."""
    pieces = {name: value for name, value in properties.items() if name.startswith(f"{prefix}_")}
    numbered = {name.rpartition("_")[2]: value for name, value in pieces.items()}
    return "".join(numbered[one] for one in sorted((n for n in numbered if n.isdigit()), key=int))


def pieces(text: str) -> list[str]:
    """Return the text in pieces that Word keeps whole."""
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def read_preferences(text: str) -> dict[str, Any]:
    """Return style id, locale, note type and such as `doc places` prints them; empty where there are none."""
    text = text.strip()
    if text.startswith("{"):
        return _from_json(text)
    if not text.startswith("<"):
        return {"id": text.split(":", 1)[-1]} if text.startswith("http") else {}
    root = safe_root(text)
    if root is None:
        return {}
    found: dict[str, Any] = {"data_version": attribute(root, "data-version"),
                             "zotero_version": attribute(root, "zotero-version")}  # fmt: skip
    for style in descendants(root, "style"):
        found |= {name: attribute(style, name) for name in ("id", "locale", "hasBibliography")}
    for one in descendants(root, "pref"):
        if attribute(one, "name") in ("noteType", "fieldType"):
            found[attribute(one, "name")] = attribute(one, "value")
    note = found.get("noteType")
    if isinstance(note, str) and note.isdigit():
        found["noteType"] = int(note)
    return {name: value for name, value in found.items() if value != ""}


def safe_root(text: str) -> Element | None:
    """Return the root of preferences in XML; None where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    return etree.fromstring(text.strip().encode(), parser)


def _from_json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    style, prefs = data.get("style") or {}, data.get("prefs") or {}
    if not isinstance(style, dict) or not isinstance(prefs, dict):
        return {}
    found = {"id": style.get("styleID"), "locale": style.get("locale"), "data_version": str(data.get("dataVersion"))}
    return found | {name: prefs[name] for name in ("noteType", "fieldType") if name in prefs}
