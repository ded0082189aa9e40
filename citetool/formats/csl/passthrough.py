"""The CSL-JSON text of an item without the way through a record.

Most items say all that their record would hold, in values that `to_item` gives again. For such an item `finished` makes
its text at once. For any other it gives None, and the record is made, written and measured; so wherever it is not sure
that a value comes back, the answer is None. The long way is the rule: tests hold the text against it.

A reader that is told to (`ReadOptions.finish`) gives such an item as a `FinishedRecord`, whose text the writer takes.

Files have few *shapes* (the variables that an item has, in their order). What is to be done with the items of a shape
is decided once, and kept as its plan.
"""

from __future__ import annotations

from functools import lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.record.kinds import kind_of
from citetool.record.model import Record
from citetool.record.schema import FIELDS

from .dates import from_csl_date, plain_edtf, to_csl_date
from .export import harmless, is_one_line, name_lines
from .from_csl import (
    has_variables,
    native_record,
    read_kind,
    read_language,
    read_name,
    read_names,
    read_notes,
    read_text,
    read_words,
)
from .passthrough_archive import HELD, NOT_HELD, Held, held_of
from .roundtrip import is_plain_date
from .to_csl import INTERPRETED, keyword, name_item, type_of
from .variables import DATES, IDENTIFIERS, NAME_VARIABLES, OLD_NAMES, PLACED, PUBLICATION, SIZED, Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.record.model import Creator, Plain

    # empty where nothing is written, None where it is not sure
    Write = Callable[[Any, Item, "_Kind", Held], str | None]

_encode = JSONEncoder(ensure_ascii=False, check_circular=False).encode


class FinishedRecord(Record):
    """A record whose text is there, and what is lost of it; its fields are read out of the item when asked for."""

    __slots__ = ("item", "lost", "text")

    def __init__(self, key: str, item: Item, text: str, lost: dict[str, Plain]) -> None:
        self.id = key
        self.item = item
        self.text = text
        self.lost = lost

    def __getattr__(self, name: str) -> Any:
        if name not in Record.__slots__:
            raise AttributeError(name)
        record = native_record(self.item, [])
        for known in Record.__slots__:
            setattr(self, known, getattr(record, known))
        return getattr(self, name)


class _Kind(NamedTuple):
    """What type and genre of an item come to, and what of the kind they do not say when they are read again."""

    csl: str
    genre: str
    archival: bool
    lost: dict[str, Plain]


class _Plan(NamedTuple):
    """What is written of the items of a shape after their id, in this order: variable, what stands before its value,
    and how the value is written where it is no plain text.
    """

    kind: _Kind
    is_held: bool
    steps: tuple[tuple[str, str, Write | None], ...]


def finished(item: Item) -> FinishedRecord | None:
    """The item as it comes out of reading and writing; None where that is not certain."""
    try:
        plan = _plan(item.get("type", ""), item.get("genre", ""), *item)
    except TypeError:  # a list or mapping
        return None
    key = item.get("id")
    if plan is None or key.__class__ is not str or not (key := key.strip()):
        return None
    kind = plan.kind
    held = held_of(item, archival=kind.archival) if plan.is_held else NOT_HELD
    if held is None:
        return None
    parts = [f'{{"id": {quoted(key)}']
    names_lost = False
    for name, head, write in plan.steps:
        value = item.get(name)
        if write is not None:
            text = write(value, item, kind, held)
            names_lost |= text.__class__ is _Partly
        elif value.__class__ is str:
            text = value.strip()
            text = text and quoted(text)
        else:
            text = _text(name, value)
        if text:
            parts.append(head + text)
        elif text is None:
            return None
    lost = _lost(item, kind, held, with_names=names_lost)
    if lost:
        parts.append(f'"custom": {_encode({"citetool": lost})}')
    return None if lost is None else FinishedRecord(key, item, ", ".join(parts) + "}", lost)


def _lost(item: Item, kind: _Kind, held: Held, *, with_names: bool) -> dict[str, Plain] | None:
    """What the written item does not say, in the order of a record's fields; None where that is not sure."""
    lost = kind.lost
    if with_names:
        creators = _creators(item)
        if not creators:
            return None
        lost = {**lost, "creators": creators}
    if "event-place" in item and kind.csl not in PLACED and (place := read_text("", item["event-place"], [])):
        lost = {**lost, "place": place}
    return {**lost, "archive": held.levels} if held.levels else lost


