"""Read the citations of a text one after the other, each with what it goes back to."""

from __future__ import annotations

from citetool.lazy_re import lazy
from citetool.parsing.classifier import Classifier
from citetool.parsing.model import Reading
from citetool.parsing.published.reading import with_work
from citetool.parsing.reader import Reader
from citetool.parsing.references import marks_behind
from citetool.parsing.scoring import score
from citetool.parsing.signals import IBID, SHARED
from citetool.parsing.spans import Part
from citetool.parsing.tokenizer import tokenize
from citetool.problems import Problem
from citetool.record.model import Level

from .context import Context
from .split import split_note

_OP_CIT = lazy(
    r"(?i),?\s*\b(?:(?:op|art|loc)\.?\s*cit|a\.\s?a\.\s?O|cited above|as above|указ\. соч|цит\. соч)\b\.?,?\s*"
)
_IBID_INSIDE = lazy(r"(?<=[\w)]),?\s(?:ebd|[Ii]bid|ebenda)\b\.?,?\s*")
# Family names: `Roe`, `van der Woude`, `Couve de Murville`, `Lloyd George`. What was cited before says which they are.
_PARTICLES = r"(?:(?:[Vv]an|[Vv]on|[Dd](?:e|er|en|u|es|i|a|el|ella)|[Ll][ae]|[Tt]e[rn]|zu|af|al|el|ben)\s)"
_FAMILY = rf"{_PARTICLES}{{0,3}}(?:[A-ZÀ-Þ][\w’'-]+\s{_PARTICLES}{{0,2}})?[A-ZÀ-Þ][\w’'-]+"
_FAMILIES = rf"{_FAMILY}(?:(?:\s(?:and|und|et|&)\s|\s?/\s?){_FAMILY})?"
_SHORT_TITLE = lazy(
    rf"(?:[A-ZÀ-Þ]\.[\s-]?){{0,3}}(?P<name>{_FAMILIES}),"
    r"\s\*?(?P<title>[^,“\"*()]{3,80})\*?"
    r"(?P<back>\s\((?:(?:wie|s\.|siehe|see|as in|above,?)\s)?(?:above,?\s)?(?:Anm|Fn|FN|n|notes?)\.?\s\d+\))?,"
    r"(?:\s(?:(?:Bd\.|vol\.|t\.)\s)?(?P<volume>(?<=\.\s)\d{1,2}|[IVX]{1,5}),)?"
    r"\s(?:pp?\.|S\.)?\s?(?P<locator>(?:[ivx]{1,4},\s)?(?:\d[\d–, -]*\d|\d+(?:nn?\d+)?)(?:,\snn?\.\s\d+)?"
    r"(?:\s?(?:ff?|sqq?)\b\.?)?|(?:chaps?|ch|chapters?|Kap)\.?\s\d+(?:[–-]\d+)?)[\s.]*$"
)
_SHORT_NAME = lazy(
    rf"(?P<name>{_FAMILIES}),?\s(?:pp?\.|S\.)?\s?"
    r"(?P<locator>\d{1,4}(?:[–-]\d{1,4})?(?:,\s?\d+(?:[–-]\d+)?)*)(?:\s?ff?\.)?[\s.]*$"
)
_THE_SAME = lazy(r"(?:[Dd]ers|[Dd]ies|[Ii]dem|[Ee]adem)\.?(?:\s\((?:Hg|Hrsg)\.\))?,\s")
# the first letters are looked for at once
_MAY_SHARE = lazy(r"[abstв](?:ll|oth|lle|eide|ämtlich|ous|outes|odos|mbos|utti|се)\s")
_VOLUME_AND_PAGE = lazy(
    r"[\s,]*(?:(?:vol|Bd|t|tome|Band)\.?\s(?P<volume>\d{1,2}|[IVXLivxl]{1,6}),\s|(?P<roman>[IVXL]{1,6}),\s|(?P<colon>\d{1,2}):)"
    r"(?:pp?\.\s?|S\.\s?)?(?P<page>\d+(?:\s?[–-]\s?\d+)?(?:\s?ff?\.?)?(?:,\s\d+(?:[–-]\d+)?)*)[\s.]*$"
)
_OP_CIT_HINTS = ("cit", "Cit", "CIT", "above", "a.", "соч")


def read_citation(text: str, context: Context | None = None) -> Reading:
    """Return the reading of a text as one citation; of a note with several the first, the others in a part `further`.

    Commentary behind the citation is a part `remark`.

    Never raises, whatever the text is. The context, where one is given, is read and added to.
    """
    known = context if context is not None else Context()
    (_, end), *further = split_note(text) or [(0, len(text))]
    reading = read_in(text[:end], known)
    behind = further[0][0] if further else end
    if any(map(str.isalnum, text[behind:])):
        behind += len(text[behind:]) - len(text[behind:].lstrip())
        reading.string = text
        reading.parts = (*reading.parts, Part(behind, len(text), "further" if further else "remark"))
    known.remember(reading)
    return reading


