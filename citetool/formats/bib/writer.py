"""A record as an entry of a `.bib` file, for BibTeX and for BibLaTeX and its dialects.

What is archival is `@unpublished`: `@letter` has no driver in standard BibLaTeX and `@manuscript` is an error in
biblatex-chicago. The reference stands in `note`, where every style prints it, its repository and place once more in
fields of their own. What no field holds is carried at the end of `annote`, after the record's own notes.

Dialects of BibLaTeX: `chicago` (biblatex-chicago's `@misc` with `entrysubtype`, and note, organization, institution,
location from small to large), `mla` (biblatex-mla's `number` and `library`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat
from bibtexparser.writer import write as write_blocks

from citetool.edtf import parse_edtf
from citetool.formats.csl.json import Item, to_item
from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import provenance
from citetool.formats.shared.attached import attached_files
from citetool.formats.shared.languages import language_name
from citetool.formats.shared.untitled import description
from citetool.latex import encode
from citetool.lazy_re import lazy
from citetool.problems import InputError
from citetool.record import levels
from citetool.record.kinds import kind_of
from citetool.record.roles import csl_variable

from .entries import MONTHS, closing
from .fields import (
    ALLOWED,
    BABEL,
    BIBLATEX_OF,
    BIBTEX_OF,
    BOOKS,
    CONDITIONAL,
    CUSTOM_NAMES,
    FIELDS,
    GENRES,
    PRINTED,
    VERBATIM,
)
from .for_zotero import turn_to_zotero
from .names import write_name
from .reader import decode_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.formats.base import WriteOptions
    from citetool.record.model import Record

Fields = dict[str, str]
_FORMAT = BibtexFormat()  # type: ignore[no-untyped-call]
_FORMAT.indent = "  "
_NAMES = {"author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor",
          "original-author": "origauthor"}  # fmt: skip
_FIELD_OF = {variable: name for name, variable in reversed(FIELDS.items())}
_BAD_KEY = lazy(r"[^\w.:/+-]")


def entry_text(record: Record, options: WriteOptions, *, biblatex: bool) -> str:
    """Return the entry of a record, ending in an empty line."""
    kind, fields = _fields(record, options.dialect, biblatex=biblatex)
    if options.program == "zotero":
        kind = turn_to_zotero(record, kind, fields)
        fields = {name: value for name, value in fields.items() if value}
    key = _BAD_KEY.sub("_", record.id) or "record"
    if options.lossless or options.loss:
        lost = embedded.difference(record, decode_fields(kind, key, fields, [], ours=True))
        if options.loss:
            options.loss.record_loss(record, lost, carried=options.lossless)
        if options.lossless and (lost or _needs_mark(record)):
            text = " ".join(part for part in (fields.get("addendum"), encode(embedded.to_text(lost))) if part)
            fields["annote"] = "\n\n".join([*([fields["annote"]] if "annote" in fields else []), text])
    files = [":".join(map(_escaped, file)) for file in _ordered(record, options)]
    if files:
        fields["file"] = ";".join(files)
    # at the beginning of a line some readers take an @ for that of the next entry
    safe = {name: re.sub(r"\n(\s*)@", r"\n\1{}@", value) for name, value in fields.items()}
    blocks = [Field(name, value if name == "month" else f"{{{value}}}") for name, value in safe.items()]
    return write_blocks(Library([Entry(kind, key, blocks)]), _FORMAT) + "\n"


def _ordered(record: Record, options: WriteOptions) -> Iterator[tuple[str, str, str]]:
    for file in attached_files(record, options):
        yield file.title, file.path, file.media_type


def _escaped(text: str) -> str:
    """Return a part of `file`, in which JabRef and Zotero read `title:path:type;...`."""
    return re.sub(r"([\\:;])", r"\\\1", _raw(text) if "{" in text or "}" in text else text)


def _needs_mark(record: Record) -> bool:
    """Return whether a reader has to know that the entry is ours: its note is not the record's, or looks like ours."""
    return bool(record.archive or record.digital.name) or any(embedded.MARK in note for note in record.notes)


