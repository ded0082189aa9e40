"""Lines of text out of a stream of bytes, whatever their encoding, without holding the whole.

UTF-8 unless a mark at the beginning or the caller says otherwise; in a file that is otherwise UTF-8, a line that is not
is taken as Windows-1252, the encoding of most old `.ris` and `.bib` files, and reported once.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

BLOCK = 1 << 18
FALLBACK = "cp1252"
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def text_blocks(stream: BinaryIO, options: ReadOptions, problems: list[Problem]) -> Iterator[str]:
    r"""Yield the text in blocks of whole lines, line ends as `\n`; the last block may lack its line end.

    What was wrong with the encoding is told in `problems`. Raises InputError where `options.encoding` does not fit.
    """
    first = stream.read(BLOCK)
    encoding = options.encoding or next((name for mark, name in _WIDE.items() if first.startswith(mark)), None)
    if encoding is None and (wide := _without_mark(first)):
        encoding = wide
    if encoding is None:
        yield from _utf8_blocks(first, stream, options, problems)
        return
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
    except LookupError:
        raise InputError(Problem(f"there is no encoding {encoding!r}", hint="such as utf-8, cp1252, utf-16")) from None
    rest = ""
    data = first
    while True:
        try:
            text = rest + decoder.decode(data, not data)
        except UnicodeDecodeError as error:
            message = f"the text is not {error.encoding}: {error.reason}"
            raise InputError(Problem(message, Where(options.source), "say its encoding with --encoding")) from None
        cut = text.rfind("\n") + 1 if data else len(text)
        if cut:
            yield _with_plain_ends(text[:cut].removeprefix("\ufeff"))
        rest = text[cut:]
        if not data:
            return
        data = stream.read(BLOCK)


def _without_mark(head: bytes) -> str | None:
    """Return the UTF-16 that a text without byte order mark is in, told by its zero bytes."""
    sample = head[:200]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if odd > len(sample) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 4 and not odd else None


def _utf8_blocks(data: bytes, stream: BinaryIO, options: ReadOptions, problems: list[Problem]) -> Iterator[str]:
    rest = b""
    line = 1
    while True:
        block = rest + data
        cut = block.rfind(b"\n") + 1 if data else len(block)
        block, rest = block[:cut], block[cut:]
        if block:
            try:
                text = block.decode("utf-8")
            except UnicodeDecodeError as error:
                text = "".join(_line(part) for part in block.splitlines(keepends=True))
                if not problems:
                    at = line + block.count(b"\n", 0, error.start)
                    message = f"this is not UTF-8; such lines are read as {FALLBACK}"
                    where = Where(options.source, at)
                    problems.append(Problem(message, where, _HINT, "warning"))
            line += text.count("\n")
            yield _with_plain_ends(text.removeprefix("\ufeff") if line else text)
        if not data:
            return
        data = stream.read(BLOCK)


def _line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(FALLBACK, "replace")


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_DECLARED = lazy(rb"%\s*(?:-\*-.*?coding:|!TEX encoding\s*=|Encoding:)\s*([\w-]+)", re.I)
_HIGH_RUN = lazy(rb"[\x80-\xff]+")


def whole_text(stream: BinaryIO, options: ReadOptions, problems: list[Problem]) -> str:
    r"""Return the whole text of a stream, line ends as `\n`, in the encoding that it declares, has a mark of, or fits
    it.

    A comment such as `% Encoding: windows-1252` (JabRef) declares one. Text that is neither that nor UTF-8 is taken as
    GB 18030 where its bytes come in pairs, else, line by line, as Windows-1252; `problems` is told.
    """
    data = stream.read()
    encoding = options.encoding or next((name for mark, name in _WIDE.items() if data.startswith(mark)), None)
    encoding = encoding or _without_mark(data)
    declared = _DECLARED.search(data, 0, 500)
    if not encoding:
        try:
            return _with_plain_ends(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
        encoding = declared.group(1).decode("ascii") if declared else None
        if encoding is None or encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
            paired = all(len(run) % 2 == 0 for run in _HIGH_RUN.findall(data))
            encoding = "gb18030" if paired and _fits(data, "gb18030") else FALLBACK
            where = Where(options.source, line)
            problems.append(Problem(f"this is not UTF-8; read as {encoding}", where, _HINT, "warning"))
            if encoding == FALLBACK:
                return _with_plain_ends("".join(map(_line, data.splitlines(keepends=True))))
    try:
        return _with_plain_ends(data.decode(encoding).removeprefix("\ufeff"))
    except LookupError:
        raise InputError(Problem(f"there is no encoding {encoding!r}", hint="such as utf-8, cp1252, utf-16")) from None
    except UnicodeDecodeError as error:
        raise InputError(Problem(f"the text is not {encoding}: {error.reason}", Where(options.source), _HINT)) from None


_HINT = "say its encoding with --encoding"


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