def read_citations(text: str, context: Context | None = None) -> list[Reading]:
    """Return the readings of all citations in a text, in order; each `string` is its part of the text.

    A reading that goes back to an earlier one (`Ibid., p. 3`) has it as its `source`. The context, where one is given,
    is read and added to.
    """
    context = context if context is not None else Context()
    readings = []
    for start, end in split_note(text):
        reading = read_in(text[start:end].strip(" ;\t\r\n"), context)
        readings.append(reading)
        context.remember(reading)
    share_levels(readings)
    return readings


def share_levels(readings: list[Reading]) -> None:
    """Give the levels behind `all in` or `both in` to the citations of the note before it that have none of them."""
    for index, last in enumerate(readings):
        shared = next((p for p in last.parts if p.role == "opening" and SHARED.match(last.string, p.start)), None)
        if shared is None:
            continue
        levels = [Level(p.level, last.string[p.start : p.end]) for p in last.parts if p.start >= shared.end and p.level]
        names = {level.name for level in levels}
        for reading in reversed(readings[:index]):
            if reading.source is not None or reading.work is not None or names & {lv.name for lv in reading.levels}:
                break
            reading.given = tuple(levels)
            score(reading, 1.0)


def read_in(text: str, context: Context) -> Reading:
    """Return the reading of one citation of a text, with what it goes back to; the context is not added to."""
    if same := _by_the_same(text, context):
        return same
    ibid = IBID.match(text)
    if ibid:
        return _subsequent(text, ibid.end(), context.last(), Part(0, ibid.end(), "back"), context)
    if within := _within(text, context):
        return within
    if short := _short_title(text, context) or _short_name(text, context):
        return short
    if _MAY_SHARE.search(text) and (shared := SHARED.search(text, 1)):
        return _with_shared(text, shared.start(), shared.end(), context)
    reading = with_work(Reader(text, context.gazetteer).read())
    hinted = any(word in text for word in _OP_CIT_HINTS)
    if hinted and (cited := _OP_CIT.search(text)):
        bare = Reader(text[: cited.start()], context.gazetteer).read()
        names = [*bare.creators, *bare.recipients] or ([bare.title] if bare.title else [])
        source = context.find(names, bare.title)
        found = _subsequent(text, cited.end(), source, Part(cited.start(), cited.end(), "back"), context)
        found.parts = (*bare.parts, *found.parts)
        return found
    whole_work = reading.work is not None and reading.work.kind != ""
    if reading.work is not None and not whole_work:  # another title is another work
        name = next(iter(reading.work.authors), "")
        reading.source = context.find_work(name, reading.work.title) if name else None
    elif not reading.levels and not whole_work and (reading.recipients or reading.title):
        reading.source = context.find([*reading.creators, *reading.recipients], reading.title, reading.date)
    if reading.source is not None:
        reading.confidence = reading.source.confidence
        reading.problems = ()
    return reading


def _subsequent(text: str, begin: int, source: Reading | None, back: Part, context: Context) -> Reading:
    """Return a short form: what it says itself (a page, another box, a letter), and what it goes back to."""
    if in_volume := _in_volume(text, begin, source, back):
        return in_volume
    own = max(marks_behind(text, begin, source.tradition) if source else [], _own_levels(text, begin, context), key=len)
    rest = Reader(text[begin:], context.gazetteer).read()
    described = bool(rest.recipients or (rest.date and (rest.title or rest.creators)) or rest.kind)
    described = described or (source is not None and _is_date(rest, text[begin:]))
    if described or (not own and rest.levels):
        own = [Part(p.start + begin, p.end + begin, p.role, p.level) for p in rest.parts]
    reading = Reading(text, (back, *own), kind=rest.kind or (source.kind if source else ""))
    reading.source = source
    if described:
        reading.date, reading.supplied = rest.date, rest.supplied
    if source is None:
        message = f"{text[back.start : back.end].strip(' ,')!r} goes back to nothing that was read before"
        reading.problems = (Problem(message, severity="warning"),)
    else:
        reading.tradition, reading.confidence = source.tradition, source.confidence
    return reading


def _in_volume(text: str, begin: int, source: Reading | None, back: Part) -> Reading | None:
    """Return the reading of another volume of the work before: `ibid., III, p. 45`, `ebd., Bd. 2, S. 45`."""
    found = _VOLUME_AND_PAGE.match(text, begin)
    origin = _origin(source)
    if found is None or origin is None or origin.work is None:
        return None
    volume = found["roman"] or found["volume"] or found["colon"]
    work = origin.work._replace(locator=f"{volume}:{found['page']}")
    parts = (back, Part(found.start(), found.end("page"), "locator"))
    return Reading(text, parts, published=True, work=work, source=source, confidence=origin.confidence)


