from __future__ import annotations

import io

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.ris.ris import read, write
from citetool.problems import InputError
from citetool.record.model import Level, Record
from citetool.record.schema import checked
from tests.factories import make_book, make_record
from tests.strategies import records


def read_text(text: str | bytes) -> ReadResult:
    return collect(read(io.BytesIO(text.encode() if isinstance(text, str) else text), ReadOptions("x.ris")))


def read_one(*lines: str) -> Record:
    result = read_text("\n".join([*lines, "ER  - "]))
    assert not result.rejected
    return result.records[0]


def tags(record: Record, program: str | None = None) -> list[tuple[str, str]]:
    text = "".join(write([record], WriteOptions(program=program, lossless=True)))
    return [(line[:2], line[6:]) for line in text.splitlines() if line]


def test_first_record_for_zotero() -> None:
    written = tags(make_record())
    for pair in [
        ("TY", "MANSCPT"),
        ("M3", "memorandum of conversation"),
        ("DA", "1944/06/26"),
        ("DB", "Manuscript Division, Library of Congress"),
        ("AV", "Container 173"),
        ("DP", "Wilson Center Digital Archive"),
        ("CN", "219945"),
        ("M2", "archive_collection: W. Averell Harriman Papers"),
        ("M2", "archive-place: Washington, D.C."),
        ("LA", "English"),
    ]:
        assert pair in written
    assert written[0][0] == "TY"
    assert written[-1] == ("ER", "")
    assert not {"AN", "PB", "A2", "CY"} & {tag for tag, _ in written}
    assert not any(tag == "N1" and "Container 173" in value for tag, value in written)
    kept = next(value for tag, value in tags(make_record(), "jabref") if tag == "N1")
    assert kept.startswith("Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress, Wash")


def test_dates_stand_in_the_order_that_programs_want() -> None:
    dated = [pair for pair in tags(make_record()) if pair[0] in ("PY", "DA", "Y1")]
    assert dated == [("PY", "1944"), ("DA", "1944/06/26"), ("Y1", "1944/06/26")]


@pytest.mark.parametrize(
    ("program", "has", "has_not"),
    [
        ("endnote", {"PB": "Manuscript Division, Library of Congress", "T2": "W. Averell Harriman Papers",
                     "VL": "Container 173"}, {"AV", "M2"}),
        ("mendeley", {"PB": "Manuscript Division, Library of Congress", "Y1": "1944/06/26"}, {"AN", "DA", "AV"}),
        ("jabref", {"DB": "Manuscript Division, Library of Congress"}, {"AN", "A2"}),
    ],
)  # fmt: skip
def test_programs(program: str, has: dict[str, str], has_not: set[str]) -> None:
    written = tags(make_record(), program)
    assert has.items() <= dict(written).items()
    assert not has_not & {tag for tag, _ in written}


def test_recipient_of_a_letter() -> None:
    creators = [{"name": "Kennan, George"}, {"name": "Byrnes, James F.", "role": "recipient"}]
    letter = make_record(kind="letter", creators=creators, place="Moscow")
    written = tags(letter)
    assert ("TY", "PCOMM") in written
    assert ("A2", "Byrnes, James F.") in written
    assert ("M2", "event-place: Moscow") in written
    assert ("CY", "Moscow") in tags(letter, "jabref")
    assert "A2" not in dict(tags(letter, "jabref"))


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2014/12/01/"], "2014-12-01"),
        (["Y1  - 2014//"], "2014"),
        (["PY  - 1948/07//"], "1948-07"),
        (["PY  - 1999///spring"], "1999-21"),
        (["PY  - 1944", "DA  - 1944/06/26"], "1944-06-26"),
        (["PY  - 1968", "DA  - 31/05/1968"], "1968-05-31"),
        (["DA  - June 26, 1944"], "1944-06-26"),
        (["DA  - 1936-04~"], "1936-04~"),
        (["DA  - 1936/1938", "PY  - 1936"], "1936/1938"),
    ],
)
def test_dates(lines: list[str], date: str) -> None:
    assert read_one("TY  - MANSCPT", "TI  - t", *lines).date == date


