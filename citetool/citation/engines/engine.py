"""The interface between citetool and a CSL processor.

An engine is a module with two functions on plain CSL-JSON; which one runs is a name in `ENGINES`. Ours is the default,
citeproc-py stays as a second opinion. Nothing above this module knows which one is at work.

    citations(task, cites) -> list[str]          one text for each cite, each as if it stood in a document of its own
    bibliography(task) -> list[tuple[str, str]]  (item id, text) in the order of the style
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from citetool.problems import Problem, UnknownNameError, suggest
from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    from citetool.citation.styles.source import StyleSource

    class Engine(Protocol):
        """The functions of an engine module."""

        def citations(self, task: Task, cites: list[CiteRequest]) -> list[str]:
            """Return one text for each cite, in order."""

        def bibliography(self, task: Task) -> list[tuple[str, str]]:
            """Return `(item id, text)` of each entry, in the style's order; items that it prints nothing for are left
            out.
            """


Position = Literal["first", "subsequent", "ibid"]

ENGINES = {"citetool": "builtin", "citeproc-py": "citeproc"}


class Task(NamedTuple):
    """A rendering task: the style, CSL-JSON items, a locale (None: the style's own), a writer's name, links."""

    style: StyleSource
    items: list[dict[str, Any]]
    locale: str | None
    writer: str
    links: bool = False


class CiteRequest(NamedTuple):
    """One cite: the item, where in a document it stands, and its locator with a CSL label."""

    id: str
    position: Position
    label: str = ""
    locator: str = ""


def load_engine(name: str) -> Engine:
    """Return the engine of that name. Raises UnknownNameError, naming the engines there are."""
    if name not in ENGINES:
        hint = suggest(name, ENGINES) or f"one of: {', '.join(ENGINES)}"
        raise UnknownNameError(Problem(f"there is no engine {name!r}", hint=hint))
    module: Any = import_module(f"citetool.citation.engines.{ENGINES[name]}")
    engine: Engine = module
    return engine
