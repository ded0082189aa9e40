"""Binary MARC: what pymarc writes is read, and what is cut off is said."""

from __future__ import annotations

import io
import unicodedata

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadResult, collect

FIELDS = [("001", "x1", ()), ("100", "1 ", (("a", "Miller, Anna."),)), ("245", "10", (("a", "Brief an Müller /"),))]


def marc(sort: str = "t", coding: str = "a") -> bytes:
    """Return one record of ISO 2709 with `FIELDS`."""
    directory, data = b"", b""
    for tag, head, subfields in FIELDS:
        text = head + "".join(f"\x1f{code}{words}" for code, words in subfields) + "\x1e"
        field = text.encode() if coding == "a" else text.replace("ü", "\xe8u").encode("latin-1")
        directory += f"{tag}{len(field):04}{len(data):05}".encode()
        data += field
    base = 24 + len(directory) + 1
    length = base + len(data) + 1
    leader = f"{length:05}n{sort}m {coding}22{base:05} a 4500".encode()
    return leader + directory + b"\x1e" + data + b"\x1d"


def read_bytes(data: bytes) -> ReadResult:
    return collect(read_file(io.BytesIO(data)))


def test_records_one_after_the_other() -> None:
    result = read_bytes(marc() + b"\n" + marc())
    assert [record.title for record in result.records] == ["Brief an Müller"] * 2
    assert (result.records[0].id, result.records[0].kind) == ("x1", "manuscript")
    assert str(result.records[0].creators[0].name) == "Miller, Anna"


def test_marc_8() -> None:
    pytest.importorskip("pymarc", reason="MARC-8 needs pymarc")
    (record,) = read_bytes(marc(coding=" ")).records
    assert unicodedata.normalize("NFC", record.title) == "Brief an Müller"


def test_a_record_that_is_cut_off_is_rejected() -> None:
    result = read_bytes(marc() + marc()[:60])
    assert len(result.records) == 1
    assert "ends within" in result.rejected[0].problem.message


def test_an_authority_record_describes_no_source() -> None:
    (rejected,) = read_bytes(marc("z")).rejected
    assert "authority record" in rejected.problem.message
