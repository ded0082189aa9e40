"""The paragraph and character styles that notes and bibliographies need: the document's own, or new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.xmlio import attribute, children

from .content import Maker
from .parts import EFFECTS, STYLES, style_named

if TYPE_CHECKING:
    from citetool.xmlio import Element

    from .parts import Parts

# Name in Word, id of a new one, and its kind.
NOTE_TEXT = {"footnote": "footnote text", "endnote": "endnote text"}
NOTE_MARK = {"footnote": "footnote reference", "endnote": "endnote reference"}
BIBLIOGRAPHY = "Bibliography"
_INDENT = "720"  # twentieths of a point: half an inch


def style_id(parts: Parts, name: str, *, hanging: bool = False) -> str:
    """Return the id of the style with that name, which is made where the document has none.

    Empty where the document has no styles at all. `hanging`: entries of a new bibliography's style hang.
    """
    styles = parts.get(STYLES)
    if styles is None:
        return ""
    found = style_named(styles, name)
    if found:
        return found
    own = "".join(word[:1].upper() + word[1:] for word in name.split())
    taken = {attribute(one, "styleId") for one in children(styles, "style")}
    while own in taken:
        own += "1"
    for part in (STYLES, EFFECTS):  # Word 2010 keeps its styles a second time, and looks for each of them there
        if (root := parts.get(part)) is not None:
            parts.change(part).append(_style(Maker(root), name, own, root, hanging=hanging))
    return own


def _style(make: Maker, name: str, own: str, styles: Element, *, hanging: bool) -> Element:
    if name.endswith("reference"):
        made = make.element("style", type="character", styleId=own)
        made.append(make.element("name", val=name))
        made.append(make.element("uiPriority", val="99"))
        made.append(make.element("unhideWhenUsed"))
        made.append(make.element("rPr", make.element("vertAlign", val="superscript")))
        return made
    made = make.element("style", type="paragraph", styleId=own)
    made.append(make.element("name", val=name))
    normal = style_named(styles, "Normal")
    if normal:
        made.append(make.element("basedOn", val=normal))
    made.append(make.element("uiPriority", val="37" if name == BIBLIOGRAPHY else "99"))
    made.append(make.element("unhideWhenUsed"))
    if name == BIBLIOGRAPHY:
        indent = [make.element("ind", left=_INDENT, hanging=_INDENT)] if hanging else []
        made.append(make.element("pPr", make.element("spacing", after="120"), *indent))
    else:
        made.append(make.element("pPr", make.element("spacing", after="0", line="240", lineRule="auto")))
        made.append(make.element("rPr", make.element("sz", val="20"), make.element("szCs", val="20")))
    return made
