"""EndNote's fields and a record: one mapping for EndNote XML and for the tagged form (.enw).

`Fields` holds the texts by the element names of EndNote XML. What a field means depends on the reference type: of a
Manuscript the publisher is the library or archive, the secondary title the collection, the volume the container
(EndNote's own labels). All archival kinds are written so.
"""

from __future__ import annotations

import re

from citetool.edtf import parse_edtf
from citetool.edtf.written import normalise_date
from citetool.formats.csl.from_csl import fill_language, read_roles
from citetool.formats.shared.archive_text import parse_holding
from citetool.formats.shared.headings import key_of, kind_of_genre
from citetool.formats.shared.languages import language_name
from citetool.names import Name, is_body, parse_direct_name, parse_name
from citetool.problems import CitetoolError
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Creator, Digital, Draft, Record
from citetool.record.roles import csl_variable

Fields = dict[str, list[str]]

# EndNote's reference types, as kinds.
KINDS_OF_TYPES: dict[str, str] = {
    "Manuscript": "manuscript",
    "Personal Communication": "letter",
    "Unpublished Work": "manuscript",
    "Book": "book",
    "Edited Book": "book",
    "Electronic Book": "book",
    "Book Section": "chapter",
    "Electronic Book Section": "chapter",
    "Journal Article": "journal article",
    "Electronic Article": "journal article",
    "Magazine Article": "magazine article",
    "Newspaper Article": "newspaper article",
    "Thesis": "thesis",
    "Conference Paper": "conference paper",
    "Conference Proceedings": "conference paper",
    "Report": "published report",
    "Government Document": "published report",
    "Web Page": "webpage",
    "Blog": "blog post",
    "Discussion Forum": "post",
    "Map": "map",
    "Artwork": "graphic",
    "Figure": "figure",
    "Audiovisual Material": "video",
    "Film or Broadcast": "film",
    "Music": "score",
    "Podcast": "sound recording",
    "Interview": "interview",
    "Hearing": "hearing",
    "Case": "legal case",
    "Statute": "legislation",
    "Bill": "bill",
    "Legal Rule or Regulation": "regulation",
    "Patent": "patent",
    "Standard": "standard",
    "Dataset": "dataset",
    "Computer Program": "software",
    "Dictionary": "dictionary entry",
    "Encyclopedia": "encyclopedia entry",
    "Pamphlet": "pamphlet",
    "Ancient Text": "classic",
    "Serial": "newspaper",
    "Generic": "document",
}
# CSL type: the reference type to write, and its number in EndNote XML.
TYPES: dict[str, tuple[str, int]] = {
    "personal_communication": ("Personal Communication", 26),
    "book": ("Book", 6),
    "classic": ("Ancient Text", 51),
    "chapter": ("Book Section", 5),
    "article-journal": ("Journal Article", 17),
    "article-magazine": ("Magazine Article", 19),
    "article-newspaper": ("Newspaper Article", 23),
    "article": ("Unpublished Work", 34),
    "thesis": ("Thesis", 32),
    "paper-conference": ("Conference Paper", 47),
    "webpage": ("Web Page", 12),
    "post-weblog": ("Blog", 56),
    "map": ("Map", 20),
    "graphic": ("Artwork", 2),
    "figure": ("Figure", 37),
    "motion_picture": ("Film or Broadcast", 21),
    "broadcast": ("Film or Broadcast", 21),
    "musical_score": ("Music", 61),
    "hearing": ("Hearing", 18),
    "legal_case": ("Case", 7),
    "legislation": ("Statute", 31),
    "bill": ("Bill", 4),
    "regulation": ("Legal Rule or Regulation", 50),
    "patent": ("Patent", 25),
    "standard": ("Standard", 58),
    "dataset": ("Dataset", 59),
    "software": ("Computer Program", 9),
    "entry-dictionary": ("Dictionary", 52),
    "entry-encyclopedia": ("Encyclopedia", 53),
    "pamphlet": ("Pamphlet", 24),
}
_MANUSCRIPT = ("Manuscript", 36)


def type_of(record: Record) -> tuple[str, int]:
    """Return the reference type of a record, name and number: an archival text is a Manuscript, whatever it is."""
    kind = kind_of(record.kind)
    if kind.csl == "report" and not kind.archival:
        return ("Report", 27)
    return TYPES.get(csl_type(record.kind, record.type), _MANUSCRIPT if kind.archival else ("Generic", 13))


