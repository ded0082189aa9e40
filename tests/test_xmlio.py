from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from citetool import xmlio
from citetool.problems import InputError, Problem
from citetool.xmlio import XmlEvents, attribute, children, element_text, escape, local_name, paragraphs, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Endless:
    """A stream made of pieces, some of them very often, as a large file would be; counts what is taken of it."""

    def __init__(self, *pieces: tuple[bytes, int]) -> None:
        self.pieces = [piece for piece, count in pieces for _ in range(count)] if not pieces else []
        self.queue = list(pieces)
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        while self.queue:
            piece, count = self.queue.pop(0)
            if count > 0:
                self.queue.insert(0, (piece, count - 1))
                self.taken += len(piece)
                return piece
        return b""


def events(data: bytes, encoding: str | None = None, end: Iterable[str] = ("e",)) -> XmlEvents:
    return XmlEvents(io.BytesIO(data), "x.xml", end=tuple(end), encoding=encoding)


def texts(data: bytes, encoding: str | None = None) -> list[str]:
    return [text_of(event.element) for event in events(data, encoding)]


def refused(data: bytes) -> Problem:
    with pytest.raises(InputError) as caught:
        texts(data)
    return caught.value.problems[0]


def test_elements_are_found_in_any_namespace_and_behind_undeclared_prefixes() -> None:
    data = b'<r xmlns="urn:a"><e>1</e><x:e xmlns:x="urn:b">2</x:e><e xmlns="">3</e><y:e>4</y:e></r>'
    found = XmlEvents(io.BytesIO(data), "x.xml", end=("e", "y:e"))
    assert [text_of(event.element) for event in found] == ["1", "2", "3", "4"]
    assert not found.problems


def test_what_is_left_of_a_prefix_may_be_no_name() -> None:
    (event,) = events(b"<r><e><x:/><y:1st>2</y:1st><z:f>3</z:f></e></r>")
    assert text_of(event.element) == "23"
    assert [local_name(e) for e in children(event.element)] == ["_", "_", "f"]


def test_bytes_before_the_declaration() -> None:
    assert texts(b'\xef\xbb\xbf<?xml version="1.0"?><r><e>1</e></r>') == ["1"]
    assert texts(b'\n  <?xml version="1.0"?><r><e>1</e></r>') == ["1"]


def test_encodings() -> None:
    assert texts('<?xml version="1.0" encoding="utf-16"?><r><e>café</e></r>'.encode("utf-16")) == ["café"]
    assert texts('<?xml version="1.0" encoding="iso-8859-1"?><r><e>café</e></r>'.encode("latin-1")) == ["café"]
    assert texts(b'<?xml version="1.0" encoding="utf-8"?><r><e>caf\xe9</e></r>', "cp1252") == ["café"]


def test_an_encoding_that_the_caller_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert texts("<r><e>café</e></r>".encode("latin-1"), "latin-1") == ["café"]
    monkeypatch.setattr(xmlio, "CHUNK", 1)
    assert texts("<r><e>東京</e></r>".encode("utf-16"), "utf-16") == ["東京"]
    with pytest.raises(InputError, match="there is no encoding 'klingon'"):
        texts(b"<r/>", "klingon")
    with pytest.raises(InputError, match="the text is not ascii"):
        texts(b"<r>\xe9</r>", "ascii")


def test_a_wrong_encoding_ends_the_reading_with_its_line() -> None:
    problem = refused(b'<?xml version="1.0" encoding="utf-8"?>\n<r>\n<d>caf\xe9</d><e/></r>')
    assert problem.message == "bytes that are not of the encoding that the file names"
    assert (problem.where.source, problem.where.line) == ("x.xml", 3)
    assert "encoding" in str(problem.hint)
    assert refused(b'<?xml version="1.0" encoding="klingon"?><r><e/></r>').message == "an encoding that is not known"


def test_what_is_not_xml_is_refused() -> None:
    assert refused(b"").message == "the file is empty"
    assert refused(b'{"a": 1}').message == "this is not XML: it does not begin with a tag"
    assert refused(b"   ").message == "the file is empty"


def test_wrong_end_tags_are_reported_and_the_rest_is_read_whole() -> None:
    found = events(b"<r><a><b></a>\n<e>Tom &amp; Ann &lt;x&gt; caf&eacute;</e></r>")
    assert [text_of(event.element) for event in found] == ["Tom & Ann <x> café"]
    assert found.problems[0].message.startswith("ill-formed XML: the end tag does not belong")
    assert found.problems[0].where.line == 1


def test_entities_across_chunks_and_in_character_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlio, "CHUNK", 7)
    assert texts(b"<r><e>a &amp; b &nbsp;&eacute;&#65; &lt;</e></r>") == ["a & b éA <"]
    assert texts(b"<r><e><![CDATA[a &amp; b]]></e></r>") == ["a &amp; b"]
    assert texts(b"<r><e>AT&T;</e></r>") == ["AT&T;"]


