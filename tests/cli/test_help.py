"""The handbook at the shell: pages found by topic, laid out for a terminal or a pipe."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import typer

from citetool.cli.app import app, main
from citetool.cli.registry import COMMANDS
from citetool.cli.ui import pager
from citetool.cli.ui.markdown_text import page_text, wrapped
from citetool.cli.workflows.command_page import whole_page
from citetool.cli.workflows.handbook import pages
from citetool.text import display_width
from tests.test_startup import HEAVY, YAML_XML, loaded

if TYPE_CHECKING:
    from pathlib import Path

TOPICS = list(pages())


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_is_shown_under_its_heading(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", topic]) == 0
    said = capsys.readouterr()
    first, rule = said.out.splitlines()[:2]
    assert pages()[topic].read_text("utf-8").startswith(f"# {first}\n")
    assert rule == "=" * display_width(first)
    assert said.err == ""


def test_the_list_of_topics_has_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    listed = re.findall(r"^([a-z-]+)  +\S", capsys.readouterr().out, re.M)
    assert sorted(listed) == sorted([*TOPICS, "topic"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["querys"], "error: there is no topic 'querys'\n  did you mean 'queries'?\n"),
        (["xyzzy"], "error: there is no topic 'xyzzy'\n  citetool help lists the topics\n"),
        (["queries", "dates"], "error: there is no topic 'queries dates'\n"),
        (["../README"], "error: there is no topic '../README'\n"),
    ],
)
def test_an_unknown_topic_is_answered_with_the_nearest(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["help", *words]) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.startswith(said)


@pytest.mark.parametrize("words", [["cite"], ["doc", "render"]])
def test_a_command_is_answered_with_its_own_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert words[0] in COMMANDS
    assert main(["help", *words]) == 0
    asked = capsys.readouterr().out
    assert main([*words, "--help"]) == 0
    assert asked == capsys.readouterr().out


def test_all_commands_are_listed_and_each_option_has_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "commands"]) == 0
    listed = re.findall(r"^`([a-z]+)` ", capsys.readouterr().out, re.M)
    assert listed == list(COMMANDS)
    page = whole_page(typer.main.get_command(app), typer.Context)
    assert page.count("\n## citetool ") == len(COMMANDS)
    assert "| `-q, --query QUERY` |" in page
    assert "### citetool doc render\n" in page


def test_help_loads_next_to_nothing() -> None:
    assert not loaded("help", "queries") & (HEAVY | YAML_XML)


PAGE = """\
# A page

Some `code here` and **bold** [words](words.md), <!-- not this -->a [link](https://x.org).
1. one
2. two and so on and on

| name | what it is |
| --- | --- |
| `a\\|b` | a long explanation of what it is |

```console
$ ls   -l  a long line that is not wrapped at all
```

> a quotation
> of two lines
"""


def test_a_page_as_text() -> None:
    assert page_text(PAGE, 30) == (
        "A page\n======\n\n"
        "Some `code here` and bold\nwords, a link <https://x.org>.\n1. one\n2. two and so on and on\n\n"
        "name   what it is\n`a|b`  a long explanation of\n       what it is\n\n"
        "  $ ls   -l  a long line that is not wrapped at all\n\n"
        "  a quotation of two lines\n"
    )


def test_a_table_that_is_too_wide_is_stacked() -> None:
    head, rule = "| a | b | c | d |", "|---|---|---|---|"
    row = "| one word | two words | three words | four words |"
    assert page_text("\n".join((head, rule, row)), 30) == (
        "one word\n  b: two words\n  c: three words\n  d: four words\n"
    )


def test_a_painted_page_has_no_marks() -> None:
    text = page_text(PAGE, 30, lambda words: f"\x1b[1m{words}\x1b[0m")
    assert "\x1b[1mA page\x1b[0m\n" in text
    assert "Some \x1b[1mcode here\x1b[0m and bold words,\n" in text
    assert "\x1b[1ma|b\x1b[0m   a long" in text  # as wide as `name`
    assert "`" not in text


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("topic", TOPICS)
def test_lines_are_as_long_as_the_terminal_is_wide(topic: str, width: int) -> None:
    for line in page_text(pages()[topic].read_text("utf-8"), width).splitlines():
        assert display_width(line) <= width or line.startswith("  ") or max(map(len, line.split())) > 6


def test_a_long_page_on_a_terminal_goes_through_the_pager(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("PAGER", f"tee {tmp_path}/paged")
    pager.show("short\n")
    assert capsys.readouterr().out == "short\n"
    pager.show("line\n" * 20)
    assert (tmp_path / "paged").read_text() == "line\n" * 20
    monkeypatch.setenv("PAGER", "no-such-pager")
    pager.show("line\n" * 20)
    assert capsys.readouterr().out == "line\n" * 20


@pytest.mark.parametrize("width", [1, 7, 20, 10**9])
def test_a_text_of_many_words_is_parted_at_its_blanks(width: int) -> None:
    text = "a  bb 三つ ccc\nd " * 40_000  # a search for each place from the beginning of the line would take for ever
    lines = wrapped(text, width)
    assert " ".join(lines).split() == text.split()
    assert all(display_width(line) <= width or " " not in line for line in lines)
    following = pairwise(lines)
    assert all(display_width(f"{line} {after.partition(' ')[0]}") > width for line, after in following)
    assert wrapped(" \n", width) == []
