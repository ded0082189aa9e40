"""From citation places to rendered text: items, clusters with note numbers, the processor, the bibliography.

    Document.places --clusters--> citetool.csl.Processor --Content--> Rendering --Document.write--> the manuscript

Positions (first, subsequent, ibid) and disambiguation are those of the whole document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.citation.styles.source import find_style
from citetool.csl.document.bibliography import read_parameters
from citetool.csl.document.processor import NO_PRINTED_FORM, NOTHING_PRINTED, Processor
from citetool.csl.items.cluster import FIRST, SUBSEQUENT
from citetool.problems import CitetoolError, NotFoundError, Problem, Where

from .model import CitedItem, Content, Entry, RenderedPlace, Rendering
from .notes import after_comma, in_brackets, without_stop
from .parts import joined, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citetool.citation.styles.source import StyleSource
    from citetool.csl.items.cluster import Cluster
    from citetool.output.tree import Event

    from .model import Document, Place
    from .sources import Sources

# What the processor is told of a cite's mode; an author in the text is a matter of the whole cluster.
_CITE_MODES = {"suppress-author": "suppress-author", "year-only": "suppress-author", "author-only": "author-only"}


def render(
    document: Document,
    sources: Sources,
    style: StyleSource,
    *,
    locale: str | None = None,
    links: bool = False,
    plain: bool = False,
    force: bool = False,
) -> tuple[Rendering, list[Problem]]:
    """Return the document's citations in the style, and what was met on the way.

    Raises NotFoundError with one problem for each key that is nowhere; with `force` such a place prints the key in
    bold with a question mark, as pandoc does, and the problems are returned.
    """
    items, problems = _items(document, sources, force=force)
    tag = locale or locale_of(document, style) or None
    links = links or document.links
    processor = Processor(style.parsed(), items.values(), locale=tag, links=links)
    note_style = style.style_class == "note"
    numbers = note_numbers(document, lambda place: note_style and not place.keeps_words and not place.boxed)
    silent = [item.id for place in document.places if place.prints_nothing for item in place.items]
    silent += [item.id for item in _listed_only(document)]
    if document.settings.nocite or silent or not document.places:
        processor.set_uncited(items[key]["id"] for key in [*sources.nocited(), *silent] if key in items)
    processor.set_clusters(
        _cluster(document, place, number, items, note_style=note_style)
        for place, number in zip(document.places, numbers, strict=True)
        if not place.prints_nothing
    )
    printed = iter(zip(processor.clusters, processor.citation_events(), strict=True))
    places = [
        RenderedPlace(place, Content([]))
        if place.prints_nothing
        else _rendered(place, next(printed), processor, document, note_style=note_style, known=items)
        for place in document.places
    ]
    layout = read_parameters(processor.compiled.area_attrs("bibliography"))
    listed = processor.entry_events(layout) if processor.style.bibliography is not None else ()
    omitted = {items[item.id]["id"] for place in document.places for item in place.items
               if item.id in items and document.listing.omitted.intersection(item.uris)}  # fmt: skip
    rendering = Rendering(
        places,
        [Entry([key], Content(events)) for key, events in listed if events is not None and key not in omitted],
        style=style.id,
        locale=processor.locale.lang,
        note_style=note_style,
        items=items,
        plain=plain,
        zotero_style=f"http://www.zotero.org/styles/{(style.base if style.home != 'stock' else None) or style.id}",
        hanging_indent=layout.hanging_indent,
        entry_spacing=layout.entry_spacing,
        line_spacing=layout.line_spacing,
        second_field_align=layout.second_field_align,
        links=links,
        punctuation_in_quote=processor.locale.options.get("punctuation-in-quote") == "true",
    )
    told = [_silent(one.place) for one in places if not (one.text or one.note or one.place.prints_nothing)]
    told += _unlisted(document) if rendering.entries else []
    return rendering, [*problems, *processor.problems, *told]


def locale_of(document: Document, style: StyleSource) -> str:
    """Return the language that a document asks for; the style's own counts where that is the one of the style before.

    Programs write down the language of a style that has one, though nobody has chosen it.
    """
    told = document.settings.locale
    own = style.parsed().default_locale
    if not told or not own or not document.settings.facts or document.settings.style == style.id:
        return told
    try:
        before = find_style(document.settings.style).parsed().default_locale or "en-US"
    except CitetoolError:
        return told
    return own if before == told else told


def _items(document: Document, sources: Sources, *, force: bool) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Return the items by the ids that are cited, those of `nocite` among them; raise for unknown ones, or return their
    problems. Two keys of one record have one item.
    """
    items: dict[str, dict[str, Any]] = {}
    missing: list[Problem] = []
    for place in document.places:
        for cited in place.items:
            if cited.id in items:
                continue
            found = sources.item(cited)
            if found is None:
                missing.append(sources.unknown(cited, place))
            else:
                items[cited.id] = found
    items |= {item.id: found for item in _listed_only(document) if (found := sources.item(item)) is not None}
    for key in sources.nocited():
        found = items.get(key) or sources.item(CitedItem(key))
        if found is None:
            missing.append(Problem(f"there is no source {key!r}, which nocite names", hint="mend the list"))
        else:
            items[key] = found
    if missing and not force:
        raise NotFoundError(*missing)
    return items, missing


