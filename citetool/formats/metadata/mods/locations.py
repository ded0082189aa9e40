"""The places where MODS says that a source is kept, read and published: location, hosts, origin, titles.

A holding comes from typed `physicalLocation`s where there are such; one free text is taken apart by its words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.edtf import parse_edtf
from citetool.formats.shared.archive_text import keeper_levels, parse_location
from citetool.formats.shared.headings import closed_title, holding_of, unique
from citetool.problems import CitetoolError
from citetool.record.levels import LEVELS, group_of
from citetool.record.model import Digital, Draft, Holding, Level, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.formats.shared.xml_node import Node


def related(mods: Node, sort: str) -> Sequence[Node]:
    """Return the related items of a type: `host`, `original` ..."""
    return [e for e in mods.named("relatedItem") if e.get("type") == sort]


@lru_cache(maxsize=4096)
def valid_edtf(text: str) -> str:
    """Return the text where it is EDTF, else an empty one."""
    try:
        parse_edtf(text)
    except CitetoolError:
        return ""
    return text


def title_of(info: Node) -> str:
    """Return the title of a `titleInfo` in one text: article, title, subtitle, part."""
    parts = {name: info.said(name) for name in ("nonSort", "title", "subTitle", "partNumber", "partName")}
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


def holding(mods: Node, title: str, inferred: list[str]) -> Holding:
    """Return where an archival item is kept: locator, hosts, division and repository; guesses go to `inferred`."""
    levels: list[Level] = []
    for e in [*mods.at("location", "shelfLocator"), *_copies(mods, "shelfLocator")]:
        levels += parse_location(e.words)
    for e in mods.named("location"):
        words = (e.text or "").strip()
        if words:
            levels += [lv for lv in parse_location(words) if lv not in levels]
    hosts = [host for host in _hosts(mods) if host != title]
    names = ["collection", "series", *(["file"] * len(hosts))]
    levels += reversed([Level(names[i], host) for i, host in enumerate(reversed(hosts))])
    have = {lv.value for lv in levels}
    kept = places(mods, inferred)
    if not any(group_of(lv.name) == "repository" for lv in kept):
        outer = related(mods, "host")
        kept += [lv for e in outer for lv in places(e, inferred) if lv not in kept]
    own = [lv for lv in kept if group_of(lv.name) in ("item", "folder", "container")]
    levels = own + levels + [lv for lv in kept if lv not in own and lv.value not in have]
    return holding_of(levels)


def _copies(mods: Node, name: str) -> Sequence[Node]:
    return [e for copy in mods.within("copyInformation") for e in copy.named(name)]


def _hosts(mods: Node) -> list[str]:
    """Return the titles of the hosts, innermost first; of hosts side by side those labelled as collection come last."""
    hosts = [e for e in mods.named("relatedItem") if e.get("type") in ("host", "series")]
    hosts.sort(key=lambda e: (e.get("displayLabel").casefold() == "collection", e.get("type") == "host"))
    found: list[str] = []
    for host in hosts:
        inner: Node | None = host
        while inner is not None:
            info = inner.first("titleInfo")
            found.append(closed_title(title_of(info) if info is not None else (inner.text or "").strip()))
            inner = next(iter(related(inner, "host")), None)
    return list(unique(found))


def places(mods: Node, inferred: list[str]) -> list[Level]:
    """Boxes, division, repository and place of the `physicalLocation`s, else of the note on ownership."""
    divisions: list[str] = []
    free: list[str] = []
    inner: list[Level] = []
    for e in mods.at("location", "physicalLocation"):
        sort, text = e.get("type"), e.words
        if sort in ("code", "division_short_name") or (e.get("authority") in ("marcorg", "oclcorg") and len(text) < 9):
            continue
        if sort in LEVELS and group_of(sort) in ("item", "folder", "container"):
            inner.append(Level(sort, text))
        else:
            (divisions if sort == "division" else free).append(text)
    free = list(unique(free))
    if not free:
        free = list(unique([e.words for e in mods.named("note") if e.get("type") == "ownership"]))[:1]
    levels = [*dict.fromkeys(inner), *(Level("division", text) for text in unique(divisions))]
    for text in free:
        parts, read = keeper_levels(text)
        if read:
            inferred.append("archive")
        levels += parts
    return levels


def digital(mods: Node) -> Digital:
    """Return where a copy is read: the address that shows the object in its context before all others."""
    urls: list[tuple[int, str, str]] = []
    extra: dict[str, str] = {}
    for e in mods.at("location", "url"):
        text, access = e.words, e.get("access")
        if e.get("note").casefold() == "iiifmanifest":
            extra["iiif_manifest"] = text
        elif text and access != "preview" and e.get("note") != "mediaMaster":
            usage = e.get("usage")
            rank = 0 if access == "object in context" else 1 if usage else 3 if access == "raw object" else 2
            urls.append((rank, text, e.get("dateLastAccessed")))
    for e in mods.named("identifier"):
        text = e.words
        if e.get("type") in ("uri", "url", "") and re.match(r"https?://", text):
            urls.append((4, text, ""))
    if not urls:
        return Digital(extra={**extra})
    _, url, accessed = min(urls, key=lambda u: u[0])
    return Digital(url=url, accessed=valid_edtf(accessed), extra={**extra})


# ---- publication, notes, the rest


def origin(record: Record, mods: Node, archival: bool) -> None:
    """Fill in place, publisher and edition; the place of an archival item is where it was written."""
    origins = mods.named("originInfo")
    terms = [t for o in origins for p in o.named("place") for t in p.named("placeTerm")]
    place = next((t.words for t in terms if t.get("type") != "code" and t.words), "")
    place = re.sub(r"\s*[:;,]$", "", place).strip("[]")
    publisher = next((e.words for o in origins for e in o.named("publisher") if e.words), "").rstrip(" ,;:")
    edition = next((e.words for o in origins for e in o.named("edition")), "")
    if archival:
        record.place = place
    elif place:
        record.publication["publisher-place"] = place
    if publisher:
        record.publication["publisher"] = publisher
    if edition:
        record.publication["edition"] = closed_title(edition)
    record.publication.update(_part(mods.first("part")))


def host(record: Record, mods: Node) -> None:
    """Fill in what a publication appeared in: container, volume, issue, pages, series."""
    for e in mods.named("relatedItem"):
        info = e.first("titleInfo")
        title = closed_title(title_of(info)) if info is not None else ""
        if e.get("type") == "host":
            if title:
                record.publication.setdefault("container-title", title)
            record.publication.update(_part(e.first("part")))
            published = Draft(id="")
            origin(published, e, archival=False)
            for name, text in published.publication.items():
                record.publication.setdefault(name, text)
            for ident in e.named("identifier"):
                if ident.get("type") in ("issn", "isbn"):
                    record.identifiers.setdefault(ident.get("type"), ident.words)
        elif e.get("type") == "series" and title:
            record.publication.setdefault("collection-title", title)


def _part(part: Node | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if part is None:
        return found
    for detail in part.named("detail"):
        sort = detail.get("type")
        number = detail.said("number") or detail.said("caption")
        if sort in ("volume", "issue", "section", "chapter") and number:
            found["chapter-number" if sort == "chapter" else sort] = number
    for extent in part.named("extent"):
        start, end = extent.said("start"), extent.said("end")
        pages = extent.said("list") or (f"{start}-{end}" if start and end and start != end else start)
        if pages:
            found["page"] = pages
    return found
