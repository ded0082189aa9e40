"""The processor: a style, items and a document, rendered.

The steps of `cite`, each in its module: read the clusters; order and number the items and find what tells like cites
apart (`registry`); sort the cites of each cluster; place them (`position`); render and join them (`collapse`); finish
the trees (punctuation, quotes) and write them. Rendered trees are kept, so that another format costs only the writing,
and a changed document renders again only clusters whose cites, positions, numbers or hints have changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.collector import collection_paused
from citetool.csl.compile.layout import authors_alone, fields_wrap, layout_wrap
from citetool.csl.compile.program import CompiledStyle
from citetool.csl.compile.state import NO_CITE, State, flat_abbreviations
from citetool.csl.items.cluster import FIRST, Cite, Cluster, read_cluster, with_mode
from citetool.csl.items.item import Item, read_items
from citetool.csl.style.locale import style_locale
from citetool.csl.style.nodes import Style, StyleError
from citetool.output.punctuation import merge_punctuation
from citetool.output.quotes import resolve_spans
from citetool.output.tree import Affix, flatten_printed, has_text, plain
from citetool.output.writers import get_writer
from citetool.output.writers.base import write_events
from citetool.problems import Problem, Where
from citetool.struct import replace

from .bibliography import AuthorSubstitute, Bibliography, Parameters, in_section, read_parameters, text_of_names
from .collapse import CiteOut, CollapseOptions, join_cites
from .position import move_notes, near_note_distance, neighbours, place_cites
from .registry import Registry
from .sort import Sorter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from citetool.output.tree import Event, Out


NO_PRINTED_FORM = "[NO_PRINTED_FORM]"
NOTHING_PRINTED = "[CSL STYLE ERROR: reference with no printed form.]"


class Processor:
    """Renders citations and bibliographies of CSL-JSON items in one style and locale.

    `style` is a path, XML text or bytes, or a `Style`; `items` are CSL-JSON dicts; `locale` a BCP 47 tag. With
    `links`, URLs and DOIs become links in formats that have them. `abbreviations` is
    `{"default": {variable: {full: short}}}` for `form="short"`. With `trace`, events tell which element of the style
    printed what (`compile.trace`). Raises `StyleError` for a style that cannot be used;
    everything else that is wrong is in `problems`.
    """

    def __init__(
        self,
        style: str | bytes | Path | Style,
        items: Iterable[Mapping[str, Any]],
        locale: str | None = None,
        *,
        links: bool = False,
        abbreviations: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None,
        trace: bool = False,
    ) -> None:
        self.style = style if isinstance(style, Style) else _parsed(style)
        if self.style.citation is None:
            what = f"it depends on {self.style.parent!r}" if self.style.parent else "it has no cs:citation"
            raise StyleError(Problem(f"this style cannot render by itself: {what}", Where(self.style.source)))
        self.problems: list[Problem] = []
        self.locale = style_locale(self.style, locale or self.style.default_locale or "en-US")
        self.compiled = CompiledStyle(self.style, self.locale, links=links, trace=trace)
        self.items: dict[str, Item] = {}
        self._abbreviations = flat_abbreviations(abbreviations)
        self.clusters: list[Cluster] = []
        self._registry = Registry(self.compiled, self.items)
        self._trees: list[list[Event]] = []
        self._cache: dict[Any, list[Event]] = {}
        self._citation_wrap = layout_wrap(self.compiled.layout("citation"))
        layout = self.compiled.layout("bibliography")
        align = "second-field-align" in self.compiled.area_attrs("bibliography")
        self._bibliography_wrap = (
            fields_wrap(layout, align=align) if self.compiled.has_fields() else layout_wrap(layout)
        )
        self._citation_sorter = Sorter(self.compiled, "citation")
        self._near = near_note_distance(self.compiled.area_attrs("citation"))
        self._in_quote = self.locale.options.get("punctuation-in-quote") == "true"
        self.add_items(items)

    # -- items ---------------------------------------------------------------------------------------------------

    def add_items(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Add items, or replace those of the same id; a document that cites them changes with them."""
        english = self.locale.lang.lower().startswith("en")
        for item in read_items(items, self.problems).values():
            language = item.language.strip().lower()
            item.is_english = language.startswith("en") if language else english
            item.index = len(self.items)
            item.shape = self.compiled.shared_shape(item.shape)
            self.items[item.id] = item
        self._registry.forget()
        self._cache.clear()
        if self.clusters:
            self._update()

    # -- the document --------------------------------------------------------------------------------------------

    @collection_paused()
    def cite(self, clusters: Iterable[Mapping[str, Any] | Sequence[Any]], format: str = "text") -> list[str]:
        """Make these clusters the document and give the text of each, in order."""
        self.set_clusters(clusters)
        return self.citations(format)

    def set_clusters(self, clusters: Iterable[Mapping[str, Any] | Sequence[Any]]) -> None:
        """Make these clusters the document."""
        self.clusters = [self._read(data, n) for n, data in enumerate(clusters)]
        self._update()

    def append_cluster(self, cluster: Mapping[str, Any] | Sequence[Any], format: str = "text") -> str:
        """Add a cluster at the end of the document and give its text."""
        self._splice(len(self.clusters), 0, [cluster])
        return write_events(self._trees[-1], get_writer(format))

    def insert_cluster(self, number: int, cluster: Mapping[str, Any] | Sequence[Any]) -> None:
        """Put a cluster before the one at `number`; where it is a note of its own, later ones move up by one."""
        self._splice(min(range(len(self.clusters) + 1)[number], len(self.clusters)), 0, [cluster])

    def remove_cluster(self, number: int) -> None:
        """Take out the cluster at `number`; where it had a note for itself, later notes move down by one."""
        self._splice(range(len(self.clusters))[number], 1, [])

    def replace_cluster(self, number: int, cluster: Mapping[str, Any] | Sequence[Any]) -> None:
        """Put another cluster in place of the one at `number` (from 0); IndexError where there is none."""
        self._splice(range(len(self.clusters))[number], 1, [cluster])

    @collection_paused()
    def _splice(self, at: int, removed: int, added: Sequence[Mapping[str, Any] | Sequence[Any]]) -> None:
        """Exchange clusters, and do again no more of the document than changes by it."""
        old = self.clusters[at : at + removed]
        new = [self._read(data, at + n) for n, data in enumerate(added)]
        known = bool(self._registry.numbers)
        moved = move_notes(self.clusters, at, old, new)
        self.clusters[at : at + removed] = new
        self._trees[at : at + removed] = [[] for _ in new]
        if not known:
            self._update()
            return
        again = self._sort_changed(new)
        touched = None if again is None else neighbours(self.clusters, at, [*old, *new], self._near)
        placed = place_cites(self.clusters, self._near, touched)
        if again is None or (moved and "first-reference-note-number" in self.compiled.analysis.variables):
            self._trees = [self._render_cached(cluster) for cluster in self.clusters]
            return
        again.update(map(id, placed))
        for number, cluster in enumerate(self.clusters):
            if id(cluster) in again:
                self._trees[number] = self._render_cached(cluster)

    def _sort_changed(self, new: Sequence[Cluster]) -> set[int] | None:
        """Order and number the items, and sort the cites of clusters that are new or cite items that changed by it.

        Returns the identities of these clusters; None where the order of cites has changed in others than the new ones.
        """
        changed = self._registry.change(self.clusters)
        for cluster in new:
            self._sort_cluster(cluster)
        again = {id(cluster) for cluster in new}
        if not changed:
            return again
        moved = False
        for cluster in self.clusters:
            if id(cluster) not in again and not changed.isdisjoint(cluster.ids):
                before = cluster.cites
                self._sort_cluster(cluster)
                moved = moved or cluster.cites != before
                again.add(id(cluster))
        return None if moved else again

    def preview(self, cluster: Mapping[str, Any] | Sequence[Any], format: str = "text") -> str:
        """Return the text of a cluster beside the document, which stays as it is.

        Positions are those that the cites name, and cites of one author stay where the order has put them.
        """
        return write_events(self.preview_events(cluster), get_writer(format))

    def preview_events(self, cluster: Mapping[str, Any] | Sequence[Any]) -> list[Event]:
        """Return what `preview` writes, as resolved events."""
        read = self._read(cluster, len(self.clusters))
        self._sort_cluster(read)
        return self._finish(self._render_cluster(read, regroup=False))

    def citations(self, format: str = "text") -> list[str]:
        """Return the text of each cluster of the document, in order."""
        writer = get_writer(format)
        return [write_events(tree, writer) for tree in self._trees]

    def citation_events(self) -> list[list[Event]]:
        """Return what `citations` writes, as resolved events; they must not be changed."""
        return list(self._trees)

    def set_uncited(self, ids: Iterable[str]) -> None:
        """Set the items that stand in the bibliography whether cited or not; by default these are all items."""
        self._registry.uncited = [str(i) for i in ids]
        self._update()

    def _read(self, data: Mapping[str, Any] | Sequence[Any], number: int) -> Cluster:
        cluster = read_cluster(data, number, self.problems)
        for cite in cluster.cites:
            if cite.id not in self.items:
                where = Where(field=f"clusters[{number}]")
                self.problems.append(Problem(f"no item {cite.id!r}", where, severity="error"))
        return cluster

    # -- order ---------------------------------------------------------------------------------------------------

    def _update(self) -> None:
        """Order, number and tell apart the items, sort and place the cites, and render what has changed."""
        self._registry.update(self.clusters)
        for cluster in self.clusters:
            self._sort_cluster(cluster)
        place_cites(self.clusters, self._near)
        self._trees = [self._render_cached(cluster) for cluster in self.clusters]

    def entry_order(self) -> list[str]:
        """Return the ids of all items of the document in the order of the bibliography, printed or not."""
        return [item.id for item in self._known_entries()]

    def _known_entries(self) -> list[Item]:
        """Return the items in the order of the bibliography, which is not known before anything was asked for."""
        if not self._registry.numbers:
            self._update()
        return self._registry.entries

    def _sort_cluster(self, cluster: Cluster) -> None:
        if not self._citation_sorter or len(cluster.given) < 2:
            return
        known = [c for c in cluster.given if c.id in self.items]
        cluster.cites = []
        for run in cluster.runs(known):
            entries = [self.items[c.id] for c in run]
            # the order does not depend on where an earlier order has put the cites
            asked = [c if c.forced else replace(c, position=FIRST, near_note=False, first_note=0) for c in run]
            order = self._citation_sorter.sort(entries, self._registry.numbers, self._registry.hints, asked)
            cluster.cites += [run[i] for i in order]

    # -- citations -----------------------------------------------------------------------------------------------

    def _render_cached(self, cluster: Cluster) -> list[Event]:
        registry = self._registry
        key = (
            cluster.mode, cluster.infix,
            tuple((c.id, c.locator, c.label, c.prefix, c.suffix, c.suppress_author, c.author_only, c.position,
                   c.near_note, c.first_note, registry.printed_number(c.id), repr(registry.hints.get(c.id)))
                  for c in cluster.cites),
        )  # fmt: skip
        found = self._cache.get(key)
        if found is None:
            found = self._finish(self._render_cluster(cluster))
            self._cache[key] = found
        # a first cite changes with its note where later ones name that
        first = "first-reference-note-number" in self.compiled.analysis.variables
        cluster.state = (key, *(c.first_note or c.note for c in cluster.cites if first))
        return found

    def _render_cluster(self, cluster: Cluster, *, regroup: bool = True) -> Out:
        whole = cluster.runs(cluster.cites)[0] is cluster.cites
        order = self._citation_sorter.direction if regroup and whole else 0
        options = CollapseOptions.of(self.compiled, order)
        if cluster.mode == "composite" and cluster.cites:
            return self._composite(cluster, options)
        return self._join(with_mode(cluster), options) if cluster.cites else ""

    def _composite(self, cluster: Cluster, options: CollapseOptions) -> Out:
        """Return the author in the text, then the citation without it: `Doe says (2000)`."""
        first, *others = cluster.cites
        alone = replace(first, author_only=True, prefix="", suffix="")
        named = self._render_cite(alone) if first.id in self.items else None
        if named is None or named.out == NO_PRINTED_FORM:
            return self._join(cluster.cites, options)  # there is nobody whom the text could name
        rest = [replace(first, suppress_author=True), *others]
        if self._render_cite(rest[0]) is None:  # a style of authors and pages has no more to say of the work as a whole
            rest[0].suffix = first.suffix.lstrip(", ")
            rest = rest if first.prefix or rest[0].suffix else others
        infix = f" {cluster.infix.strip()}" if cluster.infix.strip() else ""
        return [named.out, Affix(f"{infix} "), self._join(rest, options)] if rest else named.out

    def _join(self, wanted: list[Cite], options: CollapseOptions) -> Out:
        """Return the cites of a cluster in the layout; authors alone stand without it."""
        cites: list[CiteOut] = []
        for cite in wanted:
            if cite.id not in self.items:
                continue
            rendered = self._render_cite(cite, first=not cites)
            if rendered is None and (cite.prefix or cite.suffix or not cites):
                # what the style prints nothing for leaves its affixes, or a message where the citation begins with it
                missed: Out = [] if cite.prefix or cite.suffix else NOTHING_PRINTED
                item = self.items[cite.id]
                rendered = CiteOut(cite, missed, "", self._registry.number(item), self._registry.hints_of(item))
            if rendered is not None:
                cites.append(rendered)
        if not cites:
            return self._citation_wrap([NOTHING_PRINTED])
        if all(c.cite.author_only for c in cites):
            return [c.out for c in cites]
        if options.order and len(cites) > 1:
            sorter = self._citation_sorter
            for one in cites:
                one.key = sorter.value(sorter.keys[0], self.items[one.cite.id], one.number, one.hints, one.cite)
        return self._citation_wrap(join_cites(cites, options, self._render_again))

    def _render_cite(
        self, cite: Cite, *, first: bool = True, same_names: bool = False, old_date: Sequence[str] = ()
    ) -> CiteOut | None:
        item = self.items[cite.id]
        hints = self._registry.hints_of(item)
        state = State(item, cite, hints, self._registry.number(item))
        state.abbreviations = self._abbreviations
        state.language = self.locale.lang[:2].lower()
        state.suppress_names = cite.suppress_author or same_names
        state.repeated_names = same_names
        state.old_date_parts = old_date
        prefix = cite.prefix.rstrip()
        sentence = prefix.rstrip("”’\"'").endswith((".", "!", "?")) and " " in prefix
        state.started = not sentence if prefix else not first
        out = self.compiled.program("citation", item, state.cite)(state)
        if cite.author_only:
            out = authors_alone(out, state.names_shown) if state.names_shown is not None else NO_PRINTED_FORM
        if out is None:
            return None
        return CiteOut(
            cite, out, text_of_names(state.names_shown), self._registry.number(item), hints,
            text_of_names(state.last_names), state.date_parts, state.dropped_date, state.repeats, "", state.labelled,
        )  # fmt: skip

    def _render_again(self, cite: CiteOut, same_names: bool, old_date: Sequence[str]) -> CiteOut | None:
        """Return the cite without its names, and without the parts of a date that the cite before has printed."""
        return self._render_cite(cite.cite, first=False, same_names=same_names, old_date=old_date)

    # -- bibliography --------------------------------------------------------------------------------------------

    @collection_paused()
    def bibliography(
        self, format: str = "text", *, section: Mapping[str, Any] | None = None, sort: bool = True
    ) -> Bibliography:
        """Return the bibliography of the document; of all items, if nothing has been cited or named.

        `section` takes a part of it: lists `include`, `exclude`, `select` or `quash` of `{"field", "value"}`, of
        which any (`include`, `exclude`) or all (`select`, `quash`) must fit an item. Without `sort` entries come in
        the order of citing.
        """
        result = Bibliography(read_parameters(self.compiled.area_attrs("bibliography")))
        if self.style.bibliography is None:
            return result
        writer = get_writer(format)
        result.before, result.after = writer.bibliography
        for key, events in self.entry_events(result.parameters, section=section, sort=sort):
            if events is None:
                result.empty.append(key)
            else:
                text = write_events(events, writer)
                result.entries.append(([key], writer.entry[0] + text + writer.entry[1]))
        return result

    def entry_events(
        self, parameters: Parameters, *, section: Mapping[str, Any] | None = None, sort: bool = True
    ) -> Iterator[tuple[str, list[Event] | None]]:
        """Yield `(item id, resolved events)` of the entries of `bibliography`; None where the style prints nothing."""
        known = self._known_entries()
        substitute = AuthorSubstitute(self.compiled.area_attrs("bibliography"))
        for item in known if sort else self._registry.known(self.clusters):
            if not section or in_section(item, section):
                tree = self._render_entry(item, substitute, parameters)
                yield item.id, None if tree is None else self._finish(tree)

    def _render_entry(self, item: Item, substitute: AuthorSubstitute, parameters: Parameters) -> Out | None:
        state = State(item, NO_CITE, self._registry.hints_of(item), self._registry.number(item))
        state.area = "bibliography"
        state.abbreviations = self._abbreviations
        state.language = self.locale.lang[:2].lower()
        out = self.compiled.program("bibliography", item, state.cite)(state)
        if out is None or not has_text(out):
            return None
        out = substitute.apply(out, state.names_shown)
        parts: list[Out] = out if isinstance(out, list) else [out]
        if parameters.second_field_align:
            parameters.max_offset = max(parameters.max_offset, len(plain(parts[0])))
        return self._bibliography_wrap(parts)

    # -- finishing -----------------------------------------------------------------------------------------------

    def _finish(self, tree: Out) -> list[Event]:
        """Run the passes over a whole citation or entry."""
        events = merge_punctuation(flatten_printed(tree), in_quote=self._in_quote)
        return resolve_spans(events, self.locale.quotes)


def _parsed(style: str | bytes | Path) -> Style:
    from citetool.csl.style.parse import parse_style  # noqa: PLC0415 - a style that was parsed before needs no XML

    return parse_style(style)
