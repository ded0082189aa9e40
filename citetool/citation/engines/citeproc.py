"""The engine citeproc-py, a second opinion behind `--engine citeproc-py`.

It knows plain text and HTML. What it gets wrong (titles printed twice, punctuation outside quotation marks, no
disambiguation) is shown as it is: that is what a second opinion is for.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from citetool.problems import InputError, Problem, UsageError, Where

if TYPE_CHECKING:
    from .engine import CiteRequest, Task

_WRITERS = {"text": "plain", "html": "html"}


def citations(task: Task, cites: list[CiteRequest]) -> list[str]:
    """Return one text for each cite; each is rendered in a document of its own, repeated there as its position asks."""
    return [_one(task, cite) for cite in cites]


def _one(task: Task, cite: CiteRequest) -> str:
    from citeproc import Citation, CitationItem, Locator

    # the engine looks for a locator wherever one is passed, also None
    locator = {"locator": Locator(cite.label, cite.locator)} if cite.locator else {}
    document = _document(task)
    others = [item["id"] for item in task.items if item["id"] != cite.id]
    before = {"first": [], "ibid": [cite.id], "subsequent": [cite.id, *others[:1]]}[cite.position]
    made = [Citation([CitationItem(key)]) for key in before]
    made.append(Citation([CitationItem(cite.id, **locator)]))
    for citation in made:
        document.register(citation)
    texts = [_guarded(task, lambda c=citation: document.cite(c, _missing)) for citation in made]
    return str(texts[-1])


def bibliography(task: Task) -> list[tuple[str, str]]:
    """Return `(item id, text)` of each entry, in the order of the style."""
    from citeproc import Citation, CitationItem

    document = _document(task)
    for item in task.items:
        document.register(Citation([CitationItem(item["id"])]))
    _guarded(task, document.sort)
    texts = _guarded(task, document.bibliography)
    return [(key, str(text)) for key, text in zip(document.keys, texts, strict=False) if str(text)]


def _document(task: Task) -> Any:
    from citeproc import CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    if task.writer not in _WRITERS:
        hint = f"choose --format {' or '.join(_WRITERS)}, or leave out --engine citeproc-py"
        raise UsageError(Problem(f"the engine citeproc-py cannot write {task.writer}", hint=hint))

    def make() -> Any:
        style = CitationStylesStyle(io.BytesIO(task.style.text.encode()), validate=False, locale=task.locale)
        source = CiteProcJSON([dict(item, id=item["id"]) for item in task.items])
        return CitationStylesBibliography(style, source, getattr(formatter, _WRITERS[task.writer]))

    return _guarded(task, make)


def _guarded(task: Task, call: Any) -> Any:
    # whatever a foreign engine trips over is a fault of the data or of that engine, and said as such
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return call()
    except Exception as error:
        message = f"citeproc-py cannot render this: {type(error).__name__}: {error}"
        raise InputError(Problem(message, Where(task.style.id), "leave out --engine citeproc-py")) from error


def _missing(item: Any) -> None:
    raise InputError(f"there is no item {item.key!r}")
