from __future__ import annotations

import pytest

from citetool.citation.render import FORMS, bibliography, cite
from citetool.library.library import open_library
from citetool.output.writers import WRITERS
from citetool.paths import shipped_records
from citetool.problems import NotFoundError, UsageError

LIBRARY = open_library(shipped_records())
URL = "https://digitalarchive.wilsoncenter.org/document/219945"


@pytest.mark.parametrize("format", WRITERS)
def test_every_writer_prints_the_title_and_the_address(format: str) -> None:
    (text,) = cite([LIBRARY["219945"]], format=format)
    assert "Stalin and Harriman Exchange Military Information" in text
    assert "219945" in text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_own_text(form: str) -> None:
    (text,) = cite([LIBRARY["219945"]], form=form)
    assert "Stalin and Harriman Exchange Military Information" in text
    assert ("Library of Congress" in text) == (form not in ("short", "ibid"))


def test_a_locator_is_labelled() -> None:
    (text,) = cite([LIBRARY["219945"]], form="short", locator="fol. 2")
    assert text == "“Stalin and Harriman Exchange Military Information,” fol. 2."


def test_ibid_where_the_style_has_it() -> None:
    (text,) = cite([LIBRARY["219945"]], style="chicago-notes-bibliography-subsequent-ibid", form="ibid", locator="2")
    assert text == "Ibid., 2."


def test_links_where_they_are_asked_for() -> None:
    record = LIBRARY["219945"]
    assert f'<a href="{URL}">' in cite([record], format="html", links=True)[0]
    assert "<a " not in cite([record], format="html")[0]
    assert f'<a href="{URL}">' in bibliography([record], format="html", links=True)[0][1]


def test_a_locale_changes_terms_and_dates() -> None:
    (text,) = cite([LIBRARY["fish-diary-1870"]], style="chicago", locale="de-DE")
    assert "März" in text


def test_the_other_engine_is_a_second_opinion() -> None:
    record = LIBRARY["mcallister-2015"]
    (text,) = cite([record], style="apa", engine="citeproc-py")
    assert "McAllister" in text
    assert [key for key, _ in bibliography([record], style="apa", engine="citeproc-py")] == ["mcallister-2015"]


def test_a_bibliography_is_in_the_order_of_the_style() -> None:
    keys = [key for key, _ in bibliography(LIBRARY.values(), style="apa")]
    names = ["adams-2001", "ap-2000", "bryan-1914", "fish-diary-1870"]
    assert [key for key in keys if key in names] == names


@pytest.mark.parametrize("wrong", [{"form": "x"}, {"format": "x"}])
def test_words_that_are_not_in_the_lists(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"there is no form|unknown output format"):
        cite([LIBRARY["219945"]], **wrong)  # type: ignore[arg-type]


def test_no_such_engine() -> None:
    with pytest.raises(NotFoundError, match="no engine 'x'"):
        cite([LIBRARY["219945"]], engine="x")
