"""Places to rendered text, on a document of plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.source import find_style
from citetool.documents.model import CitedItem, Document, Note, Place, Rendering
from citetool.documents.registry import read_document
from citetool.documents.render import note_numbers, render
from citetool.documents.sources import Sources
from citetool.problems import NotFoundError
from tests.documents.docx.test_write import typed
from tests.documents.samples import library
from tests.documents.samples import rendered as rendered_text

if TYPE_CHECKING:
    from pathlib import Path

BOOK = {
    "id": "doe",
    "type": "book",
    "title": "A Title",
    "author": [{"family": "Doe", "given": "Jane"}],
    "issued": {"date-parts": [[2001]]},
    "publisher": "Press",
}


class Fake(Document):
    """A document without a file; each place embeds its item."""

    format = "fake"

    def __init__(self, places: list[Place]) -> None:
        super().__init__(b"", "fake")
        self.places = places
        self.number_places()

    def write(self, rendering: Rendering) -> bytes:
        return "\n".join(place.text.plain for place in rendering.places).encode()


def doe(**values: object) -> CitedItem:
    return CitedItem("doe", data=BOOK, **values)  # type: ignore[arg-type]


def rendered(places: list[Place], style: str, *, brackets: bool = False) -> Rendering:
    document = Fake(places)
    document.brackets_in_notes = brackets
    return render(document, Sources(document), find_style(style))[0]


def test_notes_shift_the_numbers_of_those_behind_them() -> None:
    document = Fake(
        [
            Place([doe()], "x"),
            Place([doe()], "x", where="footnote", note=1),
            Place([doe()], "x", notes_before=2),
            Place([doe()], "x", where="endnote", note=1),
        ]
    )
    document.notes = [Note(1, "footnote", ""), Note(2, "footnote", "")]
    assert note_numbers(document, lambda _: True) == [1, 2, 4, 1]
    assert note_numbers(document, lambda _: False) == [0, 1, 0, 1]


def test_a_note_style_makes_notes_with_positions() -> None:
    result = rendered([Place([doe(locator="3", label="page")], "x"), Place([doe(locator="4")], "x")], "mhra-notes")
    first, second = (place.note.plain for place in result.places if place.note)
    assert first == "Jane Doe, A Title (Press, 2001), p. 3."
    assert second.startswith("Doe")
    assert second.endswith("p. 4.")
    assert not any(place.text for place in result.places)
    assert [entry.ids for entry in result.entries] == [["doe"]]


def test_an_author_in_the_text_stands_before_the_note() -> None:
    result = rendered([Place([doe(mode="author-in-text", locator="3")], "x")], "mhra-notes")
    assert result.places[0].text.plain == "Jane Doe"
    assert result.places[0].note is not None
    assert "Doe" not in result.places[0].note.plain


def test_a_source_without_an_author_stands_in_the_sentence_with_its_title() -> None:
    article = {"id": "x", "type": "article-newspaper", "title": "The Code", "container-title": "Chieftain"}
    places = [
        Place([CitedItem("x", mode="author-in-text", data=article)], "x"),
        Place([CitedItem("x", mode="author-in-text", data=article)], "x", where="footnote", note=1, follows=";"),
    ]
    in_text, in_note = rendered(places, "chicago-notes-bibliography", brackets=True).places
    assert in_text.text.plain == "“The Code”"
    assert in_note.text.plain == "Chieftain, “The Code”"


def test_an_author_in_the_text_stands_before_the_brackets() -> None:
    result = rendered([Place([doe(mode="author-in-text", locator="3")], "x")], "apa")
    assert result.places[0].text.plain == "Doe (2001, p. 3)"


@pytest.mark.parametrize(("brackets", "opens"), [(True, False), (True, True), (False, False)])
def test_brackets_in_the_authors_notes(brackets: bool, opens: bool) -> None:
    place = Place([doe()], "x", where="footnote", note=1, opens_note=opens)
    text = rendered([place], "mhra-notes", brackets=brackets).places[0].text.plain
    assert (text == "(Jane Doe, A Title (Press, 2001))") == (brackets and not opens)


def test_affixes_keep_their_distance() -> None:
    cited = doe(prefix="see", suffix="and passim", locator="3")
    assert rendered([Place([cited], "x")], "apa").places[0].text.plain == "(see Doe, 2001, p. 3 and passim)"


def test_an_unknown_key_is_an_error_with_its_place(tmp_path: Path) -> None:
    document = Fake([Place([CitedItem("doo")], "x")])
    file = tmp_path / "a.json"
    file.write_text('[{"id": "doe", "type": "book", "title": "T"}]')
    with pytest.raises(NotFoundError, match="'doo'") as caught:
        render(document, Sources(document, [str(file)]), find_style("apa"))
    assert "doe" in (caught.value.problems[0].hint or "")
    found, problems = render(document, Sources(document, [str(file)]), find_style("apa"), force=True)
    assert found.places[0].text.plain == "(doo?)"
    assert len(problems) == 1


def test_an_author_in_the_text_may_be_all_that_a_style_prints() -> None:
    result = rendered([Place([doe(mode="author-in-text")], "x")], "modern-language-association")
    assert result.places[0].text.plain == "Doe"


def test_what_an_author_in_the_text_leaves_of_the_others() -> None:
    places = [
        Place(
            [
                doe(mode="author-in-text"),
                CitedItem("roe", prefix="see", data=BOOK | {"id": "roe", "author": [{"family": "Roe"}]}),
            ],
            "x",
        )
    ]
    assert rendered(places, "modern-language-association").places[0].text.plain == "Doe (see Roe)"


def test_a_letter_goes_on_behind_its_author_without_a_comma() -> None:
    roe = [{"family": "Roe", "given": "Richard"}]
    letter = {"id": "l", "type": "personal_communication", "author": [{"family": "Doe", "given": "Jane"}],
              "recipient": roe, "issued": {"date-parts": [[1944, 5, 3]]}, "archive": "National Archives"}  # fmt: skip
    item = CitedItem("l", mode="author-in-text", data=letter)
    places = [Place([item], "x", where="footnote", note=n, follows=";") for n in (1, 2)]
    result = rendered(places, "chicago-notes-bibliography", brackets=True)
    assert result.places[0].text.plain.startswith("Jane Doe to Richard Roe, ")
    assert result.places[1].text.plain.startswith("Doe to Roe")


def test_titles_of_a_bib_file_are_lowered_for_the_style_alone(tmp_path: Path) -> None:
    title = "The {Roman} Way of War"
    (tmp_path / "refs.bib").write_text(f"@book{{doe, title = {{{title}}}, author = {{Doe, Jane}}, year = 2001}}")
    path = tmp_path / "a.md"
    path.write_text("---\nbibliography: refs.bib\n---\n[@doe]\n")
    document = read_document(path)
    sources = Sources(document)
    assert "The Roman way of war" in document.write(render(document, sources, find_style("apa"))[0]).decode()
    assert "The Roman Way of War" in document.write(render(document, sources, find_style("mla"))[0]).decode()
    record = sources.record("doe")
    assert record is not None
    assert record.title == "The Roman Way of War"
    path.write_text("---\nbibliography: refs.bib\nlang: de\n---\n[@doe]\n")
    document = read_document(path)
    printed = document.write(render(document, Sources(document), find_style("apa"))[0]).decode()
    assert "The Roman Way of War" in printed


def test_a_source_without_its_author_says_nothing_where_the_style_has_no_more(tmp_path: Path) -> None:
    text = "Doe says so [-@doe]. And [-@doe; @roe, p. 3].^[So Doe [-@doe].]\n"
    new = rendered_text(text, "a.md", tmp_path, "mla")
    assert new.splitlines()[0] == "Doe says so. And (*First Title*; Roe 3).^[So Doe.]"
    word = typed("Doe says so [-@doe].")
    document = read_document("a.docx", data=word)
    rendering, problems = render(document, Sources(document, [library(tmp_path)]), find_style("mla"))
    again = read_document("a.docx", data=document.write(rendering))
    assert [place.printed for place in again.places] == ["(First Title)"]
    assert problems == []


def test_a_citation_that_prints_nothing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Doe says so [-@doe].\n")
    document = read_document(path)
    _, problems = render(document, Sources(document, [library(tmp_path)]), find_style("mla"))
    assert [(one.where.line, one.severity) for one in problems] == [(1, "warning")]
