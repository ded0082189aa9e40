"""reStructuredText with sphinxcontrib-bibtex: ``:cite:p:`{see}key{p. 3},other` ``, footnotes, bibliographies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .locators import locator_text, split_locator
from .model import CitedItem
from .note_text import Markup
from .spans import Edit, Span, Spans
from .text import Found, NoteBody, TextDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Mode, Rendering

_ROLE = lazy(r":(?P<role>(?:foot|full)?cite(?::(?P<kind>\w+))?):`(?P<body>[^`]+)`")
_PART = lazy(r"\s*(?:\{(?P<pre>[^{}]*)\})?\s*(?P<key>[^\s,{}]+)\s*(?:\{(?P<post>[^{}]*)\})?\s*(?:,|$)")
_LITERAL = lazy(r"``.+?``", re.S)
_BLOCK = lazy(
    r"^(?P<indent>[ \t]*)(?:\.\.[ \t]+(?:code|code-block|sourcecode|math|raw)::[^\n]*"
    r"|\.\.[ \t]+(?![\[_|]|[\w:.+-]+::)[^\n]*|(?!\.\.)[^\n]*::)[ \t]*\r?\n",
    re.M,
)
_BIBLIOGRAPHY = lazy(
    r"(?m)^\.\.[ \t]+(?:foot)?bibliography::[ \t]*(?P<files>[^\n]*)\n?(?P<options>(?:[ \t]+:[^\n]*\n?)*)"
)
_DEFINITION = lazy(r"(?m)^\.\.[ \t]+\[(?P<id>\d+|#[\w-]*|\*)\][ \t]*")
_MARK = lazy(r"(?<!\w)\[(?P<id>\d+|#[\w-]*|\*)\]_(?!\w)")
_LINE = lazy(r"(?m)^.*$")
_MARKUP = Markup(lazy(r"(?<![\w*\\])\*{1,2}+(?=\S)|(?<=[^\s*\\])\*{1,2}+(?!\w)|\\(?=[^\w\s])"))
_MODES: dict[str, Mode] = {"author": "author-only", "year": "year-only", "title": "title-only", "empty": "nocite"}


def read(data: bytes, source: str) -> RstDocument:
    """Return the document in these bytes; raises InputError where they are no text."""
    return RstDocument(data, source)


class RstDocument(TextDocument):
    """A reStructuredText manuscript; anchors are the stretches of the citations."""

    format = "rst"
    writer = "rst"
    suffix_joint = ", "
    markup = _MARKUP
    affixes_fix_order = True

    def __init__(self, data: bytes, source: str) -> None:
        """Read settings, notes and citations."""
        super().__init__(data, source)
        self._opaque = Spans([*self._blocks(), *(match.span() for match in _LITERAL.finditer(self.text))])
        self._printed: list[Span] = []
        for match in _BIBLIOGRAPHY.finditer(self.text):
            if not self._opaque.end_at(match.start()):
                self.settings.bibliography += match["files"].split()
                self._printed.append(match.span())
                if re.search(r"(?m)^[ \t]+:all:", match["options"]):
                    self.settings.nocite = ["*"]
        self.bibliographies = len(self._printed)
        self._made: list[str] = []
        self.set_places(self._citations(), self._notes())

    def _blocks(self) -> Iterator[Span]:
        """Yield literal blocks and comments: what is indented below the line that begins them."""
        for match in _BLOCK.finditer(self.text):
            indent = len(match["indent"].expandtabs())
            end = match.end()
            for line in _LINE.finditer(self.text, match.end()):
                depth = len(line[0]) - len(line[0].lstrip())
                if line[0].strip() and depth <= indent:
                    break
                end = line.end()
            comment = match[0].lstrip().startswith(".. ") and "::" not in match[0]
            yield match.start() if comment else match.end(), end

    def _notes(self) -> list[NoteBody]:
        definitions: dict[str, list[Span]] = {}
        for match in _DEFINITION.finditer(self.text):
            end = len(self.text)
            for line in _LINE.finditer(self.text, min(self.text.find("\n", match.end()) + 1 or end, end)):
                if line[0].strip() and not line[0].startswith((" ", "\t")):
                    end = line.start()
                    break
            definitions.setdefault(match["id"], []).append((match.end(), end))
        inside = Spans(span for spans in definitions.values() for span in spans)
        bodies: list[NoteBody] = []
        for match in _MARK.finditer(self.text):
            waiting = definitions.get(match["id"])
            if waiting and not self._opaque.end_at(match.start()) and not inside.end_at(match.start()):
                bodies.append(NoteBody(*waiting.pop(0), match.start(), len(bodies) + 1))
        return bodies

    def _citations(self) -> Iterator[Found]:
        for match in _ROLE.finditer(self.text):
            if self._opaque.end_at(match.start()):
                continue
            kind = match["kind"] or "p"
            mode = _MODES.get(kind, "author-in-text" if kind.startswith("t") or kind.endswith("t") else "normal")
            if kind == "yearpar":
                mode = "suppress-author"
            items = [self._item(part, mode) for part in _PART.finditer(match["body"])]
            if items:
                yield Found(match.start(), match.end(), items, match["role"].startswith("foot"))

    def _item(self, part: re.Match[str], mode: Mode) -> CitedItem:
        raw = part["post"] or ""
        split = split_locator(raw, self.settings.locale, braces=False)
        return CitedItem(
            part["key"],
            mode=mode,
            prefix=(part["pre"] or "").strip(),
            suffix=" ".join((split.suffix if split.locator else raw).split()),
            locator=split.locator,
            label=split.label,
            suffix_raw=raw.strip(),
        )

    def affix(self, text: str) -> str:
        """Keep the author's markup in prefixes and suffixes as it is."""
        return self.keep(text) if any(mark in text for mark in "*`|\\_:<") else text

    def citation_markup(self, item: CitedItem) -> str:
        """Return ``:cite:p:`key{p. 3}` ``."""
        text = locator_text(item)
        return f":cite:p:`{item.id}{{{text}}}`" if text else f":cite:p:`{item.id}`"

    def note_markup(self, text: str) -> str:
        """Return the mark of a new note, whose text goes to the end of the document."""
        self._made.append(text)
        return f" [#cite{len(self._made)}]_"

    def bibliography_edits(self, rendering: Rendering) -> list[Edit]:
        """Return the edits that put the entries in the place of the directive, or at the end."""
        body = "\n\n".join(self.entries(rendering))
        return [Edit(*self._printed[-1], body + "\n")] if self._printed else [self.at_end(body)]

    def write(self, rendering: Rendering) -> bytes:
        """Return the manuscript with citations as text, new notes at its end, and the bibliography."""
        self._made.clear()
        edits = [self._edit(place, rendering) for place in rendering.places]
        notes = "\n".join(f".. [#cite{n}] {text}" for n, text in enumerate(self._made, 1))
        last = self._printed[-1] if self._printed else (0, 0)
        if notes and last[1] >= len(self.text.rstrip()):  # the bibliography ends the text: the notes stand before it
            edits.append(Edit(last[0], last[0], f"{notes}\n\n"))
        elif notes:
            edits.append(self.at_end(notes))
        if rendering.entries:
            edits += self.bibliography_edits(rendering)
        return self.edited(edits)
