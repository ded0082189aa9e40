"""COinS: citations hidden in web pages as OpenURL context objects (ANSI/NISO Z39.88-2004, key/encoded-value).

A `span` of class `Z3988` holds in its `title` the keys of one of four formats: book, journal, dissertation, or Dublin
Core, the only one that archival things fit into. The standard has no keys for an archive: its levels go into
`rft.source`, and what else there is into `rft.description` in the form that `carried` takes back.

Left out: OpenURL's own resolvers and services.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from citetool.formats.csl.zotero import zotero_date
from citetool.formats.csl.zotero_fields import archival_type
from citetool.formats.shared import embedded
from citetool.formats.shared.headings import kind_of_genre, own_key, written_date
from citetool.formats.shared.languages import language_tags
from citetool.formats.shared.untitled import addressed, description
from citetool.lazy_re import lazy
from citetool.names import parse_direct_name, parse_name
from citetool.parsing import read_levels
from citetool.problems import InputError, Problem, Where
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Creator, Digital, Draft, Holding, Metadata, Record
from citetool.record.roles import csl_variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected, WriteOptions

_CLASS = lazy(r"""\bclass\s*=\s*["']?[^"'>]*\bZ3988\b""", re.I)
_TITLE = lazy(r"""\btitle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_FORMAT = "info:ofi/fmt:kev:mtx:"
_LIMIT = 64 << 20
_GENRES = {
    "article": "journal article", "book": "book", "bookitem": "chapter", "proceeding": "conference paper",
    "conference": "book", "report": "published report", "document": "document", "preprint": "article",
    "issue": "newspaper", "journal": "newspaper", "unknown": "document", "dissertation": "thesis",
}  # fmt: skip
_VARIABLES = {
    "rft.jtitle": "container-title", "rft.stitle": "container-title-short",
    "rft.volume": "volume", "rft.issue": "issue",
    "rft.pages": "page", "rft.pub": "publisher", "rft.place": "publisher-place", "rft.edition": "edition",
    "rft.series": "collection-title", "rft.tpages": "number-of-pages", "rft.publisher": "publisher",
    "rft.inst": "publisher",
}  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each COinS of a page. Raises InputError where it has none."""
    data = stream.read(_LIMIT)
    words = data.decode(options.encoding or "utf-8", "replace")
    found, line, counted = False, 1, 0
    for at, keys in spans(words):
        found, line, counted = True, line + words.count("\n", counted, at), at
        where = Where(options.source, line)
        record = to_record(keys)
        fields, summary = embedded.from_text(record.summary)
        record.summary = summary
        yield from (Problem(fault, where, severity="warning") for fault in embedded.restore(record, fields or {}))
        yield record
    if not found:
        raise InputError(Problem("there is no COinS in this page", Where(options.source)))


def spans(page: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Place in the page and keys of each COinS, in its order."""
    for at, tag in _span_tags(page):
        title = _TITLE.search(tag) if _CLASS.search(tag) else None
        if title:
            keys: dict[str, list[str]] = {}
            for name, value in parse_qsl(unescape(title.group(1) or title.group(2) or "")):
                keys.setdefault(name, []).append(value)
            if keys:
                yield at, _tidy(keys)


def _span_tags(page: str) -> Iterator[tuple[int, str]]:
    """Each `<span ...>` with its place; one that does not end, ends the search."""
    at = page.find("<span")
    while at >= 0:
        end = page.find(">", at)
        if end < 0:
            return
        yield at, page[at:end]
        at = page.find("<span", end)


def _tidy(keys: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the keys with one blank between the words of their values, and without empty ones."""
    tidy = {name: [" ".join(value.split()) for value in values] for name, values in keys.items()}
    return {name: [value for value in values if value] for name, values in tidy.items()}


def to_record(keys: dict[str, list[str]], metadata: Metadata | None = None) -> Record:
    """Return the record of a context object's keys."""

    def first(*names: str) -> str:
        return next((keys[name][0] for name in names if keys.get(name)), "")

    sort = first("rft_val_fmt").removeprefix(_FORMAT)
    kind = kind_of_genre(first("rft.genre", "rft.type")) if sort == "dc" else _GENRES.get(first("rft.genre"), "")
    kind = kind or {"book": "book", "journal": "journal article", "dissertation": "thesis"}.get(sort, "document")
    archival = kind_of(kind).archival
    article = first("rft.atitle")
    title = article or first("rft.title", "rft.btitle", "rft.jtitle")
    publication = {variable: first(name) for name, variable in _VARIABLES.items() if first(name)}
    if article and not publication.get("container-title"):
        publication["container-title"] = first("rft.title", "rft.btitle")
    if not publication.get("page") and first("rft.spage"):
        publication["page"] = "-".join(filter(None, (first("rft.spage"), first("rft.epage"))))
    date, date_text = written_date(first("rft.date"))
    source = first("rft.source")
    url = next((i for i in (*keys.get("rft_id", ()), *keys.get("rft.identifier", ())) if i.startswith("http")), "")
    creators = tuple(_creators(keys))
    return Draft(
        id=own_key(first("rft.citetool-key")),
        kind=kind,
        title="" if title == description(creators, kind) else title,
        creators=creators,
        date=date,
        date_text=date_text,
        language=language_tags(first("rft.language")),
        archive=Holding(tuple(read_levels(source))) if source and archival else Holding(),
        digital=Digital(url=url),
        publication={} if archival else {name: value for name, value in publication.items() if value},
        summary=first("rft.description"),
        subjects=tuple(keys.get("rft.subject", ())),
        rights=first("rft.rights"),
        identifiers=_identifiers(keys),
        metadata=metadata or Metadata(),
    )


def _creators(keys: dict[str, list[str]]) -> Iterator[Creator]:
    last, given = keys.get("rft.aulast", [""])[0], keys.get("rft.aufirst", [""])[0]
    if last:
        yield Creator(parse_name(f"{last}, {given}" if given else last))
    for words in (*keys.get("rft.au", ()), *keys.get("rft.creator", ())):
        name = parse_name(words) if "," in words else parse_direct_name(words)
        if not (last and last in words):
            yield Creator(name)
    yield from (Creator(parse_name(words)) for words in keys.get("rft.aucorp", ()))
    yield from (Creator(parse_name(words), "contributor") for words in keys.get("rft.contributor", ()))


def _identifiers(keys: dict[str, list[str]]) -> dict[str, str]:
    found = {name: keys[f"rft.{name}"][0] for name in ("isbn", "issn") if keys.get(f"rft.{name}")}
    for words in keys.get("rft_id", ()):
        match = re.match(r"info:(doi|pmid)/(.+)", words)
        if match:
            found[match.group(1)] = match.group(2)
    return found


# ---- writing


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a span a record, a line each, to be put into a page."""
    for record in records:
        pairs = _pairs(record)
        if options.lossless or options.loss:
            lost = embedded.difference(record, to_record(_grouped(pairs)))
            if options.loss:
                options.loss.record_loss(record, lost, carried=options.lossless)
            if lost and options.lossless:
                words = f"{record.summary} {embedded.to_text(lost)}".strip()
                pairs = [*(pair for pair in pairs if pair[0] != "rft.description"), ("rft.description", words)]
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
        yield f'<span class="Z3988" title="{escape(query)}"></span>\n'


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for name, value in pairs:
        keys.setdefault(name, []).append(value)
    return _tidy(keys)


_BOOKS = {"book": "book", "chapter": "bookitem", "report": "report", "paper-conference": "proceeding"}
_JOURNALS = frozenset(("article-journal", "article-magazine", "article-newspaper", "article"))


def _sort(csl: str) -> str:
    if csl in _JOURNALS:
        return "journal"
    return "book" if csl in _BOOKS else "dissertation" if csl == "thesis" else "dc"


def _pairs(record: Record) -> list[tuple[str, str]]:
    csl = csl_type(record.kind, record.type)
    archival = kind_of(record.kind).archival
    sort = "dc" if archival else _sort(csl)
    genre = "article" if sort == "journal" else _BOOKS.get(csl, "") if sort == "book" else record.kind
    genre = "" if sort == "dissertation" else genre
    inside = csl in _JOURNALS or csl == "chapter"
    title = {"journal": "rft.atitle", "book": "rft.atitle" if inside else "rft.btitle"}.get(sort, "rft.title")
    publication = record.publication
    pairs = [
        ("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", _FORMAT + sort), ("rft.genre", genre),
        ("rft.type", archival_type(csl) if sort == "dc" else ""),  # Zotero knows its own words only
        (title, record.any_title or addressed(record.creators, record.kind)
         or description(record.creators, record.kind)),
        ("rft.btitle", publication.get("container-title", "") if csl == "chapter" else ""),
        ("rft.date", zotero_date(record.date, record.date_text)),
        ("rft.language", record.language[0] if record.language else ""), ("rft.citetool-key", record.id),
        ("rft.description", record.summary), ("rft.rights", record.rights), ("rft_id", record.digital.url),
        ("rft.source", _source(record) if archival else ""),
        ("rft_id", f"info:doi/{record.identifiers['doi']}" if "doi" in record.identifiers else ""),
        *((f"rft.{name}", record.identifiers.get(name, "")) for name in ("isbn", "issn")),
        *((name, publication.get(variable, "")) for name, variable in _VARIABLES.items() if not archival),
        *(("rft.subject", subject) for subject in record.subjects),
        *(("rft.creator" if sort == "dc" else "rft.au", str(creator.name)) for creator in record.creators
          if csl_variable(creator.role) in _MAKERS),
        *(("rft.contributor", str(creator.name)) for creator in record.creators
          if csl_variable(creator.role) not in (_MAKERS if record.any_title else _NAMED)),
    ]  # fmt: skip
    unwanted = {"rft.inst", "rft.jtitle" if csl == "chapter" else "", "" if sort == "dc" else "rft.publisher"}
    return [(name, value) for name, value in pairs if value and name not in unwanted]


_MAKERS = frozenset(("author", "director", "performer", "composer"))
_NAMED = _MAKERS | {"recipient"}  # by the fields and by the title made of them


def _source(record: Record) -> str:
    archive = record.archive
    if levels.paired_names(level.name for level in archive.levels):
        parts = (
            levels.reference(archive),
            levels.collection(archive),
            levels.repository(archive),
            levels.place(archive),
        )
        return ", ".join(filter(None, parts))
    return ", ".join(levels.cited(level) for level in archive.levels)
