"""The map of the house (citetool/README.md) names what there is."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "citetool"
PAGE = (PACKAGE / "README.md").read_text(encoding="utf-8")


def test_every_path_of_the_map_exists() -> None:
    named = set(re.findall(r"(?<![\w/])((?:[a-z_]+/)*[a-z_]+(?:\.py|/)(?!\w))", PAGE))
    named -= {"styles/", "tests/test_layers.py"}  # beside the package
    assert len(named) > 30
    missing = [name for name in sorted(named) if not (PACKAGE / name).exists()]
    assert not missing


def test_the_layers_of_the_map_are_those_that_are_tested() -> None:
    from tests.test_layers import LAYERS

    lines = [re.split(r" {3,}", line.strip())[0] for line in PAGE.split("## Layers")[1].split("##")[0].splitlines()]
    words = [tuple(line.split()) for line in lines if line and re.fullmatch(r"[a-z_ ]+", line)]
    assert [set(line) for line in words if set(line) & {name for row in LAYERS for name in row}] == [
        set(row) for row in reversed(LAYERS)
    ]
