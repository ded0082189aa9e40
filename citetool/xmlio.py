"""XML from outside, read as a stream: nothing is fetched, nothing expanded, memory is bounded.

`XmlEvents` gives start and end events of the elements that a format names, by local name, whatever their namespace is:
real files have the right one, an old one, none, or a prefix that nobody declared. The DTD is not loaded, entities are
not replaced (`text_of` knows the HTML names), no network is used, libxml2's limits on depth, names, text and
amplification stay on, and an entry that is larger than `ENTRY_LIMIT` ends the reading.

The named entities of XML and HTML become numbers before they are parsed (`xmlentities`).

Faults are of two sorts. A wrong end tag, an undeclared entity or a control character is noted in `problems` and reading
goes on: that is how most ill-formed files of archives can still be read. An encoding fault, a limit that was passed or
junk where a tag should be ends it: with InputError if nothing was read before, otherwise as the last problem.

What is left out: validation, and writing (`element_text` and `escape` are all that the writers need).
"""

from __future__ import annotations

import codecs
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from .lazy_re import lazy
from .problems import InputError, Problem, Where
from .xmlentities import HALVES, Entities

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import BinaryIO


Element = etree._Element
_ANY = ("*",)
XLINK_TYPE = "{http://www.w3.org/1999/xlink}type"  # says how a link works, whatever it stands on
CHUNK = 1 << 16
PARTED, CLOSED = frozenset({"lb", "p", "item", "br"}), frozenset({"p", "item", "head", "part"})  # words end there
ENTRY_LIMIT = 8 << 20  # bytes of the source between two calls of `release`; as a tree up to 35 times as much
PROBLEM_LIMIT = 20

_E = etree.ErrorTypes
# After these libxml2 has a sound idea of the tree, and so has the reader.
_GOES_ON = {
    _E.ERR_TAG_NAME_MISMATCH: "the end tag does not belong to the open element",
    _E.ERR_UNDECLARED_ENTITY: "an entity that is not declared",
    _E.ERR_INVALID_CHAR: "a character that XML does not allow was left out",
    _E.ERR_ENTITYREF_SEMICOL_MISSING: "an entity without its semicolon was left out",
    _E.ERR_NAME_REQUIRED: "a bare '&' was left out",
    _E.ERR_ATTRIBUTE_REDEFINED: "an attribute stands twice",
}
_ENDS = {
    _E.ERR_RESOURCE_LIMIT: (
        "more than a text, name, depth or entity may hold",
        "this looks like an attack or a broken export",
    ),
    _E.ERR_NAME_TOO_LONG: ("a name that is too long", "this looks like an attack or a broken export"),
    _E.ERR_INVALID_ENCODING: (
        "bytes that are not of the encoding that the file names",
        "say which it is, as in --encoding cp1252",
    ),
    _E.ERR_UNSUPPORTED_ENCODING: ("an encoding that is not known", "say which it is, as in --encoding cp1252"),
    _E.ERR_UNKNOWN_ENCODING: ("an encoding that is not known", "say which it is, as in --encoding cp1252"),
    _E.ERR_DOCUMENT_EMPTY: ("this is not XML: it does not begin with a tag", None),
    _E.ERR_DOCUMENT_END: ("the document does not end where its first element does", None),
    _E.ERR_TAG_NOT_FINISHED: ("the file ends before its elements do", "was it cut off?"),
}


_NO_TEXT = "the number of half a character"
_HALF_VALUE = lazy(r"xmlChar value (\d{1,9})")
_BYTES = frozenset((_NO_TEXT, *(_ENDS[code][0] for code in (_E.ERR_INVALID_ENCODING, _E.ERR_UNSUPPORTED_ENCODING))))


class Event(NamedTuple):
    """The start or end of an element that was asked for; at a start its children may not be there yet."""

    kind: str
    name: str
    element: Element


