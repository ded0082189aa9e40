"""The list that a reader collects: a bibliography to print, to copy and to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from citetool.problems import CitetoolError

from .citation import COPIES, USUAL, Wish, listed
from .collected import Collected
from .records import DOWNLOADS
from .results import find, rows_of
from .site import one
from .view import View

if TYPE_CHECKING:
    from starlette.requests import Request

    from .site import Form, Site


class Listing:
    """The page of the list, and the form that changes it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.shelf = site.shelf

    @property
    def routes(self) -> list[Route]:
        """The addresses: the list is looked at, and changed by forms."""
        return [
            Route("/list", self.show),
            Route("/list", self.site.form(self.change), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Answer with the collected records, and their bibliography in the style wanted."""
        snapshot = self.shelf.now()
        keys = [key for key in Collected.of(request) if key in snapshot.entries]
        wish = Wish.of(request.query_params)
        return self.site.show(
            "list.html",
            request,
            keys=keys,
            rows=rows_of(keys, self.shelf, snapshot, View()),
            wish=wish,
            cited=listed(self.shelf.find(keys), wish, self.shelf.library.root) if keys else None,
            markups=COPIES,
            usual=USUAL,
            downloads=DOWNLOADS,
        )

    def change(self, request: Request, form: Form) -> Response:
        """Put records into the list or take them out, and go back to the page that the form stood on."""
        known = self.shelf.now().entries
        keys = [key for key in form.get("key", ()) if key in known]
        held = Collected.of(request)
        action = one(form, "do")
        if action == "all":
            keys = self._found(form)
        if action in ("add", "all"):
            held = held.plus(keys)
        elif action == "remove":
            held = held.minus(keys)
        elif action == "clear":
            held = Collected()
        if held.left_out:
            number = len(held.left_out)
            hint = "print or export this list, or tag the records: citetool tag"
            return self.site.fault(request, 409, "the list is full", f"{number} records found no room in it", hint)
        response = RedirectResponse(_back(one(form, "back")), 303)
        held.keep(request, response)
        return response

    def _found(self, form: Form) -> list[str]:
        """Return the keys of all records that the search found on whose page the form stood."""
        from starlette.datastructures import QueryParams  # noqa: PLC0415

        view = View.of(QueryParams(urlsplit(one(form, "back")).query))
        try:
            return find(view, self.shelf, self.shelf.now())
        except CitetoolError:
            return []


def _back(address: str) -> str:
    """Return an address on this server; `/list` where it is none."""
    safe = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if safe else "/list"
