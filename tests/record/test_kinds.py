from __future__ import annotations

import pytest

from citetool.record.kinds import (
    CSL_TYPES,
    KIND_OF_TYPE,
    KINDS,
    SPOKEN,
    csl_type,
    kind_for,
    kind_of,
    spoken_kind,
    term_of,
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_survives_the_way_through_csl(kind: str) -> None:
    name, override = kind_for(csl_type(kind), kind)
    assert (name, csl_type(name, override)) == (kind, csl_type(kind))


@pytest.mark.parametrize("csl", sorted(CSL_TYPES))
def test_a_type_survives_the_way_through_kinds(csl: str) -> None:
    for genre in ("", "letter", "words of one's own"):
        kind, override = kind_for(csl, genre)
        assert csl_type(kind, override) == csl


def test_a_type_is_called_by_the_kind_that_adds_nothing_to_it() -> None:
    assert (KIND_OF_TYPE["manuscript"], KIND_OF_TYPE["graphic"], KIND_OF_TYPE["book"]) == (
        "manuscript",
        "graphic",
        "book",
    )


def test_kinds_are_known_in_any_case_and_strangers_are_archival_documents() -> None:
    assert csl_type("Letter") == "personal_communication"
    assert kind_of("Schreiben") == ("document", True, True)
    assert csl_type("letter", "book") == "book"


def test_terms_are_found_whatever_their_capitals() -> None:
    assert term_of("PHD THESIS") == "PhD thesis"
    assert term_of("master’s thesis") == "Master's thesis"
    assert term_of("Letter") == "letter"
    assert term_of("sea chart") == ""
    assert not kind_of("phd thesis").archival


def test_kinds_are_meant_by_other_words_and_by_csl_types() -> None:
    assert [spoken_kind(word) for word in ("Photo", "dissertation", "article-journal", "sea chart", "LETTER")] == [
        "photograph", "thesis", "journal article", "sea chart", "LETTER",
    ]  # fmt: skip
    assert {*SPOKEN.values()} <= {*KINDS}
    assert not {*SPOKEN} & {term.casefold() for term in KINDS}
