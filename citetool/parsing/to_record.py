"""From a reading to a record: what was read, in the fields of `record.model`, and what was inferred on the way.

A reading has the words of the citation; a record wants names taken apart, levels from small to large, a kind. Whatever
is decided here and does not stand in the citation is named in `metadata.inferred`.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy
from citetool.names import Name, parse_direct_name, parse_name
from citetool.record.keys import make_key
from citetool.record.levels import LEVELS, group_of
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Metadata, Record
from citetool.struct import replace

from .gazetteer import gazetteer
from .people import NOBLE
from .printed_in import publication_of
from .token_types import is_body

if TYPE_CHECKING:
    from .model import Reading
    from .notes.context import Context
    from .published.work import Work

_RANK = {
    "item": 0,
    "folder": 1,
    "container": 2,
    "series": 3,
    "collection": 4,
    "division": 5,
    "repository": 6,
    "place": 7,
}
_OPEN_QUOTE = lazy(r"(?<!\S)[“\"„«](?=\w[^“”\"„«»]*$)")
_CLOSING = {"“": "”", '"': '"', "„": "“", "«": "»"}
_CUT_QUOTE = lazy(r"[^“”\"„«»]*\w([”\"»])(?:\s[^“”\"„«»]*)?$")
_OPENING = {"”": "“", '"': '"', "»": "«"}
_OFFICE = lazy(
    r"(?:Secretary|Under|Deputy|Assistant|President|Minister|Ambassador|Colonel|Col\.|General|Gen\.|Professor|Prof\.|Dr\.|Mrs?\."
    r"|Ms\.|Sir|Lord|Lady|Senator|Governor|Judge|Captain|Capt\.|Major|Admiral|Adm\.|Consul|Chancellor|King|Queen)\s"
)
_BODY_WORDS = lazy(
    r"(?i)\b(?:of|for|embassy|legation|consulate|corporation|company|association|union|league|council|committee|commission"
    r"|office|bureau|board|fund|party|delegation|mission|staff|all|alumni|force|group|coalition|agency)\b"
)
_CLASS_PIECE = lazy(r"([A-Z]{1,5}\s?\d+)/(\S.*)$")
_CAPITAL_PARTICLE = lazy(
    r"((?:[A-ZÀ-Þ][\w.’'-]*\s)*?[A-ZÀ-Þ][\w.’'-]*)\s((?:Di|De|Del|Della|Dal|Dalla|Da|Van|Von|Le|La|Du|Des|Lo)\s[A-ZÀ-Þ][\w’'-]+)$"
)
_HUNGARIAN = lazy(r"\b(?:levele|jelentése|távirata|feljegyzése|előterjesztése)\b")  # words before which names stand
_DATIVE = lazy(r"(?<=[^\W\d_]{2})n[ae]k$")
_LENGTHENED = {"á": "a", "é": "e"}
_FAMILY_FIRST = lazy(r"[^\W\d_][\w'’ -]*,\s[^\W\d_]")
_LETTERS_AND_WORD = lazy(r",\s[A-Z]{2,}\s[A-Z][a-z]")  # `Hansard, HC Deb`: no given name
_ARTICLES = frozenset(  # `the author`, `Der Reichskanzler` have no given name
    ("the", "der", "die", "le", "la", "el", "il", "Der", "Die", "Das")
)
_SINGLE = frozenset(("division", "repository", "place"))
_REFERENCE = frozenset(("fond", "opis", "delo", "list", "papka", "fonds", "class", "piece"))


def to_record(reading: Reading, key: str = "", context: Context | None = None) -> Record:
    """Return the record of a reading.

    Of a short form (`Ibid., p. 3`) that of what it goes back to, with its own levels.

    `key` is the record's id; without one it is `keys.make_key`'s. Short forms that the context knows are written out.
    Nothing is judged here: `reading.confidence` says how much to trust it.
    """
    if reading.source is not None:
        return _of_source(reading, key, context)
    if reading.work is not None:
        return _of_work(reading, reading.work, key)
    inferred: list[str] = []
    kind = _kind(reading, inferred)
    borne = reading.title and not reading.supplied
    place = reading.text("place_from")
    record = Draft(
        id=key,
        kind=kind,
        title=reading.title if borne else "",
        supplied_title="" if borne else reading.title,
        creators=_creators(reading, kind, inferred),
        date=reading.date,
        date_text=reading.date_verbatim if not reading.date or reading.date == "XXXX" else "",
        place=place,
        archive=_holding(reading, context),
        digital=_digital(reading),
        publication=reading.printed or publication_of(reading.texts("container")),
        markings=tuple(reading.texts("marking")),
        notes=tuple(_note(text) for text in (*reading.texts("note"), *reading.texts("remark")) if len(text) > 3),
        citation=reading.string.strip(),
        metadata=Metadata(reader="citation"),
    )
    if not key:
        record.id = make_key(record)
    record.metadata = Metadata(reader="citation", inferred=tuple(inferred))
    return record


def _of_source(reading: Reading, key: str, context: Context | None) -> Record:
    source = reading.source
    assert source is not None
    # a short form may go back to another one, a thousand times in a long document: what is nearest to it counts
    own: list[Level] = []
    names: set[str] = set()
    described: Reading | None = None
    origin = reading
    while origin.source is not None:
        own += [Level(level.name, level.value) for level in origin.levels if level.name not in names]
        names.update(level.name for level in origin.levels)
        if described is None and origin.work is None and (origin.recipients or origin.date or origin.title):
            described = origin
        origin = origin.source
    record = to_record(origin, key, context)
    if described is not None:
        record = _described_by(described, record, key)
    if own:
        kept = tuple(level for level in record.archive.levels if level.name not in names)
        record = replace(record, archive=Holding((*own, *kept)))
    return replace(record, citation=f"{reading.string.strip()} [{source.string.strip()}]")


def _of_work(reading: Reading, work: Work, key: str) -> Record:
    """Return the record of a published work; its kind and names taken apart are inferred."""
    people = [(name, "author") for name in work.authors] + [(name, "editor") for name in work.editors]
    people += [(name, "translator") for name in work.translators]
    creators = tuple(Creator(read_name(name), role) for name, role in people)
    record = Draft(
        id=key,
        kind=work.kind,
        title=work.title,
        creators=creators,
        date=work.date,
        digital=Digital(url=work.url),
        publication=dict(work.data),
        citation=reading.string.strip(),
        metadata=Metadata(reader="citation"),
    )
    if not key:
        record.id = make_key(record)
    apart = [f"creators[{i}].name" for i, c in enumerate(creators) if c.name.family and "," not in people[i][0]]
    record.metadata = Metadata(reader="citation", inferred=(*(["kind"] if work.kind else []), *apart))
    return record


def _described_by(reading: Reading, home: Record, key: str) -> Record:
    """Return the record of another document in the same place: `ibid., Churchill to Menzies, 23 June 1940`."""
    if not (reading.recipients or reading.creators or reading.title or reading.texts("kind")):
        return replace(home, date=reading.date)  # `ibid., 3 May 1950`
    alone = dataclasses.replace(reading, source=None)
    return replace(to_record(alone, key), archive=home.archive)


def _note(text: str) -> str:
    return text.strip(" ()[],;")


# ---- kind


def _kind(reading: Reading, inferred: list[str]) -> str:
    if reading.kind:
        return reading.kind
    if reading.published and not reading.printed:
        return ""
    if reading.recipients:
        inferred.append("kind")
        return "letter"
    names = {group_of(level.name) for level in reading.levels}
    described = reading.title or reading.creators or reading.date
    if "collection" in names and not described and not names & {"item", "folder", "container"}:
        inferred.append("kind")
        return "collection"
    if names and not described and names & {"folder", "container"} and "item" not in names:
        inferred.append("kind")
        return "file"
    return ""


# ---- names


def _creators(reading: Reading, kind: str, inferred: list[str]) -> tuple[Creator, ...]:
    role = "interviewee" if kind in ("interview", "oral history") else "author"
    pairs = [(text, role) for text in reading.creators]
    pairs += [(text, "recipient") for text in reading.recipients]
    for found in ("participant", "interviewer", "translator", "contributor"):
        pairs += [(text, found) for text in reading.texts(found)]
    creators: list[Creator] = []
    hungarian = _HUNGARIAN.search(reading.string) is not None
    for text, found in pairs:
        name = _hungarian_name(text) if hungarian else read_name(text)
        if name.family and "," not in text:
            inferred.append(f"creators[{len(creators)}].name")
        creators.append(Creator(name, found))
    return tuple(creators)


def _hungarian_name(text: str) -> Name:
    """Return a name written in Hungarian: the family's first, without the ending of whom a letter goes to.

    `Kazinczy Ferencnek`, `Kányának`.
    """
    stem = _DATIVE.sub("", text)
    if stem != text:
        stem = stem[:-1] + _LENGTHENED.get(stem[-1], stem[-1])
    words = stem.split()
    if len(words) < 2 or not all(word[0].isupper() for word in words):
        return read_name(stem)
    return Name(family=words[0], given=" ".join(words[1:]))


def read_name(text: str) -> Name:
    """Return the name in a citation: a person's taken apart, a body's, an office or a single word as it is."""
    text = " ".join(text.split())
    words = text.split()
    body = is_body(text, gazetteer()) or _BODY_WORDS.search(text) or _OFFICE.match(text)
    office = bool(words) and words[0][0].islower() and words[0] not in NOBLE  # `directeur politique Seydoux`
    if len(words) < 2 or body or office or words[0] in _ARTICLES or any(char in text for char in "[]()/"):
        return Name(literal=text)
    if _FAMILY_FIRST.match(text):
        return Name(literal=text) if _LETTERS_AND_WORD.search(text) else parse_name(text)
    name = parse_direct_name(text)
    led = _CAPITAL_PARTICLE.match(text)  # `Ennio Di Nolfo`: written large, it belongs to the family's name
    if led and name.family and not led[2].startswith(name.family.partition(" ")[0]):
        return Name(family=led[2], given=led[1])
    return name


# ---- where it is


def _holding(reading: Reading, context: Context | None) -> Holding:
    """Return the levels from small to large; a reference of marks or codes keeps its own order."""
    levels = [_closed(level) for level in reading.levels if level.name not in ("digital", "published_in")]
    if context is not None and context.short_forms:
        levels = [Level(level.name, context.expand(level.value)) for level in levels]
    levels = [part for level in _references(levels, reading) for part in _class_and_piece(level)]
    levels = [_known(level) for level in _even(_with_class(levels))]
    fixed = sum(level.name in _REFERENCE for level in levels) > 1
    return Holding(tuple(sorted(_small_first(levels, fixed=fixed), key=lambda level: _order(level, fixed=fixed))))


def _closed(level: Level) -> Level:
    """Return the level with the quote whole that was cut: `folder “Germany,” box 3`, `“Germany” folder, box 3`."""
    if opened := _OPEN_QUOTE.search(level.value):
        return Level(level.name, level.value + _CLOSING[opened[0]])
    cut = _CUT_QUOTE.match(level.value)
    return Level(level.name, _OPENING[cut[1]] + level.value) if cut else level


def _small_first(levels: list[Level], *, fixed: bool) -> list[Level]:
    """Return the levels in an order in which equal ranks may stay.

    Turned round where the citation begins with the large.
    """
    bodies = [i for i, level in enumerate(levels) if group_of(level.name) in ("repository", "division")]
    below = [i for i, level in enumerate(levels) if group_of(level.name) in ("folder", "container", "series")]
    large_first = bool(bodies and below) and min(bodies) < min(below)
    return levels[::-1] if large_first and not fixed else levels


def _order(level: Level, *, fixed: bool) -> int:
    if fixed and (level.name in _REFERENCE or group_of(level.name) in ("item", "folder", "container", "series")):
        return 0
    return _RANK[group_of(level.name)] + 1


def _references(levels: list[Level], reading: Reading) -> list[Level]:
    """Return the levels with those put together that stand as one reference: at a slash as class and piece (`BArch, N
    1042/5`), at a blank as one level (`I. HA Rep. 90 A`, `DFA 5/345/96`).
    """
    text = " ; ".join(one.string for one in (reading, reading.source) if one)
    found: list[Level] = []
    for level in levels:
        above = found[-1] if found else None
        if above is not None and above.name in _MARKED and not _LONG_WORD.search(above.value):
            if above.name in ("fonds", "collection_id") and f"{above.value}/{level.value}" in text:
                found[-1:] = [Level("class", above.value), Level("piece", level.value)]
                continue
            whole = f"{above.value} {level.value}"
            number = group_of(level.name) in ("folder", "item") and level.value[:1].isdigit()
            if (number or (level.name in _MARKED and not _LONG_WORD.search(level.value))) and whole in text:
                found[-1] = Level(level.name if number else "fonds", whole)
                continue
        found.append(level)
    return found


_MARKED = frozenset(("collection", "fonds", "collection_id", "series", "subseries"))
_LONG_WORD = lazy(r"[^\W\d_]{4,}")  # a name, not a mark


def _class_and_piece(level: Level) -> list[Level]:
    """`FO 371/123` as class and piece, the two levels of The National Archives (UK)."""
    match = _CLASS_PIECE.match(level.value) if level.name == "piece" else None
    return [Level("class", match.group(1)), Level("piece", match.group(2))] if match else [level]


def _with_class(levels: list[Level]) -> list[Level]:
    """Return the levels with the class in full: `CAB 128/1, 128/2` are two pieces of one class."""
    found: list[Level] = []
    last = ""
    for level in levels:
        number, slash, rest = level.value.partition("/")
        if slash and rest and last.endswith(f" {number}") and group_of(_known(level).name) == "item":
            found += [Level("class", last), Level("piece", rest)]
            continue
        last = level.value if level.name == "class" else last
        found.append(level)
    return found


def _even(levels: list[Level]) -> list[Level]:
    """Return levels that can be paired by position where a citation names several places.

    `f. 5, op. 1, d. 3, l. 7; f. 5, op. 2, d. 4` has one list for two places. A record pairs levels that are given
    equally often, so the list would go to the last place: it is joined to the file that it stands beside.
    """
    runs: list[list[Level]] = [[]]
    for level in levels:
        if group_of(level.name) in _SINGLE:
            continue
        if any(level.name == before.name for before in runs[-1]) and level.name != runs[-1][-1].name:
            runs.append([])
        runs[-1].append(level)
    if len(runs) < 2:
        return levels
    common = frozenset.intersection(*(frozenset(level.name for level in run) for run in runs))
    if not common:
        return levels
    smallest = min(_RANK[group_of(name)] for name in common)
    joined: dict[int, Level | None] = {}
    for run in runs[:-1]:
        for place, level in enumerate(run):
            if level.name in common or _RANK[group_of(level.name)] >= smallest:
                continue
            beside = run[place - 1] if place else run[1]
            now = joined.get(id(beside)) or beside
            pair = (now.value, level.value) if place else (level.value, now.value)
            joined[id(beside)] = Level(beside.name, ", ".join(pair))
            joined[id(level)] = None
    return [kept for level in levels if (kept := joined.get(id(level), level)) is not None]


def _known(level: Level) -> Level:
    return level if level.name in LEVELS else Level("item", level.value)


def _digital(reading: Reading) -> Digital:
    name = next((level.value for level in reading.levels if level.name in ("digital", "published_in")), "")
    return Digital(name=name, url=reading.url)


# ---- facts that stand beside a citation


def with_given(record: Record, title: str = "", date: str = "", url: str = "") -> Record:
    """Return the record with what a catalogue gives beside the citation.

    That is not inferred and goes before what was read.

    A date that is no EDTF is normalised, and kept as text where that fails.
    """
    if not (title or date or url):
        return record
    found = normalise_date(date) if date else ""
    digital = replace(record.digital, url=url) if url else record.digital
    return replace(
        record,
        title=title or record.title,
        supplied_title="" if title else record.supplied_title,
        date=found or record.date,
        date_text=date if date and not found else record.date_text,
        digital=digital,
    )
