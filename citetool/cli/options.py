"""The options that several commands share, each written once."""

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


def _locale_with_terms(tag: str | None) -> str | None:
    """The tag; where CSL has no terms in that language, stderr says what is printed instead."""
    if tag is None:
        return None
    from citetool.csl.style.locale import locale_folder

    languages = {path.stem.removeprefix("locales-").partition("-")[0] for path in locale_folder().glob("locales-*.xml")}
    if tag.replace("_", "-").partition("-")[0].casefold() not in languages:
        hint = "write the tag of a language, with a country or without: fr, pt-BR"
        console.note(f"there is no locale {tag!r}: what the style does not say itself is in English", hint)
    return tag


Keys = Annotated[list[str], typer.Argument(metavar="KEY...", help="Keys of records.", autocompletion=completion.keys)]
OptionalKeys = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(
        metavar="[KEY...]", help="Keys of records; all where none is given.", autocompletion=completion.keys
    ),
]
Library = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--library", metavar="DIR", help="The library's folder.", envvar="CITETOOL_LIBRARY"),
]
Input = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--input", "-i", metavar="FILE", help="Take the records of this file (`-`: stdin), not the library's."
    ),
]
Style = Annotated[
    str,
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="A style by its name, a .csl file, or bibtex, biblatex, ris, csl-json.",
        autocompletion=completion.styles,
    ),
]
Form = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--form",
        metavar="FORM",
        help="note, short, ibid, in-text or bibliography; by default what the style is for.",
        autocompletion=completion.forms,
    ),
]
Locator = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--locator", metavar="TEXT", help="The place in the source: 'p. 2', 'fol. 3', 'chap. 4'."),
]
Locale = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--locale", metavar="TAG", help="Language of terms and dates: en-GB, de-DE ...", callback=_locale_with_terms
    ),
]
Writer = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"Markup of the output: {_listed(WRITERS)}.",
        autocompletion=completion.writers,
    ),
]
Links = Annotated[bool, typer.Option("--links", help="Make links of addresses and DOIs.")]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="The CSL processor: citetool or citeproc-py.",
        autocompletion=completion.engines,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Query = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--query", "-q", metavar="QUERY", help="The records that a query finds: 'author:hull date:1944'."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would change, and change nothing.")]