def _fields(record: Record, dialect: str | None, *, biblatex: bool) -> tuple[str, Fields]:
    item = to_item(record, carry=False)
    archival = kind_of(record.kind).archival and (bool(record.archive) or item["type"] not in ("report", "pamphlet"))
    if item["type"] == "thesis" and "publisher" in item:  # its university gave it out, whoever keeps a copy
        archival = False
    types = BIBLATEX_OF if biblatex else BIBTEX_OF
    kind = "unpublished" if archival else types.get(item["type"], "misc")
    fields: Fields = {}
    _write_names(record, fields)
    if "title" in item:
        fields["title"] = f"{{{_title(item['title'], biblatex=biblatex)}}}"
    elif title := description(record.creators, record.kind):  # the data model wants one of every entry
        fields["title"] = f"{{{encode(title)}}}"
    for name in ("shorttitle", "origtitle"):
        if FIELDS[name] in item:
            fields[name] = _title(item[FIELDS[name]], biblatex=biblatex)
    kind = _write_kind(record, kind, item, fields, biblatex=biblatex)
    _write_dates(record, fields, biblatex=biblatex)
    if archival:
        kind = _write_archive(record, item, fields, dialect, biblatex=biblatex)
    else:
        _write_publication(kind, item, fields, biblatex=biblatex)
        kept, read = provenance(record)
        kept = kept or item.get("archive", "")  # a database
        if biblatex:
            fields["library"] = encode(kept)
            fields["addendum"] = encode(read)
        elif kept:
            fields["note"] = encode(kept)
    _write_rest(record, item, fields)
    if biblatex and not (archival and dialect):
        kind = _valid_type(kind, fields)
        known = ALLOWED[kind]
        fields = {name: value for name, value in fields.items() if name in known or name not in CONDITIONAL}
    if dialect:
        _write_makers(record, fields)
    else:
        _write_others(record, fields)
    if dialect == "mla" and fields.get("type") in _THESES.values():  # it has no words for the keys
        fields["type"] = GENRES[fields["type"]]
    return kind, {name: value for name, value in fields.items() if value}


_QUOTED = lazy("“([^“”]*)”")


def _title(text: str, *, biblatex: bool) -> str:
    """Return a title in LaTeX; quotes in it are those of biblatex, which alternate with the quotes around it."""
    latex = encode(text)
    while biblatex and _QUOTED.search(latex):
        latex = _QUOTED.sub(r"\\mkbibquote{\1}", latex)
    return latex


def _valid_type(kind: str, fields: Fields) -> str:
    """Return the type, or the one beside it where the data model wants a field that the record does not have."""
    if kind == "unpublished" and "author" not in fields:
        return "misc"
    if kind == "book" and "author" not in fields and "editor" in fields:
        return "collection"
    if kind == "incollection" and "editor" not in fields:
        return "inbook"
    return kind


def _write_names(record: Record, fields: Fields) -> None:
    for creator in record.creators:
        name = _NAMES.get(csl_variable(creator.role))
        if name:
            fields[name] = " and ".join([*([fields[name]] if name in fields else []), write_name(creator.name)])


def _write_makers(record: Record, fields: Fields) -> None:
    """Put who directed, composed or performed a work where the packages print it."""
    for role, name, sort in (
        ("director", "editor", "director"),
        ("composer", "author", ""),
        ("performer", "author", ""),
    ):
        names = [write_name(creator.name) for creator in record.creators if csl_variable(creator.role) == role]
        if names and name not in fields:
            fields[name] = " and ".join(names)
            if sort:
                fields[f"{name}type"] = sort


def _write_others(record: Record, fields: Fields) -> None:
    """Put those whose part the type has no field for into the lists that every type has, one a role.

    biblatex's data model has no `recipient`. Its own styles do not print these lists; biblatex-chicago and biblatex-mla
    would take them for authors and performers.
    """
    roles: dict[str, list[str]] = {}
    for creator in record.creators:
        if _NAMES.get(csl_variable(creator.role)) not in fields:
            roles.setdefault(creator.role, []).append(write_name(creator.name))
    for name, (role, names) in zip(CUSTOM_NAMES, roles.items(), strict=False):
        fields[name], fields[f"{name}type"] = " and ".join(names), encode(role)


