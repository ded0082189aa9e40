"""Citations as people printed them, linked to the descriptions that they mean, among those of other collections."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
import yaml

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")

from citetool.catalogue.build import build
from citetool.catalogue.engines import local
from citetool.catalogue.link import link
from citetool.catalogue.read import Catalogue
from citetool.catalogue.sources import find_sources
from citetool.parsing import read_citation, to_record
from tests.shared import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("real_citations.yaml").read_text(encoding="utf-8")
)
AIDS = (
    "pulibrary__pulfalight__MC197.EAD.xml",
    "edsu__lc-findingaids__eadmss.ms009154.2.xml",
    "mlibrary__umich-arclight__minto_final.xml",
)
VOLUMES = {
    "frus1981-88v03": "Volume III, Soviet Union, January 1981–January 1983",
    "frus1981-88v05": "Volume V, Soviet Union, March 1985–October 1986",
    "frus1981-88v06": "Volume VI, Soviet Union, October 1986–January 1989",
}
VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{volume}"><teiHeader><fileDesc><titleStmt>
<title type="complete">Foreign Relations of the United States, 1981–1988, {title}</title>
</titleStmt></fileDesc></teiHeader><text><body>
{documents}</body></text></TEI>
"""
DOCUMENT = """<div type="document" xml:id="d{number}" n="{number}"><head>{number}. {title}<note n="1" type="source"
>{note}</note></head><dateline><date when="{day}">{date_display}</date></dateline></div>
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    folder = tmp_path_factory.mktemp("catalogue")
    documents: dict[str, str] = {}
    for line in shared("data", "frus", "frus_source_notes.jsonl").read_text(encoding="utf-8").splitlines():
        told = {name: escape(str(value)) for name, value in json.loads(line).items()}
        text = DOCUMENT.format(**told, day=told["date"][:10])
        documents[told["volume"]] = documents.get(told["volume"], "") + text
    for volume, some in documents.items():
        text = VOLUME.format(volume=volume, title=VOLUMES[volume], documents=some)
        (folder / f"{volume}.xml").write_text(text, encoding="utf-8")
    sources = find_sources([str(folder), *(str(shared("data", "ead", name)) for name in AIDS)])
    build(sources, folder / "c", local.engine(1))
    with Catalogue(folder / "c") as opened:
        yield opened


def test_four_in_five_real_citations_find_what_they_mean(catalogue: Catalogue) -> None:
    texts = [label["text"] for label in LABELS]
    found = list(link(catalogue, [(text, to_record(read_citation(text), "-")) for text in texts]))
    missed = [
        f"{label['text']}: {', '.join(match.hit.key for match in one.matches[:3]) or 'nothing'}"
        for label, one in zip(LABELS, found, strict=True)
        if not one.matches or one.matches[0].hit.key not in label["means"]
    ]
    wrong = [
        one.text
        for label, one in zip(LABELS, found, strict=True)
        if one.verdict() == "found" and one.matches[0].hit.key not in label["means"]
    ]
    assert len(LABELS) - len(missed) >= 0.8 * len(LABELS), "\n".join(missed)
    assert len(wrong) <= 0.03 * len(LABELS), wrong
