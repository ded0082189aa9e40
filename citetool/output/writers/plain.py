"""Plain text: no formatting, a space after what stands in the margin."""

from __future__ import annotations

from .base import Writer, without_odd_breaks

WRITER = Writer(
    name="text",
    escape=str,
    tidy=without_odd_breaks,
    marks={("display", "left-margin"): ("", " "), ("display", "block"): ("\n", "")},
)
