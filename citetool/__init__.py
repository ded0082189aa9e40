"""citetool: citations and metadata of archival sources.

    import citetool

    library = citetool.open_library("records")
    record = library["219945"]
    print(citetool.cite([record], style="chicago")[0])
    print("".join(citetool.write([record], "ris")))

`import citetool` loads nothing; each name brings its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from citetool.citation.render import bibliography, cite
    from citetool.formats.api import read, write
    from citetool.library.library import Library, open_library
    from citetool.record.model import Record

    from .problems import CitetoolError, InputError, LibraryError, NotFoundError, Problem, UsageError

_NAMES = {
    "bibliography": "citetool.citation.render",
    "cite": "citetool.citation.render",
    "read": "citetool.formats.api",
    "write": "citetool.formats.api",
    "Library": "citetool.library.library",
    "open_library": "citetool.library.library",
    "Record": "citetool.record.model",
    "CitetoolError": "citetool.problems",
    "InputError": "citetool.problems",
    "LibraryError": "citetool.problems",
    "NotFoundError": "citetool.problems",
    "Problem": "citetool.problems",
    "UsageError": "citetool.problems",
}
__all__ = [
    "CitetoolError",
    "InputError",
    "Library",
    "LibraryError",
    "NotFoundError",
    "Problem",
    "Record",
    "UsageError",
    "__version__",
    "bibliography",
    "cite",
    "open_library",
    "read",
    "write",
]


def __getattr__(name: str) -> Any:
    """Return a public name, from its module; what Python asks for when the name is not here yet."""
    if name not in _NAMES:
        raise AttributeError(f"module 'citetool' has no attribute {name!r}")
    value = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
