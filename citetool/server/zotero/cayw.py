"""Better BibTeX's cite as you write: an editor asks, a person picks, the editor inserts what comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from citetool.problems import CitetoolError, Problem, UsageError
from citetool.server.guard import LIMIT
from citetool.server.keys import item_key
from citetool.server.messages import read_json

from . import items, markup, rendering, translators
from .rpc import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from citetool.server.shelf import Shelf

    from .picks import Cited, Picks
    from .rpc import Rpc

_MADE_HERE = ("json", "pick", "simple-json", "formatted-citation", "formatted-bibliography")
_SAFE = {"Content-Security-Policy": "default-src 'none'; sandbox"}


class Cayw:
    """The interface over one library; `picks` are those that wait."""

    def __init__(self, shelf: Shelf, picks: Picks, rpc: Rpc) -> None:
        self.shelf = shelf
        self.picks = picks
        self.rpc = rpc

    @property
    def routes(self) -> list[Route]:
        """The paths of the interface."""
        return [Route("/better-bibtex/cayw", self.answer, methods=["GET", "POST"])]

    async def answer(self, request: Request) -> Response:
        """Answer a probe, or wait for the pick and answer with the text to insert."""
        options = dict(request.query_params)
        posted = request.method == "POST"
        if posted:
            options |= await _posted(request)
        elif "probe" in options:
            return PlainTextResponse("ready")
        program = request.headers.get("user-agent", "").partition("/")[0]
        try:
            self._check(options)
            cited = await self.picks.ask(program, request.is_disconnected)
            text = await run_in_threadpool(self.insert, cited, options) if cited else ""
        except CitetoolError as error:
            return PlainTextResponse(error.problems[0].message, 500 if posted else 400)
        if posted:
            chosen = [_pick(one) for one in cited or ()]
            return JSONResponse({"state": options.get("state"), "pick": chosen, "output": text})
        return HTMLResponse(text, headers=_SAFE)

    def _check(self, options: Mapping[str, str]) -> None:
        """Raise UsageError or NotFoundError for options that nobody should have to pick for in vain."""
        format = options.get("format") or "latex"
        if format == "translate":
            translators.format_of(options.get("translator") or "biblatex")
        elif format not in _MADE_HERE:
            markup.insert([], format, options)

    def insert(self, cited: Sequence[Cited], options: Mapping[str, str]) -> str:
        """Return the text for what was picked, in the format asked for. Raises CitetoolError."""
        format = options.get("format") or "latex"
        if format in ("json", "pick"):
            return json.dumps([self._whole(one) if format == "json" else _pick(one) for one in cited],
                              ensure_ascii=False)  # fmt: skip
        if format == "simple-json":
            return json.dumps([_simple(one) for one in cited], ensure_ascii=False)
        if format == "translate":
            records = self.shelf.find(one.key for one in cited)
            translator = options.get("translator") or "biblatex"
            if translators.format_of(translator) == "bbt-json":
                return json.dumps(self.rpc.bbt_json(records), ensure_ascii=False)
            return translators.export(records, translator)
        if format in ("formatted-citation", "formatted-bibliography"):
            records = self.shelf.find(one.key for one in cited)
            html = options.get("contentType") == "html"
            style, locale = options.get("style", ""), options.get("locale") or None
            folders = rendering.style_folders(self.shelf.library.root)
            if format == "formatted-bibliography":
                return rendering.bib(records, style, html=html, locale=locale, folders=folders)
            places = [one.place for one in cited]
            return rendering.citation(records, style, html=html, locale=locale, locators=places, folders=folders)
        return markup.insert(cited, format, options)

    def _whole(self, cited: Cited) -> dict[str, Any]:
        """Return a pick with its item."""
        record = self.shelf.get(cited.key)
        data = items.data_of(record, self.shelf.now())
        more = {"itemType": data["itemType"], "title": data["title"], "item": data}
        return {**_pick(cited), "uri": items.uri_of(cited.key), **more}


def _pick(cited: Cited) -> dict[str, Any]:
    return {
        "id": item_key(cited.key),
        "citationKey": cited.key,
        "locator": cited.locator,
        "label": cited.label,
        "prefix": cited.prefix,
        "suffix": cited.suffix,
        "suppressAuthor": cited.suppress_author,
    }


def _simple(cited: Cited) -> dict[str, Any]:
    """Return a pick as JabRef gives it."""
    return {
        "id": number_of(cited.key),
        "citationKey": cited.key,
        "locator": cited.place or None,
        "prefix": cited.prefix or None,
        "suffix": cited.suffix or None,
        "suppressAuthor": cited.suppress_author,
    }


async def _posted(request: Request) -> dict[str, str]:
    """Return the options of a JSON body. Raises HTTPException where it is none."""
    from starlette.exceptions import HTTPException  # noqa: PLC0415

    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(400, "Endpoint does not support content-type")
    body = await request.body()
    try:
        found = read_json(body[:LIMIT])
    except ValueError:
        raise HTTPException(400, "Invalid JSON provided") from None
    if not isinstance(found, dict):
        raise UsageError(Problem("the options are an object"))
    return {str(name): value if name == "state" else str(value) for name, value in found.items()}
