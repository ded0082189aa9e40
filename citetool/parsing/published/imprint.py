"""Place and publisher at the end of what stands before the year: `Oxford: Clarendon Press`, `Paris, Fayard`, `Köln`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from citetool.lazy_re import lazy
from citetool.parsing.folding import CAPITALS, name_key
from citetool.parsing.gazetteer import gazetteer, rows

_STOP = lazy(
    r"(?<![\s.][A-ZÀ-Þ])(?<!\bSt)(?<!\bed)(?<!\bEd)(?<!\bvol)(?<!\bFrankfurt a)(?<!\bi)"
    rf"[.?!][”\"’»]?\s(?=[{CAPITALS}])"
)
_REGION = lazy(
    r"(?:[A-Z]{2}|[A-Z]\.\s?[A-Z]\.|(?:Mass|Conn|Calif|Cal|Penn|Pa|Va|Md|Ill|Ind|Mich|Minn|Wis|Tenn|Tex|Ont|Ky|Ga|Fla|Ala|Ariz|Ore"
    r"|Wash|Colo|Ill|Kans|Neb|Miss|Okla|Vt|Suisse|Eng|Engl)\.?)$"
)
_SHORT_PRESS = lazy(r"^U(?:niv)?\.? of [A-Z]|\b(?:U\.?\s?P|P)\.?$")  # `U of Chicago P`, `Cambridge UP`
_CAPITAL = lazy(
    rf"(?:[{CAPITALS}&]|d[’']|(?:de|der|am|an|la|le|las|los|do|i|im|upon|on|bei|ob|a|of|and|und|et|y|u|du|van)$)"
)
_SEVERAL = lazy(r"\s?[/–—-]\s?|\s(?:and|und|et|u|y)\s|,\s(?=[A-Z])")
_MORE = lazy(r"[,\s]+(?:u\.\s?a|etc|et\sal)\.?$")
_TWO = 2
_NOT_OF_IMPRINT = lazy(r"\[\d{4}\]|\b\d{1,2}\s(?:vols?|Bde|t)\.?,?\s")
_MAX_PLACE = 6  # words
_MAX_PUBLISHER = 9  # words


class Imprint(NamedTuple):
    """An imprint: the place in the text at which it begins, town and publisher, and whether a known name says so."""

    start: int
    place: str = ""
    publisher: str = ""
    sure: bool = False


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, cell in rows("imprints.txt"):
        found.setdefault(kind, set()).update(name_key(name.strip()) for name in cell.split(";") if name.strip())
    return {kind: frozenset(names) for kind, names in found.items()}


def is_place(text: str) -> bool:
    """Return whether a text is the name of a town, of several, or of a town and its region."""
    text = _MORE.sub("", text.strip(" ,[]"))
    if text.count("(") != text.count(")") or not text[:1].isupper():
        return False
    if _known(text):
        return True
    bare = re.sub(r"\s?\([^()]*\)$", "", text)
    if bare != text and _known(bare):
        return True
    town, comma, region = text.rpartition(", ")
    if comma and is_place(town) and (_REGION.match(region) or name_key(region) in gazetteer().regions):
        return True
    pieces = [piece for piece in _SEVERAL.split(text) if piece]
    if len(pieces) < _TWO or not all(piece[:1].isupper() and piece.count(" ") < _MAX_PLACE // 2 for piece in pieces):
        return False
    return all(map(_known, pieces)) if "," in text else any(map(_known, pieces))


def _known(text: str) -> bool:
    key = name_key(text)
    return key in _words()["town"] or key in gazetteer().places


def is_publisher(text: str) -> bool:
    """Return whether a text is the name of a publisher, known or by one of its words."""
    key = name_key(text)
    if not key or len(key.split()) > _MAX_PUBLISHER:
        return False
    if _SHORT_PRESS.search(text):
        return True
    if key in _words()["house"] or any(word in _words()["publisher"] for word in key.replace(",", " ").split()):
        return True
    last = key.split()[-1]
    if (
        last in _words()["house"]
        and 1 < len(key.split()) <= _MAX_PLACE // 2
        and not begins_title(text.partition(" ")[0])
    ):
        return True  # `Piccola Biblioteca Einaudi`
    return any(piece in _words()["house"] for piece in re.split(r"\s?[/;&]\s?|\s-\s|, ", key))


def begins_title(word: str) -> bool:
    """Return whether a word opens titles and no names: an article or the like."""
    return word in _articles()


@cache
def _articles() -> frozenset[str]:
    return frozenset(
        name.strip() for kind, cell in rows("imprints.txt") if kind == "article" for name in cell.split(";")
    )


def is_given_name(word: str) -> bool:
    """Return whether a word is a common given name."""
    return name_key(word) in _words()["given"]


def imprint_at_end(text: str, *, bare: bool = False) -> Imprint:
    """Return the imprint that a text ends with; with `bare` a last word that may be a town counts as one."""
    ended = text.rstrip().endswith(",")
    text = text.rstrip(" ,;")
    opened = text.rfind("(")
    if opened > 0 and ")" not in text[opened:]:
        return _inside(text, opened)
    if text.endswith(")") and opened > 0 and ":" in text[opened:] and is_publisher(text[opened:-1].partition(":")[2]):
        return _inside(text[:-1], opened)
    found = _with_colon(text) or _with_commas(text)
    if found is None and bare:
        found = _bare_town(text, ended=ended)
    return found or Imprint(len(text))


def _inside(text: str, opened: int) -> Imprint:
    """Return the imprint in brackets: `(London: Reed`, `(Paris`, `(Oxford University Press`."""
    inner = _NOT_OF_IMPRINT.sub("", text[opened + 1 :].rpartition("; ")[2]).strip(" ,[]")
    place, colon, publisher = inner.partition(":")
    if colon:
        return Imprint(opened, place.strip(), publisher.strip(" ,"), sure=True)
    if is_publisher(inner) and not is_place(inner):
        first, comma, rest = inner.partition(", ")
        if comma and is_place(first):
            return Imprint(opened, first, rest, sure=True)
        return Imprint(opened, "", inner, sure=True)
    first, comma, rest = inner.rpartition(", ")
    if comma and is_place(rest):
        return Imprint(opened, rest, first, sure=True)
    town, comma, press = inner.partition(", ")
    if comma and press[:1].isupper() and is_place(town) and not is_place(inner):
        return Imprint(opened, town, press, sure=True)  # `(Chicago, Regnery Co., 1962)`
    named = inner[:1].isupper() and len(inner.split()) <= _MAX_PLACE
    return Imprint(opened, inner if named else "", "", sure=is_place(inner))


def _with_colon(text: str) -> Imprint | None:
    """Return `Place: Publisher` at the end of a text."""
    colon = text.rfind(":")
    if colon <= 0:
        return None
    publisher = text[colon + 1 :].strip()
    words = publisher.split()
    if not words or len(words) > _MAX_PUBLISHER or not publisher[0].isupper() or _breaks(publisher):
        return None
    before = text[:colon].rstrip()
    start = _place_start(before)
    place = before[start:].strip(" ,")
    if place and (is_place(place) or (is_publisher(publisher) and _may_be_place(place))):
        return Imprint(start, place, publisher, sure=True)
    if is_publisher(place.rpartition(", ")[2]) and is_place(publisher):
        return Imprint(start, publisher, place, sure=True)  # `Brill: Leiden`
    return None


def _is_region(text: str) -> bool:
    return name_key(text) in gazetteer().regions and name_key(text) not in _words()["town"]


def _breaks(text: str) -> bool:
    return any(len(text[: stop.start()].rpartition(" ")[2]) > 2 for stop in _STOP.finditer(text))


def _place_start(before: str) -> int:
    """Return where the name of a town begins that a text ends with: the longest that is known, else its last piece."""
    stops = [0, *(stop.end() for stop in _STOP.finditer(before))]
    commas = [match.end() for match in re.finditer(r"[,;)]\s", before)]
    last = stops[-1]
    for start in sorted({*commas, last}):
        if start >= last and is_place(before[start:]) and not (start > last and _is_region(before[start:])):
            return start
    if last and _may_be_place(before[last:]):
        return last
    for start in (m.end() for m in re.finditer(r"\s", before)):
        if start > last and is_place(before[start:]) and before[: start - 1].rstrip()[-1:] in '.,;?!)”"’»':
            return start
    return max((start for start in commas if start > last), default=last)


def _may_be_place(text: str) -> bool:
    words = text.replace(",", " ").split()
    if words and words[0].casefold() in ("in", "dans", "en"):
        return False
    return (
        0 < len(words) <= _MAX_PLACE and all(_CAPITAL.match(word) for word in words) and not re.search(r"[\d()]", text)
    )


def _with_commas(text: str) -> Imprint | None:
    """Return `Paris, Fayard`, `Seuil, Paris`, `Reed`, `Köln` at the end of a text."""
    stop = max((match.end() for match in _STOP.finditer(text)), default=0)
    pieces = [(match.start(), match[0].strip()) for match in re.finditer(r"[^,]+", text[stop:])]
    pieces = [
        (stop + at + len(text[stop + at :]) - len(text[stop + at :].lstrip()), piece) for at, piece in pieces if piece
    ]
    if not pieces:
        return None
    best: Imprint | None = None
    for count in range(1, min(5, len(pieces)) + 1):
        start = pieces[-count][0]
        tail = text[start:].rstrip(" ,")
        if not start:
            break
        if is_place(tail):
            best = Imprint(start, tail, best.publisher if best and best.place == "" else "", sure=True)
            continue
        if count == 1 and is_publisher(tail):
            best = Imprint(start, "", tail, sure=True)
            continue
        if ", " not in tail:
            continue
        for size in range(1, count):  # a town of one or more pieces, then the publisher, or the other way about
            first = text[start : pieces[-count + size][0]].rstrip(" ,")
            second = text[pieces[-count + size][0] :].rstrip(" ,")
            if is_place(first) and not is_place(second) and second[:1].isupper() and not _breaks(second):
                best = Imprint(start, first, second, sure=True)
            elif is_place(second) and is_publisher(first):
                best = Imprint(start, second, first, sure=True)
            else:
                continue
            break
    return best


def _bare_town(text: str, *, ended: bool) -> Imprint | None:
    """Return the last words behind a comma or stop where these may be the name of a town."""
    cut = max(text.rfind(", ") + 2, max((match.end() for match in _STOP.finditer(text)), default=0))
    town = text[cut:].strip()
    if cut < _TWO or not _may_be_place(town) or len(town.split()) > _MAX_PLACE // 2:
        return None
    first, comma, second = text[: cut - 2].rpartition(", ")
    if ended and comma and first and _may_be_place(second) and len(second.split()) <= _MAX_PLACE // 2:
        return Imprint(len(first) + 2, second, town)  # `Los faros, Vigo, Galaxia, 2001`
    return Imprint(cut, "", town) if ended else Imprint(cut, town)
