"""Names from EAC-CPF and EAG taken into `repositories.yaml`."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from citetool.formats.metadata.eac import Named, read_names
from citetool.library.authority import read_authority
from citetool.library.changes.names import plan_names
from citetool.library.changes.plans import change, undo
from citetool.library.library import init_library, open_library
from citetool.problems import InputError, LibraryError

if TYPE_CHECKING:
    from pathlib import Path

PERSON = """<eac-cpf xmlns="urn:isbn:1-931666-33-4"><control><recordId>1</recordId></control><cpfDescription><identity>
<entityType>person</entityType>
<nameEntry><part>Lang, Anna Maria, 1850-1911</part><alternativeForm>x</alternativeForm></nameEntry>
<nameEntry><part localType="surname">Lang</part><part localType="forename">Anna</part><authorizedForm>y</authorizedForm>
</nameEntry></identity></cpfDescription></eac-cpf>"""
BODY = """<eac xmlns="https://archivists.org/ns/eac/v2"><cpfDescription><identity><entityType value="corporateBody"/>
<nameEntry status="alternative"><part>Urban Center</part></nameEntry>
<nameEntry status="authorized"><part localType="primary_name">Center of Town, Inc. (1974-....)</part></nameEntry>
</identity></cpfDescription></eac>"""
ARCHIVE = """<eag xmlns="http://www.ministryculture.es/"><archguide><identity><autform>Town Archive</autform>
<parform>Stadtarchiv</parform></identity><desc><geogarea>Netherlands</geogarea><municipality>Town</municipality></desc>
</archguide></eag>"""


def names_of(text: str) -> list[object]:
    return list(read_names(io.BytesIO(text.encode()), "a.xml"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PERSON, Named("people", "Lang, Anna", ("Lang, Anna Maria",))),
        (BODY, Named("people", "Center of Town, Inc.", ("Urban Center",))),
        (ARCHIVE, Named("repositories", "Town Archive", ("Stadtarchiv",), "Town", "Netherlands")),
    ],
)
def test_names_are_read_with_their_spellings(text: str, expected: Named) -> None:
    assert names_of(text) == [expected]


def test_a_file_without_names_is_refused() -> None:
    with pytest.raises(InputError, match="no name"):
        names_of("<ead/>")


NAMES = [Named("people", "Lang, Anna", ("Lang, A.",)), Named("repositories", "Town Archive", (), "Town", "NL")]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "people:\n- {name: Weg, also: [W.]}   # checked\n",
        "# ours\nrepositories:\n  # the first\n  - name: Abbey\n    place: Hill\npeople:\n",
        "collections:\n- {name: Papers, repository: Abbey}",
    ],
)
def test_names_are_added_and_the_rest_stays_and_can_be_undone(before: str, tmp_path: Path) -> None:
    library = open_library(init_library(tmp_path / "records"))
    path = library.root / "repositories.yaml"
    if before:
        path.write_text(before, encoding="utf-8")
    made = change(library, "names", lambda: plan_names(library.root, NAMES))
    assert made.keys == {"added": ["Lang, Anna", "Town Archive"]}
    text = path.read_text(encoding="utf-8")
    assert all(line in text for line in before.splitlines() if line != "people:")
    authority = read_authority(library.root)
    assert (authority.right("people", "Lang, A."), authority.repositories["Town Archive"].place) == (
        "Lang, Anna",
        "Town",
    )
    assert plan_names(library.root, NAMES).steps == []
    undo(library)
    assert (path.read_text(encoding="utf-8") if path.exists() else "") == before


def test_a_file_in_one_line_is_not_taken_apart(tmp_path: Path) -> None:
    root = init_library(tmp_path / "records")
    (root / "repositories.yaml").write_text("people: [{name: Weg}]\n", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot be added"):
        plan_names(root, NAMES)


def test_from_the_command_line(tmp_path: Path) -> None:
    root = init_library(tmp_path / "records")
    (tmp_path / "a.xml").write_text(PERSON, encoding="utf-8")
    command = [sys.executable, "-m", "citetool", "library", "names", str(tmp_path / "a.xml"), "-L", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "added: Lang, Anna (undo with: citetool undo)\n")
