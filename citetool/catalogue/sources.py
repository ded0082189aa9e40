"""The files a catalogue is made of: named, in folders, by patterns, and inside archives and compressed files.

A source is one file of the disk or of an object store (`s3://bucket/dump/`, `gs://`, `hdfs://`, as pyarrow reads them,
with the credentials that these take from the environment). `members` opens it: an archive (.zip, .tar, .tar.gz ...)
holds a member for each file in it, any other file is its own only member; .gz, .bz2, .xz and .zst are read through.
"""

from __future__ import annotations

import glob
import io
import re
import tarfile
import zipfile
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple, cast

from citetool.problems import InputError, NotFoundError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_COMPRESSED = {".gz": "gzip", ".bz2": "bz2", ".xz": "lzma", ".zst": "zstd"}


class Source(NamedTuple):
    """A file to read: its path as it was found, size in bytes, and time of its last change in nanoseconds."""

    path: str
    size: int
    mtime: int


def find_sources(named: Iterable[str]) -> list[Source]:
    """Return the sources below files, folders and patterns (`*`, `**`), each once, sorted by path.

    Hidden files and folders are left out, and so are links to folders. Raises NotFoundError for a name or a pattern
    without a file.
    """
    found: dict[str, Source] = {}
    for name in named:
        if "://" in name:
            found |= {source.path: source for source in _stored(name)}
            continue
        files = list(_files(name))
        if not files:
            raise NotFoundError(Problem(f"there is no file {name!r}", hint="name files, folders or patterns ('*.xml')"))
        for path in files:
            status = path.stat()
            found[str(path)] = Source(str(path), status.st_size, status.st_mtime_ns)
    return [found[path] for path in sorted(found)]


def _stored(address: str) -> list[Source]:
    """Return the files of an object store at an address, below it, or fitting the pattern that it ends with."""
    from pyarrow import fs  # noqa: PLC0415 - large, and only for addresses

    plain = re.split(r"[*?\[]", address, maxsplit=1)[0]
    folder = address if plain == address else plain.rpartition("/")[0]
    try:
        store, path = fs.FileSystem.from_uri(folder)
        at = store.get_file_info(path)
        listed = [at] if at.is_file else store.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, ValueError) as error:  # pyarrow's own errors are of these
        message = f"the store cannot be read: {str(error).splitlines()[0][:200]}"
        raise InputError(Problem(message, Where(address), "s3://, gs://, hdfs:// and file:// are known")) from None
    head = folder[: len(folder) - len(path)] if folder.endswith(path) else folder.partition("://")[0] + "://"
    files = [
        Source(head + one.path, one.size or 0, one.mtime_ns or 0)
        for one in listed
        if one.is_file and not _is_hidden(one.path[len(path) :].lstrip("/"))
    ]
    fit = [source for source in files if plain == address or _fits(source.path, address)]
    if not fit:
        raise NotFoundError(Problem(f"there is no file at {address!r}", hint="name a file, a folder, or a pattern"))
    return fit


def _fits(path: str, pattern: str) -> bool:
    """Return whether an address fits a pattern, of which `*` stands for a name and `**` for any folders."""
    same_depth = path.count("/") == pattern.count("/")
    return fnmatchcase(path, pattern.replace("**/", "*")) and (same_depth or "**" in pattern)


def _files(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        for folder, folders, names in path.walk() if hasattr(path, "walk") else _walk(path):
            folders[:] = [inner for inner in folders if not inner.startswith(".")]
            yield from (folder / file for file in names if not file.startswith(".") and (folder / file).is_file())
    elif path.is_file():
        yield path
    else:
        # a name that is no pattern matches nothing here; `Path.glob` takes no absolute patterns
        yield from (Path(match) for match in glob.glob(name, recursive=True) if Path(match).is_file())  # noqa: PTH207


def _walk(path: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Walk a folder as `Path.walk` does from Python 3.12 on."""
    import os  # noqa: PLC0415 - goes with Python 3.11

    for folder, folders, names in os.walk(path):
        yield Path(folder), folders, names


def members(source: Source) -> Iterator[tuple[str, BinaryIO]]:
    """Yield `(name, stream)` for each file in a source; a stream is good until the next one is asked for.

    Inside an archive the name is `archive.zip!path/in/it`. Raises InputError for an archive that cannot be read to its
    end, OSError for a file that cannot be opened.
    """
    name = source.path.lower()
    try:
        with closing(_raw(source.path)) as raw:
            if name.endswith(_TARS):
                yield from _tar(source.path, raw)
            elif name.endswith(".zip"):
                yield from _zip(source.path, raw)
            else:
                with closing(_unpacked(source.path, raw)) as stream:
                    yield source.path, stream
    except (tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        hint = "download or pack it again"
        raise InputError(Problem(f"the archive is damaged or cut off: {error}", Where(source.path), hint)) from None


def _raw(path: str) -> BinaryIO:
    """Return a file of the disk or of an object store, as it is."""
    if "://" not in path:
        return Path(path).open("rb")
    from pyarrow import fs  # noqa: PLC0415 - large, and only for addresses

    store, inner = fs.FileSystem.from_uri(path)
    stream: BinaryIO = store.open_input_file(inner)
    return stream


def _unpacked(path: str, raw: BinaryIO) -> BinaryIO:
    suffix = Path(path).suffix.lower()
    if suffix not in _COMPRESSED:
        return raw
    if suffix == ".zst":
        import pyarrow  # noqa: PLC0415 - the library that reads it is large

        stream: BinaryIO = pyarrow.CompressedInputStream(raw, "zstd")
        return stream
    from importlib import import_module  # noqa: PLC0415 - only compressed files need it

    opened: BinaryIO = import_module(_COMPRESSED[suffix]).open(raw, "rb")
    return opened


def _tar(path: str, raw: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    with tarfile.open(path, "r|*", fileobj=raw) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None and not _is_hidden(member.name):
                with io.BufferedReader(_Forward(stream)) as forward:
                    yield f"{path}!{member.name}", forward


class _Forward(io.RawIOBase):
    """A member of a tar file that is read once, from its beginning to its end: going back would unpack all anew."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _zip(path: str, raw: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    with zipfile.ZipFile(raw) as archive:
        for member in archive.infolist():
            if not member.is_dir() and not _is_hidden(member.filename):
                with archive.open(member) as stream:
                    yield f"{path}!{member.filename}", cast("BinaryIO", stream)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
