"""The bibliography of a Word document: a field over paragraphs in the document's own style, or plain paragraphs."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.xmlio import children, descendants, local_name

from .content import Maker, signature
from .opc import BODY
from .regions import is_program_control, shown, unwrap
from .runs import paragraph_of, remove, run_of, split_run
from .styles import BIBLIOGRAPHY, style_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.documents.model import Rendering
    from citetool.xmlio import Element

    from .parts import Parts
    from .stories import Field

# A paragraph of its own: pandoc's place for the bibliography, as it can be typed.
_TYPED = lazy(r"\s*(?::{3,}\s*)?\{\s*#refs\b[^}]*\}(?:\s*:{3,})?\s*\Z")
_KEPT = frozenset({"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"})


class BibliographyWriter:
    """Writes the entries of a rendering where the document has its bibliography, or at the end."""

    def __init__(self, parts: Parts, rendering: Rendering, code: str) -> None:
        """Write a field with that code, plain paragraphs where it is empty."""
        self.parts = parts
        self.rendering = rendering
        self.code = code
        self.make = Maker(parts.roots[BODY])

    def paragraphs(self, look: Element | None) -> list[Element]:
        """Return the entries as paragraphs; `look` is the `w:pPr` of those that were there before."""
        if look is None:
            style = style_id(self.parts, BIBLIOGRAPHY, hanging=self.rendering.hanging_indent)
            look = self.make.element("pPr", *([self.make.element("pStyle", val=style)] if style else []))
        made = []
        for entry in self.rendering.entries:
            runs = self.make.runs(entry.content.events)
            made.append(self.make.element("p", *([deepcopy(look)] if len(look) else []), *runs))
        if self.code and made:
            first = made[0]
            opening = self.make.field(self.code, [])
            place = 1 if len(first) and local_name(first[0]) == "pPr" else 0
            for one in reversed(opening[:-1]):
                first.insert(place, one)
            made[-1].append(opening[-1])
        return made

    def replace(self, one: Field) -> str:
        """Put the entries in the place of a bibliography; return why that cannot be, or nothing."""
        paragraphs = self._stretch(one)
        if paragraphs is None:
            return "it does not stand in paragraphs of its own"
        look = _look(paragraphs)
        new = self.paragraphs(look)
        if one.sort == "complex" and self.code.split() == one.code.split():
            old = [signature(shown_in(paragraph, one)) for paragraph in paragraphs]
            if [line for line in old if line] == [signature(shown(list(descendants(p, "r")))) for p in new]:
                return ""
        self.parts.change(BODY)
        outside = _outside(one, paragraphs)
        if one.sort == "bookmark" and one.last is not None:
            remove(one.first)
            remove(one.last)
        leads = any(_has_text(kid) for kid in paragraphs[0] if kid in outside and len(paragraphs) > 1)
        for paragraph in reversed(new) if leads else new:
            if leads:
                paragraphs[0].addnext(paragraph)
            else:
                paragraphs[0].addprevious(paragraph)
        self._clear(paragraphs, new, outside)
        return ""

    def _stretch(self, one: Field) -> list[Element] | None:
        """Return the paragraphs of a bibliography, freed of the control of its program."""
        if one.sort == "control":
            content = next(iter(children(one.first, "sdtContent")), None)
            found = children(content, "p")
            if not found:
                return None
            unwrap(one.first)
            return found
        last = one.last
        if last is None:
            return None
        first = paragraph_of(one.first)
        if first is None:  # the mark of a bookmark may stand between paragraphs
            first = next((other for other in one.first.itersiblings() if local_name(other) == "p"), None)
        final = paragraph_of(last)
        if final is None:
            final = next((other for other in last.itersiblings(preceding=True) if local_name(other) == "p"), None)
        found = []
        holder = one.inside
        while holder is not None:
            if holder.sort == "control" and is_program_control(holder.first):
                unwrap(holder.first)
                self.parts.change(BODY)
            holder = holder.inside
        while first is not None:
            if local_name(first) == "p":
                found.append(first)
            if first is final:
                return found
            first = first.getnext()
        return None

    def _clear(self, paragraphs: list[Element], new: list[Element], outside: set[Element]) -> None:
        """Take away what the bibliography was; what stands before or behind it in its paragraphs stays."""
        kept = [kid for paragraph in paragraphs for kid in paragraph if local_name(kid) in _KEPT]
        for paragraph in paragraphs:
            holds_section = any(local_name(kid) == "sectPr" for look in children(paragraph, "pPr") for kid in look)
            mine = [kid for kid in paragraph if kid in outside]
            if any(_has_text(kid) for kid in mine) or holds_section:
                for kid in list(paragraph):
                    if kid not in mine and local_name(kid) not in ("pPr", *_KEPT):
                        paragraph.remove(kid)
                kept = [kid for kid in kept if kid.getparent() is not paragraph]
            else:
                remove(paragraph)
        for kid in kept if new else ():
            new[0].append(kid)

    def at_mark(self, marked: Sequence[Element]) -> None:
        """Put the entries in the place of a typed mark, or at the end of the text."""
        body = self.parts.change(BODY)
        new = self.paragraphs(None)
        if marked:
            for paragraph in new:
                marked[0].addprevious(paragraph)
            for paragraph in marked:
                remove(paragraph)
            return
        text = next(iter(children(body, "body")), body)
        section = next((kid for kid in reversed(text) if local_name(kid) == "sectPr"), None)
        for paragraph in new:
            if section is None:
                text.append(paragraph)
            else:
                section.addprevious(paragraph)


def marked_paragraphs(body: Element) -> list[Element]:
    """Return the paragraphs whose only text marks the place of the bibliography."""
    return [
        one
        for one in descendants(body, "p")
        if len(one) and _TYPED.match("".join(t.text or "" for t in descendants(one, "t")))
    ]


def shown_in(paragraph: Element, one: Field) -> list[Element]:
    """Return the runs of a paragraph that belong to the result of the field."""
    runs = list(descendants(paragraph, "r"))
    begin = run_of(one.first)
    if begin in runs:
        return shown(runs[runs.index(begin) :])
    return [run for run in shown(runs) if local_name(run) == "r"] if runs else []


def _look(paragraphs: list[Element]) -> Element | None:
    """Return the format of the first paragraph that shows an entry, without a section's end in it."""
    for paragraph in paragraphs:
        for look in children(paragraph, "pPr"):
            if any(_has_text(run) for run in children(paragraph, "r", "hyperlink", "sdt")):
                made = deepcopy(look)
                made.tail = None
                for kid in list(made):
                    if local_name(kid) in ("sectPr", "rPr", "pPrChange"):
                        made.remove(kid)
                return made
    return None


def _has_text(element: Element) -> bool:
    return any((one.text or "").strip() for one in element.iter() if local_name(one) == "t")


def _outside(one: Field, paragraphs: list[Element]) -> set[Element]:
    """Return the children of the first and the last paragraph that stand before and behind the field."""
    if one.sort not in ("complex", "bookmark") or one.last is None:
        return set()
    first, last = one.first, one.last
    if one.sort == "complex":
        first = split_run(run_of(one.first), one.first)
        behind = one.last.getnext()
        if behind is not None:
            split_run(run_of(one.last), behind)
        last = run_of(one.last)
    found: set[Element] = set()
    for paragraph, edge, before in ((paragraphs[0], first, True), (paragraphs[-1], last, False)):
        kids = list(paragraph)
        at = next((n for n, kid in enumerate(kids) if kid is edge or edge in kid.iter()), None)
        if at is not None:
            found.update(kid for kid in (kids[:at] if before else kids[at + 1 :]) if local_name(kid) != "pPr")
    return found
