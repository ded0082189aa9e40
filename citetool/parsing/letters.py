"""Letters before a number that have a meaning of their own in the archives of a tradition: `AVII, k. 12` is a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from .gazetteer import Gazetteer
    from .tokens import Token

_MARKED = lazy(r"(?P<word>[^\W\d_]{1,9})(?:\.\s?|\s|-)(?:[Nn]o[.:]{0,2}\s?)?(?:\d[\w./–-]*|[IVXLC]+)$")
_COLONED = lazy(r"(?P<word>B|F|R|Fr|V|P|pp?):\s?(?:\d[\d–-]*(?:,\s\d[\d–-]*)*|[IVXLC]+)$")
_REFERENCE_CODE = lazy(r"(?:Ref[.:\s]*)?[A-Z]\d{11}$")  # of JACAR
_COLON_LEVELS = {"B": "box", "F": "folder", "R": "reel", "Fr": "frame", "V": "volume"}
_NUMBER_FIRST = lazy(
    r"(?:\d[\d/–-]*|[IVXLC]+)\.\s?(?P<word>[^\W\d_]{2,8})\.?$|\d[\d/–-]*(?:[a-z]\b)?\s(?P<other>tétel|csomó|doboz|dosszié|kötet)$"
)
_FONDS = frozenset("fF")  # right behind the archive: `AJ, f. 507`
_TOLD = frozenset(("text", "id", "level", "number"))


def level_alone(text: str, start: int, end: int, levels: dict[str, str]) -> str:
    """Return the level that a whole segment is: a letter with a colon (`R: 48`), a word behind its number (`2. Band`).

    An empty text where it is neither.
    """
    if match := _COLONED.match(text, start, end):
        return _COLON_LEVELS.get(match["word"], "page")
    if _REFERENCE_CODE.match(text, start, end):
        return "item"
    behind = _NUMBER_FIRST.match(text, start, end)
    return levels.get((behind["word"] or behind["other"]).casefold(), "") if behind else ""


def _behind(level: str, before: Token) -> str:
    """Return the level, of `folder behind box` where the token before is that; an empty text where it is not."""
    level, _, home = level.partition(" behind ")
    return level if not home or before.level == home else ""


def by_letters(tokens: list[Token], text: str, gaz: Gazetteer) -> None:
    """Give the tokens behind an archive the levels that their letters have in its tradition; in place."""
    meanings: dict[str, tuple[str, ...]] = {}
    used: set[str] = set()
    for index, token in enumerate(tokens):
        if token.type == "repository":
            known = gaz.repository(text[token.start : token.end])
            meanings = gaz.letters.get(known.tradition, {}) if known else meanings
        elif meanings and token.type in _TOLD and (match := _MARKED.match(text, token.start, token.end)):
            levels = tuple(
                told
                for level in meanings.get(match["word"].casefold(), ())
                if (told := _behind(level, tokens[index - 1]))
            )
            if levels and tokens[index - 1].type == "repository" and match["word"] in _FONDS:
                levels = ("fond",)
            if levels:
                token.type = "level"
                token.level = next((level for level in levels if level not in used), levels[-1])
            used |= {token.level, "volume"} if token.level == "box" else {token.level}
