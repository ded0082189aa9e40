"""The words that archival citations are made of, from the tables in `data/`.

Tables are plain text, a fact a line, columns between bars; anyone can add a language or a repository. They are read
once, when the first citation is, into dictionaries keyed by folded words, so that a look-up costs the same however
long the tables grow. What a word means in a place is the business of the grammars.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy

from .folding import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .tokens import TokenType


DATA = Path(__file__).parent / "data"

_MAX_HEAD = 40  # letters of a first word
_WORDS = lazy(r"[^\W_]+")


class Repository(NamedTuple):
    """A body that keeps records: its full name, where it is, and the tradition that its references follow."""

    name: str
    place: str = ""
    tradition: str = ""


class Gazetteer:
    """All tables as dictionaries with folded keys.

    Short names are matched as they are written, and in capitals with or without stops and blanks (`A. S. V.`).
    """

    __slots__ = (
        "_asked",
        "archive_words",
        "collections",
        "first_words",
        "heads",
        "letters",
        "levels",
        "marks",
        "names",
        "openers",
        "paths",
        "phrases",
        "places",
        "regions",
        "short_keys",
        "short_names",
        "terms",
        "token_types",
    )

    def __init__(self) -> None:
        self._asked: dict[str, Repository | None] = {}  # the same words are asked about many times in a citation
        self.collections: set[str] = set()  # names of collections that a user defined
        self.levels: dict[str, str] = {}
        self.letters: dict[str, dict[str, tuple[str, ...]]] = {}  # of a tradition, the levels of letters
        self.first_words: dict[str, tuple[tuple[str, ...], ...]] = {}
        self.marks: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self.names: dict[str, Repository] = {}
        self.short_names: dict[str, Repository] = {}
        self.short_keys: dict[str, Repository] = {}  # the same without stops and blanks, in capitals
        self.paths: dict[str, tuple[list[str], list[str]]] = {}  # levels of names and of numbers
        self.places: frozenset[str] = frozenset()
        self.regions: frozenset[str] = frozenset()
        self.token_types: dict[
            str, TokenType
        ] = {}  # what spans were found to be: the same archives are cited again and again
        self.terms: dict[str, dict[str, str]] = {}
        self.archive_words: frozenset[str] = frozenset()  # first words of archives of a kind, as `archivio di stato`
        self.openers: set[str] = set()  # the first letters of names, by which most texts are seen to have none
        self.heads: dict[str, int] = {}  # the first words of names, each with the most words of a name
        self.phrases: dict[str, tuple[str, ...]] = {}  # the terms of more than one word

    def repository(self, text: str) -> Repository | None:
        """Return the repository of that full name (in any case) or short name (as written, or in capitals)."""
        if text in self._asked:
            return self._asked[text]
        if len(self._asked) > _MAX_ASKED:
            self._asked.clear()
        found = self._asked[text] = self._find(text)
        return found

    def _find(self, text: str) -> Repository | None:
        found = self.short_names.get(text)
        if found is None and text.endswith("."):
            found = self.short_names.get(text[:-1])  # `FA., FM.`: the Austrian way
        if found is None and len(text) < _MAX_LENGTH:
            found = self.names.get(name_key(text))
        if found is None and len(text) < _MAX_SHORT and (short := self.short_keys.get(_short_key(text))):
            found = short if _is_short(text) or _INITIALS.match(text) else None
        return found or self._by_kind(text)

    def _by_kind(self, text: str) -> Repository | None:
        """Return the archive that its first words say is one of a kind: `Archivio di Stato di Lucca`, `AD Loire`."""
        first = text.partition(" ")[0].rstrip(",").casefold().replace(".", "")
        if first not in self.archive_words or len(text) > _MAX_LENGTH:
            return None
        name = text.replace(",", "", 1) if text.partition(" ")[0][-1] == "," else text  # `AD, Loire`
        words = name_key(name).replace("a.d.", "ad").replace("a.m.", "am").replace("a.d ", "ad ").split(" ")
        named = len(words) <= _MAX_WORDS and not any(map(str.isdigit, name)) and "," not in name
        for count in range(min(4, len(words) - 1), 0, -1):
            tradition = self.terms["archive"].get(" ".join(words[:count]).rstrip("."))
            if tradition and named and text.rsplit(" ", 1)[1][:1].isupper():
                return Repository(text, "", tradition)
        return None

    def body_at(self, text: str, start: int, end: int) -> int:
        """Return where the longest name of a repository ends that begins at `start`; `start` where none does."""
        found = start
        if text[start : start + 2].casefold() not in self.openers:
            return found
        first = _head(text[start : min(end, start + _MAX_HEAD)])
        most = self.heads.get(first, 0) if "." not in first else _MAX_WORDS
        for count, word in enumerate(_PREFIX_WORD.finditer(text, start, end) if most else ()):
            if count == most:
                break
            name = text[start : word.end()].rstrip(" ,;:")
            if len(name) > 1 and self.repository(name) is not None:
                found = start + len(name)
                if name_key(name) not in self.names and self._by_kind(name):
                    break  # the name of a town is one word, as far as can be told
        return found

    def define(self, name: str, repository: Repository) -> None:
        """Let a user's name mean the repository, or (tradition `collection`) a collection; short names as written."""
        self.token_types, self._asked = {}, {}
        if repository.tradition == "collection":
            self.collections.add(name_key(name))
            return
        self.openers = self.openers | {_opener(name)}
        self.heads = _heads((name,), self.heads)
        if _is_short(name):
            self.short_names[name] = repository
            self.short_keys[_short_key(name)] = repository
        else:
            self.names[name_key(name)] = repository

    def copy(self) -> Gazetteer:
        """Return the same tables, to which short forms can be added."""
        other = Gazetteer()
        for slot in self.__slots__:
            setattr(other, slot, getattr(self, slot))
        other.names, other.short_names = dict(self.names), dict(self.short_names)
        other.short_keys = dict(self.short_keys)
        other.collections = set(self.collections)
        other.token_types, other._asked = {}, {}
        return other

    def term(self, kind: str, text: str) -> str | None:
        """Return what the term table says of a text in a class: its value, or the term itself where it has none."""
        return self.terms.get(kind, {}).get(name_key(text))


