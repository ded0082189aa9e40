"""An entry as Zotero's import of BibTeX and BibLaTeX takes it, chosen by what its users print from it.

That import has no field for an archive: the whole reference stands in `note`, of which it makes a note beside the item.
What it would print as something else is left out: the town of the archive, which it takes for the place of publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.csl.zotero import zotero_date
from citetool.formats.shared.archive_text import provenance
from citetool.formats.shared.untitled import addressed
from citetool.latex import encode
from citetool.lazy_re import lazy
from citetool.record.kinds import csl_type, kind_of
from citetool.record.levels import in_group

if TYPE_CHECKING:
    from citetool.record.model import Record

# Entry types that the import makes items of with the parts and fields of the like.
_TYPES = {"personal_communication": "letter", "graphic": "artwork", "motion_picture": "movie", "song": "audio",
          "report": "report", "webpage": "online"}  # fmt: skip
_DROPPED = ("address", "location", "library", "origlocation", "year", "month", "day", "addendum")


def turn_to_zotero(record: Record, kind: str, fields: dict[str, str]) -> str:
    """Put the fields of an entry where Zotero's import finds them, and return the type of the entry."""
    csl = csl_type(record.kind, record.type)
    if record.kind == "video":
        kind = "video"
    elif kind in ("unpublished", "misc", "online"):
        kind = _TYPES.get(csl, kind)
    if date := zotero_date(record.date, record.date_text):
        fields["date"] = encode(date.replace("~", "?"))  # it reads no command there, and prints both alike
    for name, value in fields.items():
        fields[name] = _MKBIBQUOTE.sub(r"“\1”", value)
    if kind_of(record.kind).archival:
        _put_archival(record, fields)
        return kind
    for name, variable in _OF_TYPE.get(kind, ()):
        if variable in record.publication:
            fields.setdefault(name, encode(record.publication[variable]))
    if csl == "thesis":  # it takes a `@phdthesis` for its word, and prints the keys of biblatex
        fields["type"] = encode(record.kind) if kind_of(record.kind).genre else ""
        return "thesis"
    return kind


_MKBIBQUOTE = lazy(r"\\mkbibquote\{([^{}]*)\}")
_OF_TYPE = {"online": (("booktitle", "container-title"),), "article": (("address", "publisher-place"),)}


def _put_archival(record: Record, fields: dict[str, str]) -> None:
    for name in _DROPPED:
        fields.pop(name, None)
    made = "" if record.any_title else addressed(record.creators, record.kind)
    if made:
        fields["title"] = f"{{{encode(made)}}}"
    if made or not kind_of(record.kind).genre:
        fields.pop("type", None)
    fields["institution"] = encode(", ".join(level.value for level in in_group(record.archive, "repository")))
    kept, read = provenance(record)
    place = f"Place: {record.place}" if record.place else ""
    fields["note"] = encode(" ".join(f"{text.removesuffix('.')}." for text in (kept, read, place) if text))
