"""The custom properties of a package, in which Zotero keeps its settings in pieces that Word does not cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from citetool.documents.fields.preferences import joined, pieces
from citetool.xmlio import attribute, children

from .content import legal
from .opc import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetool.xmlio import Element

    from .parts import Parts

_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_NAMES: Any = {None: _SPACE, "vt": _VALUES}
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one that all custom properties have
OWN_STYLE = "CITETOOL_STYLE"  # a style that Zotero does not have, such as an overlay


def texts(root: Element | None) -> dict[str, str]:
    """Return the properties by name, with all their spaces."""
    return {attribute(one, "name"): "".join(map(str, one.itertext())) for one in children(root, "property")}


def put_pieces(parts: Parts, prefix: str, text: str) -> None:
    """Put a long text into the properties `prefix_1`, `prefix_2` ..., in the place of those that there are."""
    root = parts.get(PROPERTIES)
    before = texts(root)
    if joined(before, prefix) == text:
        return
    put(parts, {f"{prefix}_{number}": piece for number, piece in enumerate(pieces(legal(text)), 1)}, f"{prefix}_")


def put(parts: Parts, values: Mapping[str, str], instead: str = "") -> None:
    """Set properties; those whose names begin with `instead` and are not among them go."""
    root = parts.get(PROPERTIES)
    have = texts(root)
    stale = [name for name in have if instead and name.startswith(instead) and name not in values]
    if not stale and all(have.get(name) == value for name, value in values.items()):
        return
    if root is None:
        root = parts.add(PROPERTIES, etree.Element(f"{{{_SPACE}}}Properties", nsmap=_NAMES))
    root = parts.change(PROPERTIES)
    for one in children(root, "property"):
        if attribute(one, "name") in stale or attribute(one, "name") in values:
            root.remove(one)
    numbers = [int(pid) for one in children(root, "property") if (pid := attribute(one, "pid")).isdigit()]
    space = str(root.tag).rpartition("}")[0].lstrip("{")
    values_space = root.nsmap.get("vt") or _VALUES
    for number, (name, value) in enumerate(values.items(), max([1, *numbers]) + 1):
        made = etree.SubElement(root, f"{{{space}}}property", {"fmtid": _FORMAT, "pid": str(number), "name": name})
        etree.SubElement(made, f"{{{values_space}}}lpwstr").text = value


def drop(parts: Parts, prefix: str) -> None:
    """Take out the properties whose names begin so."""
    put(parts, {}, prefix)
