"""An entry of a `.bib` file as a CSL item, and thus as a record.

Archival entries have no one form; all of these are read: `library` with the levels from large to small (ours, and
Better BibTeX's with the repository alone), biblatex-chicago's `note`, `organization`, `institution`, `location`;
biblatex-mla's `number` and `library`; `collection` and `shelfmark`; a `note` that names the institution, as plain
BibTeX has it; a `note`, `howpublished` or `addendum` that is the whole way from box to archive; and the fields
`archive`, `repository` and `archivelocation`, which no manual has but many a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.formats.csl.dates import from_written
from citetool.formats.csl.from_csl import has_variables, native_record
from citetool.formats.csl.variables import SUPPLIED, Item
from citetool.formats.shared import embedded
from citetool.formats.shared.headings import kind_of_genre
from citetool.formats.shared.untitled import addressed, description
from citetool.latex import decode, plain
from citetool.lazy_re import lazy
from citetool.record.kinds import KINDS
from citetool.record.model import Creator
from citetool.record.roles import ROLES
from citetool.text import whole_number

from .entries import MONTHS, BibEntry
from .fields import BOOKS, CSL_OF, CUSTOM_NAMES, EDITORS, FIELDS, GENRES, NAMES, VERBATIM
from .homes import read_homes
from .names import read_names
from .values import paragraphs_of, read_language, text_of, verbatim_of

if TYPE_CHECKING:
    from citetool.record.model import Record

Fields = dict[str, str]


def read_record(entry: BibEntry) -> Record:
    """Return the record of an entry; what is odd is added to the entry's problems."""
    fields = dict(entry.fields)
    ours: dict[str, Any] | None = None
    name = "annote" if "annote" in fields else "annotation"
    if embedded.MARK in fields.get(name, ""):
        *notes, last = re.split(r"\n\s*\n", fields[name])
        ours, before = embedded.from_text(decode(" ".join(last.split(" "))))
        if ours is not None:
            shown = decode(fields.get("addendum", ""))  # our own text for programs that do not know the field
            kept = [*notes, before] if before and before != shown else notes
            fields[name] = "\n\n".join(kept)
            if not kept:
                del fields[name]
    parts = _split_fields(entry.type, entry.key, fields, entry.problems, ours=ours is not None)
    record = _as_record(parts, entry.problems)
    if ours:
        entry.problems += embedded.restore(record, ours)
    return record


class _Fields(NamedTuple):
    """The contents of an entry's fields: variables, creators, words, notes, numbers, and the fields without a use."""

    item: Item
    creators: tuple[Creator, ...]
    keywords: str
    notes: tuple[str, ...]
    identifiers: dict[str, str]
    rest: Fields


def decode_fields(kind: str, key: str, fields: Fields, problems: list[str], *, ours: bool) -> Record:
    """Return the record that the fields make, without what is carried; `ours` where citetool wrote the entry."""
    return _as_record(_split_fields(kind, key, fields, problems, ours=ours), problems)


def _split_fields(kind: str, key: str, fields: Fields, problems: list[str], *, ours: bool) -> _Fields:
    fields = dict(fields)
    item: Item = {"id": key, "type": CSL_OF.get(kind, "document")}
    if kind not in CSL_OF:
        problems.append(f"{kind!r} is not a type of entry; read as a document")
    _read_titles(kind, fields, item)
    _read_kind(kind, fields, item)
    for name in [name for name in fields if name in FIELDS and FIELDS[name] not in item]:
        text = fields.pop(name)
        item[FIELDS[name]] = verbatim_of(text) if name in VERBATIM else text_of(text)
    creators = _read_names(item["type"], fields)
    _read_dates(fields, item)
    _read_numbers(fields, item)
    extra = "\n".join(text_of(line) for line in fields.get("note", "").strip().split("\n"))
    if has_variables(extra):  # Zotero's Extra
        item["note"] = extra
        del fields["note"]
    notes = read_homes(kind, fields, item, ours=ours)
    read_language(fields, item)
    keywords = fields.pop("keywords", "") or fields.pop("keyword", "")
    if "rights" in fields and "license" not in item:
        item["license"] = text_of(fields.pop("rights"))
    for name in ("note", "addendum", "annote", "annotation"):
        if name in fields:
            notes += paragraphs_of(fields.pop(name))
    return _Fields(item, creators, keywords, tuple(dict.fromkeys(notes)), _identifiers(fields), fields)


