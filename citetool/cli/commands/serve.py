"""`citetool serve`: a page of the library, and the interfaces that editors speak."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Library, Save
from citetool.cli.ui import console
from citetool.cli.workflows import records
from citetool.cli.workflows.extras import extra

Port = Annotated[int, typer.Option("--port", metavar="N", help="Port to listen on; 23119 is Zotero's, 0 a free one.")]
Open = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
PickKeys = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--pick", metavar="KEY", help="Answer each editor that asks what to cite with this key (for trials)."),
]


def run(
    port: Port = 8119,
    open: Open = False,
    pick: PickKeys = None,
    save: Save = False,
    library: Library = None,
) -> None:
    """Serve a page of the library, and the interfaces that editors speak to Zotero.

    Only programs of this machine are answered. Editors ask port 23119, where Zotero listens: close Zotero and name it.
    With --save, the browser's extension and others may save into the library. Ctrl-C ends the server.

    Example: citetool serve --port 23119 --open
    """
    with extra("serve", "the server"):
        from citetool.server import run as server
        from citetool.server.app import make_app
    import webbrowser

    from citetool.server.saving import Saver
    from citetool.server.shelf import Shelf
    from citetool.server.zotero.picks import Picks

    shelf = Shelf(records.served(library, save=save))
    for key in pick or ():
        shelf.get(key)
    held = server.listen(port)
    address = f"http://{server.HOST}:{held.getsockname()[1]}/"
    picks = Picks(lambda token: _show(f"{address}pick/{token}"), pick)
    console.err(f"{shelf.library.root}: {address} (Ctrl-C ends)")
    saver = Saver(shelf.library, allowed=save, say=console.err)
    if open:
        webbrowser.open(address)
    server.serve(make_app(shelf, picks, saver), held)


def _show(address: str) -> None:
    """Open the page of a pick without waiting for the browser."""
    import threading
    import webbrowser

    console.err(f"an editor asks what to cite: {address}")
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
