"""Cite templates of Wikipedia (English), for pasting into an article: `{{cite archive |item=... |repository=...}}`.

Archival records become `cite archive`, which knows fonds, series, file, box and collection; publications the template
of their kind. A value is made safe for templates (`|`, double braces and brackets); what a template has no parameter
for is not said, so this is a format for writing only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.edtf import parse_edtf
from citetool.edtf.model import Date, DateSet, Interval
from citetool.formats.shared.languages import language_name
from citetool.lazy_re import lazy
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.schema import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.edtf.model import Endpoint
    from citetool.formats.base import WriteOptions
    from citetool.names import Name
    from citetool.record.model import Plain, Record

_TEMPLATES = {
    "book": "cite book", "chapter": "cite book", "article-journal": "cite journal", "article-magazine": "cite magazine",
    "article-newspaper": "cite news", "thesis": "cite thesis", "report": "cite report", "webpage": "cite web",
    "post-weblog": "cite web", "paper-conference": "cite conference", "entry-encyclopedia": "cite encyclopedia",
    "map": "cite map", "interview": "cite interview", "speech": "cite speech", "motion_picture": "cite AV media",
}  # fmt: skip
# What a collection's level is called in `cite archive`.
_LEVELS = {
    "fond": "fonds", "fonds": "fonds", "record_group": "fonds", "class": "fonds", "series": "series", "opis": "series",
    "lot": "series", "entry": "series", "file": "file", "file_unit": "file", "folder": "file", "delo": "file",
    "dossier": "file", "piece": "file", "box": "box", "container": "box", "carton": "box", "reel": "box",
    "collection": "collection", "collection_id": "collection-id", "call_number": "item-id", "accession": "accession",
    "list": "page", "page": "page", "item": "item-id", "file_code": "item-id",
}  # fmt: skip
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a template a record, each ending in a newline."""
    for record in records:
        csl = csl_type(record.kind, record.type)
        if record.archive and kind_of(record.kind).archival:
            name, parameters = "cite archive", _archival(record)
        else:
            name = _TEMPLATES.get(csl, "cite web" if record.digital.url else "cite book")
            parameters = _published(record, csl)
        if options.loss:
            options.loss.record_loss(record, _lost(record, name), carried=False)
        given = [f"|{parameter}={_safe(value)}" for parameter, value in parameters if value]
        yield "{{" + " ".join([name, *given]) + "}}\n"


_PRINTED = {
    "digital": ("name", "url", "accessed"),
    "identifiers": ("doi", "isbn", "issn", "pmid", "oclc"),
    "publication": ("container-title", "volume", "issue", "edition", "publisher", "publisher-place", "page"),
}
_ROLES = ("author", "sender", "photographer", "creator", "interviewee", "editor")


def _lost(record: Record, template: str) -> dict[str, Plain]:
    """Return the fields, or parts of fields, that the template has no parameter for."""
    lost: dict[str, Plain] = {}
    held = {"id", "kind", "type", "title", "date", "archive", "language", "date_text" if not record.date else ""}
    held.add("supplied_title" if not record.title else "")
    for name, value in to_plain(record).items():
        if isinstance(value, dict) and name in _PRINTED:
            unused = name != "digital" and template == "cite archive"
            rest = {part: text for part, text in value.items() if unused or part not in _PRINTED[name]}
            lost |= {name: rest} if rest else {}
        elif name == "creators":
            others = [str(creator.name) for creator in record.creators if creator.role not in _ROLES]
            lost |= {name: [*others]} if others else {}
        elif name not in held:
            lost[name] = value
    return lost


def _archival(record: Record) -> list[tuple[str, str]]:
    parameters = [*_names(record.by_role("author", "sender", "photographer", "creator", "interviewee")),
                  ("item", record.any_title), ("type", record.kind), ("item-url", record.digital.url),
                  ("date", written(record.date) or record.date_text)]  # fmt: skip
    archive = record.archive
    taken: dict[str, str] = {}
    paired = levels.paired_names(level.name for level in archive.levels)  # no parameter of its own keeps pairs together
    if paired:
        taken = {"item-id": levels.reference(archive), "collection": levels.collection(archive)}
    for level in archive.levels:
        parameter = _LEVELS.get(level.name)
        if parameter and not paired:
            value = levels.bare(level) if parameter in ("box", "file", "page") else level.value
            taken[parameter] = f"{taken[parameter]}, {value}" if parameter in taken else value
    parameters += taken.items()
    divisions = [level.value for level in levels.in_group(record.archive, "division")]
    repository = [level.value for level in levels.in_group(record.archive, "repository")]
    parameters += [("repository", ", ".join(divisions or repository))]
    parameters += [("institution", ", ".join(repository))] if divisions else []
    parameters += [("location", levels.place(record.archive)), ("via", record.digital.name)]
    return [*parameters, ("access-date", written(record.digital.accessed)), ("language", _language(record))]


