"""Better BibTeX's JSON-RPC: the methods that editors and scripts call.

The HTTP status is always 200; a fault is an error of JSON-RPC 2.0. What would change the library or open a window of
Zotero is answered as an unknown method.
"""

from __future__ import annotations

import inspect
import json
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Any

from citetool import __version__
from citetool.problems import CitetoolError, NotFoundError, Problem, UsageError
from citetool.record.roles import csl_variable
from citetool.server.guard import ZOTERO_VERSION
from citetool.server.keys import item_key
from citetool.server.messages import read_json
from citetool.server.shelf import record_of

from . import items, rendering, translators
from .conditions import query_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citetool.record.model import Record
    from citetool.server.levels import Node
    from citetool.server.shelf import Shelf, Snapshot

PARSE, REQUEST, METHOD, PARAMS = -32700, -32600, -32601, -32602  # the codes of JSON-RPC 2.0, section 5.1
_BATCH = 50


class Rpc:
    """The methods, over one library."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.methods: dict[str, Callable[..., Any]] = {
            "api.ready": self.ready,
            "user.groups": self.groups,
            "item.search": self.search,
            "item.export": self.export,
            "item.bibliography": self.bibliography,
            "item.citationkey": self.citationkey,
            "item.attachments": self.attachments,
            "item.notes": self.notes,
            "item.collections": self.collections,
            "item.pandoc_filter": self.pandoc_filter,
        }

    def answer(self, text: str) -> Any:
        """Return the answer to a request, or to a batch of them, as plain data."""
        try:
            request = read_json(text)
        except ValueError:
            return error(PARSE, "this is not JSON")
        if isinstance(request, list):
            if not 0 < len(request) <= _BATCH:
                return error(REQUEST, f"a batch has from 1 to {_BATCH} requests")
            return [self._one(one) for one in request]
        return self._one(request)

    def _one(self, request: Any) -> dict[str, Any]:
        if not isinstance(request, dict) or not request.get("jsonrpc") or not isinstance(request.get("method"), str):
            return error(REQUEST, "a request has 'jsonrpc' and 'method'")
        if not _can_be_id(request.get("id")):
            return error(REQUEST, "the 'id' of a request is a text or a number")
        name = request["method"]
        name = "item." + name.removeprefix("items.") if name.startswith("items.") else name
        method = self.methods.get(name)
        if method is None:
            return error(METHOD, f"there is no method {name!r}")
        try:
            call = _bound(method, request.get("params"))
        except (TypeError, UsageError) as fault:
            return error(PARAMS, f"{name}: {fault}")
        try:
            return {"jsonrpc": "2.0", "result": call(), "id": request.get("id")}
        except CitetoolError as fault:
            return error(PARAMS, "; ".join(problem.message for problem in fault.problems))

    def ready(self) -> dict[str, str]:
        """Return the versions that a client asks for before it goes on, and ours."""
        return {"zotero": ZOTERO_VERSION, "betterbibtex": "9.0.57", "citetool": __version__}

    def groups(self, includeCollections: bool = False) -> list[dict[str, Any]]:  # noqa: N803 - names of the interface
        """Return the libraries: this one, as the user's own."""
        library: dict[str, Any] = {"id": items.LIBRARY_ID, "name": "My Library"}
        if includeCollections:
            library["collections"] = [_collection(node) for node in items.collections(self.shelf.now())]
        return [library]

    def search(self, terms: Any = "", library: Any = None) -> list[dict[str, Any]]:
        """Return the CSL items that have the words, with `citekey` and `library`; all items for no words."""
        self._check_library(library)
        words = query_of(terms)
        found = [record_of(hit) for hit in self.shelf.search(words)]
        return [{**items.csl_item(record), "citekey": record.id, "citation-key": record.id, "library": "My Library"}
                for record in found]  # fmt: skip

    def export(self, citekeys: Any, translator: str, libraryID: Any = None) -> str:  # noqa: N803
        """Return the records of the keys as a translator writes them. Raises NotFoundError for one that is unknown."""
        self._check_library(libraryID)
        keys = _keys(citekeys)
        known = self.shelf.now()
        missing = [key for key in keys if key not in known.entries and key not in self.shelf.library]
        if missing:
            raise NotFoundError(Problem(f"not found: {', '.join(missing)}"))
        records = self.shelf.find(keys)
        if translators.format_of(translator) == "bbt-json":
            return json.dumps(self.bbt_json(records), ensure_ascii=False)
        return translators.export(records, translator)

    def bbt_json(self, records: Sequence[Record]) -> dict[str, Any]:
        """Return Better BibTeX JSON with the keys and numbers that a client goes on asking with."""
        snapshot = self.shelf.now()
        config = {"id": "36a3b0b5-bad0-4a04-b79b-441c7cef77db", "label": "BetterBibTeX JSON"}
        return {"config": config, "items": [self._bbt_item(record, snapshot) for record in records]}

    def _bbt_item(self, record: Record, snapshot: Snapshot) -> dict[str, Any]:
        data = items.data_of(record, snapshot)
        key = data.pop("key")
        return {**data, "itemKey": key, "key": key, "libraryID": items.LIBRARY_ID, "itemID": number_of(record.id),
                "uri": items.uri_of(record.id), "attachments": self.attachments(record.id),
                "notes": [{"note": note} for note in record.notes]}  # fmt: skip

    def bibliography(self, citekeys: Any, format: Any = None, library: Any = None) -> str:
        """Return a bibliography of the keys in a style, as text or HTML."""
        self._check_library(library)
        form = format if isinstance(format, dict) else {}
        style = "" if form.get("quickCopy") else str(form.get("id") or "")
        return rendering.bib(
            self.shelf.find(_keys(citekeys)),
            style,
            html=form.get("contentType", "text") == "html",
            locale=form.get("locale") or None,
            folders=rendering.style_folders(self.shelf.library.root),
        )

    def citationkey(self, item_keys: Any) -> dict[str, str | None]:
        """Return the citation key of each item key (`ABCD2345` or `1:ABCD2345`), None for one that is unknown."""
        given = _keys(item_keys)
        known = self.shelf.now().by_item_key
        return {key: known.get(key.rpartition(":")[2]) for key in given}

    def attachments(self, citekey: str, library: Any = None) -> list[dict[str, str]]:
        """Return the files of a record: `path`, and `open`, an address that shows the file."""
        self._check_library(library)
        key = str(citekey).removeprefix("@")
        record = self._record(key)
        path = self.shelf.library.path_of(record.id) or ""
        found = items.files_of(record, self.shelf.library.root, path)
        return [{"open": place.as_uri(), "path": str(place)} for _, place in found]

    def notes(self, citekeys: Any) -> dict[str, list[str]]:
        """Return the notes of each record as HTML."""
        from html import escape  # noqa: PLC0415

        records = self.shelf.find(_keys(citekeys))
        return {record.id: [f"<p>{escape(note)}</p>" for note in record.notes] for record in records}

    def collections(self, citekeys: Any, includeParents: bool = False) -> dict[str, list[dict[str, Any]]]:  # noqa: N803
        """Return the collections of each record, with those around them if asked for."""
        snapshot = self.shelf.now()
        found: dict[str, list[dict[str, Any]]] = {}
        for record in self.shelf.find(_keys(citekeys)):
            node = items.collection_of(record.id, snapshot)
            found[record.id] = [_collection(node, parents=includeParents)] if node else []
        return found

    def pandoc_filter(
        self,
        citekeys: Any,
        asCSL: bool = False,  # noqa: N803
        libraryID: Any = None,  # noqa: N803
        style: str | None = None,
        locale: str | None = None,
    ) -> dict[str, Any]:
        """Return the items of the keys for pandoc's filter, and 0 for each key that is unknown."""
        del style, locale
        self._check_library(libraryID)
        snapshot = self.shelf.now()
        errors: dict[str, int] = {}
        found: dict[str, Any] = {}
        for key in _keys(citekeys):
            try:
                record = self._record(key)
            except NotFoundError:
                errors[key] = 0
                continue
            uri = items.uri_of(record.id)
            custom = {"itemID": number_of(record.id), "uri": uri, "author": _author(record)}
            if asCSL:
                found[key] = {**items.csl_item(record), "id": key, "custom": custom}
            else:
                found[key] = {**items.data_of(record, snapshot), "uri": uri, "custom": custom}
        return {"errors": errors, "items": found}

    def _record(self, key: str) -> Record:
        record = self.shelf.library.get(key)
        if record is None:
            raise NotFoundError(Problem(f"{key} not found"))
        return record

    def _check_library(self, library: Any) -> None:
        """Raise UsageError for a library that is not this one."""
        if library in (None, "", "*", items.LIBRARY_ID, str(items.LIBRARY_ID), 0, "My Library", self.shelf.name):
            return
        raise UsageError(Problem(f"there is no library {library!r}"))


