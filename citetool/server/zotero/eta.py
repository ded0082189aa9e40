"""Templates for picks in the words of Eta, as far as they name something: no program is run.

<%= it.items[0].citationKey %>
<%= it.items.map(item => item.citationKey).join(", ") %>
<% it.items.forEach(item => { %>@<%= item.citationKey %> <% }) %>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetool.problems import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST = 10_000
_NAME = r"[A-Za-z_]\w*"
_EACH = re.compile(rf"<%-?\s*it\.items\.forEach\(\s*\(?({_NAME})\)?\s*=>\s*\{{\s*-?%>(.*?)<%-?\s*\}}\s*\)\s*;?\s*-?%>",
                   re.DOTALL)  # fmt: skip
_VALUE = re.compile(r"<%-?\s*[=~]\s*((?:[^%]|%(?!>))*?)\s*-?%>")
_JOINED = re.compile(
    rf"it\.items\.map\(\s*\(?({_NAME})\)?\s*=>\s*\1\.({_NAME})\s*\)\.join\((?:'([^']*)'|\"([^\"]*)\")\)"
)
_ONE = re.compile(rf"it\.items\[(\d{{1,4}})\]\.({_NAME})")


def fill(template: str, picks: Sequence[Mapping[str, object]]) -> str:
    """Return the template with the parts of the picks. Raises UsageError for one that would have to be run."""
    if len(template) > _LONGEST:
        raise UsageError(Problem(f"a template has at most {_LONGEST:,} characters"))
    parts, start = [], 0
    for match in _EACH.finditer(template):
        parts.append(_filled(template[start : match.start()], picks))
        parts += [_filled(match[2], picks, (match[1], pick)) for pick in picks]
        if not picks:
            _filled(match[2], picks, (match[1], {}))
        start = match.end()
    return "".join([*parts, _filled(template[start:], picks)])


def _filled(
    text: str, picks: Sequence[Mapping[str, object]], own: tuple[str, Mapping[str, object]] | None = None
) -> str:
    """Return the text with its values; `own` is the name and the pick of the loop that it stands in."""
    if "<%" in _VALUE.sub("", text):
        raise UsageError(Problem("a template may name values, join them, or go through it.items; it is not run"))
    return _VALUE.sub(lambda match: _value(match[1], picks, own), text)


def _value(words: str, picks: Sequence[Mapping[str, object]], own: tuple[str, Mapping[str, object]] | None) -> str:
    if joined := _JOINED.fullmatch(words):
        return (joined[3] or joined[4] or "").join(_text(pick.get(joined[2])) for pick in picks)
    if one := _ONE.fullmatch(words):
        number = int(one[1])
        return _text(picks[number].get(one[2])) if number < len(picks) else ""
    name, _, part = words.partition(".")
    if own and name == own[0] and re.fullmatch(_NAME, part):
        return _text(own[1].get(part))
    raise UsageError(Problem(f"a template cannot say {words[:60]!r} here"))


def _text(value: Any) -> str:
    return "" if value is None or value is False else "true" if value is True else str(value)
