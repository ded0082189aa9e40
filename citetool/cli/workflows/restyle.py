"""Parts of `citetool doc restyle`: typed notes read, decided about, restyled, written, reported."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.cli.ui import console, outfile
from citetool.cli.workflows import doc, parse
from citetool.documents.registry import read_document
from citetool.documents.render import render
from citetool.documents.typed import TypedCitation, read_typed, report, restyle_notes, to_markers
from citetool.documents.typed.decisions import ask, decide, read_decisions
from citetool.problems import Problem, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.documents.model import Document
    from citetool.documents.typed import Restyled


@dataclass(slots=True)
class Work:
    """A document with its typed citations, its sources and its style, and what was met on the way.

    `live` counts the citations in fields, marks or keys that were rendered.
    """

    document: Document
    library: Path | None
    inputs: list[str] | None
    style: str | None
    locale: str | None = None
    problems: list[Problem] = field(default_factory=list)
    live: int = 0

    def restyled(self, review: Path | None, *, interactive: bool) -> Restyled:
        """Return the typed notes in the style; decisions come from the file, else from the terminal."""
        sources = doc.sources_of(self.document, self.inputs, self.library)
        self.problems += [*self.document.problems, *sources.problems]
        citations = read_typed(self.document, sources, parse.context_of(self.library))
        if review is not None:
            self.problems += decide(citations, read_decisions(review))
        if interactive:
            if not sys.stdin.isatty():
                raise UsageError(Problem("--interactive needs a terminal", hint="take decisions from --review FILE"))
            ask(citations, _question)
        style = doc.style_of(self.document, self.style, self.library)
        return restyle_notes(self.document, citations, style, self.locale)

    def marked(self) -> tuple[Restyled, bytes]:
        """Return the typed notes with keys, and the document with them."""
        sources = doc.sources_of(self.document, self.inputs, self.library)
        self.problems += [*self.document.problems, *sources.problems]
        try:
            marked = to_markers(self.document, read_typed(self.document, sources, parse.context_of(self.library)))
            return marked, self.document.write_notes(marked.edits) if marked.edits else self.document.data
        except NotImplementedError:
            raise doc.only_read(self.document) from None

    def written(self, restyled: Restyled, *, track: bool | None) -> bytes:
        """Return the document with its notes changed, and its live citations and bibliography in the style."""
        wants = self.document.tracks_changes if track is None else track
        tracking = doc.tracking_now() if wants else None
        data = self.document.data
        if restyled.edits:
            try:
                data = self.document.write_notes(restyled.edits, tracking)
            except NotImplementedError:
                raise doc.only_read(self.document) from None
        if restyled.bibliography is not None and not restyled.bibliography.entries:
            restyled.bibliography = None  # nothing was typed
        if not self.document.places and restyled.bibliography is None:
            return data
        again = read_document(self.document.source, self.document.format, data)
        if restyled.bibliography is not None and not self.document.places:
            restyled.bibliography.tracking = tracking if self.document.tracks_changes else None
            return doc.written(again, restyled.bibliography)
        style = doc.style_of(again, self.style, self.library)
        sources = doc.sources_of(again, self.inputs, self.library)
        rendering, problems = render(again, sources, style, locale=self.locale)
        self.problems += problems
        rendering.tracking = tracking
        data = doc.written(again, rendering)
        self.live = len(rendering.places)
        self.problems += again.problems
        return data

    def put_report(self, restyled: Restyled, path: Path) -> None:
        """Write the report: as a page where the name ends in .html, else as JSON."""
        if path.suffix.lower() in (".html", ".htm"):
            outfile.write_file(path, report.as_html(restyled, self.document.source))
            return
        text = json.dumps(self.report(restyled), ensure_ascii=False, indent=2)
        outfile.write_file(path, [text, "\n"])

    def report(self, restyled: Restyled) -> dict[str, Any]:
        """Return the report as plain data."""
        return report.as_dict(restyled, self.document.source)


def say(restyled: Restyled, *, whole: bool) -> None:
    """Print the report: on stdout note by note, or on stderr what stays and the counts."""
    if whole:
        for line in report.as_lines(restyled):
            console.out(line)
        return
    for note in restyled.notes:
        for one in note.kept:
            console.err(f"{note.note.at}: {note.note.label}{one['text']!r} stays: {one['kept']}")
    console.note(report.summary(restyled))


def _question(citation: TypedCitation, read: dict[str, Any]) -> bool:
    """Show how a citation was read; return whether it is to be restyled."""
    console.err(f"\n{citation.note.kind} {citation.note.number}: {citation.note.text}")
    console.err(f"  citation  {citation.text}")
    for name, value in read.items():
        if name not in ("uncertain", "confidence"):
            console.err(f"  {name:9} {_shown(value)}")
    console.err(f"  not sure  {citation.doubt}")
    while True:
        console.err("[r]estyle it, or [k]eep it as it is?")
        answer = sys.stdin.readline()
        if not answer:
            raise UsageError(Problem("aborted: no answer about a citation"))
        if answer.strip()[:1].lower() in ("r", "k"):
            return answer.strip()[:1].lower() == "r"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(one["value"] if isinstance(one, dict) else str(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    return str(value)
