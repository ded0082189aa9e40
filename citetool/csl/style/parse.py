"""XML to `Style`.

expat gives each element with its line; a document type is refused, so there are no entities. What is not
well-formed, too large, or no style at all is a `StyleError`; faults inside a style (an unknown attribute, a macro that
is not there) are found by `check`, for a style with a small fault still renders.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from citetool.problems import Problem, Where

from .analysis import analyse
from .nodes import Node, Style, StyleError

MAX_BYTES = 8_000_000
MAX_DEPTH = 120


def parse_style(source: str | bytes | Path) -> Style:
    """Parse a style: a file (`Path`, or a `str` that is no XML), XML text or bytes; `StyleError` if it is none.

    `resolve` of dependent styles is not done here: `Style.parent` tells whose layout to take.
    """
    data, name = _read(source)
    root = parse_xml(data, name)
    if root.name != "style":
        raise StyleError(Problem(f"not a CSL style: the root element is {root.name!r}", Where(name, root.line)))
    macros: dict[str, Node] = {}
    style = Style(root.attrs, macros, name)
    for kid in root.kids:
        if kid.name == "macro":
            macros.setdefault(kid.attrs.get("name", ""), kid)
        elif kid.name == "locale":
            style.locales.append(kid)
        elif kid.name == "citation":
            style.citation = kid
        elif kid.name == "bibliography":
            style.bibliography = kid
        elif kid.name == "info":
            style.info = kid
            _read_info(style, kid)
    style.analysis = analyse(style)
    return style


def _read(source: str | bytes | Path) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, "style"
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("<"):
        return source.lstrip("\ufeff \t\r\n").encode(), "style"
    path = Path(source)
    try:
        return path.read_bytes(), str(path)
    except (OSError, ValueError) as error:  # a name that no file can have is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise StyleError(Problem(f"cannot read the style: {reason}", Where(str(path)[:200]))) from error


def parse_xml(data: bytes, name: str) -> Node:
    """Return the root of an XML text as `Node`; `StyleError` with line and column where it is not well-formed."""
    if len(data) > MAX_BYTES:
        raise StyleError(Problem(f"too large: {len(data)} bytes, at most {MAX_BYTES}", Where(name)))
    parser = expat.ParserCreate()
    top = Node("", {}, [], 0)
    _build(parser, top, name)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        place = Where(name, error.lineno, error.offset + 1)
        raise StyleError(Problem(f"not well-formed XML: {expat.ErrorString(error.code)}", place)) from error
    except (ValueError, LookupError) as error:  # a declared encoding that does not exist, or does not fit
        raise StyleError(Problem(f"not well-formed XML: {error}", Where(name))) from error
    return top.kids[0]  # expat refuses a text without an element


def _build(parser: expat.XMLParserType, top: Node, source: str) -> None:
    """Let the events of expat, which loads in a fraction of the time of a whole XML library, make nodes below `top`.

    A text with a document type is refused where it begins, so that no entity is ever declared. Prefixes of names are
    cut off: the elements of CSL have no others beside them that a processor would look at. Only what stands in `info`
    and `terms` has text, so nobody listens to the white space of the rest.
    """
    nodes = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag[tag.index(":") + 1 :]
        if len(nodes) == 1 or "xmlns" in attributes:  # declarations are no attributes
            attributes = {name: value for name, value in attributes.items() if not name.startswith("xmlns")}
        if "xml:lang" in attributes:
            attributes["lang"] = attributes.pop("xml:lang")
        node = Node(tag, attributes, [], parser.CurrentLineNumber)
        nodes[-1].kids.append(node)
        nodes.append(node)
        if tag in _WITH_TEXT:
            parser.CharacterDataHandler = text
        elif len(nodes) > MAX_DEPTH + 1:
            raise StyleError(Problem(f"nested deeper than {MAX_DEPTH} elements", Where(source, node.line)))

    def end(_: str) -> None:
        if nodes.pop().name in _WITH_TEXT:
            parser.CharacterDataHandler = None

    def text(content: str) -> None:
        # before the first child of an element; what stands between children means nothing in CSL
        node = nodes[-1]
        if not node.kids:
            node.text += content

    def doctype(*_: object) -> None:
        where = Where(source, parser.CurrentLineNumber)
        raise StyleError(Problem("a document type declaration is not allowed in a style", where))

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype


_WITH_TEXT = frozenset({"info", "terms"})


def _read_info(style: Style, info: Node) -> None:
    for kid in info.kids:
        if kid.name == "id" and not style.id:
            style.id = kid.text.strip()
        elif kid.name == "title" and not style.title:
            style.title = kid.text.strip()
        elif kid.name == "link" and kid.attrs.get("rel") == "independent-parent":
            style.parent = kid.attrs.get("href", "")
