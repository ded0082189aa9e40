"""Commands that need an extra of citetool: what is said where it is not installed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from citetool.problems import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Import inside of this what an extra brings. Raises UsageError, with the name of the extra, where it is not."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("citetool"):
            raise
        hint = f"pip install 'citetool[{name}]'"
        raise UsageError(Problem(f"{what} needs {error.name}, which is not installed", hint=hint)) from None
