"""The direction of flow: each module imports only from lower layers, counting imports inside functions."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "citetool"

# Lowest first. Packages on one line do not import each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("problems", "lazy_re", "diskcache", "struct"),
    ("names", "edtf", "text", "latex", "xmlio"),
    ("record", "output"),
    ("parsing",),
    ("formats", "csl"),
    ("citation", "library"),
    ("documents",),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
TOP = {"__init__", "__main__"}  # the package's own door opens onto every layer


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """All modules of ours that the file imports, anywhere in it, except under `if TYPE_CHECKING`."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    found: set[str] = set()
    for node in _runtime_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found.add(module)
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] == "citetool"}


def _runtime_nodes(tree: ast.AST) -> list[ast.AST]:
    nodes: list[ast.AST] = []
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        nodes.append(child)
        nodes += _runtime_nodes(child)
    return nodes


def layer(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def test_every_module_has_a_layer() -> None:
    unknown = {layer(name) for name in MODULES} - set(RANK) - TOP - {None}
    assert not unknown


def test_imports_go_down() -> None:
    wrong = []
    for name, path in MODULES.items():
        mine = layer(name)
        if mine is None or mine in TOP:
            continue
        for target in imports(path):
            other = layer(target)
            if target == "citetool" or other is None or other not in RANK:
                continue
            if other != mine and RANK[other] >= RANK[mine]:
                wrong.append(f"{name} imports {target}")
    assert not wrong


def test_no_import_cycles() -> None:
    graph = {name: {t for t in imports(path) if t in MODULES and t != name} for name, path in MODULES.items()}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name in done:
            return
        for target in sorted(graph[name]):
            # a package's own __init__ is loaded before its modules; it may name them
            if target.startswith(name + "."):
                continue
            visit(target, (*path, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())
