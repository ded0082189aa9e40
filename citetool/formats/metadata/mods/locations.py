"""The places where MODS says that a source is kept, read and published: location, hosts, origin, titles.

A holding comes from typed `physicalLocation`s where there are such; one free text is taken apart by its words.
"""

from __future__ import annotations

import re

from citetool.edtf import parse_edtf
from citetool.formats.shared.archive_text import keeper_levels, parse_location
from citetool.formats.shared.headings import closed_title, holding_of, unique
from citetool.problems import CitetoolError
from citetool.record.levels import LEVELS, group_of
from citetool.record.model import Digital, Draft, Holding, Level, Record
from citetool.xmlio import Element, attribute, child, children, descendants, text_of


def descendants_of(mods: Element, outer: str, inner: str) -> list[Element]:
    """Return the `inner` children of all `outer` children."""
    return [e for group in children(mods, outer) for e in children(group, inner)]


def extents_of(element: Element) -> list[Element]:
    """Return the extents of its physical description."""
    return descendants_of(element, "physicalDescription", "extent")


def valid_edtf(text: str) -> str:
    """Return the text where it is EDTF, else an empty one."""
    try:
        parse_edtf(text)
    except CitetoolError:
        return ""
    return text


def title_of(info: Element) -> str:
    """Return the title of a `titleInfo` in one text: article, title, subtitle, part."""
    parts = {name: text_of(child(info, name)) for name in ("nonSort", "title", "subTitle", "partNumber", "partName")}
    lead = parts["nonSort"]
    title = (
        closed_title(parts["title"]) if parts["subTitle"] or parts["title"].endswith((" /", " :")) else parts["title"]
    )
    if lead:
        title = f"{lead}{'' if lead.endswith(chr(39)) else ' '}{title}"
    if parts["subTitle"]:
        title += f": {closed_title(parts['subTitle'])}"
    return ", ".join(p for p in (title, parts["partNumber"], parts["partName"]) if p)


# ---- where it is kept, where it is read


def holding(mods: Element, title: str, inferred: list[str]) -> Holding:
    """Return where an archival item is kept: locator, hosts, division and repository; guesses go to `inferred`."""
    levels: list[Level] = []
    for e in [*descendants_of(mods, "location", "shelfLocator"), *_copies(mods, "shelfLocator")]:
        levels += parse_location(text_of(e))
    for e in children(mods, "location"):
        words = (e.text or "").strip()
        if words:
            levels += [lv for lv in parse_location(words) if lv not in levels]
    hosts = [host for host in _hosts(mods) if host != title]
    names = ["collection", "series", *(["file"] * len(hosts))]
    levels += reversed([Level(names[i], host) for i, host in enumerate(reversed(hosts))])
    have = {lv.value for lv in levels}
    kept = places(mods, inferred)
    if not any(group_of(lv.name) == "repository" for lv in kept):
        outer = [e for e in children(mods, "relatedItem") if attribute(e, "type") == "host"]
        kept += [lv for e in outer for lv in places(e, inferred) if lv not in kept]
    own = [lv for lv in kept if group_of(lv.name) in ("item", "folder", "container")]
    levels = own + levels + [lv for lv in kept if lv not in own and lv.value not in have]
    return holding_of(levels)


def _copies(mods: Element, name: str) -> list[Element]:
    return [e for e in descendants(mods, "copyInformation") for e in children(e, name)]


def _hosts(mods: Element) -> list[str]:
    """Return the titles of the hosts, innermost first; of hosts side by side those labelled as collection come last."""
    hosts = [e for e in children(mods, "relatedItem") if attribute(e, "type") in ("host", "series")]
    hosts.sort(key=lambda e: (attribute(e, "displayLabel").casefold() == "collection", attribute(e, "type") == "host"))
    found: list[str] = []
    for host in hosts:
        inner: Element | None = host
        while inner is not None:
            info = child(inner, "titleInfo")
            found.append(closed_title(title_of(info) if info is not None else (inner.text or "").strip()))
            inner = next((e for e in children(inner, "relatedItem") if attribute(e, "type") == "host"), None)
    return list(unique(found))


