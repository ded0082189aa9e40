"""The parts of a saved page of the Wilson Center Digital Archive, whatever its layout.

Three layouts: the *cover sheet* (text or Markdown; date, title, then headings `Citation`, `Summary`, `Original
Language`, `Contents`, then the document), also as one run of text, the way a PDF viewer copies it; the HTML of the old
site (citation and summary without headings); the HTML of the new one (labels and values by class, no citation). All give
a `Page`; what it means is decided in `wilson.py`. A page may lack any part, and labels may lack their values.

Left out: pages of search results and of collections, which hold no document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree, html

from citetool.edtf import normalise_date

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Page:
    """What a page says, as it says it; empty where it does not."""

    title: str = ""
    date: str = ""
    citation: str = ""
    site: str = ""
    source: str = ""  # the citation's part on the archive that keeps the original
    url: str = ""
    number: str = ""
    summary: str = ""
    language: str = ""
    contents: tuple[str, ...] = ()
    transcript: str = ""
    kind: str = ""
    rights: str = ""
    classification: str = ""
    donors: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    original_archive: str = ""
    labels: set[str] = field(default_factory=set)  # the headings that were found


SITE = re.compile(r"(?:(?:Woodrow )?Wilson Center|History and Public Policy Program) Digital Archive")
URL = re.compile(r"https?://[\w.-]+/(?:document|node)/([\w-]+)[^\s<>)\]\"]*")
_HOST = re.compile(r"digitalarchive\.wilsoncenter\.org|wilson-center[\w.-]*\.com", re.I)


def is_wilson(text: str) -> bool:
    """Whether a page names the site or one of its hosts."""
    return bool(SITE.search(text) or _HOST.search(text))


# ---- the cover sheet

_LABELS = "Citation|Summary|Credits?|Original Language|Language|Contents|Original Archive|Source"
_HEADING = re.compile(rf"^[ \t>]*(?:#{{1,6}}[ \t]*)?[*_]*({_LABELS})(?:[ \t]*:[*_ \t]*|[*_]+[ \t]*:?[ \t]*)(?=(.*)$)", re.M | re.I)
_BARE_HEADING = re.compile(rf"^[ \t]*(?:#{{1,6}}[ \t]*)?({_LABELS})[ \t]*$", re.M | re.I)
_INLINE = re.compile(r"(?<![\w\"“])(Citation|Summary|Credits?|Original Language|Contents):(?=\s)")
_CONTENT = re.compile(
    r"(?:original scans?|scan(?: of original(?: document)?)?|original document|(?:transcript(?:ion)?|translation|summary|scan|"
    r"original|pdf|html)(?:\s*[-–—:]\s*[^\W\d]+(?: [^\W\d]+)?)?|[^\W\d]+ (?:transcript(?:ion)?|translation|original|summary|html)|"
    r"\([^\W\d]+ html\))$",
    re.I,
)
_MASTHEAD = re.compile(
    r"(?:the )?(?:(?:wilson center )?digital archive|international history declassified|(?:https?://)?digitalarchive\."
    r"wilsoncenter\.org/?|(?:woodrow )?wilson (?:international )?center(?: for scholars)?|skip to content)"
    r"(?:\s*[|·-]?\s*|$)",
    re.I,
)


class _Section(NamedTuple):
    label: str
    start: int
    end: int


def cover_sheet(text: str) -> Page:
    """The parts of a cover sheet with the document's text behind it."""
    sections = list(_sections(text))
    parts = {s.label: text[s.start : s.end] for s in reversed(sections)}
    page = Page(labels=set(parts))
    page.citation = _run(parts.get("citation", ""))
    page.summary = "\n".join(filter(None, map(_run, re.split(r"\n\s*\n", parts.get("summary", "")))))
    page.language = _run(parts.get("original language", "") or parts.get("language", ""))
    page.original_archive = _run(parts.get("original archive", ""))
    page.donors = _donors(_run(parts.get("credits", "") or parts.get("credit", "")))
    read_citation_parts(page)
    _header(page, text[: _line_start(text, sections[0])] if sections else "")
    if sections:
        body = sections[-1]
        inside = text[body.start : body.end]
        if body.label == "contents":
            page.contents, inside = _contents(inside)
        elif body.label == "original language":  # a sheet without contents: the language is one line
            page.language, _, inside = (p.strip() for p in inside.strip().partition("\n"))
            page.language = _run(page.language)
        else:
            inside = ""
        page.transcript = inside.strip("\r\n").rstrip()
    return page


