from __future__ import annotations

from typing import Any

import pytest

from citetool.record.check import CHECKS, Finding, check_record
from citetool.record.schema import checked, to_plain
from tests.factories import make_book, make_record


def findings(name: str, **changes: Any) -> list[Finding]:
    return [finding for _, finding in check_record(make_record(**changes), [name])]


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("missing-title", {"title": None, "kind": None}, "title"),
        ("missing-date", {"date": None}, "date"),
        ("missing-level", {"archive": None, "digital": None}, "archive"),
        ("missing-level", {"archive": {"box": "3", "collection": "Papers"}}, "archive.repository"),
        ("missing-level", {"archive": {"box": "3", "repository": "LC"}}, "archive.collection"),
        ("missing-level", {"archive": {"item": "Item 3", "repository": "LC"}}, "archive.collection"),
        ("missing-level", {"archive": {"collection": "Papers", "repository": "LC"}}, "archive"),
        ("missing-place", {"archive": {"repository": "LC"}}, "archive.place"),
        ("unknown-word", {"kind": "telegramm"}, "kind"),
        ("unknown-word", {"archive": {"boxx": "3"}}, "archive.boxx"),
        ("unknown-word", {"creators": [{"name": "Hull, C.", "role": "autor"}]}, "creators[0].role"),
        ("unknown-field", {"sumary": "x"}, "sumary"),
        ("misplaced-url", {"title": "https://x.org/1"}, "title"),
        ("misplaced-url", {"archive": {"box": "3", "repository": "LC, https://loc.gov"}}, "archive.repository"),
        ("odd-url", {"digital": {"url": "www.loc.gov/item/1"}}, "digital.url"),
        ("odd-url", {"digital": {"url": "see the site"}}, "digital.url"),
        ("supplied-title", {"title": "[Letter about Poland]"}, "title"),
        ("supplied-title", {"title": "Letter from Harriman to Hull"}, "title"),
        ("wrong-level", {"archive": {"folder": "Box 3", "repository": "LC"}}, "archive.folder"),
        ("direct-name", {"creators": [{"name": "Cordell Hull"}]}, "creators[0].name"),
        ("leftovers", {"summary": "Bread &amp; butter"}, "summary"),
        ("leftovers", {"summary": "two  spaces"}, "summary"),
        ("odd-dates", {"dates": {"received": "1943"}}, "dates.received"),
        ("inferred", {"metadata": {"inferred": ["kind"]}}, "kind"),
    ],
)
def test_what_is_found(name: str, changes: dict[str, Any], field: str) -> None:
    assert [finding.field for finding in findings(name, **changes)] == [field]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("missing-title", {"title": None}),  # a letter needs no title
        ("missing-date", {"date": "XXXX"}),
        ("missing-date", {"date": None, "kind": "collection"}),
        ("missing-level", {"kind": "collection", "archive": {"collection": "Papers", "repository": "LC"}}),
        ("missing-level", {"archive": {"call_number": "Harley MS 7334", "repository": "British Library"}}),
        ("missing-level", {"archive": {"piece": "PREM 4/33/5", "repository": "TNA"}}),
        ("missing-level", {"archive": {"page": "fol. 12r", "item": "MS Rawlinson A 194", "repository": "Bodleian"}}),
        ("missing-level", {"archive": {"list": "1", "delo": "2", "opis": "3", "fond": "5", "repository": "RGANI"}}),
        ("unknown-word", {"kind": "Letter"}),
        ("unknown-field", {"x-my_own_thing": "x"}),
        ("misplaced-url", {"identifiers": {"doi": "https://doi.org/10.1/x"}}),
        ("supplied-title", {"title": "Report of the Committee", "kind": "book"}),
        ("supplied-title", {"title": "The Sources of Soviet Conduct"}),
        ("wrong-level", {"archive": {"container": "Box 3", "repository": "LC"}}),
        ("wrong-level", {"archive": {"delo": "d. 3", "fond": "f. 5"}}),
        ("direct-name", {"creators": [{"name": "Department of State"}, {"name": "Pavlov"}, {"name": "Hull, Cordell"}]}),
        ("odd-dates", {"dates": {"received": "1944-06-27"}}),
        ("odd-dates", {"dates": {"drafted": "1943"}}),
    ],
)
def test_what_is_left_alone(name: str, changes: dict[str, Any]) -> None:
    assert findings(name, **changes) == []


def test_a_good_record_and_a_good_book_pass() -> None:
    for record in (make_record(), make_book()):
        assert list(check_record(record)) == []


@pytest.mark.parametrize(
    ("name", "changes", "fixed"),
    [
        ("missing-date", {"date": None, "date_text": "June 26, 1944"}, {"date": "1944-06-26"}),
        ("misplaced-url", {"title": "https://x.org/1", "digital": {"name": "X"}},
         {"title": None, "digital": {"name": "X", "url": "https://x.org/1"}}),
        ("odd-url", {"digital": {"url": "www.loc.gov/item/1"}}, {"digital": {"url": "https://www.loc.gov/item/1"}}),
        ("supplied-title", {"title": "[On Poland]"}, {"title": None, "supplied_title": "On Poland"}),
        ("wrong-level", {"archive": {"folder": "Box 3", "repository": "LC"}},
         {"archive": {"box": "Box 3", "repository": "LC"}}),
        ("leftovers", {"summary": "a  &amp; b"}, {"summary": "a & b"}),
    ],
)  # fmt: skip
def test_fixes(name: str, changes: dict[str, Any], fixed: dict[str, Any]) -> None:
    (finding,) = findings(name, **changes)
    assert finding.changes == fixed


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("misplaced-url", {"title": "https://x.org/1"}),  # digital has one already
        ("misplaced-url", {"title": "See https://x.org/1", "digital": None}),
        ("supplied-title", {"title": "Letter from Harriman to Hull"}),
        ("wrong-level", {"archive": {"folder": "Box 3", "box": "4"}}),
        ("direct-name", {"creators": [{"name": "Cordell Hull"}]}),
    ],
)
def test_what_needs_judgement_is_not_fixed(name: str, changes: dict[str, Any]) -> None:
    assert [finding.changes for finding in findings(name, **changes)] == [None]


def test_a_fix_leaves_nothing_to_find() -> None:
    record = make_record(
        title="[On  Poland]", date=None, date_text="26 June 1944", digital={"url": "loc.gov/1"},
        archive={"folder": "Box 3", "repository": "LC &amp; others"},
    )  # fmt: skip
    for name in CHECKS:
        for _, finding in check_record(record, [name]):
            if finding.changes:
                plain = {**to_plain(record), **finding.changes}
                record = checked({field: value for field, value in plain.items() if value is not None})
                assert not [again for _, again in check_record(record, [name]) if again.changes == finding.changes]


def test_every_check_says_why() -> None:
    assert all(check.why.endswith(".") and check.severity in ("error", "warning", "info") for check in CHECKS.values())


def test_each_of_very_many_unknown_fields_is_told() -> None:
    record = checked({"id": "a", "titel": "T", **{f"own{number}": "x" for number in range(600)}})
    found = list(check_record(record, ["unknown-field"]))
    assert len(found) == 601
    assert "title" in found[0][1].hint
