"""Names of fields as people and other programs write them."""

from __future__ import annotations

import pytest

from citetool.library.changes.assignments import assigned, parse_assignment
from citetool.problems import UsageError


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("year=1982", ("date",)),
        ("abstract=x", ("summary",)),
        ("keywords=x", ("tags",)),
        ("DOI=10.1/2", ("identifiers", "doi")),
        ("Title=x", ("title",)),
        ("Record-Group=59", ("archive", "record_group")),
        ("rg=59", ("archive", "record_group")),
        ("container_author=A", ("creators", "container-author")),
        ("script-writer=A", ("creators", "script-writer")),
        ("school=MIT", ("publication", "publisher")),
        ("x-Year=3", ("x-Year",)),
        ("Record group=RG 59", ("archive", "record_group")),
        ("record  group += RG 59", ("archive", "record_group")),
        ("decimal file=861.00/2-2246", ("archive", "file_code")),
        ("archive-place=Kew", ("archive", "place")),
        ("book title=Essays", ("publication", "container-title")),
    ],
)
def test_names_of_others(text: str, path: tuple[str, ...]) -> None:
    assert parse_assignment(text).path == path


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (["kind=newspaper", "newspaper=New York Times"], "newspaper article"),
        (["kind=newspaper"], "newspaper"),
        (["kind=article", "journal=Isis"], "journal article"),
        (["kind=article", "magazine=Time"], "magazine article"),
        (["kind=article"], "article"),
    ],
)
def test_what_stands_in_a_newspaper_is_an_article(given: list[str], kind: str) -> None:
    assert assigned({"id": "a"}, [parse_assignment(text) for text in given])["kind"] == kind


def test_the_type_of_a_thesis_is_no_csl_type() -> None:
    thesis = {"id": "a", "kind": "thesis"}
    assert assigned(thesis, [parse_assignment("type=PhD diss.")]) == {"publication": {"genre": "PhD diss."}}
    assert assigned(thesis, [parse_assignment("type=book")]) == {"type": "book"}


def test_names_that_are_kept() -> None:
    assert parse_assignment("year=1982", force=True).path == ("year",)


def test_a_city_is_that_of_the_publisher_where_there_is_one() -> None:
    for kind, field in (("book", "publication"), ("letter", "place")):
        assert field in assigned({"id": "a", "kind": kind}, [parse_assignment("city=Moscow")])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("archive=Library of Congress", "repository='Library of Congress'"),
        ("no such=59", "write field=value"),
    ],
)
def test_what_to_write_is_said(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_assignment(text)
    assert hint in str(caught.value.problems[0].hint)
