r"""The citation commands of natbib, biblatex and apacite, and what they print."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from citetool.documents.model import Mode


class Command(NamedTuple):
    """The citation that a command prints.

    `volume`: its first argument is a volume; `many`: it takes several lists of arguments.
    """

    mode: Mode = "normal"
    note: bool = False
    many: bool = False
    volume: bool = False


_NORMAL = Command()
_TEXTUAL = Command("author-in-text")
_NOTE = Command(note=True)

COMMANDS: dict[str, Command] = {
    # natbib
    "cite": _NORMAL, "citep": _NORMAL, "citealp": _NORMAL, "citealt": _NORMAL, "citenum": _NORMAL,
    "citet": _TEXTUAL, "citeauthor": Command("author-only"), "citefullauthor": Command("author-only"),
    "citeyear": Command("year-only"), "citeyearpar": Command("suppress-author"),
    # biblatex
    "parencite": _NORMAL, "autocite": _NORMAL, "smartcite": _NORMAL, "supercite": _NORMAL, "fullcite": _NORMAL,
    "notecite": _NORMAL, "pnotecite": _NORMAL, "textcite": _TEXTUAL, "footcite": _NOTE, "footcitetext": _NOTE,
    "footfullcite": _NOTE, "fnotecite": _NOTE, "citetitle": Command("title-only"), "citedate": Command("year-only"),
    "citeurl": _NORMAL, "parenfullcite": _NORMAL, "headlesscite": Command("suppress-author"),
    "headlessfullcite": Command("suppress-author"), "shortcite": _NORMAL, "shorthandcite": _NORMAL,
    "volcite": Command(volume=True), "pvolcite": Command(volume=True), "avolcite": Command(volume=True),
    "svolcite": Command(volume=True), "tvolcite": Command("author-in-text", volume=True),
    "fvolcite": Command(note=True, volume=True), "ftvolcite": Command(note=True, volume=True),
    # apacite
    "citea": _TEXTUAL, "citenp": _NORMAL, "citeanp": _TEXTUAL,
    "nocite": Command("nocite"),
}  # fmt: skip
for _name in ("cite", "parencite", "autocite", "smartcite", "supercite", "textcite", "footcite", "footcitetext",
              "fullcite", "footfullcite"):  # fmt: skip
    COMMANDS[f"{_name}s"] = COMMANDS[_name]._replace(many=True)
del _name

# With a star natbib gives all the authors; biblatex leaves them out.
_NATBIB_STARS = {"citet", "citep", "citealt", "citealp", "citeauthor", "citefullauthor", "nocite"}


def command_of(name: str) -> Command | None:
    """Return what the command of that name prints (`Textcite`, `autocite*`), or None where it cites nothing."""
    bare = name.rstrip("*")
    found = COMMANDS.get(bare) or COMMANDS.get(bare[:1].lower() + bare[1:]) or COMMANDS.get(bare.lower())
    if found and name.endswith("*") and bare.lower() not in _NATBIB_STARS and found.mode == "normal":
        return found._replace(mode="suppress-author")
    return found
