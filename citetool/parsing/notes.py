"""Notes: several citations in one text, and forms that go back to an earlier one.

A note is cut where a new citation begins (`; Smith to Jones ...`, `. See also ...`, a new line). `Ibid.` stands for the
citation before it, `op. cit.` for the last one with the same names, `(hereafter NARA)` names what stands before it.
What was cited and named earlier is kept in a `Context`, which may run through a whole document; a library's own
short forms are put into it first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.problems import Problem

from .classifier import Classifier
from .gazetteer import Gazetteer, Repository, fold, gazetteer
from .model import Reading
from .reader import Reader
from .scoring import MOST
from .spans import Part
from .tokenizer import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

_IBID = lazy(r"(?i)\s*(?:see\s+)?(?:ibid(?:em)?|ibíd|ebd|ebenda|ebda|там же|idem|ib)\b\.?[,;:]?\s*")
_OP_CIT = lazy(
    r"(?i),?\s*\b(?:op\.?\s*cit|loc\.?\s*cit|a\.\s?a\.\s?O|cited above|as above|указ\. соч|цит\. соч)\b\.?,?\s*"
)
_OP_CIT_HINTS = ("cit", "Cit", "CIT", "above", "a.", "соч")
_STARTS = lazy(
    r"(?:[Ss]ee\b|[Cc]f\.|[Ii]bid|[Aa]lso\b|[\"“„«*]|(?:and\s+)?(?:[A-Z][\w.\[\]’']*,?\s+){1,6}to\s+(?:the\s+)?[A-Z]"
    r"|(?:[Tt]elegram|[Ll]etter|[Mm]emorandum|[Mm]emo|[Cc]able|[Nn]ote|[Dd]espatch|[Mm]inute)s?\b[^;]{0,40}\b(?:from|to|by)\b"
    r"|(?:The\s+)?[A-Z][\w.’']+(?:\s[A-Z][\w.’']+){0,4},\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)\s+\d{4})"
)
_NEW_LINE = lazy(r"[ \t]*\n\s*")
_NEXT = lazy(r"[.;]\s+(?:See|Cf|Ibid|For|On)\b")
_SEE = lazy(r"[Ss]ee\b|[Cc]f\.|[Ii]bid|For\b|On\b")
_HAS_NUMBER = lazy(r"^(?:(?!https?:).)*\d")
_SHORT = lazy(r"(?i)(?:hereafter|hereinafter|henceforth)(?:,? (?:cited|referred to))?(?: as)?:?\s+")


_MOST_TRIED = 50  # earlier readings that a short form is compared with


class Context:
    """What earlier citations of a text said, and the short forms that were defined in it or by the user."""

    def __init__(self, short_forms: Mapping[str, Repository] | None = None) -> None:
        self.readings: list[Reading] = []
        self._by_word: dict[str, list[Reading]] = {}
        self.short_forms: dict[str, Repository] = dict(short_forms or {})
        self._gazetteer: Gazetteer | None = None

    @property
    def gazetteer(self) -> Gazetteer:
        """The tables with the short forms of this context."""
        if not self.short_forms:
            return gazetteer()
        if self._gazetteer is None:
            self._gazetteer = gazetteer().copy()
            for name, repository in self.short_forms.items():
                self._gazetteer.define(name, repository)
        return self._gazetteer

    def define(self, name: str, repository: Repository) -> None:
        """Let `name` stand for the repository or collection from here on."""
        self.short_forms[name] = repository
        self._gazetteer = None

    def expand(self, value: str) -> str:
        """The full name for a short form of this context; any other value as it is."""
        known = self.short_forms.get(value) or self.short_forms.get(fold(value))
        return known.name if known else value

    def remember(self, reading: Reading) -> None:
        """Keep a reading for what may go back to it, and the short form that it defines."""
        self.readings.append(reading)
        words = {_last_word(name) for name in (*reading.creators, *reading.recipients)} | {_first_word(reading.title)}
        for word in words - {""}:
            self._by_word.setdefault(word, []).append(reading)
        for part in reading.parts:
            if part.role == "short_form" and (match := _SHORT.match(reading.string, part.start, part.end)):
                self._define(reading, part, reading.string[match.end() : part.end].strip(" \"“”'‘’"))

    def _define(self, reading: Reading, part: Part, name: str) -> None:
        before = [p for p in reading.parts if p.role == "level" and p.end <= part.start]
        if before and name:
            last = before[-1]
            tradition = reading.tradition if last.level == "repository" else "collection"
            self.define(name, Repository(reading.string[last.start : last.end], "", tradition))

    def last(self) -> Reading | None:
        """The reading that `Ibid.` means: the last one, or what that itself goes back to."""
        return self.readings[-1] if self.readings else None

    def find(self, names: list[str], title: str) -> Reading | None:
        """The last reading with these names (by their last words) or this title, for `op. cit.`."""
        wanted = {_last_word(name) for name in names} - {""}
        for reading in reversed(self._by_word.get(min(wanted) if wanted else _first_word(title), [])[-_MOST_TRIED:]):
            known = {_last_word(name) for name in (*reading.creators, *reading.recipients)}
            if (wanted and wanted <= known) or (title and fold(reading.title).startswith(fold(title))):
                return reading
        return None


def _first_word(title: str) -> str:
    return "".join(fold(title[:40]).split()[:1])


def _last_word(name: str) -> str:
    words = fold(name).split()
    return words[-1] if words else ""


def split_note(text: str) -> list[tuple[int, int]]:
    """The spans of the citations in a note, in order; a text that is one citation gives one span, a blank one none."""
    if len(text) > MOST:
        return [(0, len(text))]
    spans = [span for start, end in _line_spans(text) for span in _split_line(text, start, end)]
    return [(start, end) for start, end in spans if text[start:end].strip()]


def _line_spans(text: str) -> list[tuple[int, int]]:
    """The lines of a text; one that goes on with the citation before it is put to it."""
    starts = [0]
    for match in _NEW_LINE.finditer(text):
        ended = "\n" in match.group().strip(" \t\r")[1:] or text[: match.start()].endswith((".", ";"))
        if ended or _STARTS.match(text, match.end()) or _IBID.match(text, match.end()):
            starts.append(match.end())
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _split_line(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    line = text[begin:end]
    if re.match(r"\s*\[?Source:", line) or (";" not in line and not _NEXT.search(line)):
        return [(begin, end)]
    cuts = [0]
    for piece in cut(line):
        if piece.start and _begins(line, piece.start, piece.before, cuts[-1]):
            cuts.append(piece.start - (piece.kind in ("quote", "italic")))
    return [(begin + start, begin + stop) for start, stop in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _begins(text: str, start: int, mark: str, begun: int) -> bool:
    """Whether a new citation begins at `start`, behind this mark; the one before began at `begun`."""
    if mark == ".":
        return _SEE.match(text, start) is not None and re.search(r"\d", text[begun:start]) is not None
    if mark != ";":
        return False
    place = start - 1 if start and text[start - 1] in '"“„«*' else start
    if _STARTS.match(text, place):
        return True
    return _other_home(text, start, begun)


def _other_home(text: str, start: int, begun: int) -> bool:
    """Whether another archive begins: a known repository, where one was named already."""
    gaz = gazetteer()
    name = re.match(r"[^,;.:]{2,60}", text[start:])
    known = gaz.repository(name.group().strip()) if name else None
    if known is None or known.tradition == "digital" or not _HAS_NUMBER.search(text[start:].split(";", 1)[0]):
        return False  # `...; f. 5, op. 49; RGANI, Moscow`: the archive of the same citation
    earlier = (piece for piece in cut(text[begun:start]))
    return any(gaz.repository(text[begun + p.start : begun + p.end]) for p in earlier) or " f. " in text[begun:start]


def read_citation(text: str, context: Context | None = None) -> Reading:
    """The reading of a text as one citation; of a note with several the first, the others in a part `further`.

    Never raises, whatever the text is. The context, where one is given, is read and added to.
    """
    known = context if context is not None else Context()
    (_, end), *further = split_note(text) or [(0, len(text))]
    reading = _read_in(text[:end], known)
    if further:
        reading.string = text
        reading.parts = (*reading.parts, Part(further[0][0], len(text), "further"))
    known.remember(reading)
    return reading


def read_citations(text: str, context: Context | None = None) -> list[Reading]:
    """The readings of all citations in a text, in order; each `string` is its part of the text.

    A reading that goes back to an earlier one (`Ibid., p. 3`) has it as its `source`. The context, where one is given,
    is read and added to.
    """
    context = context if context is not None else Context()
    readings = []
    for start, end in split_note(text):
        reading = _read_in(text[start:end].strip(" ;\t\r\n"), context)
        readings.append(reading)
        context.remember(reading)
    return readings


def _read_in(text: str, context: Context) -> Reading:
    ibid = _IBID.match(text)
    if ibid:
        return _subsequent(text, ibid.end(), context.last(), Part(0, ibid.end(), "back"), context)
    reading = Reader(text, context.gazetteer).read()
    hinted = any(word in text for word in _OP_CIT_HINTS)
    if hinted and (cited := _OP_CIT.search(text)):
        bare = Reader(text[: cited.start()], context.gazetteer).read()
        names = [*bare.creators, *bare.recipients] or ([bare.title] if bare.title else [])
        source = context.find(names, bare.title)
        found = _subsequent(text, cited.end(), source, Part(cited.start(), cited.end(), "back"), context)
        found.parts = (*bare.parts, *found.parts)
        return found
    if not reading.levels and (reading.recipients or reading.title):
        reading.source = context.find([*reading.creators, *reading.recipients], reading.title)
    if reading.source is not None:
        reading.confidence = reading.source.confidence
        reading.problems = ()
    return reading


def _subsequent(text: str, begin: int, source: Reading | None, back: Part, context: Context) -> Reading:
    """A short form: what it says itself (a page, another box), and the reading that it goes back to."""
    parts = [back]
    classifier = Classifier(text, context.gazetteer)
    for piece in cut(text[begin:]):
        piece.start, piece.end = piece.start + begin, piece.end + begin
        for unit in classifier.split(piece):
            if unit.sort in ("level", "number"):
                parts.append(Part(unit.start, unit.end, "level", unit.level or "page"))
    reading = Reading(text, tuple(parts), kind=source.kind if source else "")
    reading.source = source
    if source is None:
        reading.problems = (
            Problem(
                f"{text[back.start : back.end].strip(' ,')!r} goes back to nothing that was read before",
                severity="warning",
            ),
        )
    else:
        reading.tradition, reading.confidence = source.tradition, source.confidence
    return reading
