"""IIIF manifests of the Presentation API 2 and 3 (iiif.io/api/presentation), and collections of manifests.

A manifest is made for viewers: its label, and pairs of label and value for people. The pairs are read by what their
labels say (`shared/record_builder.py`), the rest from the fields that both versions have. `navDate` is for
timelines and counts only where no pair has a date. Of a collection each manifest it lists becomes a record with its
label and address.

Left out: canvases, ranges and annotations.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.shared.headings import file_name
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts, unmarked
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.record.model import Metadata, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.problems import Problem


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for the manifest, or for each manifest of a collection."""
    yield from records_of(stream, options, _record, _manifests)


def _type(data: Object) -> str:
    return text(data.get("type") or data.get("@type")).rpartition(":")[2].lower()


def _manifests(data: Object) -> list[Object]:
    if _type(data) != "collection":
        return [data]
    listed = [*mappings(data.get("manifests")), *mappings(data.get("members")), *mappings(data.get("items"))]
    found = [{"attribution": data.get("attribution"), **item} for item in listed if _type(item) in ("manifest", "")]
    return found or [data]


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    if _type(data) not in ("manifest", "collection", "") or ("label" not in data and "metadata" not in data):
        return None
    facts = RecordBuilder()
    address = text(data.get("id") or data.get("@id"))
    for pair in mappings(data.get("metadata")):
        label = text(pair.get("label"))
        values = [unmarked(value) for value in texts(pair.get("value"))]
        facts.label(label, values)
    label = unmarked(text(data.get("label")))
    title = facts.first("title")
    if title != label:
        facts.facts["title"] = [title if title and (len(title) > len(label) or title in label) else label or title]
    if not facts.all("date"):
        facts.add("date", text(data.get("navDate")).partition("T")[0].removesuffix("-01-01"))
    _homes(facts, data)
    facts.add("summary", unmarked(text(data.get("summary") or data.get("description"))))
    facts.add("rights", text(data.get("rights") or data.get("license")))
    metadata = Metadata(source=facts.first("site"), url=address, file=file_name(options.source), reader="iiif")
    return facts.record(metadata, _key(address))


def _homes(facts: RecordBuilder, data: Object) -> None:
    """Gather where it is read, and who holds it: the provider, else a short attribution."""
    pages = [page for name in ("homepage", "related") for page in _links(data.get(name))]
    facts.add("url", *pages, text(data.get("id") or data.get("@id")))
    attribution = mapping(data.get("requiredStatement")).get("value") or data.get("attribution")
    credit = [unmarked(line) for line in texts(attribution)]
    provider = text(mapping(data.get("provider")).get("label"))
    if provider:
        facts.add("repository", provider)
    elif credit and len(credit[0]) <= 60 and not credit[0].endswith("."):
        facts.add("repository", re.sub(r"^Provided by (?:the )?", "", credit[0].partition(". ")[0]))
    elif credit:
        facts.add("rights", " ".join(credit))


def _links(value: object) -> list[str]:
    links = [text(item.get("id") or item.get("@id")) for item in mappings(value)]
    return [link for link in (*links, *(t for t in texts(value) if t.startswith("http"))) if link.startswith("http")]


def _key(address: str) -> str:
    """Return the part of a manifest's address that names it: not `manifest.json`, nor `iiif`."""
    parts = [part for part in address.partition("?")[0].split("/")[3:] if part]
    named = [
        p for p in parts if p.lower() not in ("manifest", "manifest.json", "iiif", "iiif2", "presentation", "v2", "v3")
    ]
    return named[-1].removesuffix(".json") if named else ""
