"""Facts that a web page states about itself: in `meta` elements, in lists of label and value, in its address.

Four vocabularies of `meta` are read, the more exact first: Highwire (`citation_title`, for search engines of
scholarship), Dublin Core (`DC.title`, `dcterms:issued`), then Open Graph and the plain names (`author`, `description`).
Catalogues of archives have few of them but show label and value to people: definition lists, two-column tables,
headings with a block behind. Of these only labels that `shared/record_builder.py` knows are taken, for a page has many
pairs that are no description.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from citetool.formats.shared.record_builder import RecordBuilder, fact_of
from citetool.names import parse_direct_name, parse_name

from .tree import nodes, values, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_HIGHWIRE = {
    "title": "title", "publication_date": "date", "date": "date", "online_date": "date", "year": "date",
    "journal_title": "container-title", "inbook_title": "container-title", "book_title": "container-title",
    "conference_title": "container-title", "volume": "volume", "issue": "issue", "doi": "doi", "issn": "issn",
    "isbn": "isbn", "publisher": "publisher", "language": "language", "abstract": "summary", "keywords": "subject",
    "dissertation_institution": "publisher", "technical_report_institution": "publisher", "pmid": "pmid",
    "technical_report_number": "number", "public_url": "url", "abstract_html_url": "url", "fulltext_html_url": "url",
}  # fmt: skip
_DC = {
    "title": "title", "creator": "author", "contributor": "contributor", "date": "date", "issued": "date",
    "created": "date", "type": "kind", "identifier": "identifier", "publisher": "publisher", "language": "language",
    "description": "summary", "abstract": "summary", "subject": "subject", "coverage": "subject", "spatial": "subject",
    "rights": "rights", "license": "rights", "format": "medium", "medium": "medium", "extent": "extent",
    "ispartof": "collection", "relation.ispartof": "collection", "bibliographiccitation": "citation",
    "identifier.bibliographiccitation": "citation", "provenance": "repository", "rightsholder": "rights",
    "date.created": "date", "date.issued": "date", "identifier.uri": "url",
}  # fmt: skip
_PLAIN = {
    "og:title": "title", "og:description": "summary", "og:site_name": "site", "og:url": "url", "author": "author",
    "article:author": "author", "article:published_time": "date", "article:tag": "subject", "date": "date",
    "book:author": "author", "book:isbn": "isbn", "book:release_date": "date", "description": "summary",
    "twitter:title": "title", "twitter:description": "summary", "pubdate": "date", "dcterms.date": "date",
    "parsely-author": "author", "parsely-pub-date": "date",
}  # fmt: skip
_NAMES = frozenset(("author", "contributor", "editor"))


def read_metas(root: HtmlElement, facts: RecordBuilder) -> set[str]:
    """Gather what the `meta` elements say; gives the vocabularies that were found: `highwire`, `dc`, `og`."""
    metas = list(_metas(root))
    found: set[str] = set()
    for name, content in metas:
        if name.startswith("citation_"):
            found.add("highwire")
            _highwire(name.removeprefix("citation_"), content, facts)
    if "highwire" in found:
        _pages(dict(metas), facts)
        facts.add("kind", _highwire_kind(dict(metas)))
    for name, content in metas:
        term = re.match(r"(?:dc|dcterms|dct|eprints)[.:](.+)", name)
        if term and (fact := _DC.get(term.group(1))):
            found.add("dc")
            _put(fact, content, facts)
    for name, content in metas:
        if fact := _PLAIN.get(name):
            found |= {"og"} if name.startswith("og:") else set()
            if fact in ("site", "url") or not facts.all(fact):
                _put(fact, content, facts)
    return found


def _metas(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in nodes(root, "//meta[@content]"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            yield name, content


def _put(fact: str, content: str, facts: RecordBuilder) -> None:
    if fact in _NAMES and not content.startswith("http"):
        facts.name(parse_name(content) if "," in content else parse_direct_name(content), fact)
    elif fact == "identifier" and content.startswith("http"):
        facts.add("url", content)
    elif fact not in _NAMES:
        facts.add(fact, content)


def _highwire(term: str, content: str, facts: RecordBuilder) -> None:
    if term in ("author", "authors", "editor"):
        role = "editor" if term == "editor" else "author"
        for words in re.split(r"\s*;\s*", content):
            if words:
                facts.name(parse_name(words) if "," in words else parse_direct_name(words), role)
    elif fact := _HIGHWIRE.get(term):
        facts.add(fact, content.replace("/", "-") if fact == "date" else content)


def _pages(metas: dict[str, str], facts: RecordBuilder) -> None:
    first, last = metas.get("citation_firstpage", ""), metas.get("citation_lastpage", "")
    if first:
        facts.add("page", f"{first}-{last}" if last and last != first else first)


def _highwire_kind(metas: dict[str, str]) -> str:
    given = {name.removeprefix("citation_") for name in metas if name.startswith("citation_")}
    if "journal_title" in given:
        return "journal article"
    if given & {"inbook_title", "book_title"}:
        return "chapter"
    if "conference_title" in given:
        return "conference paper"
    if "dissertation_institution" in given:
        return "thesis"
    if given & {"technical_report_institution", "technical_report_number"}:
        return "published report"
    return "book" if "isbn" in given else "journal article" if given & {"issn", "doi"} else "article"


# ---- labels and values


def read_labels(root: HtmlElement, facts: RecordBuilder) -> int:
    """Gather the pairs of label and value whose label is known; gives how many there were."""
    count = 0
    for label, given in _pairs(root):
        fact = fact_of(label) if len(label) <= 60 else ""
        words = [value for value in given if value and len(value) < 20_000]
        if fact and words and not facts.all(fact):
            count += 1
            facts.add(fact, *words)
    return count


def _pairs(root: HtmlElement) -> Iterator[tuple[str, list[str]]]:
    for term in nodes(root, "//dl/dt|//dl/div/dt"):
        behind = takewhile(lambda node: node.tag == "dd", term.itersiblings())
        yield words_of(term), [item for node in behind for item in _items(node)]
    for row in nodes(root, "//tr[count(th|td)=2]"):
        cells = nodes(row, "th|td")
        yield words_of(cells[0]), _items(cells[1])
    for head in nodes(root, "//h2|//h3|//h4|//h5|//*[contains(@class,'label') and not(self::label[@for])]"):
        block = next(iter(nodes(head, "following-sibling::*[1]")), None)
        if block is not None and block.tag not in ("h1", "h2", "h3", "h4", "h5", "script", "form"):
            yield words_of(head), _items(block)


def _items(node: HtmlElement) -> list[str]:
    """Return the items of a list in an element, else its whole text."""
    items = [words_of(item) for item in nodes(node, "descendant-or-self::*[self::ul or self::ol]/li")]
    return items or [words_of(node)]


def page_address(root: HtmlElement, source: str) -> str:
    """Return the address of a page as it names it itself (canonical link), else the one that it was read from."""
    base = source if source.startswith("http") else ""
    canonical = next(iter(values(root, "//link[@rel='canonical']/@href")), "")
    address = urljoin(base, canonical) if canonical else base
    return address if address.startswith("http") else ""


def unapi_server(root: HtmlElement) -> tuple[str, list[str]]:
    """Return the address of a page's unAPI server (unapi.info, version 1) and the ids that it can be asked for."""
    server = next(iter(values(root, "//link[@rel='unapi-server']/@href")), "")
    return server, values(root, "//abbr[contains(@class,'unapi-id')]/@title") if server else []
