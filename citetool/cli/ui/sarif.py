"""Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool import __version__
from citetool.library import checks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citetool.documents.check import DocumentFinding
    from citetool.library.library import Library

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif_log(library: Library, found: Sequence[checks.Found]) -> dict[str, Any]:
    """Return the log of one run; paths are relative to the library's folder."""
    names = sorted({one.check for one in found})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": checks.ALL[name][1]},
            "defaultConfiguration": {"level": _LEVELS[checks.ALL[name][0]]},
        }
        for name in names
    ]
    return _log(rules, [_result(library, one, names) for one in found])


def document_log(found: Sequence[DocumentFinding], table: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Return the log of the checks of a manuscript; `table` has severity and reason of each check."""
    names = sorted({one.check for one in found})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": table[name][1]},
            "defaultConfiguration": {"level": _LEVELS[table[name][0]]},
        }
        for name in names
    ]
    return _log(rules, [_document_result(one, names) for one in found])


def _document_result(found: DocumentFinding, names: Sequence[str]) -> dict[str, Any]:
    where = found.problem.where
    place: dict[str, Any] = {"artifactLocation": {"uri": where.source or ""}}
    if where.line:
        place["region"] = {"startLine": where.line, **({"startColumn": where.column} if where.column else {})}
    return {
        "ruleId": found.check,
        "ruleIndex": names.index(found.check),
        "level": _LEVELS[found.problem.severity],
        "message": {"text": found.problem.message},
        "locations": [{"physicalLocation": place}],
    }


def _log(rules: list[dict[str, Any]], results: list[dict[str, Any]]) -> dict[str, Any]:
    driver = {"name": "citetool", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
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
