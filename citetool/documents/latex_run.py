r"""The keys of a run of LaTeX, in `.aux` (`\citation`) and in biblatex's `.bcf`.

They are only read, for `doc keys`, `doc check` and `doc extract`: the keys that the macros of a class or another
package cite are among them, which no reader of the source can know.
"""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

from .model import CitedItem, Document, Place

if TYPE_CHECKING:
    from .model import Rendering

_AUX = lazy(
    r"\\citation\{(?P<keys>[^{}]*)\}|\\abx@aux@cite\{\d+\}\{(?P<key>[^{}]*)\}|\\@input\{(?P<file>[^{}]*)\}"
    r"|\\bibdata\{(?P<data>[^{}]*)\}|\\bibstyle\{(?P<style>[^{}]*)\}"
)
_BCF = lazy(
    r"<bcf:citekey\b(?P<told>[^>]*)>(?P<key>[^<]*)</bcf:citekey>"
    r"|<bcf:datasource\b[^>]*>(?P<data>[^<]*)</bcf:datasource>"
)
_DEEPEST = 4
_OWN_BASES = ("-blx",)  # a file that biblatex writes for itself


class LatexRun(Document):
    """The keys of a run of LaTeX in the order of their citations; each is a place in the text."""

    format = "latex-run"

    def __init__(self, data: bytes, source: str) -> None:
        """Read the keys and the files of sources. Raises InputError where it is neither `.aux` nor `.bcf`."""
        super().__init__(data, source)
        text = data.decode("utf-8", "surrogateescape")
        if "<bcf:controlfile" in text[:4096]:
            self._read_bcf(text)
        elif text.lstrip().startswith("\\") or not text.strip():
            self._read_aux(text, 0)
        else:
            raise InputError(Problem("this is neither an .aux nor a .bcf file", Where(source), "run LaTeX again"))

    def _read_bcf(self, text: str) -> None:
        for found in _BCF.finditer(text):
            if found["data"]:
                self._add_file(unescape(found["data"]))
            elif 'nocite="1"' in found["told"]:
                self.settings.nocite.append(unescape(found["key"]))
            else:
                self._cite([unescape(found["key"])])

    def _read_aux(self, text: str, depth: int) -> None:
        for found in _AUX.finditer(text):
            if found["keys"]:
                keys = [key.strip() for key in found["keys"].split(",") if key.strip()]
                self.settings.nocite += [key for key in keys if key == "*"]
                self._cite([key for key in keys if key != "*"])
            elif found["key"]:
                self._cite([found["key"]])
            elif found["file"] and depth < _DEEPEST:
                self._read_part(found["file"], depth)
            elif found["data"]:
                for name in found["data"].split(","):
                    self._add_file(name if name.endswith(".bib") else f"{name}.bib")
            elif found["style"]:
                self.settings.facts = {"bibliographystyle": found["style"]}
                self.source_formats = {".bib": "bibtex"}
        control = Path(self.source).with_suffix(".bcf")
        if not depth and not self.settings.bibliography and "\\abx@aux" in text and control.is_file():
            written = control.read_text("utf-8", "surrogateescape")
            for found in _BCF.finditer(written):
                if found["data"]:
                    self._add_file(unescape(found["data"]))

    def _read_part(self, name: str, depth: int) -> None:
        path = Path(self.source).parent / name
        if path.is_file() and path.resolve().is_relative_to(Path(self.source).parent.resolve()):
            self._read_aux(path.read_text("utf-8", "surrogateescape"), depth + 1)
        else:
            problem = Problem(f"the file {name!r} is not there", Where(self.source), "run LaTeX again", "warning")
            self.problems.append(problem)

    def _add_file(self, name: str) -> None:
        own = Path(name).stem.endswith(_OWN_BASES)
        if name and not own and name not in self.settings.bibliography:
            self.settings.bibliography.append(name)

    def _cite(self, keys: list[str]) -> None:
        if keys:
            self.places.append(Place([CitedItem(key) for key in keys], self.format, source=",".join(keys)))

    def write(self, rendering: Rendering) -> bytes:
        """Raise NotImplementedError: LaTeX writes these files."""
        raise NotImplementedError(self.format)


def read(data: bytes, source: str) -> LatexRun:
    """Return the keys of a run; raises InputError where the file is something else."""
    return LatexRun(data, source)
