"""Who opens files, and by whose word.

What lies in a library is opened through `library/door.py` only (`tests/library/test_door.py` holds the library to
that). All other modules that open, write, list or delete by a path stand here with the one who has named that path; a
file that nobody named, but that was found by its place, is opened by `paths.open_found`.
"""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "citetool"

OPENS = {
    "catalogue/build.py": "the catalogue that the user names",
    "catalogue/sources.py": "the sources that the user names",
    "catalogue/store.py": "the catalogue that the user names",
    "citation/groups.py": "the file of groups that the user names",
    "citation/styles/catalog.py": "names of styles in folders of styles",
    "citation/styles/locate.py": "names of styles, and a table that ships with the styles",
    "citation/styles/validate.py": "the style that the user names",
    "cli/commands/help.py": "pages of the handbook, which ship with citetool",
    "cli/typer_app.py": "names of locales, which ship with citeproc-py",
    "cli/ui/console.py": "the null device, and a log in the system's temporary folder",
    "cli/ui/outfile.py": "the output that the user names",
    "cli/workflows/convert.py": "folders that the user names",
    "cli/workflows/doc.py": "the output that the user names",
    "cli/workflows/handbook.py": "pages of the handbook, which ship with citetool",
    "cli/workflows/names.py": "the authorities that the user names",
    "cli/workflows/parse.py": "the input that the user names",
    "cli/workflows/typed_notes.py": "the document that the user names",
    "config.py": "the user's own settings, written",
    "csl/style/locale.py": "locales, which ship with citeproc-py",
    "csl/style/parse.py": "the style that a caller names",
    "diskcache.py": "the user's own cache",
    "documents/latex/document.py": "parts of a manuscript, below its folder",
    "documents/latex_run.py": "files of a run of LaTeX, in the folder of the one that the user names",
    "documents/registry.py": "the manuscript that the user names",
    "documents/typed/decisions.py": "the report that the user names",
    "documents/watch.py": "the manuscript and its sources, which the user names",
    "formats/api.py": "the source that the user names",
    "formats/load.py": "the source that the user names",
    "formats/tables/mapping.py": "the mapping that the user names",
    "parsing/confidence.py": "data that ship with citetool",
    "parsing/gazetteer.py": "data that ship with citetool",
    "paths.py": "opens what was found",
    "server/page/routes.py": "style sheets, which ship with citetool",
    "server/saving.py": "what a browser saves, in the system's temporary folder",
}
_CALLS = frozenset(
    [
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "unlink",
        "rmdir",
        "mkdir",
        "iterdir",
        "glob",
        "rglob",
        "touch",
        "chmod",
        "listdir",
        "scandir",
        "mkstemp",
        "TemporaryDirectory",
        "NamedTemporaryFile",
        "rename",
        "symlink_to",
        "hardlink_to",
        "makedirs",
        "rmtree",
        "copyfile",
    ]
)
_NO_PATHS = (
    "Image",
    "archive",
    "self._zip",
    "tarfile",
    "webbrowser",
    "import_module",
)  # their `open` takes no path, or a stream


def _opens(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        _, dot, name = called.rpartition(".")
        doors = called.startswith("files.")  # of the library's own module, which goes through the door
        if (name == "open" and not called.startswith(_NO_PATHS)) or (dot and name in _CALLS and not doors):
            found.add(called)
    return found


def test_files_are_opened_by_the_door_or_by_the_word_of_the_user() -> None:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith("library/") and (calls := _opens(path)):
            found[name] = calls
    assert {name: calls for name, calls in found.items() if name not in OPENS} == {}
    assert OPENS.keys() - found.keys() == set()
