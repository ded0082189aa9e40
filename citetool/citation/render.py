"""Render records as citations and bibliographies.

records --formats.csl.to_csl--> CSL-JSON --engine--> text
        --formats.writer---> BibTeX, RIS ...        (a `style` may also be the name of a format)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.citation.engines.engine import CiteRequest, Position, Task, load_engine
from citetool.citation.styles.source import StyleSource, find_style
from citetool.config import SETTINGS
from citetool.formats.base import WriteOptions
from citetool.formats.csl.to_csl import make_item
from citetool.formats.registry import FORMATS, writer
from citetool.output.writers import get_writer
from citetool.problems import Problem, UsageError, suggest

from .locators import parse_locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from citetool.record.model import Record

DEFAULT_STYLE = SETTINGS["style"].default
FORMS = ("note", "short", "ibid", "in-text", "bibliography")
_POSITIONS: dict[str, Position] = {"note": "first", "in-text": "first", "short": "subsequent", "ibid": "ibid"}


def cite(
    records: Iterable[Record],
    *,
    style: str = DEFAULT_STYLE,
    form: str | None = None,
    format: str = "text",
    locale: str | None = None,
    locator: str | None = None,
    engine: str = "citetool",
    links: bool = False,
    folders: Sequence[Path] = (),
) -> list[str]:
    """Return one citation for each record, in their order.

    `style` is the name of a style, the path of a `.csl` file, or the name of a format (`ris`, `bibtex` ...). `form` is
    one of `FORMS`; by default a note in note styles and a bibliography entry in the others. `format` is one of
    `output.writers.WRITERS`; with `links`, addresses and DOIs are links in the formats that have them. `locator` is
    text such as `p. 2`. `folders` are further places of styles.

    Raises UsageError for an unknown style, form, format or engine, and where the style prints nothing for a record.
    """
    records = list(records)
    if is_format(style):
        return ["".join(writer(style)([record], WriteOptions())) for record in records]
    source = find_style(style, folders=folders)
    task = _task(source, records, locale, format, links)
    form = check_form(form) if form else default_form(source)
    if form == "bibliography":
        texts = dict(load_engine(engine).bibliography(task))
        return [texts.get(record.id) or _nothing(record.id, source) for record in records]
    label, value = parse_locator(locator) if locator else ("", "")
    cites = [request(record.id, form, label, value) for record in records]
    found = load_engine(engine).citations(task, cites)
    return [text or _nothing(record.id, source) for record, text in zip(records, found, strict=True)]


def bibliography(
    records: Iterable[Record],
    *,
    style: str = DEFAULT_STYLE,
    format: str = "text",
    locale: str | None = None,
    engine: str = "citetool",
    links: bool = False,
    folders: Sequence[Path] = (),
) -> list[tuple[str, str]]:
    """Return `(key, entry)` for the records in the order of the style; the other arguments are those of `cite`.

    A record for which the style prints no entry is left out; compare the keys to know which.
    """
    source = find_style(style, folders=folders)
    task = _task(source, records, locale, format, links)
    return load_engine(engine).bibliography(task)


def request(key: str, form: str, label: str, locator: str) -> CiteRequest:
    """Return the cite of an item in a form other than `bibliography`, with a CSL label and a locator or neither."""
    return CiteRequest(key, _POSITIONS[form], label, locator)


def _task(source: StyleSource, records: Iterable[Record], locale: str | None, format: str, links: bool) -> Task:
    items = [make_item(record)[0] for record in records]
    return Task(source, items, locale, get_writer(format).name, links)


def is_format(style: str) -> bool:
    """Return whether a style's name is that of a format which can be written."""
    return style in FORMATS and FORMATS[style].writes


def default_form(source: StyleSource) -> str:
    """Return `note` in note styles, `bibliography` in the others."""
    return "note" if source.style_class == "note" else "bibliography"


def check_form(form: str) -> str:
    """Return the form if it is one of `FORMS`. Raises UsageError otherwise."""
    if form not in FORMS:
        hint = suggest(form, FORMS) or f"one of: {', '.join(FORMS)}"
        raise UsageError(Problem(f"there is no form {form!r}", hint=hint))
    return form


def _nothing(key: str, source: StyleSource) -> str:
    problem = Problem(f"the style {source.id!r} prints nothing for {key!r}", hint="try another --form or --style")
    raise UsageError(problem)
