from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.formats.ead.ead import read
from citetool.problems import InputError
from citetool.record.levels import reference

if TYPE_CHECKING:
    from citetool.record.model import Record

HEAD = (
    "<eadheader><eadid>http://example.org/aids/ms1</eadid><filedesc><titlestmt><titleproper>Adee Papers</titleproper>"
    "</titlestmt></filedesc></eadheader>"
)
WHOLE = (
    "<did><unittitle>Adee Papers <unitdate normal='1824/1966'>1824-1966</unitdate></unittitle><unitid>MSS1</unitid>"
    "<repository><corpname><subarea>Manuscript Division</subarea> Library of Congress</corpname><address>"
    "<addressline>Washington, D.C. 20540</addressline></address></repository></did>"
)


def read_text(text: str, select: str | None = None) -> ReadResult:
    return collect(read(io.BytesIO(text.encode()), ReadOptions("aid.xml", select=select)))


def aid(components: str, *, whole: str = WHOLE, namespace: str = "urn:isbn:1-931666-22-9") -> str:
    space = f' xmlns="{namespace}"' if namespace else ""
    return f'<ead{space}>{HEAD}<archdesc level="collection">{whole}<dsc>{components}</dsc></archdesc></ead>'


def parts(components: str, **changes: str) -> list[Record]:
    """The records of the components, without that of the whole."""
    result = read_text(aid(components, **changes))
    assert not result.problems
    return result.records[1:]


def levels(record: Record) -> list[str]:
    return [f"{level.name}: {level.value}" for level in record.archive.levels]


def did(title: str = "", *containers: str, more: str = "") -> str:
    boxes = "".join(f'<container type="{c.split(" ")[0]}">{c.split(" ")[1]}</container>' for c in containers)
    return f"<did>{f'<unittitle>{title}</unittitle>' if title else ''}{boxes}{more}</did>"


@pytest.mark.parametrize("namespace", ["urn:isbn:1-931666-22-9", "http://ead3.archivists.org/schema/", ""])
def test_levels_are_inherited_whatever_the_namespace(namespace: str) -> None:
    series, file = parts(
        f'<c01 id="s1" level="series">{did("Letters")}<c02 id="f1" level="file">{did("Adee, A.", "box 1", "folder 3")}'
        "</c02></c01>",
        namespace=namespace,
    )
    assert (series.kind, series.supplied_title) == ("series", "Letters")
    assert (file.id, file.kind, file.supplied_title, file.title) == ("ms1_f1", "file", "Adee, A.", "")
    assert levels(file) == [
        "folder: 3",
        "box: 1",
        "series: Letters",
        "collection: Adee Papers",
        "division: Manuscript Division",
        "repository: Library of Congress",
        "place: Washington, D.C.",
    ]
    assert file.metadata.source == "Adee Papers"
    assert file.metadata.url == "http://example.org/aids/ms1"


def test_the_whole_is_a_collection() -> None:
    record = read_text(aid("")).records[0]
    assert (record.id, record.kind, record.supplied_title) == ("ms1", "collection", "Adee Papers")
    assert record.date == "1824/1966"
    assert record.identifiers == {"unitid": "MSS1"}
    assert levels(record)[0] == "division: Manuscript Division"


def test_a_container_that_is_named_only_where_it_changes_is_carried_forward() -> None:
    records = parts(
        f'<c01 level="series">{did("A", "box 1-2")}<c02>{did("a", "box 1")}</c02><c02>{did("b")}</c02>'
        f"<c02>{did('c')}<c03>{did('d', 'box 2')}</c03></c02><c02>{did('e')}</c02></c01>"
        f'<c01 level="series">{did("B")}<c02>{did("f")}</c02></c01>'
    )
    boxes = {r.supplied_title: r.archive.get("box") for r in records}
    assert boxes == {"A": "1-2", "a": "1", "b": "1", "c": "", "d": "2", "e": "2", "B": "", "f": ""}
    inferred = {r.supplied_title for r in records if "archive.box" in r.metadata.inferred}
    assert inferred == {"b", "e"}


