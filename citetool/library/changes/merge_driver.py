"""Two versions of a record file made one, field by field: what git asks a merge driver for.

Where both sides changed the same field otherwise, the file gets conflict marks around that field alone; citetool
refuses such a file with the line of the mark, until one side is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.library import door, files
from citetool.problems import CitetoolError, LibraryError, Problem, Where
from citetool.record.schema import FIELDS
from citetool.record.yamledit import edited
from citetool.record.yamltext import dump_yaml, parse_yaml

if TYPE_CHECKING:
    from pathlib import Path


def merge_files(base: Path, ours: Path, theirs: Path) -> bool:
    """Merge `theirs` into `ours`, both made from `base`; says whether there is no conflict. Raises LibraryError."""
    try:
        texts = [files.decoded(path.read_bytes(), str(path)) for path in (base, ours, theirs)]
        text, clean = merged_text(*texts)
        ours.write_text(text, encoding="utf-8")
    except OSError as error:
        raise LibraryError(Problem(f"cannot merge: {door.os_error_text(error)}", Where(str(ours)))) from None
    return clean


def merged_text(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """Return the text of ours with what theirs has changed, and whether they agree.

    Where they do not, or one side is no record, the text holds both between conflict marks.
    """
    try:
        old, mine, other = (_data(text) for text in (base, ours, theirs))
        changes, conflicts = three_way(old, mine, other)
        text = edited(ours, changes)
    except CitetoolError:
        return _marked(ours, theirs), False
    for name in conflicts:
        left, right = ({name: side[name]} if name in side else {} for side in (mine, other))
        try:
            text = edited(text, {name: None}) if name in mine else text
        except CitetoolError:
            return _marked(ours, theirs), False
        text += _marked(dump_yaml(left) if left else "", dump_yaml(right) if right else "")
    return text, not conflicts


def _data(text: str) -> dict[str, Any]:
    data = parse_yaml(text) if text.strip() else {}
    return data if isinstance(data, dict) else {}


def three_way(old: dict[str, Any], mine: dict[str, Any], other: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the top-level fields to change in mine (None: to remove), and those that both sides changed otherwise."""
    changes: dict[str, Any] = {}
    conflicts: list[str] = []
    for name in sorted({**mine, **other}, key=lambda name: list(FIELDS).index(name) if name in FIELDS else len(FIELDS)):
        before, left, right = old.get(name), mine.get(name), other.get(name)
        if right in (before, left):
            continue
        if left == before:
            changes[name] = right
        elif isinstance(left, dict) and isinstance(right, dict) and isinstance(before, (dict, type(None))):
            inner, clash = three_way(before or {}, left, right)
            if clash:
                conflicts.append(name)
            else:
                changes[name] = {n: v for n, v in {**left, **inner}.items() if v is not None}
        elif isinstance(left, list) and isinstance(right, list) and isinstance(before, (list, type(None))):
            gone = [item for item in before or [] if item not in right]
            changes[name] = [i for i in left if i not in gone] + [i for i in right if i not in left + (before or [])]
        else:
            conflicts.append(name)
    return changes, conflicts


def _marked(ours: str, theirs: str) -> str:
    return f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"
