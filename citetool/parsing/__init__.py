"""Archival citations as people write them, read into their parts.

`read_citation` reads one citation, `read_citations` a note of several with their short forms, `read_note` the same with
the place of each in the note, `read_levels` a bare archival path. The values of a reading are words of the string;
see `reader` for the way from text to reading and `data/` for the words that are known.
"""

from __future__ import annotations

from .model import THRESHOLD, Reading
from .notes.citations import NoteCitation, read_note
from .notes.context import Context
from .notes.read import read_citation, read_citations
from .reader import read_levels
from .spans import Part
from .to_record import to_record, with_given

__all__ = [
    "THRESHOLD", "Context", "NoteCitation", "Part", "Reading", "read_citation", "read_citations", "read_levels",
    "read_note", "to_record", "with_given",
]  # fmt: skip
