"""A catalogue opened for a command, and the word for an extra that is not installed."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from citetool.problems import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetool.catalogue.dedupe import Twins
    from citetool.catalogue.read import Catalogue
    from citetool.record.model import Record

Folder = Annotated[
    Path,
    typer.Option(
        "--catalogue",
        "-C",
        metavar="DIR",
        help="Folder of the catalogue.",
        envvar="CITETOOL_CATALOGUE",
        show_envvar=False,
    ),
]
HERE = Path("catalogue")


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Say which extra to install where a library of the block cannot be imported. Raises UsageError."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("citetool"):
            raise
        hint = f"pip install 'citetool[{name}]'"
        raise UsageError(Problem(f"catalogues need {error.name}, which is not installed", hint=hint)) from None


def opened(folder: Path) -> Catalogue:
    """Return the catalogue in a folder. Raises NotFoundError where there is none."""
    with extra("catalogue"):
        from citetool.catalogue.read import Catalogue
    return Catalogue(folder)


def chosen(catalogue: Catalogue, keys: Sequence[str] | None, query: str | None) -> Iterator[Record]:
    """Yield the records with these keys, then those that a query finds; without either, all records."""
    from citetool.catalogue.read import record_of

    for key in keys or ():
        yield from map(record_of, catalogue.get(key))
    if query is not None or not keys:
        yield from map(record_of, catalogue.search(query or ""))


def as_dict(twins: Twins) -> dict[str, Any]:
    """Return a likely pair as plain data."""
    pair = twins.pair
    return {"keys": pair.keys, "sources": twins.places, "score": pair.score, "reasons": pair.reasons}


def shown(twins: Twins) -> str:
    """Return a likely pair for people: its score, keys and reasons, then where both stand."""
    pair = twins.pair
    where = "\n".join(f"      {path}" for path in dict.fromkeys(twins.places))
    return f"{pair.score:.2f}  {pair.keys[0]}  {pair.keys[1]}  {', '.join(pair.reasons)}\n{where}"
