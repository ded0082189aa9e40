"""`citetool config`: the settings, and where each comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from citetool.cli.options import Json, Library
from citetool.cli.ui import completion, console
from citetool.problems import Problem, UsageError

Name = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[SETTING]", help="Show or change this setting only.", autocompletion=completion.settings),
]
NewValue = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(metavar="[VALUE]", help="The new value."),
]
Unset = Annotated[bool, typer.Option("--unset", help="Remove the setting from the file.")]
Here = Annotated[bool, typer.Option("--here", help="Change the library's citetool.toml, not your own settings.")]


def run(
    name: Name = None,
    value: NewValue = None,
    unset: Unset = False,
    here: Here = False,
    library: Library = None,
    json: Json = False,
) -> None:
    """Show and change settings.

    Without a setting, list all with their values and where each value comes from. Options on the command line win,
    then the environment (CITETOOL_STYLE ...), the library's citetool.toml, and your own config.toml.

    Example: citetool config style mla
    """
    from citetool import config
    from citetool.library.library import find_library

    root = find_library(library)
    if name is not None and (unset or value is not None):
        _change(name, None if unset else value, root, here=here)
        return
    if unset:
        raise UsageError(Problem("which setting?", hint="citetool config --unset style"))
    if name is not None and name.startswith(f"{config.LIBRARIES}."):
        folder = config.read_settings(config.user_file()).get(name)
        found = {name: config.Value(folder or "", str(config.user_file()) if folder else "default")}
    else:
        chosen = [config.check_name(name)] if name is not None else list(config.SETTINGS)
        found = {one: config.lookup(one, root) for one in chosen}
    if name is None:
        mine = config.read_settings(config.user_file()).items()
        found |= {n: config.Value(v, str(config.user_file())) for n, v in mine if n.startswith(config.LIBRARIES)}
    if json:
        console.out_json({one: {"value": row.text, "origin": row.origin} for one, row in found.items()})
    elif name is not None:
        console.out(found[name].text)
    else:
        width = max(map(len, found))
        values = max(len(row.text) for row in found.values())
        for one, row in found.items():
            console.out(f"{one:{width}}  {row.text:{values}}  {row.origin}".rstrip())


def _change(name: str, value: str | None, root: Path, *, here: bool) -> None:
    from citetool import config

    file = config.user_file()
    if here:
        if name in config.PERSONAL or name.startswith(f"{config.LIBRARIES}."):
            raise UsageError(Problem(f"{name} cannot be a setting of a library", hint="leave out --here"))
        candidates = config.files(root)[:-1]
        file = next((candidate for candidate in candidates if candidate.is_file()), candidates[-1])
    if value is not None:
        _check_choice(name, value)
        value = _anywhere(name, value)
    config.write_setting(file, name, value)
    console.err(f"{file}: {f'{name} = {value}' if value is not None else f'{name} removed'}")


def _anywhere(name: str, value: str) -> str:
    """Return the value; the folder of a library so that it is found from every other folder."""
    from citetool import config

    if name.startswith(f"{config.LIBRARIES}.") or (name == "library" and config.library_named(value) is None):
        return value if value.startswith("~") else str(Path(value).absolute())
    return value


def _check_choice(name: str, value: str) -> None:
    """Refuse a value that no command would take."""
    from citetool.citation.engines.engine import load_engine
    from citetool.citation.render import check_form
    from citetool.citation.styles.source import find_style
    from citetool.output.writers import get_writer

    checks = {"engine": load_engine, "form": check_form, "format": get_writer, "style": find_style}
    if name in checks and value:
        checks[name](value)  # type: ignore[operator]
