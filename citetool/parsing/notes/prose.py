"""Citations inside running prose: `... wurde mit Verordnung v. 7. 3. 1860, FA., FM., Z. 13089/1860, aufgehoben`.

A citation begins at the name of a body or of a law gazette, or at the document that is named just before it; it goes on
while what follows has the form of a level, and ends where a clause begins small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.dates import find_date
from citetool.parsing.folding import CAPITALS, word_set
from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.published.gazettes import find_gazette
from citetool.parsing.tokenizer import Segment, tokenize

if TYPE_CHECKING:
    from citetool.parsing.gazetteer import Gazetteer

_WORDS = lazy(r"[^\W\d_][\w’'-]*(?![\w’'-]*\.\s?\d)")
_NOT_PROSE = lazy(r"[“\"„][^”\"“]*[”\"“]|https?://\S+")
_MIN_SMALL = 5  # small words of a sentence
_MIN_JOINING = 4  # or articles, auxiliary verbs and the like, in a tongue that writes nouns large
_FIRST_WORDS = 12
_FIRST_LETTERS = 1000
_JOINING = word_set(
    "der die das den dem des ein eine einer eines und nach mit von vom wurde wurden wird ist war waren nicht auch zu "
    "zum zur im am auf durch für über bei sich als lautet siehe dazu hierzu"
)
_VERBS = word_set(
    "is was were are be been has have had did see says said found wurde wurden wird ist war waren hat hatte siehe "
    "est était fut sont ont voir es fue era son véase è furono vedi werd zijn jest był była był была были есть"
)
_PAST = lazy(r"[a-z]{2,}ed$")
_NO_VERBS = word_set(
    "translated signed undated enclosed attached quoted cited dated typed received printed published unpublished "
    "united red handwritten unsigned untitled unnumbered numbered bound based annotated revised marked"
)
_SMALL = lazy(rf"[^\W\d_{CAPITALS}]+")
_MARKED = lazy(r"[^\W\d_]{1,5}\.(?:[^\W\d_]\.)?\s?\d")  # `sv. 76`, `a.j. 110`
_LEAD = lazy(r"[A-ZÀ-Þ][\w’'-]*(?:\s[a-zà-ÿ][\w’'-]*){3,12}?\s(?=[A-ZÀ-Þ])")
_LEAD_COLON = lazy(rf"[{CAPITALS}][\w’'-]*(?:\s[^\W\d][\w’'-]*){{0,9}}?\s[^\W\d_{CAPITALS}]+:\s(?=[{CAPITALS}])")
_IN = lazy(rf"\b(?:in|at|from|of|im|aus|dans|aux?|en|del|nel|w|в)\s+(?:(?:the|der|den|les|la|el)\s+)?(?=[{CAPITALS}])")
_DIGIT = lazy(r"\d")
_WORD = lazy(r"[A-ZÀ-Þ][^\W\d_]+")


def is_prose(text: str) -> bool:
    """Return whether a text is a sentence of running prose: most of its first words, addresses aside, are small."""
    words = _WORDS.findall(_NOT_PROSE.sub("", text[:_FIRST_LETTERS]))[:_FIRST_WORDS]
    small = sum(word[0].islower() for word in words)
    if small >= _MIN_SMALL and small * 2 >= len(words):
        return True
    joining = sum(word.casefold() in _JOINING for word in words)
    return joining >= _MIN_JOINING and joining * 3 >= len(words)


def body_in(text: str, start: int, end: int, gaz: Gazetteer) -> tuple[int, int] | None:
    """Return the known body at the beginning of a span, or behind `in`, `at` and the like in it; else None."""
    found = gaz.body_at(text, start, end)
    if found > start:
        return start, found
    for lead in _IN.finditer(text, start, end):
        found = gaz.body_at(text, lead.end(), end)
        if found > lead.end():
            return lead.end(), found
    return None


def lead_in(text: str, start: int, end: int) -> int:
    """Return where the words end that lead from a sentence to its first name: `This was a response to Roe to Doe`.

    `start` where a sentence begins with no such words.
    """
    lead = _LEAD.match(text, start, end) or _LEAD_COLON.match(text, start, end)
    return lead.end() if lead else start


def citations_in_prose(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the citations in a clause of prose, in order."""
    gaz = gazetteer()
    if not _has_verb(text[start:end]):
        return [(start, end)] if _DIGIT.search(text, start, end) else []
    segments = [Segment(p.start + start, p.end + start, p.before, p.kind) for p in tokenize(text[start:end])]
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(segments):
        segment = segments[index]
        law = _law_at(text, segments, index)
        body = body_in(text, segment.start, segment.end, gaz) if segment.kind == "text" else None
        if body:
            last = _last_level(text, segments, index, gaz)
            begin = body[0] if body[0] > segment.start else _document_before(text, segments, index, gaz)
            if _DIGIT.search(text, segment.start, segments[last].end):
                found.append((begin, segments[last].end if last + 1 < len(segments) else end))
            index = last
        elif law:
            found.append(law)
        index += 1
    return found


def _last_level(text: str, segments: list[Segment], first: int, gaz: Gazetteer) -> int:
    """Return the last segment of the location that begins at `first`."""
    last = first
    for index in range(first + 1, len(segments)):
        segment = segments[index]
        span = text[segment.start : segment.end]
        goes_on = segment.before in ",(:– " and segment.kind == "text" and _is_location(span, gaz)
        if not goes_on or _law_at(text, segments, index):
            break
        last = index
    return last


def _has_verb(text: str) -> bool:
    """Return whether a text has one of the verbs that sentences about sources have; citations have none."""
    words = _WORDS.findall(text)
    if any(word.casefold() in _VERBS for word in words):
        return True
    return any(_PAST.match(word) and word not in _NO_VERBS for word in words)


def _is_location(span: str, gaz: Gazetteer) -> bool:
    """Return whether a segment behind a body may be a level: not if it goes on small with no word for one."""
    word = _SMALL.match(span)
    if word is None or _MARKED.match(span):
        return True
    return word.group() in gaz.first_words or gaz.term("kind", word.group()) is not None


def _law_at(text: str, segments: list[Segment], index: int) -> tuple[int, int] | None:
    """Return the gazette that a segment names, its number perhaps in the next one: `RGBL.` + `Nr. 43/1859`."""
    segment = segments[index]
    law = find_gazette(text, segment.start, segments[min(index + 1, len(segments) - 1)].end)
    return law if law and law[0] < segment.end else None


def _document_before(text: str, segments: list[Segment], index: int, gaz: Gazetteer) -> int:
    """Return where the document begins that is named with its date before a body: `Verordnung v. 7. 3. 1860, FA.`."""
    here = segments[index].start
    first = segments[0].start
    if not _has_verb(text[first:here]):
        return first
    if not index or segments[index].before != ",":
        return here
    before = segments[index - 1]
    date = find_date(text, before.start, before.end)
    if date is None or date[1] < before.end - 1:
        return here
    kinds = [word for word in _WORD.finditer(text, before.start, before.end) if gaz.term("kind", word.group())]
    return kinds[-1].start() if kinds else here
