from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, ReadResult, Rejected, WriteOptions, collect
from citetool.formats.csl.json import from_item, read, to_item, write
from citetool.problems import InputError
from citetool.record.model import Record
from tests.factories import make_book, make_record
from tests.strategies import records


def read_text(text: str | bytes) -> ReadResult:
    data = text.encode() if isinstance(text, str) else text
    return collect(read(io.BytesIO(data), ReadOptions("items.json")))


def test_first_record_as_styles_see_it() -> None:
    item = to_item(make_record(), carry=False)
    assert item == {
        "id": "219945",
        "type": "manuscript",
        "genre": "memorandum of conversation",
        "title": "Stalin and Harriman Exchange Military Information",
        "issued": {"date-parts": [[1944, 6, 26]]},
        "language": "en",
        "archive_location": "Container 173",
        "archive_collection": "W. Averell Harriman Papers",
        "archive": "Manuscript Division, Library of Congress",
        "archive-place": "Washington, D.C.",
        "source": "Wilson Center Digital Archive",
        "URL": "https://digitalarchive.wilsoncenter.org/document/219945",
        "abstract": "Harriman and Stalin discuss their own armies and how to deal with the German Army after the war.",
    }


def test_for_zotero_each_level_stands_in_one_place() -> None:
    item = to_item(make_record(), "zotero", carry=False)
    assert item["archive"] == "Manuscript Division, Library of Congress"
    assert item["archive_location"] == "Container 173"
    assert item["note"].splitlines()[:3] == [
        "archive_collection: W. Averell Harriman Papers",
        "archive-place: Washington, D.C.",
        "Participant: Harriman, W. Averell",
    ]
    assert item["call-number"] == "219945"


def test_for_zotero_only_letters_have_recipients() -> None:
    creators = [{"name": "Kennan, George F."}, {"name": "Byrnes, James F.", "role": "recipient"}]
    telegram = to_item(make_record(kind="telegram", creators=creators), "zotero")
    assert "recipient" not in telegram
    assert "recipient: Byrnes || James F." in telegram["note"].splitlines()
    letter = to_item(make_record(kind="letter", creators=creators), "zotero")
    assert letter["recipient"] == [{"family": "Byrnes", "given": "James F."}]
    assert letter["type"] == "personal_communication"


def test_recipients_of_what_is_no_letter_are_lines_of_every_file_and_names_for_styles() -> None:
    creators = [{"name": "Kennan, George F."}, {"name": "Byrnes, James F.", "role": "recipient"}]
    telegram = make_record(kind="telegram", creators=creators)
    assert "recipient: Byrnes || James F." in to_item(telegram)["note"].splitlines()
    assert "recipient" not in to_item(telegram)
    assert to_item(telegram, carry=False)["recipient"] == [{"family": "Byrnes", "given": "James F."}]
    assert from_item(to_item(telegram)) == telegram
    assert "recipient" in to_item(make_record(kind="letter", creators=creators))


def test_for_zotero_names_without_a_part_in_its_item_are_lines() -> None:
    people = [{"name": "Stalin, I. V."}, {"name": "von Goldberg, Gary", "role": "translator"}]
    letter = to_item(make_record(kind="letter", creators=people), "zotero")
    assert "translator" not in letter
    assert "translator: von Goldberg || Gary" in letter["note"].splitlines()
    assert "translator" in to_item(make_record(kind="telegram", creators=people), "zotero")
    assert "translator" in to_item(make_book(creators=people), "zotero")


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("collection", {"type: collection"}),
        ("fonds", {"type: collection"}),
        ("photograph", {"genre: photograph"}),
        ("speech", {"type: speech"}),
        ("webpage", {"archive: Manuscript Division, Library of Congress", "source: Wilson Center Digital Archive"}),
        ("memorandum", set()),
    ],
)
def test_for_zotero_what_its_item_has_no_field_for_is_a_line(kind: str, lines: set[str]) -> None:
    record = make_record(kind=kind)
    written = to_item(record, "zotero")["note"].splitlines()
    own = {line for line in written if line.split(":")[0] in ("type", "genre", "archive", "source")}
    assert own == lines
    assert from_item(to_item(record, "zotero")) == record


@pytest.mark.parametrize("kind", ["speech", "testimony", "press release", "collection", "fonds", "treaty"])
def test_for_zotero_what_it_has_no_archival_item_for_is_a_manuscript_of_that_kind(kind: str) -> None:
    item = to_item(make_record(kind=kind), "zotero")
    assert item["type"] == "manuscript"
    assert item.get("genre") == (kind if kind not in ("collection", "treaty") else None)
    assert item["archive"] == "Manuscript Division, Library of Congress"
    assert from_item(item) == make_record(kind=kind)


