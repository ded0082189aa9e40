"""`citetool help`: the handbook."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Optional

import typer

from citetool.cli.options import Output
from citetool.cli.registry import COMMANDS
from citetool.cli.ui import completion, console, pager
from citetool.cli.workflows.handbook import CONTENTS, pages
from citetool.problems import Problem, UsageError, suggest

_WIDEST = 100  # columns: longer lines are hard to read
_PLAIN = 80  # columns of a line in a pipe or file

Topic = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[TOPIC]", help="Topic, or name of a command.", autocompletion=completion.topics),
]


def run(context: typer.Context, topic: Topic = None, output: Output = None) -> None:
    """Show a page of the handbook, or the help of a command.

    Without a topic: the list of topics. On a terminal long pages are shown by your pager ($PAGER).

    Example: citetool help queries
    """
    words = topic or []
    known = pages()
    page = known.get(" ".join(words)) if words else CONTENTS
    if page or words == ["commands"]:
        from citetool.cli.ui.markdown_text import page_text
        from citetool.cli.workflows.command_page import short_page

        width = min(console.width(), _WIDEST) if console.is_terminal() else _PLAIN
        painted = console.wants_colour(sys.stdout)
        text = page.read_text(encoding="utf-8") if page else short_page()
        pager.show(page_text(text, width, _bold if painted else None))
    elif words[0] in COMMANDS:
        root: Any = context.find_root().command
        root.main([*words, "--help"], prog_name="citetool", standalone_mode=False)
    else:
        hint = suggest(words[0], [*known, "commands", *COMMANDS]) or "citetool help lists the topics"
        raise UsageError(Problem(f"there is no topic {' '.join(words)!r}", hint=hint))


def _bold(text: str) -> str:
    return console.paint(text, "bold", stream=sys.stdout)
