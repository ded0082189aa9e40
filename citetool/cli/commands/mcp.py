"""`citetool mcp`: the library for assistants that speak the Model Context Protocol."""

from __future__ import annotations

from citetool.cli.options import Library, Save
from citetool.cli.workflows import records
from citetool.cli.workflows.extras import extra


def run(save: Save = False, library: Library = None) -> None:
    """Serve the library to an assistant (Model Context Protocol).

    They talk over stdin and stdout. The assistant searches, reads, cites and checks records; with --save it may add
    records and notes, which `citetool undo` takes back.

    Example: citetool mcp --library records
    """
    with extra("mcp", "the server for assistants"):
        from citetool.server.assistant import make_server

    make_server(records.served(library, save=save), save=save).run()
