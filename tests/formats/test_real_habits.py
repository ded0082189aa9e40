"""What real files of archives, libraries and historians taught: small inputs of our own with the same habits."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.problems import InputError

if TYPE_CHECKING:
    from citetool.record.model import Record

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="L9">{}<text><body><p/></body></text></TEI>'


def read_text(text: str | bytes, name: str = "<input>", encoding: str | None = None) -> ReadResult:
    data = text.encode() if isinstance(text, str) else text
    return collect(read_file(io.BytesIO(data), None, ReadOptions(source=name, encoding=encoding)))


def one(text: str | bytes, name: str = "<input>") -> Record:
    (record,) = read_text(text, name).records
    return record


def levels(record: Record) -> list[str]:
    return [f"{level.name}: {level.value}" for level in record.archive.levels]


# ---- doors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": 3, "metadata": "<mods xmlns=\'http://www.loc.gov/mods/v3\'>"}', "JSON with the keys id, metadata"),
        ('{"@graph": [{"edm:dataProvider": "Museum", "@type": "ore:Aggregation"}]}', "EDM in JSON"),
        ('<entry xmlns="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"/>', "a news feed"),
        ("id,ext_id,name\n1,2,Abbey\n", "a table between commas"),
        ("STATION,NAME,DATE,TMAX\nUS1,Mesa,1897-04,80\n", "a table between commas"),
        ("First name,Born,Description\nAnna,1903-03-26,Miller\n", "a table of people"),
        ("qid,name,description_en,birth_year\nQ1,Anna,painter,1606\n", "a table of people"),
        ("=LDR  00714cam a22\n=001  x1\n", "MarcEdit's text"),
        ("<METS_Profile xmlns:METS='http://www.loc.gov/METS/'><METS:dmdSec/></METS_Profile>", "a METS profile"),
        ("<alto xmlns='http://www.loc.gov/standards/alto/ns-v2#'/>", "ALTO"),
    ],
)
def test_what_is_no_description_of_sources_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read_text(text)
    assert said in error.value.problems[0].message


@pytest.mark.parametrize("text", ["%0 Report\n", '[{"id": "a", "type": "book"}]'])
def test_an_entry_that_says_nothing_is_rejected(text: str) -> None:
    result = read_text(text)
    assert not result.records
    assert len(result.rejected) == 1


# ---- tables


@pytest.mark.parametrize(
    "head",
    ["Dublin Core:Title,Dublin Core:Author,inception", "work_title,author,inception", "title_de,Fotograf,Zeitraum"],
)
def test_headings_with_vocabularies_and_languages(head: str) -> None:
    record = one(f"{head}\nThe mill,Anna Miller | Lang; Ben van Weg,1912\n")
    assert (record.title, record.date) == ("The mill", "1912")
    assert [str(creator.name) for creator in record.creators] == ["Miller, Anna", "Lang", "van Weg, Ben"]


def test_bodies_in_columns_of_people_are_not_turned_round() -> None:
    record = one("Title,author,photographer\nA,Verein für Geschichte; Foto Huber GmbH,Ministère de la Guerre\n")
    names = ["Verein für Geschichte", "Foto Huber GmbH", "Ministère de la Guerre"]
    assert [creator.name.literal for creator in record.creators] == names


def test_quotes_behind_a_blank_and_scans_on_the_web() -> None:
    record = one('title, creator, tags, file\n"Mill", "Anna Miller", "mill, town", "http://example.org/a.png, b.png"\n')
    assert (record.title, record.tags, record.files) == ("Mill", ("mill", "town"), ())
    assert record.digital.url == "http://example.org/a.png"


def test_a_name_is_a_title_beside_what_only_sources_have_and_of_two_titles_the_first_is_it() -> None:
    record = one("name,creator,date\nView of the mill | Blick auf die Mühle,Anna Miller,1912\n")
    assert (record.title, record.extra) == ("View of the mill", {"table": {"name": "Blick auf die Mühle"}})


def test_a_row_with_an_isbn_is_a_book() -> None:
    assert one("Title,Place,ISBN\nMills,Hamburg,978-3-89965-883-5\n").kind == "book"


# ---- TEI


def test_a_letter_bears_its_own_title_and_is_read_at_its_address() -> None:
    titles = '<title level="s">Letters</title><title type="iso-date">1923-05-15</title><title level="a">A to B</title>'
    number = '<idno type="handle">https://hdl.handle.net/1/2</idno>'
    sent = '<correspAction type="sent"><persName>Lang, Anna</persName><date when="1923-05-15"/></correspAction>'
    file = f"<fileDesc><titleStmt>{titles}</titleStmt><publicationStmt>{number}</publicationStmt></fileDesc>"
    header = f"<teiHeader>{file}<profileDesc><correspDesc>{sent}</correspDesc></profileDesc></teiHeader>"
    record = one(TEI.format(header))
    assert (record.title, record.digital.url) == ("A to B", "https://hdl.handle.net/1/2")


def test_an_edition_in_marked_parts_is_described_with_commas() -> None:
    parts = (
        "<author>Lang, Anna</author><title>Letters</title><imprint><pubPlace>Town</pubPlace><date>1964</date></imprint>"
    )
    edition = f'<biblStruct xml:id="e"><monogr>{parts}</monogr></biblStruct>'
    sent = '<correspAction type="sent"><persName>Lang, Anna</persName></correspAction>'
    file = f"<fileDesc><titleStmt><title>Index</title></titleStmt><sourceDesc>{edition}</sourceDesc></fileDesc>"
    letters = f'<correspDesc source="#e">{sent}</correspDesc>' * 2
    header = f"<teiHeader>{file}<profileDesc>{letters}</profileDesc></teiHeader>"
    assert read_text(TEI.format(header)).records[0].notes == ("Edition: Lang, Anna, Letters, Town, 1964",)


def test_a_manuscript_with_leaves_and_an_id_that_all_share() -> None:
    numbers = "<idno>MS 7</idno><altIdentifier><idno/></altIdentifier>"
    kept = f"<msIdentifier><settlement>Town</settlement><repository>Abbey</repository>{numbers}</msIdentifier>"
    extent = '<extent><measure unit="leaf">134</measure></extent>'
    parts = f"<physDesc><objectDesc><supportDesc>{extent}</supportDesc></objectDesc></physDesc>"
    origin = '<history><origin><origDate notBefore="1707">1707</origDate></origin></history>'
    source = f'<sourceDesc><msDesc xml:id="ms">{kept}{parts}{origin}</msDesc></sourceDesc>'
    header = f"<teiHeader><fileDesc><titleStmt><title>MS 7</title></titleStmt>{source}</fileDesc></teiHeader>"
    record = one(TEI.format(header))
    assert (record.id, record.extent, record.date, record.identifiers) == ("L9", "134 leaves", "1707", {})


# ---- catalogues


def test_boxes_and_hosts_of_mods() -> None:
    box = '<location><physicalLocation type="container">1</physicalLocation></location>'
    keeper = '<location><physicalLocation type="repository">Arboretum Library</physicalLocation></location>'
    host = f'<relatedItem type="host"><titleInfo><title>Drawings</title></titleInfo>{keeper}</relatedItem>'
    dates = "".join(f'<dateCreated point="{point}">1860</dateCreated>' for point in ("start", "end"))
    body = f"<titleInfo><title>Plate</title></titleInfo>{box}{host}<originInfo>{dates}</originInfo>"
    record = one(f'<mods xmlns="http://www.loc.gov/mods/v3">{body}</mods>')
    assert levels(record) == ["container: 1", "collection: Drawings", "repository: Arboretum Library"]
    assert record.date == "1860"


def test_genres_of_mods_by_their_address_or_in_other_languages() -> None:
    """A link's own `type` is none of the title."""
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple"'
    for genre, kind in (
        ('<genre valueURI="http://example.org/genres#dissertation"/>', "thesis"),
        ("<genre>Zeitungsausschnitt</genre>", "clipping"),
        ("<genre>листовка</genre>", "pamphlet"),
    ):
        title = f"<titleInfo {link}><title>Mills</title></titleInfo>"
        record = one(f'<mods xmlns="http://www.loc.gov/mods/v3">{genre}{title}</mods>')
        assert (record.kind, record.title, record.extra) == (kind, "Mills", {})


