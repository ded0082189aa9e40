"""Notes with several citations, forms that go back, and short forms."""

from __future__ import annotations

from citetool.parsing import Context, read_citation, read_citations, to_record
from citetool.parsing.gazetteer import Repository

FIRST = "Blair to McManaway, May 8, 1979, NARA, RG 59, Lot File 82D297, Box 6"


def strings(text: str) -> list[str]:
    return [reading.string for reading in read_citations(text)]


def test_note_is_cut_where_a_citation_begins() -> None:
    second = "Day to Hay, 3 July 1901, Box 2, Hay Papers, Library of Congress"
    assert strings(f"{FIRST}; {second}.") == [FIRST, f"{second}."]
    assert strings(f"{FIRST}. See also {second}") == [f"{FIRST}.", f"See also {second}"]
    assert strings(f"{FIRST}\n{second}") == [FIRST, second]


def test_semicolons_inside_a_citation_do_not_cut_it() -> None:
    form = "Identification of item, date; Jane Roe Papers; MC 17; box number; Example Archives, Example University"
    source = "Source: Carter Library, Plains File, Box 3. Secret; Nodis. Drafted by Roe; cleared by Doe."
    assert strings(form) == [form]
    assert strings(source) == [source]


def test_another_archive_begins_another_citation() -> None:
    one, two = "AVPRF, f. 6, op. 9, d. 5, l. 1", "RGASPI, f. 17, op. 3, d. 4, l. 5"
    assert strings(f"{one}; {two}") == [one, two]


def test_ibid_goes_back_to_the_citation_before() -> None:
    first, ibid, again = read_citations(f"{FIRST}; Ibid., p. 3; Ibid.")
    assert ibid.source is first
    assert [level.value for level in ibid.levels] == ["p. 3"]
    record = to_record(ibid)
    assert record.date == "1979-05-08"
    assert record.archive.get("page") == "p. 3"
    assert record.archive.get("box") == "Box 6"
    assert to_record(again).archive.get("page") == "p. 3"


def test_ibid_with_another_box_takes_its_place() -> None:
    record = to_record(read_citations(f"{FIRST}; Ibid., Box 7")[1])
    assert record.archive.get("box") == "Box 7"
    assert record.archive.get("repository") == "NARA"


def test_op_cit_goes_back_by_names() -> None:
    other = "Day to Hay, 3 July 1901, Box 2, Hay Papers, Library of Congress"
    readings = read_citations(f"{FIRST}; {other}; Blair to McManaway, op. cit., p. 4")
    assert readings[2].source is readings[0]
    assert to_record(readings[2]).archive.get("page") == "p. 4"


def test_names_alone_go_back_too() -> None:
    readings = read_citations(f"{FIRST}; Blair to McManaway, May 8, 1979")
    assert readings[1].source is readings[0]


def test_ibid_without_anything_before_says_so() -> None:
    (reading,) = read_citations("Ibid., p. 3")
    assert reading.source is None
    assert "goes back to nothing" in reading.problems[0].message


def test_short_form_defined_in_the_text_is_known_from_there_on() -> None:
    first = "Roe to Doe, May 8, 1979, Archives of the Island of Man (hereafter AIMX), Box 6"
    context = Context()
    _, second = read_citations(f"{first}\nGay to Fox, May 9, 1979, AIMX, Box 7", context)
    assert [tuple(level) for level in second.levels] == [("repository", "AIMX"), ("box", "Box 7")]
    assert to_record(second, context=context).archive.get("repository") == "Archives of the Island of Man"


def test_short_forms_of_the_user() -> None:
    context = Context(
        {"XYZ": Repository("Example Town Archive", "Example"), "QP": Repository("Quill Papers", "", "collection")}
    )
    reading = read_citation("Quill to Ink, 3 May 1903, Box 2, QP, XYZ", context)
    assert [tuple(level) for level in reading.levels] == [("box", "Box 2"), ("collection", "QP"), ("repository", "XYZ")]
    record = to_record(reading, context=context)
    assert record.archive.get("collection") == "Quill Papers"
    assert record.archive.get("repository") == "Example Town Archive"
    # another context does not know them
    assert ("collection", "QP") in [tuple(level) for level in reading.levels]
    assert read_citation("XYZ").levels == []


def test_one_citation_keeps_what_follows_it() -> None:
    reading = read_citation(f"{FIRST}; Day to Hay, 3 July 1901, Box 2, Hay Papers, Library of Congress")
    assert reading.creators == ["Blair"]
    assert reading.texts("further") == ["Day to Hay, 3 July 1901, Box 2, Hay Papers, Library of Congress"]
    assert reading.rest == ""


