"""A MODS element as a record (Library of Congress, MODS 3.8), for what catalogues and aggregators write.

Read by local names, whatever the namespace; `titleinfo`, as one exporter spells it, too. Of several dates the one that
is marked `keyDate`, else that of creation, counts; of several titles the one without a type. The hosts of an archival
item are its series and collection, those of an article its journal. Where and how it is kept: `locations`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.formats.shared.headings import (
    closed_title,
    heading_name,
    holding_of,
    key_of,
    kind_of_genre,
    role_of,
    unique,
)
from citetool.formats.shared.languages import language_tag
from citetool.lazy_re import lazy
from citetool.names import Name, parse_direct_name
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Creator, Draft, Holding, Metadata, Record
from citetool.struct import replace

from .from_zotero import extra_of, item_of_zotero, take_extra, with_parts
from .locations import digital, holding, host, origin, places, related, title_of, valid_edtf
from .terms import GENRE_OF_TYPE, KIND_OF_RESOURCE, NOTE_CITATION, NOTE_MARKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetool.formats.shared.xml_node import Node

_ITEM_KINDS = {
    "newspaperArticle": "newspaper article", "magazineArticle": "magazine article",
    "journalArticle": "journal article", "bookSection": "chapter", "conferencePaper": "conference paper",
}  # fmt: skip
_TYPE_GENRES = frozenset(GENRE_OF_TYPE.values())


def record_of(mods: Node) -> Record:
    """Return the record that the standard elements give; `metadata` only as far as they name their source."""
    kind, own_type = item_of_zotero(mods) or (_kind(mods), "")
    archival = kind_of(kind).archival
    inferred: list[str] = []
    date, date_text = _date(mods)
    originals = related(mods, "original") if archival else []
    record = Draft(
        id=_key(mods),
        kind=kind,
        type=own_type,
        creators=_creators(mods, csl_type(kind, own_type), inferred),
        date=date,
        date_text=date_text,
        dates=_other_dates(mods),
        digital=digital(mods),
        summary="\n\n".join(unique([e.paragraphs for e in mods.named("abstract")])),
        subjects=unique([_subject(e) for e in mods.named("subject")]),
        extent="; ".join(
            unique([e.words for part in (mods, *originals) for e in part.at("physicalDescription", "extent")])
        ),
        medium="; ".join(unique([_form(e) for e in mods.at("physicalDescription", "form")])),
        rights="\n\n".join(unique([_rights(e) for e in mods.named("accessCondition")])),
        identifiers=_identifiers(mods),
    )
    _languages(record, mods)
    _titles(record, mods)
    _notes(record, mods)
    origin(record, mods, archival)
    if archival:
        homes = (holding(part, record.any_title, inferred) for part in (mods, *originals))
        record.archive = next(filter(None, homes), Holding())
    else:
        hosts = related(mods, "host")
        record.archive = holding_of([level for part in (mods, *hosts) for level in places(part, inferred)])
        host(record, mods)
        record.creators += tuple(_of_host(mods, record))
    for e in mods.named("note"):
        if not e.get("type") and (extra := extra_of(e)):
            take_extra(record, extra)
    source = mods.said("recordInfo", "recordContentSource")
    if record.digital.url and " " in source:  # not the code of an organisation
        record.digital.name, source = source, ""
    record.metadata = Metadata(source=source, inferred=tuple(dict.fromkeys(inferred)))
    return record


_KEYS = ("citekey", "local", "uuid", "pid", "hdl")


def _key(mods: Node) -> str:
    own = key_of(mods.said("recordInfo", "recordIdentifier")) or key_of(mods.get("ID"))
    if own:
        return own
    local = [e for e in mods.named("identifier") if e.get("type") in _KEYS]
    return next((key for e in local if (key := key_of(e.words))), "")


# ---- kind, titles, people


def _kind(mods: Node) -> str:
    genres = [e.words or e.get("valueURI").rpartition("#")[2] for e in mods.named("genre")]
    own = [g for g in genres if g]
    for genre in own:  # an item type of Zotero's, in one word
        if genre in _ITEM_KINDS:
            return _ITEM_KINDS[genre]
    if len(own) > 1 and own[-1] in _TYPE_GENRES:  # the CSL type, which our writer and Zotero put last
        own.pop()
    resources = mods.named("typeOfResource")
    if any(e.get("collection") == "yes" for e in resources):
        return "collection"
    mapped = [kind for genre in own if (kind := kind_of_genre(genre))]
    if mapped:
        return mapped[0]
    generic = ("text", "genre", "")
    if len(own) == 1 and own[0].casefold() not in generic and "--" not in own[0]:
        return own[0].rstrip(".").lower()
    if any(e.get("manuscript") == "yes" for e in resources):
        return "manuscript"
    named = [e.words.casefold() for e in resources]
    if any(name == "text" for name in named):
        return _kind_of_text(mods, named)
    return next((KIND_OF_RESOURCE[name] for name in named if name in KIND_OF_RESOURCE), "document")


def _kind_of_text(mods: Node, named: list[str]) -> str:
    """Return what a text without a genre is: an article in a host with numbers, a book with a publisher or edition."""
    other = next((KIND_OF_RESOURCE[name] for name in named if name in KIND_OF_RESOURCE), "")
    host = next(iter(related(mods, "host")), None)
    if host is not None and next(host.within("detail"), None) is not None:
        return "journal article"
    issuance = mods.said("originInfo", "issuance")
    book = issuance in ("monographic", "single unit") or mods.first("originInfo", "edition") is not None
    return "book" if book and not other else other or "document"


def _titles(record: Record, mods: Node) -> None:
    alternatives: list[str] = []
    for info in mods.any_of("titleInfo", "titleinfo"):
        title, sort, label = title_of(info), info.get("type"), info.get("displayLabel")
        if not title:
            continue
        supplied = info.get("supplied") == "yes"
        if label == "original title" and not record.original_title:
            record.original_title = title
        elif label == "transliterated title" and not record.transliterated_title:
            record.transliterated_title = title
        elif sort == "abbreviated" and not record.short_title:
            record.short_title = title
        elif sort == "translated" and not record.translated_title:
            record.translated_title = title
        elif not sort and supplied and not record.supplied_title:
            record.supplied_title = title
        elif not sort and not supplied and not record.title and not record.supplied_title:
            bracketed = title.startswith("[") and title.find("]") == len(title) - 1
            record.title, record.supplied_title = ("", title[1:-1]) if bracketed else (title, "")
        else:
            alternatives.append(title)
    if not record.any_title and alternatives:
        record.title = alternatives.pop(0)
    if alternatives:
        record.extra["alternative_title"] = alternatives[0] if len(alternatives) == 1 else [*alternatives]


def _creators(mods: Node, csl: str, inferred: list[str]) -> tuple[Creator, ...]:
    found = with_parts([c for e in mods.named("name") if (c := _creator(e, csl == "collection"))], csl, inferred)
    return tuple(sorted(found, key=lambda c: c.role not in ("author", "creator")))


_HOST_ROLES = {"author": "container-author", "editor": "editor", "collection-editor": "collection-editor"}


def _of_host(mods: Node, record: Record) -> Iterator[Creator]:
    """Yield who wrote or edited what a publication appeared in, each who is not named for it already."""
    known = {str(c.name) for c in record.creators}
    hosts = related(mods, "host")
    for e in (name for part in hosts for name in part.named("name")):
        creator = _creator(e, whole=False)
        if creator and creator.role in _HOST_ROLES and str(creator.name) not in known:
            yield replace(creator, role=_HOST_ROLES[creator.role])


_BROAD_ROLES = frozenset({"creator", "contributor"})


def _creator(element: Node, whole: bool) -> Creator | None:
    plain: list[str] = []
    parts: dict[str, str] = {}
    for part in element.named("namePart"):
        sort = part.get("type")
        if sort:
            parts[sort] = f"{parts[sort]} {part.words}" if sort in parts else part.words
        elif part.words:
            plain.append(part.words)
    sort = element.get("type")
    if parts.get("family"):
        text = ", ".join(p for p in (parts["family"], parts.get("given", ""), parts.get("termsOfAddress", "")) if p)
        name = heading_name(text) if parts.get("given") else Name(literal=parts["family"])
    elif plain or parts.get("given"):
        text = " ".join(plain) if sort in ("corporate", "conference") else ", ".join(plain) or parts["given"]
        name = heading_name(text, body=sort in ("corporate", "conference", "family"))
        if sort == "personal" and name.literal and " " in name.literal:
            name = parse_direct_name(name.literal)
    else:
        return None
    terms = [e for role in element.named("role") for e in role.named("roleTerm")]
    terms.sort(key=lambda e: e.get("type") == "code")  # the words are what people read and change
    given = [e.words for e in terms if e.words]
    known = [role for term in given if (role := role_of(term, "-")) != "-"]
    role = next((r for r in known if r not in _BROAD_ROLES), known[0] if known else "")
    role = role or (given[0].casefold() if given else "author")
    if role == "creator" and not whole:
        role = "author"
    office = element.said("affiliation") or parts.get("affiliation", "")
    return Creator(name, role, office)


# ---- dates, language


def _date(mods: Node) -> tuple[str, str]:
    hosts = related(mods, "host")
    origins = mods.named("originInfo") or [e for part in hosts for e in part.named("originInfo")]
    names = ("dateCreated", "dateIssued", "copyrightDate", "dateOther", "date")
    dates = [e for origin in origins for e in origin.any_of(*names) if e.words and not _is_other(e)]
    dates = dates or [e for part in hosts for group in part.named("part") for e in group.named("date")]
    if not dates:
        return "", ""
    key = next((e for e in dates if e.get("keyDate") == "yes"), None)
    name = key.name if key is not None else next(n for n in names if any(e.name == n for e in dates))
    group = [e for e in dates if e.name == name]
    return _dates_of(group)


def _is_other(element: Node) -> bool:
    return element.name == "dateOther" and bool(element.get("type")) and not element.get("keyDate")


def _dates_of(group: Sequence[Node]) -> tuple[str, str]:
    ends = {e.get("point"): _one_date(e) for e in group if e.get("point")}
    words = [e for e in group if not e.get("point") and not e.get("encoding")]
    said = words[0].words if words else ""
    if ends.get("start") and ends["start"] == ends.get("end"):
        date = ends["start"]
    elif ends.get("start") and "end" in ends:
        date = valid_edtf(f"{ends['start']}/{ends['end'] or '..'}")
    else:
        encoded = [e for e in group if e.get("encoding") and not e.get("point")]
        date = next((d for e in [*encoded, *group] if (d := _one_date(e))), "")
    written = normalise_date(closed_title(said)) or "" if said else date
    same = date and (date.rstrip("~?%") in (written, said) or date == written or _TIMESTAMP.match(said))
    return date, "" if not said or same else said


_TIMESTAMP = lazy(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-][\d:]+)?$")


def _one_date(element: Node) -> str:
    """Return the EDTF of one date element with its qualifier; empty where it cannot be understood."""
    return _coded_date(element.words.strip(" .,[]"), element.get("encoding"), element.get("qualifier"))


_QUALIFIERS = {"approximate": "~", "inferred": "?", "questionable": "?"}


@lru_cache(maxsize=4096)
def _coded_date(text: str, encoding: str, qualifier: str) -> str:
    if encoding == "edtf":
        return valid_edtf(text)
    if encoding == "marc" and re.fullmatch(r"[\du]{4}", text):
        text = text.replace("u", "X") if text not in ("9999", "uuuu") else ""
    text = re.sub(r"(?<=\d\d-\d\d)T[\d:.]+(?:Z|[+-][\d:]+)?$", "", text)
    date = valid_edtf(text) or normalise_date(text) or ""
    mark = _QUALIFIERS.get(qualifier, "")
    return date + mark if mark and date and date[-1] not in "~?%" and "/" not in date else date


def _other_dates(mods: Node) -> dict[str, str]:
    dates: dict[str, str] = {}
    for e in mods.at("originInfo", "dateOther"):
        event = e.get("type")
        if event and _is_other(e) and (date := _one_date(e)):
            dates.setdefault(event, date)
    origins = mods.named("originInfo")
    made, issued = (_dates_of([e for o in origins for e in o.named(n)])[0] for n in ("dateCreated", "dateIssued"))
    if made and issued and made != issued:
        dates.setdefault("issued", issued)
    return dates


def _languages(record: Record, mods: Node) -> None:
    """Read the languages; one in words that are no language's name stays among the variables of the publication."""
    elements = mods.named("language")
    record.language = unique([_language(e) for e in elements])
    words = [term.words for e in elements for term in e.named("languageTerm")[:1] if not _language(e)]
    if words and not record.language:
        record.publication["language"] = "; ".join(unique(words))


