"""The list that a reader collects while looking: kept in a cookie of the browser, so that the server remembers nobody.

A cookie holds 4 KB, which is some hundreds of keys; more than that is a tag on the records, not a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

_COOKIE = "citetool_list"  # and the port: browsers keep cookies by host, and each port has a library of its own
_MOST_BYTES = 3500
_MONTH = 30 * 24 * 3600  # seconds


class Collected:
    """Keys in the order in which they were collected; those for which there is no room are in `left_out`."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self.keys: list[str] = []
        self.left_out: list[str] = []
        size = 0
        for key in dict.fromkeys(keys):
            size += len(quote(key, safe="")) + 1
            (self.keys if size <= _MOST_BYTES else self.left_out).append(key)

    @classmethod
    def of(cls, request: Request) -> Collected:
        """Return the list that the browser sent along."""
        return cls(unquote(part) for part in request.cookies.get(_name(request), "").split(".") if part)

    def __contains__(self, key: str) -> bool:
        """Return whether a key is in the list."""
        return key in self.keys

    def __len__(self) -> int:
        """Return how many keys the list has."""
        return len(self.keys)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys in their order."""
        return iter(self.keys)

    def plus(self, keys: Iterable[str]) -> Collected:
        """Return the list with more keys behind it."""
        return Collected([*self.keys, *keys])

    def minus(self, keys: Iterable[str]) -> Collected:
        """Return the list without some keys."""
        gone = set(keys)
        return Collected(key for key in self.keys if key not in gone)

    def keep(self, request: Request, response: Response) -> None:
        """Have the browser keep this list."""
        text = ".".join(quote(key, safe="").replace(".", "%2E") for key in self.keys)
        response.set_cookie(_name(request), text, max_age=_MONTH, httponly=True, samesite="strict")


def _name(request: Request) -> str:
    return f"{_COOKIE}_{request.url.port or 80}"
