"""Find a style by its name, and prepare it for a CSL processor.

`locate` finds the file of a style, `load` reads it. A parsed style is kept (`citetool.diskcache`) until one of its
files changes, or its name or its base's leads elsewhere: reading, flattening and parsing a long style takes ten times
as long as citing with it. A few are kept in memory too, for a server. `catalog` searches and describes styles.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from citetool.csl.style.serialize import style_from_data, style_to_data
from citetool.diskcache import DiskCache, stamp

from .locate import Located, Places, find, locate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetool.csl.style.nodes import Style
    from citetool.problems import Where

    from .load import ReadStyle
    from .overlay import StyleText

_SHELF = DiskCache(
    "styles",
    "citation/styles/load.py",
    "citation/styles/overlay.py",
    "csl/style/parse.py",
    "csl/style/analysis.py",
    "csl/style/serialize.py",
    "csl/style/nodes.py",
    "csl/style/usage.py",
)
_AT_HAND = 8  # entries that are kept in memory; an unpacked style takes some 2 MB


class _Packed:
    """A style from the cache, unpacked when somebody asks for it, once for all who ask: nobody changes it."""

    __slots__ = ("_data", "_style")

    def __init__(self, data: Any) -> None:
        self._data = data
        self._style: Style | None = None

    def unpacked(self) -> Style:
        if self._style is None:
            self._style = style_from_data(self._data)
        return self._style


_at_hand: OrderedDict[str, tuple[Any, tuple[Any, ...]]] = OrderedDict()


class StyleSource:
    """A style that was found: what one must know of it at once; its text and its parts when they are asked for.

    `id` is the name it goes by: that of the file without `.csl`; `path` that file, and `home` whose it is. `base` is
    the style that an overlay extends or that a dependent style depends on, `renamed_from` the old id that was asked
    for, where the style has a new one.
    """

    __slots__ = ("_packed", "_parsed", "_places", "_read", "base", "default_locale", "home", "id", "path",
                 "renamed_from", "style_class", "title")  # fmt: skip

    title: str
    style_class: Literal["note", "in-text"]
    default_locale: str | None
    base: str | None

    def __init__(self, located: Located, places: Places, kept: tuple[Any, ...] | None) -> None:
        """Take the style in that file; `kept` is its entry in the cache, if there is one."""
        self.path, self.home, self.renamed_from = located
        self.id = self.path.stem
        self._places = places
        self._read: ReadStyle | None = None
        self._parsed: Style | None = None
        self._packed: _Packed | None = None
        if kept is None:
            read = self._files()
            self.title, self.style_class, self.default_locale, self.base = read[:4]
        else:
            self.title, self.style_class, self.default_locale, self.base, self._packed = kept

    @property
    def source_text(self) -> StyleText:
        """Return `text` with the places that its lines come from. Raises InputError where its files can be read no
        more.
        """
        return self._files().text

    @property
    def text(self) -> str:
        """Plain CSL (XML): an overlay is flattened, a dependent style replaced by its parent."""
        return self.source_text.text

    @property
    def xml(self) -> bytes:
        """Return `text` as the bytes of a style file (UTF-8)."""
        return self.text.encode()

    def origin(self, line: int) -> Where:
        """Return the file and line that line `line` (from 1) of `text` stands in."""
        return self.source_text.origin(line)

    def overlays(self) -> list[str]:
        """Return the path of the style, then those of the overlays that it extends, one by the other."""
        return [str(self.path), *(file.path for file in self._files().files[1:-1])]

    def parsed(self) -> Style:
        """Return the style for `citetool.csl`. Raises `StyleError` where it is none that can be used."""
        if self._parsed is None:
            self._parsed = self._parse() if self._packed is None else self._packed.unpacked()
        return self._parsed

    def _files(self) -> ReadStyle:
        if self._read is None:
            from .load import read_style  # noqa: PLC0415 - a style that was kept needs no text

            self._read = read_style(self.path, self._places)
        return self._read

    def _parse(self) -> Style:
        from citetool.csl.style.parse import parse_style  # noqa: PLC0415 - likewise

        style = parse_style(self.text)
        files = self._files().files
        if all(file.stamp for file in files):
            facts = (self.title, self.style_class, self.default_locale, self.base, style_to_data(style))
            _SHELF.store(_name(self.path), (tuple(map(tuple, files)), facts))
        return style


def find_style(name: str, *, folders: Sequence[Path] = ()) -> StyleSource:
    """Return the style of that name: an id old or new, a path, or the URL of a style on zotero.org.

    `folders` are looked through before citetool's own styles, and a URL means the stock style, also where one of ours
    has its name. Raises NotFoundError, naming near ones, and InputError
    for a file that is no style or an overlay whose base is not there.
    """
    places = Places(tuple(folders))
    located = find(name, places)
    return StyleSource(located, places, _kept(located.path, places))


def _kept(path: Path, places: Places) -> tuple[Any, ...] | None:
    """Return the cached entry of the style in that file if none of its files has changed or moved."""
    name = _name(path)
    for load in (_at_hand.get, _loaded):
        kept = load(name)
        if kept is not None and _is_current(path, places, kept[0]):
            _at_hand[name] = kept
            with suppress(KeyError):  # another thread has been here
                _at_hand.move_to_end(name)
                while len(_at_hand) > _AT_HAND:
                    _at_hand.popitem(last=False)
            return kept[1]
    return None


def _loaded(name: str) -> tuple[Any, tuple[Any, ...]] | None:
    kept = _SHELF.load(name)
    if kept is None:
        return None
    files, (*facts, data) = kept
    return files, (*facts, _Packed(data))


def _is_current(path: Path, places: Places, files: Sequence[Any]) -> bool:
    """Return whether the files of an entry are those that their names lead to, and unchanged."""
    passed = [path]
    for name, where, state in files:
        if name:
            located = locate(name, Places(places.folders, tuple(passed)))
            if located is None or str(located.path) != where:
                return False
            passed.append(located.path)
        if stamp(passed[-1]) != state:
            return False
    return True


def _name(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - resolving links would take longer, and name another file
