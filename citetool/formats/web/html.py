"""A saved web page: whatever it says of the thing that it shows, for machines or for people.

The sources within a page, the more exact first: schema.org in JSON-LD, COinS, then what a known catalogue shows
(`sites.py`), `meta` elements and lists of label and value (`meta.py`). The first that has a fact is believed,
the others fill what it lacks. A page with several COinS, a list of hits, gives a record for each. A page that says
nothing of the kind is a web page: its title, site and address, so much is always there.

Left out: text that only a script brings into the page.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from citetool.formats.shared.headings import file_name, key_of
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.formats.web.wilson import wilson
from citetool.formats.web.wilson.markdown import is_wilson
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Metadata, Record
from citetool.struct import replace

from . import coins
from .meta import page_address, read_labels, read_metas, unapi_server
from .schema_org import work_record, works
from .sites import read_site
from .tree import first_words, nodes, parse_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from lxml.html import HtmlElement

    from citetool.formats.base import Attachment, ReadOptions, Rejected

_LIMIT = 32 << 20


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem | Attachment]:
    """Yield the record of a page, or one for each COinS of a list; what was inferred is said in its metadata.

    Raises InputError where the page is empty or too large.
    """
    data = stream.read(_LIMIT + 1)
    where = Where(options.source)
    if len(data) > _LIMIT:
        raise InputError(Problem(f"the page is larger than {_LIMIT >> 20} MB", where))
    if not data.strip():
        raise InputError(Problem("the page is empty", where))
    words = data.decode(options.encoding or "utf-8", "replace")
    if is_wilson(words) and (items := _wilson(data, options)):
        yield from items
        return
    root = parse_html(words if options.encoding else data)
    hidden = list(coins.spans(words))
    if len(hidden) > 1:
        yield from _listed(hidden, options)
        return
    address = page_address(root, options.source)
    record = _record(root, address, [keys for _, keys in hidden], options)
    if record is None:
        raise InputError(Problem("the page has no title and says nothing of what it shows", where))
    yield record
    server, ids = unapi_server(root)
    if server and ids:
        message = f"the page offers its records by unAPI at {server!r}: {', '.join(ids[:3])}"
        yield Problem(message, where, "fetched from there, MODS or RIS may say more", "info")


def _wilson(data: bytes, options: ReadOptions) -> list[Record | Rejected | Problem | Attachment]:
    """Return what the page is as one of the Wilson Center's documents; nothing where it is none and only names the
    site.
    """
    try:
        return list(wilson.read(io.BytesIO(data), options))
    except InputError:
        return []


def _listed(hidden: list[tuple[int, dict[str, list[str]]]], options: ReadOptions) -> Iterator[Record]:
    for _, keys in hidden:
        record = coins.to_record(keys, Metadata(file=file_name(options.source), reader="html"))
        if record.any_title:
            yield record


def _record(root: HtmlElement, address: str, hidden: list[dict[str, list[str]]], options: ReadOptions) -> Record | None:
    linked = [found for node in _linked_data(root) if (found := work_record(node))]
    facts = RecordBuilder()
    vocabularies = read_metas(root, facts)
    count = read_labels(root, facts)
    site = read_site(root, address, facts)
    facts.add("title", first_words(root, "//h1", "//title"))
    facts.add("url", address)
    plain = not (count > 1 or site or vocabularies & {"highwire", "dc"})
    if not facts.all("kind") and plain:
        facts.add("kind", "webpage")
    source = site or facts.first("site")
    metadata = Metadata(source=source, url=address, file=file_name(options.source), reader="html")
    gathered = facts.record(metadata, _key(address, facts))
    if gathered is None:
        return None
    gathered.markings = tuple(facts.all("marking"))
    if gathered.kind == "webpage" and facts.first("site"):
        gathered.publication["container-title"] = facts.first("site")
    exact = [*linked, *(coins.to_record(keys, Metadata()) for keys in hidden)]
    if plain and not exact and not facts.all("date"):
        gathered.metadata.inferred = ("kind",)
    record = gathered
    for found in reversed(exact):
        record = _over(found, record)
    return replace(record, metadata=replace(gathered.metadata, source=gathered.metadata.source or record.digital.name))


def _linked_data(root: HtmlElement) -> list[dict[str, Any]]:
    """Return the works in the JSON-LD of a page; a script that is not JSON says nothing."""
    found: list[dict[str, Any]] = []
    for script in nodes(root, "//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        found += [node for part in (data if isinstance(data, list) else [data]) for node in works(part)]
    return found[:1]


def _over(exact: Record, other: Record) -> Record:
    """Return the more exact record with its gaps filled from the other; the page's own kind yields to a telling one."""
    changes = {name: getattr(other, name) for name in Record.__slots__ if not getattr(exact, name)}
    if exact.kind in ("document", "webpage") and other.kind not in ("document", "webpage"):
        changes["kind"] = other.kind
    merged = replace(exact, **changes)
    if exact.publication and other.publication:
        merged.publication = {**other.publication, **exact.publication}
    if len(other.archive.levels) > len(exact.archive.levels):
        merged.archive = other.archive
    if not merged.digital.name and other.digital.name:
        merged.digital = replace(merged.digital, name=other.digital.name)
    return merged


def _key(address: str, facts: RecordBuilder) -> str:
    """Return the catalogue's number for the thing, else what the address ends with where it holds a number."""
    number = facts.first("naid") or next((i for i in facts.all("identifier") if " " not in i and len(i) < 40), "")
    last = key_of(address)
    if len(last) < 5 and last:  # `d12` is a number within a volume, which the part before names
        last = f"{key_of(address.rstrip('/').rpartition('/')[0])}-{last}"
    return number or (last if any(c.isdigit() for c in last) and not facts.first("doi") else "")
