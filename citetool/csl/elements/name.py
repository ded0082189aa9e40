"""One name: order, particles, initials and name-part formatting (CSL 1.0.2, "Name", "Name-part").

`NameOptions` is everything that `cs:name` and its ancestors say, decided once; `NamePrinter` prints a name with them
and remembers what it printed on the name itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.csl.formatting import affix, compile_wrap, format_marks, rich_text
from citetool.output.textcase import apply_text_case
from citetool.output.tree import Affix, Out, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.csl.names import PersonName
    from citetool.csl.nodes import Node
    from citetool.csl.scope import Scope


class NameOptions:
    """Name attributes after inheritance."""

    __slots__ = ("and_affix", "and_alone", "delimiter_affix", "demote", "et_al_first", "et_al_min",
                 "et_al_subsequent_first", "et_al_subsequent_min", "et_al_use_last", "form", "hyphen", "initialize",
                 "initials", "precedes_et_al", "precedes_last", "separator", "sort_order")  # fmt: skip

    def __init__(self, inherited: dict[str, str], name: Node | None, scope: Scope) -> None:
        own = name.attrs if name is not None else {}
        attrs = {**inherited, **own}
        self.form = own.get("form", inherited.get("name-form", "long"))
        delimiter = own.get("delimiter", inherited.get("name-delimiter", ", "))
        self.delimiter_affix = Affix(delimiter)
        self.initials: str | None = attrs.get("initialize-with")
        self.initialize = attrs.get("initialize", "true") != "false"
        self.hyphen = scope.style.attrs.get("initialize-with-hyphen", "true") != "false"
        self.demote = scope.style.attrs.get("demote-non-dropping-particle", "display-and-sort")
        self.sort_order = "all" if scope.sorting else attrs.get("name-as-sort-order", "")
        self.separator = Affix(attrs.get("sort-separator", ", "))
        self.precedes_last = attrs.get("delimiter-precedes-last", "contextual")
        self.precedes_et_al = attrs.get("delimiter-precedes-et-al", "contextual")
        self.et_al_min = _count(attrs.get("et-al-min"), 0)
        self.et_al_first = _count(attrs.get("et-al-use-first"), 1)
        self.et_al_subsequent_min = _count(attrs.get("et-al-subsequent-min"), self.et_al_min)
        self.et_al_subsequent_first = _count(attrs.get("et-al-subsequent-use-first"), self.et_al_first)
        self.et_al_use_last = attrs.get("et-al-use-last") == "true"
        self.and_affix, self.and_alone = _and(None if scope.sorting else attrs.get("and"), scope)

    def precedes(self, rule: str, before: int, *, inverted: bool = True) -> bool:
        """Whether the delimiter stands before the last name or et-al, with `before` names in front of it."""
        if rule == "always":
            return True
        if rule == "never":
            return False
        if rule == "after-inverted-name":
            order = self.sort_order
            return inverted and (order == "all" or (order == "first" and before == 1))
        return before > 1


def _count(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.strip().isdigit() else default


def _and(kind: str | None, scope: Scope) -> tuple[Affix | None, Affix]:
    """The joint with spaces on both sides, and with one behind for use after a delimiter."""
    if kind == "text":
        word = scope.locale.term("and") or "and"
    elif kind == "symbol":
        word = scope.locale.term("and", "symbol") or "&"
        if scope.locale.terms.get(("and", "symbol")) is None:
            word = "&"
    else:
        return None, Affix(" ")
    return Affix(f" {word} "), Affix(f"{word} ")


class NamePrinter:
    """Prints single names under one set of options."""

    __slots__ = ("_family", "_given", "_id", "_wrap", "options", "sorting")
    _next = 0

    def __init__(self, options: NameOptions, name: Node | None, scope: Scope) -> None:
        self.options = options
        self.sorting = scope.sorting
        parts = {k.attrs.get("name"): k.attrs for k in name.kids if k.name == "name-part"} if name else {}
        self._family = _part_wrap(parts.get("family"))
        self._given = _part_wrap(parts.get("given"))
        self._wrap = compile_wrap(name.attrs) if name is not None else None
        # SPEC: affixes of cs:name belong to the whole list in older styles; they are kept with each name
        NamePrinter._next += 1
        self._id = NamePrinter._next

    def print(self, name: PersonName, index: int, level: int) -> Out:
        """The name at a place in its list; `level` of the given name as in `Hints.givens`."""
        order = self.options.sort_order
        inverted = order == "all" or (order == "first" and index == 0)
        key = (self._id, inverted, level)
        found = name.cache.get(key)
        if found is None:
            if len(name.cache) > 40:
                name.cache.clear()
            found = self._print(name, inverted=inverted, level=level)
            if self._wrap is not None:
                found = self._wrap(found)
            name.cache[key] = found
        out: Out = found
        return out

    def _print(self, name: PersonName, *, inverted: bool, level: int) -> Out:
        if name.literal:
            return self._family(rich_text(name.literal)) if self._family else rich_text(name.literal)
        if not name.romanesque:
            return self._eastern(name)
        form = self.options.form
        if form == "short" and level == 0:
            return self._short(name)
        given = self._given_text(name, level)
        if not name.family:
            return self._given(rich_text(given)) if self._given else rich_text(given)
        if inverted:
            return self._inverted(name, given)
        return self._direct(name, given)

    def _given_text(self, name: PersonName, level: int) -> str:
        options = self.options
        if options.initials is None or level == 2 or not name.given:
            return name.given
        return initialize(
            name.given, options.initials, hyphen=options.hyphen, only_normalize=not options.initialize
        )

    def _short(self, name: PersonName) -> Out:
        if not name.family:
            return self._given(rich_text(name.given)) if self._given else rich_text(name.given)
        family = _attach(name.non_dropping, name.family)
        if self.sorting and self.options.demote != "never":
            family = name.family
        return self._family(rich_text(family)) if self._family else rich_text(family)

    def _eastern(self, name: PersonName) -> Out:
        """Names in scripts without spaces: family name first, nothing between."""
        family = self._family(rich_text(name.family)) if self._family else rich_text(name.family)
        if self.options.form == "short" or not name.given:
            return family
        given = self._given(rich_text(name.given)) if self._given else rich_text(name.given)
        return [family, " ", given] if name.static_order and name.family.isascii() else [family, given]

    def _direct(self, name: PersonName, given: str) -> Out:
        if name.static_order:
            parts = [name.family, given]
            wraps = [self._family, self._given]
        else:
            parts = [_attach_after(given, name.dropping), _attach(name.non_dropping, name.family)]
            wraps = [self._given, self._family]
        if name.dropping[-1:] in ("'", "’") and not name.static_order and name.dropping:
            glue = ""
        else:
            glue = " "
        out: list[Out] = []
        for text, wrap in zip(parts, wraps, strict=True):
            if not text:
                continue
            if out and glue:
                out.append(Affix(glue))
            out.append(wrap(rich_text(text)) if wrap else rich_text(text))
        if name.suffix:
            out.append(Affix(", " if name.comma_suffix else " "))
            out.append(rich_text(name.suffix))
        return out[0] if len(out) == 1 else out

    def _inverted(self, name: PersonName, given: str) -> Out:
        demote = self.options.demote
        demoted = demote == "display-and-sort" or (demote == "sort-only" and self.sorting)
        if demoted:
            family = name.family
            behind = " ".join(p for p in (name.dropping, name.non_dropping) if p)
        else:
            family = _attach(name.non_dropping, name.family)
            behind = name.dropping
        given_text = _attach_after(given, behind)
        out: list[Out] = [self._family(rich_text(family)) if self._family else rich_text(family)]
        separator = Affix(" ") if name.static_order else self.options.separator
        if given_text:
            out.append(separator)
            out.append(self._given(rich_text(given_text)) if self._given else rich_text(given_text))
        if name.suffix:
            out.append(self.options.separator)
            out.append(rich_text(name.suffix))
        return out[0] if len(out) == 1 else out


def _attach(particle: str, family: str) -> str:
    """The particle before the family name; elided and hyphenated particles without a space."""
    if not particle:
        return family
    if particle[-1] in "'’-‑":
        return particle + family
    return f"{particle} {family}"


def _attach_after(given: str, particle: str) -> str:
    if not particle:
        return given
    return f"{given} {particle}" if given else particle


def _part_wrap(attrs: dict[str, str] | None) -> Callable[[Out], Out] | None:
    """Formatting, text case and affixes of a `cs:name-part`; None where it says nothing."""
    if not attrs:
        return None
    marks = format_marks(attrs)
    case = attrs.get("text-case", "")
    prefix, suffix = affix(attrs.get("prefix")), affix(attrs.get("suffix"))

    def wrap(out: Out) -> Out:
        if case:
            out = apply_text_case(out, case)
        for mark in marks:
            out = Span([out], mark)
        if prefix is not None or suffix is not None:
            out = [x for x in (prefix, out, suffix) if x is not None]
        return out

    return wrap


_PIECE = re.compile(r"[^\s\-‐‑.]+\.?|[-‐‑]|\s+|\.")


def initialize(given: str, mark: str, *, hyphen: bool, only_normalize: bool) -> str:
    """A given name as initials, each followed by `mark`.

    Lower-case words stay as they are; hyphenated names keep the hyphen if `hyphen`. With `only_normalize` full names
    stay and only what is an initial already takes the mark.
    """
    parts: list[str] = []  # alternating: pieces, with " " and "-" between
    previous_initial = False
    pending = ""
    for piece in _PIECE.findall(given):
        if piece.isspace():
            pending = pending or " "
            continue
        if piece in "-‐‑":
            pending = "-"
            continue
        if piece == ".":
            continue
        previous_initial = _add_piece(
            parts, piece, pending, mark, hyphen=hyphen, only_normalize=only_normalize,
            previous=previous_initial,
        )  # fmt: skip
        pending = ""
    return "".join(parts).strip().replace("  ", " ")


def _add_piece(
    parts: list[str], piece: str, pending: str, mark: str, *, hyphen: bool, only_normalize: bool, previous: bool
) -> bool:
    """Append one piece; returns whether it became an initial."""
    bare = piece.rstrip(".")
    is_initial = len(bare) == 1 and bare.isupper()
    lower = bare[:1].islower()
    if lower or (only_normalize and not is_initial):
        if parts:
            parts.append("-" if pending == "-" else " ")
        parts.append(piece if only_normalize or lower else bare)
        return False
    if pending == "-" and previous:
        _trim_end(parts)
        if hyphen:
            parts.append("-")
    elif pending == "-":
        parts.append("-")
    elif not previous and parts:
        parts.append(" ")
    letters = bare if is_initial else _initial_letters(bare)
    parts.append(letters + mark)
    return True


def _initial_letters(word: str) -> str:
    """The capital that a name begins with; digraphs written as one capital with small letters stay one letter."""
    return word[0].upper() if not word[0].isupper() else word[0]


def _trim_end(parts: list[str]) -> None:
    if parts:
        parts[-1] = parts[-1].rstrip()
