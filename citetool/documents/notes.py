"""Citations of note styles inside notes that the author wrote: in brackets, or behind the author's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Content

if TYPE_CHECKING:
    from citetool.output.tree import Event


def in_brackets(content: Content) -> Content:
    """Return the citation in round brackets, without the full stop that would end a note of its own."""
    return Content(["(", *without_stop(content.events), ")"])


def after_comma(author: Content, rest: Content) -> Content:
    """Return `author, rest`, without the full stop that would end a note of its own."""
    return Content([*author.events, ", ", *without_stop(rest.events)]) if rest else author


def without_stop(events: list[Event]) -> list[Event]:
    """Return the events without a full stop at their very end."""
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if isinstance(event, str) and event:
            if not event.endswith(".") or event.endswith(".."):
                return list(events)
            return [*events[:place], event[:-1], *events[place + 1 :]]
    return list(events)