class XmlEvents:
    """The start and end events of the elements with these local names, in the order of the source.

    `problems` holds what was wrong so far. Iterating raises InputError where a fault that ends the reading comes before
    the first event. A name with a colon stands for a prefix that is not declared.
    """

    def __init__(
        self,
        stream: BinaryIO,
        source: str,
        *,
        end: Collection[str],
        start: Collection[str] = (),
        encoding: str | None = None,
    ) -> None:
        self.problems: list[Problem] = []
        self._stream = stream
        self._source = source
        self._wanted = {("start", name.rpartition(":")[2]) for name in start}
        self._wanted |= {("end", name.rpartition(":")[2]) for name in end}
        self._pending = 0
        self._faults = 0
        self._undeclared = False
        self._given = False
        self._decoder = _decoder(encoding) if encoding else None
        self._entities = Entities()
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            recover=True,
            encoding="utf-8" if encoding else None,
            tag=[name if ":" in name else f"{{*}}{name}" for name in sorted({*start, *end})],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )

    def __iter__(self) -> Iterator[Event]:
        head = True
        while chunk := self._read():
            if head:
                chunk = _without_lead(chunk)
                head = not chunk
            self._pending += len(chunk)
            self._parser.feed(self._numbered(chunk))
            fault = self._fault()
            yield from self._events(fault)
            if fault is not None:
                self._stop(fault)
                return
            if self._pending > ENTRY_LIMIT:
                self._stop(Problem(f"an entry of more than {ENTRY_LIMIT >> 20} MB", self._where(None), _LARGE_HINT))
                return
        if head:
            raise InputError(Problem("the file is empty", Where(self._source)))
        try:
            self._parser.feed(self._entities.rest)
            self._parser.close()
        except etree.XMLSyntaxError as error:
            self._stop(Problem("this is not XML", self._where(error.lineno)))
            return
        fault = self._fault()
        if fault is None:
            yield from self._events(None)
        else:  # what ends now was closed by the parser, not by the file
            self._stop(fault)

    def _read(self) -> bytes:
        """Return the next bytes; where the caller has named an encoding, in UTF-8."""
        chunk = self._stream.read(CHUNK)
        if self._decoder is None or not chunk:
            return chunk
        try:
            text = self._decoder.decode(chunk)
            while not text and (chunk := self._stream.read(CHUNK)):  # half a character is no end
                text = self._decoder.decode(chunk)
        except UnicodeDecodeError as error:
            problem = Problem(f"the text is not {error.encoding}: {error.reason}", Where(self._source))
            raise InputError(problem, *self.problems) from None
        return text.encode("utf-8", "replace")

    def _events(self, fault: Problem | None) -> Iterator[Event]:
        """Yield the events up to a fault that ends the reading: after wrong bytes no text can be trusted."""
        last = fault.where.line if fault is not None and fault.message in _BYTES else None
        for kind, element in self._parser.read_events():
            if not isinstance(element, etree._Element) or (last is not None and (line_of(element) or 0) >= last):
                continue
            name = local_name(element)
            if (kind, name) in self._wanted:
                self._given = True
                if self._undeclared:
                    _without_prefixes(element)
                yield Event(kind, name, element)

    def _numbered(self, chunk: bytes) -> bytes:
        numbered, halves = self._entities.numbered(chunk)
        if halves:
            self.problems.append(Problem(f"ill-formed XML: {HALVES}", Where(self._source), severity="warning"))
        return numbered

    def release(self, element: Element) -> None:
        """Forget an element that has ended and all that came before it; its ancestors and its own tag stay."""
        element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than lxml 4.4
        node: Element | None = element
        while node is not None:
            parent = node.getparent()
            if parent is not None:
                while parent[0] is not node:
                    del parent[0]
            node = parent
        self._pending = 0

    def forget(self, element: Element) -> None:
        """Forget what is inside an element that has ended, and its elder brothers of the same name."""
        element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than lxml 4.4
        brother = element.getprevious()
        parent = element.getparent()
        if parent is not None and brother is not None and brother.tag == element.tag:
            parent.remove(brother)
        self._pending = 0

    def _where(self, line: int | None, column: int | None = None) -> Where:
        return Where(self._source, line or None, column or None)

    def _fault(self) -> Problem | None:
        """Return the fault that ends the reading, if there is one; notes what else is new in the parser's log."""
        log = self._parser.feed_error_log
        if len(log) == self._faults:
            return None
        fresh = list(log)[self._faults :]
        self._faults = len(log)
        self._undeclared = self._undeclared or any(e.domain == etree.ErrorDomains.NAMESPACE for e in fresh)
        for entry in fresh:
            if entry.level < etree.ErrorLevels.ERROR or entry.domain == etree.ErrorDomains.NAMESPACE:
                continue
            where = self._where(entry.line, entry.column)
            half = _HALF_VALUE.search(entry.message) if entry.type == _E.ERR_INVALID_CHAR else None
            if half and 0xD800 <= int(half[1]) <= 0xDFFF:  # in an encoding in which `Entities` does not find it
                return Problem(_NO_TEXT, where)
            if entry.type in _GOES_ON:
                if len(self.problems) < PROBLEM_LIMIT:
                    self.problems.append(Problem(f"ill-formed XML: {_said(entry)}", where, severity="warning"))
                continue
            message, hint = _ENDS.get(entry.type, (f"ill-formed XML: {_plain_message(entry.message)}", None))
            return Problem(message, where, hint)
        return None

    def _stop(self, problem: Problem) -> None:
        if not self._given:
            raise InputError(problem, *self.problems)
        self.problems.append(problem)


