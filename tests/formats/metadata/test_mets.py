"""METS: one thing, one record, its files in order."""

from __future__ import annotations

import io

import pytest

from citetool.citation.render import cite
from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.problems import InputError
from tests.shared import needs_shared, shared

MODS = '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>{}</title></titleInfo></mods>'


def section(own: str, data: str, kind: str = "MODS") -> str:
    return f'<dmdSec ID="{own}"><mdWrap MDTYPE="{kind}"><xmlData>{data}</xmlData></mdWrap></dmdSec>'


def read_mets(body: str) -> ReadResult:
    text = f'<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="m1">{body}</mets>'
    return collect(read_file(io.BytesIO(text.encode()), options=ReadOptions("t.xml")))


@needs_shared
def test_dublin_core_within_mets() -> None:
    (record,) = collect(read_file(shared("data", "formats", "small", "mets-dc.xml"))).records
    assert (record.title, record.date, record.metadata.reader) == ("View of the mill", "1931", "mets")


def test_the_division_of_the_thing_says_which_description_counts() -> None:
    result = read_mets(
        section("d1", MODS.format("A chapter"))
        + section("d2", MODS.format("The diary"))
        + '<structMap TYPE="PHYSICAL"><div DMDID="d1"/></structMap>'
        + '<structMap TYPE="LOGICAL"><div><div DMDID="d2"><div DMDID="d1"/></div></div></structMap>'
    )
    assert [(record.id, record.title) for record in result.records] == [("m1", "The diary")]


def test_a_whole_that_is_described_elsewhere_is_not_the_thing() -> None:
    result = read_mets(
        section("d1", MODS.format("All volumes"))
        + section("d2", MODS.format("Volume 2"))
        + '<structMap TYPE="LOGICAL"><div DMDID="d1"><mptr LOCTYPE="URL"/><div DMDID="d2"/></div></structMap>'
    )
    assert [record.title for record in result.records] == ["Volume 2"]


def test_files_are_one_group_in_the_order_of_the_pages() -> None:
    def file(own: str, path: str) -> str:
        return f'<file ID="{own}" MIMETYPE="image/tiff"><FLocat xlink:href="{path}"/></file>'

    result = read_mets(
        section("d1", MODS.format("The diary"))
        + '<fileSec><fileGrp USE="THUMBS">' + file("t1", "t1.jpg") + file("t2", "t2.jpg") + "</fileGrp>"
        + '<fileGrp USE="MASTER">' + file("f1", "p1.tif") + file("f2", "p2.tif") + "</fileGrp></fileSec>"
        + '<structMap TYPE="PHYSICAL"><div DMDID="d1"><div ORDER="10"><fptr FILEID="f2"/></div>'
        + '<div ORDER="2"><fptr FILEID="f1"/><fptr FILEID="t1"/></div></div></structMap>'
    )  # fmt: skip
    assert [(file.path, file.kind) for file in result.records[0].files] == [("p1.tif", "scan"), ("p2.tif", "scan")]


@needs_shared
@pytest.mark.parametrize("name", ["digitized-video", "invalid-mets-no-name-folder", "digitized-images"])
def test_mets_that_describes_no_source_says_what_it_holds(name: str) -> None:
    path = next(shared("data", "formats", "iish").glob(f"{name}*"))
    with pytest.raises(InputError, match=r"holds PREMIS:OBJECT, and citetool reads MODS"):
        collect(read_file(path))


def finding_aid(components: str) -> str:
    kept = "<repository><corpname>Town Archive</corpname></repository>"
    whole = f"<did><unittitle>Miller Papers</unittitle>{kept}</did><dsc>{components}</dsc>"
    return f'<ead><eadheader><eadid>a1</eadid></eadheader><archdesc level="fonds">{whole}</archdesc></ead>'


def test_a_finding_aid_with_one_unit_is_that_unit_with_its_files() -> None:
    letter = '<c level="file"><did><unittitle>Letters</unittitle><container type="box">3</container></did></c>'
    series = f'<c level="series"><did><unittitle>Correspondence</unittitle></did>{letter}</c>'
    files = '<fileSec><fileGrp USE="master"><file ID="f"><FLocat xlink:href="p1.tif"/></file></fileGrp></fileSec>'
    (record,) = read_mets(section("d1", finding_aid(series), "EAD") + files).records
    assert [level.value for level in record.archive.levels] == ["3", "Correspondence", "Miller Papers", "Town Archive"]
    assert (record.any_title, [file.path for file in record.files]) == ("Letters", ["p1.tif"])
    (record,) = read_mets(section("d1", finding_aid(series + letter), "EAD")).records
    assert (record.any_title, record.metadata.reader) == ("Miller Papers", "mets")


def test_a_description_beside_the_file_is_named() -> None:
    with pytest.raises(InputError) as error:
        read_mets('<dmdSec ID="d1"><mdRef MDTYPE="EAD" LOCTYPE="URL" xlink:href="metadata/aid.xml"/></dmdSec>')
    assert error.value.problems[0].hint == "read the file that it refers to: metadata/aid.xml"


LETTER = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Letter to the mill owners</title></titleInfo>
<genre>letter</genre><originInfo><dateCreated encoding="w3cdtf" keyDate="yes">1893-04-02</dateCreated></originInfo>
<relatedItem type="host"><titleInfo><title>Correspondence</title></titleInfo>
<relatedItem type="host"><titleInfo><title>Leeville Mill Records</title></titleInfo></relatedItem></relatedItem>
<location><physicalLocation>Leeville Town Archive, Leeville, CA 94720-6000</physicalLocation>
<shelfLocator>Box 3, Folder 7</shelfLocator></location></mods>"""
AID = """<ead xmlns="urn:isbn:1-931666-22-9"><eadheader><eadid>a</eadid></eadheader><archdesc level="collection"><did>
<unittitle>Leeville Mill Records</unittitle><repository><corpname>Leeville Town Archive</corpname></repository></did>
<dsc><c level="series"><did><unittitle>Accounts</unittitle></did><c level="file" id="u"><did>
<unittitle>Wages</unittitle><unitdate normal="1890">1890</unitdate><container type="box">5</container>
<container type="folder">2</container></did></c></c></dsc></archdesc></ead>"""


@pytest.mark.parametrize(
    ("kind", "data", "citation"),
    [
        (
            "MODS",
            LETTER,
            "“Letter to the Mill Owners,” April 2, 1893, Box 3, Folder 7, Correspondence, Leeville Mill Records, "
            "Leeville Town Archive, Leeville, CA.",
        ),
        ("EAD", AID, "Wages, 1890, Folder 2, Box 5, Accounts, Leeville Mill Records, Leeville Town Archive."),
    ],
)
def test_a_thing_is_cited_by_its_levels(kind: str, data: str, citation: str) -> None:
    records = read_mets(section("d1", data, kind) + '<structMap TYPE="LOGICAL"><div DMDID="d1"/></structMap>').records
    assert citation in [cite([record], style="chicago")[0] for record in records]
