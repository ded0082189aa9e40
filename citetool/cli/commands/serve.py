"""`citetool serve`: a page of the library, and the interfaces that editors speak."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Optional

import typer

from citetool.cli.options import Save
from citetool.cli.ui import console
from citetool.cli.workflows import records
from citetool.cli.workflows.extras import extra

Port = Annotated[int, typer.Option("--port", metavar="N", help="Port to listen on; 23119 is Zotero's, 0 a free one.")]
Open = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
PickKeys = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--pick", metavar="KEY", help="Answer each editor that asks what to cite with this key (for trials)."),
]
Libraries = Annotated[
    Optional[list[Path]],  # noqa: UP045 - as above
    typer.Option(
        "--library",
        "-L",
        metavar="LIBRARY",
        help="Folder of a library, or its name in the settings; may be given several times.",
        envvar="CITETOOL_LIBRARY",
        show_envvar=False,
    ),
]


def run(
    port: Port = 8119,
    open: Open = False,
    pick: PickKeys = None,
    save: Save = False,
    library: Libraries = None,
) -> None:
    """Serve a page of the library, and the interfaces that editors speak to Zotero.

    Only programs of this machine are answered. Editors ask port 23119, where Zotero listens: close Zotero and name it.
    Of several libraries the second one has the next port, and so on. With --save, the browser's extension and others
    may save into the library. Ctrl-C ends the server.

    Example: citetool serve --port 23119 --open
    """
    with extra("serve", "the server"):
        from citetool.server import run as server
        from citetool.server.app import Several, make_app
    import webbrowser

    from citetool.server.saving import Saver
    from citetool.server.shelf import Shelf
    from citetool.server.zotero.picks import Picks

    folders: list[Path | None] = [*library] if library else [None]
    shelves = [Shelf(records.served(folder, save=save)) for folder in folders]
    for key in pick or ():
        shelves[0].get(key)
    held = [server.listen(port + number if port else 0) for number in range(len(shelves))]
    ports = [one.getsockname()[1] for one in held]
    addresses = [f"http://{server.HOST}:{number}/" for number in ports]
    apps = {}
    for shelf, number, address in zip(shelves, ports, addresses, strict=True):
        picks = Picks(partial(_show, f"{address}pick/"), pick if shelf is shelves[0] else None)
        others = [(one.name, at) for one, at in zip(shelves, addresses, strict=True) if one is not shelf]
        apps[number] = make_app(shelf, picks, Saver(shelf.library, allowed=save, say=console.err), others)
        console.err(f"{shelf.library.root}: {address} (Ctrl-C ends)")
    if open:
        webbrowser.open(addresses[0])
    server.serve(Several(apps), held)


def _show(start: str, token: str) -> None:
    """Open the page of a pick without waiting for the browser."""
    import threading
    import webbrowser

    address = start + token
    console.err(f"an editor asks what to cite: {address}")
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
