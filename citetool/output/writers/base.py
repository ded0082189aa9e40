"""How a writer is described, and the one walk that all writers share.

A writer is data: its name, a function that escapes text, and for each mark the pair of strings around it. Links and
display blocks are pairs too, with `{url}` filled in. The walk closes what it opened, so marks are always balanced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetool.output.tree import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.output.tree import Event

Pair = tuple[str, str]


@dataclass(slots=True, frozen=True)
class Writer:
    """An output format: `marks` maps (kind, value) to the strings before and after."""

    name: str
    escape: Callable[[str], str]
    marks: dict[tuple[str, str], Pair] = field(default_factory=dict)
    link: Callable[[str], Pair] = lambda _url: ("", "")
    entry: Pair = ("", "\n")
    bibliography: Pair = ("", "")
    tidy: Callable[[str], str] = str


def write_events(events: list[Event], writer: Writer) -> str:
    """The text of resolved events (`quotes.resolve_spans`) in the writer's format."""
    escape = writer.escape
    if len(events) == 1 and isinstance(events[0], str):
        return writer.tidy(escape(events[0]))
    parts: list[str] = []
    for event in events:
        if isinstance(event, str):
            parts.append(escape(event))
        elif isinstance(event, Mark):
            parts.append(_pair(event, writer)[0])
        elif hasattr(event, "mark"):
            parts.append(_pair(event.mark, writer)[1])
    return writer.tidy("".join(parts))


def _pair(mark: Mark, writer: Writer) -> Pair:
    if mark.kind == "link":
        return writer.link(mark.value)
    return writer.marks.get((mark.kind, mark.value), ("", ""))
