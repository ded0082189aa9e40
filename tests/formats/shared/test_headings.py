from __future__ import annotations

import pytest

from citetool.formats.shared.archive_text import keeper_levels
from citetool.formats.shared.headings import closed_title, heading_name, holding_of, key_of, kind_of_genre, role_of
from citetool.formats.shared.languages import language_code, language_name, language_tag, language_tags
from citetool.names import Name
from citetool.record.model import Level


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Anderson, Clinton Presba, 1895-1975", "Anderson, Clinton Presba"),
        ("Fleischer, Max,", "Fleischer, Max"),
        ("Kay, John (1742-1826)", "Kay, John"),
        ("Goings, Henry, approximately 1810-", "Goings, Henry"),
        ("Catlin, Isaac S. (Isaac Swartwood), 1835-1916", "Catlin, Isaac S."),
        ("King, Martin Luther, Jr., 1929-1968", "King, Martin Luther, Jr."),
        ("Roosevelt, Franklin D. (Franklin Delano), 1882-1945.", "Roosevelt, Franklin D."),
        ("Ibn Khaldun, active 14th century", "Ibn Khaldun"),
        ("Qazvini, Muhammad Amin, -1674?", "Qazvini, Muhammad Amin"),
        ("Doe, Jane, b. ca. 1800", "Doe, Jane"),
        ("Mueller, K. 1901-1988", "Mueller, K."),
        ("Doe, Jane, 1880.", "Doe, Jane"),
    ],
)
def test_headings_lose_dates_and_fuller_forms(heading: str, name: str) -> None:
    assert str(heading_name(heading)) == name


def test_a_body_keeps_its_commas() -> None:
    heading = "Exit Art (Gallery : New York, N.Y.)"
    assert heading_name(heading, body=True) == Name(literal=heading)


@pytest.mark.parametrize(
    ("genre", "kind"),
    [
        ("Photographs.", "photograph"),
        ("Manuscripts, Arabic", "manuscript"),
        ("Photograph albums", "album"),
        ("oral histories", "oral history"),
        ("MovingImage", "film"),
        ("Sheet music", "score"),
        ("diaries", "diary"),
        ("Memoranda", "memorandum"),
        ("newsletter", ""),
        ("Text", ""),
    ],
)
def test_kinds_of_genre_terms(genre: str, kind: str) -> None:
    assert kind_of_genre(genre) == kind


def test_roles_by_code_term_and_address() -> None:
    terms = ("aut", "Photographer.", "http://id.loc.gov/vocabulary/relators/rcp", "correspondent", "printer")
    assert [role_of(term, "-") for term in terms] == ["author", "photographer", "recipient", "sender", "-"]


def test_languages() -> None:
    given = ("eng", "ger", "deu", "Russian", "zh-Hans", "grc", "und", "Latn")
    assert [language_tag(text) for text in given] == ["en", "de", "de", "ru", "zh-Hans", "grc", "", ""]
    assert language_tags("freengger") == ("fr", "en", "de")
    assert language_tags("English; Czech") == ("en", "cs")
    assert (language_name("de-AT"), language_code("de-AT"), language_name("tlh")) == ("German", "ger", "")


def test_keys_from_ids_of_the_source() -> None:
    given = ("http://hdl.loc.gov/loc.mss/eadmss.ms013041", "oai:example.org:item/7", "mss17775.xml", "Ünal 1944/3", "")
    assert [key_of(text) for text in given] == ["eadmss.ms013041", "item-7", "mss17775", "Unal-1944-3", ""]


def test_titles_without_the_punctuation_of_cards() -> None:
    given = ("Title /", "Title :", "Title.", "And so on ...", "Letter to J. H.")
    assert [closed_title(text) for text in given] == ["Title", "Title", "Title", "And so on ...", "Letter to J. H."]


def test_keepers_by_name_or_by_path() -> None:
    assert keeper_levels("Butler University") == ((Level("repository", "Butler University"),), False)
    address, _ = keeper_levels("Mill Library, University of Leeville, Leeville, CA 94720-6000")
    assert address == (Level("repository", "Mill Library, University of Leeville"), Level("place", "Leeville, CA"))
    path, read = keeper_levels("Box 3, Smith Papers, Library of Congress")
    assert read
    assert [level.name for level in path] == ["box", "collection", "repository"]


def test_levels_of_one_name_stand_together() -> None:
    levels = [Level("box", "1"), Level("folder", "2"), Level("box", "3"), Level("box", "1")]
    assert holding_of(levels).levels == (Level("box", "1"), Level("box", "3"), Level("folder", "2"))
