"""Error and diagnostic types.

A fault is a value: `Problem` names what is wrong, where, and what to do. Readers return problems beside what they could
read; everything else raises a `CitetoolError` that carries one or more. The edge of the program (`cli.app`) is the
only place that turns them into text and an exit code.

    CitetoolError
    ├── InputError      a file, record, style or page from outside is not as it should be
    ├── NotFoundError   a key, style, format or file that was asked for is not there
    ├── UsageError      the call itself is wrong (exit code 2)
    └── LibraryError    the library cannot be read or written (locked, full, read-only)

Messages are lower case, without a full stop; values from outside stand in quotes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning", "info"]


class Where(NamedTuple):
    """A place in a source: path or URL, line and column (both from 1), path of a field (`archive.box`)."""

    source: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Return `file:line:column: field`, each part only where it is known."""
        place = ":".join(str(p) for p in (self.source, self.line, self.column) if p is not None)
        return ": ".join(p for p in (place, self.field) if p)


class Problem(NamedTuple):
    """One fault: what is wrong, where, and what would be right."""

    message: str
    where: Where = Where()
    hint: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return `where: message (hint)` on one line."""
        place = str(self.where)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text

    def as_dict(self) -> dict[str, str | int]:
        """Return the problem as plain data for `--json`: severity, message, and what is known of place and hint."""
        data: dict[str, str | int | None] = {
            "severity": self.severity,
            "message": self.message,
            "source": self.where.source,
            "line": self.where.line,
            "column": self.where.column,
            "field": self.where.field,
            "hint": self.hint,
        }
        return {name: value for name, value in data.items() if value is not None}


class CitetoolError(Exception):
    """A known fault; `problems` holds at least one problem, `str()` gives one line each."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems: tuple[Problem, ...] = tuple(Problem(p) if isinstance(p, str) else p for p in problems) or (
            Problem("something is wrong"),
        )
        super().__init__("\n".join(map(str, self.problems)))


class InputError(CitetoolError):
    """Something from outside (a file, record, style or page) is not as it should be."""


class NotFoundError(CitetoolError, KeyError):
    """A key, style, format or file does not exist; also a KeyError, as a mapping raises."""

    __str__ = Exception.__str__  # that of KeyError is a repr


class UsageError(CitetoolError):
    """The call itself is wrong; at the shell this is exit code 2."""


class UnknownNameError(NotFoundError, UsageError):
    """An argument names a style, format, engine or check that does not exist; at the shell exit code 2."""


class LibraryError(CitetoolError):
    """The library cannot be read or written: locked, full, read-only."""


def suggest(wanted: str, known: Iterable[str], most: int = 3) -> str | None:
    """Return a hint that names up to `most` known words that look like the wanted one, nearest first, or None."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays for it

    near = get_close_matches(wanted, list(known), n=most, cutoff=0.6)
    return f"did you mean {', '.join(map(repr, near))}?" if near else None
