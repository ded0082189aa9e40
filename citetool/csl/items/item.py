"""CSL-JSON items as the elements need them: text, names and dates in three dicts by kind.

`Item` is made once for each source from whatever the JSON holds; a value of a wrong type is left out with a problem.
`shape` (type and the variables that have a value) is what layouts are compiled for. Values keep their markup; control
characters go. Variables in `note` count as the item's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from citetool.collector import collection_paused
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

from .dates import CslDate, parse_date
from .names import PersonName, parse_names
from .note_variables import with_note_variables
from .variables import DATE_VARIABLES, NAME_VARIABLES, OLD_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_FIELD = 200_000
MAX_NUMBER = 10**15
_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# DEVIATION: as in the reference, the language of an item sets the order of its names
_FAMILY_FIRST = ("hu", "ja", "vi", "zh")
_PAGE_END = lazy(r"[-–&;]|, ")  # a comma without a blank stands in one number


_NO_VARIABLES = frozenset(("id", "type"))
_STRUCTURED = NAME_VARIABLES | DATE_VARIABLES

# type and the variables that have a value
Shape: TypeAlias = tuple[str, frozenset[str]]


class Item:
    """One source. `index` is its place in the list that it came in."""

    __slots__ = ("data", "dates", "id", "index", "is_english", "language", "names", "shape", "text", "type")

    def __init__(self, item_id: str, item_type: str, index: int) -> None:
        self.id = item_id
        self.type = item_type
        self.index = index
        self.text: dict[str, str] = {}
        self.names: dict[str, list[PersonName]] = {}
        self.dates: dict[str, CslDate] = {}
        self.language = ""
        self.is_english: bool | None = None
        self.shape: Shape = (item_type, frozenset())
        self.data: Mapping[str, Any] = {}

    def has(self, variable: str) -> bool:
        """Return whether the variable has a value of any kind."""
        return variable in self.shape[1]


@collection_paused()
def read_items(data: Iterable[Mapping[str, Any]], problems: list[Problem]) -> dict[str, Item]:
    """Return items by id, in order. A later item of the same id replaces the earlier one; unusable ones are reported.

    Raises InputError where the data is no list at all.
    """
    items: dict[str, Item] = {}
    if isinstance(data, (str, bytes, dict)) or not hasattr(data, "__iter__"):
        raise InputError(Problem(f"items are a list of CSL-JSON items and not {type(data).__name__}"))
    known: dict[str, dict[Any, PersonName | None]] = {}
    for index, entry in enumerate(data):
        if not isinstance(entry, dict) or not _is_id(entry.get("id")):
            where = Where(field=f"items[{index}]")
            problems.append(Problem("not a CSL-JSON item with an 'id'", where, severity="error"))
            continue
        item = read_item(entry, index, problems, known)
        items[item.id] = item
    return items


def _is_id(value: object) -> bool:
    return isinstance(value, (str, float)) or (isinstance(value, int) and abs(value) < MAX_NUMBER)


def read_item(
    entry: Mapping[str, Any],
    index: int,
    problems: list[Problem],
    known: dict[str, dict[Any, PersonName | None]] | None = None,
) -> Item:
    """One CSL-JSON dict as `Item`; what cannot be used is left out and reported in `problems`.

    `known` are the names of the items before by variable: within an item, people in two roles stay two objects.
    """
    entry = with_note_variables(entry) or entry
    item = Item(str(entry["id"]), _type_of(entry), index)
    item.data = entry
    language = str(entry.get("language") or "").lower()
    family_first = language.startswith(_FAMILY_FIRST) and not language[2:3].isalnum()
    for key, value in entry.items():
        if key in _NO_VARIABLES or value is None:
            continue
        if isinstance(value, str):
            if key in _STRUCTURED:
                if value:
                    _read_loose(item, key, value)
                continue
            text = clean(value)
            if key in _OWN_LABELS:
                text = _without_label(text, _OWN_LABELS[key])
            if text:
                item.text[OLD_NAMES.get(key, key)] = text
        elif key in NAME_VARIABLES or (isinstance(value, list) and key not in DATE_VARIABLES):
            values = [_in_static_order(v) for v in value] if family_first and isinstance(value, list) else value
            _read_names(item, key, values, problems, None if known is None else known.setdefault(key, {}))
        elif key in DATE_VARIABLES or isinstance(value, dict):
            _read_date(item, key, value, problems)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < MAX_NUMBER:
            item.text[OLD_NAMES.get(key, key)] = str(value)
        else:
            where = Where(field=f"{item.id}.{key}")
            message = f"{type(value).__name__} is no value for a variable"
            problems.append(Problem(message, where, severity="warning"))
    if "page" in item.text and "page-first" not in item.text:
        item.text["page-first"] = _PAGE_END.split(item.text["page"], maxsplit=1)[0].strip()
    item.language = item.text.get("language", "")
    item.shape = (item.type, frozenset((*item.text, *item.names, *item.dates)))
    return item


# DEVIATION: as in the reference, a number that says what it is loses the word, which the style has for it
_OWN_LABELS = {"volume": "vol. ", "issue": "no. ", "number": "no. "}
_BARE_NUMBER = lazy(r"\s*(?:\d|[ivxlcdm]+$|[IVXLCDM]+$)")


def _without_label(text: str, label: str) -> str:
    bare = text.removeprefix(label)
    return bare.lstrip() if bare is not text and _BARE_NUMBER.match(bare) else text


def _in_static_order(name: object) -> object:
    return {"static-ordering": True, **name} if isinstance(name, dict) else name


def _type_of(entry: Mapping[str, Any]) -> str:
    value = entry.get("type", "")
    return value if isinstance(value, str) else ""


def _read_loose(item: Item, key: str, value: str) -> None:
    """Read a name or date that is given as mere text."""
    if key in NAME_VARIABLES:
        item.names[key] = [PersonName(literal=clean(value)).seal()]
        return
    date = parse_date({"raw": clean(value)})
    if date is not None:
        item.dates[key] = date


def clean(text: str) -> str:
    """Return the text without control characters; a field longer than `MAX_FIELD` letters ends there."""
    if len(text) > MAX_FIELD:
        text = text[:MAX_FIELD] + "…"
    return text if text.isprintable() or text.replace("\n", "").isprintable() else _CONTROL.sub("", text)


def _read_names(
    item: Item, key: str, value: object, problems: list[Problem], known: dict[Any, PersonName | None] | None
) -> None:
    names = parse_names(value if isinstance(value, list) else [value], known)
    if names is None:
        where = Where(field=f"{item.id}.{key}")
        problems.append(
            Problem("not a list of names", where, hint='[{"family": ..., "given": ...}]', severity="warning")
        )
    elif names:
        item.names[key] = names


def _read_date(item: Item, key: str, value: object, problems: list[Problem]) -> None:
    if isinstance(value, dict):
        value = {name: clean(part) if isinstance(part, str) else part for name, part in value.items()}
    date = parse_date(value)
    if date is None:
        if value:
            where = Where(field=f"{item.id}.{key}")
            hint = '{"date-parts": [[1944, 6, 26]]}'
            problems.append(Problem("not a date", where, hint=hint, severity="warning"))
        return
    item.dates[key] = date
