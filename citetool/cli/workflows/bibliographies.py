"""The sections of a bibliography: grouped, rendered, annotated, and with the archives consulted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.problems import Problem, UsageError
from citetool.struct import NamedTuple

from . import preferred_style, records, where_kept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetool.citation.archives import Archive
    from citetool.citation.groups import Group
    from citetool.output.pages import Section
    from citetool.record.model import Record


class Wanted(NamedTuple):
    """Options of rendering: those of every command that cites."""

    style: str
    format: str
    locale: str | None
    links: bool
    engine: str
    library: Path | None


class Listing(NamedTuple):
    """The choice of what is listed, in which groups, and with what beside it."""

    collections: bool = False
    split: str | None = None
    group_by: tuple[str, ...] = ()
    annotate: str | None = None
    archives: bool = False


class Rendered(NamedTuple):
    """Sections ready to be written; `styles` is the style of each, `missing` reports records that print nothing."""

    sections: list[Section]
    styles: list[str]
    archives: list[Archive]
    missing: list[Problem]
    language: str

    def plain(self) -> list[dict[str, Any]]:
        """Return the archives, then the entries, as plain data."""
        data: list[dict[str, Any]] = [{"archive": one.name, "collections": one.collections} for one in self.archives]
        for section, style in zip(self.sections, self.styles, strict=True):
            for key, text, note in section.entries:
                data.append({"id": key, "style": style, "entry": text, "section": section.heading})
                if note:
                    data[-1]["annotation"] = note
        return data

    def page(self, format: str, *, standalone: bool) -> str:
        """Return the text of all sections in a format, as a whole page if that is asked for."""
        from citetool.output.pages import Node, Section, write_page

        outline = [
            Node(
                archive.name,
                [Node(name, [Node(one) for one in series]) for name, series in archive.collections.items()],
            )
            for archive in self.archives
        ]
        sections = list(self.sections)
        if outline:
            from citetool.citation.archives import HEADING

            sections.insert(0, Section(HEADING, outline=outline))
        title = "Bibliography" if standalone else ""
        return write_page(sections, format or "text", standalone=standalone, title=title, language=self.language)


def rendered(found: Sequence[Record], wanted: Wanted, listing: Listing) -> Rendered:
    """Return the bibliography of these records. Raises UsageError for groups that exclude each other."""
    from citetool.citation.bibliography import bibliography_layout, by_collection
    from citetool.citation.render import bibliography
    from citetool.output.pages import Entry, Section

    folders = records.style_folders(wanted.library)

    def render(some: Sequence[Record], name: str) -> list[tuple[str, str]]:
        return bibliography(
            some, style=name, format=wanted.format, locale=wanted.locale, links=wanted.links, engine=wanted.engine,
            folders=folders,
        )  # fmt: skip

    notes = _annotations(found, listing.annotate)
    listed = by_collection(found) if listing.collections else list(found)
    result = Rendered([], [], _archives(found) if listing.archives else [], [], wanted.locale or "")
    language = wanted.locale or ""
    for group in _groups(listed, listing):
        style = group.style or wanted.style
        entries = preferred_style.merged(group.records, style, wanted.library, render)
        if group.ordered:
            ranks = {record.id: rank for rank, record in enumerate(group.records)}
            entries = sorted(entries, key=lambda entry: ranks[entry[0]])
        usual = preferred_style.OTHERWISE if style == preferred_style.NAME else style
        layout, own_language = bibliography_layout(usual, folders=folders)
        language = language or own_language
        texts = [Entry(key, text, notes.get(key, "")) for key, text in entries]
        result.sections.append(Section(group.heading, texts, layout))
        result.styles.append(style)
        printed = dict(entries)
        where_kept.tell((one, style, printed[one.id]) for one in group.records if one.id in printed)
        missing = [record.id for record in group.records if record.id not in printed]
        result.missing.extend(Problem(f"{style} prints no entry for {key!r}", severity="warning") for key in missing)
    return result._replace(language=language)


def _archives(found: Sequence[Record]) -> list[Archive]:
    from citetool.citation.archives import archives

    return archives(found)


def _groups(listed: list[Record], listing: Listing) -> list[Group]:
    from citetool.citation.bibliography import sections
    from citetool.citation.groups import Group, group

    if not listing.group_by:
        return [Group(heading, members) for heading, members in sections(listed, listing.split)]
    if listing.split is not None:
        raise UsageError(Problem("--split and --group-by exclude each other", hint="leave one of them out"))
    from citetool.library.query.search import search_records

    return group(listed, listing.group_by, search_records)


def _annotations(found: Sequence[Record], field: str | None) -> dict[str, str]:
    """Return what is printed under the entry of each record that has the field."""
    if field is None:
        return {}
    from citetool.cli.ui.tables import column
    from citetool.library.query.search import hit_of

    value = column(field)
    texts = {record.id: value(hit, hit.data()) for record in found for hit in (hit_of(record),)}
    return {key: text for key, text in texts.items() if text}
