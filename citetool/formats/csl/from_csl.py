"""A CSL-JSON item as a record: what each variable (CSL 1.0.2, appendix IV) is in a record.

Files of ten thousand items go through `native_record`, so it makes one pass over an item, by a table that says where
each variable goes; what is unusual (numbers for texts, dates as people write them, variables inside `note`) leaves the
quick path.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from citetool.csl.items.note_variables import with_note_variables
from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import is_kept, parse_levels
from citetool.formats.shared.languages import language_tags
from citetool.lazy_re import lazy
from citetool.names import Name, parse_name
from citetool.problems import InputError, Problem
from citetool.record.kinds import CSL_TYPES, csl_type, kind_for, kind_of, term_of
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Record
from citetool.record.roles import CSL_ROLE, ROLES

from .dates import from_csl_date
from .variables import (
    ARCHIVE,
    DATE_VARIABLES,
    DATES,
    IDENTIFIERS,
    NAME_VARIABLES,
    OLD_NAMES,
    PLACES,
    SIZED,
    SUPPLIED,
    Item,
)


def from_item(item: Item) -> Record:
    """Return the record of a CSL-JSON item; the unknown is kept in `extra`. Raises InputError for no item."""
    problems: list[str] = []
    return read_item(item, problems)


# The keys that make no record by themselves; an item with nothing else is one that somebody has not filled in yet.
_ALONE = frozenset(("id", "type", "citation-key", "language", "categories", "custom"))
_VARIABLES = (PLACES.keys() | NAME_VARIABLES | DATES.keys() | OLD_NAMES.keys() | {"issued", "accessed", "custom"}) - (
    _ALONE - {"custom"}
)


def read_item(item: Any, problems: list[str]) -> Record:
    """Return the record of an item with what is embedded in it; oddities are reported in `problems`."""
    if not isinstance(item, dict):
        raise InputError(Problem(f"an item is wanted here, a mapping of variables, not {_short(item)}"))
    if not _VARIABLES.intersection(item) and not _ALONE.issuperset(item):
        known = ", ".join([str(name)[:40] for name in item if name not in _ALONE][:5])
        raise InputError(Problem(f"this is no item of CSL: it has no variable, only {known}"))
    record = native_record(item, problems)
    custom = item.get("custom")
    if isinstance(custom, dict) and isinstance(custom.get("citetool"), dict):
        record.extra.pop("custom", None)
        if len(custom) > 1:
            record.extra["custom"] = {str(n): _plain(v) for n, v in custom.items() if n != "citetool"}
        problems += embedded.restore(record, custom["citetool"])
    return record


def native_record(item: Item, problems: list[str]) -> Record:
    """Return the record that the variables of an item make, without what is embedded; oddities go into `problems`."""
    while (whole := note_variables_of(item)) is not None:
        item = whole
    creators: list[Creator] = []
    fields: dict[str, Any] = {}
    publication: dict[str, str] = {}
    identifiers: dict[str, str] = {}
    texts: dict[str, str] = {}
    dates: dict[str, tuple[str, str]] = {}
    extra: dict[str, Any] = {}
    date = date_text = ""
    for name, value in item.items():
        place = PLACES.get(name)
        if place is not None:
            text = value.strip() if value.__class__ is str else read_text(name, value, problems)
            if not text:
                continue
            if place == "publication":
                publication[name] = text
            elif place == "identifiers":
                identifiers[IDENTIFIERS[name]] = text
            elif place:
                fields[place] = text
            else:
                texts[name] = text
        elif name in NAME_VARIABLES:
            read_names(name, value, creators, problems)
        elif name == "issued":
            date, date_text = from_csl_date(value)
        elif name in DATE_VARIABLES:
            dates[name] = from_csl_date(value)
        elif name in OLD_NAMES:
            item = {**item, OLD_NAMES[name]: item.get(OLD_NAMES[name]) or value}
            del item[name]
            return native_record(item, problems)
        elif name != "id" and value not in (None, "", [], {}):
            extra[name] = _plain(value)
    kind, own_type = read_kind(texts.pop("type", ""), texts.pop("genre", ""))
    key = item.get("id", "")
    record = Draft(
        id=key.strip() if key.__class__ is str else read_text("id", key, problems),
        kind=kind,
        type=own_type,
        creators=tuple(creators),
        date=date,
        date_text=date_text,
        publication=publication,
        identifiers=identifiers,
        extra=extra,
        **fields,
    )
    accessed = _fill_dates(record, dates) if dates else ""
    if texts or accessed:
        _fill(record, texts, accessed)
    return record


@lru_cache(maxsize=512)
def read_kind(csl: str, genre: str) -> tuple[str, str]:
    """Return kind and own type for a CSL type and genre; a kind with capitals (`Letter`) counts."""
    genre = "email" if genre.lower() == "e-mail" else term_of(genre) or genre
    if csl == "legal-case":
        csl = "legal_case"
    if csl not in CSL_TYPES:
        return genre or csl.replace("_", " "), ""
    return kind_for(csl, genre)


def _fill_dates(record: Record, dates: dict[str, tuple[str, str]]) -> str:
    """Set the other dates of the record, and return that of the access."""
    accessed = dates.pop("accessed", ("", ""))[0]
    if dates:
        record.dates = {DATES[name]: edtf for name, (edtf, _) in dates.items() if edtf}
        record.publication |= {name: text for name, (_, text) in dates.items() if text}
    return accessed


def _fill(record: Record, texts: dict[str, str], accessed: str) -> None:
    """Set the fields of which the variables depend on each other."""
    if "language" in texts:
        fill_language(record, texts["language"])
    if "note" in texts:
        people, note = read_roles(texts["note"])
        record.creators += people
        record.notes = read_notes(note) if note else ()
    if "keyword" in texts:
        record.tags = read_words(texts["keyword"])
    if "annote" in texts:
        if texts["annote"] == SUPPLIED:
            record.supplied_title, record.title = record.title, ""
        else:
            record.publication["annote"] = texts["annote"]
    if "dimensions" in texts:
        if csl_type(record.kind, record.type) in SIZED:
            record.extent = texts["dimensions"]
        else:
            record.publication["dimensions"] = texts["dimensions"]
    url, number = texts.get("URL", ""), texts.get("call-number", "")
    if url or accessed or "source" in texts:
        record.digital = Digital(texts.get("source", ""), url, "", accessed)
    if number and number in url:
        record.digital.id = number
        number = ""
    if number or not texts.keys().isdisjoint(ARCHIVE):
        _fill_archive(record, texts, number)


def fill_language(record: Record, text: str) -> None:
    """Take the language, a tag or a name; one that is neither stays among the variables of the publication."""
    tags = read_language(text)
    if tags:
        record.language = tags
    else:
        record.publication["language"] = text


@lru_cache(maxsize=512)
def read_language(text: str) -> tuple[str, ...]:
    """Return the tags of a language given as a tag, a name or a code of three letters."""
    return (text,) if _TAG.match(text) else language_tags(text)


_TAG = lazy(r"[a-z]{2}(?:-[A-Za-z0-9]{2,8})*$|[a-z]{3}(?:-[A-Za-z0-9]{2,8})+$")


def _fill_archive(record: Record, texts: dict[str, str], number: str) -> None:
    """Fill in the holding; of publications whose archive is a database, the variables as they are."""
    location, collection, repository, place = (texts.get(name, "") for name in ARCHIVE)
    published = not kind_of(record.kind).archival
    article = "article" in record.kind
    if published and not collection and not place and not is_kept(repository, location, article=article):
        record.publication |= {name: texts[name] for name in ARCHIVE if name in texts}
        if number:
            record.publication["call-number"] = number
        return
    record.archive = Holding(read_levels(location, collection, repository, place, number))
    if number and all(step.value != number for step in record.archive.levels):
        record.identifiers.setdefault("call_number", number)


def read_levels(location: str, collection: str, repository: str, place: str, number: str) -> tuple[Level, ...]:
    """Return the levels that the variables of an archive make, with a call number before them that they do not name."""
    steps = parse_levels(location, collection, repository, place)
    if number and not any(step.name == "call_number" for step in steps):
        return (Level("call_number", number), *steps)
    return steps


# ---- names


def read_names(variable: str, value: Any, creators: list[Creator], problems: list[str]) -> None:
    """Add the names of a variable to the creators; oddities are reported in `problems`."""
    role = CSL_ROLE[variable]
    for data in value if isinstance(value, list) else [value]:
        extra: dict[str, Any]
        if not isinstance(data, dict):
            name, extra = Name(literal=read_text(variable, data, problems)), {}
        elif len(data) == 2 and "family" in data and "given" in data:
            family, given = data["family"], data["given"]
            if family.__class__ is str and given.__class__ is str and (family := family.strip()):
                creators.append(Creator(_two_parts(family, given.strip()), role))
                continue
            name, extra = read_name(data, problems)
        else:
            name, extra = read_name(data, problems)
        if name.literal or name.family:
            creators.append(Creator(name, role, extra=extra))


@lru_cache(maxsize=8192)
def _two_parts(family: str, given: str) -> Name:
    return Name(family, given)


_NAME_PARTS = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping",
    "non-dropping-particle": "non_dropping",
    "suffix": "suffix",
    "literal": "literal",
}
_NAME_SETTINGS = frozenset({"parse-names", "static-ordering", "isInstitution", "multi"})


def read_name(data: dict[str, Any], problems: list[str]) -> tuple[Name, dict[str, Any]]:
    """Return the name that a mapping says, and what else it holds; oddities are reported in `problems`."""
    parts: dict[str, str] = {}
    extra: dict[str, Any] = {}
    for part, value in data.items():
        if part in _NAME_PARTS:
            parts[_NAME_PARTS[part]] = value.strip() if type(value) is str else read_text(part, value, problems)
        elif part not in _NAME_SETTINGS and value not in (None, ""):
            extra[part] = _plain(value)
    if parts.get("literal"):
        return Name(literal=parts["literal"]), extra
    if not parts.get("family"):
        return Name(literal=parts.get("given", "")), extra
    return Name(**parts), extra


# ---- texts


def read_notes(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a note, which are the notes of a record."""
    if "\n" not in text:
        return (text,)
    return tuple(part for part in (p.strip() for p in re.split(r"\n[^\S\n]*\n", text)) if part)


