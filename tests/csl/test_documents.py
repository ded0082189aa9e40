"""What a writer of a document relies on: positions, locators, modes, locales, and documents that change."""

from __future__ import annotations

from typing import Any

import pytest

from citetool import csl
from citetool.csl import Processor, StyleError
from citetool.csl.items.cluster import Cluster  # noqa: TC001 # read at run time by the counting processor
from citetool.output.tree import Out  # noqa: TC001

NOTES = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
<macro name="point"><group delimiter=" "><label variable="locator" form="short"/>
  <text variable="locator"/></group></macro>
<citation near-note-distance="2"><layout delimiter="; " suffix="."><choose>
  <if position="ibid-with-locator"><group delimiter=", "><text term="ibid"/><text macro="point"/></group></if>
  <else-if position="ibid"><text term="ibid"/></else-if>
  <else-if position="near-note"><group delimiter=", "><names variable="author"><name form="short"/></names>
    <text value="near"/><text macro="point"/></group></else-if>
  <else-if position="subsequent"><group delimiter=", "><names variable="author"><name form="short"/></names>
    <text variable="title" form="short" quotes="true"/>
    <text variable="first-reference-note-number" prefix="n. "/><text macro="point"/></group></else-if>
  <else><group delimiter=", "><names variable="author"/><text variable="title" font-style="italic"/>
    <text variable="container-title" form="short"/><text macro="point"/></group></else>
</choose></layout></citation>
<bibliography><sort><key variable="author"/></sort><layout suffix=".">
  <group delimiter=". "><names variable="author"><name name-as-sort-order="all"/></names>
    <text variable="title"/></group>
</layout></bibliography></style>"""
YEARS = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<citation disambiguate-add-year-suffix="true"><layout prefix="(" suffix=")" delimiter="; "><group delimiter=", ">
  <group delimiter=" "><names variable="author"><name form="short" and="text"/></names><date variable="issued">
    <date-part name="year"/></date></group>
  <group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></group>
</layout></citation>
<bibliography><layout><group delimiter=", "><text variable="title"/><date variable="issued"><date-part name="year"/>
</date></group></layout></bibliography></style>"""


