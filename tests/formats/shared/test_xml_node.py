from __future__ import annotations

from lxml import etree

from citetool.formats.shared.xml_node import Node, element, node_of
from citetool.xmlio import text_of


def read(text: str) -> Node:
    return node_of(etree.fromstring(text, etree.XMLParser(resolve_entities=False)))


def test_names_and_attributes_are_local() -> None:
    node = read(
        '<a xmlns="urn:x" xmlns:l="http://www.w3.org/1999/xlink"><b l:type="simple" type=" s " l:href="h"/></a>'
    )
    assert (node.name, node.children[0].name) == ("a", "b")
    assert [node.children[0].get(name) for name in ("type", "href", "other")] == ["s", "h", ""]


def test_the_link_type_is_no_type_and_an_empty_attribute_no_answer() -> None:
    node = read('<a xmlns:l="http://www.w3.org/1999/xlink" l:type="simple"><b xmlns:p="urn:p" p:id="" id="2"/></a>')
    assert node.get("type") == ""
    assert node.children[0].get("id") == "2"


def test_children_are_found_by_name_and_path() -> None:
    node = read("<a><b>1</b><c><b>2</b><b>3</b></c><b>4</b></a>")
    assert [e.words for e in node.named("b")] == ["1", "4"]
    assert [e.words for e in node.any_of("c", "b")] == ["1", "23", "4"]
    assert [e.words for e in node.at("c", "b")] == ["2", "3"]
    assert [e.words for e in node.within("b")] == ["1", "2", "3", "4"]
    assert (node.said("c", "b"), node.said("c", "d"), node.said("d", "b")) == ("2", "", "")
    assert node.first("d", "b") is None


def test_the_words_are_those_that_lxml_reads() -> None:
    words = " x <i>y</i>z<lb/>w &eacute;t&unknown;e <p>one</p><list><item>1</item><item>2</item></list>"
    given = etree.fromstring(f'<!DOCTYPE a SYSTEM "a.dtd"><a>{words}</a>', etree.XMLParser(resolve_entities=False))
    assert node_of(given).words == text_of(given) == "x yz w ét&unknown;e one 1 2"


def test_paragraphs_are_divided_and_their_head_left_out() -> None:
    node = read("<a><head>H</head><p>one <head>h</head></p><div><p>two</p><p>three</p></div></a>")
    assert node.paragraphs == "one\n\ntwo\n\nthree"
    assert read("<a><head>H</head> only</a>").paragraphs == "H only"


def test_what_is_written_is_what_a_parser_reads_of_it() -> None:
    node = element("a", "x < y & \x01\r\n", element("b", sort='"q"\nr', none=""), element("c", "", type_="t"), id="1")
    assert str(node) == '<a id="1">x &lt; y &amp; \ufffd&#13;\n<b sort="&quot;q&quot; r"/><c type="t"/></a>'
    again = read(str(node))
    assert (again.text, again.children[0].attributes) == (node.text, node.children[0].attributes)
    assert str(again) == str(node)
