"""Options and guards for all tests.

`--update-golden` rewrites the golden texts (never in CI), to be read as prose before they are committed.
"""

from __future__ import annotations

import os
import socket
import tempfile
from typing import Any

import hypothesis
import pytest

_OWN = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Tests, and what they start, have a cache, settings and a library of their own, whatever the user has."""
    config.stash[_OWN] = tempfile.TemporaryDirectory(prefix="citetool-tests-")
    for name in ("CACHE", "DATA", "CONFIG"):
        os.environ[f"XDG_{name}_HOME"] = f"{config.stash[_OWN].name}/{name.lower()}"
    hypothesis.settings.register_profile("citetool", deadline=None)  # a busy machine is no fault of the code
    hypothesis.settings.load_profile("citetool")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_OWN].cleanup()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden texts")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden texts are to be rewritten in this run."""
    wanted = bool(request.config.getoption("--update-golden"))
    if wanted and os.environ.get("CI"):
        pytest.fail("golden texts are not rewritten in CI")
    return wanted


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests reach this machine only."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family != socket.AF_UNIX and str(host) not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a test reached out to {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)
