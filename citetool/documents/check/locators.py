"""Checks of locators: pages outside of an article, ranges that run backwards, quotations without a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy

from .findings import DocumentFinding, at_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.documents.model import CitedItem, Document
    from citetool.documents.sources import Sources

_RANGE = lazy(r"(?<![\w.:/])(\d{1,6})(?:\s*[-\u2010-\u2015]+\s*(\d{1,6}))?(?![\w:/])")
_NUMBER = lazy(r"\d")
# A quotation that is long enough to need a page, at the end of a text.
QUOTED = lazy(r"(?:[“\"«„]|``|''|\\enquote\{)[^“”\"«»„]{24,}(?:[”\"»“]|''|\})[.,]?\s*\Z")
_NEAR = 400  # letters before a citation in which a quotation may end


def check_locators(document: Document, sources: Sources) -> Iterator[DocumentFinding]:
    """Find what is wrong with the locators of all places."""
    for place in document.places:
        for item in {(item.id, item.label, item.locator): item for item in place.items}.values():
            if item.locator:
                for message in wrong_pages(item, sources.item(item) or {}, repr(item.name)):
                    yield at_place("locator-range", message, place, document, key=item.id)
            elif item.suffix and _NUMBER.match(item.suffix.lstrip(" ,")):
                message = f"the number in {item.suffix!r} is not read as a locator"
                hint = "write it with a label, `p. 3`, or in braces"
                yield at_place("locator-unread", message, place, document, hint=hint, key=item.id)
        if not any(item.locator or item.suffix for item in place.items):
            words = QUOTED.search(document.text_before(place, _NEAR))
            if words:
                message = f"the quotation before {place.items[-1].name!r} has no page"
                yield at_place("missing-locator", message, place, document, key=place.items[-1].id)


def wrong_pages(item: CitedItem, source: dict[str, Any], name: str) -> Iterator[str]:
    """Yield what is wrong: `p. 400` of an article on the pages 311-73; `name` is what the source is called."""
    if item.label not in ("page", ""):
        return
    ranges = [_span(match[1], match[2]) for match in _RANGE.finditer(item.locator)]
    for first, last in ranges:
        if last < first:
            yield f"the pages {item.locator} run backwards"
            return
    whole = _RANGE.fullmatch(str(source.get("page") or "").strip())
    count = str(source.get("number-of-pages") or "").strip()
    if whole and whole[2]:
        start, end = _span(whole[1], whole[2])
        if start <= end and any(first < start or last > end for first, last in ranges):
            yield f"the page {item.locator} lies outside of {name}, which has the pages {source['page']}"
    elif count.isdecimal() and any(last > int(count) for _, last in ranges):
        yield f"the page {item.locator} lies behind the end of {name}, which has {count} pages"


def _span(first: str, last: str | None) -> tuple[int, int]:
    """Return the numbers of a range; `311-73` is short for 311-373."""
    if not last:
        return int(first), int(first)
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return int(first), int(full)
