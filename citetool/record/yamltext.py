"""YAML text to a record and back, and a change of such a text that leaves the rest as it stands.

Reading goes through libyaml to nodes, and from nodes to plain data in one walk: each scalar stays text (a date is not
turned into a day, Norwegian `no` is not false), each node keeps its line for faults, and what a record has no use
for is refused before it can do harm: anchors and aliases (they can blow up), tags, keys given twice, NUL and other
control characters, several documents in one file.

Writing a new record gives the fields in the order of the schema. Changing one (`edited`) goes through ruamel.yaml,
which keeps comments, order and quoting.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import yaml

from citetool.problems import InputError, Problem, Where

from .schema import FIELDS, Path, dotted, from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Plain, Record

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.M)
MAX_DEPTH = 50


def parse_yaml(text: str, source: str | None = None) -> tuple[Any, Node | None]:
    """Plain data of a YAML text, and its root node (None for an empty text).

    Raises InputError with the line of the fault where the text is not YAML, or uses what a record must not hold.
    """
    bad = _CONTROL.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        message = f"a control character (U+{ord(bad.group()):04X}) stands here"
        raise InputError(Problem(message, Where(source, line), "take it out: the file is not plain text"))
    marked = _CONFLICT.search(text)
    if marked:
        line = text.count("\n", 0, marked.start()) + 1
        raise InputError(
            Problem("a merge conflict is not resolved", Where(source, line), "keep one side, take out marks")
        )
    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(source, mark.line + 1, mark.column + 1) if mark else Where(source)
        hint = "a value with `: ` or a leading quote, bracket, * or & wants quotes around it"
        raise InputError(Problem(f"this is not YAML: {error.problem or error.context}", where, hint)) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(Problem(f"this is not YAML: {str(error).splitlines()[0]}", Where(source))) from None
    if root is None:
        return None, None
    problems: list[Problem] = []
    data = _to_plain(root, source, problems, 0)
    if problems:
        raise InputError(*problems)
    return data, root


Node = yaml.Node


def _compose(text: str) -> Node | None:
    # libyaml copies an aliased node by reference; anchors are refused from the event stream, before any is followed
    loader = _Loader(text)
    try:
        if "&" in text or "*" in text:
            scan = _Loader(text)
            try:
                depth = 0
                while scan.check_event():
                    event = scan.get_event()
                    if getattr(event, "anchor", None):
                        raise yaml.composer.ComposerError(
                            None, None, "anchors and aliases are not used in records", event.start_mark
                        )
                    depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                    _check_depth(depth, event.start_mark)
            finally:
                scan.dispose()
        return loader.get_single_node()  # type: ignore[no-any-return]
    finally:
        loader.dispose()


def _check_depth(depth: int, mark: Any) -> None:
    if depth > MAX_DEPTH:
        raise yaml.composer.ComposerError(None, None, f"more than {MAX_DEPTH} levels stand one in another", mark)


def _to_plain(node: Node, source: str | None, problems: list[Problem], depth: int) -> Any:
    _check_depth(depth, node.start_mark)
    if node.tag.startswith("!") or (node.tag.startswith("tag:") and not node.tag.startswith("tag:yaml.org,2002:")):
        problems.append(_at(node, source, f"the tag {node.tag!r} is not used in records", "take it out"))
        return ""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_to_plain(item, source, problems, depth + 1) for item in node.value]
    data: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(_at(key, source, "the name of a field is a word, not a list or mapping", "quote it"))
            continue
        if key.value in data:
            problems.append(_at(key, source, f"{key.value!r} stands here a second time", "keep one of them"))
        data[key.value] = _to_plain(value, source, problems, depth + 1)
    return data


def _at(node: Node, source: str | None, message: str, hint: str, field: str | None = None) -> Problem:
    mark = node.start_mark
    return Problem(message, Where(source, mark.line + 1, mark.column + 1, field), hint)


def locate(root: Node | None, path: Path) -> Node | None:
    """The node at a path; where the path leads nowhere, the nearest node above it."""
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
    """The record of a YAML text. Raises InputError with *all* its faults, each with line, field and what to write."""
    data, root = parse_yaml(text, source)
    if not isinstance(data, dict):
        what = "is empty" if data is None else "does not hold a record"
        raise InputError(Problem(f"the file {what}", Where(source, 1), 'begin with id: "..." and title: ...'))
    record, faults = from_plain(data)
    if faults:
        problems = []
        for fault in faults:
            node = locate(root, fault.path)
            place = Where(source, node.start_mark.line + 1 if node else 1, None, dotted(fault.path))
            problems.append(Problem(fault.message, place, fault.hint or None))
        raise InputError(*sorted(problems, key=lambda problem: problem.where.line or 0))
    return record


def write_record(record: Record) -> str:
    """The YAML text of a record, ending in a newline; `read_record` gives an equal record back."""
    return dump_yaml(to_plain(record))


class _Dumper(getattr(yaml, "CBaseDumper", yaml.BaseDumper)):  # type: ignore[misc]
    """Texts as people write them: plain where that is safe, blocks for several lines, quotes for the rest."""

    def ignore_aliases(self, data: Any) -> bool:
        """Equal values are written out each time; a record has no anchors."""
        return True


# Read by another YAML tool, these plain words would be numbers, truth values or nothing; a date may be a date.
_QUOTED = re.compile(
    r"[-+.]?[\d.][\d_.:,eE+-]*$|0[xob]\w+$|[-+]?\.(inf|nan)$|(y|n|yes|no|on|off|true|false|null|~)$", re.I
)
_PLAIN_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?$")


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


def edited(text: str, changes: Mapping[str, Plain | None]) -> str:
    """The YAML text with some top-level fields set, or removed where the change is None; all else as it was written.

    Comments, order, quoting and blank lines of what is not changed stay. Raises InputError like `read_record` where the
    result is not a faultless record.
    """
    import ruamel.yaml  # noqa: PLC0415 - only a change of a record pays for it

    editor = ruamel.yaml.YAML()
    editor.preserve_quotes = True
    editor.width = 4096
    editor.indent(mapping=2, sequence=_sequence_indent(text), offset=_sequence_indent(text) - 2)
    data = editor.load(text)
    read_record(text)
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
        elif name in data:
            data[name] = value
        else:
            data.insert(_place(name, list(data)), name, value)
    out = io.StringIO()
    editor.dump(data, out)
    read_record(out.getvalue())
    return out.getvalue()


def _sequence_indent(text: str) -> int:
    match = re.search(r"^[\w-]+:[^\S\n]*\n([^\S\n]*)- ", text, re.M)
    return len(match.group(1)) + 2 if match else 2


def _place(name: str, present: list[str]) -> int:
    """Where a new field goes: behind the last present field that stands before it in the schema."""
    order = list(FIELDS)
    if name not in order:
        return len(present)
    before = [i for i, other in enumerate(present) if other in order and order.index(other) < order.index(name)]
    return before[-1] + 1 if before else 0
