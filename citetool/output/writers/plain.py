"""Plain text: no formatting, display blocks as the words they hold."""

from __future__ import annotations

from citetool.output.writers.base import Writer

WRITER = Writer(name="text", escape=str, marks={("display", "block"): ("\n", "\n")})
