"""Tables: AtoM's and Zotero's CSV, and those that people keep, in several languages."""

from __future__ import annotations

import io
import zipfile

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, collect
from citetool.formats.tables.columns import language_of_headings
from citetool.problems import InputError
from citetool.record.model import Level
from tests.shared import shared


def read(text: str, name: str = "t.csv"):  # type: ignore[no-untyped-def]
    return collect(read_file(io.BytesIO(text.encode()), options=ReadOptions(name)))


def test_atom_gives_each_row_the_levels_above_it() -> None:
    fonds, series, letter = collect(read_file(shared("data", "formats", "small", "atom-isad.csv"))).records
    assert (letter.title, letter.kind, letter.date) == ("Letter about the mill", "letter", "1912-05-05")
    assert [(c.name.direct(), c.role) for c in letter.creators] == [("John Smith", "author")]
    assert letter.archive.levels == (
        Level("box", "Box 4"),
        Level("series", "Correspondence"),
        Level("fonds", "Smith family fonds"),
        Level("repository", "Town Archive"),
    )
    assert (series.date, series.archive.get("fonds")) == ("1910/1940", "Smith family fonds")
    assert (fonds.kind, fonds.date, fonds.creators[0].role) == ("fonds", "1900/1950", "creator")


ATOM = (
    "legacyId,parentId,identifier,title,levelOfDescription,repository,eventTypes,eventDates,eventActors,"
    "physicalObjectName,physicalObjectType\n"
)


def test_atom_has_several_values_in_a_cell() -> None:
    text = ATOM + '7,,A 1,Plans,File,Town Archive,Creation|Publication,[s.d.]|1950,"Hall, Ann|NULL",12|3,Box|Folder\n'
    (record,) = read(text).records
    assert [tuple(level) for level in record.archive.levels][:2] == [("folder", "3"), ("box", "12")]
    assert [(c.name.direct(), c.role) for c in record.creators] == [("Ann Hall", "creator")]


def test_atom_says_that_a_parent_is_missing() -> None:
    result = read(ATOM + "7,6,A 1,Plans,Item,,,,,,\n")
    assert "parentId '6'" in result.problems[0].message
    assert result.records[0].archive.levels == (Level("call_number", "A 1"),)


def test_a_row_without_title_and_description_is_rejected() -> None:
    result = read("Title;Author;Date\nLetter;Gray, Ada;1842\n;Nobody;\n")
    assert [record.title for record in result.records] == ["Letter"]
    assert [entry.raw for entry in result.rejected] == [",Nobody,\n"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accessionNumber,title,culture\n1,Papers,en\n", "table of accessions"),
        ("legacyId,name,type,descriptionSlugs\n1,Box,Box,a\n", "table of storage"),
    ],
)
def test_other_tables_of_atom_are_refused_by_their_names(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(text)


def test_zotero_gives_what_its_json_would() -> None:
    letter, book = collect(read_file(shared("data", "formats", "small", "zotero-export.csv"))).records
    assert (letter.kind, letter.date, letter.id) == ("letter", "1947-03-05", "AB12CD34")
    assert [(c.name.direct(), c.role) for c in letter.creators] == [
        ("Anna Miller", "author"),
        ("Karl Weber", "recipient"),
    ]
    assert letter.tags == ("harvest", "letters")
    assert (letter.archive.get("box"), letter.archive.get("folder")) == ("Box 3", "Folder 2")
    assert letter.archive.get("repository") == "Town Archive"
    assert (book.kind, book.publication["publisher"], len(book.creators)) == ("book", "Example Press", 2)
    assert not letter.extra


def test_a_table_of_photographs_without_a_column_of_kinds() -> None:
    records = read("Titel,Fotograf,Datum\nAnkunft,Hans Weber,1945\nAbreise,[unbekannt],1945\n").records
    assert [record.kind for record in records] == ["photograph", "photograph"]
    assert [[str(creator.name) for creator in record.creators] for record in records] == [["Weber, Hans"], []]
    assert records[1].extra["table"] == {"Fotograf": "[unbekannt]"}


def test_a_location_beside_a_repository_is_where_that_is() -> None:
    both = read("Title,Repository,Location\nDiary,Town Archive,London\n").records[0]
    assert both.archive.levels == (Level("repository", "Town Archive"), Level("place", "London"))
    french = read("Titre,Lieu de conservation,Localisation\nJournal,Archives municipales,Brest\n").records[0]
    assert french.archive.levels == (Level("repository", "Archives municipales"), Level("place", "Brest"))
    alone = read("Title,Location\nDiary,Town Archive\n").records[0]
    assert alone.archive.levels == (Level("repository", "Town Archive"),)


def test_what_a_second_column_says_is_kept() -> None:
    record = read("Title,Repository,Library,Caption\nDiary,Town Archive,City Library,Of a clerk\n").records[0]
    assert record.archive.levels == (Level("repository", "Town Archive"),)
    assert record.extra["table"] == {"Library": "City Library", "Caption": "Of a clerk"}


def test_columns_in_german_between_semicolons() -> None:
    result = collect(read_file(shared("data", "formats", "small", "german.csv")))
    (record,) = result.records
    assert (record.title, record.kind, record.date) == ("Brief an den Bürgermeister", "letter", "1931-05-06")
    assert record.archive.levels == (Level("call_number", "R 43/1"), Level("repository", "Stadtarchiv"))
    assert "Signatur as call_number" in result.problems[0].message


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Titre,Auteur,Destinataire,Boîte,Archive", "Lettre au maire,Anna Miller,Karl Weber,3,Town Archive"),
        ("Título,Autor,Destinatario,Caja,Archivo", "Carta al alcalde,Anna Miller,Karl Weber,3,Town Archive"),
        ("Titolo,Autore,Destinatario,Scatola,Archivio", "Lettera,Anna Miller,Karl Weber,3,Town Archive"),
        ("Titel,Auteur,Ontvanger,Doos,Archief", "Letter,Anna Miller,Karl Weber,3,Town Archive"),
        ("Название,Автор,Адресат,Коробка,Архив", "Письмо,Anna Miller,Karl Weber,3,Town Archive"),
    ],
)
def test_columns_in_other_languages(head: str, row: str) -> None:
    (record,) = read(f"{head}\n{row}\n").records
    assert (record.kind, record.archive.get("box"), record.archive.get("repository")) == ("letter", "3", "Town Archive")
    assert [(c.name.direct(), c.role) for c in record.creators] == [
        ("Anna Miller", "author"),
        ("Karl Weber", "recipient"),
    ]


