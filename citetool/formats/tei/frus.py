"""TEI of *Foreign Relations of the United States*: each document of a volume with its source note.

A document has a head made by the editors (a supplied title, with kind, sender and recipient), a dateline, and a note
that says where the original lies, how it was classified and who drafted it. The path in the note is taken apart by
`citetool.parsing` and marked as inferred; a note that names a printed source gives no holding. The volume is what the
document was published in.

A TEI file without documents is read as the one publication that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citetool.edtf import parse_edtf
from citetool.edtf.written import normalise_date
from citetool.formats.shared.headings import file_name, heading_name, key_of, unique
from citetool.formats.shared.languages import language_tag
from citetool.lazy_re import lazy
from citetool.names import Name, parse_direct_name
from citetool.problems import CitetoolError, InputError, Problem, Where
from citetool.record.kinds import KINDS
from citetool.record.model import Creator, Digital, Draft, Metadata, Record
from citetool.xmlio import Element, XmlEvents, attribute, child, children, descendants, local_name, text_of

from .frus_source_note import read_note, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

SITE = "https://history.state.gov/historicaldocuments"
_PUBLISHER = "Office of the Historian, U.S. Department of State"
# What is not of the text in a head: notes and page numbers.
_APART = ("note", "pb")


@dataclass(slots=True)
class _Volume:
    """The facts that hold for all documents: id and title of the volume, and who published it, where and when."""

    id: str = ""
    title: str = ""
    short_title: str = ""
    publisher: str = ""
    place: str = ""
    date: str = ""
    language: str = ""


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield the documents in the order of the volume, or the volume; raises InputError where it is not TEI."""
    ends = ("div", "div1", "div2", "div3", "teiHeader")
    events = XmlEvents(stream, options.source, start=("TEI",), end=ends, encoding=options.encoding)
    volume: _Volume | None = None
    header: Element | None = None
    given = False
    for kind, name, element in events:
        if kind == "start":
            volume = _Volume(attribute(element, "id"), language=language_tag(attribute(element, "lang")))
        elif name == "teiHeader":
            volume = _read_header(element, volume or _Volume())
            header = element
        elif attribute(element, "type") == "document":
            given = True
            record = _document(element, volume or _Volume())
            record.metadata.file = file_name(options.source)
            yield record
            events.forget(element)
    if volume is None or (header is None and not given):
        raise InputError(
            Problem("this is not TEI: it has no header and no document", Where(options.source)), *events.problems
        )
    if not given and header is not None:
        yield _publication(volume, header, options)
    yield from events.problems


# ---- the volume


def _read_header(header: Element, volume: _Volume) -> _Volume:
    titles = list(descendants(child(header, "fileDesc", "titleStmt"), "title"))
    by_type = {attribute(e, "type"): text_of(e) for e in reversed(titles)}
    volume.title = by_type.get("complete") or by_type.get("main") or next((text_of(e) for e in titles), "")
    volume.short_title = by_type.get("short", "")
    published = child(header, "fileDesc", "publicationStmt")
    volume.publisher = text_of(child(published, "publisher"))
    volume.place = text_of(child(published, "pubPlace"))
    volume.date = _day(child(published, "date"))
    return volume


def _publication(volume: _Volume, header: Element, options: ReadOptions) -> Record:
    """Return a TEI file as a book: title, authors and editors, publisher."""
    statement = child(header, "fileDesc", "titleStmt")
    people = [(e, "author") for e in children(statement, "author")] + [
        (e, "editor") for e in children(statement, "editor")
    ]
    pairs = {"publisher": volume.publisher, "publisher-place": volume.place}
    return Draft(
        id=key_of(volume.id),
        kind="book",
        title=volume.title,
        short_title=volume.short_title,
        creators=tuple(Creator(_spoken_name(text_of(e)), role) for e, role in people if text_of(e)),
        date=volume.date,
        language=(volume.language,) if volume.language else (),
        publication={name: text for name, text in pairs.items() if text},
        metadata=Metadata(file=file_name(options.source), reader="frus"),
    )


def _spoken_name(text: str) -> Name:
    return heading_name(text) if "," in text else parse_direct_name(text)


# ---- a document


