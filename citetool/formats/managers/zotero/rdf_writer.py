"""Records as Zotero RDF, the form that Zotero itself exports and keeps whole: fields, people, tags, notes, files.

What each field is comes from CSL (`csl/zotero.py`), so that a record prints from Zotero as it does here; the variables
that an item type has no field for are lines of its Extra, which is `dc:description`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.csl import zotero_fields
from citetool.formats.csl.to_csl import make_item
from citetool.formats.csl.variables import NAME_VARIABLES
from citetool.formats.csl.zotero import name_lines, turn_to_zotero, zotero_date
from citetool.formats.shared import embedded
from citetool.formats.shared.attached import attached_files
from citetool.xmlio import element_text, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citetool.formats.base import WriteOptions
    from citetool.formats.csl.variables import Item
    from citetool.formats.shared.attached import Attached
    from citetool.record.model import Record

    ReadBack = Callable[[str], Record]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:z="http://www.zotero.org/namespaces/export#"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:bib="http://purl.org/net/biblio#"
  xmlns:foaf="http://xmlns.com/foaf/0.1/"
  xmlns:link="http://purl.org/rss/1.0/modules/link/"
  xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"
  xmlns:vcard="http://nwalsh.com/rdf/vCard#">
"""
_TAIL = "</rdf:RDF>\n"

# The class of an item and that of what it stands in.
_CLASS = {
    "book": "bib:Book", "bookSection": "bib:BookSection", "journalArticle": "bib:Article", "magazineArticle":
    "bib:Article", "newspaperArticle": "bib:Article", "thesis": "bib:Thesis", "letter": "bib:Letter", "manuscript":
    "bib:Manuscript", "interview": "bib:Interview", "film": "bib:MotionPicture", "artwork": "bib:Illustration",
    "report": "bib:Report", "map": "bib:Image", "audioRecording": "bib:Recording", "webpage": "bib:Document",
    "presentation": "bib:ConferenceProceedings", "radioBroadcast": "bib:Recording", "document": "bib:Document",
}  # fmt: skip
_HOST = {
    "bookSection": "bib:Book", "journalArticle": "bib:Journal", "magazineArticle": "bib:Periodical",
    "newspaperArticle": "bib:Newspaper", "webpage": "z:Website", "blogPost": "z:Blog", "forumPost": "z:Forum",
    "encyclopediaArticle": "bib:Book", "dictionaryEntry": "bib:Book", "conferencePaper": "bib:Journal",
}  # fmt: skip

# CSL variables and their properties, the first that fits: of the item types named, or of all.
_PROPERTIES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("title", "dc:title", frozenset()),
    ("title-short", "z:shortTitle", frozenset()),
    ("genre", "z:genre", frozenset({"film"})),
    ("genre", "dc:type", frozenset()),
    ("medium", "z:audioRecordingFormat", frozenset({"audioRecording", "radioBroadcast"})),
    ("medium", "z:videoRecordingFormat", frozenset({"film"})),
    ("medium", "dcterms:medium", frozenset()),
    ("dimensions", "z:artworkSize", frozenset({"artwork"})),
    ("dimensions", "z:runningTime", frozenset()),
    ("abstract", "dcterms:abstract", frozenset()),
    ("language", "z:language", frozenset()),
    ("license", "dc:rights", frozenset()),
    ("archive", "z:archive", frozenset()),
    ("archive_location", "dc:coverage", frozenset()),
    ("source", "z:libraryCatalog", frozenset()),
    ("page", "bib:pages", frozenset()),
    ("number-of-pages", "z:numPages", frozenset()),
    ("number-of-volumes", "z:numberOfVolumes", frozenset()),
    ("edition", "prism:edition", frozenset()),
    ("scale", "z:scale", frozenset()),
    ("version", "z:versionNumber", frozenset()),
    ("event-title", "z:meetingName", frozenset()),
    ("number", "z:reportNumber", frozenset({"report"})),
    ("number", "prism:number", frozenset()),
)
# Properties of the whole that an item is in, of the item itself where it is in none.
_OF_HOST = (("container-title", "dc:title"), ("container-title-short", "dcterms:alternative"),
            ("volume", "prism:volume"), ("issue", "prism:number"))  # fmt: skip