def test_a_description_stands_for_a_title_that_is_not_there() -> None:
    letter, minutes = collect(read_file(shared("data", "formats", "small", "photos.csv"))).records
    assert letter.supplied_title == "Letter to the mayor about the harvest"
    assert (letter.archive.get("box"), letter.archive.get("folder")) == ("3", "2")
    assert (letter.kind, minutes.date) == ("letter", "1931?")
    assert [(file.path, file.kind) for file in letter.files] == [("IMG_0001.jpg", "scan")]


def test_a_workbook(tmp_path) -> None:  # type: ignore[no-untyped-def]
    openpyxl = pytest.importorskip("openpyxl", reason="workbooks need openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Title", "Year", "Archive", "Box"])
    book.active.append(["Letter to the mayor", 1931, "Town Archive", 3.0])
    book.save(tmp_path / "t.xlsx")
    (record,) = collect(read_file(tmp_path / "t.xlsx")).records
    assert (record.title, record.date, record.archive.get("box")) == ("Letter to the mayor", "1931", "3")


def test_an_open_document_sheet(tmp_path) -> None:  # type: ignore[no-untyped-def]
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>"

    rows = [
        [cell("Titel"), cell("Datum"), cell("Karton")],
        [cell("Brief an Lang"), cell("6. Mai 31", ' office:date-value="1931-05-06"'), cell("3")],
    ]
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    empty = '<table:table-row table:number-rows-repeated="9000"><table:table-cell/></table:table-row>'
    text = (
        '<document xmlns:table="urn:table" xmlns:text="urn:text" xmlns:office="urn:office">'
        f"<table:table>{body}{empty}</table:table><table:table>{body}</table:table></document>"
    )
    with zipfile.ZipFile(tmp_path / "t.ods", "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", text)
    (record,) = collect(read_file(tmp_path / "t.ods")).records
    assert (record.title, record.kind, record.date) == ("Brief an Lang", "letter", "1931-05-06")
    assert record.archive.get("box") == "3"


def test_a_damaged_workbook_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04" + b"xl/workbook.xml" * 9)
    with pytest.raises(InputError, match="cannot be unpacked"):
        collect(read_file(tmp_path / "t.xlsx"))


MAP = """
[columns]
"Betr." = "title"
"Nr." = "box"
"Intern" = ""
[all]
repository = "Stadtarchiv"
"""


def read_mapped(text: str, mapping: str, tmp_path):  # type: ignore[no-untyped-def]
    (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
    options = ReadOptions("t.csv", columns=str(tmp_path / "map.toml"))
    return collect(read_file(io.BytesIO(text.encode()), "table", options))


def test_a_mapping_says_which_column_is_what(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (record,) = read_mapped("Betr.;Nr.;Intern;Datum\nBrief;7;x;1931\n", MAP, tmp_path).records
    assert (record.title, record.date, record.extra) == ("Brief", "1931", {})
    assert [tuple(level) for level in record.archive.levels] == [("box", "7"), ("repository", "Stadtarchiv")]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ('[columns]\nBetr = "title"', "no column 'Betr'"),
        ('[columns]\n"Betr." = "tittle"', "no fact 'tittle'"),
        ('[column]\n"Betr." = "title"', "unknown table: column"),
        ("columns = ", "not TOML"),
    ],
)
def test_faults_of_a_mapping_are_named(mapping: str, said: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=said):
        read_mapped("Betr.;Nr.\nBrief;7\n", mapping, tmp_path)


