"""The parts of a page of the Wilson Center Digital Archive saved as HTML, of the old site or the new one.

The old site has the summary and the citation without headings, between `get citation` and `share document`; the new
one has labels and values by class, and no citation. Labels without values are common, and nothing is made up for them.

Left out: pages of search results and of collections, which hold no document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.web.tree import block_text, first_words, has_class, nodes, parse_html, values, words_of
from citetool.lazy_re import lazy

from .markdown import SITE, URL, Page, donors_in, read_citation_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LABELS = {
    "source": "source", "original archive": "original_archive", "rights": "rights", "type": "kind",
    "language": "language", "record id": "number", "original classification": "classification",
    "donors": "donors", "donor": "donors", "author(s)": "authors", "authors": "authors", "author": "authors",
    "associated people & organizations": "people",
    "associated places": "places", "subjects discussed": "subjects", "associated topics": "subjects",
}  # fmt: skip
_LISTS = frozenset(("donors", "authors", "people", "places", "subjects"))


def html_page(text: str) -> Page:
    """Return the parts of a page of the old or the new site, as HTML."""
    root = parse_html(text)
    for junk in nodes(root, "//script|//style|//noscript"):
        junk.drop_tree()
    page = Page(site="Wilson Center Digital Archive")
    for label, given in _labelled(root):
        _set(page, label, given)
    page.title = first_words(root, f"//h1[{has_class('title')}]", "//h1")
    page.date = first_words(root, f"//*[{has_class('content-block')}]//*[{_DATE}]", f"//*[{_DATE}]")
    page.summary = first_words(root, f"//*[{has_class('text-block')}]")
    page.donors = page.donors or donors_in(first_words(root, f"//*[{has_class('donated')}]"))
    page.url = next((url for url in values(root, "//link[@rel='canonical']/@href") if URL.match(url)), "")
    panes = [block_text(pane) for pane in nodes(root, f"//*[{has_class('tab-pane')}]")]
    page.transcript = "\n\n".join(filter(None, panes))
    tabs = nodes(root, "//*[@id='documentTabs']//ul[contains(@class, 'nav')]/li")
    page.contents = tuple(filter(None, map(words_of, tabs)))
    if page.number and not page.url:
        page.url = f"https://digitalarchive.wilsoncenter.org/document/{page.number}"
    if not page.source:
        _old_site(page, block_text(root))
    return page


_DATE = has_class("date")


def _labelled(root: HtmlElement) -> Iterator[tuple[str, list[str]]]:
    """Label and values of the document's information: pills one each, else the text of the block."""
    for node in nodes(root, "//h2|//h3|//h4|//*[contains(@class, 'sub-title')]|//dt|//label"):
        label = words_of(node).rstrip(": ").lower()
        if label not in _LABELS:
            continue
        block = next(iter(nodes(node, "following-sibling::*[1]")), None)
        if block is None:
            continue
        pills = [words_of(p) for p in nodes(block, f"descendant-or-self::*[{has_class('pill')}]")]
        if pills:
            following = [words_of(p) for p in nodes(block, f"following-sibling::*[{has_class('pill')}]")]
            yield label, [p for p in (*pills, *following) if p]
        elif words_of(block):
            yield label, [words_of(block)]


def _set(page: Page, label: str, given: list[str]) -> None:
    name = _LABELS[label]
    page.labels.add(label)
    if name in _LISTS:
        setattr(page, name, (*getattr(page, name), *given))
    elif not getattr(page, name):
        setattr(page, name, ", ".join(given))


_OLD_CITATION = lazy(rf"^[\"“].{{3,500}}?{SITE.pattern},?\s.*$", re.M)


def _old_site(page: Page, text: str) -> None:
    """Read the old layout: date, `Citation`, `get citation`, summary, the citation, `share document`, the text."""
    match = _OLD_CITATION.search(text)
    if not match:
        return
    page.labels.add("citation")
    page.citation = match.group().strip()
    read_citation_parts(page)
    before = [line.strip() for line in text[: match.start()].splitlines() if line.strip()]
    starts = [i for i, line in enumerate(before) if line.strip("• ").lower() in ("get citation", "citation")]
    if starts:
        page.summary = page.summary or " ".join(before[starts[-1] + 1 :])
    after = text[match.end() :]
    share = re.search(r"^[•\s]*share document\s*$", after, re.M | re.I)
    after = after[share.end() :] if share else after
    offered = re.match(r"\s*\(?(\w+) HTML\)?\s*\n", after, re.I)
    if offered:
        page.contents = page.contents or (offered.group().strip().strip("()"),)
        after = after[offered.end() :]
    page.transcript = page.transcript or after.strip()
