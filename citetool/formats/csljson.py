"""CSL-JSON (CSL 1.0.2, csl-data.json): the one mapping between the record and the variables that styles see.

`to_item` is what every rendering goes through, so a wrong citation can be looked into by printing its item. The
archival levels become four texts: `archive_location` (all below the collection, as cited), `archive_collection`,
`archive` (division and repository) and `archive-place`. A supplied title is the `title` with `annote: supplied title`
beside it, a mark that no stock style prints. What CSL has no variable for stands in `custom.citetool`.

For Zotero (`program="zotero"`), whose import drops `archive_collection` and `archive-place`: the repository alone in
`archive`, all below it, large to small, in `archive_location`, and the two dropped ones as lines of `note`, where
Zotero and citeproc take them as variables.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from citetool.names import Name
from citetool.problems import InputError, Problem, Where
from citetool.record import levels
from citetool.record.keys import Keys, give_key
from citetool.record.kinds import CSL_TYPES, KINDS, csl_type, kind_for, kind_of
from citetool.record.model import Creator, Digital, Holding, Level, Record
from citetool.record.roles import CSL_ROLE, csl_variable

from . import carried
from .base import ReadOptions, Rejected, WriteOptions
from .csldates import from_csl_date, to_csl_date
from .cslvariables import (
    ARCHIVE,
    DATE_VARIABLES,
    DATES,
    FIELDS,
    IDENTIFIERS,
    NAME_VARIABLES,
    OLD_NAMES,
    PUBLICATION,
    TEXT_VARIABLES,
)
from .holdings import parse_holding
from .jsonstream import read_values
from .languages import language_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

Item = dict[str, Any]
SUPPLIED = "supplied title"

# Types whose `event-place` styles print as the place where it was written or said, and whose `dimensions` as extent.
_PLACED = frozenset({"personal_communication", "manuscript", "interview", "speech", "performance", "event", "hearing"})
_SIZED = frozenset(
    {"graphic", "map", "motion_picture", "song", "broadcast", "interview", "musical_score", "collection"}
)


# ---- record to item


def to_item(record: Record, program: str | None = None, *, carry: bool = True) -> Item:
    """The CSL-JSON item of a record, for `program` (`zotero`) in the form that it takes.

    With `carry`, what the item does not say is added under `custom`, so that `from_item` gives an equal record.
    """
    csl, genre, exact = _type(record.kind, record.type)
    item: Item = {"id": record.id, "type": csl}
    title = record.any_title
    if title:
        item["title"] = title
    if genre:
        item["genre"] = genre
    exact &= _put_names(record.creators, item)
    exact &= _put_dates(record, item)
    _put_texts(record, csl, item)
    if record.archive:
        exact = False
        _put_archive(record.archive, item)
    if record.digital:
        exact &= _put_digital(record, item)
    if record.publication:
        exact &= _put_publication(record.publication, item)
    if program == "zotero":
        exact = False
        lines = turn_to_zotero(record, item)
        if lines:
            item["note"] = "\n".join([*lines, item["note"]] if "note" in item else lines)
    if carry and not (exact and _is_plain(record, csl)):
        lost = carried.difference(record, native_record(item, []))
        if lost:
            item["custom"] = {"citetool": lost}
    return item


@lru_cache(maxsize=512)
def _type(kind: str, override: str) -> tuple[str, str, bool]:
    """CSL type, genre, and whether the two are read back as the same kind and type."""
    csl = csl_type(kind, override)
    genre = kind if kind_of(kind).genre else ""
    return csl, genre, _kind(csl, genre) == (kind, override)


def _put_names(creators: tuple[Creator, ...], item: Item) -> bool:
    exact = True
    last = ""
    for creator in creators:
        variable = csl_variable(creator.role)
        if variable in item:
            item[variable].append(name_item(creator.name))
            exact &= variable == last
        else:
            item[variable] = [name_item(creator.name)]
        last = variable
        if variable != creator.role or creator.office or creator.original_name or creator.extra:
            exact = False
    return exact


def name_item(name: Name) -> dict[str, str]:
    """The CSL name of a name."""
    if name.literal:
        return {"literal": name.literal}
    data = {"family": name.family}
    if name.given:
        data["given"] = name.given
    if name.non_dropping:
        data["non-dropping-particle"] = name.non_dropping
    if name.dropping:
        data["dropping-particle"] = name.dropping
    if name.suffix:
        data["suffix"] = name.suffix
    return data


def _put_dates(record: Record, item: Item) -> bool:
    if not record.date and not record.date_text and not record.dates:
        return True
    date = to_csl_date(record.date, record.date_text)
    if date:
        item["issued"] = date
    exact = not record.date_text and _is_plain_date(record.date)
    for variable, event in DATES.items():
        if event in record.dates:
            other = to_csl_date(record.dates[event])
            if other:
                item[variable] = other
            exact = False
    return exact and not record.dates


@lru_cache(maxsize=4096)
def _is_plain_date(edtf: str) -> bool:
    return not edtf or from_csl_date(to_csl_date(edtf)) == (edtf, "")


def _put_texts(record: Record, csl: str, item: Item) -> None:
    if record.short_title:
        item["title-short"] = record.short_title
    if record.original_title and record.original_title != item.get("title"):
        item["original-title"] = record.original_title
    if record.supplied_title and not record.title:
        item["annote"] = SUPPLIED
    if record.summary:
        item["abstract"] = record.summary
    if record.medium:
        item["medium"] = record.medium
    if record.rights:
        item["license"] = record.rights
    if record.extent and csl in _SIZED:
        item["dimensions"] = record.extent
    if record.place and csl in _PLACED:
        item["event-place"] = record.place
    if record.language:
        item["language"] = record.language[0]
    if record.notes:
        item["note"] = "\n\n".join(record.notes)
    if record.tags or record.subjects:
        item["keyword"] = _keyword(record.tags + record.subjects)
    for variable, system in IDENTIFIERS.items():
        if system in record.identifiers:
            item[variable] = record.identifiers[system]


def _keyword(words: tuple[str, ...]) -> str:
    return ("; " if any("," in word for word in words) else ", ").join(words)


def _put_archive(archive: Holding, item: Item) -> None:
    texts = (levels.reference(archive), levels.collection(archive), levels.repository(archive), levels.place(archive))
    for variable, text in zip(ARCHIVE, texts, strict=True):
        if text:
            item[variable] = text
    if number := archive.get("call_number"):
        item["call-number"] = number


def _put_digital(record: Record, item: Item) -> bool:
    digital = record.digital
    if digital.name:
        item["source"] = digital.name
    if digital.url:
        item["URL"] = digital.url
    if digital.accessed:
        item["accessed"] = to_csl_date(digital.accessed) or {"literal": digital.accessed}
    if digital.id:
        item.setdefault("call-number", digital.id)
    return not digital.id and not digital.contents and not digital.extra and _is_plain_date(digital.accessed)


def _put_publication(publication: dict[str, str], item: Item) -> bool:
    exact = True
    for variable, text in publication.items():
        if variable in item or (variable not in PUBLICATION and variable != "language"):
            exact = False
        else:
            item[variable] = text
            exact &= variable not in _INTERPRETED
    return exact


_INTERPRETED = frozenset({*ARCHIVE, "call-number", "annote", "dimensions", "source", "language"})

# Fields of which CSL-JSON has nothing, or which it may have otherwise; with none of them the item says it all.
_OTHER_FIELDS = (
    "aliases", "supplied_title", "transliterated_title", "translated_title", "original_language", "copies", "markings",
    "subjects", "extent", "files", "citation", "metadata", "extra",
)  # fmt: skip


def _is_plain(record: Record, csl: str) -> bool:
    """Whether a record whose parts are exact is sure to be read back equal, without reading it back."""
    if any(getattr(record, name) for name in _OTHER_FIELDS):
        return False
    if len(record.language) > 1 or (record.place and csl not in _PLACED) or not (record.title or not record.any_title):
        return False
    if record.tags and _words(_keyword(record.tags)) != record.tags:
        return False
    if record.notes and (
        any(":" in note for note in record.notes) or _notes("\n\n".join(record.notes)) != record.notes
    ):
        return False
    return not record.identifiers or record.identifiers.keys() <= set(IDENTIFIERS.values())


def turn_to_zotero(record: Record, item: Item) -> list[str]:
    """Put the item's facts where Zotero's imports find them; gives the lines that have to go into its Extra field."""
    archive = record.archive
    if archive:
        above = [level.value for level in reversed(levels.in_group(archive, "division", "collection"))]
        below = item.get("archive_location", "")
        taken = [text for text in above if text not in below]
        repository = ", ".join(level.value for level in levels.in_group(archive, "repository"))
        location = ", ".join([*taken, below] if below else taken)
        for variable, text in (("archive", repository), ("archive_location", location)):
            if text:
                item[variable] = text
            else:
                item.pop(variable, None)
    lines = [f"{name}: {item[name]}" for name in ("archive_collection", "archive-place") if name in item]
    if record.id and record.id in record.digital.url:
        item.setdefault("call-number", record.id)
    if "archive-place" in item and not record.place:
        item.setdefault("publisher-place", item["archive-place"])
    elif record.place and item["type"] not in _PLACED:
        item.setdefault("publisher-place", record.place)
    if item["type"] != "personal_communication":
        for name in item.pop("recipient", ()):
            lines.append(f"recipient: {name['family']} || {name.get('given', '')}" if "family" in name else
                         f"recipient: {name['literal']}")  # fmt: skip
    if item["type"] == "software":  # one of these makes Zotero refuse the whole file
        item["type"] = "document"
        item.setdefault("genre", "software")
    return lines


# ---- item to record


def from_item(item: Item) -> Record:
    """The record of a CSL-JSON item; what citetool does not know is kept in `extra`. Raises InputError for no item."""
    problems: list[str] = []
    return _record(item, problems)


def _record(item: Any, problems: list[str]) -> Record:
    """The record of an item with what it carries; what is odd in the item is told in `problems`."""
    if not isinstance(item, dict):
        raise InputError(Problem(f"an item is wanted here, a mapping of variables, not {_short(item)}"))
    custom = item.get("custom")
    ours = custom.get("citetool") if isinstance(custom, dict) else None
    record = native_record(item, problems)
    if isinstance(custom, dict) and isinstance(ours, dict):
        record.extra.pop("custom", None)
        if len(custom) > 1:
            record.extra["custom"] = {str(n): _plain(v) for n, v in custom.items() if n != "citetool"}
        problems += carried.restore(record, ours)
    return record


def native_record(item: Item, problems: list[str]) -> Record:
    """The record that the variables of an item make, without what it carries; what is odd is told in `problems`."""
    creators: list[Creator] = []
    texts: dict[str, str] = {}
    dates: dict[str, tuple[str, str]] = {}
    extra: dict[str, Any] = {}
    for name, value in item.items():
        if name in NAME_VARIABLES:
            _read_names(name, value, creators, problems)
        elif name in DATE_VARIABLES:
            dates[name] = from_csl_date(value)
        elif name in TEXT_VARIABLES:
            text = value.strip() if type(value) is str else _text(name, value, problems)
            if text:
                texts[name] = text
        elif name in OLD_NAMES:
            texts.setdefault(OLD_NAMES[name], _text(name, value, problems))
        elif name != "id" and value not in (None, "", [], {}):
            extra[name] = _plain(value)
    if "note" in texts and ":" in texts["note"]:
        _take_note_variables(texts, dates, creators)
    kind, own_type = _kind(texts.pop("type", ""), texts.pop("genre", ""))
    record = Record(id=_text("id", item.get("id"), problems), kind=kind, type=own_type, creators=tuple(creators))
    record.extra = extra
    _fill(record, texts, dates)
    return record


def _kind(csl: str, genre: str) -> tuple[str, str]:
    """Kind and own type for a CSL type and genre; a genre that is a kind but for capitals (`Letter`) is that kind."""
    if genre not in KINDS and genre.lower() in KINDS:
        genre = genre.lower()
    if csl == "legal-case":
        csl = "legal_case"
    if csl not in CSL_TYPES:
        return genre or csl.replace("_", " "), ""
    return kind_for(csl, genre)


def _fill(record: Record, texts: dict[str, str], dates: dict[str, tuple[str, str]]) -> None:
    """Set the record's fields from the variables; takes from `texts` what it has placed, the rest is publication."""
    record.title = texts.pop("title", "")
    if texts.get("annote") == SUPPLIED:
        del texts["annote"]
        record.supplied_title, record.title = record.title, ""
    if dates:
        record.date, record.date_text = dates.pop("issued", ("", ""))
        accessed = dates.pop("accessed", ("", ""))[0]
        record.dates = {DATES[name]: edtf for name, (edtf, _) in dates.items() if edtf}
        texts |= {name: text for name, (_, text) in dates.items() if text}
    else:
        accessed = ""
    for variable, field in FIELDS.items():
        if variable in texts:
            setattr(record, field, texts.pop(variable))
    if "dimensions" in texts and csl_type(record.kind, record.type) in _SIZED:
        record.extent = texts.pop("dimensions")
    if "language" in texts:
        _fill_language(record, texts)
    if "note" in texts:
        record.notes = _notes(texts.pop("note"))
    if "keyword" in texts:
        record.tags = _words(texts.pop("keyword"))
    for variable, system in IDENTIFIERS.items():
        if variable in texts:
            record.identifiers[system] = texts.pop(variable)
    _fill_homes(record, texts, accessed)
    record.publication = texts


