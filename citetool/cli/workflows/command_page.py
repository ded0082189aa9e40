"""Pages on all commands, made from the commands themselves: a short one, and one with every argument and option."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from citetool.cli.registry import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable


def short_page() -> str:
    """Return the page that names each command, without loading any."""
    rows = [(f"`{name}`", row.help) for name, row in COMMANDS.items()]
    return (
        "# Commands\n\n`citetool help COMMAND` shows the options of a command.\n\n"
        f"{_table(('command', 'what it does'), rows)}\n"
        "One word for one thing: `-s` is always the style, `-f` the markup of citations, `-o` a file, `-q` a query,\n"
        "`-i` a file of records instead of the library, `-L` the library, `-n` a dry run. Keys come from\n"
        "stdin as `-`.\n"
    )


def whole_page(root: Any, context: type[Any]) -> str:
    """Return the page with each command of a group as its own help has it; `context` is the parser's class of it."""
    top = context(root, info_name="citetool")
    out = ["# Commands\n"]
    for name in COMMANDS:
        command = root.get_command(top, name)
        own = context(command, info_name=name, parent=top)
        below = getattr(command, "commands", None)
        if below is None:
            out.append(_command(command, own, "##"))
            continue
        out.append(f"## citetool {name}\n\n{COMMANDS[name].help}\n")
        shown = [(sub, one) for sub, one in below.items() if not one.hidden]
        out += [_command(one, context(one, info_name=sub, parent=own), "###") for sub, one in shown]
    return "\n".join(out)


def _command(command: Any, context: Any, mark: str) -> str:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    text = re.sub(
        r"(?m)^Example: (.*(?:\n.+)*)", lambda m: "    " + " ".join(m[1].split()), inspect.cleandoc(command.help)
    )
    said = [one.get_help_record(context) for one in command.get_params(context) if "--help" not in one.opts]
    rows = [(f"`{' '.join(names.split())}`", " ".join(words.split())) for names, words in filter(None, said)]
    return f"{mark} {context.command_path}\n\n{text}\n\n`{usage}`\n\n{_table(('', ''), rows)}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
