"""`citetool new`: a new record from fields."""

from __future__ import annotations

import sys
from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Force, Library
from citetool.cli.ui import completion, console
from citetool.cli.workflows import apply, records
from citetool.problems import CitetoolError

Fields = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[FIELD=VALUE]...", help="Fields: kind=letter author='Hull, Cordell' box=3 ..."),
]
NewKey = Annotated[
    str, typer.Option("--key", metavar="KEY", help="Key of the record; by default from author and year.")
]

Copied = Annotated[
    str, typer.Option("--from", metavar="KEY", help="Copy this record first.", autocompletion=completion.keys)
]

# The questions on a terminal: field and prompt. The kind comes first and decides on the others.
_SOURCE = (
    ("title", "Title on the document itself"),
    ("supplied_title", "or a title of your own"),
    ("author", "Author (Family, Given)"),
)
_ARCHIVAL = (
    ("recipient", "Recipient (Family, Given)"),
    ("date", "Date (1944-06-26, 26 June 1944, ca. 1936)"),
    ("folder", "Folder, delo or file"),
    ("box", "Box or container"),
    ("collection", "Collection, fond or record group"),
    ("repository", "Archive or library"),
    ("url", "Web address of the copy"),
)
_PUBLISHED = (("title", "Title"), ("author", "Author (Family, Given)"), ("date", "Date or year"))
# By CSL type, the fields that a publication of it needs; all others are asked for what a book needs.
_NEEDED: dict[str, tuple[str, ...]] = {
    "article-journal": ("journal", "volume", "issue", "pages"),
    "article-magazine": ("magazine", "pages"),
    "article-newspaper": ("newspaper", "pages"),
    "book": ("edition", "place", "publisher"),
    "chapter": ("booktitle", "editor", "pages", "place", "publisher"),
    "report": ("number", "place", "institution"),
    "thesis": ("thesis_type", "university"),
    "webpage": ("site",),
}


def questions(kind: str) -> list[tuple[str, str]]:
    """Return the fields to ask for with their prompts, as a kind needs them."""
    from citetool.record.kinds import kind_of, spoken_kind
    from citetool.record.publication import PUBLICATION

    row = kind_of(spoken_kind(kind))
    if row.archival:
        return [*_SOURCE, *_ARCHIVAL]
    needed = [
        (name, PUBLICATION[name].meaning.capitalize() if name in PUBLICATION else name.capitalize())
        for name in _NEEDED.get(row.csl, _NEEDED["book"])
    ]
    return [*_PUBLISHED, *needed, ("url", "Web address")]


def run(
    fields: Fields = None,
    key: NewKey = "",
    from_: Copied = "",
    force: Force = False,
    dry_run: DryRun = False,
    library: Library = None,
) -> None:
    """Create a record.

    Without fields, on a terminal, it asks for those that the kind needs. --from copies a record first.

    Example: citetool new kind=letter author='Hull, Cordell' recipient='Harriman, W. Averell' date=1944-06-26 box=3
    """
    from citetool.library.changes.drafts import plan_new

    home = records.home(library)
    base = home[from_] if from_ else None
    given = fields or (_asked() if sys.stdin.isatty() and base is None else [])
    plan = apply.apply_plan(home, lambda: plan_new(home, given, key, force=force, base=base), dry_run)
    if not dry_run:
        apply.tell_oddities(home, plan)
        apply.tell_place(home, plan)
        console.out_pieces(f"{made}\n" for keys in plan.keys.values() for made in keys)


def _asked() -> list[str]:
    """Ask for each field; an empty answer leaves it out, a faulty one is asked for again."""
    console.err("press Enter to skip a field, Ctrl-C to cancel")
    given = {"kind": _answer("kind", "Kind (letter, telegram, photograph, book ...)")}
    for field, question in questions(given["kind"]):
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
