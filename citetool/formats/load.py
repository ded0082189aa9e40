"""Sources as a user names them: a file of any known format, a saved page, or an address on the web.

All come out as a `Sourced`: what the reader gave, ready to be added to a library, with the page itself where it is to
be kept. A page that was fetched is read as the same page saved would be; what only the fetching knows (address, day)
is put into the records.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from citetool.formats.web.fetch import Fetched, fetch, file_for, is_url
from citetool.lazy_re import lazy
from citetool.problems import NotFoundError, Problem
from citetool.record.model import File
from citetool.struct import replace

from .api import read_file
from .base import ReadOptions, ReadResult, collect
from .sniff import guess_format, read_head

if TYPE_CHECKING:
    from citetool.record.model import Record

_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/json": ".json", "application/ld+json": ".json",
    "application/xml": ".xml", "text/xml": ".xml", "text/plain": ".txt", "application/x-research-info-systems": ".ris",
    "application/x-bibtex": ".bib",
}  # fmt: skip
# What is no file: a DOI, an ISBN, an address as browsers show it.
_DOI = lazy(r"(?i)(?:doi:\s?)?(10\.[0-9]{4,9}/\S+)")
_ISBN = lazy(r"(?i)(?:isbn:?\s?)?97[89][0-9 -]{10,14}")
_ADDRESS = lazy(r"(?i)www\.\S+|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|eu|uk|de|fr)/\S*")


@dataclass(slots=True)
class Sourced:
    """The results of reading a source, and the files to be written beside the records: bytes by path."""

    result: ReadResult
    format: str = ""
    beside: dict[str, bytes] = field(default_factory=dict)


def read_source(
    source: str,
    name: str | None = None,
    *,
    select: str | None = None,
    encoding: str | None = None,
    keep: bool = False,
    allow_private: bool = False,
) -> Sourced:
    """Return what the file or address holds, read as format `name` or as the one that it is found to be.

    `keep`: the page itself goes beside its record, where there is exactly one. Raises NotFoundError for a file that is
    not there, InputError for what cannot be fetched or read.
    """
    if is_url(source):
        page = fetch(source, allow_private=allow_private)
        options = ReadOptions(source=page.url, encoding=encoding or page.encoding or None, select=select)
        known = name or guess_format(_named(page), read_head(io.BytesIO(page.data)))
        result = collect(read_file(io.BytesIO(page.data), known, options))
        result.records = [_fetched(record, page) for record in result.records]
        data, suffix = page.data, PurePath(_named(page)).suffix
    else:
        path = Path(source)
        options = ReadOptions(source=str(path), encoding=encoding, select=select)
        known = name or _guess(path)
        result = collect(read_file(path, known, options))
        data, suffix = (path.read_bytes() if keep else b""), path.suffix
    sourced = Sourced(result, known)
    sourced.beside = {attachment.path: attachment.text.encode() for attachment in result.attachments}
    if keep and len(result.records) == 1 and result.records[0].id:
        _keep(sourced, data, suffix)
    return sourced


def _meant(source: str) -> str:
    """Return what to do where a source that is no file looks like something else; an empty text where it does not."""
    if doi := _DOI.fullmatch(source):
        return f"for the page that a DOI leads to: citetool add https://doi.org/{doi[1]}"
    if _ISBN.fullmatch(source):
        return "numbers of books are not looked up: save the record of a library's catalogue, and add that"
    return f"an address begins so: https://{source}" if _ADDRESS.fullmatch(source) else ""


def _guess(path: Path) -> str:
    """Return the format that a file seems to have. Raises NotFoundError for one that is not there."""
    try:
        with path.open("rb") as stream:
            head = read_head(stream)
    except FileNotFoundError:
        raise NotFoundError(Problem(f"there is no file {str(path)!r}", hint=_meant(str(path)))) from None
    except OSError:
        return ""  # `read_file` says why it cannot be read
    return guess_format(str(path), head)


def _named(page: Fetched) -> str:
    """Return a name for a fetched page whose suffix says what the site said that it is."""
    plain = file_for(page.url)
    suffix = _SUFFIXES.get(page.media_type)
    return plain if not suffix or plain.endswith(suffix) else f"{PurePath(plain).stem}{suffix}"


def _fetched(record: Record, page: Fetched) -> Record:
    """Return the record with the page's address and today, where it does not know them itself."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    asked = page.hops[0] if page.hops else page.url
    digital = replace(record.digital, url=record.digital.url or asked)
    metadata = replace(record.metadata, url=record.metadata.url or asked, file="", retrieved=today)
    return replace(record, digital=digital, metadata=metadata)


def _keep(sourced: Sourced, data: bytes, suffix: str) -> None:
    record = sourced.result.records[0]
    path = f"{record.id}{suffix}"
    if path in sourced.beside:
        path = f"{record.id}.page{suffix}"
    files = (*record.files, File(path, "page", note="the page as it was read"))
    sourced.result.records[0] = replace(record, files=files)
    sourced.beside[path] = data
