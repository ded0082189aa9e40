"""Libraries for tests: folders of records, and what their files hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.library.library import Library
from citetool.library.state import OWN
from citetool.record.schema import checked
from citetool.record.yamltext import write_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def record_text(key: str, **fields: Any) -> str:
    """The file of a record with this key, `title` where no field is given."""
    return write_record(checked({"id": key, **(fields or {"title": f"Title of {key}"})}))


def make_library(root: Path, files: dict[str, str] | Iterable[str] = ()) -> Library:
    """A library of these files: texts by path, or keys of records of no interest."""
    root.mkdir(parents=True, exist_ok=True)
    texts = files if isinstance(files, dict) else {f"{key}.yaml": record_text(key) for key in files}
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Library(root)


def contents(root: Path) -> dict[str, bytes]:
    """All files of a library but our own, by path, byte for byte."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and OWN not in path.parts
    }


def folders(root: Path) -> set[str]:
    """All folders of a library but our own."""
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_dir() and OWN not in p.parts}
