"""The table of commands: name, module, and the line in `citetool --help`.

A command's module is imported only when the command runs or its own help is shown, so no command pays for another.
A module has either `run` (one command) or `app` (a group of commands).
"""

from __future__ import annotations

from citetool.struct import NamedTuple


class Command(NamedTuple):
    """One row: the module below `citetool.cli.commands`, the line of help, whether the module holds a group."""

    module: str
    help: str
    group: bool = False


COMMANDS: dict[str, Command] = {
    "cite": Command("cite", "Print one citation for each record."),
    "bib": Command("bib", "Print a bibliography."),
    "doc": Command("doc", "Cite, check and take apart a manuscript.", group=True),
    "show": Command("show", "Print whole records."),
    "explain": Command("explain", "Draw the hierarchy of a record, and show which styles and formats keep each level."),
    "list": Command("list", "List records, one a line."),
    "search": Command("search", "Search the full text of records and transcripts."),
    "info": Command("info", "Count records by repository, collection, kind, author and year."),
    "new": Command("new", "Create a record."),
    "edit": Command("edit", "Edit a record in your editor."),
    "set": Command("set", "Set fields of one record or many."),
    "tag": Command("tag", "Add tags to records, or remove them."),
    "remove": Command("remove", "Move records to the trash."),
    "rename": Command("rename", "Change the key of a record."),
    "attach": Command("attach", "Copy a file into the library and attach it to a record."),
    "open": Command("open", "Open the web page or an attached file of a record."),
    "check": Command("check", "Check records for gaps and mistakes."),
    "dedupe": Command("dedupe", "Find likely duplicates, and merge them."),
    "undo": Command("undo", "Undo the last change of the library."),
    "log": Command("log", "Show the last changes of the library, latest first."),
    "watch": Command("watch", "Keep a file of references up to date with the library."),
    "serve": Command("serve", "Serve a page of the library, and the interfaces that editors speak to Zotero."),
    "pick": Command("pick", "Choose in a terminal what an editor is to cite."),
    "mcp": Command("mcp", "Serve the library to an assistant (Model Context Protocol)."),
    "lsp": Command("lsp", "Serve the keys of the library to an editor (Language Server Protocol)."),
    "styles": Command("styles", "Search, show, check, preview and compare styles.", group=True),
    "add": Command("add", "Add web pages, saved pages or files to the library."),
    "import": Command("import_", "Import files of references into the library."),
    "export": Command("export", "Write records in a format of references."),
    "convert": Command("convert", "Convert files of references into another format."),
    "catalogue": Command("catalogue", "Build, search and cite catalogues of millions of descriptions.", group=True),
    "formats": Command("formats", "List the formats that can be read and written."),
    "parse": Command("parse", "Read archival citations as people write them."),
    "fields": Command(
        "fields", "List the fields of a record, with meaning, example, and their names in CSL, RIS and BibLaTeX."
    ),
    "config": Command("config", "Show and change settings."),
    "help": Command("help", "Show a page of the handbook, or the help of a command."),
    "library": Command("library", "Create a library, or show the one in use.", group=True),
}
