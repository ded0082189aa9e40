"""Where a document is kept: the units behind its description, read as levels of an archive.

Two orders are in use: from small to large (`Folder 6, Box 10, X Papers, Library`) and from large to small (`Library, X
Papers, Box 10, Folder 6`). Both are tried; the one whose levels come with fewer turns wins. What a unit without a word
of its own is follows from the order: before the box of a large-to-small citation stand collection and series, behind it
the title of the folder; before a repository of the other order stands the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .gazetteer import words
from .spans import RANK, Part, turns
from .token_types import CODE, FILM

if TYPE_CHECKING:
    from .classifier import Unit

_CONTAINERS = words("box container carton reel roll volume")
_BELOW = words("box container carton folder file reel roll frame volume entry lot")
_BODIES = frozenset(("repository", "division"))


_AGENCY = lazy(r"(?:Minist|Department of|Departamento|Département|Foreign Office|Embassy|Außenm|Министерство)")
_KEEPER = lazy(r"\b(?:College|University|Universit\w+|Society|Museum|Institut\w*)\b")
_FILES = lazy(r"\b[Ff]iles?(?:,? \(?(?:1[89]|20)\d\d[-–\d]*\)?)?$")
_DECIMAL = lazy(r"\d{3}[A-Z]?\.\d\w*/\S")
_NAMES_ONLY = frozenset(("repository", "division", "place", "url", "digital", "short_form"))
_FOLDER = ("Folder", "folder")
_RECORDS = lazy(r"\b(?:Records|Papers|Collections?)$")
_ACRONYM = lazy(r"[A-ZÀ-ÞА-Я]{2,8}(?:[-/ ][A-ZÀ-ÞА-Я]{2,6})?$")
_ITEM_CODE = lazy(r"(?:CIA-RDP|NLR[-–]|NLC[-–]|NLF[-–]|ESDN|CREST|FOIA)")


def read_location(units: list[Unit], text: str, *, begun: bool = False) -> tuple[list[Part], float]:
    """The levels of a location in the order of the text, and a score: how well the better of the two orders fits.

    `begun` says that levels were read already, so that a bare number is a page of them.
    """
    if not units:
        return [], 0.0
    down, up = turns(units)
    bodies = [i for i, u in enumerate(units) if u.sort in _BODIES]
    first_body = bodies[0] if bodies else -1
    if down == up:
        large_first = first_body == 0 and len(units) > 1 and not all(u.sort in _NAMES_ONLY for u in units)
    else:
        large_first = down > up
    reader = _Location(units, text, large_first=large_first)
    reader.begun = begun
    parts = reader.read()
    return parts, 1.0 - min(down, up) / max(1, down + up)


class _Location:
    """The assignment of levels in one order."""

    def __init__(self, units: list[Unit], text: str, *, large_first: bool) -> None:
        self.units = units
        self.text = text
        self.large_first = large_first
        self.parts: list[Part] = []
        self.begun = False
        self.has_collection = any(
            u.sort == "collection" or (u.sort == "level" and u.level == "record_group") for u in units
        )
        self.grouped = any(u.sort == "level" and u.level == "record_group" for u in units)
        last = units[-1]
        if (
            not any(u.sort in _BODIES for u in units)
            and _ACRONYM.match(text, last.start, last.end)
            and last.sort == "text"
        ):
            last.sort = "repository"  # an archive under letters that the tables do not know
        self.body = next((i for i, u in enumerate(units) if u.sort == "repository"), -1)
        if self.body < 0:
            self.body = next((i for i, u in enumerate(units) if u.sort == "division"), -1)

        self.tail = self._tail()

    def _tail(self) -> int:
        """Where nothing follows but bodies and their places, if the citation did not begin with one; else the end."""
        units = self.units
        tail = len(units)
        while tail and units[tail - 1].sort in (*_BODIES, "place", "short_form", "url", "digital"):
            tail -= 1
        begun = any(unit.sort in _BODIES for unit in units[:tail])
        return len(units) if begun or not any(u.sort in _BODIES for u in units[tail:]) else tail

    def read(self) -> list[Part]:
        """The parts, in the order of the text."""
        if self.large_first:
            self._large_first()
        else:
            self._small_first()
        return self.parts

    def add(self, unit: Unit, role: str, level: str = "") -> None:
        """One unit is this part; what is a place or a link needs no asking."""
        self.parts.append(Part(unit.start, unit.end, role, level))

    def known(self, unit: Unit, index: int) -> bool:
        """Deal with a unit that says itself what it is; whether it did."""
        sort = unit.sort
        if sort == "level":
            self.add(unit, "level", unit.level)
        elif sort == "collection":
            self.add(unit, "level", self._collection_level(unit))
        elif sort in _BODIES:
            self.add(unit, "level", self._body_level(unit, index))
        elif sort == "place" and self._is_place(index):
            self.add(unit, "level", "place")
        elif sort == "digital":
            self.add(unit, "level", "digital")
        elif sort == "time":
            self.add(unit, "note")
        elif sort in ("url", "blank", "opening", "marking", "date", "short_form"):
            self.add(unit, sort)
        elif sort == "italic":
            self.add(unit, "level", "published_in")
        else:
            return False
        return True

    def _collection_level(self, unit: Unit) -> str:
        """From large to small, what is called a collection below another one is a series of it."""
        levels = [p.level for p in self.parts if p.role == "level"]
        if self.grouped and not self.large_first and _FILES.search(self.text, unit.start, unit.end):
            return "series"
        below = levels[levels.index("collection") + 1 :] if "collection" in levels else []
        if any(RANK.get(level, 9) < RANK["series"] for level in below) and _FILES.search(
            self.text, unit.start, unit.end
        ):
            return "series"  # `X Papers, Folder 3, Box 2, Subject Files`
        following = next((u for u in self.units if u.start > unit.start), None)
        if not self.large_first and following is not None and following.sort == "collection":
            own = _FILES.search(self.text, unit.start, unit.end)
            return "series" if own and not _FILES.search(self.text, following.start, following.end) else "collection"
        if not self.large_first or not ({"collection", "record_group"} & set(levels)):
            return "collection"
        return "subseries" if "series" in levels else "series"

    def _is_place(self, index: int) -> bool:
        """A town stands beside the body it is the seat of; anywhere else it is the title of something."""
        near = self.units[max(0, index - 1) : index + 2]
        last = index == len(self.units) - 1 and not self.large_first and self.body < 0
        return (
            last
            or len(self.units) == 1
            or any(u.sort in (*_BODIES, "place", "short_form") for u in near if u is not self.units[index])
        )

    def _body_level(self, unit: Unit, index: int) -> str:
        if unit.level:
            return unit.level
        if unit.sort == "division":
            return "division" if any(u.sort == "repository" for u in self.units) else "repository"
        near = self.units[index - 1] if index else None
        above = any(p.level in ("repository", "division") for p in self.parts)
        if above and self.large_first and _RECORDS.search(self.text, unit.start, unit.end):
            return "collection"
        if (
            near is not None
            and near.sort in ("repository", "place")
            and self.large_first
            and self._is_agency(near, unit, index)
        ):
            return "collection"
        if near is not None and near.sort == "repository" and not self.large_first and not near.level:
            return "parent_institution"
        return "repository"

    def _is_agency(self, near: Unit, unit: Unit, index: int) -> bool:
        """Whether a body behind a presidential library is the agency whose files it keeps, and no keeper itself."""
        if all(u.sort in ("place", "short_form", "url", *_BODIES) for u in self.units[index + 1 :]):
            return False
        if _AGENCY.match(self.text, unit.start, unit.end) and index < len(self.units) - 1 and not self.has_collection:
            return True
        if _KEEPER.search(self.text, unit.start, unit.end):
            return False
        name = self.text[near.start : near.end]
        return (
            index < len(self.units) - 1 and name.endswith("Library") and unit.before == "," and "of" not in name.split()
        )

    # ---- large to small

    def _large_first(self) -> None:
        units = self.units
        last_container = max(
            (i for i, u in enumerate(units) if u.sort == "level" and u.level in _CONTAINERS), default=-1
        )
        last_lot = max(
            (i for i, u in enumerate(units) if u.sort == "level" and u.level in ("lot", "entry")), default=-1
        )
        border = last_container if last_container >= 0 else last_lot
        index = 0
        while index < len(units):
            unit = units[index]
            seat = unit.sort == "place" and index > 0 and units[index - 1].sort in _BODIES
            if index > border >= 0 and not seat and self._starts_folder(unit) and not self._is_above(index):
                index = self._folder(index)
                continue
            if unit.sort == "level" and unit.level == "folder" and index > 0:
                index = self._folder(index)
                continue
            if (
                border < 0
                and unit.sort not in ("level", "repository", "url", "opening", "short_form", "digital")
                and index > max(self.body, 0)
                and self._is_last(index)
            ):
                self._last(index)
                index = len(units)
                continue
            if not self.known(unit, index) and not self._code(unit):
                self._named(unit, index)
            index += 1

    def _is_above(self, index: int) -> bool:
        """Whether files stand behind the box of their folder: `Library: Papers, Folder 3, Box 2, Subject Files`."""
        named = self.units[index].sort in ("collection", "series")
        return named and any(p.level == "folder" and self.text[p.start : p.start + 6] in _FOLDER for p in self.parts)

    def _starts_folder(self, unit: Unit) -> bool:
        if unit.sort == "series" and self.text[unit.start : unit.end].endswith((" Series", " series")):
            return False
        if unit.sort == "number":
            return "–" in self.text[unit.start : unit.end] or "-" in self.text[unit.start : unit.end]
        return unit.sort not in ("level", "url", "blank", "repository", "marking", "id", "digital") or (
            unit.sort == "level" and unit.level == "folder"
        )

    def _folder(self, index: int) -> int:
        """The folder's number and title, all that follows up to the next numbered level; where reading goes on."""
        units = self.units
        start = units[index].start
        end = units[index].end
        after = index + 1
        while after < len(units):
            unit = units[after]
            if unit.sort in ("url", "blank", "marking", "level", "short_form", "digital") or (
                unit.sort == "repository" and after == self.body
            ):
                break
            if (unit.before == ";" and unit.sort == "id") or after >= self.tail:
                break
            end = unit.end
            after += 1
        self.parts.append(Part(start, end, "level", "folder"))
        return after

    def _is_last(self, index: int) -> bool:
        """Whether no level of any kind follows: then this is the file, whatever its words."""
        return all(
            u.sort in ("date", "years", "url", "blank", "time", "digital") or self._is_digits(u)
            for u in self.units[index + 1 :]
        )

    def _is_digits(self, unit: Unit) -> bool:
        """A bare number behind a title: the range of system numbers in a file, or an id behind a semicolon."""
        if unit.sort not in ("number", "id"):
            return False
        return unit.before == ";" or all(c.isdigit() or c in "–-" for c in self.text[unit.start : unit.end])

    def _last(self, index: int) -> None:
        units = self.units
        unit = units[index]
        end = unit.end
        rest = list(units[index + 1 :])
        while rest and (
            rest[0].sort in ("date", "years")
            or (self._is_digits(rest[0]) and rest[0].before == "," and unit.sort not in ("id", "number"))
        ):
            end = rest.pop(0).end
        span = self.text[unit.start : end]
        before = [p for p in self.parts if p.role == "level" and p.level not in ("repository", "division", "place")]
        if unit.sort == "collection" and not before:
            level = "collection"
        elif unit.level == "collection_id" and before:
            level = "collection_id"
        elif FILM.match(span):
            level = "frame"
        elif unit.sort in ("id", "number") or CODE.match(span):
            level = "file_code" if before else "item"
        else:
            level = "folder" if before else "collection"
        self.parts.append(Part(unit.start, end, "level", level))
        for other in rest:
            if not self.known(other, 0):
                self.add(other, "level", "page" if other.sort == "number" else "item")

    def _code(self, unit: Unit) -> bool:
        span = self.text[unit.start : unit.end]
        if FILM.match(span):
            self.add(unit, "level", "frame")
        elif _DECIMAL.match(span):
            self.add(unit, "level", "file_code")
        elif _ITEM_CODE.match(span):
            self.add(unit, "level", "item")
        elif unit.sort == "id":
            before = next((p for p in reversed(self.parts) if p.role == "level"), None)
            is_collection = before is not None and before.level in ("collection", "division")
            later = any(u.sort == "level" and u.level != "page" for u in self.units if u.start > unit.start)
            named = any(p.level == "collection_id" for p in self.parts)
            said = unit.level == "collection_id" and unit.end - unit.start > 4
            if not named and (said or is_collection or later):
                level = "collection_id" if later or is_collection else "item"
            else:
                level = "file_code" if before and before.level != "repository" else "item"
            self.add(unit, "level", level)
        elif unit.sort == "number":
            self.add(unit, "level", "page" if self.begun or any(p.role == "level" for p in self.parts) else "item")
        elif CODE.match(span):
            self.add(unit, "level", "file_code")
        else:
            return False
        return True

    def _named(self, unit: Unit, index: int) -> None:
        """A text before the box: the collection where there is none yet, then series and subseries."""
        levels = [p.level for p in self.parts if p.role == "level"]
        if index < self.body:
            level = "collection" if not self.has_collection else "series" if unit.sort == "series" else "division"
        elif "collection" not in levels and "record_group" not in levels:
            volumes = any(u.sort == "level" and u.level == "volume" for u in self.units[index + 1 :])
            if volumes and not _FILES.search(self.text, unit.start, unit.end):
                self.add(unit, "level", "subseries" if "series" in levels else "series")
                return
            level = "collection" if not self._collection_later(index) else "division"
        else:
            level = "subseries" if "series" in levels else "series"
        self.add(unit, "level", level)

    def _collection_later(self, index: int) -> bool:
        return any(u.sort == "collection" for u in self.units[index + 1 :])

    # ---- small to large

    def _small_first(self) -> None:
        units = self.units
        for index, unit in enumerate(units):
            if self.known(unit, index):
                continue
            if unit.sort == "id":
                self.add(unit, "level", self._id_level(index))
            elif unit.sort == "number":
                self.add(unit, "level", "page")
            elif unit.sort == "years":
                self.add(unit, "date")
            elif unit.sort == "kind":
                self.add(unit, "kind")
            elif CODE.match(self.text[unit.start : unit.end]):
                self.add(unit, "level", "file_code")
            else:
                self._between(unit, index)

    def _id_level(self, index: int) -> str:
        units = self.units
        if _ITEM_CODE.match(self.text, units[index].start):
            return "item"
        if _DECIMAL.match(self.text, units[index].start):
            return "file_code"
        near = [units[i] for i in (index - 1, index + 1) if 0 <= i < len(units)]
        if any(u.sort == "collection" for u in near):
            return "collection_id"
        containers = any(u.sort == "level" and u.level in _BELOW for u in units)
        later_level = any(u.sort == "level" for u in units[index + 1 :])
        after_body = 0 <= self.body < index
        return (
            "item"
            if (after_body and not later_level) or not (containers or later_level or index < self.body)
            else "collection_id"
        )

    def _between(self, unit: Unit, index: int) -> None:
        """A text among the levels: a folder's name before the box, a collection or series before the repository."""
        units = self.units
        span = self.text[unit.start : unit.end]
        boxed = unit.sort == "quote" and index and units[index - 1].level in _CONTAINERS
        if boxed or span.endswith((" folder", " folder)")):
            self.add(unit, "level", "folder")
        elif 0 <= self.body < index:
            after_body = units[index - 1].sort in (*_BODIES, "place")
            if after_body and index == len(units) - 1 and len(span.split()) < 5 and span[:1].isupper():
                self.add(unit, "level", "place")
            elif any(u.sort in ("level", "repository") for u in units[index + 1 :]):
                self.add(unit, "level", "series" if self.has_collection else "collection")
        elif self._opens(index):
            self.add(unit, "level", "series" if self._opens(index - 1) else "collection")
        elif not self.has_collection and self._last_before_body(index):
            self.add(unit, "level", "collection")
        elif unit.sort == "series" or any(u.sort in ("level", "collection") for u in units[index + 1 :]):
            below = any(
                u.sort == "level" and u.level in ("box", "container", "carton") for u in units[index + 1 : index + 2]
            )
            self.add(unit, "level", "folder" if below and unit.sort == "text" else "series")

    def _opens(self, index: int) -> bool:
        """Whether a text is one of several that open a location before its box: collection, then series."""
        count = 0
        while count < len(self.units) and self.units[count].sort in ("text", "series"):
            count += 1
        if index < 0 or index >= count or count < 2 or count == len(self.units) or self.has_collection:
            return False
        return self.units[count].sort == "level" and self.units[count].level in _CONTAINERS

    def _last_before_body(self, index: int) -> bool:
        until = self.body if self.body >= 0 else len(self.units)
        texts = [i for i in range(until) if self.units[i].sort in ("text", "series")]
        if len(texts) > 1 and self.text[: self.units[texts[-1]].end].endswith((" Series", " series")):
            del texts[-1]
        return bool(texts) and index == texts[-1]
