"""A Markdown manuscript: its places read, and rendered text put in their stead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citetool.documents.model import Note, Place, Rendering
from citetool.documents.notes import Neighbours, capitalized, note_edit
from citetool.documents.text import Edit, TextDocument
from citetool.lazy_re import lazy
from citetool.problems import Problem

from .footnotes import Body, note_bodies
from .grammar import Found, Skip, citations
from .metadata import settings_of
from .opaque import front_matter, opaque_of

if TYPE_CHECKING:
    from citetool.documents.model import RenderedPlace

# Quarto and pandoc-crossref write cross-references like citations.
_KINDS = (
    "fig", "sec", "tbl", "tab", "eq", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem",
    "alg", "tip", "nte", "wrn", "imp", "cau",
)  # fmt: skip
_CROSS_REFERENCES = tuple(f"{kind}{mark}" for kind in _KINDS for mark in "-:")
_LABEL = lazy(r"(?m)\{[^{}\n]*?#([^\s{}]+)[^{}\n]*\}|^#\|\s*label:\s*(\S+)|^\s{0,3}\(@([\w-]+)\)\s")
_REFS = lazy(
    r"(?m)^(?P<open>:{3,}[ \t]*\{[ \t]*#refs\b[^}\n]*\}[^\n]*\n|<div[^>\n]*\bid=[\"']?refs\b[^>\n]*>[ \t]*\n?)"
    r"(?P<body>(?s:.*?))(?P<close>^:{3,}[ \t]*$|</div>)"
)
_PLAIN = lazy(r"[\w\s.,;:()&–—’'/-]*\Z")


class MarkdownDocument(TextDocument):
    """Markdown; anchors are the stretches of the citations."""

    format = "markdown"
    writer = "markdown"
    brackets_in_notes = True
    affixes_fix_order = True

    def __init__(self, data: bytes, source: str) -> None:
        """Read settings, notes and citations."""
        super().__init__(data, source)
        self.settings, self.problems = settings_of(front_matter(self.text), source)
        opaque = opaque_of(self.text)
        bodies, unused = note_bodies(self.text, opaque)
        self.problems += [
            Problem("no mark in the text names this note", self.where(offset), None, "warning") for offset in unused
        ]
        skip = self._skip()
        found = citations(self.text, opaque, skip, self.settings.locale)
        self._place(list(found), bodies, unused)
        self.cross_references = list(skip.seen)
        self.bibliographies = len(_REFS.findall(self.text))

    def _skip(self) -> Skip:
        """Return what looks like a key and is a cross-reference: all of the known kinds in Quarto and R Markdown."""
        labels = frozenset(name for names in _LABEL.findall(self.text) for name in names if name)
        quarto = Path(self.source).suffix.lower() in (".qmd", ".rmd")
        return Skip(_CROSS_REFERENCES if quarto else (), labels)

    def _place(self, found: list[Found], bodies: list[Body], unused: list[int]) -> None:
        """Order the citations as they are printed: those of a note stand where its mark stands."""
        ordered: list[tuple[int, int, Place]] = []
        cited: set[int] = set()
        for start, end, items in found:
            if items[0].mode == "nocite":
                self.settings.nocite += [item.id for item in items]
                continue
            place = Place(items, "markdown", source=self.text[start:end], at=self.where(start), anchor=(start, end))
            body = next((body for body in bodies if body.start <= start < body.end), None)
            if body is not None:
                place.where, place.note = "footnote", body.number
                place.opens_note = not self.text[body.start : start].strip()
                cited.add(body.number)
            else:
                place.notes_before = sum(body.mark < start for body in bodies)
            place.follows = self.text[end : body.end if body else end + 80].lstrip()[:1]
            ordered.append((body.mark if body else start, start, place))
        self.places = [place for _, _, place in sorted(ordered, key=lambda entry: entry[:2])]
        self.notes = [
            Note(
                body.number,
                "footnote",
                self.text[body.start : body.end].strip(),
                self.where(body.start),
                body.number in cited,
                (body.start, body.end),
            )
            for body in bodies
        ]

    def affix(self, text: str) -> str:
        """Keep the markup of a prefix or suffix as the author wrote it; plain words stay words."""
        return text if _PLAIN.match(text) else self.keep(text)

    def write(self, rendering: Rendering) -> bytes:
        """Return the manuscript with citations as text, new notes as `^[...]`, and the bibliography."""
        edits = [self._edit(place, rendering) for place in rendering.places]
        if rendering.entries and not self.settings.suppress_bibliography:
            edits.append(self._bibliography(rendering))
        return self.edited(edits)

    def _edit(self, rendered: RenderedPlace, rendering: Rendering) -> Edit:
        start, end = rendered.place.anchor
        text = self.restored(rendered.text.text(self.writer))
        if rendered.note is None:
            if rendered.place.opens_note and rendering.note_style:
                text = self.restored(capitalized(rendered.text).text(self.writer))
            return Edit(start, end, text)
        note = f"^[{self.restored(capitalized(rendered.note).text(self.writer))}]"
        neighbours = Neighbours(self.text, start, end, rendering.punctuation_in_quote)
        if not self.settings.notes_after_punctuation:
            return Edit(start, end, text + note)
        return note_edit(neighbours, text, note)

    def _bibliography(self, rendering: Rendering) -> Edit:
        entries = [self.restored(entry.content.text(self.writer)).strip() for entry in rendering.entries]
        body = "\n\n".join(entries)
        marked = _REFS.search(self.text)
        if marked:
            before = "" if marked["open"].endswith("\n") else "\n"
            return Edit(marked.start("body"), marked.start("close"), f"{before}\n{body}\n\n")
        end = len(self.text.rstrip())
        tail = "" if self.text.endswith("\n") else "\n"
        return Edit(end, end, f"\n\n{body}{tail}")
