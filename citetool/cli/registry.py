"""The table of commands: name, module, and the line that `citetool --help` shows.

A command's module is imported when the command runs, or when its own help is asked for, and not before: what `cite`
does not need, `cite` does not pay for. A module has either `run` (one command) or `app` (a group of commands).
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """One row: the module below `citetool.cli.commands`, the line of help, whether the module holds a group."""

    module: str
    help: str
    group: bool = False


COMMANDS: dict[str, Command] = {
    "cite": Command("cite", "Print the citation of each key."),
    "bib": Command("bib", "Print a bibliography."),
    "doc": Command("doc", "Cite, check and take apart a manuscript.", group=True),
    "show": Command("show", "Print all that is known of a record."),
    "explain": Command("explain", "Draw the hierarchy of a record, with what styles and formats do with each level."),
    "list": Command("list", "List the records of the library."),
    "search": Command("search", "Search all text of the records, transcripts among it."),
    "info": Command("info", "Count the records by repository, collection, kind, author and year."),
    "new": Command("new", "Make a new record."),
    "edit": Command("edit", "Change a record in your editor."),
    "set": Command("set", "Set fields of one record or many."),
    "tag": Command("tag", "Put tags on records, or take them off."),
    "remove": Command("remove", "Put records into the trash."),
    "rename": Command("rename", "Give a record another key."),
    "attach": Command("attach", "Copy a file beside a record."),
    "open": Command("open", "Open the page or a file of a record."),
    "check": Command("check", "Look for what is missing or wrong in records."),
    "dedupe": Command("dedupe", "Find records that are likely one, and merge them."),
    "undo": Command("undo", "Take the last change of the library back."),
    "log": Command("log", "Show the last changes of the library."),
    "watch": Command("watch", "Keep a file of references in step with the library."),
    "styles": Command("styles", "Search, show, check and preview styles.", group=True),
    "add": Command("add", "Read a page, a file or an address into the library."),
    "import": Command("import_", "Read files of references into the library."),
    "export": Command("export", "Write records in a format of references."),
    "convert": Command("convert", "Convert a file of references into another format."),
    "formats": Command("formats", "List the formats that can be read and written."),
    "parse": Command("parse", "Read archival citations as people write them."),
    "library": Command("library", "Make a library, or say which one is used.", group=True),
}
