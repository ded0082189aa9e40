"""The table of variables agrees with the schema of CSL, and records keep every variable of it."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl.items.variables import (
    DATE_VARIABLES,
    KINDS,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    OLD_NAMES,
    TEXT_VARIABLES,
)
from citetool.csl.style import schema
from citetool.formats.csl.export import to_item
from citetool.formats.csl.from_csl import from_item
from citetool.record.roles import MARC_ROLE

# in csl-data.json, or in items of CSL 1.0.1, and yet no style can print them
OF_OLD_ITEMS = {"part", "printing", "supplement", "volume-title-short"}


def _printed_by(element: str) -> set[str]:
    return schema.rules()[element].attributes["variable"].words


def test_each_variable_has_one_kind() -> None:
    kinds = (NAME_VARIABLES, DATE_VARIABLES, NUMBER_VARIABLES, TEXT_VARIABLES)
    assert sum(map(len, kinds)) == len(KINDS)


def test_the_schema_has_the_same_variables() -> None:
    assert _printed_by("names") == NAME_VARIABLES
    assert _printed_by("date") == DATE_VARIABLES
    assert _printed_by("number") == NUMBER_VARIABLES - OF_OLD_ITEMS - {"year-suffix"}
    assert _printed_by("text") == (TEXT_VARIABLES | NUMBER_VARIABLES) - OF_OLD_ITEMS


def test_old_names_stand_for_variables() -> None:
    assert set(OLD_NAMES.values()) <= TEXT_VARIABLES
    assert not KINDS.keys() & OLD_NAMES.keys()


# of these an item gives back what suits its type, or another text for the same fact
_REPHRASED = {"note", "language", "call-number", "citation-key", "event-place"}


@pytest.mark.parametrize("variable", sorted(KINDS.keys() - _REPHRASED))
def test_a_record_keeps_each_variable(variable: str) -> None:
    value: Any = {"name": [{"family": "Roe", "given": "Jane"}], "date": {"date-parts": [[1944, 6, 26]]}}.get(
        KINDS[variable], "12"
    )
    item = {"id": "a", "type": "book", "title": "Of 12", variable: value}
    assert to_item(from_item(item), carry=False).get(variable) == value


def test_one_code_of_marc_stands_for_its_first_role() -> None:
    assert MARC_ROLE["edt"] == "editor"