@lru_cache(maxsize=4096)
def _plan(csl: Any, genre: Any, *shape: str) -> _Plan | None:
    """The plan for the items of a shape; None where a variable is not read and written as it is."""
    kind = _kind(csl.strip(), genre.strip()) if csl.__class__ is genre.__class__ is str else None
    old = {OLD_NAMES[name]: name for name in shape if OLD_NAMES.get(name) in _RENAMED}
    names = {*shape, *old, "type"} - {*old.values()}
    if kind is None or not names <= _KNOWN:
        return None
    if "recipient" in names and kind.csl != _LETTER:  # lines of the note, which are read behind all other names
        if [name for name in shape if name in NAME_VARIABLES][-1] != "recipient":
            return None
        names = names - {"recipient"} | {"note"}
    if kind.genre:
        names.add("genre")
    else:
        names.discard("genre")
    is_held = not names.isdisjoint(_ARCHIVE)
    if is_held:
        names |= {"kept", "note"} if kind.archival else {"kept", "published", "note"}
    later = [name for name in old if name not in shape]  # an old name counts as the new one, at the end
    order = ["type", "title", "genre", *(name for name in shape if name in NAME_VARIABLES), "issued", *DATES, *_TEXTS]
    order += [name for name in shape if name in IDENTIFIERS]
    order += ["kept", "source", "URL", "accessed", *(name for name in (*shape, *later) if name in _PUBLICATION)]
    order.append("published")
    if "note" not in shape:
        order.remove("note")
        order.append("note")
    write = {**_WRITE, **dict.fromkeys([name for name in old if name in shape], _sure)}
    steps = [
        (old[name] if name in later else name, "" if name in _GROUPS else f'"{name}": ', write.get(name))
        for name in order
        if name in names
    ]
    return _Plan(kind, is_held, tuple(steps))


def _kind(csl: str, genre: str) -> _Kind | None:
    kind, own = read_kind(csl, genre)
    csl, genre = type_of(kind, own)
    known, known_own = read_kind(csl, genre)
    archival = kind_of(kind).archival
    if kind_of(known).archival != archival:
        return None
    lost: dict[str, Plain] = {}
    if kind != known:
        lost["kind"] = kind
    if own != known_own:
        lost["type"] = own
    return _Kind(csl, genre, archival, lost)


# ---- values


class _Partly(str):
    """The text of names that does not say all that the item says of them."""

    __slots__ = ()


def _text(name: str, value: Any) -> str | None:
    problems: list[str] = []
    text = read_text(name, value, problems)
    return None if problems else text and quoted(text)


