"""References made of short marks: fond, opis, delo, list and their relatives (`f. 5, op. 49, d. 131, ll. 193-194`).

The marks are single letters that mean nothing alone (`d.` may be a delo or a died-in), so a reference is read only
where the first level of a tradition stands with another of its levels. Traditions share letters with different
meanings; each is tried on the marks that were found, and the one wins that knows most of them and is that of the
repository.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import NamedTuple

from citetool.lazy_re import lazy

from .gazetteer import Gazetteer, gazetteer
from .spans import Part

_SIGN = lazy(
    r"(?<![\w.])((?i:ед|а|ed|a|ő|o|s|inv|ar)\.\s?(?:хр|е|khr|e|č|n|j)(?=\.)|[^\W\d_]{1,14}['ʹ’]?)\.?\s*(?:№|No\.?|Nr\.?|nr\.?)?\s*"
    r"((?:[^\W\d_]{1,3}-)?\d[\w-]*(?:/\w+)*(?:\s?[-–]\s?\d+)?(?:(?:\s?(?:об|зв|ob)\.?)?,\s?(?!1[89]\d\d\b|20\d\d\b)\d+(?:\s?[-–]\s?\d+)?(?=\s*(?:[.,;)]|$|(?:об|зв|ob)\b)))*(?:\s?(?:об|зв|ob|rev|verso|recto|v|r|bis)\b\.?)?(?:\s?\((?:[А-ЯA-Z]|\d{1,4})\))?|[IVXLC]+\b)"
)
_GAP = lazy(r"[\s.,;:()–-]*(?:\d{4}(?:\s?(?:g\.|г\.))?[\s.,;]*|[a-zA-Z]+\s?\(?\d{4}\)?,\s)?$")
_HUNGARIAN = lazy(
    r"((?:[A-Z]{1,3}(?:-[A-Z]{1,3})?[- ])?\d+\.\s?f\.)(?:[\s,]*(\d+\.\s?cs\.))?"
    r"(?:[\s,]*((?:\d+/)?\d+\.\s?[őŐ]\.?\s?e\.?))?"
)
_LATVIAN = lazy(
    r"((?:[A-Z]{1,3}-)?\d+\. ?f(?:onds)?\.?), (\d+\w?\. ?apr?(?:aksts)?\.?)"
    r"(?:, (\d+\w?\. ?(?:l|lieta)\.?))?(?:, ([\d–-]+\. ?lpp?\.?))?"
)
# the letter first: it is looked for at once, the bounds of the word behind it
_QUICK = lazy(
    r"[fFфФzZ](?<![\w.].)(?:(?<=[fF])(?i:ond(?:s|ul)?)?|(?<=[фФ])(?i:онд)?|(?<=[zZ])(?i:esp(?:ół)?))\b\.?\s*"
    r"(?i:№|no\.?|nr\.?)?\s*[\w-]*\d"
)


_FOND_FIRST = frozenset(("baltic", "romanian", "czech", "hungarian"))  # elsewhere `b. 32, f. 2` are box and folder


class Mark(NamedTuple):
    """One mark with its number: the mark folded, the span of both."""

    word: str
    start: int
    end: int


class Reference(NamedTuple):
    """A reference: its parts in order of the text, its span, the tradition, how many of its marks were understood."""

    parts: list[Part]
    start: int
    end: int
    tradition: str
    share: float


def _key(word: str) -> str:
    return re.sub(r"[.\s]+", " ", word).strip().casefold()


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = {}
    for tradition, rows in gazetteer().marks.items():
        table = tables.setdefault(tradition, {})
        for level, words in rows:
            for word in words:
                levels = table.setdefault(_key(word), [])
                if level not in levels:
                    levels.append(level)
    return tables


def find_reference(text: str, gaz: Gazetteer) -> Reference | None:
    """Return the first reference of such marks in a text, or None."""
    if ("cs." in text or "ő" in text or "Ő" in text) and (behind := _numbers_first(text)):
        return behind
    if (" apr." in text or " ap." in text) and (behind := _numbers_first_baltic(text)):
        return behind
    if not _QUICK.search(text):
        return None
    best: Reference | None = None
    for run in _runs(text):
        home = _home(text, run[0].start, gaz)
        if run[0].word in gaz.letters.get(home, {}) and not _is_behind_archive(text, run[0].start, gaz):
            continue  # a box in the archives of that tradition
        for tradition, table in _tables().items():
            found = _read(text, run, tradition, table)
            if found and (best is None or _weight(found, home) > _weight(best, home)):
                best = found
        if best:
            return best
    return None


def _numbers_first(text: str) -> Reference | None:
    """Return a reference in the Hungarian way, where the mark stands behind its number.

    `M-KS 288. f. 5. cs. 123. ő. e.`, `5/123. ő. e.`
    """
    match = _HUNGARIAN.search(text)
    if match is None or not (match.group(2) or match.group(3)):
        return None
    found = zip((1, 2, 3), ("fond", "opis", "delo"), strict=True)
    parts = [Part(match.start(i), match.end(i), "level", level) for i, level in found if match.group(i)]
    return Reference(parts, match.start(1), parts[-1].end, "hungarian", 1.0)


def _numbers_first_baltic(text: str) -> Reference | None:
    """Return a reference in the Latvian way: `PA-101. f., 15. apr., 87. l., 22. lp.`"""
    match = _LATVIAN.search(text)
    if match is None:
        return None
    found = zip((1, 2, 3, 4), ("fond", "opis", "delo", "list"), strict=True)
    parts = [Part(match.start(i), match.end(i), "level", level) for i, level in found if match.group(i)]
    return Reference(parts, match.start(1), parts[-1].end, "baltic", 1.0)


def _weight(found: Reference, home: str) -> float:
    return found.share + (0.5 if found.tradition == home else 0.1 if found.tradition == "soviet" else 0.0)


def _home(text: str, start: int, gaz: Gazetteer) -> str:
    """Return the tradition of the repository that is named in the words just before a reference."""
    words = re.findall(r"[^\s,.:;()]+", text[max(0, start - 80) : start])
    for count in (1, 2, 3):
        for offset in range(max(0, len(words) - 6), len(words) - count + 1):
            known = gaz.short_names.get(" ".join(words[offset : offset + count]))
            if known:
                return known.tradition
    return ""


def _is_behind_archive(text: str, place: int, gaz: Gazetteer) -> bool:
    """Return whether a short name of an archive stands right before a place: `AJ, f. 507`."""
    words = text[:place].rstrip(" ,.;:(").rsplit(maxsplit=1)
    return bool(words) and words[-1].strip("(") in gaz.short_names


def _runs(text: str) -> list[list[Mark]]:
    """Return the marks that stand together, with nothing but signs and a year between them."""
    known = set().union(*_tables().values())
    runs: list[list[Mark]] = []
    for match in _SIGN.finditer(text):
        word = _key(match.group(1))
        if word not in known:
            continue
        mark = Mark(word, match.start(), match.end())
        if runs and mark.start - runs[-1][-1].end < 24 and _GAP.match(text[runs[-1][-1].end : mark.start]):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [run for run in runs if len(run) > 1]


def _read(text: str, run: list[Mark], tradition: str, table: dict[str, list[str]]) -> Reference | None:
    """Return the run in one tradition: its levels, if the first level of the tradition is there with a second one."""
    marks: list[tuple[Mark, str]] = []
    levels: set[str] = set()
    for mark in run:
        if mark.word in table:
            # a letter with two meanings has the second one where the first was used: Lithuanian `b. 57, l. 143`
            free = (level for level in table[mark.word] if level not in levels)
            marks.append((mark, next(free, table[mark.word][0])))
            levels.add(marks[-1][1])
    if "fond" not in levels or (tradition in _FOND_FIRST and marks[0][1] != "fond"):
        return None
    if len(levels & {"opis", "delo", "file", "item", "carton"}) < 1:
        return None
    parts = [Part(mark.start, _trim(text, mark.end), "level", level) for mark, level in marks]
    for before, after in itertools.pairwise(parts):
        year = re.compile(r"[\s.,;:]*(\d{4})\b").match(text, before.end, after.start)
        if year:
            parts.append(Part(year.start(1), year.end(1), "note"))
    share = len(marks) / len(run) + len(levels) / 10
    return Reference(sorted(parts, key=lambda p: p.start), parts[0].start, max(p.end for p in parts), tradition, share)


def _trim(text: str, end: int) -> int:
    while text[end - 1] in ".,;– -":
        end -= 1
    return end


def marks_behind(text: str, begin: int, tradition: str) -> list[Part]:
    """Return the levels behind `Там же.` by the marks of the tradition that it goes back to: `Д. 1037. Л. 14`."""
    table = _tables().get(tradition, {})
    found: list[Part] = []
    for match in _SIGN.finditer(text, begin) if table else ():
        levels = table.get(_key(match.group(1)))
        if levels:
            found.append(Part(match.start(), _trim(text, match.end()), "level", levels[0]))
    return found


# ---- references in a code of the archive's own

_CLASS = lazy(r"[A-Z]{1,5}(?![.A-Z])|(?:[A-Z]\.\s?){2,4}")
_CLASS_PIECE = lazy(r"(?:[A-Z]{1,5}|(?:[A-Z]\.\s?){2,4})\s?\d{0,4}(?:/\w+)+$")
_SERIES_NUMBER = lazy(r"[A-Z]{1,4}\d+(?:/\w+)?$")
_DEPARTMENT = lazy(  # `DFA 5/340/12`, `Department of Foreign Affairs/6/440/8/1`
    r"(?!MSS?\b|WS\b)([A-Z]{2,5}(?=\s)|[A-Z][a-z]+(?:\s[\w&]+){1,6}(?=/))[\s/](\d+(?:/\w+)+)$"
)
_CONTROL_SYMBOL = lazy(r"\d[\d/]*/[\w/ ]+$")
_GERMAN = lazy(r"((?:[A-Z]{1,5}\s?)+\d+[\w-]*(?:\s[IVX]+)?)/((?:[IVX]+ )?[\w/.-]+)$")


def code_parts(text: str, start: int, end: int, tradition: str, gaz: Gazetteer) -> list[Part]:
    """Return a reference code in the way of its archive: `FO 371/123` is a piece, `B 136/59748` a fonds and a file."""
    span = text[start:end]
    if tradition == "german" and (match := _GERMAN.match(span)):
        return [
            Part(start, start + match.end(1), "level", "fonds"),
            Part(start + match.start(2), start + match.end(2), "level", "file"),
        ]
    if tradition == "australian" and (_SERIES_NUMBER.match(span) or _CONTROL_SYMBOL.match(span)):
        return [Part(start, end, "level", "series" if _SERIES_NUMBER.match(span) else "item")]
    if tradition == "irish" and (match := _DEPARTMENT.match(span)):
        return [
            Part(start, start + match.end(1), "level", "collection"),
            Part(start + match.start(2), end, "level", "file_code"),
        ]
    if _CLASS_PIECE.match(span):
        letters = _CLASS.match(span)
        code = letters.group().replace(".", "").replace(" ", "").casefold() if letters else ""
        if code and (tradition == "uk" or code in gaz.terms["class"]):
            return [Part(start, end, "level", "piece")]
        if tradition in ("irish", "french") and any(map(str.isdigit, span)):
            return [Part(start, end, "level", "item")]
    return []
