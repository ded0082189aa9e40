"""Facts that a style does not print, as findings of `citetool check --style`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.citation.explain import explain
from citetool.library.checks import Found
from citetool.problems import CitetoolError
from citetool.record.check import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citetool.library.library import Library


def unprinted(library: Library, style: str, query: str | None, folders: Sequence[Path]) -> Iterator[Found]:
    """Yield, for each record that a query finds, the facts that no form of the style prints.

    Raises NotFoundError for an unknown style. Unreadable records are left to the other checks.
    """
    for hit in library.search(query or ""):
        try:
            record = library.home.read(hit.path)
        except CitetoolError:
            continue
        for part in explain(record, [style], [], folders=folders):
            if not part.styles[style]:
                message = f"{style} does not print the {part.name.replace('_', ' ')} ({part.value})"
                yield Found("style-drops", hit.path, hit.key, Finding(part.name, message))