# ---- fields to record


def record_of(sort: str, fields: Fields) -> Record:
    """Return the record of a reference of this type."""
    work = _one(fields, "work-type")
    kind = KINDS_OF_TYPES.get(sort) or kind_of_genre(sort) or "document"
    archival = kind_of(kind).archival
    if archival and work:
        kind = kind_of_genre(work) or work
    date, text = _date(_one(fields, "year"), _one(fields, "date"))
    record = Draft(
        id=key_of(_one(fields, "label")),
        kind=kind,
        title=_one(fields, "title"),
        short_title=_one(fields, "short-title"),
        translated_title=_one(fields, "translated-title"),
        creators=_creators(sort, fields),
        date=date,
        date_text=text,
        digital=_digital(fields),
        summary=_one(fields, "abstract"),
        tags=tuple(dict.fromkeys(fields.get("keyword", []))),
        identifiers=_identifiers(fields),
    )
    if language := _one(fields, "language"):
        fill_language(record, language)
    for note in (n for name in ("notes", "research-notes") for n in fields.get(name, [])):
        people, rest = read_roles(note)
        record.creators += people
        record.notes += (rest,) if rest else ()
    if archival:
        record.archive = parse_holding(
            _one(fields, "volume") or _one(fields, "call-num"),
            _one(fields, "secondary-title"),
            _one(fields, "publisher"),
            _one(fields, "pub-location"),
        )
        record.medium = _one(fields, "edition")
        record.extent = _one(fields, "pages")
    else:
        record.publication |= _publication(sort, fields, work)
    return record


def _one(fields: Fields, name: str) -> str:
    return next((text for text in fields.get(name, ()) if text), "")


def _person(text: str) -> Name:
    if text.endswith(","):
        return Name(literal=text[:-1].strip())
    if "," in text:
        return parse_name(text)
    body = is_body(text) or re.search(r"(?i)\b(?:of|the)\b", text) or len(text.split()) > 4
    return Name(literal=text) if body else parse_direct_name(text)


_SECOND = {"Personal Communication": "recipient", "Thesis": "contributor", "Film or Broadcast": "contributor"}
_SECOND |= {"Interview": "interviewer"}


def _creators(sort: str, fields: Fields) -> tuple[Creator, ...]:
    main = {"Edited Book": "editor", "Map": "cartographer", "Artwork": "artist"}.get(sort, "author")
    roles = {
        "authors": main,
        "secondary-authors": _SECOND.get(sort, "editor"),
        "tertiary-authors": "collection-editor",
        "subsidiary-authors": "translator",
        "translated-authors": "translator",
    }
    return tuple(Creator(_person(text), role) for name, role in roles.items() for text in fields.get(name, ()) if text)


def _date(year: str, day: str) -> tuple[str, str]:
    """Return `(EDTF, words)` of the two date fields: the second may say the year again, or month and day only."""
    said = day if not year or year[:4] in day else f"{day} {year}"
    for text in (day if year[:4] in day else f"{day}, {year}", said, year):
        date = _edtf(text.strip(" ,"))
        if date:
            return date, "" if text != year or not day else said.strip()
    return "", said.strip() or year


def _edtf(text: str) -> str:
    try:
        parse_edtf(text)
    except CitetoolError:
        return (normalise_date(text) or "") if text else ""
    return text


def _digital(fields: Fields) -> Digital:
    name = _one(fields, "remote-database-provider") or _one(fields, "remote-database-name")
    return Digital(name=name, url=_one(fields, "url"), accessed=_edtf(_one(fields, "access-date")))


def _identifiers(fields: Fields) -> dict[str, str]:
    found: dict[str, str] = {}
    number = _one(fields, "isbn")
    if number:
        found["issn" if re.match(r"\d{4}-\d{3}[\dXx]", number) else "isbn"] = number
    doi = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", _one(fields, "electronic-resource-num"))
    pairs = {"doi": doi, "accession": _one(fields, "accession-num"), "call_number": _one(fields, "call-num")}
    return {**found, **{system: text for system, text in pairs.items() if text}}


