"""Load a style that was found: its text as plain CSL, and the facts needed before it is parsed.

Overlays (see `overlay`) come out flattened and dependent styles as their parent, with the dependent's title and locale,
so that whoever renders sees nothing but plain CSL.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from citetool.diskcache import stamp
from citetool.lazy_re import lazy
from citetool.paths import read_found
from citetool.problems import InputError, NotFoundError, Problem, Where

from .locate import Places, find
from .overlay import StyleText, extends, flatten

if TYPE_CHECKING:
    from citetool.diskcache import Stamp

# of <style ...>; what precedes it (declaration, comments) is small in all styles that are styles
_ROOT = lazy(r"<(?:[\w.-]+:)?style(?=[\s>])((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_PARENT = lazy(r"<link\b(?=[^>]*\brel=\"independent-parent\")[^>]*\bhref=\"([^\"]*)\"")
_TITLE = lazy(r"<title(?:\s[^>]*)?>\s*(.*?)\s*</title>", re.DOTALL)


class StyleFile(NamedTuple):
    """A file that a style was made of: the name that led to it, its path, and its state before it was read."""

    name: str
    path: str
    stamp: Stamp | None


class ReadStyle(NamedTuple):
    """A style as its files say it."""

    title: str
    style_class: Literal["note", "in-text"]
    default_locale: str | None
    base: str | None
    """The style that an overlay extends or that a dependent style depends on."""
    text: StyleText
    """Plain CSL (XML), with the places that its lines come from."""
    files: tuple[StyleFile, ...]
    """The style's own file, and that of its base or parent, and so on."""


def read_style(path: Path, places: Places, name: str = "") -> ReadStyle:
    """Return the style in a file, to which that name has led; `places` are those of its base or parent.

    Raises InputError for a file that is no style, or whose base or parent is not there.
    """
    file = StyleFile(name, str(path), stamp(path))
    text = _read(path)
    further = Places(places.folders, (*places.passed, path))
    base = extends(text)
    if base is not None:
        return _overlay(file, text, base, further)
    parent = _PARENT.search(text, 0, 8192)
    if parent:
        return _dependent(file, text, parent[1], further)
    root = _root(text, path)
    locale = root.get("default-locale")
    return ReadStyle(_title(text, path), _style_class(root, path), locale, None, StyleText(text, str(path)), (file,))


def _overlay(file: StyleFile, text: str, base_id: str, places: Places) -> ReadStyle:
    """Return the flattened style of an overlay. A base of the overlay's own name is the next one of that name."""
    path = Path(file.path)
    # a base named by a path is meant from the overlay's folder
    beside = path.parent / base_id
    named = str(beside) if base_id.endswith(".csl") and beside.is_file() else base_id
    if Path(named) in places.passed:
        raise InputError(Problem("the style extends itself", Where(str(path)), "name another base"))
    if named == base_id and base_id.endswith(".csl"):
        file = file._replace(stamp=None)  # a file beside the overlay may still come, and nobody would notice
    base_path, base = _behind(named, "base", path, places)
    flat = flatten(StyleText(text, str(path)), base.text)
    root = _root(flat.text, path)
    return ReadStyle(
        _title(text, path),
        _style_class(root, path),
        root.get("default-locale"),
        base_path.stem,
        flat,
        (file, *base.files),
    )


def _dependent(file: StyleFile, text: str, parent_url: str, places: Places) -> ReadStyle:
    """Return the parent of a dependent style, with the dependent's title and default locale."""
    path = Path(file.path)
    parent_path, parent = _behind(parent_url, "parent", path, places)
    locale = _root(text, path).get("default-locale") or parent.default_locale
    plain = _with_locale(parent.text.text, locale)
    return ReadStyle(
        _title(text, path),
        parent.style_class,
        locale,
        parent_path.stem,
        parent.text if plain is parent.text.text else StyleText(plain, str(parent_path)),
        (file, *parent.files),
    )


def _behind(name: str, what: str, path: Path, places: Places) -> tuple[Path, ReadStyle]:
    """Return the base or parent that the style in `path` names. Raises InputError for that file if there is none."""
    try:
        located = find(name, places)
        return located.path, read_style(located.path, places, name)
    except NotFoundError as error:
        problem = Problem(
            f"the {what} {name.rsplit('/', 1)[-1]!r} is not there", Where(str(path)), error.problems[0].hint
        )
        raise InputError(problem) from error


def _with_locale(text: str, locale: str | None) -> str:
    """Return the style with that default-locale on its root."""
    root = _ROOT.search(text)
    if root is None or locale is None:
        return text
    bare = re.sub(r"\s+default-locale\s*=\s*(\"[^\"]*\"|'[^']*')", "", root[1])
    return f'{text[: root.start(1)]}{bare} default-locale="{locale}"{text[root.end(1) :]}'


def _read(path: Path) -> str:
    """Return the text of a style file; raises InputError where it cannot be read or is not UTF-8."""
    try:
        data = read_found(path)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(Problem("not UTF-8", Where(str(path), line), "save the style as UTF-8")) from error
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {str(error.strerror).lower()}", Where(str(path)))) from error


def _root(text: str, path: Path) -> dict[str, str]:
    """Return attributes of the root element; raises InputError where the text is no style."""
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
