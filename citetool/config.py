"""Settings: what options start as, from the environment, the library's `citetool.toml` and the user's `config.toml`.

The first of these that has a value counts: the option itself, the environment (`CITETOOL_STYLE`), `citetool.toml` of
the library or of the folder that holds its `records`, `config.toml` in the user's folder of settings, the default.
Both files are TOML with one key a setting; `[libraries]` in the user's gives libraries names (`--library thesis`).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.diskcache import DiskCache, stamp
from citetool.paths import config_folder, create, is_own, leads_out, read_found, user_library
from citetool.problems import InputError, LibraryError, Problem, UsageError, Where, suggest
from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_OF_LIBRARY = "citetool.toml"
LIBRARIES = "libraries"


class Setting(NamedTuple):
    """One setting: what it means, its default, and whether it is a switch (`true`, `false`) rather than a text."""

    meaning: str
    default: str
    switch: bool = False


SETTINGS: dict[str, Setting] = {
    "style": Setting("citation style", "chicago"),
    "form": Setting("form of a citation: note, short, in-text ...", ""),
    "locale": Setting("language of terms and dates: en-GB, de-DE ...", ""),
    "format": Setting("markup of citations: text, html, markdown ...", "text"),
    "engine": Setting("CSL processor", "citetool"),
    "library": Setting("library used where there is no `records` folder here or above", ""),
    "editor": Setting("command that `citetool edit` runs", ""),
    "links": Setting("make web addresses and DOIs links", "false", True),
    "lossless": Setting("keep what a format has no field for in a note", "false", True),
    "strict": Setting("exit with 1 where a conversion loses facts or entries", "false", True),
}


PERSONAL = frozenset({"editor", "library"})
"""Settings that count from the user's own file only: a library may be somebody else's, and an editor is a command."""


class Value(NamedTuple):
    """The value of a setting and where it comes from: `default`, a variable (`$CITETOOL_STYLE`), or a file."""

    text: str
    origin: str

    @property
    def on(self) -> bool:
        """Return whether a switch is on."""
        return self.text == "true"


_SHELF = DiskCache("settings", "config.py")


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"CITETOOL_{name.upper()}"


def lookup(name: str, library: Path | None = None) -> Value:
    """Return a setting as it stands for a library's folder.

    Raises InputError for a faulty file of settings, UsageError for a variable whose value does not fit.
    """
    setting = SETTINGS[name]
    given = os.environ.get(variable(name))
    if given:
        return Value(_fitting(name, given, UsageError, Where(f"${variable(name)}")), f"${variable(name)}")
    for file in [user_file()] if name in PERSONAL else files(library):
        found = read_settings(file).get(name)
        if found is not None:
            return Value(found, str(file))
    return Value(setting.default, "default")


def files(library: Path | None = None) -> list[Path]:
    """Return the files of settings that count for a library's folder, the first one first; they need not be there."""
    folders = [library, *([library.parent] if library.name == "records" else [])] if library else []
    return [*(folder / FILE_OF_LIBRARY for folder in folders), user_file()]


def user_file() -> Path:
    """Return the user's own file of settings; it need not be there."""
    return config_folder() / "config.toml"


def library_named(name: str) -> Path | None:
    """Return the folder that `[libraries]` of the user's settings gives that name, None where it gives none."""
    folder = read_settings(user_file()).get(f"{LIBRARIES}.{name}")
    return Path(folder).expanduser() if folder else None


def default_library() -> Path:
    """Return the library used where none is named or near: that of the user's settings, else `paths.user_library`."""
    named = read_settings(user_file()).get("library")
    return (library_named(named) or Path(named).expanduser()) if named else user_library()


def read_settings(file: Path) -> dict[str, str]:
    """Return the settings in a file, switches as `true` and `false`, named libraries as `libraries.NAME`.

    Empty where there is no such file. Raises InputError with all faults of the file, and for settings of a library that
    are a link to somewhere else: what another prepared reads none of the user's files.
    """
    if file.name == FILE_OF_LIBRARY and leads_out(file, file.parent):
        hint = "put the file itself in its place"
        raise InputError(Problem("this link leads out of the library", Where(str(file)), hint))
    known = stamp(file)
    kept = _SHELF.load(str(file)) if known else None
    if kept is not None and kept[0] == known:
        return dict(kept[1])
    try:
        text = _text(file)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = str(getattr(error, "strerror", None) or "not UTF-8").lower()
        raise InputError(Problem(f"the settings cannot be read: {reason}", Where(str(file)))) from None
    found = _parsed(text, file)
    if known:
        _SHELF.store(str(file), (known, found))
    return found


def _text(file: Path) -> str:
    if file == user_file():
        _check_owner(file)
    return read_found(file).decode("utf-8-sig").replace("\r\n", "\n")


def _check_owner(file: Path) -> None:
    """Refuse the user's own settings where somebody else wrote them: they name a command. The system's may, as root."""
    found = file.stat()
    if not is_own(found) and found.st_uid != 0:
        hint = "look at the file, and make it yours (chown) or take it away"
        raise InputError(Problem("the settings belong to another user", Where(str(file)), hint))


