"""Checks of the citations in a manuscript.

`findings` has the table of checks and what one finds, `keys` looks at keys and sources, `locators` at the places in a
source, `typed` at notes that were typed by hand, `run` goes through them all.
"""

from __future__ import annotations

from .findings import CHECKS, DocumentFinding
from .run import check_document

__all__ = ["CHECKS", "DocumentFinding", "check_document"]
