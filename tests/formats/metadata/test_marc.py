from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.formats.metadata.marc import json as marc_json
from citetool.formats.metadata.marc import xml as marc_xml
from citetool.problems import InputError

if TYPE_CHECKING:
    from citetool.record.model import Record

BOOK = """<record><leader>01043nam a2200301 a 4500</leader><controlfield tag="001">u2</controlfield>
<controlfield tag="008">840827s1983    ru       b    00010 rus  </controlfield>{}</record>"""


def field(tag: str, *subfields: str, ind: str = "  ") -> str:
    inner = "".join(f'<subfield code="{s[0]}">{s[1:]}</subfield>' for s in subfields)
    return f'<datafield tag="{tag}" ind1="{ind[0]}" ind2="{ind[1]}">{inner}</datafield>'


def read_text(text: str) -> ReadResult:
    return collect(marc_xml.read(io.BytesIO(text.encode()), ReadOptions("x.xml")))


def read_one(*fields: str, leader: str = "01043nam a2200301 a 4500", fixed: str = "") -> Record:
    body = BOOK.format("".join(fields)).replace("01043nam a2200301 a 4500", leader)
    if fixed:
        body = body.replace("840827s1983    ", fixed)
    result = read_text(body)
    assert not result.problems
    assert not result.rejected
    return result.records[0]


def test_a_book_in_its_own_script_and_in_letters() -> None:
    record = read_one(
        field("020", "a0195030974 (pbk.)"),
        field("100", "6880-01", "aFedorov, A. V.", "d1906-1997"),
        field("245", "6880-02", "aIskusstvo perevoda :", "bocherki /", "cA. Fedorov."),
        field("260", "aLeningrad :", "bSov. pisatelʹ,", "cc1983."),
        field("880", "6100-01/(N", "aФедоров, А. В."),
        field("880", "6245-02/(N", "aИскусство перевода :", "bочерки /"),
        field("700", "aGrin, A.,", "etranslator."),
    )
    assert record.title == "Iskusstvo perevoda: ocherki"
    assert record.original_title == "Искусство перевода: очерки"
    assert [(str(c.name), c.role, c.original_name) for c in record.creators] == [
        ("Fedorov, A. V.", "author", "Федоров, А. В."),
        ("Grin, A.", "translator", ""),
    ]
    assert record.publication == {"publisher": "Sov. pisatelʹ", "publisher-place": "Leningrad"}
    assert (record.id, record.kind, record.date, record.language) == ("u2", "book", "1983", ("ru",))
    assert record.identifiers == {"isbn": "0195030974"}


def test_a_collection_has_a_supplied_title_and_its_holding() -> None:
    record = read_one(
        field("100", "aAnderson, Clinton P.", "d1895-1975.", ind="1 "),
        field("245", "aPapers,", "f1938-1973", "g(bulk 1948-1973).", ind="10"),
        field("852", "aLibrary of Congress,", "bManuscript Division", "eWashington, D.C."),
        field("856", "3EAD", "uhttp://example.org/aid", ind="42"),
        leader="06093cpcaa2201033 i 4500",
    )
    assert (record.kind, record.title, record.supplied_title) == ("collection", "", "Papers")
    assert (record.date, record.dates) == ("1938/1973", {"bulk": "1948/1973"})
    assert [level.value for level in record.archive.levels] == [
        "Manuscript Division",
        "Library of Congress",
        "Washington, D.C.",
    ]
    assert record.creators[0].role == "creator"
    assert record.metadata.url == "http://example.org/aid"


@pytest.mark.parametrize(
    ("fixed", "date"),
    [
        ("840827e19440626", "1944-06-26"),
        ("840827i19381973", "1938/1973"),
        ("840827c19509999", "1950/.."),
        ("840827q19301940", "1930?/1940?"),
        ("840827s19uu    ", "19XX"),
        ("840827nuuuuuuuu", ""),
    ],
)
def test_dates_of_the_fixed_field(fixed: str, date: str) -> None:
    assert read_one(field("245", "aX"), fixed=fixed).date == date


def test_an_article_in_a_host() -> None:
    record = read_one(
        field("245", "aOn maps."),
        field("773", "tImago Mundi.", "gVol. 24, no. 2 (1930), p. 12-20"),
        leader=" " * 6 + "aa",
    )
    assert record.kind == "journal article"
    assert record.publication == {"container-title": "Imago Mundi", "volume": "24", "issue": "2", "page": "12-20"}


def test_a_photograph_by_its_genre_or_extent() -> None:
    assert read_one(field("655", "aPhotographs."), leader=" " * 6 + "km").kind == "photograph"
    assert read_one(field("300", "a1 drawing ;"), leader=" " * 6 + "km").kind == "drawing"


def test_an_authority_record_is_set_aside_and_the_next_read() -> None:
    authority = BOOK.format("").replace("01043nam", "01043nz ")
    result = read_text(f"<collection>{authority}{BOOK.format(field('245', 'aX'))}</collection>")
    assert [r.title for r in result.records] == ["X"]
    assert result.rejected[0].problem.message == "an authority record describes no source"
    assert result.rejected[0].raw.startswith("<record>")


def test_what_holds_no_marc_record_is_refused() -> None:
    with pytest.raises(InputError, match="no MARC record"):
        read_text("<collection><record><x/></record></collection>")


def test_marc_in_json_reads_as_marcxml_does() -> None:
    value = {
        "leader": "01043nam a2200301 a 4500",
        "fields": [
            {"001": "u2"},
            {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "Title :"}, {"b": "rest /"}]}},
        ],
    }
    text = json.dumps([value, {"call_number": "HB135"}, {"leader": "", "fields": ["245"]},
                       {"fields": [{"245": {"subfields": 1.5}}]}])  # fmt: skip
    result = collect(marc_json.read(io.BytesIO(b"\xef\xbb\xbf" + text.encode()), ReadOptions("x.json")))
    assert [(r.id, r.title) for r in result.records] == [("u2", "Title: rest")]
    assert [r.problem.message for r in result.rejected] == [
        "an object without a list of MARC fields describes no source",
        "'245' is not a MARC field",
        "1.5 is no list of subfields of 245",
    ]


def test_names_without_authority_and_codes_of_roles_that_nobody_reads() -> None:
    record = read_one(
        field("245", "aT"),
        field("720", "aMeta Platforms, Inc.", "eData collector", "7Organizational"),
        field("720", "aAnna Miller", "eAuthor", ind="1 "),
        field("710", "aExample Press", "4xyz", ind="2 "),
        field("852", "aIISG", "bIISG"),
    )
    assert [(str(c.name), c.role) for c in record.creators] == [
        ("Meta Platforms, Inc.", "data collector"),
        ("Miller, Anna", "author"),
        ("Example Press", "contributor"),
    ]
    assert not [level for level in record.archive.levels if level.name == "division"]