def _without_prefixes(element: Element) -> None:
    """Take the prefixes that nobody declared out of the names inside an element."""
    for e in element.iter(etree.Element):
        if ":" in e.tag.rpartition("}")[2]:
            try:
                e.tag = local_name(e)
            except ValueError:  # `dc:` and `dc:1st` are names for the parser, what is left of them is none
                e.tag = "_"


_LARGE_HINT = "this looks like an attack or a broken export"


def _said(entry: etree._LogEntry) -> str:
    return f"{_GOES_ON[entry.type]} ({_plain_message(entry.message)})"


def _plain_message(message: str) -> str:
    text = " ".join(message.split())
    return text[:1].lower() + text[1:120]


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(encoding)("strict")
    except LookupError:
        raise InputError(Problem(f"there is no encoding {encoding!r}", hint="such as utf-8, cp1252, utf-16")) from None


def _without_lead(chunk: bytes) -> bytes:
    """Return the first bytes without white space before the XML declaration, which many exports have."""
    body = chunk.removeprefix(b"\xef\xbb\xbf")
    return body.lstrip(b" \t\r\n") if body[:1].isspace() else chunk


def local_name(element: Element) -> str:
    """Return the name of an element without namespace or undeclared prefix; empty for entities and such."""
    tag = element.tag
    return local_part(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def local_part(tag: str) -> str:
    """Return a name without namespace or undeclared prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]


@lru_cache(maxsize=1024)
def _in_any_namespace(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return local names as lxml looks for them, without an object for each element that has another."""
    return tuple(f"{{*}}{name or '-'}" for name in names)  # `-` is no name: lxml takes none that is empty


def line_of(element: Element) -> int | None:
    """Return the line of the source that an element begins on, where it is known."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def children(element: Element | None, *names: str) -> list[Element]:
    """Return the child elements with one of these local names (all where none is given), in order."""
    if element is None:
        return []
    return list(element.iterchildren(*_in_any_namespace(names or _ANY)))


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element at a path of local names below this one, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(*_in_any_namespace((name,))), None)
    return element


def descendants(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield all elements below this one with one of these local names, in order."""
    if element is not None:
        yield from element.iterdescendants(*_in_any_namespace(names))


def attribute(element: Element, *names: str) -> str:
    """Return the first of these attributes that is filled, by local name; empty where there is none."""
    given = element.items()
    if not given:
        return ""
    for wanted in names:
        for name, value in given:
            if (name == wanted or (local_part(name) == wanted and name != XLINK_TYPE)) and value.strip():
                return str(value).strip()
    return ""


def text_of(element: Element | None, *, skip: Collection[str] = ()) -> str:
    """Return all text inside an element, white space collapsed, without that of the elements named in `skip`."""
    if element is None:
        return ""
    whole = "".join(_pieces(element, skip)) if len(element) else element.text or ""
    return " ".join(whole.split())


def paragraphs(element: Element | None, *, skip: Collection[str] = ("head",)) -> str:
    """Return the text of an element with its `p`, `item` and such as paragraphs, divided by empty lines."""
    if element is None:
        return ""
    if not any(True for _ in descendants(element, "p")):
        return text_of(element, skip=skip)
    parts: list[str] = []
    for e in children(element):
        if local_name(e) in skip:
            continue
        nested = local_name(e) not in ("p", "list", "table") and any(True for _ in descendants(e, "p"))
        parts.append(paragraphs(e, skip=skip) if nested else text_of(e, skip=skip))
    return "\n\n".join(part for part in parts if part)


def _pieces(element: Element, skip: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for e in element:
        if not isinstance(e.tag, str):
            yield entity(e)
        elif local_name(e) not in skip:
            if local_name(e) in PARTED:
                yield " "
            yield from _pieces(e, skip)
            if local_name(e) in CLOSED:
                yield " "
        yield e.tail or ""


def entity(node: Element) -> str:
    """Return the character of an unresolved entity if HTML has its name, else the entity as written."""
    text = node.text or ""
    return html5.get(text[1:], text) if text.startswith("&") else ""


_ILLEGAL = lazy("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Return the text with U+FFFD for each character that XML cannot hold."""
    return text if text.isprintable() else _ILLEGAL.sub("\ufffd", text)


def escape(text: str) -> str:
    """Return text for element content or a quoted attribute; characters that XML cannot hold become U+FFFD."""
    return escape_marks(legal(text))


def escape_marks(text: str) -> str:
    """Return a text of legal characters for element content or a quoted attribute."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;")


def element_text(name: str, text: str = "", **attributes: str) -> str:
    """Return an element with text only: `<note type="source">...</note>`; empty attributes are left out, `type_` is
    `type`.
    """
    pairs = "".join(f' {n.rstrip("_")}="{escape(v)}"' for n, v in attributes.items() if v)
    return f"<{name}{pairs}>{escape(text)}</{name}>" if text else f"<{name}{pairs}/>"
