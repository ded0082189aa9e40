"""Terminal input and output: data on stdout, everything else on stderr.

Colour only on a terminal and without NO_COLOR. This is the only module that prints.
"""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from citetool.lazy_re import lazy
from citetool.problems import CitetoolError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from .outfile import OutputFile

T = TypeVar("T")
_PATIENCE = 0.8  # seconds before a count is shown
_COLOURS = {"error": "31", "warning": "33", "info": "36", "bold": "1", "dim": "2", "green": "32", "blue": "34"}


def out(text: str) -> None:
    """Print a line of data."""
    _write(text if text.endswith("\n") else text + "\n")


def out_pieces(pieces: Iterable[str]) -> None:
    """Print data piece by piece as it comes, and a newline at the end if the data has none."""
    last = "\n"
    for piece in pieces:
        if piece:
            _write(piece)
            last = piece[-1]
    if last != "\n":
        _write("\n")


_redirections: list[tuple[OutputFile, Any]] = []


def redirect(path: Path) -> None:
    """Send stdout to a file until `end_redirection`. Raises InputError where it cannot be written."""
    from .outfile import OutputFile

    file = OutputFile(path)
    _redirections.append((file, sys.stdout))
    sys.stdout = file.stream


def end_redirection(*, keep: bool) -> None:
    """Give stdout back where it was redirected, and put the file in its place or forget it."""
    while _redirections:
        file, sys.stdout = _redirections.pop()
        if keep:
            file.commit()
        else:
            file.discard()


def is_terminal() -> bool:
    """Return whether stdout is a terminal that a person looks at."""
    return sys.stdout.isatty()


def width() -> int:
    """Return the columns of a line of stdout: those of the terminal; no limit where stdout is a file or pipe."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 1_000_000


def fitted(line: str) -> str:
    """Return a line cut to the width of the terminal."""
    from citetool.text import truncate

    return truncate(line, width())


def out_section(heading: str, lines: Sequence[str]) -> None:
    """Print lines of data under a heading with a blank line after it; no heading where it is empty."""
    if heading:
        out(f"{heading}\n")
    for line in lines:
        out(line)
    if heading:
        out("")


def out_json(data: Any) -> None:
    """Print plain data as JSON, two spaces deep, Unicode unescaped."""
    import json

    _write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


_COLOURED = lazy(r"(\x1b\[(?:0|1|2|3[1-6])m)")
_CONTROL = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n|\\Z)")


def visible(text: str, *, coloured: bool = False) -> str:
    """Return the text with U+FFFD for each control character, so that no record, file name or server speaks to the
    terminal; colours of `paint` may stay.
    """
    if text.replace("\n", "").isprintable() or not _CONTROL.search(text):
        return text
    if not coloured:
        return _CONTROL.sub("\ufffd", text)
    pieces = _COLOURED.split(text)
    return "".join(piece if place % 2 else _CONTROL.sub("\ufffd", piece) for place, piece in enumerate(pieces))


def _write(text: str) -> None:
    text = visible(text, coloured=wants_colour(sys.stdout))
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        # a terminal that cannot show a character gets an escape in its place; files and pipes are UTF-8
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding, "backslashreplace"))
    except BrokenPipeError:
        # raised past typer, which would call it exit code 1
        abandon_output()
        raise SystemExit(141) from None
    except OSError as error:
        raise _not_written(error) from None


def _not_written(error: OSError) -> CitetoolError:
    """Return the error for a stdout that takes no more (a full disk), and stop writing to it."""
    abandon_output()
    return CitetoolError(Problem(f"the output cannot be written: {str(error.strerror).lower()}", Where("<stdout>")))


def err(text: str) -> None:
    """Print a line on stderr, for people."""
    text = visible(text, coloured=wants_colour(sys.stderr))
    try:
        sys.stderr.write(text + "\n")
    except UnicodeEncodeError:
        sys.stderr.buffer.write((text + "\n").encode("ascii", "backslashreplace"))
    except BrokenPipeError:
        # nobody listens; what the command does is not changed by that
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def note(text: str, hint: str = "") -> None:
    """Print an explanatory note on stderr, and a hint on the next line."""
    err(f"{paint('note:', 'info')} {text}")
    if hint:
        err(f"  {hint}")


def problems(items: Sequence[Problem]) -> None:
    """Print each problem on stderr: severity, place, message; the hint on a line of its own."""
    for problem in items:
        place = str(problem.where)
        label = paint(f"{problem.severity}:", problem.severity)
        err(f"{label} {place}: {problem.message}" if place else f"{label} {problem.message}")
        if problem.hint:
            err(f"  {problem.hint}")


_kept: list[Problem] = []


def keep(*items: Problem) -> None:
    """Keep problems that stop nothing, to be told when all else is done; the exit code is then 1."""
    _kept.extend(items)


def has_kept() -> bool:
    """Return whether there is a problem to tell at the end."""
    return bool(_kept)


def tell_kept() -> bool:
    """Print the problems that were kept, each once; return whether there were any."""
    told = list(dict.fromkeys(_kept))
    _kept.clear()
    problems(told)
    return bool(told)


def paint(text: str, colour: str, *, stream: Any = None) -> str:
    """Return the text in a colour (or `bold`, `dim`) if the stream, by default stderr, is a terminal that wants it."""
    if not wants_colour(stream or sys.stderr):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def wants_colour(stream: Any) -> bool:
    """Return whether the stream is a terminal and neither NO_COLOR nor TERM=dumb forbids colour (no-color.org)."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def counted(items: Iterator[T], what: str) -> Iterator[T]:
    """Yield the same items; on a terminal, show a running count on stderr that vanishes at the end."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return _counted(items, what)
    return items


def _counted(items: Iterator[T], what: str) -> Iterator[T]:
    due = monotonic() + _PATIENCE
    told = False
    try:
        for number, item in enumerate(items, 1):
            if monotonic() >= due:
                sys.stderr.write(f"\r{number:,} {what}")
                sys.stderr.flush()
                due = monotonic() + _PATIENCE / 4
                told = True
            yield item
    finally:
        if told:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def setup() -> None:
    """Make files and pipes UTF-8 whatever the locale says; a terminal keeps its own encoding.

    Bytes on stdin that are no UTF-8 become U+FFFD. A stream that was closed before the start (`<&-`) is an empty one.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    if not sys.stdin.isatty() and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdout else "backslashreplace")


def flush() -> None:
    """Write out what is buffered. Raises BrokenPipeError if nobody reads, CitetoolError if the disk is full."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _not_written(error) from None


def abandon_output() -> None:
    """Point stdout at the null device, so that the interpreter does not fail on the closed pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report_bug(error: Exception) -> None:
    """Print a short message for a bug in citetool, and write the traceback with versions to a log file."""
    import platform
    import tempfile
    import traceback

    from citetool import __version__

    text = (
        f"citetool {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"arguments: {sys.argv[1:]!r}\n\n{''.join(traceback.format_exception(error))}"
    )
    handle, path = tempfile.mkstemp(prefix="citetool-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(text)
    err(f"{paint('bug in citetool:', 'error')} {type(error).__name__}: {error}")
    err(f"  records are whole, and citetool log shows what was changed; please report this and attach the log: {path}")
