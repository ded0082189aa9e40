"""Between text and pandoc's inline elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy
from citetool.output.tree import Close, Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.documents.model import Content

Node = dict[str, Any]
_NO_ATTRIBUTES: list[Any] = ["", [], []]
# Elements with inline content, and the markup of CSL for those that it has.
_MARKUP = {
    "Emph": ("<i>", "</i>"), "Strong": ("<b>", "</b>"), "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"), "SmallCaps": ('<span style="font-variant:small-caps;">', "</span>"),
}  # fmt: skip
_ELEMENTS = {
    ("font-style", "italic"): "Emph", ("font-style", "oblique"): "Emph", ("font-weight", "bold"): "Strong",
    ("font-variant", "small-caps"): "SmallCaps", ("vertical-align", "sup"): "Superscript",
    ("vertical-align", "sub"): "Subscript", ("text-decoration", "underline"): "Underline",
}  # fmt: skip
_SPACES = ("Space", "SoftBreak", "LineBreak")
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_SPACE: Node = {"t": "Space"}
_TOKEN = lazy("([\U000f0000-\U000ffffd])")


def text_of(nodes: list[Node], keep: Callable[[Node], str] | None = None) -> str:
    """Return inline elements as text with the markup of CSL; `keep` gives a character for what has no such markup."""
    parts: list[str] = []
    for node in nodes:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            parts.append(content)
        elif kind in _SPACES:
            parts.append(" ")
        elif kind in _MARKUP and keep is not None:
            before, after = _MARKUP[kind]
            parts.append(f"{before}{text_of(content, keep)}{after}")
        elif kind == "Quoted":
            before, after = _QUOTES[content[0]["t"]]
            parts.append(f"{before}{text_of(content[1], keep)}{after}")
        elif keep is not None:
            parts.append(keep(node))
        else:
            parts.append(plain_of(node))
    return "".join(parts)


def plain_of(node: Any) -> str:
    """Return the words of any element."""
    if isinstance(node, list):
        return "".join(map(plain_of, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return str(content)
    if kind in _SPACES:
        return " "
    if kind in ("Code", "Math", "RawInline", "Note", "Image"):
        return ""
    return plain_of(content)


def nodes_of(text: str, kept: Callable[[str], Node]) -> list[Node]:
    """Return text as `Str` and `Space`; characters of `keep` become the elements that they stand for."""
    nodes: list[Node] = []
    for piece in _TOKEN.split(text) if _TOKEN.search(text) else (text,):
        if len(piece) == 1 and _TOKEN.match(piece):
            nodes.append(kept(piece))
            continue
        for number, word in enumerate(piece.split(" ")):
            if number and (not nodes or nodes[-1] is not _SPACE):
                nodes.append(_SPACE)
            if word:
                nodes.append({"t": "Str", "c": word})
    return nodes


def rendered_nodes(content: Content, kept: Callable[[str], Node]) -> list[Node]:
    """Return rendered text as inline elements; addresses that are links become `Link`."""
    stack: list[tuple[Mark | None, list[Node]]] = [(None, [])]
    words: list[str] = []
    for event in content.events:
        if isinstance(event, str):
            words.append(event)
            continue
        _add_words(stack[-1][1], words, kept)
        if isinstance(event, Mark):
            stack.append((event, []))
        elif isinstance(event, Close) and len(stack) > 1:
            mark, nodes = stack.pop()
            stack[-1][1].extend(_element(mark, nodes) if mark is not None else nodes)
    _add_words(stack[-1][1], words, kept)
    while len(stack) > 1:
        _, nodes = stack.pop()
        stack[-1][1].extend(nodes)
    return stack[0][1]


def _add_words(nodes: list[Node], words: list[str], kept: Callable[[str], Node]) -> None:
    """Add the text that was gathered, and forget it."""
    if words:
        nodes.extend(nodes_of("".join(words).replace("\n", " "), kept))
        words.clear()


def _element(mark: Mark, nodes: list[Node]) -> list[Node]:
    if mark.kind == "link" and mark.value.startswith(("http://", "https://", "ftp://")):
        return [{"t": "Link", "c": [_NO_ATTRIBUTES, nodes, [mark.value, ""]]}]
    if mark.kind == "display" and nodes:
        return [{"t": "Span", "c": [["", [f"csl-{mark.value}"], []], nodes]}]
    name = _ELEMENTS.get((mark.kind, mark.value))
    return [{"t": name, "c": nodes}] if name and nodes else nodes