def _as_record(parts: _Fields, problems: list[str]) -> Record:
    record = native_record(parts.item, problems)
    record.creators = (*parts.creators, *record.creators)  # behind the people of the fields, those of the note
    made = description(record.creators, record.kind)
    if (
        record.title in (made, addressed(record.creators, record.kind)) and made.lower() != record.kind
    ):  # as written for LaTeX; a lone kind may be a title
        record.title = ""
    if parts.keywords:
        record.tags = _words(parts.keywords)
    if parts.notes:
        record.notes = (*record.notes, *parts.notes)
    record.identifiers |= parts.identifiers
    if parts.rest:
        record.extra["bibtex"] = {name: " ".join(value.split()) for name, value in parts.rest.items()}
    return record


def _words(keywords: str) -> tuple[str, ...]:
    return tuple(word for word in (w.strip() for w in re.split("[;,]", text_of(keywords))) if word)


def _read_titles(kind: str, fields: Fields, item: Item) -> None:
    if kind == "online" and "titleaddon" in fields:  # of a page, the site (Zotero)
        item["container-title"] = text_of(fields.pop("titleaddon"))
    if whole := _WHOLE.match(fields.get("title", "")):  # as biblatex-chicago wants the titles of letters and pictures
        fields["title"] = whole[1]
    title = _joined(fields, "title", "subtitle", "titleaddon")
    container = _joined(fields, "journaltitle", "journalsubtitle") or _joined(fields, "journal", "journalsubtitle")
    book = _joined(fields, "booktitle", "booksubtitle", "booktitleaddon")
    main = _joined(fields, "maintitle", "mainsubtitle", "maintitleaddon")
    if title:
        item["title"] = title
    if book and main:
        item["volume-title"], item["container-title"] = book, main
    elif book or container or main:
        item["container-title"] = book or container or main
    if book and container:
        fields["journaltitle"] = container


_WHOLE = lazy(r"\{?\\mkbib(?:quote|emph)\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\}?$")


def _joined(fields: Fields, title: str, subtitle: str, addon: str = "") -> str:
    """Return title, subtitle and addition as one text."""
    text = text_of(fields.pop(title, ""))
    below = text_of(fields.pop(subtitle)) if subtitle in fields else ""
    more = text_of(fields.pop(addon)) if addon and addon in fields else ""
    if below:
        text = f"{text}{' ' if text[-1:] in '?!.:' else ': '}{below}" if text else below
    return f"{text}. {more}" if more and text else text or more


def _read_kind(kind: str, fields: Fields, item: Item) -> None:
    subtype = text_of(fields.get("entrysubtype", ""))
    if "title" not in item and "descriptor" in fields:
        item["title"], item["annote"] = text_of(fields.pop("descriptor")), SUPPLIED
    if subtype == "untitled":  # biblatex-mla: a description in place of a title
        del fields["entrysubtype"]
        item["annote"] = SUPPLIED
        subtype = ""
    word = text_of(fields.pop("type", "")).rstrip(",")
    bare = word.lower() in ("report", "thesis") and word.lower() in kind
    genre = "" if bare else GENRES.get(word.lower(), word)
    if not genre and not bare and kind in ("phdthesis", "mastersthesis"):
        genre = GENRES[kind]
    if not genre and kind in ("misc", "unpublished") and _is_original(how := text_of(fields.get("howpublished", ""))):
        genre = how.rstrip(".")
        del fields["howpublished"]
    if kind == "article" and subtype.lower() in ("magazine", "newspaper"):
        item["type"] = f"article-{subtype.lower()}"
        del fields["entrysubtype"]
    elif subtype and kind in ("misc", "unpublished", "letter"):
        if not genre:
            genre = GENRES.get(subtype.lower(), subtype)
            del fields["entrysubtype"]
        item["type"] = "manuscript"
    if genre:
        item["genre"] = genre
        known = KINDS.get(genre.casefold()) or KINDS.get(kind_of_genre(genre) if item["type"] == "document" else "")
        if known and known.archival and item["type"] in ("manuscript", "document"):
            item["type"] = known.csl


def _is_original(words: str) -> bool:
    """Return whether the words are those for one archival document: `Letter`, `Unpublished memorandum`."""
    known = KINDS.get(kind_of_genre(words)) if "," not in words else None
    return known is not None and known.archival and known.csl != "collection"


# Whom Zotero writes as collaborators, having no field for them: of these types there is only one such part.
_COLLABORATORS = {"personal_communication": "recipient", "map": "cartographer", "song": "performer",
                  "motion_picture": "director"}  # fmt: skip


