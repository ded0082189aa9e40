"""The package of a Word document, whose parts are found by their relationships, whatever they are called.

Word on the web writes `word/document2.xml`, other programs `/word/Footnotes.xml` or folders of their own. The rest of
this folder has one name for each part, the usual one; this module knows which part it stands for.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from citetool.documents.package import Package
from citetool.problems import InputError
from citetool.xmlio import children

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BODY = "word/document.xml"
BODY_RELATIONS = "word/_rels/document.xml.rels"
PROPERTIES = "docProps/custom.xml"
TOP_RELATIONS = "_rels/.rels"
# The last word of a relationship's type, as both kinds of OOXML have it.
_OF_PACKAGE = {"custom-properties": PROPERTIES, "customProperties": PROPERTIES}
_OF_BODY = {name: f"word/{name}.xml" for name in ("footnotes", "endnotes", "comments", "styles", "stylesWithEffects")}


class WordPackage(Package):
    """The parts of a .docx by their usual names."""

    def __init__(self, data: bytes, source: str) -> None:
        """Read the directory and the relationships. Raises InputError as `Package` does."""
        super().__init__(data, source)
        self._own_names: dict[str, str] = {}
        self._folded = {name.casefold(): name for name in self.names}
        top = self._targets(TOP_RELATIONS, "")
        body = top.get("officeDocument", BODY)
        self.body_folder, own = posixpath.split(body)
        relations = posixpath.join(self.body_folder, "_rels", f"{own}.rels")
        inner = self._targets(relations, self.body_folder)
        self._own_names = {BODY: body, BODY_RELATIONS: relations}
        for found, usual in ((top, _OF_PACKAGE), (inner, _OF_BODY)):
            self._own_names |= {name: found[kind] for kind, name in usual.items() if kind in found}

    def _targets(self, relations: str, folder: str) -> dict[str, str]:
        """Return the parts that a file of relationships names, by the last word of their type; the first one counts."""
        try:
            root = self.xml(relations) if relations in self else None
        except InputError:
            return {}  # the usual names may still be right
        found: dict[str, str] = {}
        for one in children(root, "Relationship"):
            path = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target") or ""))).lstrip("/")
            part = self._folded.get(path.casefold())
            if part is not None and one.get("TargetMode") != "External":
                found.setdefault((one.get("Type") or "").rpartition("/")[2], part)
        return found

    def _own(self, name: str) -> str:
        return self._own_names.get(name, name)

    def __contains__(self, name: str) -> bool:
        """Return whether there is a part of that usual name."""
        return super().__contains__(self._own(name))

    def read(self, name: str) -> bytes:
        """Return the bytes of a part. Raises InputError where it is missing, damaged or too large."""
        return super().read(self._own(name))

    def changed(self, parts: Mapping[str, bytes], dropped: Iterable[str] = ()) -> bytes:
        """Return the package with these parts changed or added; all others have the bytes that they had."""
        return super().changed({self._own(name): data for name, data in parts.items()}, map(self._own, dropped))
