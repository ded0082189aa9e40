"""A document as pandoc's tree: its citations read, and rendered elements put in their stead."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from citetool.documents.cross_references import PREFIXES
from citetool.documents.locators import split_locator
from citetool.documents.model import CitedItem, Content, Document, Note, Place
from citetool.documents.notes import LOOSE, Neighbours, capitalized, text_edit
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

from .inlines import Node, plain_of, rendered_nodes, text_of
from .metadata import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citetool.documents.model import Mode, RenderedPlace, Rendering

_MODES: dict[str, Mode] = {
    "NormalCitation": "normal",
    "AuthorInText": "author-in-text",
    "SuppressAuthor": "suppress-author",
}
_SPACES = ("Space", "SoftBreak")
_LEAVES = frozenset({"Str", "Space", "SoftBreak", "LineBreak", "Code", "CodeBlock", "Math", "RawInline", "RawBlock"})
_BRANCHES = (dict, list)
_PUNCTUATION = ".,;:!?"
# An identifier of an element, or one that is still text behind an equation.
_LABEL = lazy(rb'\[\s*"([a-z]{2,3}[-:][^"\\]*)"\s*,\s*\[|\{#([a-z]{2,3}[-:][^\s{}"\\]*)')
_FIRST_TOKEN = 0xF0000
_OWN = ("nocite", "references", "bibliography", "csl", "lang")  # metadata that is read, and not printed


class PandocDocument(Document):
    """Pandoc's tree; `anchor` of a place is the identity of its element."""

    format = "pandoc"
    brackets_in_notes = True
    affixes_fix_order = True
    links = True

    def __init__(self, data: bytes, source: str) -> None:
        """Read the tree. Raises InputError where the bytes are no JSON, or JSON of something else."""
        super().__init__(data, source)
        hint = "pandoc -t json writes one"
        try:
            tree = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise InputError(Problem(f"this is no JSON: {error}", Where(source), hint)) from None
        if not isinstance(tree, dict) or not isinstance(tree.get("blocks"), list) or "pandoc-api-version" not in tree:
            raise InputError(Problem("this is not a document of pandoc's", Where(source), hint))
        self.tree: dict[str, Any] = tree
        self._kept: list[Node] = []
        self._lists: list[list[Any]] = []
        try:
            self.settings = settings_of(tree.get("meta") or {})
            for part in self._parts():
                self._visit(part, None)
            self.bibliographies = sum(_is_refs(block) for block in tree["blocks"])
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            message = f"this is not a document of pandoc's: {error!r}"
            raise InputError(Problem(message, Where(source), hint)) from error

    def _parts(self) -> Iterator[Any]:
        """Yield what is printed: metadata such as the abstract, then the text."""
        for name, node in (self.tree.get("meta") or {}).items():
            if name not in _OWN:
                yield node
        yield self.tree["blocks"]

    # -- reading -------------------------------------------------------------------------------------------------

    def _visit(self, node: Any, note: Note | None) -> None:
        """Collect the citations below a node, and the lists that they stand in; leaves are most of a tree."""
        if type(node) is dict:
            for value in node.values():
                if type(value) in _BRANCHES:
                    self._visit(value, note)
            return
        cites = False
        for number, one in enumerate(node):
            kind = one.get("t") if type(one) is dict else None
            if kind in _LEAVES:
                continue
            if kind == "Cite":
                cites = True
                self._add_place(one, node, number, note)
            elif kind == "Note":
                made = Note(len(self.notes) + 1, "footnote", plain_of(one["c"]))
                self.notes.append(made)
                self._visit(one["c"], made)
            elif type(one) in _BRANCHES:
                self._visit(one, note)
        if cites:
            self._lists.append(node)

    @cached_property
    def _labels(self) -> set[str]:
        """Return the identifiers of elements that Quarto makes cross-references to."""
        labels = {(match[1] or match[2]).decode("utf-8", "replace") for match in _LABEL.finditer(self.data)}
        return {name for name in labels if name.startswith(PREFIXES)}

    def _add_place(self, cite: Node, siblings: list[Any], number: int, note: Note | None) -> None:
        keys = [one["citationId"] for one in cite["c"][0]]
        if all(key.startswith(PREFIXES) for key in keys) and self._labels.issuperset(keys):
            self.cross_references += [f"@{key}" for key in keys]
            return
        items = [self._item(one) for one in cite["c"][0]]
        place = Place(items, "pandoc", source=plain_of(cite["c"][1]), anchor=id(cite))
        place.follows = _first_letter(siblings, number + 1)
        if note is None:
            place.notes_before = len(self.notes)
        else:
            place.where, place.note = "footnote", note.number
            place.opens_note = number == 0 and not note.cites
            note.cites = True
        self.places.append(place)

    def _item(self, cite: Node) -> CitedItem:
        suffix = text_of(cite["citationSuffix"], self._keep)
        split = split_locator(suffix, self.settings.locale)
        return CitedItem(
            cite["citationId"],
            mode=_MODES[cite["citationMode"]["t"]],
            prefix=" ".join(text_of(cite["citationPrefix"], self._keep).split(" ")).strip(),
            suffix=split.suffix.strip(),
            locator=split.locator,
            label=split.label,
            suffix_raw=plain_of(cite["citationSuffix"]).strip(),
        )

    def _keep(self, node: Node) -> str:
        self._kept.append(node)
        return chr(_FIRST_TOKEN + len(self._kept) - 1)

    def _node(self, token: str) -> Node:
        number = ord(token) - _FIRST_TOKEN
        return self._kept[number] if number < len(self._kept) else {"t": "Str", "c": token}

    # -- writing -------------------------------------------------------------------------------------------------

    def write(self, rendering: Rendering) -> bytes:
        """Return the tree with rendered elements in each `Cite`, new notes, and the bibliography."""
        by_cite = {place.place.anchor: place for place in rendering.places}
        before = [list(siblings) for siblings in self._lists]
        for siblings in self._lists:
            self._fill(siblings, by_cite, rendering)
        meta = {name: node for name, node in (self.tree.get("meta") or {}).items() if name != "nocite"}
        blocks = self.tree["blocks"]
        if rendering.entries and not self.settings.suppress_bibliography:
            blocks = self._with_bibliography(blocks, rendering)
        written = self.tree | {"meta": meta, "blocks": blocks}
        data = json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        for siblings, as_read in zip(self._lists, before, strict=True):
            siblings[:] = as_read
        return data

    def _fill(self, siblings: list[Any], by_cite: Mapping[int, RenderedPlace], rendering: Rendering) -> None:
        """Put what was rendered into the citations of a list, from its beginning to its end."""
        done: list[Any] = []
        rest = list(siblings)
        begin = 0
        for number, one in enumerate(rest):
            rendered = by_cite.get(id(one)) if one.get("t") == "Cite" else None
            if rendered is not None:
                done += rest[begin:number]
                begin = self._put(rendered, number, rest, done, rendering)
        siblings[:] = done + rest[begin:]

    def _put(self, rendered: RenderedPlace, number: int, rest: list[Any], done: list[Any], rendering: Rendering) -> int:
        """Put a citation behind what is done, a new note behind the punctuation; return where the rest begins."""
        follows = number + 1
        text = rendered.text
        if rendered.note is None and rendered.place.opens_note and rendering.note_style:
            text = capitalized(text)
        inlines = self._nodes(text)
        if rendered.note is not None:
            note = {"t": "Note", "c": [{"t": "Para", "c": self._nodes(capitalized(rendered.note))}]}
            moved = _leading(rest, follows) if self.settings.notes_after_punctuation else ""
            if moved and not rest[follows]["c"]:
                follows += 1
            if inlines:
                inlines += [{"t": "Str", "c": moved}] if moved else []
            else:
                while done and done[-1].get("t") in _SPACES:
                    done.pop()
                _attach(moved, done, in_quote=rendering.punctuation_in_quote)
            inlines.append(note)
        elif not inlines and "".join(map(plain_of, rest[follows : follows + 1]))[:1] in LOOSE:
            while done and done[-1].get("t") in _SPACES:
                done.pop()
        cite = {"t": "Cite", "c": [rest[number]["c"][0], inlines]}
        if rendering.note_style or rendered.place.where != "text":
            done.append(cite)
        else:
            _put_before_stop(cite, text.plain, done, "".join(map(plain_of, rest[follows : follows + 2])))
        return follows

    def _nodes(self, content: Content) -> list[Node]:
        return rendered_nodes(content, self._node)

    def _with_bibliography(self, blocks: list[Any], rendering: Rendering) -> list[Any]:
        entries = [
            {"t": "Div", "c": [[f"ref-{entry.ids[0]}", ["csl-entry"], []],
                               [{"t": "Para", "c": self._nodes(entry.content)}]]}
            for entry in rendering.entries
        ]  # fmt: skip
        classes = ["references", "csl-bib-body", *(["hanging-indent"] if rendering.hanging_indent else [])]
        spacing = (("entry-spacing", rendering.entry_spacing), ("line-spacing", rendering.line_spacing))
        values = [[name, str(lines)] for name, lines in spacing if lines != 1]
        for number, block in enumerate(blocks):
            if _is_refs(block):
                own = block["c"][0]
                attributes = ["refs", [*own[1], *(name for name in classes if name not in own[1])], [*own[2], *values]]
                filled = {"t": "Div", "c": [attributes, [*block["c"][1], *entries]]}
                return [*blocks[:number], filled, *blocks[number + 1 :]]
        title = self.settings.section_title
        words = [{"t": "Str", "c": title}]
        heading = [{"t": "Header", "c": [1, ["bibliography", ["unnumbered"], []], words]}] if title else []
        return [*blocks, *heading, {"t": "Div", "c": [["refs", classes, values], entries]}]


