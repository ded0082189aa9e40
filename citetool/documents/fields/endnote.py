"""EndNote's citations: `<EndNote><Cite>` as XML in the code of a field, or in base64 beside it."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from lxml import etree

from citetool.documents.model import CitedItem
from citetool.documents.spans import Spans
from citetool.documents.text import Found
from citetool.lazy_re import lazy
from citetool.xmlio import attribute, child, children, descendants, text_of

from .model import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.documents.model import Mode
    from citetool.documents.spans import Span
    from citetool.xmlio import Element

_TYPES = {
    "17": "article-journal", "6": "book", "5": "chapter", "32": "thesis", "27": "report", "12": "webpage",
    "23": "article-newspaper", "47": "paper-conference", "10": "paper-conference", "28": "book", "36": "manuscript",
    "26": "personal_communication", "25": "patent", "31": "legislation", "13": "article", "2": "document",
}  # fmt: skip


def read_endnote(text: str) -> Code:
    """Return the citation in the XML `text`, which may stand inside other text."""
    start, end = text.find("<EndNote"), text.rfind("</EndNote>")
    if start < 0 or end < 0:
        return Code("citation", "endnote", error="it holds no <EndNote> element")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(text[start : end + len("</EndNote>")].encode("utf-8", "replace"), parser)
    if root is None:
        return Code("citation", "endnote", error="its XML cannot be read")
    code = Code("citation", "endnote", items=[_item(cite) for cite in children(root, "Cite")])
    shown = next(descendants(root, "DisplayText"), None)
    code.plain = text_of(shown) or None
    if not code.items:
        code.error = "it names no source"
    return code


def unpacked(data: str) -> str:
    """Return the text of a `w:fldData`; empty where it is no base64."""
    try:
        raw = base64.b64decode("".join(data.split()), validate=False)
    except (binascii.Error, ValueError):
        return ""
    encoding = "utf-16-le" if raw[1:2] == b"\0" else "utf-8"
    return raw.decode(encoding, "replace").rstrip("\0")


def _item(cite: Element) -> CitedItem:
    record = child(cite, "record")
    number = text_of(child(cite, "RecNum"))
    mode: Mode = "normal"
    if attribute(cite, "ExcludeAuth") == "1":
        mode = "suppress-author"
    elif attribute(cite, "ExcludeYear") == "1":
        mode = "author-only"
    elif attribute(cite, "AuthorYear") == "1":
        mode = "author-in-text"
    pages = text_of(child(cite, "Pages"))
    return CitedItem(
        number or text_of(child(cite, "IDText")) or text_of(child(cite, "Author")),
        mode=mode,
        prefix=text_of(child(cite, "Prefix")),
        suffix=text_of(child(cite, "Suffix")),
        locator=pages,
        label="page" if pages else "",
        title=text_of(child(record, "titles", "title")),
        data=_csl(record, cite),
    )


def _csl(record: Element | None, cite: Element) -> dict[str, Any]:
    """Return the embedded record as a CSL-JSON item; at least author and year of the citation itself."""
    kind = child(record, "ref-type")
    item: dict[str, Any] = {"type": _TYPES.get(text_of(kind), "document")}
    for name, path in _PATHS.items():
        value = text_of(child(record, *path))
        if value:
            item[name] = value
    for name, group in _PEOPLE.items():
        people = [text_of(one) for one in children(child(record, "contributors", group), "author")]
        if people:
            item[name] = [_name(one) for one in people if one]
    author, year = (
        text_of(child(cite, "Author")),
        text_of(child(record, "dates", "year")) or text_of(child(cite, "Year")),
    )
    if author and "author" not in item:
        item["author"] = [_name(author)]
    if year:
        item["issued"] = {"date-parts": [[int(year)]]} if year.isdigit() else {"literal": year}
    return item


_PATHS = {
    "title": ("titles", "title"), "container-title": ("titles", "secondary-title"), "page": ("pages",),
    "collection-title": ("titles", "tertiary-title"), "title-short": ("titles", "short-title"), "volume": ("volume",),
    "issue": ("number",), "edition": ("edition",), "publisher": ("publisher",), "publisher-place": ("pub-location",),
    "archive": ("remote-database-name",), "DOI": ("electronic-resource-num",), "ISBN": ("isbn",),
    "language": ("language",),
    "URL": ("urls", "related-urls", "url"), "call-number": ("call-num",), "genre": ("work-type",),
    "note": ("notes",), "abstract": ("abstract",),
}  # fmt: skip
_PEOPLE = {"author": "authors", "editor": "secondary-authors", "translator": "subsidiary-authors"}


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(",")
    if not comma or not given.strip():
        return {"literal": text.rstrip(",")}
    return {"family": family.strip(), "given": given.strip()}


# `{see \Smith, 1999 #12@23-24; Doe, 2001 #7}`, as EndNote leaves citations that are not formatted.
_LOOSE = lazy(r"\{[^{}\n]{1,400}#\d+[^{}\n]{0,200}\}")
_LOOSE_CITE = lazy(
    r"(?:(?P<prefix>[^\\;]*)\\)?(?P<author>[^;#]*?)(?:,\s*(?P<year>[^,;#]*?))?\s*#(?P<number>\d+)"
    r"(?:@(?P<pages>[^`;]*))?(?:`(?P<suffix>[^;]*))?\s*\Z"
)


def unformatted(text: str, opaque: Iterable[Span]) -> list[Found]:
    """Return the citations in braces that EndNote has not formatted yet; `opaque` stretches are passed over."""
    if "#" not in text or "{" not in text:
        return []
    taken = Spans(opaque)
    found: list[Found] = []
    for match in _LOOSE.finditer(text):
        items = [_loose(one) for one in match[0][1:-1].split(";")]
        if not taken.end_at(match.start()) and all(items):
            found.append(Found(*match.span(), [one for one in items if one is not None]))
    return found


def _loose(text: str) -> CitedItem | None:
    match = _LOOSE_CITE.match(text.strip())
    if match is None:
        return None
    author, year = match["author"].strip(), (match["year"] or "").strip()
    pages = (match["pages"] or "").strip()
    data: dict[str, Any] = {"type": "document"}
    if author:
        data["author"] = [_name(author)]
    if year:
        data["issued"] = {"date-parts": [[int(year)]]} if year.isdigit() else {"literal": year}
    return CitedItem(
        match["number"],
        mode="normal" if author else "suppress-author",
        prefix=(match["prefix"] or "").strip(),
        suffix=(match["suffix"] or "").strip(),
        locator=pages,
        label="page" if pages else "",
        data=data,
    )
