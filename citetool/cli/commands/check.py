"""`citetool check`: what is missing or wrong in records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from citetool.cli.options import DryRun, Json, Library, Query
from citetool.cli.ui import completion, console
from citetool.cli.workflows import apply, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.library.checks import Found
    from citetool.library.library import Library as Home

SHOWN = 20  # findings of one check are told so many times; the rest is counted

Only = Annotated[str, typer.Option("--only", metavar="LIST", help="Only these checks, with commas between them.")]
Fix = Annotated[bool, typer.Option("--fix", help="Put right what needs no judgement.")]
Explain = Annotated[bool, typer.Option("--explain", help="Print the checks, with their reasons.")]
Sarif = Annotated[bool, typer.Option("--sarif", help="Print SARIF, for code hosts.")]
Style = Annotated[
    str,
    typer.Option(
        "--style", metavar="STYLE", help="Say, too, what this style would not print.", autocompletion=completion.styles
    ),
]
All = Annotated[bool, typer.Option("--all", help=f"Print all findings, not the first {SHOWN} of each check.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Leave out what is only worth knowing.")]


def run(
    query: Query = None,
    only: Only = "",
    fix: Fix = False,
    dry_run: DryRun = False,
    explain: Explain = False,
    quiet: Quiet = False,
    every: All = False,
    style: Style = "",
    sarif: Sarif = False,
    library: Library = None,
    json: Json = False,
) -> None:
    """Look for what is missing or wrong in records.

    Levels, dates, spellings, addresses, titles, files and keys are looked at; --explain has a line about each. The
    findings stand on stderr, with --json or --sarif on stdout; exit code 1 where there are errors or warnings.

    Example: citetool check --only two-spellings,missing-level --fix --dry-run
    """
    from citetool.library import checks
    from citetool.library.changes.plans import plan_fix

    if explain:
        console.out_pieces(f"{name} ({severity}): {why}\n" for name, (severity, why) in checks.ALL.items())
        return
    home = records.home(library)
    names = [name for name in only.split(",") if name]
    if fix:
        apply.carry_out(home, lambda: plan_fix(home, checks.fixes(checks.check_library(home, query, names))), dry_run)
    found = checks.check_library(home, query, names)
    if style:
        from citetool.cli.workflows.style_coverage import dropped

        found += dropped(home, style, query, records.style_folders(library))
    grave = [one for one in found if one.severity != "info"]
    shown = grave if quiet else found
    if sarif:
        from citetool.cli.ui.sarif import sarif_log

        console.out_json(sarif_log(home, shown))
    elif json:
        console.out_json([{**checks.problem(home, one).as_dict(), "check": one.check, "id": one.key} for one in shown])
    else:
        _tell(home, shown, None if every else SHOWN)
    if grave:
        raise typer.Exit(1)


def _tell(home: Home, found: Sequence[Found], most: int | None) -> None:
    """The findings, at most so many of each check, and how many there are."""
    from citetool.library import checks

    counts = Counter(one.check for one in found)
    told: Counter[str] = Counter()
    for one in found:
        told[one.check] += 1
        if most is None or told[one.check] <= most:
            console.problems([checks.problem(home, one)])
    if not found:
        console.note(f"nothing is found wrong in {home.root}")
        return
    records = len({one.path for one in found})
    sums = ", ".join(f"{number:,} {name}" for name, number in counts.most_common())
    more = most is not None and any(number > most for number in counts.values())
    hint = "--all prints every finding, --only CHECK those of one, --explain says why they matter" if more else ""
    console.note(f"findings in {records:,} record{'s' if records > 1 else ''}: {sums}", hint)
