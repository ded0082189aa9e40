from __future__ import annotations

from citetool.formats.base import WriteOptions
from citetool.formats.convert import Transfer
from citetool.struct import replace
from tests.factories import make_book, make_record


def test_records_without_a_key_get_one_that_no_other_has() -> None:
    given = [replace(make_record(title="Yalta"), id=""), make_record(), replace(make_record(title="Yalta"), id="")]
    keys = [record.id for record in Transfer().records(given)]
    assert all(keys)
    assert len({*keys}) == 3
    assert keys[1] == make_record().id
    assert keys == [record.id for record in Transfer().records(given)]
    assert given[0].id == ""


def test_equal_keys_are_told_apart_only_where_it_is_wanted() -> None:
    both = [make_record(), make_record()]
    assert [record.id for record in Transfer().records(both)] == ["219945", "219945"]
    transfer = Transfer(apart=True)
    assert [record.id for record in transfer.records(both)] == ["219945", "219945-2"]
    assert [problem.message for problem in transfer.problems] == ["two records have the same key"]


def test_what_is_written_is_counted() -> None:
    transfer = Transfer()
    text = "".join(transfer.pieces([make_record(), make_book()], "ris", WriteOptions(lossless=True)))
    assert (transfer.written, text.count("TY  - ")) == (2, 2)


def test_what_a_program_does_not_take_is_said_of_archival_records() -> None:
    said = {}
    for record, program in ((make_record(), "zotero"), (make_book(), "zotero"), (make_record(), None)):
        transfer = Transfer()
        "".join(transfer.pieces([record], "bibtex", WriteOptions(program=program)))
        said[record.id, program] = [line for line in transfer.summary("bibtex") if "--to zotero-rdf" in line]
    assert [len(lines) for lines in said.values()] == [1, 0, 0]
