"""Output files that appear whole or not at all.

The text goes to a file of its own beside the target, which takes the target's place when everything was written. A link
stays a link to its file, a file keeps its mode, and a device or a pipe is written to directly.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from citetool.problems import InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class OutputFile:
    """A file being written: `stream` takes the text, `commit` puts it in place, `discard` leaves all as it was."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises InputError where it cannot be written."""
        self.path = path
        try:
            self._target = path.resolve()
            special = self._target.exists() and not self._target.is_file()
            self._part = self._target if special else self._target.with_name(f".{path.name}.{os.getpid()}.part")
            # no newline translation: formats say which line ends they have
            self.stream: TextIO = self._part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
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
