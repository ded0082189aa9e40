"""Values out of the JSON of catalogues, which give the same field as text, list, mapping or null, as it comes.

`texts` takes them all; what a format means by a field is its module's business. `read_items` reads the items of a file,
one after the other, and takes a Python literal for JSON where somebody has saved `repr` of it, saying so.
"""

from __future__ import annotations

import ast
import io
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from citetool.formats.base import ReadOptions, Rejected
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

from .json_stream import read_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from citetool.record.model import Record

Object = dict[str, Any]
LITERAL_LIMIT = 64 << 20

# Where the text of a mapping stands, in the order in which they count.
_TEXT_KEYS = (
    "@value",
    "value",
    "name",
    "label",
    "title",
    "displayDate",
    "prefLabel",
    "content",
    "text",
    "termName",
    "term",
)


_CONTROL = lazy(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


_DEPTH = 30  # what stands deeper is no text of a catalogue


def texts(value: Any, depth: int = 0) -> list[str]:
    """All texts of a value, also in lists; of a mapping that of its naming key, else of its language map."""
    if isinstance(value, str):
        words = " ".join(_CONTROL.sub(" ", value).split())
        return [words] if words else []
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [str(value)]
    if depth > _DEPTH:
        return []
    if isinstance(value, list):
        return [text for item in value for text in texts(item, depth + 1)]
    if isinstance(value, dict):
        for key in _TEXT_KEYS:
            if found := texts(value.get(key), depth + 1):
                return found
        if value and all(isinstance(v, list) for v in value.values()):  # `{"en": ["Letter"], "fr": ["Lettre"]}`
            plain = next((value[k] for k in ("none", "@none", "en") if k in value), next(iter(value.values())))
            return texts(plain, depth + 1)
    return []


def text(value: Any) -> str:
    """Return the first text of a value, or an empty one."""
    return next(iter(texts(value)), "")


def mapping(value: Any) -> Object:
    """Return the value where it is a mapping, the first mapping of a list, else an empty one."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), None)
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[Object]:
    """Return the mappings of a list, or the one that the value is."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def listed(value: Any) -> list[Any]:
    """Return the items of a list, a mapping or text as the only item, nothing for other values."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, (dict, str)) and value else []


def unmarked(text: str) -> str:
    """Return a text without HTML tags and entities, in one line."""
    within = re.sub(r"</?(?:a|i|b|em|strong|span|title|emph|sup|sub|u|cite|extref)\b[^>]{0,600}>", "", text)
    return " ".join(unescape(re.sub(r"<[^>]{0,600}>", " ", within)).split())


def read_items(
    stream: BinaryIO, options: ReadOptions, wrappers: Sequence[str] = ()
) -> Iterator[tuple[Any, int] | Problem]:
    """`(item, line)` of each JSON value of a file; a Problem first where it is not JSON but a Python literal.

    Raises InputError where it is neither.
    """
    head = stream.read(512)
    source = _Joined(head, stream)
    if not re.match(rb"[\s\[{(,]*'", head.removeprefix(b"\xef\xbb\xbf")):
        for value, line_of in read_values(source, options, wrappers):  # type: ignore[arg-type]
            yield value, line_of()
        return
    where = Where(options.source, 1)
    data = source.read(LITERAL_LIMIT + 1)
    if len(data) > LITERAL_LIMIT:
        raise InputError(Problem("this is a Python literal, not JSON, and too large to be read as one", where))
    try:
        value = ast.literal_eval(data.decode("utf-8-sig").strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        message = "this looks like a Python literal, not JSON, and cannot be read as either"
        line = getattr(error, "lineno", None) or 1
        raise InputError(Problem(message, Where(options.source, line), "write it with json.dump")) from None
    yield Problem("this is a Python literal, not JSON; it was read as one", where, "write it with json.dump", "warning")
    for item in value if isinstance(value, (list, tuple)) else [value]:
        yield item, 1


class _Joined(io.RawIOBase):
    """A stream whose beginning has been looked at already: `head`, then what `rest` still gives."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._rest.read(size)
        head, self._head = self._head, b""
        return head + self._rest.read(max(size - len(head), 0) if size >= 0 else -1)


def first_mark(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Return the first byte of a stream that is neither blank nor a byte order mark, and the stream from there on."""
    head = stream.read(1)
    while head.isspace() or head in (b"\xef", b"\xbb", b"\xbf"):
        head = stream.read(1)
    return head, _Joined(head, stream)  # type: ignore[return-value]


def records_of(
    stream: BinaryIO,
    options: ReadOptions,
    make: Callable[[Object, ReadOptions, list[Problem]], Record | None],
    unwrap: Callable[[Object], Sequence[Any]],
    wrappers: Sequence[str] = (),
) -> Iterator[Record | Rejected | Problem]:
    """Yield the record that `make` gives of each item; `unwrap` gives the items within one value of the file.

    An item of which `make` gives nothing, or that is no mapping, is rejected with its line. Raises InputError where
    the file holds no item at all.
    """
    found = False
    for value in read_items(stream, options, wrappers):
        if isinstance(value, Problem):
            yield value
            continue
        data, line = value
        for item in unwrap(data) if isinstance(data, dict) else data if isinstance(data, list) else [data]:
            found = True
            problems: list[Problem] = []
            record = make(item, options, problems) if isinstance(item, dict) else None
            if record is None:
                message = "nothing in this entry makes a record"
                yield Rejected(Problem(message, Where(options.source, line)), repr(item)[:2000])
            else:
                yield record
            yield from problems
    if not found:
        raise InputError(Problem("there is no entry in it", Where(options.source)))
