"""Assignments as they are written at the shell: `kind=letter`, `archive.box=Box 3`, `tags+=chapter-2`, `place=`.

    assignment = path ("=" | "+=" | "-=") [value]        path = name *("." name)

The path leads into the record file. A level may stand without `archive.`, a role without `creators`, `url` and `doi`
without their place; of a publication so may what `record.publication` names (`publisher`, `journal`, `pages`). What
other programs call `year`, `abstract` or `DOI` is taken for the field that it means, and a name may have blanks
(`record group=RG 59`). Names that are none of these are refused, unless forced or of the user's own (`x-...`). `=` sets
a field, or removes it if the value is empty; `+=` and `-=` change a list. A value in brackets or braces is YAML where
the field is not a text; everything else is the text that it is, but dates are taken as people write them.
"""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.csl.items.variables import DATE_VARIABLES, NUMBER_VARIABLES, TEXT_VARIABLES
from citetool.edtf import parse_edtf
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, UnknownNameError, UsageError, suggest
from citetool.record.kinds import CSL_TYPES, kind_of, spoken_kind
from citetool.record.levels import LEVELS, with_level
from citetool.record.publication import PUBLICATION
from citetool.record.roles import ROLES
from citetool.record.schema import FIELDS, TEXT
from citetool.record.yamltext import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citetool.record.model import Plain

_FORM = lazy(r"(\w(?:[\w-]*\w)?(?:\.\w(?:[\w:-]*\w)?)*)\s*(\+=|-=|=)(.*)", re.S)
_SPOKEN_NAME = lazy(r"\s*(\w+(?:[ \t]+\w+)+)\s*(?:\+=|-=|=)")
_MAPPINGS = frozenset({"archive", "digital", "publication", "identifiers", "dates", "metadata"})
_LISTS = frozenset({"aliases", "tags", "subjects", "notes", "markings", "language", "original_language", "creators"})
_ELSEWHERE = {
    "url": ("digital", "url"),
    "site": ("digital", "name"),
    "accessed": ("digital", "accessed"),
    "archive_place": ("archive", "place"),
    "doi": ("identifiers", "doi"),
    "isbn": ("identifiers", "isbn"),
    "tag": ("tags",),
    "subject": ("subjects",),
    "note": ("notes",),
    "marking": ("markings",),
    "alias": ("aliases",),
}
# what people and other programs call our fields
_CALLED = {
    "year": "date", "from": "author", "to": "recipient", "city": "place", "address": "publisher_place",
    "location": "publisher_place", "school": "university", "journaltitle": "journal", "journal_title": "journal",
    "publication_title": "journal", "title_short": "short_title", "shorttitle": "short_title", "lang": "language",
    "abstract": "summary", "annotation": "note", "comment": "note", "keyword": "tags", "keywords": "tags",
    "link": "url", "website": "url", "urldate": "accessed", "access_date": "accessed", "rg": "record_group",
    "recordgroup": "record_group", "shelfmark": "call_number", "callnumber": "call_number",
    "book": "booktitle", "book_title": "booktitle", "decimal_file": "file_code", "central_decimal_file": "file_code",
}  # fmt: skip
_CONTAINERS = ("journal", "newspaper", "magazine")
_OF_A_CONTAINER = ("article", "newspaper")  # kinds that are meant as an article where its container is named as well
_OWN = ("x-", "x_")  # names of the user's own
_PARTS: dict[str, Iterable[str]] = {
    "archive": LEVELS,
    "creators": ROLES,
    "publication": TEXT_VARIABLES | NUMBER_VARIABLES | DATE_VARIABLES,
    "digital": ("name", "url", "id", "accessed", "contents"),
}


class Assignment(NamedTuple):
    """One assignment: the path in the record, the operator (`=`, `+=`, `-=`), and the value, empty to remove a field.

    `name` is the path as it was written, if it was a single word: what it means may depend on the kind of the record.
    """

    path: tuple[str, ...]
    act: str
    value: Any
    name: str = ""


