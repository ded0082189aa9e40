from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.catalog import read_info, search, show
from citetool.citation.styles.source import find_style
from citetool.problems import InputError, NotFoundError

if TYPE_CHECKING:
    from pathlib import Path


def test_what_a_style_says_of_itself() -> None:
    info = show("https://www.zotero.org/styles/apa")
    assert (info.title, info.style_class, info.citation_format) == ("APA Style 7th edition", "in-text", "author-date")
    assert {"psychology", "social_science"} <= set(info.fields)
    assert any(link.startswith("https://apastyle.apa.org/") for link in info.documentation)
    assert info.license == "http://creativecommons.org/licenses/by-sa/3.0/"
    assert info.updated[:2] == "20"
    assert not info.dependent


def test_a_dependent_style_has_a_parent_and_its_class() -> None:
    info = show("nature-digest")
    assert (info.dependent, info.parent, info.style_class) == (True, "nature", "in-text")
    assert (info.default_locale, info.issn) == ("en-GB", ["1880-0556"])


def test_an_overlay_has_a_base() -> None:
    info = show("chicago")
    assert (info.parent, info.dependent, info.home) == ("chicago-notes-bibliography", False, "citetool")


def test_an_old_id_shows_the_new_style() -> None:
    assert show("chicago-fullnote-bibliography").id == "chicago-notes-bibliography"


def test_plain_data_says_nothing_that_is_empty() -> None:
    data = show("nara").as_dict()
    assert "issn" not in data
    assert data["dependent"] is False
    assert data["default-locale"] == "en-US"


def test_search_by_words_of_the_title() -> None:
    found = search(["chicago", "shortened"])
    assert len(found) > 3
    assert all("chicago" in f"{style.id} {style.title} {style.summary}".lower() for style in found)


def test_ours_come_first_and_independent_before_dependent() -> None:
    found = search(["chicago"])
    assert found[0].id == "chicago"
    stock = [style.dependent for style in found if style.home == "stock" and "chicago" in style.id]
    assert stock == sorted(stock)


def test_search_by_issn_and_by_field() -> None:
    assert [style.id for style in search(["1880-0556"])] == ["nature-digest"]
    found = search([], field="history")
    assert len(found) > 50
    assert all("history" in style.fields for style in found)
    assert all(
        style.style_class == "note" or style.citation_format == "note" for style in search(["law"], field="note")
    )


def test_no_words_are_all_styles_and_each_can_be_found() -> None:
    found = search([])
    assert len(found) > 10_000
    assert all(style.title for style in found)
    for style in found[::500]:
        assert find_style(style.id).title == style.title


def test_no_such_words() -> None:
    assert search(["zzz-no-such-style"]) == []
    assert search(["chicago"], field="no-such-field") == []


def test_the_librarys_own_styles(tmp_path: Path) -> None:
    (tmp_path / "house.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note"><info><title>House style</title></info></style>',
        encoding="utf-8",
    )
    found = search(["house", "style"], folders=[tmp_path], stock=False)
    assert [(style.id, style.home) for style in found] == [("house", "library")]


def test_what_is_not_there_or_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        show("nosuch")
    with pytest.raises(InputError, match=r"nosuch.csl: cannot be read"):
        read_info(tmp_path / "nosuch.csl", "file")
    (tmp_path / "bare.csl").write_text("<style/>", encoding="utf-8")
    with pytest.raises(InputError, match=r"the style has no <info> with a <title>"):
        read_info(tmp_path / "bare.csl", "file")
