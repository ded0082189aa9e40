"""The CSL test suite against the list of what passes: it fails when a listed case fails and when another one passes."""

from __future__ import annotations

from tests.csl.passlist import compare, read_list
from tests.csl.suite import PASS_LIST, run_folder
from tests.shared import shared


def test_suite_passes_what_is_listed_and_nothing_else() -> None:
    passed, failed = run_folder(shared("csl-suite"))
    lost, gained = compare(read_list(PASS_LIST), passed, [*passed, *failed])
    assert not lost, f"these have passed before: {lost}"
    assert not gained, f"these pass now: python tests/csl/suite.py DIR --update, and commit {gained}"


def test_no_case_breaks_the_processor() -> None:
    _, failed = run_folder(shared("csl-suite"))
    broken = {name: got for name, (_, got) in failed.items() if "Error: " in got and "CSL STYLE ERROR" not in got}
    assert not broken


def test_reported_cases_pass() -> None:
    passed, failed = run_folder(shared("csl-fixtures"))
    assert not failed
    assert passed
