"""Broken and hostile files: every reader of texts ends with records, rejected entries or an InputError."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.formats.base import ReadOptions, WriteOptions, collect
from citetool.formats.bib import bibtex
from citetool.formats.bib.biblatex import write as write_biblatex
from citetool.formats.csl import json as csl_json
from citetool.formats.csl.json import to_item
from citetool.formats.ris import ris
from citetool.formats.ris.ris import write as write_ris
from citetool.problems import InputError
from citetool.record.schema import from_plain, to_plain
from tests.factories import make_book, make_record

READERS = {"csl-json": csl_json.read, "bibtex": bibtex.read, "ris": ris.read}
_WHOLE = {
    "csl-json": json.dumps([to_item(make_record()), to_item(make_book())]),
    "bibtex": "@string{a = {b}}\n" + "".join(write_biblatex([make_record(), make_book()], WriteOptions(lossless=True))),
    "ris": "".join(write_ris([make_record(), make_book()], WriteOptions(lossless=True))),
}
_BITS = st.sampled_from(
    ["{",
     "}", '"', "\\", "@", "@book{", "@book(", "=", ",", "#", "\n", "\r", "\0", "TY  - ", "ER  - ", "PT J\n", "[", "]",
     "(", ")", "citetool(", "null", "1e999", "\u2028", "\ufeff",
     "%", "$", "\\'", "\\emph{", " and ", "and", "crossref",
     "date", "NaN", '{"date-parts": [[[', "\\url{", "<i>", "-9999999999999999999", "9" * 5000]
)  # fmt: skip


def read_all(name: str, data: bytes) -> None:
    try:
        result = collect(READERS[name](io.BytesIO(data), ReadOptions()))
    except InputError:
        return
    for record in result.records:
        again, _ = from_plain(to_plain(record))
        assert again.id == record.id
        to_item(record)


@pytest.mark.property
@pytest.mark.parametrize("name", list(READERS))
@given(data=st.data())
def test_changed_files(name: str, data: st.DataObject) -> None:
    text = _WHOLE[name]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 40))
        text = text[:at] + data.draw(_BITS) + text[at + cut :]
    read_all(name, text.encode("utf-8", "replace"))


@pytest.mark.property
@pytest.mark.parametrize("name", list(READERS))
@given(data=st.binary(max_size=300) | st.lists(_BITS, max_size=30).map(lambda bits: "".join(bits).encode()))
def test_rubbish(name: str, data: bytes) -> None:
    read_all(name, data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
_VARIABLES = st.sampled_from(
    ["id",
     "type", "title", "author", "issued", "accessed", "event-date", "custom", "note", "archive", "archive_location",
     "keyword", "language", "call-number", "shortTitle", "DOI", "publisher", "x"]
)  # fmt: skip


@pytest.mark.property
@given(st.dictionaries(_VARIABLES, _JSON, max_size=6))
def test_items_with_wrong_types(item: object) -> None:
    read_all("csl-json", json.dumps([item]).encode())


@pytest.mark.parametrize("depth", [100, 100_000])
def test_deep_nesting_ends(depth: int) -> None:
    read_all("csl-json", b'[{"id": "a", "x": ' + b"[" * depth + b"]" * depth + b"}]")
    read_all("bibtex", b"@book{a, title = " + b"{" * depth + b"x" + b"}" * depth + b"}")
    read_all("ris", b"TY  - BOOK\nTI  - x\nN1  - citetool(a: " + b"[" * depth + b"\nER  - \n")
