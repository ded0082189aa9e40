"""`citetool edit`: a record in your editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from citetool.cli.options import Library
from citetool.cli.ui import completion, console
from citetool.cli.workflows import apply, records
from citetool.problems import CitetoolError, InputError, LibraryError, Problem

if TYPE_CHECKING:
    from citetool.library.changes.drafts import Draft

Key = Annotated[str, typer.Argument(metavar="KEY", help="The key of a record.", autocompletion=completion.keys)]


def run(key: Key, library: Library = None) -> None:
    """Change a record in your editor.

    The editor is that of $VISUAL or $EDITOR. A text with faults is never lost: it is kept until it is right.

    Example: EDITOR=nano citetool edit 219945
    """
    from citetool.library.changes.drafts import draft, forget, plan_draft

    home = records.home(library)
    text = draft(home, key)
    while True:
        _open_editor(text)
        try:
            apply.carry_out(home, lambda: plan_draft(home, text))
        except InputError as error:
            console.problems(error.problems)
            if not (sys.stdin.isatty() and typer.confirm("Edit again?", default=True, err=True)):
                raise _kept(error, text) from None
        else:
            forget(text)
            return


def _kept(error: CitetoolError, text: Draft) -> CitetoolError:
    hint = f"your text is kept, and citetool edit goes on with it; to begin anew remove {text.file}"
    faults = len(error.problems)
    return InputError(Problem(f"the record was not changed: {faults} fault{'s' if faults > 1 else ''}", hint=hint))


def _open_editor(text: Draft) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        code = subprocess.call([*shlex.split(editor), str(text.file)])
    except (OSError, ValueError) as error:
        hint = "name your editor in EDITOR"
        why = str(getattr(error, "strerror", None) or error).lower()
        raise LibraryError(Problem(f"the editor {editor!r} cannot be started: {why}", hint=hint)) from None
    if code:
        hint = f"the record is as it was; your text is kept: {text.file}"
        raise LibraryError(Problem(f"the editor {editor!r} ended with code {code}", hint=hint))
