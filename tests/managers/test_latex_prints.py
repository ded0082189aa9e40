"""LaTeX prints our `.bib` files: every record compiles, and what is printed reads as it should.

These need pdflatex with biblatex-chicago and biblatex-mla, biber, and pdftotext.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pytest

from citetool.formats.base import WriteOptions
from citetool.formats.registry import write_text
from tests.managers.corpus import corpus

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = ("pdflatex", "bibtex", "biber", "pdftotext", "kpsewhich")
_MISSING = [name for name in PROGRAMS if not shutil.which(name)]


@cache
def has_package(file: str) -> bool:
    return not _MISSING and bool(subprocess.run(["kpsewhich", file], capture_output=True, check=False).stdout)


def needs(file: str) -> None:
    if not has_package(file):
        pytest.skip(f"needs {', '.join(_MISSING) or file}")


STYLES = {
    "authortitle": (None, r"\usepackage[style=authortitle]{biblatex}", "authortitle.bbx"),
    "chicago": ("chicago", r"\usepackage[notes]{biblatex-chicago}", "biblatex-chicago.sty"),
    "mla": ("mla", r"\usepackage[style=mla-new]{biblatex}", "mla-new.bbx"),
}
PRINTED = {
    "authortitle": [
        "Gogh, Vincent van. “Vincent van Gogh to Theo van Gogh”. letter.",
        "May 1888",
        "Seghers, Anna. “Transit Diary”. German.",
    ],
    "chicago": [
        "Creel, George. George Creel to Edward M. House, 24 September 1918, Paris. Letter. Folder 12, Box 3, Emma "
        "Stone Papers. Hartwell Library, Leeds.",
        "Kennan, George. George Kennan to George C. Marshall, February 22, 1946, Moscow. Telegram. Box 21, Decimal "
        "Files, RG 59. National Archives, College Park, MD.",
        "Rusk, Dean. Interview by Theodore Wilson, July 28, 1969, Athens, GA. Oral Histories. Johnson Library, Austin",
        "Speed, John. Plan of the Fortress, [1769?]. Map. MPD 1/12, Ordnance Maps. British Library, London.",
        "PhD diss., University of Leeds, 1907.",
        "Thesis, University of London, 1921.",
        "Thomas Ward Papers, 1890–1935. Hartwell Library, Leeds.",
        "Ivens, Joris, dir. Launch of the Ark, 1938. Film. Can 4, Shipyard Films.",
        "“‘The Long Peace’: Remarks at Leeds,”",
        "Diary” [in German]",
    ],
    "mla": [
        "Hartwell Library, Leeds, Letter, Folder 12, Box 3, 24 Sept. 1918.",
        "PhD thesis.",
        "Ivens, Joris, director. “Launch of the Ark”.",
    ],
}


FONTS = {"pdflatex": r"\usepackage[T1]{fontenc}\usepackage{lmodern}", "lualatex": r"\usepackage{fontspec}"}


def printed(folder: Path, dialect: str | None, package: str, engine: str) -> str:
    """Return the bibliography of the corpus in one line, as an engine prints it."""
    (folder / "refs.bib").write_text("".join(write_text(corpus(), "biblatex", WriteOptions(dialect=dialect))), "utf-8")
    (folder / "page.tex").write_text(
        rf"\documentclass{{article}}{FONTS[engine]}\usepackage[english]{{babel}}"
        rf"\usepackage{{csquotes}}{package}\addbibresource{{refs.bib}}\hyphenpenalty=10000\exhyphenpenalty=10000"
        r"\begin{document}\nocite{*}\printbibliography\end{document}",
        "utf-8",
    )
    for command in (engine, "biber", engine, engine):
        options = ["-interaction=nonstopmode", "-halt-on-error"] if command == engine else []
        done = subprocess.run(
            [command, *options, "page"], cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
        assert done.returncode == 0, done.stdout[-2000:]
        assert command != "biber" or "WARN" not in done.stdout, done.stdout
    subprocess.run(["pdftotext", "page.pdf", "page.txt"], cwd=folder, check=True)
    return " ".join((folder / "page.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("style", "engine"), [*((style, "pdflatex") for style in STYLES), ("chicago", "lualatex"), ("mla", "lualatex")]
)
def test_biblatex_prints_every_record(style: str, engine: str, tmp_path: Path) -> None:
    dialect, package, file = STYLES[style]
    needs(file)
    if not shutil.which(engine):
        pytest.skip(f"needs {engine}")
    needs("lmodern.sty")  # a font whose quotes and dashes pdftotext knows
    text = printed(tmp_path, dialect, package, engine)
    assert [part for part in PRINTED[style] if part not in text] == []
    assert "ngerman" not in text
    assert "””" not in text


def test_plain_bibtex_prints_the_year_of_every_date(tmp_path: Path) -> None:
    needs("plain.bst")
    needs("lmodern.sty")
    (tmp_path / "refs.bib").write_text("".join(write_text(corpus(), "bibtex")), "utf-8")
    (tmp_path / "page.tex").write_text(
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern}\begin{document}\nocite{*}"
        r"\bibliographystyle{plain}\bibliography{refs}\end{document}",
        "utf-8",
    )
    for command in ("pdflatex", "bibtex", "pdflatex", "pdflatex"):
        options = ["-interaction=nonstopmode"] if command == "pdflatex" else []
        subprocess.run([command, *options, "page"], cwd=tmp_path, capture_output=True, check=True)
    subprocess.run(["pdftotext", "page.pdf", "page.txt"], cwd=tmp_path, check=True)
    text = " ".join((tmp_path / "page.txt").read_text(encoding="utf-8").split())
    for part in (
        "London, 1769?",
        "circa 1936",
        "Leeds, undated",
        "Leeds, 1900–1999",
        "1911–1912",
        "West Riding. PhD thesis",
    ):
        assert part in text
