"""citetool: citations and metadata of archival sources.

    import citetool

    library = citetool.open_library()            # or open_library("folder"); a Mapping of records by key
    record = library["219945"]
    citetool.cite(record, style="chicago")       # a list of texts; also of several records or keys
    citetool.bibliography(library, style="mla")  # (key, entry) in the order of the style
    citetool.parse("Hull to Kennan, May 3, 1944, Box 6, Hull Papers")   # citations as people write them -> records
    citetool.read("refs.ris")                    # records of a file of any known format
    citetool.write([record], "biblatex")         # a text
    citetool.check(record)                       # gaps and mistakes, as problems
    citetool.to_dict(record)                     # plain data, and back with from_dict
    citetool.to_dataframe(library)               # a table for pandas, and back with from_dataframe

    for record in library.select("kind:letter date:1944"): ...

Faults are `citetool.CitetoolError`, with `problems` that name place and remedy. `import citetool` loads nothing; each
name brings its module when it is first used. The handbook has a page on it: `citetool help python`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from citetool.api import bibliography, check, cite, from_dict, parse, to_dict, write
    from citetool.formats.api import read
    from citetool.frames import from_dataframe, to_dataframe
    from citetool.library.library import Library, open_library
    from citetool.record.model import Record

    from .problems import CitetoolError, InputError, LibraryError, NotFoundError, Problem, UsageError

_NAMES = {
    "bibliography": "citetool.api",
    "check": "citetool.api",
    "cite": "citetool.api",
    "from_dict": "citetool.api",
    "parse": "citetool.api",
    "to_dict": "citetool.api",
    "write": "citetool.api",
    "read": "citetool.formats.api",
    "from_dataframe": "citetool.frames",
    "to_dataframe": "citetool.frames",
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
    "check",
    "cite",
    "from_dataframe",
    "from_dict",
    "open_library",
    "parse",
    "read",
    "to_dataframe",
    "to_dict",
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
