"""Plain text: no formatting, a space after what stands in the margin."""

from __future__ import annotations

from .base import Writer

WRITER = Writer(
    name="text", escape=str, marks={("display", "left-margin"): ("", " "), ("display", "block"): ("\n", "")}
)
