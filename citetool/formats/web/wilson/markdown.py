"""The parts of a saved page of the Wilson Center Digital Archive, and how its cover sheet is taken apart.

Here the *cover sheet*, text or Markdown: date, title, then headings `Citation`, `Summary`, `Original Language`,
`Contents`, then the document; also as one run of text, the way a PDF viewer copies it. `html.py` reads the HTML
of both sites. All give a `Page`; what it means is decided in `wilson.py`. A page may lack any part, a label its value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Page:
    """The parts of a page, as it gives them; empty where it does not."""

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


SITE = lazy(r"(?:(?:Woodrow )?Wilson Center|History and Public Policy Program) Digital Archive")
URL = lazy(r"https?://[\w.-]+/(?:document|node)/([\w-]+)[^\s<>)\]\"]*")
_HOST = lazy(r"digitalarchive\.wilsoncenter\.org|wilson-center[\w.-]*\.com", re.I)


def is_wilson(text: str) -> bool:
    """Return whether a page names the site or one of its hosts."""
    return bool(SITE.search(text) or _HOST.search(text))


# ---- the cover sheet

_LABELS = "Citation|Summary|Credits?|Original Language|Language|Contents|Original Archive|Source"
_HEADING = lazy(
    rf"^[ \t>]*(?:#{{1,6}}[ \t]*)?[*_]*({_LABELS})(?:[ \t]*:[*_ \t]*|[*_]+[ \t]*:?[ \t]*)(?=(.*)$)", re.M | re.I
)
_BARE_HEADING = lazy(rf"^[ \t]*(?:#{{1,6}}[ \t]*)?({_LABELS})[ \t]*$", re.M | re.I)
_INLINE = lazy(r"(?<![\w\"“])(Citation|Summary|Credits?|Original Language|Contents):(?=\s)")
_CONTENT = lazy(
    r"(?:original scans?|scan(?: of original(?: document)?)?|original document|"
    r"(?:transcript(?:ion)?|translation|summary|scan|original|pdf|html)(?:\s*[-–—:]\s*[^\W\d]+(?: [^\W\d]+)?)?|"
    r"[^\W\d]+ (?:transcript(?:ion)?|translation|original|summary|html)|\([^\W\d]+ html\))$",
    re.I,
)
_MASTHEAD = lazy(
    r"(?:the )?(?:(?:wilson center )?digital archive|international history declassified|(?:https?://)?digitalarchive\."
    r"wilsoncenter\.org/?|(?:woodrow )?wilson (?:international )?center(?: for scholars)?|skip to content)"
    r"(?:\s*[|·-]?\s*|$)",
    re.I,
)


class _Section(NamedTuple):
    label: str
    head: int  # where the label begins, and where the text behind it does
    start: int
    end: int


def cover_sheet(text: str) -> Page:
    """Return the parts of a cover sheet with the document's text behind it."""
    sections = list(_sections(text))
    parts = {s.label: text[s.start : s.end] for s in reversed(sections)}
    page = Page(labels=set(parts))
    page.citation = _run(parts.get("citation", ""))
    page.summary = "\n".join(filter(None, map(_run, re.split(r"\n\s*\n", parts.get("summary", "")))))
    page.language = _run(parts.get("original language", "") or parts.get("language", ""))
    page.original_archive = _run(parts.get("original archive", ""))
    page.donors = donors_in(_run(parts.get("credits", "") or parts.get("credit", "")))
    read_citation_parts(page)
    _header(page, text[: sections[0].head] if sections else "")
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
    found = sorted(
        {m.start(): m for p in (_HEADING, _BARE_HEADING) for m in p.finditer(text)}.values(), key=lambda m: m.start()
    )
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
    for match, after in zip(kept, [*kept[1:], None], strict=False):
        yield _Section(match.group(1).lower(), match.start(), match.end(), after.start() if after else len(text))


def _run(text: str) -> str:
    """Return a part as one line, without the marks of Markdown; an address keeps its angle brackets."""
    text = re.sub(r"\[([^\]]*)\]\((https?://[^)\s]*)\)", r"\2", text)
    text = re.sub(r"^\s*(?:#{1,6}|>)\s*|\*\*|__", "", text, flags=re.M)
    return " ".join(text.split())


def _contents(text: str) -> tuple[tuple[str, ...], str]:
    """Return the lines that say what the page offers, and the text behind them."""
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
        lead = _OFFERED_INLINE.match(text)
        if lead:
            return tuple(re.findall(r"Original Scan|Scan of Original Document|\w+ \w+", lead.group(1))), text[
                lead.end() :
            ]
    return tuple(items), text[at:]


_OFFER = r"(?:Original Scan|Scan of Original Document|[A-Z]\w+ (?:Translation|Transcription|Transcript|Original))"
_OFFERED_INLINE = lazy(rf"\s*({_OFFER}(?:\s+{_OFFER})*)\s")


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

_TAIL_URL = lazy(r"[\s,]*[<(\[]?\s*(https?://[^\s<>()\[\]]+)[>)\]]?[\s.]*$")


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


def donors_in(credits: str) -> tuple[str, ...]:
    """Return who made the page possible, out of `made possible with support from ...`; empty where it does not say."""
    match = re.search(r"support from (?:the )?(.+?)\.?$", credits, re.I)
    return (match.group(1),) if match else ()
