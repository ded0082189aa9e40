"""A server over a copy of the shipped records, on a free port, and requests as programs and browsers send them."""

from __future__ import annotations

import http.client
import json
import shutil
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

pytest.importorskip("starlette", reason="pip install 'citetool[serve]'")
pytest.importorskip("uvicorn", reason="pip install 'citetool[serve]'")

from citetool.library.library import Library
from citetool.paths import shipped_records
from citetool.server import run
from citetool.server.app import make_app
from citetool.server.saving import Saver
from citetool.server.shelf import Shelf
from citetool.server.zotero.picks import Picks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Sends just the headers that it is given, and those that any HTTP client sends."""

    def __init__(self, port: int, root: Path, picks: Picks, said: list[str]) -> None:
        self.port, self.root, self.picks, self.said = port, root, picks, said

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {"Host": f"127.0.0.1:{self.port}", "User-Agent": "tests/1"}
        if isinstance(body, dict | list):
            body, sent["Content-Type"] = json.dumps(body), "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self("GET", path, **headers)

    def rpc(self, method: str, params: Any) -> Any:
        answer = self(
            "POST", "/better-bibtex/json-rpc", {"jsonrpc": "2.0", "method": method, "params": params, "id": 1}
        )
        assert answer.status == 200
        return answer.json


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    yield from served(tmp_path_factory.mktemp("served") / "records", save=False)


@pytest.fixture
def saving(tmp_path: Path) -> Iterator[Client]:
    """A server of its own that may write to its library; what it says is in `said`."""
    yield from served(tmp_path / "records", save=True)


def served(root: Path, *, save: bool) -> Iterator[Client]:
    shipped = shipped_records()
    assert shipped is not None
    shutil.copytree(shipped, root, ignore=shutil.ignore_patterns(".citetool"))
    picks, said = Picks(), list[str]()
    held = run.listen(0)
    shelf = Shelf(Library(root))
    server = run.make_server(make_app(shelf, picks, Saver(shelf.library, allowed=save, say=said.append)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    yield Client(held.getsockname()[1], root, picks, said)
    server.should_exit = True
    thread.join(10)
