"""The mapping file of a table: which column is which fact, in TOML, for headings that are not understood of themselves.

    [columns]
    "Betr." = "title"
    "Kartonnr" = "box"
    "Intern" = ""            # left out

    [all]                    # what is the same for each row
    repository = "Stadtarchiv"

A fact is a field (`title`, `date`, `summary` ...), a role (`recipient`) or an archival level (`box`, `fonds`).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from citetool.formats.shared.record_builder import FACTS
from citetool.problems import InputError, NotFoundError, Problem, Where, suggest
from citetool.record.levels import LEVELS
from citetool.record.roles import ROLES

from .columns import HEADINGS

KNOWN = frozenset((*HEADINGS.values(), *FACTS.values(), *LEVELS, *ROLES))


class Mapping(NamedTuple):
    """The facts of columns by their headings, and the facts of all rows."""

    columns: dict[str, str]
    whole: dict[str, str]


def read_mapping(path: str) -> Mapping:
    """Return the mapping of a file. Raises NotFoundError where there is none, InputError for what is no mapping."""
    where = Where(path)
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFoundError(Problem(f"the mapping file cannot be read: {error.strerror}", where)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"the mapping file is not TOML: {error}", where)) from None
    unknown = data.keys() - {"columns", "all"}
    if unknown or not isinstance(data.get("columns"), dict):
        message = f"unknown table: {', '.join(sorted(unknown))}" if unknown else "there is no [columns] in it"
        raise InputError(Problem(message, where, 'write [columns] and lines such as "Betreff" = "title"'))
    return Mapping(_checked(data["columns"], where, facts=True), _checked(data.get("all", {}), where, facts=False))


def _checked(pairs: object, where: Where, *, facts: bool) -> dict[str, str]:
    """Return pairs of texts, of which the second, or else the first, is a known fact."""
    if not isinstance(pairs, dict):
        raise InputError(Problem("[all] is no table of facts", where))
    for key, value in pairs.items():
        fact = value if facts else key
        if not isinstance(value, str) or (fact and fact not in KNOWN):
            message = (
                f"{key!r}: there is no fact {fact!r}" if isinstance(value, str) else f"{key!r} is not given as text"
            )
            hint = suggest(str(fact), KNOWN) or "such as title, date, author, recipient, box, repository"
            raise InputError(Problem(message, where, hint))
    return dict(pairs)
