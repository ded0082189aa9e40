"""Exports of Zotero's API that are lists of a few fields: csv, refer, bookmarks, tei."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING, Any

from citetool.formats.managers.zotero.items import tags, to_zotero
from citetool.server.keys import item_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


_PARTS = ("journalArticle", "magazineArticle", "newspaperArticle", "bookSection", "conferencePaper",
          "encyclopediaArticle", "dictionaryEntry")  # fmt: skip
_SCOPES = {"volume": "volume", "issue": "issue", "pages": "page"}


def _tei(records: Sequence[Record]) -> str:
    """Return the records as a list of TEI P5 (3.12.2, `biblStruct`): what is part of another work stands in `analytic`,
    that work in `monogr`; of an archival source the archive's name and number in `idno` and `note`.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<listBibl xmlns="http://www.tei-c.org/ns/1.0">']
    for record in records:
        found = to_zotero(record)
        kind, part = str(found["itemType"]), found["itemType"] in _PARTS
        lines.append(f'<biblStruct type="{escape(kind)}" xml:id="{escape(f"item_{item_key(record.id)}")}">')
        own = [_title(found.get("title"), "a" if part else "m"), *map(_maker, found.get("creators", ()))]
        if part:
            lines += ["<analytic>", *own, "</analytic>", "<monogr>"]
            lines.append(_title(found.get("publicationTitle") or found.get("bookTitle"), "j"))
        else:
            lines += ["<monogr>", *own]
        imprint = [_element(tag, found.get(name)) for tag, name in
                   (("pubPlace", "place"), ("publisher", "publisher"), ("date", "date"))]  # fmt: skip
        imprint += [f'<biblScope unit="{unit}">{escape(str(found[name]))}</biblScope>'
                    for name, unit in _SCOPES.items() if found.get(name)]  # fmt: skip
        lines += [
            "<imprint>",
            *imprint,
            "</imprint>",
            "</monogr>",
            f'<idno type="citekey">{escape(record.id)}</idno>',
        ]
        lines += [_element("note", ", ".join(filter(None, (found.get("archiveLocation"), found.get("archive"))))),
                  _element("ref", found.get("url")), "</biblStruct>"]  # fmt: skip
    return "\n".join(filter(None, [*lines, "</listBibl>", ""])) + "\n"


def _title(text: Any, level: str) -> str:
    return f'<title level="{level}">{escape(str(text))}</title>' if text else f'<title level="{level}"/>'


def _maker(creator: Mapping[str, str]) -> str:
    """Return a person or body as author, editor, or one who is responsible otherwise."""
    role = creator.get("creatorType", "author")
    parts = [
        ("forename", creator.get("firstName")),
        ("surname", creator.get("lastName")),
        ("name", creator.get("name")),
    ]
    name = "".join(_element(tag, text) for tag, text in parts)
    if role in ("author", "editor"):
        return f"<{role}>{name}</{role}>"
    return f"<respStmt><resp>{escape(role)}</resp><persName>{name}</persName></respStmt>"


def _element(tag: str, text: Any) -> str:
    return f"<{tag}>{escape(str(text))}</{tag}>" if text else ""


PLAIN_EXPORTS: dict[str, Callable[[Sequence[Record]], str]] = {
    "csv": _csv,
    "refer": _refer,
    "bookmarks": _bookmarks,
    "tei": _tei,
}
"""The exports by the name that `format` has."""
