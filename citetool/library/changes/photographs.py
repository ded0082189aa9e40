"""Photographs brought into a library: a record for each document that they show, the files in order beside it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from citetool.record.keys import Keys
from citetool.record.schema import checked
from citetool.record.yamltext import write_record

from .assignments import assigned, parse_assignment
from .attachments import Names, facts_of
from .journal import Copy, Edit
from .plans import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citetool.library.library import Library
    from citetool.library.photographs import Group
    from citetool.record.model import Plain


def plan_photographs(library: Library, groups: Iterable[Group], fields: Sequence[str] = ()) -> Plan:
    """Plan a record for each group, titled by its name unless its fields say more, with its photographs as scans.

    `fields` are assignments for all of them. Photographs that some record has already, by name and checksum, are left
    out.
    Raises UsageError for a field that there is not, InputError for a faulty value or an unreadable file.
    """
    plan, keys, held = Plan(), Keys(library.home.keys()), _held(library)
    for group in groups:
        said = [parse_assignment(text) for text in (*(f"{name}={value}" for name, value in group.fields), *fields)]
        files: list[Plain] = []
        stem = re.sub(r"[^\w.-]+", "-", group.name).strip("-.") or "photographs"
        key = keys.give_like(stem)
        names, copies = Names.free(library, PurePosixPath(), key), []
        for source, page in group.files:
            facts = facts_of(source)
            if (facts["name"], facts["checksum"]) in held:
                plan.note("there already", source.name)
                continue
            path = names.give(source.suffix.lower())
            copies.append(Copy(path, source))
            files.append({"path": path, "kind": "scan", **({"page": page} if page else {}), **facts})
        if not files:
            keys.taken.discard(key)
            continue
        known = {name: value for name, value in assigned({}, said).items() if value is not None}
        title = {} if known.keys() & {"title", "supplied_title"} else {"supplied_title": group.name}
        record = checked({"id": key, "kind": "document", **title, **known, "files": files})
        plan.steps += [*copies, Edit(names.record_path(), None, write_record(record).encode())]
        plan.note("added", key)
    return plan


def _held(library: Library) -> set[tuple[str, str]]:
    """Return the files that records have: by the name that each had before, and its checksum."""
    plain = (file for hit in library.search("file:*") for file in hit.data().get("files", ()))
    return {(str(file.get("name")), str(file.get("checksum"))) for file in plain}
