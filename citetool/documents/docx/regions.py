"""The stretch of a story that a citation takes up, as runs that can be written over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from citetool.documents.story import MARK
from citetool.xmlio import attribute, children, descendants, local_name

from .content import plain_properties, preserve
from .runs import (
    SOLID,
    clear_text,
    elements_between,
    insert_before,
    paragraph_of,
    remove,
    run_of,
    runs_between,
    split_run,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.xmlio import Element

    from .stories import Field, Story

# Content controls of programs; others are the author's, and stay.
_TAGS = ("MENDELEY_", "Citavi")
_KEPT = frozenset({"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"})


class Hindrance(Exception):  # noqa: N818 - it is no fault of the program
    """Why a citation cannot be written over; its text is for the user."""


@dataclass(slots=True)
class Region:
    """The runs that a citation takes up: new ones come before `anchor`, and `gone` goes.

    `base` is the format of the text without what a style adds, `result` the runs that it shows now.
    """

    anchor: Element
    gone: list[Element]
    base: Element | None = None
    result: list[Element] = field(default_factory=list)

    def replace(self, new: list[Element]) -> None:
        """Put the new runs in the place of what is there."""
        place = etree.Element(self.anchor.tag)  # the anchor itself may be among the new runs
        self.anchor.addprevious(place)
        insert_before(place, new)
        remove(place)
        for one in self.gone:
            holder = one.getparent()
            remove(one)
            while holder is not None and local_name(holder) in ("ins", "hyperlink", "smartTag", "moveTo", "del"):
                if next(descendants(holder, "r", *_KEPT), None) is not None:
                    break
                emptied, holder = holder, holder.getparent()
                remove(emptied)


def marker_region(story: Story, start: int, end: int, *, whole: bool = False) -> Region:
    """Return the region of typed text, taken out already unless its `whole` runs are to stay for now.

    Raises Hindrance where a note or a picture stands in the midst of it.
    """
    if MARK in story.text[start:end]:
        raise Hindrance("a note stands in the midst of it")
    first = elements_between(story, start, end)
    if not first:
        raise Hindrance("its text is not there any more")
    base = plain_properties(run_of(first[0][1]))
    if whole:
        runs = runs_between(story, start, end)
        _check(runs)
        return Region(runs[0], runs, base)
    anchor = clear_text(story, start, end)
    assert anchor is not None
    return Region(anchor, [anchor], base)


def field_region(one: Field) -> Region:
    """Return the region of a field. Raises Hindrance where it goes over paragraphs or holds notes or pictures."""
    outer = _outer(one)
    if outer is not None:
        return _control(outer)
    if one.sort == "simple":
        return _element(one.first)
    if one.sort == "bookmark":
        return _bookmarked(one)
    return _complex(one)


def _outer(one: Field) -> Element | None:
    """Return the content control of a program that holds nothing but the field, if there is one."""
    found = one.first if one.sort == "control" else None
    holder = one.inside
    while holder is not None and holder.sort == "control" and (holder.start, holder.end) == (one.start, one.end):
        if is_program_control(holder.first):
            found = holder.first
        holder = holder.inside
    return found


def is_program_control(control: Element) -> bool:
    """Return whether a content control belongs to a program for citations, Word's own among them."""
    for properties in children(control, "sdtPr"):
        for one in properties:
            name = local_name(one)
            if name in ("citation", "bibliography"):
                return True
            if name == "tag" and attribute(one, "val").startswith(_TAGS):
                return True
    return False


def _control(control: Element) -> Region:
    content = next(iter(children(control, "sdtContent")), None)
    paragraph = next(iter(children(content, "p")), None)
    if content is None or paragraph is None:
        return _element(control)
    if len(children(content, "p", "tbl")) > 1:
        raise Hindrance("it goes over several paragraphs")
    unwrap(control)
    runs = [run for run in paragraph.iter() if local_name(run) == "r"]
    if not runs:
        raise Hindrance("it holds no text")
    return _region(runs)


def unwrap(control: Element) -> None:
    """Put the content of a content control in its place."""
    for content in children(control, "sdtContent"):
        insert_before(control, list(content))
    remove(control)


def _element(element: Element) -> Region:
    runs = list(descendants(element, "r"))
    _check(runs)
    kept = [one for one in descendants(element, *_KEPT) if local_name(one).startswith("bookmark")]
    insert_before(element, kept)
    return Region(element, [element], _base(None, shown(runs)), shown(runs))


def _complex(one: Field) -> Region:
    if one.last is None or paragraph_of(one.first) is not paragraph_of(one.last):
        raise Hindrance("it goes over several paragraphs")
    first = split_run(run_of(one.first), one.first)
    behind = one.last.getnext()
    if behind is not None:
        split_run(run_of(one.last), behind)
    last = run_of(one.last)
    return _region(list(_runs(first, last)), first)


