"""A view of the library as its address says it: words, filters, order, page. Every state of the page is a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from citetool.server.facets import FACETS

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

SORTS = {
    "": "best match",
    "date": "date, earliest first",
    "-date": "date, latest first",
    "title": "title",
    "author": "author",
    "collection": "collection",
    "-changed": "last changed",
}
"""The orders, by their word in the address; records without a date stand last in both directions."""
PER_PAGE = (20, 50, 100)
_MOST_FILTERS = 20
_MOST_PAGES = 1_000_000


class Filter(NamedTuple):
    """One value of a facet that records must have; an empty value: that they have none."""

    facet: str
    value: str

    @property
    def text(self) -> str:
        """The filter in words: `Kind: letter`."""
        facet = FACETS[self.facet]
        return f"{facet.title}: {self.value or facet.none}"


class View(NamedTuple):
    """The part of the library that is asked for.

    `number` is the place of one record among the results, from 1; 0 where none is looked at.
    """

    words: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    page: int = 1
    per: int = PER_PAGE[0]
    grouped: bool = False
    number: int = 0

    @classmethod
    def of(cls, query: QueryParams) -> View:
        """Return the view of an address; what it cannot mean is left out."""
        filters = [Filter(name, value) for name, value in query.multi_items() if name in FACETS]
        sort, per = query.get("sort", ""), _number(query.get("per", ""))
        return cls(
            query.get("q", "").strip(),
            tuple(dict.fromkeys(filters))[:_MOST_FILTERS],
            sort if sort in SORTS else "",
            min(max(_number(query.get("page", "")), 1), _MOST_PAGES),
            per if per in PER_PAGE else PER_PAGE[0],
            query.get("group") == "collection",
            _number(query.get("number", "")),
        )

    @property
    def query(self) -> str:
        """The query for the index: the words, and the order."""
        return f"{self.words} sort:{self.sort}" if self.sort else self.words

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The view as the parameters of an address, without what is the default."""
        pairs = [("q", self.words)] if self.words else []
        pairs += self.filters
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("per", str(self.per))] if self.per != PER_PAGE[0] else []
        pairs += [("group", "collection")] if self.grouped else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return pairs + ([("number", str(self.number))] if self.number else [])

    def __bool__(self) -> bool:
        """Return whether anything narrows the library down."""
        return bool(self.words or self.filters)

    def url(self, path: str = "/") -> str:
        """Return the address of this view on a page."""
        pairs = self.pairs
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def to(self, page: int) -> View:
        """Return the view of another page of the results."""
        return self._replace(page=page, number=0)

    def sorted_by(self, sort: str) -> View:
        """Return the view in another order, from its first page."""
        return self._replace(sort=sort, page=1, number=0)

    def plus(self, facet: str, value: str) -> View:
        """Return the view with one more filter, from its first page."""
        filters = dict.fromkeys((*self.filters, Filter(facet, value)))
        return self._replace(filters=tuple(filters), page=1, number=0)

    def minus(self, one: Filter) -> View:
        """Return the view without one filter, from its first page."""
        return self._replace(filters=tuple(f for f in self.filters if f != one), page=1, number=0)

    def record(self, key: str, number: int = 0) -> str:
        """Return the address of a record; with its place among the results, the way back to them goes along."""
        path = f"/record/{quote(key)}"
        return self._replace(number=number).url(path) if number and (self or self.sort) else path


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
