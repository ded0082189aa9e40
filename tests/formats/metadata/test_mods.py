from __future__ import annotations

import io

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.metadata.mods.mods import read, write
from citetool.names import Name
from citetool.problems import InputError
from citetool.record.model import Level, Record
from tests.factories import make_book, make_record
from tests.strategies import records


def read_text(text: str) -> ReadResult:
    return collect(read(io.BytesIO(text.encode()), ReadOptions("x.xml")))


def read_one(body: str) -> Record:
    result = read_text(f'<mods xmlns="http://www.loc.gov/mods/v3">{body}</mods>')
    assert not result.problems
    return result.records[0]


def written(record: Record, *, carry: bool = True) -> str:
    return "".join(write([record], WriteOptions(lossless=carry)))


def test_the_path_stands_in_one_location_and_the_genre_for_zotero_last() -> None:
    text = written(make_record(), carry=False)
    assert (
        "<physicalLocation>Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress, "
        "Washington, D.C.</physicalLocation>" in text
    )
    assert text.index(">memorandum of conversation</genre>") < text.index(">manuscript</genre>")
    assert '<dateCreated encoding="w3cdtf">1944-06-26</dateCreated>' in text
    assert '<dateIssued encoding="w3cdtf">1944-06-26</dateIssued>' in text


def test_a_book_has_publisher_place_and_no_date_of_creation() -> None:
    text = written(make_book())
    assert "<publisher>Oxford University Press</publisher>" in text
    assert "dateCreated" not in text
    assert read_text(text).records == [make_book()]


@pytest.mark.property
@given(records())
def test_what_is_written_is_read_back_equal(record: Record) -> None:
    result = read_text(written(record))
    assert not result.problems
    assert result.records == [record]


def test_several_records_and_their_wrapper() -> None:
    text = "".join(write([make_record(), make_book()], WriteOptions(lossless=True)))
    assert [r.id for r in read_text(text).records] == ["219945", "gaddis1982"]


def test_the_title_that_a_cataloguer_made_is_told_apart() -> None:
    assert read_one('<titleInfo supplied="yes"><title>Letter</title></titleInfo>').supplied_title == "Letter"
    assert read_one("<titleInfo><title>[Two women]</title></titleInfo>").supplied_title == "Two women"
    record = read_one(
        "<titleInfo><nonSort>The</nonSort><title>Art of War :</title><subTitle>notes /</subTitle></titleInfo>"
    )
    assert record.title == "The Art of War: notes"


def test_the_key_stands_where_jabref_finds_it_and_is_no_identifier_of_the_source() -> None:
    text = "".join(write([make_record()], WriteOptions(lossless=False)))
    assert '<identifier type="citekey">219945</identifier>' in text
    found = read_one('<titleInfo><title>T</title></titleInfo><identifier type="citekey">doe1944</identifier>')
    assert (found.id, found.identifiers) == ("doe1944", {})


def test_dates_with_points_and_qualifiers() -> None:
    def origin(*elements: str) -> tuple[str, str]:
        record = read_one(f"<originInfo>{''.join(elements)}</originInfo>")
        return record.date, record.date_text

    start, end = '<dateIssued point="start" encoding="marc">1900', '<dateIssued point="end" encoding="marc">1922'
    assert origin(f"{start}</dateIssued>", f"{end}</dateIssued>") == ("1900/1922", "")
    assert origin('<dateCreated qualifier="approximate">1944</dateCreated>') == ("1944~", "")
    assert origin('<dateIssued encoding="marc">19uu</dateIssued>') == ("19XX", "")
    keyed = '<dateIssued>1950</dateIssued><dateOther keyDate="yes" type="sent">1944-06</dateOther>'
    assert origin(keyed) == ("1944-06", "")
    assert origin("<dateCreated>in the reign of Nero</dateCreated>") == ("", "in the reign of Nero")


def test_names_by_their_parts_type_and_role() -> None:
    record = read_one(
        '<name type="personal"><namePart>Thiry, Paul, 1904-1993</namePart>'
        '<role><roleTerm type="code">pht</roleTerm><roleTerm type="text">Owner</roleTerm></role></name>'
        '<name type="personal"><namePart type="family">van Gogh</namePart><namePart type="given">Vincent</namePart>'
        '<affiliation>Ambassador</affiliation></name>'
        '<name type="corporate"><namePart>Smith, Jones, and Co.</namePart></name>'
    )  # fmt: skip
    found = [(str(c.name), c.role, c.office) for c in record.creators]
    assert ("Thiry, Paul", "photographer", "") in found
    assert ("van Gogh, Vincent", "author", "Ambassador") in found
    assert Name(literal="Smith, Jones, and Co.") in record.by_role("author")


