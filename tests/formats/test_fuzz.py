"""Mutants of files in every format that is read: `tests/fuzz.py` makes them and says what must hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from citetool.library.library import Library
from tests import fuzz

if TYPE_CHECKING:
    from pathlib import Path

COUNT = int(os.environ.get("CITETOOL_MUTANTS", "300"))


@pytest.mark.property
@pytest.mark.skipif(os.name != "posix", reason="times are limited by signals")
@pytest.mark.parametrize("name", fuzz.READERS)
def test_mutants_are_read_whole_or_refused(name: str) -> None:
    failed = [f"{why}: {data[:2000]!r}" for data, why in fuzz.run(name, COUNT, 2026)]
    assert not failed, f"{len(failed)} of {COUNT}: {failed[0]}"


@pytest.mark.parametrize("name", fuzz.READERS)
def test_the_files_that_mutants_are_made_of_are_read(name: str, tmp_path: Path) -> None:
    library = Library(tmp_path)
    begin = fuzz.seeds(name)
    assert begin
    assert all(fuzz.check(name, data, library) for data in begin)
