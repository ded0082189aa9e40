"""`cs:choose`: conditions on type, variables and position are decided when compiled, the rest when rendered.

A test is compiled to True, False or a function of `State`. Branches that cannot be taken are dropped; a branch that is
surely taken ends the chain. If nothing is left to decide, the branch's members take the place of the `choose`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.context import Splice, no_value
from citetool.csl.items.cluster import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT
from citetool.csl.items.numbers import is_numeric

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citetool.csl.compile.context import CompileContext, Fn
    from citetool.csl.compile.state import State
    from citetool.csl.style.nodes import Node
    from citetool.output.tree import Out

    Test = bool | Callable[[State], bool]


def compile_choose(node: Node, context: CompileContext) -> Fn | None:
    """Return the choice as a function that gives a `Splice`; one branch that is surely taken is noted in `traits`."""
    chain: list[tuple[Callable[[State], bool] | None, tuple[Fn, ...]]] = []
    for branch in node.kids:
        test: Test = True if branch.name == "else" else compile_test(branch, context)
        if test is False:
            continue
        functions = tuple(context.children(branch.kids))
        if test is True:
            chain.append((None, functions))
            break
        assert callable(test)
        chain.append((test, functions))
    if not chain or not any(functions for _, functions in chain):
        return None
    if chain[0][0] is None:
        return _decided(chain[0][1], context)

    def choose(s: State) -> Out | None:
        for test, functions in chain:
            if test is None or test(s):
                return _run(s, functions)
        return None

    settled = context.traits.settled
    if chain[-1][0] is None and all(len(functions) == 1 and functions[0] in settled for _, functions in chain):
        return context.traits.as_settled(choose)
    return choose


def _run(s: State, functions: tuple[Fn, ...]) -> Out | None:
    if len(functions) == 1:
        return functions[0](s)
    parts = Splice()
    for function in functions:
        out = function(s)
        if out is None:
            continue
        if type(out) is Splice:
            parts.extend(out)
        else:
            parts.append(out)
    return parts or None


def _decided(functions: tuple[Fn, ...], context: CompileContext) -> Fn:
    if len(functions) == 1:
        return functions[0]
    if all(f is no_value for f in functions):
        return no_value

    def taken(s: State) -> Out | None:
        return _run(s, functions)

    context.traits.branches[taken] = functions
    return taken


def compile_test(node: Node, context: CompileContext) -> Test:
    """Compile the condition of a `cs:if` or `cs:else-if`: each value of an attribute is one test, joined by `match`."""
    match = node.attrs.get("match", "all")
    live: list[Callable[[State], bool]] = []
    for test in _tests(node.attrs, context):
        if callable(test):
            live.append(test)
        elif test is not (match == "all"):
            return match == "any"  # one that fails decides `all`, one that holds the others
    if not live:
        return match != "any"
    joined = _all(live) if match == "all" else _any(live)
    return (lambda s: not joined(s)) if match == "none" else joined


def _tests(attrs: dict[str, str], context: CompileContext) -> Iterator[Test]:
    for name, value in attrs.items():
        if name == "type":
            # an item has one type, so these are alternatives whatever `match` says
            yield context.type in value.split()
        elif name == "variable":
            for word in value.split():
                yield _variable(word, context)
        elif name == "locator":
            labels = [_one_test(name, word, context) for word in value.split()]
            yield _any([t for t in labels if callable(t)]) if any(labels) else False
        elif name not in ("match", "lang"):
            for word in value.split():
                yield _one_test(name, word, context)


def _all(tests: list[Callable[[State], bool]]) -> Callable[[State], bool]:
    return tests[0] if len(tests) == 1 else lambda s: all(test(s) for test in tests)


def _any(tests: list[Callable[[State], bool]]) -> Callable[[State], bool]:
    return tests[0] if len(tests) == 1 else lambda s: any(test(s) for test in tests)


def _one_test(name: str, word: str, context: CompileContext) -> Test:
    if name == "is-numeric":
        return _numeric(word, context)
    if name == "is-uncertain-date":
        if word not in context.vars:
            return False
        return lambda s: word in s.item.dates and s.item.dates[word].circa
    if name == "position":
        return _position(word, context)
    if name == "locator":
        label = {"sub-verbo": "sub verbo"}.get(word, word)
        return (lambda s: s.cite.label in (word, label)) if context.place.locator else False
    if name == "disambiguate":
        return _still_ambiguous if word == "true" else (lambda s: not _still_ambiguous(s))
    return False


def _still_ambiguous(s: State) -> bool:
    s.conditions += 1
    return s.conditions <= s.hints.condition


def _variable(word: str, context: CompileContext) -> Test:
    if word == "locator":
        return context.place.locator
    if word == "first-reference-note-number":
        return context.place.first_note
    if word == "citation-number":
        return lambda s: s.number > 0
    if word == "year-suffix":
        return lambda s: s.hints.year_suffix is not None
    return word in context.vars


def _numeric(word: str, context: CompileContext) -> Test:
    if word == "locator":
        return (lambda s: is_numeric(s.cite.locator, labelled=True)) if context.place.locator else False
    if word == "citation-number":
        return True
    if word == "first-reference-note-number":
        return context.place.first_note
    if word not in context.vars:
        return False
    return lambda s: is_numeric(s.item.text.get(word, ""), labelled=word == "page")


def _position(word: str, context: CompileContext) -> bool:
    if context.area == "bibliography":
        return False
    if word == "first":
        return context.place.position == FIRST
    least = {"subsequent": SUBSEQUENT, "ibid": IBID, "ibid-with-locator": IBID_WITH_LOCATOR}.get(word)
    if least is not None:
        return context.place.position >= least
    return word == "near-note" and context.place.near_note
