"""The memory of earlier citations, for the forms that go back to them.

`Ibid.` stands for the citation before it, `op. cit.` for the last one with the same names, `(hereafter NARA)` names
what stands before it. A context may run through a whole document; a library's own short forms are put into it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.folding import name_key
from citetool.parsing.gazetteer import Gazetteer, Repository, gazetteer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetool.parsing.model import Reading
    from citetool.parsing.spans import Part

_SHORT = lazy(r"(?i)(?:hereafter|hereinafter|henceforth)(?:,? (?:cited|referred to))?(?: as)?:?\s+")
_WORD = lazy(r"\w+")
_MAX_TRIED = 50  # earlier readings that a short form is compared with


class Context:
    """Return what earlier citations of a text said, and the short forms that were defined in it or by the user."""

    def __init__(self, short_forms: Mapping[str, Repository] | None = None) -> None:
        self.readings: list[Reading] = []
        self._by_word: dict[str, list[Reading]] = {}
        self.short_forms: dict[str, Repository] = dict(short_forms or {})
        self._gazetteer: Gazetteer | None = None

    @property
    def gazetteer(self) -> Gazetteer:
        """The tables with the short forms of this context."""
        if not self.short_forms:
            return gazetteer()
        if self._gazetteer is None:
            self._gazetteer = gazetteer().copy()
            for name, repository in self.short_forms.items():
                self._gazetteer.define(name, repository)
        return self._gazetteer

    def define(self, name: str, repository: Repository) -> None:
        """Let `name` stand for the repository or collection from here on."""
        if self.short_forms.get(name) == repository:
            return  # notes define the same again and again
        self.short_forms[name] = repository
        self._gazetteer = None

    def expand(self, value: str) -> str:
        """Return the full name for a short form of this context; any other value as it is."""
        known = self.short_forms.get(value) or self.short_forms.get(name_key(value))
        return known.name if known else value

    def remember(self, reading: Reading) -> None:
        """Keep a reading for what may go back to it, and the short form that it defines."""
        self.readings.append(reading)
        words = _names(reading) | {_first_word(reading.title)}
        for word in words - {""}:
            self._by_word.setdefault(word, []).append(reading)
        for part in reading.parts:
            if part.role == "short_form" and (match := _SHORT.match(reading.string, part.start, part.end)):
                self._define(reading, part, reading.string[match.end() : part.end].strip(" \"“”'‘’"))

    def _define(self, reading: Reading, part: Part, name: str) -> None:
        last = named_by(reading, part)
        if last is not None and name:
            tradition = reading.tradition if last.level == "repository" else "collection"
            self.define(name, Repository(reading.string[last.start : last.end], "", tradition))

    def last(self) -> Reading | None:
        """Return the reading that `Ibid.` means: the last one, or what that itself goes back to."""
        return self.readings[-1] if self.readings else None

    def find(self, names: list[str], title: str, date: str = "") -> Reading | None:
        """Return the last reading with these names (by their last words) or this title, for `op. cit.`.

        One of another date is another letter.
        """
        wanted = {_last_word(name) for name in names} - {""}
        among: Reading | None = None
        for reading in reversed(self._by_word.get(min(wanted) if wanted else _first_word(title), [])[-_MAX_TRIED:]):
            if date and reading.date and not (reading.date.startswith(date) or date.startswith(reading.date)):
                continue
            own = _names(reading)
            if (wanted and wanted == own) or (title and name_key(reading.title).startswith(name_key(title))):
                return reading
            if wanted and wanted < own:
                among = among or reading  # `Roe` may be Doe and Roe where there is nothing by Roe alone
        return among

    def find_work(self, name: str, title: str) -> Reading | None:
        """Return the last published work of an author of that name with all words of a short title in its own."""
        wanted = set(_title_words(title))
        for reading in reversed(self._by_word.get(_last_word(name), [])[-_MAX_TRIED:]):
            found: Reading | None = reading
            while found is not None and found.source is not None:
                found = found.source
            if found is None or found.work is None or not wanted <= set(_title_words(found.title)):
                continue
            if _last_word(name) in _names(found):
                return found
        return None


def named_by(reading: Reading, part: Part) -> Part | None:
    """Return the level that a short form behind it stands for: one that shares a word with it, else the last body.

    `Bryant Barron Papers, Yale, Box 2 (henceforth Barron Papers)`, `Library of Congress, Washington (hereafter LC)`.
    """
    before = [p for p in reading.parts if p.role == "level" and p.end <= part.start]
    if not before:
        return None
    words = set(name_key(_SHORT.sub("", reading.string[part.start : part.end])).split())
    shared = [p for p in before if words & set(name_key(reading.string[p.start : p.end]).split())]
    town = before[-1].level == "place" and len(before) > 1
    return shared[-1] if shared else before[-2] if town else before[-1]


def _title_words(title: str) -> list[str]:
    return _WORD.findall(name_key(title))


def _names(reading: Reading) -> set[str]:
    """Return the last words of the names by which a reading may be called, editors where a work has no author."""
    people = (reading.work.authors or reading.work.editors) if reading.work is not None else ()
    return {_last_word(name) for name in (*reading.creators, *reading.recipients, *people)}


def _first_word(title: str) -> str:
    return "".join(name_key(title[:40]).split()[:1])


def _last_word(name: str) -> str:
    words = name_key(name.partition(",")[0].replace("/", " ")).split()
    return words[-1] if words else ""
