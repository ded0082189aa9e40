"""Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool import __version__
from citetool.library import checks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.library.library import Library

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif_log(library: Library, found: Sequence[checks.Found]) -> dict[str, Any]:
    """The log of one run; paths are relative to the library's folder."""
    names = sorted({one.check for one in found})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": checks.ALL[name][1]},
            "defaultConfiguration": {"level": _LEVELS[checks.ALL[name][0]]},
        }
        for name in names
    ]
    driver = {"name": "citetool", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(library, one, names) for one in found]}],
    }


def _result(library: Library, found: checks.Found, names: Sequence[str]) -> dict[str, Any]:
    problem = checks.problem(library, found)
    place: dict[str, Any] = {"artifactLocation": {"uri": found.path}}
    if problem.where.line:
        place["region"] = {"startLine": problem.where.line}
    return {
        "ruleId": found.check,
        "ruleIndex": names.index(found.check),
        "level": _LEVELS[found.severity],
        "message": {"text": f"{found.key}: {found.finding.message}"},
        "locations": [{"physicalLocation": place}],
    }
