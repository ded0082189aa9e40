"""`cs:group`, and macros, which behave as groups.

SPEC (CSL 1.0.2, "Group"): a group is suppressed if at least one of its elements calls a variable, directly or via a
macro, and all variables that are called are empty. A group that is printed counts for the group around it as a
variable that is not empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.context import Splice, empty_group, no_value
from citetool.csl.compile.formatting import affix, compile_wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.csl.compile.context import CompileContext, Fn, Traits
    from citetool.csl.compile.state import State
    from citetool.csl.style.nodes import Node
    from citetool.output.tree import Out


def compile_group(node: Node, context: CompileContext) -> Fn | None:
    """Return a group with its delimiter and formatting."""
    inner = context.with_(delimiter=node.attrs.get("delimiter", ""), displays=False)
    followed, preceded = context.followed, context.preceded
    functions = inner.children(node.kids)
    delimiter = node.attrs.get("delimiter", "")
    return compile_members(
        node,
        functions,
        delimiter,
        context.traits,
        display=context.displays,
        nests=context.nests,
        sealed=followed,
        apart=preceded,
    )


def compile_members(
    node: Node,
    functions: list[Fn],
    delimiter_text: str,
    traits: Traits,
    *,
    display: bool = False,
    nests: bool = False,
    sealed: bool = False,
    apart: bool = False,
) -> Fn | None:
    """Return the function of a group of compiled members; `no_value` if it can never print anything."""
    asked, members = _fold(functions)
    if not members:
        return no_value if asked else empty_group
    if _never_printed(asked, members, traits):
        return no_value
    wrap = compile_wrap(node.attrs, display=display, nests=nests, sealed=sealed, apart=apart)
    ends: bool | None = None
    if members[-1] is no_value or members[-1] is empty_group:
        ends = members[-1] is no_value
        members = members[:-1]
    if not all(member in traits.settled for member in members if member is not no_value and member is not empty_group):
        return traits.as_settled(_group(asked, members, affix(delimiter_text), wrap, ends))
    members = _spliced(members, delimiter_text, traits)
    group = _of_settled(members, affix(delimiter_text), wrap, ends)
    if wrap is None and ends is None and len(members) > 1:
        traits.members[group] = (delimiter_text, members)
    return traits.as_settled(group)


def _spliced(members: tuple[Fn, ...], delimiter_text: str, traits: Traits) -> tuple[Fn, ...]:
    """Return the members, those of groups with the same delimiter in their place; what is decided among them goes."""
    flat: list[Fn] = []
    for member in members:
        delimiter, inner = traits.members.get(member, (None, ()))
        if delimiter == delimiter_text:
            flat.extend(inner)
        elif member is not no_value and member is not empty_group:
            flat.append(member)
    return tuple(flat)


def _group(
    asked: bool,
    members: tuple[Fn, ...],
    delimiter: Out | None,
    wrap: Callable[[Out], Out] | None,
    ends: bool | None,
) -> Fn:
    """Apply the rule: `asked` and `ends` are what decided members at both ends leave in `attempt`."""

    def group(s: State) -> Out | None:
        attempt, success, started = s.attempt, s.success, s.started
        s.attempt, s.success = asked, False
        kids: list[Out] = []
        for member in members:
            out = member(s)
            if not out:
                continue
            if type(out) is Splice:
                for part in out:
                    if kids and delimiter is not None:
                        kids.append(delimiter)
                    kids.append(part)
                continue
            if kids and delimiter is not None:
                kids.append(delimiter)
            kids.append(out)
        if ends is not None:
            s.attempt = ends
        if kids and (s.success or not s.attempt):
            s.attempt = attempt
            s.success = True
            whole: Out = kids[0] if len(kids) == 1 else kids
            return wrap(whole) if wrap is not None else whole
        if s.success:  # there is a place for a year suffix, which counts as printed
            s.attempt, s.started = attempt, started
            return None
        # DEVIATION: as in the reference, what an empty group has asked for takes the place of what was asked before
        s.success = success
        s.started = started
        return None

    return group


def _of_settled(
    members: tuple[Fn, ...], delimiter: Out | None, wrap: Callable[[Out], Out] | None, ends: bool | None
) -> Fn:
    """Return a group of groups and variables: it is printed if any of them is, for each follows the rule by itself."""
    if len(members) == 1:
        return _around(members[0], wrap, ends)
    if len(members) == 2:
        return _pair(members[0], members[1], delimiter, wrap, ends)

    def group(s: State) -> Out | None:
        kids: list[Out] = []
        for member in members:
            out = member(s)
            if out:
                if kids and delimiter is not None:
                    kids.append(delimiter)
                kids.append(out)
        if not kids:
            if ends is not None:
                s.attempt = ends
            return None
        whole: Out = kids[0] if len(kids) == 1 else kids
        return wrap(whole) if wrap is not None else whole

    return group


def _pair(first: Fn, second: Fn, delimiter: Out | None, wrap: Callable[[Out], Out] | None, ends: bool | None) -> Fn:
    """Return a group of two members, as most are, without a loop."""

    def pair(s: State) -> Out | None:
        one, two = first(s), second(s)
        whole = one or two
        if not whole:
            if ends is not None:
                s.attempt = ends
            return None
        if one and two:
            whole = [one, two] if delimiter is None else [one, delimiter, two]
        return wrap(whole) if wrap is not None else whole

    return pair


def _around(inner: Fn, wrap: Callable[[Out], Out] | None, ends: bool | None) -> Fn:
    """Return a group that holds nothing but a group or a variable: the same rule twice is the rule once."""
    if wrap is None and ends is None:
        return inner

    def wrapped(s: State) -> Out | None:
        out = inner(s)
        if not out:
            if ends is not None:
                s.attempt = ends
            return None
        return wrap(out) if wrap is not None else out

    return wrapped


def _never_printed(asked: bool, members: tuple[Fn, ...], traits: Traits) -> bool:
    """Return whether the group only has terms and labels, and variables that have no value."""
    for member in members:
        if member is no_value or member is empty_group:
            asked = member is no_value
        elif member not in traits.constant:
            return False
    return asked


def _fold(functions: list[Fn]) -> tuple[bool, tuple[Fn, ...]]:
    """Return whether a variable was asked for before the first undecided member, and the members from there.

    Of members that are decided only the last in a row counts.
    """
    asked = False
    members: list[Fn] = []
    for function in functions:
        if function is no_value or function is empty_group:
            if not members:
                asked = function is no_value
                continue
            if members[-1] is no_value or members[-1] is empty_group:
                members.pop()
        members.append(function)
    return asked, tuple(members)
