"""RiC-O (Records in Contexts, ontology 1.0) as RDF/XML: a record for each record resource, with the levels above it.

Resources stand inside each other or apart, joined by `isOrWasIncludedIn`, `isOrWasPartOf` and their inverses. The
identifier is that of the resource or of its instantiation. Bodies and people that the file links to and does not
name are left out, and said.

Left out: the finding aid itself, rules, activities and events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.shared.headings import closed_title, date_range, file_name, heading_name, key_of, written_date
from citetool.formats.shared.languages import language_tags
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Creator, Digital, Holding, Level, Metadata, Record
from citetool.struct import replace
from citetool.xmlio import XmlEvents, attribute, children, descendants, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.xmlio import Element

_RESOURCES = ("RecordResource", "RecordSet", "Record", "RecordPart")
_ABOVE = (
    "isDirectlyIncludedIn", "isOrWasIncludedIn", "isIncludedIn", "isDirectPartOf", "isOrWasPartOf", "isPartOf",
    "isOrWasConstituentOf",
)  # fmt: skip
_BELOW = (
    "directlyIncludes", "includesOrIncluded", "includes", "hasDirectPart", "hasOrHadPart", "hasPart",
    "hasOrHadConstituent",
)  # fmt: skip
_INSTANTIATIONS = ("hasOrHadInstantiation", "hasInstantiation", "hasOrHadDigitalInstantiation")
_ROLES = {
    "hasAuthor": "author", "hasSender": "sender", "hasAddressee": "recipient", "hasCreator": "creator",
    "hasOrganicProvenance": "creator", "hasAccumulator": "creator", "hasCollector": "compiler",
}  # fmt: skip
# Types of record sets: the level that each is, and the kind of a record.
_TYPES = {
    "fonds": ("fonds", "fonds"), "collection": ("collection", "collection"), "series": ("series", "series"),
    "subfonds": ("subfonds", "series"), "subseries": ("subseries", "series"), "file": ("file", "file"),
}  # fmt: skip

_SETS = ("series", "subseries", "subfonds")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield the record resources in the order of the file; raises InputError where there is none with a title."""
    events = XmlEvents(stream, options.source, end=("RDF",), encoding=options.encoding)
    found = False
    for _, _, element in events:
        graph = _Graph(element)
        for resource in graph.resources:
            record = _record(resource, graph, options)
            if record is not None:
                found = True
                yield record
        if graph.unnamed:
            names = ", ".join(sorted(graph.unnamed)[:5])
            message = f"linked to and not named in this file, so left out: {names}"
            yield Problem(message, Where(options.source), severity="warning")
        events.release(element)
    if not found:
        message = "there is no record resource with a title in this RiC-O"
        raise InputError(Problem(message, Where(options.source)), *events.problems)
    yield from events.problems


class _Graph:
    """The resources of a file, what is above each, and the names of all else."""

    def __init__(self, root: Element) -> None:
        self.resources: list[Element] = []
        self.above: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.nodes: dict[str, Element] = {}
        self.unnamed: set[str] = set()
        self.wholes: set[str] = set()  # at the top, with series below them, whatever they are called
        for node in root.iter():
            about = attribute(node, "about", "ID") if isinstance(node.tag, str) else ""
            if about:
                self.nodes.setdefault(about, node)
                self.names.setdefault(about, _label(node))
            if isinstance(node.tag, str) and local_name(node) in _RESOURCES and not _is_finding_aid(node):
                self.resources.append(node)
        for node in self.resources:
            self._place(node)
        sets = (about for about in self.above if self.type_of(self.nodes.get(about, root))[0] in _SETS)
        self.wholes = {self.above[about] for about in sets if self.above[about] not in self.above}

    def _place(self, node: Element) -> None:
        about = attribute(node, "about")
        for link in children(node, *_ABOVE):
            self.above.setdefault(about, attribute(link, "resource") or next(map(_about, children(link)), ""))
        for link in children(node, *_BELOW):
            for below in [attribute(link, "resource"), *map(_about, children(link))]:
                self.above.setdefault(below, about)

    def levels_above(self, about: str) -> list[Level]:
        """Return the levels above a resource, small to large."""
        found: list[Level] = []
        seen = {about}
        while (about := self.above.get(about, "")) and about in self.nodes and about not in seen:
            seen.add(about)
            title = closed_title(_label(self.nodes[about]))
            if title:
                name = self.type_of(self.nodes[about])[0]
                found.append(Level("collection" if name == "file" and about in self.wholes else name, title))
        return found

    def type_of(self, node: Element) -> tuple[str, str]:
        """Return the level and the kind of a resource, by its type, else by what is above and below it."""
        for link in children(node, "hasRecordSetType", "hasOrHadRecordSetType"):
            word = attribute(link, "resource").rpartition("#")[2].rpartition("/")[2] or text_of(link)
            if word.casefold() in _TYPES:
                return _TYPES[word.casefold()]
        whole = bool(children(node, *_BELOW)) or local_name(node) == "RecordSet"
        if whole:
            return ("series", "series") if self.above.get(_about(node)) else ("fonds", "fonds")
        return "item", ""

    def named(self, node: Element, *names: str) -> Iterator[str]:
        """Yield the names of what these properties lead to."""
        for link in children(node, *names):
            address = attribute(link, "resource") or next(map(_about, children(link)), "")
            name = self.names.get(address, "") or text_of(link)
            if name:
                yield name
            elif address:
                self.unnamed.add(address)


