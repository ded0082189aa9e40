"""The division of a note into citations: behind `;`, `See also`, `and`, a new line; commentary is left out.

A note is cut into sentences and clauses first. A clause begins a citation where it has the form of one: a letter, a
document with its date, a published work, another archive, a form that goes back (`ibid.`). A sentence of running prose
is commentary, unless a citation stands at its end.
"""

from __future__ import annotations

import bisect
import itertools

from citetool.lazy_re import lazy
from citetool.parsing.dates import find_date
from citetool.parsing.folding import CAPITALS
from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.published.forms import read_work
from citetool.parsing.published.gazettes import find_gazette
from citetool.parsing.scoring import MAX_LENGTH
from citetool.parsing.signals import IBID, OPENING, SHARED, SIGNALS
from citetool.parsing.tokenizer import Segment, tokenize

from .prose import body_in, citations_in_prose, is_prose, lead_in
from .works import QUOTING

_DATE = (
    r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:[-–/]\d{1,2})?,?\s*\d{4}|\d{1,2}(?:[-–/]\d{1,2})?\s+[A-Z][a-z]{2,8}\.?,?\s*\d{4}"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4})"
)
_NAME = r"[A-ZÀ-Þ][\w.\[\]’'-]*(?:\s(?:[A-ZÀ-Þ][\w.\[\]’'-]*|de|von|of|the|through|S/S)){0,6}"
_LETTER_FORM = rf"{_NAME}(?:\s[\[(][^()\[\]]{{1,40}}[\])])?,?\s+(?:to|an|à|aan|till|til)\s+(?:the\s+)?[A-ZÀ-Þ]"
_LETTER = lazy(_LETTER_FORM)
_PAPER = r"(?:memo(?:randum)?|note|telegram|letter|cable|minute|report|dispatch|despatch|diary)"
_STARTS = lazy(
    rf"(?:(?:and|und|et)\s+)?(?:(?:{SIGNALS})\s|[Aa]lso\b|[Pp]assim,|{_LETTER_FORM}"
    rf"|{_NAME}\s{_PAPER}\b[^;,]{{0,60}},\s+{_DATE}"
    r"|(?:[Tt]elegram|[Ll]etter|[Mm]emorandum|[Mm]emo|[Cc]able|[Nn]ote|[Dd]espatch|[Mm]inute)s?\b[^;]{0,40}\b(?:from|to|by)\b"
    rf"|(?:The\s+)?{_NAME},\s+(?:{_DATE}|[“\"„])|[^;.,]{{3,60}}\b(?:ebd|[Ii]bid|ebenda)\b)"
)
_QUOTED = lazy(r"(?:and\s+)?[\"“„«*‘']\w")
_PUBLISHED = lazy(
    r"(?:and\s+)?(?:(?:[A-ZÀ-Þ]\.\s?){1,3}|[A-ZÀ-Þ][\w’'-]+\s(?:[A-ZÀ-Þ]\.\s?)*)(?:(?:von|van|de)\s)?[A-ZÀ-Þ][\w’'-]+"
    r"(?:\s(?:and|und|et|&)\s[^,;]{3,40})?,\s[^;]{4,200}?(?:\((?:[^()]*[,:]?\s?)?(?:1[5-9]|20)\d\d\)|,\s(?:1[5-9]|20)\d\d\b|\s(?:1[5-9]|20)\d\d,\sS\.\s\d)"
)
_SHORT_WORK = lazy(
    r"[A-ZÀ-Þ][\w’'-]+(?:(?:,\s[A-ZÀ-Þ][\w’'-]+)*,?\s(?:and|und|et|&)\s[A-ZÀ-Þ][\w’'-]+)?,\s"
    r"(?:[“\"„«*][^”\"“»*]{3,120}[”\"“»*]|‘[^‘]{3,120}’),?\s(?:(?:pp?|S)\.\s?)?\d[\d–-]*"
)
_LETTER_WITH_DATE = lazy(rf"{_LETTER_FORM}[^;]{{2,120}}?,\s+{_DATE}")
_DATED_LETTER = lazy(rf"{_LETTER_FORM}[^;]{{2,120}}?,\s+{_DATE}(?=,\s)")
_STARTS_PAPER = lazy(rf"(?i:{_PAPER}|minutes|record)\b[^;]{{0,160}}?,\s+{_DATE}")
_SHORT_QUOTED = r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w.’'-]*){0,3},\s[“\"„«][^”\"“»]{3,160}[”\"“»],?\s(?:pp?\.\s)?\d"
# With the mark of a page, since what stands before it is not looked at.
_SHORT_MARKED = (
    r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:and|und|et|&)\s[A-ZÀ-Þ][\w’'-]+)?,\s[A-ZÀ-Þ][^;,.“\"„«]{2,60},\s(?:pp?\.|S\.|chaps?\.|chs?\.)\s\d[\d–-]*"
    r"(?:\s?ff?\.)?[\s.]*$"
)
_AND = lazy(
    rf",?\s(?:and|und|et)\s+(?=(?:{_LETTER_FORM}|{_NAME}\s{_PAPER}\b[^;,]{{0,40}},\s+{_DATE}|{_SHORT_QUOTED}|{_SHORT_MARKED}))"
)
_BACK = lazy(
    r"(?:,|,?\s(?:und|and|et|e|y|и|i|oraz))\s+"
    r"(?=(?:[Ee]bd|[Ii]bid(?:em)?|[Ee]benda|[Ii]bíd(?:em)?|[Ii]vi|там же|tamże)\b)"
)
# another document behind `as well as`, and the book that an archival source was taken from
_AS_WELL = lazy(
    r",?\s(?:sowie|as well as|ainsi que|así como|nonché|а также)\s+"
    r"(?:(?:das|die|der|den|dem|the|les?|la|el|il)\s+)?(?=\S)"
)
_TAKEN_FROM = lazy(
    r"[,;]\s(?=(?:(?:quoted|cited|printed|reproduced|published)\sin|(?:zit(?:iert|\.)|(?:ab)?gedruckt)\s(?:nach|bei|in)"
    r"|(?:citée?|publiée?|reproduite?)\s(?:par|dans)|citad[oa]\s(?:en|por)|cit(?:ato|ata|\.)\s(?:in|da)|цит\.\sпо)"
    r"\b:?\s)"
)
# what every match has in it: most texts have none, and are not searched
_AND_LETTERS, _BACK_LETTERS = (" and ", " und ", " et "), ("bd", "bid", "benda", "bíd", "ivi", "там же", "tamże")
_AS_WELL_LETTERS = ("sowie ", " well as ", "ainsi que ", "así como ", "nonché ", "а также ")
_TAKEN_LETTERS = (" in ", "zit", "druckt ", " par ", " dans ", " en ", " por ", "cit", "цит.")
_QUOTING_LETTERS = ("quoting", "citing", "quoted", "cited", "zit")
_COMPARED = lazy(r"\s*(?:[Cc]ompare|[Cc]f\.|[Cc]ontrast|[Vv]gl\.|[Cc]omparer)\s")
_WITH = lazy(r",?\s(?:with|mit|avec|to)\s(?=[A-ZÀ-Þ])")
_SMALL_WORD = lazy(rf"\b[^\W\d_{CAPITALS}]")
_MIN_LED = 2  # small words before a signal within a clause, as prose has
_BACK_ALONE = lazy(r"(?:[Ee]bd|[Ii]bid|[Ee]benda)\b[\s.;,]*$")
_SIGNAL = lazy(rf"\b(?:{SIGNALS})\s+(?:die\s+Akten?\s+)?(?=[{CAPITALS}“\"])")
_NEW_LINE = lazy(r"[ \t]*\n\s*")
_SEE = lazy(rf"(?:{SIGNALS})\s|(?:For|On)\b")
_SHORT_TITLE = lazy(
    r"(?:(?:and|und|et)\s+)?[A-ZÀ-Þ][a-zà-ÿ][\w’'-]*(?:\s(?:and|und|et|&)\s[A-ZÀ-Þ][\w’'-]+)?,\s\*?[A-ZÀ-Þ][a-zà-ÿ]+(?:\s[^\W\d][\w’'-]*){1,7}\*?,"
    r"\s(?:(?:op|art)\.\s?cit\.,\s)?(?:[ivx]{1,4},\s)?(?:pp?\.\s?|S\.\s?)?\d[\d–-]*(?:nn?\d+)?(?:,\snn?\.\s\d+)?"
    r"(?:\s?(?:ff?|sqq?)\.?)?[\s.]*(?:$|;)"
)
_SHORT_BACK = lazy(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:and|und|et|&)\s[A-ZÀ-Þ][\w’'-]+)?,\s(?:(?:op|art|loc)\.\s?cit\b|a\.\s?a\.\s?O\.)"
)
_SHORTEST_TITLE = lazy(
    r"(?:(?:and|und|et)\s+)?[A-ZÀ-Þ][a-zà-ÿ][\w’'-]*(?:\s(?:and|und|et|&)\s[A-ZÀ-Þ][\w’'-]+)?,\s\*?(?P<title>[A-ZÀ-Þ][\w’'-]{2,})\*?,\s(?:pp?\.\s?|S\.\s?)?\d[\d–-]*"
    r"(?:,\snn?\.\s\d+)?(?:\s?ff?\.)?[\s.]*(?:$|;)"
)
_NAME_AND_PAGE = r"[A-ZÀ-Þ][a-zà-ÿ][\w’'-]*,\s(?:pp?\.\s?|S\.\s?){}\d[\d–-]*(?:\s?ff?\.)?[\s.]*(?:$|;)"
_MARKED_PAGE = lazy(_NAME_AND_PAGE.format(""))
_BARE_PAGE = lazy(_NAME_AND_PAGE.format("?"))
_SOMEBODY = "Jane Roe, "  # for `ders.`
_YEARS_LAST = lazy(r"\d{4}(?:/\d\d)?\s?[–-]\s?\d{2,4}\.\s*$")
_ENDS_WHOLE = lazy(r"(?:\d|\)|\d\s?ff?)$")
_ENDS_IMPRINT = lazy(r"[.,]\s[A-ZÀ-Þ][\w\s.,’'/-]{1,40}:\s[A-ZÀ-Þ][^.:;\d]{2,60}$")
_BY_THE_SAME = lazy(r"(?:[Dd]ers|[Dd]ies|[Ii]dem|[Ee]adem)\.?(?:/[^,;]{3,80})?(?:\s\([^()]*\))?,\s")
_MAY_CUT = lazy(r";|\.[\s)\]]+\S")  # what may begin another citation stands behind such a mark
_DAY = lazy(r"(?<!\d)\d{1,2}(?!\d)")
_MAX_WORK = 600  # letters of a published citation
_MIN_NAME = 4  # letters of what is dated
_ANY_DIGIT = lazy(r"\d")
_HAS_NUMBER = lazy(r"^(?:(?!https?:).)*\d")
_LOCATED = lazy(
    r"\b(?:[Bb]ox|RG|[Ff]older|Lot|[Ff]ols?|MSS?|Karton|[Ff]ile|carton|caja|leg|busta|Bd|Bl)\b|\d/\d|\b(?:оп|op|ф|d)\.\s?\d"
)
_NUMBER_LAST = lazy(r"\d\S*\s*$")
_JOINED_BEFORE = lazy(r"\s*(?:and|und|et)\s+")
_JOINED_BEHIND = lazy(r"[\s,;]*(?:\s(?:and|und|et))?[\s,;]*$")


