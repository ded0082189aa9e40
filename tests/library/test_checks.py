from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.library.changes.plans import change, plan_fix
from citetool.library.checks import ALL, check_library, fixes, is_asked, problem
from citetool.problems import NotFoundError
from tests.libraries import contents, make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.library.library import Library

GOOD = {"kind": "letter", "title": "T", "date": "1944", "digital": {"url": "https://x.org"}}


def held(repository: str, collection: str = "Hull Papers") -> dict[str, object]:
    archive = {"box": "3", "collection": collection, "repository": repository, "place": "Washington"}
    return {**GOOD, "archive": archive}


def found(library: Library, *only: str) -> list[tuple[str, str, str]]:
    return [(one.check, one.path, one.finding.field) for one in check_library(library, only=only)]


def test_a_good_library_passes(tmp_path: Path) -> None:
    library = make_library(tmp_path, {f"{key}.yaml": record_text(key, **held("LC")) for key in "ab"})
    assert found(library) == []


def test_faulty_files_keys_and_missing_files(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            "a.yaml": record_text("a", **held("LC")),
            "b.yaml": record_text("a", **held("LC")),
            "c.yaml": record_text("c", **held("LC"), aliases=["a"], files=[{"path": "c.txt"}]),
            "d.yaml": "id: d\ndate: soon\nlanguage: '?'\n",
        },
    )
    assert found(library) == [
        ("duplicate-key", "b.yaml", "id"),
        ("duplicate-key", "c.yaml", "aliases"),
        ("missing-file", "c.yaml", "files[0].path"),
        ("faulty-file", "d.yaml", "2: date"),
        ("faulty-file", "d.yaml", "3: language"),
    ]


@pytest.mark.parametrize(
    ("names", "fixed"),
    [
        (["Library of Congress", "Library of Congress", "The library of congress"], True),
        (["Library of Congress", "Library of Congress", "Libary of Congress"], False),
        (["Hoover Institution Archives"] * 2 + ["Hoover Institution  Archives"], True),
    ],
)
def test_one_archive_spelled_two_ways(names: list[str], fixed: bool, tmp_path: Path) -> None:
    texts = {f"{number}.yaml": record_text(str(number), **held(name)) for number, name in enumerate(names)}
    library = make_library(tmp_path, texts)
    (one,) = check_library(library, only=["two-spellings"])
    assert (one.path, one.finding.field) == ("2.yaml", "archive.repository")
    assert names[0] in one.finding.message
    assert (one.finding.changes is not None) == fixed


@pytest.mark.parametrize(
    ("first", "second"),
    [("Record Group 59", "Record Group 69"), ("National Archives", "State Archives"), ("RGANI", "RGAE")],
)
def test_different_names_are_left_alone(first: str, second: str, tmp_path: Path) -> None:
    texts = {f"{n}.yaml": record_text(str(n), **held("LC", name)) for n, name in enumerate((first, second))}
    assert found(make_library(tmp_path, texts), "two-spellings") == []


def test_collections_are_compared_within_their_archive(tmp_path: Path) -> None:
    names = [("LC", "Hull Papers"), ("LC", "The Hull papers"), ("FDR Library", "hull papers")]
    texts = {f"{n}.yaml": record_text(str(n), **held(*name)) for n, name in enumerate(names)}
    assert len(found(make_library(tmp_path, texts), "two-spellings")) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"repository": "The National Archives", "place": "Kew"},
         {"repository": "National Archives", "place": "College Park"}),
        ({"class": "CAB 65", "piece": "7", "repository": "The National Archives"},
         {"record_group": "59", "repository": "National Archives"}),
        ({"collection_id": "MSS 1", "collection": "Hull Papers", "repository": "LC"},
         {"collection_id": "MSS 2", "collection": "The Hull Papers", "repository": "LC"}),
    ],
)  # fmt: skip
def test_place_and_numbers_tell_namesakes_apart(first: dict[str, str], second: dict[str, str], tmp_path: Path) -> None:
    texts = {f"{n}.yaml": record_text(str(n), archive=archive) for n, archive in enumerate((first, second))}
    assert found(make_library(tmp_path, texts), "two-spellings") == []


def test_where_it_is_kept_is_changed_only_when_asked(tmp_path: Path) -> None:
    texts = {
        f"{n}.yaml": record_text(str(n), **held(name))
        for n, name in enumerate(["Hoover Library", "The Hoover Library"])
    }
    (one,) = check_library(make_library(tmp_path, texts), only=["two-spellings"])
    assert one.finding.changes
    assert is_asked(one)
    assert "--fix asks" in (problem(make_library(tmp_path, texts), one).hint or "")


def test_a_query_narrows_and_a_wrong_name_is_answered(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"a.yaml": record_text("a", tags=["x"]), "b.yaml": record_text("b")})
    assert {one.path for one in check_library(library, "tag:x")} == {"a.yaml"}
    with pytest.raises(NotFoundError, match="missing-date"):
        check_library(library, only=["mising-date"])


def test_fixes_are_a_change_like_any_other(tmp_path: Path) -> None:
    text = "# mine\nid: a\ntitle: '[On Poland]'\nsummary: a &amp; b # as copied\n"
    library = make_library(tmp_path, {"a.yaml": text})
    only = ["supplied-title", "leftovers"]
    change(library, "check --fix", lambda: plan_fix(library, fixes(check_library(library, only=only))))
    assert (
        contents(tmp_path)["a.yaml"].decode()
        == "# mine\nid: a\nsupplied_title: On Poland\nsummary: a & b  # as copied\n"
    )
    assert found(library, *only) == []


def test_a_finding_has_the_line_of_its_field(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"a.yaml": "id: a\ntitle: T\narchive:\n  repository: LC\n  folder: Box 3\n"})
    (one,) = check_library(library, only=["wrong-level"])
    shown = problem(library, one)
    assert (shown.where.line, shown.where.field, shown.severity) == (5, "archive.folder", "warning")
    assert shown.message.endswith("[wrong-level]")
    assert "--fix" in (shown.hint or "")


def test_every_check_has_a_reason() -> None:
    assert all(why for _, why in ALL.values())
