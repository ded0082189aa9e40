"""What the fuzzer takes for a difference that DEVIATIONS.md explains, and what not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.csl.deviations import Judge


def kind_of(wanted: str, got: str, cites: list[list[dict[str, Any]]] | None = None, **facts: Any) -> str | None:
    items = [{"id": "a", "type": "book", **facts}, {"id": "b", "type": "book"}]
    clusters = [{"citationItems": cited} for cited in cites or [[{"id": "a"}]]]
    return Judge(items, clusters, [wanted], in_notes=False).kind(wanted, got, len(clusters) - 1)


@pytest.mark.parametrize(
    ("wanted", "got", "kind"),
    [
        ("Doe 1944. , p. 3", "Doe 1944. p. 3", ""),
        ("Doe 1944–[accessed 1945].", "Doe 1944–1945.", "dates"),
        ("(1944–(1945))", "(1944–1945)", "dates"),
        ("1944 June–[cited 1945 Feb];2nd.", "1944 June–1945 Feb;2nd.", "dates"),
        ("(Doe 1944", "(Doe 1944)", "brackets"),
        ("al- Hakim", "al-Hakim", "particles"),
        ("Doe 1995; , and passim", "Doe 1995, and passim", "affixes"),
        ("http://hdl.handle.net, p. 3", "http://hdl.handle.net/1959.14/12, p. 3", "addresses"),
    ],
)
def test_kinds_that_show_in_the_text(wanted: str, got: str, kind: str) -> None:
    assert kind_of(wanted, got) == kind


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("Doe 1944", "Roe 1944"),
        ("Doe 1944–1945", "Doe 1944–1946"),
        ("Doe 1944–1945", "Doe 1944"),
        ("Doe, J. 1944", "Doe, Jo 1944"),
        ("see 1944–1945, and a title behind it [cited]", "see 1944–1945, and a title behind it"),
        ("King ML 1944", "King ML Jr 1944"),
        ("Doe 1944; 1945", "Doe 1944, 1945"),
        ("(Doe 1944)", "(Doe 1944"),
    ],
)
def test_what_no_row_explains(wanted: str, got: str) -> None:
    assert kind_of(wanted, got) is None


def test_kinds_that_the_document_tells() -> None:
    assert kind_of("King ML 1944", "King ML Jr 1944", language="zh-CN") == "suffixes of names"
    twice = [[{"id": "a"}, {"id": "a"}]]
    assert kind_of("Doe 1944b, b; a", "Doe 1944b; b; a", twice) == "delimiters of repeated cites"
    before = [[{"id": "a", "locator": "3"}, {"id": "a"}], [{"id": "a"}]]
    assert kind_of("Doe 1944", "Ibid.", before) == "ibid"
    assert kind_of("Doe 1944", "Ibid.", before[::-1]) is None
    assert kind_of("‘X’ [a]”", "“X” [a]”", title='Reply to "X') == "quotes"
