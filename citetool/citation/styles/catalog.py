"""Descriptions of styles (title, fields, format, parent, summary, links), to search and show.

A style says all of it in its `<info>` (CSL 1.0.2, "Info"), near the top of the file. Searching reads the top of all
10,000 files, tests the words on the raw bytes, and takes apart only those that have them; that is fast enough to need
no cache.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.paths import open_found, shipped_styles
from citetool.problems import InputError, Problem, Where

from .locate import Home, is_readable, stock_folder
from .source import find_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# the longest <info> of the collection is some 6 KB long
_HEAD = 16384
_INFO = lazy(r"<info\b[^>]*>(.*?)</info>", re.DOTALL)
_ROOT = lazy(r"<style\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = lazy(r"([\w:.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_CATEGORY = lazy(r"<category\b([^>]*)/?>")
_LINK = lazy(r"<link\b([^>]*)/?>")
_COMMENT = lazy(r"<!--.*?-->", re.DOTALL)


@dataclass(slots=True)
class StyleInfo:
    """One style as it describes itself; what it does not say is empty."""

    id: str
    title: str
    home: Home
    path: Path
    title_short: str = ""
    summary: str = ""
    style_class: str = ""
    """`note` or `in-text`; empty for a dependent style, which has its parent's."""
    citation_format: str = ""
    """`author-date`, `author`, `numeric`, `label` or `note`."""
    fields: list[str] = field(default_factory=list)
    parent: str = ""
    """Of a dependent style, the id of the style it depends on; of an overlay, the style it extends."""
    dependent: bool = False
    default_locale: str = ""
    issn: list[str] = field(default_factory=list)
    documentation: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    rights: str = ""
    license: str = ""
    updated: str = ""

    def as_dict(self) -> dict[str, str | bool | list[str]]:
        """Return the style as plain data for `--json`, without what is empty."""
        data: dict[str, str | bool | list[str]] = {
            "id": self.id,
            "title": self.title,
            "title-short": self.title_short,
            "summary": self.summary,
            "class": self.style_class,
            "citation-format": self.citation_format,
            "fields": self.fields,
            "parent": self.parent,
            "dependent": self.dependent,
            "default-locale": self.default_locale,
            "issn": self.issn,
            "documentation": self.documentation,
            "authors": self.authors,
            "rights": self.rights,
            "license": self.license,
            "updated": self.updated,
            "home": self.home,
            "path": str(self.path),
        }
        return {name: value for name, value in data.items() if value or name == "dependent"}


def show(name: str, *, folders: Sequence[Path] = ()) -> StyleInfo:
    """Return the description of a style by its name; a dependent style has its parent's class.

    Raises NotFoundError and InputError as `find_style` does.
    """
    source = find_style(name, folders=folders)
    info = read_info(source.path, source.home)
    info.style_class = info.style_class or source.style_class
    return info


def search(
    words: Sequence[str], *, folders: Sequence[Path] = (), field: str = "", stock: bool = True
) -> list[StyleInfo]:
    """Return the styles that have all the words in id, title, summary, fields, format or ISSN, the likeliest first.

    `field` keeps only those of that category (`history`, `note`, `author-date` ...). No words: all styles. Without
    `stock`, only those of `folders` and citetool's own.
    """
    wanted = [word.casefold() for word in words]
    found: list[tuple[tuple[int, int, int, str], StyleInfo]] = []
    for path, home in _files(folders, stock):
        try:
            head = _head(path)
        except OSError:  # a folder, a link to nothing: `locate` passes it over, too
            continue
        # a first sieve on the raw text: taking 10,000 files apart would take a second
        plain = f"{path.name} {head}".casefold()
        if not all(word in plain for word in wanted) or field not in plain:
            continue
        info = _parsed(head, path, home)
        if field and field not in (info.citation_format, info.style_class, *info.fields):
            continue
        names = f"{info.id} {info.title} {info.title_short}".casefold()
        rest = f"{info.summary} {info.citation_format} {' '.join(info.fields)} {' '.join(info.issn)}".casefold()
        if all(word in names or word in rest for word in wanted):
            found.append((_rank(info, names, wanted), info))
    return [info for _, info in sorted(found, key=lambda pair: pair[0])]


