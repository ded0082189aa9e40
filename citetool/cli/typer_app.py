"""The Typer and the command class of all commands, which give them the same manners and their settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG_CALL: Any = typer.BadParameter.__bases__[0]  # the parser's own UsageError, which typer does not name
_NEGATED = lazy(r'-[^\W\d_]\w+|-["(]|-[\w.]+:')


class Command(TyperCommand):
    """A command whose options start as the settings say, and whose query may begin a word with `-`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; `-url:*` of a query is a word, not an option."""
        if any(one.name == "query" and one.param_type_name == "argument" for one in self.params):
            args = _negated(args, {word for one in self.params for word in one.opts})
        try:
            return super().parse_args(ctx, args)
        except WRONG_CALL as error:
            error.ctx = error.ctx or ctx  # the parser leaves it out where a value is missing
            raise

    def invoke(self, ctx: Any) -> Any:
        """Fill in settings and the folder of a library given by name, then run the command."""
        given = ctx.params.get("library")
        several = isinstance(given, list | tuple)
        folders = [_folder(name) for name in (given if several else [given]) if name]
        if folders:  # typer makes paths of texts when it calls the command
            ctx.params["library"] = [str(folder) for folder in folders] if several else str(folders[0])
        _fill(ctx, folders[0] if folders else None)
        _take_markup(ctx)
        if ctx.params.get("locale"):
            _check_locale(ctx.params["locale"])
        return super().invoke(ctx)


class Group(TyperGroup):
    """A command of commands, whose help tells of each the whole first sentence."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands, cut nowhere."""
        rows = [(name, str(self.commands[name].help or "").partition("\n\n")[0]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, " ".join(text.split())) for name, text in rows])


def make_app(**settings: Any) -> typer.Typer:
    """Return a Typer without rich and without tracebacks of its own, with `-h` as well as `--help`."""
    settings = {"add_completion": False, "cls": Group, **settings}
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )


def make_command(name: str, run: Callable[..., Any]) -> typer.Typer:
    """Return a Typer with one command, documented by the docstring of its function."""
    app = make_app()
    app.command(name, help=run.__doc__, cls=Command)(run)
    return app


def _negated(args: list[str], options: set[str]) -> list[str]:
    """Return the arguments with `not word` for each `-word` that is no option, so that none is taken for one."""
    end = args.index("--") if "--" in args else len(args)
    return [
        f"not {word[1:]}" if _NEGATED.match(word) and (":" in word or word[:2] not in options) else word
        for word in args[:end]
    ] + args[end:]


def _fill(ctx: Any, library: Path | None) -> None:
    """Give each option of a setting (by its `envvar`) the setting's value, where the call gives it none."""
    from citetool import config

    folder: Path | None = None
    for parameter in ctx.command.params:
        variable = str(getattr(parameter, "envvar", None) or "")
        name = variable.removeprefix("CITETOOL_").lower()
        if name not in config.SETTINGS or name == "library":
            continue
        if _source(ctx, parameter.name) == "DEFAULT":
            folder = folder or _library_folder(library)
            value = config.lookup(name, folder)
            ctx.params[parameter.name] = value.on if config.SETTINGS[name].switch else value.text


def _source(ctx: Any, name: str) -> str:
    """Return where the value of an option comes from (`COMMANDLINE`, `DEFAULT` ...); empty where there is none."""
    source = ctx.get_parameter_source(name)
    return str(source.name) if source else ""


def _take_markup(ctx: Any) -> None:
    """Let the name of the output file say the markup, where the call does not: `-o refs.html` is a page of HTML."""
    options = ctx.params
    if not options.get("output") or _source(ctx, "format") != "DEFAULT" or options.get("json"):
        return
    from citetool.output.writers import PAGES, writer_of

    writer = writer_of(Path(options["output"]))
    if writer:
        options["format"] = writer
        if writer in PAGES and "standalone" in options:
            options["standalone"] = True


def _folder(name: str) -> Path:
    """Return the folder of a library that was given by its folder or by its name in the settings."""
    if Path(name).is_dir():
        return Path(name)
    from citetool import config

    return config.library_named(name) or Path(name)


def _library_folder(library: Path | None) -> Path | None:
    from citetool.library.library import find_library
    from citetool.problems import NotFoundError

    try:
        return find_library(library)
    except NotFoundError:
        return None  # a command that needs the library says so


def _check_locale(tag: str) -> None:
    """Raise UsageError for a language that CSL has no locale of."""
    from citetool.csl.style.locale import locale_folder
    from citetool.problems import Problem, UsageError

    known = sorted(path.stem.removeprefix("locales-") for path in locale_folder().glob("locales-*.xml"))
    language = tag.replace("_", "-").partition("-")[0].casefold()
    if language not in {name.partition("-")[0] for name in known}:
        hint = f"write the tag of a language, with a country or without; one of: {', '.join(known)}"
        raise UsageError(Problem(f"there is no locale {tag!r}", hint=hint))
