"""Long texts on a terminal, a screen at a time."""

from __future__ import annotations

import os
import shutil
import sys

from . import console


def show(text: str) -> None:
    """Print data, through the pager (`$PAGER`, else less or more) where it is longer than the terminal."""
    lines = shutil.get_terminal_size().lines
    if not (console.is_terminal() and sys.stdin.isatty()) or text.count("\n") < lines or not _paged(text):
        console.out(text)


def _paged(text: str) -> bool:
    """Give the text to a pager; return whether there was one."""
    import shlex
    import subprocess

    command = shlex.split(os.environ.get("PAGER", "")) or [shutil.which("less") or shutil.which("more") or ""]
    if not shutil.which(command[0]):
        return False
    # colours are shown, and the screen stays as it was: git's own choice of options
    env = {"LESS": "FRX", **os.environ}
    coloured = console.wants_colour(sys.stdout)
    subprocess.run(
        command, input=console.visible(text, coloured=coloured), text=True, encoding="utf-8", env=env, check=False
    )
    return True
