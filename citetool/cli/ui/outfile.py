"""Output files that appear whole or not at all.

The text goes to a file of its own beside the target, which takes the target's place when everything was written. A link
stays a link to its file, a file keeps its mode, and a device or a pipe is written to directly.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from citetool.library.state import OWN, library_around
from citetool.paths import create
from citetool.problems import InputError, Problem, UsageError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


# Files of these kinds are a library's own: records, settings, styles.
_OWN = frozenset((".yaml", ".yml", ".toml", ".csl"))


def check_target(path: Path) -> None:
    """Refuse to write over a file of a library, which no undo would bring back. Raises UsageError."""
    target = path.resolve()
    root = library_around(target) if target.is_file() else None
    if root is not None and (target.suffix.lower() in _OWN or OWN in target.parts or _is_named(target, root)):
        hint = f"it would be lost; name a file outside of {root}"
        raise UsageError(Problem("this is a file of a library", Where(str(path)), hint))


def _is_named(target: Path, root: Path) -> bool:
    """Return whether a record of the library names the file as its own."""
    from citetool.library.library import Library  # only for a file that lies in a library

    words = re.sub(r"\W+", " ", target.name).strip()
    for hit in Library(root).search(f'file:"{words}"') if words else ():
        folder = (root / hit.path).parent
        if any((folder / str(file.get("path"))).resolve() == target for file in hit.data().get("files", ())):
            return True
    return False


class OutputFile:
    """A file being written: `stream` takes the text, `commit` puts it in place, `discard` leaves all as it was."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises UsageError for a file of a library, InputError where it cannot be written."""
        self.path = path
        check_target(path)
        try:
            self._target = path.resolve()
            special = self._target.exists() and not self._target.is_file()
            self._part = self._target if special else self._target.with_name(f".{path.name}.{os.getpid()}.part")
            # no newline translation: formats say which line ends they have
            place = self._part if special else create(self._part)
            self.stream: TextIO = open(  # noqa: SIM115, PTH123 - closed by `commit`; mostly an open descriptor
                place, "w", encoding="utf-8", errors="backslashreplace", newline=""
            )
        except OSError as error:
            raise self._fault(error) from None

    def commit(self) -> None:
        """Put what was written in the target's place. Raises InputError; then the target is as it was."""
        try:
            self.stream.close()
            if self._part != self._target:
                with suppress(OSError):  # a new file has no mode to keep
                    self._part.chmod(self._target.stat().st_mode)
                self._part.replace(self._target)
        except OSError as error:
            self.discard()
            raise self._fault(error) from None

    def discard(self) -> None:
        """Forget what was written."""
        with suppress(OSError):  # the disk may be full
            self.stream.close()
        if self._part != self._target:
            with suppress(OSError):
                self._part.unlink()

    def _fault(self, error: OSError) -> InputError:
        message = f"the file cannot be written: {str(error.strerror).lower()}"
        return InputError(Problem(message, Where(str(self.path))))


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all. Raises InputError where it cannot be written."""
    file = OutputFile(path)
    try:
        file.stream.writelines(pieces)
    except OSError as error:
        file.discard()
        raise file._fault(error) from None
    except BaseException:
        file.discard()
        raise
    file.commit()
