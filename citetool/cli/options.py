"""The options and arguments that commands share, each written once: one word for one thing.

An option whose `envvar` is that of a setting (`citetool.config`) starts as the setting says: `typer_app.Command` fills
the value in before the command runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from citetool.cli.ui import completion, console
from citetool.output.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}"


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
        show_envvar=False,
    ),
]
Save = Annotated[bool, typer.Option("--save", help="Let programs change the library; citetool undo takes it back.")]
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
        envvar="CITETOOL_STYLE",
        show_envvar=False,
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
        envvar="CITETOOL_FORM",
        show_envvar=False,
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
        envvar="CITETOOL_LOCALE",
        show_envvar=False,
    ),
]
Writer = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"Markup of the output: {_listed(WRITERS)}.",
        show_default="that of the --output file's name, else text",
        autocompletion=completion.writers,
        envvar="CITETOOL_FORMAT",
        show_envvar=False,
    ),
]
Links = Annotated[
    bool,
    typer.Option(
        "--links/--no-links", help="Make web addresses and DOIs links.", envvar="CITETOOL_LINKS", show_envvar=False
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="CSL processor: citetool or citeproc-py.",
        show_default="citetool",
        autocompletion=completion.engines,
        envvar="CITETOOL_ENGINE",
        show_envvar=False,
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
Force = Annotated[bool, typer.Option("--force", help="Keep field names that citetool does not know.")]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would change without changing it.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Interval = Annotated[float, typer.Option("--interval", metavar="SECONDS", min=0.1, help="Polling interval.")]
Once = Annotated[bool, typer.Option("--once", help="Write the file once and exit.")]
