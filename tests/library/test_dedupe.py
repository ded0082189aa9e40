from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from citetool.library import similarity
from citetool.library.changes.drafts import check_fields
from citetool.library.changes.plans import change, undo
from citetool.library.dedupe import duplicates, groups, likely_pairs, plan_merge
from citetool.record.schema import to_plain
from tests.libraries import contents, make_library, record_text

LONG = "Stalin and Harriman Exchange Military Information"
ARCHIVE = {"folder": "6", "box": "10", "collection": "Hull Papers", "repository": "LC"}


def reasons(root: Path, first: dict[str, Any], second: dict[str, Any]) -> tuple[str, ...] | None:
    library = make_library(root, {"a.yaml": record_text("a", **first), "b.yaml": record_text("b", **second)})
    pairs = duplicates(library)
    assert len(pairs) < 2
    return pairs[0].reasons if pairs else None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"digital": {"url": "https://x.org/1"}, "title": "A"},
         {"digital": {"url": "http://www.x.org/1/"}, "title": "B"},
         ("same address",)),
        ({"identifiers": {"doi": "10.1/X"}}, {"identifiers": {"doi": "10.1/x"}, "title": "T"}, ("same doi",)),
        ({"title": LONG, "date": "1944"}, {"title": LONG.upper(), "date": "1944"}, ("same title", "same date")),
        ({"title": LONG, "date": "1944", "kind": "letter"}, {"title": LONG.replace("and", "&"), "date": "1944"},
         ("same title", "same date")),
        ({"title": "Report on Poland", "date": "1944", "archive": ARCHIVE},
         {"title": "Report about Poland", "date": "1944", "archive": ARCHIVE},
         ("same date", "same reference")),
        ({"title": LONG, "date": "1944"}, {"title": LONG, "date": "1945"}, None),
        ({"title": LONG, "date": "1944"}, {"title": "Stalin and Harriman Dine", "date": "1944"}, None),
        ({"title": "Letter", "date": "1944", "archive": ARCHIVE},
         {"title": "Letter", "date": "1944", "archive": {**ARCHIVE, "folder": "7"}}, None),
        ({"title": LONG}, {"title": "Something else"}, None),
        # all articles of a journal bear its ISSN, all chapters of a book its ISBN and, often, its address
        ({"title": LONG, "identifiers": {"issn": "0145-2096"}},
         {"title": "Something else", "identifiers": {"issn": "0145-2096"}}, None),
        ({"title": LONG, "identifiers": {"isbn": "978-0"}, "digital": {"url": "https://x.org/book"}},
         {"title": "Something else", "identifiers": {"isbn": "978-0"}, "digital": {"url": "https://x.org/book"}}, None),
        ({"title": LONG, "identifiers": {"isbn": "978-0"}}, {"title": LONG.upper(), "identifiers": {"isbn": "978-0"}},
         ("same isbn", "same title")),
    ],
)  # fmt: skip
def test_what_is_likely_one(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any], expected: tuple[str, ...] | None
) -> None:
    assert reasons(tmp_path, first, second) == expected


def test_without_rapidfuzz_the_answers_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "Indel", None)
    slip = LONG.replace("Military", "Militry")
    found = reasons(tmp_path, {"title": LONG, "date": "1944"}, {"title": slip, "date": "1944"})
    assert found == ("titles alike (99%)", "same date")


def test_groups_begin_with_the_fullest() -> None:
    from citetool.library.dedupe import Pair

    pairs = [Pair("a", "b", ("a", "b"), (), 1), Pair("b", "c", ("b", "c"), (), 1), Pair("x", "y", ("x", "y"), (), 1)]
    assert groups(pairs) == [["a", "b", "c"], ["x", "y"]]


def test_merging_keeps_all_that_any_of_them_knows(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            "a.yaml": f"# mine\nid: a\ntitle: {LONG}\ndate: 1944-06-26\nsummary: {'long ' * 20}\n",
            "b.yaml": record_text("b", title=LONG, date="1944-06-26", place="Moscow", tags=["x"]),
        },
    )
    before = contents(tmp_path)
    pairs = duplicates(library)
    change(library, "dedupe", lambda: plan_merge(library, groups(pairs)))
    assert contents(tmp_path) == {
        "a.yaml": f"# mine\nid: a\naliases: [b]\ntitle: {LONG}\ndate: 1944-06-26\nplace: Moscow\n".encode()
        + f"summary: {('long ' * 20).strip()} \ntags: [x]\n".encode()
    }
    assert library["b"].id == "a"
    undo(library)
    assert contents(tmp_path) == before


def labelled() -> list[tuple[bool, str, str]]:
    """The pairs of `cases/duplicates.txt`: whether they are one source, and both as `field=value; ...`."""
    pairs = []
    base = ""
    for line in (Path(__file__).parent / "cases" / "duplicates.txt").read_text("utf-8").splitlines():
        if line[:2] in ("= ", "! "):
            pairs.append((line[0] == "=", base, line[2:]))
        elif line and not line.startswith("#"):
            base = line
    return pairs


def plain(key: str, *texts: str) -> dict[str, Any]:
    """Plain data of a record, by the assignments of `citetool new`; later ones replace earlier ones."""
    given = dict(part.strip().split("=", 1) for text in texts for part in text.split(";"))
    return {**to_plain(check_fields([f"{name}={value}" for name, value in given.items() if value])), "id": key}


def test_pairs_labelled_by_hand() -> None:
    """Of 200 pairs, 95 % of what is called one is one, and 90 % of what is one is found."""
    right, wrong, missed = 0, [], []
    pairs = labelled()
    assert len(pairs) >= 200
    for same, first, second in pairs:
        found = likely_pairs([("a", plain("a", first)), ("b", plain("b", first, second))])
        if same and not found:
            missed.append(f"{first}\n= {second}")
        elif found and not same:
            wrong.append(f"{first}\n! {second}")
        right += bool(same and found)
    assert right / (right + len(wrong)) >= 0.95, "\n".join(wrong)
    assert right / (right + len(missed)) >= 0.9, "\n".join(missed)