def test_for_zotero_the_place_of_an_archive_is_no_place_of_publication() -> None:
    archive = {"box": "Box 2", "repository": "Hoover Institution", "place": "Stanford, CA"}
    article = make_book(kind="newspaper article", archive=archive, publication={"container-title": "New York Times"})
    assert "publisher-place" not in to_item(article, "zotero")
    letter = to_item(make_record(kind="letter", place="Moscow"), "zotero")
    assert not {"publisher-place", "event-place"} & letter.keys()
    assert "event-place: Moscow" in letter["note"].splitlines()


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("van Gogh, Vincent", "van Gogh", "Vincent"),
        ("King, Martin Luther, Jr.", "King", "Martin Luther, Jr."),
        ("de Gaulle, Charles", "de Gaulle", "Charles"),
    ],
)
def test_for_zotero_names_have_the_two_parts_that_it_reads(name: str, family: str, given: str) -> None:
    item = to_item(make_record(creators=[{"name": name}]), "zotero")
    assert item["author"] == [{"family": family, "given": given}]


def test_supplied_title_is_marked_for_our_styles() -> None:
    item = to_item(make_record(title=None, supplied_title="Notes on tariffs"))
    assert (item["title"], item["annote"]) == ("Notes on tariffs", "supplied title")
    assert from_item(item).supplied_title == "Notes on tariffs"


@pytest.mark.parametrize("kind", ["letter", "telegram", "interview", "speech"])
def test_place_of_writing(kind: str) -> None:
    assert to_item(make_record(kind=kind, place="Moscow"))["event-place"] == "Moscow"


def test_a_photograph_is_not_written_anywhere() -> None:
    assert "event-place" not in to_item(make_record(kind="photograph", place="Moscow"))


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("1944-06-26", {"date-parts": [[1944, 6, 26]]}),
        ("1944-06~", {"date-parts": [[1944, 6]], "circa": True}),
        ("1944?", {"date-parts": [[1944]], "circa": True}),
        ("1930/1935-07", {"date-parts": [[1930], [1935, 7]]}),
        ("1944-21", {"date-parts": [[1944]], "season": 1}),
        ("195X", {"date-parts": [[1950], [1959]]}),
        ("1950/..", {"date-parts": [[1950], [0]]}),
        ("-0043-03-15", {"date-parts": [[-44, 3, 15]]}),
        ("XXXX", None),
    ],
)
def test_dates(edtf: str, date: dict[str, Any] | None) -> None:
    item = to_item(make_record(date=edtf))
    assert item.get("issued") == date
    assert from_item(item).date == edtf


def test_date_that_only_its_words_tell() -> None:
    record = make_record(date=None, date_text="the night after the ball")
    assert to_item(record)["issued"] == {"literal": "the night after the ball"}
    assert from_item(to_item(record)) == record


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ({"date-parts": [["1944", "6", "26"]]}, "1944-06-26"),
        ({"date-parts": [[1999, 21], [2001, 22]]}, "1999-21/2001-22"),
        ({"date-parts": [[1999]], "season": "Fall"}, "1999-23"),
        ({"raw": "1944-06-26"}, "1944-06-26"),
        ({"literal": "June 26, 1944"}, "1944-06-26"),
        ([[1944, 6]], "1944-06"),
        ("1944-06/1945", "1944-06/1945"),
        (1944, "1944"),
        ({"date-parts": [[2011, 2, 31]]}, ""),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": "x"}, ""),
    ],
)
def test_dates_as_others_write_them(value: Any, edtf: str) -> None:
    assert from_item({"id": "x", "type": "book", "issued": value}).date == edtf


@pytest.mark.parametrize(
    ("language", "tags"), [("eng", ("en",)), ("ger", ("de",)), ("en-US", ("en-US",)), ("English", ("en",))]
)
def test_languages_as_catalogues_write_them(language: str, tags: tuple[str, ...]) -> None:
    assert from_item({"id": "a", "type": "book", "title": "T", "language": language}).language == tags


def test_a_language_in_three_letters_comes_back_as_it_was() -> None:
    assert from_item(to_item(make_book(language="eng"))).language == ("eng",)


def test_publication_needs_nothing_carried() -> None:
    item = to_item(make_book())
    assert "custom" not in item
    assert from_item(item) == make_book()


def test_variables_in_the_note_are_taken_as_zotero_takes_them() -> None:
    record = from_item(
        {"id": "x", "type": "manuscript", "note": "archive_collection: Hull Papers\noriginal-date: 1950\nSee also y."}
    )
    assert record.archive.get("collection") == "Hull Papers"
    assert record.dates == {"original": "1950"}
    assert record.notes == ("See also y.",)


def test_archive_of_an_article_is_a_database() -> None:
    record = from_item({"id": "x", "type": "article-journal", "archive": "JSTOR", "archive_location": "123"})
    assert not record.archive
    assert record.publication == {"archive": "JSTOR", "archive_location": "123"}


