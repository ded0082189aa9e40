"""The choice of sources in a terminal, for `citetool pick`: words, a number, a place in the source, and again.

Questions and lists go to stderr, so that stdout has the citation alone.
"""

from __future__ import annotations

import http.client
import json
import sys
from typing import TYPE_CHECKING, Any

from citetool.cli.ui import console
from citetool.problems import CitetoolError, InputError, Problem, UsageError
from citetool.server.zotero.picks import Cited

if TYPE_CHECKING:
    from citetool.library.library import Library
    from citetool.library.query.search import Hit

_SHOWN = 9
_HOST = "127.0.0.1"


def choose(library: Library, words: str) -> list[Cited]:
    """Ask until an empty line or the end of the input; return what was chosen. `words` are looked for first."""
    chosen: list[Cited] = []
    found = _show(library, words)
    while True:
        answer = _ask("number, words, or nothing to end" if chosen else "number, or other words")
        if not answer:
            return chosen
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(found):
            cited = Cited.of({"key": found[int(answer) - 1].key, "locator": _ask("place in it (p. 3, fol. 2)")})
            chosen.append(cited)
            console.err(f"chosen: {', '.join(f'{one.key} {one.place}'.strip() for one in chosen)}")
        else:
            found = _show(library, answer)


def _show(library: Library, words: str) -> list[Hit]:
    try:
        found = list(library.search(words, _SHOWN)) or (list(library.search(f"{words}*", _SHOWN)) if words else [])
    except CitetoolError as error:
        console.problems(error.problems)
        return []
    for number, hit in enumerate(found, 1):
        facts = ", ".join(filter(None, (hit.author, hit.date, hit.title or hit.kind)))
        console.err(console.fitted(f"{number}  {facts} [{hit.key}]"))
    if not found:
        console.err(f"nothing has {words!r}")
    return found


def _ask(question: str) -> str:
    """Return the line that is answered; an empty one at the end of the input."""
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def waiting(port: int) -> list[dict[str, str]]:
    """Return the programs that wait for a pick at the server on that port. Raises UsageError where there is none."""
    found = _call(port, "GET", "/pick")
    return found if isinstance(found, list) else []


def answer(port: int, token: str, chosen: list[Cited]) -> None:
    """Give a waiting program what was chosen; nothing chosen cancels. Raises InputError where it waits no more."""
    sent = [{"key": one.key, "locator": one.locator, "label": one.label} for one in chosen] or None
    _call(port, "POST", f"/pick/{token}/answer", sent)


def _call(port: int, method: str, path: str, sent: Any = None) -> Any:
    connection = http.client.HTTPConnection(_HOST, port, timeout=10)
    body = json.dumps(sent) if method == "POST" else None
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, http.client.HTTPException):
        hint = "start one with citetool serve, or leave --port away to choose without an editor"
        raise UsageError(Problem(f"no citetool serve answers on port {port}", hint=hint)) from None
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise InputError(Problem("the editor waits no more", hint="ask again in the editor"))
    try:
        return json.loads(text)
    except ValueError:
        raise UsageError(Problem(f"what answers on port {port} is not citetool")) from None