def _fill_language(record: Record, texts: dict[str, str]) -> None:
    """Take the language, a tag or a name; one that is neither stays among the variables of the publication."""
    text = texts["language"]
    tags = (text,) if _TAG.match(text) else language_tags(text)
    if tags:
        record.language = tags
        del texts["language"]


_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def _fill_homes(record: Record, texts: dict[str, str], accessed: str) -> None:
    archival = kind_of(record.kind).archival
    digital = Digital(texts.pop("source", ""), texts.pop("URL", ""), "", accessed)
    number = texts.get("call-number", "")
    if number and digital.url and number in digital.url:
        digital.id = texts.pop("call-number")
        number = ""
    record.digital = digital
    if archival or "archive_collection" in texts or "archive-place" in texts:
        location, collection, repository, place = (texts.pop(name, "") for name in ARCHIVE)
        if location or collection or repository or place:
            record.archive = parse_holding(location, collection, repository, place)
        if number and not record.archive.get("call_number"):
            record.archive = Holding((Level("call_number", number), *record.archive.levels))
        if number:
            texts.pop("call-number", "")


def _read_names(variable: str, value: Any, creators: list[Creator], problems: list[str]) -> None:
    role = CSL_ROLE[variable]
    for data in value if isinstance(value, list) else [value]:
        if isinstance(data, dict):
            name, extra = _name(data, problems)
        else:
            name, extra = Name(literal=_text(variable, data, problems)), {}
        if name.literal or name.family:
            creators.append(Creator(name, role, extra=extra))


