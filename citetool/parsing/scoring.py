"""The confidence in a reading, and what stands against it: prose, a publication, or words that were not understood.

`confidence` says how probable it is that all was read rightly; what speaks against an archival source (a publisher, a
sentence, no archive) sets a limit to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.problems import Problem

from .confidence import features, is_home, is_told, probability
from .folding import CAPITALS, word_set
from .gazetteer import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Level

    from .model import Reading
    from .spans import Part

_BOOK = lazy(
    r"\((?:[A-Z][\w. -]+(?:, [A-Z][\w. ]+)?: )?[^()]*(?:Press|Publish\w*|Verlag|Books|Éditions|Editions|Sons"
    r"|& Co|Company|Macmillan|Houghton|Routledge|Brill|Springer|Penguin|Knopf|Norton|Random House|Palgrave"
    r"|Oxford|Cambridge)[^()]*,? \d{4}\)"
    r"|\b(?:ISBN|doi:|https?://doi\.org)|\b\d+, no\. \d+ \([^)]*\d{4}\)|\bvol\. \d+ \(\d{4}\)|\beds?\. [A-Z]"
    r"|: (?:Government Printing Office|GPO|[A-Z]\w+ University Press|[A-Z]\w+ Press|[A-Z]\w+ Books),? \d{4}"
)
_PROSE = word_set(
    "is was were are has have had that which who this these would could should will can not he she it they we you"
)
_SMALL = lazy(rf"\b[^\W\d_{CAPITALS}]{{3,}}")
_LARGE = lazy(rf"\b[{CAPITALS}]")
_SPEAKING = frozenset(("remark", "opening", "blank", "contributor", "translator", "note"))
_WORD = lazy(r"[^\W\d_]+")
MAX_LENGTH = 4000  # letters: no citation is longer


_PRINTED = lazy(
    r"\([A-Z][\w .,]+: [^():]{2,60},? (?:19|20|18)\d\d\)"  # (New York: Vintage, 1996)
    r"|\b\d+ ?\((?:[\w-]+ )?\d{4}\)[:,] ?(?:pp?\. ?)?\d|\b\d{1,5}\(\d+\)[,:] ?\d+[-–]\d"  # 25 (July 1947): 566
    r"|\b(?:Ph\.? ?D\.?|[Dd]octoral|M\.?A\.?) (?:diss|thesis)|\bDiss\. "
    r"|\b[^\W\d_]{3,30} \d{4}, (?:S|p|pp)\. \d|, \d{4}, (?:p|pp|S|с|С)\. \d|: [А-Я][^:]{2,80}, \d{4}\. С\. \d"
    r"|[.,] (?:[A-Z][a-z]+ ?){1,3}: [A-Z][^:,;\d]{2,50}, (?:1[6-9]|20)\d\d\.?(?= |$)"  # New York: Penguin, 1996
    r"|\bHearings, \d+\w+ Cong\.|\bin: [A-Z].+\(Hg\.\)|, Heft \d+, \d{4}"
)
_NEWSPAPER = lazy(
    r"(?:^|, |” |\" )(?:The )?(?:[A-Z][\w.]+ ){0,3}(?:Times|Post|Herald|Tribune|Daily \w+|Gazette|Zeitung|Guardian"
    r"|Observer|Pravda|Izvestiia|Monde|Figaro|Spiegel|Sun|Globe|Journal|Chronicle|Examiner|Telegraph|News)\*?,? "
    r"(?:on )?\(?(?:[A-Z][a-z]+|\d)"
)
_SERIAL = lazy(
    r"Foreign Relations of the United States|\bFRUS\b|Congressional Record|Public Papers of the Presidents"
    r"|Statutes at Large|Documents on (?:British|German|Australian|Canadian)|Weekly Compilation|Cong\. Rec\."
    r"|\b\d+ (?:U\.S\.|F\.2d|Stat\.) \d+"
)
_KEPT = word_set(
    "repository parent_institution division box container carton record_group fond fonds piece lot reel roll "
    "collection_id"
)


_CONTAINED = word_set("box container carton record_group fond opis delo lot reel roll piece fonds")
_HOMES = word_set(
    "repository parent_institution division collection record_group fond fonds piece collection_id lot digital"
)
_BODIES = frozenset(("repository", "division"))
_YEAR = lazy(r"\b(?:1[5-9]|20)\d\d\b")
_SENTENCE = 6  # words that begin small
_NO_ARCHIVE = 0.2  # at most, of prose and what looks like a publication
_HOMELESS = 0.4  # at most, of a box whose archive is not named
_PRINTED_IN = 0.85  # of a document whose people or title and date are read, and its edition
_FEW_WORDS = 8
_MUCH = 0.25  # of the words
_UNREAD = 0.7  # what is taken off where no word was read
_PROSE_SHARE = 0.08  # of the words: pronouns and auxiliary verbs, which citations lack


def looks_published(text: str, parts: Iterable[Part]) -> bool:
    """Return whether a citation is that of a publication: it names one, and nothing in it that only an archive has."""
    if any(part.role == "level" and part.level in _KEPT for part in parts):
        return False
    return any(pattern.search(text) for pattern in (_BOOK, _SERIAL, _PRINTED, _NEWSPAPER))


def score(reading: Reading, fit: float) -> Reading:
    """Return the reading with its confidence (0 to 1) and its problems.

    `fit` says how well the order of its levels fits.
    """
    reading.fit = fit
    reading.confidence, reading.problems = _scored(reading, fit)
    return reading


def unread_share(reading: Reading) -> float:
    """Return the share of the words of a citation that no part of its reading covers."""
    unread = reading.unread
    if not unread:
        return 0.0
    count = max(1, len(_WORD.findall(reading.string)))
    return sum(len(_WORD.findall(gap)) for gap in unread) / count


def _scored(reading: Reading, fit: float) -> tuple[float, tuple[Problem, ...]]:
    text = reading.string
    if not text.strip():
        return 0.0, (Problem("there is no citation here", severity="warning"),)
    if len(text) > MAX_LENGTH:
        return 0.0, (Problem("too long for a citation", hint="give one citation at a time", severity="warning"),)
    problems: list[Problem] = []
    unread = unread_share(reading)
    score = probability(features(reading, fit, unread)) * (1 - _UNREAD * unread)
    if not any(level.name not in ("place", "page") for level in reading.levels) and _is_own(reading):
        problems.append(Problem("no archive is named: it is the author's own", severity="info"))
        score = min(score, _HOMELESS)
    elif not any(level.name not in ("place", "page") for level in reading.levels):
        problems.append(Problem("no archive, collection or box was found", severity="warning"))
        score = min(score, _NO_ARCHIVE)
    elif not any(_is_home(level, reading) for level in reading.levels) or _is_told_of(reading):
        problems.append(Problem("no archive or collection is named", severity="info"))
        score = min(score, _HOMELESS)
    if reading.printed:
        problems = []
        score = (_PRINTED_IN if _is_described(reading) else _HOMELESS) * (1 - _UNREAD * unread)
    elif reading.published or _may_be_printed(reading):
        problems.append(Problem("this looks like a publication, not like an archival source", severity="warning"))
        score = min(score, _NO_ARCHIVE)
    said = _WORD.findall(text.casefold())
    if len(said) > _FEW_WORDS and (_prose_share(reading, said) > _PROSE_SHARE or _is_small(reading)):
        problems.append(Problem("this looks like prose, not like a citation", severity="warning"))
        score = min(score, _NO_ARCHIVE)
    if unread > _MUCH:
        problems.append(Problem("much was not understood", hint=f"left over: {reading.rest!r}", severity="info"))
    if reading.date_verbatim and not reading.date:
        message = f"the date {reading.date_verbatim!r} can be read in several ways or in none"
        problems.append(Problem(message, severity="warning"))
    return round(score, 2), tuple(problems)


_THE_AUTHOR = lazy(r"(?i)(?:the |de[nmr] |el |l[’']|o )?(?:authors?|verfasser(?:s|in)?|autore?|auteur|автор(?:ом|у)?)$")


def _is_own(reading: Reading) -> bool:
    """Return whether the author of the text held an interview or got a letter, which no archive has to keep."""
    if not reading.date or not reading.creators:
        return False
    return any(_THE_AUTHOR.match(name) for role in ("interviewer", "recipient") for name in reading.texts(role))


def _is_described(reading: Reading) -> bool:
    """Return whether it is told which document of an edition is cited: who wrote it or what it is, and when."""
    return bool((reading.creators or reading.kind or reading.title) and reading.date)


def _is_home(level: Level, reading: Reading) -> bool:
    """Return whether a level names an archive, or a collection by more than its place; or is a code of one archive."""
    if level.name == "collection":
        return is_told(level, reading.tradition, gazetteer())
    return level.name in _HOMES or is_home(level.value)


def _is_told_of(reading: Reading) -> bool:
    """Return whether all there is is a body that no table knows, with a year in it, as a sentence has: no name has."""
    levels = reading.levels
    return (
        len(levels) == 1
        and levels[0].name in _BODIES
        and _YEAR.search(levels[0].value) is not None
        and gazetteer().repository(levels[0].value) is None
    )


def _prose_share(reading: Reading, said: list[str]) -> float:
    """Return the share of words of sentences among all that are said, those aside that stand where they may."""
    count = sum(map(_PROSE.__contains__, said))
    return (count - _quoted_prose(reading)) / len(said) if count else 0.0


def _quoted_prose(reading: Reading) -> int:
    """Return how many words of sentences stand in a title in quotes, in remarks and opening words, where they may."""
    roles = ("remark", "opening") if reading.supplied else ("remark", "opening", "title")
    quoted = (reading.string[p.start : p.end].casefold() for p in reading.parts if p.role in roles)
    return sum(word in _PROSE for text in quoted for word in _WORD.findall(text))


def _may_be_printed(reading: Reading) -> bool:
    """Return whether a citation has the form of a printed work, and no box or known archive speaks against it."""
    gaz = gazetteer()
    if any(lv.name in _CONTAINED or (lv.name == "repository" and gaz.repository(lv.value)) for lv in reading.levels):
        return False
    return _BOOK.search(reading.string) is not None or _PRINTED.search(reading.string) is not None


def _is_small(reading: Reading) -> bool:
    """Return whether most words begin with a small letter, as in sentences; names, titles and levels do not."""
    text = reading.string
    small = len(_SMALL.findall(text))
    if small < _SENTENCE:
        return False
    quoted = [p for p in reading.parts if p.role in _SPEAKING or (p.role == "title" and not reading.supplied)]
    small -= sum(len(_SMALL.findall(text, p.start, p.end)) for p in quoted)
    large = len(_LARGE.findall(text)) - sum(len(_LARGE.findall(text, p.start, p.end)) for p in quoted)
    return small >= _SENTENCE and 2 * small > 3 * large