def test_levels_from_hosts_locators_and_typed_locations() -> None:
    record = read_one(
        "<typeOfResource>still image</typeOfResource><titleInfo><title>Portrait</title></titleInfo>"
        '<relatedItem type="host"><titleInfo><title>Album B</title></titleInfo>'
        '<relatedItem type="host"><titleInfo><title>Portrait file</title></titleInfo></relatedItem></relatedItem>'
        '<location><physicalLocation type="division">Print Room</physicalLocation>'
        "<physicalLocation>Public Library</physicalLocation><shelfLocator>Box 3, Folder 7</shelfLocator></location>"
    )
    assert record.kind == "graphic"
    assert record.archive.levels == (
        Level("box", "Box 3"),
        Level("folder", "Folder 7"),
        Level("series", "Album B"),
        Level("collection", "Portrait file"),
        Level("division", "Print Room"),
        Level("repository", "Public Library"),
    )


def test_an_article_gets_its_journal_and_pages() -> None:
    record = read_one(
        "<typeOfResource>text</typeOfResource><titleInfo><title>On Maps</title></titleInfo>"
        '<relatedItem type="host"><titleInfo><title>Imago Mundi</title></titleInfo><part>'
        '<detail type="volume"><number>4</number></detail>'
        '<extent unit="pages"><start>12</start><end>20</end></extent></part></relatedItem>'
    )
    assert record.kind == "journal article"
    assert record.publication == {"container-title": "Imago Mundi", "volume": "4", "page": "12-20"}


def test_an_oai_answer_gives_the_id() -> None:
    result = read_text(
        "<OAI-PMH><record><header><identifier>oai:example.org:item/7</identifier></header><metadata>"
        "<mods><titleInfo><title>A</title></titleInfo></mods></metadata></record></OAI-PMH>"
    )
    assert [(r.id, r.title) for r in result.records] == [("item-7", "A")]
    assert result.records[0].metadata.reader == "mods"


def test_broken_carried_fields_are_reported_with_their_line() -> None:
    result = read_text('<mods>\n<titleInfo><title>A</title></titleInfo>\n<extension displayLabel="citetool">'
                       "citetool(date: </extension></mods>")  # fmt: skip
    assert result.records[0].title == "A"
    assert str(result.problems[0]).startswith("x.xml:1: the carried fields are broken")


def test_what_is_not_mods_is_refused() -> None:
    with pytest.raises(InputError, match="no mods element"):
        read_text("<html/>")


def test_for_zotero_the_collection_is_no_publication_and_others_are_no_authors() -> None:
    people = [
        {"name": "Kennan, George", "role": "author"},
        {"name": "King, Martin Luther, Jr.", "role": "author"},
        {"name": "Marshall, George C.", "role": "recipient"},
    ]
    telegram = make_record(kind="telegram", creators=people)
    text = "".join(write([telegram], WriteOptions(program="zotero")))
    assert "relatedItem" not in text
    assert text.count("W. Averell Harriman Papers") == 1
    assert "<note>Recipient: Marshall, George C.</note>" in text
    assert '<namePart type="given">Martin Luther, Jr.</namePart>' in text
    assert text.count("<name ") == 2
    letter = make_record(kind="letter", creators=people)
    assert "".join(write([letter], WriteOptions(program="zotero"))).count("<name ") == 3


def test_a_newspaper_article_of_zotero_with_its_extra() -> None:
    record = read_text(
        "<mods><titleInfo><title>Coal</title></titleInfo><genre authority='local'>newspaperArticle</genre>"
        "<note>original-title: Orig\nmedium: microfilm</note><relatedItem type='host'><part><extent unit='pages'>"
        "<list>4</list></extent></part><originInfo><dateIssued>1926-05-04</dateIssued></originInfo><titleInfo>"
        "<title>The Times</title></titleInfo></relatedItem></mods>"
    ).records[0]
    assert (record.kind, record.date) == ("newspaper article", "1926-05-04")
    assert record.publication == {"container-title": "The Times", "page": "4"}
    assert (record.original_title, record.medium, record.notes) == ("Orig", "microfilm", ())


