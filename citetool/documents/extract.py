"""Take the sources out of a document: what it embeds, what its keys stand for, what its typed notes cite."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.formats.csl.from_csl import from_item
from citetool.problems import InputError, Problem, Where
from citetool.record.keys import Keys, same_source
from citetool.struct import replace

from .model import CitedItem
from .typed import read_typed

if TYPE_CHECKING:
    from citetool.parsing import Context
    from citetool.record.model import Record

    from .model import Document, Note, Place
    from .sources import Sources


@dataclass(slots=True)
class Extracted:
    """The records of a document in the order of citing, where each is cited, and what could not be taken.

    `keys` has the key of each source by what tells it apart in the document. `cited` has for each key the places as
    plain data: `n` of a citation place, `note` and `where`, the line if known. `left_out` counts the typed citations
    that were not taken.
    """

    records: list[Record] = field(default_factory=list)
    cited: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    keys: dict[str, str] = field(default_factory=dict)


def extract(document: Document, sources: Sources, context: Context | None = None) -> Extracted:
    """Return the records that the document cites, each once.

    A source that a file or the library has under its key is taken from there, else as the document embeds it.
    Readings of typed notes that are not sure are problems, and no records.
    """
    taken = _Taken(document, sources)
    for place in document.places:
        for item in place.items:
            taken.cite(item, place)
    for item in (*document.uncited, *map(CitedItem, sources.nocited())):
        taken.cite(item, None)
    found = taken.found
    known = {record.id for record in found.records}
    for citation in read_typed(document, sources, context):
        note = citation.note
        if citation.doubt:
            what = f"{note.label}{citation.text!r} is not taken: {citation.doubt}"
            found.problems.append(Problem(what, note.at, severity="warning"))
            found.left_out += 1
            continue
        if citation.key not in known:
            known.add(citation.key)
            found.records.append(citation.record)
        found.cited.setdefault(citation.key, []).append(_in_note(note))
    found.problems += _twice(document, found)
    return found


class _Taken:
    """The records of citation places, by what tells sources apart in the document."""

    def __init__(self, document: Document, sources: Sources) -> None:
        self.found = Extracted()
        self._document = document
        self._sources = sources
        self._keys = Keys()

    def cite(self, item: CitedItem, place: Place | None) -> None:
        """Take the record of an item that is new, and note its place."""
        identity = self._document.identity(item)
        key = self.found.keys.get(identity)
        if key is None:
            record = self._record(item)
            if record is None:
                missing = self._sources.unknown(item, place) if place is not None else None
                self.found.problems.append(missing or Problem(f"there is no source {item.id!r}, which nocite names"))
                return
            key = self.found.keys[identity] = self._keys.give(record)
            self.found.records.append(record if record.id == key else replace(record, id=key))
        self.found.cited.setdefault(key, [])
        if place is not None:
            self.found.cited[key].append(_at_place(place))

    def _record(self, item: CitedItem) -> Record | None:
        """Return the record that a file has, else that of the embedded data, else that of the library; under the key
        that the document cites it by, which may be an earlier one of the library's.

        Ids of embedded items are numbers of a program's own (`ITEM-1`), so that those records get keys.
        """
        listed = self._sources.records.get(item.id)
        own = self._sources.own_item(item.id)
        data = None if listed is not None else own or item.data
        if data is not None:
            try:
                record = from_item(data)
                return record if own or data.get("citation-key") else replace(record, id="")
            except InputError as error:
                self.found.problems += error.problems
        found = listed or self._sources.record(item.id)
        return found if found is None or found.id == item.id else replace(found, id=item.id)


def _at_place(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {"n": place.n, "where": place.where, "note": place.note, "line": place.at.line}
    return {name: value for name, value in found.items() if value is not None}


def _in_note(note: Note) -> dict[str, Any]:
    found: dict[str, Any] = {"where": note.kind, "note": note.number, "line": note.at.line}
    return {name: value for name, value in found.items() if value is not None}


def _twice(document: Document, found: Extracted) -> list[Problem]:
    """Return a warning for each record that looks like an earlier one of the same year under another key."""
    problems = []
    by_year: dict[str, list[Record]] = {}
    for record in found.records:
        earlier = by_year.setdefault(record.date[:4], [])
        first = next((one for one in earlier if record.any_title and same_source(one, record)), None)
        earlier.append(record)
        if first is not None:
            one = record.id in first.aliases or first.id in record.aliases
            message = f"{record.id!r} {'is' if one else 'looks like'} the source that {first.id!r} stands for"
            hint = "cite it by one key" if one else "merge them with citetool dedupe"
            problems.append(Problem(message, Where(document.source), hint, "warning"))
    return problems
