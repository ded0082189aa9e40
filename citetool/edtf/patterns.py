"""Patterns that are compiled when they are first needed: a command that meets only plain dates does not pay."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern, always the same one for the same text."""
    return re.compile(pattern)