def parse_assignment(text: str, *, force: bool = False) -> Assignment:
    """Parse an assignment. Raises UsageError where it is none, UnknownNameError for an unknown name if not forced."""
    match = _FORM.fullmatch(_joined_name(text))
    if match is None:
        hint = "write field=value, such as kind=letter"
        raise UsageError(Problem(f"{text!r} is not an assignment", hint=hint))
    name, act, value = match[1] if force else _our_name(match[1]), match[2], match[3].strip()
    path = tuple(name.split("."))
    if path == ("id",):
        raise UsageError(Problem("cannot change the key with 'set'", hint="use citetool rename OLD NEW"))
    if len(path) == 1 and path[0] not in FIELDS:
        path = _place(path[0], force)
    elif not force:
        _check_parts(path)
    if path == ("archive",) and value and value[0] not in "[{":
        hint = f"name its levels: repository={quote(value)} collection=... box=..."
        raise UsageError(Problem(f"an archive has levels, and is no text: {value!r}", hint=hint))
    is_text = path[0] in FIELDS and FIELDS[path[0]].form is TEXT
    data: Any = parse_yaml(value) if value[:1] in ("[", "{") and not is_text else value
    if path[0] == "creators" and len(path) == 2 and isinstance(data, str) and data:
        data = {"name": data, "role": path[1]}
    if len(path) > 1 and path[0] in FIELDS and path[0] not in (*_MAPPINGS, "creators"):
        raise UsageError(Problem(f"{path[0]!r} has no parts", hint=f"write {path[0]}=value"))
    if path == ("tags",) and isinstance(data, str):
        data = [tag.strip() for tag in data.split(",") if tag.strip()]
    if path[0] in ("date", "dates") and isinstance(data, str) and data:
        data = date_as_typed(data)
    return Assignment(path, act, data, name if "." not in name else "")


def _joined_name(text: str) -> str:
    """Return the assignment with the name of a field in one word: `record group=RG 59` as `record_group=RG 59`."""
    match = _SPOKEN_NAME.match(text)
    name = "_".join(match[1].split()) if match else ""
    return name + text[match.end(1) :] if match and _our_name(name) in _known() else text


def _known() -> set[str]:
    return {*FIELDS, *_ELSEWHERE, *LEVELS, *ROLES, *PUBLICATION}


def _our_name(name: str) -> str:
    """Return our name of a field that is written in capitals, with other hyphens, or as other programs call it."""
    known = _known()
    plain = name.lower().replace("-", "_")
    for ours in (name, plain, plain.replace("_", "-"), _CALLED.get(plain, "")):
        if ours in known:
            return ours
    return name


def date_as_typed(text: str) -> str:
    """Return the EDTF text of a date as people write it; a text that cannot be read is left as it is."""
    from citetool.edtf.written import normalise_date  # noqa: PLC0415 - only a date needs it

    try:
        return str(parse_edtf(text))
    except InputError:
        return normalise_date(text) or text


def _check_parts(path: tuple[str, ...]) -> None:
    """Raise UnknownNameError for a path that leads nowhere: `foo.bar`, `archive.boxx`."""
    known: Iterable[str] = FIELDS
    name = path[0]
    if name in FIELDS and len(path) > 1:
        known = _PARTS.get(name, ())
        name = path[1]
    if name in known or name.isdigit() or name.startswith(_OWN) or (path[0] in FIELDS and not known):
        return
    message = f"{path[0]} has no part {name!r}" if path[0] in FIELDS else f"there is no field {name!r}"
    hint = suggest(name, known) or "citetool fields lists them; --force keeps the name"
    raise UnknownNameError(Problem(message, hint=hint))


def _place(name: str, force: bool) -> tuple[str, ...]:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    if name in LEVELS:
        return ("archive", name)
    if name in ROLES:
        return ("creators", name)
    if name in PUBLICATION:
        return ("publication", PUBLICATION[name].variable)
    if force or name.startswith(_OWN):
        return (name,)
    hint = suggest(name, _known()) or "citetool fields lists them; --force keeps the name"
    raise UnknownNameError(Problem(f"there is no field {name!r}", hint=hint))


