"""Variables that the `note` of an item holds: lines `variable: value` at its head, or `{:variable: value}`.

Reference managers have no field for many variables of CSL, so their users write them into the note, and citeproc-js
reads them from there. The rules are those of citeproc-js, which is what users of Zotero see: a name is in small
letters or in capitals (`original-date`, `DOI`), the first line may be words, and lines are read up to the first one
after it that is no variable. What is read is no longer part of the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy
from citetool.struct import NamedTuple

from .variables import DATE_VARIABLES, KINDS, NAME_VARIABLES, UNPRINTED

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = lazy(r"([-_a-z]+|[A-Z]+):\s*([^}]+)")
_BRACED = lazy(r"(\{:(?:[-_a-z]+|[A-Z]+):[^}]+\})")
_TYPE = frozenset({"type"})


class NoteLine(NamedTuple):
    """One line of a note; `name` and `value` are empty in a line that is words."""

    text: str
    name: str = ""
    value: str = ""


def split_note(note: str) -> list[NoteLine]:
    """Return the lines of a note in order, with braced variables on lines of their own."""
    lines = note.split("\n")
    if "{:" in note:
        lines = [part for number, line in enumerate(lines) for part in _unbrace(line, number == 0)]
    found: list[NoteLine] = []
    for number, line in enumerate(lines):
        match = _LINE.fullmatch(line)
        if match:
            found.append(NoteLine(line, match[1], match[2].strip()))
        elif number and line.strip():
            return found + [NoteLine(rest) for rest in lines[number:]]
        else:
            found.append(NoteLine(line))
    return found


def _unbrace(line: str, is_first: bool) -> list[str]:
    """Return the line, cut at each braced variable up to words that stand before one.

    Only the words before the first variable of the first line are passed over.
    """
    if "{:" not in line:
        return [line]
    pieces = _BRACED.split(line)
    parts = [pieces[0]]
    for at in range(1, len(pieces), 2):
        words = pieces[at - 1]
        if words.strip() and not (is_first and at == 1) and not _LINE.fullmatch(words):
            parts[-1] += "".join(pieces[at:])
            break
        parts += [pieces[at][2:-1].strip(), pieces[at + 1]]
    return parts


def with_note_variables(
    item: Mapping[str, Any], *, over: frozenset[str] = _TYPE, keep_unknown: bool = False
) -> dict[str, Any] | None:
    """Return the item with the variables of its note as its own and without them in the note; None if it has none.

    The type, dates and the variables in `over` replace what the item has; of others the item's own value stands, and
    a line that says another stays in the note. A name is `family || given`, and several lines may name people of one
    variable. Variables that CSL does not know are read as well, unless `keep_unknown` leaves them in the note.
    """
    note = item.get("note")
    if not isinstance(note, str) or ":" not in note:
        return None
    found: dict[str, Any] = {}
    kept: list[str] = []
    lines = split_note(note)
    for text, name, value in lines:
        known = name in KINDS or name in UNPRINTED
        if not value or name == "note" or (keep_unknown and not known):
            kept.append(text)
        elif name in DATE_VARIABLES:
            found[name] = {"raw": value}
        elif name not in over and (own := item.get(name)):
            if own != value:
                kept.append(text)
        elif name in NAME_VARIABLES:
            family, _, given = (part.strip() for part in value.partition("||"))
            found.setdefault(name, []).append({"family": family, "given": given} if given else {"literal": family})
        else:
            found.setdefault(name, value)
    if len(kept) == len(lines):
        return None
    return {**item, **found, "note": "\n".join(kept).strip()}