def make_items() -> list[dict[str, Any]]:
    return [
        {"id": "a", "type": "book", "title": "A Long Title", "title-short": "Title", "container-title": "Annals",
         "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2000]]}},
        {"id": "b", "type": "book", "title": "Beta", "author": [{"family": "Roe", "given": "Rick"}],
         "issued": {"date-parts": [[2001]]}},
        {"id": "c", "type": "book", "title": "Gamma", "author": [{"family": "Doe", "given": "Jane"}],
         "issued": {"date-parts": [[2000]]}},
    ]  # fmt: skip


def notes(*cites: str | dict[str, Any]) -> list[dict[str, Any]]:
    """A document of one note a cite, numbered from 1."""
    return [note(number, cite) for number, cite in enumerate(cites, 1)]


def note(number: int, *cites: str | dict[str, Any], **properties: Any) -> dict[str, Any]:
    items = [{"id": cite} if isinstance(cite, str) else cite for cite in cites]
    return {"citationID": str(number), "citationItems": items, "properties": {"noteIndex": number, **properties}}


def text(*cites: str | dict[str, Any], **properties: Any) -> dict[str, Any]:
    """A cluster in the text and not in a note."""
    return note(0, *cites, **properties)


# -- positions ------------------------------------------------------------------------------------------------------


def test_first_ibid_and_subsequent() -> None:
    assert Processor(NOTES, make_items()).cite(notes("a", "a", "b", "b", "b", "b", "a")) == [
        "Jane Doe, A Long Title, Annals.",
        "Ibid.",
        "Rick Roe, Beta.",
        "Ibid.",
        "Ibid.",
        "Ibid.",
        "Doe, “Title,” n. 1.",
    ]


def test_ibid_depends_on_the_locator() -> None:
    page = {"id": "a", "locator": "5"}
    other = {"id": "a", "locator": "7"}
    assert Processor(NOTES, make_items()).cite(notes(page, page, other, "a"))[1:] == [
        "Ibid.",
        "Ibid., p. 7.",
        "Doe, near.",
    ]


def test_near_note_within_the_distance_of_the_style() -> None:
    document = [note(1, "a"), note(2, "b"), note(3, "a"), note(4, "b"), note(9, "a")]
    assert Processor(NOTES, make_items()).cite(document) == [
        "Jane Doe, A Long Title, Annals.",
        "Rick Roe, Beta.",
        "Doe, near.",
        "Roe, near.",
        "Doe, “Title,” n. 1.",
    ]


def test_several_cites_in_a_note() -> None:
    document = [note(1, "a", "b"), note(2, "b"), note(3, "a", "a")]
    assert Processor(NOTES, make_items()).cite(document) == [
        "Jane Doe, A Long Title, Annals; Rick Roe, Beta.",
        "Roe, near.",
        "Doe, near; ibid.",
    ]


def test_a_position_that_the_cite_names() -> None:
    document = [
        note(1, {"id": "a", "position": 1, "first-reference-note-number": 12}),
        note(2, {"id": "a", "position": 2}),
    ]
    assert Processor(NOTES, make_items()).cite(document) == ["Doe, “Title,” n. 12.", "Ibid."]


# -- locators, affixes, modes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "locator", "expected"),
    [
        ("page", "5", "p. 5"), ("page", "5-7", "pp. 5–7"), ("page", "5, 8", "pp. 5, 8"), ("", "5", "p. 5"),
        ("book", "2", "bk. 2"), ("chapter", "2-3", "chaps. 2–3"), ("column", "4", "col. 4"), ("figure", "1", "fig. 1"),
        ("folio", "12", "fol. 12"), ("issue", "3", "no. 3"), ("line", "8", "l. 8"), ("note", "9", "n. 9"),
        ("opus", "5", "op. 5"), ("paragraph", "6", "para. 6"), ("part", "1", "pt. 1"), ("section", "4", "sec. 4"),
        ("sub-verbo", "word", "s.v. word"), ("sub verbo", "word", "s.v. word"), ("verse", "3", "v. 3"),
        ("volume", "2", "vol. 2"), ("page", "sec. 4", "sec. 4"),
    ],
)  # fmt: skip
def test_locators_have_the_label_of_their_kind(label: str, locator: str, expected: str) -> None:
    cite = {"id": "b", "locator": locator, "label": label}
    assert Processor(NOTES, make_items()).cite(notes(cite)) == [f"Rick Roe, Beta, {expected}."]


def test_prefix_and_suffix_with_markup() -> None:
    cite = {"id": "b", "prefix": "See <i>also</i>", "suffix": ", in part"}
    processor = Processor(NOTES, make_items())
    assert processor.cite(notes(cite)) == ["See also Rick Roe, Beta, in part."]
    assert processor.citations("html") == ["See <i>also</i> Rick Roe, <i>Beta</i>, in part."]


def test_author_and_year_apart() -> None:
    processor = Processor(YEARS, make_items())
    assert processor.cite([
        text("b"), text({"id": "b", "suppress-author": True}), text({"id": "b", "author-only": True}),
        text({"id": "b", "locator": "4"}, mode="suppress-author"), text("b", mode="composite"),
    ]) == ["(Roe 2001)", "(2001)", "Roe", "(2001, p. 4)", "Roe (2001)"]  # fmt: skip


def test_who_has_no_author_is_not_named_in_the_text() -> None:
    anonymous = {"id": "n", "type": "book", "issued": {"date-parts": [[1999]]}}
    processor = Processor(YEARS, [*make_items(), anonymous])
    assert processor.cite([text("n", mode="composite"), text("n", "b", mode="composite")]) == [
        "(1999)", "(1999; Roe 2001)",
    ]  # fmt: skip


def test_like_cites_are_told_apart_only_where_both_are_there() -> None:
    processor = Processor(YEARS, make_items())
    assert processor.cite([text("a")]) == ["(Doe 2000)"]
    assert processor.append_cluster(text("c")) == "(Doe 2000b)"
    assert processor.citations() == ["(Doe 2000a)", "(Doe 2000b)"]
    processor.replace_cluster(1, text("b"))
    assert processor.citations() == ["(Doe 2000)", "(Roe 2001)"]


# -- locales and abbreviations --------------------------------------------------------------------------------------


