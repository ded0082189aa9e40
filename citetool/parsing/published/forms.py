"""A text as the printed work that it cites: reviews, works as a whole, newspapers by their day, short forms.

What has a form of none of these, as prose and archives have, stays what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy
from citetool.parsing.editions import find_edition
from citetool.parsing.signals import OPENING

from . import patterns
from .names import split_names
from .whole import read_whole
from .work import Work

if TYPE_CHECKING:
    import re

    from citetool.parsing.editions import Edition

_MAX_LENGTH = 600
_MONTHS = 12
_DAY = lazy(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def read_work(text: str) -> Work | None:
    """Return the published work that a text cites, or None where it has no form of one."""
    text = " ".join(text.split())
    if len(text) > _MAX_LENGTH or not patterns.NUMBER.search(text):
        return None
    if prefix := OPENING.match(text):
        text = text[prefix.end() :]
    if edition := find_edition(text, 0, len(text)):
        return _of_edition(edition) if not text[: edition.start].strip() else None
    for read in (_review, read_whole, _bare_book, _paper, _short_quoted, _short):
        if work := read(text):
            return work
    return None


def _of_edition(edition: Edition) -> Work:
    """Return the edition that is cited by volume and number alone: `BD, vol. X, no. 123`."""
    data = {name: value for name, value in edition.data.items() if name in ("publisher", "publisher-place")}
    book = dict(edition.book)
    date, locator = book.pop("date", ""), book.pop("locator", edition.data.get("page", ""))
    return Work("book", edition.title, date=date, data=data | book, locator=locator)


def _review(text: str) -> Work | None:
    """Return the review of a book in a journal or newspaper."""
    match = patterns.REVIEW.match(text) if "eview of" in text else None
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    found = read_whole(f"Roe, Jane, “Review,” {match['rest']}")
    return found._replace(kind="book review", title=match["title"].strip(" ,.*"), authors=authors) if found else None


def _bare_book(text: str) -> Work | None:
    """Return a book without place and publisher: `Jane Roe, The Docks: A History (1963), p. 12`."""
    match = patterns.BARE_BOOK.match(text)
    names = split_names(match["authors"]) if match else ()
    if match is None or not names:
        return None
    work = _by_groups(match, "book", match["title"], names)
    return work._replace(authors=(), editors=names) if match["role"] else work


def _paper(text: str) -> Work | None:
    """Return the newspaper that is cited by its name and day alone: `The Times, 4 September 1940, p. 4`."""
    match = patterns.NEWS.match(text)
    if match is None or not patterns.PAPER_NAME.search(match["container"]):
        return None
    if not match["locator"] and len(match["container"].split()) == 1:
        return None  # `Star, 4 May 1940` may be anything
    return _by_groups(match, "newspaper article", "", ())


def _short_quoted(text: str) -> Work | None:
    """Return the short form of a part, its title in quotes: `Roe, “The Docks,” 14`."""
    quoted = patterns.QUOTED.search(text)
    rest = patterns.SHORT.match(text, quoted.end()) if quoted else None
    authors = split_names(text[: quoted.start()].rstrip(" .,:")) if quoted and rest else ()
    if quoted is None or rest is None or not authors:
        return None
    return Work("", quoted["title"] or quoted["title2"] or quoted["title3"], authors, locator=rest["locator"])


def _short(text: str) -> Work | None:
    """Return the short form of a work, its title without quotes: `Roe, Long Road to the Sea, 14`."""
    match = patterns.SHORT_PLAIN.match(text)
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    return Work("", match["title"].strip("*"), authors, locator=match["locator"])


def _dotted(date: str) -> str:
    """Return the day of `12.3.1954`, whose stops say that the month comes second; nothing for another form."""
    found = _DAY.fullmatch(date)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found and int(found[2]) <= _MONTHS else ""


def _by_groups(match: re.Match[str], kind: str, title: str, authors: tuple[str, ...]) -> Work:
    """Return the work of a match, whose groups have the names of what they are."""
    groups = {name: value.strip(" ,.*") for name, value in match.groupdict().items() if value}
    date = groups.get("date", "") or groups.get("year", "")
    data = {"container-title": groups.get("container", ""), "publisher-place": groups.get("place", "")}
    data["edition"] = groups.get("edition", "")
    return Work(
        kind, title.strip(" ,.*"), authors, date=_dotted(date) or normalise_date(date) or "",
        data={name: value for name, value in data.items() if value}, locator=groups.get("locator", ""),
        url=groups.get("url", ""),
    )  # fmt: skip
