"""zotxt: what emacs (zotxt, org-zotxt) and pandoc-zotxt ask for records, citations and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from citetool.citation.locators import LABELS
from citetool.citation.styles.catalog import search as search_styles
from citetool.citation.styles.source import find_style
from citetool.csl.document.processor import Processor
from citetool.formats.csl.to_csl import make_item
from citetool.problems import CitetoolError, NotFoundError, Problem, UsageError
from citetool.server.keys import item_key
from citetool.server.messages import read_json
from citetool.server.styles import checked_style

from . import items, rendering, translators
from .select import query_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from citetool.record.model import Record
    from citetool.server.shelf import Shelf

_MOST = 500
_LAST_NOTE = 1_000_000
_METHODS = {"titleCreatorYear": "titleCreatorYear", "fields": "everything", "everything": "everything"}
_LOCALES = ("en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "pl-PL", "pt-BR", "ru-RU", "uk-UA", "ja-JP")


class Zotxt:
    """The interface over one library."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    @property
    def routes(self) -> list[Route]:
        """The paths of the interface."""
        pages: dict[str, Callable[[Request], Response]] = {
            "version": lambda _: JSONResponse({"version": "6.0.0"}),
            "complete": self.complete,
            "search": self.search,
            "items": self.items,
            "select": self.select,
            "styles": self.styles,
            "locales": lambda _: JSONResponse({tag: tag for tag in _LOCALES}),
        }
        routes = [Route(f"/zotxt/{name}", _told(page), methods=["GET"]) for name, page in pages.items()]
        return [*routes, Route("/zotxt/bibliography", self.bibliography, methods=["POST"])]

    def complete(self, request: Request) -> Response:
        """Answer with the keys that begin so."""
        prefix = request.query_params.get("prefix", "") or request.query_params.get("easykey", "")
        return JSONResponse([key for key in self.shelf.now().entries if key.startswith(prefix)][:_MOST])

    def search(self, request: Request) -> Response:
        """Answer with the records that have the words."""
        query = request.query_params
        method = query.get("method") or "everything"
        if method not in _METHODS:
            raise UsageError(Problem(f"there is no method {method[:40]!r}"))
        words = query_words(query.get("q", ""), _METHODS[method])
        if not words:
            raise UsageError(Problem("q is required"))
        found = self.shelf.search_keys(words)[:_MOST]
        return self._answer(
            self.shelf.find(found), query.get("format", ""), query.get("style", ""), query.get("locale")
        )

    def items(self, request: Request) -> Response:
        """Answer with the records of some keys, of citetool or of Zotero's kind, or with all."""
        query = request.query_params
        if "all" in query:
            records = list(self.shelf.all())
        else:
            known = self.shelf.now().by_item_key
            names = ("citekey", "betterbibtexkey", "easykey")
            keys = [key for name in names for key in _split(query.get(name, ""))]
            keys += [known.get(key.rpartition("_")[2], key) for key in _split(query.get("key", ""))]
            if not keys:
                raise UsageError(Problem("no keys are given: key, citekey, betterbibtexkey or all"))
            records = [self.shelf.get(key) for key in keys[:_MOST]]
        return self._answer(records, query.get("format", ""), query.get("style", ""), query.get("locale"))

    def select(self, request: Request) -> Response:
        """Answer that a record is there; there is no window in which it could be shown."""
        query = request.query_params
        known = self.shelf.now().by_item_key
        key = query.get("citekey") or query.get("betterbibtexkey") or query.get("easykey")
        self.shelf.get(key or known.get(query.get("key", "").rpartition("_")[2], query.get("key", "")))
        return JSONResponse("success")

    def styles(self, request: Request) -> Response:
        """Answer with the styles of citetool and of the library."""
        del request
        folders = rendering.style_folders(self.shelf.library.root)
        found = search_styles([], folders=folders, stock=False)
        return JSONResponse([{"styleID": info.id, "url": info.id, "title": info.title} for info in found])

    def _answer(self, records: Sequence[Record], format: str, style: str = "", locale: str | None = None) -> Response:
        """Return the records in one of the formats of zotxt. Raises UsageError for another."""
        if format in ("", "json"):
            return JSONResponse([items.csl_item(record) for record in records])
        if format in ("bibtex", "betterbibtex", "biblatex", "betterbiblatex", "ris"):
            return PlainTextResponse(translators.export(records, format.removeprefix("better")))
        if format in ("citekey", "betterbibtexkey", "easykey"):
            return JSONResponse([record.id for record in records])
        forms: dict[str, Callable[[Record], Any]] = {
            "key": _key,
            "quickBib": lambda record: {"key": _key(record), "citekey": record.id, "quickBib": _quick(record)},
            "bibliography": lambda record: self._entry(record, style, locale),
            "paths": lambda record: {"key": _key(record), "citekey": record.id, "paths": self._paths(record)},
        }
        if format not in forms:
            raise UsageError(Problem(f"there is no format {format[:40]!r}"))
        return JSONResponse([forms[format](record) for record in records])

    def _entry(self, record: Record, style: str, locale: str | None) -> dict[str, str]:
        folders = rendering.style_folders(self.shelf.library.root)
        html, text = (
            rendering.bib([record], style, html=html, locale=locale, folders=folders) for html in (True, False)
        )
        return {"key": _key(record), "html": html, "text": text.strip()}

    def _paths(self, record: Record) -> list[str]:
        path = self.shelf.library.path_of(record.id) or ""
        return [str(place) for _, place in items.files_of(record, self.shelf.library.root, path)]

    async def bibliography(self, request: Request) -> Response:
        """Answer with the citations of a document and its bibliography, in the order of the document."""
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("Endpoint does not support content-type", 400)
        try:
            sent = read_json(await request.body())
        except ValueError:
            return PlainTextResponse("Invalid JSON provided", 400)
        return await run_in_threadpool(_told(lambda _: self._rendered(sent)), request)

    def _rendered(self, sent: Any) -> Response:
        groups = sent.get("citationGroups") if isinstance(sent, dict) else None
        if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
            raise UsageError(Problem("citationGroups are required"))
        clusters = [self._cluster(group, number) for number, group in enumerate(groups[:_MOST], 1)]
        keys = list(dict.fromkeys(cite["id"] for cluster in clusters for cite in cluster["citationItems"]))
        folders = rendering.style_folders(self.shelf.library.root)
        style = find_style(checked_style(str(sent.get("styleId") or "") or rendering.DEFAULT_STYLE), folders=folders)
        made = [make_item(self.shelf.get(key))[0] for key in keys]
        document = Processor(style.parsed(), made, locale=str(sent.get("locale") or "") or None)
        texts = document.cite(clusters, format="html")
        entries = document.bibliography(format="html").entries
        about = {"entry_ids": [ids for ids, _ in entries]}
        return JSONResponse({"citationClusters": texts, "bibliography": [about, [text.strip() for _, text in entries]]})

    def _cluster(self, group: dict[str, Any], number: int) -> dict[str, Any]:
        """Return a citation as it is sent as a cluster of our processor."""
        given = group.get("properties")
        note = given.get("noteIndex") if isinstance(given, dict) else None
        note = note if isinstance(note, int) and 0 < note <= _LAST_NOTE else number
        cites = [self._cite(item) for item in _listed(group.get("citationItems")) if isinstance(item, dict)]
        return {"citationID": str(number), "citationItems": cites, "properties": {"noteIndex": note}}

    def _cite(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return one cite. Raises NotFoundError for a record that is not there."""
        known = self.shelf.now().by_item_key
        key = next((str(item[name]) for name in ("citekey", "betterbibtexkey", "easyKey", "id") if item.get(name)), "")
        key = key or known.get(str(item.get("key", "")).rpartition("_")[2], str(item.get("key", "")))
        cite: dict[str, Any] = {"id": self.shelf.get(key).id}
        cite |= {name: str(item[name]) for name in ("prefix", "suffix", "locator") if item.get(name)}
        if "locator" in cite:
            label = str(item.get("label") or "page")
            cite["label"] = label if label in LABELS else "page"
        cite |= {name: True for name in ("suppress-author", "author-only") if item.get(name) is True}
        return cite


def _told(page: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return a page whose faults are answers: 400, and a sentence as JSON."""

    def answered(request: Request) -> Response:
        try:
            return page(request)
        except (NotFoundError, UsageError, CitetoolError) as error:
            return JSONResponse(error.problems[0].message, 400)

    return answered


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _split(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _key(record: Record) -> str:
    return f"{items.LIBRARY_ID}_{item_key(record.id)}"


def _quick(record: Record) -> str:
    """Return a record on one line: `Novikov, N. V. - 1946 - Telegram`."""
    makers = [str(creator.name) for creator in record.creators[:1]]
    year = record.date[:4] if record.date[:4].isdigit() else ""
    return " - ".join(filter(None, [*makers, year, record.any_title or record.kind]))