def test_another_locale() -> None:
    items = make_items()
    cite = {"id": "a", "locator": "5-6"}
    assert Processor(NOTES, items, locale="de-DE").cite(notes(cite, cite))[1] == "Ebd."
    assert Processor(NOTES, items, locale="fr-FR").cite(notes(cite, "b", "b", "b", cite))[4] == (
        "Doe, «\u00a0Title\u00a0», n. 1, p. 5‑6."
    )
    german = NOTES.replace('class="note"', 'class="note" default-locale="de-DE"')
    assert Processor(german, items).cite(notes("a", "a"))[1] == "Ebd."
    assert Processor(german, items, locale="en-GB").cite(notes("a", "a"))[1] == "Ibid."


def test_abbreviations_are_for_the_short_form() -> None:
    short = {"default": {"container-title": {"Annals": "Ann."}}}
    assert Processor(NOTES, make_items(), abbreviations=short).cite(notes("a")) == ["Jane Doe, A Long Title, Ann."]


# -- the bibliography -----------------------------------------------------------------------------------------------


def ids(processor: Processor) -> list[str]:
    return [item_id for entry, _ in processor.bibliography().entries for item_id in entry]


def test_a_bibliography_of_all_of_the_cited_and_of_more() -> None:
    processor = Processor(NOTES, make_items())
    assert ids(processor) == ["a", "c", "b"]
    processor.cite(notes("b"))
    assert ids(processor) == ["b"]
    processor.set_uncited(["a"])
    assert ids(processor) == ["a", "b"]
    processor.set_uncited([])
    assert ids(processor) == ["b"]


def test_entries_in_order_with_their_ids() -> None:
    result = Processor(NOTES, make_items()).bibliography()
    assert [(entry, line.strip()) for entry, line in result.entries] == [
        (["a"], "Doe, Jane. A Long Title."),
        (["c"], "Doe, Jane. Gamma."),
        (["b"], "Roe, Rick. Beta."),
    ]


def test_a_style_without_a_bibliography_has_no_entries() -> None:
    bare = NOTES[: NOTES.index("<bibliography>")] + "</style>"
    assert Processor(bare, make_items()).bibliography().entries == []


# -- documents that change ------------------------------------------------------------------------------------------


class Counting(Processor):
    """Counts the clusters that are rendered and not taken from those that are known."""

    rendered = 0

    def _render_cluster(self, cluster: Cluster, *, regroup: bool = True) -> Out:
        self.rendered += 1
        return super()._render_cluster(cluster, regroup=regroup)


def test_only_what_changes_is_rendered_again() -> None:
    processor = Counting(NOTES, make_items())
    # each later cite of the same item in another position or far from the first, so that no two are alike
    processor.cite([note(n, {"id": "ab"[n % 2], "locator": str(n)}) for n in range(1, 101)])
    before = processor.rendered
    processor.append_cluster(note(101, "c"))
    assert processor.rendered == before + 1
    processor.citations("html")
    processor.citations("latex")
    assert processor.rendered == before + 1
    processor.replace_cluster(50, note(51, {"id": "b", "locator": "new"}))
    assert processor.rendered <= before + 4


def test_a_changed_document_reads_as_one_written_anew() -> None:
    changed = Processor(NOTES, make_items())
    changed.cite(notes("a", "a", "b"))
    changed.replace_cluster(0, note(1, "b"))
    changed.append_cluster(note(4, "a"))
    assert changed.citations() == Processor(NOTES, make_items()).cite([*notes("b", "a", "b"), note(4, "a")])


def test_a_changed_item_changes_the_document() -> None:
    processor = Processor(NOTES, make_items())
    processor.cite(notes("b"))
    processor.add_items([{"id": "b", "type": "book", "title": "Better"}])
    assert processor.citations() == ["Better."]


def test_a_dependent_style_names_its_parent() -> None:
    style = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>
    <link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>"""
    with pytest.raises(StyleError, match=r"it depends on 'http://www\.zotero\.org/styles/apa'"):
        Processor(style, [])


def test_the_example_of_the_documentation_runs() -> None:
    lines = [line[4:] for line in (csl.__doc__ or "").splitlines() if line.startswith("    ")]
    names: dict[str, Any] = {"style": NOTES, "items": make_items(), "clusters": notes("a", "b")}
    exec("\n".join(lines), names)
    assert names["texts"] == ["Jane Doe, A Long Title, Annals.", "Rick Roe, Beta."]
    assert [entry for entry, _ in names["result"].entries] == [["a"], ["b"]]