_NAME_PARTS = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping",
    "non-dropping-particle": "non_dropping",
    "suffix": "suffix",
    "literal": "literal",
}
_NAME_SETTINGS = frozenset({"parse-names", "static-ordering", "isInstitution", "multi"})


def _name(data: dict[str, Any], problems: list[str]) -> tuple[Name, dict[str, Any]]:
    parts: dict[str, str] = {}
    extra: dict[str, Any] = {}
    for part, value in data.items():
        if part in _NAME_PARTS:
            parts[_NAME_PARTS[part]] = value.strip() if type(value) is str else _text(part, value, problems)
        elif part not in _NAME_SETTINGS and value not in (None, ""):
            extra[part] = _plain(value)
    if parts.get("literal"):
        return Name(literal=parts["literal"]), extra
    if not parts.get("family"):
        return Name(literal=parts.get("given", "")), extra
    return Name(**parts), extra


def _notes(text: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in re.split(r"\n[^\S\n]*\n", text)) if part)


def _words(keyword: str) -> tuple[str, ...]:
    return tuple(word for word in (w.strip() for w in keyword.split(";" if ";" in keyword else ",")) if word)


_VARIABLE_LINE = re.compile(r"\{?:?([A-Za-z_-]+):[^\S\n]*([^\n}]*?)\}?[^\S\n]*(?:\n|$)")


