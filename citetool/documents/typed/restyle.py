"""Bring typed notes into another style: what is sure is rendered anew in its place, all other words stay."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from citetool.csl.document.bibliography import read_parameters
from citetool.csl.document.processor import NOTHING_PRINTED, Processor
from citetool.csl.items.numbers import to_roman
from citetool.csl.style.nodes import Node
from citetool.documents.model import Content, Entry, NoteEdit, Rendering
from citetool.documents.notes import capitalized, without_stop
from citetool.lazy_re import lazy
from citetool.output.markup import parse_rich_text
from citetool.output.tree import flatten

from .citation import words
from .editions import edition_alone, edition_words, printed_in, without_edition
from .habits import Habits
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.citation.styles.source import StyleSource
    from citetool.csl.style.nodes import Style
    from citetool.documents.model import Document, Note
    from citetool.output.tree import Event
    from citetool.parsing.editions import Edition
    from citetool.parsing.spans import Part

    from .citation import TypedCitation

_ENDS = (".", "!", "?")
_TOLD = ("id", "confidence", "uncertain")  # what the report says of a citation beside `read`
# Parts of an archival citation whose words are printed as they are, and levels that are printed otherwise or not.
_PRINTED = frozenset(("creator", "recipient", "participant", "title", "level", "container", "place_from"))
_OTHERWISE = frozenset(("page", "folio", "leaf", "frame", "list", "digital", "published_in"))
_NUMBER = lazy(r"(?<!\w)\d+(?!\w)")
_LETTER = lazy(r"[^\W\d_]")
_DIGITS = lazy(r"\d+")
_NOBODY = "\0"  # the key of a source that is cited once, so that nothing behind it is `ibid.`


@dataclass(slots=True)
class RestyledNote:
    """A note before and after, and its citations.

    They have `text`, `id`, `confidence`, `read`, and `new` or `kept` with the reason; `read` has the
    words of `TypedCitation.as_dict`: type, form, levels, authors, title, date, pages ...
    """

    note: Note
    after: str
    citations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Return whether the note reads differently now."""
        return self.after != self.note.text

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Return the citations that stay as they were."""
        return [one for one in self.citations if "kept" in one]

    def as_dict(self) -> dict[str, Any]:
        """Return the note as plain data."""
        return {
            "note": self.note.number,
            "where": self.note.kind,
            "before": self.note.text,
            "after": self.after,
            "citations": self.citations,
        }


@dataclass(slots=True)
class Restyled:
    """The outcome for all notes: changes for `Document.write_notes`, and a report of each note with citations.

    `bibliography` is there for a style that cites in the text: its notes give no more than author and year.
    """

    edits: list[NoteEdit]
    notes: list[RestyledNote]
    style: str
    bibliography: Rendering | None = None


def restyle_notes(
    document: Document, citations: list[TypedCitation], style: StyleSource, locale: str | None = None
) -> Restyled:
    """Return the notes in the style, with positions over the whole document.

    A citation with a doubt stays as it is. Nothing goes back to it, nor to a note with several citations: what follows
    them is never `ibid.` One that the document hinders from being written stays too, but it is known what it cites.
    """
    items: dict[str, dict[str, Any]] = {}
    tag = locale or document.settings.locale or None
    habits = Habits(style.parsed(), tag)
    clusters = list(_clusters(citations, items, Wording(citations, habits), habits))
    processor = Processor(_told_only(style.parsed(), items.values()), items.values(), locale=tag)
    processor.set_clusters(clusters)
    rendered = [
        events
        for cluster, events in zip(clusters, processor.citation_events(), strict=True)
        if cluster["citationID"] != _NOBODY
    ]
    bibliography = None if style.style_class == "note" else _bibliography(processor, style, items)
    listed = {entry.ids[0]: _listed(entry, items) for entry in bibliography.entries} if bibliography else {}
    edits: dict[int, NoteEdit] = {}
    notes: dict[int, RestyledNote] = {}
    seen: set[str] = set()
    for citation, printed in zip(citations, rendered, strict=True):
        alone = edition_alone(citation.reading) if habits.in_notes and not citation.doubt else None
        events = _of_edition(citation, alone, habits) if alone else printed
        whole = None if citation.key in seen else listed.get(citation.key, "")
        seen.add(citation.key)
        edit = edits.setdefault(id(citation.note), NoteEdit(citation.note))
        told = notes.setdefault(id(citation.note), RestyledNote(citation.note, ""))
        told.citations.append(_changed(citation, events, edit, document, whole))
    for number, edit in edits.items():
        notes[number].after = after(edit)
    return Restyled(list(edits.values()), list(notes.values()), style.id, bibliography)


def _of_edition(citation: TypedCitation, edition: Edition, habits: Habits) -> list[Event]:
    return flatten(parse_rich_text(edition_words(citation.reading, edition, habits)))


def _told_only(style: Style, items: Iterable[dict[str, Any]]) -> Style:
    """Return the style without its words for sources that have no date: the notes would have said so.

    Notes name a person in full once and by the surname then, which is no other person: unless two of a surname have
    different given names, none are added to tell people apart.
    """
    made = copy(style)
    if made.citation is not None and not _has_namesakes(items):
        attrs = {name: value for name, value in made.citation.attrs.items() if name != "disambiguate-add-givenname"}
        made.citation = Node("citation", attrs, made.citation.kids, made.citation.line)
    terms = [Node("term", {"name": "no date"} | ({"form": form} if form else {}), [], 0) for form in ("", "short")]
    languages = {"", *(node.attrs.get("lang", "") for node in style.locales)}
    made.locales = list(style.locales)
    for language in languages:
        attrs = {"lang": language} if language else {}
        made.locales.append(Node("locale", attrs, [Node("terms", {}, terms, 0)], 0))
    return made


def _has_namesakes(items: Iterable[dict[str, Any]]) -> bool:
    """Return whether two people of the items have one surname and different given names."""
    initials: dict[str, set[str]] = {}
    for item in items:
        for name in item.get("author") or ():
            if given := str(name.get("given") or ""):
                initials.setdefault(str(name.get("family")), set()).add(given[0])
    return any(len(some) > 1 for some in initials.values())


def _listed(entry: Entry, items: dict[str, dict[str, Any]]) -> str:
    """Return what an entry of the bibliography says; a dash stands for the names of the entry before."""
    said = entry.content.plain
    if said[:1].isalnum():
        return said
    names = [name.values() for name in items[entry.ids[0]].get("author", ())]
    return " ".join((*(str(word) for name in names for word in name), said))


def after(edit: NoteEdit) -> str:
    """Return the plain text of the note with the edit made."""
    parts: list[str] = []
    done = 0
    for start, end, content in sorted(edit.pieces, key=lambda piece: piece[:2]):
        parts += [edit.note.text[done:start], content.plain]
        done = end
    return "".join([*parts, edit.note.text[done:]])


def _clusters(
    citations: list[TypedCitation], items: dict[str, dict[str, Any]], wording: Wording, habits: Habits
) -> list[dict[str, Any]]:
    clusters: list[dict[str, Any]] = []
    for citation, following in pairwise([*citations, None]):
        assert citation is not None
        clusters.append(_cluster(citation, items, wording, habits))
        closes_note = following is None or following.note is not citation.note
        if citation.number > 1 and closes_note:
            key = _nobody(items, "")
            properties = {"noteIndex": citation.note.number}
            clusters.append({"citationID": _NOBODY, "citationItems": [{"id": key}], "properties": properties})
    return clusters


def _cluster(
    citation: TypedCitation, items: dict[str, dict[str, Any]], wording: Wording, habits: Habits
) -> dict[str, Any]:
    key = _nobody(items, citation.text) if citation.doubt else citation.key
    edition = printed_in(citation.reading) if habits.in_notes and not citation.doubt else None
    if key not in items:
        item = wording.item(citation)
        items[key] = without_edition(item, habits) if edition else item
    cite: dict[str, Any] = {"id": key}
    if edition:
        cite["suffix"] = f", in {edition_words(citation.reading, edition, habits)}"
    elif page := citation.reading.printed.get("page", ""):
        cite |= {"locator": page, "label": "page"}
    elif citation.locator == "passim" and not citation.doubt:
        cite["suffix"] = ", passim"  # no page, before which a style would put its word
    elif not citation.doubt and (suffix := habits.suffix(citation.locator)):
        cite["suffix"] = suffix
    elif citation.locator and not citation.doubt:
        cite |= {"locator": habits.locator(citation.locator), "label": citation.label or "page"}
    number = citation.note.number
    return {"citationID": f"{number}-{citation.number}", "citationItems": [cite], "properties": {"noteIndex": number}}


def _nobody(items: dict[str, dict[str, Any]], title: str) -> str:
    key = f"{_NOBODY}{len(items)}"
    items[key] = {"id": key, "type": "document", "title": title or key}
    return key


def reported(citation: TypedCitation) -> dict[str, Any]:
    """Return what the report says of a citation as it was read: `text`, `id`, `confidence`, `read`."""
    read = {name: value for name, value in citation.as_dict().items() if name not in _TOLD}
    return {"text": citation.text, "id": citation.key, "confidence": round(citation.confidence, 2), "read": read}


def _changed(
    citation: TypedCitation, events: list[Event], edit: NoteEdit, document: Document, whole: str | None
) -> dict[str, Any]:
    """Put the change of a citation, or the remark that it stays, into the edit; return what the report says of it.

    `whole` is what the bibliography says of a source that is cited for the first time, None where it was cited before.
    """
    entry = reported(citation)
    content = _content(citation, events)
    told = f"{content.plain} {whole or ''}"
    reason = citation.doubt or _parted(citation, told) or _unprinted(content)
    if whole is not None and not reason:
        lost = _left_out(citation, told) if citation.kind == "archival" else _unprinted_numbers(citation, told)
        reason = f"the style would leave out {'; '.join(map(repr, lost))}" if lost else ""
    if not reason and (pages := _unprinted_pages(citation, content.plain)):
        reason = f"the style would leave out {'; '.join(map(repr, pages))}"
    hindrance = "" if reason else document.hindrance(citation.note, citation.start, citation.end)
    if hindrance and content.plain == citation.text:
        return entry | {"new": content.plain}
    reason = reason or hindrance
    if reason:
        edit.comment = "; ".join(filter(None, (edit.comment, f"{citation.text!r} stays as it is: {reason}")))
        return entry | {"kept": reason}
    edit.pieces.append((citation.start, citation.end, content))
    return entry | {"new": content.plain}


def _parted(citation: TypedCitation, told: str) -> str:
    """Return the reason where a short form that the citation introduces would be lost."""
    lost = next((named for _, named in citation.defined if named not in told), "")
    return f"it introduces a short form, {lost!r}, which the style does not print" if lost else ""


def _unprinted(content: Content) -> str:
    """Return the reason where the style has nothing to print for a source."""
    if not content or NOTHING_PRINTED in content.plain:
        return "the style prints nothing for it"
    return "" if _LETTER.search(content.plain) else "the style prints no more than the page of it"


def _left_out(citation: TypedCitation, told: str) -> list[str]:
    """Return the words of an archival citation that are not in what is `told` of its source, in full."""
    printed = set(words(told))
    reading = citation.reading
    inside = citation.end - citation.start
    parts = [p for p in reading.parts if p.end <= inside]
    said = [reading.string[p.start : p.end] for p in parts if _is_printed(p) or (p.role == "kind" and _is_apart(parts))]
    lost = [text for text in said if not printed.issuperset(words(text))]
    dated = [p for p in reading.parts if p.role == "date" or p.level in _OTHERWISE]
    numbers = [one for one in _NUMBER.finditer(citation.text) if not any(p.start <= one.start() < p.end for p in dated)]
    return lost + [n[0] for n in numbers if n[0] not in printed and not any(n[0] in text for text in lost)]


def _unprinted_numbers(citation: TypedCitation, told: str) -> list[str]:
    """Return the numbers of a published citation that are not in what is `told` of it.

    The pages of an article need not be, where one of them is cited, nor the number of volumes where one is.
    """
    work = citation.reading.work
    if work is None or citation.kind != "published":
        return []
    years = _DIGITS.findall(work.date)
    known = {*_DIGITS.findall(told), *years, *_DIGITS.findall(work.locator)}
    known |= {year[-2:] for year in years[1:]}  # `1933–36`
    known |= {digits.lstrip("0") for digits in known}  # `12.3.1954`
    volume = work.data.get("volume", "")
    if volume.isdecimal() and to_roman(int(volume)) in told.casefold().replace(",", " ").split():
        known.add(volume)
    for name in ("page", "number-of-volumes", "original-date", "edition"):
        known.update(_DIGITS.findall(work.data.get(name, "")))
    return [number for number in _DIGITS.findall(citation.text) if number not in known]


def _unprinted_pages(citation: TypedCitation, printed: str) -> list[str]:
    """Return the numbers of the page that is cited which the style does not print; it may leave out its volume."""
    pages = citation.locator.rpartition(":")[2]
    known = tuple(_DIGITS.findall(printed))  # `201–12` of `201–212`
    return [number for number in _DIGITS.findall(pages) if not any(map(number.endswith, known))]


def _is_apart(parts: Iterable[Part]) -> bool:
    """Return whether a kind is said beside a title, and of no letter: `memorandum by Roe, ‘Palestine’`."""
    roles = {part.role for part in parts}
    return "title" in roles and not roles & {"recipient", "container"}


def _is_printed(part: Part) -> bool:
    """Return whether a style prints what a part says in its own words."""
    return part.role in _PRINTED and part.level not in _OTHERWISE


def _content(citation: TypedCitation, events: list[Event]) -> Content:
    """Return the rendered citation as it fits into its note: a full stop where one stood, a capital where it opens."""
    note = citation.note.text
    content = Content(without_stop(events))
    if citation.closes and content and not content.plain.endswith(_ENDS):
        content = Content([*content.events, "."])
    before = note[: citation.start].rstrip()
    return capitalized(content) if not before or before.endswith(_ENDS) else content


def _bibliography(processor: Processor, style: StyleSource, items: dict[str, dict[str, Any]]) -> Rendering | None:
    if processor.style.bibliography is None:
        return None
    layout = read_parameters(processor.compiled.area_attrs("bibliography"))
    listed = processor.entry_events(layout)
    return Rendering(
        [],
        [Entry([key], Content(events)) for key, events in listed if events is not None and not key.startswith(_NOBODY)],
        style=style.id,
        locale=processor.locale.lang,
        note_style=False,
        items=items,
        hanging_indent=layout.hanging_indent,
        entry_spacing=layout.entry_spacing,
        line_spacing=layout.line_spacing,
        second_field_align=layout.second_field_align,
    )
