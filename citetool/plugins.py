"""Plug-ins: formats, writers, commands and checks that other installed packages bring.

A package registers what it brings as an entry point in one of these groups:

    citetool.formats    a `formats.base.Format` row whose `module` is the full name of a module with `read` or `write`
    citetool.writers    an `output.writers.base.Writer`
    citetool.commands   a function with typer's annotations, or a `typer.Typer` for a group of commands
    citetool.checks     a `record.check.Check`

Reading the metadata of all installed packages takes longer than citing a record. So each of our tables is asked first,
and this module only for a name that is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from citetool.problems import CitetoolError, Problem

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")


def find(group: str, name: str, kind: type[T]) -> T | None:
    """Return the object registered under a name in a group (`citetool.writers`), None where there is none.

    Raises CitetoolError where two packages register that name, where the object cannot be imported, or where it is not
    of that kind.
    """
    found = {_package(point): point for point in _entry_points(group) if point.name == name}
    if not found:
        return None
    if len(found) > 1:
        message = f"several packages bring {name!r}: {', '.join(sorted(found))}"
        raise CitetoolError(Problem(message, hint="uninstall all but one"))
    ((package, point),) = found.items()
    try:
        loaded = point.load()
    except Exception as error:  # noqa: BLE001 - code of others may raise anything, and the fault is theirs
        fault = f"cannot be loaded: {type(error).__name__}: {error}"
    else:
        if isinstance(loaded, kind):
            return loaded
        fault = f"is no {kind.__name__}: {point.value}"
    message = f"the plug-in {name!r} of the package {package} {fault}"
    raise CitetoolError(Problem(message, hint=f"update or uninstall {package}"))


def names(group: str) -> list[str]:
    """Return the names registered in a group, sorted; nothing is imported for it."""
    return sorted({point.name for point in _entry_points(group)})


def _entry_points(group: str) -> list[EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - start-up needs no plug-ins

    return list(entry_points(group=group))


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.module