def read_roles(note: str) -> tuple[tuple[Creator, ...], str]:
    """Return the people of lines such as `Participant: Hull, Cordell`, and the note without these lines."""
    if ": " not in note:
        return (), note
    people: list[Creator] = []
    kept: list[str] = []
    for line in note.split("\n"):
        role, colon, name = line.partition(": ")
        if colon and name.strip() and role[:1].isupper() and role.lower() in ROLES:
            people.append(Creator(parse_name(name.strip()), role.lower()))
        else:
            kept.append(line)
    return tuple(people), "\n".join(kept).strip() if people else note


def read_words(keyword: str) -> tuple[str, ...]:
    """Return the words of `keyword`, parted at semicolons where it has any, else at commas."""
    return tuple(word for word in (w.strip() for w in keyword.split(";" if ";" in keyword else ",")) if word)


_OVER = frozenset({"type", "genre"})


def has_variables(note: str) -> bool:
    """Return whether a line of a note counts as a variable."""
    return ":" in note and note_variables_of({"note": note}) is not None


def note_variables_of(item: Item) -> Item | None:
    """Return the item with the variables of its note as its own; None where there are none.

    What CSL does not know stays in the note.
    """
    return with_note_variables(item, over=_OVER, keep_unknown=True)


def read_text(name: str, value: Any, problems: list[str]) -> str:
    """Return the text of a variable, whatever stands in its place; what is no text is reported in `problems`."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return ", ".join(text for text in (read_text(name, part, problems) for part in value) if text)
    problems.append(f"{name!r} holds {_short(value)}, where a text is wanted")
    return ""


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) < 40 else text[:37] + "..."
