"""`citetool new`: a new record from fields."""

from __future__ import annotations

import sys
from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Force, Library
from citetool.cli.ui import console
from citetool.cli.workflows import apply, records
from citetool.problems import CitetoolError

Fields = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[FIELD=VALUE]...", help="Fields: kind=letter author='Hull, Cordell' box=3 ..."),
]
NewKey = Annotated[
    str, typer.Option("--key", metavar="KEY", help="Key of the record; by default from author and year.")
]

# The questions on a terminal: field and prompt.
QUESTIONS = (
    ("kind", "Kind (letter, telegram, photograph, book ...)"),
    ("title", "Title on the document itself"),
    ("supplied_title", "or a title of your own"),
    ("author", "Author (Family, Given)"),
    ("recipient", "Recipient (Family, Given)"),
    ("date", "Date (1944-06-26, 1944~, XXXX)"),
    ("folder", "Folder, delo or file"),
    ("box", "Box or container"),
    ("collection", "Collection, fond or record group"),
    ("repository", "Archive or library"),
    ("url", "Web address of the copy"),
)


def run(
    fields: Fields = None, key: NewKey = "", force: Force = False, dry_run: DryRun = False, library: Library = None
) -> None:
    """Create a record.

    Without fields, on a terminal, it asks for them.

    Example: citetool new kind=letter author='Hull, Cordell' recipient='Harriman, W. Averell' date=1944-06-26 box=3
    """
    from citetool.library.changes.drafts import plan_new

    home = records.home(library)
    given = fields or (_asked() if sys.stdin.isatty() else [])
    plan = apply.apply_plan(home, lambda: plan_new(home, given, key, force=force), dry_run)
    if not dry_run:
        console.out_pieces(f"{made}\n" for keys in plan.keys.values() for made in keys)


def _asked() -> list[str]:
    """Ask for each field; an empty answer leaves it out, a faulty one is asked for again."""
    console.err("press Enter to skip a field, Ctrl-C to cancel")
    given: dict[str, str] = {}
    for field, question in QUESTIONS:
        if not (field == "supplied_title" and given["title"]):
            given[field] = _answer(field, question)
    return [f"{field}={answer}" for field, answer in given.items() if answer]


def _answer(field: str, question: str) -> str:
    from citetool.library.changes.drafts import check_fields

    while True:
        answer = str(typer.prompt(question, default="", show_default=False, err=True)).strip()
        try:
            if answer:
                check_fields([f"{field}={answer}"])
        except CitetoolError as error:
            console.problems(error.problems)
        else:
            return answer