def _runs(first: Element, last: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph from one to another."""
    if first.getparent() is last.getparent():
        run: Element | None = first
        while run is not None:
            yield from (one for one in run.iter() if local_name(one) == "r")
            if run is last:
                return
            run = run.getnext()
        raise Hindrance("it ends before it begins")
    paragraph = paragraph_of(first)
    inside = False
    for one in paragraph.iter() if paragraph is not None else ():
        inside = inside or one is first
        if inside and local_name(one) == "r":
            yield one
        if one is last:
            return


def _bookmarked(one: Field) -> Region:
    last = one.last
    if last is None or paragraph_of(one.first) is not paragraph_of(last):
        raise Hindrance("it goes over several paragraphs")
    runs = []
    equal = []  # programs put two bookmarks round one citation
    after = one.first.getnext()
    while after is not None and after is not last:
        runs += [run for run in after.iter() if local_name(run) == "r"]
        if local_name(after) == "bookmarkStart" and attribute(after, "name") == one.code:
            equal.append(attribute(after, "id"))
            runs.append(after)
        after = after.getnext()
    if not runs:
        raise Hindrance("it shows no text")
    region = _region([run for run in runs if local_name(run) == "r"])
    ends = [end for end in descendants(paragraph_of(last), "bookmarkEnd") if attribute(end, "id") in equal]
    region.gone += [one.first, last, *(run for run in runs if local_name(run) != "r"), *ends]
    return region


def wrap_control(one: Field, field: list[Element]) -> bool:
    """Put the runs of an empty field around the paragraphs of a control, which goes; return whether it has any."""
    paragraphs = children(next(iter(children(one.first, "sdtContent")), None), "p")
    if not paragraphs:
        return False
    unwrap(one.first)
    look = next(iter(children(paragraphs[0], "pPr")), None)
    for run in reversed(field[:-1]):
        if look is None:
            paragraphs[0].insert(0, run)
        else:
            look.addnext(run)
    paragraphs[-1].append(field[-1])
    return True


def strip_code(one: Field) -> None:
    """Take the code of a field away, and the control around it; what it shows stays."""
    if one.sort == "control":
        unwrap(one.first)
        return
    holder = one.inside
    while holder is not None:
        if holder.sort == "control" and is_program_control(holder.first):
            unwrap(holder.first)
        holder = holder.inside
    if one.sort != "complex" or one.last is None:
        return
    depth = 0
    code = True
    first = paragraph_of(one.first)
    root = first.getparent() if first is not None else None
    inside = False
    for kid in list(root.iter()) if root is not None else ():
        inside = inside or kid is one.first
        if not inside:
            continue
        kind = attribute(kid, "fldCharType") if local_name(kid) == "fldChar" else ""
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if kid is one.last or (code and (kind or local_name(kid) == "instrText")):
            run = run_of(kid)
            remove(kid)
            if not any(local_name(own) != "rPr" for own in run):
                remove(run)
        if kid is one.last:
            return
        code = code and not (kind == "separate" and depth == 1)


def recode(one: Field, code: str) -> None:
    """Change the code of a complex field, and nothing of what it shows."""
    depth = 0
    told: list[Element] = []
    paragraph = paragraph_of(one.first)
    for kid in list(paragraph.iter()) if paragraph is not None else ():
        name = local_name(kid)
        if kid is one.first:
            depth = 1
        elif depth and name == "fldChar":
            kind = attribute(kid, "fldCharType")
            if kind == "separate" and depth == 1:
                break
            depth += {"begin": 1, "end": -1}.get(kind, 0)
        elif depth == 1 and name == "instrText":
            told.append(kid)
    for data in children(one.first, "fldData"):
        remove(data)
    if told:
        told[0].text = f" {code} "
        preserve(told[0])
        for other in told[1:]:
            other.text = ""


def _region(runs: list[Element], first: Element | None = None) -> Region:
    _check(runs)
    found = shown(runs)
    return Region(runs[0], list(runs), _base(first, found), found)


def _check(runs: list[Element]) -> None:
    for run in runs:
        for kid in run:
            name = local_name(kid)
            if name in SOLID and name not in ("fldChar", "instrText"):
                raise Hindrance(f"it holds more than text ({name})")


def shown(runs: list[Element]) -> list[Element]:
    """Return the runs of a field that its reader sees; all where there is no field."""
    found: list[Element] = []
    depth: list[bool] = []
    for run in runs:
        kids = {local_name(kid): kid for kid in run}
        if "fldChar" in kids:
            kind = attribute(kids["fldChar"], "fldCharType")
            if kind == "begin":
                depth.append(False)
            elif kind == "separate" and depth:
                depth[-1] = True
            elif depth:
                depth.pop()
        elif all(depth) and not {"instrText", "delText", "delInstrText"} & kids.keys():
            found.append(run)
    return found


def _base(first: Element | None, result: list[Element]) -> Element | None:
    return plain_properties(result[0]) if result else plain_properties(first)