def _sections(text: str) -> Iterator[_Section]:
    """Each labelled part up to the next label; the last one takes the document with it.

    After `Contents` no label counts: the document may have lines such as `Summary:` of its own.
    """
    found = sorted({m.start(): m for p in (_HEADING, _BARE_HEADING) for m in p.finditer(text)}.values(), key=lambda m: m.start())
    if len({m.group(1).lower() for m in found}) < 2:
        found = list(_INLINE.finditer(text))
    seen: set[str] = set()
    kept = []
    for match in found:
        label = match.group(1).lower()
        if label in seen or "contents" in seen:
            continue
        seen.add(label)
        kept.append(match)
    for match, after in zip(kept, [*kept[1:], None], strict=True):
        yield _Section(match.group(1).lower(), match.end(), after.start() if after else len(text))


def _line_start(text: str, section: _Section) -> int:
    label = text.rfind(text[section.start - 1], 0, section.start)
    at = text.lower().rfind(section.label, 0, max(label, section.start))
    return max(text.rfind("\n", 0, at) + 1, 0) if text[text.rfind("\n", 0, at) + 1 : at].strip("#*_ \t>") == "" else at


def _run(text: str) -> str:
    """A part as one line, without the marks of Markdown; an address keeps its angle brackets."""
    text = re.sub(r"\[([^\]]*)\]\((https?://[^)\s]*)\)", r"\2", text)
    text = re.sub(r"^\s*(?:#{1,6}|>)\s*|\*\*|__", "", text, flags=re.M)
    return " ".join(text.split())


def _contents(text: str) -> tuple[tuple[str, ...], str]:
    """The lines that say what the page offers, and the text behind them."""
    items: list[str] = []
    at = 0
    for match in re.finditer(r"[^\n]*(?:\n|$)", text):
        line = _run(match.group()).lstrip("-•* ")
        if line and not _CONTENT.match(line):
            break
        if line:
            items.append(line)
        at = match.end()
        if at == len(text):
            break
    if not items:  # one run of text: `Contents: English Translation MINUTES OF ...`
        lead = re.match(
            r"\s*((?:Original Scan|Scan of Original Document|[A-Z]\w+ (?:Translation|Transcription|Transcript|Original))"
            r"(?:\s+(?:[A-Z]\w+ (?:Translation|Transcription|Transcript|Original)))*)\s",
            text,
        )
        if lead:
            return tuple(re.findall(r"Original Scan|Scan of Original Document|\w+ \w+", lead.group(1))), text[lead.end() :]
    return tuple(items), text[at:]


def _header(page: Page, head: str) -> None:
    """Date and title from what stands above the first label, in either order; the rest from the citation."""
    lines = [_MASTHEAD.sub("", _run(line)).strip() for line in head.splitlines()]
    lines = [line for line in lines if line]
    dates = [line for line in lines if normalise_date(line)]
    if dates:
        page.date = dates[0]
        page.title = " ".join(line for line in lines if line != dates[0])
    elif lines and len(lines) == 1 and page.date and lines[0].startswith(page.date):
        page.title = lines[0].removeprefix(page.date).strip()
    elif lines and not page.title:
        page.title = " ".join(lines)
    lead = page.citation.partition(page.site)[0] if page.site else page.citation
    title, date = _lead(lead, page.title)
    page.title = page.title or title
    page.date = page.date or date


# ---- the citation

_TAIL_URL = re.compile(r"[\s,.]*[<(\[]?\s*(https?://[^\s<>()\[\]]+)[>)\]]?[\s.]*$")


def read_citation_parts(page: Page) -> None:
    """Fill in site, source, address and number from the page's citation, and title and date where they are lacking."""
    text = page.citation
    address = URL.search(text)
    if address:
        page.url = page.url or address.group().rstrip(".,;")
        page.number = page.number or address.group(1)
    text = _TAIL_URL.sub("", text)
    site = SITE.search(text)
    if site:
        page.site = site.group()
        page.source = text[site.end() :].strip(" ,")
        title, date = _lead(text[: site.start()], page.title)
        page.title, page.date = page.title or title, page.date or date


def _lead(lead: str, known: str) -> tuple[str, str]:
    """Title and date of `"Title[,]"[,] date,`; without quotation marks the date is what a date can be read from."""
    lead = lead.strip(" ,")
    quoted = re.match(r"[\"“”'‘](.+)[\"”“'’],?\s*(.*)$", lead)
    if quoted:
        return quoted.group(1).strip(" ,"), quoted.group(2).strip(" ,")
    if known and lead.startswith(known):
        return known, lead.removeprefix(known).strip(" ,")
    pieces = lead.split(", ")
    for count in (2, 1, 3):
        date = ", ".join(pieces[-count:])
        if count < len(pieces) and normalise_date(date):
            return ", ".join(pieces[:-count]), date
    return lead, ""