def test_what_a_datacite_resource_was_published_in() -> None:
    pages = "<firstPage>20</firstPage><lastPage>35</lastPage>"
    item = f"<titles><title>Journal</title></titles><volume>3</volume><issue>4</issue>{pages}"
    record = one(
        '<resource xmlns="http://datacite.org/schema/kernel-4"><titles><title>Mills</title></titles><relatedItems>'
        f'<relatedItem relationType="References"><titles><title>Other</title></titles></relatedItem>'
        f'<relatedItem relationType="IsPublishedIn">{item}</relatedItem></relatedItems></resource>'
    )
    assert record.publication == {"container-title": "Journal", "volume": "3", "issue": "4", "page": "20-35"}


def test_a_midnight_stands_for_a_day_and_new_year_for_a_year() -> None:
    for moment, date in (("1720-01-01T00:00:00Z", "1720"), ("1957-03-02T00:00:00Z", "1957-03-02")):
        record = one(
            f'{{"metadata": {{"identifier": "a", "mediatype": "texts", "title": "Mills", "date": "{moment}"}}}}'
        )
        assert record.date == date


def test_the_citation_that_is_asked_for_among_identifiers() -> None:
    numbers = "<dc:identifier>Cite as: Bridge, Town Library</dc:identifier><dc:identifier>B 7</dc:identifier>"
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    record = one(f"<record {space}><dc:title>Bridge</dc:title>{numbers}</record>")
    assert (record.citation, record.identifiers) == ("Bridge, Town Library", {"local": "B 7"})