def _is_refs(block: Any) -> bool:
    return isinstance(block, dict) and block.get("t") == "Div" and block["c"][0][0] == "refs"


def _first_letter(siblings: list[Any], start: int) -> str:
    """Return the first letter of what follows in a list of inline elements."""
    for number in range(start, len(siblings)):
        text = plain_of(siblings[number]).lstrip()
        if text:
            return text[0]
    return ""


def _leading(rest: list[Any], number: int) -> str:
    """Take the punctuation that the element of that number begins with."""
    if number >= len(rest) or rest[number].get("t") != "Str":
        return ""
    text: str = rest[number]["c"]
    bare = text.lstrip(_PUNCTUATION)
    rest[number] = {"t": "Str", "c": bare}
    return text[: len(text) - len(bare)]


def _put_before_stop(cite: Node, printed: str, done: list[Any], behind: str) -> None:
    """Put a citation in brackets, which was typed where a mark of a note goes, before the stop that ends `done`."""
    last = done[-1] if done else {}
    words = plain_of(last) if last.get("t") in ("Str", "Quoted", "Emph") else ""
    edit = text_edit(Neighbours(words + behind, len(words), len(words), False), printed)
    if last.get("t") != "Str" or edit.text == printed:
        done += [*([{"t": "Space"}] if edit.text[:1] == " " else []), cite]
        return
    lead, _, mark = edit.text.partition(printed)
    done[-1] = {"t": "Str", "c": words[: edit.start] + lead.rstrip()}
    done += [*([{"t": "Space"}] if lead else []), cite, *([{"t": "Str", "c": mark}] if mark else [])]


def _attach(punctuation: str, done: list[Any], *, in_quote: bool) -> None:
    """Put punctuation behind what is done; a comma or full stop goes inside a quotation in American typesetting."""
    if not punctuation:
        return
    last = done[-1] if done else {}
    if in_quote and last.get("t") == "Quoted" and punctuation[0] in ".,":
        inside = last["c"][1]
        if not plain_of(inside).endswith(tuple(_PUNCTUATION)):
            done[-1] = {"t": "Quoted", "c": [last["c"][0], [*inside, {"t": "Str", "c": punctuation[0]}]]}
            punctuation = punctuation[1:]
    if punctuation and last.get("t") == "Str":
        done[-1] = {"t": "Str", "c": last["c"] + punctuation}
    elif punctuation:
        done.append({"t": "Str", "c": punctuation})
