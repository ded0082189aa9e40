"""One record: its page, its files, its source, and the formats to take it along in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from citetool.citation.render import FORMS
from citetool.formats.base import WriteOptions
from citetool.formats.registry import write_text
from citetool.library import files
from citetool.problems import CitetoolError, NotFoundError
from citetool.record.check import CHECKS, check_record
from citetool.record.schema import to_plain
from citetool.server.facets import TRANSCRIPT, name_of
from citetool.server.texts import pages_of, read_text

from . import scans
from .citation import COPIES, USUAL, Wish, cited
from .details import details, holding_rows
from .iiif import manifest
from .results import find
from .view import View

if TYPE_CHECKING:
    from starlette.requests import Request

    from citetool.record.model import Record
    from citetool.server.shelf import Snapshot

    from .site import Site

DOWNLOADS = {
    "ris": ("ris", "RIS", "application/x-research-info-systems"),
    "bib": ("bibtex", "BibTeX", "application/x-bibtex"),
    "biblatex": ("biblatex", "BibLaTeX", "application/x-bibtex"),
    "json": ("csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
}
"""What follows the dot in the address of a download: format, its name for people, media type."""
_SANDBOX = "default-src 'none'; sandbox"


class Person(NamedTuple):
    """A person or body of the record: as named, in the own script, role, office, and the address of all records."""

    name: str
    original: str
    role: str
    office: str
    url: str


class Near(NamedTuple):
    """The way through the results of a search: the address of the results, and of the records before and after."""

    back: str
    before: str
    after: str
    number: int
    total: int


class Records:
    """The pages of single records."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.shelf = site.shelf

    @property
    def routes(self) -> list[Route]:
        """The addresses of these pages."""
        return [
            Route("/record/{key:path}", self.record),
            Route("/source/{key:path}", self.source),
            Route("/export/{name:path}", self.export),
            Route("/file/{number:int}/{key:path}", self.file),
            Route("/image/{number:int}/{page:int}/{key:path}", self.image),
            Route("/iiif/{key:path}", self.manifest),
        ]

    def record(self, request: Request) -> Response:
        """Answer with all that is known of a record, with its citation, and its scans beside its texts."""
        snapshot, root = self.shelf.now(), self.shelf.library.root
        try:
            record, path = self.shelf.read(request.path_params["key"], snapshot)
        except NotFoundError as error:
            return self.site.fault_of(request, error)
        if record.id != request.path_params["key"]:
            return RedirectResponse(f"/record/{quote(record.id)}", 308)
        wish = Wish.of(request.query_params)
        beside = scans.shown(record, root, path)
        texts = [file for file in beside if file.way == "text" and file.there]
        asked = [t for t in texts if str(t.number) == request.query_params.get("text")]
        chosen = next(iter(asked or [t for t in texts if t.file.kind == TRANSCRIPT] or texts), None)
        return self.site.show(
            "record.html",
            request,
            record=record,
            path_of=snapshot.path_of(record.id),
            people=[_person(creator) for creator in _list(to_plain(record).get("creators"))],
            original=holding_rows(record.archive),
            copies=[holding_rows(copy) for copy in record.copies],
            details=details(record),
            wish=wish,
            cited=cited(record, wish, root),
            forms=FORMS,
            markups=COPIES,
            usual=USUAL,
            downloads=DOWNLOADS,
            coins=_trusted("".join(write_text([record], "coins"))),
            schema_org=_trusted(_data("".join(write_text([record], "schema-org")))),
            problems=[(name, CHECKS[name].severity, found) for name, found in check_record(record, list(CHECKS))],
            pictures=scans.pictures(beside, root, path),
            others=[file for file in beside if file.way in ("pdf", "file") or not file.there],
            texts=texts,
            text=chosen,
            pages=pages_of(read_text(root, path, chosen.file.path)) if chosen else [],
            near=self._near(request, record.id, snapshot),
        )

    def _near(self, request: Request, key: str, snapshot: Snapshot) -> Near | None:
        """Return the way back to the results that a reader comes from, if the address says which."""
        view = View.of(request.query_params)
        if not view.number:
            return None
        try:
            keys = find(view, self.shelf, snapshot)
        except CitetoolError:
            return None
        number = view.number
        if number > len(keys) or keys[number - 1] != key:
            if key not in keys:
                return None
            number = keys.index(key) + 1
        before = view.record(keys[number - 2], number - 1) if number > 1 else ""
        after = view.record(keys[number], number + 1) if number < len(keys) else ""
        back = view.to((number - 1) // view.per + 1).url()
        return Near(back, before, after, number, len(keys))

    def source(self, request: Request) -> Response:
        """Answer with the record's file as it is written."""
        _, path = self._read(request.path_params["key"])
        return PlainTextResponse(files.read_text(self.shelf.library.root, path))

    def export(self, request: Request) -> Response:
        """Answer `/export/KEY.ris`, or `/export/list.ris?key=A&key=B`: records in a format to keep."""
        name, _, ending = request.path_params["name"].rpartition(".")
        if ending not in DOWNLOADS or not name:
            raise HTTPException(404)
        format, _, kind = DOWNLOADS[ending]
        keys = request.query_params.getlist("key")
        records = self.shelf.find(keys) if keys else [self._read(name)[0]]
        text = "".join(write_text(records, format, WriteOptions(program="zotero")))
        shown = files.file_name("list" if keys else records[0].id)
        return Response(text, media_type=f"{kind}; charset=utf-8", headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(shown)}.{ending}"})  # fmt: skip

    def file(self, request: Request) -> Response:
        """Answer with a file that a record names; one in which a browser could run something is only given to keep."""
        record, path = self._read(request.path_params["key"])
        file = _numbered(record, request.path_params["number"])
        data = scans.read(self.shelf.library.root, path, file.file)
        kind, headers = file.type, {"Content-Security-Policy": _SANDBOX}
        if kind in ("text/markdown", "text/csv"):
            kind = "text/plain"
        if kind == "application/pdf":  # the viewer of Chrome does not work in a sandbox
            headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"}
        way = "inline" if scans.is_safe_to_show(kind) else "attachment"
        headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(file.name)}"
        return Response(data, media_type=kind, headers=headers)

    def image(self, request: Request) -> Response:
        """Answer with an image that any browser shows: as it is, or a page of a TIFF as PNG."""
        record, path = self._read(request.path_params["key"])
        file = _numbered(record, request.path_params["number"])
        if file.way != "image":
            raise HTTPException(404)
        data, kind = scans.read(self.shelf.library.root, path, file.file), file.type
        if scans.needs_conversion(kind):
            try:
                data, kind = scans.as_png(data, request.path_params["page"]), "image/png"
            except CitetoolError as error:
                return PlainTextResponse(str(error), 415)
        return Response(data, media_type=kind, headers={"Content-Security-Policy": _SANDBOX,
                                                        "Cache-Control": "max-age=60"})  # fmt: skip

    def manifest(self, request: Request) -> Response:
        """Answer with a IIIF manifest of the record's scans (Presentation API 3.0)."""
        record, path = self._read(request.path_params["key"].removesuffix("/manifest.json"))
        root = self.shelf.library.root
        beside = scans.shown(record, root, path)
        pictures = scans.pictures(beside, root, path)
        if not pictures:
            raise HTTPException(404)
        return JSONResponse(manifest(record, pictures, f"http://{request.headers['host']}", root, path))

    def _read(self, key: str) -> tuple[Record, str]:
        return self.shelf.read(key, self.shelf.now())


def _person(creator: Any) -> Person:
    name = name_of(creator)
    return Person(
        name, creator.get("original_name", ""), creator.get("role", "author"), creator.get("office", ""),
        View().plus("person", name).url(),
    )  # fmt: skip


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _numbered(record: Record, number: int) -> scans.Shown:
    if number >= len(record.files):
        raise HTTPException(404)
    file = record.files[number]
    return scans.describe(number, file)


def _data(text: str) -> str:
    """Return JSON for a `<script>` that holds data: no tag can end it (HTML, 4.12.1.3)."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _trusted(text: str) -> Markup:
    return Markup(text)  # of writers that escape what they write