def test_unknown_variables_are_kept() -> None:
    item = {"id": "x", "type": "book", "title": "T", "mood": {"of": ["the", 1]}}
    record = from_item(item)
    assert record.extra == {"mood": {"of": ["the", "1"]}}
    assert from_item(to_item(record)) == record


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]',
        '{"items": [{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]}',
        '{"id": "a", "type": "book"}\n{"id": "b", "type": "book"}\n',
    ],
)
def test_shapes_of_files(text: str) -> None:
    assert [r.id for r in read_text(text).records] == ["a", "b"]
    assert [r.id for r in read_text(text.encode("utf-16")).records] == ["a", "b"]


def test_a_bad_item_is_rejected_with_its_line_and_stops_no_other() -> None:
    result = read_text('[{"id": "a", "type": "book"},\n 5,\n {"id": "b", "type": "book"}]')
    assert [r.id for r in result.records] == ["a", "b"]
    assert [(str(r.problem.where), r.raw) for r in result.rejected] == [("items.json:2", "5")]


def test_broken_json_says_where() -> None:
    with pytest.raises(InputError) as caught:
        read_text('[{"id": "a"},\n {"id": "b" "c"}]')
    assert str(caught.value.problems[0].where) == "items.json:2:13"
    with pytest.raises(InputError, match="breaks off"):
        read_text('[{"id": "a"},')


def test_large_files_are_read_in_blocks() -> None:
    class Counted(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    text = json.dumps([{"id": str(i), "type": "book", "title": "t" * 1000} for i in range(3000)]).encode()
    stream = Counted(text)
    items = read(stream, ReadOptions())
    first = next(items)
    assert isinstance(first, Record)
    assert stream.taken < len(text) / 4
    assert len(list(items)) == 2999


def test_written_file_is_the_item_list() -> None:
    text = "".join(write([make_record(), make_book()], WriteOptions(lossless=True)))
    assert json.loads(text) == [to_item(make_record()), to_item(make_book())]
    assert "".join(write([], WriteOptions(lossless=True))) == "[]\n"


@pytest.mark.property
@given(records())
def test_round_trip(record: Record) -> None:
    assert from_item(to_item(record)) == record


@pytest.mark.property
@given(records())
def test_round_trip_of_the_zotero_form(record: Record) -> None:
    text = "".join(write([record], WriteOptions(program="zotero", pretty=False, lossless=True)))
    items = list(read(io.BytesIO(text.encode()), ReadOptions()))
    assert items == [record]
    assert not any(isinstance(item, Rejected) for item in items)


def test_what_zotero_drops_is_repeated_in_the_note_of_files_and_not_in_what_styles_are_given() -> None:
    record = make_record(notes=["Seen in 1990."])
    assert to_item(record)["note"].splitlines() == [
        "archive_collection: W. Averell Harriman Papers",
        "archive-place: Washington, D.C.",
        "Seen in 1990.",
    ]
    assert to_item(record, carry=False)["note"] == "Seen in 1990."
    assert from_item(to_item(record)) == record


@pytest.mark.parametrize(
    "note", ["Type: letter", "Source: Department of State", "Seen.\nCall Number: 5", "Place: Kiev"]
)
def test_notes_that_a_manager_would_take_for_a_field_get_a_word_before_them(note: str) -> None:
    record = make_record(notes=[note])
    label = note.rsplit("\n", maxsplit=1)[-1]
    for program in (None, "zotero"):
        written = to_item(record, program)
        assert f"Note: {label}" in written["note"].splitlines()
        assert from_item(written).notes == (note,)


def test_for_zotero_a_season_is_in_words_and_the_author_of_a_broadcast_no_director() -> None:
    assert to_item(make_record(date="1849-21"), "zotero")["issued"] == {"literal": "Spring 1849"}
    item = to_item(make_record(kind="broadcast", creators=[{"name": "Boothby, Robert"}]), "zotero")
    assert "author" not in item
    assert "author: Boothby || Robert" in item["note"].splitlines()


@pytest.mark.parametrize(
    ("kind", "archive", "location", "kept"),
    [
        ("book", "Hartwell Library", "Shelf 4", True),
        ("thesis", "Stadtbibliothek Trier", "77", True),
        ("thesis", "ProQuest", "304123456", False),
        ("article-newspaper", "British Library", "Reel 7", True),
        ("article-journal", "British Library", "77", False),
        ("book", "HathiTrust Digital Library", "12", False),
    ],
)
def test_a_publication_may_be_kept_in_an_archive(kind: str, archive: str, location: str, kept: bool) -> None:
    record = from_item({"id": "a", "type": kind, "title": "T", "archive": archive, "archive_location": location})
    assert record.archive.get("repository") == (archive if kept else "")
    assert record.publication.get("archive") == (None if kept else archive)


def test_a_second_call_number_is_a_number_of_the_source() -> None:
    record = from_item({
        "id": "a", "type": "map", "archive": "Library of Congress", "archive_location": "G3764 .B6",
        "call-number": "CHAR 20/12",
    })  # fmt: skip
    assert record.archive.get("call_number") == "G3764 .B6"
    assert record.identifiers == {"call_number": "CHAR 20/12"}
