"""The options and arguments that commands share, each written once: one word for one thing.

An option with a setting (`citetool.config`) starts as the setting says; its callback fills the value in, so a command
only ever sees what holds.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from citetool.cli.ui import completion, console
from citetool.output.writers import WRITERS
from citetool.problems import NotFoundError, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}"


def _folder(name: Path | None) -> Path | None:
    """Return the folder of a library that was given by folder or by name (`[libraries]` of the settings)."""
    if name is None or name.is_dir():
        return name
    from citetool import config

    return config.library_named(str(name)) or name


def from_settings(name: str) -> Callable[[typer.Context, typer.CallbackParam, Any], Any]:
    """Return a callback that gives an option its setting's value where the command line does not give one."""

    def fill(context: typer.Context, parameter: typer.CallbackParam, value: Any) -> Any:
        source = context.get_parameter_source(parameter.name or "")
        if context.resilient_parsing or (source is not None and source.name != "DEFAULT"):
            return value
        from citetool import config

        found = config.lookup(name, _library_of(context))
        return found.on if config.SETTINGS[name].switch else found.text or value

    return fill


def _library_of(context: typer.Context) -> Path | None:
    """Return the library's folder, None where there is none; --library is read before all other options."""
    from citetool.library.library import find_library

    try:
        return find_library(context.params.get("library"))
    except NotFoundError:
        return None  # the command itself says so if it needs the library


def _known_locale(context: typer.Context, parameter: typer.CallbackParam, tag: str | None) -> str | None:
    tag = from_settings("locale")(context, parameter, tag)
    if not tag:
        return None
    from citetool.csl.style.locale import locale_folder

    known = sorted(path.stem.removeprefix("locales-") for path in locale_folder().glob("locales-*.xml"))
    language = tag.replace("_", "-").partition("-")[0].casefold()
    if language not in {name.partition("-")[0] for name in known}:
        hint = f"write the tag of a language, with a country or without; one of: {', '.join(known)}"
        raise UsageError(Problem(f"there is no locale {tag!r}", hint=hint))
    return tag


def _redirected(context: typer.Context, output: Path | None) -> Path | None:
    if output is not None and not context.resilient_parsing:
        console.redirect(output)
    return output


Keys = Annotated[
    list[str],
    typer.Argument(metavar="KEY...", help="Keys of records; - reads keys from stdin.", autocompletion=completion.keys),
]
KeysOrQuery = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(
        metavar="[KEY...]",
        help="Keys of records; - reads keys from stdin. Give keys, a --query, or both.",
        autocompletion=completion.keys,
    ),
]
KeysOrAll = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Argument(
        metavar="[KEY...]",
        help="Keys of records; - reads keys from stdin. Without keys or --query: all records.",
        autocompletion=completion.keys,
    ),
]
Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of a record.", autocompletion=completion.keys)]
Library = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--library",
        "-L",
        metavar="LIBRARY",
        help="Folder of the library, or its name in the settings.",
        envvar="CITETOOL_LIBRARY",
        is_eager=True,
        callback=_folder,
    ),
]
Input = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--input", "-i", metavar="FILE", help="Use the records of this file (- for stdin), not the library."),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file instead of stdout; it is replaced only when all went well.",
        callback=_redirected,
    ),
]
Style = Annotated[
    str,
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="Citation style: a name, a .csl file, or a format such as ris or bibtex.",
        show_default="chicago, or your setting",
        autocompletion=completion.styles,
        callback=from_settings("style"),
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--form",
        metavar="FORM",
        help="note, short, ibid, in-text or bibliography.",
        show_default="note in note styles, else bibliography",
        autocompletion=completion.forms,
        callback=from_settings("form"),
    ),
]
Locator = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--locator", metavar="TEXT", help="Place within the source: 'p. 2', 'fol. 3', 'chap. 4'."),
]
Locale = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--locale",
        metavar="TAG",
        help="Language of terms and dates: en-GB, de-DE ...",
        show_default="that of the style",
        callback=_known_locale,
    ),
]
Writer = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"Markup of the output: {_listed(WRITERS)}.",
        show_default="text",
        autocompletion=completion.writers,
        callback=from_settings("format"),
    ),
]
Links = Annotated[
    bool, typer.Option("--links/--no-links", help="Make web addresses and DOIs links.", callback=from_settings("links"))
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="CSL processor: citetool or citeproc-py.",
        show_default="citetool",
        autocompletion=completion.engines,
        callback=from_settings("engine"),
    ),
]
Query = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--query", "-q", metavar="QUERY", help="Records that match a query: 'author:hull date:1944'."),
]
Limit = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option("--limit", metavar="N", min=0, help="Show at most N; 0 for all."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would change without changing it.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