def test_an_address_stays_with_its_citation() -> None:
    note = (
        "W. Averell Harriman to Joseph Stalin, January 1, 1850, Example Digital Archive, Box 1, Harriman Papers, "
        "Library of Congress, Washington, D.C. <https://digital.archive.of.papers.example.org/document/100000>"
    )
    (reading,) = read_citations(note)
    assert reading.url == "https://digital.archive.of.papers.example.org/document/100000"
    bare = note.replace("<", "").replace(">", "")
    assert [one.url for one in read_citations(bare)] == [reading.url]
    assert [one.url for one in read_citations(f"{bare}; {FIRST}")] == [reading.url, ""]


def test_commentary_behind_a_citation_is_a_remark() -> None:
    reading = read_citation(f"{FIRST}. He had written much the same of it to his wife and to the others before.")
    assert reading.texts("remark") == ["He had written much the same of it to his wife and to the others before."]
    assert [level.value for level in reading.levels][-1] == "Box 6"


def test_ibid_behind_a_letter_is_its_place() -> None:
    first, second = read_citations(f"{FIRST}; McManaway to Blair, May 11, 1979, ibid.")
    assert (second.creators, second.recipients, second.date) == (["McManaway"], ["Blair"], "1979-05-11")
    assert second.source is first


def test_folders_behind_semicolons_are_folders_of_the_same_box() -> None:
    (reading,) = read_citations("NARA, RG 59, WTC Lot File 83D222, Box 7, May–June 1957; July 1957; and August 1957.")
    folders = [level.value for level in reading.levels if level.name == "folder"]
    assert folders == ["May–June 1957", "July 1957", "August 1957"]


def test_commentary_before_a_letter_is_left_out() -> None:
    second = "Gay to Fox, September 8, 1954, NARA, RG 59, WTC Lot File 83D222, Box 5"
    assert strings(f"{FIRST}. This was a response to {second}.") == [f"{FIRST}.", f"{second}."]
    assert strings(f"No record of it has been located. See {second}.")[-1] == f"See {second}."


def test_citations_in_german_prose_end_where_it_goes_on() -> None:
    note = (
        "Das mit Verordnung v. 1. 3. 1859, RGBL. Nr. 41/1859, verhängte Verbot wurde mit Verordnung v. 2. 3. 1860, "
        "FA., FM., II. Abt., Z. 130/1860, RGBL. Nr. 60/1860, aufgehoben."
    )
    one, two, three = read_citations(note)
    assert one.work is not None
    assert (one.work.kind, one.work.data["number"]) == ("legislation", "Nr. 41/1859")
    assert two.string == "Verordnung v. 2. 3. 1860, FA., FM., II. Abt., Z. 130/1860"
    assert two.date == "1860-03-02"
    assert three.string == "RGBL. Nr. 60/1860"


def test_a_location_shared_by_all_is_given_to_each() -> None:
    note = "Roe to Doe, 5 May 1935; Doe to Fox, 8 May 1935; and Fox to Roe, 11 May 1935, all in Fox Papers, Box 4, Yale"
    for reading in read_citations(note):
        names = {level.name: level.value for level in reading.levels}
        assert names == {"collection": "Fox Papers", "box": "Box 4", "repository": "Yale"}
    one, two = read_citations(
        "C.O. 267/123, Roe to Doe, 4 June 1821; C.O. 268/19, Doe to Roe, 3 Sept. 1821; both in TNA."
    )
    assert [level.value for level in one.levels] == ["C.O. 267/123", "TNA"]
    assert (two.creators, two.date) == (["Doe"], "1821-09-03")


def test_signals_and_returns_in_several_tongues() -> None:
    russian = "РГАСПИ. Ф. 17. Оп. 3. Д. 1. Л. 5; см. также: ГАРФ. Ф. 54. Оп. 1. Д. 20. Л. 3; Там же. Л. 12."
    assert [r.source is not None for r in read_citations(russian)] == [False, False, True]
    assert len(read_citations("AGI, Contratación, leg. 19; véase también AGS, Guerra Moderna, leg. 68.")) == 2
    assert len(read_citations("ACS, PCM, b. 540, f. 13; ivi, f. 18; cfr. anche ACS, PCM, b. 541.")) == 3
    assert len(read_citations("Ebd., Bl. 34; BArch, R 43/12, Bl. 2; PA AA, R 7012.")) == 3


def test_short_titles_behind_semicolons_are_works() -> None:
    archival, short = read_citations(f"{FIRST}; and Gadd, Strategies of Trade, 45–47.")
    assert archival.work is None
    assert short.work is not None
    assert (short.work.authors, short.work.title, short.work.locator) == (("Gadd",), "Strategies of Trade", "45–47")
