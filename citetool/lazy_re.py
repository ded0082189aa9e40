"""Regular expressions compiled on first use, so a command only pays for those it needs."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Lazy:
    """Stands for a compiled pattern; what has been asked of it once is an attribute like any other."""

    def __init__(self, pattern: Any, flags: re.RegexFlag | int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)  # the module remembers what it has compiled
        setattr(self, name, found)
        return found


def lazy(pattern: AnyStr, flags: re.RegexFlag | int = 0) -> re.Pattern[AnyStr]:
    """Return the pattern, to be used by its methods (`match`, `sub` ...) as if it were compiled; a faulty one raises
    there.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))
