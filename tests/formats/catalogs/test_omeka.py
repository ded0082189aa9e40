"""Items of Omeka S and Omeka Classic."""

from __future__ import annotations

import io
import json

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, ReadResult, collect
from tests.shared import needs_shared, shared


def read_json(data: object) -> ReadResult:
    return collect(read_file(io.BytesIO(json.dumps(data).encode()), options=ReadOptions("t.json")))


@needs_shared
def test_an_item_of_omeka_s() -> None:
    (record,) = collect(read_file(shared("data", "formats", "small", "omeka.json"))).records
    assert (record.title, record.kind, record.date) == ("Letter to the mayor", "letter", "1931-05-06")
    assert [str(c.name) for c in record.creators] == ["Miller, Anna"]
    assert [(level.name, level.value) for level in record.archive.levels] == [
        ("repository", "Town Archive"),
        ("collection", "Miller papers"),
        ("box", "Box 3"),
    ]
    assert (record.id, record.metadata.inferred) == ("15850", ("archive",))
    assert record.digital.url == "https://example.org/api/items/15850"


def test_other_resources_are_rejected() -> None:
    item = {"@type": "o:Item", "o:id": 1, "dcterms:title": [{"@value": "A &amp; B <i>c</i>"}]}
    media = {"@type": ["o:Media"], "o:id": 2, "o:title": "scan", "dcterms:title": [{"@value": "scan"}]}
    result = read_json([item, media])
    assert [record.title for record in result.records] == ["A & B c"]
    assert len(result.rejected) == 1


def test_an_item_of_omeka_classic() -> None:
    def element(name: str, text: str) -> object:
        return {"text": text, "element_set": {"name": "Dublin Core"}, "element": {"name": name}}

    texts = [element("Title", "The mill"), element("Date Created", "1931"), element("Creator", "Miller, Anna")]
    (record,) = read_json({"id": 7, "item_type": {"name": "Still Image"}, "element_texts": texts}).records
    assert (record.id, record.title, record.kind) == ("7", "The mill", "graphic")
