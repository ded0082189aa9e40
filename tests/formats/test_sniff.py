"""What citetool writes is known by its first bytes alone: the way out of `export | convert`."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, WriteOptions, collect
from citetool.formats.registry import FORMATS, write_text
from citetool.library.library import open_library
from citetool.paths import shipped_records
from citetool.problems import InputError


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.reads and row.writes])
def test_each_shipped_record_survives_a_pipe(name: str) -> None:
    library = open_library(shipped_records())
    for record in library.values():
        text = "".join(write_text([record], name, WriteOptions(lossless=True)))
        (back,) = collect(read_file(io.BytesIO(text.encode()))).records
        assert back.any_title == record.any_title
        assert back.archive.get("repository") == record.archive.get("repository")


@pytest.mark.parametrize("text", ["TY - BOOK\nTI - Letters\nER - \n", "%T Letters\n%A Newman, W. H.\n%D 1891\n"])
def test_tags_as_programs_write_them_without_an_ending_of_the_name(text: str) -> None:
    (record,) = collect(read_file(io.BytesIO(text.encode()), options=ReadOptions("download.txt"))).records
    assert record.title == "Letters"


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


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '{"id": "https://openalex.org/W1", "type": "article"}', "this is OpenAlex JSON"),
        ("a.json", '{"type": "squirrel", "colour": "red"}', "JSON with the keys type, colour"),
        ("a.txt", "TI Mill letters\nAU Miller A\n", "it seems to be plain text"),
        ("a.csv", "mass;colour;smell\n1;red;none\n", "semicolons with the columns mass, colour, smell"),
        ("a.xml", '<zoo xmlns="http://zoo.example"><cage/></zoo>', "the root <zoo> of http://zoo.example"),
        ("a.xml", "<eac-cpf><control/></eac-cpf>", "this is EAC-CPF"),
        ("a.ris", "%PDF-1.7 TY  - ", "this is a PDF"),
        ("a.json", "", "the file is empty"),
        ("a.txt", "RT Journal Article\nSR Electronic(1)\nA1 Mill,John\n", "this is RefWorks' tagged format"),
        ("a.json", '{"@context": {"dc": "http://purl.org/dc/terms/"}}', "JSON with the keys @context, dc"),
    ],
)
def test_the_refusal_names_what_the_file_seems_to_be(name: str, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        collect(read_file(io.BytesIO(text.encode()), options=ReadOptions(name)))
    assert said in caught.value.problems[0].message


@pytest.mark.parametrize("key", ["o:title", "labels", "claims"])
def test_an_item_without_one_variable_is_no_record(key: str) -> None:
    text = f'[{{"id": "a", "type": "item", "{key}": "x"}}, {{"id": "b", "type": "book", "title": "T"}}]'
    result = collect(read_file(io.BytesIO(text.encode()), "csl-json"))
    assert [record.id for record in result.records] == ["b"]
    assert key in result.rejected[0].problem.message
