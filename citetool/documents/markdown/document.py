"""A Markdown manuscript: its places read, and rendered text put in their stead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citetool.documents.cross_references import PREFIXES
from citetool.documents.locators import locator_text
from citetool.documents.note_text import Markup
from citetool.documents.spans import Edit, Spans
from citetool.documents.text import TextDocument
from citetool.lazy_re import lazy
from citetool.problems import Problem

from .footnotes import note_bodies
from .grammar import Skip, citations
from .metadata import settings_of
from .opaque import front_matter, opaque_of

if TYPE_CHECKING:
    from citetool.documents.model import CitedItem, Rendering

_LABEL = lazy(r"(?m)\{[^{}\n]*?#([^\s{}]+)[^{}\n]*\}|^#\|\s*label:\s*(\S+)|^\s{0,3}\(@([\w-]+)\)\s")
_REFS = lazy(
    r"(?m)^(?P<open>:{3,}[ \t]*\{[ \t]*#refs\b[^}\n]*\}[^\n]*\n|<div[^>\n]*\bid=[\"']?refs\b[^>\n]*>[ \t]*\n?)"
    r"(?P<body>(?s:.*?))(?P<close>^:{3,}[ \t]*$|</div>)"
)
_MARKS = lazy(
    r"(?<!\\)\*{1,3}+(?=\S)|(?<=[^\s\\])\*{1,3}+|(?<!\w)_{1,3}+(?=\w)|(?<=\S)_{1,3}+(?!\w)"
    r"|\\(?=[^\w\s])|(?<!-)-{2,3}(?!-)"
)
_SIMPLE_KEY = lazy(r"[\w](?:[:.#$%&\-+?<>~/]?\w)*\Z")
_PLAIN = lazy(r"[\w\s.,;:()&–—’'/-]*\Z")


class MarkdownDocument(TextDocument):
    """Markdown; anchors are the stretches of the citations."""

    format = "markdown"
    writer = "markdown"
    brackets_in_notes = True
    affixes_fix_order = True
    markup = Markup(_MARKS, {"--": "–", "---": "—"})

    def __init__(self, data: bytes, source: str) -> None:
        """Read settings, notes and citations."""
        super().__init__(data, source)
        self.settings, self.problems = settings_of(front_matter(self.text), source)
        opaque = opaque_of(self.text)
        bodies, unused = note_bodies(self.text, opaque)
        self.problems += [
            Problem("no mark in the text names this note", self.where(offset), None, "warning") for offset, _ in unused
        ]
        skip, unprinted = self._skip(), Spans(unused)
        found = citations(self.text, opaque, skip, self.settings.locale)
        self.set_places((one for one in found if not unprinted.end_at(one.start)), bodies)
        self.cross_references = list(skip.seen)
        self.bibliographies = len(_REFS.findall(self.text))

    def _skip(self) -> Skip:
        """Return what looks like a key and is a cross-reference: all of the known kinds in Quarto and R Markdown."""
        labels = frozenset(name for names in _LABEL.findall(self.text) for name in names if name)
        quarto = Path(self.source).suffix.lower() in (".qmd", ".rmd")
        return Skip(PREFIXES if quarto else (), labels)

    def affix(self, text: str) -> str:
        """Keep the markup of a prefix or suffix as the author wrote it; plain words stay words."""
        return text if _PLAIN.match(text) else self.keep(text)

    def citation_markup(self, item: CitedItem) -> str:
        """Return `[@key, p. 3]`."""
        text = locator_text(item)
        return f"[@{_key(item.id)}, {text}]" if text else f"[@{_key(item.id)}]"

    def note_markup(self, text: str) -> str:
        """Return a note in the line."""
        return f"^[{text}]"

    def proposal(self, old: str, new: str) -> str:
        """Return a substitution of CriticMarkup."""
        return f"{{~~{old}~>{new}~~}}"

    def remark(self, text: str, follows: str) -> str:
        """Return a comment of CriticMarkup."""
        del follows
        return f"{{>>{text.replace('<<}', '')}<<}}"

    def bibliography_edits(self, rendering: Rendering) -> list[Edit]:
        """Return the edit that fills the marked block, or writes at the end."""
        body = "\n\n".join(self.entries(rendering))
        marked = _REFS.search(self.text)
        if not marked:
            return [self.at_end(body)]
        before = "" if marked["open"].endswith("\n") else "\n"
        return [Edit(marked.start("body"), marked.start("close"), f"{before}\n{body}\n\n")]


def _key(key: str) -> str:
    """Return the key, in braces where it has other letters than pandoc takes without."""
    return key if _SIMPLE_KEY.match(key) else f"{{{key}}}"