# The property of the main people of an item type. Zotero reads one such property of its own only: a second stops the
# reading of Extra, so that all other people are lines there.
_MAIN = {
    "artwork": "artists", "map": "cartographers", "interview": "interviewees", "audioRecording": "performers",
    "presentation": "presenters", "film": "directors",
}  # fmt: skip
_PEOPLE = {"collection-editor": "seriesEditors", "container-author": "bookAuthors",
           "reviewed-author": "reviewedAuthors"}  # fmt: skip
_BY_LINE = frozenset({"producer", "script-writer", "performer"})  # whom Zotero looks for in other vocabularies


def write_items(records: Iterable[Record], options: WriteOptions, read_back: ReadBack) -> Iterator[str]:
    """Yield an RDF document, one piece a record: its item, then its notes and files.

    `read_back` is the reader of a document of one item, to find what none of its fields holds.
    """
    yield _HEAD
    for number, record in enumerate(records, 1):
        yield _resources(record, number, options, read_back)
    yield _TAIL


def _resources(record: Record, number: int, options: WriteOptions, read_back: ReadBack) -> str:
    notes = list(record.notes)
    if options.lossless or options.loss:
        alone = _resources(record, 1, options._replace(lossless=False, loss=None), read_back)
        lost = embedded.difference(record, read_back(f"{_HEAD}{alone}{_TAIL}"))
        if options.loss:
            options.loss.record_loss(record, lost, carried=options.lossless)
        if lost and options.lossless:
            notes.append(embedded.to_text(lost))
    item, _ = make_item(record)
    item.pop("note", None)
    lines = turn_to_zotero(record, item)
    sort = zotero_fields.item_type(item["type"])
    lines[:0] = _lines(item, sort, typed=any(line.startswith("type: ") for line in lines))
    parts = [*_item(record, item, sort, lines)]
    memos = []
    for i, note in enumerate(notes, 1):
        about = f"#note_{number}_{i}"
        parts.append(f'<dcterms:isReferencedBy rdf:resource="{about}"/>')
        text = "".join(f"<p>{escape(part)}</p>" for part in note.split("\n"))
        memos.append(f'  <bib:Memo rdf:about="{about}"><rdf:value>{escape(text)}</rdf:value></bib:Memo>\n')
    for i, file in enumerate(attached_files(record, options), 1):
        about = f"#file_{number}_{i}"
        parts.append(f'<link:link rdf:resource="{about}"/>')
        memos.append(_attachment(about, file))
    node = _CLASS.get(zotero_fields.item_type(item["type"]), "rdf:Description")
    body = "".join(f"\n    {part}" for part in parts)
    return f'  <{node} rdf:about="#item_{number}">{body}\n  </{node}>\n{"".join(memos)}'


def _lines(item: Item, sort: str, *, typed: bool) -> list[str]:
    """Take what Zotero's import of RDF finds no field for out of the item, as lines of Extra.

    `typed`: a line makes another type of the item, which does not keep the genre.
    """
    lines = [f"genre: {item.pop('genre')}"] if (typed or sort == "document") and "genre" in item else []
    own = sort in _MAIN and "author" in item
    for variable in [name for name in item if name in NAME_VARIABLES]:
        if variable in _BY_LINE and sort != "audioRecording":
            lines += name_lines(variable, item.pop(variable))
        elif variable not in ("author", "editor", "contributor"):
            if own:
                lines += name_lines(variable, item.pop(variable))
            own = True
    return lines


