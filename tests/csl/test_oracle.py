"""A sample of styles against the reference processor: agreement by style may neither fall nor rise unrecorded."""

from __future__ import annotations

import pytest

from tests.csl.oracle import FIGURES, SAMPLE, clean_punctuation, rounded, run, same_tags
from tests.csl.passlist import read_figures
from tests.shared import shared


def test_agreement_of_the_sample_is_as_recorded() -> None:
    _, styles, broken = run(shared("oracle"), SAMPLE, [])
    assert not {name: why for name, why in broken.items() if "not installed" not in why}
    assert rounded(styles) == read_figures(FIGURES), "python tests/csl/oracle.py DIR --update, and commit the file"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Topeka. , 347", "Topeka. 347"),
        ("a “Telegram.” . telegram", "a “Telegram.” telegram"),
        ("Title..", "Title."),
        ("a () b [ ] 1944", "a b 1944"),
    ],
)
def test_cleaning_takes_orphaned_marks_out(text: str, other: str) -> None:
    assert clean_punctuation(text) == clean_punctuation(other)


def test_cleaning_leaves_words_alone() -> None:
    assert clean_punctuation("Doe, J. 1944: A (b)") != clean_punctuation("Doe, J. 1945: A (b)")
    assert clean_punctuation("see p. 12") != clean_punctuation("see p 12, 13")


def test_tags_of_one_meaning_are_equal() -> None:
    assert same_tags("<em>a</em> &#38; b") == same_tags("<i>a</i>  &amp; b")
