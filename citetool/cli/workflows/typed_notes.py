"""The footnotes and endnotes of a document as texts with their numbers, for `parse --from-file`.

Manuscripts are read by `citetool.documents`; a page in HTML by the marks that its notes have: the role `doc-footnote`
or `doc-endnote` (DPUB-ARIA), a list of the class `footnotes`, an `id` such as `fn3`.
"""

from __future__ import annotations

from pathlib import Path

from citetool.documents.registry import read_document
from citetool.formats.web.tree import has_class, nodes, parse_html, words_of
from citetool.lazy_re import lazy
from citetool.problems import InputError, NotFoundError, Problem, Where

_PAGES = (".html", ".htm", ".xhtml")
_WITH_ROLES = "//*[@role='doc-footnote' or @role='doc-endnote']"
_LISTED = f"//*[{has_class('footnotes')} or @role='doc-endnotes']//li"
_WITH_IDS = "//*[(self::li or self::p or self::div) and @id]"
_ID = lazy(r"(?i)_?(?:ftn|fn|footnote|endnote|note)[-_:]?\d+$")
_MARKS = lazy(r"^[\[(]?\d{1,4}[\])]?[.:]?\s+|\s*[↩↑⤴\ufe0e]+$")


def notes_of(path: Path) -> list[tuple[int, str]]:
    """Return the notes of a document in order: printed number and plain text.

    Notes with citation fields or keys of their own are left out: they are no typed ones. Raises NotFoundError and
    InputError where there is no such file, or it is no document that is known.
    """
    if path.suffix.lower() in _PAGES:
        return _of_page(path)
    return [(note.number, note.text) for note in read_document(path).notes if not note.cites]


def _of_page(path: Path) -> list[tuple[int, str]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(Problem("there is no such file", Where(str(path)))) from None
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror or error}", Where(str(path)))) from error
    root = parse_html(data)
    found = nodes(root, _WITH_ROLES) or nodes(root, _LISTED)
    found = found or [node for node in nodes(root, _WITH_IDS) if _ID.match(node.get("id", ""))]
    texts = [_MARKS.sub("", words_of(node)) for node in found]
    return [(number, text) for number, text in enumerate(texts, 1) if text]