def _is_date(rest: Reading, text: str) -> bool:
    """Return whether a short form names another day, and nothing beside it: `ibid., 3 May 1950`."""
    return bool(rest.date) and {part.role for part in rest.parts} == {"date"} and not rest.unread and text[:1] != "("


def _with_shared(text: str, end: int, begin: int, context: Context) -> Reading:
    """Return the reading of a document and of the location behind `all in`, which others have as well."""
    reading = Reader(text[:end], context.gazetteer).read()
    place = Reader(text[begin:], context.gazetteer).read(only_location=True)
    moved = [Part(p.start + begin, p.end + begin, p.role, p.level) for p in place.parts]
    reading.string = text
    reading.parts = (*reading.parts, Part(end, begin, "opening"), *moved)
    return score(reading, 1.0)


def _own_levels(text: str, begin: int, context: Context) -> list[Part]:
    """Return the levels and bare pages that stand behind a form that goes back."""
    classifier = Classifier(text, context.gazetteer)
    parts = []
    for segment in tokenize(text[begin:]):
        segment.start, segment.end = segment.start + begin, segment.end + begin
        for token in classifier.split(segment):
            if token.type in ("level", "number"):
                parts.append(Part(token.start, token.end, "level", token.level or "page"))
    return parts


def _by_the_same(text: str, context: Context) -> Reading | None:
    """Return the reading of `dies., Titel, Berlin 1988`: another work of the author of the one before."""
    same = _THE_SAME.match(text)
    before = _origin(context.last()) if same else None
    if same is None or before is None or before.work is None:
        return None
    name = next(iter(before.work.authors or before.work.editors), "")
    for lead in (f"{name}, ", f"{name.split()[-1] if name else ''}, "):
        reading = read_in(lead + text[same.end() :], context)
        if reading.work is None or not (reading.work.kind or reading.source):
            continue
        moved = same.end() - len(lead)
        kept = [Part(p.start + moved, p.end + moved, p.role, p.level) for p in reading.parts if p.start >= len(lead)]
        reading.string, reading.parts = text, (Part(0, len(same[0].rstrip(" ,")), "creator"), *kept)
        return reading
    return None


def _short_title(text: str, context: Context) -> Reading | None:
    """Return the reading of `Roe, Long Road, 14` where a work of that name with these words in its title was cited."""
    short = _SHORT_TITLE.match(text)
    source = context.find_work(short["name"], short["title"]) if short else None
    if short is None or source is None or source.work is None:
        return None
    roles = (("name", "creator"), ("title", "title"), ("back", "back"), ("volume", "locator"), ("locator", "locator"))
    parts = tuple(Part(*short.span(group), role) for group, role in roles if short[group])
    parts = (Part(0, parts[0].end, "creator"), *parts[1:])  # with the initials before it
    volume = f"{short['volume']}:" if short["volume"] else ""
    work = source.work._replace(locator=f"{volume}{short['locator']}")
    return Reading(text, parts, published=True, work=work, source=source, confidence=source.confidence)


def _short_name(text: str, context: Context) -> Reading | None:
    """Return the reading of `Roe, p. 14` or `Roe, 14` where a published work of that author was cited before."""
    short = _SHORT_NAME.match(text)
    source = _origin(context.find([short["name"]], "")) if short else None
    if short is None or source is None or source.work is None:
        return None
    parts = (Part(*short.span("name"), "creator"), Part(*short.span("locator"), "locator"))
    work = source.work._replace(locator=short["locator"])
    return Reading(text, parts, published=True, work=work, source=source, confidence=source.confidence)


def _origin(reading: Reading | None) -> Reading | None:
    """Return what a short form goes back to in the end; a reading that goes back to none itself."""
    while reading is not None and reading.source is not None:
        reading = reading.source
    return reading


def _within(text: str, context: Context) -> Reading | None:
    """Return the reading of a document whose place goes back: `Gutachten des Reichsrates ebd., GA. 704/1860`."""
    if "bid" not in text and "eb" not in text:
        return None  # most texts have none of the letters
    inner = _IBID_INSIDE.search(text)
    if inner is None:
        return None
    described = Reader(text[: inner.start()], context.gazetteer).read()
    found = _subsequent(text, inner.end(), context.last(), Part(inner.start(), inner.end(), "back"), context)
    found.parts = (*described.parts, *found.parts)
    found.date, found.kind, found.supplied = described.date, described.kind, described.supplied
    return found
