"""The base of documents of plain text: positions in lines, edits of stretches, the author's markup kept."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

from .headings import bibliography_paragraphs
from .model import Content, Document, Note, Place
from .note_text import Markup, is_balanced, read_letters, stretch_of
from .notes import LOOSE, Neighbours, capitalized, note_edit, text_edit
from .spans import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .model import CitedItem, Location, NoteEdit, RenderedPlace, Rendering, Tracking

# Private-use characters stand for markup while text goes through the processor; they leave it unchanged.
_FIRST_TOKEN = 0xF0000
_TOKEN = lazy("[\U000f0000-\U000ffffd]")
_CLOSING = lazy(r"([.,;:]?)(?:\*{1,3}|_{1,3}|[/}\]]|</\w+>)")


class Found(NamedTuple):
    """A citation: its stretch, what it cites, and whether its markup prints a note."""

    start: int
    end: int
    items: list[CitedItem]
    prints_note: bool = False


class NoteBody(NamedTuple):
    """The text of a note: its stretch, the offset of its mark, and its printed number."""

    start: int
    end: int
    mark: int
    number: int


class TextDocument(Document):
    """A document of plain text in UTF-8; `text` is the whole, and anchors are `(start, end)` in it.

    Bytes that are not UTF-8 pass through unchanged, as do line ends and a byte order mark.
    """

    # Markup inside a note that is no part of its words.
    markup = Markup()

    def __init__(self, data: bytes, source: str) -> None:
        """Decode the text. Raises InputError for UTF-16 and for files with zero bytes, which are no text."""
        super().__init__(data, source)
        if b"\x00" in data:
            hint = "save it as UTF-8"
            raise InputError(Problem("this is not a text in UTF-8: it has zero bytes", Where(source), hint))
        self.text = data.decode("utf-8", "surrogateescape")
        self._starts = [0]
        self._starts += [place + 1 for place, letter in enumerate(self.text) if letter == "\n"]
        self._kept: list[str] = []

    @property
    def newline(self) -> str:
        """Return the line end that the document uses."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def where(self, offset: int) -> Where:
        """Return the line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return Where(self.source, line, offset - self._starts[line - 1] + 1)

    def keep(self, markup: str) -> str:
        """Return a character that stands for the markup until `restored` puts it back."""
        self._kept.append(markup)
        return chr(_FIRST_TOKEN + len(self._kept) - 1)

    def restored(self, text: str) -> str:
        """Return the text with the author's markup back in it."""
        return _TOKEN.sub(lambda found: self._markup(found[0]), text)

    def _markup(self, token: str) -> str:
        number = ord(token) - _FIRST_TOKEN
        return self._kept[number] if number < len(self._kept) else token

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Return the document with the edits made; the first of two that overlap wins."""
        parts: list[str] = []
        done = 0
        for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
            if start < done:
                continue
            parts += [self.text[done:start], text.replace("\n", self.newline) if "\n" in text else text]
            done = end
        parts.append(self.text[done:])
        return "".join(parts).encode("utf-8", "surrogateescape")

    def text_before(self, place: Place, most: int) -> str:
        """Return up to so many letters of the text before a place."""
        start = place.anchor[-2]
        return self.text[max(0, start - most) : start]

    def text_before_note(self, note: Note, most: int) -> str:
        """Return up to so many letters of the text before the mark of a note of this file."""
        if note.mark < 0 or note.at.source != self.source:
            return ""
        return self.text[max(0, note.mark - most) : note.mark]

    def typed_bibliography(self) -> list[tuple[str, Where]]:
        """Return the paragraphs below a heading such as `Works Cited`, each free of markup and with its place."""
        return [
            (words, self.where(start))
            for start, end in bibliography_paragraphs(self.text)
            for words, _ in [read_letters(self.text, start, end, self.markup)]
            if words
        ]

    # -- places --------------------------------------------------------------------------------------------------

    def set_places(self, found: Iterable[Found], bodies: Sequence[NoteBody]) -> None:
        """Put the citations in printed order: those of a note stand where its mark stands.

        Citations that print nothing go to `settings.nocite`.
        """
        ordered: list[tuple[int, int, Place]] = []
        cited: set[int] = set()
        for start, end, items, prints_note in found:
            if items[0].mode == "nocite":
                self.settings.nocite += [item.id for item in items if item.id not in self.settings.nocite]
                continue
            source = self.text[start:end]
            place = Place(items, self.format, source=source, at=self.where(start), anchor=(start, end))
            body = next((body for body in bodies if body.start <= start < body.end), None)
            if body is not None:
                place.where, place.note = "footnote", body.number
                place.opens_note = not self.text[body.start : start].strip()
                cited.add(body.number)
            else:
                place.notes_before = sum(body.mark < start for body in bodies)
                place.prints_note = prints_note
            place.follows = self.text[end : body.end if body else end + 80].lstrip()[:1]
            ordered.append((body.mark if body else start, start, place))
        self.places = [place for _, _, place in sorted(ordered, key=lambda entry: entry[:2])]
        self.notes = [self.note_of(body, cites=body.number in cited) for body in bodies]

    def note_of(self, body: NoteBody, kind: Location = "footnote", *, cites: bool = False) -> Note:
        """Return the note with its text free of markup; the anchor has the stretch of each of its letters."""
        words, spans = read_letters(self.text, body.start, body.end, self.markup)
        return Note(body.number, kind, words, self.where(body.start), cites, spans, body.mark)

    # -- writing -------------------------------------------------------------------------------------------------

    def write(self, rendering: Rendering) -> bytes:
        """Return the manuscript with citations as text, new notes, and the bibliography."""
        edits = [self._edit(place, rendering) for place in rendering.places]
        if rendering.entries and not self.settings.suppress_bibliography:
            edits += self.bibliography_edits(rendering)
        return self.edited(edits)

    def write_notes(self, edits: Sequence[NoteEdit], tracking: Tracking | None = None) -> bytes:
        """Return the manuscript with changes of its typed notes; where the format has marks for them, as proposals."""
        made: list[Edit] = []
        for edit in edits:
            for start, end, content in edit.pieces:
                first, last, stop = self._stretch(edit.note, start, end)
                new = self.restored(content.text(self.writer)) + stop
                made.append(Edit(first, last, self.proposal(self.text[first:last], new) if tracking else new))
            if edit.comment and tracking and edit.note.anchor:
                end = edit.note.anchor[-1][1]
                made.append(self._remark_edit(end, edit.comment))
        return self.edited(made)

    def citation(self, item: CitedItem) -> Content:
        """Return the markup of a citation as content that the writer of the format leaves as it is."""
        return Content([self.keep(self.citation_markup(item))])

    def hindrance(self, note: Note, start: int, end: int) -> str:
        """Return why a stretch of a note cannot be changed: it stands in another file, or cuts through markup."""
        if note.at.source != self.source:
            return f"it stands in {note.at.source}"
        first, last, _ = self._stretch(note, start, end)
        return "" if is_balanced(self.text[first:last], self.markup) else "markup begins or ends in the midst of it"

    def _stretch(self, note: Note, start: int, end: int) -> tuple[int, int, str]:
        """Return a stretch of a note in the source, with the markup that closes behind it: all of `*Ibid.*`.

        The third is a stop before that markup which is not of the stretch.
        """
        first, last = stretch_of(self.text, note.anchor, start, end)
        place, stop = last, ""
        while not is_balanced(self.text[first:place], self.markup):
            closed = _CLOSING.match(self.text, place)
            if closed is None:
                return first, last, ""
            place, stop = closed.end(), stop + closed[1]
        return first, place, stop

    def proposal(self, old: str, new: str) -> str:
        """Return a change that its reader accepts or rejects; the new text alone where the format has no such mark."""
        del old
        return new

    def remark(self, text: str, follows: str) -> str:
        """Return a remark that is not printed, before the letter that follows; nothing where the format has none."""
        del text, follows
        return ""

    def _remark_edit(self, end: int, text: str) -> Edit:
        return Edit(end, end, self.remark(" ".join(text.split()), self.text[end : end + 1]))

    def write_remarks(self, remarks: Sequence[tuple[Place | Note, str]], tracking: Tracking) -> bytes:
        """Return the manuscript with remarks behind citations and in notes."""
        del tracking
        if not self.remark("x", ""):
            raise NotImplementedError(self.format)
        return self.edited(self._remark_edit(self._end_of(at), text) for at, text in remarks if self.takes_remark(at))

    def takes_remark(self, at: Place | Note) -> bool:
        """Return whether it stands in this file, and not in one that it reads."""
        return at.at.source == self.source and bool(at.anchor)

    def _end_of(self, at: Place | Note) -> int:
        end: int = at.anchor[-1][1] if isinstance(at, Note) else at.anchor[-1]
        return end

    def _edit(self, rendered: RenderedPlace, rendering: Rendering) -> Edit:
        start, end = rendered.place.anchor
        text = self.restored(rendered.text.text(self.writer))
        if rendered.place.prints_note:
            note = self.note_markup(self.restored(capitalized(rendered.text).text(self.writer)))
            return Edit(start, end, note if self.text[start - 1 : start].strip() else note.lstrip())
        if rendered.note is None:
            if rendered.place.opens_note and rendering.note_style:
                text = self.restored(capitalized(rendered.text).text(self.writer))
            return self._in_place(rendered, rendering, text)
        note = self.note_markup(self.restored(capitalized(rendered.note).text(self.writer)))
        if not self.settings.notes_after_punctuation:
            return Edit(start, end, text + note)
        return note_edit(Neighbours(self.text, start, end, rendering.punctuation_in_quote), text, note)

    def _in_place(self, rendered: RenderedPlace, rendering: Rendering, text: str) -> Edit:
        start, end = rendered.place.anchor[-2:]
        if not text and self.text[end : end + 1] in LOOSE:  # the space before it would stand before a stop
            start = len(self.text[:start].rstrip(" "))
        if rendered.place.where != "text" or rendering.note_style:
            return Edit(start, end, text)
        return text_edit(Neighbours(self.text, start, end, rendering.punctuation_in_quote), text)

    def note_markup(self, text: str) -> str:
        """Return a new note with that text, as it stands in the line."""
        raise NotImplementedError(self.format)

    def bibliography_edits(self, rendering: Rendering) -> list[Edit]:
        """Return the edits that put the bibliography where it is marked, or at the end."""
        raise NotImplementedError(self.format)

    def entries(self, rendering: Rendering) -> list[str]:
        """Return the entries of the bibliography in the document's markup."""
        return [self.restored(entry.content.text(self.writer)).strip() for entry in rendering.entries]

    def at_end(self, body: str) -> Edit:
        """Return the edit that puts a block at the end of the text, after a blank line."""
        end = len(self.text.rstrip())
        return Edit(end, end, f"\n\n{body}" + ("" if self.text.endswith("\n") else "\n"))