def _item(record: Record, item: Item, sort: str, lines: list[str]) -> Iterator[str]:
    yield element_text("z:itemType", sort)
    yield element_text("z:citationKey", record.id)
    yield from _host(item, sort)
    yield from _publisher(item)
    yield from _people(item, sort)
    for subject in record.tags + record.subjects:
        yield element_text("dc:subject", subject)
    written = set()
    for variable, name, sorts in _PROPERTIES:
        if variable in item and variable not in written and (not sorts or sort in sorts):
            written.add(variable)
            yield element_text(name, item[variable])
    if "call-number" in item:
        yield f"<dc:subject><dcterms:LCC>{element_text('rdf:value', item['call-number'])}</dcterms:LCC></dc:subject>"
    if "URL" in item:
        value = element_text("rdf:value", item["URL"])
        yield f"<dc:identifier><dcterms:URI>{value}</dcterms:URI></dc:identifier>"
    if date := zotero_date(record.date, record.date_text):
        yield element_text("dc:date", date)
    if record.digital.accessed:
        yield element_text("dcterms:dateSubmitted", record.digital.accessed)
    if lines:
        yield element_text("dc:description", "\n".join(lines))


def _host(item: Item, sort: str) -> Iterator[str]:
    parts = [element_text(name, item[variable]) for variable, name in _OF_HOST if variable in item]
    parts += [element_text("dc:identifier", f"{name} {item[name]}") for name in ("ISSN", "ISBN", "DOI") if name in item]
    series = ""
    if "collection-title" in item:
        number = element_text("dc:identifier", item["collection-number"]) if "collection-number" in item else ""
        title = element_text("dc:title", item["collection-title"])
        series = f"<dcterms:isPartOf><bib:Series>{title}{number}</bib:Series></dcterms:isPartOf>"
    if sort in _HOST:
        host = f"<{_HOST[sort]}>{''.join(parts)}{series}</{_HOST[sort]}>"
        yield f"<dcterms:isPartOf>{host}</dcterms:isPartOf>"
    else:
        yield from parts
        if series:
            yield series
    if "section" in item:
        title = element_text("dc:title", item["section"])
        yield f"<dcterms:isPartOf><bib:Part>{title}</bib:Part></dcterms:isPartOf>"


def _publisher(item: Item) -> Iterator[str]:
    name, place = item.get("publisher"), item.get("publisher-place")
    if name or place:
        locality = f"<vcard:Address>{element_text('vcard:locality', place)}</vcard:Address>" if place else ""
        address = f"<vcard:adr>{locality}</vcard:adr>" if place else ""
        body = f"{address}{element_text('foaf:name', name) if name else ''}"
        yield f"<dc:publisher><foaf:Organization>{body}</foaf:Organization></dc:publisher>"


def _people(item: Item, sort: str) -> Iterator[str]:
    for variable in [name for name in item if name in NAME_VARIABLES]:
        if variable == "author":
            plural = f"z:{_MAIN[sort]}" if sort in _MAIN else "bib:authors"
        elif variable in ("editor", "contributor"):
            plural = f"bib:{variable}s"
        else:
            plural = f"z:{_PEOPLE.get(variable, f'{variable}s')}"
        people = "".join(f"<rdf:li>{_person(name)}</rdf:li>" for name in item[variable])
        yield f"<{plural}><rdf:Seq>{people}</rdf:Seq></{plural}>"


def _person(name: dict[str, str]) -> str:
    given = element_text("foaf:givenName", name["given"]) if "given" in name else ""
    return f"<foaf:Person>{element_text('foaf:surname', name.get('family') or name['literal'])}{given}</foaf:Person>"


def _attachment(about: str, file: Attached) -> str:
    return (
        f'  <z:Attachment rdf:about="{about}"><z:itemType>attachment</z:itemType>'
        f'<rdf:resource rdf:resource="{escape(file.path)}"/>{element_text("dc:title", file.title)}'
        f"{element_text('link:type', file.media_type)}</z:Attachment>\n"
    )
