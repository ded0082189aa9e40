"""Say of each part of a citation which element of the style printed it, with the macro, the file and the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.csl.compile.trace import TracedPart, traced_parts
from citetool.csl.document.bibliography import Parameters
from citetool.csl.document.processor import Processor
from citetool.formats.csl.to_csl import make_item
from citetool.problems import Problem, UsageError, Where

from .engines.builtin import cluster_of
from .locators import parse_locator
from .render import check_form, default_form, is_format, request
from .styles.source import find_style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetool.record.model import Record

    from .styles.source import StyleSource


class Part(NamedTuple):
    """A part of a citation: its text, the element, its macro ('' in a layout), and the place in the style's file.

    Marks and spaces that a group or a layout puts between elements have no element.
    """

    text: str
    element: str = ""
    macro: str = ""
    where: Where = Where()

    def as_dict(self) -> dict[str, str | int]:
        """Return the part as plain data for `--json`, without what is empty."""
        data: dict[str, Any] = {
            "text": self.text,
            "element": self.element,
            "macro": self.macro,
            "file": self.where.source,
            "line": self.where.line,
        }
        return {name: value for name, value in data.items() if value or name == "text"}


def trace(
    record: Record,
    *,
    style: str,
    form: str | None = None,
    locale: str | None = None,
    locator: str | None = None,
    folders: Sequence[Path] = (),
) -> list[Part]:
    """Return the parts of one citation in order; the arguments are those of `cite`.

    Raises UsageError for the name of a format, an unknown form, and where the style prints nothing.
    """
    if is_format(style):
        raise UsageError(Problem(f"{style!r} is a format, and no style whose elements could be traced"))
    source = find_style(style, folders=folders)
    form = check_form(form) if form else default_form(source)
    processor = Processor(source.parsed(), [make_item(record)[0]], locale=locale, trace=True)
    if form == "bibliography":
        events = next((events for _, events in processor.entry_events(Parameters())), None) or []
    else:
        label, value = parse_locator(locator) if locator else ("", "")
        processor.set_clusters([cluster_of(1, request(record.id, form, label, value))])
        events = processor.citation_events()[0]
    parts = traced_parts(events)
    if not parts:
        raise UsageError(Problem(f"the style {source.id!r} prints nothing for {record.id!r}"))
    return [_part(part, source) for part in parts]


def _part(part: TracedPart, source: StyleSource) -> Part:
    if part.origin is None:
        return Part(part.text)
    return Part(part.text, part.origin.element, part.origin.macro, source.origin(part.origin.line))
