"""The habits of a style that only its citations show: its word before a page, the order of the levels of an archive.

`II, p. 45` of a volume, `esp. p. 350` of an article; `Box 4, Roe Papers, Yale` or `Yale, Roe Papers, Box 4`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from citetool.csl.document.bibliography import read_parameters
from citetool.csl.document.processor import Processor
from citetool.csl.items.numbers import to_roman
from citetool.documents.model import Content
from citetool.lazy_re import lazy
from citetool.record.levels import turned
from citetool.struct import replace

from .shape import ESPECIALLY

if TYPE_CHECKING:
    from citetool.csl.style.nodes import Style
    from citetool.record.model import Record

_IN_VOLUME = lazy(r"(?P<volume>[IVXLC]+|\d{1,2}):(?P<page>\d.*)")
_SINGLED_OUT = lazy(rf"(?P<before>{ESPECIALLY})\s(?P<page>\d.*)")
_WORD = lazy(r",\s(?P<word>[^\W\d]+\.?\s?)\d")
_KINDS = ("genre", "number", "medium")  # variables that styles print beside a title
_APART = lazy(r"[,.][”’\"]? [Pp]aperkind\b")
_ARABIC = {to_roman(number): number for number in range(1, 100)}
_BOOK = {"id": "1", "type": "book", "title": "X"}
_KEPT = {
    "id": "1", "type": "manuscript", "title": "X", "archive": "Repository", "archive_location": "Reference",
    "archive_collection": "Collection", "issued": {"date-parts": [[1950, 5, 3]]},
}  # fmt: skip


class Habits:
    """The habits of one style; each locator is printed once to see whether a word goes before its page."""

    def __init__(self, style: Style, locale: str | None) -> None:
        self._style = style
        self._locale = locale
        self._known: dict[str, str] = {}
        self._of_kind: dict[str, str] = {}

    def arranged(self, record: Record) -> Record:
        """Return the record with the levels of its archive in the style's own order."""
        if not record.archive.levels or not (self._reference_last or self._archive_first):
            return record
        holding = turned(record.archive, below=self._reference_last, above=self._archive_first)
        return replace(record, archive=holding)

    @cached_property
    def _kept(self) -> str:
        return self._printed(_KEPT, {"id": "1"})

    @cached_property
    def _reference_last(self) -> bool:
        """True where the archive stands before the box in it: `Yale University, Box 4, Folder 2`."""
        return 0 <= self._kept.find("Repository") < self._kept.find("Reference")

    @cached_property
    def _archive_first(self) -> bool:
        """True where the archive stands before its collections: `Yale University, Beinecke Library, Roe Papers`."""
        return 0 <= self._kept.find("Repository") < self._kept.find("Collection")

    def variable_of_kind(self, csl_type: str) -> str:
        """Return the variable in which the style prints the kind of a paper beside its title; empty without one."""
        if csl_type not in self._of_kind:
            made = {**_KEPT, "type": csl_type, "author": [{"family": "Author"}]}
            printed = {name: self._printed({**made, name: "paperkind"}, {"id": "1"}) for name in _KINDS}
            self._of_kind[csl_type] = next((name for name, text in printed.items() if _APART.search(text)), "")
        return self._of_kind[csl_type]

    def locator(self, locator: str) -> str:
        """Return a locator as the style has it: of a volume `2:45` for `II:45` where no word goes before the page."""
        found = _IN_VOLUME.fullmatch(locator)
        return f"{_arabic(found['volume'])}:{found['page']}" if found else locator

    def volume(self, number: str) -> str:
        """Return the number of a volume as the style has it: in Arabic figures where no word goes before a page."""
        return number if self.before_page("1") else _arabic(number)

    def term(self, name: str) -> str:
        """Return the short term of the style's language: `vol.`, `no.`"""
        processor = Processor(self._style, [_BOOK], locale=self._locale)
        return processor.locale.term(name, "short") or name

    def suffix(self, locator: str) -> str:
        """Return what stands behind the work: `, II, p. 45`; nothing where the style prints the locator as it is.

        With `esp. 350` as its locator an article would lose the pages that it has in a journal.
        """
        if found := _SINGLED_OUT.fullmatch(locator):
            return f", {found['before']} {self.before_page(found['page'])}{found['page']}"
        if found := _IN_VOLUME.fullmatch(locator):
            word = self.before_page(found["page"])
            return f", {found['volume']}, {word}{found['page']}" if word else ""
        return ""

    def before_page(self, page: str) -> str:
        """Return the word before a page, with the space behind it: `pp. `; nothing where there is none."""
        if page not in self._known:
            self._known[page] = self._printed(_BOOK, {"id": "1", "locator": page, "label": "page"})
        found = _WORD.search(self._known[page])
        return found["word"] if found else ""

    @cached_property
    def slants_titles(self) -> bool:
        """True where the titles of books stand in italics."""
        processor = Processor(self._style, [_BOOK], locale=self._locale)
        cite = {"citationID": "1", "citationItems": [{"id": "1"}], "properties": {"noteIndex": 1}}
        processor.set_clusters([cite])
        return any(
            getattr(event, "value", "") == "italic" for events in processor.citation_events() for event in events
        )

    @cached_property
    def calls_letters(self) -> bool:
        """True where a letter without an archive is called a personal communication."""
        people = {"author": [{"family": "A"}], "recipient": [{"family": "B"}]}
        printed = self._printed({"id": "1", "type": "personal_communication", **people}, {"id": "1"})
        return "personal communication" in printed.lower()

    @property
    def in_notes(self) -> bool:
        """True for a style that cites in notes."""
        return self._style.attrs.get("class") == "note"

    def _printed(self, item: dict[str, Any], cite: dict[str, Any]) -> str:
        """Return what the style prints of an item, in a note and in its bibliography."""
        processor = Processor(self._style, [item], locale=self._locale)
        processor.set_clusters([{"citationID": "1", "citationItems": [cite], "properties": {"noteIndex": 1}}])
        printed = [Content(events).plain for events in processor.citation_events()]
        if self._style.bibliography is not None:
            layout = read_parameters(processor.compiled.area_attrs("bibliography"))
            printed += [Content(events).plain for _, events in processor.entry_events(layout) if events is not None]
        return " ".join(printed)


def _arabic(number: str) -> str:
    """Return a Roman numeral in Arabic figures, all else as it is."""
    return str(_ARABIC.get(number.lower(), number))
