"""Parts of a Word package as trees: those that are read, those that are made, and what names them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from citetool.documents.package import serialized
from citetool.xmlio import children, local_name

from .opc import BODY, BODY_RELATIONS, PROPERTIES, TOP_RELATIONS

if TYPE_CHECKING:
    from citetool.xmlio import Element

    from .opc import WordPackage

STYLES = "word/styles.xml"
EFFECTS = "word/stylesWithEffects.xml"
COMMENTS = "word/comments.xml"
NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_TYPES = "[Content_Types].xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_LIST = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# What a new part is: its content type, its kind of relationship, and the file of relationships that names it.
_KINDS = {
    NOTES["footnote"]: (f"{_WORD}.footnotes+xml", "footnotes"),
    NOTES["endnote"]: (f"{_WORD}.endnotes+xml", "endnotes"),
    COMMENTS: (f"{_WORD}.comments+xml", "comments"),
    STYLES: (f"{_WORD}.styles+xml", "styles"),
    PROPERTIES: ("application/vnd.openxmlformats-officedocument.custom-properties+xml", "custom-properties"),
}


class Parts:
    """The trees of a package by name; `changed` are those to be written."""

    def __init__(self, package: WordPackage, roots: dict[str, Element]) -> None:
        """Take the trees that are there already."""
        self.package = package
        self.roots = roots
        self.changed: set[str] = set()

    def get(self, name: str) -> Element | None:
        """Return the root of a part, None where the package has none of that name."""
        if name not in self.roots:
            if name not in self.package:
                return None
            self.roots[name] = self.package.xml(name)
        return self.roots[name]

    def change(self, name: str) -> Element:
        """Return the root of a part that is about to be changed."""
        root = self.get(name)
        assert root is not None, name
        self.changed.add(name)
        return root

    def add(self, name: str, root: Element) -> Element:
        """Put a new part into the package, with its content type and its relationship."""
        self.roots[name] = root
        self.changed.add(name)
        kind, relation = _KINDS[name]
        self._declare(name, kind)
        strict = b"purl.oclc.org" in str(self.roots[BODY].tag).encode()
        base = _STRICT if strict else _RELATION
        if name == PROPERTIES:  # of the package as a whole, not of its document
            self._relate(TOP_RELATIONS, name, f"{base}/{'customProperties' if strict else relation}")
        else:
            target = posixpath.relpath(name, self.package.body_folder or ".")
            self._relate(BODY_RELATIONS, target, f"{base}/{relation}")
        return root

    def _declare(self, name: str, kind: str) -> None:
        types = self.change(_TYPES)
        space = str(types.tag).rpartition("}")[0].lstrip("{")
        for one in children(types, "Override"):
            if one.get("PartName") == f"/{name}":
                one.set("ContentType", kind)
                return
        etree.SubElement(types, f"{{{space}}}Override", {"PartName": f"/{name}", "ContentType": kind})

    def _relate(self, part: str, target: str, kind: str) -> None:
        if part in self.package or part in self.roots:
            relations = self.change(part)
        else:
            relations = self.roots[part] = etree.Element(f"{{{_LIST}}}Relationships", nsmap={None: _LIST})  # type: ignore[dict-item]
            self.changed.add(part)
        kids = children(relations, "Relationship")
        if any(
            one.get("Target") in (target, f"/{posixpath.join(self.package.body_folder, target)}", f"/{target}")
            for one in kids
        ):
            return
        taken = {one.get("Id") for one in kids}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        made = {"Id": f"rId{number}", "Type": kind, "Target": target}
        etree.SubElement(relations, f"{{{_LIST}}}Relationship", made)

    def written(self) -> bytes:
        """Return the package with the changed parts; the bytes that it had where none is."""
        if not self.changed:
            return self.package.data
        return self.package.changed({name: serialized(self.roots[name]) for name in sorted(self.changed)})


def style_named(styles: Element | None, name: str) -> str:
    """Return the id of the style with that English name, which Word keeps whatever the language; else nothing."""
    for style in children(styles, "style"):
        for one in style:
            if local_name(one) == "name":
                found = next((v for k, v in one.attrib.items() if str(k).endswith("val")), "")
                if str(found).casefold() == name.casefold():
                    return next((str(v) for k, v in style.attrib.items() if str(k).endswith("styleId")), "")
    return ""
