"""The CSL schema as tables: which attributes, values and children each element may have.

A RELAX NG validator says that a style is wrong, but seldom where: with the interleaved content of CSL it gives up at
the root. So the grammar that citeproc-py brings (csl.rng, CSL 1.0.2) is read into tables, and `check` compares each
element with them. An element of one name in several places (`label`, `text`, `date`) has the union of what its
definitions allow; what only the whole grammar can see is left to the validator, which `is_valid` asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from citetool.lazy_re import lazy
from citetool.problems import NotFoundError, Problem

RNG = "{http://relaxng.org/ns/structure/1.0}"
NAMESPACE = "http://purl.org/net/xbiblio/csl"
CSL = f"{{{NAMESPACE}}}"
_SCHEMA = "data/schema/schemas/styles/csl.rng"
# the kinds of messages that name what is wrong; the others name what the validator would have liked
_TELLING = ("RELAXNG_ERR_TYPEVAL", "RELAXNG_ERR_EXTRACONTENT", "RELAXNG_ERR_INVALIDATTR", "RELAXNG_ERR_ELEMWRONG",
            "RELAXNG_ERR_CONTENTVALID", "RELAXNG_ERR_ATTRVALID")  # fmt: skip
_WHOLE_NUMBER = lazy(r"-?[0-9]{1,9}")


@dataclass(slots=True)
class Values:
    """Values that an attribute may have: words of a list (one, or several), a number, any text where `free`."""

    words: set[str] = field(default_factory=set)
    several: bool = False
    free: bool = False
    whole_number: bool = False

    def wrong(self, value: str) -> list[str]:
        """Return the words of `value` that are not allowed."""
        if self.free or (self.whole_number and _WHOLE_NUMBER.fullmatch(value.strip())):
            return []
        parts = value.split() if self.several else [value]
        return [part for part in parts if part not in self.words] if parts else [value]


@dataclass(slots=True)
class ElementRule:
    """Attributes and children that an element of one name may have."""

    attributes: dict[str, Values] = field(default_factory=dict)
    required: set[str] | None = None
    children: set[str] = field(default_factory=set)
    text: bool = False


@lru_cache(maxsize=1)
def rules() -> dict[str, ElementRule]:
    """Return the rule of each CSL element by its local name. Raises NotFoundError where citeproc-py has no schema."""
    defines: dict[str, list[etree._Element]] = {}
    root = etree.parse(str(schema_path())).getroot()
    for define in root.iter(f"{RNG}define"):
        defines.setdefault(define.get("name", ""), []).append(define)
    found: dict[str, ElementRule] = {}
    for element in root.iter(f"{RNG}element"):
        rule = found.setdefault(_name(element), ElementRule())
        required: set[str] = set()
        _Reader(defines, rule, required).read(element, optional=False)
        rule.required = required if rule.required is None else rule.required & required
    return found


def schema_path() -> Path:
    """Return the file of the schema, in citeproc-py; raises NotFoundError where it is not there."""
    spec = find_spec("citeproc")
    path = Path(spec.origin).parent / _SCHEMA if spec and spec.origin else None
    if path is None or not path.is_file():
        raise NotFoundError(Problem("the CSL schema is not there", hint="install citeproc-py 0.10 or later"))
    return path


def is_valid(root: etree._Element) -> bool:
    """Return whether the whole style is valid, by the RELAX NG validator."""
    return bool(_validator().validate(root))


def invalid(data: bytes) -> list[tuple[int, str]]:
    """Return what the validator says of the XML text of a style, as (line, message); an empty list for a valid one.

    The message is empty where all that it says is that it gave up.
    """
    if is_valid(_parsed(data)):
        return []
    # the log begins with the innermost fault and then tells all that could not be read because of it
    first = _validator().error_log[0]
    return [(first.line, first.message)] if first.type_name in _TELLING else [(1, "")]


def stray_text(data: bytes) -> list[tuple[int, str]]:
    """(line, text) of what stands between elements where CSL has no text."""
    known, found = rules(), []
    for element in _parsed(data).iter(f"{CSL}*"):
        rule = known.get(etree.QName(element).localname)
        if rule is not None and not rule.text:
            found += [(_line(element), t.strip()) for t in (element.text, *(kid.tail for kid in element)) if t]
    return [(line, text) for line, text in found if text]


def foreign_elements(data: bytes) -> list[tuple[int, str]]:
    """(line, name) of the elements of an XML text that are not of the CSL namespace; the root goes by its bare name."""
    root = _parsed(data)
    found = [e for e in root.iter("*") if not str(e.tag).startswith(CSL)]
    return [(_line(e), etree.QName(e).localname if e is root else str(e.tag)) for e in found]


def not_well_formed(data: bytes) -> tuple[int, str] | None:
    """Line and reason why a text is not well-formed XML, naming the tags; None if the reader of XML takes it."""
    try:
        _parsed(data)
    except etree.XMLSyntaxError as error:
        return error.position[0] or 1, f"not well-formed XML: {re.sub(', line [0-9]+, column [0-9]+$', '', error.msg)}"
    return None


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)


@lru_cache(maxsize=1)
def _validator() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(schema_path())))


class _Reader:
    """Reads one `element` of the grammar into a rule, following references but not entering other elements."""

    def __init__(self, defines: dict[str, list[etree._Element]], rule: ElementRule, required: set[str]) -> None:
        self.defines, self.rule, self.required = defines, rule, required
        self.seen: set[str] = set()

    def read(self, node: etree._Element, *, optional: bool) -> None:
        """Read the content of `node`; `optional` where an attribute in it may be left out."""
        for child in node:
            kind = child.tag
            if kind == f"{RNG}element":
                self.rule.children.add(_name(child))
            elif kind == f"{RNG}attribute":
                self._attribute(child, optional)
            elif kind == f"{RNG}ref":
                self._follow(child.get("name", ""), optional)
            elif kind in (f"{RNG}text", f"{RNG}data", f"{RNG}mixed"):
                self.rule.text = True
            elif kind in (f"{RNG}optional", f"{RNG}choice", f"{RNG}zeroOrMore"):
                self.read(child, optional=True)
            elif isinstance(kind, str) and kind.startswith(RNG):
                self.read(child, optional=optional)

    def _follow(self, name: str, optional: bool) -> None:
        if name not in self.seen:
            self.seen.add(name)
            for define in self.defines.get(name, ()):
                self.read(define, optional=optional)

    def _attribute(self, node: etree._Element, optional: bool) -> None:
        name = _name(node)
        values = self.rule.attributes.setdefault(name, Values())
        self._values(node, values, set())
        if not optional:
            self.required.add(name)

    def _values(self, node: etree._Element, values: Values, seen: set[str]) -> None:
        inner = [child for child in node if child.tag not in (f"{RNG}name", f"{RNG}anyName")]
        content = [child for child in inner if isinstance(child.tag, str) and child.tag.startswith(RNG)]
        if node.tag == f"{RNG}attribute" and not content:
            values.free = True
        for child in content:
            if child.tag == f"{RNG}value":
                values.words.add(child.text or "")
            elif child.tag == f"{RNG}data" and child.get("type") == "boolean":
                values.words |= {"true", "false"}
            elif child.tag == f"{RNG}data" and child.get("type") in ("integer", "nonNegativeInteger"):
                values.whole_number = True
            elif child.tag in (f"{RNG}text", f"{RNG}data"):
                values.free = True
            elif child.tag == f"{RNG}ref" and child.get("name", "") not in seen:
                seen.add(child.get("name", ""))
                for define in self.defines.get(child.get("name", ""), ()):
                    self._values(define, values, seen)
            else:
                values.several |= child.tag == f"{RNG}list"
                self._values(child, values, seen)


def _name(node: etree._Element) -> str:
    """Return the name that an `element` or `attribute` of the grammar gives; `xml:lang` for that attribute."""
    named = node.find(f"{RNG}name")
    if named is None:
        return node.get("name", "")
    prefix = "xml:" if "XML/1998" in named.get("ns", "") else ""
    return f"{prefix}{(named.text or '').removeprefix('xml:')}"
