"""Letters before a number that have a meaning of their own in the archives of a tradition: `AVII, k. 12` is a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from .gazetteer import Gazetteer
    from .tokens import Token

_MARKED = lazy(r"(?P<word>[^\W\d_]{1,9})(?:\.\s?|\s|-)(?:\d[\w./–-]*|[IVXLC]+)$")
_FONDS = frozenset("fF")  # right behind the archive: `AJ, f. 507`
_TOLD = frozenset(("text", "id", "level", "number"))


def by_letters(tokens: list[Token], text: str, gaz: Gazetteer) -> None:
    """Give the tokens behind an archive the levels that their letters have in its tradition; in place."""
    meanings: dict[str, tuple[str, ...]] = {}
    used: set[str] = set()
    for index, token in enumerate(tokens):
        if token.type == "repository":
            known = gaz.repository(text[token.start : token.end])
            meanings = gaz.letters.get(known.tradition, {}) if known else {}
        elif meanings and token.type in _TOLD and (match := _MARKED.match(text, token.start, token.end)):
            levels = meanings.get(match["word"].casefold())
            if levels and tokens[index - 1].type == "repository" and match["word"] in _FONDS:
                levels = ("fond",)
            if levels:
                token.type = "level"
                token.level = next((level for level in levels if level not in used), levels[-1])
            used |= {token.level, "volume"} if token.level == "box" else {token.level}