def _write_kind(record: Record, kind: str, item: Item, fields: Fields, *, biblatex: bool) -> str:
    genre = item.get("genre", "") or (record.kind if kind == "unpublished" and record.kind != "manuscript" else "")
    if kind == "phdthesis" and "master" in genre.lower():
        kind = "mastersthesis"
    if kind == "article" and item["type"] != "article-journal" and biblatex:
        fields["entrysubtype"] = item["type"].removeprefix("article-")
    if genre and genre == GENRES.get(kind):
        return kind  # styles print it of themselves, with its capitals
    if genre:
        fields["type"] = _THESES.get(genre, encode(genre)) if biblatex and kind == "thesis" else encode(genre)
    elif kind in ("thesis", "report", "phdthesis"):
        fields["type"] = "Thesis" if kind == "phdthesis" else kind  # which may be no doctor's
    return kind


_THESES = {"PhD thesis": "phdthesis", "Master's thesis": "mathesis"}  # keys that biblatex has words for


# What biblatex reads of EDTF (manual, 2.3.8): level 0, and of level 1 marks of the whole, X at the end, open intervals.
_END = r"(?:-?\d{4}(?:-\d\d(?:-\d\d)?)?|\d{3}X|\d\dXX|\d{4}-XX|\d{4}-XX-XX|\d{4}-\d\d-XX)[?~%]?"
_BIBLATEX_DATE = lazy(rf"(?:{_END}|{_END}/(?:{_END}|\.\.)?|(?:\.\.)?/{_END})$")


def _write_dates(record: Record, fields: Fields, *, biblatex: bool) -> None:
    date = record.date
    if date and not _BIBLATEX_DATE.match(date):
        try:
            value = parse_edtf(date)
        except InputError:
            value = None
        ends = [value.start_parts, value.end_parts] if value else []
        years = [f"{parts[0]:04d}" for parts in ends if parts and 0 <= parts[0] <= 9999]
        date = "/".join(dict.fromkeys(years))
    if not biblatex:
        _write_year(date or record.date_text, fields)
    if date and fields.get("year") != date:  # a year needs to be said once
        fields["date"] = date.replace("~", r"\textasciitilde{}").replace("%", r"\%") if not biblatex else date
    if biblatex:
        for event in ("original", "event"):
            if _BIBLATEX_DATE.match(record.dates.get(event, "")):
                fields["origdate" if event == "original" else "eventdate"] = record.dates[event]
    if _BIBLATEX_DATE.match(record.digital.accessed):
        fields["urldate"] = record.digital.accessed


_APPROXIMATE = {"~": "circa {}", "?": "{}?", "%": "circa {}?"}


def _write_year(date: str, fields: Fields) -> None:
    """Write year, month and day of one date; of a span, or of unspecified digits, the years from and to."""
    mark = date[-1:] if date[-1:] in _APPROXIMATE else ""
    bare = date[:-1] if mark else date
    if match := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$", bare):
        year, month, day = match.groups()
        fields["year"] = _APPROXIMATE.get(mark, "{}").format(year)
        if month:
            fields["month"] = MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else ""
        if day:
            fields["day"] = str(int(day))
    elif "X" in bare and "/" not in bare and re.match("[0-9]", bare):
        year = bare[:4]
        years = dict.fromkeys((year.replace("X", "0"), year.replace("X", "9")))
        fields["year"] = _APPROXIMATE.get(mark, "{}").format("--".join(years))
    elif re.match(r"[\d?~%/X.-]+$", bare):
        years = dict.fromkeys(re.findall(r"(?:^|(?<=/))\d{4}", date))
        fields["year"] = "--".join(years) + ("--" if date.endswith("/..") or date.endswith("/") else "")
    elif date:
        fields["year"] = encode(date)


