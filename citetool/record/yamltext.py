"""YAML text to a record and back, and a change of such a text that leaves the rest as it stands.

Reading goes from the events of libyaml to plain data in one walk: each scalar stays text (a date is not turned into a
day, Norwegian `no` is not false), and what a record has no use for is refused before it can do harm: anchors and
aliases (they can blow up), tags, deep nesting, keys given twice, NUL and other control characters, several documents in
one file. Only where something is wrong are nodes composed, for the lines of the faults.

Writing a new record gives the fields in the order of the schema. How a text is changed and keeps its comments is in
`yamledit.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where
from citetool.text import is_control_free, replace_controls

from .schema import Path, dotted, from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Plain, Record

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONTROL = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_CONFLICT = lazy(r"^(<{7}|={7}|>{7})( |$)", re.M)
_CONFLICT_MARKS = ("<" * 7, "=" * 7, ">" * 7)
MAX_DEPTH = 50
_NOT_A_NAME = object()

Node = yaml.Node
_TAGS = frozenset(
    {None}
    | {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")}
)


def parse_yaml(text: str, source: str | None = None) -> Any:
    """Plain data of a YAML text, None for an empty one.

    Raises InputError with the line of the fault where the text is not YAML, or uses what a record must not hold.
    """
    bad = _CONTROL.search(text) if _may_hold_control(text) else None
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        message = f"a control character (U+{ord(bad.group()):04X}) stands here"
        raise InputError(Problem(message, Where(source, line), "take it out: the file is not plain text"))
    marked = _CONFLICT.search(text) if any(mark in text for mark in _CONFLICT_MARKS) else None
    if marked:
        line = text.count("\n", 0, marked.start()) + 1
        raise InputError(
            Problem("a merge conflict is not resolved", Where(source, line), "keep one side, take out marks")
        )
    builder = _Builder(source)
    try:
        _take_all(text, builder)
    except yaml.MarkedYAMLError as error:
        raise InputError(_fault(error, source)) from None
    except yaml.YAMLError as error:
        raise InputError(Problem(f"this is not YAML: {str(error).splitlines()[0]}", Where(source))) from None
    if builder.problems:
        raise InputError(*builder.problems)
    return builder.root


def _may_hold_control(text: str) -> bool:
    """Return whether a text holds what `_CONTROL` finds: that looks at each character, this takes a tenth."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _CONTROL_BYTES)) != len(data) or "\ufffe" in text or "\uffff" in text


def _fault(error: yaml.MarkedYAMLError, source: str | None) -> Problem:
    """Return what is wrong with a text that is no YAML, and what to do; a quote that is open where it begins."""
    what, mark = error.problem or error.context, error.problem_mark or error.context_mark
    hint = "a value with `: ` or a leading quote, bracket, * or & wants quotes around it"
    if "quoted scalar" in (error.context or "") and "end of stream" in (what or "") and error.context_mark:
        what, mark = "a quotation mark is opened here and not closed", error.context_mark
        hint = 'close it at the end of the value; inside double quotes write \\" for a quotation mark'
    elif "tab character" in (what or "") or "'\\t'" in (what or ""):
        hint = "indent with spaces: YAML allows no tabs there"
    where = Where(source, mark.line + 1, mark.column + 1) if mark else Where(source)
    return Problem(f"this is not YAML: {what}", where, hint)


def _take_all(text: str, builder: _Builder) -> None:
    """Hand the events of a text to the builder; `yaml.parse` asks twice for each."""
    loader = _Loader(text)
    try:
        take, following = builder.take, loader.get_event
        while type(event := following()) is not yaml.StreamEndEvent:
            take(event)
    finally:
        loader.dispose()


