"""Find out by trial what styles and formats do with each level of a record: it is rendered and written, and each value
is searched for in the output. Nothing here knows a style or a format, so it cannot be wrong about one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citetool.formats.base import WriteOptions
from citetool.formats.csl import json
from citetool.formats.registry import writer
from citetool.lazy_re import lazy
from citetool.problems import CitetoolError
from citetool.record.levels import cited, size_of
from citetool.text import clean_space

from .render import bibliography, cite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetool.record.model import Record

# A line that opens a field in RIS, BibTeX, BibLaTeX.
_FIELD = lazy(r"^(?:([A-Z][A-Z0-9])  - |\s*([A-Za-z-]+)\s*=\s*)(.*)$")


class Part(NamedTuple):
    """One fact of a record: what it is (`box`, `title`, `url`), its value as cited, and where it comes out.

    `csl`: the CSL variables that hold it. `styles`: by style, the forms that print it (`note`, `bibliography`).
    `formats`: by format, the fields that hold it.
    """

    name: str
    value: str
    csl: tuple[str, ...]
    styles: dict[str, tuple[str, ...]]
    formats: dict[str, tuple[str, ...]]


def explain(
    record: Record, styles: Sequence[str], formats: Sequence[str], *, folders: Sequence[Path] = ()
) -> list[Part]:
    """Return the parts of a record, the archive's from large to small, then the title and the digital home."""
    printed = {style: _printed(record, style, folders) for style in styles}
    written = {name: _fields("".join(writer(name)([record], WriteOptions()))) for name in formats}
    item = {name: str(value) for name, value in json.to_item(record, carry=False).items()}
    parts = []
    for name, value in facts(record):
        csl = tuple(variable for variable, text in item.items() if _holds(text, value))
        by_style = {s: tuple(f for f, text in forms.items() if _holds(text, value)) for s, forms in printed.items()}
        by_format = {f: tuple(dict.fromkeys(tag for tag, text in w if _holds(text, value))) for f, w in written.items()}
        parts.append(Part(name, value, csl, by_style, by_format))
    return parts


def where_written(
    record: Record, value: str, formats: Sequence[str]
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return the CSL variables that hold a value of a record, and by format the fields that hold it."""
    item = {name: str(text) for name, text in json.to_item(record, carry=False).items() if name != "id"}
    written = {name: _fields("".join(writer(name)([record], WriteOptions(lossless=False)))) for name in formats}
    by_format = {name: tuple(dict.fromkeys(t for t, text in w if _holds(text, value))) for name, w in written.items()}
    return tuple(variable for variable, text in item.items() if _holds(text, value)), by_format


def facts(record: Record) -> list[tuple[str, str]]:
    """Return `(name, value as cited)`: the archive's levels from large to small, the title, the digital home."""
    levels = sorted(record.archive.levels, key=lambda level: size_of(level.name), reverse=True)
    found = [(level.name, cited(level)) for level in levels]
    found += [("title" if record.title else "supplied title", record.any_title)]
    found += [("digital archive", record.digital.name), ("url", record.digital.url)]
    return [(name, value) for name, value in found if value]


def _printed(record: Record, style: str, folders: Sequence[Path]) -> dict[str, str]:
    forms: dict[str, str] = {}
    try:
        forms["note"] = cite([record], style=style, form="note", folders=folders)[0]
    except CitetoolError:
        forms["note"] = ""  # the style prints nothing: that is the finding
    forms["bibliography"] = " ".join(text for _, text in bibliography([record], style=style, folders=folders))
    return forms


def _fields(text: str) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    for line in text.splitlines():
        match = _FIELD.match(line)
        if match:
            fields.append((match[1] or match[2], match[3]))
        elif fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line}")
    return fields


def _holds(text: str, value: str) -> bool:
    """Return whether the value stands in the text; typographic quotes, case and LaTeX braces make no difference."""
    return _plain(value) in _plain(text)


def _plain(text: str) -> str:
    return clean_space(re.sub(r"[{}\\“”‘’\"']", "", text)).casefold()
