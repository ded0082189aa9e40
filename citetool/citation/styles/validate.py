"""Check a style by its name, and report each fault at the line it comes from.

An overlay is checked as the plain style that it means, with the overlays that it extends; what is wrong in the plain
style below them is that one's affair. What is looked for is `citetool.csl.style.check`'s.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citetool.csl.style import check
from citetool.problems import InputError

from .overlay import extends
from .source import find_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.problems import Problem


def check_style(name: str, *, folders: Sequence[Path] = ()) -> list[Problem]:
    """Return all faults of the style of that name or path, in the order of its lines, then those of its overlays.

    The list is empty for a sound one.
    Raises NotFoundError where there is no such style.
    """
    try:
        source = find_style(name, folders=folders)
    except InputError as error:
        # a file that cannot be used as a style may have more faults than the first one
        return _faults_of_file(Path(name)) or list(error.problems)
    found = check.check_style(source.text, str(source.path), origin=source.origin)
    chain = source.overlays()
    ours = [p for p in found if p.where.source in chain or source.base is None]
    place = {path: number for number, path in enumerate(chain)}
    return sorted(set(ours), key=lambda p: (place.get(p.where.source or "", 0), p.where.line or 0, p.message))


def _faults_of_file(path: Path) -> list[Problem]:
    """Return the faults of a file as it stands; none where it is an overlay, or no file."""
    data = path.read_bytes() if path.is_file() else b""
    if not data or extends(data.decode("utf-8", "replace")) is not None:
        return []
    return check.check_style(data, str(path))
