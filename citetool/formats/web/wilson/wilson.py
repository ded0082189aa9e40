"""Pages of the Wilson Center Digital Archive: a document's cover sheet or web page, with its transcript.

`markdown.py` takes a page apart; here its parts become a record. The citation names both homes of the document: the
site and, behind it, the archive that keeps the original, as free text, which `citetool.parsing` takes apart. The
transcript goes beside the record as it stands on the page, and tells more: its marks of classification, who was
present, what kind of document it is. What was concluded and not read is named in `metadata.inferred`.

Left out: the site's own API and `.ris` files (the latter are RIS; `ris/ris.py` reads them).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.formats.base import Attachment
from citetool.formats.shared.document_text import DocumentFacts, kind_of_title, read_document, with_full_names
from citetool.formats.shared.headings import file_name, key_of, unique
from citetool.formats.shared.languages import language_tag, language_tags
from citetool.lazy_re import lazy
from citetool.names import Name, parse_direct_name, parse_name
from citetool.parsing import read_citation, read_levels
from citetool.problems import InputError, Problem, Where
from citetool.record.kinds import KINDS
from citetool.record.model import Creator, Digital, Draft, File, Holding, Level, Metadata, Record

from .html import html_page
from .markdown import Page, cover_sheet, is_wilson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected

SITE = "Wilson Center Digital Archive"
_LIMIT = 32 << 20


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem | Attachment]:
    """Yield the record of a saved page, then its transcript; problems for the parts that the page does not have.

    Raises InputError with the reason where the text is not a page of a document of this site.
    """
    text = _decoded(stream, options)
    page = _parts(text, options.source)
    record, problems = _record(page, options)
    yield record
    if record.files:
        yield Attachment(record.files[0].path, page.transcript + "\n")
    yield from problems


def _decoded(stream: BinaryIO, options: ReadOptions) -> str:
    data = stream.read(_LIMIT + 1)
    where = Where(options.source)
    if len(data) > _LIMIT:
        raise InputError(Problem(f"the page is larger than {_LIMIT >> 20} MB", where, "save one document a page"))
    try:
        text = data.decode(options.encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        hint = "say which encoding it has, as in --encoding cp1252"
        raise InputError(Problem("the page is not UTF-8 text", where, hint)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(text: str, source: str) -> Page:
    """Return the parts of a page; InputError with the reason where it is not a page of this site."""
    where = Where(source)
    hint = "save the page of one document, with its citation, as text or HTML"
    if not text.strip():
        raise InputError(Problem("the page is empty", where, hint))
    if not is_wilson(text):
        raise InputError(Problem(f"this is not a page of the {SITE}: it does not name the site", where, hint))
    if re.search(r"<(?:!doctype html|html|body|head|main|div)\b", text[:5000], re.I):
        page = html_page(text)
        lacking = "neither a citation nor a source" if not (page.citation or page.source) else ""
    else:
        page = cover_sheet(text)
        lacking = "no citation" if not page.citation else "no citation that names the site" if not page.site else ""
    if lacking or not page.title:
        what = lacking or "no title"
        raise InputError(Problem(f"this is not a document's page of the {SITE}: it has {what}", where, hint))
    return page


def _record(page: Page, options: ReadOptions) -> tuple[Record, list[Problem]]:
    facts = read_document(page.transcript)
    inferred: list[str] = []
    problems: list[Problem] = []

    def problem(message: str, field: str) -> None:
        problems.append(Problem(message, Where(options.source, field=field), severity="warning"))

    source, tail = _without_tail(page.source)
    holdings, rest = _holdings(source)
    date = normalise_date(page.date) or ""
    if page.date and not date:
        problem(f"the date {page.date!r} is not understood", "date")
    for words in rest:
        problem(f"this part of the citation is not understood: {words!r}", "archive")
    key = key_of(page.number or page.url)
    if not key:
        problem("the page does not give its number", "id")
    language, original = _languages(page, inferred)
    kind = _kind(page, facts, inferred)
    creators = _creators(page, facts, holdings[0] if holdings else Holding(), inferred)
    if not creators and kind in _CORRESPONDENCE:
        creators = _correspondents(page.title, inferred)
    creators = (*creators, *tail)
    record = Draft(
        id=key,
        kind=kind,
        title=page.title,
        creators=creators,
        date=date,
        date_text="" if date else page.date,
        language=language,
        original_language=original,
        archive=holdings[0] if holdings else Holding(),
        copies=tuple(holdings[1:]),
        digital=Digital(SITE if "Wilson" in page.site else page.site, page.url, page.number, contents=page.contents),
        markings=_markings(page, facts),
        summary=page.summary,
        subjects=unique([*page.subjects, *page.people, *page.places]),
        notes=unique([f"Subject: {facts.subject}" if facts.subject else "", *facts.copies]),
        rights=page.rights,
        files=_files(page, key, language),
        citation=page.citation or page.source,
        metadata=Metadata(source=SITE, url=page.url, file=file_name(options.source), reader="wilson"),
    )
    if page.transcript and not key:
        record.files = ()
    if page.donors:
        record.extra["donors"] = list(page.donors)
    record.metadata.inferred = tuple(inferred)
    return record, problems


# ---- kind, marks, languages, files


def _kind(page: Page, facts: DocumentFacts, inferred: list[str]) -> str:
    """Return the kind that the page names; else, inferred, that of the title's words or of the document's heading."""
    named = page.kind.strip().lower()
    if named:
        return named if named in KINDS else kind_of_title(page.kind) or named
    kind = kind_of_title(page.title) or facts.kind
    if kind:
        inferred.append("kind")
    return kind or "document"


def _markings(page: Page, facts: DocumentFacts) -> tuple[str, ...]:
    given = [page.classification] if page.classification else []
    known = {mark.casefold() for mark in given}
    return tuple(given + [mark for mark in facts.markings if mark.casefold() not in known])


_OFFERED = lazy(
    r"(transcript(?:ion)?|translation)\s*[-–—:]\s*([^\W\d]+)|([^\W\d]+)\s+(translation|transcript(?:ion)?)", re.I
)


def _offers(page: Page) -> list[tuple[str, str]]:
    """Return what texts the page offers: (`transcript` or `translation`, language tag)."""
    found = []
    for item in page.contents:
        match = _OFFERED.match(item)
        if match:
            what, words = (match.group(1) or match.group(4)), (match.group(2) or match.group(3))
            found.append(("translation" if what.lower() == "translation" else "transcript", language_tag(words)))
    return found


def _languages(page: Page, inferred: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`(language, original_language)`: the second only where a translation is what the page gives."""
    original = language_tags(page.language)
    offers = [tag for _, tag in _offers(page) if tag]
    if not original:
        if offers:
            inferred.append("language")
        return tuple(offers[:1]), ()
    other = [tag for tag in offers if tag not in original]
    if other and not any(tag in original for tag in offers):
        return (other[0],), original
    return original, ()


