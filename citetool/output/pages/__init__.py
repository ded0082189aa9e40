"""Bibliographies as documents: headings, entries with their annotations, spacing, and the page around them.

`write_page` is the whole of it. What a format has for each of these is a `Paper`, found by the name of its writer; a
writer without one, of another package, prints headings and annotations as paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.output.writers import get_writer
from citetool.output.writers.base import write_events

from .base import Entry, Layout, Node, Page, Paper, Section
from .papers import PAPERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Entry", "Layout", "Node", "Section", "write_page"]


def write_page(
    sections: Sequence[Section], format: str = "text", *, standalone: bool = False, title: str = "", language: str = ""
) -> str:
    """Return the sections in a format; with `standalone` as a whole page with a title, its language and its spacing.

    Texts of the entries are in the format already, as `Processor.bibliography` gives them; headings, annotations and
    the title are plain. Raises UsageError for an unknown format.
    """
    writer = get_writer(format)
    paper = PAPERS.get(writer.name, Paper())

    def escaped(text: str) -> str:
        return write_events([text], writer)

    parts: list[str] = []
    layouts: list[Layout] = []
    for heading, entries, wanted, outline in sections:
        texts = [entry.text.removeprefix(writer.entry[0]).removesuffix(writer.entry[1]) for entry in entries]
        margin = max(map(paper.margin, texts), default=0) if wanted.second_field_align else 0
        layout = wanted._replace(margin=margin)
        layouts.append(layout)
        before, after = paper.body(layout)
        parts += [paper.heading(escaped(heading)) if heading else ""]
        if outline:
            parts += [_outline(paper, outline, escaped), "\n"]
            continue
        parts.append(before)
        for entry, text in zip(entries, texts, strict=True):
            parts.append(paper.entry(entry.key, text, layout))
            parts += [paper.note(escaped(note)) for note in entry.note.split("\n\n") if note.strip()]
        parts.append(after)
    body = "".join(parts).rstrip("\n")
    body += "\n" if body else ""
    return paper.page(Page(body, escaped(title), language, layouts)) if standalone or paper.always else body


def _outline(paper: Paper, nodes: Sequence[Node], escaped: Callable[[str], str], depth: int = 0) -> str:
    items = [
        paper.item(escaped(text), depth, _outline(paper, inner, escaped, depth + 1) if inner else "")
        for text, inner in nodes
    ]
    return paper.nest[0] + "".join(items) + paper.nest[1]
