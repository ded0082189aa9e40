"""ZIP packages of Word and LibreOffice: parts read within limits, written back with all others byte for byte.

Nothing is ever unpacked to a path, no entity is replaced, nothing is fetched, and macros are bytes like any other part.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from citetool.problems import InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citetool.xmlio import Element

PART_LIMIT = 128 << 20  # bytes of a part that is read; the text of a long thesis has about 20 MB
TOTAL_LIMIT = 1 << 30  # bytes of all parts of a package
COUNT_LIMIT = 20_000


class Package:
    """The parts of a ZIP by name. `source` names the file in messages."""

    def __init__(self, data: bytes, source: str) -> None:
        """Read the directory of the archive. Raises InputError where it is damaged, too large or encrypted."""
        self.data = data
        self.source = source
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.fault(f"this is no ZIP package: {error}", "was it cut off? save it again") from None
        self._entries: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if len(infos) > COUNT_LIMIT or sum(info.file_size for info in infos) > TOTAL_LIMIT:
            raise self.fault("the package unpacks to more than a document has", "this looks like an attack")
        for info in infos:
            self._add(info)

    def _add(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        if name in self._entries:
            raise self.fault(f"the package holds {name!r} twice", "save it again in the word processor")
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise self.fault(f"the package holds the path {name!r}", "this looks like an attack")
        if info.flag_bits & 1:
            raise self.fault("the document is encrypted", "save it without a password")
        self._entries[name] = info

    def fault(self, message: str, hint: str | None = None, part: str | None = None) -> InputError:
        """Return the error for the user; `part` says in which part of the package."""
        return InputError(Problem(message, Where(self.source, field=part), hint))

    def __contains__(self, name: str) -> bool:
        """Return whether there is a part of that name."""
        return name in self._entries

    @property
    def names(self) -> list[str]:
        """The names of all parts in the order of the archive."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part. Raises InputError where it is missing, damaged or too large."""
        info = self._entries.get(name)
        if info is None:
            raise self.fault(f"the package has no {name!r}", "it is no document of a word processor")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(PART_LIMIT + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise self.fault(f"it cannot be unpacked: {error}", "was the file cut off?", name) from None
        if len(data) > PART_LIMIT:
            raise self.fault(f"more than {PART_LIMIT >> 20} MB of text", "this looks like an attack", name)
        return data

    def xml(self, name: str) -> Element:
        """Return the root of a part. Raises InputError where it is no well-formed XML, or has a DTD."""
        try:
            root = etree.fromstring(self.read(name), _parser())
        except etree.XMLSyntaxError as error:
            raise self.fault(f"this is not well-formed XML: {error.msg}", "save it again", name) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.fault("a document type declaration, which no word processor writes", None, name)
        return root

    def changed(self, parts: Mapping[str, bytes], dropped: Iterable[str] = ()) -> bytes:
        """Return the package with these parts changed or added; all others have the bytes that they had."""
        gone = set(dropped)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name, info in self._entries.items():
                if name not in gone:
                    target.writestr(_header(info), parts[name] if name in parts else self._raw(info))
            for name, data in parts.items():
                if name not in self._entries:
                    target.writestr(_header(zipfile.ZipInfo(name), zipfile.ZIP_DEFLATED), data)
        return out.getvalue()

    def _raw(self, info: zipfile.ZipInfo) -> bytes:
        """Return a part that is only copied, such as a picture; the sum of all is bounded already."""
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise self.fault(f"it cannot be unpacked: {error}", "was the file cut off?", info.filename) from None


def _header(info: zipfile.ZipInfo, method: int | None = None) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type = info.compress_type if method is None else method
    made.external_attr, made.comment, made.extra = info.external_attr, info.comment, b""
    return made


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)


def serialized(root: Element) -> bytes:
    """Return a changed part as bytes, with the declaration that word processors write."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