def test_rows_before_the_headings_are_passed_over() -> None:
    (record,) = collect(read_file(io.BytesIO(b"Query,mills\n,\nBox,Title\n3,Letter\n"), "table")).records
    assert (record.title, record.archive.get("box")) == ("Letter", "3")


def test_an_abstract_is_no_title() -> None:
    (rejected,) = read(f"Description,Box\n{'word ' * 100},3\n").rejected
    assert "does not say what the source is called" in rejected.problem.message


@pytest.mark.parametrize(
    "name", ["CSV___baseline_openalex.csv", "TSV___baseline_refworks.tsv", "XLSX___baseline_embase.xlsx"]
)
def test_exports_of_databases(name: str) -> None:
    if name.endswith(".xlsx"):
        pytest.importorskip("openpyxl", reason="workbooks need openpyxl")
    result = collect(read_file(shared("data", "formats", "asr", name)))
    assert result.records
    assert not result.rejected
    assert all(record.title and record.date for record in result.records)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Lang A., Weg B.-C.", ["Lang, A.", "Weg, B.-C."]),
        ("Miller,Anna; Weber,null", ["Miller, Anna", "Weber"]),
    ],
)
def test_names_as_exports_write_them(cell: str, names: list[str]) -> None:
    (record,) = read(f'Title,Author,Box\nA,"{cell}",1\n').records
    assert [str(creator.name) for creator in record.creators] == names


@pytest.mark.parametrize(
    ("table", "levels", "facts"),
    [
        (
            "Архив;Фонд;Опись;Дело;Листы;Заголовок дела;Начальная дата;Конечная дата\n"
            "ГАРФ;5;1;131;2-4;Письма;1921;1923\n",
            "list: 2-4, delo: 131, opis: 1, fond: 5, repository: ГАРФ",
            ("Письма", "1921/1923", ""),
        ),
        (
            "Dépôt;Fonds;Sous-série;Liasse;Folio;Intitulé;Date de début;Observations\n"
            "AD Nord;Notaires;3 E;12;7v;Bail;1702;copie\n",
            "page: fol. 7v, bundle: 12, subseries: 3 E, collection: Notaires, repository: AD Nord",
            ("Bail", "1702", "copie"),
        ),
        (
            "Archiefinstelling,Toegang,Inventarisnummer,Beschrijving,Begindatum,Einddatum\n"
            "NA,2.05,17,Notulen,1931-01-02,1931-03-04\n",
            "call_number: 17, collection_id: 2.05, repository: NA",
            ("Notulen", "1931-01-02/1931-03-04", ""),
        ),
        (
            "Archivo;Sección;Legajo;Expediente;Asunto;Fecha inicial;País\nAHN;Estado;300;4;Cartas;1808;España\n",
            "file: 4, bundle: 300, section: Estado, repository: AHN, country: España",
            ("Cartas", "1808", ""),
        ),
        (
            "Ente conservatore;Fondo;Busta;Sottofascicolo;Oggetto;Estremi cronologici\n"
            "AS Roma;Camerale;4;2;Lettere;1650-1652\n",
            "folder: 2, box: 4, collection: Camerale, repository: AS Roma",
            ("Lettere", "1650/1652", ""),
        ),
    ],
)
def test_tables_of_archives_in_their_own_words(table: str, levels: str, facts: tuple[str, str, str]) -> None:
    items = collect(read_file(io.BytesIO(table.encode()), options=ReadOptions("t.csv")))
    (record,) = items.records
    assert "kept as they are" not in items.problems[0].message
    assert ", ".join(f"{level.name}: {level.value}" for level in record.archive.levels) == levels
    assert (record.any_title, record.date, " ".join(record.notes)) == facts


@pytest.mark.parametrize(
    ("headings", "language"),
    [
        (["Titel", "Datum", "Fotograf", "Archiv"], "de"),
        (["Titel", "Datum"], ""),  # German, Dutch or Swedish
        (["Titel", "Archief", "Jaar"], "nl"),
        (["Titre", "Cote", "Date"], "fr"),
        (["Title", "Archiv", "Signatur"], "de"),
        (["Titre", "Titel", "Cote"], ""),
        (["Название", "Дата", "Фонд"], "ru"),
        (["Title", "Date", "Photographer", "Archive"], ""),
    ],
)
def test_the_language_of_headings(headings: list[str], language: str) -> None:
    assert language_of_headings(headings) == language


def test_titles_are_of_the_language_of_the_headings() -> None:
    (record,) = read("Titel,Jahr,Archiv\nBlick auf die Brücke,1936,Stadtarchiv Köln\n").records
    assert (record.language, record.metadata.inferred) == (("de",), ("language",))
    (record,) = read("Titel,Jahr,Archiv,Sprache\nA View,1936,Stadtarchiv Köln,en\n").records
    assert (record.language, record.metadata.inferred) == (("en",), ())