def _publication(sort: str, fields: Fields, work: str) -> dict[str, str]:
    journal = _one(fields, "full-title") or _one(fields, "secondary-title")
    serial = sort in ("Book", "Edited Book", "Report", "Map", "Pamphlet")
    thesis = sort == "Thesis"
    pairs = {
        "container-title": "" if serial or thesis else journal,
        "collection-title": _one(fields, "secondary-title") if serial else _one(fields, "tertiary-title"),
        "container-title-short": _one(fields, "alt-title"),
        "publisher": _one(fields, "publisher") or (_one(fields, "secondary-title") if thesis else ""),
        "publisher-place": _one(fields, "pub-location"),
        "volume": _one(fields, "volume"),
        "issue": _one(fields, "number"),
        "number-of-volumes": _one(fields, "num-vols"),
        "edition": _one(fields, "edition"),
        "section": _one(fields, "section"),
        "page": _one(fields, "pages"),
        "genre": work,
    }
    return {name: text for name, text in pairs.items() if text}


# ---- record to fields


def fields_of(record: Record) -> Fields:
    """Return the fields of a record, for the type that `type_of` gives."""
    archival = kind_of(record.kind).archival
    if type_of(record)[0] == "Thesis" and record.publication.get("publisher"):
        archival = False  # its university gave it out, whoever keeps a copy
    year, day = _written_date(record)
    fields: Fields = {
        "title": [record.any_title],
        "short-title": [record.short_title],
        "translated-title": [record.translated_title if record.title else ""],
        "year": [year],
        "date": [day],
        "language": [", ".join(language_name(tag) or tag for tag in record.language)],
        "abstract": [record.summary],
        "keyword": [*record.tags, *record.subjects],
        "notes": [*record.notes],
        "label": [record.id],
        "url": [record.digital.url],
        "access-date": [record.digital.accessed],
        "remote-database-provider": [record.digital.name],
        "work-type": [record.kind if kind_of(record.kind).genre else record.publication.get("genre", "")],
        "electronic-resource-num": [record.identifiers.get("doi", "")],
        "isbn": [record.identifiers.get("isbn") or record.identifiers.get("issn", "")],
        "accession-num": [record.identifiers.get("accession", "")],
        "call-num": [record.identifiers.get("call_number", "")],
    }
    fields |= _archive_fields(record) if archival else _publication_fields(record)
    for creator in record.creators:
        if slot := _slot(creator.role, type_of(record)[0]):
            fields.setdefault(slot, []).append(_name_text(creator.name))
        else:
            fields["notes"].append(f"{creator.role.capitalize()}: {creator.name}")
    return {name: [text for text in texts if text] for name, texts in fields.items() if any(texts)}


def _archive_fields(record: Record) -> Fields:
    archive = record.archive
    return {
        "volume": [levels.reference(archive)],
        "secondary-title": [levels.collection(archive)],
        "publisher": [levels.repository(archive)],
        "pub-location": [levels.place(archive)],
        "edition": [record.medium],
        "pages": [record.extent],
    }


def _publication_fields(record: Record) -> Fields:
    own = record.publication
    names = {
        "publisher": "publisher",
        "pub-location": "publisher-place",
        "volume": "volume",
        "number": "issue",
        "num-vols": "number-of-volumes",
        "edition": "edition",
        "section": "section",
        "pages": "page",
        "alt-title": "container-title-short",
    }
    fields = {name: [own.get(variable, "")] for name, variable in names.items()}
    serial = csl_type(record.kind, record.type) in ("book", "report", "map", "pamphlet")
    fields["secondary-title"] = [own.get("collection-title" if serial else "container-title", "")]
    fields["tertiary-title"] = ["" if serial else own.get("collection-title", "")]
    return fields


def _slot(role: str, sort: str) -> str:
    second = _SECOND.get(sort, "editor")
    if role == second:
        return "secondary-authors"
    other = {"collection-editor": "tertiary-authors", "translator": "subsidiary-authors"}.get(role, "")
    return "authors" if not other and csl_variable(role) in _MAKERS else other


_MAKERS = frozenset({"author", "director", "performer", "composer"})  # the others would be printed as authors


def _name_text(name: Name) -> str:
    return f"{name.literal}," if name.literal else str(name)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _written_date(record: Record) -> tuple[str, str]:
    """Return year, and the date in words where it is a plain day or month; other EDTF as it stands."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", record.date)
    if not match:
        return record.date or record.date_text, ""
    year, month, day = match.groups()
    if not month or not 1 <= int(month) <= 12:
        return record.date, ""
    return year, f"{_MONTHS[int(month) - 1]} {int(day)}, {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"