def _write_archive(record: Record, item: Item, fields: Fields, dialect: str | None, *, biblatex: bool) -> str:
    kept, read = provenance(record)
    place = item.get("archive-place", "")
    below = ", ".join(item[name] for name in ("archive_location", "archive_collection") if name in item)
    division, repository = (
        ", ".join(level.value for level in levels.in_group(record.archive, group))
        for group in ("division", "repository")
    )
    if not biblatex:
        fields["note"] = encode(f"{kept}{'' if kept.endswith('.') else '.'} {read}" if kept and read else kept or read)
        fields["institution"], fields["address"] = encode(repository), encode(place)
        return "unpublished"
    fields["location"] = encode(place)
    if dialect != "mla":  # where it would be printed as the place of the archive
        fields["origlocation"] = encode(record.place)
    fields["addendum"] = encode(read)
    if dialect == "chicago":
        fields["entrysubtype"] = encode(record.kind or "manuscript")
        said = fields.get("title", "").strip("{}").lower().startswith(record.kind or "\0")
        if said or item["type"] == "collection":  # it would say so twice
            fields.pop("type", None)
        elif "type" in fields:
            fields["type"] = rf"\autocap{{{fields['type'][:1]}}}{fields['type'][1:]}"
        fields["note"] = encode(below)
        fields["organization"], fields["institution"] = encode(division), encode(repository)
        if record.title and item["type"] != "collection":
            form = "mkbibemph" if item["type"] in _ITALIC else "mkbibquote"
            fields["title"] = rf"\{form}{{{_title(record.title, biblatex=True)}}}"
        if item["type"] == "personal_communication" and "date" in fields:
            fields["origdate"] = fields.pop("date")
        return "misc"
    if dialect == "mla":
        fields["number"] = encode(item.get("archive_location", ""))
        if "type" in fields and fields["number"]:  # it prints the two as one text
            fields["type"] += ","
        fields["library"] = encode(", ".join(item[n] for n in ("archive_collection", "archive") if n in item))
        return "unpublished"
    fields["note"] = encode(", ".join(text for text in (below, division, repository) if text))
    above = [level.value for level in reversed(levels.in_group(record.archive, "division", "collection"))]
    location = item.get("archive_location", "")
    path = [repository, *(text for text in above if text not in location), location]
    fields["library"] = encode(", ".join(text for text in path if text))
    return "unpublished"


# Works whose titles the Chicago Manual sets in italics.
_ITALIC = frozenset({"graphic", "map", "motion_picture", "broadcast", "song", "musical_score"})
_PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "thesis": "institution", "techreport": "institution",
               "report": "institution", "online": "organization", "misc": "organization",
               "software": "organization"}  # fmt: skip
_NUMBERS = ("issue", "collection-number", "number")


def _write_publication(kind: str, item: Item, fields: Fields, *, biblatex: bool) -> None:
    if "container-title" in item:
        name = ("journaltitle" if biblatex else "journal") if kind == "article" else "booktitle"
        if kind == "book":
            name = "maintitle"
        fields[name] = encode(item["container-title"])
    for variable, name in _FIELD_OF.items():
        if variable in item and name not in fields and variable not in ("publisher", "title-short", "abstract", "URL"):
            value = item[variable]
            fields[name] = _raw(value) if name in VERBATIM else encode(value)
    if "publisher" in item:
        fields[_PUBLISHERS.get(kind, "publisher")] = encode(item["publisher"])
    if "publisher-place" in item:
        fields["location" if biblatex else "address"] = encode(item["publisher-place"])
    books = item["type"] in BOOKS and item["type"] != "thesis"
    wanted = "collection-number" if books else "issue" if kind in ("article", "periodical") else "number"
    if wanted in item:
        fields["number"] = encode(item[wanted])
    elif "issue" in item and biblatex:
        fields["issue"] = encode(item["issue"])
    if "page" in item:
        fields["pages"] = encode(item["page"]).replace("-", "--")


def _write_rest(record: Record, item: Item, fields: Fields) -> None:
    if record.language:
        tag = record.language[0]
        name = language_name(tag)
        langid = BABEL.get(tag.lower()) or ("" if "-" in tag or " " in name else name.lower())
        fields["language"] = name.lower() if name.lower() in PRINTED else encode(name or tag)
        if langid:
            fields["langid"] = langid
    if "abstract" in item:
        fields["abstract"] = encode(" ".join(item["abstract"].split("\n")))
    if "URL" in item:
        fields["url"] = _raw(item["URL"])
    if record.tags or record.subjects:
        fields["keywords"] = encode(", ".join(record.tags + record.subjects))
    if record.notes:
        fields["annote"] = "\n\n".join(encode(" ".join(note.split("\n"))) for note in record.notes)
    kept = record.extra.get("bibtex")
    for name, value in kept.items() if isinstance(kept, dict) else ():
        if isinstance(value, str) and re.match(r"[a-z][a-z0-9+-]*$", name) and name not in fields and _is_whole(value):
            fields[name] = value


def _raw(text: str) -> str:
    """Return a value that LaTeX does not interpret, with what would break the entry as percent codes."""
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match.group()):02X}", text)


def _is_whole(value: str) -> bool:
    """Return whether the braces of LaTeX text from another `.bib` file are balanced."""
    return not value.endswith("\\") and closing(f"{{{value}}}") == len(value) + 1