def test_cells_of_atom_with_several_values() -> None:
    head = "legacyId,title,levelOfDescription,generalNote,alternativeIdentifiers"
    record = one(f"{head}\n1,Mill fonds,Fonds,One|Two,A1|A2\n")
    assert (record.notes, record.identifiers) == (("One", "Two"), {"local": "A1; A2"})


def test_a_row_of_atom_in_another_language_translates_the_one_before_it() -> None:
    head = "legacyId,title,levelOfDescription,culture"
    result = read_text(f"{head}\n1,Mill fonds,Fonds,en\n1,Fonds du moulin,Fonds,fr\n2,Letters,File,en\n")
    assert [(record.title, record.translated_title) for record in result.records] == [
        ("Mill fonds", "Fonds du moulin"),
        ("Letters", ""),
    ]


# ---- MARC


def iso2709(fields: list[tuple[str, bytes]], coding: bytes = b" ", sort: bytes = b"a") -> bytes:
    """Return one record of ISO 2709 with these fields, whose data begin with the indicators."""
    directory, body = b"", b""
    for tag, data in fields:
        directory += f"{tag}{len(data) + 1:04}{len(body):05}".encode()
        body += data + b"\x1e"
    base = 24 + len(directory) + 1
    leader = f"{base + len(body) + 1:05}n".encode() + sort + b"m " + coding + f"22{base:05} a 4500".encode()
    return leader + directory + b"\x1e" + body + b"\x1d"


def test_text_that_is_neither_utf_8_nor_marc_8_is_not_guessed() -> None:
    data = iso2709([("001", b"x"), ("245", b"10\x1fa" + "Вор и убийца".encode("cp1251"))])
    assert "--encoding" in read_text(data, "a.mrc").rejected[0].problem.message
    (record,) = read_text(data, "a.mrc", encoding="cp1251").records
    assert record.title == "Вор и убийца"


def test_utf_8_counts_although_the_leader_denies_it() -> None:
    assert one(iso2709([("245", "10\x1faVor и".encode())]), "a.mrc").title == "Vor и"


def test_marc_8_with_shifts_to_another_script() -> None:
    pytest.importorskip("pymarc", reason="MARC-8 needs pymarc")
    assert one(iso2709([("245", b"10\x1fa\x1b(NwOR\x1b(B")]), "a.mrc").title == "Вор"


def test_a_directory_of_letters_is_said_in_words() -> None:
    data = iso2709([("245", b"10\x1faMills")]).replace(b"2450010", b"245pra0")
    assert "directory" in read_text(data, "a.mrc").rejected[0].problem.message


def test_unimarc() -> None:
    fields = [
        ("001", b"IT1"), ("010", b"  \x1fa88-04-40682-8"), ("100", b"  \x1fa19961119d1996    |||y0itac50      ba"),
        ("101", b"1 \x1faita\x1fceng"), ("200", b"1 \x1faL'altra faccia\x1feromanzo\x1ffIsaac Lang"),
        ("210", b"  \x1faMilano\x1fcMondadori\x1fd1996"), ("215", b"  \x1faV, 201 p.\x1fd20 cm"),
        ("700", b" 1\x1faLang,\x1fb, Isaac\x1f4070"), ("702", b" 1\x1faWeg,\x1fbAnna\x1f4730"),
    ]  # fmt: skip
    record = one(iso2709(fields, b"a"), "a.mrc")
    assert (record.title, record.date, record.language) == ("L'altra faccia: romanzo", "1996", ("it",))
    assert record.publication == {"publisher": "Mondadori", "publisher-place": "Milano"}
    assert [(str(c.name), c.role) for c in record.creators] == [("Lang, Isaac", "author"), ("Weg, Anna", "translator")]
