"""The manner of docstrings: what ruff's D401 cannot see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "citetool"
_QUESTION = re.compile(r"(?:What|Whether|Who|Whom|Whose|Where|Which|How)\b")


def docstrings() -> list[tuple[str, str]]:
    """`(place, docstring)` of every module, class and function."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node)
                if text:
                    found.append((f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 1)}", text))
    return found


def test_docstrings_say_what_a_thing_does() -> None:
    """None opens with a question word: a docstring is a statement or an order, not half a question."""
    questions = [place for place, text in docstrings() if _QUESTION.match(text)]
    assert questions == []
