"""Shell completion: keys of the library, names of styles and formats, values of options.

A completion never fails and prints nothing else: without a library there are no keys.
"""

# no annotations as text here: typer would compile them at each start
from collections.abc import Iterable

from citetool.problems import CitetoolError


def _starting(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]


def keys(incomplete: str) -> list[str]:
    """Complete keys of the library in use; where there is none, of the records shipped with citetool."""
    from citetool.library.library import open_library

    try:
        return _starting(open_library(None).keys(), incomplete)
    except (CitetoolError, OSError):
        return []


def styles(incomplete: str) -> list[str]:
    """Complete names of styles, citetool's own first, and of formats that can be written."""
    from citetool.citation.styles.locate import style_ids
    from citetool.formats.registry import FORMATS

    try:
        names = [*style_ids(), *(name for name, row in FORMATS.items() if row.writes)]
    except (CitetoolError, OSError):
        return []
    return _starting(names, incomplete)


def forms(incomplete: str) -> list[str]:
    """Complete forms of a citation."""
    from citetool.citation.render import FORMS

    return _starting(FORMS, incomplete)


def writers(incomplete: str) -> list[str]:
    """Complete markup formats of the output."""
    from citetool.output.writers import WRITERS

    return _starting(WRITERS, incomplete)


def engines(incomplete: str) -> list[str]:
    """Complete names of CSL processors."""
    from citetool.citation.engines.engine import ENGINES

    return _starting(ENGINES, incomplete)


def formats(incomplete: str) -> list[str]:
    """Complete names of formats."""
    from citetool.formats.registry import FORMATS

    return _starting(FORMATS, incomplete)


def settings(incomplete: str) -> list[str]:
    """Complete names of settings."""
    from citetool.config import SETTINGS

    return _starting(SETTINGS, incomplete)


def kinds(incomplete: str) -> list[str]:
    """Complete kinds of sources."""
    from citetool.record.kinds import KINDS

    return _starting(KINDS, incomplete)


def topics(incomplete: str) -> list[str]:
    """Complete topics of the handbook."""
    from citetool.cli.workflows.handbook import pages

    return _starting(["commands", *pages()], incomplete)
