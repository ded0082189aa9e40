"""The parts that both orders of levels share: tokens that say themselves what they are, bodies and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.folding import CAPITALS, word_set
from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.people import is_unknown_body
from citetool.parsing.spans import RANK, Part
from citetool.parsing.token_types import SHELFMARK

if TYPE_CHECKING:
    from citetool.parsing.tokens import Token

CONTAINERS = word_set("box container carton reel roll volume")
BODIES = frozenset(("repository", "division"))
DECIMAL = lazy(r"\d{3}[A-Z]?\.\d\w*(?:\s[A-Z]{2,4})?/\S|[A-Z]{2} \d{3}\.\d+\s?\(")
SHORT_CODE = lazy(r"[A-ZÀ-Þ][\w.]{0,6}\s(?:[\w.()-]{1,5}\s){0,3}[\w.]*\d[\w./()-]*$")  # `Clm 4453`, `BEVN II 6/3`
REGISTRY = lazy(r"[A-ZÄÖÜ][\w.]{0,6}\s?\d+/1[5-9]\d\d$")  # number and year of a registry: `KZ. 3859/1862`
LONG_PIECE = lazy(r"[A-Z]{4,8}(?:/[\w-]+)+$|[A-Z]{1,5}\d*(?:/[\w&-]+){2,}$|\d+/[A-Z]{1,2} \d+(?:/\d+)+$")
PIECE = lazy(r"[A-Z][A-Za-z]{0,4}\s?\d{0,4}(?:/[\w-]+)+$")
ITEM_CODE = lazy(r"(?:(?:WM|WP|CM|CP|CC|COS|JP|CID)\s?\(\d\d\)|CIA-RDP|NLR[-–]|NLC[-–]|NLF[-–]|ESDN|CREST|FOIA)")
_AGENCY = lazy(r"(?:Minist|Department of|Departamento|Département|Foreign Office|Embassy|Außenm|Министерство)")
_KEEPER = lazy(r"\b(?:College|University|Universit\w+|Society|Museum|Institut\w*)\b")
_FILES = lazy(r"\b[Ff]iles?(?:,? \(?(?:1[89]|20)\d\d[-–\d]*\)?)?$")
_RECORDS = lazy(r"\b(?:Records|Papers|Collections?)$")
_PAPERS = lazy(r"\bPapers$")
_DEPARTMENT = lazy(r"\b(?:Department|Ministry|Secretariat)$")
_PARTED = frozenset(("austrian", "south african", "dutch"))  # of which one archive keeps several
_SHORT = 3  # letters that mean many things
COUNTED = lazy(r"\d{1,3} (?:letters?|telegrams?|items?|documents?|photographs?),?\s?$")
_ACRONYM = lazy(rf"[{CAPITALS}]{{2,8}}(?:[-/ ][{CAPITALS}]{{2,6}})?$")


class LocationParser:
    """Assigns levels to the tokens of a location; the orders are subclasses."""

    large_first: bool

    def __init__(self, tokens: list[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.parts: list[Part] = []
        self.begun = False
        self.has_collection = any(
            u.type == "collection" or (u.type == "level" and u.level == "record_group") for u in tokens
        )
        self.grouped = any(u.type == "level" and u.level == "record_group" for u in tokens)
        self._find_unknown_body()
        self.body = next((i for i, u in enumerate(tokens) if u.type == "repository"), -1)
        if self.body < 0:
            self.body = next((i for i, u in enumerate(tokens) if u.type == "division"), -1)

        self.tail = self._tail()

    def _find_unknown_body(self) -> None:
        """Let letters that the tables do not know be the archive, where they end or open a citation without one."""
        first, last = self.tokens[0], self.tokens[-1]
        if any(u.type in BODIES for u in self.tokens):
            return
        if last.type == "text" and _ACRONYM.match(self.text, last.start, last.end):
            last.type = "repository"
        elif first.type == "text" and is_unknown_body(self.text[first.start : first.end]):
            following = self.tokens[1].type if len(self.tokens) > 1 else ""
            if not first.start or following in ("collection", "id"):
                first.type = "repository"

    def _tail(self) -> int:
        """Return where nothing follows but bodies and their places; the end where the citation began with one."""
        tokens = self.tokens
        tail = len(tokens)
        while tail and tokens[tail - 1].type in (*BODIES, "place", "short_form", "url", "digital"):
            tail -= 1
        begun = any(token.type in BODIES for token in tokens[:tail])
        return len(tokens) if begun or not any(u.type in BODIES for u in tokens[tail:]) else tail

    def read(self) -> list[Part]:
        """Return the parts, in the order of the text."""
        raise NotImplementedError

    def add(self, token: Token, role: str, level: str = "") -> None:
        """Note that a token is this part."""
        self.parts.append(Part(token.start, token.end, role, level))

    def is_shelfmark(self, token: Token) -> bool:
        """Return whether a token is the shelfmark of one manuscript: no box or folder stands beside it."""
        alone = all(u.type != "level" or u.level == "page" for u in self.tokens)
        return (
            token.type == "id"
            and not token.level
            and alone
            and SHELFMARK.match(self.text[token.start : token.end]) is not None
        )

    def known(self, token: Token, index: int) -> bool:
        """Deal with a token that says itself what it is; whether it did."""
        token_type = token.type
        if token_type == "level":
            self.add(token, "level", token.level)
        elif token_type == "collection":
            self.add(token, "level", self._collection_level(token))
        elif token_type in BODIES:
            self.add(token, "level", self._body_level(token, index))
        elif token_type == "place" and self._is_place(index):
            self.add(token, "level", "place")
        elif token_type == "digital":
            self.add(token, "level", "digital")
        elif token_type == "text" and COUNTED.match(self.text, token.start, token.end):
            self.add(token, "title")  # `1 letter`
        elif (
            token_type == "years" and index and COUNTED.match(self.text, self.tokens[index - 1].start, token.start - 1)
        ):
            self.add(token, "date")
        elif token_type == "time" or self._is_aside(token, index):
            self.add(token, "note")
        elif token_type in ("url", "blank", "opening", "marking", "date", "short_form"):
            self.add(token, token_type)
        elif token_type == "italic":
            self.add(token, "level", "published_in")
        else:
            return False
        return True

    def _is_aside(self, token: Token, index: int) -> bool:
        """Return whether a small word stands behind a number in its segment: `b. 2 catastico`."""
        small = token.type == "text" and token.before == " " and self.text[token.start].islower()
        return small and index > 0 and self.tokens[index - 1].type == "level"

    def _collection_level(self, token: Token) -> str:
        """From large to small, what is called a collection below another one is a series of it."""
        levels = [p.level for p in self.parts if p.role == "level"]
        if self.grouped and not self.large_first and _FILES.search(self.text, token.start, token.end):
            return "series"
        below = levels[levels.index("collection") + 1 :] if "collection" in levels else []
        if any(RANK.get(level, 9) < RANK["series"] for level in below) and _FILES.search(
            self.text, token.start, token.end
        ):
            return "series"  # `X Papers, Folder 3, Box 2, Subject Files`
        following = next((u for u in self.tokens if u.start > token.start), None)
        if not self.large_first and following is not None and following.type == "collection":
            own = _FILES.search(self.text, token.start, token.end)
            return "series" if own and not _FILES.search(self.text, following.start, following.end) else "collection"
        if not self.large_first or not ({"collection", "record_group"} & set(levels)):
            return "collection"
        if "collection" not in levels and _PAPERS.search(self.text, token.start, token.end):
            return "collection"  # the papers of a person in a record group
        return "subseries" if "series" in levels else "series"

    def _is_place(self, index: int) -> bool:
        """Return a town stands beside the body it is the seat of; anywhere else it is the title of something."""
        near = self.tokens[max(0, index - 1) : index + 2]
        last = index == len(self.tokens) - 1 and not self.large_first and self.body < 0
        return (
            last
            or len(self.tokens) == 1
            or any(u.type in (*BODIES, "place", "short_form") for u in near if u is not self.tokens[index])
        )

    def _body_level(self, token: Token, index: int) -> str:
        """Return the level of a body; below the papers that an archive keeps, its name is that of a series."""
        level = token.level or self._kept_level(token, index)
        levels = {p.level for p in self.parts if p.role == "level"}
        below = self.large_first and "repository" in levels and "collection" in levels
        if not below or token.level or level not in ("collection", "division") or index >= self.tail:
            return level
        return "subseries" if "series" in levels else "series"

    def _kept_level(self, token: Token, index: int) -> str:
        if token.type == "division" and self.large_first and index and self._is_department(token, index):
            return "collection"
        if token.type == "division":
            return "division" if any(u.type == "repository" for u in self.tokens) else "repository"
        near = self.tokens[index - 1] if index else None
        above = any(p.level in ("repository", "division") for p in self.parts)
        if above and self.large_first and self._is_part(near, token):
            return "division"
        if above and self.large_first and self._is_short(token, index):
            return "collection"
        if above and self.large_first and _RECORDS.search(self.text, token.start, token.end):
            return "collection"
        if (
            near is not None
            and near.type in ("repository", "place")
            and self.large_first
            and self._is_agency(near, token, index)
        ):
            return "collection"
        if near is not None and near.type == "repository" and not self.large_first and not near.level:
            return "parent_institution"
        return "repository"

    def _is_part(self, near: Token | None, token: Token) -> bool:
        """Return whether an archive behind another one is a part of it, as the tradition of both says: `ÖStA, AVA`."""
        known = [gazetteer().repository(self.text[u.start : u.end]) for u in (near, token) if u is not None]
        first, last = known[0], known[-1]
        return (
            len(known) > 1
            and first is not None
            and last is not None
            and (first.tradition == last.tradition in _PARTED and first != last)
        )

    def _is_department(self, token: Token, index: int) -> bool:
        """Return whether a ministry behind an archive is whose files it keeps: `NAI, Home Department, file 12`."""
        named = _DEPARTMENT.search(self.text, token.start, token.end)
        return (
            named is not None
            and self.tokens[index - 1].type in ("repository", "place")
            and self._is_short(token, index)
        )

    def _is_short(self, token: Token, index: int) -> bool:
        """Return whether letters behind an archive name what it keeps, though another archive has them as well."""
        span = self.text[token.start : token.end]
        behind = self.tokens[index + 1 :]
        told = any(u.type in ("level", "id", "number", "years") and u.level != "page" for u in behind)
        if self.has_collection or not told or token.before != ",":
            return False
        return (
            len(span) <= _SHORT
            or token.type == "division"
            or (token.type == "repository" and gazetteer().repository(span) is None)
        )

    def _is_agency(self, near: Token, token: Token, index: int) -> bool:
        """Return whether a body behind a presidential library is the agency whose files that one keeps."""
        if all(u.type in ("place", "short_form", "url", *BODIES) for u in self.tokens[index + 1 :]):
            return False
        if (
            _AGENCY.match(self.text, token.start, token.end)
            and index < len(self.tokens) - 1
            and not self.has_collection
        ):
            return True
        if _KEEPER.search(self.text, token.start, token.end):
            return False
        name = self.text[near.start : near.end]
        return (
            index < len(self.tokens) - 1
            and name.endswith("Library")
            and token.before == ","
            and "of" not in name.split()
        )
