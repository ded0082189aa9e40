"""Exports of Zotero's API that are lists of a few fields: csv, refer, bookmarks."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING

from citetool.formats.managers.zotero.items import tags, to_zotero
from citetool.server.keys import item_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citetool.record.model import Record

_COLUMNS = {
    "Key": "key", "Item Type": "itemType", "Publication Year": "year", "Author": "author", "Title": "title",
    "Publication Title": "publicationTitle", "Url": "url", "Date": "date", "Archive": "archive",
    "Archive Location": "archiveLocation", "Extra": "extra", "Manual Tags": "tags",
}  # fmt: skip
_REFER = {
    "%T": "title", "%A": "author", "%D": "date", "%J": "publicationTitle", "%I": "publisher", "%C": "place",
    "%L": "archiveLocation", "%W": "archive", "%U": "url", "%P": "pages", "%V": "volume", "%N": "issue",
}  # fmt: skip


def _facts(record: Record) -> dict[str, str]:
    """Return the fields of an item as texts, its authors and tags each in one."""
    found = to_zotero(record)
    facts = {name: value for name, value in found.items() if isinstance(value, str)}
    makers = [", ".join(filter(None, (one.get("lastName") or one.get("name"), one.get("firstName"))))
              for one in found.get("creators", ())]  # fmt: skip
    year = record.date[:4] if record.date[:4].isdigit() else ""
    return {**facts, "key": item_key(record.id), "year": year, "author": "; ".join(makers),
            "tags": "; ".join(tags(record))}  # fmt: skip


def _csv(records: Sequence[Record]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for facts in map(_facts, records):
        writer.writerow([facts.get(name, "") for name in _COLUMNS.values()])
    return out.getvalue()


def _refer(records: Sequence[Record]) -> str:
    """Return the records in refer(1): a line a field, authors a line each, blank lines between."""
    entries = []
    for facts in map(_facts, records):
        lines = []
        for tag, name in _REFER.items():
            values = facts.get(name, "").split("; ") if name == "author" else [" ".join(facts.get(name, "").split())]
            lines += [f"{tag} {value}" for value in values if value]
        entries.append("\n".join(lines))
    return "\n\n".join(entries) + "\n"


def _bookmarks(records: Sequence[Record]) -> str:
    """Return the records that have an address as a Netscape bookmark file."""
    lines = ["<!DOCTYPE NETSCAPE-Bookmark-file-1>",
             '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">',
             "<TITLE>Bookmarks</TITLE>", "<H1>Bookmarks</H1>", "<DL>"]  # fmt: skip
    for facts in map(_facts, records):
        if facts.get("url", "").startswith(("http://", "https://")):
            lines.append(f'    <DT><A HREF="{escape(facts["url"])}">{escape(facts.get("title", ""))}</A>')
    return "\n".join([*lines, "</DL>", ""])


PLAIN_EXPORTS: dict[str, Callable[[Sequence[Record]], str]] = {"csv": _csv, "refer": _refer, "bookmarks": _bookmarks}
"""The exports by the name that `format` has."""