def _document(div: Element, volume: _Volume) -> Record:
    head = tidy(text_of(child(div, "head"), skip=_APART))
    number = attribute(div, "n") or text_of(child(div, "docNumber"))
    head = re.sub(rf"^\[?{re.escape(number)}\.?\]?\s*", "", head) if number else head
    date, date_text = _date(div)
    own_id = attribute(div, "id")
    record = Draft(
        id=key_of(f"{volume.id}-{own_id}" if volume.id and own_id else own_id),
        kind=_kind(head),
        title=tidy(text_of(child(div, "docTitle"))),
        supplied_title=head,
        date=date,
        date_text=date_text,
        place=_place(div),
        language=(volume.language,) if volume.language else (),
        summary="\n".join(unique([tidy(text_of(e, skip=_APART)) for e in _subject_items(div)])),
        markings=unique([m for e in children(div, "classification") for m in re.split(r"\s*;\s*", text_of(e))]),
        publication={name: text for name, text in (("container-title", volume.title), ("section", number)) if text},
        metadata=Metadata(source=volume.title, reader="frus"),
    )
    inferred: list[str] = []
    if volume.id.startswith("frus") and own_id:
        record.digital = Digital(name=_PUBLISHER, url=f"{SITE}/{volume.id}/{own_id}")
        record.metadata.url = record.digital.url
        inferred.append("digital")
    creators = [*_people(div, head), *_noted(record, _source_note(div), inferred)]
    if not any(c.role == "author" for c in creators):
        creators = [*_signed(div), *creators]
    if code := _document_number(div):
        record.identifiers["document_number"] = code
    record.creators = tuple(creators)
    record.metadata.inferred = tuple(inferred)
    return record


def _noted(record: Record, note: str, inferred: list[str]) -> list[Creator]:
    """Fill in what a source note says; gives who drafted the document."""
    if not note:
        return []
    said = read_note(note)
    record.archive = said.archive
    record.markings = record.markings or said.markings
    record.notes = (note,)
    if said.archive:
        inferred.append("archive")
    if said.printed:
        record.extra["printed_source"] = said.printed
    return [Creator(Name(literal=name), "drafter") for name in said.drafters]


_KINDS = sorted((k for k, v in KINDS.items() if v.archival), key=len, reverse=True)
_KIND = lazy(rf"(?i)(?:{'|'.join(map(re.escape, _KINDS))})\b")
_SPECIAL = (
    (
        re.compile(r"(?i)(?:special )?national intelligence estimate|intelligence (?:estimate|memorandum)"),
        "intelligence estimate",
    ),
    (re.compile(r"(?i)editorial note"), "editorial note"),
    (re.compile(r"(?i)(?:national security \w+|presidential)\s?(?:decision )?directive"), "directive"),
    (re.compile(r"(?i)national security \w+ memorandum"), "memorandum"),
    (re.compile(r"(?i)(?:summary of )?(?:minutes|notes) of|summary of (?:discussion|conclusions)"), "minutes"),
    (re.compile(r"(?i)record of (?:a |the )?(?:meeting|conversation|discussion)"), "minutes"),
    (re.compile(r"(?i)(?:paper|study|briefing)\b"), "policy paper"),
)


def _kind(head: str) -> str:
    """Return the kind that a head begins with (`Telegram From ...`); `document` where it names none."""
    for pattern, kind in _SPECIAL:
        if pattern.match(head):
            return kind
    match = _KIND.match(head)
    if match:
        return match[0].casefold()
    inside = re.search(
        r"(?i)\b(telegram|letter|memorandum|note|despatch|dispatch|circular|airgram|report|message)\b", head
    )
    words = {"despatch": "dispatch", "note": "diplomatic note", "message": "telegram"}
    return words.get(inside[1].casefold(), inside[1].casefold()) if inside else "document"


_FROM_TO = lazy(r"^.*?\bFrom (?P<sender>.+?)(?: to (?P<to>(?:the |President |[A-Z]).+))?$")
_TITLED_TO = lazy(r"^(?P<sender>The .+?\(.+?\)|.+?) to (?P<to>.+)$")


def _people(div: Element, head: str) -> list[Creator]:
    """Sender and recipient: as the head marks them up, else as its words have them."""
    top = child(div, "head")
    marked = {"from": "author", "to": "recipient"}
    found = [
        _party(tidy(text_of(e, skip=_APART)), marked[attribute(e, "type")])
        for e in descendants(top, "gloss", "persName", "orgName")
        if attribute(e, "type") in marked
    ]
    if found:
        return found
    match = _FROM_TO.match(head)
    if match is None and re.match(r"The [A-Z]", head):
        match = _TITLED_TO.match(head)  # older volumes: `The Ambassador in Germany (Dodd) to the Secretary of State`
    if match is None:
        return []
    parties = [_party(match["sender"], "author")]
    return [*parties, _party(match["to"], "recipient")] if match["to"] else parties


