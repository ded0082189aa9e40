"""What the shell may complete: live keys of the library, names of styles, and the words of options.

A completion never fails and never speaks: where there is no library, there are no keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.problems import CitetoolError

if TYPE_CHECKING:
    from collections.abc import Iterable


def _starting(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def keys(incomplete: str) -> list[str]:
    """Keys of the library (of the one in use, and of the records that ship with citetool)."""
    from citetool.library.library import open_library

    try:
        return _starting(open_library(None).keys(), incomplete)
    except (CitetoolError, OSError):
        return []


def styles(incomplete: str) -> list[str]:
    """Names of styles, our own first, and of formats."""
    from citetool.citation.styles.locate import style_ids
    from citetool.formats.registry import FORMATS

    try:
        names = [*style_ids(), *(name for name, row in FORMATS.items() if row.writes)]
    except (CitetoolError, OSError):
        return []
    return _starting(names, incomplete)


def forms(incomplete: str) -> list[str]:
    """The forms of a citation."""
    from citetool.citation.render import FORMS

    return _starting(FORMS, incomplete)


def writers(incomplete: str) -> list[str]:
    """The output formats."""
    from citetool.output.writers import WRITERS

    return _starting(WRITERS, incomplete)


def engines(incomplete: str) -> list[str]:
    """The CSL processors."""
    from citetool.citation.engines.engine import ENGINES

    return _starting(ENGINES, incomplete)
