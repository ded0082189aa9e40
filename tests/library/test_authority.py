from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citetool.library.authority import corrections, preferred_style, read_authority
from citetool.library.changes.drafts import plan_new
from citetool.library.checks import check_library
from citetool.problems import InputError
from citetool.record.schema import checked
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
repositories:
- name: Library of Congress
  short: LC
  place: Washington, D.C.
  style: wilson-center
  also: [Library of Congress (LC)]
  labels: {box: Container}
collections:
- {name: W. Averell Harriman Papers, repository: Library of Congress, also: [Harriman Papers]}
people:
- {name: "Harriman, W. Averell", also: "Harriman, William Averell"}
"""


def corrected(root: Path, **fields: Any) -> dict[str, Any]:
    make_library(root, {"repositories.yaml": FILE})
    return corrections(checked({"id": "a", **fields}), read_authority(root))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({"repository": "lc"}, {"repository": "Library of Congress", "place": "Washington, D.C."}),
        (
            {"box": "173", "collection": "Harriman papers"},
            {
                "box": "Container 173",
                "collection": "W. Averell Harriman Papers",
                "repository": "Library of Congress",
                "place": "Washington, D.C.",
            },
        ),
        ({"box": "Box 3", "repository": "LC", "place": "D.C."},
         {"box": "Box 3", "repository": "Library of Congress", "place": "D.C."}),
    ],
)  # fmt: skip
def test_names_are_put_right_and_completed(levels: dict[str, str], expected: dict[str, str], tmp_path: Path) -> None:
    changes = corrected(tmp_path, archive=levels)
    assert list(changes["archive"].items()) == list(expected.items())


def test_people_are_called_by_one_name(tmp_path: Path) -> None:
    changes = corrected(tmp_path, creators=[{"name": "Harriman, William Averell", "role": "author"}])
    assert changes["creators"] == [{"name": "Harriman, W. Averell", "role": "author"}]


def test_what_nobody_knows_is_left_alone(tmp_path: Path) -> None:
    assert corrected(tmp_path, archive={"repository": "RGANI", "box": "3"}, title="T") == {}
    assert read_authority(tmp_path / "nosuch").repositories == {}


def test_the_style_of_the_archive(tmp_path: Path) -> None:
    make_library(tmp_path, {"repositories.yaml": FILE})
    authority = read_authority(tmp_path)
    for levels, style in (({"repository": "LC"}, "wilson-center"), ({"repository": "RGANI"}, "mla"), ({}, "mla")):
        assert preferred_style(checked({"id": "a", "archive": levels}), authority, "mla") == style


def test_new_records_and_checks_use_it(tmp_path: Path) -> None:
    library = make_library(
        tmp_path, {"repositories.yaml": FILE, "a.yaml": record_text("a", archive={"repository": "LC"})}
    )
    assert len(library) == 1
    (one,) = check_library(library, only=["authority"])
    assert "Library of Congress" in one.finding.message
    plan = plan_new(library, ["kind=letter", "box=3", "repository=LC"], "n")
    assert "+  place: Washington, D.C." in list(plan.diff())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- x\n", "does not hold names"),
        ("repositorys:\n- name: LC\n", "did you mean 'repositories'"),
        ("repositories:\n- short: LC\n", "an entry without a name"),
        ("repositories:\n- {name: LC, plase: W}\n", "did you mean 'place'"),
        ("repositories:\n- {name: LC, labels: x}\n", "'labels' is not as it should be"),
        ("repositories: [\n", "not YAML"),
    ],
)
def test_a_faulty_file_is_refused(text: str, message: str, tmp_path: Path) -> None:
    make_library(tmp_path, {"repositories.yaml": text})
    with pytest.raises(InputError, match=message):
        read_authority(tmp_path)
