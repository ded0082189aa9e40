"""The conditions of Zotero's advanced search, such as `["creator", "contains", "x"]`, as a query of ours.

Words from outside never become a part of the query language: letters and digits alone are left of them.
"""

from __future__ import annotations

from typing import Any

from citetool.lazy_re import lazy
from citetool.problems import Problem, UsageError

_DAY = lazy(r"\d{4}(-\d\d(-\d\d)?)?")
_FIELDS = {
    "creator": ("name",), "author": ("author",), "editor": ("editor",), "recipient": ("recipient",),
    "translator": ("translator",), "title": ("title",), "shortTitle": ("title",), "tag": ("tag", "subject"),
    "date": ("date",), "year": ("date",), "citationKey": ("id",), "language": ("language",), "note": ("note",),
    "collection": ("collection",), "archive": ("archive",), "archiveLocation": ("archive",),
    "abstractNote": ("summary",),
    "url": ("url",), "DOI": ("doi",), "place": ("place",), "publisher": ("publisher",), "rights": ("rights",),
}  # fmt: skip
_PEOPLE = ("name", "author", "editor", "recipient", "translator")
_COMPARED = {"isBefore": "<", "isAfter": ">"}
_NEGATED = ("isNot", "doesNotContain")


def query_of(terms: Any) -> str:
    """Return the query for the words of a search, or for its conditions. Raises UsageError for anything else.

    A condition without a value (`["ignore_feeds"]`) asks for nothing; `["joinMode", "any"]` wants one of them to hold.
    """
    if isinstance(terms, str):
        return quoted(terms)
    if not isinstance(terms, list):
        raise UsageError(Problem("terms are words, or a list of conditions"))
    joins = [term[1:] for term in terms if isinstance(term, list) and term[:1] == ["joinMode"]]
    between = " or " if joins and joins[-1][:1] == ["any"] else " "
    return between.join(f"({part})" for part in map(_condition, terms) if part)


def quoted(words: str) -> str:
    """Return words as a query that finds them as they are: letters and digits alone, each as a beginning."""
    return " ".join(f"{word}*" for word in _split(words))


def _split(words: str) -> list[str]:
    from citetool.library.index.normalize import words as split  # noqa: PLC0415

    return split(words)


def _condition(term: Any) -> str:
    if isinstance(term, str):
        return quoted(term)
    if not isinstance(term, list) or len(term) < 3 or term[0] == "joinMode":
        return ""
    name, operator, value = (str(part) for part in term[:3])
    fields = _FIELDS.get(name, ("",))
    words = _split(value)
    if not words:
        return ""
    if fields == ("date",) and _DAY.fullmatch(value.strip()):
        query = f"date:{_COMPARED.get(operator, '')}{value.strip()}"
    elif fields in (("",), ("date",)):
        query = quoted(value)
    elif operator in ("is", "isNot"):
        whole = "" if fields[0] in _PEOPLE else "="  # a surname is enough
        query = " or ".join(f'{field}:{whole}"{" ".join(words)}"' for field in fields)
    else:
        query = " or ".join("(" + " ".join(f"{field}:{word}*" for word in words) + ")" for field in fields)
    return f"-({query})" if operator in _NEGATED else query
