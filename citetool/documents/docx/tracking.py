"""Tracked changes of Word: runs that go, runs that come, each by itself to be accepted or rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.xmlio import attribute, children, descendants, local_name

from .runs import insert_before, remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetool.documents.model import Tracking
    from citetool.xmlio import Element

    from .content import Maker

CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
_MARKS = frozenset({"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"})
_COMING = ("ins", "moveTo")
# What a letter or a code is called in a deletion (ISO/IEC 29500-1, 17.3.3.7 and 17.16.13).
_GONE = {"t": "delText", "instrText": "delInstrText"}


class Tracker:
    """Makes the marks of tracked changes of one author and day."""

    def __init__(self, make: Maker, roots: Iterable[Element], tracking: Tracking) -> None:
        """Go on with the numbers of the changes in these trees."""
        self.make = make
        self.tracking = tracking
        used = [
            int(own) for root in roots for one in descendants(root, *CHANGES) if (own := attribute(one, "id")).isdigit()
        ]
        self._next = max([0, *used]) + 1

    def mark(self, name: str) -> Element:
        """Return a new `w:ins` or `w:del`."""
        self._next += 1
        return self.make.element(name, id=str(self._next - 1), author=self.tracking.author, date=self.tracking.date)

    def inserted(self, runs: Sequence[Element]) -> list[Element]:
        """Return the runs as a tracked insertion; nothing where there are none."""
        if not runs:
            return []
        made = self.mark("ins")
        made.extend(runs)
        return [made]

    def delete(self, elements: Iterable[Element]) -> None:
        """Mark runs as deleted. Those that this author has put in, and nobody has accepted yet, just go."""
        last: Element | None = None
        for one in elements:
            holder = one.getparent()
            if holder is None or local_name(one) in _MARKS or local_name(holder) in ("del", "moveFrom"):
                continue
            if self._is_own(holder):
                remove(one)
                if next(descendants(holder, "r", *_MARKS), None) is None:
                    remove(holder)
                continue
            for part in self._as_runs(one):
                if last is None or part.getprevious() is not last:
                    last = self.mark("del")
                    part.addprevious(last)
                last.append(part)
                self._strike(part)

    def replace(self, gone: Sequence[Element], new: Sequence[Element]) -> None:
        """Mark elements as deleted, and put new runs behind them as an insertion."""
        place = etree.Element(gone[-1].tag)
        gone[-1].addnext(place)
        self._lift(place)
        self.delete(gone)
        insert_before(place, self.inserted(new))
        remove(place)

    def put_behind(self, run: Element, new: Sequence[Element]) -> None:
        """Put new runs behind one as an insertion, which stands in no other."""
        place = etree.Element(run.tag)
        run.addnext(place)
        self._lift(place)
        insert_before(place, self.inserted(new))
        remove(place)

    def _is_own(self, holder: Element) -> bool:
        return local_name(holder) == "ins" and attribute(holder, "author") == self.tracking.author

    def _as_runs(self, element: Element) -> list[Element]:
        """Return what a deletion may hold in the place of an element; it cannot hold a simple field."""
        if local_name(element) != "fldSimple":
            return [element]
        runs = list(element)
        told = self.make.run("")
        told.append(self.make.text("instrText", attribute(element, "instr")))
        make = self.make.character
        made = [make("begin"), told, make("separate"), *runs, make("end")]
        insert_before(element, made)
        remove(element)
        return [one for one in made if local_name(one) not in _MARKS]

    def _strike(self, element: Element) -> None:
        for kid in list(element.iter()):
            name = local_name(kid)
            if name in _GONE:
                kid.tag = self.make.name(_GONE[name])

    def _lift(self, place: Element) -> None:
        """Bring a place out of the insertions around it, which are cut there: none may stand in another."""
        holder = place.getparent()
        while holder is not None and local_name(holder) in _COMING:
            behind = list(place.itersiblings())
            if behind:
                other = self.mark(local_name(holder))
                for name in ("author", "date"):
                    if attribute(holder, name):
                        other.set(self.make.name(name), attribute(holder, name))
                other.extend(behind)
                holder.addnext(other)
            holder.addnext(place)
            if not children(holder):
                remove(holder)
            holder = place.getparent()
