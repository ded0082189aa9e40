"""The grammar of pandoc's citations: `[see @key, p. 3; -@other]`, `@key [p. 3]`, `@{odd key}`.

Citations of MultiMarkdown (`[p. 3][#key]`) and literature notes of Obsidian (`[[@key]]`) are read beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.locators import split_locator
from citetool.documents.model import CitedItem
from citetool.documents.text import Found
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from citetool.documents.model import Mode
    from citetool.documents.spans import Spans


# A key is letters, digits and underscores, with single punctuation inside; in braces it is anything without spaces.
# Attributes, which make a span of the brackets before them; other braces, as of CriticMarkup, are text.
_SPAN = lazy(r"\{\s*(?:(?:[#.]\w|[\w:.-]+=)[^{}\n]*)?\}")
KEY = r"(?P<minus>-?)@(?:\{(?P<braced>[^\s{}]+)\}|(?P<plain>[^\W_]|_)(?P<more>(?:\w|[:.#$%&+?<>~/-](?=\w))*))"
_KEY = lazy(rf"(?<![\w@\\]){KEY}")
_OPENING = lazy(rf"\[\[(?=@)|\[(?!\^)|\[\^|\^\[|\]|(?<![\w@\\]){KEY}|\[\#")
_BRACKET = lazy(r"[\[\]]|\n(?=[^\S\n]*(?:\n|\Z))")
_SPACE = lazy(r"[ \t]*(?:\r?\n(?![ \t]*\r?\n)[ \t]*)?")
_WIKI = lazy(rf"\[\[{KEY}(?:[|#][^\]\n]*)?\]\]")
_MMD = lazy(r"\[(?P<text>[^\[\]]*)\](?:\[\#(?P<key>[^\s\]]+?)(?P<text_cite>;?)\])")

# A definition that is an address makes a link; any other text behind the label is a source of MultiMarkdown's.
_LINK = lazy(r"(?m)^[ ]{0,3}\[(#[^\]\n]+)\]:[ \t]*(?:<|[a-z][a-z0-9+.-]*:|[/#.])")


def key_of(match: re.Match[str]) -> str:
    """Return the key that a match of `KEY` holds."""
    return match["braced"] or match["plain"] + match["more"]


def citations(text: str, opaque: Spans, skip: Skip, language: str = "") -> Iterator[Found]:
    """Yield the citations in the order of the text; `skip` are keys that are cross-references."""
    return _Scanner(text, opaque, skip, language).scan()


class Skip:
    """Keys that are no citations: cross-references by prefix, labels of examples; `seen` collects them."""

    def __init__(self, prefixes: tuple[str, ...], labels: frozenset[str]) -> None:
        """Take prefixes in lower case, and whole labels."""
        self.prefixes = prefixes
        self.labels = labels
        self.seen: dict[str, None] = {}

    def has(self, key: str) -> bool:
        """Return whether the key is one of them, and note it."""
        if key in self.labels or key.casefold().startswith(self.prefixes):
            self.seen[f"@{key}"] = None
            return True
        return False


class _Scanner:
    def __init__(self, text: str, opaque: Spans, skip: Skip, language: str) -> None:
        self.text = text
        self.opaque = opaque
        self.skip = skip
        self.language = language
        self._pairs: dict[int, int] | None = None
        self.links = {found[1] for found in _LINK.finditer(text)}

    def scan(self) -> Iterator[Found]:
        place = 0
        while True:
            match = _OPENING.search(self.text, place)
            if match is None:
                return
            start = match.start()
            inside = self.opaque.end_at(start)
            if inside:
                place = inside
                continue
            found = self._at(match)
            if found is None:
                place = start + 1 if match[0][0] == "[" else match.end()
            else:
                yield found
                place = found.end

    def _at(self, match: re.Match[str]) -> Found | None:
        start = match.start()
        if match["plain"] or match["braced"]:
            return self._in_text(match)
        if match[0] == "[[":
            wiki = _WIKI.match(self.text, start)
            if wiki and not self.skip.has(key_of(wiki)):
                return Found(start, wiki.end(), [CitedItem(key_of(wiki))])
            return None
        if match[0] == "[":
            return self._multimarkdown(start) or self._bracketed(start)
        return None

    def _multimarkdown(self, start: int) -> Found | None:
        match = _MMD.match(self.text, start)
        if match is None or f"#{match['key']}" in self.links:
            return None
        raw = match["text"]
        mode: Mode = "author-in-text" if match["text_cite"] else "normal"
        if raw.strip().casefold() == "not cited":
            return Found(start, match.end(), [CitedItem(match["key"], mode="nocite")])
        return Found(start, match.end(), [self._item(match["key"], "", raw, mode)])

    # -- [ ... ] -------------------------------------------------------------------------------------------------

    def _closing(self, start: int) -> int:
        """Return the offset of the bracket that closes the one at `start`, or -1; a blank line ends the search."""
        if self._pairs is None:
            self._pairs = self._matched()
        return self._pairs.get(start, -1)

    def _matched(self) -> dict[int, int]:
        """Return for each bracket that opens the offset of the one that closes it: one pass, however many there are."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for match in _BRACKET.finditer(self.text):
            place = match.start()
            if self.opaque.end_at(place):
                continue
            if match[0] == "[":
                opened.append(place)
            elif match[0] != "]":
                opened.clear()
            elif opened:
                pairs[opened.pop()] = place
        return pairs

    def _bracketed(self, start: int) -> Found | None:
        end = self._closing(start)
        if (
            end < 0
            or self.text[end + 1 : end + 2] == "("
            or _SPAN.match(self.text, end + 1)
            or self._is_reference(end + 1)
        ):
            return None
        items = self._items(start + 1, end)
        return Found(start, end + 1, items) if items else None

    def _is_reference(self, place: int) -> bool:
        """Return True if `[...]` of a link by reference follows; a citation may follow as well."""
        if self.text[place : place + 1] != "[":
            return False
        end = self._closing(place)
        return end > 0 and "@" not in self.text[place:end] and not self.text.startswith("[^", place)

    def _items(self, start: int, end: int) -> list[CitedItem]:
        """Return what the brackets cite; nothing where a part of them has no key."""
        keys = list(self._keys(start, end))
        if not keys:
            return []
        items: list[CitedItem] = []
        begin = start
        for number, match in enumerate(keys):
            if match.start() < begin:
                continue
            following = keys[number + 1].start() if number + 1 < len(keys) else end
            stop = self._semicolon(match.end(), following)
            if stop < 0 and following != end:
                stop = self._semicolon(match.end(), end)
            if stop < 0:
                stop = end
            prefix = self.text[begin : match.start()]
            items.append(self._item(key_of(match), prefix, self.text[match.end() : stop], _bracket_mode(match)))
            begin = stop + 1
        return items if begin > end else []

    def _keys(self, start: int, end: int) -> Iterator[re.Match[str]]:
        place = start
        while True:
            match = _KEY.search(self.text, place, end)
            if match is None:
                return
            inside = self.opaque.end_at(match.start())
            place = inside or match.end()
            if not inside and not self.skip.has(key_of(match)):
                yield match

    def _semicolon(self, start: int, end: int) -> int:
        depth = 0
        place = start
        while place < end:
            place = self.opaque.end_at(place) or place
            if place >= end:
                break
            letter = self.text[place]
            depth += (letter in "[{") - (letter in "]}")
            if letter == ";" and depth <= 0:
                return place
            place += 1
        return -1

    # -- @key [ ... ] --------------------------------------------------------------------------------------------

    def _in_text(self, match: re.Match[str]) -> Found | None:
        key = key_of(match)
        if self.skip.has(key):
            return None
        mode: Mode = "suppress-author" if match["minus"] else "author-in-text"
        alone = Found(match.start(), match.end(), [CitedItem(key, mode=mode)])
        space = _SPACE.match(self.text, match.end())
        opening = space.end() if space else match.end()
        if self.text[opening : opening + 1] != "[" or self.text[opening + 1 : opening + 2] in ("^", "["):
            return alone
        end = self._closing(opening)
        if end < 0 or self.text[end + 1 : end + 2] in ("(", "[") or _SPAN.match(self.text, end + 1):
            return alone
        stop = self._semicolon(opening + 1, end)
        more = self._items(stop + 1, end) if stop >= 0 else []
        if next(self._keys(opening + 1, stop if stop >= 0 else end), None) is not None:
            # nothing of its own: `@key [see @other]` is one citation of both
            more = self._items(opening + 1, end)
            return Found(match.start(), end + 1, [*alone.items, *more]) if more else alone
        if stop >= 0 and not more:
            return alone
        raw = self.text[opening + 1 : stop if stop >= 0 else end]
        return Found(match.start(), end + 1, [self._item(key, "", raw, mode), *more])

    def _item(self, key: str, prefix: str, raw: str, mode: Mode) -> CitedItem:
        split = split_locator(raw, self.language)
        return CitedItem(
            key,
            mode=mode,
            prefix=" ".join(prefix.split()),
            suffix=" ".join(split.suffix.split()),
            locator=split.locator,
            label=split.label,
            suffix_raw=raw.strip(),
        )


def _bracket_mode(match: re.Match[str]) -> Mode:
    return "suppress-author" if match["minus"] else "normal"
