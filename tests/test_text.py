"""Folding, slugs, control characters, widths."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.text import ascii_slug, clean_space, display_width, fold, is_control_free, pad, strip_controls, truncate


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("ŒUVRE", "oeuvre"),
        ("Ærø", "aero"),
        ("A\u030angström", "angstrom"),
        ("Ἀθῆναι", "αθηναι"),
        ("\ufb01nd", "find"),
        ("МОСКВА", "москва"),
        ("Йод", "йод"),
        ("東京", "東京"),
        ("が", "が"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Harriman, W. Averell", "harriman-w-averell"),
        ("O’Brien & Söhne", "obrien-sohne"),
        ("Щербицкий Ёлка", "shcherbitskiy-elka"),
        ("Κωνσταντίνος", "konstantinos"),
        ("東京 1944", "1944"),
        ("--", ""),
    ],
)
def test_ascii_slug(text: str, slug: str) -> None:
    assert ascii_slug(text) == slug


def test_clean_space() -> None:
    assert clean_space(" a\n\tb\u00a0c  ") == "a b c"


def test_controls() -> None:
    assert is_control_free("a\tb\r\nc\x85 é 東 😀")
    for control in "\x00\x08\x0b\x1f\x7f\x80\x9f\ud800\ufffe":
        assert not is_control_free(f"a{control}b")
        assert strip_controls(f"a{control}b") == "ab"


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("東京", 4), ("e\u0301", 1), ("ｱ", 1), ("a\u200bb", 2), ("Ａ", 2)]
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (0, ""),
        (1, "…"),
        (4, "the…"),
        (9, "the…"),
        (10, "the quick…"),
        (13, "the quick…"),
        (19, "the quick brown fox"),
        (99, "the quick brown fox"),
    ],
)
def test_truncate(width: int, shown: str) -> None:
    assert truncate("the quick brown fox", width) == shown


def test_truncate_cuts_a_long_first_word_and_counts_wide_letters() -> None:
    assert truncate("Donaudampfschiff", 6) == "Donau…"
    assert truncate("東京都の文書館", 6) == "東京…"
    assert truncate("one, two", 7) == "one…"


def test_pad() -> None:
    assert pad("東京", 6) == "東京  "
    assert pad("long", 2) == "long"


@pytest.mark.property
@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.property
@given(st.text())
def test_slug_has_only_its_letters(text: str) -> None:
    slug = ascii_slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert ascii_slug(slug) == slug


@pytest.mark.property
@given(st.text(), st.integers(min_value=0, max_value=30))
def test_truncated_text_fits(text: str, width: int) -> None:
    shown = truncate(text, width)
    assert display_width(shown) <= width
    assert width == 0 or shown == text or shown.endswith("…")


@pytest.mark.property
@given(st.text(st.characters()))
def test_stripped_text_is_control_free(text: str) -> None:
    assert is_control_free(strip_controls(text))
    assert (strip_controls(text) == text) == is_control_free(text)
