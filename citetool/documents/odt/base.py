"""The trees of a document of LibreOffice that reading, writing and changing share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.model import Document

if TYPE_CHECKING:
    from citetool.documents.package import Package
    from citetool.xmlio import Element

    from .stories import Mark, Stories


class OdtBase(Document):
    """An .odt as it was read: `root` of content.xml with its `text_root`, `meta` of meta.xml with its `properties`.

    `lists` are the bibliographies. `foreign`: it has marks of another program and no keys of this one.
    """

    package: Package
    root: Element
    text_root: Element
    meta: Element | None
    properties: dict[str, str]
    stories: Stories
    lists: list[Mark]
    foreign: bool