class _Builder:
    """Plain data from the events of libyaml: without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, source: str | None) -> None:
        self.root: Any = None
        self.problems: list[Problem] = []
        self._source = source
        self._documents = 0
        self._open: list[tuple[Any, Any]] = []  # the containers around the present one, each with its pending key
        self._top: Any = None
        self._key: Any = None

    def take(self, event: Any) -> None:
        """Add what an event says. Raises InputError for what must not be followed further."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._check(event)
            value = event.value
            if event.style == '"' and not is_control_free(value):  # written as escapes; raw ones were refused
                value = replace_controls(value)
            top = self._top
            if type(top) is dict and self._key is None:
                if value in top:
                    self._report(event, f"{value!r} stands here a second time", "keep one of them")
                self._key = value
            else:
                self._put(value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._check(event)
            self._begin(event, {} if kind is yaml.MappingStartEvent else [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            done = self._top
            self._top, self._key = self._open.pop()
            if self._key is _NOT_A_NAME:
                self._key = ""
            else:
                self._put(done)
        elif kind is yaml.AliasEvent:
            self._refuse(event, "an alias is not used in records", "write the value itself, or * in quotes")
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._refuse(event, "a second document begins here", "write one record a file")

    def _begin(self, event: Any, container: Any) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._refuse(event, f"more than {MAX_DEPTH} levels stand one in another", "write it flatter")
        if type(self._top) is dict and self._key is None:
            self._report(event, "the name of a field is a word, not a list or mapping", "quote it")
            self._key = _NOT_A_NAME
        self._open.append((self._top, self._key))
        self._top, self._key = container, None

    def _put(self, value: Any) -> None:
        top = self._top
        if type(top) is dict:
            top[self._key] = value
            self._key = None
        elif type(top) is list:
            top.append(value)
        else:
            self.root = value

    def _check(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, "an anchor is not used in records", "write the value itself, or & in quotes")
        if event.tag not in _TAGS:
            self._report(event, f"the tag {event.tag!r} is not used in records", "take it out")

    def _report(self, event: Any, message: str, hint: str) -> None:
        mark = event.start_mark
        self.problems.append(Problem(message, Where(self._source, mark.line + 1, mark.column + 1), hint))

    def _refuse(self, event: Any, message: str, hint: str) -> None:
        self._report(event, message, hint)
        raise InputError(*self.problems)


def compose(text: str) -> Node | None:
    """Return the nodes of a text that `parse_yaml` has found faultless, for their places; None for an empty text."""
    loader = _Loader(text)
    try:
        return loader.get_single_node()  # type: ignore[no-any-return]
    finally:
        loader.dispose()


def locate(root: Node | None, path: Path) -> Node | None:
    """Return the node at a path; where the path leads nowhere, the nearest node above it."""
    node = root
    for step in path:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
        else:
            inner = None
        if inner is None:
            break
        node = inner
    return node


def read_record(text: str, source: str | None = None) -> Record:
    """Return the record of a YAML text. Raises InputError with *all* its faults, each with line, field and what to
    write.
    """
    data = parse_yaml(text, source)
    if not isinstance(data, dict):
        what = "is empty" if data is None else "does not hold a record"
        raise InputError(Problem(f"the file {what}", Where(source, 1), 'begin with id: "..." and title: ...'))
    record, faults = from_plain(data)
    if faults:
        problems = []
        root = compose(text)
        for fault in faults:
            node = locate(root, fault.path)
            place = Where(source, node.start_mark.line + 1 if node else 1, None, dotted(fault.path))
            problems.append(Problem(fault.message, place, fault.hint or None))
        raise InputError(*sorted(problems, key=lambda problem: problem.where.line or 0))
    return record


def write_record(record: Record) -> str:
    """Return the YAML text of a record, ending in a newline; `read_record` gives an equal record back."""
    return dump_yaml(to_plain(record))


class _Dumper(getattr(yaml, "CBaseDumper", yaml.BaseDumper)):  # type: ignore[misc]
    """Texts as people write them: plain where that is safe, blocks for several lines, quotes for the rest."""

    def ignore_aliases(self, data: Any) -> bool:
        """Equal values are written out each time; a record has no anchors."""
        return True


# Read by another YAML tool, these plain words would be numbers, truth values, nothing or a fault; a date may be a date.
_QUOTED = lazy(
    r"[-+.]?[\d.][\d_.:,eE+-]*$|\d{4}-\d\d?-\d\d?[Tt ]|0[xob]\w+$|[-+]?\.(inf|nan)$"
    r"|(y|n|yes|no|on|off|true|false|null|~|=|<<)$",
    re.I,
)
_PLAIN_DATE = lazy(r"\d{4}-\d\d(-\d\d)?$")


def _represent_text(dumper: Any, text: str) -> Any:
    style = None
    if "\n" in text and not re.search(r"[^\S\n]$", text, re.M) and not text.startswith((" ", "\n")):
        style = "|"
    elif _QUOTED.match(text) and not _PLAIN_DATE.match(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_list(dumper: Any, items: list[Any]) -> Any:
    short = all(isinstance(item, str) and "\n" not in item for item in items) and sum(map(len, items)) < 80
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


def _represent_dict(dumper: Any, data: dict[str, Any]) -> Any:
    flat = "role" in data and all(isinstance(v, str) for v in data.values())
    short = flat and sum(map(len, data.values())) < 80
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=short)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(dict, _represent_dict)


def dump_yaml(data: Mapping[str, Plain]) -> str:
    """YAML text of plain data, fields in the order given, Unicode as it is."""
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text