def read_info(path: Path, home: Home) -> StyleInfo:
    """Return the description of the style in a file. Raises InputError if it cannot be read or has none."""
    try:
        head = _head(path)
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {str(error.strerror).lower()}", Where(str(path)))) from error
    info = _parsed(head, path, home)
    if not info.title:
        raise InputError(Problem("the style has no <info> with a <title>", Where(str(path))))
    return info


def _rank(info: StyleInfo, names: str, wanted: list[str]) -> tuple[int, int, int, str]:
    """Ours before stock; words in the name before words elsewhere; independent before dependent; then by id."""
    homes = ("file", "library", "citetool", "stock")
    elsewhere = sum(word not in names for word in wanted)
    return homes.index(info.home), elsewhere, int(info.dependent), info.id


def _files(folders: Sequence[Path], with_stock: bool) -> Iterator[tuple[Path, Home]]:
    """Yield the style files, each id once, in the order of precedence."""
    stock = stock_folder() if with_stock else None
    own = shipped_styles()
    places: list[tuple[Path, Home]] = [(folder, "library") for folder in folders]
    places += [(own, "citetool")] if own else []
    places += [(stock, "stock"), (stock / "dependent", "stock")] if stock else []
    seen: set[str] = set()
    for folder, home in places:
        # names alone: a Path for each of 10,000 files costs more than reading them
        names = sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208
        for name in names:
            if name.endswith(".csl") and name not in seen and (home != "library" or is_readable(folder / name)):
                seen.add(name)
                yield folder / name, home


def _head(path: Path) -> str:
    """Return the part of a style file that holds its <info>."""
    # a file of 240 KB is read to its 16th: this is what makes a search fast
    handle = open_found(path)
    try:
        return os.read(handle, _HEAD).decode("utf-8", "replace")
    finally:
        os.close(handle)


def _parsed(head: str, path: Path, home: Home) -> StyleInfo:
    root = dict(_ATTRIBUTE.findall(match[1])) if (match := _ROOT.search(head)) else {}
    found = _INFO.search(head)
    text = _COMMENT.sub("", found[1]) if found else ""
    info = StyleInfo(id=path.stem, title=_text(text, "title"), home=home, path=path)
    info.title_short = _text(text, "title-short")
    info.summary = _text(text, "summary")
    info.style_class = root.get("class", "")
    info.default_locale = root.get("default-locale", "")
    info.issn = [_plain(value) for value in re.findall(r"<e?issn>(.*?)</e?issn>", text)]
    info.authors = [_plain(name) for name in re.findall(r"<author>.*?<name>(.*?)</name>", text, re.DOTALL)]
    info.updated = _text(text, "updated")
    info.rights = _text(text, "rights")
    if rights := re.search(r"<rights\b([^>]*)>", text):
        info.license = dict(_ATTRIBUTE.findall(rights[1])).get("license", "")
    for attributes in map(dict, map(_ATTRIBUTE.findall, _CATEGORY.findall(text))):
        info.citation_format = attributes.get("citation-format", info.citation_format)
        info.fields += [attributes["field"]] if "field" in attributes else []
    _read_links(text, info)
    base = next((value for name, value in root.items() if name.endswith(":extends")), "")
    info.parent = info.parent or base
    return info


def _read_links(text: str, info: StyleInfo) -> None:
    for attributes in map(dict, map(_ATTRIBUTE.findall, _LINK.findall(text))):
        href = unescape(attributes.get("href", ""))
        if attributes.get("rel") == "documentation":
            info.documentation.append(href)
        elif attributes.get("rel") == "independent-parent":
            info.parent, info.dependent = href.rsplit("/", 1)[-1], True


def _text(text: str, element: str) -> str:
    """Return the text of the first element of that name, in one line."""
    match = re.search(rf"<{element}(?:\s[^>]*)?>(.*?)</{element}>", text, re.DOTALL)
    return _plain(match[1]) if match else ""


def _plain(text: str) -> str:
    return unescape(" ".join(text.split()))
