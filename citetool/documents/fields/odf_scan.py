"""ODF Scan's markers: `{ See | Smith, (2012) |p. 45 | |zu:2433:WQVBH98K}`, typed in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.locators import split_locator
from citetool.documents.model import CitedItem
from citetool.documents.spans import Spans
from citetool.documents.text import Found
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.documents.spans import Span

_MARKER = lazy(r"\{([^{}|\n]*)\|([^{}|\n]*)\|([^{}|\n]*)\|([^{}|\n]*)\|\s*([^{}|\s]+)\s*\}")
_ADDRESS = lazy(r"z([ug]):(\d+):(\w+)\Z")


def scan_markers(text: str, opaque: Iterable[Span]) -> list[Found]:
    """Return the markers in a text; a minus before the printed name leaves the author out."""
    if "|" not in text:
        return []
    taken = Spans(opaque)
    return [
        Found(match.start(), match.end(), [_item(*match.groups())])
        for match in _MARKER.finditer(text)
        if not taken.end_at(match.start())
    ]


def _item(prefix: str, cite: str, locator: str, suffix: str, address: str) -> CitedItem:
    split = split_locator(locator.strip())
    known = _ADDRESS.match(address)
    home = {"u": "users", "g": "groups"}
    uris = (f"http://zotero.org/{home[known[1]]}/{known[2]}/items/{known[3]}",) if known else ()
    return CitedItem(
        address,
        mode="suppress-author" if cite.strip().startswith("-") else "normal",
        prefix=prefix.strip(),
        suffix=suffix.strip(),
        locator=split.locator or locator.strip(),
        label=(split.label or "page") if locator.strip() else "",
        uris=uris,
    )
