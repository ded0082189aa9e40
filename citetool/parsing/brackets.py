"""A number in brackets behind a name: `Biblioteca del Seminario [ms. 315]`, `Koloniën (2.10.54)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .folding import CAPITALS
from .tokens import Token

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from .gazetteer import Gazetteer
    from .tokens import TokenType

_MANUSCRIPT = lazy(r"(?i)(?:mss?|cod)\.?\s.*\d")
_SHORT_NAME = lazy(rf"[{CAPITALS}](?=[\w -]*[{CAPITALS}])\w{{2,9}}(?:[ -][{CAPITALS}]{{2,4}})?$")  # `MNL OL`, `TsDAVO`
_DOTTED_LETTERS = lazy(rf"[{CAPITALS}]{{1,5}}(?:\.[{CAPITALS}]{{1,5}})+\.?$")  # `HR.SYS.`
_ALIAS = lazy(r"[A-ZÀ-Þ][\w-]{1,9}$")  # letters that mean another archive elsewhere: `Kansallisarkisto (KA)`
_DIGIT = lazy(r"\d")
_LETTER = lazy(r"[^\W\d_]")
_CAPITAL = lazy(rf"[{CAPITALS}]")
_NAMED_TYPES = frozenset(("repository", "collection", "division"))
_DOTTED = lazy(r"\d+(?:\.\d+){2,}$")  # the number of an archive in the Netherlands


def is_manuscript(span: str) -> bool:
    """Return whether a span is the number of a manuscript in square brackets."""
    return span[0] == "[" and span[-1] == "]" and _MANUSCRIPT.match(span[1:-1]) is not None


def is_numbered(span: str, group: re.Match[str]) -> bool:
    """Return whether a span ends with a number of its own in brackets, `group`."""
    return is_manuscript(span[group.start() :].strip()) or _DOTTED.match(group.group(1)) is not None


def with_number(named: list[Token], start: int, group: re.Match[str]) -> list[Token]:
    """Return the tokens of a name and the number behind it; none where the name keeps no manuscripts.

    `group` was matched in a span that begins at `start`.
    """
    number = start + group.start(1), start + group.end(1)
    if _DOTTED.match(group.group(1)) is None:
        kept = named and named[-1].type == "repository"
        return [*named, Token(*number, "level", " ", "item")] if kept else []
    if named and named[-1].type == "text":
        named[-1].type = "collection"
    return [*named, Token(*number, "id", " ", "collection_id")] if named else []


def bracket_type(inner: str, head: str, token_type: Callable[[str], TokenType], gaz: Gazetteer) -> TokenType:
    """Return what a bracket behind a name is; another name of an archive before it is its short form.

    `National Archives and Records Administration (NARA)`, `JACAR (Ajia Rekishi Shiryō Sentā)`.
    """
    found = token_type(inner)
    home = gaz.repository(head)
    known = gaz.repository(inner) if found == "repository" else None
    again = home is not None and known is not None and (known == home or _ALIAS.match(inner) is not None)
    named = home is not None and found == "text" and not _DIGIT.search(inner)
    if (
        again
        or named
        or _is_initials(inner, head)
        or _DOTTED_LETTERS.match(inner)
        or (_SHORT_NAME.match(inner) and token_type(head) in _NAMED_TYPES)
    ):
        return "short_form"
    return found


def _is_initials(inner: str, head: str) -> bool:
    """Return whether letters in brackets are those that the words before them begin with: `... Sociales (DGIPS)`."""
    letters = _CAPITAL.findall(inner)
    if len(letters) < 2 or _DIGIT.search(inner) or len(letters) < len(_LETTER.findall(inner)) - 1:
        return False
    initials = iter(word[0] for word in head.split() if word[0].isupper())
    return all(letter in initials for letter in letters)
