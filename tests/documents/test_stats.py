"""Citations counted by kind, archive, collection, box and source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citetool.cli.app import main
from tests.documents.samples import library
from tests.documents.test_restyle import HOPKINS, STALIN, document, notes

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_citations_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = document(f"[@doe] {notes(HOPKINS, 'Ibid.', STALIN)} [@doe; @roe]", tmp_path)
    assert main(["doc", "stats", opened.source, "-i", library(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kind"] == {"letter": 3, "book": 3}
    assert found["archive"] == {"Library of Congress": 3}
    assert found["box"] == {
        "Box 173, W. Averell Harriman Papers": 2,
        "Box 174, W. Averell Harriman Papers": 1,
    }
    assert sorted(found["source"].values()) == [1, 1, 2, 2]


def test_the_chart_names_what_it_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = document(notes(HOPKINS, "Ibid."), tmp_path)
    assert main(["doc", "stats", opened.source]) == 0
    assert "collection (2 citations)\n  W. Averell Harriman Papers  2\n" in capsys.readouterr().out
