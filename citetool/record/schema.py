"""The record as plain data, and back: the one place that knows the fields of a record file.

`FIELDS` is the format: each field with its form, what it means and an example; the documentation is made from it. A
*form* is a pair of functions, plain data to model and model to plain data. Reading collects every fault, each with the
path of its field and what to write instead, and keeps fields that it does not know (`extra`). Writing gives fields in
the order of the table and leaves empty ones out, so that `from_plain(to_plain(r)) == r`.

Plain data is what YAML and JSON give: text, lists, mappings. Numbers and dates are text here (`date: 1944` is not an
integer); the loader sees to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.edtf import parse_edtf
from citetool.lazy_re import lazy
from citetool.names import Name, is_plain_name, parse_name
from citetool.problems import CitetoolError, InputError, Problem, Where, suggest
from citetool.struct import NamedTuple

from .kinds import CSL_TYPES
from .model import Creator, Digital, Draft, File, Holding, Level, Metadata, Plain, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """A fault in one field: its path (`("archive", "box")`), a message, and what to write instead."""

    path: Path
    message: str
    hint: str = ""


class Form(NamedTuple):
    """The two directions of a field: `read(value, path, faults)` gives the model's value, `write` the plain one."""

    read: Callable[[Any, Path, list[Fault]], Any]
    write: Callable[[Any], Any]


# ---- forms: each `read` reports what is wrong in `faults` and gives an empty value in its place


def _text(value: Any, path: Path, faults: list[Fault]) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if value is not None:
        faults.append(Fault(path, f"a text is wanted here, not {_kind_of(value)}", "write it in one line, in quotes"))
    return ""


def _texts(value: Any, path: Path, faults: list[Fault]) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        items = (_text(item, (*path, i), faults) for i, item in enumerate(value))
        return tuple(item for item in items if item)
    text = _text(value, path, faults)
    return (text,) if text else ()


def _edtf(value: Any, path: Path, faults: list[Fault]) -> str:
    text = _text(value, path, faults)
    if text:
        try:
            parse_edtf(text)
        except CitetoolError as error:
            problem = error.problems[0]
            faults.append(Fault(path, problem.message, problem.hint or "write an EDTF date such as 1944-06-26"))
            return ""
    return text