def _listed_only(document: Document) -> list[CitedItem]:
    """Return the sources that a bibliography of the document's program lists though nothing cites them."""
    return document.uncited if document.bibliographies else []


def _silent(place: Place) -> Problem:
    """Return the warning for a citation that prints nothing."""
    message = f"the citation of {place.items[0].name!r} prints nothing, for the style has no more than its author here"
    return Problem(message, place.at, "add a page, or leave the author in", "warning")


def _unlisted(document: Document) -> list[Problem]:
    """Return what an author asked of the bibliography, and what it cannot have here."""
    where = Where(document.source, field="bibliography")
    problems = []
    if document.listing.uncited:
        message = f"sources that it lists and nothing cites are left out: {document.listing.uncited}"
        problems.append(Problem(message, where, "the document does not say what they are; cite them", "warning"))
    if document.listing.custom:
        message = f"entries that its author has changed by hand are written anew: {document.listing.custom}"
        problems.append(Problem(message, where, None, "warning"))
    return problems


def note_numbers(document: Document, makes_note: Callable[[Place], bool]) -> list[int]:
    """Return the note that each place stands in once rendered; 0 for places in the text.

    `makes_note`: a place in the text becomes a note, which moves the numbers of all that follow.
    """
    numbers: list[int] = []
    made = 0
    kind = document.new_notes
    for place in document.places:
        if place.where != "text":
            numbers.append((place.note or 0) + (made if place.where == kind else 0))
        elif _is_part(place) or place.prints_nothing:
            numbers.append(0)
        elif place.prints_note:
            numbers.append(place.notes_before + made + 1)
        elif makes_note(place):
            made += 1
            numbers.append((place.notes_before if kind == "footnote" else place.endnotes_before) + made)
        else:
            numbers.append(0)
    return numbers


def _is_part(place: Place) -> bool:
    """Return True if the place asks for a part of the source (its author, title, year) to stand in the sentence."""
    return all(item.mode in ("author-only", "title-only", "year-only") for item in place.items)


def _cluster(
    document: Document, place: Place, number: int, known: Mapping[str, Mapping[str, Any]], *, note_style: bool
) -> dict[str, Any]:
    cites = [_cite(item, known[item.id]["id"], document) for item in place.items if item.id in known]
    if place.group_prefix and cites:
        cites[0]["prefix"] = f"{document.affix(place.group_prefix)} {cites[0].get('prefix', '')}".rstrip() + " "
    if place.group_suffix and cites:
        cites[-1]["suffix"] = f"{cites[-1].get('suffix', '')} {document.affix(place.group_suffix)}"
    # `see A; B` is about the order that the author gave them
    properties: dict[str, Any] = {"noteIndex": number, "affixes-fix-order": document.affixes_fix_order}
    if place.items and place.items[0].mode == "author-in-text":
        # in a note style the author stands before the mark of the note, which holds the rest
        properties["mode"] = "suppress-author" if note_style else "composite"
    return {"citationID": str(place.n), "citationItems": cites, "properties": properties}


def _cite(item: CitedItem, key: str, document: Document) -> dict[str, Any]:
    cite: dict[str, Any] = {"id": key}
    if item.locator:
        cite |= {"locator": item.locator, "label": item.label or "page"}
    if item.prefix:
        prefix = document.affix(item.prefix)
        cite["prefix"] = prefix + ("" if item.prefix.endswith(("(", "[", "’", " ")) else " ")
    if item.suffix:
        suffix = document.affix(item.suffix)
        joint = ", " if item.mode == "author-in-text" else document.suffix_joint
        joint = " " if item.locator else joint
        cite["suffix"] = suffix if item.suffix[0] in ",.;:)]’'" else f"{joint}{suffix}"
    if item.mode in _CITE_MODES:
        cite[_CITE_MODES[item.mode]] = True
    return cite


