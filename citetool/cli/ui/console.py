"""What the commands say, and how: data on stdout, everything else on stderr.

Colour only on a terminal and without NO_COLOR. This is the only module that prints.
"""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from citetool.problems import CitetoolError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")
_PATIENCE = 0.8  # seconds that pass before a person is told how far it is
_COLOURS = {"error": "31", "warning": "33", "info": "36", "bold": "1", "dim": "2", "green": "32", "blue": "34"}


def out(text: str) -> None:
    """A line of data on stdout."""
    _write(text if text.endswith("\n") else text + "\n")


def out_pieces(pieces: Iterable[str]) -> None:
    """Data on stdout as it comes, piece by piece; a newline at the end if the data has none."""
    last = "\n"
    for piece in pieces:
        if piece:
            _write(piece)
            last = piece[-1]
    if last != "\n":
        _write("\n")


def is_terminal() -> bool:
    """Whether stdout is a terminal that a person looks at."""
    return sys.stdout.isatty()


def width() -> int:
    """The columns that a line of stdout has: those of the terminal; no limit where stdout is a file or pipe."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 1_000_000


def out_section(heading: str, lines: Sequence[str]) -> None:
    """Lines of data under a heading (none where it is empty), each section with a blank line after its heading."""
    if heading:
        out(f"{heading}\n")
    for line in lines:
        out(line)
    if heading:
        out("")


def out_json(data: Any) -> None:
    """Plain data on stdout as JSON, two spaces deep, Unicode as it is."""
    import json

    _write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def _write(text: str) -> None:
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
    """What to say where stdout is a full disk; nothing more is written to it."""
    abandon_output()
    return CitetoolError(Problem(f"the output cannot be written: {str(error.strerror).lower()}", Where("<stdout>")))


def err(text: str) -> None:
    """A line on stderr, for people."""
    try:
        sys.stderr.write(text + "\n")
    except UnicodeEncodeError:
        sys.stderr.buffer.write((text + "\n").encode("ascii", "backslashreplace"))
    except BrokenPipeError:
        # nobody listens; what the command does is not changed by that
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def note(text: str, hint: str = "") -> None:
    """What a person would otherwise wonder about, on stderr: a line, and what to do on the next."""
    err(f"{paint('note:', 'info')} {text}")
    if hint:
        err(f"  {hint}")


def problems(items: Sequence[Problem]) -> None:
    """Each problem on stderr: severity, place, message; the hint on a line of its own."""
    for problem in items:
        place = str(problem.where)
        label = paint(f"{problem.severity}:", problem.severity)
        err(f"{label} {place}: {problem.message}" if place else f"{label} {problem.message}")
        if problem.hint:
            err(f"  {problem.hint}")


def paint(text: str, colour: str, *, stream: Any = None) -> str:
    """The text in a colour (or `bold`, `dim`), where stderr (or the given stream) is a terminal that wants colour."""
    if not wants_colour(stream or sys.stderr):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def wants_colour(stream: Any) -> bool:
    """Whether the stream is a terminal, and neither NO_COLOR nor TERM=dumb says otherwise (no-color.org)."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def counted(items: Iterator[T], what: str) -> Iterator[T]:
    """The same items; on a terminal stderr tells meanwhile how many there were so far, and forgets it at the end."""
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
    """Files and pipes are UTF-8 whatever the locale says; a terminal keeps its own encoding.

    A stream that was closed before the start (`<&-`) is an empty one.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdout else "backslashreplace")


def flush() -> None:
    """Write out what is buffered; raises BrokenPipeError where nobody reads, CitetoolError where there is no room."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _not_written(error) from None


def abandon_output() -> None:
    """Point stdout at nothing, so that the interpreter does not trip over the closed pipe at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report_bug(error: Exception) -> None:
    """A short message for a fault of citetool itself, and the traceback with versions in a log file."""
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
    err(f"{paint('fault in citetool:', 'error')} {type(error).__name__}: {error}")
    err(f"  nothing half done is kept; please report it with the log: {path}")
