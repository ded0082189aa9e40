"""The place to read a record: its page on the net, or the files beside it."""

from __future__ import annotations

from pathlib import PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING

from citetool.library.changes.plans import path_of
from citetool.problems import LibraryError, NotFoundError, Problem, Where

from . import door

if TYPE_CHECKING:
    from citetool.record.model import Record

    from .library import Library


# What a system runs when it is opened (Windows by the name, macOS bundles and scripts, Linux starters).
_PROGRAMS = frozenset(
    [
        "app",
        "bat",
        "cmd",
        "com",
        "command",
        "cpl",
        "desktop",
        "exe",
        "hta",
        "jar",
        "js",
        "jse",
        "lnk",
        "msc",
        "msi",
        "pif",
        "ps1",
        "reg",
        "scpt",
        "scr",
        "sh",
        "terminal",
        "url",
        "vbe",
        "vbs",
        "webloc",
        "workflow",
        "wsf",
    ]
)


def check_opening(place: str) -> None:
    """Refuse a file that would run when it is opened: a library may be somebody else's. Raises LibraryError."""
    if not place.startswith(("https://", "http://")) and PurePosixPath(place).suffix.lower()[1:] in _PROGRAMS:
        hint = "citetool open --print shows where it is; look at it before you run it"
        raise LibraryError(Problem("this file is a program and is not opened", Where(place), hint))


def place_of(library: Library, key: str, *, file: bool = False) -> str:
    """Return the address of a record's page, or the path of its first file (also where there is no page).

    Raises NotFoundError where it has neither, or no such record is there. An address that is not on the web is none:
    it comes from outside and is going to be opened.
    """
    record = library[key]
    doi = record.identifiers.get("doi", "")
    for url in (record.digital.url, doi and f"https://doi.org/{doi}", record.publication.get("URL", "")):
        if not file and url.startswith(("https://", "http://")):
            return url
    found = file_places(library, record)
    if found:
        return found[0]
    what = "file beside it" if file else "page on the net and no file beside it"
    hint = f"citetool attach {quote(key)} FILE" if file else f"citetool set {quote(key)} url=https://..."
    raise NotFoundError(Problem(f"the record {key!r} has no {what}", hint=hint))


def file_places(library: Library, record: Record) -> list[str]:
    """Return the paths of the files of a record that are there, in the order of the record."""
    fallback = library.home.fallback
    home = library if fallback is None or library.path_of(record.id) else fallback
    folder = PurePosixPath(path_of(home, record.id)).parent if record.files else PurePosixPath()
    places = [str(folder / file.path) for file in record.files]
    return [str(door.inside(home.root, place)) for place in places if door.is_file(home.root, place)]
