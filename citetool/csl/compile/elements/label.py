"""`cs:label` of a number, page or locator (labels of names are in `names`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.formatting import compile_wrap, strip_periods, strips_periods
from citetool.csl.items.locator import split_locator
from citetool.csl.items.numbers import is_plural
from citetool.output.textcase import apply_text_case

from .number import locator_term

if TYPE_CHECKING:
    from citetool.csl.compile.context import CompileContext, Fn
    from citetool.csl.compile.state import State
    from citetool.csl.style.nodes import Node
    from citetool.output.tree import Out


_TERMS = {"page-first": "page"}


def compile_label(node: Node, context: CompileContext) -> Fn | None:
    """Return the function of a `cs:label`: the term of its variable, plural as the content is."""
    variable = node.attrs.get("variable", "")
    is_locator = variable == "locator"
    is_note = variable == "first-reference-note-number"
    form = node.attrs.get("form", "long")
    plural = node.attrs.get("plural", "contextual")
    wrap = compile_wrap(node.attrs, display=False, nests=context.nests)
    case = node.attrs.get("text-case", "")
    strip = strips_periods(node.attrs, context)
    locale = context.locale
    and_word = locale.term("and") or "and"

    def label(s: State) -> Out | None:
        # a label is a term: it is for the group around it to vanish with a variable that has no value
        if is_locator:
            content = s.cite.locator
        elif is_note:
            content = str(s.cite.first_note or "")
            if not content:
                return None
        else:
            content = s.item.text.get(variable, "")
        if s.suppressed and variable in s.suppressed:
            return None
        if is_locator and form == "long":
            s.label_form = form  # DEVIATION: as in the reference, labels inside of the locator are as that before it
        name = s.cite.label if is_locator else variable
        if variable == "page":
            name = split_locator(content)[0].label or name
        many = plural == "always" or (plural == "contextual" and _is_many(variable, content, and_word))
        term = locale.term(locator_term(name) if is_locator else _TERMS.get(name, name), form, plural=many)
        if not term:
            return None
        s.started = True
        out: Out = term
        if strip:
            out = strip_periods(out)
        if case:
            out = apply_text_case(out, case)
        return wrap(out) if wrap is not None else out

    return context.traits.as_constant(label)


def _is_many(variable: str, content: str, and_word: str) -> bool:
    """SPEC ("Label"): for `number-of-…` variables plural if above 1, for others if there are several numbers."""
    if variable.startswith("number-of-"):
        return content.strip() not in ("1", "")
    first = split_locator(content)[0]
    if first.label and variable not in ("locator", "page"):
        return False
    content = first.value
    return is_plural(content.replace(f" {and_word} ", " & "))