def test_a_file_that_breaks_off_gives_what_stands_before() -> None:
    found = events(b"<r><e>1</e><e>2</e>\n<e>3")
    assert [text_of(event.element) for event in found] == ["1", "2"]
    assert [p.message for p in found.problems] == ["the file ends before its elements do"]


def test_entities_are_neither_expanded_nor_fetched() -> None:
    data = b'<!DOCTYPE r SYSTEM "http://example.invalid/x.dtd" [<!ENTITY a "secret"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert texts(data + b"<r><e>&a;&f;</e></r>") == ["&a;&f;"]


@pytest.mark.parametrize("place", [b"<r><d>&e9;</d><e/></r>", b'<r><d a="&e9;"/><e/></r>'])
def test_a_bomb_goes_off_in_bounded_memory(place: bytes) -> None:
    names = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
    data = b'<!DOCTYPE r [<!ENTITY e0 "' + b"k" * 1000 + b'">' + names + b"]>" + place
    found = events(data)
    try:
        assert all(len(text_of(event.element)) < 1000 for event in found)
    except InputError as error:
        assert "more than a text" in str(error)  # noqa: PT017 - either end is a good one


@pytest.mark.parametrize(
    ("head", "body", "message"),
    [
        (b'<r><e a="', b"x>" * 32768, "an entry of more than 8 MB"),
        (b"<r><e>", b"x" * 65536, "an entry of more than 8 MB"),
        (b"<r>", b"<d>x</d>" * 8192, "an entry of more than 8 MB"),
        (b"<r>", b"<d>" * 20000, "more than a text, name, depth or entity may hold"),
    ],
)
def test_a_gigabyte_is_not_read_to_its_end(head: bytes, body: bytes, message: str) -> None:
    stream = Endless((head, 1), (body, 20000))
    with pytest.raises(InputError, match=message):
        list(XmlEvents(stream, "x.xml", end=("e",)))  # type: ignore[arg-type]
    assert stream.taken < 2 * xmlio.ENTRY_LIMIT


def test_released_entries_do_not_count() -> None:
    stream = Endless((b"<r>", 1), (b"<e>" + b"x" * 65000 + b"</e>", 300), (b"</r>", 1))
    found = XmlEvents(stream, "x.xml", end=("e",))  # type: ignore[arg-type]
    count = 0
    for event in found:
        count += 1
        parent = event.element.getparent()
        found.release(event.element)
        assert parent is not None
        assert len(parent) < 5
    assert count == 300


def test_paragraphs_and_what_is_skipped() -> None:
    data = b"<r><e><head>Scope</head><p>One\n one</p><list><item>a</item><item>b</item></list><p>Two</p></e></r>"
    (event,) = events(data)
    assert paragraphs(event.element) == "One one\n\na b\n\nTwo"
    assert text_of(event.element, skip=("head", "list")) == "One one Two"
    assert [attribute(e, "n") for e in children(event.element, "p")] == ["", ""]


def test_what_is_written_is_well_formed() -> None:
    text = element_text("e", 'a < b & "c"\x00\r\n\ufffe', type_="x", note="")
    assert text == '<e type="x">a &lt; b &amp; &quot;c&quot;\ufffd&#13;\n\ufffd</e>'
    assert texts(f"<r>{element_text('e', 'a < b & c')}</r>".encode()) == ["a < b & c"]
    assert element_text("e") == "<e/>"
    assert escape("𝒜😀") == "𝒜😀"


@pytest.mark.parametrize("number", ["#xD800", "#x00dFfF", "#55296", "#057343"])
@pytest.mark.parametrize("before", [b"", b"<![CDATA[x]]>"])
def test_numbers_of_half_characters_are_replaced_and_said(number: str, before: bytes) -> None:
    found = events(b"<r>%s<e a='&%s;'>b&%s;c</e></r>" % (before, number.encode(), number.encode()))
    ((text, value),) = [(text_of(event.element), attribute(event.element, "a")) for event in found]
    assert (text, value) == ("b\ufffdc", "\ufffd")
    assert "half characters" in found.problems[0].message


def test_numbers_of_half_characters_end_the_reading_of_other_encodings() -> None:
    assert "half a character" in refused('<?xml version="1.0"?><r><e>&#xD800;</e></r>'.encode("utf-16")).message


def test_numbers_beside_those_of_half_characters_stay() -> None:
    assert texts(b"<r><e>&#xD7FF;&#xE000;&#55295;&#57344;</e></r>") == ["\ud7ff\ue000\ud7ff\ue000"]
