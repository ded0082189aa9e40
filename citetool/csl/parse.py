"""XML to `Style`.

lxml reads with entities and network off and keeps the line of each element. What is not well-formed, too large, or
no style at all is a `StyleError`; faults inside a style (an unknown attribute, a macro that is not there) are found by
`check`, for a style with a small fault still renders.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from citetool.csl.nodes import Node, Style
from citetool.problems import InputError, Problem, Where

MAX_BYTES = 8_000_000
MAX_DEPTH = 120
MAX_EXPANSION = 300_000
NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class StyleError(InputError):
    """A style or locale that cannot be used; each problem has the line."""


def parse_style(source: str | bytes | Path) -> Style:
    """The style in a file (`Path`, or a `str` that is no XML) or in XML text or bytes; `StyleError` if it is none.

    `resolve` of dependent styles is not done here: `Style.parent` tells whose layout to take.
    """
    data, name = _read(source)
    root = parse_xml(data, name)
    if root.name != "style":
        raise StyleError(Problem(f"not a CSL style: the root element is {root.name!r}", Where(name, root.line)))
    style = Style(attrs=root.attrs, source=name)
    for kid in root.kids:
        if kid.name == "macro":
            style.macros.setdefault(kid.attrs.get("name", ""), kid)
        elif kid.name == "locale":
            style.locales.append(kid)
        elif kid.name == "citation":
            style.citation = kid
        elif kid.name == "bibliography":
            style.bibliography = kid
        elif kid.name == "info":
            style.info = kid
            _read_info(style, kid)
    _check_macros(style)
    return style


def _read(source: str | bytes | Path) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, "style"
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("<"):
        return source.lstrip("\ufeff \t\r\n").encode(), "style"
    path = Path(source)
    try:
        return path.read_bytes(), str(path)
    except OSError as error:
        raise StyleError(
            Problem(f"cannot read the style: {error.strerror or error}", Where(str(path)))
        ) from error


def parse_xml(data: bytes, name: str) -> Node:
    """The root of an XML text as `Node`; `StyleError` with line and column where it is not well-formed."""
    if len(data) > MAX_BYTES:
        raise StyleError(Problem(f"too large: {len(data)} bytes, at most {MAX_BYTES}", Where(name)))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise StyleError(Problem(f"not well-formed XML: {error.msg}", Where(name, line, column))) from error
    except ValueError as error:
        raise StyleError(Problem(f"not well-formed XML: {error}", Where(name))) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise StyleError(Problem("a document type declaration is not allowed in a style", Where(name, 1)))
    return _node(root, name, 0)


def _node(element: etree._Element, source: str, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise StyleError(
            Problem(f"nested deeper than {MAX_DEPTH} elements", Where(source, element.sourceline))
        )
    tag = str(element.tag)
    name = tag[tag.rfind("}") + 1 :]
    attrs: dict[str, str] = dict(element.attrib)  # type: ignore[arg-type] # stubs allow bytes, lxml gives str
    lang = attrs.pop(_LANG, None)
    if lang is not None:
        attrs["lang"] = lang
    kids = [_node(kid, source, depth + 1) for kid in element if isinstance(kid.tag, str)]
    text = element.text or ""
    return Node(name, attrs, kids, element.sourceline or 0, text)


def _read_info(style: Style, info: Node) -> None:
    for kid in info.kids:
        if kid.name == "id" and not style.id:
            style.id = kid.text.strip()
        elif kid.name == "title" and not style.title:
            style.title = kid.text.strip()
        elif kid.name == "link" and kid.attrs.get("rel") == "independent-parent":
            style.parent = kid.attrs.get("href", "")


def _check_macros(style: Style) -> None:
    """Refuse macros that reach themselves, and macros that call each other into an endless text.

    The size of each macro is counted once with all it calls, so the check itself is linear.
    """
    sizes: dict[str, int] = {}

    def size_of(node: Node, path: tuple[str, ...]) -> int:
        total = 1
        called = node.attrs.get("macro")
        if called is not None and called in style.macros:
            total += macro_size(called, node.line, path)
        sizes_of_kids = [size_of(kid, path) for kid in node.kids]
        # of a choice only one branch is printed
        return total + (max(sizes_of_kids, default=0) if node.name == "choose" else sum(sizes_of_kids))

    def macro_size(name: str, line: int, path: tuple[str, ...]) -> int:
        if name in path or len(path) > MAX_DEPTH:
            chain = " -> ".join((*path[path.index(name) if name in path else -2 :], name))
            problem = Problem(f"macro calls itself: {chain}", Where(style.source, line))
            raise StyleError(problem)
        if name not in sizes:
            sizes[name] = size_of(style.macros[name], (*path, name))
        return sizes[name]

    for name, macro in style.macros.items():
        macro_size(name, macro.line, ())
    for layout in (style.citation, style.bibliography):
        if layout is not None and size_of(layout, ()) > MAX_EXPANSION:
            message = f"macros expand to more than {MAX_EXPANSION} elements"
            raise StyleError(Problem(message, Where(style.source, layout.line)))