def _donors(credits: str) -> tuple[str, ...]:
    match = re.search(r"support from (?:the )?(.+?)\.?$", credits, re.I)
    return (match.group(1),) if match else ()


# ---- HTML

_HTML_LABELS = {
    "source": "source", "original archive": "original_archive", "rights": "rights", "type": "kind", "language": "language",
    "record id": "number", "original classification": "classification", "donors": "donors", "donor": "donors",
    "author(s)": "authors", "authors": "authors", "author": "authors", "associated people & organizations": "people",
    "associated places": "places", "subjects discussed": "subjects", "associated topics": "subjects",
}  # fmt: skip
_LISTS = frozenset(("donors", "authors", "people", "places", "subjects"))


def html_page(text: str, encoding: str = "utf-8") -> Page:
    """The parts of a page of the old or the new site, as HTML."""
    parser = html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(encoding, "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return Page()
    for junk in root.xpath("//script|//style|//noscript"):
        junk.drop_tree()
    page = Page(site="Wilson Center Digital Archive")
    for label, values in _labelled(root):
        _set(page, label, values)
    page.title = page.title or _first(root, "//h1[contains(concat(' ',@class,' '),' title ')]", "//h1")
    page.date = _first(root, f"//*[{_cls('content-block')}]//*[{_cls('date')}]", f"//*[{_cls('date')}]")
    page.summary = _first(root, f"//*[{_cls('text-block')}]")
    donated = _first(root, f"//*[{_cls('donated')}]")
    page.donors = page.donors or _donors(donated)
    page.url = next((u for u in root.xpath("//link[@rel='canonical']/@href") if URL.match(u)), "")
    pane = root.xpath(f"//*[@id='documentTabs']//*[{_cls('tab-pane')} and {_cls('active')}]") or root.xpath(
        f"//*[{_cls('tab-pane')} and {_cls('active')}]"
    )
    if pane:
        page.transcript = _block_text(pane[0])
    page.contents = tuple(_words(li) for li in root.xpath("//*[@id='documentTabs']//ul[contains(@class,'nav')]/li") if _words(li))
    if page.number and not page.url:
        page.url = f"https://digitalarchive.wilsoncenter.org/document/{page.number}"
    if not page.source:
        _old_site(page, _block_text(root))
    return page


def _cls(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def _first(root: html.HtmlElement, *paths: str) -> str:
    return next((words for path in paths for node in root.xpath(path) if (words := _words(node))), "")


def _labelled(root: html.HtmlElement) -> Iterator[tuple[str, list[str]]]:
    """Label and values of the document's information: pills one each, else the text of the block."""
    for node in root.xpath("//h2|//h3|//h4|//*[contains(@class,'sub-title')]|//dt|//label"):
        label = _words(node).rstrip(": ").lower()
        if label not in _HTML_LABELS:
            continue
        block = node.getnext()
        if block is None:
            continue
        pills = [_words(p) for p in block.xpath(f"descendant-or-self::*[{_cls('pill')}]")]
        if pills:
            following = [_words(p) for p in block.itersiblings() if "pill" in (p.get("class") or "").split()]
            yield label, [p for p in (*pills, *following) if p]
        elif _words(block):
            yield label, [_words(block)]


def _set(page: Page, label: str, values: list[str]) -> None:
    name = _HTML_LABELS[label]
    page.labels.add(label)
    if name in _LISTS:
        setattr(page, name, (*getattr(page, name), *values))
    elif not getattr(page, name):
        setattr(page, name, ", ".join(values))


_BLOCKS = frozenset("p div li ul ol h1 h2 h3 h4 h5 h6 tr table section article blockquote dd dt main header footer".split())


def _block_text(node: html.HtmlElement) -> str:
    """The text of an element, a line for each block and line break."""
    pieces: list[str] = []

    def walk(element: html.HtmlElement) -> None:
        block = element.tag in _BLOCKS
        pieces.append("\n" if block else "")
        pieces.append(element.text or "")
        for child in element:
            if child.tag == "br":
                pieces.append("\n")
            elif isinstance(child.tag, str):
                walk(child)
            pieces.append(child.tail or "")
        pieces.append("\n\n" if element.tag == "p" else "\n" if block else "")

    walk(node)
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_OLD_CITATION = re.compile(rf"^[\"“].{{3,500}}?{SITE.pattern},?\s.*$", re.M)


def _old_site(page: Page, text: str) -> None:
    """The old layout: a date line, `Citation`, `get citation`, the summary, the citation, `share document`, the text."""
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
