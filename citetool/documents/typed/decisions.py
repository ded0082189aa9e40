"""Decisions of the author about typed citations: one by one, or from a report of `doc restyle`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citetool.problems import InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from .citation import TypedCitation

NEW, OLD = "new", "old"
KEPT = "it was decided to keep it"
Decisions = dict[tuple[str, int, int], str]


def read_decisions(path: Path) -> Decisions:
    """Return what a report says under `take` of each citation, by kind and number of the note and of the citation.

    `new` restyles a citation that is not sure, `old` keeps one that is. Raises InputError for a file that is no report
    or has another word.
    """
    where = Where(str(path))
    try:
        report = json.loads(path.read_bytes())
        notes = report["notes"]
        found = [
            (note["where"], note["note"], number, one["take"])
            for note in notes
            for number, one in enumerate(note["citations"], 1)
            if one.get("take")
        ]
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {str(error.strerror).lower()}", where)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        hint = "make one with: citetool doc restyle ... --report FILE.json"
        raise InputError(Problem("this is no report of doc restyle", where, hint)) from None
    for kind, note, number, take in found:
        if take not in (NEW, OLD):
            message = f"{kind} {note}, citation {number}: {take!r} is no decision"
            raise InputError(Problem(message, where, f"write {NEW!r} or {OLD!r}"))
    return {(kind, note, number): take for kind, note, number, take in found}


def decide(citations: list[TypedCitation], decisions: Mapping[tuple[str, int, int], str]) -> list[Problem]:
    """Carry the decisions out; return a warning for each that is about no citation of the document."""
    left = dict(decisions)
    for citation in citations:
        take = left.pop((citation.note.kind, citation.note.number, citation.number), "")
        if take:
            _take(citation, new=take == NEW)
    return [
        Problem(f"{kind} {note} has no citation {number}, which was decided about", severity="warning")
        for kind, note, number in left
    ]


def ask(citations: list[TypedCitation], question: Callable[[TypedCitation, dict[str, Any]], bool]) -> None:
    """Ask about each citation that is not sure; what goes back to it is asked about only if it stays doubtful."""
    for citation in citations:
        if citation.doubt and not _means_nothing(citation):
            _take(citation, new=question(citation, citation.as_dict()))


def _means_nothing(citation: TypedCitation) -> bool:
    """Return whether it is an ibid. of nothing, which no decision gives a source."""
    return citation.kind == "ibid" and citation.goes_back_to is None


def _take(citation: TypedCitation, *, new: bool) -> None:
    if new and _means_nothing(citation):
        return
    citation.reason = "" if new else KEPT
    if new and citation.doubt:  # it goes back to what is not sure, and is taken as it was read
        citation.goes_back_to = None
