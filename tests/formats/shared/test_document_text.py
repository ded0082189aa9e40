from __future__ import annotations

import pytest

from citetool.formats.shared.document_text import kind_of_title, read_document, with_full_names
from citetool.names import Name, parse_name


def people(text: str) -> list[tuple[str, str, str]]:
    return [(str(p.name), p.role, p.office) for p in read_document(text).people]


def test_a_list_of_people_with_wrapped_lines() -> None:
    text = (
        "Present: The French Minister, M. Bonnet  \nMr. John Carter, First Secretary of  \nLegation\n\n"
        "General A. B. Ivanov\nMr. K. Petrov, Deputy Commissar  \nfor Trade\nMr. Orlov, interpreter\n\n"
        "Subject: Grain\n\nThe Minister said that the harvest of the year had been a poor one.\n"
    )
    assert people(text) == [
        ("Bonnet", "participant", "French Minister"),
        ("Carter, John", "participant", "First Secretary of Legation"),
        ("Ivanov, A. B.", "participant", "General"),
        ("Petrov, K.", "participant", "Deputy Commissar for Trade"),
        ("Orlov", "interpreter", "interpreter"),
    ]


def test_people_a_paragraph_each_with_editorial_marks() -> None:
    text = "Participants:\n\n[REDACTED] Mr. Adam Smith, Chairman\n\n[REDACTED] Dr. Rosa Klein\n\nThey spoke of coal.\n"
    assert people(text) == [("Smith, Adam", "participant", "Chairman"), ("Klein, Rosa", "participant", "")]


def test_two_renderings_give_each_person_once_and_the_fuller_entry() -> None:
    text = "Present: Mr. Smith\n\nSubject: Coal\n\nPresent: Mr. Smith, Chairman of the Board\n\nSubject: Coal\n"
    assert people(text) == [("Smith", "participant", "Chairman of the Board")]


@pytest.mark.parametrize(
    "text",
    [
        "The ambassador was present: he said nothing for an hour and then left the room without his hat.",
        "At present we have no news of the mission.",
        "",
    ],
)
def test_prose_gives_nobody(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("~~TOP SECRET~~", ("TOP SECRET",)),
        ("SECRET/NODIS", ("SECRET/NODIS",)),
        ("Top secret. Special folder", ("Top secret. Special folder",)),
        ("- CONFIDENTIAL -", ("CONFIDENTIAL",)),
        ("СОВЕРШЕННО СЕКРЕТНО", ("СОВЕРШЕННО СЕКРЕТНО",)),
        ("Streng geheim", ("Streng geheim",)),
        ("Secret talks were held in the spring", ()),
        ("Personal", ()),
    ],
)
def test_marks_stand_by_themselves(line: str, marks: tuple[str, ...]) -> None:
    assert read_document(f"Heading\n\n{line}\n\nText.").markings == marks


def test_a_mark_repeated_on_each_page_counts_once() -> None:
    assert read_document("TOP SECRET\n\ntext\n\nTop Secret\n").markings == ("TOP SECRET",)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Memorandum of Conversation between the Ministers", "memorandum of conversation"),
        ("Ciphered Telegram from Moscow to Prague", "telegram"),
        ("Excerpts from the Minutes of a Meeting", "minutes"),
        ("Handwritten Letter from a Mother", "letter"),
        ("The Treaty That Was Never Signed", "treaty"),
        ("Two Leaders Exchange Letters", ""),
        ("“We Shall See”: Conversation between Two Ministers", "memorandum of conversation"),
    ],
)
def test_kind_of_a_title(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SECRET\n\nConversation.\n\nJune 1, 1950\n", "memorandum of conversation"),
        ("MEMORANDUM FOR THE PRESIDENT\n\nI write ...", "memorandum"),
        ("Reports of this sort are rare, and we should say so.\n", ""),
    ],
)
def test_kind_of_a_heading(text: str, kind: str) -> None:
    assert read_document(text).kind == kind


def test_subject_and_copies() -> None:
    facts = read_document("Subject: Coal\n\nText.\n\n2 copies to Ambassador\nCopies of this were burnt in the yard.\n")
    assert (facts.subject, facts.copies) == ("Coal", ("2 copies to Ambassador",))


def test_a_family_name_is_completed_only_by_one_known_name() -> None:
    smith = read_document("Present: Mr. Smith\n").people
    known: list[Name] = [parse_name("Smith, Adam"), parse_name("Jones, Mary")]
    assert [str(p.name) for p in with_full_names(smith, known)[0]] == ["Smith, Adam"]
    assert with_full_names(smith, known)[1] == (0,)
    assert [str(p.name) for p in with_full_names(smith, [*known, parse_name("Smith, Zoe")])[0]] == ["Smith"]
