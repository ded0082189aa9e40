from __future__ import annotations

import pytest

from citetool.citation.bibliography import by_collection, sections
from citetool.problems import UsageError
from citetool.record.model import Holding, Level, Record


def letter(key: str, collection: str = "Hull Papers", repository: str = "Library of Congress") -> Record:
    levels = (Level("box", "Box 6"), Level("collection", collection), Level("repository", repository))
    return Record(id=key, kind="letter", archive=Holding(levels))


BOOK = Record(id="gaddis", kind="book", title="We Now Know")


def test_a_collection_is_listed_once_where_its_first_item_stood() -> None:
    first, book, alone = by_collection([letter("a"), BOOK, letter("b"), letter("c", "Kennan Papers")])
    assert (first.id, first.kind, first.title) == ("Hull Papers, Library of Congress", "collection", "Hull Papers")
    assert first.archive.levels == (Level("repository", "Library of Congress"),)
    assert book is BOOK
    assert alone.id == "c"


def test_equal_names_in_two_archives_are_two_collections() -> None:
    found = by_collection([letter("a"), letter("b", repository="Princeton")])
    assert [record.id for record in found] == ["a", "b"]


def test_primary_sources_stand_apart() -> None:
    assert sections([BOOK, letter("a")], "primary") == [
        ("Primary Sources", [letter("a")]),
        ("Secondary Sources", [BOOK]),
    ]
    assert sections([BOOK], "primary") == [("Secondary Sources", [BOOK])]
    assert sections([BOOK], None) == [("", [BOOK])]


def test_no_other_split() -> None:
    with pytest.raises(UsageError, match="cannot split a bibliography by 'year'"):
        sections([], "year")


def test_tags_decide_what_is_primary() -> None:
    article = Record(id="a", kind="newspaper article", tags=("primary",))
    note = Record(id="b", kind="letter", tags=("secondary", "x"))
    assert sections([note, BOOK, article, letter("c")], "primary") == [
        ("Primary Sources", [article, letter("c")]),
        ("Secondary Sources", [note, BOOK]),
    ]
