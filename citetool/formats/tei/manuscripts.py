"""Manuscripts from TEI's `msDesc` (chapter 10 of the Guidelines): one record a codex, roll or leaf.

The shelf mark is its call number; collection, repository, institution and place come from `msIdentifier`. The first
works in it give the title, or the title of the whole does; where there is neither, the shelf mark is a supplied title.

Left out: decoration, binding and hands, which no citation has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.shared.headings import closed_title, key_of, unique
from citetool.formats.shared.languages import language_tags
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Metadata, Record
from citetool.xmlio import attribute, child, children, descendants, text_of

from .values import date_of, name_of, tidy_text

if TYPE_CHECKING:
    from citetool.xmlio import Element

_UNITS = {"leaf": "leaves", "folio": "folios", "page": "pages"}
_SHELFMARKS = ("shelfmark", "signatur", "cote", "callnumber", "")


def manuscript(description: Element, metadata: Metadata) -> Record | None:
    """Return the record of a description; None where it says neither a shelf mark nor a title."""
    identifier = child(description, "msIdentifier")
    shelfmark, others = _numbers(identifier)
    items = list(descendants(child(description, "msContents"), "msItem", "msItemStruct"))
    if not items:  # a codex of several parts has contents within these
        items = list(descendants(description, "msItem", "msItemStruct"))
    title = _title(description, items)
    if not (title or shelfmark):
        return None
    origin = _origin(description)
    date, words = date_of(next(descendants(origin, "origDate"), None))
    if not (date or words):
        date, words = date_of(next(descendants(description, "origDate"), None))
    support = child(description, "physDesc", "objectDesc", "supportDesc")
    url = attribute(next(descendants(child(description, "additional", "surrogates"), "ref"), description), "target")
    return Draft(
        id=key_of(attribute(description, "id") or shelfmark),
        kind="manuscript",
        title=title,
        supplied_title="" if title else shelfmark,
        creators=_authors(items),
        date=date,
        date_text=words,
        place=tidy_text(next(descendants(origin, "origPlace"), None)),
        language=_languages(description),
        archive=holding(identifier, shelfmark),
        digital=Digital(url=url),
        summary=tidy_text(child(description, "msContents", "summary")),
        extent=_extent(next(descendants(support, "extent"), None)),
        medium=tidy_text(next(descendants(support, "support"), None)),
        identifiers={"local": "; ".join(others)} if others else {},
        metadata=metadata,
    )


def holding(identifier: Element | None, shelfmark: str = "") -> Holding:
    """Return where `msIdentifier` says that a manuscript is kept, small to large."""
    shelfmark = shelfmark or _numbers(identifier)[0]
    levels = [Level("call_number", shelfmark)] if shelfmark else []
    levels += [Level("collection", text) for e in children(identifier, "collection")[:1] if (text := tidy_text(e))]
    repository, institution = (tidy_text(child(identifier, name)) for name in ("repository", "institution"))
    if repository:
        levels.append(Level("repository", repository))
    if institution and institution != repository:
        levels.append(Level("institution" if repository else "repository", institution))
    settlement = tidy_text(child(identifier, "settlement"))
    levels += [Level("place", settlement)] if settlement else []
    return Holding(tuple(levels))


def _numbers(identifier: Element | None) -> tuple[str, list[str]]:
    """Return the shelf mark and the other numbers of a manuscript."""
    given = [(attribute(e, "type").casefold(), text_of(e)) for e in children(identifier, "idno")]
    given = [(kind, text) for kind, text in given if text]
    shelfmark = next((text for wanted in _SHELFMARKS for kind, text in given if kind == wanted), "")
    shelfmark = shelfmark or next((text for _, text in given), "")
    others = [text for _, text in given if text != shelfmark]
    others += [text for e in descendants(identifier, "idno") if (text := text_of(e)) not in ("", shelfmark, *others)]
    return shelfmark, [text for text in others if not text.startswith("ark:")] or others


def _extent(element: Element | None) -> str:
    """Return the words of the extent; a bare number with the unit that it is marked with (`134 leaves`)."""
    words = tidy_text(element, skip=("dimensions", "note"))
    measure = next(descendants(element, "measure"), None)
    unit = attribute(measure, "unit") if measure is not None and words.isdigit() else ""
    return f"{words} {_UNITS.get(unit, unit)}".strip()


def _title(description: Element, items: list[Element]) -> str:
    """Return the title of the whole, else the titles of up to two works in it."""
    whole = child(description, "head", "title")
    if whole is None:
        whole = child(description, "msIdentifier", "msName")
    if whole is not None and tidy_text(whole):
        return closed_title(tidy_text(whole))
    titles = unique([closed_title(tidy_text(e)) for item in items for e in children(item, "title")[:1]])
    return "; ".join(titles[:2]) + (" etc." if len(titles) > 2 else "")


def _authors(items: list[Element]) -> tuple[Creator, ...]:
    """Return who wrote the works in it, each once."""
    found: list[Creator] = []
    for e in (e for item in items for e in children(item, "author")):
        name = name_of(e)
        if name is not None and Creator(name, "author") not in found:
            found.append(Creator(name, "author"))
    return tuple(found)


def _origin(description: Element) -> Element | None:
    return child(description, "history", "origin")


def _languages(description: Element) -> tuple[str, ...]:
    """Return the main languages of the texts, as the codes or the words that are given."""
    given = [attribute(e, "mainLang") or text_of(e) for e in descendants(description, "textLang")]
    return language_tags("; ".join(unique(given)))
