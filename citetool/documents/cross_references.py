"""Cross-references of Quarto and pandoc-crossref, which are written like citations: `@fig-map`."""

from __future__ import annotations

_KINDS = (
    "fig", "sec", "tbl", "tab", "eq", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem",
    "alg", "tip", "nte", "wrn", "imp", "cau",
)  # fmt: skip
PREFIXES = tuple(f"{kind}{mark}" for kind in _KINDS for mark in "-:")
