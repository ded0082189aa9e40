"""A bibliography in another style as tracked changes: entry by entry, in the paragraphs that are there."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from citetool.xmlio import attribute, children, descendants, local_name

from .content import plain_properties, put_property, signature
from .opc import BODY
from .regions import shown
from .runs import paragraph_of, run_of, split_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.xmlio import Element

    from .bibliography import BibliographyWriter
    from .stories import Field
    from .tracking import Tracker


def replace_tracked(one: Field, writer: BibliographyWriter, tracker: Tracker) -> str:
    """Put the entries in the place of a bibliography as tracked changes; return why that cannot be, or nothing.

    Each entry takes the paragraph of the one before. Those that are fewer strike some out; those that are more stand
    on lines of the last one, so that no paragraph comes that is to be rejected by itself. The field stays, and its code
    becomes that of the writer.
    """
    paragraphs = _paragraphs(one)
    if not paragraphs:
        return "it does not stand in paragraphs of its own"
    results = [_result(paragraph, one) for paragraph in paragraphs]
    entries = [writer.make.runs(entry.content.events) for entry in writer.rendering.entries]
    used = [number for number, runs in enumerate(results) if signature(_seen(runs))]
    if not used:
        return "it shows no entries"
    writer.parts.change(BODY)
    lines = _Lines(paragraphs, results, tracker)
    last = used[-1]
    for number, entry in zip(used[:-1], entries[:-1], strict=False):
        lines.put(number, entry)
    for number in used[len(entries) - 1 : -1]:
        lines.strike(number)
    rest = entries[len(used) - 1 :] or entries[-1:]
    for entry in rest[1:]:
        entry.insert(0, writer.make.run("\n"))
    lines.put(last, [run for entry in rest for run in entry])
    if one.sort == "complex" and writer.code and one.code.split() != writer.code.split():
        _recode(one, writer, tracker)
    return ""


def append_tracked(marked: Sequence[Element], writer: BibliographyWriter, tracker: Tracker) -> bool:
    """Put entries where a typed mark stands, or behind the last words of the text; return whether there is a place.

    They stand on lines of one insertion, so that no paragraph comes that is to be rejected by itself.
    """
    body = next(iter(children(writer.parts.roots[BODY], "body")), None)
    place = marked[0] if marked else next((kid for kid in reversed(children(body, "p"))), None)
    if place is None:
        return False
    old = _seen([run for run in descendants(place, "r") if not _is_gone(run)])
    runs: list[Element] = []
    for number, entry in enumerate(writer.rendering.entries):
        line = [writer.make.run("\n")] if number or (old and not marked) else []
        runs += [*line, *writer.make.runs(entry.content.events)]
    said, new = ("".join(text for _, text in signature(some)) for some in (old, runs))
    if said.endswith(new):
        return True  # of the last time
    writer.parts.change(BODY)
    if marked and old:
        tracker.replace(old, runs)
    else:
        place.extend(tracker.inserted(runs))
    return True


class _Lines:
    """The paragraphs of a bibliography with the runs that belong to it."""

    def __init__(self, paragraphs: list[Element], results: list[list[Element]], tracker: Tracker) -> None:
        self.paragraphs = paragraphs
        self.results = results
        self.tracker = tracker

    def put(self, number: int, entry: list[Element]) -> None:
        """Put an entry in the place of another one, unless it looks the same."""
        runs = self.results[number]
        base = plain_properties(_seen(runs)[0])
        for run in entry:
            _with_base(run, base)
        if signature(_seen(runs)) != signature(entry):
            self.tracker.replace(runs, entry)

    def strike(self, number: int) -> None:
        """Strike out an entry with its paragraph."""
        self.tracker.delete(self.results[number])
        self._mark(self.paragraphs[number])

    def _mark(self, paragraph: Element) -> None:
        """Mark the end of a paragraph as deleted (ISO/IEC 29500-1, 17.13.5.15)."""
        make = self.tracker.make
        look = next(iter(children(paragraph, "pPr")), None)
        if look is None:
            look = make.element("pPr")
            paragraph.insert(0, look)
        own = next(iter(children(look, "rPr")), None)
        if own is None:
            own = make.element("rPr")
            behind = next((kid for kid in look if local_name(kid) in ("sectPr", "pPrChange")), None)
            if behind is None:
                look.append(own)
            else:
                behind.addprevious(own)
        if not children(own, "del"):
            own.insert(0, self.tracker.mark("del"))


def _with_base(run: Element, base: Element | None) -> None:
    """Give a run of an entry the font and size of the one before."""
    if base is None:
        return
    own = next(iter(children(run, "rPr")), None)
    made = deepcopy(base)
    if own is None:
        run.insert(0, made)
        return
    for kid in list(own):
        put_property(made, kid)
    run.replace(own, made)


def _paragraphs(one: Field) -> list[Element]:
    if one.sort == "control":
        return children(next(iter(children(one.first, "sdtContent")), None), "p")
    last = one.last
    if one.sort != "complex" or last is None:
        return []
    split_run(run_of(one.first), one.first)
    behind = last.getnext()
    if behind is not None:
        split_run(run_of(last), behind)
    found: list[Element] = []
    paragraph, final = paragraph_of(one.first), paragraph_of(last)
    while paragraph is not None:
        if local_name(paragraph) == "p":
            found.append(paragraph)
        if paragraph is final:
            return found
        paragraph = paragraph.getnext()
    return []


def _result(paragraph: Element, one: Field) -> list[Element]:
    """Return the runs of a paragraph that the field shows, those of fields inside it among them."""
    runs = [run for run in descendants(paragraph, "r") if not _is_gone(run)]
    if one.sort == "control":
        return runs
    start = next((n + 1 for n, run in enumerate(runs) if _is_separator(run, one)), 0)
    stop = next((n for n, run in enumerate(runs) if one.last is not None and one.last in run), len(runs))
    return runs[start:stop]


def _is_separator(run: Element, one: Field) -> bool:
    """Return whether the code of the field ends in a run."""
    depth = 0
    paragraph = paragraph_of(one.first)
    inside = False
    for kid in descendants(paragraph, "fldChar") if paragraph is not None else ():
        inside = inside or kid is one.first
        if not inside:
            continue
        kind = attribute(kid, "fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if kind == "separate" and depth == 1:
            return run_of(kid) is run
    return False


def _seen(runs: list[Element]) -> list[Element]:
    return [run for run in shown(runs) if not any(local_name(kid) == "fldChar" for kid in run)]


def _is_gone(run: Element) -> bool:
    return any(local_name(one) in ("del", "moveFrom") for one in run.iterancestors())


def _recode(one: Field, writer: BibliographyWriter, tracker: Tracker) -> None:
    """Strike out the code of a field, and put another one behind it."""
    told: list[Element] = []
    run = run_of(one.first).getnext()
    while run is not None and not any(local_name(kid) == "fldChar" for kid in run):
        if any(local_name(kid) == "instrText" for kid in run):
            told.append(run)
        run = run.getnext()
    if told:
        new = writer.make.run("")
        new.append(writer.make.text("instrText", f" {writer.code} "))
        tracker.replace(told, [new])
