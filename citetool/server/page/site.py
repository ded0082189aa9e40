"""The page: what all its parts share, which is templates, forms, the list that a reader collects, and faults.

Every address can be kept and sent: all that a reader has chosen stands in it. What changes something is a form with a
token that only our own page knows.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from citetool.lazy_re import lazy
from citetool.server.texts import direction

from .collected import Collected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from citetool.problems import CitetoolError
    from citetool.server.shelf import Shelf

_MOST_FIELDS = 2000
_SURE = lazy(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
Form = dict[str, list[str]]
"""The fields of a form that was sent, each with its values in order."""


class Site:
    """The means that the parts of the page share: one library, its templates, the token of its forms."""

    def __init__(self, shelf: Shelf, others: Sequence[tuple[str, str]] = ()) -> None:
        self.shelf = shelf
        self.others = others
        self.token = secrets.token_urlsafe(24)
        self.templates = Environment(
            loader=PackageLoader("citetool.server.page"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self.templates.globals |= {
            "path": path,
            "address": address,
            "direction": direction,
            "day": day,
            "written": written,
        }

    def show(self, template: str, request: Request, status: int = 200, **values: Any) -> Response:
        """Return a page made of a template."""
        common = {
            "library": self.shelf.name,
            "libraries": self.others,
            "token": self.token,
            "here": request.url.path,
            "collected": Collected.of(request),
            "q": values["view"].words if "view" in values else request.query_params.get("q", ""),
        }
        text = self.templates.get_template(template).render(common | values)
        return HTMLResponse(text, status, headers={"Cache-Control": "no-cache"})

    def fault(self, request: Request, status: int, title: str, message: str = "", hint: str | None = None) -> Response:
        """Return a page that says what is wrong, and what to do."""
        return self.show("fault.html", request, status, title=title, message=message, hint=hint)

    def fault_of(self, request: Request, error: CitetoolError, status: int = 404) -> Response:
        """Return a page that says what a fault of ours says."""
        problem = error.problems[0]
        return self.fault(request, status, problem.message, hint=problem.hint)

    def form(self, answer: Callable[[Request, Form], Response]) -> Any:
        """Return the endpoint of a form of ours: one that comes without its token is refused.

        A form from elsewhere has no token, and no other kind of body is read (reference: OWASP, cross-site request
        forgery, "synchronizer token").
        """

        async def endpoint(request: Request) -> Response:
            kind = request.headers.get("content-type", "").partition(";")[0].strip()
            if kind != "application/x-www-form-urlencoded":
                raise HTTPException(415, "forms of this page alone are read")
            try:
                text = (await request.body()).decode()
                fields = parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
            except ValueError:
                raise HTTPException(400, "this is not a form of this page") from None
            if not secrets.compare_digest(fields.get("token", [""])[0].encode(), self.token.encode()):
                raise HTTPException(403, "this form is out of date: load its page again")
            return await run_in_threadpool(answer, request, fields)

        return endpoint


def path(start: str, name: str, end: str = "") -> str:
    """Return the address of something that has a name: `/record/`, a key, and what follows."""
    return f"{start}{quote(name)}{end}"


def address(start: str, **values: Any) -> str:
    """Return an address with parameters, those left out that are empty; a list gives its name several times."""
    pairs = {name: value for name, value in values.items() if value}
    return f"{start}?{urlencode(pairs, doseq=True)}" if pairs else start


def day(date: str) -> str:
    """Return the value of `<time datetime>` for a day, month or year that is sure; empty for any other date of EDTF."""
    return date if _SURE.fullmatch(date) else ""


def written(date: str) -> str:
    """Return a date in words: `26 June 1944`, `June 1944`; one that is not sure stays as EDTF writes it."""
    match = _SURE.fullmatch(date)
    if not match:
        return date
    year, month, of_month = match.groups()
    words = [str(int(of_month))] if of_month else []
    return " ".join([*words, *([_MONTHS[int(month) - 1]] if month else []), year])


def one(fields: Mapping[str, list[str]], name: str) -> str:
    """Return the first value of a form's field; empty where it has none."""
    return fields.get(name, [""])[0].strip()
