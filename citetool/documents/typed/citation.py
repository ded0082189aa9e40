"""A citation in a typed note: its words, its record, what it goes back to, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.formats.csl.to_csl import make_item
from citetool.lazy_re import lazy
from citetool.text import fold

if TYPE_CHECKING:
    from citetool.documents.model import Note
    from citetool.record.model import Record

_WORD = lazy(r"\W+")
_TYPES = {"letter": "archival", "article-journal": "article", "article-newspaper": "newspaper", "chapter": "chapter"}
_FORMS = {"archival": "full", "published": "full"}
OP_CIT = lazy(r"(?i)\b(?:(?:op|art|loc)\.?\s*cit|a\.\s?a\.\s?O|указ\. соч|цит\. соч)\b")


@dataclass(slots=True)
class TypedCitation:
    """A citation in a typed note.

    `number` counts the citations of the note from 1, `text` is the stretch `note.text[start:end]`. `key` is that of
    the library or of the files where one of their records is the same source, else one of its own; citations of one
    source share it. `goes_back_to` is the earlier citation of a short form. `reason` says why the citation is not sure.
    `defined` has the names that it introduces short forms of, each with the name and its short form as in the note:
    later notes rely on it. `written` has the names that such a short form stands for, each with the short form. `same`
    is an earlier citation of the same source that says more of it.
    """

    note: Note
    number: int
    start: int
    end: int
    kind: str
    record: Record
    confidence: float
    key: str = ""
    label: str = ""
    locator: str = ""
    reason: str = ""
    goes_back_to: TypedCitation | None = None
    reading: Any = field(default=None, repr=False)
    defined: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    same: TypedCitation | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """Return the words of the citation."""
        return self.note.text[self.start : self.end]

    @property
    def closes(self) -> bool:
        """Return whether a full stop of its own ends it, as in `Ibid.`"""
        return self.text.endswith(".") and not self.note.text[self.end : self.end + 1].strip()

    @property
    def doubt(self) -> str:
        """Return why it is not sure, which may be that what it goes back to is not; nothing where it is sure."""
        if self.reason:
            return self.reason
        origin = self.goes_back_to
        while origin is not None and not origin.reason:
            origin = origin.goes_back_to
        return f"it goes back to note {origin.note.number}, which is not sure: {origin.reason}" if origin else ""

    def as_dict(self) -> dict[str, Any]:
        """Return the citation as plain data: type, form, what it goes back to, and its values as in the note.

        `carried`: the values are those of the citation that it goes back to.
        """
        origin = first = self.goes_back_to
        own = told = self.reading
        while first is not None and not (told.levels or told.title or told.recipients):
            told, first = first.reading, first.goes_back_to
        found: dict[str, Any] = {
            "type": "archival" if self.record.archive.levels else _TYPES.get(make_item(self.record)[0]["type"], "book"),
            "form": _form(self),
            "id": self.key,
            "confidence": round(self.confidence, 2),
        }
        if self.record.archive.levels:
            found["levels"] = [{"level": level.name, "value": level.value} for level in told.levels]
            found |= {"creators": told.creators, "recipients": told.recipients}
        else:
            found |= {"authors": told.creators}
        found |= {"title": told.title, "date": told.date, "pages": self.locator, "uncertain": self.doubt}
        if origin is not None:
            found["refers_to"] = {"note": origin.note.number, "citation": origin.number}
            found["carried"] = told is not own
        return {name: value for name, value in found.items() if value not in ("", None, [], False)}


def _form(citation: TypedCitation) -> str:
    if OP_CIT.search(citation.text):
        return "op.cit."
    return _FORMS.get(citation.kind, citation.kind)


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents and marks."""
    return str(_WORD.sub(" ", fold(text))).split()
