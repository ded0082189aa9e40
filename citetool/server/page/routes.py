"""All addresses of the page."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from .browse import Browse
from .listing import Listing
from .picker import Picker
from .records import Records
from .stylebook import Stylebook

if TYPE_CHECKING:
    from starlette.requests import Request

    from citetool.server.zotero.picks import Picks

    from .site import Site

_STATIC = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "pick.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def page_routes(site: Site, picks: Picks) -> list[Route]:
    """Return the addresses of the page over one library."""
    parts = (Browse(site), Records(site), Listing(site), Stylebook(site), Picker(site, picks))
    routes = [route for part in parts for route in part.routes]
    return [
        *routes,
        Route("/help", lambda request: site.show("help.html", request)),
        Route("/static/{name}", static),
        Route("/favicon.ico", lambda _: Response(status_code=204)),
    ]


def static(request: Request) -> Response:
    """Answer with a style sheet, script or picture of the page."""
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404)
    data = (files("citetool.server.page") / "static" / name).read_bytes()
    return Response(data, media_type=_STATIC[name], headers={"Cache-Control": "no-cache"})
