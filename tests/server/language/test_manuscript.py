"""Where keys stand in a manuscript, and where one could be typed: the cursor is `|` in these texts."""

from __future__ import annotations

import pytest

from citetool.server.language.manuscript import Manuscript

MARKDOWN = """\
---
title: "@title"
---
Über 😀 [see @one, p. 2; -@two]. Mail a.b@example.org, @fig-map, @sec:intro.

```sh
echo @{code}
```

Then `@inline`, @{a,key/with-slash}, and @one.
"""
LATEX = "\\autocite[12]{one, two} % \\cite{comment}\n\\textcite{three} \\label{@x} a@b.org\n"
TYPST = "= Title <sec>\nSee @one and @sec and #cite(<two>, supplement: [p. 2]). a@b.org `@code`\n"


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        (MARKDOWN, "markdown", ["one", "two", "a,key/with-slash", "one"]),
        (LATEX, "latex", ["one", "two", "three"]),
        (TYPST, "typst", ["one", "two"]),
        ("@one", "plaintext", []),
    ],
)
def test_keys_are_found_where_they_stand(text: str, language: str, keys: list[str]) -> None:
    manuscript = Manuscript(text, "untitled", language)
    assert [key.id for key in manuscript.keys] == keys
    assert [text[key.start : key.end] for key in manuscript.keys] == keys


def test_the_language_is_known_by_the_suffix_too() -> None:
    assert Manuscript("@one", "a.qmd", "").keys[0].id == "one"
    assert Manuscript("@one", "a.py", "").keys == []


@pytest.mark.parametrize(
    ("text", "language", "typed"),
    [
        ("see @|", "markdown", ""), ("see @har|", "markdown", "har"), ("[@one; @t|]", "markdown", "t"),
        ("[@{k|}]", "markdown", "k"), ("see @{k|", "markdown", "k"),
        ("\\cite{|}", "latex", ""), ("\\footcite[see][3]{o|}", "latex", "o"), ("\\cite{one,\n  t|}", "latex", "t"),
        ("\\cite{one, |", "latex", ""), ("@o|", "typst", "o"), ("#cite(<|>)", "typst", ""), ("#cite(<o|", "typst", "o"),
    ],
)  # fmt: skip
def test_a_key_is_proposed_where_it_would_be_read(text: str, language: str, typed: str) -> None:
    before, _, after = text.partition("|")
    gap = Manuscript(before + after, "untitled", language).gap_at(len(before))
    assert gap is not None
    assert (gap.kind, gap.typed) == ("key", typed)
    assert before[gap.start :] == typed


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("word|", "markdown"), ("a.b@|", "markdown"), ("a.b@|example.org", "markdown"), ("`@|`", "markdown"),
        ("```\n@|\n```\n", "markdown"), ("% \\cite{|}", "latex"), ("\\label{|}", "latex"), ("a, b|", "latex"),
        ("a@|b.org", "typst"), ("`@|`", "typst"), ("Words, |", "markdown"),
    ],
)  # fmt: skip
def test_nothing_is_proposed_elsewhere(text: str, language: str) -> None:
    before, _, after = text.partition("|")
    assert Manuscript(before + after, "untitled", language).gap_at(len(before)) is None


@pytest.mark.parametrize(
    ("text", "language"), [("[@one, |]", "markdown"), ("[@one, fo|; @two]", "markdown"), ("\\cite[|]{one}", "latex")]
)
def test_a_locator_is_proposed_behind_a_key(text: str, language: str) -> None:
    before, _, after = text.partition("|")
    gap = Manuscript(before + after, "untitled", language).gap_at(len(before))
    assert gap is not None
    assert gap.kind == "locator"