def _language(element: Node) -> str:
    """Return the tag of one language: its code, unless the words beside it name another language."""
    terms = element.named("languageTerm")
    words = [e.words for e in terms if e.get("type") == "text"]
    codes = [e.words for e in terms if e.get("type") != "text"]
    whole = [e.words for e in terms if e.get("authority") == "rfc5646"]
    coded = next((tag for text in whole or codes if (tag := text if whole else language_tag(text))), "")
    named = next((tag for text in words if (tag := language_tag(text))), "")
    if named and language_tag(coded).partition("-")[0] != named.partition("-")[0]:
        return named
    return coded or named or language_tag(element.words)


# ---- notes, subjects, the rest


def _notes(record: Record, mods: Node) -> None:
    notes: list[str] = []
    markings: list[str] = []
    contents: list[str] = []
    for e in mods.named("note"):
        sort, text = e.get("type"), e.paragraphs
        if not sort and extra_of(e):
            continue
        if sort in (NOTE_CITATION, "preferredcitation", "preferred citation"):
            record.citation = record.citation or text
        elif sort == NOTE_MARKING:
            markings.append(text)
        elif sort == "content":
            contents.append(text)
        elif sort not in ("ownership", "source"):
            notes.append(text)
    record.markings = unique(markings)
    if contents and not record.summary:
        record.summary = "\n\n".join(unique(contents))
    else:
        notes = [*contents, *notes]
    record.notes = unique([*notes, *(e.words for e in mods.named("tableOfContents"))])


