"""New notes: their text in the part of notes, which is made where there is none, and their marks in the text."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from citetool.xmlio import attribute, children, descendants, local_name

from .content import Maker, plain_properties, properties_of
from .opc import BODY
from .parts import NOTES
from .styles import NOTE_MARK, NOTE_TEXT, style_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.documents.model import Location
    from citetool.xmlio import Element

    from .parts import Parts

# What a paragraph keeps for itself: changes, sections, numbers.
_OWN = frozenset({"rPr", "sectPr", "pPrChange", "numPr", "keepNext", "keepLines"})


class NoteMaker:
    """Makes notes of one kind that look like those of the document."""

    def __init__(self, parts: Parts, kind: Location) -> None:
        """Look at the notes that there are, before any of them changes."""
        self.parts = parts
        self.kind = kind
        self.part = NOTES[kind]
        root = parts.get(self.part)
        self.make = Maker(root if root is not None else parts.roots[BODY])
        notes = children(root, kind)
        numbers = [attribute(one, "id") for one in notes]
        self._next = max([0, *(int(one) for one in numbers if one.lstrip("-").isdigit())]) + 1
        real = [one for one in notes if attribute(one, "type") in ("", "normal")]
        self._example = next((one for note in real for one in children(note, "p")), None)
        self._mark = self._example_mark()

    def _example_mark(self) -> Element | None:
        """Return the format of the first mark in the text."""
        for one in descendants(self.parts.roots[BODY], f"{self.kind}Reference"):
            run = one.getparent()
            if run is not None and local_name(run) == "r":
                found = properties_of(run)
                return deepcopy(found) if found is not None else None
        return None

    def base(self) -> Element | None:
        """Return the format of the words in the document's own notes."""
        for run in children(self._example, "r"):
            if any(local_name(kid) == "t" and (kid.text or "").strip() for kid in run):
                found = plain_properties(run)
                for kid in list(found) if found is not None else ():
                    if found is not None and local_name(kid) == "rStyle":
                        found.remove(kid)
                return found
        return None

    def number(self) -> str:
        """Return the id of the next note."""
        self._next += 1
        return str(self._next - 1)

    def mark(self, own: str) -> Element:
        """Return the run with the mark of a note in the text."""
        run = self._styled(self._mark)
        run.append(self.make.element(f"{self.kind}Reference", id=own))
        return run

    def _styled(self, look: Element | None) -> Element:
        if look is not None:
            return self.make.element("r", deepcopy(look))
        style = style_id(self.parts, NOTE_MARK[self.kind])
        named = self.make.element("rStyle", val=style) if style else self.make.element("vertAlign", val="superscript")
        return self.make.element("r", self.make.element("rPr", named))

    def add(self, own: str, runs: Sequence[Element]) -> None:
        """Put a note with these runs into the part of notes."""
        root = self._root()
        sign = self._styled(self._sign())
        sign.append(self.make.element(f"{self.kind}Ref"))
        space = self.make.run(" ", self.base())
        paragraph = self.make.element("p", *self._paragraph(), sign, space, *runs)
        root.append(self.make.element(self.kind, paragraph, id=own))

    def arrange(self) -> None:
        """Put the notes in the order of their marks, and number their ids so.

        LibreOffice takes the notes one by one from the first id on, whatever the marks say.
        """
        root = self._root()
        marks = list(descendants(self.parts.roots[BODY], f"{self.kind}Reference"))
        order = {own: n for n, own in enumerate(dict.fromkeys(attribute(one, "id") for one in marks))}
        notes = children(root, self.kind)
        real = [one for one in notes if attribute(one, "type") in ("", "normal")]
        others = [attribute(one, "id") for one in notes if one not in real]
        first = max([0, *(int(own) for own in others if own.lstrip("-").isdigit())]) + 1
        new: dict[str, str] = {}
        name = self.make.name("id")
        for number, one in enumerate(sorted(real, key=lambda one: order.get(attribute(one, "id"), len(order))), first):
            new[attribute(one, "id")] = str(number)
            one.set(name, str(number))
            root.append(one)
        for mark in marks:
            mark.set(name, new.get(attribute(mark, "id"), attribute(mark, "id")))

    def _sign(self) -> Element | None:
        for run in children(self._example, "r"):
            if any(local_name(kid) == f"{self.kind}Ref" for kid in run):
                return properties_of(run)
        return self._mark

    def _paragraph(self) -> list[Element]:
        found = next(iter(children(self._example, "pPr")), None)
        if found is not None:
            made = deepcopy(found)
            for kid in list(made):
                if local_name(kid) in _OWN:
                    made.remove(kid)
            return [made]
        style = style_id(self.parts, NOTE_TEXT[self.kind])
        return [self.make.element("pPr", self.make.element("pStyle", val=style))] if style else []

    def _root(self) -> Element:
        if self.parts.get(self.part) is not None:
            return self.parts.change(self.part)
        body = self.parts.roots[BODY]
        root = etree.Element(self.make.name(f"{self.kind}s"), nsmap=body.nsmap)  # type: ignore[arg-type]
        for own, kind in (("-1", "separator"), ("0", "continuationSeparator")):
            look = self.make.element("pPr", self.make.element("spacing", after="0", line="240", lineRule="auto"))
            run = self.make.element("r", self.make.element(kind))
            root.append(self.make.element(self.kind, self.make.element("p", look, run), type=kind, id=own))
        return self.parts.add(self.part, root)
