"""How each Typer of ours is made, so that all commands have the same manners."""

from __future__ import annotations

from typing import Any

import typer


def make_app(**settings: Any) -> typer.Typer:
    """A Typer without rich and without a traceback of its own, with `-h` beside `--help`."""
    settings.setdefault("add_completion", False)
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )
