"""The tables in `data/`: readable, without contradictions, and with names that the rest of citetool knows."""

from __future__ import annotations

import pytest

from citetool.parsing.folding import name_key
from citetool.parsing.gazetteer import DATA, Repository, gazetteer
from citetool.parsing.token_types import token_type_of
from citetool.record.kinds import KINDS
from citetool.record.levels import LEVELS


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("name", "columns"),
    [("levels.txt", 3), ("marks.txt", 3), ("terms.txt", 3), ("repositories.txt", 4), ("places.txt", 2)],
)
def test_each_row_has_its_columns(name: str, columns: int) -> None:
    assert [row for row in rows(name) if len(row) != columns] == []


def test_levels_are_those_of_records() -> None:
    named = {row[0] for row in rows("levels.txt")} | {row[1] for row in rows("marks.txt")}
    assert named - set(LEVELS) == set()


def test_kinds_are_those_of_records() -> None:
    kinds = set(gazetteer().terms["kind"].values())
    assert kinds - set(KINDS) == set()


def test_every_class_of_terms_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in DATA.parent.rglob("*.py"))
    assert [kind for kind in gazetteer().terms if f'"{kind}"' not in code] == []


def test_every_repository_is_found_by_all_its_names() -> None:
    gaz = gazetteer()
    for name, shorts, _, _ in rows("repositories.txt"):
        for spelling in (name, *(short.strip() for short in shorts.split(";") if short.strip())):
            assert gaz.repository(spelling) is not None, spelling


def test_a_name_of_a_user_is_known_in_the_copy_alone() -> None:
    own = gazetteer().copy()
    own.define("XQZ", Repository("Example Town Archive"))
    own.define("Quill Papers of Example", Repository("Quill Papers of Example", "", "collection"))
    assert own.repository("XQZ") == Repository("Example Town Archive")
    assert gazetteer().repository("XQZ") is None
    assert token_type_of("quill papers of example", own) == "collection"


@pytest.mark.parametrize(
    ("span", "token_type"),
    [
        ("NARA", "repository"),
        ("Library of Congress", "repository"),
        ("Example University Archives", "repository"),
        ("Manuscript Division", "division"),
        ("Hay Papers", "collection"),
        ("Fonds Dupont", "collection"),
        ("Nachlass Müller", "collection"),
        ("College Park", "place"),
        ("1910–1929", "years"),
        ("13", "number"),
        ("SC 216", "id"),
        ("telegram", "kind"),
        ("Top Secret", "marking"),
        ("[Identification of item]", "blank"),
        ("n.d.", "date"),
        ("9:15 p.m.", "time"),
        ("Letters Received", "series"),
        ("White House", "text"),
    ],
)
def test_token_types(span: str, token_type: str) -> None:
    assert token_type_of(span, gazetteer()) == token_type


def test_fold() -> None:
    assert name_key("  The  Historian’s (Office). ") == "the historian's (office"