_LANGUAGE = lazy(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")


def _languages(value: Any, path: Path, faults: list[Fault]) -> tuple[str, ...]:
    tags = _texts(value, path, faults)
    for i, tag in enumerate(tags):
        if not (len(tag) == 2 and tag.isascii() and tag.isalpha()) and not _LANGUAGE.match(tag):
            where = (*path, i) if isinstance(value, (list, tuple)) else path
            faults.append(Fault(where, f"{tag!r} is not a language tag", "write a BCP 47 tag: en, ru, zh-Hans"))
    return tags


def _mapping(value: Any, path: Path, faults: list[Fault], example: str) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    if value not in (None, ""):
        faults.append(Fault(path, f"a mapping is wanted here, not {_kind_of(value)}", f"write {example}"))
    return {}


def _text_map(value: Any, path: Path, faults: list[Fault]) -> dict[str, str]:
    mapping = _mapping(value, path, faults, "one `name: value` a line, indented")
    texts = {str(name): _text(item, (*path, name), faults) for name, item in mapping.items()}
    return {name: text for name, text in texts.items() if text}


def _edtf_map(value: Any, path: Path, faults: list[Fault]) -> dict[str, str]:
    mapping = _mapping(value, path, faults, "`received: 1944-06-27`, one event a line, indented")
    texts = {str(name): _edtf(item, (*path, name), faults) for name, item in mapping.items()}
    return {name: text for name, text in texts.items() if text}


def _holding(value: Any, path: Path, faults: list[Fault]) -> Holding:
    levels: list[Level] = []
    mapping = _mapping(value, path, faults, "the levels from small to large, `box: Box 6` a line, indented")
    for name, item in mapping.items():
        levels += [Level(str(name), text) for text in _texts(item, (*path, name), faults)]
    return Holding(tuple(levels))


def _holding_plain(holding: Holding) -> dict[str, Plain]:
    plain: dict[str, Plain] = {}
    seen: set[str] = set()
    for name, value in holding.levels:
        before = plain.setdefault(name, value)
        if isinstance(before, list):
            before.append(value)
        elif name in seen:
            plain[name] = [before, value]
        seen.add(name)
    return plain


def _list_of(form: Form) -> Form:
    def read(value: Any, path: Path, faults: list[Fault]) -> tuple[Any, ...]:
        if value in (None, ""):
            return ()
        if not isinstance(value, (list, tuple)):
            return (form.read(value, path, faults),)
        return tuple(form.read(item, (*path, i), faults) for i, item in enumerate(value))

    return Form(read, lambda items: [form.write(item) for item in items])


def _name(data: dict[str, Any], path: Path, faults: list[Fault]) -> Name:
    parts = {p: _text(data.pop(p), (*path, p), faults) for p in Name._fields if p in data}
    if "name" in data:
        text = _text(data.pop("name"), (*path, "name"), faults)
        if text:
            return parse_name(text)
    if not (parts.get("family") or parts.get("literal")):
        faults.append(Fault(path, "a creator without a name", 'write name: "Harriman, W. Averell"'))
    return Name(**parts)


def _name_plain(name: Name) -> dict[str, Plain]:
    text = str(name)
    if is_plain_name(name) or parse_name(text) == name:
        return {"name": text}
    return {p: getattr(name, p) for p in Name._fields if getattr(name, p)}


def _creator(value: Any, path: Path, faults: list[Fault]) -> Creator:
    if isinstance(value, str):
        value = {"name": value}
    data = dict(_mapping(value, path, faults, '`{name: "Harriman, W. Averell", role: author}`'))
    name = _name(data, path, faults)
    known = {f: _text(data.pop(f), (*path, f), faults) for f in ("role", "office", "original_name") if f in data}
    known["role"] = known.get("role") or "author"
    return Creator(name, **known, extra=_extra(data, path, faults))


def _creator_plain(creator: Creator) -> dict[str, Plain]:
    plain = _name_plain(creator.name)
    plain["role"] = creator.role
    for field in ("office", "original_name"):
        if getattr(creator, field):
            plain[field] = getattr(creator, field)
    return {**plain, **creator.extra}


def _block(make: Callable[..., Any], fields: dict[str, Form], example: str) -> Form:
    """Return the form of a mapping with known fields and an `extra`."""

    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        data = dict(_mapping(value, path, faults, example))
        known = {n: form.read(data.pop(n), (*path, n), faults) for n, form in fields.items() if n in data}
        return make(**known, extra=_extra(data, path, faults))

    def write(block: Any) -> dict[str, Plain]:
        known = {n: form.write(getattr(block, n)) for n, form in fields.items() if getattr(block, n)}
        return {**known, **block.extra}

    return Form(read, write)


def _file_path(value: Any, path: Path, faults: list[Fault]) -> str:
    text = _text(value, path, faults)
    if text.startswith(("/", "\\", "~")) or ".." in text.replace("\\", "/").split("/") or text[1:2] == ":":
        faults.append(Fault(path, f"{text!r} leaves the library", "write a path relative to the record's folder"))
        return ""
    return text


def _make_file(path: str = "", **fields: Any) -> File:
    return File(path, **fields)


def _extra(data: Mapping[Any, Any], path: Path, faults: list[Fault]) -> dict[str, Plain]:
    return {str(name): _plain(value, (*path, name), faults) for name, value in data.items()}


def _plain(value: Any, path: Path, faults: list[Fault]) -> Plain:
    if isinstance(value, (list, tuple)):
        return [_plain(item, (*path, i), faults) for i, item in enumerate(value)]
    if isinstance(value, dict):
        return _extra(value, path, faults)
    return "" if value is None else str(value)


def _kind_of(value: Any) -> str:
    names: dict[type, str] = {list: "a list", dict: "a mapping", bool: "true or false"}
    return names.get(type(value), f"{value!r}")


def _same(value: Any) -> Any:
    return value


def _as_list(value: tuple[str, ...]) -> str | list[str]:
    return value[0] if len(value) == 1 else list(value)


TEXT = Form(_text, _same)
TEXTS = Form(_texts, list)
LANGUAGES = Form(_languages, _as_list)
EDTF = Form(_edtf, _same)
TEXT_MAP = Form(_text_map, dict)
EDTF_MAP = Form(_edtf_map, dict)
HOLDING = Form(_holding, _holding_plain)
CREATOR = Form(_creator, _creator_plain)
DIGITAL = _block(
    Digital,
    {"name": TEXT, "url": TEXT, "id": TEXT, "accessed": EDTF, "contents": TEXTS},
    "`name:` and `url:` of the site, indented",
)
FILE = _block(
    _make_file,
    {
        "path": Form(_file_path, _same),
        **dict.fromkeys(
            ("kind", "language", "note", "page", "caption", "name", "size", "checksum", "taken", "place"), TEXT
        ),
    },
    "`{path: 219945.txt, kind: transcript}`",
)
METADATA = _block(
    Metadata,
    {
        **dict.fromkeys(("source", "url", "file"), TEXT),
        "retrieved": EDTF,
        "reader": TEXT,
        "inferred": TEXTS,
        "note": TEXT,
    },
    "`source: Wilson Center Digital Archive`, indented",
)


class Field(NamedTuple):
    """One field of a record file: how it is written, what it means (with the standard's element), an example."""

    form: Form
    meaning: str
    example: str


# In the order in which a record is written.
FIELDS: dict[str, Field] = {
    "id": Field(TEXT, "The key, by which the record is cited. Also the file's name.", '"219945"'),
    "aliases": Field(TEXTS, "Earlier keys of the same record; they go on working.", "[wcda219945]"),
    "kind": Field(TEXT, "What it is: a kind of the table below, or words of your own.", "memorandum of conversation"),
    "type": Field(TEXT, "The CSL type, only where it differs from the one that the kind stands for.", "report"),
    "title": Field(
        TEXT, "The title that the source bears (ISAD(G) 3.1.2, formal title).", "Exchange of Military Information"
    ),
    "supplied_title": Field(
        TEXT, "A title that an archivist or editor supplied (DACS 2.3). Styles do not quote it.", "Notes on tariffs"
    ),
    "short_title": Field(TEXT, "For subsequent citations.", "Long Telegram"),
    "original_title": Field(TEXT, "The title in the original language and script.", "Телеграмма Новикова"),
    "transliterated_title": Field(TEXT, "The original title in Latin letters.", "Telegramma Novikova"),
    "translated_title": Field(TEXT, "The title in the language of the citation.", "Novikov's telegram"),
    "creators": Field(
        _list_of(CREATOR),
        "People and bodies with their role, and office at the time; authors first.",
        '[{name: "Harriman, W. Averell", role: author, office: Ambassador}]',
    ),
    "date": Field(EDTF, "When it was made, EDTF to level 2 (DACS 2.4).", "1944-06-26"),
    "date_text": Field(TEXT, "The date as the source writes it, where EDTF says less.", "night of 26 June"),
    "dates": Field(EDTF_MAP, "Other dates by event: sent, received, declassified ...", "{received: 1944-06-27}"),
    "place": Field(TEXT, "Where it was written, taken or recorded.", "Moscow"),
    "language": Field(LANGUAGES, "The language of what is cited, BCP 47; a list where there are several.", "en"),
    "original_language": Field(LANGUAGES, "The language of the original, where a translation is cited.", "ru"),
    "archive": Field(
        HOLDING,
        "Where the original is kept: levels as cited, small to large (ISAD(G) 3.1.1, 3.5.1).",
        "{box: Box 6, collection: Hull Papers, repository: Library of Congress}",
    ),
    "copies": Field(
        _list_of(HOLDING), "Other archives that keep the same (ISAD(G) 3.5.2).", "[{fond: f. 3, repository: APRF}]"
    ),
    "digital": Field(DIGITAL, "Where a copy is read: site, address, number, what it offers.", "{url: https://...}"),
    "publication": Field(
        TEXT_MAP, "Of publications: CSL variables by their names.", "{container-title: The Times, page: 12-15}"
    ),
    "markings": Field(TEXTS, "Classification and other marks, as they stand.", "[TOP SECRET]"),
    "summary": Field(TEXT, "What it is about (ISAD(G) 3.3.1).", "Harriman and Stalin discuss ..."),
    "subjects": Field(TEXTS, "Subjects of the catalogue.", '["World War, 1939-1945"]'),
    "tags": Field(TEXTS, "Your own words.", "[chapter-2]"),
    "notes": Field(TEXTS, "Your own notes, one text each.", "[Copy to General Deane]"),
    "extent": Field(TEXT, "How much (ISAD(G) 3.1.5).", "2 pages"),
    "medium": Field(TEXT, "Of what stuff (ISAD(G) 3.1.5).", "typescript"),
    "rights": Field(TEXT, "Conditions of use (ISAD(G) 3.4).", "Public domain"),
    "identifiers": Field(TEXT_MAP, "Numbers by system: doi, isbn, naid ...", "{naid: 305250}"),
    "files": Field(_list_of(FILE), "Files beside the record.", "[{path: 219945.txt, kind: transcript}]"),
    "citation": Field(TEXT, "The citation as the source gives it.", "Hull to Kennan, May 3, 1944, Box 6, Hull Papers"),
    "metadata": Field(METADATA, "Where these facts come from, and which were inferred.", "{source: finding aid}"),
}


def from_plain(data: Mapping[str, Any]) -> tuple[Record, list[Fault]]:
    """Return the record, and all that is wrong with it; a field with a fault is empty in the record."""
    faults: list[Fault] = []
    rest = dict(data)
    known = {n: field.form.read(rest.pop(n), (n,), faults) for n, field in FIELDS.items() if n in rest}
    key = known.pop("id", "")
    if not key and not any(fault.path == ("id",) for fault in faults):
        faults.insert(0, Fault(("id",), "the record has no id", 'write id: "..." with the key to cite it by'))
    record_type = known.get("type", "")
    if record_type and record_type not in CSL_TYPES:
        faults.append(
            Fault(("type",), f"{record_type!r} is not a CSL type", suggest(record_type, CSL_TYPES) or "leave it out")
        )
    return Draft(id=key, **known, extra=_extra(rest, (), faults)), faults


def to_plain(record: Record) -> dict[str, Plain]:
    """Return the record as text, lists and mappings, in the order of `FIELDS`, unknown fields last, empty ones left
    out.
    """
    plain: dict[str, Plain] = {}
    for name, field in FIELDS.items():
        value = getattr(record, name)
        if value:
            plain[name] = field.form.write(value)
    return {**plain, **record.extra}


def checked(data: Mapping[str, Any], source: str | None = None) -> Record:
    """Return the record of faultless plain data; raises InputError with every fault otherwise."""
    record, faults = from_plain(data)
    if faults:
        raise InputError(*(Problem(f.message, Where(source, field=dotted(f.path)), f.hint or None) for f in faults))
    return record


def dotted(path: Path) -> str:
    """Return a path as people write it: `creators[1].name`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
