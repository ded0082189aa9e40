"""The tools of the server for assistants, as a client calls them."""

from __future__ import annotations

import asyncio
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("mcp", reason="pip install 'citetool[mcp]'")

from mcp import Client

from citetool.library.library import Library
from citetool.paths import shipped_records
from citetool.server.assistant import make_server

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    shipped = shipped_records()
    assert shipped is not None
    shutil.copytree(shipped, tmp_path / "records", ignore=shutil.ignore_patterns(".citetool"))
    return Library(tmp_path / "records")


def call(library: Library, tool: str, *, save: bool = False, **arguments: Any) -> tuple[bool, str]:
    """Return whether the tool failed, and its text."""

    async def talk() -> tuple[bool, str]:
        async with Client(make_server(library, save=save)) as client:
            result = await client.call_tool(tool, arguments)
            return bool(result.is_error), "\n".join(getattr(part, "text", "") for part in result.content)

    return asyncio.run(talk())


def tools(library: Library, *, save: bool) -> dict[str, Any]:
    async def talk() -> dict[str, Any]:
        async with Client(make_server(library, save=save)) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    return asyncio.run(talk())


def test_it_only_reads_unless_it_may_write(library: Library) -> None:
    assert all(tool.annotations.read_only_hint for tool in tools(library, save=False).values())
    writing = {name for name, tool in tools(library, save=True).items() if not tool.annotations.read_only_hint}
    assert writing == {"add", "note"}
    assert call(library, "note", key="219945", text="x")[0]


def test_it_finds_cites_and_shows_what_the_library_has(library: Library) -> None:
    failed, text = call(library, "search", query="harriman stalin")
    assert not failed
    assert '"key": "219945"' in text
    assert "Container 173, W. Averell Harriman Papers" in call(library, "cite", key="219945", style="chicago")[1]
    assert call(library, "bibliography", keys=["219945", "adams-2001"], style="mla")[1].count("\n") == 1
    assert json.loads(call(library, "show", key="219945")[1])["archive"]["container"] == "Container 173"
    assert "Washington, D.C." in call(library, "explain", key="219945")[1]
    assert "[transcript, en]" in call(library, "transcript", key="219945")[1]
    assert "inferred" in call(library, "check", key="219945")[1]


def test_a_fault_says_what_may_have_been_meant(library: Library) -> None:
    failed, text = call(library, "cite", key="219946")
    assert failed
    assert "there is no record '219946'" in text
    assert "did you mean '219945'" in text
    assert call(library, "cite", key="219945", style="/etc/passwd.csl")[0]
    assert "no transcript" in call(library, "transcript", key="novikov-1946")[1]


def test_a_citation_is_read_and_only_stored_on_request(library: Library) -> None:
    note = "Memorandum, May 3, 1944, Box 5, Harry L. Hopkins Papers, Franklin D. Roosevelt Library, Hyde Park."
    failed, text = call(library, "parse", text=note)
    assert not failed
    assert json.loads(text)["record"]["archive"]["box"] == "Box 5"
    before = set(library.keys())
    assert not call(library, "add", save=True, text=note)[0]
    (new,) = set(library.keys()) - before
    assert not call(library, "note", save=True, key=new, text="[seen] in the reading room")[0]
    assert library[new].notes == ("[seen] in the reading room",)


def test_records_are_resources(library: Library) -> None:
    async def talk() -> str:
        async with Client(make_server(library)) as client:
            result = await client.read_resource("record://novikov-1946")
            return str(getattr(result.contents[0], "text", ""))

    assert "fond: f. 06" in asyncio.run(talk())
