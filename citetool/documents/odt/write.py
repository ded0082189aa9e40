"""Puts a rendering into a document of LibreOffice: live reference marks of Zotero's, new notes, the bibliography."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from lxml import etree

from citetool.documents.fields.preferences import joined, pieces
from citetool.documents.fields.zotero import LIST_CODE, Shown, citation_json, new_id, own_json, preferences, taken_ids
from citetool.documents.model import Content
from citetool.documents.notes import Neighbours, capitalized, note_edit, text_edit
from citetool.documents.package import serialized
from citetool.documents.render import note_numbers
from citetool.documents.story import MARK
from citetool.lazy_re import lazy
from citetool.problems import Problem
from citetool.xmlio import attribute, child, children, descendants, local_name

from .changes import Tracker
from .content import Nodes, element, filled, plain_nodes
from .edit import TEXT, drop, put_behind, replace
from .stories import CONTENT, KEYS, META, OWN_STYLE, Mark, stretch_of
from .tracked_list import append_tracked, replace_tracked

if TYPE_CHECKING:
    from citetool.documents.model import Place, RenderedPlace, Rendering
    from citetool.xmlio import Element

    from .base import OdtBase
    from .stories import Story

_NOTE = "\0"
_TOKEN = lazy(r"RND\w+\s*\Z")
_LIST_MARK = lazy(r"\s*(?::{3,}\s*)?\{\s*#refs\b[^}]*\}(?:\s*:{3,})?\s*\Z")
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_STYLES = {"footnote": "Footnote", "endnote": "Endnote"}
_ENTRY = "Bibliography_20_1"  # the name that LibreOffice's own style has


class Writing:
    """One writing of a document. Its tree is changed; the bytes that it was read from are not."""

    def __init__(self, document: OdtBase, rendering: Rendering) -> None:
        """Take the document and its rendering."""
        self.document = document
        self.rendering = rendering
        self.nodes = Nodes(document.root)
        tracking = rendering.tracking
        self.tracker = Tracker(document.text_root, tracking) if tracking is not None else None
        self.kind = document.new_notes
        self.taken = taken_ids(place.anchor.name for place in document.places if isinstance(place.anchor, Mark))
        numbers = note_numbers(document, self._makes_note)
        self.numbers = dict(zip(map(id, document.places), numbers, strict=True))
        self.changed = False
        self.new_notes = 0
        # still to be written, in printed order
        self.lists_left = sorted(document.lists, key=lambda one: one.start)
        self.masked: dict[int, str] = {}

    def run(self) -> bytes:
        """Return the new package; the bytes that were read where nothing is to be changed."""
        marked = [one for one in descendants(self.document.text_root, "p") if self._is_list_mark(one)]
        for one in sorted(self.rendering.places, key=lambda one: stretch_of(one.place)[1], reverse=True):
            self._track_list(stretch_of(one.place)[1])
            self._put(one)
        self._track_list(-1)
        if self.new_notes:
            self._number_notes()
        self._bibliography(marked)
        parts: dict[str, bytes] = {}
        if not self.rendering.plain and self._settings() and self.document.meta is not None:
            parts[META] = serialized(self.document.meta)
        if self.changed:
            parts[CONTENT] = serialized(self.document.root)
        return self.document.package.changed(parts) if parts else self.document.data

    def _keeps(self, place: Place) -> bool:
        """Return whether the words of a place stay, and with them where they stand."""
        return place.keeps_words or (self.rendering.keep_text and isinstance(place.anchor, Mark))

    def _makes_note(self, place: Place) -> bool:
        return self.rendering.note_style and not self._keeps(place)

    def _say(self, place: Place, message: str) -> None:
        self.document.problems.append(Problem(message, place.at, None, "warning"))

    # -- citations -----------------------------------------------------------------------------------------------

    def _put(self, one: RenderedPlace) -> None:
        place = one.place
        if place.prints_nothing:
            if self.rendering.plain and isinstance(place.anchor, Mark):
                self.changed = True
                self._rename(place.anchor, "")
            return
        if any(item.id not in self.rendering.items for item in place.items):
            return  # a key of nothing stays, to be looked up the next time
        if place.keeps_words:
            self._say(place, f"its author has changed this citation; his words stay: {place.printed!r}")
        if self._keeps(place):
            if self.tracker is None and (self.rendering.plain or place.program != "zotero"):
                self._keep(place)
            return
        if one.note is not None:
            self._put_note(one)
            return
        content = capitalized(one.text) if place.opens_note and self.rendering.note_style else one.text
        story, start, end = stretch_of(place)
        new = self.nodes.of(content.events)
        name = "" if self.rendering.plain else self._name(place, _shown(content, new, self.numbers[id(place)]))
        if isinstance(place.anchor, Mark):
            if not self.rendering.plain and self._stands(place, name, content):
                return
            self.changed = True
            self._show(place.anchor, new, same=content.plain == place.printed)
            self._rename(place.anchor, name)
            return
        self.changed = True
        nodes = self._between_marks(name, new) if name else new
        if self.tracker is None and place.where == "text" and not self.rendering.note_style:
            at = Neighbours(self._masked(story), start, end, self.rendering.punctuation_in_quote)
            start, _, whole = text_edit(at, content.plain)
            lead, _, stop = whole.partition(content.plain)
            nodes = [*plain_nodes(lead), *nodes, *plain_nodes(stop)]
        self._replace(story, start, end, nodes)

    def _replace(self, story: Story, start: int, end: int, nodes: list[str | Element]) -> bool:
        if self.tracker is not None:
            return self.tracker.replace(story, start, end, nodes)
        return replace(story, start, end, nodes)

    def _show(self, mark: Mark, new: list[str | Element], *, same: bool) -> None:
        """Put new text between the ends of a mark."""
        if same and self.tracker is not None:
            return
        if mark.sort != "bibliography-mark" and mark.start == mark.end:
            put_behind(mark.first, new if self.tracker is None else self.tracker.inserted(new))
        else:
            self._replace(mark.story, mark.start, mark.end, new)

    def _rename(self, mark: Mark, name: str) -> None:
        """Make a mark one of Zotero's with that name, or take it away where there is none."""
        assert mark.last is not None
        if mark.sort == "bibliography-mark":
            words: list[str | Element] = [mark.first.text or "", *mark.first.iterchildren()]
            put_behind(mark.first, self._between_marks(name, words) if name else words)
            drop(mark.first)
            return
        for end, edge in (("start", mark.first), ("end", mark.last)):
            if not name:
                drop(edge)
                continue
            edge.tag = f"{{{TEXT}}}reference-mark-{end}"
            for key in list(edge.attrib):
                del edge.attrib[key]
            edge.set(f"{{{TEXT}}}name", name)

    def _keep(self, place: Place) -> None:
        """Change what kind of citation it is, and leave the words that it shows."""
        self.changed = True
        shown = Shown(Content([place.printed]), place.printed, self.numbers[id(place)], place.keeps_words)
        self._rename(place.anchor, "" if self.rendering.plain else self._name(place, shown))

    def _between_marks(self, name: str, nodes: list[str | Element]) -> list[str | Element]:
        return [element("reference-mark-start", name=name), *nodes, element("reference-mark-end", name=name)]

    def _name(self, place: Place, shown: Shown) -> str:
        old = place.anchor.name if isinstance(place.anchor, Mark) and place.program == "zotero" else ""
        before = own_json(old)
        data = citation_json(place, shown, self.rendering.items, before)
        if not data["citationID"]:
            data["citationID"] = new_id(f"{place.n} {[item.id for item in place.items]}", self.taken)
        token = _TOKEN.search(old)
        end = token[0].strip() if token else f"RND{new_id(data['citationID'], self.taken)}"
        return f"ZOTERO_ITEM CSL_CITATION {json.dumps(data, ensure_ascii=False, separators=(',', ':'))} {end}"

    def _stands(self, place: Place, name: str, content: Content) -> bool:
        """Return whether the mark shows and says what it is to already."""
        same = place.program == "zotero" and place.anchor.sort == "mark" and content.plain == place.printed
        return same and own_json(name) == own_json(place.anchor.name)

    # -- notes ---------------------------------------------------------------------------------------------------

    def _put_note(self, one: RenderedPlace) -> None:
        """Put a new note in the place of a citation, behind the punctuation; the author stays in the sentence."""
        place = one.place
        assert one.note is not None
        story, start, end = stretch_of(place)
        text = self._masked(story)
        line = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        sentence = text[line : len(text) if stop < 0 else stop]
        at = Neighbours(sentence, start - line, end - line, self.rendering.punctuation_in_quote)
        edit = note_edit(at, one.text.plain, _NOTE)
        rest = edit.text.removesuffix(_NOTE)
        words: list[str | Element] = []
        if one.text:
            rest = rest.removeprefix(one.text.plain)
            words = self.nodes.of(one.text.events)
        nodes = [*words, *plain_nodes(rest), self._note(place, one.note)]
        self.changed = True
        done = self._replace(story, edit.start + line, edit.end + line, nodes)
        if isinstance(place.anchor, Mark):
            if not done:
                put_behind(place.anchor.first, nodes if self.tracker is None else self.tracker.inserted(nodes))
            self._rename(place.anchor, "")

    def _note(self, place: Place, note: Content) -> Element:
        self.new_notes += 1
        content = capitalized(note)
        nodes = self.nodes.of(content.events)
        if not self.rendering.plain:
            name = self._name(place, _shown(content, nodes, self.numbers[id(place)]))
            nodes = self._between_marks(name, nodes)
        example = next((one for story in self.document.stories.notes if story.where == self.kind
                        for one in children(story.element, "p")), None)  # fmt: skip
        style = attribute(example, "style-name") if example is not None else _STYLES[self.kind]
        paragraph = filled(element("p", style_name=style) if style else element("p"), nodes)
        made = element("note", note_class=self.kind)
        made.append(element("note-citation"))
        made.append(element("note-body", paragraph))
        return made

    def _number_notes(self) -> None:
        """Give all notes their numbers and ids anew, in the order of the text."""
        counts = {"footnote": 0, "endnote": 0}
        for number, one in enumerate(descendants(self.document.text_root, "note")):
            kind = attribute(one, "note-class") or "footnote"
            counts[kind] += 1
            one.set(f"{{{TEXT}}}id", f"ftn{number}")
            sign = child(one, "note-citation")
            if sign is not None and not attribute(sign, "label"):
                sign.text = str(counts[kind])

    def _masked(self, story: Story) -> str:
        """Return the text of a story with that of all citations blotted out."""
        if id(story) not in self.masked:
            letters = list(story.text)
            for place in self.document.places:
                inside, start, end = stretch_of(place)
                if inside is story:
                    letters[start:end] = MARK * (end - start)
            self.masked[id(story)] = "".join(letters)
        return self.masked[id(story)]

    # -- bibliography and settings -------------------------------------------------------------------------------

    def _is_list_mark(self, paragraph: Element) -> bool:
        return bool(_LIST_MARK.match("".join(map(str, paragraph.itertext()))))

    def _bibliography(self, marked: list[Element]) -> None:
        lists = self.document.lists
        if self.rendering.keep_text:
            for one in lists:
                self._name_list(one.first, live=not self.rendering.plain)
            return
        if not self.rendering.entries:
            return
        if self.tracker is not None:
            if not lists and not any(isinstance(place.anchor, Mark) for place in self.document.places):
                self.changed = append_tracked(self.document.text_root, self._entries(), _ENTRY, self.tracker)
            return
        live = not self.rendering.plain and bool(self.rendering.places)
        for one in lists:
            self._fill(one.first, live=live)
        if lists:
            return
        if marked or not any(isinstance(place.anchor, Mark) for place in self.document.places):
            section = element("section", name="Bibliography")
            if marked:
                marked[0].addprevious(section)
                drop(marked[0])
            else:
                self.document.text_root.append(section)
            self._fill(section, live=live)

    def _entries(self) -> list[list[str | Element]]:
        return [self.nodes.of(entry.content.events) for entry in self.rendering.entries]

    def _track_list(self, offset: int) -> None:
        """Write bibliographies as tracked changes before anything that stands before them, at `offset`, is changed."""
        if self.tracker is None or not self.rendering.entries or self.rendering.keep_text:
            return
        while self.lists_left and self.lists_left[-1].start > offset:
            if replace_tracked(self.lists_left.pop(), self._entries(), self.tracker):
                self.changed = True
            else:
                message = "the bibliography shows no entries, and stays as it is"
                self.document.problems.append(Problem(message, severity="warning"))

    def _fill(self, section: Element, *, live: bool) -> None:
        """Put the entries into a section, in the style that those before had."""
        old = children(section, "p", "h")
        filled_now = [filled(element("p"), nodes) for nodes in self._entries()]
        self._name_list(section, live=live)
        if ["".join(map(str, one.itertext())) for one in old] == [
            "".join(map(str, one.itertext())) for one in filled_now
        ]:
            return
        self.changed = True
        style = attribute(old[0], "style-name") if old else _ENTRY
        for kid in list(section):
            if local_name(kid) in ("p", "h"):
                section.remove(kid)
        for one in filled_now:
            if style:
                one.set(f"{{{TEXT}}}style-name", style)
            section.append(one)

    def _name_list(self, section: Element, *, live: bool) -> None:
        key = f"{{{TEXT}}}name"
        name = str(section.get(key) or "")
        if live and not name.startswith("ZOTERO_BIBL"):
            section.set(key, f"{LIST_CODE} RND{new_id('bibliography', self.taken)}")
        elif not live and name.startswith(("ZOTERO_BIBL", "JR_bib", "Mendeley")):
            section.set(key, "Bibliography")
        self.changed = self.changed or section.get(key) != name

    def _settings(self) -> bool:
        """Write the preferences; return whether they have changed."""
        if not self.rendering.zotero_style or not self.rendering.places or self.document.meta is None:
            return False
        before = self.document.properties
        text = preferences(
            joined(before),
            style=self.rendering.zotero_style,
            locale=self.rendering.locale,
            note_type=0 if not self.rendering.note_style else 2 if self.kind == "endnote" else 1,
            has_list=bool(self.document.lists or self.rendering.entries),
            seed=hashlib.sha256(self.document.data).hexdigest(),
            field_type="ReferenceMark",
        )
        values = {f"ZOTERO_PREF_{number}": piece for number, piece in enumerate(pieces(text), 1)}
        own = self.rendering.style
        if not self.rendering.zotero_style.endswith(f"/{own}"):
            values[OWN_STYLE] = f"{own} {self.rendering.zotero_style}"
        if not self.document.foreign:
            values[KEYS] = "1"
        stale = [name for name in before if name.startswith(("ZOTERO_PREF_", OWN_STYLE)) and name not in values]
        if not stale and all(before.get(name) == value for name, value in values.items()):
            return False
        holder: Any = next(iter(children(self.document.meta, "meta")), self.document.meta)
        for one in children(holder, "user-defined"):
            if attribute(one, "name") in values or attribute(one, "name") in stale:
                drop(one)
        for name, value in values.items():
            made = etree.SubElement(holder, f"{{{_META}}}user-defined", {f"{{{_META}}}name": name})
            made.text = value
        return True


def _shown(content: Content, nodes: list[str | Element], note: int) -> Shown:
    words = "".join(one if isinstance(one, str) else "".join(map(str, one.itertext())) for one in nodes)
    return Shown(content, words or content.plain, note)