def test_date_that_is_not_understood_is_kept_as_written() -> None:
    assert read_one("TY  - BOOK", "TI  - t", "PY  - the other day").date_text == "the other day"


def test_manuscript_from_zotero() -> None:
    record = read_one("TY  - MANSCPT", "TI  - t", "DB  - National Archives", "AN  - Box 3, Folder 2", "CY  - Kew")
    assert record.archive.levels == (
        Level("box", "Box 3"),
        Level("folder", "Folder 2"),
        Level("repository", "National Archives"),
    )
    assert record.place == "Kew"  # in Zotero the place is where it was written


def test_manuscript_from_endnote() -> None:
    record = read_one("TY  - MANSCPT", "TI  - t", "PB  - Hoover Institution", "T2  - Smith Papers", "VL  - Box 3")
    assert [level.name for level in record.archive.levels] == ["box", "collection", "repository"]


def test_what_stands_in_an_archive_under_two_tags_is_one_way() -> None:
    way = "Dulles Papers, Princeton University Library"
    record = read_one("TY  - MANSCPT", "TI  - Memorandum", "AN  - Box 4", f"AV  - {way}")
    assert [level.value for level in record.archive.levels] == ["Box 4", *way.split(", ")]


def test_article_with_all_its_titles() -> None:
    record = read_one("TY  - JOUR", "T1  - t", "JF  - The Journal", "JO  - J.", "SP  - 3", "EP  - 9", "SN  - 1234-5678")
    assert record.publication == {"container-title": "The Journal", "container-title-short": "J.", "page": "3-9"}
    assert record.identifiers == {"issn": "1234-5678"}


def test_tags_of_no_use_are_kept_and_written_again() -> None:
    record = read_one("TY  - JOUR", "TI  - t", "U1  - one", "U1  - two", "L1  - file.pdf")
    assert record.extra == {"ris": {"U1": ["one", "two"], "L1": "file.pdf"}}
    written = tags(record)
    assert ("U1", "two") in written
    assert ("L1", "file.pdf") in written


def test_values_over_several_lines_junk_and_missing_ends() -> None:
    result = read_text(
        "Provider: x\n1.\nTY  -JOUR\nTI  -  A long\n title\nN1  - one\n  two\nER  -\n\njunk\nTY  - BOOK\nTI  - Second\n"
        "TY  - BOOK\nER  - \nTY  - BOOK\nID  - k\nTI  - Last\n"
    )
    assert [r.title for r in result.records] == ["A long title", "Second", "Last"]
    assert result.records[0].notes == ("one\ntwo",)
    assert [str(r.problem.where) for r in result.rejected] == ["x.ris:13"]
    assert [str(p.where) for p in result.problems] == ["x.ris:11", "x.ris:15"]
    assert result.records[2].id == "k"


def test_runs_of_spaces_in_a_title_are_one() -> None:
    assert (
        read_one("TY  - JOUR", "TI  - Images under Different        Conditions").title
        == "Images under Different Conditions"
    )


def test_keys_are_made_where_there_are_none() -> None:
    entry = "TY  - BOOK\nAU  - Kennan, George\nPY  - 1946\nTI  - The Telegram\nER  - \n"
    assert [r.id for r in read_text(entry * 2).records] == ["kennan1946telegram", "kennan1946telegramb"]


def test_encodings() -> None:
    text = "TY  - BOOK\nTI  - Übung\nER  - \n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        result = read_text(text.encode(encoding))
        assert [r.title for r in result.records] == ["Übung"]
        assert bool(result.problems) == (encoding == "cp1252")


