"""`citetool pick`: choose in a terminal what an editor is to cite."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Library
from citetool.cli.ui import console
from citetool.cli.workflows import pick, records
from citetool.problems import NotFoundError, Problem, UsageError

Words = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[WORD...]", help="Words to begin with."),
]
Markup = Annotated[
    str,
    typer.Option(
        "--markup", metavar="NAME", help="What is printed: pandoc, latex, biblatex, typst, mmd, asciidoctor-bibtex ..."
    ),
]
Answer = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option("--answer", metavar="PORT", help="Answer an editor that waits at the citetool serve on this port."),
]


def run(words: Words = None, markup: Markup = "pandoc", answer: Answer = None, library: Library = None) -> None:
    """Choose in a terminal what an editor is to cite.

    Type words, the number of a source, its page; an empty line ends. The citation is printed, or goes to the editor
    that waits at `citetool serve`.

    Example: citetool pick harriman --markup latex
    """
    from citetool.server.zotero.markup import insert

    options = {"brackets": "1"} if markup == "pandoc" else {}
    insert([], markup, options)
    begin = " ".join(words or ())
    if answer is None:
        chosen = pick.choose(records.home(library), begin)
        if not chosen:
            raise NotFoundError(Problem("nothing was chosen", hint="type the number that stands before a source"))
        console.out(insert(chosen, markup, options))
        return
    held = pick.waiting(answer)
    if not held:
        raise UsageError(Problem("no editor asks what to cite", hint="ask in the editor first"))
    console.err(f"{held[0]['program'] or 'a program'} asks what to cite")
    pick.answer(answer, held[0]["token"], pick.choose(records.home(library), begin))