def test_a_folder_lies_in_the_box_last_named() -> None:
    records = parts(
        f'<c01 level="series">{did("A")}<c02>{did("a", "box 1", "folder 1")}</c02>'
        f"<c02>{did('b', 'folder 2')}</c02></c01>"
    )
    assert levels(records[2])[:2] == ["folder: 2", "box: 1"]
    assert "archive.box" in records[2].metadata.inferred


def test_a_component_may_span_boxes_and_the_next_goes_on_in_the_last() -> None:
    records = parts(f"<c>{did('a', 'box 1', 'folder 9', 'box 2', 'folder 1')}</c>")
    assert levels(records[0])[:4] == ["folder: 9", "folder: 1", "box: 1", "box: 2"]
    records = parts(f'<c level="series">{did("A")}<c>{did("a", "box 1", "box 2")}</c><c>{did("b", "folder 4")}</c></c>')
    assert levels(records[2])[:2] == ["folder: 4", "box: 2"]


@pytest.mark.parametrize(
    ("container", "level"),
    [
        ('<container type="oversizeflatbox">4</container>', "box: Oversize flat box 4"),
        ('<container localtype="Reel">7</container>', "reel: 7"),
        ('<container label="Mixed Materials [3210]" type="box">B-002</container>', "box: Box B-002"),
        ('<container type="Box-Folder">2:14</container>', "box: 2"),
        ('<container label="Carton">3</container>', "carton: 3"),
        ('<container type="map-case">5</container>', "container: Map case 5"),
        ('<container type="box">Box 3:</container>', "box: Box 3"),
        ("<container>12</container>", "container: 12"),
    ],
)
def test_containers_in_all_their_words(container: str, level: str) -> None:
    (record,) = parts(f"<c>{did('a', more=container)}</c>")
    assert level in levels(record)


@pytest.mark.parametrize(
    ("unitdate", "date", "text"),
    [
        ('<unitdate normal="19450101/20051231">1945-2005</unitdate>', "1945/2005", ""),
        ('<unitdate normal="1944-06-26">26 June 1944</unitdate>', "1944-06-26", ""),
        ('<unitdate normal="1930/1980">undated</unitdate>', "", "undated"),
        ('<unitdate normal="1930/">since 1930</unitdate>', "1930/..", ""),
        ("<unitdate>1825, undated</unitdate>", "1825", "1825, undated"),
        ('<unitdate certainty="approximate" normal="1928">circa 1928</unitdate>', "1928~", ""),
        ("<unitdate>in her youth</unitdate>", "", "in her youth"),
        ("<unitdatestructured><daterange><fromdate>1904</fromdate><todate>1979</todate></daterange>"
         "</unitdatestructured>", "1904/1979", ""),
        ('<unitdatestructured><datesingle standarddate="1944-06">June</datesingle></unitdatestructured>',
         "1944-06", ""),
    ],
)  # fmt: skip
def test_dates(unitdate: str, date: str, text: str) -> None:
    (record,) = parts(f"<c>{did('a', more=unitdate)}</c>")
    assert (record.date, record.date_text) == (date, text)


def test_bulk_dates_stand_apart() -> None:
    dates = '<unitdate type="inclusive" normal="1900/1950"/><unitdate type="bulk" normal="1930/1940"/>'
    (record,) = parts(f"<c>{did('a', more=dates)}</c>")
    assert (record.date, record.dates) == ("1900/1950", {"bulk": "1930/1940"})


def test_dates_in_titles_and_titles_in_dates() -> None:
    untitled = did("", "box 4", more="<unitdate>1985</unitdate>")
    inside, words, _, alone = parts(
        f"<c>{did('Journal, <unitdate>1836-1838</unitdate>')}</c><c>{did('Letter to Hay, 3 May 1899')}</c>"
        f'<c level="file">{did("Minutes")}<c level="file">{untitled}</c></c>'
    )
    assert (inside.supplied_title, inside.date) == ("Journal", "1836/1838")
    assert (words.supplied_title, words.date) == ("Letter to Hay", "1899-05-03")
    assert "date" in words.metadata.inferred
    assert (alone.supplied_title, alone.date) == ("Minutes", "1985")
    assert "file: Minutes" not in levels(alone)