def _about(node: Element) -> str:
    return attribute(node, "about", "ID")


def _is_finding_aid(node: Element) -> bool:
    return bool(children(node, "describesOrDescribed")) or any(
        attribute(e, "resource").endswith("#FindingAid") for e in children(node, "hasDocumentaryFormType")
    )


def _label(node: Element) -> str:
    given = [
        text_of(e) for name in ("title", "name", "label", "prefLabel", "textualValue") for e in children(node, name)
    ]
    given += [
        text_of(e)
        for title in children(node, "hasOrHadTitle", "hasOrHadName")
        for e in descendants(title, "textualValue")
    ]
    return next(filter(None, given), "")


def _record(node: Element, graph: _Graph, options: ReadOptions) -> Record | None:
    about = _about(node)
    carriers = [e for link in children(node, *_INSTANTIATIONS) for e in children(link)]
    carriers += [
        graph.nodes[i] for link in children(node, *_INSTANTIATIONS) if (i := attribute(link, "resource")) in graph.nodes
    ]
    kind = graph.type_of(node)[1]
    builder = RecordBuilder()
    builder.add("kind", kind, *graph.named(node, "hasDocumentaryFormType", "hasContentOfType"))
    builder.add("supplied_title", _label(node))
    builder.add("summary", *(text_of(e) for e in children(node, "scopeAndContent")))
    for part in (node, *carriers):
        builder.add("extent", *(text_of(e) for e in children(part, "instantiationExtent", "recordResourceExtent")))
        builder.add("identifier", *_identifiers(part))
        builder.add("url", *(attribute(e, "resource") for e in children(part, "seeAlso")))
    builder.add("rights", *(text_of(e) for e in children(node, "conditionsOfAccess", "conditionsOfUse")))
    reference = builder.first("identifier")
    builder.levels = [Level("call_number", reference)] if reference else []
    builder.levels += graph.levels_above(about)
    holders = list(dict.fromkeys(name for part in (node, *carriers) for name in graph.named(part, "hasOrHadHolder")))
    builder.levels += [Level("repository", holders[0])] if holders else []
    aid = next(graph.named(node, "isOrWasDescribedBy"), "")
    record = builder.record(Metadata(source=aid, file=file_name(options.source), reader="rico"), key_of(about))
    if record is None:
        return None
    date, words = _date(node, graph)
    tails = [attribute(e, "resource").rpartition("/")[2] for e in children(node, "hasOrHadLanguage")]
    return replace(
        record,
        creators=_creators(node, graph, bool(kind)),
        date=date,
        date_text=words,
        language=language_tags("; ".join(tail for tail in tails if len(tail) <= 3)),
        archive=Holding(tuple(dict.fromkeys(builder.levels))),
        digital=Digital(url=builder.first("url")),
    )


def _identifiers(node: Element) -> list[str]:
    plain = [text_of(e) for e in children(node, "identifier")]
    return plain + [
        text_of(e) for link in children(node, "hasOrHadIdentifier") for e in descendants(link, "textualValue")
    ]


def _date(node: Element, graph: _Graph) -> tuple[str, str]:
    """Return the date and its words where they say more: the words that are displayed count before the bounds."""
    words = next((text_of(e) for e in children(node, "date", "creationDate") if text_of(e)), "")
    date = date_range(*(next((text_of(e) for e in children(node, n)), "") for n in ("beginningDate", "endDate")))
    if not (words or date):
        for link in children(node, "hasCreationDate", "isAssociatedWithDate", "hasBeginningDate"):
            target = graph.nodes.get(attribute(link, "resource"), link)
            words = next((text_of(e) for e in descendants(target, "expressedDate", "normalizedDateValue")), "")
    written, unread = written_date(words)
    return (written, "") if written else (date, unread)


def _creators(node: Element, graph: _Graph, whole: bool) -> tuple[Creator, ...]:
    found = []
    for link, role in _ROLES.items():
        for name in graph.named(node, link):
            own = "author" if role == "creator" and not whole else role
            found.append(Creator(heading_name(name, body=", " not in name), own))
    return tuple(found)