def _in_sentence(place: Place, cluster: Cluster, processor: Processor, known: dict[str, dict[str, Any]]) -> Content:
    """Return the author as he stands in the sentence, in short where the source was cited before.

    Where the style prints no author it is the title, in a note nothing.
    """
    key = known[place.items[0].id]["id"]
    for position in (_position(cluster, key), FIRST):
        cite = {"id": key, "author-only": True, "position": position}
        author = Content(processor.preview_events({"citationItems": [cite]}))
        if author.plain != NO_PRINTED_FORM:
            return author
    return (part_of(known[place.items[0].id], "title-only") if place.where == "text" else None) or Content([])


def _position(cluster: Cluster, key: str) -> int:
    """Return the position of an item in a cluster; one that is *ibid.* has a name like any later one."""
    return min(next((cite.position for cite in cluster.cites if cite.id == key), FIRST), SUBSEQUENT)


def _behind_author(author: Content, rest: Content, cluster: Cluster, processor: Processor) -> Content:
    """Return author and citation with what the style has between them: `Doe, *Book*`, `Doe to Roe, 3 May 1944`.

    Without a mark of its own (the style puts `ed.` there, or has the author elsewhere) it is a comma.
    """
    if rest.plain == NO_PRINTED_FORM:
        return author  # a title that stands for its author is all that the style has
    first = cluster.cites[0]
    cite = {"id": first.id, "locator": first.locator, "label": first.label, "position": _position(cluster, first.id)}
    whole = Content(processor.preview_events({"citationItems": [cite]})).plain
    bare = Content(processor.preview_events({"citationItems": [cite | {"suppress-author": True}]})).plain
    joint = whole[len(author.plain) : len(whole) - len(bare)]
    if author.plain + joint + bare == whole and joint == " ":
        return Content([*author.events, joint, *without_stop(rest.events)]) if rest else author
    return after_comma(author, rest)


def _goes_on(letter: str) -> bool:
    """Return True if a sentence of the author goes on with that letter."""
    return bool(letter) and not letter.isupper()


def _without_author(
    content: Content, place: Place, cluster: Cluster, document: Document, known: dict[str, dict[str, Any]]
) -> Content:
    """Return what stands for a source whose author is left out, of whom the style prints nothing else.

    A field has to show something, which is the title, as is one of several sources. Alone in a manuscript of text it is
    nothing, as with pandoc.
    """
    first = next((item for item in place.items if known[item.id]["id"] == cluster.cites[0].id), place.items[0])
    title = part_of(known[first.id], "title-only")
    if first.mode not in _CITE_MODES or title is None:
        return content
    if not document.has_fields and len(cluster.cites) == 1:
        return Content([])
    made: list[Event] = []
    for event in content.events:
        before, message, behind = event.partition(NOTHING_PRINTED) if isinstance(event, str) else ("", "", "")
        made += [before, *title.events, behind] if message else [event]
    return Content(made)


def _rendered(
    place: Place,
    printed: tuple[Cluster, list[Event]],
    processor: Processor,
    document: Document,
    *,
    note_style: bool,
    known: dict[str, dict[str, Any]],
) -> RenderedPlace:
    if any(item.id not in known for item in place.items):
        return RenderedPlace(place, Content([f"({'; '.join(f'{item.id}?' for item in place.items)})"]))
    cluster, events = printed
    content = Content(events)
    if place.keeps_words:
        return RenderedPlace(place, content)
    if NOTHING_PRINTED in content.plain:
        content = _without_author(content, place, cluster, document, known)
        events = content.events
    if _is_part(place):
        parts = [part_of(known[item.id], item.mode) or content for item in place.items]
        return RenderedPlace(place, joined(parts))
    makes_note = place.prints_note or (note_style and place.where == "text" and not place.boxed)
    ends_sentence = note_style and place.where != "text" and _goes_on(place.follows)
    if not makes_note and (place.follows == "." or ends_sentence):
        content = Content(without_stop(events))
    if not note_style:
        return RenderedPlace(place, content)
    author = Content([])
    if place.items[0].mode == "author-in-text":
        author = _in_sentence(place, cluster, processor, known)
    if place.boxed and place.where == "text":
        boxed = _behind_author(author, content, cluster, processor) if author else in_brackets(content)
        return RenderedPlace(place, boxed)
    if place.where == "text":
        return RenderedPlace(place, content) if place.prints_note else RenderedPlace(place, author, content)
    if author:
        return RenderedPlace(place, _behind_author(author, content, cluster, processor))
    if document.brackets_in_notes and not place.opens_note and place.items[0].mode != "author-in-text":
        return RenderedPlace(place, in_brackets(content))
    return RenderedPlace(place, content)
