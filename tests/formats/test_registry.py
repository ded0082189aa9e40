from __future__ import annotations

import io
import os
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, WriteOptions, collect, keep_apart
from citetool.formats.registry import FORMATS, find_format, write_text
from citetool.formats.sniff import guess_format
from citetool.problems import InputError, NotFoundError
from tests.factories import make_book, make_record

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = b'[{"id": "a", "type": "book", "title": "Mills"}]'


def test_each_row_has_its_module_and_each_declared_direction_its_function() -> None:
    for name, row in FORMATS.items():
        module = import_module(f"citetool.formats.{row.module}")
        assert callable(getattr(module, "read", None)) or not row.reads, name
        assert callable(getattr(module, "write", None)) or not row.writes, name


@pytest.mark.parametrize(
    ("path", "head", "name"),
    [
        ("x.bib", b"@book{a,", "bibtex"),
        ("x.biblatex", b"@book{a,", "biblatex"),
        ("x.ris", b"\xef\xbb\xbfTY  - BOOK\r\n", "ris"),
        ("x.txt", b"TY  - BOOK\r\n", "ris"),
        ("<stdin>", "@book{a,".encode("utf-16"), "bibtex"),
        ("x.json", ITEMS, "csl-json"),
    ],
)
def test_guessing(path: str, head: bytes, name: str) -> None:
    assert guess_format(path, head) == name


def test_what_no_format_fits_is_refused() -> None:
    with pytest.raises(InputError, match="format of this file is not known"):
        guess_format("x.doc", b"Dear Sir,")


def test_unknown_names_get_near_ones() -> None:
    with pytest.raises(NotFoundError, match="bibtex"):
        find_format("bibtx")


def test_read_a_file(tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    path.write_bytes(ITEMS)
    assert [r.id for r in collect(read_file(path)).records] == ["a"]
    with pytest.raises(NotFoundError, match="there is no file"):
        list(read_file(tmp_path / "none.json"))
    with pytest.raises(InputError, match="folder"):
        list(read_file(tmp_path))


def test_read_streams_that_cannot_be_wound_back() -> None:
    for data in (ITEMS, b"[" + b",".join([ITEMS[1:-1]] * 500) + b"]"):
        receiver, sender = os.pipe()
        with os.fdopen(sender, "wb") as pipe:
            pipe.write(data)
        with os.fdopen(receiver, "rb", buffering=0) as stream:
            result = collect(read_file(stream))
        assert len(result.records) == data.count(b"book")
    assert len(collect(read_file(io.BytesIO(ITEMS), "csl-json", ReadOptions())).records) == 1


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.reads and row.writes])
def test_every_format_of_both_directions_brings_title_and_date_back(name: str) -> None:
    records = [make_record(), make_book()]
    text = "".join(write_text(records, name))
    result = collect(read_file(io.BytesIO(text.encode()), name))
    assert not result.rejected
    assert [(r.any_title, r.date[:4]) for r in result.records] == [(r.any_title, r.date[:4]) for r in records]


def test_programs_and_dialects_are_checked() -> None:
    with pytest.raises(NotFoundError, match="zotero"):
        write_text([], "csl-json", WriteOptions(program="zotreo"))
    with pytest.raises(NotFoundError, match="chicago"):
        write_text([], "biblatex", WriteOptions(dialect="chicag"))


def test_records_without_a_key_or_with_one_twice_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "letters.csv"
    path.write_text("ID,Title,Date\n,Diary,1944\n,Letters,1944\nx,One,1999\nx,Two,1999\n", encoding="utf-8")
    result = keep_apart(collect(read_file(path)))
    assert [(r.id, r.title) for r in result.records][2:] == [("x", "One"), ("xb", "Two")]
    assert len({r.id for r in result.records}) == 4
    assert [p.message for p in result.problems if p.severity == "warning"] == ["two records have the same key"]
