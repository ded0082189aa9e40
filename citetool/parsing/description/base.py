"""The parts of a description as they are found, and what its parsers share: kinds and lists of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.people import is_one_name
from citetool.parsing.spans import Part

if TYPE_CHECKING:
    from citetool.parsing.classifier import Classifier
    from citetool.parsing.tokenizer import Segment

_WORD = lazy(r"\S+")
_JOIN = lazy(r",?\s+(?:and|&)\s+|;\s+")


class DescriptionParts:
    """The parts found so far; `kind` is the record kind where a word for it was met."""

    def __init__(self, text: str, classifier: Classifier) -> None:
        self.text = text
        self.classifier = classifier
        self.parts: list[Part] = []
        self.kind = ""
        self.quoted = False
        self.taken: set[int] = set()  # where segments begin that were read with their neighbour

    def span(self, segment: Segment) -> str:
        """Return the text of a segment."""
        return self.text[segment.start : segment.end]

    def add(self, start: int, end: int, role: str, level: str = "") -> None:
        """Note a part, without the space and marks around it."""
        while start < end and self.text[start] in " ,;:":
            start += 1
        while end > start and self.text[end - 1] in " ,;:":
            end -= 1
        if start < end:
            self.parts.append(Part(start, end, role, level))

    def has(self, role: str) -> bool:
        """Return whether a part of that role was found."""
        return any(part.role == role for part in self.parts)

    def _kind_at(self, start: int, end: int) -> tuple[int, str]:
        """Return the longest kind of document named at the beginning of a span: where its words end, and the kind."""
        words = list(_WORD.finditer(self.text, start, min(end, start + 60)))[:4]
        for count in range(len(words), 0, -1):
            stop = words[count - 1].end()
            kind = self.classifier.gazetteer.term("kind", self.text[start:stop])
            if kind:
                return min(stop, end), kind
        return start, ""

    def _names(self, start: int, end: int, role: str) -> None:
        """One name or several joined by `and`; an article before a name is no part of it where a body follows."""
        text = self.text
        span = text[start:end].rstrip(" ,;:")
        end = start + len(span)
        joins = list(_JOIN.finditer(span))
        cuts = [0]
        for join in joins:
            left, right = span[cuts[-1] : join.start()], span[join.end() :]
            if len(right.split()) <= 6 and is_one_name(left) and is_one_name(right):
                self.add(start + cuts[-1], start + join.start(), role)
                cuts.append(join.end())
        self.add(start + cuts[-1], end, role)
