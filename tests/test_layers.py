"""The direction of imports: a module imports only from lower layers, and no import goes round in a circle.

Imports inside functions and under `if TYPE_CHECKING` count like all others: whoever reads a module has to know what it
names, whether it is loaded or not.
"""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "citetool"

# Lowest first. Packages on one line do not import each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("struct",),
    ("collector", "lazy_re", "paths", "problems"),
    ("text", "diskcache", "parallel", "plugins", "xmlentities"),
    ("names", "edtf", "latex", "xmlio", "config"),
    ("output",),
    ("record", "csl"),
    ("parsing",),
    ("formats",),
    ("citation", "library"),
    ("api", "documents"),
    ("frames",),
    ("server", "catalogue"),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
TOP = {"__init__", "__main__"}  # the public names come from every layer

# What is still wrong, "module -> module"; a line that is no longer needed fails the test, so the list only shrinks.
UPWARD: frozenset[str] = frozenset()
CIRCULAR: frozenset[str] = frozenset()


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Return the names in our package that a file imports, anywhere in it."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found.add(module)
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] == "citetool"}


def layer(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
# A package that is named together with one of its modules (`from citetool.library import files`) is only the way to it.
GRAPH = {
    name: {t for t in found if t != name and not any(other.startswith(t + ".") for other in found & MODULES.keys())}
    for name, found in ((name, imports(path) & MODULES.keys()) for name, path in MODULES.items())
}


def test_every_module_has_a_layer() -> None:
    unknown = {layer(name) for name in MODULES} - set(RANK) - TOP - {None}
    assert not unknown


def test_imports_go_down() -> None:
    upward = set()
    for name, targets in GRAPH.items():
        mine = layer(name)
        if mine is None or mine in TOP:
            continue
        for target in targets:
            other = layer(target)
            if other in RANK and other != mine and RANK[other] >= RANK[mine]:
                upward.add(f"{name} -> {target}")
    assert upward == UPWARD


def circular_edges(graph: dict[str, set[str]]) -> set[str]:
    """Return each import between modules of one circle, as `module -> module`."""

    def reached_from(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = graph[waiting.pop()] - seen
            seen |= new
            waiting += new
        return seen

    reach = {name: reached_from(name) for name in graph}
    return {f"{a} -> {b}" for a, targets in graph.items() for b in targets if a in reach[b]}


def test_no_import_cycles() -> None:
    # a package's own __init__ is loaded before its modules; it may name them
    graph = {name: {t for t in targets if not t.startswith(name + ".")} for name, targets in GRAPH.items()}
    assert circular_edges(graph) == CIRCULAR


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}
    assert circular_edges(graph) == {"b -> c", "c -> b"}


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {module_name(path): len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}
