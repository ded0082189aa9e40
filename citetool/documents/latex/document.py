r"""A LaTeX manuscript: its places read, `\input` followed, and rendered text put in the stead of commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citetool.documents.locators import locator_text
from citetool.documents.model import CitedItem, Place, Rendering
from citetool.documents.note_text import Markup
from citetool.documents.notes import Neighbours, capitalized, note_edit
from citetool.documents.spans import Edit
from citetool.documents.text import NoteBody, TextDocument
from citetool.lazy_re import lazy
from citetool.problems import Problem

from .scan import Scanner

if TYPE_CHECKING:
    from citetool.documents.model import RenderedPlace

    from .macros import Macro
    from .scan import Citation, Footnote

_RESOURCE = lazy(r"\\(?:addbibresource|bibliography|addglobalbib)(?:\[[^\]]*\])?\{([^{}]+)\}")
_STYLE = lazy(r"\\bibliographystyle\{([^{}]+)\}")
_BIBLATEX = lazy(r"\\usepackage(?:\[([^\]]*)\])?\{(?:biblatex|biblatex-chicago)\}")
_PRINTED = lazy(r"\\(?:printbibliography|bibliography)(?:\[[^\]]*\])?(?:\{[^{}]*\})?")
_END = lazy(r"\\end\{document\}")
_BABEL = lazy(r"\\usepackage\[([^\]]*)\]\{babel\}|\\setdefaultlanguage(?:\[[^\]]*\])?\{(\w+)\}")
# What the commands that print a bibliography set above it, in the language of the document.
_HEADING = r"\ifdefined\chapter\chapter*{\bibname}\else\section*{\refname}\fi"
_LANGUAGES = {
    "german": "de-DE", "ngerman": "de-DE", "austrian": "de-AT", "naustrian": "de-AT", "nswissgerman": "de-CH",
    "french": "fr-FR", "francais": "fr-FR", "italian": "it-IT", "spanish": "es-ES", "portuguese": "pt-PT",
    "brazilian": "pt-BR", "dutch": "nl-NL", "russian": "ru-RU", "polish": "pl-PL", "czech": "cs-CZ",
    "swedish": "sv-SE", "danish": "da-DK", "norsk": "nb-NO", "finnish": "fi-FI", "english": "en-US",
    "american": "en-US", "british": "en-GB", "ukenglish": "en-GB", "usenglish": "en-US",
}  # fmt: skip
_MARKUP = Markup(
    lazy(r"\\(?:emph|textit|textbf|textsc)\{|\\[&%$#_{} ]|[{}~]|``|''|(?<!-)-{2,3}(?!-)"),
    {"~": " ", "\\ ": " ", "``": "“", "''": "”", "--": "–", "---": "—"} | {f"\\{mark}": mark for mark in "&%$#_{}"},
)
_DEEPEST = 10  # files that include each other


class LatexDocument(TextDocument):
    """LaTeX; anchors are `(start, end)` of the command, in the text of the file that the place stands in."""

    format = "latex"
    writer = "latex"
    affixes_fix_order = True
    suffix_joint = ", "
    markup = _MARKUP

    def __init__(
        self,
        data: bytes,
        source: str,
        root: Path | None = None,
        depth: int = 0,
        macros: dict[str, Macro] | None = None,
    ) -> None:
        r"""Read settings and citations; files of `\input` are looked for beside `root`, the main file.

        `macros` are those that cite, of the file that takes this one in.
        """
        super().__init__(data, source)
        self._root = root or Path(source).parent
        self._depth = depth
        self._read_settings()
        scanner = Scanner(self.text, self.settings.locale, macros)
        for place, name in scanner.unread:
            message = f"the macro \\{name} cites beside other things: what it is given is not seen"
            hint = "write the citations out, or give doc extract the .aux or .bcf of a run"
            self.problems.append(Problem(message, self.where(place), hint, "warning"))
        self._footnotes = scanner.notes
        self._included: list[tuple[int, int, LatexDocument]] = []
        self._read: list[Path] = []
        self._include(scanner)
        self._place(scanner)
        printed = [match for match in _PRINTED.finditer(self.text) if not scanner.opaque.end_at(match.start())]
        self._printed = printed[-1].span() if printed else None
        self.bibliographies = len(printed) + sum(part.bibliographies for _, _, part in self._included)

    def _read_settings(self) -> None:
        names = [name.strip() for found in _RESOURCE.findall(self.text) for name in found.split(",")]
        self.settings.bibliography = [name if name.endswith(".bib") else f"{name}.bib" for name in names if name]
        style = _STYLE.search(self.text)
        biblatex = _BIBLATEX.search(self.text)
        if style and not biblatex:
            self.source_formats = {".bib": "bibtex"}
        options = (biblatex[1] or "") if biblatex else ""
        self._autocite_notes = "autocite=footnote" in options or "style=verbose" in options
        babel = _BABEL.search(self.text)
        if babel:
            language = (babel[2] or (babel[1] or "").split(",")[-1]).strip().partition("=")[2 if "=" in babel[0] else 0]
            self.settings.locale = _LANGUAGES.get(language, "")
        if style:
            self.settings.facts = {"bibliographystyle": style[1]}

    def _include(self, scanner: Scanner) -> None:
        for start, end, name in scanner.inputs:
            path = next((path for path in (self._root / name, self._root / f"{name}.tex") if path.is_file()), None)
            if path is None or self._depth >= _DEEPEST or not _inside(path, self._root):
                hint = "its citations are not seen"
                problem = Problem(f"the file {name!r} is not there", self.where(start), hint, "warning")
                self.problems.append(problem)
                continue
            part = LatexDocument(path.read_bytes(), str(path), self._root, self._depth + 1, scanner.macros)
            self._read += [path, *part.parts()]
            if part.places or part.notes or part.settings.nocite:
                self._included.append((start, end, part))
            self.problems += part.problems

    def _place(self, scanner: Scanner) -> None:
        """Walk over citations, notes and included files in the order of the text, numbering the notes."""
        entries: list[tuple[int, str, object]] = [(one.start, "cite", one) for one in scanner.citations]
        entries += [(note.mark, "note", note) for note in scanner.notes]
        entries += [(start, "file", part) for start, _, part in self._included]
        printed = {"footnote": 0, "endnote": 0}
        inside: Footnote | None = None
        for offset, kind, one in sorted(entries, key=lambda entry: entry[0]):
            if inside is not None and offset >= inside.end:
                inside = None
            if kind == "note":
                self._add_note(one, printed)  # type: ignore[arg-type]
                inside = one  # type: ignore[assignment]
            elif kind == "file":
                self._add_file(one, printed)  # type: ignore[arg-type]
            else:
                self._add_place(one, inside, printed)  # type: ignore[arg-type]

    def _add_note(self, note: Footnote, printed: dict[str, int]) -> None:
        printed[note.kind] += 1
        body = NoteBody(note.start, note.end, note.mark, printed[note.kind])
        self.notes.append(self.note_of(body, "endnote" if note.kind == "endnote" else "footnote"))

    def _add_file(self, part: LatexDocument, printed: dict[str, int]) -> None:
        for place in part.places:
            if place.note is not None:
                place.note += printed[place.where]
            place.notes_before += printed["footnote"]
        for note in part.notes:
            note.number += printed[note.kind]
        self.places += part.places
        self.notes += part.notes
        self.settings.nocite += [key for key in part.settings.nocite if key not in self.settings.nocite]
        printed["footnote"] += sum(note.kind == "footnote" for note in part.notes)
        printed["footnote"] += sum(place.prints_note for place in part.places)
        printed["endnote"] += sum(note.kind == "endnote" for note in part.notes)

    def _add_place(self, one: Citation, inside: Footnote | None, printed: dict[str, int]) -> None:
        if one.command.mode == "nocite":
            self.settings.nocite += [item.id for item in one.items if item.id not in self.settings.nocite]
            return
        notes = one.command.note or (self._autocite_notes and one.name.lower().startswith("autocite"))
        place = Place(
            one.items,
            "latex",
            source=self.text[one.start : one.end],
            at=self.where(one.start),
            notes_before=printed["footnote"],
            group_prefix=one.group_prefix,
            group_suffix=one.group_suffix,
            prints_note=notes and inside is None,
            anchor=(self, one.start, one.end),
        )
        place.follows = self.text[one.end : inside.end if inside else one.end + 80].lstrip()[:1]
        if inside is not None:
            place.where = "endnote" if inside.kind == "endnote" else "footnote"
            place.note = printed[inside.kind]
            place.opens_note = not self.text[inside.start : one.start].strip()
            self.notes[-1].cites = True
        elif place.prints_note:
            printed["footnote"] += 1
        self.places.append(place)

    def parts(self) -> list[Path]:
        r"""Return the files of `\input`."""
        return self._read

    def affix(self, text: str) -> str:
        """Keep the author's LaTeX in prefixes and suffixes as it is."""
        return self.keep(text) if any(mark in text for mark in "\\{}$~&%#_^") or "--" in text else text

    def citation_markup(self, item: CitedItem) -> str:
        r"""Return `\cite[p.~3]{key}`."""
        text = locator_text(item).replace(" ", "~", 1)
        return f"\\cite[{text}]{{{item.id}}}" if text else f"\\cite{{{item.id}}}"

    def remark(self, text: str, follows: str) -> str:
        """Return a comment up to the end of its line; the rest of the line goes on below, spaced as it was."""
        return (" % " if follows.isspace() else "% ") + text + ("" if follows == "\n" else "\n")

    # -- writing -------------------------------------------------------------------------------------------------

    def write(self, rendering: Rendering) -> bytes:
        r"""Return the manuscript with text for citations, `\footnote` for new notes, and the bibliography.

        A file of `\input` that has citations is put into the text, so that the result is one file.
        """
        edits = self._edits(rendering)
        if rendering.entries:
            edits.append(self._bibliography(rendering))
        return self.edited(edits)

    def _edits(self, rendering: Rendering) -> list[Edit]:
        edits = [self._edit(one, rendering) for one in rendering.places if one.place.anchor[0] is self]
        for start, end, part in self._included:
            part._kept = self._kept
            text = part.edited(part._edits(rendering)).decode("utf-8", "surrogateescape")
            edits.append(Edit(start, end, text.rstrip("\n")))
        return edits

    def _edit(self, rendered: RenderedPlace, rendering: Rendering) -> Edit:
        _, start, end = rendered.place.anchor
        text = self.restored(rendered.text.text(self.writer))
        if rendered.place.prints_note:
            printed = f"\\footnote{{{self.restored(capitalized(rendered.text).text(self.writer))}}}"
            if self.text[start:end].lower().startswith("\\autocite"):  # which moves behind the punctuation itself
                return note_edit(Neighbours(self.text, start, end, rendering.punctuation_in_quote), "", printed)
            return Edit(start, end, printed)
        if rendered.note is None:
            if rendered.place.opens_note and rendering.note_style:
                text = self.restored(capitalized(rendered.text).text(self.writer))
            return self._in_place(rendered, rendering, text)
        note_text = f"\\footnote{{{self.restored(capitalized(rendered.note).text(self.writer))}}}"
        return note_edit(Neighbours(self.text, start, end, rendering.punctuation_in_quote), text, note_text)

    def _bibliography(self, rendering: Rendering) -> Edit:
        entries = [self.restored(entry.content.text(self.writer)).strip() for entry in rendering.entries]
        hanging = "\\hangindent=2em " if rendering.hanging_indent else ""  # for each: a heading takes \parindent off
        body = "\n\n".join(f"\\noindent{hanging or ' '}{entry}\\par" for entry in entries)
        block = f"\\par\\begingroup\n{body}\n\\endgroup"
        if self._printed:
            bare = "heading=none" in self.text[slice(*self._printed)]
            return Edit(*self._printed, block if bare else f"{_HEADING}\n{block}")
        end = _END.search(self.text)
        if end:
            return Edit(end.start(), end.start(), f"{block}\n")
        last = len(self.text.rstrip())
        return Edit(last, last, f"\n\n{block}")


def _inside(path: Path, root: Path) -> bool:
    """Return True if a file lies in the folder of the main file or below it: others are left alone."""
    return path.resolve().is_relative_to(root.resolve())
