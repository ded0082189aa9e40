"""The language server (Language Server Protocol 3.17): what an editor asks about citation keys."""

from __future__ import annotations

import os
import sys
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from citetool import __version__
from citetool.citation.locators import LABELS
from citetool.citation.render import cite
from citetool.config import SETTINGS
from citetool.documents.sources import Sources
from citetool.problems import CitetoolError, suggest
from citetool.server.shelf import Shelf
from citetool.server.zotero.rendering import style_folders
from citetool.text import fold

from .manuscript import Manuscript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pygls.workspace import TextDocument

    from citetool.library.library import Library
    from citetool.record.model import Record
    from citetool.server.shelf import Entry

    from .manuscript import Gap, Key

SOURCE = "citetool"
_MOST = 200  # proposals at once; an editor asks again when more is typed
_LOCATORS = ("p.", "pp.", "fol.", "no.", "vol.", "ch.", "sec.", "para.", "n.", "l.", "col.", "fig.", "ts.")


class Keys:
    """The sources that a library has for the keys of manuscripts; a document's own files of sources count, too."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.shelf = Shelf(library)

    def unknown(self, manuscript: Manuscript) -> list[Key]:
        """Return the keys that stand for no source."""
        entries = self.shelf.now().entries
        left = [key for key in manuscript.keys if key.id not in entries]
        if not left or manuscript.document is None:
            return []
        try:
            sources = Sources(manuscript.document, (), self.library)
        except CitetoolError:
            return []
        known = {id_: sources.knows(id_) for id_ in {key.id for key in left}}
        return [key for key in left if not known[key.id]]

    def near(self, key: str) -> list[str]:
        """Return keys that look like this one, the nearest first."""
        hint = suggest(key, self.shelf.now().entries)
        return hint.split("'")[1::2] if hint else []

    def proposals(self, typed: str) -> tuple[list[Entry], bool]:
        """Return the records whose key, title, author or year has all the words typed, and whether these are all."""
        words = fold(typed).split()
        found = [entry for entry in self.shelf.now().entries.values() if all(word in _text(entry) for word in words)]
        return found[:_MOST], len(found) <= _MOST

    def citation(self, key: str, style: str, folder: Path) -> str:
        """Return a record as hover text: its citation, where it is kept, and its summary. Raises NotFoundError."""
        record = self.shelf.get(key)
        parts = [self._cited(record, style, folder), record.summary]
        facts = [record.kind, record.date, record.id]
        return "\n\n".join([*filter(None, parts), " · ".join(filter(None, facts))])

    def _cited(self, record: Record, style: str, folder: Path) -> str:
        """Return the citation in the document's style; in the default one where that cannot be had."""
        folders = style_folders(self.shelf.library.root)
        beside = folder / style
        style = str(beside) if style.endswith(".csl") and beside.is_file() else style
        for name in filter(None, (style, SETTINGS["style"].default)):
            try:
                return cite([record], style=name, format="markdown", folders=folders)[0].strip()
            except CitetoolError:
                continue
        return record.any_title

    def file_of(self, key: str) -> tuple[Path, int] | None:
        """Return the file of a record, and the line of its title, from 0."""
        try:
            record = self.shelf.get(key)
        except CitetoolError:
            return None
        for library in filter(None, (self.shelf.library, self.library.fallback)):
            path = library.path_of(record.id)
            if path is not None:
                return (library.root / path).resolve(), 0
        return None


def make_server(library: Library) -> LanguageServer:
    """Return the language server over a library."""
    server = LanguageServer("citetool", __version__)
    Editor(server, Keys(library)).register()
    return server


def serve(library: Library) -> None:
    """Answer one editor over stdin and stdout until it says goodbye."""
    # pygls closes the stream that it writes to, and whoever started us may still write to stdout
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        make_server(library).start_io(stdin=sys.stdin.buffer, stdout=out)


