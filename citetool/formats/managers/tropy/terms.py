"""Tropy's properties, and the facts that they stand for: shared by its JSON-LD and its CSV.

Tropy describes photographs of archival documents by templates; its own generic and correspondence templates use the
properties below. A template of the user's may use any other, which is taken by its last part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.shared.record_builder import FACTS, fact_of

if TYPE_CHECKING:
    from citetool.record.model import Record

DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
TROPY = "https://tropy.org/v1/tropy#"

# Property to fact, in the order of the columns that are written.
PROPERTIES: dict[str, str] = {
    f"{DC}title": "title",
    f"{DC}creator": "author",
    f"{TERMS}audience": "recipient",
    f"{DC}date": "date",
    f"{DC}type": "kind",
    f"{DC}source": "repository",
    f"{TROPY}collection": "collection",
    f"{TROPY}box": "box",
    f"{TROPY}folder": "folder",
    f"{DC}identifier": "identifier",
    f"{DC}language": "language",
    f"{DC}description": "summary",
    f"{DC}subject": "subject",
    f"{DC}rights": "rights",
    f"{TERMS}spatial": "place",
    f"{DC}relation": "url",
}
_MORE = {
    f"{TERMS}source": "repository", f"{DC}coverage": "place", f"{TERMS}isPartOf": "collection",
    f"{TERMS}rightsHolder": "rights", f"{DC}contributor": "contributor", f"{DC}publisher": "publisher",
    f"{TERMS}provenance": "repository", f"{TERMS}bibliographicCitation": "citation", f"{DC}format": "medium",
}  # fmt: skip


def fact_of_property(name: str) -> str:
    """Return the fact that a property (address, `dc:title`) or a label (`Archive`) stands for; empty if unknown."""
    found = PROPERTIES.get(name) or _MORE.get(name)
    if found:
        return found
    last = name.rstrip("/").replace("#", "/").rpartition("/")[2].rpartition(":")[2]
    short = next((fact for key, fact in PROPERTIES.items() if key.endswith(("/" + last, "#" + last))), "")
    return short or fact_of(last) or FACTS.get(last.casefold(), "")


def values_of(record: Record) -> dict[str, list[str]]:
    """Return the record's facts by property, for writing; empty ones are left out."""
    levels: dict[str, list[str]] = {}
    for level in record.archive.levels:
        levels.setdefault(level.name, []).append(level.value)
    home = (value for name in ("division", "repository", "place") for value in levels.get(name, ()))
    facts = {
        "title": [record.any_title],
        "author": [str(n) for n in record.by_role("author", "sender", "photographer", "creator", "artist")],
        "recipient": [str(n) for n in record.by_role("recipient")],
        "date": [record.date or record.date_text],
        "kind": [record.kind],
        "repository": [", ".join(home)],
        "collection": levels.get("collection", []),
        "box": levels.get("box") or levels.get("container") or levels.get("carton") or [],
        "folder": levels.get("folder", []),
        "identifier": [record.id],
        "language": list(record.language),
        "summary": [record.summary],
        "subject": list(record.subjects),
        "rights": [record.rights],
        "place": [record.place],
        "url": [record.digital.url],
    }
    return {key: given for key, fact in PROPERTIES.items() if (given := [v for v in facts[fact] if v])}
