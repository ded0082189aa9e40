"""Runs of Word from rendered text: each with the format of the text around it and what the style adds."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from citetool.lazy_re import lazy
from citetool.output.tree import Close, Mark
from citetool.xmlio import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetool.output.tree import Event
    from citetool.xmlio import Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES = lazy(r"[\t\n]|[^\t\n]+")
# The order of the elements in `w:rPr` (ISO/IEC 29500-1, 17.3.2.28, CT_RPr).
_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath", "rPrChange",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_ORDER)}
# What a style sets by itself, so that it says nothing of the text around a citation.
TOGGLES = frozenset({"b", "bCs", "i", "iCs", "smallCaps", "u", "vertAlign"})
_FORMATS = {
    ("font-style", "italic"): (("i", ""), ("iCs", "")),
    ("font-style", "oblique"): (("i", ""), ("iCs", "")),
    ("font-style", "normal"): (("i", "0"), ("iCs", "0")),
    ("font-weight", "bold"): (("b", ""), ("bCs", "")),
    ("font-weight", "normal"): (("b", "0"), ("bCs", "0")),
    ("font-variant", "small-caps"): (("smallCaps", ""),),
    ("font-variant", "normal"): (("smallCaps", "0"),),
    ("text-decoration", "underline"): (("u", "single"),),
    ("text-decoration", "none"): (("u", "none"),),
    ("vertical-align", "sup"): (("vertAlign", "superscript"),),
    ("vertical-align", "sub"): (("vertAlign", "subscript"),),
    ("vertical-align", "baseline"): (("vertAlign", "baseline"),),
}
_BREAKS = {("display", "right-inline"): "\t", ("display", "block"): "\n", ("display", "indent"): "\n"}


class Maker:
    """Makes elements in the namespace of a document, which differs between the two kinds of OOXML."""

    def __init__(self, root: Element) -> None:
        """Take the namespace of a part's root."""
        self.space = str(root.tag).rpartition("}")[0].lstrip("{")

    def name(self, local: str) -> str:
        """Return the full name of an element or attribute."""
        return f"{{{self.space}}}{local}" if self.space else local

    def element(self, local: str, *kids: Element, **attributes: str) -> Element:
        """Return a new element with these children and attributes."""
        made = etree.Element(self.name(local))
        for key, value in attributes.items():
            made.set(self.name(key), value)
        made.extend(kids)
        return made

    def run(self, text: str, base: Element | None = None, *, deleted: bool = False) -> Element:
        """Return a run with the text; tabs and line breaks become elements."""
        made = self.element("r")
        if base is not None and len(base):
            made.append(deepcopy(base))
        for piece in _PIECES.findall(legal(text)):
            if piece in "\t\n":
                made.append(self.element("tab" if piece == "\t" else "br"))
            else:
                made.append(self.text("delText" if deleted else "t", piece))
        return made

    def text(self, local: str, text: str) -> Element:
        """Return `w:t`, `w:instrText` or such with the text."""
        made = self.element(local)
        made.text = text
        if text != text.strip():
            made.set(_SPACE, "preserve")
        return made

    def character(self, kind: str, base: Element | None = None) -> Element:
        """Return the run of a field's begin, separate or end."""
        made = self.run("", base)
        made.append(self.element("fldChar", fldCharType=kind))
        return made

    def field(self, code: str, result: Sequence[Element], base: Element | None = None) -> list[Element]:
        """Return the runs of a field with its code around the runs of its result."""
        told = self.run("", base)
        told.append(self.text("instrText", f" {legal(code)} "))
        begin = [self.character("begin", base), told, self.character("separate", base)]
        return [*begin, *result, self.character("end", base)]

    def runs(self, events: Iterable[Event], base: Element | None = None) -> list[Element]:
        """Return the runs of rendered text, each in the format `base` with what the style adds."""
        made: list[Element] = []
        marks: list[tuple[str, str]] = []
        for event in events:
            if isinstance(event, Mark):
                marks.append((event.kind, event.value))
                if made and marks[-1] in _BREAKS:
                    made.append(self.run(_BREAKS[marks[-1]], base))
            elif isinstance(event, Close):
                _drop(marks, (event.mark.kind, event.mark.value))
            elif isinstance(event, str) and event:
                made.append(self.run(event, self.formatted(base, marks)))
        return merged(made)

    def formatted(self, base: Element | None, marks: Iterable[tuple[str, str]]) -> Element:
        """Return a `w:rPr` of the base with formats of CSL, in the order that the schema asks for."""
        made = deepcopy(base) if base is not None else self.element("rPr")
        for mark in marks:
            for local, value in _FORMATS.get(mark, ()):
                put_property(made, self.element(local, **({"val": value} if value else {})))
        return made