def _parsed(text: str, file: Path) -> dict[str, str]:
    import tomllib  # noqa: PLC0415 - only a file that changed is parsed

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Problem(f"this is not TOML: {error}", Where(str(file)))) from None
    faults: list[Problem] = []
    found: dict[str, str] = {}
    for name, value in _flat(data).items():
        where = Where(str(file), _line(text, name), field=name)
        try:
            found[name] = _checked(name, value, InputError, where)
        except InputError as error:
            faults += error.problems
    if faults:
        raise InputError(*faults)
    return found


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    named = data.get(LIBRARIES)
    if not isinstance(named, dict):
        return dict(data)
    rest = {name: value for name, value in data.items() if name != LIBRARIES}
    return rest | {f"{LIBRARIES}.{name}": folder for name, folder in named.items()}


def _line(text: str, name: str) -> int | None:
    key = re.compile(rf'\s*["\']?{re.escape(name.removeprefix(f"{LIBRARIES}."))}["\']?\s*=')
    return next((number for number, line in enumerate(text.splitlines(), 1) if key.match(line)), None)


def check_name(name: str) -> str:
    """Return the name of a setting. Raises UsageError, naming near ones, for a name that is none."""
    if name not in SETTINGS and not name.startswith(f"{LIBRARIES}."):
        hint = suggest(name, SETTINGS) or f"one of: {', '.join(SETTINGS)}, {LIBRARIES}.NAME"
        raise UsageError(Problem(f"there is no setting {name!r}", hint=hint))
    return name


def _checked(name: str, value: Any, kind: type[InputError | UsageError], where: Where) -> str:
    try:
        check_name(name)
    except UsageError as error:
        raise kind(error.problems[0]._replace(where=where)) from None
    return _fitting(name, value, kind, where)


def _fitting(name: str, value: Any, kind: type[InputError | UsageError], where: Where) -> str:
    """Return the text of a value, which is a text or, of a switch, true or false."""
    setting = SETTINGS.get(name)
    if setting and setting.switch:
        words = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
        text = words.get(str(value).casefold())
        if text is None:
            raise kind(Problem(f"{name} is {value!r}, neither true nor false", where))
        return text
    if not isinstance(value, str):
        raise kind(Problem(f"{name} is {value!r}, not a text", where, f'write it in quotes: {name} = "..."'))
    return value


def write_setting(file: Path, name: str, value: str | None) -> None:
    """Set a setting in a file, or with None take it out; all other lines stay as they are.

    Raises UsageError for an unknown name or a value that does not fit, InputError for a file that is faulty or cannot
    be changed line by line, LibraryError where it cannot be written.
    """
    check_name(name)
    before = read_settings(file)
    text = _text(file) if file.is_file() else ""
    wanted = {key: old for key, old in before.items() if key != name}
    if value is not None:
        wanted[name] = _fitting(name, value, UsageError, Where(field=name))
    new = _edited(text, name, wanted.get(name))
    if _parsed(new, file) != wanted:
        raise InputError(Problem(f"{name} cannot be changed in this file", Where(str(file)), "change it by hand"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.{os.getpid()}.part")
        with open(create(part), "w", encoding="utf-8") as stream:  # noqa: PTH123 - an open descriptor, not a path
            stream.write(new)
        part.replace(file)
    except OSError as error:
        message = f"the settings cannot be written: {str(error.strerror).lower()}"
        raise LibraryError(Problem(message, Where(str(file)))) from None


def _edited(text: str, name: str, value: str | None) -> str:
    """Return the text of a file with one setting changed: its line replaced, taken out, or added to its table."""
    table, _, key = name.rpartition(".")
    line = [] if value is None else [f"{_key(key)} = {_written(name, value)}"]
    lines = text.splitlines()
    at = ""
    end = 0 if table else -1
    for number, old in enumerate(lines):
        header = re.fullmatch(r"\s*\[\s*([\w.-]+)\s*\]\s*(?:#.*)?", old)
        if header:
            at = header[1]
        if at != table:
            continue
        if not header and re.match(rf'\s*["\']?{re.escape(key)}["\']?\s*=', old):
            return "".join(f"{kept}\n" for kept in [*lines[:number], *line, *lines[number + 1 :]])
        if old.strip():
            end = number
    if table and table not in re.findall(r"(?m)^\s*\[\s*([\w.-]+)\s*\]", text):
        return "".join(f"{kept}\n" for kept in [*lines, *([f"[{table}]", *line] if line else [])])
    return "".join(f"{kept}\n" for kept in [*lines[: end + 1], *line, *lines[end + 1 :]])


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else _quoted(name)


def _written(name: str, value: str) -> str:
    setting = SETTINGS.get(name)
    return value if setting and setting.switch else _quoted(value)


def _quoted(text: str) -> str:
    """Return a TOML basic string; its escapes are those of JSON."""
    import json  # noqa: PLC0415 - only who writes settings needs it

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