def _subject(element: Node) -> str:
    parts: list[str] = []
    for e in element.children:
        words = [p.words for p in e.children] if e.name == "hierarchicalGeographic" else [_heading(e)]
        parts += [word for word in words if word]
    return "--".join(parts) or (element.words if not element.children else "")


def _heading(element: Node) -> str:
    if element.name in ("geographicCode", "cartographics"):
        return ""
    if element.name == "name":
        return ", ".join(unique([e.words for e in element.named("namePart")]))
    return element.said("title") or element.words


def _form(element: Node) -> str:
    text = element.words
    return "" if re.fullmatch(r"\w+/[\w.+-]+", text) or text in ("print", "electronic") else text


def _rights(element: Node) -> str:
    return element.words or element.get("href")


def _identifiers(mods: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for e in mods.named("identifier"):
        sort, text = e.get("type").casefold(), e.words
        wanted = sort not in ("uri", "url", "citekey") if sort else not text.startswith("http")
        if text and wanted and e.get("invalid") != "yes":
            system = sort or "local"
            both = system == "local" and system in found and text not in found[system].split("; ")
            found[system] = f"{found[system]}; {text}" if both else found.get(system, text)
    for e in mods.named("classification"):
        if e.words:
            found.setdefault(e.get("authority") or "classification", e.words)
    return found