def _party(text: str, role: str) -> Creator:
    """One sender or recipient; `the Assistant Secretary (Ridgway)` is Ridgway with that office."""
    text = re.sub(r"^[Tt]he\s+", "", text.strip(" ,;."))
    held = re.fullmatch(r"(.+?)\s*\(([^()\d]{2,40})\)", text)
    if held and not re.search(r"(?i)\b(?:acting|temporar|continued)", held[2]):
        return Creator(Name(literal=held[2].strip()), role, held[1].strip())
    return Creator(Name(literal=text), role)


def _signed(div: Element) -> list[Creator]:
    names = [text_of(e, skip=_APART) for e in descendants(div, "signed")]
    own = [re.sub(r"^\[|\]$", "", name).strip(" ,") for name in names]
    return [
        Creator(parse_direct_name(name), "author") for name in unique(own)[:1] if re.fullmatch(r"[^\d:]{3,40}", name)
    ]


def _date(div: Element) -> tuple[str, str]:
    for e in descendants(div, "dateline", "docDate"):
        if local_name(e) == "docDate":
            return _day(e), ""
        dates = list(descendants(e, "date"))
        if dates:
            words = tidy(text_of(dates[0], skip=_APART)).strip(" ,.")
            date = _day(dates[0])
            written = normalise_date(words) or ""
            return date or written, "" if written == date or not words else words
        words = tidy(text_of(e, skip=_APART)).strip(" ,.")
        date = normalise_date(words) or normalise_date(words.partition(", ")[2]) or ""
        if date:
            return date, ""
    least, most = attribute(div, "doc-dateTime-min")[:10], attribute(div, "doc-dateTime-max")[:10]
    return _checked(least if least == most or not most else f"{least}/{most}"), ""


def _day(element: Element | None) -> str:
    """EDTF of a TEI date: `@when`, else `@from`/`@to`, else the bounds, else its text; times of day fall."""
    if element is None:
        return ""
    written = normalise_date(tidy(text_of(element, skip=_APART)).strip(" ,.")) or ""
    when = attribute(element, "when")[:10]
    if when:
        near = written.split("/")[0][:7] == when[:7] and "T" in attribute(element, "when")
        return written if near else _checked(when)  # `January 13, 0116Z` is the 12th in Washington
    for start, end in (("from", "to"), ("notBefore", "notAfter")):
        first, last = attribute(element, start)[:10], attribute(element, end)[:10]
        if first or last:
            return _checked(first if first == last else f"{first or '..'}/{last or '..'}")
    return written


def _checked(text: str) -> str:
    try:
        parse_edtf(text)
    except CitetoolError:
        return ""
    return text


def _place(div: Element) -> str:
    for e in descendants(div, "dateline"):
        place = next((tidy(text_of(p)) for p in descendants(e, "placeName")), "")
        if place:
            return place.strip(" ,")
    return ""


def _subject_items(div: Element) -> list[Element]:
    lists = [e for e in descendants(div, "list") if attribute(e, "type") == "subject"]
    return [item for e in lists[:1] for item in children(e, "item")]


def _source_note(div: Element) -> str:
    notes = list(descendants(div, "note"))
    chosen = next((e for e in notes if attribute(e, "type") == "source"), None)
    if chosen is None:
        chosen = next((e for e in notes if text_of(e).startswith("Source:")), None)
    if chosen is None:
        inline = [e for e in notes if attribute(e, "rend") == "inline"]
        chosen = next((e for e in inline if re.search(r"\d", text_of(e))), None)
    return tidy(text_of(chosen)) if chosen is not None else ""


_CODE = lazy(r"(?:No\.? ?\d[\w.–-]*|[A-Z]{2,}(?:[–-]\w+)+|[A-Z]{2,}(?:[–/-][A-Z]+)? \d+[\w–/-]*)$")


def _document_number(div: Element) -> str:
    """Return the number that the original bears, where its first lines give one: `HUL–A–1052`, `NIE–62`."""
    lines = (tidy(text_of(e, skip=_APART)) for e in children(div, "p")[:3])
    return next((line.strip(" .") for line in lines if _CODE.match(line.strip(" ."))), "")
