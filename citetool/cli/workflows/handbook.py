"""The pages of the handbook by topic.

A page stands in `handbook/`, or it is the page of a folder: `formats` is the README.md of `citetool/formats`, `styles`
that of the styles shipped with citetool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.paths import PACKAGE, handbook, shipped_records, shipped_styles

if TYPE_CHECKING:
    from pathlib import Path

CONTENTS = handbook() / "README.md"
"""The page that lists the topics."""


def pages() -> dict[str, Path]:
    """Return the file of each topic, topics by the alphabet."""
    folders = [*PACKAGE.iterdir(), *filter(None, (shipped_records(), shipped_styles()))]
    found = {folder.name: folder / "README.md" for folder in folders if folder != CONTENTS.parent}
    found |= {page.stem: page for page in CONTENTS.parent.glob("*.md") if page != CONTENTS}
    return {name: page for name, page in sorted(found.items()) if page.is_file()}
