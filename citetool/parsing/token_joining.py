"""Units that run over several pieces, put together: places, lists joined by `and`, names in inverted order, years.

Each rule looks at a unit and those just before it; the list is gone through once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .gazetteer import fold, words

if TYPE_CHECKING:
    from .classifier import Classifier, Unit

_AND = lazy(r"(?:and|&|und|et|y|en|og|och|и)\s")
_OF = lazy(r"(?i)\b(?:of|to|for|on|relating|de|des|du|der|van|di)\b")
_PLAIN = frozenset(("text", "series", "division", "collection", "repository", "kind"))
BARE_COLLECTION = words("papers collection records nachlass papiers archive fonds mss manuscripts diaries")
_NAME = lazy(r"[A-ZÀ-ÞА-Я][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}$")
_DATED = frozenset(("collection", "series", "text", "division"))
_DATED_LEVELS = words("series subseries volume file file_code subgroup entry")


def merge(units: list[Unit], classifier: Classifier) -> list[Unit]:
    """The units with those put together that belong together; spans grow, the order stays."""
    done: list[Unit] = []
    text = classifier.text
    for unit in units:
        if (
            done
            and not (
                _folder(done, unit, text)
                or _place(done, unit, classifier)
                or _years(done, unit)
                or _list(done, unit, classifier)
                or _inverted(done, unit, text)
                or _campus(done, unit, classifier)
                or _numbers(done, unit)
            )
        ) or not done:
            done.append(unit)
    return done


def _folder(done: list[Unit], unit: Unit, text: str) -> bool:
    """`"Benton" folder`: a folder's name in quotes with the word behind it."""
    last = done[-1]
    if last.sort != "quote" or unit.before != '"' or fold(text[unit.start : unit.end]) not in ("folder", "file"):
        return False
    last.end, last.sort, last.level = unit.end, "level", "folder"
    return True


def _place(done: list[Unit], unit: Unit, classifier: Classifier) -> bool:
    """`Cleveland` + `Ohio`, `Washington` + `D.C.`: a region after a town, known or not."""
    last = done[-1]
    text = classifier.text
    if (
        unit.sort != "place"
        or unit.before != ","
        or fold(text[unit.start : unit.end]) not in classifier.gazetteer.regions
    ):
        return False
    if last.sort == "place" and "," not in text[last.start : last.end]:
        last.end = unit.end
        return True
    unknown_town = last.sort == "text" and len(done) > 1 and done[-2].sort in ("repository", "division")
    if unknown_town and _NAME.match(text[last.start : last.end]):
        last.sort, last.end = "place", unit.end
        return True
    return False


def _years(done: list[Unit], unit: Unit) -> bool:
    """The years of a collection, series or volume belong to its name."""
    last = done[-1]
    if unit.sort not in ("years", "date") or unit.before not in (",", " "):
        return False
    if last.sort in _DATED or (last.sort == "level" and last.level in _DATED_LEVELS and unit.before == ","):
        last.end = unit.end
        return True
    return False


def _list(done: list[Unit], unit: Unit, classifier: Classifier) -> bool:
    """`A, B, and C`: the last member begins with `and`; members before it are short and say nothing by themselves."""
    text = classifier.text
    if unit.before != "," or unit.sort not in _PLAIN or done[-1].sort not in _PLAIN:
        return False
    starts_with_and = _AND.match(text, unit.start, unit.end) is not None
    short_and = " and " in text[unit.start : unit.end] and len(text[done[-1].start : done[-1].end].split()) < 3
    if not starts_with_and and not (short_and and unit.sort == "division" and done[-1].sort == "text"):
        return False
    first = len(done) - 1
    while starts_with_and and first > 0 and not _OF.search(text[done[first].start : done[first].end]):
        previous = done[first - 1]
        if previous.sort not in ("text", "series", "division", "kind") or done[first].before != ",":
            break
        first -= 1
    start = done[first].start
    sort = classifier.sort(text[start : unit.end])
    done[first].end = unit.end
    done[first].sort = unit.sort if sort == "text" and unit.sort in ("repository", "division", "collection") else sort
    del done[first + 1 :]
    return True


def _inverted(done: list[Unit], unit: Unit, text: str) -> bool:
    """`Kallen, Horace. Papers` and `Weismann, August Papers`: a collection under an inverted name."""
    if unit.sort not in ("collection", "text", "kind", "series") or unit.before not in ",. ":
        return False
    words = text[unit.start : unit.end].split()
    if fold(words[-1]) not in BARE_COLLECTION:
        return False
    names = [u for u in done[-2:] if u.sort in ("text", "place") and _NAME.match(text[u.start : u.end])]
    if len(words) == 1 and len(names) == 2 and len(done) == 2 and done[1].before == ",":
        done[0].end, done[0].sort = unit.end, "collection"
        del done[1]
        return True
    one = (
        len(done) == 1
        and len(names) == 1
        and unit.before == ","
        and len(text[done[0].start : done[0].end].split()) == 1
    )
    if one and 2 <= len(words) <= 3:
        done[0].end, done[0].sort = unit.end, "collection"
        return True
    return False


def _numbers(done: list[Unit], unit: Unit) -> bool:
    """`13, 16`: several pages."""
    last = done[-1]
    if (
        unit.sort == "number"
        and unit.before == ","
        and (last.sort == "number" or (last.sort == "level" and last.level == "page"))
    ):
        last.end = unit.end
        return True
    return False


def _campus(done: list[Unit], unit: Unit, classifier: Classifier) -> bool:
    """`University of California, Santa Cruz`: the campus is part of the name."""
    last = done[-1]
    text = classifier.text
    if unit.sort == "place" and unit.before == "," and last.sort == "repository":
        key = fold(text[last.start : last.end])
        if key.removeprefix("the ") in classifier.gazetteer.terms["campus"]:
            last.end = unit.end
            return True
    return False
