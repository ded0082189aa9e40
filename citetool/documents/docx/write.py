"""Puts a rendering into a Word document: live fields of Zotero's in text and notes, new notes, the bibliography.

Places go from the end of each story to its beginning, so that the offsets of those before stay true. What shows and
says already what it is to is left alone: a document that is rendered twice has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from citetool.documents.fields.preferences import joined
from citetool.documents.fields.zotero import (
    LIST_CODE,
    Shown,
    citation_json,
    new_id,
    own_json,
    preferences,
    taken_ids,
)
from citetool.documents.model import Content
from citetool.documents.notes import Neighbours, capitalized, note_edit, text_edit
from citetool.documents.render import note_numbers
from citetool.documents.story import MARK
from citetool.problems import Problem

from .bibliography import BibliographyWriter, marked_paragraphs
from .content import Maker, plain_properties, signature, text_of_runs
from .footnotes import NoteMaker
from .opc import BODY, PROPERTIES
from .properties import OWN_STYLE, drop, put, put_pieces, texts
from .regions import Hindrance, Region, field_region, marker_region, recode, strip_code, wrap_control
from .runs import cut, cut_behind, insert_before, insert_behind, runs_between, take_out
from .stories import Field, Story
from .tracked_list import append_tracked, replace_tracked
from .tracking import Tracker

if TYPE_CHECKING:
    from citetool.documents.model import Document, Place, RenderedPlace, Rendering
    from citetool.xmlio import Element

    from .parts import Parts


_NOTE = "\0"


class Writing:
    """One writing of a document. Its trees are changed; the bytes that it was read from are not."""

    def __init__(
        self, document: Document, rendering: Rendering, parts: Parts, properties: dict[str, str], lists: list[Field]
    ) -> None:
        """Take a document with its parts, its custom properties, and its bibliographies."""
        self.document = document
        self.rendering = rendering
        self.parts = parts
        self.properties = properties
        self.lists = lists
        self.make = Maker(parts.roots[BODY])
        tracks = rendering.tracking
        self.tracker = Tracker(self.make, parts.roots.values(), tracks) if tracks is not None else None
        kind = document.new_notes if rendering.note_style else "footnote"
        self.note_type = 0 if not rendering.note_style else 2 if kind == "endnote" else 1
        self.notes = NoteMaker(self.parts, kind)
        self.taken = taken_ids(self._code_of(place) for place in document.places)
        numbers = note_numbers(document, self._makes_note)
        self.numbers = dict(zip(map(id, document.places), numbers, strict=True))
        self.marked = marked_paragraphs(parts.roots[BODY])
        self.new_notes: list[tuple[str, list[Element]]] = []
        self.bookmarks: list[str] = []
        self.masked: dict[int, str] = {}

    def run(self) -> bytes:
        """Return the new package."""
        by_story: dict[int, list[RenderedPlace]] = {}
        for one in self.rendering.places:
            by_story.setdefault(id(_story(one.place)[0]), []).append(one)
        own_ids = {
            id(one.place): self.notes.number()
            for one in self.rendering.places
            if one.note is not None and not self._keeps(one.place)
        }
        for places in by_story.values():
            for one in sorted(places, key=lambda one: _story(one.place)[1], reverse=True):
                try:
                    self._put(one, own_ids.get(id(one.place), ""))
                except Hindrance as reason:
                    self._say(one.place, f"this citation stays as it is: {reason}")
        for own, runs in sorted(self.new_notes, key=lambda note: int(note[0])):
            self.notes.add(own, runs)
        if self.new_notes and (self.tracker is None or not self.document.notes):
            self.notes.arrange()
        self._bibliography()
        if not self.rendering.plain:
            self._settings()
        return self.parts.written()

    def _keeps(self, place: Place) -> bool:
        """Return whether the words of a place stay, and with them where they stand."""
        return place.keeps_words or (self.rendering.keep_text and isinstance(place.anchor, Field))

    def _makes_note(self, place: Place) -> bool:
        return self.rendering.note_style and not self._keeps(place) and not place.boxed

    def _say(self, place: Place, message: str) -> None:
        self.document.problems.append(Problem(message, place.at, None, "warning"))

    # -- citations -----------------------------------------------------------------------------------------------

    def _put(self, one: RenderedPlace, note: str) -> None:
        place = one.place
        if place.prints_nothing or any(item.id not in self.rendering.items for item in place.items):
            return  # a key of nothing stays, to be looked up the next time
        if place.keeps_words:
            self._say(place, f"its author has changed this citation; his words stay: {place.printed!r}")
        if self._keeps(place):
            if self.tracker is not None:
                return
            if self.rendering.plain or place.program != "zotero":
                self._put_kept(place)
            return
        if note and one.note is not None:
            self._put_note(one, note)
            return
        content = one.text
        if place.opens_note and self.rendering.note_style:
            content = capitalized(content)
        if isinstance(place.anchor, Field) and self._stands(place, content):
            return
        region = self._region(place)
        runs = self._runs(place, content, region.base)
        if isinstance(place.anchor, Field) or place.where != "text" or self.rendering.note_style or self.tracker:
            self._replace(region, runs)
        else:
            self._put_before_stop(place, region, runs, content.plain)

    def _put_before_stop(self, place: Place, region: Region, runs: list[Element], printed: str) -> None:
        """Put a citation in the place of its key; one typed where the mark of a note goes comes before the stop."""
        story, start, end = _story(place)
        text = self._masked(story)
        begin, _, new = text_edit(Neighbours(text, start, end, self.rendering.punctuation_in_quote), printed)
        lead, mark = (new[: new.index(printed)], new[new.index(printed) + len(printed) :]) if printed else ("", "")
        make = self.make.run
        before, behind = ([make(words, region.base)] if words else [] for words in (lead, mark))
        self._replace(region, [*before, *runs, *behind])
        self._take_out(story, begin, start)

    def _replace(self, region: Region, new: list[Element]) -> None:
        if self.tracker is None:
            region.replace(new)
        else:
            self.tracker.replace(region.gone, new)

    def _come(self, runs: list[Element]) -> list[Element]:
        return runs if self.tracker is None else self.tracker.inserted(runs)

    def _take_out(self, story: Story, start: int, end: int) -> None:
        if self.tracker is None:
            take_out(story, start, end)
        elif start < end:
            self.tracker.delete(runs_between(story, start, end))

    def _region(self, place: Place) -> Region:
        anchor = place.anchor
        story = _story(place)[0]
        if not isinstance(anchor, Field):
            self.parts.changed.add(story.part)
            return marker_region(*anchor, whole=self.tracker is not None)
        found = field_region(anchor)
        if anchor.sort == "bookmark":
            self.bookmarks.append(anchor.code)
        self.parts.changed.add(story.part)
        return found

    def _put_kept(self, place: Place) -> None:
        """Change the code of a citation, and leave the words that it shows."""
        region = self._region(place)
        words = list(region.result)
        shown = Shown(Content([place.printed]), text_of_runs(words), self.numbers[id(place)], place.keeps_words)
        new = words if self.rendering.plain else self.make.field(self._code(place, shown), words, region.base)
        region.gone = [run for run in region.gone if run not in words]
        region.replace(new)

    def _runs(self, place: Place, content: Content, base: Element | None) -> list[Element]:
        """Return the citation as it is to stand: text, or the field that shows it."""
        runs = self.make.runs(content.events, base)
        if self.rendering.plain or not content:
            return runs
        shown = Shown(content, text_of_runs(runs), self.numbers[id(place)])
        return self.make.field(self._code(place, shown), runs, base)

    def _code(self, place: Place, shown: Shown) -> str:
        before = own_json(self._code_of(place)) if place.program == "zotero" else {}
        data = citation_json(place, shown, self.rendering.items, before)
        if not data["citationID"]:
            data["citationID"] = new_id(f"{place.n} {[item.id for item in place.items]}", self.taken)
        return f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}"

    def _code_of(self, place: Place) -> str:
        """Return the code of a field; that of a bookmark stands in the properties."""
        if not isinstance(place.anchor, Field):
            return ""
        own = place.anchor.code
        return joined(self.properties, own) if place.anchor.sort == "bookmark" else own

    def _stands(self, place: Place, content: Content) -> bool:
        """Return whether the field shows and says what it is to already."""
        if self.rendering.plain or place.program != "zotero" or place.anchor.sort != "complex":
            return False
        region = field_region(place.anchor)
        runs = self.make.runs(content.events, region.base)
        if signature(runs) != signature(region.result):
            return False
        before = own_json(place.anchor.code)
        shown = Shown(content, text_of_runs(runs), self.numbers[id(place)])
        if before.get("citationID") and before == citation_json(place, shown, self.rendering.items, before):
            return True
        if self.tracker is None:
            return False
        self.parts.changed.add(place.anchor.story.part)  # the reader sees no change: it is none to be accepted
        recode(place.anchor, self._code(place, shown))
        return True

    # -- notes ---------------------------------------------------------------------------------------------------

    def _put_note(self, one: RenderedPlace, own: str) -> None:
        """Put a new note in the place of a citation, behind the punctuation; the author stays in the sentence."""
        place = one.place
        assert one.note is not None
        story, start, end = _story(place)
        text = self._masked(story)
        line = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        sentence = text[line : len(text) if stop < 0 else stop]
        at = Neighbours(sentence, start - line, end - line, self.rendering.punctuation_in_quote)
        begin, follows, new = note_edit(at, one.text.plain, _NOTE)
        begin, follows = begin + line, follows + line
        new = new.removesuffix(_NOTE).removeprefix(one.text.plain)
        region = self._region(place)
        mark = [self.notes.mark(own)]
        words = self.make.runs(one.text.events, region.base)
        bare = len(text[begin:start].rstrip(" \t\u00a0")) if not words else start - begin
        if new != text[end:follows]:  # a comma or full stop moves into the quotation marks before
            self._take_out(story, end, follows)
            rest = new[1 + bare :]
            mark = [*([self.make.run(rest, region.base)] if rest else []), *mark]
            follows = end
        behind = cut_behind(story, follows) if follows > end else None
        if behind is not None:
            if self.tracker is None:
                insert_behind(behind, mark)
            else:
                self.tracker.put_behind(behind, mark)
        self._replace(region, words if behind is not None else [*words, *mark])
        self._take_out(story, begin + bare, start)
        if bare and not words and (run := cut(story, begin)) is not None:
            insert_before(run, self._come([self.make.run(new[0], plain_properties(run, frozenset()))]))
        content = capitalized(one.note)
        self.new_notes.append((own, self._runs(place, content, self.notes.base())))

    def _masked(self, story: Story) -> str:
        """Return the text of a story with that of all citations blotted out."""
        if id(story) not in self.masked:
            letters = list(story.text)
            for place in self.document.places:
                inside, start, end = _story(place)
                if inside is story:
                    letters[start:end] = MARK * (end - start)
            self.masked[id(story)] = "".join(letters)
        return self.masked[id(story)]

    # -- bibliography and settings -------------------------------------------------------------------------------

    def _bibliography(self) -> None:
        if self.rendering.keep_text:
            self._keep_lists()
            return
        entries = bool(self.rendering.entries)
        live = not self.rendering.plain and bool(self.rendering.places)
        own = next((one.code for one in self.lists if "ZOTERO_BIBL" in one.code), LIST_CODE)
        writer = BibliographyWriter(self.parts, self.rendering, _list_code(own) if live else "")
        for one in self.lists if entries else ():
            if live and "ZOTERO_BIBL" in one.code:
                writer.code = _list_code(one.code)
            reason = writer.replace(one) if self.tracker is None else replace_tracked(one, writer, self.tracker)
            if reason:
                self._say_list(f"the bibliography stays as it is: {reason}")
            elif one.sort == "bookmark":
                self.bookmarks.append(one.code)
        if self.lists and not entries:
            self._say_list("the style has no bibliography: the one in the text stays as it is")
        if self.lists or not entries:
            return
        if self.marked or not any(isinstance(place.anchor, Field) for place in self.document.places):
            if self.tracker is None:
                writer.at_mark(self.marked)
            elif not append_tracked(self.marked, writer, self.tracker):
                self._say_list("there is no paragraph for the bibliography, which is left out")

    def _say_list(self, message: str) -> None:
        where = self.document.places[0].at._replace(field="bibliography") if self.document.places else None
        problem = Problem(message, severity="warning") if where is None else Problem(message, where, None, "warning")
        self.document.problems.append(problem)

    def _keep_lists(self) -> None:
        """Leave bibliographies as they read: as Zotero's, or as text."""
        for one in self.lists:
            if self.rendering.plain:
                self.parts.change(BODY)
                strip_code(one)
            elif one.sort == "complex" and "ZOTERO_BIBL" not in one.code:
                self.parts.change(BODY)
                recode(one, f"ADDIN {LIST_CODE}")
            elif one.sort == "control" and wrap_control(one, self.make.field(f"ADDIN {LIST_CODE}", [])):
                self.parts.change(BODY)
            elif "ZOTERO_BIBL" not in one.code:
                self._say_list("the bibliography stays that of its program: name a --style to have it written")

    def _settings(self) -> None:
        if not self.rendering.zotero_style or not self.rendering.places:
            return
        has_list = bool(self.lists or self.rendering.entries)
        text = preferences(
            joined(self.properties),
            style=self.rendering.zotero_style,
            locale=self.rendering.locale,
            note_type=self.note_type,
            has_list=has_list,
            seed=hashlib.sha256(self.document.data).hexdigest(),
        )
        put_pieces(self.parts, "ZOTERO_PREF", text)
        own = self.rendering.style
        if not self.rendering.zotero_style.endswith(f"/{own}"):
            put(self.parts, {OWN_STYLE: f"{own} {self.rendering.zotero_style}"})
        elif OWN_STYLE in texts(self.parts.get(PROPERTIES)):
            drop(self.parts, OWN_STYLE)
        for name in self.bookmarks:
            drop(self.parts, f"{name}_")


def _list_code(code: str) -> str:
    return f"ADDIN {code.strip().removeprefix('ADDIN').strip()}"


def _story(place: Place) -> tuple[Story, int, int]:
    """Return where a place stands."""
    if isinstance(place.anchor, Field):
        return place.anchor.story, place.anchor.start, place.anchor.end
    story, start, end = place.anchor
    return story, start, end