def _read_names(csl: str, fields: Fields) -> tuple[Creator, ...]:
    creators: list[Creator] = []
    part = _COLLABORATORS.get(csl, "")
    if part and (part == "recipient" or "author" not in fields) and fields.get("editoratype") == "collaborator":
        fields["editoratype"] = part
    for name in [name for name in fields if name in NAMES]:
        variable = NAMES[name]
        role = text_of(fields.pop(f"{name}type", "")).lower()
        if name.startswith("editor"):
            variable = EDITORS.get(role) or (role if role in ROLES else variable)
        elif name in CUSTOM_NAMES and role in ROLES:
            variable = role
        creators += [Creator(person, variable) for person in read_names(fields.pop(name))]
    return tuple(creators)


_MONTH_NAMES = {month: number for number, month in enumerate(MONTHS, 1)}


def _read_dates(fields: Fields, item: Item) -> None:
    date = plain(fields.pop("date", "")).replace("\u00a0", "~")
    year, month, day = (fields.pop(name, "") for name in ("year", "month", "day"))
    parts = _from_parts(plain(year).strip(), plain(month).strip(" .#").replace("\u00a0", " "), plain(day))
    differ = date and isinstance(parts, str) and year.strip() not in date  # one of them was changed by hand
    if differ and month:
        item["issued"], fields["date"] = parts, date
    elif date:
        item["issued"] = _date(date)
        fields.update({"year": year} if differ else {})
    elif year or month:
        item["issued"] = parts
    for name, variable in (("urldate", "accessed"), ("lastchecked", "accessed"), ("origdate", "original-date"),
                           ("eventdate", "event-date")):  # fmt: skip
        if name in fields:
            date = plain(fields[name])
            edtf, text = from_written(date.replace("\u00a0", "~"))
            if edtf or (variable != "accessed" and text):
                item.setdefault(variable, edtf or {"literal": text})
                del fields[name]


def _date(text: str) -> Any:
    edtf, written = from_written(text)
    return edtf or {"literal": written}


def _from_parts(year: str, month: str, day: str) -> Any:
    number = _MONTH_NAMES.get(month[:3].lower()) if month[:3].isalpha() else None
    rest = month[3:].lower().strip("abcdefghijklmnopqrstuvwxyz. ") if number else ""
    if 1 <= (whole_number(month) or 0) <= 12:
        number, rest = whole_number(month), ""
    if re.match(r"\d{4}$", year):
        if number and not rest and not month[3:].strip(". ").isdigit():
            said = whole_number(day) or 0
            days = f"-{said:02d}" if 1 <= said <= 31 else ""
            edtf, _ = from_written(f"{year}-{number:02d}{days}")
            return edtf or f"{year}-{number:02d}"
        if not month:
            return year
        for text in (f"{day} {month} {year}", f"{month} {year}", f"{month}, {year}"):
            edtf, _ = from_written(text.strip())
            if edtf:
                return edtf
        return {"literal": f"{month} {year}"}
    return _date(" ".join(part for part in (day, month, year) if part))


_DIGITS = lazy(r"\d+(?:--?\d+)?$", re.A)


def _read_numbers(fields: Fields, item: Item) -> None:
    pages = fields.pop("pages", "")
    if _DIGITS.match(pages):
        item["page"] = pages.replace("--", "-")
    elif pages := text_of(pages) or text_of(fields.pop("eid", "")):
        item["page"] = re.sub(r"\s*[–—-]+\s*", "-", pages)
    number = text_of(fields.pop("number", ""))
    issue = text_of(fields.pop("issue", ""))
    csl = item["type"]
    if number and csl in BOOKS and csl != "thesis":
        item["collection-number"] = number
    elif number and csl.startswith(("article", "periodical", "review")):
        item["issue"] = number
        if issue:
            fields["issue"] = issue
    elif number:
        item["number"] = number
    if issue and "issue" not in item:
        item["issue"] = issue
    if "DOI" in item:
        item["DOI"] = re.sub(r"(?i)^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", item["DOI"])


def _identifiers(fields: Fields) -> dict[str, str]:
    """Return numbers of repositories of preprints, under the name of the repository."""
    number = verbatim_of(fields.get("eprint", ""))
    system = (fields.get("eprinttype") or fields.get("archiveprefix") or "").strip().lower()
    if not number or not system or not re.match(r"[a-z0-9.-]+$", system):
        return {}
    for name in ("eprint", "eprinttype", "archiveprefix"):
        fields.pop(name, None)
    return {system: number}
