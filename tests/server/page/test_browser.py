"""The page in a browser: pictures in light, dark and on a narrow screen, and its scripts under its own policy."""

from __future__ import annotations

import shutil
import struct
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.conftest import Client

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs chromium or google-chrome")
PAGES = ["/?q=harriman", "/record/219945"]
LOOKS = {
    "light": ["--window-size=1200,1400"],
    "dark": ["--window-size=1200,1400", "--blink-settings=preferredColorScheme=0"],
    "narrow": ["--window-size=320,1400"],
}


def run(client: Client, path: str, folder: Path, *options: str) -> str:
    """Return what the browser prints about a page. Each run has a profile of its own."""
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               f"--user-data-dir={folder / 'profile'}", *options, f"http://127.0.0.1:{client.port}{path}"]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_picture_of_each_page(client: Client, path: str, look: str, tmp_path: Path) -> None:
    picture = tmp_path / f"{look}.png"
    run(client, path, tmp_path, *LOOKS[look], f"--screenshot={picture}")
    data = picture.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert f"{width},{height}" in LOOKS[look][0]
    assert len(data) > 5000  # an empty page is much smaller


def test_the_script_runs_under_the_policy_of_the_page(client: Client, tmp_path: Path) -> None:
    shown = run(client, "/record/219945", tmp_path, "--dump-dom")
    assert 'class="scripted"' in shown
    assert '<button type="button" data-copy="copied">Copy</button>' in shown
