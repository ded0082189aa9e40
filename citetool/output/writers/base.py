"""Description of a writer, and the one walk that all writers share.

A writer is data: its name, a function that escapes text, and for each mark the pair of strings around it. Links and
display blocks are pairs too. The walk closes what it opened, so marks are always balanced. A format whose marks depend
on what stands beside them (Markdown) looks at the events first (`prepare`); one whose characters do, at the end of it
all at the whole text (`tidy`). Only addresses of the web become links: what a field calls a URL may be anything.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.output.tree import Close, Mark
from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citetool.output.tree import Event

Pair = tuple[str, str]
_WEB = lazy(r"(?:https?|ftp)://[^\s\x00-\x1f]+\Z", re.IGNORECASE)
_NOTHING = ("", "")


class Writer(NamedTuple):
    """An output format: `marks` maps (kind, value) to the strings before and after."""

    name: str
    escape: Callable[[str], str]
    marks: Mapping[tuple[str, str], Pair] = MappingProxyType({})
    link: Callable[[str], Pair] = lambda _url: _NOTHING
    entry: Pair = ("", "\n")
    bibliography: Pair = ("", "")
    prepare: Callable[[list[Event]], list[Event]] | None = None
    tidy: Callable[[str], str] = str


def write_events(events: list[Event], writer: Writer) -> str:
    """Return the text of resolved events (`quotes.resolve_spans`) in the writer's format."""
    escape = writer.escape
    if len(events) == 1 and isinstance(events[0], str):
        return writer.tidy(escape(events[0]))
    if writer.prepare is not None:
        events = writer.prepare(events)
    parts: list[str] = []
    for event in events:
        if type(event) is str:
            parts.append(escape(event))
        elif type(event) is Mark:
            parts.append(_pair(event, writer)[0])
        elif type(event) is Close:
            parts.append(_pair(event.mark, writer)[1])
    return writer.tidy("".join(parts))


def _pair(mark: Mark, writer: Writer) -> Pair:
    if mark.kind == "link":
        return writer.link(mark.value) if _WEB.match(mark.value) else _NOTHING
    return writer.marks.get((mark.kind, mark.value), _NOTHING)


def on_one_line(text: str) -> str:
    """Return the text with line breaks as spaces: in a format where they mean something, a field has none."""
    text = _BREAKS.sub(" ", text) if "\n" in text or "\r" in text else text
    return without_odd_breaks(text)


def without_odd_breaks(text: str) -> str:
    """Return the text with a space for what ends a line in some programs and in others does not (NEL, LS, PS)."""
    if text.isascii() or not ("\x85" in text or "\u2028" in text or "\u2029" in text):
        return text  # looked for first: to translate takes a look-up for each letter
    return text.translate(_ODD_BREAKS)


_ODD_BREAKS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
_BREAKS = lazy(r"[ \t]*[\r\n]+[ \t]*")
