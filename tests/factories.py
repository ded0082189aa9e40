"""Records for tests: `make_record` gives the first record of the project, with any field changed by keyword."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.record.schema import checked

if TYPE_CHECKING:
    from citetool.record.model import Record

FIRST: dict[str, Any] = {
    "id": "219945",
    "kind": "memorandum of conversation",
    "title": "Stalin and Harriman Exchange Military Information",
    "creators": [
        {"name": "Harriman, W. Averell", "role": "participant", "office": "Ambassador to the Soviet Union"},
        {"name": "Stalin, I. V.", "role": "participant"},
        {"name": "Pavlov", "role": "interpreter"},
    ],
    "date": "1944-06-26",
    "language": "en",
    "archive": {
        "container": "Container 173",
        "collection": "W. Averell Harriman Papers",
        "division": "Manuscript Division",
        "repository": "Library of Congress",
        "place": "Washington, D.C.",
    },
    "digital": {
        "name": "Wilson Center Digital Archive",
        "url": "https://digitalarchive.wilsoncenter.org/document/219945",
        "contents": ["Original Scan", "Transcript - English"],
    },
    "markings": ["TOP SECRET"],
    "summary": "Harriman and Stalin discuss their own armies and how to deal with the German Army after the war.",
}


def make_record(**changes: Any) -> Record:
    """The first record, in plain form changed by `changes` (None takes a field out), checked as a file would be."""
    data = {name: value for name, value in {**FIRST, **changes}.items() if value is not None}
    return checked(data)


def make_book(**changes: Any) -> Record:
    """A book, for what is not archival."""
    data: dict[str, Any] = {
        "id": "gaddis1982",
        "kind": "book",
        "title": "Strategies of Containment",
        "creators": [{"name": "Gaddis, John Lewis", "role": "author"}],
        "date": "1982",
        "language": "en",
        "publication": {"publisher": "Oxford University Press", "publisher-place": "New York"},
        "identifiers": {"isbn": "0195030974"},
    }
    return checked({name: value for name, value in {**data, **changes}.items() if value is not None})