def number_of(key: str) -> int:
    """Return the number of an item: the same for a key at all times, small enough for JavaScript."""
    number = 0
    for letter in item_key(key):
        number = number * 36 + int(letter, 36)
    return number


def _author(record: Record) -> str:
    """Return the name that stands in a sentence before a citation: family names, or the title."""
    names = [c.name for c in record.creators if csl_variable(c.role) == "author"]
    families = [name.literal or name.family for name in names]
    if len(families) > 2:
        return f"{families[0]} et al."
    return " and ".join(families) or record.any_title


def _collection(node: Node, *, parents: bool = False) -> dict[str, Any]:
    above = node.parent if node.parent and node.parent.key else None
    found: dict[str, Any] = {"key": node.key, "name": node.name, "parentCollection": above.key if above else False}
    if parents:
        found["parentCollection"] = _collection(above, parents=True) if above else False
    return found


def _keys(value: Any) -> list[str]:
    """Return a list of keys, also of one key. Raises UsageError for anything else."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list) and all(isinstance(key, str | int) for key in value):
        return [str(key) for key in value]
    raise UsageError(Problem("keys are a list of texts"))


def _bound(method: Callable[..., Any], params: Any) -> Callable[[], Any]:
    """Return the call with its parameters, by position or by name. Raises TypeError where they do not fit."""
    if params is None:
        params = []
    if not isinstance(params, list | dict):
        raise UsageError(Problem("params are a list or an object"))
    arguments, named = (params, {}) if isinstance(params, list) else ([], params)
    inspect.signature(method).bind(*arguments, **named)
    return partial(method, *arguments, **named)


def error(code: int, message: str) -> dict[str, Any]:
    """Return an answer of JSON-RPC that says what is wrong."""
    return {"jsonrpc": "2.0", "error": {"code": code, "message": message}, "id": None}


def _can_be_id(value: Any) -> bool:
    """Return whether an answer can carry this `id`: `1e400` is read as a number that JSON cannot write."""
    return value is None or isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))


def requests_of(query: str) -> Iterator[str]:
    """Yield the JSON texts of a query: the parameters without a value."""
    from urllib.parse import unquote  # noqa: PLC0415

    for part in query.split("&"):
        if part and "=" not in part:
            yield unquote(part)
