"""Typed notes in another style: what is sure changes, and every other letter stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetool.citation.styles.source import find_style
from citetool.cli.app import main
from citetool.documents.model import Tracking
from citetool.documents.registry import read_document
from citetool.documents.typed import Restyled, notes_as_dicts, read_typed, report, restyle_notes
from citetool.documents.typed.decisions import ask, decide, read_decisions
from citetool.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.documents.model import Document
    from citetool.documents.typed import TypedCitation

HOPKINS = "Harriman to Hopkins, March 3, 1944, Box 173, W. Averell Harriman Papers, Library of Congress"
STALIN = "Harriman to Stalin, May 5, 1944, Box 174, W. Averell Harriman Papers, Library of Congress"
SHOWN = "Harriman to Hopkins, 3 March 1944, Box 173, W. Averell Harriman Papers, Library of Congress"
# A document of each format with one note; the words of the note are put in.
FORMATS = {
    "a.md": "Text.[^1] {{#id}}\r\n\r\n[^1]: NOTE\r\n",
    "b.md": "Text.^[NOTE] More *words*.\n",
    "a.tex": "\\begin{document}Text.\\footnote{NOTE} 5\\% more.\\end{document}\n",
    "a.typ": "Text.#footnote[NOTE] *More* words.\n",
    "a.org": "Text.[fn:1] /More/.\n\n[fn:1] NOTE\n",
    "a.rst": "Text. [1]_ *More*.\n\n.. [1] NOTE\n",
}


def document(text: str, folder: Path, name: str = "a.md") -> Document:
    path = folder / name
    path.write_bytes(text.encode())
    return read_document(path)


def restyled(opened: Document, style: str = "mhra-notes") -> Restyled:
    return restyle_notes(opened, read_typed(opened), find_style(style))


def notes(*texts: str) -> str:
    return " ".join(f"a.^[{text}]" for text in texts)


@pytest.mark.parametrize("name", FORMATS)
def test_only_the_citation_of_the_note_changes(name: str, tmp_path: Path) -> None:
    before, after = (FORMATS[name].replace("NOTE", text) for text in (f"See {HOPKINS}.", "See NEW."))
    opened = document(before, tmp_path, name)
    found = restyled(opened)
    (citation,) = found.notes[0].citations
    assert citation["new"] != HOPKINS
    assert opened.write_notes(found.edits).decode() == after.replace("NEW", citation["new"])


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("a.md", "*{}*"),
        ("a.md", "**{}**"),
        ("a.tex", "\\emph{{{}}}"),
        ("a.typ", "_{}_"),
        ("a.org", "/{}/"),
        ("a.rst", "*{}*"),
    ],
)
def test_markup_around_a_citation_goes_with_it(name: str, marked: str, tmp_path: Path) -> None:
    text = FORMATS[name].replace(
        "NOTE", "See " + HOPKINS.replace("Library of Congress", marked.format("Library of Congress")) + "."
    )
    opened = document(text, tmp_path, name)
    assert opened.notes[0].text == f"See {HOPKINS}."
    found = restyled(opened)
    new = found.notes[0].citations[0]["new"]
    assert opened.write_notes(found.edits).decode() == FORMATS[name].replace("NOTE", f"See {new}.")


def test_markup_that_a_citation_cuts_through_keeps_it(tmp_path: Path) -> None:
    opened = document(f"a.^[*See {HOPKINS}*.]", tmp_path)
    found = restyled(opened)
    assert found.notes[0].kept[0]["kept"] == "markup begins or ends in the midst of it"
    assert opened.write_notes(found.edits) == opened.data


@pytest.mark.parametrize(
    ("words", "changed"),
    [("; I agree with it.", True), (". I agree with it.", True), (". This is what he says.", False)],
)
def test_words_of_the_author_are_never_lost(words: str, changed: bool, tmp_path: Path) -> None:
    (note,) = restyled(document(f"a.^[See {HOPKINS}{words}]", tmp_path)).notes
    assert note.after.startswith("See ")
    assert note.after.endswith(words)
    assert note.changed == changed


def test_ibid_behind_a_note_with_keys_is_not_sure(tmp_path: Path) -> None:
    found = restyled(document(notes(HOPKINS, "See [@doe].", "Ibid."), tmp_path))
    assert found.notes[1].kept[0]["kept"] == "the note before has citations that are not typed"


def test_the_notes_as_plain_data(tmp_path: Path) -> None:
    opened = document(notes(f"See {HOPKINS}.", "Ibid.", "A remark."), tmp_path)
    first, same, remark = notes_as_dicts(opened, read_typed(opened))
    (citation,) = first["citations"]
    assert (citation["type"], citation["form"], citation["date"]) == ("archival", "full", "1944-03-03")
    assert [level["value"] for level in citation["levels"]] == HOPKINS.split(", ")[3:]
    assert remark == {"note": 3, "where": "footnote", "text": "A remark.", "citations": []}
    assert (
        same["citations"][0] | {"form": "ibid", "carried": True, "refers_to": {"note": 1, "citation": 1}}
        == same["citations"][0]
    )


def test_the_signal_before_a_short_form_stays(tmp_path: Path) -> None:
    found = restyled(document(notes(HOPKINS, "See ibid."), tmp_path))
    assert found.notes[1].after.startswith("See ")
    assert found.notes[1].citations[0]["text"] == "ibid."


def test_later_citations_are_short_and_repeated_ones_ibid(tmp_path: Path) -> None:
    found = restyled(
        document(notes(HOPKINS, "Ibid.", STALIN, HOPKINS), tmp_path), "chicago-fullnote-bibliography-16th-edition"
    )
    full, same, other, again = (note.after for note in found.notes)
    assert same.startswith("Ibid.")
    assert other != full
    assert len(again) < len(full)


def test_nothing_is_ibid_behind_a_note_of_several_sources_or_of_a_doubt(tmp_path: Path) -> None:
    style = "chicago-fullnote-bibliography-16th-edition"
    found = restyled(document(notes(f"{HOPKINS}; {STALIN}", STALIN), tmp_path), style)
    assert not found.notes[1].after.startswith("Ibid")
    found = restyled(document(notes(HOPKINS, "Qwerty, op. cit., 5.", HOPKINS), tmp_path), style)
    assert not found.notes[-1].after.startswith("Ibid")


def test_ibid_behind_several_sources_stays_with_the_reason(tmp_path: Path) -> None:
    opened = document(notes(f"{HOPKINS}; {STALIN}", "Ibid."), tmp_path)
    found = restyled(opened)
    assert [one["kept"] for note in found.notes for one in note.kept] == ["the note before has several sources"]
    assert found.notes[1].after == "Ibid."
    assert report.counts_of(found) == {"notes": 2, "changed": 1, "restyled": 2, "kept": 1}


def test_a_style_that_cites_in_the_text_gets_a_bibliography(tmp_path: Path) -> None:
    found = restyled(document(notes(HOPKINS, "Ibid."), tmp_path), "apa")
    assert found.bibliography is not None
    assert found.bibliography.entries[0].content.plain.startswith("Harriman")
    assert len(found.bibliography.entries) == 1


def test_proposals_are_marked_and_can_be_rejected(tmp_path: Path) -> None:
    opened = document(notes(HOPKINS, "Ibid., a; Ibid."), tmp_path)
    written = opened.write_notes(restyled(opened).edits, Tracking("A", "2026-01-01")).decode()
    assert f"{{~~{HOPKINS}~>" in written


def test_decisions_of_a_report_are_carried_out(tmp_path: Path) -> None:
    opened = document(notes(HOPKINS, f"{HOPKINS}; {STALIN}", "Ibid."), tmp_path)
    data = report.as_dict(restyled(opened), "a.md")
    data["notes"][0]["citations"][0]["take"] = "old"
    data["notes"][2]["citations"][0]["take"] = "new"
    path = tmp_path / "r.json"
    path.write_text(json.dumps(data))
    citations = read_typed(opened)
    assert decide(citations, read_decisions(path)) == []
    found = restyle_notes(opened, citations, find_style("mhra-notes"))
    assert found.notes[0].after == HOPKINS
    assert "kept" not in found.notes[2].citations[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"notes": [{"note": 1}]}',
        '{"notes": [{"note": 1, "where": "footnote", "citations": [{"take": "x"}]}]}',
    ],
)
def test_a_file_that_is_no_report_is_an_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(InputError):
        read_decisions(path)


def test_only_what_is_not_sure_is_asked_about(tmp_path: Path) -> None:
    citations = read_typed(document(notes(f"{HOPKINS}; {STALIN}", "Ibid."), tmp_path))
    asked = []

    def question(citation: TypedCitation, read: dict[str, Any]) -> bool:
        asked.append((citation.text, read["form"]))
        return True

    ask(citations, question)
    assert asked == [("Ibid.", "ibid")]
    assert not any(citation.doubt for citation in citations)


def test_ibid_of_nothing_is_no_matter_of_decision(tmp_path: Path) -> None:
    opened = document(notes("On this see what I say below.", "Ibid., 4."), tmp_path)
    citations = read_typed(opened)
    ask(citations, lambda *_: True)
    decide(citations, {("footnote", 2, 1): "new"})
    assert [one.doubt for one in citations] == ["it goes back to nothing that was read before"]
    assert restyle_notes(opened, citations, find_style("mhra-notes")).notes[0].after == "Ibid., 4."


def test_the_command_writes_document_and_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = document(notes(HOPKINS, "Ibid.") + " b [@doe]", tmp_path)
    items = tmp_path / "items.json"
    items.write_text('[{"id": "doe", "type": "book", "title": "T", "author": [{"family": "Doe"}]}]')
    out, page = tmp_path / "out.md", tmp_path / "r.html"
    arguments = ["doc", "restyle", opened.source, "-s", "mhra-notes", "-i", str(items), "-o", str(out)]
    assert main([*arguments, "--report", str(page)]) == 0
    assert "Doe" in out.read_text()
    assert "@doe" not in out.read_text()
    assert HOPKINS in page.read_text()
    assert "2 citations restyled, 0 kept" in capsys.readouterr().out


HOAK = "D. E. Hoak, The King’s Council in the Reign of Edward VI (Cambridge, 1976), p. 255"


def test_a_short_form_is_sure_where_its_words_are_those_of_one_title(tmp_path: Path) -> None:
    found = restyled(document(notes(f"{HOAK}.", "Hoak, King’s Council, p. 260."), tmp_path))
    assert [note.kept for note in found.notes] == [[], []]
    assert found.notes[1].after.startswith("Hoak, ")
    assert "260" in found.notes[1].after


def test_a_short_form_whose_words_stand_in_two_titles_stays(tmp_path: Path) -> None:
    other = "D. E. Hoak, The King’s Council and the Crown (London, 1980), p. 3"
    found = restyled(document(notes(f"{HOAK}.", f"{other}.", "Hoak, King’s Council, p. 260."), tmp_path))
    assert "several titles" in found.notes[2].kept[0]["kept"]


def test_op_cit_and_ibid_are_as_sure_as_what_they_go_back_to(tmp_path: Path) -> None:
    found = restyled(document(notes(f"{HOAK}.", "Ibid., p. 256.", f"{STALIN}.", "Hoak, op. cit., p. 260."), tmp_path))
    assert [note.kept for note in found.notes] == [[], [], [], []]
    assert "260" in found.notes[3].after


def test_a_work_is_called_by_its_editor(tmp_path: Path) -> None:
    book = "Perry Miller, ed., The Legal Mind in America: From Independence to the War (New York: Anchor, 1962), 12"
    found = restyled(document(notes(f"{book}.", "Ibid., 15.", "Miller, Legal Mind, 20."), tmp_path))
    assert [note.kept for note in found.notes] == [[], [], []]
    assert "20" in found.notes[2].after


def test_op_cit_of_an_author_with_two_works_stays(tmp_path: Path) -> None:
    other = "D. E. Hoak, The Court and the Crown (London, 1980), p. 3"
    found = restyled(document(notes(f"{HOAK}.", f"{other}.", "Hoak, op. cit., p. 260."), tmp_path))
    assert "several titles" in found.notes[2].kept[0]["kept"]


def test_the_report_says_what_was_read_and_how_sure_it_is(tmp_path: Path) -> None:
    found = restyled(document(notes(f"{HOPKINS}; {STALIN}", "Ibid."), tmp_path))
    first, _ = report.as_dict(found, "a.md")["notes"][0]["citations"]
    assert first["read"]["levels"][0] == {"level": "box", "value": "Box 173"}
    said = report.read_as(first)
    assert said.startswith("archival, full, box Box 173, ")
    sure = f"sure {round(100 * first['confidence'])} %"
    assert said.endswith(sure)
    assert said in "".join(report.as_html(found, "a.md"))
    assert next(line for line in report.as_lines(found) if " read " in line).endswith(sure)


def test_the_short_form_that_a_note_introduces_stays(tmp_path: Path) -> None:
    text = f"{HOPKINS.replace('March 3,', '3 March')} (hereafter LC)"
    found = restyled(document(notes(text, STALIN), tmp_path), "chicago")
    assert found.notes[0].changed
    assert found.notes[0].after.endswith(" Library of Congress (hereafter LC)")


def test_a_short_form_goes_with_its_name(tmp_path: Path) -> None:
    found = restyled(document(notes(f"{HOPKINS} (hereafter LC)", STALIN), tmp_path))  # the archive comes first there
    assert ", Library of Congress (hereafter LC), " in found.notes[0].after


def test_a_short_form_may_stand_in_the_bibliography(tmp_path: Path) -> None:
    found = restyled(document(notes(f"{HOPKINS} (hereafter LC)", STALIN), tmp_path), "mla")
    assert found.notes[0].after == "(Harriman, Letter to Hopkins)"
    assert found.bibliography is not None
    assert "Library of Congress (hereafter LC)" in found.bibliography.entries[0].content.plain


def test_a_place_that_its_press_repeats_is_understood(tmp_path: Path) -> None:
    book = "Melvyn P. Leffler, A Preponderance of Power (Stanford: Stanford University Press, 1992), 10"
    assert [one.doubt for one in read_typed(document(notes(book), tmp_path))] == [""]


def test_short_forms_tell_family_names_of_several_words(tmp_path: Path) -> None:
    couve = "Maurice Couve de Murville, *Une politique étrangère* (Paris: Plon, 1971), 45."
    vries = "Jan de Vries and Ad van der Woude, *The First Modern Economy* (London: Cape, 1997), 20."
    text = notes(
        couve, vries, "Couve de Murville, *Politique étrangère*, 51.", "De Vries and van der Woude, *Economy*, 22.",
        "Not all agree; see Couve de Murville, *Politique étrangère*, chap. 4.",
    )  # fmt: skip
    found = restyled(document(text, tmp_path), "modern-language-association")
    assert [citation["new"] for note in found.notes for citation in note.citations] == [
        "(Couve de Murville 45)",
        "(de Vries and van der Woude 20)",
        "(Couve de Murville 51)",
        "(de Vries and van der Woude 22)",
        "(Couve de Murville, ch. 4)",
    ]


WESTAD = "Odd Arne Westad, *The Cold War* (London: Allen Lane, 2017), 33."
LEFFLER = "Melvyn P. Leffler and Odd Arne Westad, eds., *A History of War*, vol. 1 (London: Cape, 2010), 12."
SOURCES = "Konrad H. Jarausch/Hannes Siegrist (Hg.), *Sowjetisierung in Deutschland*, Frankfurt a. M. 1997, S. 22."
FRANK = (
    "Robert Frank, « La politique », dans S. Berstein (dir.), *Les années*, Paris, Colin, 2006, p. 15-40, ici p. 20."
)


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        ((WESTAD, LEFFLER, "Westad, 60."), "Westad, *The Cold War*, p. 60."),
        ((WESTAD, "O. A. Westad, *Cold War*, 40."), "Westad, *Cold War*, p. 40."),
        ((SOURCES, "Jarausch/Siegrist, Sowjetisierung, S. 24."), "Jarausch and Siegrist, *Sowjetisierung*, p. 24."),
        (
            ("Frankfurter Allgemeine Zeitung, 12.3.1954, S. 1.",),
            "*Frankfurter Allgemeine Zeitung*, 12 March 1954, p. 1.",
        ),
        (
            (FRANK,),
            "Robert Frank, ‘La politique’, in *Les années*, ed. by S. Berstein (Colin, 2006), pp. 15–40 (p. 20).",
        ),
        ((WESTAD, FRANK, "*Le Monde*, 4 mai 1954, p. 3."), "*Le Monde*, 4 May 1954, p. 3."),
    ],
)
def test_short_forms_and_newspapers_as_they_are_typed(texts: tuple[str, ...], last: str, tmp_path: Path) -> None:
    opened = document(notes(*texts), tmp_path)
    found = restyled(opened)
    assert opened.write_notes(found.edits).decode().endswith(f"^[{last}]")


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("*Ibid.*", "Westad, *The Cold War*, p. 33."),
        ("*Ibid*.", "Westad, *The Cold War*, p. 33."),
        ("*Ibid.*, 47.", "Westad, *The Cold War*, p. 47."),
        ("See *ibid.*; but others differ.", "See Westad, *The Cold War*, p. 33; but others differ."),
    ],
)
def test_ibid_in_italics_is_the_page_before_unless_it_names_one(typed: str, last: str, tmp_path: Path) -> None:
    opened = document(notes(WESTAD, typed), tmp_path)
    found = restyled(opened)
    assert opened.write_notes(found.edits).decode().endswith(f"^[{last}]")


def test_years_in_short_are_not_left_out(tmp_path: Path) -> None:
    opened = document(notes("Jane Roe, *War at Sea*, 6 vols. (London: Cape, 1933–36), 40."), tmp_path)
    (citation,) = restyled(opened).notes[0].citations
    assert "1933" in citation["new"]


@pytest.mark.parametrize(
    ("style", "full", "short"),
    [("mhra-notes", "II, p. 40", "III, pp. 45–47"), ("chicago-notes-bibliography", "2:40", "3:45–47")],
)
def test_volume_goes_before_the_word_for_pages(style: str, full: str, short: str, tmp_path: Path) -> None:
    first = "David Lloyd George, *War Memoirs*, 6 vols. (London: Cape, 1933–36), II, 40."
    opened = document(notes(first, "Lloyd George, *War Memoirs*, III, 45–47.", "Ibid., 50."), tmp_path)
    new = [note.citations[0]["new"] for note in restyled(opened, style).notes]
    assert new[0].endswith(full)
    assert new[1].endswith(short)
    assert new[2].endswith(short.replace("pp. 45–47", "p. 50").replace("45–47", "50"))


def test_sentence_behind_a_leaf_stays_behind_the_citation(tmp_path: Path) -> None:
    note = "Neurath an Hoesch, 7. Juli 1935, PA AA, R 28897, Bl. 90. Die Antwort fehlt."
    (found,) = restyled(document(notes(note), tmp_path)).notes
    assert found.changed
    assert found.after.endswith(". Die Antwort fehlt.")
    assert found.after.count("Antwort") == 1


def test_document_that_a_work_cites_is_its_own_citation(tmp_path: Path) -> None:
    work = "Ronald Hyam, *Declining Empire* (Cambridge: University Press, 2006), p. 130."
    opened = document(notes(work, "Hyam, *Declining Empire*, pp. 140–1, citing TNA, CAB 129/19."), tmp_path)
    found = restyled(opened, "chicago-notes-bibliography").notes[1]
    assert found.after.startswith("Hyam, Declining Empire, 140–1, citing ")
    assert found.after.count("140") == 1


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        (
            ("TNA, FO 371/61875, E4567, minute by Beeley, 12 June 1947, fo. 23.",),
            "Beeley, minute, 12 June 1947, TNA, FO 371/61875, E4567, fol. 23.",
        ),
        (
            ("Bodleian Library, Oxford, MSS. Afr. s. 424, fos 12–15, Cohen to Poynton, 8 July 1948.",),
            "Cohen, letter to Poynton, 8 July 1948, Oxford, Bodleian Library, MSS. Afr. s. 424, fols 12–15.",
        ),
        (
            ("Cohen to Poynton, 8 July 1948, TNA, CO 537/1, fo. 8.", "Ibid., Baring to Roe, 4 May 1948, tel. no. 65."),
            "Baring, tel. no. 65 to Roe, 4 May 1948, TNA, CO 537/1.",
        ),
        (
            ("Jane Roe, diary entry, 1 May 1950, box 197, Roe Papers, Yale University.", "Ibid., 3 May 1950."),
            "Jane Roe, diary entry, 3 May 1950, Yale University, Roe Papers, box 197.",
        ),
        (("Cohen to Poynton, 8 July 1948, TNA, CO 537/1, fo. 8.", "Ibid., 9 July 1948."), "Ibid., 9 July 1948."),
    ],
)
def test_folios_shelf_marks_and_other_documents_of_one_file(texts: tuple[str, ...], last: str, tmp_path: Path) -> None:
    assert restyled(document(notes(*texts), tmp_path), "mhra").notes[-1].after == last


def test_anders_is_no_part_of_a_title(tmp_path: Path) -> None:
    first = "Jane Roe, Docks (Berlin: Duncker, 1985), S. 3; "
    first += "anders Klaus Hildebrand, Das vergangene Reich, Stuttgart 1995, S. 600."
    opened = document(notes(first, "Hildebrand, Reich, S. 610.", "Zit. nach Hildebrand, Reich, S. 612."), tmp_path)
    found = restyled(opened).notes
    assert [note.after for note in found[1:]] == ["Hildebrand, Reich, p. 610.", "Zit. nach Hildebrand, Reich, p. 612."]


@pytest.mark.parametrize(
    ("style", "pages"),
    [("mhra-notes", "pp. 346–81, esp. p. 350"), ("chicago-notes-bibliography", "346–81, esp. 350")],
)
def test_pages_singled_out_leave_those_of_the_article(style: str, pages: str, tmp_path: Path) -> None:
    article = 'Jane Roe, "War at Sea," *Naval Review* 89, no. 2 (April 1984): 346–81, esp. 350.'
    opened = document(notes(article), tmp_path)
    assert restyled(opened, style).notes[0].citations[0]["new"].endswith(pages)


DARWIN = "John Darwin, *The Empire Project: A History* (Cambridge: Cambridge University Press, 2009), 12."


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        ((DARWIN, "Jane Roe, *Tides* (London: Cape, 1985), 3; and Darwin, *Empire Project*, 14."),
         "Jane Roe, *Tides* (Cape, 1985), 3; and Darwin, *Empire Project*, 14."),
        ((DARWIN, "This passage follows Jane Roe, *Tides* (London: Cape, 1985), ch. 3, and Darwin, *Project*, ch. 4."),
         "This passage follows Jane Roe, *Tides* (Cape, 1985), chap. 3, and Darwin, *Project*, chap. 4."),
        (("Philip Murphy, *Alan Lennox-Boyd: A Biography* (London: Cape, 1999), 104.",),
         "Philip Murphy, *Alan Lennox-Boyd: A Biography* (Cape, 1999), 104."),
        (("Jane Roe, “Docks and Tides” (PhD diss., University of California, Santa Barbara, 1999), 57.",),
         "Jane Roe, “Docks and Tides” (PhD diss., University of California, Santa Barbara, 1999), 57."),
        (("Jane Roe, ‘Docks and Tides’ (PhD dissertation, Harvard University, 1999), p. 57.",),
         "Jane Roe, “Docks and Tides” (PhD dissertation, Harvard University, 1999), 57."),
    ],
)  # fmt: skip
def test_works_that_words_join_and_theses(texts: tuple[str, ...], last: str, tmp_path: Path) -> None:
    opened = document(notes(*texts), tmp_path)
    found = restyled(opened, "chicago")
    assert [note.kept for note in found.notes] == [[] for _ in texts]
    assert opened.write_notes(found.edits).decode().endswith(f"^[{last}]")


@pytest.mark.parametrize(
    ("typed", "style", "new"),
    [
        ("Grew to Hull, May 3, 1945, FRUS, 1945, 2:770–72", "mhra",
         "Grew, letter to Hull, 3 May 1945, in *FRUS, 1945*, 2, pp. 770–72"),
        ("Leahy to Hull, 18 March 1941, FRUS, 1941, II, p. 130", "chicago",
         "Leahy to Hull, March 18, 1941, in *FRUS, 1941*, 2:130"),
        ("Cecil to Grey, 4 May 1915, BD, vol. X, no. 123", "chicago",
         "Cecil to Grey, May 4, 1915, in *BD*, vol. 10, no. 123"),
        ("Memorandum of Conversation, March 9, 1950, FRUS, 1950, vol. 6, doc. 45", "mhra",
         "Memorandum of Conversation, 9 March 1950, in *FRUS, 1950*, vol. 6, doc. 45"),
        ("DBFP, 2nd ser., vi, no. 45", "chicago", "*DBFP, 2nd ser.*, vol. 6, no. 45"),
        ("Roe an Doe, 21. März 1931, in: ADAP, Serie B, Bd. XVII, Nr. 40", "chicago",
         "Roe to Doe, March 21, 1931, in *ADAP, Serie B*, vol. 17, no. 40"),
        ("Foreign Relations of the United States, 1950, vol. 6, East Asia (Washington, DC: GPO, 1976), 744–47", "mhra",
         "*Foreign Relations of the United States, 1950*, vol. 6, East Asia (GPO, 1976), pp. 744–47"),
    ],
)  # fmt: skip
def test_documents_of_editions_keep_the_words_of_the_edition(typed: str, style: str, new: str, tmp_path: Path) -> None:
    opened = document(notes(typed), tmp_path)
    found = restyled(opened, style)
    assert opened.write_notes(found.edits).decode() == notes(new)


@pytest.mark.parametrize(
    "typed",
    [
        "Churchill to Eden, 4 May 1942, in Winston S. Churchill, *The Hinge of Fate* (London: Cassell, 1951), p. 45.",
        "Akten der Reichskanzlei, bearb. von Tilman Koops, Bd. 2, Boppard 1982, Nr. 260, S. 932–934.",
    ],
)
def test_what_books_print_stays(typed: str, tmp_path: Path) -> None:
    opened = document(notes(typed), tmp_path)
    found = restyled(opened, "chicago")
    assert opened.write_notes(found.edits) == opened.data
    assert found.notes[0].kept


GEORGE = "David Lloyd George, *War Memoirs*, 6 vols. (London: Cape, 1933–36), II, 40."
ROGERS = "The National Archives, Kew (hereafter TNA), CO 822/338, minute by Rogers, 12 December 1952."


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        ((GEORGE, "Lloyd George, War Memoirs, II, 41.", "Ibid., I, 33."), "Lloyd George, War Memoirs, 1:33."),
        ((GEORGE, "Ibid., vol. 3, pp. 40–42."), "George, War Memoirs, 3:40–42."),
        ((ROGERS, "Ibid., Baring to Lyttelton, 24 January 1953, tel. no. 65."),
         "Baring to Lyttelton, tel. no. 65, January 24, 1953, CO 822/338, TNA."),
        (("TNA, CAB 129/34, CP (49) 62, ‘Policy in the Colonies’, memorandum by Roe, 14 March 1949.",),
         "Roe, “Policy in the Colonies,” memorandum, March 14, 1949, CAB 129/34, CP (49) 62, TNA."),
        (("Roe to Doe, March 14, 1950, “Griffin Mission” folder, box 3, Roe Papers, Hoover Institution.",),
         "Roe to Doe, March 14, 1950, “Griffin Mission” folder, box 3, Roe Papers, Hoover Institution."),
        (("Jones to Sir Andrew Cohen, 12 March 1949, TNA, FO 371/1.", "Roe to Doe, 4 May 1950, TNA, FO 371/2.",
          "Jones to Cohen, 12 March 1949."), "Jones to Cohen, March 12, 1949."),
    ],
)  # fmt: skip
def test_volumes_short_forms_of_archives_and_titled_papers(texts: tuple[str, ...], last: str, tmp_path: Path) -> None:
    assert restyled(document(notes(*texts), tmp_path), "chicago").notes[-1].after == last
