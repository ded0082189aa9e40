"""What citetool writes is known by its first bytes alone: the way out of `export | convert`."""

from __future__ import annotations

import io

import pytest

from citetool.formats.base import collect
from citetool.formats.table import FORMATS, read_file, write_text
from citetool.library.library import open_library, shipped_records


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.reads and row.writes])
def test_each_shipped_record_survives_a_pipe(name: str) -> None:
    library = open_library(shipped_records())
    for record in library:
        text = "".join(write_text([record], name))
        (back,) = collect(read_file(io.BytesIO(text.encode()))).records
        assert back.any_title == record.any_title
        assert back.archive.get("repository") == record.archive.get("repository")