def split_note(text: str) -> list[tuple[int, int]]:
    """Return the spans of the citations in a note, in order; commentary between them is in none.

    A text that is one citation, or commentary alone, gives one span; a blank one none.
    """
    if len(text) > MAX_LENGTH:
        return [(0, len(text))]
    spans = [span for start, end in _line_spans(text) for span in _split_line(text, start, end)]
    return [(start, end) for start, end in spans if text[start:end].strip()]


def _line_spans(text: str) -> list[tuple[int, int]]:
    """Return the lines of a text; one that goes on with the citation before it is put to it."""
    if "\n" not in text:
        return [(0, len(text))]
    starts = [0]
    for match in _NEW_LINE.finditer(text):
        ended = "\n" in match.group().strip(" \t\r")[1:] or text[: match.start()].endswith((".", ";"))
        if ended or _STARTS.match(text, match.end()) or IBID.match(text, match.end()):
            starts.append(match.end())
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _split_line(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    line = text[begin:end]
    if line.lstrip(" \t[").startswith("Source:"):
        return [(begin, end)]
    segments = tokenize(line) if _MAY_CUT.search(line) else []
    located = [match.start() for match in _LOCATED.finditer(line)] if len(segments) > 1 else []
    cuts = [0]
    for index, segment in enumerate(segments):
        start = segment.start - (segment.kind in ("quote", "italic"))
        if segment.start and _begins(line, start, index, cuts[-1], segments, located):
            cuts.append(start)
    if len(cuts) > 1 and ";" not in line and _is_whole(line):
        cuts = [0]  # a stop in a title, or before the place
    clauses = list(zip(cuts, [*cuts[1:], len(line)], strict=True))
    clauses = [part for start, stop in clauses for part in _split_clause(line, start, stop)]
    clauses = [_trimmed(line, *part) for start, stop in clauses for part in _works_joined(line, start, stop)]
    cited = [span for start, stop in clauses for span in _citations_in(line, start, stop)]
    return [(begin + start, begin + stop) for start, stop in cited or [(0, len(line))]]


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the span of a clause without the `and` that joins it to its neighbours."""
    if joined := _JOINED_BEFORE.match(text, start, stop):
        start = joined.end() if start else start
    if stop == len(text):
        return start, stop
    behind = _JOINED_BEHIND.search(text[start:stop])
    return start, start + behind.start() if behind else stop


def _begins(text: str, start: int, index: int, begun: int, segments: list[Segment], located: list[int]) -> bool:
    """Return whether a clause begins at `start`, behind a segment's mark; the one before began at `begun`.

    `located` are the places of boxes and the like in the text.
    """
    segment = segments[index]
    mark = segment.before
    if segment.kind == "url":
        return False  # an address belongs to what stands before it, whatever the mark between them
    if mark == ".":
        if _SHORT_WORK.match(text, start):
            return _ANY_DIGIT.search(text, 0, start) is not None
        if text[start].isupper() and start - begun < _MAX_WORK and _is_whole(text[begun:start]):
            years = _YEARS_LAST.search(
                text, max(begun, start - 16), start
            )  # of a title that goes on: `1941–1946. Eine ...`
            return not (years and _is_whole(text[begun : _next_mark(segments, index, ";", len(text))]))
        if _SEE.match(text, start) or OPENING.match(text, start) or IBID.match(text, start):
            return _ANY_DIGIT.search(text, begun, start) is not None or is_prose(text[begun:start])
        if (
            begun
            and is_prose(text[begun:start])
            and not _is_whole(text[begun : _next_mark(segments, index, ";", len(text))])
        ):
            return True
        last = bisect.bisect_left(located, start) - 1
        end = _next_mark(segments, index, ".", len(text))
        led = lead_in(text, start, end)
        return (
            last >= 0
            and located[last] >= begun
            and (is_prose(text[start:end]) or (led > start and _LETTER.match(text, led) is not None))
        )
    if mark != ";" or SHARED.match(text, start):
        return False
    if joined := _JOINED_BEFORE.match(text, start):  # `; and Roe, Docks, 14`
        start = joined.end()
    following = segments[min(index + 1, len(segments) - 1)]
    law = find_gazette(text, start, following.end)
    if law and (law[0] == start or " " not in text[start : law[0]].strip()):
        return True
    forms = (_BY_THE_SAME, _STARTS, _QUOTED, _PUBLISHED, _SHORT_WORK, _SHORT_TITLE, _SHORT_BACK, IBID, OPENING)
    if any(form.match(text, start) for form in forms) or _is_short_title(text, start, begun):
        return True
    end = _next_mark(segments, index, ";", len(text))
    return _other_home(text, start, begun, end) or _is_dated(text, start, end) or _is_whole(text[start:end])


def _is_short_title(text: str, start: int, begun: int) -> bool:
    """Return whether a clause is a name, perhaps a title of one word, and a page: `Woods, Fulbright, 22`.

    `Roe, Box, 5` is none.
    """
    if _MARKED_PAGE.match(text, start) or (_BARE_PAGE.match(text, start) and _BARE_PAGE.match(text, begun)):
        return True
    short = _SHORTEST_TITLE.match(text, start)
    return short is not None and short["title"].casefold() not in gazetteer().first_words


def _is_whole(clause: str) -> bool:
    """Return whether a clause is a published citation up to its page or year, behind which a sentence may begin."""
    clause = clause.strip(" .,;")
    if not _ENDS_WHOLE.search(clause) and not _ENDS_IMPRINT.search(clause):
        return False
    if opened := OPENING.match(clause):
        clause = clause[opened.end() :]
    if same := _BY_THE_SAME.match(clause):
        clause = _SOMEBODY + clause[same.end() :]
    if _SHORT_TITLE.match(clause) or _SHORTEST_TITLE.match(clause) or _SHORT_WORK.fullmatch(clause):
        return True
    work = read_work(clause)
    return work is not None and work.kind != ""


def _next_mark(segments: list[Segment], index: int, mark: str, end: int) -> int:
    """Return where the next segment begins that stands behind such a mark."""
    behind = itertools.islice(segments, index + 1, None)
    return next((other.start for other in behind if other.before == mark), end)


def _is_dated(text: str, start: int, end: int) -> bool:
    """Return whether a clause names a document and its day: `Eintrag Köster, 3. Mai 1923`."""
    date = find_date(text, start, end)
    if date is None or date[0] - start < _MIN_NAME:
        return False
    return _DAY.search(text, *date) is not None and text[start].isupper()


def _split_clause(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the citations of a clause that are joined by `and`, or go back with `ebd.` in the middle of it."""
    cuts = [begin]
    for pattern, letters in ((_AND, _AND_LETTERS), (_BACK, _BACK_LETTERS)):
        if not any(word in text for word in letters):
            continue
        for match in pattern.finditer(text, begin + 1, end):
            if pattern is _BACK and _BACK_ALONE.match(text, match.end(), end):
                continue  # `Roe to Doe, 11 March 1940, ibid.`: the place of that letter
            if pattern is _BACK and any(d.end() == match.start() for d in _DATED_LETTER.finditer(text, cuts[-1], end)):
                continue  # and so is `Roe to Doe, 11 March 1940, ibid., Box 15`
            if _NUMBER_LAST.search(text[cuts[0] : match.start()]) and not is_prose(text[match.end() : end]):
                cuts.append(match.end())
    cuts += _joined_cuts(text, begin, end)
    cuts.sort()
    return [(start, stop) for start, stop in zip(cuts, [*cuts[1:], end], strict=True) if stop > start]


def _works_joined(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the two works of a clause that are joined by words: `Roe, Tides, 30, quoting Doe, Docks, 14`.

    So are `Compare Roe, Tides, 50, with Doe, Docks, 30`. The words between them are in neither.
    """
    compared = _COMPARED.match(text, begin, end)
    quoting = any(word in text for word in _QUOTING_LETTERS)
    for join in (_WITH if compared else QUOTING).finditer(text, begin, end) if compared or quoting else ():
        behind = text[join.end() : end]
        if _is_whole(text[begin : join.start()]) and (_is_whole(behind) or not compared):
            return [(begin, join.start()), (join.end(), end)]  # what is quoted may be kept in an archive
    return [(begin, end)]


def _joined_cuts(text: str, begin: int, end: int) -> list[int]:
    """Return where another citation begins behind `as well as`, or `quoted in` behind the place of an archival one."""
    cuts = []
    if any(word in text for word in _AS_WELL_LETTERS):
        joins = list(_AS_WELL.finditer(text, begin + 1, end))
        edges = [begin, *(match.end() for match in joins)]
        ends = [*(match.start() for match in joins), end]
        located = [_is_located(text, start, stop) for start, stop in zip(edges, ends, strict=True)]
        cuts += [match.end() for match, left, right in zip(joins, located, located[1:], strict=False) if left and right]
    if any(word in text for word in _TAKEN_LETTERS):
        place = _LOCATED.search(text, begin, end)
        for match in _TAKEN_FROM.finditer(text, place.end(), end) if place else ():
            if _ANY_DIGIT.search(text, match.end(), end):
                cuts.append(match.end())
    return cuts


def _is_located(text: str, start: int, end: int) -> bool:
    """Return whether a part of a clause has a place in an archive: a box or the like, or a known body with a number."""
    if _LOCATED.search(text, start, end):
        return True
    return _ANY_DIGIT.search(text, start, end) is not None and any(
        body_in(text, p.start + start, p.end + start, gazetteer()) is not None for p in tokenize(text[start:end])
    )


def _citations_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the citations of a clause: all of it, or of prose those that stand in it; none of commentary alone."""
    clause = text[start:end]
    led_by = len(_SMALL_WORD.findall(clause)) >= _MIN_LED
    signal = _SIGNAL.search(clause) if led_by else None
    if (
        signal
        and signal.start()
        and not _LOCATED.search(clause, 0, signal.start())
        and is_prose(clause[: signal.start()] + " a a a")
    ):
        return [(start + signal.end(), end)]
    led = lead_in(text, start, end)
    if led > start and (letter := _LETTER_WITH_DATE.search(text, led, end)) and letter.start() == led:
        return [(led, end)]
    opened = OPENING.match(clause)
    behind = clause[opened.end() :] if opened else clause
    if not is_prose(behind) or gazetteer().body_at(behind, 0, len(behind)) or _STARTS_PAPER.match(behind):
        return [(start, end)]
    if letter := _LETTER_WITH_DATE.search(text, start, end):
        return [(letter.start(), end)]
    found = citations_in_prose(text, start, end)
    if found or start:
        return found
    return [(start, end)] if _ANY_DIGIT.search(clause) else []


def _other_home(text: str, start: int, begun: int, end: int) -> bool:
    """Return whether another archive begins: a known repository, where one was named already."""
    gaz = gazetteer()
    if joined := _JOINED_BEFORE.match(text, start):
        start = joined.end()
    named = body_in(text, start, end, gaz)
    if not named or not _HAS_NUMBER.search(text[named[1] : end]):
        return False  # `...; f. 5, op. 49; RGANI, Moscow`: the archive of the same citation
    known = gaz.repository(text[named[0] : named[1]])
    if known is None or known.tradition == "digital":
        return False
    if IBID.match(text, begun) or " f. " in text[begun:start]:
        return True
    return any(body_in(text, p.start + begun, p.end + begun, gaz) for p in tokenize(text[begun:start]))