def _published(record: Record, csl: str) -> list[tuple[str, str]]:
    given = record.publication
    container = given.get("container-title", "")
    inside = csl == "chapter"
    home = {"article-journal": "journal", "article-magazine": "magazine", "article-newspaper": "newspaper",
            "webpage": "website", "post-weblog": "website", "entry-encyclopedia": "encyclopedia",
            "paper-conference": "book-title"}.get(csl, "work")  # fmt: skip
    return [
        *_names(record.by_role("author", "interviewee")),
        *_names(record.by_role("editor"), "editor-"),
        ("chapter" if inside else "title", record.any_title),
        ("title" if inside else home, container),
        ("date", written(record.date) or record.date_text),
        *((name, given.get(name, "")) for name in ("volume", "issue", "edition", "publisher")),
        ("location", given.get("publisher-place", "")),
        ("pages", given.get("page", "").replace("-", "–")),
        *((name, record.identifiers.get(name, "")) for name in ("doi", "isbn", "issn", "pmid", "oclc")),
        ("url", record.digital.url),
        ("access-date", written(record.digital.accessed)),
        ("language", _language(record)),
    ]


def _names(names: list[Name], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for number, name in enumerate(names, 1):
        mark = str(number) if len(names) > 1 else ""
        if name.literal:
            found.append((f"{prefix or 'author'}{mark}".replace("editor-", "editor"), name.literal))
        else:
            family = f"{name.non_dropping} {name.family}".strip()
            given = " ".join(filter(None, (name.given, name.dropping, name.suffix)))
            found += [(f"{prefix}last{mark}", family), (f"{prefix}first{mark}", given)]
    return found


def written(edtf: str) -> str:
    """Return a date as the templates take it: `26 June 1944`, `Spring 1944`, `c. 1944`, `1940s`, `1944–1945`.

    Of a span that is open at one end the other end stands alone, with the word that says so.
    """
    date = parse_edtf(edtf) if edtf else None
    if isinstance(date, DateSet):
        if len(date.members) == 1 or not date.all_of:
            ends = (date.members[0], date.members[-1])
            return _span(ends[0].start if isinstance(ends[0], Interval) else ends[0],
                         ends[1].end if isinstance(ends[1], Interval) else ends[1])  # fmt: skip
        return ", ".join(written(str(member).replace("..", "/")) for member in date.members)
    if isinstance(date, Interval):
        return _span(date.start, date.end)
    return _day(date) if date else ""


def _span(start: Endpoint, end: Endpoint) -> str:
    """Return two dates with a dash between them, which has blanks where a date has."""
    if not isinstance(start, Date) or not isinstance(end, Date):
        known = start if isinstance(start, Date) else end if isinstance(end, Date) else None
        word = "since " if isinstance(start, Date) else "until "
        return f"{word}{_day(known)}" if known and _day(known) else ""
    first, last = _day(start), _day(end)
    if not first or not last or first == last:
        return first or last
    return f"{first} – {last}" if " " in first + last else f"{first}–{last}"


def _day(date: Date) -> str:
    """Return one date; empty for one without a known year."""
    if date.year is None:
        return ""
    if not date.parts:  # `194X`, `19XX`: decades have a name, wider spans their ends
        first, last = date.earliest[0], date.latest[0]
        return f"{first}s" if last - first == 9 else f"{first}–{last}"
    season = date.season_number
    year, *rest = date.parts
    words = [_SEASONS[season - 1] if season else "", str(rest[1]) if len(rest) > 1 else ""]
    words += [_MONTHS[rest[0] - 1] if rest and not date.season else "", str(year) if year > 0 else f"{1 - year} BC"]
    return ("c. " if date.is_circa else "") + " ".join(filter(None, words))


def _language(record: Record) -> str:
    return "" if record.language[:1] in ((), ("en",)) else language_name(record.language[0]) or record.language[0]


def _safe(value: str) -> str:
    """Return a value that does not end its parameter or template; an address with such marks in percent form."""
    line = " ".join(value.split())
    if re.match(r"https?://\S", line):
        return re.sub(r"[ \[\]{}|<>\"]", lambda m: f"%{ord(m.group()):02X}", line)
    return _ACTIVE.sub(lambda m: "".join(f"&#{ord(c)};" for c in m.group()), line).replace("|", "{{!}}")


# Braces, brackets of links, tags but for italics and such, bold and italics, signatures, switches, beginnings of lists.
_ACTIVE = lazy(r"[{}]|\[\[|\]\]|\[(?=\w+:|//)|<(?!/?(?:i|b|sup|sub)>)|''+|~~~+|__|^[*#:;]")
