"""Archival citations as people write them, read into their parts.

`read_citation` reads one citation, `read_levels` a bare archival path. The values of a reading are words of the string;
see `reader` for the way from text to reading and `data/` for the words that are known.
"""

from __future__ import annotations

from .location import Part
from .model import Reading
from .reader import read_citation, read_levels

__all__ = ["Part", "Reading", "read_citation", "read_levels"]