class Editor:
    """The answers to one editor."""

    def __init__(self, server: LanguageServer, keys: Keys) -> None:
        self.server, self.keys = server, keys
        self._read: dict[str, tuple[str, Manuscript]] = {}

    def register(self) -> None:
        """Tell the server what is answered."""
        triggers = lsp.CompletionOptions(trigger_characters=["@", "{", ",", "<", "["])
        quick = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
        answers: list[tuple[str, Any, Callable[[Any], Any]]] = [
            (lsp.TEXT_DOCUMENT_DID_OPEN, None, self.opened),
            (lsp.TEXT_DOCUMENT_DID_CHANGE, None, self.changed),
            (lsp.TEXT_DOCUMENT_DID_SAVE, None, self.changed),
            (lsp.TEXT_DOCUMENT_DID_CLOSE, None, self.closed),
            (lsp.TEXT_DOCUMENT_COMPLETION, triggers, self.complete),
            (lsp.TEXT_DOCUMENT_HOVER, None, self.hover),
            (lsp.TEXT_DOCUMENT_DEFINITION, None, self.definition),
            (lsp.TEXT_DOCUMENT_REFERENCES, None, self.references),
            (lsp.TEXT_DOCUMENT_CODE_ACTION, quick, self.fixes),
        ]
        for name, options, answer in answers:
            self.server.feature(name, options)(_function(answer))

    # --- documents that are open

    def opened(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """Look for unknown keys in a document that was opened."""
        self._publish(params.text_document.uri)

    def changed(self, params: Any) -> None:
        """Look for unknown keys in a document that was changed or saved."""
        self._publish(params.text_document.uri)

    def closed(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """Forget a document that was closed, and what was said about it."""
        uri = params.text_document.uri
        self._read.pop(uri, None)
        self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def _publish(self, uri: str) -> None:
        document, manuscript = self._of(uri)
        spans = _Spans(document)
        found = [
            lsp.Diagnostic(
                range=spans.range(key.start, key.end),
                message=f"there is no record {key.id!r}",
                severity=lsp.DiagnosticSeverity.Warning,
                source=SOURCE,
                code="unknown-key",
            )
            for key in self.keys.unknown(manuscript)
        ]
        self.server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, diagnostics=found, version=document.version)
        )

    # --- questions

    def complete(self, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        """Return the keys, or the words of locators, that could stand at the cursor."""
        document, manuscript = self._of(params.text_document.uri)
        spans = _Spans(document)
        gap = manuscript.gap_at(spans.offset(params.position))
        if gap is None:
            return None
        range_ = spans.range(gap.start, gap.end)
        if gap.kind == "locator":
            items = [_locator(word, range_) for word in _LOCATORS if word.startswith(gap.typed.casefold())]
            return lsp.CompletionList(is_incomplete=False, items=items)
        found, whole = self.keys.proposals(gap.typed)
        return lsp.CompletionList(is_incomplete=not whole, items=[_proposal(entry, gap, range_) for entry in found])

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """Return the citation of the key under the cursor, in the style of the document."""
        document, manuscript = self._of(params.text_document.uri)
        spans = _Spans(document)
        key = manuscript.key_at(spans.offset(params.position))
        if key is None or manuscript.document is None:
            return None
        folder = Path(manuscript.path).parent
        try:
            text = self.keys.citation(key.id, manuscript.document.settings.style, folder)
        except CitetoolError as error:
            text = str(error)
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
        return lsp.Hover(content, spans.range(key.start, key.end))

    def definition(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        """Return the file of the record whose key is under the cursor."""
        document, manuscript = self._of(params.text_document.uri)
        key = manuscript.key_at(_Spans(document).offset(params.position))
        found = self.keys.file_of(key.id) if key else None
        if found is None:
            return None
        path, line = found
        start = lsp.Position(line, 0)
        return lsp.Location(from_fs_path(str(path)) or path.as_uri(), lsp.Range(start, start))

    def references(self, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        """Return all places of the key under the cursor in the documents that are open."""
        document, manuscript = self._of(params.text_document.uri)
        key = manuscript.key_at(_Spans(document).offset(params.position))
        if key is None:
            return None
        return [place for uri in self.server.workspace.text_documents for place in self._places(uri, key.id)]

    def fixes(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        """Return, for unknown keys, the keys that may have been meant."""
        document, manuscript = self._of(params.text_document.uri)
        spans = _Spans(document)
        actions = []
        for told in params.context.diagnostics:
            if told.source != SOURCE:
                continue
            key = manuscript.key_at(spans.offset(told.range.start))
            for near in self.keys.near(key.id) if key else ():
                edit = lsp.WorkspaceEdit(changes={params.text_document.uri: [lsp.TextEdit(told.range, near)]})
                actions.append(lsp.CodeAction(f"Change to {near}", lsp.CodeActionKind.QuickFix, [told], edit=edit))
        return actions

    def _places(self, uri: str, id_: str) -> Iterator[lsp.Location]:
        document, manuscript = self._of(uri)
        spans = _Spans(document)
        for key in manuscript.keys:
            if key.id == id_:
                yield lsp.Location(uri, spans.range(key.start, key.end))

    def _of(self, uri: str) -> tuple[TextDocument, Manuscript]:
        """Return an open document, and what is read in it; it is read again only when its text has changed."""
        document = self.server.workspace.get_text_document(uri)
        text, kept = document.source, self._read.get(uri)
        if kept is None or kept[0] != text:
            kept = text, Manuscript(text, to_fs_path(uri) or uri, document.language_id or "")
            self._read[uri] = kept
        return document, kept[1]


class _Spans:
    """Positions of one document: its lines are split once, for many keys."""

    def __init__(self, document: TextDocument) -> None:
        self._codec = document.position_codec
        self._lines = document.lines
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def offset(self, position: lsp.Position) -> int:
        """Return the offset of a position in the units that the editor counts in."""
        if position.line >= len(self._lines):
            return self._starts[-1]
        inside = self._codec.position_from_client_units(self._lines, position)
        return self._starts[inside.line] + inside.character

    def range(self, start: int, end: int) -> lsp.Range:
        """Return the range of a stretch in the units of the editor."""
        return lsp.Range(self._position(start), self._position(end))

    def _position(self, offset: int) -> lsp.Position:
        line = max(bisect_right(self._starts, offset) - 1, 0)
        character = offset - self._starts[line]
        text = self._lines[line] if line < len(self._lines) else ""
        return lsp.Position(line, character if text.isascii() else self._codec.client_num_units(text[:character]))


def _function(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that calls the method: pygls marks what it registers, and a method takes no marks."""

    def answer(params: Any) -> Any:
        return method(params)

    return answer


def _text(entry: Entry) -> str:
    return fold(f"{entry.key} {entry.title} {entry.author} {entry.date}")


def _proposal(entry: Entry, gap: Gap, range_: lsp.Range) -> lsp.CompletionItem:
    facts = ", ".join(filter(None, (entry.author, entry.date)))
    kept = ", ".join(level.value for level in reversed(entry.levels))
    return lsp.CompletionItem(
        label=entry.key,
        detail=entry.title or entry.kind,
        documentation=" · ".join(filter(None, (facts, entry.kind, kept))),
        kind=lsp.CompletionItemKind.Reference,
        filter_text=f"{entry.key} {fold(entry.title)} {fold(entry.author)} {entry.date[:4]}",
        text_edit=lsp.TextEdit(range_, entry.key),
    )


def _locator(word: str, range_: lsp.Range) -> lsp.CompletionItem:
    label = next((label for label, short in LABELS.items() if word.rstrip(".") in short), "")
    return lsp.CompletionItem(
        label=word, detail=label, kind=lsp.CompletionItemKind.Unit, text_edit=lsp.TextEdit(range_, f"{word} ")
    )
