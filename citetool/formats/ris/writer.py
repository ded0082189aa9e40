"""Records as entries of RIS, by program (`ris.py` tells how); the way is over CSL-JSON (`csl/export.py`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.csl.export import harmless
from citetool.formats.csl.json import Item, to_item
from citetool.formats.csl.variables import NAME_VARIABLES, PLACED
from citetool.formats.csl.zotero import SEASON, archive_lines, name_lines, turn_to_zotero, zotero_date
from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import provenance
from citetool.formats.shared.attached import attached_files
from citetool.formats.shared.languages import language_name
from citetool.lazy_re import lazy
from citetool.record.kinds import csl_type
from citetool.record.roles import csl_variable

from .reader import USED, decode_fields
from .types import BOOKS, PERIODICALS, TYPE_OF, UNPUBLISHED, WHOLES, WITH_MEDIUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.formats.base import WriteOptions
    from citetool.record.model import Record

    from .entries import Tags


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield RIS for `options.program`, one entry a piece."""
    for record in records:
        yield _entry(record, options)


def _entry(record: Record, options: WriteOptions) -> str:
    program = options.program or "zotero"
    lines = _lines_of([*_tags(record, program), ("ID", record.id)])
    notes = _lines_of([("N1", harmless(note)) for note in record.notes])
    shown = "" if program == "zotero" else harmless(_reference(record, program))  # there each level has its field
    ours: Tags = []
    if options.lossless or options.loss:
        read_back = decode_fields([(tag, value) for tag, value in [*lines, *notes] if value], [])
        lost = embedded.difference(record, read_back)
        if options.loss:
            options.loss.record_loss(record, lost, carried=options.lossless)
        if lost and options.lossless:
            ours = [("N1", embedded.to_text(lost))]
    if options.lossless and not ours and (shown or any(note.startswith(embedded.MARK) for note in record.notes)):
        ours = [("N1", embedded.to_text({}))]
    if shown:
        ours.insert(0, ("N1", shown.replace(embedded.MARK, "citetool (")))
    ours += [("L1", file.path) for file in attached_files(record, options)]
    last = [lines.pop(), ("ER", "")]
    return "".join([f"{tag}  - {value}\n" for tag, value in [*lines, *_lines_of(ours), *notes, *last]]) + "\n"


_BREAKS = lazy(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def _lines_of(tags: Tags) -> Tags:
    """Return the tags with values that stand on one line, as our reader sees them."""
    return [(tag, value.strip() if value.isprintable() else _BREAKS.sub(" ", value).strip()) for tag, value in tags]


def _tags(record: Record, program: str) -> Tags:
    item = to_item(record, carry=False)
    endnote = program in ("endnote", "mendeley")
    # RIS has no interviews, of which Zotero makes manuscripts, and no broadcasts, of which it makes recordings
    lines: list[str] = []
    if program == "zotero":
        lines = turn_to_zotero(record, item, "manuscript" if item["type"] == "interview" else "")
        if item["type"] == "broadcast":
            lines.insert(0, "type: broadcast")
    elif not endnote and "archive_collection" in item:
        location = (item.get("archive_location"), item["archive_collection"])
        item["archive_location"] = ", ".join(filter(None, location))
    kind = TYPE_OF.get(item["type"], "GEN")
    names = _name_tags(kind, program)
    if kind == "SOUND" and "performer" in names and "performer" not in item:
        names["author"] = "A2"  # AU makes composers, after whom styles print "performed by" and nobody
    tags: Tags = [("TY", kind)]
    _put(item, tags, ("TI", "title"), ("ST", "title-short"))
    _write_names(record, item, program, names, tags)
    _write_dates(record, program, tags)
    genre = item.get("genre", "")
    if program == "zotero":  # of some types it is a line already, and M3 Zotero's Medium
        genre = genre or (item.get("medium", "") if kind in WITH_MEDIUM else "")
    elif not genre and kind == "MANSCPT" and item["type"] in _NAMED_BY_TYPE:
        genre = record.kind
    # the item becomes another, without what is in M3, or has a format there
    typed = any(line.startswith("type: ") for line in lines) or (program == "zotero" and kind == "MPCT")
    if genre and typed:
        lines.insert(0, f"genre: {genre}")
    elif genre:
        tags.append(("M3", genre))
    if endnote and kind in UNPUBLISHED and record.archive:
        _put(item, tags, ("PB", "archive"), ("T2", "archive_collection"), ("VL", "archive_location"))
        _put(item, tags, ("CY", "archive-place"), ("DB", "source"))
        if program == "endnote":
            _put(item, tags, ("AN", "call-number"))
    else:
        _put(
            item, tags, ("DB", "archive" if "archive" in item or not endnote else "source"), ("AV", "archive_location")
        )
        _write_publication(item, kind, tags)
    _put(item, tags, ("DP", "source"), ("CN", "call-number"))
    if program == "zotero":
        lines[:0] = _other_lines(item, names)
        if "dimensions" in item:
            lines.insert(0, f"dimensions: {item['dimensions']}")
        tags += [("M2", line) for line in lines]
    elif not endnote:
        tags += [("M2", line) for line in archive_lines(item)]
    if record.language:
        tags.append(("LA", _language(record.language[0])))
    _put(item, tags, ("AB", "abstract"), ("UR", "URL"))
    tags += [("KW", word) for word in record.tags + record.subjects]
    return tags + _kept_tags(record)


def _put(item: Item, tags: Tags, *pairs: tuple[str, str]) -> None:
    tags += [(tag, item[variable]) for tag, variable in pairs if variable in item]


def _language(tag: str) -> str:
    return tag if "-" in tag else language_name(tag) or tag


# CSL types of which no style prints a genre and RIS makes manuscripts: there the kind has to be said.
_NAMED_BY_TYPE = frozenset({"interview", "collection", "treaty", "speech"})


def _name_tags(kind: str, program: str) -> dict[str, str]:
    """Return the tag of each name variable that has one in this type."""
    second = program in ("endnote", "mendeley") and kind not in BOOKS
    # JabRef takes A4 for an editor
    tags = {"author": "AU", "editor": "A2" if second else "ED", "translator": "TA" if program == "jabref" else "A4"}
    if kind not in BOOKS:
        tags["collection-editor"] = "A3"
    if kind == "PCOMM" and program not in ("mendeley", "jabref"):
        tags["recipient"] = "A2"
    if kind == "MPCT":
        tags["director"] = "AU"
    if kind == "SOUND" and program == "zotero":
        tags["performer"] = "A2"
    return tags


def _write_names(record: Record, item: Item, program: str, names: dict[str, str], tags: Tags) -> None:
    """Write the names that have a tag; for Zotero only those of whom it has a part, the others stand in lines."""
    end = "," if program == "endnote" else ""  # else EndNote takes the name of a body apart at its spaces
    for creator in record.creators:
        variable = csl_variable(creator.role)
        if variable in names and (program != "zotero" or variable in item):
            tags.append((names[variable], f"{creator.name}{end if creator.name.literal else ''}"))


def _other_lines(item: Item, names: dict[str, str]) -> list[str]:
    """Return lines for those who have no tag."""
    others = [name for name in item if name in NAME_VARIABLES and name not in names]
    return [line for name in others for line in name_lines(name, item[name])]


_DAY = lazy(r"\d{4}(-\d\d){0,2}$")
_YEAR = lazy(r"\d{4}(?![\dSEX])")


def _write_dates(record: Record, program: str, tags: Tags) -> None:
    date = record.date
    if program == "zotero" and (
        not _DAY.match(date) or SEASON.match(date)
    ):  # it turns a DA without a year into the year 0
        written = zotero_date(date, record.date_text)
        if date and re.search(r"\d{4}", written):
            tags.append(("PY", written))
        elif written:
            tags.append(("M2", f"issued: {written}"))
        _write_access(record, tags)
        return
    if date and (year := _YEAR.match(date)):
        # their field for the year takes any text, and styles print it
        doubt = program in ("endnote", "mendeley") and re.fullmatch(r"\d{4}[?~%]", date)
        tags.append(("PY", f"{year.group()}?" if doubt else year.group()))
    if _DAY.match(date):
        if len(date) > 4:
            day = date.replace("-", "/")
            tags += [(tag, day) for tag in ("DA", "Y1") if tag == "Y1" or program != "mendeley"]
    elif date or record.date_text:
        tags.append(("Y1" if program == "mendeley" else "DA", date or record.date_text))
    _write_access(record, tags)


def _write_access(record: Record, tags: Tags) -> None:
    accessed = record.digital.accessed
    if accessed:
        tags.append(("Y2", accessed.replace("-", "/") if _DAY.match(accessed) else accessed))


# Tags of one variable each, in the order in which they are written, and for which types they are not.
_WRITTEN: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("T2", "container-title", BOOKS | UNPUBLISHED),
    ("J2", "container-title-short", frozenset()),
    ("T3", "collection-title", frozenset()),
    ("SV", "collection-number", frozenset()),
    ("ET", "edition", frozenset()),
    ("VL", "volume", frozenset()),
    ("IS", "issue", frozenset()),
    ("NV", "number-of-volumes", frozenset()),
    ("SE", "section", frozenset()),
    ("M1", "number", PERIODICALS),
    ("PB", "publisher", frozenset()),
    ("SN", "ISBN", PERIODICALS),
    ("SN", "ISSN", frozenset()),
    ("DO", "DOI", frozenset()),
)


