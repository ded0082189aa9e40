"""The facts that pages of a few catalogues show beyond labels and meta elements.

* *Foreign Relations of the United States* (history.state.gov): a document with its number, head, date line, and a note
  that begins with `Source:` and names the archive.
* ArchivesSpace (any host): the way from the repository down to the object as a row of links, containers as
  `Box: 3, Folder: 12`.
* AtoM (any host): the same way down as a tree or row, and a reference code.

A page is known by what it is made of, not by its host alone, so that saved pages and other installations count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.formats.shared.document_text import kind_of_title
from citetool.lazy_re import lazy
from citetool.parsing import read_levels
from citetool.record.levels import LEVELS
from citetool.record.model import Level

from .tree import first_words, has_class, nodes, values, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from citetool.formats.shared.record_builder import RecordBuilder


def read_site(root: HtmlElement, address: str, facts: RecordBuilder) -> str:
    """Gather what a page of a known catalogue shows; gives the catalogue's name, or an empty text."""
    for known in (_frus, _archivesspace, _atom):
        name = known(root, address, facts)
        if name:
            return name
    return ""


# ---- history.state.gov

_SOURCE = lazy(r"^(?:\d+\s*)?\[?\s*Source\s?:\s+(\S.{10,})", re.S)
_VOLUME = lazy(r"Foreign Relations of the United States[^|]*?(?=\s+[-–—|]\s+(?:Office|Historical)|$)")
_NUMBERED = lazy(r"(\d{1,4})\.\s+(\S.*)")
_MARKS = lazy(
    r"\.\s+((?:Top Secret|Secret|Confidential|Limited Official Use|Unclassified|No classification marking)"
    r"(?:[;,]\s*[A-Z][\w ]+)*)\s*\."
)


def _frus(root: HtmlElement, address: str, facts: RecordBuilder) -> str:
    marked = f"//*[{has_class('tei-div')} or {has_class('tei-head')}]"
    if "history.state.gov" not in address and not nodes(root, marked):
        return ""
    heads = [words_of(node) for node in nodes(root, "//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    numbered = next((match for head in heads if (match := _NUMBERED.match(head))), None)
    notes = (_SOURCE.match(words_of(node)) for node in nodes(root, "//li|//p|//aside|//div[not(.//p)]"))
    note = next((match.group(1) for match in notes if match), "")
    if not numbered or not note:
        return ""
    title = re.sub(r"\s*\d{1,2}$", "", numbered.group(2)).strip()  # the mark of the source note
    facts.facts["title"] = [title]
    volume = _VOLUME.search(first_words(root, "//title"))
    facts.facts["container-title"] = [volume.group().strip()] if volume else []
    facts.facts["section"] = [numbered.group(1)]
    facts.facts["kind"] = [kind_of_title(title) or "document"]
    _date([words_of(node) for node in nodes(root, "//*[contains(@class,'dateline')]")], facts)
    first = re.split(r"(?<=[^A-Z])\.\s+", note, maxsplit=1)[0]
    facts.levels = list(read_levels(first))
    marks = _MARKS.search(note)
    facts.add("marking", marks.group(1) if marks else "")
    facts.facts["citation"] = [f"Source: {note}"]
    facts.facts["site"] = ["Office of the Historian"]
    return "Foreign Relations of the United States"


def _date(dated: list[str], facts: RecordBuilder) -> None:
    for words in dated:
        found = re.search(r"[A-Z][a-z]+ \d{1,2}, \d{4}", words)
        if found and normalise_date(found.group()):
            facts.facts["date"] = [found.group()]
            place = words[: found.start()].strip(" ,")
            facts.add("place", place if 2 < len(place) < 40 else "")
            return


# ---- ArchivesSpace and AtoM

_CONTAINER = lazy(r"\b(Box|Folder|Reel|Volume|Carton|Container|Item|Drawer|Oversize)\s*:?\s+([\w./-]+)")


def _archivesspace(root: HtmlElement, address: str, facts: RecordBuilder) -> str:
    links = nodes(root, "//*[contains(@class,'breadcrumb')]//a[contains(@href,'/repositories/')]")
    if not links:
        return ""
    levels: list[Level] = []
    boxes = nodes(root, "//*[contains(@class,'container')][contains(.,'Box') or contains(.,'Folder')]")
    shown = " ".join(map(words_of, boxes))
    for word, number in dict.fromkeys(_CONTAINER.findall(shown[:2000])):
        name = word.lower() if word.lower() in LEVELS else "container"
        if name not in {level.name for level in levels}:
            levels.insert(0, Level(name, f"{word} {number}"))
    for link in reversed(links):
        href, title = link.get("href") or "", re.sub(r"^(?:Repository|Collection|Series|File):\s+", "", words_of(link))
        if not title:
            continue
        if "/archival_objects/" in href:
            levels.append(Level("series", title))
        elif "/resources/" in href:
            levels.append(Level("collection", title))
        elif re.search(r"/repositories/\d+/?$", href):
            levels.append(Level("repository", title))
    facts.levels = levels
    if "title" in facts.facts:
        facts.facts["title"] = [first_words(root, "//h1") or facts.first("title")]
    identifier = first_words(root, f"//*[{has_class('identifier')}]//*[{has_class('component')}]")
    facts.add("identifier", identifier)
    return facts.first("repository") or next((lv.value for lv in levels if lv.name == "repository"), "ArchivesSpace")


def _atom(root: HtmlElement, address: str, facts: RecordBuilder) -> str:
    generator = next(iter(values(root, "//meta[@name='generator']/@content")), "")
    fields = nodes(root, f"//*[{has_class('field')}]/h3")
    labels = {words_of(field).casefold() for field in fields}
    if "reference code" not in labels and "atom" not in generator.casefold():
        return ""
    crumbs = [words_of(node) for node in nodes(root, "//*[contains(@class,'breadcrumb')]//a")]
    if len(crumbs) > 1 and crumbs[0] and facts.first("level").casefold() not in ("fonds", "collection"):
        facts.levels.append(Level("fonds", crumbs[0]))
    heading = first_words(root, "//h1")
    if heading:
        facts.facts["title"] = [re.sub(r"^(?:Fonds|Series|File|Item|Collection)\s+(?:\S+\s+)?[-–]\s+", "", heading)]
    return facts.first("repository") or "AtoM"
