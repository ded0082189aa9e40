"""Disambiguation: cites that read alike are told apart (CSL 1.0.2, "Disambiguation").

Items whose cites read the same form a set. For each set, one thing after the other is tried, and only what makes the
set smaller is kept: more of a given name, another name of the list (`disambiguate-add-givenname`, `-add-names`), then
the style's `disambiguate="true"` branch, and at last a year suffix, which always helps. A step is tried on the
whole set; items that it sets apart leave the set, the others go on from what has helped so far.

    Doe 2000; Doe 2000            -> A. Doe 2000; B. Doe 2000        given names
    Doe et al. 2000; Doe et al.   -> Doe, Roe, et al.; Doe, Poe ...  names
    Doe 2000; Doe 2000            -> Doe 2000a; Doe 2000b            year suffix

Rules other than `by-cite` look at all names of the document first: a name is given as much of its given name as sets
it apart from other names, whether or not cites collide.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from citetool.csl.compile.elements.name import initialize
from citetool.csl.compile.elements.names import NAMES, NamesPlan
from citetool.csl.compile.state import NO_HINTS, Hints
from citetool.output.tree import Mark, flatten
from citetool.struct import NamedTuple

from .ambiguity import Memo, Rendering

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from citetool.csl.items.item import Item
    from citetool.csl.items.names import PersonName
    from citetool.output.tree import Out

    from .ambiguity import Levels, Methods

MAX_STEPS = 400


def disambiguate(
    items: list[Item],
    methods: Methods,
    render: Callable[[Item, Hints], Rendering],
    key_trees: Callable[[Item], Iterable[Out]],
    notes: Mapping[str, int],
    memo: Memo | None = None,
) -> dict[str, Hints]:
    """Hints by id for the items that need some; the items come in the order that year suffixes follow.

    `key_trees` gives what the sort keys of the bibliography print of an item; `notes` has the note by id that later
    cites name, which tells them apart.
    """
    if not methods.can_help(len(items)):
        return {}
    memo = memo if memo is not None else Memo()
    hints: dict[str, Hints] = defaultdict(Hints)
    if not methods.by_cite:
        _name_levels(items, render, key_trees, hints, methods.rule, memo)
    levels = {item.id: _levels(hints[item.id]) if item.id in hints else () for item in items}
    base: dict[str, Rendering] = {}
    sets: dict[tuple[str, int], list[Item]] = {}
    for item in items:
        key = (item.id, levels[item.id])
        found = memo.renderings.get(key)
        if found is None:
            text, name_sets, _, conditions = render(item, hints.get(item.id, NO_HINTS))
            found = Rendering(text, name_sets, None, conditions)
            memo.renderings[key] = found
        base[item.id] = found
        sets.setdefault((found.text, notes.get(item.id, 0)), []).append(item)
    for members in sets.values():
        if len(members) > 1:
            key_of_set = tuple((item.id, levels[item.id]) for item in members)
            resolved = memo.resolved.get(key_of_set)
            if resolved is None:
                _Set(methods, render, hints, base).resolve(members)
                memo.resolved[key_of_set] = [hints[item.id].copy() for item in members]
            else:
                hints.update((item.id, hint) for item, hint in zip(members, resolved, strict=True))
    return dict(hints)


def _levels(hints: Hints) -> Levels:
    return tuple(map(tuple, hints.givens))


class _Step(NamedTuple):
    """Hints to try, and the place of the given name that the step has raised, if it was one."""

    hints: Hints
    given: tuple[int, int] | None


class _Set:
    """One set of items whose cites read alike."""

    def __init__(
        self,
        methods: Methods,
        render: Callable[[Item, Hints], Rendering],
        hints: dict[str, Hints],
        base: dict[str, Rendering],
    ) -> None:
        self.methods = methods
        self.render = render
        self.hints = hints
        self.base = base

    def resolve(self, members: list[Item]) -> None:
        left = [members]
        if self.methods.add_names or self.methods.add_given:
            left = self._by_names(members)
        if self.methods.condition and not self.methods.year_suffix:
            left = [rest for group in left for rest in self._by_condition(group)]
        if self.methods.year_suffix:
            for group in left:
                if len(group) > 1:
                    for number, item in enumerate(group):
                        self.hints[item.id].year_suffix = number

    def _start(self, item: Item) -> Hints:
        """Hints that name what the cite shows by itself."""
        start = self.hints[item.id].copy()
        sets = self.base[item.id].name_sets
        start.names = [shown for shown, _ in sets]
        givens = start.givens
        start.givens = [(givens[i] if i < len(givens) else [0] * total)[:total] for i, (_, total) in enumerate(sets)]
        return start

    def _by_names(self, members: list[Item]) -> list[list[Item]]:
        """Return the sets that names cannot take apart any further; items told apart get their hints."""
        unresolved: list[list[Item]] = []
        queue: list[tuple[Hints, list[Item]]] = [(self._start(members[0]), members)]
        while queue:
            best, group = queue.pop(0)
            if len(group) == 1 or _same_names(group):
                self._assign(group, best)
                if len(group) > 1:
                    unresolved.append(group)
                continue
            if not self._split(best, group, queue):
                unresolved.append(group)
        return unresolved

    def _split(self, best: Hints, group: list[Item], queue: list[tuple[Hints, list[Item]]]) -> bool:
        """Go on until a step tells some cites apart; sets that still read alike join the queue. False if none does.

        A step renders each cite once, so that the time grows with the cites and not with their pairs.
        """
        sets = max((self.base[i.id].name_sets for i in group), key=_size)
        _make_room(best, sets)
        for step in self._steps(best, sets):
            by_text: dict[str, list[Item]] = {}
            for item in group:
                by_text.setdefault(self.render(item, step.hints).text, []).append(item)
            if len(by_text) == 1:
                continue
            _capture(best, step)
            for alike in by_text.values():
                if len(alike) == 1:
                    self._assign(alike, best)
                else:
                    queue.append((best.copy(), alike))
            return True
        self._assign(group, best)
        return False

    def _steps(self, best: Hints, sets: list[tuple[int, int]]) -> Iterator[_Step]:
        """Hints with one thing more each time: the next level of a given name, then the next name."""
        trial = best.copy()
        yield _Step(trial, None)
        by_cite = self.methods.add_given and self.methods.rule == "by-cite"
        count = 0
        for number, (_, total) in enumerate(sets):
            place = 0
            while place < total and count < MAX_STEPS:
                if place >= trial.names[number]:
                    if not self.methods.add_names:
                        break
                    trial.names[number] = place + 1
                    count += 1
                    yield _Step(trial, None)
                while by_cite and trial.givens[number][place] < 2:
                    trial.givens[number][place] += 1
                    count += 1
                    yield _Step(trial, (number, place))
                place += 1

    def _assign(self, group: list[Item], best: Hints) -> None:
        for item in group:
            self.hints[item.id] = best.copy()

    def _by_condition(self, group: list[Item]) -> list[list[Item]]:
        """Let one more condition hold at a time while that tells cites apart; sets that read alike come back."""
        if len(group) < 2:
            return []
        level = self.hints[group[0].id].condition + 1
        texts: dict[str, list[Item]] = {}
        most = 0
        for item in group:
            trial = self.hints[item.id].copy()
            trial.condition = level
            rendering = self.render(item, trial)
            most = max(most, rendering.conditions)
            texts.setdefault(rendering.text, []).append(item)
        if most < level or (len(texts) == 1 and self.methods.year_suffix):
            return [group]
        for item in group:
            self.hints[item.id].condition = level
        return [rest for same in texts.values() for rest in self._by_condition(same)]


def _same_names(group: list[Item]) -> bool:
    """Return whether the items name the same people in all roles, so that more of a name cannot tell them apart."""

    def people(item: Item) -> dict[str, list[tuple[object, ...]]]:
        return {role: [(n.key, n.static_order, n.comma_suffix) for n in names] for role, names in item.names.items()}

    first = people(group[0])
    return all(people(item) == first for item in group[1:])


def _make_room(hints: Hints, sets: list[tuple[int, int]]) -> None:
    """Let the hints of a shorter cite hold what the longest cite of its group has."""
    for number, (shown, total) in enumerate(sets):
        if number == len(hints.names):
            hints.names.append(shown)
            hints.givens.append([])
        hints.givens[number] += [0] * (total - len(hints.givens[number]))


def _size(sets: list[tuple[int, int]]) -> int:
    return sum(total for _, total in sets)


def _capture(best: Hints, step: _Step) -> None:
    """Keep what the step has changed, and the names that it needs to be shown."""
    best.names = list(step.hints.names)
    if step.given is not None:
        number, place = step.given
        best.givens[number][place] = step.hints.givens[number][place]


def _name_levels(
    items: list[Item],
    render: Callable[[Item, Hints], Rendering],
    key_trees: Callable[[Item], Iterable[Out]],
    hints: dict[str, Hints],
    rule: str,
    memo: Memo,
) -> None:
    """Set the level of each given name so that different people do not print the same."""
    primary_only = rule.startswith("primary-name")
    known: dict[tuple[str, str], set[PersonName]] = {}
    lists, keys = memo.names, memo.key_names
    for item in items:
        if item.id not in lists:
            lists[item.id] = list(_name_lists(render(item, NO_HINTS).tree))
            # DEVIATION: as in the reference, people that the bibliography is sorted by count among those of the cites
            trees = () if rule.endswith("with-initials") else key_trees(item)
            keys[item.id] = [names for tree in trees for names, _ in _name_lists(tree)]
        shown = [*(names for names, _ in lists[item.id]), *keys[item.id]]
        for names in shown:
            for name in names[:1] if primary_only else names:
                known.setdefault(_surname(name), set()).add(name)
    by_surname = {key: _Namesakes(group) for key, group in known.items()}
    for item in items:
        levels = []
        for names, plan in lists[item.id]:
            levels.append(
                [
                    0 if primary_only and place else _level(name, by_surname[_surname(name)], plan, rule)
                    for place, name in enumerate(names)
                ]
            )
        hints[item.id].givens = levels


def _name_lists(tree: Out | None) -> Iterator[tuple[list[PersonName], NamesPlan]]:
    if tree is None:
        return
    for event in flatten(tree):
        if isinstance(event, Mark) and event.value == NAMES and isinstance(event.data, tuple):
            yield event.data[0], event.data[2]


def _surname(name: PersonName) -> tuple[str, str]:
    return (name.non_dropping, name.family or name.literal)


def _given(name: PersonName) -> str:
    """Return the given name without what people write now and then: `J. J.` and `J.J.` are one."""
    return f"{name.given} {name.dropping}".replace(".", "").replace(" ", "")


class _Namesakes:
    """All people of one surname: their given names, and which of these have the same initials."""

    def __init__(self, names: Iterable[PersonName]) -> None:
        self.givens: dict[str, str] = {_given(name): name.given for name in names}
        self._by_initials: dict[tuple[str, bool], dict[str, set[str]]] = {}

    def by_initials(self, mark: str, *, hyphen: bool) -> dict[str, set[str]]:
        """Return the given names by the initials that they are shortened to."""
        found = self._by_initials.get((mark, hyphen))
        if found is None:
            found = self._by_initials[mark, hyphen] = {}
            for key, given in self.givens.items():
                found.setdefault(initialize(given, mark, hyphen=hyphen, only_normalize=False), set()).add(key)
        return found


def _level(name: PersonName, namesakes: _Namesakes, plan: NamesPlan, rule: str) -> int:
    options = plan.options
    if len(namesakes.givens) < 2 or name.literal:
        return 0
    if options.form != "short" and options.initials is None:
        return 0
    # cites that have no initials show the given name in full; it matters to entries that have some
    mark = options.initials or ""
    by_initials = namesakes.by_initials(mark, hyphen=options.hyphen)
    if rule.endswith("with-initials"):
        return 1 if len(by_initials) > 1 else 0
    initials = initialize(name.given, mark, hyphen=options.hyphen, only_normalize=False)
    return 2 if len(by_initials.get(initials, ())) > 1 else 1
