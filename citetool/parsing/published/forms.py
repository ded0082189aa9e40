"""The forms in which published works are cited, from the most to the least particular.

Chicago notes and bibliographies, MLA, APA, and the German and French ways of the humanities. A form is read only where
all of the text fits it, so that prose and archives, which fit none, stay what they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.parsing.signals import OPENING

from . import patterns
from .names import split_names
from .work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

_JOINING = ("and ", "und ", "et ", "& ")
_MAX_AUTHORS = 8
_MAX_LENGTH = 600


def read_work(text: str) -> Work | None:
    """Return the published work that a text cites, or None where it has no form of one."""
    text = " ".join(text.split())
    if len(text) > _MAX_LENGTH:
        return None
    if prefix := OPENING.match(text):
        text = text[prefix.end() :]
    quoted = patterns.QUOTED.search(text)
    if quoted and (not text[: quoted.start()].strip() or text[quoted.start() - 1] == " "):
        authors = split_names(text[: quoted.start()].rstrip(" .,:"))
        if authors or not text[: quoted.start()].strip(" .,:"):
            title = quoted["title"] or quoted["title2"] or quoted["title3"]
            if work := _quoted(text[quoted.end() :], title, authors):
                return work
    for read in (_apa, _review, _edition, _part, _thesis, _book, _paper, _short):
        if work := read(text):
            return work
    return None


def _edition(text: str) -> Work | None:
    """Return the edition of documents that is cited by its title alone."""
    match = patterns.EDITION.match(text)
    return _work(match, "book", match["title"], ()) if match else None


def _paper(text: str) -> Work | None:
    """Return the newspaper that is cited by its name and day alone: `The Times, 4 September 1940, p. 4`."""
    match = patterns.NEWS.match(text)
    if match is None or not patterns.PAPER_NAME.search(match["container"]):
        return None
    if not match["locator"] and len(match["container"].split()) == 1:
        return None  # `Star, 4 May 1940` may be anything
    return _work(match, "newspaper article", "", ())


def _short(text: str) -> Work | None:
    """Return the short form of a work, its title without quotes: `Roe, Long Road to the Sea, 14`."""
    match = patterns.SHORT_PLAIN.match(text)
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    return Work("", match["title"].strip("*"), authors, locator=match["locator"])


def _quoted(rest: str, title: str, authors: tuple[str, ...]) -> Work | None:
    """Return the work whose title stands in quotes, by what follows it."""
    forms = (
        (patterns.THESIS, "thesis"), (patterns.BIB_CHAPTER, "chapter"), (patterns.CHAPTER, "chapter"),
        (patterns.ROMANCE_CHAPTER, "chapter"), (patterns.ARTICLE, "journal article"),
        (patterns.MLA_ARTICLE, "journal article"), (patterns.FRENCH_ARTICLE, "journal article"),
        (patterns.ITALIAN_ARTICLE, "journal article"), (patterns.NEWS, "newspaper article"), (patterns.WEB, "webpage"),
    )  # fmt: skip
    for pattern, kind in forms:
        match = pattern.match(rest)
        if match and (authors or kind in ("newspaper article", "webpage", "journal article")):
            return _work(match, kind, title, authors)
    short = patterns.SHORT.match(rest)
    return Work("", title, authors, locator=short["locator"]) if short and authors else None


def _names(text: str) -> tuple[str, ...]:
    """Return the names of people, or that of a body as one."""
    bare = text.rstrip(" .")
    return (bare,) if patterns.BODY.search(bare) else split_names(text)


def _review(text: str) -> Work | None:
    """Return the review of a book in a journal or newspaper."""
    match = patterns.REVIEW.match(text)
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    for pattern in (patterns.ARTICLE, patterns.MLA_ARTICLE, patterns.NEWS):
        if rest := pattern.match(match["rest"]):
            return _work(rest, "book review", match["title"], authors)
    return None


def _apa(text: str) -> Work | None:
    match = patterns.APA.match(text)
    authors = _names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    title = match["title"]
    if match["school"]:
        thesis = {"publisher": match["school"], "genre": match["genre"]}
        return Work("thesis", title, authors, date=normalise_date(match["year"]) or "", data=thesis)
    last = (patterns.APA_NEWS, "newspaper article") if match["date"] else (patterns.APA_BOOK, "book")
    for pattern, kind in ((patterns.APA_ARTICLE, "journal article"), (patterns.APA_CHAPTER, "chapter"), last):
        if rest := pattern.match(match["rest"]):
            work = _work(rest, kind, title, authors)
            year = re.sub(r"[a-z]$", "", match["year"])
            day = normalise_date(f"{match['date']}, {year}") if match["date"] else ""
            if match["edition"]:
                work.data["edition"] = match["edition"]
            people = ((), authors) if match["role"] and kind == "book" else (authors, work.editors)
            return work._replace(authors=people[0], editors=people[1], date=day or normalise_date(year) or "")
    return None


def _thesis(text: str) -> Work | None:
    """Return a thesis whose title stands in no quotes."""
    match = patterns.PLAIN_THESIS.match(text)
    authors = split_names(match["authors"]) if match else ()
    rest = patterns.THESIS.match(match["rest"]) if match else None
    return _work(rest, "thesis", match["title"], authors) if match and rest and authors else None


def _part(text: str) -> Work | None:
    """Return a chapter or article of the German way: `Name, Titel, in: ...`."""
    match = patterns.GERMAN_PART.match(text)
    authors = split_names(match["authors"]) if match else ()
    if match is None or not authors:
        return None
    forms = (
        (patterns.ARTICLE, "journal article"), (patterns.NEWS, "newspaper article"), (patterns.CHAPTER, "chapter"),
        (patterns.ROMANCE_CHAPTER, "chapter"),
    )  # fmt: skip
    for pattern, kind in forms:
        if rest := pattern.match(match["rest"]):
            return _work(rest, kind, match["title"], authors)
    return None


def _book(text: str) -> Work | None:
    for pattern in (
        patterns.BOOK,
        patterns.BIB_BOOK,
        patterns.FRENCH_BOOK,
        patterns.GERMAN_BOOK,
        patterns.ITALIAN_BOOK,
        patterns.BARE_BOOK,
    ):
        match = pattern.match(text)
        names = split_names(_with_stop(text, match)) if match else ()
        if match and not names and patterns.BODY.search(match["authors"]):
            names = (match["authors"],)
        if match and names:
            more, title = _more_authors(patterns.OF_SERIES.sub("", match["title"]))
            names = (*names, *more)
            work = _work(match, "book", title, names)
            return (
                work._replace(authors=(), editors=names)
                if match.groupdict().get("role") or patterns.EDITORS.search(match[0])
                else work
            )
    return None


def _more_authors(title: str) -> tuple[tuple[str, ...], str]:
    """Return the authors that a title was taken to begin with, and the title: `Doe, and Jane Roe, Docks`."""
    pieces = title.split(", ")
    for count in range(1, min(len(pieces), _MAX_AUTHORS)):
        if pieces[count - 1].startswith(_JOINING):
            names = split_names(", ".join(pieces[:count]).replace(", and ", " and "))
            return (names, ", ".join(pieces[count:])) if names else ((), title)
    return (), title


def _with_stop(text: str, match: re.Match[str]) -> str:
    """Return the names of a match with the stop behind a last initial, which ends them too: `Roe, Jane B. Title`."""
    stop = match.end("authors")
    return text[match.start("authors") : stop + bool(patterns.INITIAL.search(match["authors"]) and text[stop] == ".")]


def _stripped(value: str) -> str:
    """Return a value without the marks around it; the stop of an abbreviation belongs to it: `Mass.`, `PhD diss.`"""
    value = value.strip(" ,*")
    return value if patterns.ABBREVIATION.search(value) else value.rstrip(" .")


def _work(match: re.Match[str], kind: str, title: str, authors: tuple[str, ...]) -> Work:
    """Return the work of a match: groups by the names of CSL variables, pages of a part and the page cited apart."""
    groups = {name: _stripped(value) for name, value in match.groupdict().items() if value}
    found: Callable[..., str] = lambda *names: next((groups[name] for name in names if name in groups), "")  # noqa: E731
    page, locator = found("page", "page2"), found("here", "here2", "locator")
    if kind == "chapter" and not page and found("here", "here2"):
        page = groups.get("locator", "")
    if page and not locator and (both := patterns.BOTH.match(page)):
        page, locator = both.groups()
    if "division" in groups:
        locator = f"{match['division']} {locator}"
    if "leaf" in groups:
        locator = f"{found('part', 'part2', 'part3')}:{groups['leaf']}"
    if (
        kind == "journal article"
        and page
        and not locator
        and all("," not in name for name in authors)
        and page.isdigit()
    ):
        page, locator = "", page  # a note gives the page that is meant, not those of the article
    data = {
        "container-title": found("container"), "publisher": found("publisher", "publisher2", "publisher3"),
        "publisher-place": found("place", "place2"),
        "volume": found("volume", "volume3"), "issue": found("issue", "issue2", "issue3", "issue4"),
        "edition": found("edition"), "page": page, "genre": found("genre"),
        "number-of-volumes": found("volumes", "volumes2"),
        "original-date": found("original"), "collection-title": found("series"),
    }  # fmt: skip
    date = normalise_date(found("date")) if found("date") else ""
    named = found("editors1", "editors2")
    editors = authors if patterns.THE_SAME.match(named) else split_names(named) if named else ()
    year = re.sub(r"[a-z]$", "", found("year", "year2"))
    if not date and "season" in groups:
        date = normalise_date(f"{groups['season']} {year}") or ""
    translators = split_names(found("translators"))
    return Work(
        kind, title.strip(" ,.*"), authors, editors, translators, date or normalise_date(year) or "",
        {name: value for name, value in data.items() if value}, locator, found("url", "url2"),
    )  # fmt: skip
