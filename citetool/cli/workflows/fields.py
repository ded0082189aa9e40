"""The fields of a record for `citetool fields`: names as `new` and `set` take them, and what others call them.

CSL variables, RIS tags and BibLaTeX fields are found by trying: a record of the kind with the field's example is
written, and the example is looked for in the output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.citation.explain import where_written
from citetool.library.changes.assignments import assigned, parse_assignment
from citetool.problems import CitetoolError, Problem, UnknownNameError, suggest
from citetool.record.kinds import KINDS, kind_of, term_of
from citetool.record.levels import LEVELS
from citetool.record.publication import PUBLICATION
from citetool.record.roles import ROLES
from citetool.record.schema import FIELDS, checked

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ("ris", "biblatex")
# Fields that hold others, which have short names of their own.
_COMPOUND = frozenset(
    {"id", "archive", "creators", "publication", "digital", "metadata", "files", "identifiers", "dates"}
)
_ELSEWHERE = {
    "url": ("web address of the copy", "https://example.org/1"),
    "site": ("name of the site that serves the copy", "Wilson Center Digital Archive"),
    "accessed": ("day on which the copy was read", "2024-05-01"),
    "doi": ("DOI", "10.1000/182"),
    "isbn": ("ISBN", "9780674018372"),
    "dates.received": ("day on which it was received", "1944-06-28"),
    "dates.declassified": ("day on which it was declassified", "1975-01-01"),
}
# The roles that people have in sources of a CSL type, the usual ones first; any role may be set.
_OF_TEXTS = ("author", "recipient", "signatory", "drafter", "participant", "interpreter", "translator", "transcriber",
             "witness", "editor", "compiler", "contributor", "donor")  # fmt: skip
_OF_FILMS = ("director", "producer", "script-writer", "narrator", "performer", "composer", "executive-producer",
             "interviewer", "interviewee", "contributor", "donor")  # fmt: skip
_OF_BOOKS = ("author", "editor", "translator", "editor-translator", "compiler", "illustrator", "contributor",
             "collection-editor", "editorial-director", "original-author")  # fmt: skip
_OF_PARTS = ("author", "editor", "translator", "container-author", "collection-editor", "illustrator", "contributor")
_OF_ARTICLES = ("author", "translator", "editor", "illustrator", "contributor")
_ROLES: dict[str, tuple[str, ...]] = {
    "manuscript": _OF_TEXTS,
    "document": ("author", "creator", *_OF_TEXTS[1:]),
    "personal_communication": ("author", "sender", "recipient", "addressee", "signatory", "drafter", "translator",
                               "transcriber", "editor", "contributor", "donor"),
    "speech": ("speaker", "author", "drafter", "chair", "organizer", "interpreter", "translator", "transcriber"),
    "hearing": ("author", "speaker", "chair", "participant", "witness", "interpreter", "transcriber"),
    "interview": ("interviewee", "interviewer", "interpreter", "translator", "transcriber", "participant", "editor"),
    "graphic": ("photographer", "artist", "author", "participant", "contributor", "curator", "donor"),
    "map": ("cartographer", "author", "editor", "compiler", "illustrator", "contributor", "donor"),
    "motion_picture": _OF_FILMS,
    "broadcast": ("host", "guest", "series-creator", *_OF_FILMS),
    "song": ("performer", "composer", "author", "speaker", "narrator", "producer", "interviewer", "interviewee",
             "contributor", "donor"),
    "musical_score": ("composer", "author", "editor", "performer", "contributor", "donor"),
    "collection": ("creator", "author", "compiler", "editor", "curator", "donor"),
    "treaty": ("author", "signatory", "drafter", "witness", "translator"),
    "report": ("author", "drafter", "signatory", "recipient", "editor", "translator", "contributor"),
    **dict.fromkeys(("book", "classic", "pamphlet", "periodical"), _OF_BOOKS),
    **dict.fromkeys(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"), _OF_PARTS),
    "paper-conference": (*_OF_PARTS, "chair", "organizer"),
    **dict.fromkeys(("review", "review-book"), ("author", "reviewed-author", "translator", "editor")),
    **dict.fromkeys(("dataset", "software", "standard"), ("author", "editor", "compiler", "curator", "contributor")),
}  # fmt: skip
_PERSON = "Harriman, W. Averell"
# An example of each level, as it is typed; all others are numbers.
_LEVEL_EXAMPLES = {
    "list": "80", "sheet": "4", "piece": "123", "call_number": "Add MS 46402", "accession": "1979-017",
    "folder": "Chron File 16-19 October 1943", "file": "Poland", "file_unit": "Poland, 1945-1946",
    "file_code": "861.00/2-2246", "dossier": "1B", "delo": "131", "album": "Yalta", "papka": "12",
    "lot": "Lot File 82D297", "entry": "1570", "opis": "49", "subseries": "Diaries", "series": "Special Files",
    "subgroup": "Foreign Missions", "subfonds": "Cabinet", "section": "Western Manuscripts", "class": "FO 371",
    "fond": "5", "fonds": "Fonds Pleven", "record_group": "RG 59", "collection_id": "MC016",
    "collection": "W. Averell Harriman Papers", "division": "Manuscript Division", "department": "Special Collections",
    "repository": "Library of Congress", "institution": "Princeton University",
    "parent_institution": "University of Oxford", "place": "Washington, D.C.", "country": "USA",
}  # fmt: skip
_NUMBER = "3"


class FieldInfo(NamedTuple):
    """One field: section, name, meaning, an example, and the names of the CSL variable, RIS tag and BibLaTeX field."""

    section: str
    name: str
    meaning: str
    example: str
    csl: str
    ris: str
    biblatex: str


def fields_of(kind: str = "") -> list[FieldInfo]:
    """Return the fields of a kind, or all; in sections: source, people, archive, publication, copy.

    Raises UnknownNameError for a kind that the table does not have.
    """
    if kind and not term_of(kind):
        hint = suggest(kind, KINDS) or "any words are a kind; citetool help fields lists those of citetool"
        raise UnknownNameError(Problem(f"there is no kind {kind!r}", hint=hint))
    return [_info(section, name, meaning, example, kind) for section, name, meaning, example in _rows(kind)]


def _rows(kind: str) -> Iterator[tuple[str, str, str, str]]:
    archival = not kind or kind_of(kind).archival
    published = not kind or not kind_of(kind).archival
    for name, field in FIELDS.items():
        if name not in _COMPOUND and not (published and name in PUBLICATION and kind):
            yield "source", name, field.meaning, field.example.strip("\"'")
    for role in _ROLES.get(kind_of(kind).csl, _OF_ARTICLES) if kind else ROLES:
        yield "people", role, f"{role.replace('-', ' ')}, as Family, Given", _PERSON
    if archival:
        for level, term in LEVELS.items():
            tradition = f" ({term.tradition})" if term.tradition else ""
            name = "archive_place" if level == "place" else level  # `place` alone is where a source was written
            example = _LEVEL_EXAMPLES.get(level, _NUMBER)
            yield "archive", name, f"level of the archive: {term.group}{tradition}", example
    if published:
        for name, row in PUBLICATION.items():
            if kind or (name not in FIELDS and name not in LEVELS):
                yield "publication", name, row.meaning, row.example
    for name, (meaning, example) in _ELSEWHERE.items():
        if archival or not name.startswith("dates."):
            yield "copy", name, meaning, example


def _info(section: str, name: str, meaning: str, example: str, kind: str) -> FieldInfo:
    kind = kind or ("book" if section == "publication" else "letter")
    if name == "kind":
        return FieldInfo(section, name, meaning, example, "type, genre", "TY", "entry type")
    try:
        data = assigned({"id": "x", "kind": kind}, [parse_assignment(f"{name}={example}")])
        record = checked({"id": "x", "kind": kind, **{field: value for field, value in data.items() if value}})
    except CitetoolError:
        return FieldInfo(section, name, meaning, example, "", "", "")
    text = _PERSON.split(",", maxsplit=1)[0] if section == "people" else example.strip("[]{}")
    if name in ("date", "accessed"):
        text = example[:4]  # formats write days in many ways
    csl, written = where_written(record, text, FORMATS)
    ris, biblatex = (", ".join(written[format]) for format in FORMATS)
    if section == "publication":
        ris, biblatex = ris or PUBLICATION[name].ris, biblatex or PUBLICATION[name].biblatex
    return FieldInfo(section, name, meaning, example, ", ".join(csl), ris, biblatex)
