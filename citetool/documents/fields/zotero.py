"""Writes what Zotero keeps in a document: the JSON of citations, the code of a bibliography, the preferences."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from citetool.output.writers.base import Writer, write_events
from citetool.output.writers.rtf import escape_rtf
from citetool.xmlio import attribute, descendants

from .preferences import safe_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citetool.documents.model import CitedItem, Content, Place

SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
LIST_CODE = 'ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY'
_KEY_LETTERS = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"  # those of the keys of Zotero's items
_ID_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_MODES = {"suppress-author": "suppress-author", "year-only": "suppress-author", "author-only": "author-only"}
# Zotero's own spelling of RTF: the word of a format in the group of what it formats.
_RTF = Writer(
    name="rtf-zotero",
    escape=escape_rtf,
    marks={
        ("font-style", "italic"): ("{\\i{}", "}"),
        ("font-style", "oblique"): ("{\\i{}", "}"),
        ("font-style", "normal"): ("{\\i0{}", "}"),
        ("font-weight", "bold"): ("{\\b{}", "}"),
        ("font-weight", "normal"): ("{\\b0{}", "}"),
        ("font-variant", "small-caps"): ("{\\scaps ", "}"),
        ("text-decoration", "underline"): ("{\\ul{}", "}"),
        ("vertical-align", "sup"): ("\\super ", "\\nosupersub{}"),
        ("vertical-align", "sub"): ("\\sub ", "\\nosupersub{}"),
    },
)


class Shown(NamedTuple):
    """The text of a citation as it stands in the document, and the number of its note (0 in the text)."""

    content: Content
    plain: str
    note: int
    kept: bool = False


def own_json(code: str) -> dict[str, Any]:
    """Return the citation object of a code of Zotero's; an empty one where there is none that can be read."""
    start = code.find("{")
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(code[start:]) if start >= 0 else ({}, 0)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def citation_json(
    place: Place, shown: Shown, items: Mapping[str, dict[str, Any]], before: dict[str, Any]
) -> dict[str, Any]:
    """Return the citation object of a place; of the object that stands there all that still holds is kept.

    `kept` text is the author's own: Zotero is told to leave it alone. An object without an id has an empty one.
    """
    properties = dict(before.get("properties") or {}) if isinstance(before.get("properties"), dict) else {}
    if properties.get("plainCitation") != shown.plain or "formattedCitation" not in properties:
        properties["formattedCitation"] = _formatted(shown.content) if not shown.kept else escape_rtf(shown.plain)
        properties["plainCitation"] = shown.plain
    properties["noteIndex"] = shown.note
    if shown.kept:
        properties["dontUpdate"] = True
    in_text = bool(place.items) and place.items[0].mode == "author-in-text"
    becomes_note = shown.note > 0 and place.where == "text"  # its author stays in the sentence
    if in_text and not becomes_note:
        properties["mode"] = "composite"
    old = before.get("citationItems") if isinstance(before.get("citationItems"), list) else []
    same = old if old and len(old) == len(place.items) and all(isinstance(one, dict) for one in old) else []
    cites = [
        _cite(cited, items.get(cited.id) or cited.data or {}, dict(same[number]) if same else None)
        for number, cited in enumerate(place.items)
    ]
    if in_text and becomes_note:
        cites[0]["suppress-author"] = True
        properties.pop("mode", None)
    found = {"citationID": str(before.get("citationID") or ""), "properties": properties, "citationItems": cites}
    return {**before, **found, "schema": before.get("schema") or SCHEMA}


def _formatted(content: Content) -> str:
    return write_events(content.events, _RTF) if content.events else ""