def _take_note_variables(texts: dict[str, str], dates: dict[str, tuple[str, str]], creators: list[Creator]) -> None:
    """Take the lines `variable: value` at the head of a note, which Zotero and citeproc count as variables."""
    note = texts["note"]
    at = 0
    while match := _VARIABLE_LINE.match(note, at):
        name, value = match.groups()
        if name in NAME_VARIABLES:
            family, _, given = (part.strip() for part in value.partition("||"))
            creators.append(Creator(Name(family, given) if given else Name(literal=family), CSL_ROLE[name]))
        elif name in DATE_VARIABLES:
            dates.setdefault(name, from_csl_date(value))
        elif name in TEXT_VARIABLES and name not in ("note", "title"):
            if name in ("type", "genre"):
                texts[name] = value
            else:
                texts.setdefault(name, value)
        else:
            break
        at = match.end()
    rest = note[at:].strip()
    if rest:
        texts["note"] = rest
    else:
        del texts["note"]


def _text(name: str, value: Any, problems: list[str]) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return ", ".join(text for text in (_text(name, part, problems) for part in value) if text)
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


# ---- files


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Records of a JSON array of items, of one item, of `{"items": [...]}`, or of one item a line."""
    keys = Keys()
    for value, line in read_values(stream, options, ("items", "references")):
        problems: list[str] = []
        where = Where(options.source, line)
        try:
            record = _record(value, problems)
        except InputError as error:
            yield Rejected(Problem(error.problems[0].message, where), json.dumps(value, ensure_ascii=False))
            continue
        for problem in problems:
            yield Problem(problem, Where(options.source, line, None, record.id or None), severity="warning")
        yield from give_key(record, keys, where)
        yield record


def written_item(record: Record, options: WriteOptions) -> Item:
    """The item of a record as the options want it; tells `options.loss` what no variable holds."""
    if not options.loss:
        return to_item(record, options.program, carry=options.carry)
    item = to_item(record, options.program)
    ours = item["custom"]["citetool"] if "custom" in item else {}
    options.loss.tell(record, ours, carried=options.carry)
    if ours and not options.carry:
        del item["custom"]
    return item


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _indented(item: Item) -> str:
    """A variable a line: to look at, and six times as fast as the encoder's own indentation."""
    encode = _ENCODER.encode
    return "{\n" + ",\n".join([f'  "{name}": {encode(value)}' for name, value in item.items()]) + "\n}"


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """A JSON array, one item a piece; indented with `options.pretty`."""
    separator = "[\n"
    encode = _indented if options.pretty else _ENCODER.encode
    for record in records:
        yield separator + encode(written_item(record, options))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
