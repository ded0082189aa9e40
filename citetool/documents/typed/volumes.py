"""Pages with something before them in the words of a style: `II, p. 45` of a volume, `esp. p. 350` of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.document.processor import Processor
from citetool.documents.model import Content
from citetool.lazy_re import lazy

from .shape import ESPECIALLY

if TYPE_CHECKING:
    from citetool.csl.style.nodes import Style

_IN_VOLUME = lazy(r"(?P<volume>[IVXLC]+|\d{1,2}):(?P<page>\d.*)")
_SINGLED_OUT = lazy(rf"(?P<before>{ESPECIALLY})\s(?P<page>\d.*)")
_WORD = lazy(r",\s(?P<word>[^\W\d]+\.?\s?)\d")


class Volumes:
    """The locators of one style, each printed once to see whether a word goes before its page."""

    def __init__(self, style: Style, locale: str | None) -> None:
        self._style = style
        self._locale = locale
        self._known: dict[str, str] = {}

    def suffix(self, locator: str) -> str:
        """Return what stands behind the work: `, II, p. 45`; nothing where the style prints the locator as it is.

        With `esp. 350` as its locator an article would lose the pages that it has in a journal.
        """
        if found := _SINGLED_OUT.fullmatch(locator):
            return f", {found['before']} {self._word(found['page'])}{found['page']}"
        if found := _IN_VOLUME.fullmatch(locator):
            word = self._word(found["page"])
            return f", {found['volume']}, {word}{found['page']}" if word else ""
        return ""

    def _word(self, page: str) -> str:
        found = _WORD.search(self._printed(page))
        return found["word"] if found else ""

    def _printed(self, page: str) -> str:
        if page not in self._known:
            item = {"id": "1", "type": "book", "title": "X"}
            processor = Processor(self._style, [item], locale=self._locale)
            cite = {"id": "1", "locator": page, "label": "page"}
            processor.set_clusters([{"citationID": "1", "citationItems": [cite], "properties": {"noteIndex": 1}}])
            self._known[page] = "".join(Content(events).plain for events in processor.citation_events())
        return self._known[page]
