"""`citetool edit`: a record in the user's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import typer

from citetool.cli.options import Key, Library
from citetool.cli.ui import console
from citetool.cli.workflows import apply, records
from citetool.problems import CitetoolError, InputError, LibraryError, Problem, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.library.changes.drafts import Draft


def run(key: Key, library: Library = None) -> None:
    """Edit a record in your editor.

    The editor is that of the settings, $VISUAL or $EDITOR. A text with mistakes is kept until it is corrected.

    Example: EDITOR=nano citetool edit 219945
    """
    from citetool.library.changes.drafts import draft, forget, plan_draft

    home = records.home(library)
    editor = _editor(home.root)
    text = draft(home, key)
    while True:
        _open_editor(editor, text)
        try:
            apply.apply_plan(home, lambda: plan_draft(home, text))
        except InputError as error:
            console.problems(error.problems)
            if not (sys.stdin.isatty() and typer.confirm("Edit again?", default=True, err=True)):
                raise _kept(error, text) from None
        else:
            forget(home, text)
            return


def _kept(error: CitetoolError, text: Draft) -> CitetoolError:
    hint = f"your text is kept; citetool edit opens it again; delete {text.file} to start over"
    faults = len(error.problems)
    return InputError(Problem(f"the record was not changed: {faults} fault{'s' if faults > 1 else ''}", hint=hint))


def _editor(root: Path) -> str:
    """Return the command of the editor. Raises UsageError where none is named and there is no terminal for one."""
    from citetool import config

    chosen = config.lookup("editor", root).text or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not chosen and not sys.stdin.isatty():
        hint = "name an editor in EDITOR, or change fields with citetool set"
        raise UsageError(Problem("there is no terminal for an editor", hint=hint))
    return chosen or "vi"


def _open_editor(editor: str, text: Draft) -> None:
    try:
        code = subprocess.call([*shlex.split(editor), str(text.file)])
    except (OSError, ValueError) as error:
        hint = "name your editor: citetool config editor nano"
        why = str(getattr(error, "strerror", None) or error).lower()
        raise LibraryError(Problem(f"the editor {editor!r} cannot be started: {why}", hint=hint)) from None
    if code:
        hint = f"the record is unchanged; your text is kept: {text.file}"
        raise LibraryError(Problem(f"the editor {editor!r} ended with code {code}", hint=hint))
