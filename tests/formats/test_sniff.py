"""What citetool writes is known by its first bytes alone: the way out of `export | convert`."""

from __future__ import annotations

import io

import pytest

from citetool.formats.base import ReadOptions, collect
from citetool.formats.registry import FORMATS, read_file, write_text
from citetool.library.library import open_library
from citetool.paths import shipped_records
from citetool.problems import InputError


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.reads and row.writes])
def test_each_shipped_record_survives_a_pipe(name: str) -> None:
    library = open_library(shipped_records())
    for record in library:
        text = "".join(write_text([record], name))
        (back,) = collect(read_file(io.BytesIO(text.encode()))).records
        assert back.any_title == record.any_title
        assert back.archive.get("repository") == record.archive.get("repository")


def test_a_mark_that_stands_far_from_the_beginning() -> None:
    text = (
        f'{{"description": "{"word " * 2000}", "label": "Illustrations", "@id": "http://example.org/m", '
        '"@type": "sc:Manifest", "@context": "http://iiif.io/api/presentation/2/context.json"}'
    )
    (record,) = collect(read_file(io.BytesIO(text.encode()), options=ReadOptions("m.json"))).records
    assert (record.title, record.metadata.reader) == ("Illustrations", "iiif")


def test_json_that_is_nothing_we_know_is_refused() -> None:
    with pytest.raises(InputError, match="not known"):
        collect(read_file(io.BytesIO(b'{"name": "left-pad", "version": "1.0"}'), options=ReadOptions("package.json")))
