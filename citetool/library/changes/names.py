"""Names taken into `repositories.yaml`: those of other files are added, what stands there stays as it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetool.library import authority, files
from citetool.problems import InputError, LibraryError, Problem, Where
from citetool.record.yamltext import dump_yaml, parse_yaml
from citetool.text import fold

from .journal import Edit
from .plans import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from citetool.formats.metadata.eac import Named
    from citetool.record.model import Plain


def plan_names(root: Path, names: Iterable[Named]) -> Plan:
    """Plan to add names that the library does not know yet, in any of their spellings; others are `kept`.

    Raises InputError where the file is no authority, LibraryError where it cannot be added to.
    """
    plan = Plan()
    known = authority.read_authority(root).spellings
    entries: dict[str, list[Plain]] = {}
    for named in names:
        spellings = known[named.part]
        if any(fold(name) in spellings for name in (named.name, *named.also)):
            plan.note("kept", named.name)
            continue
        spellings |= {fold(name): named.name for name in (named.name, *named.also)}
        facts: dict[str, Plain] = {
            "name": named.name,
            "place": named.place,
            "country": named.country,
            "also": list(named.also),
        }
        entries.setdefault(named.part, []).append({field: value for field, value in facts.items() if value})
        plan.note("added", named.name)
    if entries:
        try:
            before: bytes | None = files.read_bytes(root, authority.FILE)
        except FileNotFoundError:
            before = None
        text = files.decoded(before or b"", authority.FILE)
        plan.steps.append(Edit(authority.FILE, before, _added(text, entries, str(root / authority.FILE)).encode()))
    return plan


def _added(text: str, entries: Mapping[str, list[Plain]], source: str) -> str:
    """Return the text with the entries at the head of their parts; comments and order of all else stay."""
    wanted: dict[str, Any] = {**(parse_yaml(text, source) or {})} if text.strip() else {}
    for part, added in entries.items():
        wanted[part] = [*added, *(wanted.get(part) or [])]
        lines = dump_yaml({part: added}).splitlines(keepends=True)
        header = re.search(
            rf"(?m)^{part}:[ \t]*(?:#[^\n]*)?(?:\n|\Z)(?:(?:[ \t]*(?:#[^\n]*)?\n)*(?P<indent>[ \t]*)-)?", text
        )
        if header:
            at = header.start("indent") if header["indent"] is not None else header.end()
            text = text[:at] + "".join((header["indent"] or "") + line for line in lines[1:]) + text[at:]
        else:
            text = text + ("\n" if text and not text.endswith("\n") else "") + "".join(lines)
    if not _is(text, wanted, source):
        hint = f"write the part {next(iter(entries))}: as a list with a dash before each entry"
        raise LibraryError(Problem("names cannot be added to this file as it is written", Where(source), hint))
    return text


def _is(text: str, wanted: dict[str, Any], source: str) -> bool:
    try:
        return bool(parse_yaml(text, source) == wanted)
    except InputError:
        return False
