"""`citetool check`: gaps and mistakes in records."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from citetool.cli.options import DryRun, Json, Library, Output, Query
from citetool.cli.ui import completion, console
from citetool.cli.workflows import apply, records
from citetool.problems import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.library.checks import Found
    from citetool.library.library import Library as Home
    from citetool.problems import Problem

_GRAVITY = ("error", "warning", "info")
SHOWN = 20  # findings printed of one check

Only = Annotated[str, typer.Option("--only", metavar="LIST", help="Run only these checks, separated by commas.")]
Fix = Annotated[bool, typer.Option("--fix", help="Apply safe fixes; ask about archive, names and dates.")]
Explain = Annotated[bool, typer.Option("--explain", help="List the checks and why each matters.")]
Sarif = Annotated[bool, typer.Option("--sarif", help="Print SARIF, for code hosts.")]
Style = Annotated[
    str,
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="Also report what this style does not print.",
        autocompletion=completion.styles,
    ),
]
All = Annotated[bool, typer.Option("--all", help=f"Print all findings, not only the first {SHOWN} of each check.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Hide informational findings.")]


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
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Check records for gaps and mistakes.

    The checks cover archive levels, dates, spellings, addresses, titles, files and keys; --explain lists them. Findings
    go to stderr, with --json or --sarif to stdout. The exit code is 1 if there are errors or warnings.

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
        chosen = checks.fixes(_agreed(checks.check_library(home, query, names), dry_run))
        apply.apply_plan(home, lambda: plan_fix(home, chosen), dry_run)
    found = checks.check_library(home, query, names)
    if style:
        from citetool.cli.workflows.style_coverage import unprinted

        found += unprinted(home, style, query, records.style_folders(library))
    grave = [one for one in found if one.severity != "info"]
    shown = grave if quiet else found
    if sarif:
        from citetool.cli.ui.sarif import sarif_log

        console.out_json(sarif_log(home, shown))
    elif json:
        console.out_json([{**checks.problem(home, one).as_dict(), "check": one.check, "id": one.key} for one in shown])
    else:
        _print(home, shown, None if every else SHOWN)
    if grave:
        raise typer.Exit(1)


def _agreed(found: Sequence[Found], dry_run: bool) -> list[Found]:
    """Return the findings to fix: those that need no answer, and those agreed to, each kind asked once.

    Without a terminal, or in a dry run, those that need an answer are left out, and their number is said.
    """
    from citetool.library import checks

    asked = [one for one in found if checks.is_asked(one)]
    if asked and (dry_run or not sys.stdin.isatty()):
        many = f"{len(asked):,} fixes" if len(asked) > 1 else "1 fix"
        console.note(
            f"left alone: {many} of where a document is kept, who made it or when",
            "run citetool check --fix in a terminal, which asks for each",
        )
        asked = []
    answers: dict[tuple[str, str], bool] = {}
    for one in asked:
        question = (one.check, one.finding.message)
        if question not in answers:
            answers[question] = typer.confirm(
                console.visible(f"{one.key}: {one.finding.message}: put it right?"), err=True
            )
    agreed = {id(one) for one in asked if answers[one.check, one.finding.message]}
    return [one for one in found if id(one) in agreed or not checks.is_asked(one)]


def _print(home: Home, found: Sequence[Found], most: int | None) -> None:
    """Print the numbers, then the findings, worst first, at most so many of each check.

    Findings that say the same are one message with its hint, and below it the places.
    """
    from citetool.library import checks

    if not found:
        console.note(f"no problems found in {home.root}")
        return
    counts = Counter(one.check for one in found)
    records = len({one.path for one in found})
    sums = ", ".join(f"{number:,} {name}" for name, number in counts.most_common())
    more = most is not None and any(number > most for number in counts.values())
    hint = "--all prints every finding, --only CHECK those of one check, --explain why they matter" if more else ""
    console.note(f"findings in {records:,} record{'s' if records > 1 else ''}: {sums}", hint)
    printed: Counter[str] = Counter()
    alike: dict[tuple[int, str, str | None], list[Problem]] = {}
    for one in found:
        printed[one.check] += 1
        if most is None or printed[one.check] <= most:
            told = checks.problem(home, one)
            alike.setdefault((_GRAVITY.index(told.severity), told.message, told.hint), []).append(told)
    for _, several in sorted(alike.items(), key=lambda pair: (pair[0][0], -len(pair[1]))):
        if len(several) == 1:
            console.problems(several)
            continue
        console.problems([several[0]._replace(where=Where())])
        for told in several:
            console.err(f"    {told.where}")
