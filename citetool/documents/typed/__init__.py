"""Notes that were typed by hand: read into citations, taken out as records, brought into another style.

`read` reads the notes of a document in order, `restyle` renders what is sure anew and leaves the rest.
"""

from __future__ import annotations

from .citation import TypedCitation
from .markers import to_markers
from .read import notes_as_dicts, read_typed
from .restyle import Restyled, RestyledNote, restyle_notes

__all__ = ["Restyled", "RestyledNote", "TypedCitation", "notes_as_dicts", "read_typed", "restyle_notes", "to_markers"]
