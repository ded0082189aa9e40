"""Printed works read from both ends: people first, then numbers, place and publisher; what is left is the title.

No form has to fit as a whole: each piece is known by its own words and place, so that a habit of a journal or a remark
more does not undo the rest. A reading counts only where enough of the pieces were found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.signals import OPENING

from . import patterns
from .heads import QUOTED, Head, heads
from .kinds import IN, Rest, article, book, chapter, newspaper, thesis
from .numbers import numbers_at_end

if TYPE_CHECKING:
    from .work import Work

_URL = lazy(
    r"[.,;:]?\s*(?:[<(\[]?(?:(?:Retrieved|Available|Accessed|URL|DOI|doi|Verfügbar|Online|Disponible|online|abgerufen)\b"
    r"[^<>]{0,60}?)?(?P<url>(?:https?://|www\.)\S+|(?:doi|DOI):?\s?10\.\S+)[>)\]]?)(?:\s*[(\[,.]?\s*(?:[Aa]ccessed|[Ll]ast"
    r"|[Rr]etrieved|[Aa]bgerufen|[Zz]uletzt|[Cc]onsulté|[Zz]ugriff|[Ss]tand|[Vv]isited|[Cc]onsultado|\d)[^()\[\]]*[)\]]?)?[.\s]*$"
)
_REMARK = lazy(
    r"[.,;]?\s*(?:[(\[](?:im Druck|forthcoming|in press|im Erscheinen|Original work published[^()]*|online|en ligne"
    r"|e-?book|Kindle[^()]*|orig[^()]*|reprint[^()]*|[Nn]achdruck[^()]*)[)\]]|(?<=\d\.)\s*Reprint,.*|ISBN[:\s][\d\sX-]+|[Pp]rint|[Ww]eb|s\.\s?v\.\s.{2,60})\.?$"
)
_LINKS = ("http", "www.", "10.")  # what every address has
_MAY_REMARK = lazy(r"[)\]]\.?$|ISBN|Reprint,|[Pp]rint\.?$|[Ww]eb\.?$|\bs\.\s?v\.")
_DATABASE = lazy(r"\.\s(?:[A-Z][\w ]{2,30}),?$")  # `... pp. 12–40. JSTOR,` before the address
_ENDS_NUMBERED = lazy(r"\d$")
_ITALIC = lazy(r"(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)")
# the number of an entry in a list, a dash for the author of the one before
_LISTED = lazy(r"(?:\[\d{1,3}\]|\d{1,3}\.|[·•*])?\s*(?:[—–_]{1,6}[.,]\s)?(?=[A-ZÀ-Þ“\"„«])")
_IN_NEXT = lazy(r"\.\s*In:?\s")
_MODIFIED = lazy(
    r"\s\((?:[Bb]log|[Ww]ebsite)\)|,?\s(?:last\s)?(?:modified|posted|accessed|updated|published)(?:\son)?$"
)
_ADDRESS = lazy(r"(?:Dr|Prof|Mag|dr|prof)\.?\s(?:(?:Dr|dr)\.?\s)?(?=[A-ZÀ-ÞČŠŽ])")
_POSSESSIVE = lazy(r"(?:his|her|their|my|our|seine?n?|ihre?n?|s[ao]n?|ses|leurs?)\s")
_MOST_REMARKS = 3


def read_whole(text: str) -> Work | None:
    """Return the printed work that a text cites as a whole, or None where too little of one is found in it."""
    if "*" in text or "_" in text:
        text = _ITALIC.sub("", text)
    if prefix := OPENING.match(text):
        text = text[prefix.end() :]
    if listed := _LISTED.match(text):
        text = text[listed.end() :]
    if address := _ADDRESS.match(text):
        text = text[address.end() :]
    if _POSSESSIVE.match(text):  # `his Strategies of Containment (1982)`: the sentence says whose it is
        return None
    text, url = _without_remarks(text)
    for head in heads(text):
        if work := _read_rest(head._replace(linked=bool(url))):
            return _with_url(work, url) if url else work
    return None


def _without_remarks(text: str) -> tuple[str, str]:
    """Return a text without the address and the remarks at its end, and the address."""
    url = ""
    for _ in range(_MOST_REMARKS):
        linked = any(mark in text for mark in _LINKS)
        if linked and (match := _URL.search(text)):
            url, text = match["url"].rstrip(".,;)>"), text[: match.start()].rstrip()
            database = _DATABASE.search(text)
            if database and _ENDS_NUMBERED.search(text[: database.start()]):
                text = text[: database.start()]
        elif _MAY_REMARK.search(text) and (match := _REMARK.search(text)):
            text = text[: match.start()].rstrip()
        else:
            break
    return text, url


def _with_url(work: Work, url: str) -> Work:
    """Return the work with its address; what is dated by the day and in no newspaper is a web page."""
    container = work.data.get("container-title", "")
    if work.kind != "newspaper article" or patterns.PAPER_NAME.search(container):
        return work._replace(url=url)
    return work._replace(kind="webpage", url=url, data={**work.data, "container-title": _MODIFIED.sub("", container)})


def _read_rest(head: Head) -> Work | None:
    """Return the work of what follows the people: title, what it is in, imprint and numbers."""
    numbers = numbers_at_end(head.rest, dated=bool(head.date))
    title, body = _quoted_title(head.rest[: numbers.start])
    rest = Rest(head, title, body, numbers)
    if rest.is_dated_by_day and (work := newspaper(rest)):
        return work
    for read in (thesis, article, chapter, newspaper, book):
        if work := read(rest):
            return work
    return None


def _quoted_title(text: str) -> tuple[str, str]:
    """Return the title in quotes that a text begins with, and what is behind it; none where it is part of a title."""
    match = QUOTED.match(text)
    if match is None:
        return "", text
    title = (match["a"] or match["b"] or match["c"]).strip()
    after = text[match.end() :]
    if not (title[-1:] in ",.?!" or after[:1] in ",.;" or after[:2] == " (" or IN.match(after)):
        return "", text
    goes_on = text[0] in "„“»" and after.startswith(". ") and title[-1] not in ",."
    if goes_on and not IN.match(after, 1) and not _IN_NEXT.match(after):
        return "", text  # `„Aktion“. Eine Geschichte, Bonn 1998`: quotes inside a title
    return title.rstrip(" ,."), after.lstrip(" ,.;")
