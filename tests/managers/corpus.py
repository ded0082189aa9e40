"""The records of `corpus.yaml`, and the ones that citetool ships."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from citetool.library.library import Library
from citetool.record.schema import checked

if TYPE_CHECKING:
    from citetool.record.model import Record

_HERE = Path(__file__).parent


def corpus() -> list[Record]:
    """Return the records, new each time."""
    entries = yaml.safe_load((_HERE / "corpus.yaml").read_text(encoding="utf-8"))
    library = Library(_HERE.parent.parent / "records")
    shipped = [library[path.stem] for path in sorted((_HERE.parent.parent / "records").glob("*.yaml"))]
    return [checked(entry) for entry in entries] + shipped
