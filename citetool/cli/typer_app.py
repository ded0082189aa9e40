"""The Typer and the command class of all commands, which give them the same manners and their settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

_NEGATED = lazy(r'-[^\W\d_]\w+|-["(]|-[\w.]+:')


class Command(TyperCommand):
    """A command whose options start as the settings say, and whose query may begin a word with `-`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; `-url:*` of a query is a word, not an option."""
        if any(one.name == "query" and one.param_type_name == "argument" for one in self.params):
            args = _negated(args, {word for one in self.params for word in one.opts})
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Fill in settings and the folder of a library given by name, then run the command."""
        library = _folder(ctx.params["library"]) if ctx.params.get("library") else None
        if library:
            ctx.params["library"] = str(library)  # typer makes paths of texts when it calls the command
        _fill(ctx, library)
        if ctx.params.get("locale"):
            _check_locale(ctx.params["locale"])
        return super().invoke(ctx)


def make_app(**settings: Any) -> typer.Typer:
    """Return a Typer without rich and without tracebacks of its own, with `-h` as well as `--help`."""
    settings.setdefault("add_completion", False)
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
        if ctx.get_parameter_source(parameter.name).name == "DEFAULT":
            folder = folder or _library_folder(library)
            value = config.lookup(name, folder)
            ctx.params[parameter.name] = value.on if config.SETTINGS[name].switch else value.text


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
