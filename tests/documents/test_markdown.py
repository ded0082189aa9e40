"""Markdown: what is a citation and what is not, notes, and the text that takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citetool.documents.markdown import MarkdownDocument
from citetool.documents.registry import read_document
from tests.documents.samples import rendered

if TYPE_CHECKING:
    from pathlib import Path


def cited(text: str, name: str = "a.md") -> list[list[dict[str, Any]]]:
    """The items of each place, without what says nothing."""
    document = MarkdownDocument(text.encode(), name)
    return [[item.as_dict() for item in place.items] for place in document.places]


def keys(text: str, name: str = "a.md") -> list[list[str]]:
    return [[item["id"] for item in items] for items in cited(text, name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a]", [["a"]]),
        ("[@a; @b]", [["a", "b"]]),
        ("[-@a]", [["a"]]),
        ("@a says", [["a"]]),
        ("@a.", [["a"]]),
        ("@a:b.c, @d_e", [["a:b.c"], ["d_e"]]),
        ("[@{odd(key)}]", [["odd(key)"]]),
        ("@a [@b]", [["a", "b"]]),
        ("@a [@b; no key]", [["a"], ["b"]]),
        ("---\nabstract: |\n  See [@a].\nnocite: |\n  @n\n---\n@b", [["a"], ["b"]]),
        ("[@a\n; @b]", [["a", "b"]]),
        ("[[@a]]", [["a"]]),
        ("[p. 3][#a]", [["a"]]),
        ("[a note][#b]\n\n[#b]: http://x.org", []),
        ("^[See @a.]", [["a"]]),
        ("[text @a](http://x.org)", [["a"]]),
        ("a@b.org <c@d.org> \\@e", []),
        ("`@a` and ``x`@b``", []),
        ("```\n@a\n```\n@b", [["b"]]),
        ("~~~ {.r}\n@a\n~~~~\n", []),
        ("text\n\n    @code\n", []),
        ("- item\n\n    [@a] in the item\n", [["a"]]),
        ("1. item\n\n        [@code] in the item\n", []),
        ("- a\n    - b\n\n        [@a] in the inner item\n\n            @code\n", [["a"]]),
        ("> - quoted\n>\n>     [@a]\n>\n>         @code\n", [["a"]]),
        ("[@a]: he says.\n\n[x]: http://x.org/@b 'title'\n", [["a"]]),
        ("[p. 3][#a]\n\n[#a]: Doe, Jane. *A Book*. 1999.\n", [["a"]]),
        ("%%todo: [@a]%% [@b]", [["b"]]),
        ("```[@a]``", [["a"]]),
        ("One.[^1]\n\n[^1]: See [@a].\n\n[^2]: Named by no mark: [@b].\n", [["a"]]),
        ("<!-- [@a]\n\n@b -->@c", [["c"]]),
        ('<a href="x@y" title="@a">@b</a>', [["b"]]),
        ("$@a$ and $$\n@b\n$$", []),
        ("it costs $5 @a and $6", [["a"]]),
        ("[link](http://x.org/@a) https://x.org/@b", []),
        ("{{< video @a >}}", []),
        ("(@ex) One.\n\nAs (@ex) shows [@a].", [["a"]]),
        ("![@fig-x](y.png){#fig-x} and @fig-x", []),
        ("[@a; and no key]", [["a"]]),
    ],
)
def test_citations_are_told_from_what_looks_like_them(text: str, expected: list[list[str]]) -> None:
    assert keys(text) == expected


def test_quarto_has_cross_references() -> None:
    document = MarkdownDocument(b"See @fig-a and [@sec-b; @doe].", "a.qmd")
    assert [item.id for place in document.places for item in place.items] == ["doe"]
    assert document.cross_references == ["@fig-a", "@sec-b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a, p. 3]", {"label": "page", "locator": "3"}),
        ("[see @a, pp. 33-35, 38 and *passim*]", {"prefix": "see", "locator": "33-35, 38", "suffix": "and *passim*"}),
        ("[@a, {pp. iv, (xi)} with more]", {"locator": "iv, (xi)", "suffix": "with more"}),
        ("[@a, chap. 2]", {"label": "chapter", "locator": "2"}),
        ("[@a, p.S36]", {"label": "page", "locator": "S36"}),
        ("[@a, pp.1,8]", {"label": "page", "locator": "1,8"}),
        ("[@a, {}33 of it]", {"suffix": "33 of it"}),
        ("[@a, as he says]", {"suffix": ", as he says"}),
        ("@a [p. 3]", {"mode": "author-in-text", "locator": "3"}),
        ("@a [p. 3; see @b]", {"mode": "author-in-text", "locator": "3"}),
        ("-@a", {"mode": "suppress-author"}),
        ("[A whole sentence. See @a]", {"prefix": "A whole sentence. See"}),
    ],
)
def test_locators_and_affixes(text: str, expected: dict[str, str]) -> None:
    found = cited(text)[0][0]
    assert {name: found.get(name) for name in expected} == expected


def test_labels_of_the_documents_language() -> None:
    found = cited("---\nlang: de\n---\n[vgl. @a, S. 12 f.; @b, Kap. 2; @c, Bl. 5v; @d, Nr. 7]")[0]
    expected = [("page", "12 f."), ("chapter", "2"), ("folio", "5v"), ("number", "7")]
    assert [(item["label"], item["locator"]) for item in found] == expected


def test_places_are_in_printed_order() -> None:
    text = "One[^n] two [@b].\n\nThree[^m] four.\n\n[^m]: In @d.\n\n[^n]: First.\n\n    More @a.\n\nAnd @e.\n"
    document = MarkdownDocument(text.encode(), "a.md")
    found = [(place.items[0].id, place.where, place.note, place.notes_before) for place in document.places]
    assert found == [
        ("a", "footnote", 1, 0),
        ("b", "text", None, 1),
        ("d", "footnote", 2, 0),
        ("e", "text", None, 2),
    ]
    assert (document.places[0].at.line, document.places[0].at.column) == (9, 10)


def test_settings() -> None:
    text = "---\ncsl: apa.csl\nbibliography: [a.bib, b.bib]\nlang: fr\n"
    text += "nocite: |\n  @x, @*\nsuppress-bibliography: true\n---\n"
    settings = MarkdownDocument(text.encode(), "a.md").settings
    assert (settings.style, settings.locale, settings.bibliography) == ("apa.csl", "fr", ["a.bib", "b.bib"])
    assert settings.nocite == ["x", "*"]
    assert settings.suppress_bibliography


def test_settings_that_are_no_yaml_are_reported() -> None:
    document = MarkdownDocument(b"---\na: [\n---\n@x\n", "a.md")
    assert "cannot be read" in document.problems[0].message
    assert [place.items[0].id for place in document.places] == ["x"]


def test_notes_stand_behind_the_punctuation(tmp_path: Path) -> None:
    text = 'One [@doe, 3]. "Two" [see @roe], and @doe [4] says.\r\n\r\nKept  as *is*.\r\n'
    lines = rendered(text, "a.md", tmp_path).split("\r\n")
    assert lines[0] == (
        "One.^[Jane Doe, *First Title* (Press, 2001), p. 3.] "
        '"Two",^[See Richard Roe, *Second Title* (House, 1990).] and Doe^[*First Title*, p. 4.] says.'
    )
    assert lines[2] == "Kept  as *is*."
    assert lines[4].startswith("Doe, Jane, *First Title*")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One.[@doe, 3] Two.", "One (Doe 3). Two."),
        ("One,[@doe] two.", "One (Doe), two."),
        ("“One.”[@doe] Two.", "“One” (Doe). Two."),
        ("“One”.[@doe] Two.", "“One” (Doe). Two."),
        ("The U.S.[@doe] army.", "The U.S. (Doe) army."),
        ("Of the U.S.[@doe] Two.", "Of the U.S. (Doe) Two."),
        ("*One.*[@doe] Two.", "*One.* (Doe) Two."),
        ("One?[@doe] Two.", "One? (Doe) Two."),
        ("One, cf.[@doe].", "One, cf. (Doe)."),
        ("One [@doe]. Two.", "One (Doe). Two."),
        ("One.^[So [@doe].]", "One.^[So (Doe).]"),
    ],
)
def test_a_citation_typed_like_a_note_stands_before_the_stop_in_the_text(
    text: str, wanted: str, tmp_path: Path
) -> None:
    assert rendered(text, "a.md", tmp_path, "mla").splitlines()[0] == wanted


def test_a_raised_number_stays_behind_the_stop(tmp_path: Path) -> None:
    assert rendered("One.[@doe] Two.", "a.md", tmp_path, "nature").startswith("One.<sup>1</sup> Two.")


def test_a_citation_in_a_note_stays_in_it(tmp_path: Path) -> None:
    text = "One.[^1]\n\n[^1]: [@doe]. See also [@roe, p. 2] and @doe.\n"
    note = rendered(text, "a.md", tmp_path).split("\n")[2]
    assert note == (
        "[^1]: Jane Doe, *First Title* (Press, 2001). See also (Richard Roe, *Second Title* (House, 1990), p. 2) "
        "and Doe, *First Title*."
    )


def test_markup_of_affixes_is_kept(tmp_path: Path) -> None:
    text = "[see *also* @doe, p. 3 and [*passim*](x) `c`]"
    assert rendered(text, "a.md", tmp_path, "apa").startswith("(see *also* Doe, 2001, p. 3 and [*passim*](x) `c`)")


def test_the_bibliography_stands_where_it_is_marked(tmp_path: Path) -> None:
    text = "[@doe]\n\n# Sources\n\n::: {#refs}\n:::\n\n# More\n"
    result = rendered(text, "a.md", tmp_path, "apa")
    assert result == (
        "(Doe, 2001)\n\n# Sources\n\n::: {#refs}\n\nDoe, J. (2001). *First Title*. Press.\n\n:::\n\n# More\n"
    )


def test_a_text_without_citations_is_untouched(tmp_path: Path) -> None:
    text = "\ufeff# T\r\n\r\nx@y.z \\@no `@x`\t\n\n\n"
    assert rendered(text, "a.md", tmp_path) == text


def test_braces_behind_a_citation_are_a_span_only_with_attributes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("[@doe]{>>why<<} [@doe]{.a #b c=d} [@doe]{} [@doe]{a}")
    modes = [place.items[0].mode for place in read_document(path).places]
    assert modes == ["normal", "author-in-text", "author-in-text", "normal"]


def test_sources_may_stand_in_the_settings(tmp_path: Path) -> None:
    text = (
        "---\nreferences:\n- id: poe\n  type: book\n  title: On *Ships*\n  author:\n  - family: Poe\n"
        "  issued:\n  - year: 1950\n    month: 3\n---\n[@poe]\n"
    )
    assert "(Poe, 1950)" in rendered(text, "a.md", tmp_path, "apa")
    assert "Ships</span></em>." in rendered(text, "a.md", tmp_path, "apa")
