"""Typed notes in another style say nothing that they did not say, and lose nothing that they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.documents.typed.wording import language_of
from tests.documents.test_restyle import document, notes, restyled

if TYPE_CHECKING:
    from pathlib import Path

BOX = "Box 12, Rosalind Keane Papers, Harbor Library, Oldport"


def after(folder: Path, *texts: str, style: str = "chicago") -> list[str]:
    """Return the notes of these texts in the style, those that stay as they were."""
    return [note.after for note in restyled(document(notes(*texts), folder), style).notes]


@pytest.mark.parametrize("back", ["Keane to Orme, 10 May 1965, ibid.", "Ibid., Keane to Orme, 10 May 1965."])
def test_another_letter_of_the_same_box_is_itself(back: str, tmp_path: Path) -> None:
    (_, second) = after(tmp_path, f"Orme to Keane, 3 May 1965, {BOX}.", back)
    assert second.startswith("Keane to Orme, May 10, 1965, Box 12, ")


def test_another_box_of_a_letter_that_goes_back(tmp_path: Path) -> None:
    (_, second) = after(tmp_path, f"Orme to Keane, 3 May 1965, {BOX}.", "Orme to Keane, 9 May 1965, ibid., Box 14.")
    assert second.startswith("Orme to Keane, May 9, 1965, Box 14, ")


def test_the_words_behind_ibid_keep_their_distance(tmp_path: Path) -> None:
    (_, second) = after(tmp_path, f"Orme to Keane, 3 May 1965, {BOX}.", "Ibid. It was never sent.")
    assert second.endswith("May 3, 1965. It was never sent.")


@pytest.mark.parametrize(
    ("first", "short", "wanted"),
    [
        ("Jane Orme, Salt: A History (London: Reed, 1981), p. 3.", "Orme, Salt, p. 5.", "Orme, Salt, 5."),
        ("Jane Orme, Salt and Sail: A History (London: Reed, 1981), ch. 4.", "Orme, 5.", "Orme, Salt and Sail, 5."),
        ("Jane Orme, The Salt of the Earth (London: Reed, 1981), 3.", "Orme, Salt, 5.", "Orme, Salt, 5."),
        ("Eva Orme, Das Salz der Erde, Berlin 1981, S. 3.", "Orme, Salz (wie Anm. 1), S. 5.", "Orme, Salz, 5."),
    ],
)
def test_short_titles_are_those_of_the_author(first: str, short: str, wanted: str, tmp_path: Path) -> None:
    assert after(tmp_path, first, short)[1] == wanted


def test_titles_of_other_languages_keep_their_letters(tmp_path: Path) -> None:
    (note,) = after(tmp_path, "Eva Orme, Die Kunst der alten Fuge, Berlin 1981, S. 3.")
    assert note == "Eva Orme, Die Kunst der alten Fuge (Berlin, 1981), 3."
    assert [language_of(text) for text in ("The art of it", "Les arts du feu", "Selbst, S. 3", "Memoirs")] == [
        "en", "fr", "de", ""
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Orme, draft of a speech, Box 5, Orme Papers, Harbor Library.", None),
        (
            "Kew, The National Archives (TNA), PREM 3/462, minute by Orme, 7 August 1940.",
            "Orme, minute, August 7, 1940, PREM 3/462, The National Archives (TNA), Kew.",
        ),
        ("Ebert an Orme, 10. Dezember 1918, BArch, N 46/130, Bl. 22.", "N 46/130, fol. 22, BArch."),
        ("Jane Orme, “Salt” (PhD diss., University of Ely, 1998), 12.", " (PhD diss., University of Ely, 1998), 12."),
        ("„Die Lage“, Vossische Zeitung, 7. Dezember 1918, Morgenausgabe, S. 1.", "Vossische Zeitung, Morgenausgabe, "),
        ("The Times, 4 September 1940, p. 4.", "The Times, September 4, 1940, 4."),
    ],
)  # fmt: skip
def test_nothing_is_said_that_the_note_does_not_say(text: str, wanted: str | None, tmp_path: Path) -> None:
    (note,) = after(tmp_path, text)
    assert "n.d." not in note
    assert "memorandum" not in note
    assert "File" not in note
    assert wanted is None or wanted in note


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Orme to Keane, 3 May 1765, Mass. Archives, 26:146.", "Orme to Keane, May 3, 1765, 26:146, Mass. Archives."),
        ("Lettre de Jean Orme à Eva Ely, 7 mai 1943, AN, 3AG2/4.", "Jean Orme to Eva Ely, May 7, 1943, 3AG2/4, AN."),
        ("Jane Orme, Salt (Ely: Reed, 1981), 44. Orme goes far.", "Jane Orme, Salt (Reed, 1981), 44. Orme goes far."),
        ("Jane Orme, Salt, enl. ed. (London: Reed, 1981), 4.", "Jane Orme, Salt, enl. ed. (Reed, 1981), 4."),
        ("Jean Orme, Le sel, 1938-44, Paris, PUF, 2013, p. 8 sq.", "Jean Orme, Le sel, 1938-44 (PUF, 2013), 8 sq."),
    ],
)  # fmt: skip
def test_notes_as_historians_write_them(text: str, wanted: str, tmp_path: Path) -> None:
    assert after(tmp_path, text) == [wanted]


def test_what_the_style_would_leave_out_keeps_the_citation(tmp_path: Path) -> None:
    text = "Telegram, Kennan to Byrnes, February 22, 1946, Box 6531, RG 59, National Archives."
    (note,) = restyled(document(notes(text), tmp_path), "mhra-notes").notes
    assert note.after == text
    assert "Byrnes" in note.citations[0]["kept"]


def test_short_forms_stay_in_the_notes_behind_their_definition(tmp_path: Path) -> None:
    (first, second) = after(
        tmp_path,
        "Orme to Keane, 3 May 1965, Box 7, Harbor Library, Oldport, Maine (hereafter HL).",
        "Keane to Orme, 9 May 1965, Box 8, HL.",
    )
    assert first.endswith("Harbor Library (hereafter HL), Oldport, Maine.")
    assert second == "Keane to Orme, May 9, 1965, Box 8, HL."


@pytest.mark.parametrize("joint", [", all in {}", ", both in {}"])
def test_a_place_given_for_several_letters_is_that_of_each(joint: str, tmp_path: Path) -> None:
    text = "Orme to Keane, May 3, 1965; Keane to Orme, May 9, 1965" + joint.format(BOX) + "."
    (note,) = after(tmp_path, text)
    assert note.split("; ") == [
        "Orme to Keane, May 3, 1965, Box 12, Rosalind Keane Papers, Harbor Library, Oldport",
        "Keane to Orme, May 9, 1965, Box 12, Rosalind Keane Papers, Harbor Library, Oldport.",
    ]


def test_a_short_form_stands_for_the_name_that_it_is_like(tmp_path: Path) -> None:
    (first, second) = after(
        tmp_path,
        "Orme to Keane, May 3, 1965, Rosalind Keane Papers, Harbor Library, Box 2 (henceforth Keane Papers).",
        "Keane to Orme, May 9, 1965, Keane Papers, Box 3.",
    )
    assert "Box 2, Rosalind Keane Papers (henceforth Keane Papers), Harbor Library" in first
    assert second == "Keane to Orme, May 9, 1965, Box 3, Keane Papers."


def test_a_letter_is_not_kept_in_a_book(tmp_path: Path) -> None:
    texts = ("Jane Orme, Salt (London: Reed, 1981), 3.", "Orme to Keane, May 9, 1965, ibid.")
    (_, second) = restyled(document(notes(*texts), tmp_path), "chicago").notes
    assert second.citations[0]["kept"] == "it goes back to a published work"


def test_what_a_style_has_no_words_for_stays(tmp_path: Path) -> None:
    assert after(tmp_path, "New York Evening Post, Mar. 3, 1850.", style="mla") == [
        "New York Evening Post, Mar. 3, 1850."
    ]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (
            ["Eva Orme, Salz, Ulm 1981, S. 3; dies., Segel, Ulm 1988, S. 7.", "Orme, Salz, S. 5; dies., Segel, S. 8."],
            "Orme, Salz, 5; Orme, Segel, 8.",
        ),
        (["Eva Orme, Deutsche Geschichte, Bd. 3: Salz, Berlin 1981, S. 3.", "Orme, Geschichte, Bd. 3, S. 5."],
         "Orme, Geschichte, 3:5."),
        (["Henry M. Orme, The Life of Field (London: Reed, 1898), 42.", "H. Orme, Life, 44."], "Orme, Life, 44."),
        (["Eva Orme, Segel. Eine Studie. München: Beck 1981, S. 3.", "Orme, S. 4; ferner Orme, Segel, S. 5."],
         "Orme, Segel, 4; ferner Orme, Segel, 5."),
    ],
)  # fmt: skip
def test_short_forms_of_works(texts: list[str], wanted: str, tmp_path: Path) -> None:
    assert after(tmp_path, *texts)[-1] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Orme, Jane. Salt of the U.S. Coast. Yale UP, 2002, p. 51.", "Salt of the U.S. Coast (Yale UP, 2002), 51."),
        ("Orme, Jane. “Salt.” The Sea, edited by Eva Keane, Oxford UP, 1989, pp. 7-10.", "(Oxford UP, 1989), 7–10."),
        ("Jane Orme, Salt: A History (London: Reed, 2002), passim.", "Salt: A History (Reed, 2002), passim."),
        ("Jane Orme, English Salt, 1914–1945 (London: Reed, 1965), 73n.", "English Salt, 1914–1945 (Reed, 1965), 73n."),
    ],
)  # fmt: skip
def test_notes_of_mla_and_odd_pages(text: str, wanted: str, tmp_path: Path) -> None:
    (note,) = after(tmp_path, text)
    assert note.endswith(wanted)


def test_idem_is_the_author_and_a_short_title_its_own_work(tmp_path: Path) -> None:
    first = "David Orme, “The Meaning of Salt,” Salt Review 103 (1988): 385–405; idem, Sails (London: Reed, 1986), 112."
    found = after(tmp_path, first, "Orme, “Meaning,” 390.", "Orme, “Nothing of the Kind,” 3.")
    assert found[0].endswith("; David Orme, Sails (Reed, 1986), 112.")
    assert found[1:] == ["Orme, “Meaning,” 390.", "Orme, “Nothing of the Kind,” 3."]


@pytest.mark.parametrize(
    "text", ["Keane, Ida B. Diary. 12 Apr. 1887. ", "Keane, E. B. Letter to Jane Orme. 28 Oct. 1914. "]
)
def test_a_kind_of_document_is_nobody(text: str, tmp_path: Path) -> None:
    (note,) = restyled(document(notes(text + "Box 9, Ida Keane Papers, Harbor Library, Oldport."), tmp_path)).notes
    assert "it is not sure who" in note.citations[0]["kept"]


@pytest.mark.parametrize(
    "title", ["Record of Conversation of I. V. Stalin and Harriman", "Some Talks with Gen. Clay and Others"]
)
def test_a_title_is_not_cut_behind_an_initial(title: str, tmp_path: Path) -> None:
    text = f"“{title},” June 26, 1944, Box 3, Orme Papers, Library of Congress."
    (note,) = after(tmp_path, text, style="mla")
    assert title in note
