"""`citetool fields`: what it lists can be set, and is called as it says."""

from __future__ import annotations

import pytest

from citetool.cli.workflows.fields import fields_of
from citetool.library.changes.assignments import assigned, parse_assignment
from citetool.problems import UsageError
from citetool.record.roles import ROLES
from citetool.record.schema import checked


@pytest.mark.parametrize("kind", ["", "letter", "book", "journal article"])
def test_every_field_can_be_set_with_its_example(kind: str) -> None:
    for field in fields_of(kind):
        data = assigned({"id": "x", "kind": kind or "letter"}, [parse_assignment(f"{field.name}={field.example}")])
        checked({"id": "x", "kind": kind or "letter", **{name: value for name, value in data.items() if value}})


def test_names_in_other_formats() -> None:
    by_name = {field.name: field for field in fields_of("journal article")}
    assert (by_name["journal"].csl, by_name["journal"].biblatex) == ("container-title", "journaltitle")
    assert by_name["journal"].ris in ("T2", "JF", "JO", "T2, JF")
    assert by_name["pages"][4:] == ("page", "SP, EP", "pages")
    assert by_name["date"].csl == "issued"
    assert "PY" in by_name["date"].ris
    assert by_name["doi"][4:] == ("DOI", "DO", "doi")


def test_a_kind_has_its_own_fields() -> None:
    letter, book = ({field.name for field in fields_of(kind)} for kind in ("letter", "book"))
    assert {"box", "recipient", "fond"} <= letter
    assert not {"box", "recipient", "fond"} & book
    assert {"publisher", "edition", "place"} <= book
    assert not {"publisher", "edition"} & letter
    assert "place" in letter  # that of writing
    assert {field.section for field in fields_of("book")} == {"source", "people", "publication", "copy"}


def test_the_place_of_the_archive_is_not_that_of_writing() -> None:
    names = [field.name for field in fields_of("letter")]
    assert len(names) == len(set(names))
    by_name = {field.name: field for field in fields_of("letter")}
    assert (by_name["place"].csl, by_name["archive_place"].csl) == ("event-place", "archive-place")


def test_an_unknown_kind() -> None:
    with pytest.raises(UsageError, match="did you mean 'letter'"):
        fields_of("leter")


def test_a_kind_has_the_roles_that_make_sense_for_it() -> None:
    def roles(kind: str) -> list[str]:
        return [field.name for field in fields_of(kind) if field.section == "people"]

    assert roles("photograph")[0] == "photographer"
    assert "recipient" in roles("letter")
    assert not {"director", "composer", "interviewee", "photographer"} & {*roles("letter")}
    assert roles("interview")[:2] == ["interviewee", "interviewer"]
    assert "director" in roles("film")
    assert {*roles("")} == {*ROLES}
    assert all(set(roles(kind)) <= {*ROLES} for kind in ("book", "map", "journal article", "collection"))