def _write_publication(item: Item, kind: str, tags: Tags) -> None:
    for tag, variable, others in _WRITTEN:
        if variable in item and kind not in others:
            tags.append((tag, item[variable]))
    place = item.get("event-place") or item.get("publisher-place")
    if place:
        tags.append(("CY", place))
    pages = item.get("page") or (item.get("number-of-pages") if kind in WHOLES else None)
    if pages:
        first, dash, last = pages.partition("-")
        both = dash and first and last and "-" not in last
        tags += [("SP", first), ("EP", last)] if both else [("SP", pages)]


def _kept_tags(record: Record) -> Tags:
    """Return the tags of other programs that the record was read with."""
    kept = record.extra.get("ris")
    if not isinstance(kept, dict):
        return []
    tags: Tags = []
    for tag, values in kept.items():
        if _OTHER_TAG.match(tag) and tag not in USED:
            tags += [
                (tag, text) for text in (values if isinstance(values, list) else [values]) if isinstance(text, str)
            ]
    return tags


_OTHER_TAG = lazy(r"[A-Z][A-Z0-9]$")


def _reference(record: Record, program: str) -> str:
    """Return the whole archival reference in one text, for people, with what has no tag in that form.

    Empty for what is not in an archive.
    """
    kept, read = provenance(record)
    if not kept:
        return ""
    where = ", ".join(part for part in (read, record.digital.url) if part)
    *before, last = [text for text in (kept, where, *_untagged(record, program)) if text]
    return " ".join([*(text if text.endswith(".") or "://" in text else f"{text}." for text in before), last])


def _untagged(record: Record, program: str) -> list[str]:
    """Return the facts of an archival record that have no tag in EndNote's form, each with its name before it."""
    if program not in ("endnote", "mendeley"):
        return []
    kind = TYPE_OF.get(csl_type(record.kind, record.type), "GEN")
    names = _name_tags(kind, program)
    others = [creator for creator in record.creators if csl_variable(creator.role) not in names]
    texts = [f"{creator.role.capitalize()}: {creator.name}" for creator in others]
    placed = csl_type(record.kind, record.type) in PLACED and kind not in UNPUBLISHED  # there CY is that of the archive
    pairs = (("Place", "" if placed else record.place), ("Extent", record.extent),
             ("Medium", record.medium), ("Rights", record.rights))  # fmt: skip
    return texts + [f"{name}: {text}" for name, text in pairs if text]
