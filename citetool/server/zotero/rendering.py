"""Citations and bibliographies in the styles that the callers of Zotero's interfaces name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.citation.render import bibliography, cite
from citetool.server.styles import checked_style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetool.record.model import Record

DEFAULT_STYLE = "chicago-shortened-notes-bibliography"


def style_folders(root: Path) -> tuple[Path, ...]:
    """Return the library's own folder of styles, if it has one."""
    folder = root / "styles"
    return (folder,) if folder.is_dir() else ()


def bib(
    records: Sequence[Record], style: str, *, html: bool, locale: str | None = None, folders: Sequence[Path] = ()
) -> str:
    """Return a bibliography in the order of the style: HTML with the classes of CSL, or an entry a line.

    Raises UsageError or NotFoundError for an unknown style.
    """
    entries = bibliography(
        records,
        style=checked_style(style or DEFAULT_STYLE),
        format="html" if html else "text",
        locale=locale,
        folders=folders,
    )
    texts = [text.rstrip("\n") for _, text in entries]
    if html:
        return '<div class="csl-bib-body">\n' + "\n".join(texts) + "\n</div>"
    return "\n".join(texts) + "\n"


def citation(
    records: Sequence[Record],
    style: str,
    *,
    html: bool,
    locale: str | None = None,
    locators: Sequence[str] = (),
    folders: Sequence[Path] = (),
) -> str:
    """Return the citations of the records on one line, each as it is cited first: a note, or in the text."""
    style = checked_style(style or DEFAULT_STYLE)
    texts = []
    for number, record in enumerate(records):
        locator = locators[number] if number < len(locators) and locators[number] else None
        texts += cite(
            [record],
            style=style,
            form="in-text",
            format="html" if html else "text",
            locale=locale,
            locator=locator,
            folders=folders,
        )
    return "; ".join(text.strip() for text in texts)
