r"""Read a LaTeX source: what is code or comment, the notes, the citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citetool.documents.locators import split_locator
from citetool.documents.model import CitedItem
from citetool.documents.spans import Span, Spans, closing
from citetool.lazy_re import lazy

from .commands import Command, command_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPAQUE = lazy(
    r"""
      (?P<escape>\\[%\\])
    | (?P<comment>%[^\n]*)
    | \\begin\{(?P<env>[^{}]*(?:verbatim|Verbatim|listing|minted|comment|code)[^{}]*)\}.*?(?:\\end\{(?P=env)\}|\Z)
    | \\(?:verb|lstinline|mintinline(?:\[[^\]]*\])?\{\w*\})\*?(?:\[[^\]]*\])?(?P<mark>[^\w\s*\[{]).*?(?P=mark)
    | \\lstinline(?:\[[^\]]*\])?\{[^{}]*\}
    | \\iffalse\b.*?(?:\\fi\b|\Z)
    | \\end\{document\}(?P<rest>.*)
    """,
    re.S | re.X,
)
_COMMAND = lazy(r"\\([A-Za-z]+)(\*?)")
_GAP = lazy(r"(?:[ \t]*%[^\n]*\n)?[ \t]*(?:\n[ \t]*(?!\s*\n))?")
_NOTES = {"footnote": "footnote", "footnotetext": "footnote", "endnote": "endnote", "sidenote": "footnote"}
_IN_BRACES = lazy(r"\A\{([^{}]*)\}\Z")
_BRACKETS = {"[": "[]", "{": "{}", "(": "()"}


class Citation(NamedTuple):
    """A citation command with its arguments, read."""

    start: int
    end: int
    name: str
    command: Command
    items: list[CitedItem]
    group_prefix: str = ""
    group_suffix: str = ""


class Footnote(NamedTuple):
    r"""A note of the author: its command at `mark`, its text from `start` to `end`."""

    mark: int
    start: int
    end: int
    kind: str


class Argument(NamedTuple):
    """An argument: its opening bracket, its text, the offset behind it."""

    bracket: str
    text: str
    end: int


def opaque_of(text: str) -> Spans:
    """Return comments, code and what stands behind the end of the document."""
    return Spans(_opaque(text))


def _opaque(text: str) -> Iterator[Span]:
    for match in _OPAQUE.finditer(text):
        if match["rest"] is not None:
            yield match.start("rest"), match.end()
        elif not match["escape"]:
            yield match.span()


class Scanner:
    """Walks through a source once and collects its citations and notes."""

    def __init__(self, text: str, language: str = "") -> None:
        """Read the text; `citations` and `notes` are in its order, `inputs` are `(start, end, name)`."""
        self.text = text
        self.language = language
        self.opaque = opaque_of(text)
        self.citations: list[Citation] = []
        self.notes: list[Footnote] = []
        self.inputs: list[tuple[int, int, str]] = []
        place = 0
        while True:
            match = _COMMAND.search(text, place)
            if match is None:
                return
            inside = self.opaque.end_at(match.start())
            place = inside or self._at(match) or match.end()

    def _at(self, match: re.Match[str]) -> int:
        """Read the command; return the offset to go on from, or 0 for its end."""
        if self.text[max(0, match.start() - 1) : match.start()] == "\\" and not self._starts(match.start()):
            return 0
        name = match[1]
        if name in _NOTES:
            self._note(match, _NOTES[name])
        elif name in ("input", "include", "subfile"):
            argument = self._argument(match.end(), "{")
            if argument:
                self.inputs.append((match.start(), argument.end, argument.text.strip()))
        elif name in ("newcommand", "renewcommand", "providecommand", "def", "DeclareCiteCommand"):
            return self._after_definition(match.end())
        else:
            command = command_of(name + match[2])
            citation = self._citation(match, command) if command else None
            if citation:
                self.citations.append(citation)
                return citation.end
        return 0

    def _starts(self, start: int) -> bool:
        """Return True if the backslash at `start` begins a command: an even number of others stands before it."""
        before = start
        while before and self.text[before - 1] == "\\":
            before -= 1
        return (start - before) % 2 == 0

    def _after_definition(self, place: int) -> int:
        """Pass over the arguments of a definition, in which keys are parameters."""
        found = self._argument(place, "{[")
        while found:
            place = found.end
            found = self._argument(place, "{[")
        return place

    def _note(self, match: re.Match[str], kind: str) -> None:
        place = match.end()
        number = self._argument(place, "[")
        place = number.end if number else place
        body = self._argument(place, "{")
        if body:
            self.notes.append(Footnote(match.start(), body.end - 1 - len(body.text), body.end - 1, kind))

    def _argument(self, place: int, kinds: str) -> Argument | None:
        gap = _GAP.match(self.text, place)
        start = gap.end() if gap else place
        bracket = self.text[start : start + 1]
        if not bracket or bracket not in kinds:
            return None
        end = closing(self.text, start, self.opaque, _BRACKETS[bracket])
        if bracket != "{" and end > 0:
            end = self._outside_braces(start, bracket)
        return Argument(bracket, self.text[start + 1 : end], end + 1) if end > 0 else None

    def _outside_braces(self, start: int, bracket: str) -> int:
        """Return where an optional argument closes; brackets inside braces do not count."""
        place, depth = start + 1, 1
        opening, end = bracket, _BRACKETS[bracket][1]
        while place < len(self.text):
            letter = self.text[place]
            if letter == "{":
                inner = closing(self.text, place, self.opaque)
                if inner < 0:
                    return -1
                place = inner
            depth += (letter == opening) - (letter == end)
            if not depth:
                return place
            place += 2 if letter == "\\" else 1
        return -1

    # -- citations -----------------------------------------------------------------------------------------------

    def _citation(self, match: re.Match[str], command: Command) -> Citation | None:
        place = match.end()
        group = ["", ""]
        if command.many:
            found = self._optional(place, "(", 2)
            place, group = found[1], [*found[0], "", ""][:2]
        items: list[CitedItem] = []
        while True:
            volume, optional, keys = self._arguments(place, command)
            if keys is None:
                break
            place = keys.end
            items += self._items(command, keys.text, optional, volume)
            if not command.many:
                break
        if not items:
            return None
        return Citation(match.start(), place, match[1], command, items, clean(group[0]), clean(group[1]))

    def _arguments(self, place: int, command: Command) -> tuple[str, list[str], Argument | None]:
        """Return volume, optional arguments and the argument of keys, read from there."""
        volume = ""
        if command.volume:  # [pre]{volume}[pages]{key}
            before, place = self._optional(place, "[", 1)
            argument = self._argument(place, "{")
            if argument is None:
                return "", [], None
            volume = argument.text
            after, place = self._optional(argument.end, "[", 1)
            pre = before[0] if before else ""
            return volume, [pre, after[0] if after else ""], self._argument(place, "{")
        texts, place = self._optional(place, "[", 2)
        return volume, texts, self._argument(place, "{")

    def _optional(self, place: int, kind: str, most: int) -> tuple[list[str], int]:
        texts: list[str] = []
        while len(texts) < most:
            argument = self._argument(place, kind)
            if argument is None:
                break
            texts.append(argument.text)
            place = argument.end
        return texts, place

    def _items(self, command: Command, keys: str, optional: list[str], volume: str) -> list[CitedItem]:
        names = [name for name in re.split(r"[\s,]+", re.sub(r"%[^\n]*\n", "", keys)) if name]
        if not names or any(mark in keys for mark in "#\\"):
            return []
        items = [CitedItem(name, mode=command.mode) for name in names]
        pre, post = _pre_post(optional)
        items[0].prefix = clean(pre)
        last = items[-1]
        raw = clean(post)
        split = split_locator(plain(_IN_BRACES.sub(r"\1", raw)), self.language, braces=False)
        if split.locator:
            last.label, last.locator, last.suffix = split.label, split.locator, " ".join(split.suffix.split())
        else:
            last.suffix = raw
        if volume:
            last.label = last.label or "volume"
            last.locator = f"{clean(volume)}:{last.locator}" if last.locator else clean(volume)
        last.suffix_raw = raw if raw != last.locator else ""
        return items


def _pre_post(optional: list[str]) -> list[str]:
    """Return pre-note and post-note: one optional argument is the post-note."""
    told = ["", *optional] if len(optional) == 1 else [*optional, "", ""][:2]
    return ["" if text.strip() == "{}" else text for text in told]


def clean(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Return a post-note with the spaces, dashes and marks that locators are read by."""
    text = re.sub(r"\\(?:pno|ppno)\b\s*", "pp. ", text)
    text = re.sub(r"\\(?:S|textsection)\b\s*", "§ ", text)
    text = re.sub(r"\\psqq\b", "ff.", re.sub(r"\\psq\b", "f.", text))
    text = re.sub(r"\\(?:nopp|,|;|:|!|@)\s*", " ", text)
    return clean(text.replace("~", " ").replace("---", "—").replace("--", "–"))
