"""EDM, the data model of Europeana, as RDF/XML: a record for each `ProvidedCHO`, the thing itself.

Its Dublin Core stands in the thing or in the proxy of its provider, who holds it and where it is shown in the
aggregation; names of people, places, concepts and bodies stand apart and are looked up. What Europeana adds of its own
(its proxy and aggregation) is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import file_name, key_of
from citetool.problems import InputError, Problem, Where
from citetool.struct import replace
from citetool.xmlio import XmlEvents, attribute, child, children, line_of, local_name, text_of

from .dublincore import record_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.record.model import Record
    from citetool.xmlio import Element

# Of these a link that nothing in the file names says nothing to people.
_NAMED = (
    "creator", "contributor", "publisher", "type", "hasType", "subject", "spatial", "coverage", "temporal", "medium",
    "format", "language", "isPartOf", "relation", "dataProvider", "date", "created", "issued", "source",
)  # fmt: skip
_OF_AGGREGATION = ("dataProvider", "isShownAt")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each thing, in the order of the file; raises InputError where there is none."""
    events = XmlEvents(stream, options.source, end=("RDF",), encoding=options.encoding)
    found = False
    for _, _, element in events:
        for result in _things(element, options):
            found = True
            yield result
        events.release(element)
    if not found:
        raise InputError(Problem("there is no edm:ProvidedCHO in it", Where(options.source)), *events.problems)
    yield from events.problems


def _things(root: Element, options: ReadOptions) -> Iterator[Record | Rejected]:
    nodes = children(root)
    proxies: dict[str, list[Element]] = {}
    aggregations: dict[str, Element] = {}
    for node in nodes:
        name = local_name(node)
        if name == "Proxy" and text_of(child(node, "europeanaProxy")) != "true":
            proxies.setdefault(_link(node, "proxyFor"), []).append(node)
        elif name == "Aggregation":
            aggregations.setdefault(_link(node, "aggregatedCHO"), node)
    for node in nodes:
        if local_name(node) != "ProvidedCHO":
            continue
        about = attribute(node, "about")
        parts = [*proxies.get(about, []), node]
        language = next((text_of(e) for part in parts for e in children(part, "language")), "")
        names = _Names(nodes, language)
        gathered = names.gather(parts, aggregations.get(about))
        if not children(gathered, "title", "description", "identifier"):
            where = Where(options.source, line_of(node))
            yield Rejected(Problem("a thing that nothing in the file describes", where), about)
            continue
        record = record_of(gathered)
        record.metadata.file, record.metadata.reader = file_name(options.source), "edm"
        record.metadata.source = next((text_of(e) for e in children(aggregations.get(about), "provider")), "")
        if not record.any_title and record.summary:
            record = replace(record, supplied_title=record.summary.partition("\n")[0][:120])
        record.id = key_of(about) or key_of(record.identifiers.get("local", ""))
        yield record


def _link(node: Element, name: str) -> str:
    found = child(node, name)
    return attribute(found, "resource") if found is not None else ""


class _Names:
    """The names of all that has a node of its own, in the language of the thing, else in English."""

    def __init__(self, nodes: list[Element], language: str) -> None:
        self.names: dict[str, str] = {}
        for node in nodes:
            by_language = {attribute(e, "lang"): text_of(e) for e in reversed(children(node, "prefLabel"))}
            wanted = next((by_language[x] for x in (language, language[:2], "en", "") if x in by_language), "")
            self.names[attribute(node, "about")] = wanted or next(iter(by_language.values()), "")

    def gather(self, parts: list[Element], aggregation: Element | None) -> Element:
        """Return one element with the Dublin Core of all parts, links replaced by the names of what they lead to."""
        whole = etree.Element("thing")
        for e in (e for part in parts for e in children(part)):
            self._add(whole, e)
        for e in children(aggregation, *_OF_AGGREGATION):
            self._add(whole, e)
        return whole

    def _add(self, whole: Element, given: Element) -> None:
        name, link = local_name(given), attribute(given, "resource")
        inner = next((attribute(e, "about") for e in children(given)), "")
        text = text_of(given) or self.names.get(link or inner, "") or ("" if name in _NAMED else link)
        known = [other for e in children(whole, name) if (other := text_of(e)).startswith(text)]
        if name and text and not known:  # `de Boer, Titus, 1881-1942` and a link to him are one
            etree.SubElement(whole, name).text = text