def test_web_of_science() -> None:
    result = read_text(
        "FN Clarivate\nVR 1.0\nPT J\nAU Loach, PA\n   Law, CJ\nTI A long\n   title\nSO BIOCHEMISTRY\nPY 2004\n"
        "DE one; two\nBP 3\nEP 5\nER\n\nEF\n"
    )
    record = result.records[0]
    assert (record.title, record.kind, record.date, record.tags) == (
        "A long title",
        "journal article",
        "2004",
        ("one", "two"),
    )
    assert [str(c.name) for c in record.creators] == ["Loach, PA", "Law, CJ"]


def test_what_is_no_ris_is_refused() -> None:
    with pytest.raises(InputError, match="no RIS entry"):
        read_text("Dear Sir,\n")


def test_a_note_that_was_changed_is_a_note() -> None:
    record = read_one("TY  - BOOK", "TI  - t", "N1  - citetool(tags: [a, b")
    assert record.notes == ("citetool(tags: [a, b",)


@pytest.mark.property
@pytest.mark.parametrize("program", [None, "endnote", "mendeley", "jabref"])
@given(record=records())
def test_round_trip(program: str | None, record: Record) -> None:
    text = "".join(write([record, make_book()], WriteOptions(program=program, lossless=True)))
    assert list(read(io.BytesIO(text.encode()), ReadOptions())) == [record, make_book()]


def test_who_has_no_tag_stands_in_a_line_that_zotero_takes_for_a_variable() -> None:
    people = [{"name": "Spock, Benjamin", "role": "interviewee"}, {"name": "Senn, Milton", "role": "interviewer"}]
    assert ("M2", "interviewer: Senn || Milton") in tags(make_record(kind="oral history", creators=people))
    people = [{"name": "Bryan, William"}, {"name": "Herrick, Myron", "role": "recipient"}]
    assert ("M2", "recipient: Herrick || Myron") in tags(make_record(kind="telegram", creators=people))
    letter = tags(make_record(kind="letter", creators=people))
    assert ("A2", "Herrick, Myron") in letter
    assert not any(value.startswith("recipient: ") for _, value in letter)


def test_zotero_has_a_part_for_the_translator_of_a_manuscript_and_not_for_that_of_a_letter() -> None:
    people = [{"name": "Stalin, I. V."}, {"name": "Goldberg, Gary", "role": "translator"}]
    assert ("A4", "Goldberg, Gary") in tags(make_record(kind="telegram", creators=people))
    letter = tags(make_record(kind="letter", creators=people, place="Moscow"))
    assert ("M2", "translator: Goldberg || Gary") in letter
    assert ("M2", "event-place: Moscow") in letter
    assert "A4" not in dict(letter)
    assert ("TA", "Goldberg, Gary") in tags(make_record(kind="telegram", creators=people), "jabref")


def test_whoever_was_in_the_room_reaches_zotero() -> None:
    lines = [value for tag, value in tags(make_record()) if tag == "M2"]
    assert "Participant: Harriman, W. Averell" in lines
    assert "Interpreter: Pavlov" in lines


@pytest.mark.parametrize("kind", ["interview", "collection", "treaty", "speech", "oral history", "telegram"])
def test_the_kind_of_what_zotero_takes_for_a_manuscript(kind: str) -> None:
    record = make_record(kind=kind)
    lines = {"oral history": "genre: oral history"} | {
        name: f"type: {name}" for name in ("collection", "treaty", "interview", "speech")
    }
    assert (("M2", lines[kind]) if kind in lines else ("M3", kind)) in tags(record)
    text = "".join(write([record], WriteOptions(lossless=False)))
    assert read_text(text).records[0].kind == kind


def test_directors_and_performers() -> None:
    film = make_record(kind="film", creators=[{"name": "Vertov, Dziga", "role": "director"}])
    assert ("AU", "Vertov, Dziga") in tags(film)
    song = make_record(kind="song", creators=[{"name": "Aksenov, A. N.", "role": "performer"}])
    assert ("A2", "Aksenov, A. N.") in tags(song)
    assert [c.role for c in read_one("TY  - MPCT", "TI  - T", "AU  - Vertov, Dziga").creators] == ["director"]


