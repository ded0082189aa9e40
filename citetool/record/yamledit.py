"""A change of a record's YAML text that leaves the rest as it stands: comments, order, quoting, blank lines.

The text is cut at the marks that libyaml gives each node, and only the lines of what changes are written anew; a
mapping inside the record (`archive`) is changed entry by entry where it is written in lines of its own. What is not
laid out in lines (a record in braces) is written anew as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeGuard

import yaml

from citetool.problems import InputError

from .schema import FIELDS
from .yamltext import compose, dump_yaml, parse_yaml, read_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Plain

_Pair = tuple[yaml.Node, yaml.Node]


def edited(text: str, changes: Mapping[str, Plain | None], source: str | None = None) -> str:
    """Return the YAML text with some fields set to plain data, or taken out where the change is None.

    Raises InputError like `read_record`, where the text or the result is not a faultless record.
    """
    read_record(text, source)
    data = parse_yaml(text, source)
    wanted = {name: value for name, value in changes.items() if data.get(name) != value}
    if not wanted:
        return text
    after = {name: value for name, value in {**data, **wanted}.items() if value is not None}
    result = dump_yaml(after)
    root = compose(text)
    if root is not None and _in_lines(root, 0):
        order = _order(list(data), [name for name, value in wanted.items() if value is not None])
        in_place = _Editor(text).edit(root, data, {**data, **wanted}, order)
        if _holds(in_place, after):
            result = in_place
    read_record(result, source)
    return result


def _holds(text: str, data: dict[str, Any]) -> bool:
    """Return whether the text says just that; a layout that nobody thought of must not change what a record says."""
    try:
        return bool(parse_yaml(text) == data)
    except InputError:
        return False


def _order(present: list[str], new: list[str]) -> list[str]:
    """Return all fields in the order of the text, each new one behind the last that stands before it in the schema."""
    places = {name: place for place, name in enumerate(FIELDS)}
    order = list(present)
    for name in new:
        if name in order:
            continue
        if name not in places:
            order.append(name)
            continue
        before = [i for i, other in enumerate(order) if places.get(other, len(places)) < places[name]]
        order.insert(before[-1] + 1 if before else 0, name)
    return order


def _in_lines(node: yaml.Node, column: int | None = None) -> TypeGuard[yaml.MappingNode]:
    """Return whether a mapping is written with each key at the beginning of a line, at one depth."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return False
    starts = [key.start_mark for key, _ in node.value]
    wanted = starts[0].column if column is None else column
    rows = [mark.line for mark in starts]
    return all(mark.column == wanted for mark in starts) and len(set(rows)) == len(rows)


class _Editor:
    """The lines of a text, and how to write them anew with some entries changed."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        if self._lines and not self._lines[-1].endswith("\n"):
            self._lines[-1] += "\n"

    def edit(
        self, root: yaml.MappingNode, old: dict[str, Any], new: Mapping[str, Plain | None], order: list[str]
    ) -> str:
        """Return the text with the entries of the root as in `new` (None: taken out), in that order."""
        first = root.value[0][0].start_mark.line
        body = self._mapping(root, old, new, order, 0, len(self._lines))
        return "".join([*self._lines[:first], *body])

    def _mapping(
        self,
        node: yaml.MappingNode,
        old: dict[str, Any],
        new: Mapping[str, Plain | None],
        order: list[str],
        indent: int,
        end: int,
    ) -> list[str]:
        """Return the lines of a mapping's entries, from its first key to the line `end`."""
        pairs: list[_Pair] = node.value
        stops = [key.start_mark.line for key, _ in pairs[1:]] + [end]
        blocks: dict[str, list[str]] = {}
        rests: dict[str, list[str]] = {}
        for (key, value), stop in zip(pairs, stops, strict=True):
            name, start = key.value, key.start_mark.line
            last = self._content_end(value, start, stop, indent)
            rests[name] = self._lines[last:stop]
            blocks[name] = self._entry((key, value), old[name], new.get(name), indent, last)
        lines: list[str] = []
        for name in order:
            if name in blocks:
                lines += blocks[name] + rests[name]
            elif new.get(name) is not None:
                lines += _dumped(name, new[name], indent)
        return lines

    def _content_end(self, value: yaml.Node, start: int, stop: int, indent: int) -> int:
        """Return the line behind an entry, without the blank lines and comments that lead to the next one."""
        last = _last_value(value)
        if not isinstance(last, yaml.ScalarNode) or last.style not in ("|", ">"):
            return min(stop, max(start, int(last.end_mark.line)) + 1)
        return self._text_end(last.start_mark.line, stop, indent)

    def _text_end(self, header: int, stop: int, indent: int) -> int:
        """Return the line behind a text in lines, whose end YAML does not mark (YAML 1.2.2, 8.1.1.1).

        Its first line says how far it is indented, unless the header does; a line with less is a comment behind it.
        """
        told = re.search(r"[|>][+-]?[1-9]", self._lines[header])
        least = indent + 1
        end = header + 1
        for number in range(header + 1, stop):
            line = self._lines[number]
            if not line.strip():
                continue
            depth = len(line) - len(line.lstrip(" "))
            if end == header + 1 and not told:
                least = max(least, depth)
            if depth < least:
                break
            end = number + 1
        return end

    def _entry(self, pair: _Pair, old: Any, new: Plain | None, indent: int, end: int) -> list[str]:
        key, value = pair
        start = key.start_mark.line
        if new == old:
            return self._lines[start:end]
        if new is None:
            return []
        if isinstance(old, dict) and isinstance(new, dict) and new and _in_lines(value):
            inner = value.value[0][0].start_mark
            order = _merged_order(list(old), list(new))
            if inner.line > start and order is not None:
                wanted = {**dict.fromkeys(old), **new}
                return self._lines[start : inner.line] + self._mapping(value, old, wanted, order, inner.column, end)
        lines = _dumped(key.value, new, indent)
        comment = self._comment_behind(value, start, end)
        if comment and len(lines) == 1:
            lines[0] = f"{lines[0].rstrip()}  {comment}\n"
        return lines

    def _comment_behind(self, value: yaml.Node, start: int, end: int) -> str:
        if end != start + 1 or value.end_mark.line != start:
            return ""
        rest = self._lines[start][value.end_mark.column :].strip()
        return rest if rest.startswith("#") else ""


def _last_value(node: yaml.Node) -> yaml.Node:
    """Return the value that ends where this one does: the last one in a collection in lines, else itself."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return node
    last = node.value[-1]
    return _last_value(last[1] if isinstance(node, yaml.MappingNode) else last)


def _merged_order(old: list[str], new: list[str]) -> list[str] | None:
    """Return the keys of both with the new ones in their places; None where the common ones have changed order."""
    if [name for name in old if name in new] != [name for name in new if name in old]:
        return None
    order = list(old)
    for place, name in enumerate(new):
        if name not in order:
            order.insert(order.index(new[place - 1]) + 1 if place else 0, name)
    return order


def _dumped(name: str, value: Plain | None, indent: int) -> list[str]:
    text = dump_yaml({name: value if value is not None else ""})
    return [" " * indent + line if line.strip() else line for line in text.splitlines(keepends=True)]
