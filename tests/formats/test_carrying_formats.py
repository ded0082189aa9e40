"""Formats of other programs that we write and read: what comes back is the record, whatever their fields can hold."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.bib import hayagriva
from citetool.formats.loss.loss import Loss
from citetool.formats.managers.tropy import csv as tropy_csv
from citetool.formats.web import coins, schema_org, wikitext
from citetool.formats.web.wikitext import written
from citetool.problems import InputError
from citetool.record.model import Level, Record
from citetool.record.yamltext import parse_yaml
from tests.factories import make_book, make_record
from tests.strategies import records

MODULES = {"tropy-csv": tropy_csv, "schema-org": schema_org, "hayagriva": hayagriva, "coins": coins}


def written_by(name: str, *sources: Record, carry: bool = True) -> str:
    return "".join(MODULES[name].write(sources, WriteOptions(lossless=carry)))


def read_by(name: str, text: str) -> ReadResult:
    return collect(MODULES[name].read(io.BytesIO(text.encode()), ReadOptions("x")))


@pytest.mark.property
@pytest.mark.parametrize("name", MODULES)
@settings(max_examples=50, deadline=None)
@given(sources=st.lists(records(), min_size=1, max_size=2))
def test_what_is_written_is_read_back_equal(name: str, sources: list[Record]) -> None:
    if name in ("hayagriva", "schema-org") and len({record.id for record in sources}) < len(sources):
        sources = sources[:1]  # two entries of one key are no YAML mapping, two nodes of one id one thing
    result = read_by(name, written_by(name, *sources))
    assert result.records == sources
    assert not result.rejected


@pytest.mark.parametrize("name", MODULES)
def test_without_carrying_the_main_facts_are_there(name: str) -> None:
    record = read_by(name, written_by(name, make_record(), carry=False)).records[0]
    assert (record.id, record.title, record.date) == ("219945", make_record().title, "1944-06-26")
    assert record.kind == "memorandum of conversation"
    assert record.archive.get("repository")
    assert record.digital.url == make_record().digital.url


# ---- schema.org


def test_an_archival_node() -> None:
    graph = json.loads(written_by("schema-org", make_record()))["@graph"]
    assert graph[0]["@type"] == ["ArchiveComponent", "Manuscript"]
    assert graph[0]["holdingArchive"]["name"] == "Manuscript Division, Library of Congress"
    assert graph[0]["itemLocation"] == "Container 173"
    assert graph[0]["isPartOf"] == {"@type": "Collection", "name": "W. Averell Harriman Papers"}


def test_an_article_in_its_issue() -> None:
    data = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "On Coal",
        "author": [{"@type": "Person", "name": "Ann Smith"}, {"@type": "Organization", "name": "Coal Board"}],
        "datePublished": "1951-03-02",
        "pageStart": "3",
        "pageEnd": "9",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "2",
            "isPartOf": {"@type": "Periodical", "name": "Coal Review"},
        },
        "sameAs": "https://doi.org/10.1/x",
    }
    record = read_by("schema-org", json.dumps(data)).records[0]
    assert (record.kind, record.title, record.date) == ("journal article", "On Coal", "1951-03-02")
    assert [str(c.name) for c in record.creators] == ["Smith, Ann", "Coal Board"]
    assert record.publication == {"container-title": "Coal Review", "issue": "2", "page": "3-9"}
    assert record.identifiers == {"doi": "10.1/x"}


def test_pages_and_bodies_of_a_graph_are_no_works() -> None:
    graph = [
        {"@type": "WebPage", "name": "Page"},
        {"@type": "Organization", "name": "Body"},
        {"@type": "Photograph", "name": "Bridge", "dateCreated": "1910"},
    ]
    result = read_by("schema-org", json.dumps({"@context": "https://schema.org", "@graph": graph}))
    assert [(r.kind, r.title) for r in result.records] == [("photograph", "Bridge")]


# ---- Hayagriva


def test_a_page_among_works_that_are_ours_is_kept() -> None:
    sources = [make_book(), make_book(id="site", kind="webpage", title="A page", creators=None, publication=None)]
    assert [record.id for record in read_by("schema-org", written_by("schema-org", *sources)).records] == [
        "gaddis1982",
        "site",
    ]


def test_a_hayagriva_article_with_its_parent() -> None:
    text = (
        "kinetics:\n  type: Article\n  title: Kinetics\n  author: ['Pierre, D.', {name: Gogh, prefix: van, "
        "given-name: Vincent}]\n  date: 2014-05\n  page-range: 10-20\n  serial-number: {doi: 10.1/x}\n"
        "  url: {value: 'https://x.org/', date: 2020-01-02}\n"
        "  parent: {type: Periodical, title: Nature, volume: 7, issue: 2}\n"
        "other: [1]\n"
    )
    result = read_by("hayagriva", text)
    record = result.records[0]
    assert (record.id, record.kind, record.date) == ("kinetics", "journal article", "2014-05")
    assert [str(c.name) for c in record.creators] == ["Pierre, D.", "van Gogh, Vincent"]
    assert record.publication == {"page": "10-20", "volume": "7", "issue": "2", "container-title": "Nature"}
    assert (record.digital.accessed, record.identifiers) == ("2020-01-02", {"doi": "10.1/x"})
    assert (len(result.rejected), result.rejected[0].problem.where.line) == (1, 10)


def test_a_hayagriva_book() -> None:
    entry = parse_yaml(written_by("hayagriva", make_book(), carry=False))["gaddis1982"]
    assert entry["publisher"] == {"name": "Oxford University Press", "location": "New York"}
    assert (entry["type"], entry["author"]) == ("book", ["Gaddis, John Lewis"])


def test_what_is_no_bibliography_is_refused() -> None:
    with pytest.raises(InputError, match="bibliography"):
        read_by("hayagriva", "- a\n- b\n")


# ---- COinS


def test_coins_of_others() -> None:
    page = (
        "<p>x</p>\n<span class='Z3988' title='ctx_ver=Z39.88-2004"
        "&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal"
        "&amp;rft.genre=article&amp;rft.atitle=On+Coal&amp;rft.jtitle=Coal+Review&amp;rft.aulast=Smith"
        "&amp;rft.aufirst=Ann"
        "&amp;rft.au=Bob+Jones&amp;rft.date=1951&amp;rft.spage=3&amp;rft.epage=9&amp;rft_id=info%3Adoi%2F10.1%2Fx'></span>"
    )
    record = read_by("coins", page).records[0]
    assert (record.kind, record.title, record.date) == ("journal article", "On Coal", "1951")
    assert [str(c.name) for c in record.creators] == ["Smith, Ann", "Jones, Bob"]
    assert record.publication == {"container-title": "Coal Review", "page": "3-9"}
    assert record.identifiers == {"doi": "10.1/x"}


def test_a_page_without_coins_is_refused() -> None:
    with pytest.raises(InputError, match="no COinS"):
        read_by("coins", "<p>nothing here</p>")


# ---- Tropy's tables


def test_a_table_headed_by_labels() -> None:
    head = "Title,Creator,Recipient,Date,Archive,Collection,Box,Folder,tag"
    text = f'{head}\nLetter,"Smith, Ann",,c. 1910,BL,X Papers,3,7,"a,b"\n'
    record = read_by("tropy-csv", text).records[0]
    assert (record.kind, record.date, record.tags) == ("letter", "1910~", ("a", "b"))
    assert [(c.role, str(c.name)) for c in record.creators] == [("author", "Smith, Ann")]
    assert Level("repository", "BL") in record.archive.levels
    assert Level("box", "3") in record.archive.levels


def test_a_row_without_a_title_is_rejected_and_the_others_read() -> None:
    result = read_by("tropy-csv", "Title,Date\n,1910\nLetter,1911\n")
    assert [r.date for r in result.records] == ["1911"]
    assert (result.rejected[0].raw, result.rejected[0].problem.where.line) == (",1910\n", 2)


def test_another_table_is_refused() -> None:
    with pytest.raises(InputError, match="no heading"):
        read_by("tropy-csv", "x,y\n1,2\n")


# ---- cite templates


def test_what_a_template_has_no_parameter_for_is_told() -> None:
    loss = Loss()
    list(wikitext.write([make_record()], WriteOptions(loss=loss, lossless=True)))
    assert set(loss.lost) == {"creators", "digital.contents", "markings", "summary"}
    assert not loss.carried


def test_cite_archive() -> None:
    text = "".join(wikitext.write([make_record(creators=None)], WriteOptions(lossless=True)))
    assert text == (
        "{{cite archive |item=Stalin and Harriman Exchange Military Information |type=memorandum of conversation "
        "|item-url=https://digitalarchive.wilsoncenter.org/document/219945 |date=26 June 1944 |box=173 "
        "|collection=W. Averell Harriman Papers |repository=Manuscript Division |institution=Library of Congress "
        "|location=Washington, D.C. |via=Wilson Center Digital Archive}}\n"
    )


def test_cite_book_and_marks_that_would_end_it() -> None:
    text = "".join(wikitext.write([make_book(title="A | B }} [[C]]")], WriteOptions(lossless=True)))
    assert text.startswith("{{cite book |last=Gaddis |first=John Lewis |title=A {{!}} B &#125;&#125; &#91;&#91;C")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1944-06-26", "26 June 1944"),
        ("1944-06", "June 1944"),
        ("1944~", "c. 1944"),
        ("1939/1945", "1939–1945"),
        ("1944-21", "Spring 1944"),
        ("194X", "1940s"),
        ("19XX", "1900–1999"),
        ("1944/..", "since 1944"),
        ("../1944", "until 1944"),
        ("[1944,1945]", "1944–1945"),
        ("{1944,1946..1947}", "1944, 1946–1947"),
        ("1944-05/1945-06", "May 1944 – June 1945"),
        ("-0043", "44 BC"),
        ("XXXX", ""),
        ("", ""),
    ],
)
def test_dates_of_templates(edtf: str, words: str) -> None:
    assert written(edtf) == words


def test_coins_has_item_types_of_zotero_and_the_kind_beside() -> None:
    people = [{"name": "Creel, George", "role": "author"}, {"name": "House, Edward M.", "role": "recipient"}]
    letter = make_record(kind="telegram", title=None, creators=people)
    text = written_by("coins", letter, carry=False)
    assert "rft.type=manuscript" in text
    assert "rft.title=Telegram%20to%20Edward%20M.%20House" in text  # its author stands beside it
    assert "rft.contributor=" not in text
    titled = written_by("coins", make_record(kind="telegram", creators=people), carry=False)
    assert "rft.contributor=House%2C%20Edward%20M." in titled
    assert read_by("coins", text).records[0].kind == "telegram"


def test_in_coins_makers_are_creators_and_recipients_are_not_present() -> None:
    people = [{"name": "Creel, George"}, {"name": "House, Edward M.", "role": "recipient"}]
    letter = written_by("coins", make_record(kind="letter", title=None, creators=people), carry=False)
    assert "rft.title=Letter%20to%20Edward%20M.%20House" in letter
    assert "rft.contributor" not in letter
    photographer = [{"name": "Hine, Lewis", "role": "photographer"}]
    assert "rft.creator=Hine" in written_by("coins", make_record(kind="photograph", creators=photographer), carry=False)
