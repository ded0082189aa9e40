"""Turn the citations of a word processor's document into another kind: live fields, keys, or the text alone.

The words that stand in the document stay, unless a style was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .extract import extract
from .locators import locator_text
from .model import Content, Entry, RenderedPlace, Rendering
from .render import render

if TYPE_CHECKING:
    from citetool.citation.styles.source import StyleSource
    from citetool.problems import Problem

    from .model import CitedItem, Document, Place
    from .sources import Sources

LIST_MARK = "{#refs}"
# Citations that stand in the text as an author typed them, and show nothing else.
TYPED = ("marker", "odf-scan", "endnote-unformatted")


def to_fields(
    document: Document, sources: Sources, style: StyleSource, *, named: bool, locale: str | None = None, plain: bool
) -> tuple[Rendering, list[Problem]]:
    """Return the citations as fields of Zotero's, or with `plain` as the text that they show.

    `named`: the style was asked for, and is to be seen. Else it is only that of citations which show no text yet.
    """
    if plain and not named and all(place.program not in TYPED for place in document.places):
        return _as_shown(document), []
    rendering, problems = render(document, sources, style, locale=locale, plain=plain)
    rendering.keep_text = not named
    if not named and not document.settings.style:
        rendering.zotero_style = ""
    return rendering, problems


def _as_shown(document: Document) -> Rendering:
    """Return the citations as the text that they show already, for which no source need be known."""
    places = [RenderedPlace(place, Content([place.printed])) for place in document.places]
    items = {item.id: {"id": item.id} for place in document.places for item in place.items}
    return Rendering(places, [], "", "", note_style=False, items=items, plain=True, keep_text=True)


def to_keys(document: Document, sources: Sources) -> tuple[Rendering, list[Problem]]:
    """Return the citations as typed keys, those under which `extract` takes the sources out.

    What its author has changed by hand stays the citation that it is.
    """
    found = extract(document, sources)
    keys = {name: key for name, key in found.keys.items() if key}
    places = [
        RenderedPlace(place, Content([_markup(document, place, keys)]))
        for place in document.places
        if not place.keeps_words and place.program != "marker"
    ]
    items = {item.id: {"id": item.id} for place in document.places for item in place.items}
    entries = [Entry([], Content([LIST_MARK]))] if document.bibliographies else []
    return Rendering(places, entries, "", "", note_style=False, items=items, plain=True), found.problems


def _markup(document: Document, place: Place, keys: dict[str, str]) -> str:
    """Return pandoc's markup of a place: `[see @key, p. 3; -@other]`."""
    cites = "; ".join(_cite(item, keys.get(document.identity(item), item.id)) for item in place.items)
    before = f"{place.group_prefix} " if place.group_prefix else ""
    behind = f" {place.group_suffix}" if place.group_suffix else ""
    return f"[{before}{cites}{behind}]"


def _cite(item: CitedItem, key: str) -> str:
    minus = "-" if item.mode in ("suppress-author", "year-only") else ""
    text = locator_text(item)
    rest = "".join((f", {text}" if text else "", _behind(item.suffix)))
    return f"{item.prefix} {minus}@{key}{rest}".strip()


def _behind(suffix: str) -> str:
    return suffix if not suffix or suffix[0] in ",.;:)" else f" {suffix}"
