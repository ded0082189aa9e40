"""Ways through the library: search, all values of a facet, the archival hierarchy, years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.routing import Route

from citetool.problems import CitetoolError
from citetool.server.facets import FACETS

from .results import boxes, counted, results, rows_of
from .view import PER_PAGE, SORTS, View

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from citetool.server.levels import Node

    from .site import Site

_MOST_HERE = 100
"""Records of one level that its page shows; the search shows all."""


class Browse:
    """The pages that show many records."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.shelf = site.shelf

    @property
    def routes(self) -> list[Route]:
        """The addresses of these pages."""
        return [
            Route("/", self.search),
            Route("/facet/{name}", self.facet),
            Route("/archives", self.archives),
            Route("/level/{key}", self.level),
            Route("/level/{key}/below", self.below),
            Route("/years", self.years),
        ]

    def search(self, request: Request) -> Response:
        """Answer with the records that are asked for, and with the facets that narrow them down."""
        found = results(View.of(request.query_params), self.shelf, self.shelf.now())
        status = 400 if found.problem else 200
        return self.site.show(
            "search.html", request, status, found=found, view=found.view, sorts=SORTS, per_page=PER_PAGE
        )

    def facet(self, request: Request) -> Response:
        """Answer with all values of one facet."""
        name = request.path_params["name"]
        if name not in FACETS:
            raise HTTPException(404)
        view, snapshot = View.of(request.query_params), self.shelf.now()
        try:
            values = counted(name, view, self.shelf, snapshot)
        except CitetoolError as error:
            return self.site.fault_of(request, error, 400)
        by_name = request.query_params.get("order") == "name"
        if by_name:
            values.sort(key=lambda value: (not value.value, value.name.casefold()))
        return self.site.show("facet.html", request, view=view, name=name, facet=FACETS[name], values=values,
                              by_name=by_name)  # fmt: skip

    def archives(self, request: Request) -> Response:
        """Answer with the archival hierarchy, its first levels open."""
        snapshot = self.shelf.now()
        nowhere = len(snapshot.root.records)
        return self.site.show("archives.html", request, root=snapshot.root, nowhere=nowhere)

    def level(self, request: Request) -> Response:
        """Answer with one level of the hierarchy: what is below it, which records are in it, facets of all of them."""
        snapshot = self.shelf.now()
        node = self._node(request)
        keys = list(node.keys())
        whole = len(keys) <= _MOST_HERE
        view = _view_of(node)
        boxed = boxes(view or View(), keys, snapshot)
        dates = sorted(snapshot.entries[key].date for key in keys if snapshot.entries[key].date[:4].isdigit())
        return self.site.show(
            "level.html",
            request,
            node=node,
            rows=rows_of(keys if whole else node.records[:_MOST_HERE], self.shelf, snapshot, View()),
            whole=whole,
            most=_MOST_HERE,
            facets=[box for box in boxed if box.name not in ("repository", "collection")],
            span=list(dict.fromkeys(date[:4] for date in (dates[0], dates[-1]))) if dates else [],
            search=view.url() if view else "",
        )

    def below(self, request: Request) -> Response:
        """Answer with the levels right below one, a piece of HTML that the tree takes in when it is opened."""
        return self.site.show("below.html", request, node=self._node(request))

    def years(self, request: Request) -> Response:
        """Answer with the years that records are of, with the number of each."""
        view, snapshot = View.of(request.query_params), self.shelf.now()
        try:
            values = counted("year", view, self.shelf, snapshot)
        except CitetoolError as error:
            return self.site.fault_of(request, error, 400)
        dated = sorted((value for value in values if value.value), key=lambda value: int(value.value))
        undated = next((value for value in values if not value.value), None)
        most = max((value.number for value in dated), default=1)
        return self.site.show("years.html", request, view=view, dated=dated, undated=undated, most=most)

    def _node(self, request: Request) -> Node:
        node = self.shelf.now().nodes.get(request.path_params["key"])
        if node is None:
            raise HTTPException(404)
        return node


def _view_of(node: Node) -> View | None:
    """Return the view of all records of a repository or collection; None for any other level, which no facet has."""
    if node.group not in ("repository", "collection"):
        return None
    view = View()
    for step in node.path:
        if step.group in ("repository", "collection"):
            view = view.plus(step.group, step.name)
    return view
