"""Exports by the names and ids that Better BibTeX gives its translators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.base import WriteOptions
from citetool.formats.registry import FORMATS, write_text
from citetool.problems import NotFoundError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Record

_FORMATS = {
    "json": "csl-json",
    "csljson": "csl-json",
    "f4b52ab0-f878-4556-85a0-c7aeedd09dfc": "csl-json",
    "yaml": "csl-yaml",
    "cslyaml": "csl-yaml",
    "0f238e69-043e-4882-93bf-342de007de19": "csl-yaml",
    "jzon": "bbt-json",
    "bibtexjson": "bbt-json",
    "36a3b0b5-bad0-4a04-b79b-441c7cef77db": "bbt-json",
    "bib": "biblatex",
    "biblatex": "biblatex",
    "f895aa0d-f28e-47fe-b247-2ea77c6ed583": "biblatex",
    "bibtex": "bibtex",
    "ca65189f-8815-4afe-8c8b-8c7c15f0edca": "bibtex",
    "hayagriva": "hayagriva",
    "8a2f0d30-0b73-4f2c-8b5b-7c1a9e3f2d4e": "hayagriva",
    "ris": "ris",
    "32d59d2d-b65a-4da4-b0a3-bdd3cfb979e7": "ris",
    "mods": "mods",
    "coins": "coins",
}


def format_of(translator: str) -> str:
    """Return the format of a translator, by its name (case and spaces do not matter) or its id.

    Raises NotFoundError for one that is not here.
    """
    name = re.sub(r"\s+", "", translator).casefold()
    found = _FORMATS.get(name) or _FORMATS.get(name.removeprefix("better"))
    if found is None:
        raise NotFoundError(Problem(f"there is no translator {translator!r}"))
    return found


def export(records: Iterable[Record], translator: str) -> str:
    """Return the records as the translator writes them. Raises NotFoundError."""
    return write(records, format_of(translator))


def write(records: Iterable[Record], format: str) -> str:
    """Return the records in a format of citetool, for programs that know nothing of citetool."""
    program = "zotero" if "zotero" in FORMATS[format].programs else None
    return "".join(write_text(records, format, WriteOptions(program=program)))
