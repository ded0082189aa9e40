"""A published work inside a clause: behind words of the author's that lead to it, before others that go on from it.

`The argument owes much to Jane Roe, Docks (London: Cape, 1985), 3, which differs in its stress.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.published.forms import read_work

if TYPE_CHECKING:
    import re

# A page, a year in brackets or `ff.`, and words in small letters behind it that are no part of a citation.
_GOES_ON = lazy(
    r"(?:(?<=[\d)])|(?<=[\d\s]f\.)|(?<=ff\.)|(?<=[\d\s]f)|(?<=\dff))(?=(?:,|\s?[–—:]|\.)?\s(?:[(](?!pp?\.|S\.))?(?!(?:and|und|et|e|y|at|hier|here|esp|n|nn|pp?|ff?|sqq?"
    r"|vols?|nos?|ed|eds|trans|rev|ch|chaps?|in|dans|note|notes|quoted|passim|coll|cols?)\b)[a-zà-ÿ]{2,}\s)"
)
_ONLY_A_PART = lazy(r"(?<=[\d)])(?=,\s(?:esp\.|especially|particularly)\s(?:chap|ch|pt|part|sec)\b)")
# Words in small letters that lead to a name or a title; at most two are large, as those at the head of the sentence.
_LED_TO = lazy(
    r"(?:\b[a-zà-ÿ][\w’'-]*|:)\s(?=[A-ZÀ-Þ“\"‘«][^\s,;]*(?:\s(?:and|und|et|&|von|van|de|[A-ZÀ-Þ][^\s,;]*)){0,8},?\s)"
)
_SMALL = lazy(r"\b[a-zà-ÿ][\w’'-]*")
_LARGE = lazy(r"\b[A-ZÀ-Þ][\w’'-]*")
_NO_LEAD = lazy(r"[“”\"„«»()\[\];]|\d|, [A-ZÀ-Þ]")
QUOTING = lazy(
    r",?\s(?:quoting(?:\sfrom)?|citing|(?:as\s)?quoted\s(?:in|by)|(?:as\s)?cited\s(?:in|by)|zit(?:iert)?\.?\s(?:nach|bei))\s"
)
_OWN_WORDS = lazy(r"(?:This|These|My|Our|Here|What)\s")  # `This paragraph follows Jane Roe, Docks (...)`
_MIN_SMALL = 3
_MAX_LARGE = 3
_MAX_TRIED = 8  # beginnings, and ends
_HAS_YEAR = lazy(r"\b(?:1[5-9]|20)\d\d\b")


def work_in(text: str) -> tuple[int, int] | None:
    """Return the span of the published work that a clause has in it, cited in full; None where all of it is one.

    None as well where no stretch of the clause has the form of a work. The longest stretch counts: the first words
    that may begin it, the last that may end it.
    """
    if not _HAS_YEAR.search(text):
        return None
    starts = [0, *(lead.end() for lead in _LED_TO.finditer(text) if _leads(text[: lead.end()]))][:_MAX_TRIED]
    ends = [*sorted((one.start() for one in _ends(text)), reverse=True)][:_MAX_TRIED]
    for start in starts:
        for end in (len(text), *ends):
            if start < end and (start or end < len(text)) and _is_work(text[start:end]):
                return start, end
    return None


def quoted_behind(text: str, end: int) -> int:
    """Return where the source begins that the work before it quotes: `..., 291, quoting Roe to Doe`; 0 without one."""
    behind = QUOTING.match(text, end)
    return behind.end() if behind else 0


def _ends(text: str) -> list[re.Match[str]]:
    return [*_GOES_ON.finditer(text), *_ONLY_A_PART.finditer(text), *QUOTING.finditer(text)]


def _leads(lead: str) -> bool:
    """Return whether words are a sentence of the author's up to a name, and no names or titles themselves."""
    if _NO_LEAD.search(lead):
        return False
    least = _MIN_SMALL - 1 if _OWN_WORDS.match(lead) else _MIN_SMALL
    return len(_SMALL.findall(lead)) >= least and len(_LARGE.findall(lead)) <= _MAX_LARGE


def _is_work(text: str) -> bool:
    work = read_work(text)
    return work is not None and work.kind != ""
