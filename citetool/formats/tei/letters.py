"""Letters from TEI's `correspDesc` (2.4.6 of the Guidelines), also as CMIF has them: who wrote to whom, when and where.

The person of the action `sent` is the author, that of `received` the recipient. A letter of a list, as CMIF is one,
bears no title of its own and gets a supplied one; the edition that it is printed in is what `@source` points to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.formats.shared.headings import key_of, unique
from citetool.record.model import Creator, Digital, Draft, Metadata, Record
from citetool.xmlio import attribute, child, children, descendants, local_name, text_of

from .values import date_of, names_of, tidy_text

if TYPE_CHECKING:
    from citetool.xmlio import Element

_ROLES = {"sent": "author", "received": "recipient", "forwarded": "contributor", "redirected": "contributor"}
_LONGEST_NAME = 90  # a bibl of an online edition is its name, one of a printed one its description


class Edition(NamedTuple):
    """One source of a list of letters: its description, its own title where that is marked, whether it is online."""

    text: str
    title: str
    online: bool


def editions(header: Element) -> dict[str, Edition]:
    """Return the editions that the header names, by `@xml:id`."""
    found = {}
    for e in descendants(child(header, "fileDesc", "sourceDesc"), "bibl", "biblStruct", "biblFull"):
        title = next((tidy_text(t) for t in descendants(e, "title")), "")
        found[attribute(e, "id")] = Edition(_described(e), title, attribute(e, "type") in ("online", "hybrid"))
    return found


def _described(edition: Element) -> str:
    """Return a source in words: as they are written, or the marked parts of a `biblStruct` with commas between them."""
    if local_name(edition) != "biblStruct":
        return tidy_text(edition, skip=())
    parts = [tidy_text(e) for e in edition.iter() if isinstance(e.tag, str) and not children(e)]
    return ", ".join(unique(parts))


def letter(description: Element, known: dict[str, Edition], metadata: Metadata) -> Record | None:
    """Return the letter that a description is of; None where it names neither a person nor a date."""
    actions = {attribute(e, "type"): e for e in reversed(children(description, "correspAction"))}
    creators = tuple(
        Creator(name, role)
        for kind, role in _ROLES.items()
        if kind in actions
        for e in children(actions[kind], "persName", "orgName", "name", "rs")
        for name in names_of(e)
    )
    sent = actions.get("sent")
    date, words = date_of(child(sent, "date"))
    if not (creators or date or words):
        return None
    dates = {}
    received = date_of(child(actions.get("received"), "date"))[0]
    if received:
        dates["received"] = received
    to = " and ".join(c.name.direct() for c in creators if c.role == "recipient")
    edition = known.get(attribute(description, "source").removeprefix("#"))
    address, key = attribute(description, "ref"), attribute(description, "key")
    record = Draft(
        id=key_of(key or attribute(description, "id") or address),
        kind="letter",
        supplied_title=f"Letter to {to}" if to else "Letter",
        creators=creators,
        date=date,
        date_text=words,
        dates=dates,
        place=next((tidy_text(e) for e in children(sent, "placeName", "settlement")), ""),
        digital=Digital(url=address if "://" in address else ""),
        identifiers={"local": key} if key else {},
        notes=tuple(text_of(e) for e in children(description, "note") if text_of(e)),
        metadata=metadata,
    )
    if edition is not None:
        _printed(record, edition)
    return record


def _printed(record: Record, edition: Edition) -> None:
    """Say where the letter is edited: the title of the edition, and its description where that is longer."""
    title = edition.title or (edition.text if len(edition.text) <= _LONGEST_NAME else "")
    if edition.online and title:
        record.digital.name = title
    elif title:
        record.publication = {"container-title": title}
    if edition.text != title:
        record.notes = (*record.notes, f"Edition: {edition.text}")
