"""Files to records and back: `read` and `write` for scripts, `read_file` for all that a file holds, faults included."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from citetool.problems import InputError, NotFoundError, Problem, Where
from citetool.record.model import Record

from .base import Attachment, ReadOptions, Rejected, WriteOptions, collect, keep_apart
from .registry import reader, write_text
from .shared.selection import HINT, selected
from .sniff import guess_format, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read(path: str | Path, format: str | None = None, *, strict: bool = True) -> list[Record]:
    """Return the records of a file, in its order; the format is guessed where it is not named.

    Raises InputError where the file, or with `strict` any entry of it, cannot be read; NotFoundError where there is no
    such file or format. Without `strict`, bad entries are left out; `read_file` gives them too.
    """
    result = keep_apart(collect(read_file(Path(path), format, ReadOptions(source=str(path)))))
    if strict and result.rejected:
        raise InputError(*(entry.problem for entry in result.rejected))
    if not result.records:
        raise InputError(Problem("there is no record in it", Where(str(path))))
    return result.records


def write(records: Iterable[Record], format: str, *, program: str | None = None, dialect: str | None = None) -> str:
    """Return the text of the records in a format (`ris`, `biblatex`, `csl-json` ...).

    `program` (`zotero`, `endnote`, `mendeley`, `jabref`) says who will read it, `dialect` (`chicago`, `mla`) which
    package. Raises NotFoundError for a format that cannot be written.
    """
    return "".join(write_text(records, format, WriteOptions(program=program, dialect=dialect)))


def read_file(
    source: Path | BinaryIO, name: str | None = None, options: ReadOptions | None = None
) -> Iterator[Record | Rejected | Problem | Attachment]:
    """Yield what a reader gives of a file, or of a stream of bytes; the format is guessed where `name` does not say it.

    An entry that says nothing of a source but its kind is rejected, whatever its reader takes it for. Raises
    NotFoundError for a file that is not there, InputError for one that cannot be read at all.
    """
    options = options or ReadOptions()
    _check_encoding(options.encoding)
    if isinstance(source, Path):
        if options.source == ReadOptions().source:
            options = options._replace(source=str(source))
        with _opened(source) as stream:
            yield from read_file(stream, name, options)
        return
    if name is None:
        head = read_head(source, options.source)
        name = guess_format(options.source, head)
        source = _again(head, source)
    items = reader(name)(source, options)
    for item in items if not options.select or name in _SELECT_THEMSELVES else _chosen(items, options):
        yield item if not isinstance(item, Record) or _tells(item) else _told_nothing(item, options.source)


_SELECT_THEMSELVES = ("ead",)  # by ids that no record keeps


def _chosen(
    items: Iterable[Record | Rejected | Problem | Attachment], options: ReadOptions
) -> Iterator[Record | Rejected | Problem | Attachment]:
    """Yield the records that are selected and what belongs to them, then whether there was none."""
    found = wanted = False
    for item in items:
        if isinstance(item, Record):
            wanted = selected(item, options.select)
            found |= wanted
        if wanted or not isinstance(item, Record | Attachment):
            yield item
    if not found:
        yield Problem(f"no record matches {options.select!r}", Where(options.source), HINT, "warning")


def _tells(record: Record) -> bool:
    """Return whether a record holds a fact that a source could be known by."""
    return bool(
        record.title
        or record.any_title
        or record.creators
        or record.archive
        or record.identifiers
        or record.citation
        or record.summary
        or record.publication
        or record.digital.url
        or record.date
        or record.date_text
        or record.notes
        or record.extra
    )


def _told_nothing(record: Record, source: str) -> Rejected:
    words = " ".join(filter(None, (record.id, record.kind)))
    return Rejected(Problem("an entry that says nothing of a source but its kind", Where(source)), words)


def _check_encoding(name: str | None) -> None:
    try:
        "".encode(name or "utf-8")
    except (LookupError, ValueError):
        raise InputError(Problem(f"there is no encoding {name!r}", hint="such as utf-8, cp1252, utf-16")) from None


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise NotFoundError(Problem(f"there is no file {str(path)!r}")) from None
    except IsADirectoryError:
        raise InputError(Problem("this is a folder", Where(str(path)), "name the files in it")) from None
    except OSError as error:
        raise InputError(Problem(f"the file cannot be read: {str(error.strerror).lower()}", Where(str(path)))) from None


def _again(head: bytes, stream: BinaryIO) -> BinaryIO:
    """Return the stream as it was before its head was read."""
    if stream.seekable():
        stream.seek(-len(head), io.SEEK_CUR)
        return stream
    return io.BufferedReader(_Replayed(head, stream))


class _Replayed(io.RawIOBase):
    """A stream that cannot be wound back, with its head before it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head = head
        self.stream = stream

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the head, and when that is used up, from the stream."""
        data = self.head[: len(buffer)] or self.stream.read(len(buffer))
        self.head = self.head[len(data) :] if self.head else b""
        buffer[: len(data)] = data
        return len(data)