def _by_kind(one: Assignment, kind: str) -> tuple[str, ...]:
    """Return the path of an assignment for a kind: of a publication, `place` and `volume` are those of its edition, and
    a `type` that CSL does not have is the type of the thesis or report (`type=PhD diss.`).
    """
    name = "thesis_type" if one.name == "type" and one.value and one.value not in CSL_TYPES else one.name
    if name in PUBLICATION and kind and not kind_of(kind).archival:
        return ("publication", PUBLICATION[name].variable)
    return one.path


def _as_meant(kind: str, data: Mapping[str, Any], assignments: Sequence[Assignment]) -> str:
    """Return the term of a kind as it was typed. CSL's own `article` is a preprint, and a `newspaper` a whole issue;
    what is said to stand in a journal, newspaper or magazine is an article there.
    """
    term = spoken_kind(kind)
    if term not in _OF_A_CONTAINER:
        return term
    held = data.get("publication")
    standing = [one.name for one in assignments if one.name in _CONTAINERS and one.value]
    if not standing and isinstance(held, dict) and held.get("container-title"):
        standing = ["journal" if term == "article" else term]
    return f"{standing[-1]} article" if standing else term


def assigned(data: Mapping[str, Any], assignments: Sequence[Assignment]) -> dict[str, Plain | None]:
    """Return the top-level fields of a record's plain data that the assignments change, with their new values."""
    now: dict[str, Any] = {}
    given = [one.value for one in assignments if one.path == ("kind",) and one.act == "="]
    kind = _as_meant(str(given[-1]), data, assignments) if given else str(data.get("kind", ""))
    for one in assignments:
        path, act, value = _by_kind(one, kind), one.act, one.value
        if path == ("kind",) and act == "=":
            value = kind
        field = path[0]
        old = now.get(field, data.get(field))
        if field == "creators" and len(path) == 2:
            now[field] = _with_role(_as_list(old), path[1], act, value)
        elif len(path) > 1:
            now[field] = _set_in(dict(old) if isinstance(old, dict) else {}, path[1:], act, value)
        else:
            now[field] = _set(field, old, act, value)
    return {field: value or None for field, value in now.items() if (value or None) != data.get(field)}


def _set(field: str, old: Any, act: str, value: Any) -> Any:
    values = value if isinstance(value, list) else [value] if value not in ("", None) else []
    if act == "+=":
        present = _as_list(old)
        return present + [item for item in values if item not in present]
    if act == "-=":
        return [item for item in _as_list(old) if item not in values]
    return values if field in _LISTS and not isinstance(value, dict) else value


def _set_in(mapping: dict[str, Any], path: tuple[str, ...], act: str, value: Any) -> dict[str, Any]:
    name = path[0]
    old = mapping.get(name)
    if len(path) > 1:
        new = _set_in(dict(old) if isinstance(old, dict) else {}, path[1:], act, value)
    else:
        new = _set(name, old, act, value)
    if not new:
        mapping.pop(name, None)
        return mapping
    if name in mapping or name not in LEVELS:
        mapping[name] = new
        return mapping
    return with_level(mapping, name, new)


def _with_role(creators: list[Any], role: str, act: str, value: Any) -> list[Any]:
    if act == "+=":
        return [*creators, *([value] if value and value not in creators else [])]
    if act == "-=":
        name = value["name"] if isinstance(value, dict) else ""
        return [c for c in creators if not (_role(c) == role and isinstance(c, dict) and c.get("name") == name)]
    first = next((i for i, creator in enumerate(creators) if _role(creator) == role), len(creators))
    others = [creator for creator in creators if _role(creator) != role]
    return [*others[:first], *([value] if value else []), *others[first:]]


def _role(creator: Any) -> str:
    return str(creator.get("role", "author")) if isinstance(creator, dict) else "author"


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value] if value not in (None, "") else []
