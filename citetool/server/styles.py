"""Names of styles as they come over the network: ids, and addresses that end in one; never paths of files."""

from __future__ import annotations

import re

from citetool.problems import NotFoundError, Problem

_ID = re.compile(r"\w[\w.+-]{0,150}")
_ADDRESS = re.compile(r"https?://(?:www\.)?zotero\.org/styles/(?P<id>[^/?#]+)/?")


def checked_style(name: str) -> str:
    """Return the name of a style. Raises NotFoundError for what could be the path of a file."""
    match = _ADDRESS.fullmatch(name)
    found = match["id"] if match else name
    if not _ID.fullmatch(found) or found.casefold().endswith(".csl"):
        raise NotFoundError(Problem(f"there is no style {name[:80]!r}"))
    return name