def _files(page: Page, key: str, language: tuple[str, ...]) -> tuple[File, ...]:
    if not page.transcript:
        return ()
    kinds = [kind for kind, _ in _offers(page)]
    kind = "translation" if kinds and "transcript" not in kinds else "transcript"
    note = "the text as it stands on the page"
    if _renderings(page.transcript) > 1:
        note = "the page gives the text twice; both renderings stand here, with their marks"
    return (File(f"{key}.txt", kind, language[0] if language else "", note),)


def _renderings(text: str) -> int:
    """Return how often the text stands on the page, told by the beginning of its longest paragraph."""
    plain = re.sub(r"\W+", " ", re.sub(r"\[[^\]]{1,40}\]", " ", text))
    longest = max(text.split("\n\n"), key=len)
    words = re.sub(r"\W+", " ", re.sub(r"\[[^\]]{1,40}\]", " ", longest)).split()
    return plain.count(" ".join(words[:12])) if len(words) >= 12 else 1


# ---- homes and people

_VERBS = {
    "translated": "translator", "translation": "translator", "translated and edited": "translator",
    "transcribed": "transcriber", "edited": "editor", "obtained": "contributor", "contributed": "contributor",
    "provided": "contributor", "copy provided": "contributor", "introduced": "contributor",
}  # fmt: skip
_VERB = "|".join(sorted(_VERBS, key=len, reverse=True))
_TAIL = lazy(
    rf"[.;,]?\s*\b((?:{_VERB})(?:,? (?:and )?(?:{_VERB}))*) (?:for (?:CWIHP|the \w+|NKIDP) )?(?:for \w+ )?by\s+"
    r"((?:(?![.;]\s+[A-Z][a-z]+ed\b)[^;])+?)(?=\s*(?:[.;](?:\s|$)(?!\s*[A-Z]\.)|$))",
    re.I,
)


