"""Lists of what passes, kept in a file: a listed case that fails and an unlisted one that passes are both wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_list(path: Path) -> list[str]:
    """The names in the file, one a line; lines that begin with `#` are words about the list."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def write_list(path: Path, names: Iterable[str], title: str) -> None:
    """Write the names, sorted, under a title."""
    path.write_text(f"# {title}\n" + "".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


def compare(listed: Iterable[str], passed: Iterable[str], known: Iterable[str]) -> tuple[list[str], list[str]]:
    """Listed cases that fail now, and cases that pass and are not listed; only of those that were run."""
    run = set(known)
    listed_set, passed_set = set(listed) & run, set(passed)
    return sorted(listed_set - passed_set), sorted(passed_set - listed_set)


def read_figures(path: Path) -> dict[str, Any]:
    """Figures by name, as last recorded."""
    figures: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return figures


def write_figures(path: Path, figures: dict[str, Any]) -> None:
    """Record figures."""
    path.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