def places(mods: Element, inferred: list[str]) -> list[Level]:
    """Boxes, division, repository and place of the `physicalLocation`s, else of the note on ownership."""
    divisions: list[str] = []
    free: list[str] = []
    inner: list[Level] = []
    for e in descendants_of(mods, "location", "physicalLocation"):
        sort, text = attribute(e, "type"), text_of(e)
        if sort in ("code", "division_short_name") or (
            attribute(e, "authority") in ("marcorg", "oclcorg") and len(text) < 9
        ):
            continue
        if sort in LEVELS and group_of(sort) in ("item", "folder", "container"):
            inner.append(Level(sort, text))
        else:
            (divisions if sort == "division" else free).append(text)
    free = list(unique(free))
    if not free:
        free = list(unique([text_of(e) for e in children(mods, "note") if attribute(e, "type") == "ownership"]))[:1]
    levels = [*dict.fromkeys(inner), *(Level("division", text) for text in unique(divisions))]
    for text in free:
        parts, read = keeper_levels(text)
        if read:
            inferred.append("archive")
        levels += parts
    return levels


def digital(mods: Element) -> Digital:
    """Return where a copy is read: the address that shows the object in its context before all others."""
    urls: list[tuple[int, str, str]] = []
    extra: dict[str, str] = {}
    for e in descendants_of(mods, "location", "url"):
        text, access = text_of(e), attribute(e, "access")
        if attribute(e, "note").casefold() == "iiifmanifest":
            extra["iiif_manifest"] = text
        elif text and access != "preview" and attribute(e, "note") != "mediaMaster":
            usage = attribute(e, "usage")
            rank = 0 if access == "object in context" else 1 if usage else 3 if access == "raw object" else 2
            urls.append((rank, text, attribute(e, "dateLastAccessed")))
    for e in children(mods, "identifier"):
        text = text_of(e)
        if attribute(e, "type") in ("uri", "url", "") and re.match(r"https?://", text):
            urls.append((4, text, ""))
    if not urls:
        return Digital(extra={**extra})
    _, url, accessed = min(urls, key=lambda u: u[0])
    return Digital(url=url, accessed=valid_edtf(accessed), extra={**extra})


# ---- publication, notes, the rest


def origin(record: Record, mods: Element, archival: bool) -> None:
    """Fill in place, publisher and edition; the place of an archival item is where it was written."""
    origins = children(mods, "originInfo")
    terms = [t for o in origins for p in children(o, "place") for t in children(p, "placeTerm")]
    place = next((text_of(t) for t in terms if attribute(t, "type") != "code" and text_of(t)), "")
    place = re.sub(r"\s*[:;,]$", "", place).strip("[]")
    publisher = next((text_of(e) for o in origins for e in children(o, "publisher") if text_of(e)), "").rstrip(" ,;:")
    edition = next((text_of(e) for o in origins for e in children(o, "edition")), "")
    if archival:
        record.place = place
    elif place:
        record.publication["publisher-place"] = place
    if publisher:
        record.publication["publisher"] = publisher
    if edition:
        record.publication["edition"] = closed_title(edition)
    record.publication.update(_part(child(mods, "part")))


def host(record: Record, mods: Element) -> None:
    """Fill in what a publication appeared in: container, volume, issue, pages, series."""
    for e in children(mods, "relatedItem"):
        info = child(e, "titleInfo")
        title = closed_title(title_of(info)) if info is not None else ""
        if attribute(e, "type") == "host":
            if title:
                record.publication.setdefault("container-title", title)
            record.publication.update(_part(child(e, "part")))
            published = Draft(id="")
            origin(published, e, archival=False)
            for name, text in published.publication.items():
                record.publication.setdefault(name, text)
            for ident in children(e, "identifier"):
                if attribute(ident, "type") in ("issn", "isbn"):
                    record.identifiers.setdefault(attribute(ident, "type"), text_of(ident))
        elif attribute(e, "type") == "series" and title:
            record.publication.setdefault("collection-title", title)


def _part(part: Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for detail in children(part, "detail"):
        sort = attribute(detail, "type")
        number = text_of(child(detail, "number")) or text_of(child(detail, "caption"))
        if sort in ("volume", "issue", "section", "chapter") and number:
            found["chapter-number" if sort == "chapter" else sort] = number
    for extent in children(part, "extent"):
        start, end = text_of(child(extent, "start")), text_of(child(extent, "end"))
        pages = text_of(child(extent, "list")) or (f"{start}-{end}" if start and end and start != end else start)
        if pages:
            found["page"] = pages
    return found