def test_notes_that_zotero_would_move_into_a_field_get_a_word_before_them() -> None:
    record = make_record(notes=["Language: mostly Russian", "Subject: Armies"])
    notes = [value for tag, value in tags(record) if tag == "N1"]
    assert notes[-2:] == ["Note: Language: mostly Russian", "Subject: Armies"]
    assert read_text("".join(write([record], WriteOptions(lossless=True)))).records == [record]


def test_what_endnote_has_no_tag_for_is_said_in_its_note() -> None:
    record = checked({
        "id": "r", "kind": "telegram", "date": "1946~", "place": "Moscow", "extent": "5 pages",
        "creators": [{"name": "Kennan, George"}, {"name": "Marshall, George C.", "role": "recipient"}],
        "archive": {"box": "Box 21", "collection": "RG 59", "repository": "National Archives"},
    })  # fmt: skip
    written = tags(record, "endnote")
    assert (
        "N1",
        "Box 21, RG 59, National Archives. Recipient: Marshall, George C. Place: Moscow. Extent: 5 pages",
    ) in written
    assert ("PY", "1946?") in written
    assert ("M2", "event-place: Moscow") in tags(record, "zotero")


def test_bodies_end_with_a_comma_for_endnote_and_are_bodies_when_they_are_read() -> None:
    record = make_record(creators=[{"name": "Adee family"}])
    assert ("AU", "Adee family,") in tags(record, "endnote")
    assert ("AU", "Adee family") in tags(record)
    assert (
        read_one("TY  - BOOK", "TI  - T", "AU  - Department of State,").creators[0].name.literal
        == "Department of State"
    )
    for program in ("endnote", "zotero"):
        assert read_text("".join(write([record], WriteOptions(program=program, lossless=True)))).records == [record]


@pytest.mark.parametrize(("kind", "archival"), [("MAP", True), ("SOUND", True), ("MPCT", True), ("JOUR", False)])
def test_what_has_an_archive_is_archival(kind: str, archival: bool) -> None:
    record = read_one(f"TY  - {kind}", "TI  - t", "DB  - Library of Congress", "AN  - G3764", "CN  - G3764.B6")
    assert record.archive.get("repository") == ("Library of Congress" if archival else "")


def test_the_number_of_a_report_is_no_isbn_and_an_email_has_a_recipient() -> None:
    report = read_one("TY  - RPRT", "TI  - t", "SN  - NSC 68", "CY  - Washington", "DB  - NARA", "AN  - Box 2")
    assert (report.identifiers, report.place) == ({}, "Washington")
    assert "NSC 68" in str(report.publication)
    assert read_one("TY  - RPRT", "TI  - t", "SN  - 978-3-16-148410-0").identifiers == {"isbn": "978-3-16-148410-0"}
    mail = read_one("TY  - ICOMM", "TI  - t", "AU  - Ede, Mary", "A2  - Roe, Tom")
    assert (mail.kind, [creator.role for creator in mail.creators]) == ("email", ["author", "recipient"])


def test_for_zotero_seasons_and_broadcasts() -> None:
    assert ("PY", "Spring 1849") in tags(make_record(date="1849-21"))
    assert read_text("".join(write([make_record(date="1849-21")], WriteOptions()))).records[0].date == "1849-21"
    assert ("M2", "type: broadcast") in tags(make_record(kind="broadcast"))


def test_interviews_of_zotero_and_bodies_with_a_comma() -> None:
    interview = read_one("TY  - PCOMM", "M3  - oral history", "AU  - Rusk, Dean", "A2  - Wilson, Theodore")
    assert (interview.kind, interview.type) == ("oral history", "")
    assert [creator.role for creator in interview.creators] == ["author", "interviewer"]
    body, person = read_one("TY  - MANSCPT", "AU  - War Cabinet, United Kingdom", "AU  - Church, Frederic").creators
    assert body.name.literal == "War Cabinet, United Kingdom"
    assert person.name.family
