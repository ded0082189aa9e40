"""The table of checks, and what a check finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.problems import Problem, Severity, Where

if TYPE_CHECKING:
    from citetool.documents.model import Document, Note, Place

# Name of a check: how grave it is, and why it matters.
CHECKS: dict[str, tuple[Severity, str]] = {
    "unknown-key": ("error", "a key that is in no file and no library prints nothing"),
    "document": ("warning", "a part of the document that cannot be read may hold citations"),
    "bibliography": ("warning", "a file of sources that is missing or faulty leaves citations empty"),
    "duplicate-key": ("warning", "of two sources with one key only the first is cited"),
    "unused-source": ("info", "a source of the document's own files that is cited nowhere may be a slip"),
    "two-keys": ("warning", "one source under two keys is told apart as if it were two"),
    "cited-twice": ("warning", "one citation names a source twice with the same place in it"),
    "locator-range": ("warning", "a page outside of the article, or a range that runs backwards, is a slip"),
    "locator-unread": ("info", "a number in a suffix is printed as it stands, and not as a page"),
    "missing-locator": ("info", "readers look a quotation up by its page"),
    "missing-level": ("warning", "an archive that is not named, or a document without its box, cannot be found"),
    "ibid-of-several": ("warning", "ibid. behind a note with several sources does not say which one"),
    "ibid-of-nothing": ("error", "ibid. and op. cit. need a citation before them"),
    "ibid-behind-words": ("warning", "ibid. behind a note that cites nothing points past it"),
    "short-never-full": ("warning", "readers look a short form up where the source is cited in full"),
    "two-spellings": ("warning", "one source or archive in two spellings is taken for two"),
    "abbreviation-first": ("warning", "letters that stand for an archive are explained where they come first"),
    "entry-never-cited": ("info", "an entry of the bibliography that no note cites may be left over"),
    "full-after-short": ("info", "a source that was cited before is cited in full again"),
    "typed-ibid": ("warning", "ibid. typed by hand points to another source when citations are moved"),
}


class DocumentFinding(NamedTuple):
    """A fault that a check found: its name, the problem with its place, the note's number, and the key it is about.

    `at` is the citation or the note that a remark about it belongs to.
    """

    check: str
    problem: Problem
    note: int | None = None
    key: str = ""
    at: Place | Note | None = None


def found(check: str, message: str, where: Where, *, hint: str | None = None, key: str = "") -> DocumentFinding:
    """Return a finding of that check, as grave as the table says."""
    return DocumentFinding(check, Problem(message, where, hint, CHECKS[check][0]), key=key)


def at_place(
    check: str, message: str, place: Place, document: Document, *, hint: str | None = None, key: str = ""
) -> DocumentFinding:
    """Return a finding about a citation; it names the note that the citation stands in."""
    said = _with_note(message, place.where, place.note, place.at)
    finding = found(check, said, _where(place.at, document), hint=hint, key=key)
    return finding._replace(note=place.note, at=place)


def at_note(check: str, message: str, note: Note, document: Document, hint: str | None = None) -> DocumentFinding:
    """Return a finding about a note."""
    finding = found(check, f"{note.label}{message}", _where(note.at, document), hint=hint)
    return finding._replace(note=note.number, at=note)


def _with_note(message: str, kind: str, number: int | None, at: Where) -> str:
    return message if number is None or at.field else f"{kind} {number}: {message}"


def _where(at: Where, document: Document) -> Where:
    return at if at.source else at._replace(source=document.source)