def test_a_title_that_the_source_bears() -> None:
    marked, whole, partly = parts(
        '<c><did><unittitle type="formal">Report No. 5</unittitle></did></c>'
        "<c><did><unittitle><title>Not Alone</title></unittitle></did></c>"
        "<c><did><unittitle>Notes on <title>Troilus</title></unittitle></did></c>"
    )
    assert marked.title == "Report No. 5"
    assert whole.title == "Not Alone"
    assert (partly.title, partly.supplied_title) == ("", "Notes on Troilus")


def test_kinds_by_level_genre_title_and_series() -> None:
    records = parts(
        f'<c level="series">{did("Correspondence")}<c level="item">{did("Garrick")}</c>'
        f'<c level="item">{did("Map of Java")}</c>'
        f'<c level="item">{did("X", more="<physdesc><genreform>photographs</genreform></physdesc>")}</c>'
        f"<c>{did('no level')}</c></c>"
    )
    assert [r.kind for r in records] == ["series", "letter", "map", "photograph", "file"]
    assert ["kind" in r.metadata.inferred for r in records] == [False, True, True, False, True]


def test_who_made_it_what_it_says_and_how_it_is_used() -> None:
    (record,) = parts(
        '<c level="item"><did><unittitle>Letter</unittitle><origination><persname>Rush, Benjamin, 1746-1813</persname>'
        '</origination><langmaterial><language langcode="fre">French</language></langmaterial><physdesc><extent>2 pages'
        '</extent><extent>1 leaf</extent></physdesc><dao href="http://example.org/1"><daodesc><p>Scan</p></daodesc></dao>'
        "</did><scopecontent><head>Scope</head><p>One.</p><p>Two.</p></scopecontent><userestrict><p>Free.</p>"
        "</userestrict><controlaccess><persname>Clymer, George</persname><subject>Horses</subject></controlaccess></c>"
    )
    assert [(str(c.name), c.role) for c in record.creators] == [("Rush, Benjamin", "author")]
    assert (record.language, record.extent) == (("fr",), "2 pages, 1 leaf")
    assert (record.digital.url, record.digital.contents) == ("http://example.org/1", ("Scan",))
    assert (record.summary, record.rights) == ("One.\n\nTwo.", "Free.")
    assert record.subjects == ("Clymer, George", "Horses")


@pytest.mark.parametrize(
    ("select", "ids"),
    [
        ("box:2", ["ms1_b"]),
        ("b", ["ms1_b"]),
        ("ms1_a", ["ms1_a"]),
        ("treaty draft", ["ms1_a"]),
        ("series:letters", ["ms1_a", "ms1_b"]),
    ],
)
def test_select(select: str, ids: list[str]) -> None:
    text = aid(
        f'<c level="series">{did("Letters")}<c id="a">{did("Draft of a treaty", "box 1")}</c>'
        f'<c id="b">{did("Notes", "box 2")}</c></c>'
    )
    assert [r.id for r in read_text(text, select).records] == ids


def test_select_that_finds_nothing_says_so() -> None:
    result = read_text(aid(""), "box:99")
    assert not result.records
    assert str(result.problems[0]).startswith("aid.xml: no component matches 'box:99'")


def test_an_ill_formed_file_gives_what_can_be_read_and_the_line() -> None:
    text = aid(f"<c>{did('a')}<note>\n</c><c>{did('b')}</c>").replace("</ead>", "")
    result = read_text(text)
    assert [r.supplied_title for r in result.records] == ["Adee Papers", "a", "b"]
    assert result.problems[0].where.line == 2


def test_what_is_no_finding_aid_is_refused() -> None:
    with pytest.raises(InputError, match="no archdesc"):
        read_text("<ead><eadheader/></ead>")


