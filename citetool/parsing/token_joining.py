"""Tokens that run over several segments, put together: places, lists joined by `and`, names in inverted order, years.

Each rule looks at a token and those just before it; the list is gone through once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .folding import CAPITALS, name_key, word_set
from .people import is_unknown_body

if TYPE_CHECKING:
    from .classifier import Classifier
    from .tokens import Token

_AND = lazy(r"(?:and|&|und|et|y|en|og|och|и)\s")
_OF = lazy(r"(?i)\b(?:of|to|for|on|relating|de|des|du|der|van|di)\b")
_COUNTED = lazy(r"\d{1,3} (?:letters?|telegrams?|items?|documents?)$")
_DAY = lazy(r"(?<!\d)\d{1,2}(?!\d)")
_PLAIN = frozenset(("text", "series", "division", "collection", "repository", "kind"))
BARE_COLLECTION = word_set("papers collection records nachlass papiers archive fonds mss manuscripts diaries")
_NAME = lazy(rf"[{CAPITALS}][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]*){{0,3}}$")
_LETTERS = lazy(r"[^\W\d_a-zà-ÿ]\w*[A-Z]|\b[A-Z]{2}")  # no town: `StK`, `CPC`
_DATED = frozenset(("collection", "series", "text", "division"))
_DATED_LEVELS = word_set("series subseries volume file file_code subgroup entry")


def join_tokens(tokens: list[Token], classifier: Classifier) -> list[Token]:
    """Return the tokens with those put together that belong together; spans grow, the order stays."""
    done: list[Token] = []
    text = classifier.text
    for token in tokens:
        if (
            done
            and not (
                _folder(done, token, text)
                or _place(done, token, classifier)
                or _years(done, token, text)
                or _list(done, token, classifier)
                or _inverted(done, token, text)
                or _campus(done, token, classifier)
                or _numbers(done, token)
            )
        ) or not done:
            done.append(token)
    return done


def _folder(done: list[Token], token: Token, text: str) -> bool:
    """`"Benton" folder`: a folder's name in quotes with the word behind it."""
    last = done[-1]
    if last.type != "quote" or token.before != '"' or name_key(text[token.start : token.end]) not in ("folder", "file"):
        return False
    last.end, last.type, last.level = token.end, "level", "folder"
    return True


def _place(done: list[Token], token: Token, classifier: Classifier) -> bool:
    """`Cleveland` + `Ohio`, `Washington` + `D.C.`: a region after a town, known or not."""
    last = done[-1]
    text = classifier.text
    if (
        token.type != "place"
        or token.before != ","
        or name_key(text[token.start : token.end]) not in classifier.gazetteer.regions
    ):
        return False
    if last.type == "place" and "," not in text[last.start : last.end]:
        last.end = token.end
        return True
    unknown_town = last.type == "text" and len(done) > 1 and done[-2].type in ("repository", "division")
    if unknown_town and _NAME.match(text[last.start : last.end]) and not _LETTERS.search(text, last.start, last.end):
        last.type, last.end = "place", token.end
        return True
    return False


def _years(done: list[Token], token: Token, text: str) -> bool:
    """Return the years of a collection, series or volume belong to its name."""
    last = done[-1]
    if token.type not in ("years", "date") or token.before not in (",", " "):
        return False
    numbered = last.type == "level" or (last.type == "text" and text[last.end - 1].isdigit())
    if token.type == "date" and numbered and _DAY.search(text, token.start, token.end):
        return False  # the day of a letter behind its volume
    if _COUNTED.match(text, last.start, last.end):
        return False  # `2 letters, 1957`
    if last.type in _DATED or (last.type == "level" and last.level in _DATED_LEVELS and token.before == ","):
        last.end = token.end
        return True
    return False


def _list(done: list[Token], token: Token, classifier: Classifier) -> bool:
    """Join `A, B, and C`.

    The last member begins with `and`; members before it are short and say nothing by themselves.
    """
    text = classifier.text
    if token.before != "," or token.type not in _PLAIN or done[-1].type not in _PLAIN:
        return False
    starts_with_and = _AND.match(text, token.start, token.end) is not None
    if is_unknown_body(text[done[-1].start : done[-1].end]):
        return False  # `GOI, Foreign and Political Department`
    short_and = " and " in text[token.start : token.end] and len(text[done[-1].start : done[-1].end].split()) < 3
    if not starts_with_and and not (short_and and token.type == "division" and done[-1].type == "text"):
        return False
    first = len(done) - 1
    while starts_with_and and first > 0 and not _OF.search(text[done[first].start : done[first].end]):
        previous = done[first - 1]
        if previous.type not in ("text", "series", "division", "kind") or done[first].before != ",":
            break
        first -= 1
    start = done[first].start
    token_type = classifier.token_type(text[start : token.end])
    done[first].end = token.end
    done[first].type = (
        token.type if token_type == "text" and token.type in ("repository", "division", "collection") else token_type
    )
    del done[first + 1 :]
    return True


def _inverted(done: list[Token], token: Token, text: str) -> bool:
    """`Kallen, Horace. Papers` and `Weismann, August Papers`: a collection under an inverted name."""
    if token.type not in ("collection", "text", "kind", "series") or token.before not in ",. ":
        return False
    words = text[token.start : token.end].split()
    if name_key(words[-1]) not in BARE_COLLECTION:
        return False
    names = [u for u in done[-2:] if u.type in ("text", "place") and _NAME.match(text[u.start : u.end])]
    if len(words) == 1 and len(names) == 2 and len(done) == 2 and done[1].before == ",":
        done[0].end, done[0].type = token.end, "collection"
        del done[1]
        return True
    one = (
        len(done) == 1
        and len(names) == 1
        and token.before == ","
        and len(text[done[0].start : done[0].end].split()) == 1
        and not is_unknown_body(text[done[0].start : done[0].end])
    )
    if one and 2 <= len(words) <= 3:
        done[0].end, done[0].type = token.end, "collection"
        return True
    return False


def _numbers(done: list[Token], token: Token) -> bool:
    """`13, 16`: several pages."""
    last = done[-1]
    if len(done) > 1 and last.type == "number" and done[-2].type in ("repository", "short_form"):
        return False  # `Stadsarchief, 5028, 540`: the number of a fonds and of a piece in it
    if (
        token.type == "number"
        and token.before == ","
        and (last.type == "number" or (last.type == "level" and last.level == "page"))
    ):
        last.end = token.end
        return True
    return False


def _campus(done: list[Token], token: Token, classifier: Classifier) -> bool:
    """`University of California, Santa Cruz`: the campus is part of the name."""
    last = done[-1]
    text = classifier.text
    if token.type == "place" and token.before == "," and last.type == "repository":
        key = name_key(text[last.start : last.end])
        if key.removeprefix("the ") in classifier.gazetteer.terms["campus"]:
            last.end = token.end
            return True
    return False
