"""Descriptions of a catalogue that are likely one, from several sources and within one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")

from citetool.catalogue.build import build
from citetool.catalogue.dedupe import duplicates
from citetool.catalogue.engines import local
from citetool.catalogue.read import Catalogue
from citetool.catalogue.sources import find_sources
from citetool.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

AID = """<ead><eadheader><eadid>a1</eadid></eadheader><archdesc level="fonds"><did>
<unittitle>Pettigrew Papers</unittitle>
<repository><corpname>Town Archive</corpname></repository></did><dsc><c id="c1" level="file"><did>
<unittitle>Letters, 1921</unittitle><unitid>1</unitid><container type="box">4</container></did></c>
<c id="c2" level="file"><did><unittitle>Letters, 1921</unittitle><unitid>1</unitid><container type="box">4</container>
</did></c><c id="c3" level="item"><did><unittitle>Letter to Farnsworth on dredging</unittitle>
<unitdate>1922-05-03</unitdate><origination><persname>Pettigrew, Amos</persname></origination></did></c></dsc>
</archdesc></ead>"""
SITE = """TY  - PCOMM
ID  - other
TI  - Letter to Farnsworth on dredgings
AU  - Pettigrew, Amos
DA  - 1922/05/03
ER  -
TY  - PCOMM
ID  - reply
TI  - Letter to Pettigrew on dredging
AU  - Farnsworth, Lydia
DA  - 1922/05/09
ER  -
TY  - BOOK
ID  - one
TI  - Dredging the harbour
DO  - 10.1/x
ER  -
TY  - BOOK
ID  - two
TI  - On dredging
DO  - 10.1/x
ER  -
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "aid.xml").write_text(AID, "utf-8")
    (tmp_path / "in" / "site's.ris").write_text(SITE, "utf-8")  # a quote in a path ends no statement
    build(find_sources([str(tmp_path / "in")]), tmp_path / "c's", local.engine(1))
    return tmp_path / "c's"


def pairs(folder: Path, query: str = "") -> set[frozenset[str]]:
    with Catalogue(folder) as opened:
        return {frozenset(twins.pair.keys) for twins in duplicates(opened, query)}


def test_likely_pairs_and_the_units_that_a_finding_aid_tells_apart(folder: Path) -> None:
    """Two files of one box with one title are two; a letter that a site and an archive describe is one."""
    assert pairs(folder) == {frozenset(("a1_c3", "other")), frozenset(("one", "two"))}


def test_a_query_bounds_what_is_compared(folder: Path) -> None:
    assert pairs(folder, "author:pettigrew") == {frozenset(("a1_c3", "other"))}
    assert pairs(folder, "author:farnsworth") == set()


def test_from_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "dedupe", "--min-score", "0.98", "-C", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0].endswith("same doi")
    assert said.err == "1 likely pairs\n"
    assert main(["catalogue", "dedupe", "--query", "author:nobody", "-C", str(folder), "--json"]) == 0
    assert capsys.readouterr().out.strip() == "[]"
