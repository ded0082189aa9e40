"""The page of a volume (`II:45`) in the words of a style: `II, p. 45` where it has a word for pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.document.processor import Processor
from citetool.documents.model import Content
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from citetool.csl.style.nodes import Style

_IN_VOLUME = lazy(r"(?P<volume>[IVXLC]+|\d{1,2}):(?P<page>\d.*)")
_WORD = lazy(r",\s(?P<word>[^\W\d]+\.?\s?)\d")


class Volumes:
    """The locators of one style, each printed once to see whether a word goes before its page."""

    def __init__(self, style: Style, locale: str | None) -> None:
        self._style = style
        self._locale = locale
        self._known: dict[str, str] = {}

    def suffix(self, locator: str) -> str:
        """Return what stands behind the work: `, II, p. 45`; nothing where the style prints the locator as it is."""
        found = _IN_VOLUME.fullmatch(locator)
        if found is None:
            return ""
        word = _WORD.search(self._printed(found["page"]))
        return f", {found['volume']}, {word['word']}{found['page']}" if word else ""

    def _printed(self, page: str) -> str:
        if page not in self._known:
            item = {"id": "1", "type": "book", "title": "X"}
            processor = Processor(self._style, [item], locale=self._locale)
            cite = {"id": "1", "locator": page, "label": "page"}
            processor.set_clusters([{"citationID": "1", "citationItems": [cite], "properties": {"noteIndex": 1}}])
            self._known[page] = "".join(Content(events).plain for events in processor.citation_events())
        return self._known[page]
