r"""Word's own citations: `CITATION Tag \p "12" \m Tag2` and the sources in `customXml`."""

from __future__ import annotations

from typing import Any

from citetool.documents.model import CitedItem
from citetool.lazy_re import lazy

from .model import Code

_TOKEN = lazy(r'\\(?P<switch>\w)|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>\S+)')
_WITH_VALUE = "lmpfsv"


def read_word(code: str, sources: dict[str, dict[str, Any]]) -> Code:
    """Return the citation of a `CITATION` field; switches belong to the source before them."""
    items: list[CitedItem] = []
    flags: set[str] = set()
    tokens = list(_TOKEN.finditer(code.strip()[len("CITATION") :]))
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        switch = (token["switch"] or "").lower()
        if not switch:
            if not items:
                items.append(cited_source(_value(token), sources))
            continue
        value = ""
        if switch in _WITH_VALUE and place < len(tokens) and not tokens[place]["switch"]:
            value = _value(tokens[place])
            place += 1
        if switch == "m":
            items.append(cited_source(value, sources))
            flags = set()
        elif items:
            _apply(items[-1], switch, value, flags)
    return Code("citation", "word", items, error="" if items else "it names no source")


def _value(token: Any) -> str:
    return str(token["word"] if token["quoted"] is None else token["quoted"].replace('\\"', '"'))


def cited_source(tag: str, sources: dict[str, dict[str, Any]]) -> CitedItem:
    """Return the source of that tag as one that is cited, with what the document says of it."""
    data = sources.get(tag)
    return CitedItem(tag, title=str((data or {}).get("title") or ""), data=data)


def _apply(item: CitedItem, switch: str, value: str, flags: set[str]) -> None:
    if switch == "p":
        item.locator, item.label = value, "page"
    elif switch == "v" and not item.locator:
        item.locator, item.label = value, "volume"
    elif switch == "f":
        item.prefix = value.strip()
    elif switch == "s":
        item.suffix = value.strip()
    elif switch in "nyt":
        flags.add(switch)
        if "n" in flags:
            item.mode = "suppress-author" if flags == {"n"} else "title-only" if "y" in flags else "year-only"
        elif flags == {"y", "t"}:
            item.mode = "author-only"