def _cite(cited: CitedItem, data: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """Return one source of a citation; what a program wrote of it before stays, unless its record has changed."""
    if before is not None:
        before.setdefault("uris", list(cited.uris) or [uri_of(cited.id)])
        own = before.get("itemData") if isinstance(before.get("itemData"), dict) else None
        if own is None or _facts(own) != _facts(data):
            before["itemData"] = {**data, "id": before.get("id", cited.id)}
        return before
    key = str(data.get("id") or cited.id)  # two keys of one record are one source
    uris = list(cited.uris) or [uri_of(key)]
    made: dict[str, Any] = {"id": key, "uris": uris, "itemData": {**data, "id": key}}
    if cited.locator:
        made |= {"locator": cited.locator, "label": cited.label or "page"}
    if cited.prefix:
        made["prefix"] = cited.prefix + ("" if cited.prefix.endswith(("(", "[", "’", " ")) else " ")
    if cited.suffix:
        made["suffix"] = cited.suffix if cited.suffix[0] in ",.;:)]’'" else f" {cited.suffix}"
    if cited.mode in _MODES:
        made[_MODES[cited.mode]] = True
    return made


def _facts(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "id"}


def uri_of(key: str) -> str:
    """Return the address of a source that no library of Zotero's has, always the same for a key.

    Zotero takes the data of an item from the document where no item of its own has the address (of the form
    `http://zotero.org/users/local/<8 letters>/items/<8 letters>`).
    """
    return f"http://zotero.org/users/local/CiTeT0oL/items/{_letters(key, _KEY_LETTERS)}"


def new_id(text: str, taken: set[str]) -> str:
    """Return a citation's id that is not taken, the same for the same text in the same document."""
    found = _letters(text, _ID_LETTERS)
    number = 1
    while found in taken:
        number += 1
        found = _letters(f"{number} {text}", _ID_LETTERS)
    taken.add(found)
    return found


def _letters(text: str, alphabet: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
    return "".join(alphabet[byte % len(alphabet)] for byte in digest[:8])


# -- preferences ---------------------------------------------------------------------------------------------------


def preferences(
    before: str, *, style: str, locale: str, note_type: int, has_list: bool, seed: str, field_type: str = "Field"
) -> str:
    """Return the preferences of a document, those that it had before with the style and what goes with it changed.

    `note_type` is 0 for citations in the text, 1 for footnotes, 2 for endnotes, `field_type` what a citation is.
    `seed` makes the id of a new session.
    """
    if before.lstrip().startswith("{"):
        return _as_json(before, style, locale, note_type, field_type, has_list=has_list)
    root = safe_root(before) if before.lstrip().startswith("<") else None
    if root is None:
        root = etree.Element("data", {"data-version": "3", "zotero-version": "7.0.0"})
        etree.SubElement(root, "session", {"id": _letters(seed, _ID_LETTERS)})
    styles = list(descendants(root, "style"))
    told = styles[0] if styles else etree.SubElement(root, "style")
    told.set("id", style)
    told.set("locale", locale)
    told.set("hasBibliography", "1" if has_list else "0")
    if told.get("bibliographyStyleHasBeenSet") is None:
        told.set("bibliographyStyleHasBeenSet", "0")
    prefs = next(iter(descendants(root, "prefs")), None)
    if prefs is None:
        prefs = etree.SubElement(root, "prefs")
    have = {attribute(one, "name"): one for one in descendants(prefs, "pref")}
    for name, value in (("fieldType", field_type), ("noteType", str(note_type))):
        (have[name] if name in have else etree.SubElement(prefs, "pref", {"name": name})).set("value", value)
    return etree.tostring(root, encoding="unicode")


def _as_json(before: str, style: str, locale: str, note_type: int, field_type: str, *, has_list: bool) -> str:
    try:
        data = json.loads(before)
    except (ValueError, RecursionError):
        data = {}
    told = data.setdefault("style", {})
    told |= {"styleID": style, "locale": locale, "hasBibliography": has_list}
    data.setdefault("prefs", {}).update({"fieldType": field_type, "noteType": note_type})
    return json.dumps(data, ensure_ascii=False)


def taken_ids(codes: Iterable[str]) -> set[str]:
    """Return the ids of the citations in these codes."""
    return {str(own_json(code).get("citationID") or "") for code in codes}
