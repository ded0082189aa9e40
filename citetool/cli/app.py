"""The edge of the program: the command line, and the one place where errors become messages and exit codes.

Exit codes: 0 done; 1 a problem was found or met; 2 wrong usage; 3 a bug in citetool, with a log; 130 interrupted;
141 the reader of the output has gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from citetool import __version__, plugins
from citetool.cli.ui import console
from citetool.problems import CitetoolError, Problem, UsageError, suggest

from .registry import COMMANDS
from .typer_app import WRONG_CALL, make_app, make_command

if TYPE_CHECKING:
    from collections.abc import Sequence


class LazyGroup(TyperGroup):
    """The commands of `COMMANDS`, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, or None."""
        row = COMMANDS.get(cmd_name)
        if row is None:
            found: Any = _plugin(cmd_name)
        else:
            module = import_module(f"citetool.cli.commands.{row.module}")
            found = module.app if row.group else module.run
        if found is None:
            return None
        command = get_command(found if isinstance(found, typer.Typer) else make_command(cmd_name, found))
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Resolve as the base class does, but answer an unknown name with the names near it."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS and _plugin(args[0]) is None:
            known = [*COMMANDS, *plugins.names("citetool.commands")]
            hint = suggest(args[0], known) or "see citetool --help"
            raise UsageError(Problem(f"there is no command {args[0]!r}", hint=hint))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list in `--help` from the table: no command is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, row.help) for name, row in COMMANDS.items()])


def _plugin(name: str) -> Any:
    """Return the command of a plug-in, a function or a Typer, or None."""
    return plugins.find("citetool.commands", name, Callable)  # type: ignore[arg-type]


_INTERRUPTED = 130
_NUMBERS = (
    ("a valid int range", "a whole number"),
    ("a valid float range", "a number"),
    ("a valid integer", "a whole number"),
    ("a valid int", "a whole number"),
    ("a valid float", "a number"),
)

app = make_app(cls=LazyGroup, name="citetool", no_args_is_help=True, add_completion=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        console.out(f"citetool {__version__}")
        raise typer.Exit


@app.callback(epilog="Example: citetool cite 219945 --style chicago")
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Cite archival sources: letters, telegrams, photographs, collections, and the publications beside them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; `arguments` default to those of the process."""
    try:
        console.setup()
        code = _run(_readable(sys.argv[1:] if arguments is None else arguments))
        console.flush()
        console.end_redirection(keep=True)
        code = code or int(console.tell_kept())
    except UsageError as error:
        console.problems(error.problems)
        return 2
    except CitetoolError as error:
        console.problems(error.problems)
        return 1
    except KeyboardInterrupt:
        console.err("interrupted")
        return 130
    except BrokenPipeError:
        console.abandon_output()
        return 141
    except Exception as error:  # noqa: BLE001 - the one place that catches all: a bug of ours becomes a log
        console.report_bug(error)
        return 3
    finally:
        console.end_redirection(keep=False)
        console.tell_kept()
    return code


def _readable(arguments: Sequence[str]) -> list[str]:
    """Return the arguments. Raises UsageError for one that no record could hold, unless a file has that name."""
    from citetool.text import is_control_free, replace_controls

    for argument in arguments:
        if not is_control_free(argument) and not os.path.lexists(argument):
            message = f"an argument has control characters or bytes that are no UTF-8: {replace_controls(argument)!r}"
            raise UsageError(Problem(message, hint="type it anew without them"))
    return list(arguments)


def _run(arguments: list[str]) -> int:
    try:
        code = app(arguments, prog_name="citetool", standalone_mode=False)
    except SystemExit as stop:
        code = stop.code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except WRONG_CALL as error:
        if error.ctx and error.format_message() == error.ctx.get_help():  # nothing was said, and help is the answer
            console.err(error.format_message())
            return 2
        raise _wrong_call(error) from None
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _wrong_call(error: Any) -> UsageError:
    """Return the parser's error in the form of all our messages."""
    name = error.ctx.command_path if error.ctx else "citetool"
    message = str(error.format_message()).rstrip(".")
    for theirs, plain in _NUMBERS:
        message = message.replace(f" is not {theirs}", f" is not {plain}")
    for before in (". Did you mean ", " (Possible options: "):
        message, found, near = message.partition(before)
        if found:
            hint = f"did you mean {near.rstrip(')?')}?"
            break
    else:
        root = error.ctx and not error.ctx.parent and message.startswith("No such option")
        hint = "options stand behind a command: citetool list --library DIR" if root else f"see {name} --help"
    return UsageError(Problem(message[:1].lower() + message[1:], hint=hint))


def console_main() -> None:
    """Run `main` and exit, as the console script."""
    code = main()
    # the interpreter's own shutdown costs some milliseconds and has nothing left to do
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
