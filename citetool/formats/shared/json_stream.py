"""JSON values one after the other, out of a stream that is not held in memory as a whole.

An array is given item by item, and so is the array in a wrapper such as `{"items": [...]}`; values that merely follow
each other (JSON lines) are given as they come. What is held is the text of one item, and one block with its items:
those of a block are read at once where they look alike, which is quicker.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

BLOCK = 1 << 18
_BETWEEN = lazy(r"[\s,]*")


Line = Callable[[], int]


def read_values(stream: BinaryIO, options: ReadOptions, wrappers: Sequence[str] = ()) -> Iterator[tuple[Any, Line]]:
    """`(value, line)` of each item; `line()` tells on which line (from 1) it begins, until the next item is asked for.

    Raises InputError where it is not JSON.
    """
    source = _Blocks(stream, options)
    source.fill()
    inside = _enter(source, wrappers)
    line = source.line_of_item
    while True:
        source.skip()
        if inside and source.text.startswith("]", source.at):
            return
        if source.at >= len(source.text):
            if inside:
                raise source.error("the file breaks off inside a list")
            return
        values = source.several() if inside else ()
        for source.place, value in enumerate(values):
            yield source.whole(value), line
        if not values:
            yield source.whole(source.value()), line


_HALF = lazy(r"\\u[dD][89A-Fa-f]")


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return {_whole(name): _whole(item) for name, item in value.items()} if isinstance(value, dict) else value


def _enter(source: _Blocks, wrappers: Sequence[str]) -> bool:
    """Step into the array of items where there is one; whether one has been entered."""
    source.skip()
    if source.text.startswith("[", source.at):
        source.at += 1
        return True
    names = "|".join(map(re.escape, wrappers))
    match = re.compile(rf'\{{\s*"(?:{names})"\s*:\s*\[').match(source.text, source.at) if wrappers else None
    if match:
        source.at = match.end()
    return match is not None


class _Blocks:
    """The text read so far and not yet used, and the place in it."""

    def __init__(self, stream: BinaryIO, options: ReadOptions) -> None:
        self.stream = stream
        self.source = options.source
        first = stream.read(BLOCK)
        encoding = options.encoding or _encoding(first)
        self.decoder = codecs.getincrementaldecoder(encoding)("strict")
        self.pending: bytes = first
        self.text = ""
        self.at = 0
        self.lines = 1  # line of the character at `counted`
        self.counted = 0
        self.ended = False
        self.between = ""  # what stood before the item that was read last
        self.run = ""  # the items that were read at once, as a list
        self.run_line = 1
        self.place = 0  # of the item in it that was given last
        self.found = (0, 1)  # one of its items, and where it begins
        self.tried = False  # whether what is in `text` has been read at once, or cannot be
        self.halves = False  # whether there are escapes of halves of characters
        self.began = 0  # where the item began that was read by itself
        settings: Any = json.JSONDecoder(strict=False)
        self.scan: Callable[[str, int], tuple[Any, int]] = make_scanner(settings)  # what `raw_decode` calls

    def fill(self, size: int = BLOCK) -> None:
        """Drop what is used, and take in at least one more character unless the source has ended."""
        self.line()
        parts = [self.text[self.at :]]
        self.at = self.counted = 0
        self.tried = False
        taken = 0
        while taken < size and not self.ended:
            data = self.pending or self.stream.read(max(size, BLOCK))
            self.pending = b""
            self.ended = not data
            try:
                more = self.decoder.decode(data, self.ended)
            except UnicodeDecodeError as error:
                raise InputError(
                    Problem(f"the text is not {error.encoding}", Where(self.source), "say its encoding with --encoding")
                ) from None
            parts.append(more)
            taken += len(more)
        self.text = "".join(parts)
        self.halves = self.halves or _HALF.search(self.text) is not None

    def whole(self, value: Any) -> Any:
        """Return the value with U+FFFD for each half of a character, as escapes can bring them."""
        return _whole(value) if self.halves else value

    def line(self) -> int:
        """Return the line of the place, from 1."""
        self.lines += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.lines

    def skip(self) -> None:
        """Go over white space and commas."""
        if self.text.startswith(self.between, self.at) and self.text.startswith("{", self.at + len(self.between)):
            self.at += len(self.between)  # as it was before the last item
            return
        while True:
            match = _BETWEEN.match(self.text, self.at)
            if match:
                self.at = match.end()
                self.between = match.group()
            if self.at < len(self.text) or self.ended:
                return
            self.fill()

    def several(self) -> list[Any]:
        """Return the items from here to the last one before one that begins as this one does; none where that cannot
        be told.

        Where the text from here to there is that of a list, its last brace is the end of an item.
        """
        if self.tried or "," not in self.between:
            return []
        self.tried = True
        head = self.text[self.at : self.text.find(":", self.at, self.at + 80) + 1]
        end = self.text.rfind("}" + self.between + head, self.at) + 1
        if not head.startswith("{") or not end:
            return []
        run = f"[{self.text[self.at : end]}]"
        try:
            values, length = self.scan(run, 0)
        except (StopIteration, ValueError, RecursionError):  # one by one it will turn out where and why
            return []
        if length != len(run):
            return []
        self.run, self.run_line, self.found = run, self.line(), (0, 1)
        self.at = end
        return values  # type: ignore[no-any-return]

    def line_of_item(self) -> int:
        """Return the line, from 1, where the item begins that was given last."""
        if not self.run:
            return self.lines + self.text.count("\n", self.counted, self.began)
        place, at = self.found
        while place < self.place:
            match = _BETWEEN.match(self.run, self.scan(self.run, at)[1])
            place, at = place + 1, match.end() if match else at
        self.found = place, at
        return self.run_line + self.run.count("\n", 0, at)

    def value(self) -> Any:
        """Return the JSON value that begins here."""
        self.run = ""
        size = BLOCK
        while True:
            try:
                value, end = self.scan(self.text, self.at)
            except StopIteration as stop:
                if self.ended:
                    raise self.error("expecting value", stop.value) from None
            except json.JSONDecodeError as error:
                if self.ended:
                    raise self.error(error.msg, error.pos) from None
            except ValueError:  # what `int` says to thousands of digits
                raise self.error("a number has too many digits") from None
            except RecursionError:
                raise self.error("it is nested too deeply") from None
            else:
                if end < len(self.text) or self.ended:
                    self.began, self.at = self.at, end
                    return value
            self.fill(size)
            size *= 2

    def error(self, message: str, at: int | None = None) -> InputError:
        """Return the error to raise for a fault at a place in the text."""
        at = self.at if at is None else at
        line = self.lines + self.text.count("\n", self.counted, at)
        column = at - self.text.rfind("\n", 0, at)
        return InputError(Problem(f"this is not JSON: {message.lower()}", Where(self.source, line, column)))


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"
