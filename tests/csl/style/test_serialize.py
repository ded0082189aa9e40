"""A style or locale that was kept renders as one that was just parsed."""

from __future__ import annotations

import marshal

import pytest

from citetool.citation.styles.source import find_style
from citetool.csl import Processor
from citetool.csl.style.locale import load_locale
from citetool.csl.style.parse import parse_style
from citetool.csl.style.serialize import node_from_data, node_to_data, style_from_data, style_to_data

STYLES = ["chicago", "mla", "apa", "ieee", "nature", "chicago-author-date", "din-1505-2-alphanumeric"]
ITEMS = [
    {"id": "a", "type": "manuscript", "title": "Memorandum", "author": [{"family": "Doe", "given": "Jane"}],
     "issued": {"date-parts": [[1944, 6, 26]]}, "archive": "Library of Congress", "genre": "memorandum"},
    {"id": "b", "type": "personal_communication", "title": "Letter", "author": [{"family": "Doe", "given": "John"}],
     "recipient": [{"literal": "State Department"}], "issued": {"date-parts": [[1944]]}},
    {"id": "c", "type": "book", "title": "A Book", "author": [{"family": "Roe", "given": "R."}], "publisher": "Press",
     "publisher-place": "Paris", "issued": {"date-parts": [[2001]]}},
]  # fmt: skip
CLUSTERS = [[{"id": "a"}], [{"id": "b", "locator": "2"}, {"id": "c"}], [{"id": "c"}], [{"id": "a"}]]


@pytest.mark.parametrize("name", STYLES)
def test_a_thawed_style_renders_the_same(name: str) -> None:
    parsed = parse_style(find_style(name).text)
    thawed = style_from_data(marshal.loads(marshal.dumps(style_to_data(parsed))))
    assert (thawed.id, thawed.title, thawed.attrs, list(thawed.macros)) == (
        parsed.id, parsed.title, parsed.attrs, list(parsed.macros),
    )  # fmt: skip
    texts = []
    for style in (parsed, thawed):
        processor = Processor(style, ITEMS)
        texts.append((processor.cite(CLUSTERS), processor.bibliography().entries))
    assert texts[0] == texts[1]
    assert any(texts[0][0])


@pytest.mark.parametrize("name", STYLES)
def test_a_thawed_style_looks_at_the_same(name: str) -> None:
    parsed = parse_style(find_style(name).text)
    thawed = style_from_data(marshal.loads(marshal.dumps(style_to_data(parsed))))
    for macro, node in parsed.macros.items():
        assert node_to_data(thawed.macros[macro]) == node_to_data(node)
        assert thawed.analysis.of_macro(macro) == parsed.analysis.of_macro(macro)
    for part in ("variables", "positions", "conditions"):
        assert getattr(thawed.analysis, part) == getattr(parsed.analysis, part)


def test_a_macro_that_is_not_there() -> None:
    thawed = style_from_data(style_to_data(parse_style(find_style("apa").text)))
    assert thawed.macros.get("nosuch") is None
    assert "nosuch" not in thawed.macros


def test_a_node_comes_back_as_it_was() -> None:
    parsed = parse_style(find_style("apa").text)
    assert parsed.citation is not None
    frozen = node_to_data(parsed.citation)
    assert node_to_data(node_from_data(marshal.loads(marshal.dumps(frozen)))) == frozen


@pytest.mark.parametrize("tag", ["en-US", "en-GB", "de-AT", "fr-FR"])
def test_a_locale_that_was_kept_is_the_same(tag: str) -> None:
    load_locale.cache_clear()
    first = load_locale(tag)
    load_locale.cache_clear()
    second = load_locale(tag)
    assert first is not second
    for part in ("lang", "terms", "genders", "ordinals", "options", "quotes"):
        assert getattr(first, part) == getattr(second, part)
    assert {form: node_to_data(node) for form, node in first.dates.items()} == {
        form: node_to_data(node) for form, node in second.dates.items()
    }
    assert first.term("and") == second.term("and") != ""
