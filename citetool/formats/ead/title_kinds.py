"""The kind of an item of a finding aid by its title, else by the titles of the units above it."""

from __future__ import annotations

import re

from citetool.formats.shared.headings import kind_of_genre
from citetool.lazy_re import lazy
from citetool.record.kinds import KINDS

# Kinds whose words are as often something else in a title: a name, a verb, a part of another term.
_AMBIGUOUS = frozenset(
    {
        "file",
        "series",
        "collection",
        "document",
        "list",
        "form",
        "object",
        "will",
        "order",
        "print",
        "plan",
        "score",
        "notes",
    }
)
_KIND_WORDS = sorted((k for k, v in KINDS.items() if v.archival and k not in _AMBIGUOUS), key=len, reverse=True)
_TITLE_KINDS = lazy(rf"(?i)\b({'|'.join(map(re.escape, _KIND_WORDS))})\b")


def kind_of_title(title: str, above: list[str]) -> str:
    """Return the kind that the title of an item names (`letter to Julia Rush`), or that all items of its series are.

    `above`: the titles of the units above, innermost first; one that names a single kind (`Correspondence`) decides.
    """
    match = _TITLE_KINDS.search(title)
    if match:
        return match[1].casefold()
    for words in above:
        found = {kind_of_genre(word) for word in re.findall(r"[^\W\d_]{4,}", words)}
        kinds = {kind for kind in found if kind in KINDS and KINDS[kind].archival and kind not in _AMBIGUOUS}
        if kinds:
            return kinds.pop() if len(kinds) == 1 else "document"
    return "document"