def _drop(marks: list[tuple[str, str]], mark: tuple[str, str]) -> None:
    for place in range(len(marks) - 1, -1, -1):
        if marks[place] == mark:
            del marks[place]
            return


def put_property(properties: Element, one: Element) -> None:
    """Put a property into a `w:rPr` at its place, instead of one of that name."""
    name = local_name(one)
    for other in [kid for kid in properties if local_name(kid) == name]:
        properties.remove(other)
    rank = _RANK.get(name, len(_ORDER))
    place = next((n for n, kid in enumerate(properties) if _RANK.get(local_name(kid), len(_ORDER)) > rank), None)
    properties.insert(len(properties) if place is None else place, one)


def legal(text: str) -> str:
    """Return the text without characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


def properties_of(run: Element | None) -> Element | None:
    """Return the `w:rPr` of a run."""
    return next((kid for kid in run if local_name(kid) == "rPr"), None) if run is not None else None


def plain_properties(run: Element | None, without: frozenset[str] = TOGGLES) -> Element | None:
    """Return a copy of the format of a run without what a style sets by itself; None where nothing is left."""
    found = properties_of(run)
    if found is None:
        return None
    made = deepcopy(found)
    made.tail = None
    for kid in list(made):
        if local_name(kid) in without or local_name(kid) in ("ins", "del", "rPrChange", "moveFrom", "moveTo"):
            made.remove(kid)
    return made if len(made) else None


def signature(runs: Iterable[Element], without: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return format and text of runs, neighbours of one format as one: what makes two stretches look the same.

    Formats `without` do not count.
    """
    found: list[tuple[str, str]] = []
    for run in runs:
        properties, text = "", ""
        for kid in run:
            name = local_name(kid)
            if name == "rPr":
                properties = "".join(
                    f"{local_name(one)}{sorted(one.attrib.items())}"
                    for one in kid
                    if isinstance(one.tag, str) and local_name(one) not in without
                )
            else:
                text += {"t": kid.text or "", "delText": kid.text or "", "tab": "\t", "br": "\n"}.get(name, f"<{name}>")
        if found and found[-1][0] == properties:
            found[-1] = (properties, found[-1][1] + text)
        elif text:
            found.append((properties, text))
    return found


def merged(runs: list[Element]) -> list[Element]:
    """Return the runs with neighbours of one format made one."""
    made: list[Element] = []
    last: list[tuple[str, str]] = []
    for run in runs:
        mine = signature([run])
        if made and mine and last and mine[0][0] == last[0][0]:
            for kid in [kid for kid in run if local_name(kid) != "rPr"]:
                _join(made[-1], kid)
        else:
            made.append(run)
            last = mine
    return made


def _join(run: Element, kid: Element) -> None:
    before = run[-1] if len(run) else None
    if before is not None and local_name(kid) == "t" == local_name(before):
        before.text = (before.text or "") + (kid.text or "")
        if before.text != before.text.strip():
            before.set(_SPACE, "preserve")
    else:
        run.append(kid)


def preserve(element: Element) -> None:
    """Keep the outer spaces of a `w:t` or such."""
    text = element.text or ""
    if text != text.strip():
        element.set(_SPACE, "preserve")


def text_of_runs(runs: Iterable[Element]) -> str:
    """Return the plain text of runs."""
    return "".join(text for _, text in signature(runs))