def _sure(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    return (value.__class__ is str and _text("", value)) or None


def _type(value: Any, item: Item, kind: _Kind, held: Held) -> str:
    return quoted(kind.csl)


def _genre(value: Any, item: Item, kind: _Kind, held: Held) -> str:
    return quoted(kind.genre)


def _names(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    if value.__class__ is not list:
        return None
    texts: list[str] = []
    said: type[str] = str
    for data in value:
        if data.__class__ is not dict:
            return None
        family, given = data.get("family"), data.get("given")
        if len(data) == 2 and family.__class__ is given.__class__ is str:
            family, given = family.strip(), given.strip()
            if family and given:
                texts.append(f'{{"family": {quoted(family)}, "given": {quoted(given)}}}')
                continue
        elif len(data) == 1 and (literal := data.get("literal")).__class__ is str and (literal := literal.strip()):
            texts.append(f'{{"literal": {quoted(literal)}}}')
            continue
        problems: list[str] = []
        name, extra = read_name(data, problems)
        if problems:
            return None
        if name.family or name.literal:
            texts.append(_encode(name_item(name)))
            said = _Partly if extra else said
    return said(f"[{', '.join(texts)}]") if texts else ""


def _creators(item: Item) -> Plain:
    """All who are named in the item, as a record file has them; nothing where that is not sure."""
    creators: list[Creator] = []
    problems: list[str] = []
    for name, value in item.items():
        if name in NAME_VARIABLES:
            read_names(name, value, creators, problems)
        elif name in OLD_NAMES:
            return ""
    return "" if problems else FIELDS["creators"].form.write(tuple(creators))


def _date(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    try:
        if len(value) == 1:
            (parts,) = value["date-parts"]
            return _one_date(*parts)
    except (TypeError, KeyError, ValueError):  # no mapping, no parts, not one date, not of three numbers
        pass
    return _any_date(value)


@lru_cache(maxsize=8192, typed=True)
def _one_date(year: Any = None, month: Any = None, day: Any = None) -> str | None:
    if plain_edtf(year, month, day):
        return f'{{"date-parts": [{[part for part in (year, month, day) if part is not None]}]}}'
    return _any_date({"date-parts": [[year, month, day]]})


def _any_date(value: Any) -> str | None:
    return _written_date(value) if value.__class__ is str else _other_date(value)


def _other_date(value: Any) -> str | None:
    edtf, text = from_csl_date(value)
    if edtf:
        return _encode(to_csl_date(edtf)) if is_plain_date(edtf) else None
    return None if text else ""


_written_date = lru_cache(maxsize=8192)(_other_date)


def _issued(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    date = _date(value, item, kind, held)
    if date is None:
        edtf, text = from_csl_date(value)
        literal = {"literal": text}
        return _encode(literal) if not edtf and from_csl_date(literal) == ("", text) else None
    return date


def _original(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    text, title = _text("", value), _text("", item.get("title"))
    return text if not text or (title and title != text) else None


def _place(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    text = _text("", value)
    return text if kind.csl in PLACED or text is None else ""


def _extent(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    text = _text("", value)
    return text if not text or kind.csl in SIZED else None


def _language(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    text = value.strip() if value.__class__ is str else ""
    tags = read_language(text)
    return quoted(tags[0]) if len(tags) == 1 and read_language(tags[0]) == tags else None


def _keyword(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    words = read_words(value) if value.__class__ is str else ()
    text = keyword(words)
    return quoted(text) if words and read_words(text) == words else None


def _note(value: Any, item: Item, kind: _Kind, held: Held) -> str | None:
    """The note, behind the lines that Zotero takes for the collection and place of the archive."""
    above = held.lines
    said: type[str] = str
    if "recipient" in item and kind.csl != _LETTER:
        lines = _recipients(item["recipient"])
        if not lines:
            return None
        said = lines.__class__
        above = f"{above}\n{lines}" if above else lines
    if "note" not in item:
        return above and said(quoted(above))
    note = value.strip() if value.__class__ is str else ""
    if not note or "\n\n".join(read_notes(note)) != note or harmless(note) != note or has_variables(note):
        return None
    return said(quoted(f"{above}\n{note}" if above else note))


_FULL = {"family", "given"}
_WITH_MORE = {"dropping-particle", "non-dropping-particle", "suffix"}


def _recipients(people: Any) -> str:
    """The lines for them; empty where it is not sure what these give back."""
    if people.__class__ is not list:
        return ""
    names: list[dict[str, str]] = []
    said: type[str] = str
    for data in people:
        if data.__class__ is not dict or not all(part.__class__ is str for part in data.values()):
            return ""
        name = {key: part.strip() for key, part in data.items()}
        whole = "".join(name.values())
        if not all(name.values()) or "}" in whole or "\n" in whole or "|" in whole:
            return ""
        if not is_one_line(name):  # it is read back as a longer family or given name
            if not (name.keys() > _FULL and name.keys() <= _FULL | _WITH_MORE):
                return ""
            said = _Partly
        names.append(name)
    return said("\n".join(name_lines("recipient", names)))


def _kept(value: Any, item: Item, kind: _Kind, held: Held) -> str:
    return held.kept


def _published(value: Any, item: Item, kind: _Kind, held: Held) -> str:
    return held.published


_LETTER = "personal_communication"
_ARCHIVE = frozenset(HELD)
_GROUPS = frozenset({"kept", "published"})
_TEXTS = ("title-short", "original-title", "abstract", "medium", "license", "dimensions", "event-place", "language",
          "note", "keyword")  # fmt: skip
_PUBLICATION = PUBLICATION - INTERPRETED
_RENAMED = frozenset(OLD_NAMES.values()) - _ARCHIVE
_WRITE: dict[str, Write] = {
    **dict.fromkeys(NAME_VARIABLES, _names),
    **dict.fromkeys((*DATES, "accessed"), _date),
    "type": _type,
    "genre": _genre,
    "issued": _issued,
    "original-title": _original,
    "event-place": _place,
    "dimensions": _extent,
    "language": _language,
    "keyword": _keyword,
    "note": _note,
    "kept": _kept,
    "published": _published,
}
_KNOWN = {"id", "title", "source", "URL", *_WRITE, *_TEXTS, *IDENTIFIERS, *_ARCHIVE, *_PUBLICATION}