def _without_tail(source: str) -> tuple[str, list[Creator]]:
    """Return the source without `Translated by ...` and its like, and the people whom these name."""
    people: list[Creator] = []
    for match in _TAIL.finditer(source):
        names = [n.strip(" .") for n in re.split(r",\s+(?:and\s+)?|\s+and\s+", match.group(2)) if n.strip(" .")]
        for verb in dict.fromkeys(re.findall(_VERB, match.group(1).lower())):
            people += [Creator(_person(name), _VERBS[verb]) for name in names]
    return _TAIL.sub("", source).strip(" ,;"), people


_BODY = lazy(
    r"\b(?:archives?|center|centre|institut\w*|university|project|library|foundation|ministry|embassy|office|academy|"
    r"program(?:me)?|committee|department|association|museum|cwihp|nkidp)\b",
    re.I,
)


def _person(text: str) -> Name:
    """Return a name without the affiliation in brackets behind it; a body is one literal name."""
    plain = re.sub(r"\s*\([^()]*\)?\s*$", "", text).strip() or text
    if _BODY.search(plain):
        return Name(literal=plain)
    return parse_name(plain) if "," in plain else parse_direct_name(plain)


_MOST_ARCHIVES = 50


def _holdings(source: str) -> tuple[list[Holding], list[str]]:
    """Return the archives that a source names, the first one first, and the words that were not understood."""
    holdings: list[Holding] = []
    rest: list[str] = []
    for part in re.split(r"\s*;\s+(?:and\s+)?", source)[:_MOST_ARCHIVES]:
        if part:
            levels = tuple(_with_stop(level, part) for level in read_levels(part))
            holdings += [Holding(levels)] if levels else []
            rest += [] if levels else [part]
    return holdings, rest


def _with_stop(level: Level, text: str) -> Level:
    """Return the level with the full stop of an abbreviation at its end (`Washington, D.C.`), where the text has it."""
    stopped = f"{level.value}."
    return Level(level.name, stopped) if re.search(r"\.[A-Z]$", level.value) and stopped in text else level


_PAPERS = lazy(r"(?:The )?(.+?) (?:Papers|Collection|Diar(?:y|ies)|Letters|Correspondence|Files)$")


def _creators(page: Page, facts: DocumentFacts, archive: Holding, inferred: list[str]) -> tuple[Creator, ...]:
    """Return authors that the page names, and the people present.

    Somebody present of whom the document gives the family name alone gets the full name from the collection's.
    """
    known = [_person(name) for name in (*page.authors, *page.people)]
    papers = _PAPERS.match(archive.get("collection"))
    if papers:
        known.append(parse_direct_name(papers.group(1)))
    people, filled = with_full_names(facts.people, known)
    authors = [Creator(_person(name)) for name in page.authors]
    names = {str(author.name) for author in authors}
    people = tuple(p for p in people if str(p.name) not in names)
    inferred += [f"creators[{len(authors) + index}].name" for index in filled]
    return (*authors, *people)


_CORRESPONDENCE = frozenset(("letter", "telegram", "cable", "airgram", "dispatch", "memorandum", "diplomatic note"))


def _correspondents(title: str, inferred: list[str]) -> tuple[Creator, ...]:
    """Sender and recipient that the words of a title name: `Telegram from A to B`; both or nobody.

    In which order a name stands the title does not tell, so only initials make a given name.
    """
    reading = read_citation(title)
    if not (reading.creators and reading.recipients):
        return ()
    pairs = [(words, "author") for words in reading.creators] + [(words, "recipient") for words in reading.recipients]
    names = [(re.sub(r"^the\s+", "", words, flags=re.I), role) for words, role in pairs]
    inferred += [f"creators[{number}]" for number in range(len(names))]
    return tuple(
        Creator(parse_direct_name(words) if _INITIALS.match(words) else Name(literal=words), role)
        for words, role in names
    )


_INITIALS = lazy(r"(?:[A-Z]\.\s?){1,3}[A-Z][\w'’-]+$")
