"""Locales: terms with the fallback of the specification, and the style's own definitions above them."""

from __future__ import annotations

import pytest

from citetool.csl.style.locale import load_locale, resolve_tag, style_locale
from citetool.csl.style.parse import parse_style


def style_with(locales: str) -> str:
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        f'{locales}<citation><layout><text variable="title"/></layout></citation></style>'
    )


@pytest.mark.parametrize(
    ("tag", "full"),
    [("de", "de-DE"), ("de-at", "de-AT"), ("en_GB", "en-GB"), ("pt", "pt-PT"), ("", "en-US"), ("tlh", "tlh")],
)
def test_tags(tag: str, full: str) -> None:
    assert resolve_tag(tag) == full


def test_a_form_falls_back_to_the_next_longer_one() -> None:
    english = load_locale("en-US")
    assert english.term("editor", "verb-short") == "ed. by"
    assert english.term("page", "symbol") == english.term("page", "short") == "p."
    assert english.term("page", "symbol", plural=True) == "pp."
    assert english.term("no such term") is None


def test_a_term_of_the_language_goes_before_any_form_of_english() -> None:
    assert load_locale("es-ES").term("cited", "short") == "citado"


def test_a_dialect_without_a_file_takes_that_of_its_language() -> None:
    assert load_locale("de-XX").term("and") == "und"
    assert load_locale("xx-XX").term("and") == "and"


def test_the_style_goes_before_the_files_and_the_dialect_before_the_language() -> None:
    terms = "".join(
        f'<locale{lang}><terms><term name="and">{word}</term></terms></locale>'
        for lang, word in ((' xml:lang="de-AT"', "samt"), (' xml:lang="de"', "nebst"), ("", "plus"))
    )
    style = parse_style(style_with(terms))
    assert [style_locale(style, tag).term("and") for tag in ("de-AT", "de-DE", "fr-FR")] == ["samt", "nebst", "plus"]
    assert load_locale("de-DE").term("and") == "und"


@pytest.mark.parametrize(
    ("tag", "lang", "found"),
    [("en-GB", "en-US", True), ("de-AT", "de-DE", True), ("en-US", "en-GB", False), ("de-CH", "de-AT", False)],
)
def test_what_a_style_says_for_the_primary_dialect_is_for_the_others_too(tag: str, lang: str, found: bool) -> None:
    style = parse_style(style_with(f'<locale xml:lang="{lang}"><terms><term name="and">samt</term></terms></locale>'))
    assert (style_locale(style, tag).term("and") == "samt") == found


def test_ordinals_of_a_style_replace_all_others() -> None:
    terms = '<locale xml:lang="en"><terms><term name="ordinal">.</term></terms></locale>'
    locale = style_locale(parse_style(style_with(terms)), "en-US")
    assert [name for name, _ in locale.ordinals if not name.startswith("long")] == ["ordinal"]


def test_quotation_marks_follow_from_terms() -> None:
    assert load_locale("de-DE").quotes == ("„", "“", "‚", "‘")