_MAX_ASKED = 20_000  # texts of which it is kept whether they name a repository
_MAX_LENGTH = 120  # no name of a repository is longer
_MAX_NAME = 12  # letters of a short name as the tables have it
_MAX_SHORT = 16  # letters, stops and blanks of a short name
_MAX_WORDS = 9  # of a name at the beginning of a text
_MIN_KEY = 3  # letters of a short name that may be written in other ways: `PA` is a state as well
_PREFIX_WORD = lazy(r"\S+\s*")
_INITIALS = lazy(r"(?:[^\W\d_]\.\s?){3,6}$")  # `a. s. v.`
_SHORT_SIGNS = lazy(r"[^\W_]+")


def _opener(name: str) -> str:
    return "".join(_SHORT_SIGNS.findall(name[:4]))[:2].casefold() if name[1:2] not in ". " else name[:2].casefold()


def _head(name: str) -> str:
    """Return the first word of a name, as a key."""
    return name.partition(" ")[0].strip(".,;:()[]").casefold()


def _heads(names: Iterable[str], known: dict[str, int]) -> dict[str, int]:
    """Return the first words of names, with how many words the longest of each has."""
    heads = dict(known)
    for name in names:
        head = _head(name)
        heads[head] = min(_MAX_WORDS, max(heads.get(head, 0), 1 + name.count(" ")))
    return heads


def _short_key(name: str) -> str:
    key = "".join(_SHORT_SIGNS.findall(name)).upper()
    return key if len(key) >= _MIN_KEY else name


def _is_short(name: str) -> bool:
    if len(name) > _MAX_NAME:
        return False
    letters = [c for c in name if c.isalpha()]
    return sum(c.isupper() for c in letters) * 2 > len(letters)


def rows(name: str) -> Iterator[list[str]]:
    """Yield the cells of each line of a table in `data/`."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(" | ")] if " | " in line else [line.strip()]


def _words(cell: str) -> list[str]:
    return [word for part in cell.split(",") if (word := part.strip())]


def _read_levels(found: Gazetteer) -> None:
    first: dict[str, set[tuple[str, ...]]] = {}
    for level, _, cell in rows("levels.txt"):
        for phrase in _words(cell):
            words = tuple(_WORDS.findall(phrase.casefold()))
            found.levels.setdefault(" ".join(words), level)
            first.setdefault(words[0], set()).add(words)
    # the longest phrase first: `lot file` before `lot`
    found.first_words = {word: tuple(sorted(phrases, key=len, reverse=True)) for word, phrases in first.items()}


def _read_repositories(found: Gazetteer) -> None:
    for row in rows("repositories.txt"):
        name, shorts, place, tradition = (cell.strip() for cell in "|".join(row).split("|"))
        repository = Repository(name, place, tradition)
        for other in (name, *(short.strip() for short in shorts.split(";") if short.strip())):
            if _is_short(other):
                found.short_names.setdefault(other, repository)
                found.short_keys.setdefault(_short_key(other), repository)
            else:
                found.names.setdefault(name_key(other), repository)


def _read_places(found: Gazetteer) -> None:
    places: set[str] = set()
    regions: set[str] = set()
    for kind, cell in rows("places.txt"):
        names = {name_key(name) for name in cell.split(";")}
        places |= names
        if kind != "town":
            regions |= names
    found.places, found.regions = frozenset(places), frozenset(regions)


@cache
def gazetteer() -> Gazetteer:
    """Return the tables of `data/`, read once."""
    found = Gazetteer()
    _read_levels(found)
    _read_repositories(found)
    _read_places(found)
    for kind, _, cell in rows("terms.txt"):
        table = found.terms.setdefault(kind, {})
        for entry in _words(cell):
            term, _, value = entry.partition(" = ")
            table.setdefault(name_key(term), value or term)
    found.phrases = {kind: tuple(term for term in table if " " in term) for kind, table in found.terms.items()}
    found.paths = {tradition: (_words(names), _words(numbers)) for tradition, names, numbers in rows("paths.txt")}
    words = {term.split(" ")[0] for term in found.terms["archive"]}
    found.archive_words = frozenset(word.replace(".", "") for word in words)
    found.openers = {_opener(name) for name in (*found.names, *found.short_names, *words)} - {""}
    found.heads = _heads((*found.names, *found.short_names), dict.fromkeys(words, _MAX_WORDS))
    for tradition, levels, cell in rows("letters.txt"):
        meant = tuple(_words(levels))
        found.letters.setdefault(tradition, {}).update((word, meant) for word in _words(cell))
    for tradition, level, cell in rows("marks.txt"):
        found.marks.setdefault(tradition, []).append((level, tuple(_words(cell))))
    return found
