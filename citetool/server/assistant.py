"""The library for assistants (Model Context Protocol, over stdin and stdout), so that they quote it and invent nothing.

The tools read. Those that write are there only on request; what they write is in the journal like any other change.
A fault is told in words, with the key that may have been meant.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from citetool import __version__
from citetool.citation.explain import explain
from citetool.citation.render import FORMS, bibliography, cite
from citetool.config import SETTINGS
from citetool.library.changes.assignments import Assignment
from citetool.library.changes.plans import change, plan_assign
from citetool.parsing import Context, read_citations, to_record
from citetool.problems import CitetoolError, Problem, UsageError
from citetool.record.check import CHECKS, check_record
from citetool.record.keys import Keys
from citetool.record.schema import to_plain
from citetool.record.yamltext import dump_yaml

from .facets import is_text
from .shelf import Shelf
from .styles import checked_style
from .texts import read_text
from .zotero.rendering import style_folders

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.library.library import Library
    from citetool.record.model import Record

P = ParamSpec("P")
R = TypeVar("R")
_MOST = 50
_LONGEST = 60_000  # letters of a transcript in one answer
_INSTRUCTIONS = """\
This is a library of archival sources and publications: letters, memoranda, telegrams, books, kept by their keys.
Search it before you cite; cite only what it has, by the tools `cite` and `bibliography`, and give their text unchanged.
Where a search finds nothing, say so: never make up a source, a box number or a date. `transcript` gives the words of a
document, `explain` where it is kept. Queries: words, "phrases", author:name, date:1944..1946, tag:word, -word."""
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False)

Key = Annotated[str, Field(description="Key of a record, as `search` gives it")]
Keys_ = Annotated[list[str], Field(description="Keys of records, as `search` gives them", max_length=500)]
Style = Annotated[str, Field(description="Name of a citation style: chicago, mla, apa, nara ...")]


class Assistant:
    """The tools over one library; all but `add` and `note` only read."""

    def __init__(self, library: Library) -> None:
        self.shelf = Shelf(library)
        self.style = SETTINGS["style"].default

    def search(
        self,
        query: Annotated[str, Field(description='Words, "phrases", author:name, date:1944..1946, kind:letter, -word')],
        limit: Annotated[int, Field(ge=1, le=_MOST, description="How many records to give")] = 20,
    ) -> list[dict[str, str]]:
        """Find records by words in any field or transcript: key, title, author, date, kind, repository, collection."""
        found = self.shelf.search(query, limit)
        names = ("key", "title", "author", "date", "kind", "repository", "collection")
        return [{name: text for name in names if (text := getattr(hit, name))} for hit in found]

    def show(self, key: Key) -> dict[str, Any]:
        """Give all that is known of a record."""
        return dict(to_plain(self.shelf.get(key)))

    def cite(
        self,
        key: Key,
        style: Style = "",
        form: Annotated[str, Field(description=f"One of {', '.join(FORMS)}; by default that of the style")] = "",
        locator: Annotated[str, Field(description="Place in the source: p. 2, fol. 3")] = "",
    ) -> str:
        """Give the citation of one record as text, to be used unchanged."""
        record = self.shelf.get(key)
        return cite([record], style=self._style(style), form=form or None, locator=locator or None,
                    folders=style_folders(self.shelf.library.root))[0]  # fmt: skip

    def bibliography(self, keys: Keys_, style: Style = "") -> str:
        """Give a bibliography of some records in the order of the style, an entry a line."""
        records = [self.shelf.get(key) for key in dict.fromkeys(keys)]
        entries = bibliography(records, style=self._style(style), folders=style_folders(self.shelf.library.root))
        return "\n".join(text.strip() for _, text in entries)

    def explain(self, key: Key) -> list[dict[str, Any]]:
        """Tell where a record is kept, from the largest level to the smallest, and what styles print of each."""
        parts = explain(self.shelf.get(key), [self.style], ["ris"])
        return [{"part": part.name, "value": part.value, "printed in": list(part.styles[self.style])} for part in parts]

    def transcript(
        self,
        key: Key,
        start: Annotated[int, Field(ge=0, description="The letter to begin with, for a long text")] = 0,
    ) -> str:
        """Give the words of a document: its transcript and translations, where the library has them."""
        record = self.shelf.get(key)
        path = self.shelf.library.path_of(record.id) or ""
        texts = [
            f"[{file.kind or 'text'}{f', {file.language}' if file.language else ''}]\n{text}"
            for file in record.files
            if is_text(file.kind, file.path) and (text := read_text(self.shelf.library.root, path, file.path))
        ]
        if not texts:
            raise UsageError(Problem(f"the library has no transcript of {key!r}"))
        whole = "\n\n".join(texts)
        end = start + _LONGEST
        return whole[start:end] + (f"\n[goes on: start={end}]" if len(whole) > end else "")

    def check(self, key: Key) -> list[dict[str, str]]:
        """Give the gaps and doubtful facts of a record, with advice."""
        found = check_record(self.shelf.get(key), list(CHECKS))
        return [
            {"check": name, "severity": CHECKS[name].severity, "field": one.field, "message": one.message,
             "hint": one.hint} for name, one in found
        ]  # fmt: skip

    def parse(
        self, text: Annotated[str, Field(description="A citation or note as somebody wrote it", max_length=20_000)]
    ) -> list[dict[str, Any]]:
        """Read citations as people write them into records, with how sure the reading is; nothing is stored."""
        return [
            {"confidence": round(confidence, 2), "record": dict(to_plain(record))}
            for confidence, record in self._read(text)
        ]

    def add(
        self, text: Annotated[str, Field(description="The citation of one source", max_length=20_000)]
    ) -> dict[str, Any]:
        """Read citations into records and put them into the library; `citetool undo` takes that back."""
        records = [record for _, record in self._read(text)]
        plan = self.shelf.library.add(records, on_conflict="rename", command="mcp add")
        return {what: list(keys) for what, keys in plan.keys.items()}

    def note(
        self, key: Key, text: Annotated[str, Field(description="The note", min_length=1, max_length=20_000)]
    ) -> str:
        """Put a note to a record; `citetool undo` takes that back."""
        library, record = self.shelf.library, self.shelf.get(key)
        path = library.path_of(record.id)
        if path is None:
            raise UsageError(Problem(f"the record {key!r} is not in a library that can be changed"))
        noted = Assignment(("notes",), "+=", text)
        change(library, "mcp note", lambda: plan_assign(library, [path], [noted]))
        return f"noted in {record.id}"

    def source(self, key: str) -> str:
        """Return a record as YAML."""
        return dump_yaml(to_plain(self.shelf.get(key)))

    def _style(self, name: str) -> str:
        return checked_style(name) if name else self.style

    def _read(self, text: str) -> list[tuple[float, Record]]:
        readings = list(read_citations(text, Context()))
        if not readings:
            raise UsageError(Problem("there is no citation to read in this text"))
        keys, found = Keys(), []
        for reading in readings:
            record = to_record(reading, "-", Context())
            record.id = ""
            record.id = keys.give(record)
            found.append((reading.confidence, record))
        return found


def make_server(library: Library, *, save: bool = False) -> MCPServer[Any]:
    """Return the server over a library; with `save`, it has tools that write."""
    assistant = Assistant(library)
    server: MCPServer[Any] = MCPServer("citetool", instructions=_INSTRUCTIONS, version=__version__, log_level="ERROR")
    reads: tuple[Callable[..., Any], ...] = (
        assistant.search, assistant.show, assistant.cite, assistant.bibliography, assistant.explain,
        assistant.transcript, assistant.check, assistant.parse,
    )  # fmt: skip
    writes: tuple[Callable[..., Any], ...] = (assistant.add, assistant.note) if save else ()
    for tools, marks in ((reads, _READS), (writes, _WRITES)):
        for tool in tools:
            server.tool(annotations=marks, structured_output=False)(told(tool))
    server.resource("record://{key}", mime_type="application/yaml", description="A record, as YAML")(assistant.source)
    return server


def told(tool: Callable[P, R]) -> Callable[P, R]:
    """Return a tool whose faults reach the assistant in words."""

    @wraps(tool)
    def telling(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return tool(*args, **kwargs)
        except CitetoolError as error:
            raise ToolError(str(error)) from None

    return telling
