"""Ways of Zotero's export of MODS: two genres, contributors for makers, its field Extra as a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.csl.from_csl import has_variables, native_record
from citetool.record.kinds import csl_type, kind_for, term_of
from citetool.record.model import Creator, Holding, Record
from citetool.struct import replace

from .terms import GENRE_OF_TYPE

if TYPE_CHECKING:
    from citetool.formats.shared.xml_node import Node

_CSL_OF_GENRE = {genre: csl for csl, genre in reversed(GENRE_OF_TYPE.items())}


def item_of_zotero(mods: Node) -> tuple[str, str] | None:
    """Return kind and type of an export of Zotero's: its item type is the first genre, the words of its user the last.

    None where there are no such words.
    """
    genres = mods.named("genre")
    if len(genres) < 2 or genres[0].get("authority") != "local" or genres[-1].get("authority"):
        return None
    csl, words = _CSL_OF_GENRE.get(genres[0].words), genres[-1].words
    return kind_for(csl, term_of(words) or words) if csl and words else None


# Whom Zotero's export has as contributors: their parts in what they made, of an interview the first and the others.
_MAKERS = {"map": ("cartographer",), "graphic": ("artist",), "motion_picture": ("director",), "song": ("performer",),
           "interview": ("interviewee", "interviewer")}  # fmt: skip


def with_parts(people: list[Creator], csl: str, inferred: list[str]) -> list[Creator]:
    """Return the people with the part that they must have had where all are contributors; that is a guess."""
    parts = _MAKERS.get(csl)
    if not parts or not people or any(person.role != "contributor" for person in people):
        return people
    inferred.append("creators")
    return [replace(person, role=parts[min(at, len(parts) - 1)]) for at, person in enumerate(people)]


def take_extra(record: Record, extra: str) -> None:
    """Take the variables of Zotero's Extra, which its export has in a note, where the record has nothing better."""
    csl = csl_type(record.kind, record.type)
    said = native_record({"type": csl, "note": extra}, [])
    if said.kind != kind_for(csl)[0]:
        record.kind, record.type = said.kind, said.type
    for name in ("original_title", "medium", "extent", "rights", "place", "dates", "digital"):
        if not getattr(record, name):
            setattr(record, name, getattr(said, name))
    record.creators += said.creators
    record.notes += said.notes
    own = {level.name for level in record.archive.levels}
    more = [level for level in said.archive.levels if level.name not in own]
    below = [level for level in more if level.name != "place"]
    kept = record.archive.levels
    at = next((i for i, level in enumerate(kept) if level.name in ("division", "repository", "place")), len(kept))
    record.archive = Holding((*kept[:at], *below, *kept[at:], *(level for level in more if level.name == "place")))


def extra_of(note: Node) -> str:
    """Return the text of a note that is Zotero's Extra, line by line; empty for any other."""
    text = (note.text or "").strip()
    return text if has_variables(text) else ""