def test_what_a_chapter_appeared_in() -> None:
    record = read_one(
        "<titleInfo><title>Chapter one</title></titleInfo><genre>book chapter</genre>"
        "<name><namePart>Blum, Josef</namePart><role><roleTerm>author</roleTerm></role></name>"
        '<relatedItem type="host"><titleInfo><title>Big book</title></titleInfo>'
        "<name><namePart>Lang, Anna</namePart><role><roleTerm>editor</roleTerm></role></name>"
        "<name><namePart>Weg, Karl</namePart><role><roleTerm>author</roleTerm></role></name>"
        "<originInfo><publisher>Press</publisher><place><placeTerm>Oxford</placeTerm></place></originInfo>"
        "<part><date>1994</date><extent unit='page'><start>23</start><end>45</end></extent></part></relatedItem>"
    )
    assert [(str(c.name), c.role) for c in record.creators] == [
        ("Blum, Josef", "author"),
        ("Lang, Anna", "editor"),
        ("Weg, Karl", "container-author"),
    ]
    assert (record.kind, record.date) == ("chapter", "1994")
    assert record.publication == {
        "container-title": "Big book",
        "page": "23-45",
        "publisher": "Press",
        "publisher-place": "Oxford",
    }


def test_the_original_of_a_digital_picture() -> None:
    record = read_one(
        "<titleInfo><title>View of the mill</title></titleInfo><typeOfResource>still image</typeOfResource>"
        '<relatedItem type="original"><physicalDescription><extent>1 slide</extent></physicalDescription><location>'
        "<physicalLocation>Town Archive</physicalLocation><shelfLocator>P 7803</shelfLocator></location></relatedItem>"
        '<identifier type="local">955.11</identifier><identifier type="local">P 7803</identifier>'
    )
    assert [level.value for level in record.archive.levels] == ["P 7803", "Town Archive"]
    assert (record.extent, record.identifiers) == ("1 slide", {"local": "955.11; P 7803"})


@pytest.mark.parametrize(("genre", "role"), [("Brief", "Adressat"), ("lettre", "destinataire"), ("письмо", "адресат")])
def test_words_of_other_languages(genre: str, role: str) -> None:
    record = read_one(
        f"<titleInfo><title>T</title></titleInfo><genre>{genre}</genre>"
        f"<name><namePart>Lang, Anna</namePart><role><roleTerm type='text'>{role}</roleTerm></role></name>"
    )
    assert (record.kind, record.creators[0].role) == ("letter", "recipient")


@pytest.mark.parametrize(
    ("genres", "kind", "csl"),
    [
        ('<genre authority="local">manuscript</genre><genre>memorandum</genre>', "memorandum", ""),
        ('<genre authority="local">thesis</genre><genre authority="marcgt">thesis</genre><genre>PhD Thesis</genre>',
         "PhD thesis", ""),
        ('<genre authority="local">map</genre><genre>sea chart</genre>', "sea chart", "map"),
    ],
)  # fmt: skip
def test_the_second_genre_of_zotero_is_the_kind(genres: str, kind: str, csl: str) -> None:
    record = read_one(f"<titleInfo><title>T</title></titleInfo>{genres}")
    assert (record.kind, record.type) == (kind, csl)


def test_shelf_marks_stand_where_zotero_has_the_place_in_the_archive() -> None:
    for text, name in (("Box 4", "box"), ("G3764 .B6", "call_number"), ("MS 1250", "call_number")):
        record = read_one(
            f'<genre authority="local">document</genre><location><physicalLocation>{text}</physicalLocation></location>'
            "<note>archive-place: Trier\ngenre: certificate</note>"
        )
        assert record.archive.levels == (Level(name, text), Level("place", "Trier"))
        assert record.kind == "certificate"
    assert read_one("<location><physicalLocation>Delaware</physicalLocation></location>").archive.get("repository")


def test_contributors_alone_made_the_thing() -> None:
    people = "".join(
        f'<name type="personal"><namePart type="family">{family}</namePart><role>'
        '<roleTerm type="code" authority="marcrelator">ctb</roleTerm></role></name>'
        for family in ("Rusk", "Wilson")
    )
    record = read_one(f'<genre authority="local">interview</genre>{people}')
    assert [creator.role for creator in record.creators] == ["interviewee", "interviewer"]
    assert "creators" in record.metadata.inferred
