"""The page on which somebody chooses what an editor is to cite (Better BibTeX's cite as you write).

It is one form: what is chosen, with locators, goes along when more is looked for, so nothing is typed twice, and it
works without JavaScript. Its address has a token that only the one knows who was shown it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from citetool.citation.locators import LABELS
from citetool.problems import CitetoolError
from citetool.server.messages import read_json
from citetool.server.zotero.picks import MOST_ITEMS, Cited

from .results import Row, find, rows_of
from .site import one
from .view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from citetool.server.zotero.picks import Pick, Picks

    from .site import Form, Site

_SHOWN = 12
_FIELDS = ("label", "locator", "prefix", "suffix")
_COMMON_LABELS = ("page", "folio", "number", "paragraph", "note", "line", "section", "chapter", "volume", "timestamp")


class Picker:
    """The pages of picks that wait."""

    def __init__(self, site: Site, picks: Picks) -> None:
        self.site = site
        self.shelf = site.shelf
        self.picks = picks

    @property
    def routes(self) -> list[Route]:
        """The addresses of these pages."""
        return [
            Route("/pick", self.waiting),
            Route("/pick/{token}", self.show),
            Route("/pick/{token}", self.site.form(self.choose), methods=["POST"]),
            Route("/pick/{token}/found", self.found),
            Route("/pick/{token}/answer", self.answer, methods=["POST"]),
        ]

    def waiting(self, request: Request) -> Response:
        """Answer with the picks that wait, as a page, or as JSON for `citetool pick`."""
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse([{"token": pick.token, "program": pick.program} for pick in self.picks.waiting])
        return self.site.show("picks.html", request, waiting=self.picks.waiting)

    def show(self, request: Request) -> Response:
        """Answer with the page of one pick: what is chosen, and what the words find."""
        query = request.query_params
        pick = self._pick(request)
        if pick is None:
            return self.site.fault(request, 404, "nobody waits for this any more", hint="ask again in your editor")
        return self._page(request, pick, chosen_of({name: query.getlist(name) for name in query}), query.get("q", ""))

    def choose(self, request: Request, form: Form) -> Response:
        """Search further, put something to what is chosen, give the editor its answer, or cancel."""
        pick = self._pick(request)
        if pick is None:
            return self.site.fault(request, 404, "nobody waits for this any more", hint="ask again in your editor")
        action, chosen = one(form, "do"), chosen_of(form)
        if action == "cancel":
            self.picks.answer(pick, None)
            return self.site.show("picked.html", request, number=0, program=pick.program)
        if action == "insert" and chosen:
            self.picks.answer(pick, [_checked(fields, self.site) for fields in chosen])
            return self.site.show("picked.html", request, number=len(chosen), program=pick.program)
        return self._page(request, pick, chosen, one(form, "q"))

    def _page(self, request: Request, pick: Pick, chosen: Sequence[Mapping[str, str]], words: str) -> Response:
        snapshot = self.shelf.now()
        chosen = [fields for fields in chosen if fields["key"] in snapshot.entries]
        rows = {row.key: row for row in rows_of([fields["key"] for fields in chosen], self.shelf, snapshot, View())}
        others = [label for label in LABELS if label not in _COMMON_LABELS]
        return self.site.show(
            "pick.html", request, pick=pick, words=words, chosen=chosen, rows=rows,
            found=self._found(words, {fields["key"] for fields in chosen}), labels=[*_COMMON_LABELS, *others],
        )  # fmt: skip

    def found(self, request: Request) -> Response:
        """Answer with what the words find, as JSON for the page's script."""
        if self._pick(request) is None:
            raise HTTPException(404)
        rows = self._found(request.query_params.get("q", ""), set(request.query_params.getlist("key")))
        return JSONResponse([_plain(row) for row in rows])

    async def answer(self, request: Request) -> Response:
        """Give the editor what `citetool pick` sends: a list of what is chosen, or null."""
        pick = self._pick(request)
        if pick is None:
            raise HTTPException(404)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise HTTPException(415)
        try:
            sent = read_json(await request.body())
            chosen = None if sent is None else [Cited.of(data) for data in sent[:MOST_ITEMS]]
            for cited in chosen or ():
                self.shelf.get(cited.key)
        except (ValueError, TypeError, KeyError, CitetoolError) as error:
            return JSONResponse({"error": str(error)}, 400)
        self.picks.answer(pick, chosen)
        return JSONResponse({})

    def _pick(self, request: Request) -> Pick | None:
        return self.picks.get(request.path_params["token"])

    def _found(self, words: str, without: set[str]) -> list[Row]:
        snapshot, view = self.shelf.now(), View(words=words.strip())
        try:
            keys = find(view, self.shelf, snapshot)
        except CitetoolError:
            keys = []
        if not keys and words.strip():  # a word that is not typed to its end
            try:
                keys = find(View(words=f"{words.strip()}*"), self.shelf, snapshot)
            except CitetoolError:
                keys = []
        shown = [key for key in keys[: _SHOWN + len(without)] if key not in without][:_SHOWN]
        return rows_of(shown, self.shelf, snapshot, view)


def chosen_of(form: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return what a form says is chosen, each with its fields, those taken out left out and the new one behind."""
    columns = {name: list(form.get(name, ())) for name in _FIELDS}
    alone = set(form.get("alone", ()))
    chosen = []
    gone = set(form.get("out", ()))
    for place, key in enumerate(form.get("key", ())[:MOST_ITEMS]):
        fields = {name: values[place] if place < len(values) else "" for name, values in columns.items()}
        if key not in gone:
            chosen.append({"key": key, **fields, "alone": "1" if key in alone else ""})
    new = [key for key in form.get("add", ()) if key and key not in {fields["key"] for fields in chosen}]
    return chosen + [{"key": key, **dict.fromkeys(_FIELDS, ""), "alone": ""} for key in new]


def _checked(fields: Mapping[str, str], site: Site) -> Cited:
    """Return one that is chosen, by the key that its record has."""
    record = site.shelf.get(fields["key"])
    texts = {name: fields[name] for name in _FIELDS}
    if not texts["locator"]:
        texts["label"] = ""
    return Cited.of({"key": record.id, **texts, "suppressAuthor": bool(fields["alone"])})


def _plain(row: Row) -> dict[str, Any]:
    return {"key": row.key, "title": row.title.striptags(), "author": row.author.striptags(), "date": row.date,
            "path": " · ".join(node.name for node in row.path)}  # fmt: skip
