"""One name: order, particles, initials and name-part formatting (CSL 1.0.2, "Name", "Name-part").

`NameOptions` is everything that `cs:name` and its ancestors say, decided once; `NamePrinter` prints a name with them
and remembers what it printed on the name itself.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import category

from citetool.csl.compile.formatting import affix, format_marks, rich_text
from citetool.csl.items.names import begins_romanesque
from citetool.lazy_re import lazy
from citetool.output.textcase import apply_text_case
from citetool.output.tree import Affix, Out, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.csl.compile.context import CompileContext
    from citetool.csl.items.item import Item
    from citetool.csl.items.names import PersonName
    from citetool.csl.style.nodes import Node


class NameOptions:
    """Name attributes after inheritance."""

    __slots__ = ("and_affix", "and_alone", "bodies_last", "delimiter_affix", "demote", "et_al_first", "et_al_min",
                 "et_al_subsequent_first", "et_al_subsequent_min", "et_al_use_last", "form", "hyphen", "initialize",
                 "initials", "precedes_et_al", "precedes_last", "separator", "sort_order")  # fmt: skip

    def __init__(self, inherited: dict[str, str], name: Node | None, context: CompileContext) -> None:
        own = name.attrs if name is not None else {}
        attrs = {**inherited, **own}
        if context.sorting:  # SPEC ("Sorting"): names-min and the like override what names say themselves
            attrs.update((k, v) for k, v in inherited.items() if k.startswith("et-al-"))
        self.form = own.get("form", inherited.get("name-form", "long"))
        delimiter = own.get("delimiter", inherited.get("name-delimiter", ", "))
        self.delimiter_affix = Affix(delimiter)
        self.initials: str | None = attrs.get("initialize-with")
        # DEVIATION: as in the reference, what is around a name may ask for full names, and the name cannot take it back
        self.initialize = "false" not in (attrs.get("initialize"), inherited.get("initialize"))
        self.hyphen = context.style.attrs.get("initialize-with-hyphen", "true") != "false"
        self.demote = context.style.attrs.get("demote-non-dropping-particle", "display-and-sort")
        self.sort_order = "all" if context.sorting else attrs.get("name-as-sort-order", "")
        self.separator = Affix(attrs.get("sort-separator", ", "))
        self.precedes_last = attrs.get("delimiter-precedes-last", "contextual")
        # DEVIATION: as in the reference, cs:name says nothing of a body at the end, and what is around it does
        bodies = inherited.get("delimiter-precedes-last", "contextual")
        self.bodies_last = "contextual" if bodies == "after-inverted-name" else bodies
        self.precedes_et_al = attrs.get("delimiter-precedes-et-al", "contextual")
        self.et_al_min = _count(attrs.get("et-al-min"), 0)
        self.et_al_first = _count(attrs.get("et-al-use-first"), 1)
        self.et_al_subsequent_min = _count(attrs.get("et-al-subsequent-min"), self.et_al_min)
        self.et_al_subsequent_first = _count(attrs.get("et-al-subsequent-use-first"), self.et_al_first)
        if not self.et_al_first and _adds_names(context):
            # DEVIATION: as in the reference, where cites get more names to be told apart a first cite that would show
            # none has those of later cites
            self.et_al_min, self.et_al_first = self.et_al_subsequent_min, self.et_al_subsequent_first
        self.et_al_use_last = attrs.get("et-al-use-last") == "true"
        self.and_affix, self.and_alone = _and(None if context.sorting else attrs.get("and"), context)

    def precedes(self, rule: str, before: int) -> bool:
        """Return whether the delimiter stands before the last name or et-al, with `before` names in front of it."""
        if rule == "always":
            return True
        if rule == "never":
            return False
        if rule == "after-inverted-name":
            order = self.sort_order
            return order == "all" or (order == "first" and before == 1)
        return before > 1

    def rule_for_last(self, names: list[PersonName]) -> str:
        """Return the rule for the delimiter before the last of these names.

        DEVIATION: as in the reference, a body at the end has a rule of its own, and nothing that could be inverted
        stands before the last name where a body does.
        """
        rule, before, last = self.precedes_last, names[-2], names[-1]
        if last.literal and (rule != "after-inverted-name" or before.literal or len(names) > 2):
            return self.bodies_last
        if rule == "after-inverted-name" and before.literal and not last.literal:
            return "always" if len(names) == 2 else "never"
        return rule


def _adds_names(context: CompileContext) -> bool:
    citation = context.style.citation
    return citation is not None and citation.attrs.get("disambiguate-add-names") == "true"


def _count(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.strip().isdigit() else default


def _and(kind: str | None, context: CompileContext) -> tuple[Affix | None, Affix]:
    """Return the joint with spaces on both sides, and with one behind for use after a delimiter."""
    if kind == "text":
        word = context.locale.term("and") or "and"
    elif kind == "symbol":
        word = context.locale.and_sign
    else:
        return None, Affix(" ")
    if word[:1] != "&" and not begins_romanesque(word):
        joint = Affix(word)
        return joint, joint  # Hebrew, Chinese or Japanese, or a word with spaces of its own
    return Affix(f" {word} "), Affix(f"{word} ")


class NamePrinter:
    """Prints single names under one set of options."""

    __slots__ = ("_family", "_given", "_id", "_whole", "options", "sorting", "turkish")
    _next = 0

    def __init__(self, options: NameOptions, name: Node | None, context: CompileContext, language: str = "") -> None:
        self.options = options
        self.sorting = context.sorting
        # DEVIATION: as in the reference, names in a substitute keep the parts of those that they stand for, also where
        # they have a cs:name of their own
        nodes = [*context.name_parts, *(name.kids if name else ())]
        parts = {k.attrs.get("name"): k.attrs for k in nodes if k.name == "name-part"}
        if context.sorting:  # what only dresses a name does not count
            name, parts = None, {}
        self._family = NamePart(parts.get("family"), language)
        self._given = NamePart(parts.get("given"), language)
        self._whole = NamePart(name.attrs if name is not None else None, language)
        NamePrinter._next += 1
        self._id = NamePrinter._next
        # the printer for Turkish, where letters differ
        self.turkish: NamePrinter | None = None
        if not language and any(part.get("text-case") == "uppercase" for part in parts.values()):
            self.turkish = NamePrinter(options, name, context, "tr")

    def print(self, name: PersonName, index: int, level: int) -> Out:
        """Return the name at a place in its list; `level` of the given name as in `Hints.givens`."""
        order = self.options.sort_order
        inverted = order == "all" or (order == "first" and index == 0)
        key = (self._id, inverted, level)
        found = name.cache.get(key)
        if found is None:
            if len(name.cache) > 40:
                name.cache.clear()
            found = self._whole.dress(self._print(name, inverted=inverted, level=level))
            # as in the reference, affixes of cs:name are for persons, its formatting is for all
            if not name.literal:
                found = self._whole.around([found])
            name.cache[key] = found
        out: Out = found
        return out

    def dress(self, names: Out) -> Out:
        """Return a shortened list in the formatting of `cs:name`, which its names have each for themselves as well."""
        return self._whole.dress(names)

    def _print(self, name: PersonName, *, inverted: bool, level: int) -> Out:
        family, given = self._family, self._given
        if name.literal:
            # DEVIATION: as in the reference, affixes of the family name are for persons
            return family.format(name.literal)
        if not name.family:
            return given.around([given.format(name.given)])
        if not name.romanesque and not begins_romanesque(name.given):
            return self._eastern(name)
        if self.options.form == "short" and level == 0:
            return self._short(name, inverted=inverted)
        if name.static_order or not name.romanesque:
            return self._static(name, self._given_text(name, level))
        if inverted:
            return self._inverted(name, self._given_text(name, level))
        return self._direct(name, self._given_text(name, level))

    def _given_text(self, name: PersonName, level: int) -> str:
        options = self.options
        if options.initials is None or level == 2 or not name.given:
            return name.given
        return initialize(name.given, options.initials, hyphen=options.hyphen, only_normalize=not options.initialize)

    def _demotes(self) -> bool:
        demote = self.options.demote
        return demote == "display-and-sort" or (demote == "sort-only" and self.sorting)

    def _short(self, name: PersonName, *, inverted: bool) -> Out:
        family = self._family
        if not name.non_dropping:
            return family.around([family.format(name.family)])
        if inverted and self._demotes() and not name.static_order:
            gap = self.options.separator
            return family.around([family.format(name.family), gap, family.format(name.non_dropping)])
        return family.around(self._with_particle(name))

    def _with_particle(self, name: PersonName) -> list[Out]:
        """Non-dropping particle and family name, each formatted; elided particles without a space."""
        family = self._family
        if not name.non_dropping:
            return [family.format(name.family)]
        gap = "" if name.non_dropping[-1] in _ELISION or name.non_dropping[-1] == " " else " "
        if family.plain:
            return [rich_text(f"{name.non_dropping}{gap}{name.family}")]
        return [family.format(name.non_dropping), gap, family.format(name.family)]

    def _eastern(self, name: PersonName) -> Out:
        """Print a name in a script without spaces: family name first, nothing between."""
        family = self._family.format(name.family)
        if self.options.form == "short" or not name.given:
            return family
        return [family, self._given.format(name.given)]

    def _static(self, name: PersonName, given: str) -> Out:
        """Print a name whose family name comes first wherever it stands.

        DEVIATION: as in the reference, affixes of its parts are for names in the order of the style.
        """
        out: list[Out] = self._with_particle(name)
        if given:
            out += [_SPACE, self._given.format(given)]
        if name.suffix:
            out += [_SPACE, rich_text(self._suffix(name))]
        return out[0] if len(out) == 1 else out

    def _direct(self, name: PersonName, given: str) -> Out:
        """SPEC ("Name-part"): affixes of the family part surround particles and suffix as well."""
        family: list[Out] = []
        if name.dropping:
            family.append(self._given.format(name.dropping))
            if name.dropping[-1] not in _ELISION:
                family.append(" ")
        family += self._with_particle(name)
        if name.suffix:
            family += [", " if name.comma_suffix else " ", rich_text(self._suffix(name))]
        whole = self._family.around(family)
        return [self._given.around([self._given.format(given)]), _SPACE, whole] if given else whole

    def _suffix(self, name: PersonName) -> str:
        """Return the suffix; initials without full stops take them from the suffix too: `King ML Jr`."""
        initials = self.options.initials
        return name.suffix.replace(".", "") if initials is not None and "." not in initials else name.suffix

    def _inverted(self, name: PersonName, given: str) -> Out:
        demoted = self._demotes() and bool(name.non_dropping)
        behind: list[Out] = [self._given.format(given)] if given else []
        if name.dropping:
            behind += [" ", self._given.format(name.dropping)] if behind else [self._given.format(name.dropping)]
        if demoted:
            family: Out = self._family.around([self._family.format(name.family)])
            behind += [" "] if behind else []
            behind.append(self._family.format(name.non_dropping))
        else:
            family = self._family.around(self._with_particle(name))
        out: list[Out] = [family]
        if behind:
            out += [self.options.separator, self._given.around(behind)]
        if name.suffix:
            out += [self.options.separator, rich_text(self._suffix(name))]
        return out[0] if len(out) == 1 else out


_ELISION = "'’-‑"
_SPACE = Affix(" ")


class NamePart:
    """Formatting, text case and affixes of a `cs:name-part`."""

    __slots__ = ("_case", "_marks", "_prefix", "_suffix", "plain")

    def __init__(self, attrs: dict[str, str] | None, language: str) -> None:
        given = attrs or {}
        self._marks = format_marks(given)
        self._case = given.get("text-case", "")
        if self._case == "uppercase" and language in ("tr", "az"):
            self._case = "uppercase-tr"
        self._prefix, self._suffix = affix(given.get("prefix")), affix(given.get("suffix"))
        self.plain = not self._marks and not self._case

    def format(self, text: str) -> Out:
        """Format a piece of the name by itself."""
        return self.dress(rich_text(text))

    def dress(self, out: Out) -> Out:
        """Return a piece of the tree in the formatting and case of the part."""
        if self.plain:
            return out
        if self._case:
            out = apply_text_case(out, self._case)
        for mark in self._marks:
            out = Span([out], mark)
        return out

    def around(self, pieces: list[Out]) -> Out:
        """Return the pieces between the affixes of the part."""
        if self._prefix is None and self._suffix is None:
            return pieces[0] if len(pieces) == 1 else pieces
        return [x for x in (self._prefix, *pieces, self._suffix) if x is not None]


_TAG = lazy(r"(</?(?:i|b|sc|sup|sub)>)")
_PIECE = lazy(r"[^\s\-‐‑.]+\.?|[-‐‑]|\s+|\.")


def initialize(given: str, mark: str, *, hyphen: bool, only_normalize: bool) -> str:
    """Return a given name as initials, each followed by `mark`.

    Words that begin with a small letter or with none stay as they are. Hyphenated names keep the hyphen if `hyphen`,
    others are read as names of their own. With `only_normalize` full names stay and only what is an initial already
    takes the mark.
    """
    if not hyphen and "-" in given:
        given = given.replace("-", " ")
    if "<" in given:
        return _initialize_marked(given, mark, hyphen=hyphen, only_normalize=only_normalize)
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
            parts, piece, pending, mark, only_normalize=only_normalize, previous=previous_initial
        )
        pending = ""
    return "".join(parts).strip().replace("  ", " ")


def _initialize_marked(given: str, mark: str, *, hyphen: bool, only_normalize: bool) -> str:
    """Shorten a given name with markup in it to initials: tags stay where they are, the text between is shortened."""
    parts = []
    for piece in _TAG.split(given):
        if piece.startswith("<") or not piece.strip():
            parts.append(piece)
            continue
        front = piece[: len(piece) - len(piece.lstrip(" -"))]
        text = initialize(piece.lstrip(" -").replace("<", ""), mark, hyphen=hyphen, only_normalize=only_normalize)
        parts.append(front + text)
    return "".join(parts)


def _add_piece(parts: list[str], piece: str, pending: str, mark: str, *, only_normalize: bool, previous: bool) -> bool:
    """Append one piece; returns whether it became an initial."""
    bare = piece.rstrip(".")
    is_initial = (len(bare) == 1 or piece.endswith(".")) and bare[:1].isupper()
    whole = category(bare[0]) not in ("Lu", "Lt", "Lo") if bare else True
    if pending == "-" and bare[:1].islower() and previous:
        return True  # the second half of a given name like Guo-ping has no initial
    if whole or (only_normalize and not is_initial):
        if parts:
            parts.append("-" if pending == "-" else " ")
        parts.append(piece if only_normalize or whole else bare)
        return False
    if pending == "-" and previous:
        if not only_normalize:
            parts[-1] = parts[-1].rstrip()
            parts.append("-")
    elif pending == "-":
        parts.append("-")
    elif not previous and parts:
        parts.append(" ")
    parts.append((bare if is_initial else bare[0]) + mark)
    return True


def levels_of_namesakes(options: NameOptions, names: list[PersonName], item: Item) -> Sequence[int]:
    """Return the level of each given name: in full where somebody else of the item has the same surname and initials.

    DEVIATION: as in the reference, in bibliographies of styles that add given names cite by cite.
    """
    people = {(name.family, name.given) for group in item.names.values() for name in group if name.given}
    if len({family for family, _ in people}) == len(people):
        return ()

    def short(family: str, given: str) -> tuple[str, str]:
        return family, initialize(given, options.initials or "", hyphen=options.hyphen, only_normalize=False)

    alike = Counter(short(*person) for person in people)
    return [2 if name.given and alike[short(name.family, name.given)] > 1 else 0 for name in names]
