"""The output tree: strings, affixes, lists and marked spans.

A leaf is a plain `str` (content) or an `Affix` (a prefix, suffix or delimiter: only these may be merged with
neighbouring punctuation or moved into quotes). An unformatted group is a plain `list`; anything that carries
formatting, quotes, a link, a display block or a tag is a `Span` with one `Mark`. Marks and affixes are made once,
when a style is compiled, and shared; nothing in the tree is changed after it was made.

`flatten` gives the same tree as a list of events: strings, affixes, a `Mark` where a span opens and its `close`
where it ends. All passes work on events, so that neighbours in the text are neighbours in the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SEAL", "Affix", "Close", "Event", "Mark", "Out", "Span", "flatten", "flatten_printed", "has_text", "plain"]


class Affix:
    """Text that comes from the style between or around values.

    `role` is `prefix`, `apart` (the prefix of an element with formatting), `suffix`, `leaf` (the suffix of an element
    without children), `bracket` (a prefix or suffix with a bracket that has its partner), or '' for a delimiter.
    `nests`: its brackets become square inside others.
    """

    __slots__ = ("nests", "role", "text")

    def __init__(self, text: str, role: str = "") -> None:
        self.text = text
        self.role = role
        self.nests = role == "bracket" and ("(" in text or ")" in text)

    def __repr__(self) -> str:
        return f"Affix({self.text!r})"


SEAL = Affix("", "seal")  # before a prefix: it does not move into the quotes that end here


class Close:
    """The end of the span that `mark` opened."""

    __slots__ = ("mark",)

    def __init__(self, mark: Mark) -> None:
        self.mark = mark

    def __repr__(self) -> str:
        return f"Close({self.mark!r})"


class Mark:
    """Kind and value of a span: `kind` is a CSL formatting attribute or `quote`, `unquoted` (quotations in it take the
    outer marks), `nocase`, `link`, `display`, `tag` or `trace`.

    `flip` is true for markup that was found in a field: inside the same formatting it turns that formatting off.
    `data` belongs to whoever makes a tag; writers do not look at it.
    """

    __slots__ = ("close", "data", "flip", "kind", "value")

    def __init__(self, kind: str, value: str = "", *, flip: bool = False, data: object = None) -> None:
        self.kind = kind
        self.value = value
        self.flip = flip
        self.data = data
        self.close = Close(self)

    def __repr__(self) -> str:
        return f"Mark({self.kind!r}, {self.value!r})"


class Span:
    """Children under one mark."""

    __slots__ = ("kids", "mark")

    def __init__(self, kids: list[Out], mark: Mark) -> None:
        self.kids = kids
        self.mark = mark

    def __repr__(self) -> str:
        return f"Span({self.kids!r}, {self.mark!r})"


Out: TypeAlias = "str | Affix | Span | list[Out]"
Event: TypeAlias = "str | Affix | Mark | Close"


def flatten(node: Out) -> list[Event]:
    """Return the tree as events in reading order; lists disappear."""
    events: list[Event] = []
    _flatten((node,), events)
    return events


def _flatten(kids: Iterable[Out], events: list[Event]) -> None:
    for kid in kids:
        kind = type(kid)
        if kind is str or kind is Affix:
            events.append(kid)  # type: ignore[arg-type] # narrowed by exact type, which mypy does not follow
        elif kind is list:
            _flatten(kid, events)  # type: ignore[arg-type]
        elif isinstance(kid, list):
            _flatten(kid, events)
        else:
            span: Span = kid  # type: ignore[assignment]
            events.append(span.mark)
            _flatten(span.kids, events)
            events.append(span.mark.close)


def flatten_printed(node: Out) -> list[Event]:
    """Return the events of what is printed: those of `flatten` without tags, which no pass behind needs."""
    events: list[Event] = []
    _flatten_printed((node,), events)
    return events


def _flatten_printed(kids: Iterable[Out], events: list[Event]) -> None:
    for kid in kids:
        kind = type(kid)
        if kind is str or kind is Affix:
            events.append(kid)  # type: ignore[arg-type] # narrowed by exact type, as in `_flatten`
        elif kind is Span:
            mark = kid.mark  # type: ignore[union-attr]
            if mark.kind == "tag":
                _flatten_printed(kid.kids, events)  # type: ignore[union-attr]
            else:
                events.append(mark)
                _flatten_printed(kid.kids, events)  # type: ignore[union-attr]
                events.append(mark.close)
        else:
            _flatten_printed(kid, events)  # type: ignore[arg-type]


def plain(node: Out) -> str:
    """Return all text of the tree without marks; the words are there, quotes and merged punctuation are not."""
    if type(node) is str:
        return node
    parts: list[str] = []
    _texts((node,), parts)
    return "".join(parts)


def _texts(kids: Iterable[Out], parts: list[str]) -> None:
    for kid in kids:
        kind = type(kid)
        if kind is str:
            parts.append(kid)  # type: ignore[arg-type] # narrowed by exact type, as in `_flatten`
        elif kind is Affix:
            parts.append(kid.text)  # type: ignore[union-attr]
        else:
            _texts(kid.kids if kind is Span else kid, parts)  # type: ignore[union-attr, arg-type]


def has_text(node: Out) -> bool:
    """Return whether there is any content in the tree, affixes aside."""
    if isinstance(node, str):
        return bool(node)
    if isinstance(node, Affix):
        return False
    for kid in node.kids if isinstance(node, Span) else node:  # noqa: SIM110 # a generator for each list costs more
        if has_text(kid):
            return True
    return False
