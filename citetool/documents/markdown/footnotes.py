"""The notes of a Markdown document in the order of their marks: `[^id]` with its definition, `^[...]` in the line."""

from __future__ import annotations

from citetool.documents.spans import Span, Spans, closing
from citetool.documents.text import NoteBody
from citetool.lazy_re import lazy

_DEFINITION = lazy(r"(?m)^[ ]{0,3}\[\^(?P<id>[^\]\s]+)\]:[ \t]*")
_MARK = lazy(r"\[\^(?P<id>[^\]\s]+)\]|(?<!\\)\^\[")
_LINE = lazy(r"(?m)^.*$")


def note_bodies(text: str, opaque: Spans) -> tuple[list[NoteBody], list[Span]]:
    """Return the notes in the order of their marks, and the text of definitions that no mark names."""
    definitions = _definitions(text, opaque)
    inside = Spans((whole, end) for whole, _, end in definitions.values())
    found: list[tuple[int, int, int]] = []
    seen: set[str] = set()
    place = 0
    while True:
        match = _MARK.search(text, place)
        if match is None:
            break
        start = match.start()
        skipped = opaque.end_at(start) or inside.end_at(start)
        if skipped:
            place = skipped
            continue
        place = match.end()
        name = match["id"]
        if name is None:
            end = closing(text, match.end() - 1, opaque, "[]")
            if end > 0:
                found.append((match.end(), end, start))
                place = end
        elif name in definitions and name not in seen:
            seen.add(name)
            found.append((*definitions[name][1:], start))
        elif name in seen and name in definitions:
            # pandoc prints the note again; its citations are counted at its first mark
            found.append((start, start, start))
    bodies = [NoteBody(start, end, mark, number) for number, (start, end, mark) in enumerate(found, 1)]
    return bodies, [definitions[name][1:] for name in definitions if name not in seen]


def _definitions(text: str, opaque: Spans) -> dict[str, tuple[int, int, int]]:
    """Return the start of each definition, that of its text, and its end: before a line neither its own nor indented.

    A line that follows without a blank one between is its own.
    """
    found: dict[str, tuple[int, int, int]] = {}
    for match in _DEFINITION.finditer(text):
        if opaque.end_at(match.start()):
            continue
        end = len(text) if text.find("\n", match.end()) < 0 else text.find("\n", match.end())
        blank = False
        for line in _LINE.finditer(text, min(end + 1, len(text))):
            if not line[0].strip():
                blank = True
                continue
            if _DEFINITION.match(line[0]) or (blank and not line[0].startswith(("    ", "\t"))):
                break
            end = line.end()
            blank = False
        found.setdefault(match["id"], (match.start(), match.end(), end))
    return found
