"""Zotero's Connector: the browser's extension asks whether Zotero is here, and sends what it reads of a page.

It sends the items of a page first, then each file, then what a person chooses in its popup; a session holds these
together for ten minutes. Nothing is written unless the library may be written to.
"""

from __future__ import annotations

import io
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from citetool.formats.api import read_file
from citetool.formats.base import Rejected, collect
from citetool.formats.managers.zotero.json import item_records
from citetool.problems import CitetoolError, Where
from citetool.record.model import Record
from citetool.server.facets import column
from citetool.server.messages import read_json

from . import items
from .select import whole

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from starlette.requests import Request

    from citetool.server.saving import Saver
    from citetool.server.shelf import Shelf

_LIFE = 600.0  # seconds of a session
_MOST_SESSIONS = 200
_MOST_ITEMS = 100
_WHO = "connector"
_READ_ONLY = {"libraryEditable": False}


@dataclass(slots=True)
class Session:
    """All that one popup of the extension has saved: keys by the ids of the items, and tags and note chosen there."""

    made: float
    keys: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def first(self) -> str:
        """The key of the first record; empty where there is none."""
        return next(iter(self.keys.values()), "")


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """An answer that ends a request."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = JSONResponse({"error": error}, status)


class Connector:
    """The interface over one library."""

    def __init__(self, shelf: Shelf, saver: Saver) -> None:
        self.shelf, self.saver = shelf, saver
        self._sessions: dict[str, Session] = {}

    @property
    def routes(self) -> list[Route]:
        """The paths of the interface."""
        reads: dict[str, Callable[[Any], Response]] = {
            "ping": self.pong,
            "getSelectedCollection": self.selected,
            "getTranslators": lambda _: JSONResponse([]),
            "detect": lambda _: JSONResponse([]),
            "proxies": lambda _: JSONResponse([]),
            "getClientHostnames": lambda _: JSONResponse([]),
            "hasAttachmentResolvers": lambda _: JSONResponse(False),
            "getRecognizedItem": lambda _: Response(status_code=204),
            "delaySync": lambda _: Response(status_code=204),
        }
        writes: dict[str, Callable[[dict[str, Any]], Response]] = {
            "saveItems": self.save_items,
            "saveSnapshot": self.save_snapshot,
            "saveSingleFile": self.save_single_file,
            "updateSession": self.update,
        }
        files: dict[str, Callable[[Request, bytes], Response]] = {
            "saveAttachment": self.save_attachment,
            "saveStandaloneAttachment": self.save_standalone,
            "import": self.import_,
            "installStyle": self.install_style,
        }
        start = "/connector/"
        return [
            Route(f"{start}ping", self.sentence, methods=["GET"]),
            *(Route(start + name, _json(answer), methods=["POST"]) for name, answer in reads.items()),
            *(Route(start + name, _json(self._writing(answer)), methods=["POST"]) for name, answer in writes.items()),
            *(Route(start + name, self._with_bytes(answer), methods=["POST"]) for name, answer in files.items()),
        ]

    # --- what is asked

    def sentence(self, request: Request) -> Response:
        """Answer a person who opens the address."""
        del request
        return HTMLResponse("<!DOCTYPE html><title>citetool</title><p>citetool is running, in the place of Zotero.</p>")

    def pong(self, data: Any) -> Response:
        """Answer with what can be saved here."""
        del data
        can = self.saver.allowed
        return JSONResponse({"prefs": {
            "automaticSnapshots": can, "downloadAssociatedFiles": can, "supportsAttachmentUpload": can,
            "supportsTagsAutocomplete": True, "canUserAddNote": can, "reportActiveURL": False,
        }})  # fmt: skip

    def selected(self, data: Any) -> Response:
        """Answer with the library; there are no collections to save into, for those are levels of an archive."""
        del data
        can, name = self.saver.allowed, f"{self.shelf.name} (citetool)"
        here = {"id": "L1", "name": name, "filesEditable": can, "level": 0}
        tags = sorted({tag for entry in self.shelf.now().entries.values() for tag in entry.facets[column("tag")]})
        return JSONResponse({
            "libraryID": items.LIBRARY_ID, "libraryName": name, "libraryEditable": can, "filesEditable": can,
            "editable": can, "id": None, "name": name, "targets": [here],
            "tags": {"L1": [{"tag": tag} for tag in tags]},
        })  # fmt: skip

    # --- what is saved

    def save_items(self, data: dict[str, Any]) -> Response:
        """Save the items of a page."""
        with self._new(data) as session:
            sent = data.get("items")
            if not isinstance(sent, list) or not sent or len(sent) > _MOST_ITEMS:
                raise Refusal(400, "ITEMS_NOT_PROVIDED")
            for number, item in enumerate(sent):
                records = list(self._records(item, str(data.get("uri") or "")))
                for key in self.saver.add(records, _WHO):
                    session.keys.setdefault(str(item.get("id", number)), key)
        return Response(status_code=201)

    def _records(self, item: Any, url: str) -> Iterator[Record]:
        """Yield the record of an item. Raises CitetoolError for what is none."""
        if not isinstance(item, dict):
            raise Refusal(400, "ITEMS_NOT_PROVIDED")
        today = time.strftime("%Y-%m-%d")
        plain = {name: value for name, value in item.items() if name not in ("id", "attachments", "key", "version")}
        if plain.get("accessDate") in (None, "", "CURRENT_TIMESTAMP"):
            plain["accessDate"] = today
        for found in item_records(plain, Where("connector")):
            if isinstance(found, Rejected):
                raise CitetoolError(found.problem)
            if isinstance(found, Record):
                found.metadata.source, found.metadata.file, found.metadata.reader = "Zotero Connector", "", ""
                found.metadata.url, found.metadata.retrieved = url, today
                yield found

    def save_snapshot(self, data: dict[str, Any]) -> Response:
        """Save a page that no translator knows."""
        if not data.get("url"):
            raise Refusal(400, "URL_NOT_PROVIDED")
        page = {"itemType": "webpage", "title": data.get("title") or data.get("url"), "url": data.get("url")}
        with self._new(data) as session:
            session.keys["page"] = self.saver.add(self._records(page, str(data.get("url") or "")), _WHO)[0]
        return Response(status_code=201)

    def save_single_file(self, data: dict[str, Any]) -> Response:
        """Save the snapshot of a page beside its record."""
        session = self._session(data.get("sessionID"))
        content = data.get("snapshotContent")
        if not isinstance(content, str) or not session.first:
            raise Refusal(400, "SNAPSHOT_NOT_PROVIDED")
        note = str(data.get("title") or "")
        self.saver.attach(session.first, content.encode(), "snapshot", "text/html", note, _WHO)
        return Response(status_code=201)

    def save_attachment(self, request: Request, body: bytes) -> Response:
        """Save a file beside the record of its item."""
        about = _metadata(request)
        session = self._session(request.query_params.get("sessionID"))
        key = session.keys.get(str(about.get("parentItemID")), session.first)
        self._attach(key, body, about, request)
        return Response(status_code=201)

    def save_standalone(self, request: Request, body: bytes) -> Response:
        """Save a file that was opened by itself, with a record that has its name."""
        about = _metadata(request)
        url = str(about.get("url") or "")
        page = {"itemType": "document", "title": str(about.get("title") or url or "untitled"), "url": url}
        with self._new({"sessionID": request.query_params.get("sessionID")}, required=True) as session:
            session.keys["file"] = self.saver.add(self._records(page, url), _WHO)[0]
            self._attach(session.first, body, about, request)
        return JSONResponse({"canRecognize": False}, 201)

    def _attach(self, key: str, body: bytes, about: dict[str, Any], request: Request) -> None:
        media_type = request.headers.get("content-type") or str(about.get("contentType") or "")
        kind = "snapshot" if "html" in media_type else "scan" if media_type.startswith("image/") else "copy"
        self.saver.attach(key, body, kind, media_type, str(about.get("title") or ""), _WHO)

    def update(self, data: dict[str, Any]) -> Response:
        """Take over the tags and the note of the popup, in the place of those that it sent before."""
        session = self._session(data.get("sessionID"))
        tags = data.get("tags") or []
        tags = tags.split(",") if isinstance(tags, str) else tags if isinstance(tags, list) else []
        chosen = [str(tag.get("tag") if isinstance(tag, dict) else tag).strip() for tag in tags]
        note = str(data.get("note") or "").strip()
        self.saver.assign(
            list(session.keys.values()),
            [
                ("tags", "-=", [tag for tag in session.tags if tag not in chosen]),
                ("tags", "+=", [tag for tag in chosen if tag]),
                ("notes", "-=", [session.note] if session.note and session.note != note else []),
                ("notes", "+=", [note] if note else []),
            ],
            _WHO,
        )
        session.tags, session.note = chosen, note
        return JSONResponse({})

    def import_(self, request: Request, body: bytes) -> Response:
        """Save the references of a file that the browser was about to download."""
        with self._new({"sessionID": request.query_params.get("session")}) as session:
            result = collect(read_file(io.BytesIO(body)))
            keys = self.saver.add(result.records, _WHO)
            session.keys.update({key: key for key in keys})
        return JSONResponse([{"title": record.any_title, "itemType": "document"} for record in result.records], 201)

    def install_style(self, request: Request, body: bytes) -> Response:
        """Save a citation style that the browser was about to download."""
        del request
        return JSONResponse({"name": self.saver.put_style(body, _WHO)}, 201)

    # --- sessions

    @contextmanager
    def _new(self, data: dict[str, Any], *, required: bool = False) -> Iterator[Session]:
        """Give a new session; where nothing could be saved in it, it may be opened again.

        Raises Refusal for one that is there already.
        """
        now = time.monotonic()
        self._sessions = {id_: one for id_, one in self._sessions.items() if now - one.made < _LIFE}
        id_ = str(data.get("sessionID") or "")
        if required and not id_:
            raise Refusal(400, "SESSION_ID_NOT_PROVIDED")
        if id_[:200] in self._sessions:
            raise Refusal(409, "SESSION_EXISTS")
        if len(self._sessions) >= _MOST_SESSIONS:
            raise Refusal(429, "TOO_MANY_SESSIONS")
        session = Session(now)
        if id_:
            self._sessions[id_[:200]] = session
        try:
            yield session
        finally:
            if not session.keys:
                self._sessions.pop(id_[:200], None)

    def _session(self, id_: Any) -> Session:
        if not id_:
            raise Refusal(400, "SESSION_ID_NOT_PROVIDED")
        found = self._sessions.get(str(id_)[:200])
        if found is None:
            raise Refusal(400, "SESSION_NOT_FOUND")
        return found

    def _writing(self, answer: Callable[[dict[str, Any]], Response]) -> Callable[[Any], Response]:
        """Return an answer that needs a library which may be written to."""

        def guarded(data: Any) -> Response:
            if not self.saver.allowed:
                return JSONResponse(_READ_ONLY, 500)
            if not isinstance(data, dict):
                raise Refusal(400, "Invalid JSON provided")
            return answer(data)

        return guarded

    def _with_bytes(self, answer: Callable[[Request, bytes], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            body = await request.body()
            if not self.saver.allowed:
                return JSONResponse(_READ_ONLY, 500)
            return await run_in_threadpool(_answered, lambda: answer(request, body))

        return endpoint


def _json(answer: Callable[[Any], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a request in JSON; an empty body is an empty object."""

    async def endpoint(request: Request) -> Response:
        version = request.headers.get("x-zotero-connector-api-version", "3")
        if (whole(version) or 0) < 3:
            return JSONResponse({"error": "CONNECTOR_VERSION_OUTDATED"}, 400)
        if request.headers.get("content-type", "application/json").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("Endpoint does not support content-type", 400)
        try:
            data = read_json(await request.body() or b"{}")
        except ValueError:
            return PlainTextResponse("Invalid JSON provided", 400)
        return await run_in_threadpool(_answered, lambda: answer(data))

    return endpoint


def _answered(answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except Refusal as refusal:
        return refusal.answer
    except CitetoolError as error:
        return JSONResponse({"error": str(error)}, 400)


def _metadata(request: Request) -> dict[str, Any]:
    """Return the object in `X-Metadata`, its texts decoded (RFC 2047). Raises Refusal where there is none."""
    try:
        found = read_json(request.headers.get("x-metadata", ""))
    except ValueError:
        raise Refusal(400, "METADATA_NOT_PROVIDED") from None
    if not isinstance(found, dict):
        raise Refusal(400, "METADATA_NOT_PROVIDED")
    return {name: _decoded(value) if isinstance(value, str) else value for name, value in found.items()}


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError):
        return text
