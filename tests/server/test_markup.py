"""The text that an editor inserts, in each markup."""

from __future__ import annotations

import pytest

from citetool.problems import NotFoundError, UsageError
from citetool.server.zotero.markup import insert
from citetool.server.zotero.picks import Cited

PLAIN = [Cited("hull1944")]
PAGE = [Cited("hull1944", "3", "page", prefix="see")]
TWO = [Cited("hull1944", "12", "folio"), Cited("kennan1946", suffix="passim", suppress_author=True)]


@pytest.mark.parametrize(
    ("cited", "format", "options", "text"),
    [
        (PLAIN, "latex", {}, r"\cite{hull1944}"),
        (PAGE, "latex", {"command": "footcite"}, r"\footcite[see][3]{hull1944}"),
        (TWO, "biblatex", {}, r"\autocites[fol. 12]{hull1944}[passim]{kennan1946}"),
        ([Cited("k", suppress_author=True)], "biblatex", {}, r"\autocite*{k}"),
        ([Cited("a"), Cited("b")], "citep", {}, r"\citep{a,b}"),
        (PAGE, "pandoc", {"brackets": "1"}, "[see @hull1944, p. 3]"),
        (TWO, "pandoc", {"brackets": "1"}, "[@hull1944, {fol. 12}; -@kennan1946 passim]"),
        ([Cited("a b")], "pandoc", {}, "@{a b}"),
        ([Cited("AB/1.2")], "pandoc", {}, "@AB/1.2"),
        (PAGE, "mmd", {}, "[p. 3][#hull1944]"),
        (PAGE, "typst", {}, "#cite(<hull1944>, supplement: [p. 3])"),
        ([Cited("AB/1")], "typst", {}, '#cite(label("AB/1"))'),
        (PAGE, "asciidoctor-bibtex", {}, "cite:[hull1944(3)]"),
        (PAGE, "jekyll", {}, "{% cite hull1944 -l 3 %}"),
        (PLAIN, "jupyter", {}, '<cite data-cite="hull1944"></cite>'),
    ],
)
def test_markup(cited: list[Cited], format: str, options: dict[str, str], text: str) -> None:
    assert insert(cited, format, options) == text


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(NotFoundError):
        insert(PLAIN, "no-such", {})


def test_a_command_cannot_bring_more_than_its_name() -> None:
    with pytest.raises(UsageError):
        insert(PLAIN, "latex", {"command": r"cite}\input{x"})


def test_a_locator_is_read_where_it_has_no_label() -> None:
    assert Cited.of({"key": "k", "locator": "fol. 3"}) == Cited("k", "3", "folio")
    assert Cited.of("k") == Cited("k")
    with pytest.raises(UsageError):
        Cited.of(7)
