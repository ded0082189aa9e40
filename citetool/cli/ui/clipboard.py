"""Text to the clipboard, through whichever program of the desktop is there."""

from __future__ import annotations

import shutil
import subprocess

from citetool.problems import NotFoundError, Problem

# In this order: macOS, Wayland, X11, Windows (also from a Linux under it), Termux.
PROGRAMS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
    ("termux-clipboard-set",),
)


def copy(text: str) -> None:
    """Put the text on the clipboard; raises NotFoundError where no program can, or the one that is there fails."""
    for program in PROGRAMS:
        if shutil.which(program[0]):
            encoding = "utf-16-le" if program[0] == "clip.exe" else "utf-8"
            done = subprocess.run(program, input=text.encode(encoding), check=False, stderr=subprocess.DEVNULL)
            if done.returncode == 0:
                return
    names = ", ".join(program[0] for program in PROGRAMS)
    raise NotFoundError(Problem("there is no clipboard to copy to", hint=f"install one of: {names}"))
