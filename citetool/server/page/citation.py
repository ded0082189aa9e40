"""The citation of records as the page shows it: to read, and to copy in several markups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from citetool.citation.render import FORMS, bibliography, cite
from citetool.config import SETTINGS
from citetool.output.writers.html import with_classes
from citetool.problems import CitetoolError, Problem
from citetool.server.styles import checked_style
from citetool.server.zotero.rendering import style_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from starlette.datastructures import QueryParams

    from citetool.record.model import Record

COPIES = {"text": "Text", "html": "HTML", "markdown": "Markdown", "rtf": "RTF", "latex": "LaTeX", "typst": "Typst"}
"""The markups to copy a citation in."""
USUAL = (
    "chicago", "mla", "nara", "uk-national-archives", "wilson-center", "apa", "chicago-author-date",
    "chicago-shortened-notes-bibliography", "modern-humanities-research-association", "oscola",
    "turabian-fullnote-bibliography", "ieee",
)  # fmt: skip
"""Styles that are proposed; any other can be named."""


class Wish(NamedTuple):
    """The wish of a reader: style, form, locator, markup. Empty texts are defaults."""

    style: str
    form: str
    locator: str
    markup: str

    @classmethod
    def of(cls, query: QueryParams) -> Wish:
        """Return the wish of an address; what is not a form or markup is left out."""
        form, markup = query.get("form", ""), query.get("format", "")
        return cls(
            query.get("style", "").strip()[:150] or SETTINGS["style"].default,
            form if form in FORMS else "",
            query.get("locator", "").strip()[:200],
            markup if markup in COPIES else "text",
        )


class Cited(NamedTuple):
    """A citation as HTML to read, and in the markup to copy; or the problem why there is none."""

    shown: Markup
    copy: str
    problem: Problem | None = None


def cited(record: Record, wish: Wish, root: Path) -> Cited:
    """Return the citation of one record."""

    def render(format: str) -> str:
        return cite(
            [record], style=checked_style(wish.style), form=wish.form or None, format=format,
            locator=wish.locator or None, folders=style_folders(root),
        )[0].strip()  # fmt: skip

    return _cited(render, wish)


def listed(records: Sequence[Record], wish: Wish, root: Path) -> Cited:
    """Return the bibliography of some records."""

    def render(format: str) -> str:
        entries = bibliography(
            records, style=checked_style(wish.style), format=format, folders=style_folders(root)
        )  # fmt: skip
        between = "\n" if format == "html" else "\n\n"
        return between.join(text.strip() for _, text in entries)

    return _cited(render, wish)


def _cited(render: Callable[[str], str], wish: Wish) -> Cited:
    try:
        shown = render("html")
        copy = shown if wish.markup == "html" else render(wish.markup)
    except CitetoolError as error:
        return Cited(Markup(), "", error.problems[0])
    return Cited(Markup(with_classes(shown)), copy)  # the writer of HTML has escaped all text