def test_the_reference_stands_for_a_container_where_there_is_none() -> None:
    numbers = "<unitid type='barcode'>9</unitid><unitid>FO 371/2</unitid>"
    series, cited, boxed = parts(
        f'<c level="series">{did("A", more="<unitid>FO 371</unitid>")}<c level="item">{did("b", more=numbers)}</c>'
        f'<c level="item">{did("a", "box 1", more="<unitid>FO 371/1</unitid>")}</c></c>'
    )
    assert cited.identifiers == {"unitid": "FO 371/2", "barcode": "9"}
    assert levels(cited)[:2] == ["call_number: FO 371/2", "series: A"]
    assert "call_number" not in " ".join(levels(series) + levels(boxed))


def test_words_of_a_location_stand_for_containers() -> None:
    (record,) = parts(f"<c>{did('a', more='<physloc>Box 3, Folder 7</physloc>')}</c>")
    assert levels(record)[:2] == ["folder: Folder 7", "box: Box 3"]
    assert set(record.metadata.inferred) >= {"archive.box", "archive.folder"}
    (elsewhere,) = parts(f"<c>{did('a', more='<physloc>Stored off-site; ask in advance.</physloc>')}</c>")
    assert levels(elsewhere)[0] == "collection: Adee Papers"


def test_a_series_named_as_the_collection_is_not_named_twice() -> None:
    _, record = parts(f'<c level="series">{did("Adee Papers")}<c level="file">{did("Letters", "box 2")}</c></c>')
    assert levels(record)[:2] == ["box: 2", "collection: Adee Papers"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Letter of <unitdate>3 May 1950</unitdate> to the mayor", "Letter of 3 May 1950 to the mayor"),
        ("No 1 from <unitdate>1919</unitdate>", "No 1 from 1919"),
        ("Minutes, <unitdate>1919-1921</unitdate>, and drafts", "Minutes, 1919-1921, and drafts"),
        ("Minutes, <unitdate>1919</unitdate>, <unitdate>1921</unitdate>", "Minutes"),
        ("Minutes (<unitdate>1919</unitdate>)", "Minutes"),
        ("<unitdate>1919</unitdate>, Minutes", "Minutes"),
    ],
)
def test_a_date_within_running_text_is_of_the_title(title: str, expected: str) -> None:
    (record,) = parts(f"<c>{did(title)}</c>")
    assert record.supplied_title == expected


@pytest.mark.parametrize(
    ("unitdate", "date", "text"),
    [
        ('<unitdate normal="18010101/20001231">XIXe-XXe siècle</unitdate>', "", "XIXe-XXe siècle"),
        ('<unitdate normal="1900/2010">s.d.</unitdate>', "", "s.d."),
        ('<unitdate normal="1950-05-03">3 May</unitdate>', "1950-05-03", "3 May"),
        ('<unitdate normal="1930/1939">in the 1930s and later</unitdate>', "1930/1939", "in the 1930s and later"),
        (
            '<unitdatestructured><datesingle notbefore="1931" notafter="1933">early thirties</datesingle>'
            "</unitdatestructured>",
            "1931/1933",
            "early thirties",
        ),
        (
            '<unitdatestructured><dateset><datesingle standarddate="1931"/><daterange><fromdate standarddate="1940"/>'
            '<todate standarddate="1944"/></daterange></dateset></unitdatestructured>',
            "{1931,1940..1944}",
            "",
        ),
    ],
)
def test_words_that_are_displayed_count_before_what_machines_read(unitdate: str, date: str, text: str) -> None:
    (record,) = parts(f"<c>{did('a', more=unitdate)}</c>")
    assert (record.date, record.date_text) == (date, text)


