"""Sources that stand in the settings of a manuscript, as pandoc has them: `references:` with CSL-JSON as YAML."""

from __future__ import annotations

from typing import Any

from citetool.lazy_re import lazy

_DATES = ("issued", "accessed", "original-date", "event-date", "submitted", "available-date")
_PARTS = ("year", "month", "day")
_EMPHASIS = lazy(r"(?<![\\*\w])(\*{1,2})(?=\S)([^*\n]+?)(?<=\S)\1(?![*\w])")
_TAGS = {"*": "i", "**": "b"}


def items_in(references: object, *, markdown: bool = False) -> list[dict[str, Any]]:
    """Return the items of a list in the settings, with dates of pandoc's older form (`year: 1950`) as CSL-JSON's.

    `markdown`: their texts have its emphasis.
    """
    if not isinstance(references, list):
        return []
    return [
        {name: _value(name, value, markdown=markdown) for name, value in one.items()}
        for one in references
        if isinstance(one, dict)
    ]


def _value(name: str, value: Any, *, markdown: bool) -> Any:
    if name in _DATES:
        return _date(value)
    if markdown and isinstance(value, str) and name.startswith(("title", "container-title", "collection-title")):
        return _EMPHASIS.sub(lambda found: f"<{_TAGS[found[1]]}>{found[2]}</{_TAGS[found[1]]}>", value)
    return value


def _date(value: Any) -> Any:
    """Return `{"date-parts": ...}` of one or two mappings of year, month and day; anything else as it is."""
    dates = value if isinstance(value, list) else [value]
    if not all(isinstance(date, dict) and str(date.get("year", "")).lstrip("-").isdecimal() for date in dates):
        return value
    made: dict[str, Any] = {"date-parts": [_parts(date) for date in dates]}
    for name in ("season", "circa"):
        if dates[0].get(name):
            made[name] = dates[0][name]
    return made


def _parts(date: dict[str, Any]) -> list[int]:
    parts: list[int] = []
    for name in _PARTS:
        text = str(date.get(name, ""))
        if not text.lstrip("-").isdecimal():
            break
        parts.append(int(text))
    return parts
