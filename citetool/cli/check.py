"""`citetool check`: what is missing or wrong in records."""

from __future__ import annotations

from typing import Annotated

import typer

from . import complete, console, done, records
from .options import DryRun, Json, Library, Query

Only = Annotated[str, typer.Option("--only", metavar="LIST", help="Only these checks, with commas between them.")]
Fix = Annotated[bool, typer.Option("--fix", help="Put right what needs no judgement.")]
Explain = Annotated[bool, typer.Option("--explain", help="Print the checks, with their reasons.")]
Sarif = Annotated[bool, typer.Option("--sarif", help="Print SARIF, for code hosts.")]
Style = Annotated[
    str, typer.Option("--style", help="Say, too, what this style would not print.", autocompletion=complete.styles)
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Leave out what is only worth knowing.")]


def run(
    query: Query = None,
    only: Only = "",
    fix: Fix = False,
    dry_run: DryRun = False,
    explain: Explain = False,
    quiet: Quiet = False,
    style: Style = "",
    sarif: Sarif = False,
    library: Library = None,
    json: Json = False,
) -> None:
    """Look for what is missing or wrong in records: levels, dates, spellings, addresses, titles, files, keys.

    Exit code 1 where there are errors or warnings.

    Example: citetool check --only two-spellings,missing-level --fix --dry-run
    """
    from citetool.library import checks
    from citetool.library.changes import plan_fix

    if explain:
        console.out_pieces(f"{name} ({severity}): {why}\n" for name, (severity, why) in checks.ALL.items())
        return
    home = records.home(library)
    names = [name for name in only.split(",") if name]
    if fix:
        done.carry_out(home, lambda: plan_fix(home, checks.fixes(checks.check_library(home, query, names))), dry_run)
    found = checks.check_library(home, query, names)
    if style:
        from .drops import dropped

        found += dropped(home, style, query, records.style_folders(library))
    grave = [one for one in found if one.severity != "info"]
    shown = grave if quiet else found
    if sarif:
        from .sarif import sarif_log

        console.out_json(sarif_log(home, shown))
    elif json:
        console.out_json([{**checks.problem(home, one).as_dict(), "check": one.check, "id": one.key} for one in shown])
    else:
        console.problems([checks.problem(home, one) for one in shown])
    if grave:
        raise typer.Exit(1)
