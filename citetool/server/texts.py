"""Transcripts and translations beside records: read from the library, and taken apart into pages and paragraphs."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy
from citetool.library import files
from citetool.problems import CitetoolError

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 2 * 1024 * 1024  # bytes of a text that is shown
# a page's number on a line of its own, as transcribers write it: `-2-`, `[p. 2]`, `[page 2]`, `[2]`; or a form feed
_PAGE = lazy(
    r"^[ \t]*(?:-\s?(\d{1,4})\s?-|\[(?:p\.?|pg\.?|page|fol\.?|f\.)?\s?(\d{1,4}[rv]?)\])[ \t]*$|\f", re.I | re.M
)
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "syr", "arc", "ckb"})


class TextPage(NamedTuple):
    """A page of a text: its number as the text has it, and its paragraphs."""

    number: str
    paragraphs: list[str]


def read_text(root: Path, path: str, name: str) -> str:
    """Return the text of a file that the record at `path` names; empty where it is not there or cannot be read."""
    place = str(PurePosixPath(path).parent / name)
    try:
        return files.read_bytes(root, place, _MOST).decode("utf-8-sig", "replace")
    except (CitetoolError, FileNotFoundError):
        return ""


def pages_of(text: str) -> list[TextPage]:
    """Return the pages of a text; what stands before the first number is page 1, unless the number itself is 1."""
    pages: list[TextPage] = []
    number, start = "1", 0
    for match in _PAGE.finditer(text):
        following = match[1] or match[2] or str(len(pages) + 2)
        _put(pages, number, text[start : match.start()])
        number, start = following, match.end()
    _put(pages, number, text[start:])
    return pages


def _put(pages: list[TextPage], number: str, text: str) -> None:
    paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    if paragraphs:
        pages.append(TextPage(number, paragraphs))


def direction(language: str) -> str:
    """Return `rtl` or `ltr`, the direction of a language's script (BCP 47 tag)."""
    return "rtl" if language.partition("-")[0].casefold() in _RIGHT_TO_LEFT else "ltr"