def test_two_boxes_keep_their_folders() -> None:
    linked = (
        '<container localtype="box" id="x">47</container><container localtype="box" id="y">50</container>'
        '<container localtype="folder" parent="x">12A</container>'
        '<container localtype="folder" parent="x">13</container>'
        '<container localtype="folder" parent="y">7</container>'
    )
    both, three, one = parts(
        f"<c>{did('a', 'box 47', 'folder 12A', 'box 50', 'folder 7')}</c><c>{did('b', more=linked)}</c>"
        f"<c>{did('c', 'box 4', 'folder 1', 'folder 2')}</c>"
    )
    assert reference(both.archive) == "Folder 12A, Box 47; Folder 7, Box 50"
    assert reference(three.archive) == "Folder 12A, Box 47; Folder 13, Box 47; Folder 7, Box 50"
    assert reference(one.archive) == "Folder 1, Folder 2, Box 4"


def test_a_title_has_no_full_stop_within_its_citation() -> None:
    titles = [record.supplied_title for record in parts("".join(f"<c>{did(t)}</c>" for t in ("All Play.", "Roe Co.")))]
    assert titles == ["All Play", "Roe Co."]


def test_the_levels_above_have_no_full_stop() -> None:
    _, letter, _, other = parts(
        f'<c level="series">{did("I. Letters.")}<c>{did("a")}</c></c>'
        f'<c level="series">{did("Miller Inc.")}<c>{did("b")}</c></c>'
    )
    assert letter.archive.get("series") == "I. Letters"
    assert other.archive.get("series") == "Miller Inc."


def test_a_collector_a_title_of_the_copy_and_both_extents() -> None:
    more = (
        "<origination label='Collector'><persname>Hay, John</persname></origination>"
        "<dao href='http://example.org/1'><daodesc><p>Portrait of Hay</p></daodesc></dao>"
        "<physdescstructured><quantity>3</quantity><unittype>linear feet</unittype></physdescstructured>"
        "<physdesc>3 boxes</physdesc>"
    )
    (record,) = parts(f"<c>{did(more=more)}</c>")
    assert [(str(c.name), c.role) for c in record.creators] == [("Hay, John", "compiler")]
    assert (record.supplied_title, record.extent) == ("Portrait of Hay", "3 linear feet; 3 boxes")


@pytest.mark.parametrize(
    ("repository", "cited", "expected"),
    [
        (
            "Bentley Historical Library",
            "[item], folder, box, Justice Records, Bentley Historical Library, University of Michigan",
            ["repository: Bentley Historical Library", "institution: University of Michigan"],
        ),
        (
            "Rare Book &amp; Manuscript Library",
            "Item; Date; Moore Papers; Box; Rare Book and Manuscript Library, Columbia University Library.",
            ["division: Rare Book & Manuscript Library", "repository: Columbia University Library"],
        ),
        (
            "Department of Special Collections",
            "Knuth papers (SC0097). Dept. of Special Collections, Stanford University Libraries, Stanford, Calif.",
            [
                "division: Department of Special Collections",
                "repository: Stanford University Libraries",
                "place: Stanford, Calif.",
            ],
        ),
        (
            "Oldport Library and Jane Roe Labor Archives",
            "Item; Weiss Papers; box number; Oldport Library/Jane Roe Labor Archive, New York University.",
            ["repository: Oldport Library and Jane Roe Labor Archives", "institution: New York University"],
        ),
        (
            "New York University Archives",
            "Hornstein Papers; MC 140; New York University Archives, New York University Libraries.",
            ["repository: New York University Archives"],
        ),
        (
            "Kautz Family YMCA Archives",
            "Kautz Family YMCA Archives. See the Chicago Manual of Style for additional examples.",
            ["repository: Kautz Family YMCA Archives"],
        ),
    ],
)
def test_the_body_above_a_repository_is_known_from_the_preferred_citation(
    repository: str, cited: str, expected: list[str]
) -> None:
    whole = (
        f"<did><unittitle>Papers</unittitle><repository>{repository}</repository></did>"
        f"<prefercite><head>Preferred Citation</head><p>{cited}</p></prefercite>"
    )
    assert levels(read_text(aid("", whole=whole)).records[0]) == expected
