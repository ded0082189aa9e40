"""The text around a citation: words that open it, who contributed or translated, marks of classification, remarks.

Each function reads one of these and says how much of the text is left for the citation itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .signals import OPENING
from .spans import Part
from .tokenizer import Segment

if TYPE_CHECKING:
    from .classifier import Classifier

_OPENING = lazy(r"\s*\[?(?:(?P<source>Sources?|Quelle|Fuente|Источник|Bron)\s*:|\d{1,3}[.)]\s+(?=[A-Z\"“]))\s*")
_CITED_AS = lazy(
    r"(?i)\s*(?:this|the)\s+\w+\s+(?:should|may|must)\s+be\s+cited\s+as:?(?:\s+the\b)?\s*"
    r"|\s*(?:published citations should take the following form|researchers wishing to cite this collection should"
    r" include the following information|please cite as|cite as|preferred citation)\s*:\s*|\s*(?:volledig)\s*:\s*"
)
_SHORT_FORM = lazy(r"(?i)\b(?:verkort|short form|abgekürzt|en abrégé)\s*:\s*")
_CONTRIBUTION = lazy(
    r"(?i)[.;,(]\s+(?=(?:contributed|obtained|provided|translated|transcribed|edited"
    r"|copy (?:provided|on file|obtained)|translation|introduced|published in|reprinted)\b)"
)
_LINK_AT_END = lazy(r"[\s.,;(<]+(https?://[^\s<>\"”)]+?)[.>)]*\s*$")
_BY = lazy(r"\b(?:by|for\s+[A-Z]\w+\s+by)\s+")
_JOIN = lazy(r",?\s+(?:and|&)\s+|,\s+")
_STOP = lazy(r"(?<=[a-z]{2})[.;](?:\s|$)")
_MARKING = lazy(
    r"(?:Completely |Streng |Most |Top )?(?:Secret|Confidential|Unclassified|Restricted|No classification markings?"
    r"|Limited Official Use|Official Use Only|Administratively Confidential|Personal(?= and)|Geheim|Vertraulich"
    r"|Совершенно секретно|Секретно|For Official Use Only|Administratively)\b(?=\s*(?:[;.,(/]|$|and ))"
)
_MAX_LEVEL_LENGTH = 60  # letters of a sentence that is still part of a location


def read_opening(text: str, parts: list[Part]) -> tuple[int, bool]:
    """Return where the citation begins behind `See also`, `Source:` and the like, and whether it is a source note."""
    begin = 0
    is_note = False
    for pattern in (_CITED_AS, _OPENING, OPENING):
        match = pattern.match(text, begin)
        if match and match.end() > begin:
            is_note = is_note or bool(match.groupdict().get("source"))
            parts.append(Part(begin, match.end(), "opening"))
            begin = match.end()
    return begin, is_note


def read_short_form(text: str, begin: int, end: int, parts: list[Part]) -> int:
    """Return where the citation ends before a short form that an archive proposes beside the full one."""
    match = _SHORT_FORM.search(text, begin, end) if ":" in text else None
    if match is None:
        return end
    parts.append(Part(match.end(), end, "short_form"))
    parts.append(Part(match.start(), match.end(), "opening"))
    return match.start()


def read_contributions(text: str, begin: int, end: int, parts: list[Part]) -> int:
    """Return where the citation ends before `Obtained and translated for X by Y`; the names become parts."""
    match = _CONTRIBUTION.search(text, begin + 1, end)
    if match is None:
        return end
    if link := _LINK_AT_END.search(text, match.end(), end):
        parts.append(Part(link.start(1), link.end(1), "url"))
        end = link.start()
    clause = text[match.end() : end]
    by = _BY.search(clause)
    if by is None:
        parts.append(Part(match.end(), end, "remark"))
    else:
        names = match.end() + by.end()
        parts.append(Part(match.end(), names, "opening"))
        translated = "transla" in clause[: by.start()].casefold()
        _contributors(text, names, end, "translator" if translated else "contributor", parts)
    return match.start() + 1


def _contributors(text: str, start: int, end: int, role: str, parts: list[Part]) -> None:
    stop = _STOP.search(text, start, end)
    last = stop.start() if stop else len(text[:end].rstrip(" .;)"))
    place = start
    for join in _JOIN.finditer(text, start, last):
        if place < join.start():
            parts.append(Part(place, join.start(), role))
        place = join.end()
    if place < last:
        parts.append(Part(place, last, role))
    if stop and stop.end() < end:
        parts.append(Part(stop.end(), end, "remark"))


# ---- source notes


def read_source_note_end(
    text: str, segments: list[Segment], classifier: Classifier, parts: list[Part]
) -> list[Segment]:
    """Return the segments of a source note's location; classification and remarks behind it become parts."""
    segments = [part for segment in segments for part in _at_marking(text, segment)]
    for index, segment in enumerate(segments):
        if not index or segment.before not in (".", ";", ",", ")"):
            continue
        marking = _MARKING.match(text, segment.start)
        if marking and (segment.before != "," or _stands_alone(text, segments, index, classifier)):
            _markings(segments[index:], parts)
            return segments[:index]
        if segment.before == "." and not _goes_on(segment, classifier):
            parts.append(Part(segment.start, len(text.rstrip()), "remark"))
            return segments[:index]
    return segments


def _at_marking(text: str, segment: Segment) -> list[Segment]:
    """Return a segment cut at the stop before a marking, which an initial may hide: `POL 27 VIET S. Secret`."""
    stop = text.find(". ", segment.start, segment.end)
    while stop != -1:
        if _MARKING.match(text, stop + 2):
            return [Segment(segment.start, stop, segment.before), Segment(stop + 2, segment.end, ".")]
        stop = text.find(". ", stop + 2, segment.end)
    return [segment]


def _stands_alone(text: str, segments: list[Segment], index: int, classifier: Classifier) -> bool:
    """Return whether a marking behind a comma is one: alone in its segment, and no level follows it."""
    segment = segments[index]
    following = segments[index + 1] if index + 1 < len(segments) else None
    marked = classifier.gazetteer.term("marking", text[segment.start : segment.end]) is not None
    return marked and (following is None or following.before in (".", ";"))


def _goes_on(segment: Segment, classifier: Classifier) -> bool:
    """Return whether a sentence of a source note is still its location: it begins with a level."""
    tokens = classifier.split(segment)
    return bool(tokens) and tokens[0].type == "level" and segment.end - segment.start < _MAX_LEVEL_LENGTH


def _markings(segments: list[Segment], parts: list[Part]) -> None:
    """Note marks up to the end of their sentence; what follows is remarks."""
    last = segments[0]
    for segment in segments[1:]:
        if segment.before == ".":
            parts.append(Part(segment.start, segments[-1].end, "remark"))
            break
        last = segment
    parts.append(Part(segments[0].start, last.end, "marking"))
