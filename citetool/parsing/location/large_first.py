"""Levels from large to small: before the box stand collection and series, behind it the title of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.dates import find_date
from citetool.parsing.spans import Part
from citetool.parsing.token_types import CODE, FILM

from .base import BODIES, CONTAINERS, DECIMAL, ITEM_CODE, LONG_PIECE, REGISTRY, SHORT_CODE, LocationParser

if TYPE_CHECKING:
    from citetool.parsing.tokens import Token

_FILES = lazy(r"\b[Ff]iles?(?:,? \(?(?:1[89]|20)\d\d[-–\d]*\)?)?$")
_GROUP = lazy(r"\b(?:Series|[Ff]iles?)$")
_OLD_ORDER = 6  # tokens: archive, files, series, two of a title, box
_JOINED = lazy(r"(?:and|und|et|y|e)\s+(?=[A-ZÀ-Þ\d])")
_DAY = lazy(r"(?<!\d)\d{1,2}(?!\d)")
_LAST = frozenset(("page", "frame"))
_MANUSCRIPT = lazy(
    r"(?=\S+(?:\s\S+){0,5}$)[^\W\d_][\w.’'°/() -]*?"
    r"(?:\b(?!1[5-9]\d\d$|20\d\d$)\d+[a-zA-Z]?|\.\s?[ivxlc]+|\s[IVXLC]+|(?:\.[A-Z\d]+)+)$"
)
_SERIES_WORD = lazy(r"(?i)(?:sous-)?s[ée]rie\b|secci[oó]n\b|odděl|oddział\b")
_YEARS_IN = lazy(r"\b1[5-9]\d\d[-–]\d+")
_TITLE = frozenset(("text", "series", "years", "date", "collection", "place"))
_SAID = frozenset(("url", "blank", "marking", "level", "short_form", "digital"))  # what ends the title of a folder
_FOLDER = ("Folder", "folder")


class LargeFirstParser(LocationParser):
    """Reads `Library, X Papers, Box 10, Folder 6`."""

    large_first = True
    titled = -1  # a volume that is part of the title of a folder

    def read(self) -> list[Part]:
        """Return the parts, in the order of the text."""
        tokens = self.tokens
        last_container = self._last_container()
        last_lot = max(
            (i for i, u in enumerate(tokens) if u.type == "level" and u.level in ("lot", "entry")), default=-1
        )
        boundary = last_container if last_container >= 0 else last_lot
        index = 0
        title = self._title_before_box()
        while index < len(tokens):
            token = tokens[index]
            if title and index == title:
                self.parts.append(Part(token.start, tokens[-2].end, "level", "folder"))
                index = len(tokens) - 1
                continue
            seat = token.type == "place" and index > 0 and tokens[index - 1].type in BODIES
            if token.type == "date" and index and self._is_day(token, index):
                self.add(token, "date")
                index += 1
                continue
            if index > boundary >= 0 and not seat and self._starts_folder(token) and not self._is_above(index):
                index = self._folder(index)
                continue
            if token.type == "level" and token.level == "folder" and index > 0:
                index = self._folder(index)
                continue
            if (
                boundary < 0
                and token.type not in ("level", "repository", "url", "opening", "short_form", "digital")
                and index > max(self.body, 0)
                and self._is_last(index)
            ):
                self._last(index)
                index = len(tokens)
                continue
            if not self.known(token, index) and not self._code(token):
                self._named(token, index)
            index += 1
        return self.parts

    def _last_container(self) -> int:
        """Return the place of the last container; a volume in the title of a folder behind its box is none.

        `Box 6, FRUS, 1952–1954, Vol. X, Iran`.
        """
        tokens = self.tokens
        found = [i for i, u in enumerate(tokens) if u.type == "level" and u.level in CONTAINERS]
        if len(found) < 2 or tokens[found[-1]].level != "volume":
            return found[-1] if found else -1
        between, behind = tokens[found[-2] + 1 : found[-1]], tokens[found[-1] + 1 :]
        titled = between and all(u.type in _TITLE for u in between) and (behind[0].type == "text" if behind else True)
        if not titled or tokens[found[-2]].level == "volume":
            return found[-1]
        self.titled = found[-1]
        return found[-2]

    def _title_before_box(self) -> int:
        """Return where the title of the folder begins that stands between a series and the box that ends it all.

        `X Files, Countries Series, Laos, General, 4/61, Box 130`: the older order of source notes; else 0.
        """
        tokens = self.tokens
        if tokens[-1].level not in CONTAINERS or len(tokens) < _OLD_ORDER:
            return 0
        named = [i for i, u in enumerate(tokens[:-1]) if _GROUP.search(self.text, u.start, u.end)]
        first = named[-1] + 1 if named else 0
        between = tokens[first:-1]
        if len(named) < 2 or len(between) < 2 or any(u.type in ("repository", "url") for u in between):
            return 0
        return 0 if any(u.level in CONTAINERS for u in between) else first

    def _is_day(self, token: Token, index: int) -> bool:
        """Return whether a date is a single day that ends the citation of a volume of letters or a numbered file."""
        before, span = self.tokens[index - 1], self.text[token.start : token.end]
        if index != len(self.tokens) - 1 or any(mark in span for mark in "-–—/"):
            return False
        numbered = before.type in ("level", "id") and before.level not in CONTAINERS
        return before.level == "volume" or (numbered and _DAY.search(span) is not None)

    def _ends_with_day(self, index: int) -> bool:
        """Return whether a day behind a numbered folder is that of the document: none stands before the archive."""
        token, before = self.tokens[index], self.tokens[index - 1]
        if token.type != "date" or token.before != "," or before.level != "folder" or index != len(self.tokens) - 1:
            return False
        if not self.text[before.end - 1].isdigit() or find_date(self.text, 0, self.tokens[0].start):
            return False
        return self._is_day(token, index)

    def _is_above(self, index: int) -> bool:
        """Return whether files stand behind the box of their folder.

        `Library: Papers, Folder 3, Box 2, Subject Files`.
        """
        named = self.tokens[index].type in ("collection", "series")
        return named and any(p.level == "folder" and self.text[p.start : p.start + 6] in _FOLDER for p in self.parts)

    def _starts_folder(self, token: Token) -> bool:
        if token.type == "series" and self.text[token.start : token.end].endswith((" Series", " series")):
            return False
        if token.type == "number":
            return "–" in self.text[token.start : token.end] or "-" in self.text[token.start : token.end]
        return token.type not in ("level", "url", "blank", "repository", "marking", "id", "digital") or (
            token.type == "level" and token.level == "folder"
        )

    def _folder(self, index: int) -> int:
        """Note the folder's number and title, all up to the next numbered level; return where reading goes on."""
        tokens = self.tokens
        start = tokens[index].start
        if joined := _JOINED.match(self.text, start):
            start = joined.end()
        end = tokens[index].end
        after = index + 1
        while after < len(tokens):
            token = tokens[after]
            numbered = token.type == "number" and token.before == "," and tokens[after - 1].type == "level"
            if numbered and tokens[index].level == "folder" and after == len(tokens) - 1:
                break  # `Abschnitt 6, 748`
            if tokens[index].level == "folder" and self._ends_with_day(after):
                break
            said = token.type in _SAID and after != self.titled
            if said or (token.type == "repository" and after == self.body):
                break
            if (token.before == ";" and token.type != "years") or after >= self.tail:
                break
            end = token.end
            after += 1
        self.parts.append(Part(start, end, "level", "folder"))
        return after

    def _is_last(self, index: int) -> bool:
        """Return whether no level of any kind follows: then this is the file, whatever its words."""
        return all(
            u.type in ("date", "years", "url", "blank", "time", "digital") or self._is_digits(u)
            for u in self.tokens[index + 1 :]
        )

    def _is_digits(self, token: Token) -> bool:
        """Return a bare number behind a title: the range of system numbers in a file, or an id behind a semicolon."""
        if token.type not in ("number", "id"):
            return False
        return token.before == ";" or all(c.isdigit() or c in "–-" for c in self.text[token.start : token.end])

    def _is_bare(self, token: Token) -> bool:
        return token.type == "number" or (token.type == "id" and self.text[token.start : token.end].isdigit())

    def _is_day_of_code(self, token: Token) -> bool:
        """Return whether a date is the day of a document behind its code: `BCA, 030.10.0.0/112.755.8, 14.6.1934`."""
        return token.type == "date" and _DAY.search(self.text, token.start, token.end) is not None

    def _last(self, index: int) -> None:
        tokens = self.tokens
        token = tokens[index]
        end = token.end
        rest = list(tokens[index + 1 :])
        before = [p for p in self.parts if p.role == "level" and p.level not in ("repository", "division", "place")]
        paired = token.type in ("text", "number") and len(rest) == 1 and self._is_bare(rest[0])
        if paired and not before and self.body >= 0:
            # `Biblioteca reale, Miscellanea varia, 299`; `Stadsarchief, 5028, 540`
            self.add(token, "level", "collection" if token.type == "text" else "collection_id")
            self.add(rest[0], "level", "item")
            return
        if token.type == "id" and rest and self._is_day_of_code(rest[-1]):
            self.add(rest.pop(), "date")
        while rest and (
            rest[0].type in ("date", "years")
            or (self._is_digits(rest[0]) and rest[0].before == "," and token.type not in ("id", "number"))
        ):
            end = rest.pop(0).end
        span = self.text[token.start : end]
        first = not before and not self.has_collection and token.type in ("text", "id")
        if self.is_shelfmark(token) or (first and (SHORT_CODE.match(span) or self._is_manuscript(index))):
            level = "item"
        elif token.type == "collection" and not before:
            level = "collection"
        elif REGISTRY.match(span):
            level = "file_code"
        elif LONG_PIECE.match(span):
            level = "item"
        elif token.level == "collection_id" and before:
            level = "collection_id"
        elif FILM.match(span):
            level = "frame"
        elif token.type in ("id", "number") or CODE.match(span):
            level = "file_code" if before else "item"
        else:
            level = "folder" if before else "collection"
        self.parts.append(Part(token.start, end, "level", level))
        for other in rest:
            if not self.known(other, 0):
                self.add(other, "level", "page" if other.type == "number" else "item")

    def _code(self, token: Token) -> bool:
        span = self.text[token.start : token.end]
        if self.is_shelfmark(token):
            self.add(token, "level", "item")
        elif FILM.match(span):
            self.add(token, "level", "frame")
        elif DECIMAL.match(span):
            self.add(token, "level", "file_code")
        elif ITEM_CODE.match(span):
            self.add(token, "level", "item")
        elif REGISTRY.match(span):
            self.add(token, "level", "file_code")
        elif token.type == "id":
            before = next((p for p in reversed(self.parts) if p.role == "level"), None)
            kept = before is not None and before.level in ("collection", "division")
            pages = kept and not token.level and self._only_pages(self.tokens.index(token))
            is_collection = kept and not pages
            later = any(u.type == "level" and u.level not in _LAST for u in self.tokens if u.start > token.start)
            named = any(p.level == "collection_id" for p in self.parts)
            said = token.level == "collection_id" and token.end - token.start > 4
            boxed = before is not None and before.level in ("repository", "place") and self._boxed(token)
            if boxed or (not named and (said or is_collection or later)):
                level = "collection_id" if boxed or later or is_collection else "item"
            else:
                level = "file_code" if before and before.level != "repository" and not pages else "item"
            self.add(token, "level", level)
        elif token.type == "number":
            self.add(token, "level", self._number_level(token))
        elif CODE.match(span):
            self.add(token, "level", "file_code")
        else:
            return False
        return True

    def _named(self, token: Token, index: int) -> None:
        """Return a text before the box: the collection where there is none yet, then series and subseries."""
        levels = [p.level for p in self.parts if p.role == "level"]
        span = self.text[token.start : token.end]
        if _SERIES_WORD.match(span) and index > self.body:
            self.add(token, "level", "subseries" if "series" in levels else "series")
            return
        if self._only_pages(index) and index > self.body and (SHORT_CODE.match(span) or self._is_manuscript(index)):
            self.add(token, "level", "item")
            return
        if index < self.body:
            level = "collection" if not self.has_collection else "series" if token.type == "series" else "division"
        elif "collection" not in levels and "record_group" not in levels:
            later = {u.level for u in self.tokens[index + 1 :]}
            volumes = "volume" in later and "box" not in later
            dated = "series" in levels or _YEARS_IN.search(self.text, token.start, token.end) is not None
            volumes = volumes and (self.body < 0 or dated)
            if volumes and not _FILES.search(self.text, token.start, token.end):
                self.add(token, "level", "subseries" if "series" in levels else "series")
                return
            own = _FILES.search(self.text, token.start, token.end) is not None
            level = "collection" if own or not self._collection_later(index) else "division"
        else:
            level = "subseries" if "series" in levels else "series"
        self.add(token, "level", level)

    def _number_level(self, token: Token) -> str:
        """Return what a bare number is: a page, or directly behind the archive that of its collection."""
        before = self.parts[-1] if self.parts else None
        if before is not None and before.level == "repository" and self._told_later(token):
            return "collection_id"  # `Het Utrechts Archief, 88, inv.nr. 12`
        return "page" if self.begun or any(p.role == "level" for p in self.parts) else "item"

    def _told_later(self, token: Token) -> bool:
        behind = next((u for u in self.tokens if u.start > token.start), None)
        return behind is not None and behind.type == "level" and behind.level not in _LAST

    def _boxed(self, token: Token) -> bool:
        """Return whether the next level is a box or the like: what stands before it then is no single document."""
        behind = next((u for u in self.tokens if u.start > token.start), None)
        return behind is not None and behind.type == "level" and behind.level in CONTAINERS

    def _only_pages(self, index: int) -> bool:
        """Return whether nothing but pages and addresses follow a token."""
        behind = self.tokens[index + 1 :]
        return all(u.level in _LAST or u.type in ("number", "url", "digital", "date") for u in behind)

    def _is_manuscript(self, index: int) -> bool:
        """Return whether a name with a number stands directly behind the archive: `Royal 2 A XVI`."""
        token, before = self.tokens[index], self.tokens[index - 1] if index else None
        seated = before is not None and before.type in ("repository", "place", "short_form")
        return seated and token.type == "text" and _MANUSCRIPT.match(self.text, token.start, token.end) is not None

    def _collection_later(self, index: int) -> bool:
        return any(u.type == "collection" for u in self.tokens[index + 1 :])
