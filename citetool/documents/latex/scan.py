r"""Read a LaTeX source: what is code or comment, the notes, the citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citetool.documents.locators import split_locator
from citetool.documents.model import CitedItem
from citetool.documents.spans import Span, Spans, closing
from citetool.lazy_re import lazy

from .commands import Command, command_of
from .macros import DEFINING, DOCUMENT, NAME, PARAMETERS, Arguments, Macro, counted, is_alone, specified

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
_OTHER = lazy(r"\s*=?\s*\\([A-Za-z]+)")
_IN_BRACES = lazy(r"\A\{([^{}]*)\}\Z")
_BRACKETS = {"[": "[]", "{": "{}", "(": "()", "<": "<>"}


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

    def __init__(self, text: str, language: str = "", macros: dict[str, Macro] | None = None) -> None:
        """Read the text; `citations` and `notes` are in its order, `inputs` are `(start, end, name)`.

        `macros` are those that cite, of the files before; those of this one are put to them. `unread` are the places
        and names of macros that cite in the midst of other things.
        """
        self.text = text
        self.macros = macros if macros is not None else {}
        self.unread: list[tuple[int, str]] = []
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
        elif name in DEFINING or name in DOCUMENT or name in ("def", "let", "DeclareCiteCommand"):
            return self._definition(match)
        else:
            macro = self.macros.get(name)
            command = command_of(name + match[2]) if macro is None else None
            citation = self._call(match, macro) if macro else self._citation(match, command) if command else None
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

    def _definition(self, match: re.Match[str]) -> int:
        """Read the definition of a macro; return the offset behind it. Keys in it are parameters."""
        named = NAME.match(self.text, match.end(2))
        if named is None or match[1] == "DeclareCiteCommand":
            return self._after_arguments(match.end(2))
        if match[1] == "let":
            other = _OTHER.match(self.text, named.end())
            command = command_of(other[1]) if other else None
            if other and command and not command.volume and not command.many:
                given = [Arguments(["#1", "#2"], "#3")]
                self.macros[named[1]] = Macro(other[1], command, "oom", ["", "", ""], given)
            return other.end() if other else named.end()
        signature, defaults, place = self._signature(match[1], named.end())
        body = self._argument(place, "{")
        if body is None:
            return self._after_arguments(place)
        self._define(match.start(), named[1], body.text, signature, defaults)
        return body.end

    def _signature(self, name: str, place: int) -> tuple[str, list[str], int]:
        """Return the arguments that a macro takes, their defaults, and where its body begins."""
        if name in DOCUMENT:
            found = self._argument(place, "{")
            return (*specified(found.text), found.end) if found else ("", [], place)
        if name == "def":
            told = PARAMETERS.match(self.text, place)
            count = told[1].count("#") if told else 0
            return "m" * count, [""] * count, told.end() if told else place
        texts, place = self._optional(place, "[", 2)
        number, default = [*texts, "", ""][0], texts[1] if len(texts) > 1 else None
        return (*counted(number, default), place)

    def _define(self, start: int, name: str, body: str, signature: str, defaults: list[str]) -> None:
        """Keep a macro that is a citation and nothing else; name one that cites beside other things."""
        inner = _Body(body, self.language, self.macros)
        if not inner.found:
            self.macros.pop(name, None)
            return
        begin, end, used, command, given = inner.found[0]
        if len(inner.found) == 1 and is_alone(body, begin, end):
            self.macros[name] = Macro(used, command, signature, defaults, given)
        else:
            self.unread.append((start, name))

    def _call(self, match: re.Match[str], macro: Macro) -> Citation | None:
        place = match.end(1)
        told: list[str | None] = []
        for letter in macro.signature:
            if letter == "s":
                told.append("")
                place += self.text.startswith("*", place)
                continue
            argument = self._argument(place, "[" if letter == "o" else "{")
            if argument is None and letter == "m":
                return None
            told.append(argument.text if argument else None)
            place = argument.end if argument else place
        if macro.signature == "oom" and told[1] is None:
            told[:2] = ["", told[0]]  # one optional argument is the post-note
        given = macro.filled(told)
        items = [item for one in given for item in self._items(macro.command, one.keys, one.optional, one.volume)]
        return Citation(match.start(), place, macro.name, macro.command, items) if items else None

    def _after_arguments(self, place: int) -> int:
        """Pass over arguments."""
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
        given, place = self._given(place, command)
        items = [item for one in given for item in self._items(command, one.keys, one.optional, one.volume)]
        if not items:
            return None
        return Citation(match.start(), place, match[1], command, items, clean(group[0]), clean(group[1]))

    def _given(self, place: int, command: Command) -> tuple[list[Arguments], int]:
        """Return what a citation command is given from there on, and the offset behind it."""
        given: list[Arguments] = []
        while True:
            volume, optional, keys = self._arguments(place, command)
            if keys is None:
                return given, place
            place = keys.end
            given.append(Arguments(optional, keys.text, volume))
            if not command.many:
                return given, place

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
        before, place = self._optional(place, "<", 1)  # apacite: \cite<see>[p.~3]{key}
        texts, place = self._optional(place, "[", 1 if before else 2)
        return volume, [before[0], "".join(texts)] if before else texts, self._argument(place, "{")

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


class _Body(Scanner):
    """The body of a macro: the citation commands in it, with what they are given as it stands there."""

    def __init__(self, text: str, language: str, macros: dict[str, Macro]) -> None:
        self.found: list[tuple[int, int, str, Command, list[Arguments]]] = []
        super().__init__(text, language, dict(macros))

    def _citation(self, match: re.Match[str], command: Command) -> Citation | None:
        given, end = self._given(match.end(), command)
        if given:
            self.found.append((match.start(), end, match[1], command, given))
        return Citation(match.start(), end, match[1], command, []) if given else None

    def _call(self, match: re.Match[str], macro: Macro) -> Citation | None:
        self.found += [
            (match.start(), match.end(), macro.name, macro.command, list(macro.given))
        ] * 2  # one in another: not read
        return None


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
