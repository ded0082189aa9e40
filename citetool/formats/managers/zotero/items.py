"""A record as an item of Zotero in JSON: the fields of Zotero's schema, named after their use in each item type.

The item is made of the one that Zotero would import as CSL-JSON (`formats/csl`), so both ways print the same. A
variable that the item type has no field for becomes a line of Extra, where Zotero takes it for the variable.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citetool.formats.csl.export import to_item
from citetool.formats.csl.variables import DATES, NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.formats.base import WriteOptions
    from citetool.record.model import Record

TRANSLATOR = "36a3b0b5-bad0-4a04-b79b-441c7cef77db"
"""The id of the translator whose export this format is: BetterBibTeX JSON."""

# Item types of Zotero by CSL type, as its import of CSL-JSON chooses them.
_TYPES = {
    "article": "preprint", "article-journal": "journalArticle", "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle", "bill": "bill", "book": "book", "broadcast": "tvBroadcast",
    "chapter": "bookSection", "dataset": "dataset", "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle", "graphic": "artwork", "hearing": "hearing",
    "interview": "interview", "legal_case": "case", "legislation": "statute", "manuscript": "manuscript",
    "map": "map", "motion_picture": "film", "pamphlet": "manuscript", "paper-conference": "conferencePaper",
    "patent": "patent", "personal_communication": "letter", "post": "forumPost", "post-weblog": "blogPost",
    "report": "report", "song": "audioRecording", "speech": "presentation", "standard": "standard",
    "thesis": "thesis", "webpage": "webpage", "software": "computerProgram",
}  # fmt: skip
_OF_ALL = {
    "title": "title", "title-short": "shortTitle", "abstract": "abstractNote", "URL": "url", "language": "language",
    "license": "rights",
}  # fmt: skip
# Archive, Loc. in Archive, Library Catalog and Call Number stand in all items but these.
_ARCHIVE = {
    "archive": "archive", "archive_location": "archiveLocation", "source": "libraryCatalog",
    "call-number": "callNumber",
}  # fmt: skip
_NO_ARCHIVE = frozenset(
    {"bill", "blogPost", "case", "dataset", "forumPost", "hearing", "patent", "presentation", "statute", "webpage"}
)
_PUBLISHED = {"publisher": "publisher", "publisher-place": "place"}
_PRINTED = {**_PUBLISHED, "ISBN": "ISBN", "edition": "edition", "volume": "volume", "number-of-volumes":
            "numberOfVolumes", "collection-title": "series",
            "collection-number": "seriesNumber", "DOI": "DOI"}  # fmt: skip
_ARTICLE = {"container-title": "publicationTitle", "page": "pages", "ISSN": "ISSN", "volume": "volume",
            "issue": "issue", "DOI": "DOI"}  # fmt: skip
_FILM = {"genre": "genre", "publisher": "distributor", "medium": "videoRecordingFormat", "dimensions": "runningTime"}
# Further fields of each item type.
_FIELDS: dict[str, dict[str, str]] = {
    "artwork": {"medium": "artworkMedium", "dimensions": "artworkSize"},
    "audioRecording": {**_PUBLISHED, "publisher": "label", "medium": "audioRecordingFormat", "dimensions":
                       "runningTime", "volume": "volume", "collection-title": "seriesTitle", "ISBN": "ISBN"},
    "bill": {"number": "billNumber", "container-title": "code", "authority": "legislativeBody"},
    "blogPost": {"container-title": "blogTitle", "genre": "websiteType"},
    "book": {**_PRINTED, "number-of-pages": "numPages"},
    "bookSection": {**_PRINTED, "container-title": "bookTitle", "page": "pages"},
    "case": {"container-title": "reporter", "authority": "court", "number": "docketNumber", "page": "firstPage"},
    "computerProgram": {**_PUBLISHED, "publisher": "company", "version": "versionNumber"},
    "conferencePaper": {**_PRINTED, "container-title": "proceedingsTitle", "event-title": "conferenceName",
                        "page": "pages"},
    "dataset": {"publisher": "repository", "publisher-place": "repositoryLocation", "number": "identifier",
                "version": "versionNumber", "DOI": "DOI", "genre": "type", "medium": "format"},
    "dictionaryEntry": {**_PRINTED, "container-title": "dictionaryTitle", "page": "pages"},
    "encyclopediaArticle": {**_PRINTED, "container-title": "encyclopediaTitle", "page": "pages"},
    "film": _FILM,
    "forumPost": {"container-title": "forumTitle", "genre": "postType"},
    "hearing": {**_PUBLISHED, "section": "committee", "number": "documentNumber", "page": "pages"},
    "interview": {"medium": "interviewMedium"},
    "journalArticle": {**_ARTICLE, "container-title-short": "journalAbbreviation", "collection-title": "series"},
    "letter": {"genre": "letterType"},
    "magazineArticle": _ARTICLE,
    "manuscript": {"genre": "manuscriptType", "publisher-place": "place", "number-of-pages": "numPages"},
    "map": {**_PRINTED, "genre": "mapType", "scale": "scale", "collection-title": "seriesTitle"},
    "newspaperArticle": {"container-title": "publicationTitle", "publisher-place": "place", "edition": "edition",
                         "section": "section", "page": "pages", "ISSN": "ISSN"},
    "patent": {"number": "patentNumber", "authority": "issuingAuthority", "publisher-place": "place"},
    "preprint": {"publisher": "repository", "number": "archiveID", "genre": "genre", "DOI": "DOI"},
    "presentation": {"genre": "presentationType", "publisher-place": "place", "event-title": "meetingName"},
    "report": {**_PUBLISHED, "publisher": "institution", "number": "reportNumber", "genre": "reportType",
               "collection-title": "seriesTitle", "page": "pages"},
    "standard": {**_PUBLISHED, "number": "number", "authority": "organization", "DOI": "DOI"},
    "statute": {"container-title": "code", "number": "publicLawNumber", "section": "section", "page": "pages"},
    "thesis": {"publisher": "university", "publisher-place": "place", "genre": "thesisType",
               "number-of-pages": "numPages"},
    "tvBroadcast": {"container-title": "programTitle", "publisher": "network", "publisher-place": "place",
                    "medium": "videoRecordingFormat", "dimensions": "runningTime", "number": "episodeNumber"},
    "webpage": {"container-title": "websiteTitle", "genre": "websiteType"},
}  # fmt: skip
_MAKERS = {
    "artwork": "artist", "audioRecording": "performer", "bill": "sponsor", "computerProgram": "programmer",
    "film": "director", "interview": "interviewee", "map": "cartographer", "patent": "inventor",
    "presentation": "presenter", "tvBroadcast": "director",
}  # fmt: skip
_ROLES = {
    "collection-editor": "seriesEditor", "container-author": "bookAuthor", "reviewed-author": "reviewedAuthor",
    "script-writer": "scriptwriter",
}  # fmt: skip
_HELD = frozenset({"id", "type", "note", "keyword", "issued", "accessed", "custom", "citation-key"})


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield BetterBibTeX JSON: `{"config", "items"}`, one item a line."""
    del options
    yield f'{{"config": {{"id": "{TRANSLATOR}", "label": "BetterBibTeX JSON"}},\n"items": [\n'
    between = ""
    for number, record in enumerate(records, 1):
        item = {"itemID": number, "citationKey": record.id, **to_zotero(record)}
        item["tags"] = [{"tag": tag} for tag in tags(record)]
        yield between + json.dumps(item, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def to_zotero(record: Record) -> dict[str, Any]:
    """Return the item of a record: itemType, creators and the fields of the type, `extra` last.

    Keys, tags, collections and dates of change are for the caller to add.
    """
    csl = to_item(record, "zotero", carry=False)
    name = _TYPES.get(csl["type"], "document")
    known = {**_OF_ALL, **_FIELDS.get(name, {}), **({} if name in _NO_ARCHIVE else _ARCHIVE)}
    item: dict[str, Any] = {"itemType": name, "title": "", "creators": []}
    note = str(csl.get("note", ""))
    lines: list[str] = []
    for variable, value in csl.items():
        if variable in NAME_VARIABLES:
            part = _MAKERS.get(name, "author") if variable == "author" else _ROLES.get(variable, variable)
            item["creators"] += [{"creatorType": part, **_name(person)} for person in value]
        elif variable in known:
            item[known[variable]] = str(value)
        elif variable not in _HELD and variable not in DATES and f"{variable}: " not in note:
            lines.append(f"{variable}: {value}")
    if record.date or record.date_text:
        item["date"] = record.date or record.date_text
    if record.digital.accessed and "url" in item:
        item["accessDate"] = record.digital.accessed
    extra = "\n".join([*lines, *([note] if note else [])])
    return {**item, **({"extra": extra} if extra else {})}


def tags(record: Record) -> list[str]:
    """Return the tags of the item: those of the record and its subjects, each once."""
    return list(dict.fromkeys([*record.tags, *record.subjects]))


def _name(person: dict[str, str]) -> dict[str, str]:
    """Return a CSL name as Zotero's two fields, or as one."""
    if "literal" in person or not person.get("given"):
        return {"name": person.get("literal") or person.get("family", "")}
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
    given = " ".join(filter(None, (person["given"], person.get("dropping-particle"))))
    if person.get("suffix"):
        given += f", {person['suffix']}"
    return {"firstName": given, "lastName": family}
