"""Levels from small to large: before a repository stands the collection, before a box the name of its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.parsing.folding import word_set
from citetool.parsing.token_types import CODE

from .base import BODIES, CONTAINERS, DECIMAL, ITEM_CODE, LONG_PIECE, PIECE, SHORT_CODE, LocationParser

if TYPE_CHECKING:
    from citetool.parsing.spans import Part
    from citetool.parsing.tokens import Token

_BELOW = word_set("box container carton folder file reel roll frame volume entry lot")


class SmallFirstParser(LocationParser):
    """Reads `Folder 6, Box 10, X Papers, Library`."""

    large_first = False

    def read(self) -> list[Part]:
        """Return the parts, in the order of the text."""
        tokens = self.tokens
        for index, token in enumerate(tokens):
            if self.known(token, index):
                continue
            if token.type == "id":
                self.add(token, "level", self._id_level(index))
            elif token.type == "number":
                self.add(token, "level", "page")
            elif token.type == "years":
                self.add(token, "date")
            elif token.type == "kind":
                self.add(token, "kind")
            elif CODE.match(self.text[token.start : token.end]):
                self.add(token, "level", "file_code")
            else:
                self._between(token, index)
        return self.parts

    def _id_level(self, index: int) -> str:
        tokens = self.tokens
        behind_collection = 0 < index < self.body and tokens[index - 1].type == "collection"
        if (self.is_shelfmark(tokens[index]) and not behind_collection) or ITEM_CODE.match(
            self.text, tokens[index].start
        ):
            return "item"
        if PIECE.match(self.text, tokens[index].start, tokens[index].end) and index == len(tokens) - 1:
            return "item"
        if LONG_PIECE.match(self.text, tokens[index].start, tokens[index].end) and not any(
            u.level in _BELOW for u in tokens
        ):
            return "item"
        if DECIMAL.match(self.text, tokens[index].start):
            return "file_code"
        if index + 1 < len(tokens) and tokens[index + 1].level == "record_group":
            return "collection_id"  # `M1642, RG 226`: a publication on microfilm
        if not index and len(tokens) > 1 and tokens[1].type == "collection" and not tokens[0].level:
            return "item"  # `C-376, X Collection`: from small to large
        near = [tokens[i] for i in (index - 1, index + 1) if 0 <= i < len(tokens)]
        if any(u.type == "collection" for u in near):
            return "collection_id"
        containers = any(u.type == "level" and u.level in _BELOW for u in tokens)
        later_level = any(u.type == "level" for u in tokens[index + 1 :])
        after_body = 0 <= self.body < index
        return (
            "item"
            if (after_body and not later_level) or not (containers or later_level or index < self.body)
            else "collection_id"
        )

    def _between(self, token: Token, index: int) -> None:
        """Name a text among the levels.

        A folder's name before the box, a collection or series before the repository.
        """
        tokens = self.tokens
        span = self.text[token.start : token.end]
        boxed = token.type == "quote" and index and tokens[index - 1].level in CONTAINERS
        if boxed or span.endswith((" folder", " folder)")):
            self.add(token, "level", "folder")
        elif 0 <= self.body < index:
            after_body = tokens[index - 1].type in (*BODIES, "place")
            if index == len(tokens) - 1 and SHORT_CODE.match(span):
                self.add(token, "level", "item")
            elif after_body and index == len(tokens) - 1 and len(span.split()) < 5 and span[:1].isupper():
                self.add(token, "level", "place")
            elif any(u.type in ("level", "repository") for u in tokens[index + 1 :]):
                self.add(token, "level", "series" if self.has_collection else "collection")
        elif self._opens(index):
            self.add(token, "level", "series" if self._opens(index - 1) else "collection")
        elif not self.has_collection and self._last_before_body(index):
            self.add(token, "level", "collection")
        elif token.type == "series" or any(u.type in ("level", "collection") for u in tokens[index + 1 :]):
            below = any(
                u.type == "level" and u.level in ("box", "container", "carton") for u in tokens[index + 1 : index + 2]
            )
            self.add(token, "level", "folder" if below and token.type == "text" else "series")

    def _opens(self, index: int) -> bool:
        """Return whether a text is one of several that open a location before its box: collection, then series."""
        count = 0
        while count < len(self.tokens) and self.tokens[count].type in ("text", "series"):
            count += 1
        if index < 0 or index >= count or count < 2 or count == len(self.tokens) or self.has_collection:
            return False
        return self.tokens[count].type == "level" and self.tokens[count].level in CONTAINERS

    def _last_before_body(self, index: int) -> bool:
        until = self.body if self.body >= 0 else len(self.tokens)
        texts = [i for i in range(until) if self.tokens[i].type in ("text", "series")]
        if len(texts) > 1 and self.text[: self.tokens[texts[-1]].end].endswith((" Series", " series")):
            del texts[-1]
        return bool(texts) and index == texts[-1]
