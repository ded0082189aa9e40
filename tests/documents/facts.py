"""Compares a document with the facts that are expected of it (`X.expected.json` beside the sample X)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from citetool.documents.registry import read_document

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

# Said of a sample, not of a document.
_REMARKS = {"comment", "why"}
_WHITE = re.compile(r"[\s\u00a0~]+")


def differences(path: Path, ignored: Collection[str] = ()) -> list[str]:
    """Return a line for each fact that the document does not give as expected, but for `ignored` keys."""
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    found = read_document(path).as_dict()
    wrong = [
        f"counts.{name}: {found['counts'].get(name)} instead of {value}"
        for name, value in expected["counts"].items()
        if name not in ignored and found["counts"].get(name) != value
    ]
    if set(expected.get("style") or ()) <= set(found["style"] or ()):  # what a program says of itself beside its style
        found["style"] = {name: found["style"][name] for name in expected.get("style") or ()} or None
    for name in ("nocite", "cross_references_not_citations", "style"):
        if name in expected and found[name] != expected[name]:
            wrong.append(f"{name}: {found[name]} instead of {expected[name]}")
    for place, other in zip(expected.get("places", []), found["places"], strict=False):
        n = place["n"]
        wrong += [
            f"place {n}: {line}" for line in _compared(place, other, set(place) - _REMARKS - {"items"} - set(ignored))
        ]
        for item, its in zip(place["items"], other["items"], strict=False):
            names = (set(item) | set(its)) - _REMARKS - set(ignored)
            wrong += [f"place {n}, {item['id']}: {line}" for line in _compared(item, its, names)]
    return wrong


def _compared(expected: dict[str, Any], found: dict[str, Any], names: set[str]) -> list[str]:
    return [
        f"{name}: {found.get(name)!r} instead of {expected.get(name)!r}"
        for name in sorted(names)
        if _plain(found.get(name)) != _plain(expected.get(name))
    ]


def _plain(value: Any) -> Any:
    return _WHITE.sub(" ", value.replace("–", "-")).strip() if isinstance(value, str) else value
