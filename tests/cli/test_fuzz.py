"""However broken a record, a style or a page is: a message and an exit code, never a fault of ours (exit code 3)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citetool.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
RECORD = (ROOT / "records" / "219945.yaml").read_bytes()
STYLE = (ROOT / "styles" / "wilson-center.csl").read_bytes()
SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    """The whole with pieces cut out, doubled, or written over with noise."""
    text = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        noise = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(
                    [b"\x00", b"\xff\xfe", b": ", b"- ", b"[", b"{", b"&a ", b"*a", b"<", b"<!ENTITY", b"\t", b"'"]
                ),
                st.just(text[start:end] * 2),
            )
        )
        text = text[:start] + noise + text[end:]
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def outcome(*arguments: str) -> int:
    return main(list(arguments))


@pytest.mark.property
@SETTINGS
@given(content=st.one_of(broken(RECORD), st.binary(max_size=200)))
def test_broken_record(folder: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    (folder / "records").mkdir(exist_ok=True)
    (folder / "records" / "x.yaml").write_bytes(content)
    for command in (["cite", "x"], ["show", "x"], ["list"]):
        assert outcome(*command, "--library", "records") in (0, 1), capsys.readouterr().err


@pytest.mark.property
@SETTINGS
@given(content=st.one_of(broken(STYLE), st.binary(max_size=200)))
def test_broken_style(folder: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    (folder / "x.csl").write_bytes(content)
    assert outcome("cite", "219945", "--style", "x.csl") in (0, 1, 2), capsys.readouterr().err


@pytest.mark.property
@SETTINGS
@given(
    content=st.binary(max_size=300),
    name=st.sampled_from(["x", "x.json", "x.bib", "x.ris", "x.xml", "x.html", "x.yaml", "x.csv", "x.md"]),
)
def test_broken_input(folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, name: str) -> None:
    (folder / name).write_bytes(content)
    assert outcome("cite", "--input", name) in (0, 1, 2), capsys.readouterr().err
