"""TEI files: letters, manuscripts, editions of one letter, publications."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.problems import InputError
from citetool.record.model import Level
from tests.shared import needs_shared, shared

SENT = '<correspAction type="sent"><persName>Miller, Anna</persName><placeName>Dresden</placeName>{}</correspAction>'


def read_tei(header: str, body: str = "<text><body><p/></body></text>") -> ReadResult:
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t1"><teiHeader>{header}</teiHeader>{body}</TEI>'
    return collect(read_file(io.BytesIO(text.encode()), options=ReadOptions("t.xml")))


def file_desc(more: str = "", title: str = "Letters") -> str:
    return f"<fileDesc><titleStmt><title>{title}</title></titleStmt>{more}</fileDesc>"


@needs_shared
def test_letters_of_an_index() -> None:
    first, second = collect(read_file(shared("data", "formats", "small", "cmif.xml"))).records
    assert (first.kind, first.date, first.place) == ("letter", "1825-05-07", "Dresden")
    assert [(str(c.name), c.role) for c in first.creators] == [("Miller, Anna", "author"), ("Weber, Karl", "recipient")]
    assert (first.digital.name, first.digital.url) == ("Example Edition", "http://example.org/1")
    assert second.date == "1810-07-11/1810-07-18"
    assert second.any_title == "Letter to Anna Miller"


@needs_shared
def test_letters_of_a_printed_edition() -> None:
    name = "examples__example02_cmi-with-printed-edition.xml"
    records = collect(read_file(shared("data", "formats", "cmif", name))).records
    assert [record.identifiers["local"] for record in records] == ["631", "632", "633"]
    assert records[0].dates == {"received": "1792-12-26"}
    assert records[0].notes[0].startswith("Edition: Samuel Thomas Soemmerring. Briefwechsel")


@needs_shared
def test_a_manuscript() -> None:
    (record,) = collect(read_file(shared("data", "formats", "small", "msdesc.xml"))).records
    assert (record.kind, record.title, record.date) == ("manuscript", "Speculum", "1350/1400")
    assert (record.date_text, record.place) == ("14th century, second half", "Italy")
    assert (record.extent, record.medium, record.language) == ("84 leaves", "parchment", ("it",))
    assert [str(c.name) for c in record.creators] == ["Cavill, Dominic"]
    assert record.archive.levels == (
        Level("call_number", "MS. Ex. A. 27"),
        Level("collection", "Additional"),
        Level("repository", "Ex Library"),
        Level("place", "Extown"),
    )


@needs_shared
@pytest.mark.parametrize(
    ("name", "title", "date", "author"),
    [
        ("MS_Bodl_733", "Commentary on Luke", "1200/1210", "Ambrose"),
        ("MS_Canon_Gr_58", "Menologion for September", "1000/1100", ""),
        ("MS_Rawl_G_128", "Gospel of Matthew, glossed; Gospel of Mark, glossed", "1250/1300", ""),
        ("MS_e_Mus_9", "Commentary on the Pauline Epistles", "1125/1150", "Florus of Lyons"),
    ],
)
def test_manuscripts_of_a_catalogue(name: str, title: str, date: str, author: str) -> None:
    (record,) = collect(read_file(shared("data", "formats", "msdesc", f"{name}.xml"))).records
    assert (record.title, record.date, "; ".join(str(c.name) for c in record.creators)) == (title, date, author)
    assert record.archive.get("call_number").replace("MS. ", "MS_").replace(". ", "_").replace(" ", "_") == name
    assert [level.value for level in record.archive.levels][1:] == [
        "Bodleian Library",
        "University of Oxford",
        "Oxford",
    ]


def test_the_edition_of_one_letter_has_the_holding_of_its_manuscript() -> None:
    manuscript = (
        "<sourceDesc><msDesc><msIdentifier><settlement>Extown</settlement><repository>Town Archive</repository>"
        "<idno>P 7</idno></msIdentifier></msDesc></sourceDesc>"
    )
    sent = SENT.format('<date when="1931-05-06"/>')
    letter = f"<profileDesc><correspDesc>{sent}</correspDesc></profileDesc>"
    (record,) = read_tei(file_desc(manuscript, "Anna Miller to her brother") + letter).records
    assert (record.id, record.kind, record.title) == ("t1", "letter", "Anna Miller to her brother")
    assert [level.value for level in record.archive.levels] == ["P 7", "Town Archive", "Extown"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('<date when="1931-05-06T10:00:00Z">in May</date>', ("1931-05-06", "in May")),
        ('<date when="1931" cert="low"/>', ("1931?", "")),
        ('<date notAfter="1931-05">before June</date>', ("../1931-05", "before June")),
        ("<date>6 May 1931</date>", ("1931-05-06", "")),
        ('<date when="--05-06">on 6 May</date>', ("", "on 6 May")),
    ],
)
def test_dates(date: str, expected: tuple[str, str]) -> None:
    letter = f"<profileDesc><correspDesc>{SENT.format(date)}</correspDesc></profileDesc>"
    (record,) = read_tei(file_desc() + letter).records
    assert (record.date, record.date_text) == expected


def test_names_that_are_marked_up() -> None:
    name = "<persName><forename>Karl</forename> <nameLink>von</nameLink> <surname>Weber</surname></persName>"
    letter = f'<correspDesc><correspAction type="received">{name}</correspAction></correspDesc>'
    (record,) = read_tei(file_desc() + f"<profileDesc>{letter}</profileDesc>").records
    assert (record.creators[0].name.family, record.creators[0].name.non_dropping) == ("Weber", "von")


def test_a_catalogue_gives_its_manuscripts_and_not_itself() -> None:
    described = "".join(f"<msDesc><msIdentifier><idno>MS {n}</idno></msIdentifier></msDesc>" for n in (1, 2))
    records = read_tei(file_desc(), f"<text><body>{described}</body></text>").records
    assert [record.supplied_title for record in records] == ["MS 1", "MS 2"]


def test_a_text_is_the_publication_of_its_header() -> None:
    published = (
        "<publicationStmt><publisher><orgName>Example Press</orgName><email>desk@example.org</email></publisher>"
        '<pubPlace>Extown</pubPlace><date when="2018"/></publicationStmt>'
    )
    (record,) = read_tei(file_desc(published, "The mill")).records
    assert (record.kind, record.title, record.date) == ("book", "The mill", "2018")
    assert record.publication == {"publisher": "Example Press", "publisher-place": "Extown"}


def test_tei_that_describes_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="no header with a title"):
        read_tei("<fileDesc/>")


def test_a_letter_without_persons_and_date_is_rejected() -> None:
    letters = f"<correspDesc key='1'/><correspDesc>{SENT.format('')}</correspDesc>"
    result = read_tei(file_desc() + f"<profileDesc>{letters}</profileDesc>")
    assert (len(result.records), len(result.rejected)) == (1, 1)
