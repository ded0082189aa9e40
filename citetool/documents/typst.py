"""Typst: `@key[p. 3]`, `#cite(<key>, supplement: [p. 3], form: "prose")`, `#footnote[...]`, `#bibliography(...)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .locators import locator_text, split_locator
from .model import CitedItem
from .note_text import Markup
from .spans import Edit, Span, Spans, closing
from .text import Found, NoteBody, TextDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Mode, Rendering

_KEY = r"[^\W\d][\w]*(?:[-:._]+\w+)*|\d[\w]*(?:[-:._]+\w+)*"
_OPAQUE = lazy(
    r"""
      (?P<escape>\\.)
    | (?P<fence>`{3,}).*?(?P=fence) | `[^`]*`
    | (?<!:)//[^\n]* | /\*.*?(?:\*/|\Z)
    | \$(?:\\.|[^$\\])*\$
    | https?://[^\s\]"]+
    | \#(?:import|include)\b[^\n]*                            # the names of packages
    | (?<=\#)let\s+[\w-]+(?:\([^()\n]*\))?\s*=\s*"(?:\\.|[^"\\\n])*"
    """,
    re.S | re.X,
)
_CITATION = lazy(rf"(?<!\w)@(?P<key>{_KEY})|\#?\bcite\((?=\s*(?:<|label\())")
_TARGET = lazy(rf'\s*(?:<(?P<key>{_KEY})>|label\(\s*"(?P<named>[^"]+)"\s*\))')
_FORM = lazy(r'\bform\s*:\s*(?:"(?P<form>[\w-]+)"|(?P<none>none))')
_SUPPLEMENT = lazy(r'\bsupplement\s*:\s*(?:\[|"(?P<text>[^"]*)")')
_LABEL = lazy(rf"(?<![\w(,])(?<!\()\s?<({_KEY})>")
_FOOTNOTE = lazy(r"#?\bfootnote\[")
_BIBLIOGRAPHY = lazy(r"#bibliography\(")
_STRING = lazy(r'"([^"]*)"')
_LANGUAGE = lazy(r'\blang\s*:\s*"(\w+)"(?:[^)]*?\bregion\s*:\s*"(\w+)")?')
_STYLE = lazy(r'\bstyle\s*:\s*"([^"]+)"')
_NAMED = lazy(r'\b(?:style|title)\s*:\s*(?:"[^"]*"|\[[^\]]*\])')
_MARKUP = Markup(
    lazy(r"(?<![\w\\])[_*](?=\S)|(?<=[^\s\\])[_*](?!\w)|\\(?=[^\w\s])|~|(?<!-)-{2,3}(?!-)"),
    {"~": " ", "--": "–", "---": "—"},
)
_TITLE = lazy(r'\btitle\s*:\s*(?:"(?P<text>[^"]*)"|\[(?P<content>[^\]]*)\]|(?P<none>none))')
# As Typst has it in its own translations.
_HEADINGS = {
    "de": "Bibliographie", "fr": "Bibliographie", "es": "Bibliografía", "it": "Bibliografia", "nl": "Bibliografie",
    "pt": "Bibliografia", "pl": "Bibliografia", "cs": "Bibliografie", "da": "Bibliografi", "sv": "Bibliografi",
    "ru": "Библиография", "uk": "Бібліографія",
}  # fmt: skip
_MODES: dict[str, Mode] = {"prose": "author-in-text", "author": "author-only", "year": "year-only"}
# Styles that Typst knows by names of its own.
_STYLES = {
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-shortened-notes": "chicago-shortened-notes-bibliography",
    "mla": "modern-language-association",
}


def read(data: bytes, source: str) -> TypstDocument:
    """Return the document in these bytes; raises InputError where they are no text."""
    return TypstDocument(data, source)


class TypstDocument(TextDocument):
    """A Typst manuscript; anchors are the stretches of the citations."""

    format = "typst"
    writer = "typst"
    suffix_joint = ", "
    markup = _MARKUP

    def __init__(self, data: bytes, source: str) -> None:
        """Read settings, notes and citations."""
        super().__init__(data, source)
        self.source_formats |= {".yml": "hayagriva", ".yaml": "hayagriva"}
        self._opaque = Spans(_opaque(self.text))
        self._printed: Span | None = None
        self._read_settings()
        self._labels = {found[1] for found in _LABEL.finditer(self.text) if not self._opaque.end_at(found.start())}
        found = _joined(self.text, list(self._citations()))
        self._silent = [one for one in found if one.items[0].mode == "nocite"]
        self.set_places(found, self._notes())

    def _read_settings(self) -> None:
        language = _LANGUAGE.search(self.text)
        if language:
            self.settings.locale = "-".join(filter(None, language.groups()))
        for match in _BIBLIOGRAPHY.finditer(self.text):
            end = closing(self.text, match.end() - 1, self._opaque, "()")
            if end < 0 or self._opaque.end_at(match.start()):
                continue
            self.bibliographies += 1
            self._printed = (match.start(), end + 1)
            arguments = self.text[match.end() : end]
            self.settings.bibliography += _STRING.findall(_NAMED.sub("", arguments))
            style = _STYLE.search(arguments)
            if style:
                self.settings.style = _STYLES.get(style[1], style[1])
                self.settings.facts = {"style": style[1]}
            if re.search(r"\bfull\s*:\s*true", arguments):
                self.settings.nocite = ["*"]

    def _notes(self) -> list[NoteBody]:
        bodies: list[NoteBody] = []
        for match in _FOOTNOTE.finditer(self.text):
            end = -1 if self._opaque.end_at(match.start()) else closing(self.text, match.end() - 1, self._opaque, "[]")
            if end > 0:
                bodies.append(NoteBody(match.end(), end, match.start(), len(bodies) + 1))
        return bodies

    def _citations(self) -> Iterator[Found]:
        for match in _CITATION.finditer(self.text):
            if self._opaque.end_at(match.start()):
                continue
            found = self._reference(match) if match["key"] else self._call(match)
            if found:
                yield found

    def _reference(self, match: re.Match[str]) -> Found | None:
        key = match["key"]
        if key in self._labels:
            self.cross_references += [f"@{key}"] if f"@{key}" not in self.cross_references else []
            return None
        end = match.end()
        raw = ""
        if self.text[end : end + 1] == "[":
            close = closing(self.text, end, self._opaque, "[]")
            if close > 0:
                raw, end = self.text[end + 1 : close], close + 1
        return Found(match.start(), end, [_item(key, raw, "normal", self.settings.locale)])

    def _call(self, match: re.Match[str]) -> Found | None:
        end = closing(self.text, match.end() - 1, self._opaque, "()")
        target = _TARGET.match(self.text, match.end())
        if end < 0 or target is None:
            return None
        arguments = self.text[target.end() : end]
        form = _FORM.search(arguments)
        mode: Mode = "normal"
        if form:
            mode = "nocite" if form["none"] else _MODES.get(form["form"], "normal")
        raw = ""
        supplement = _SUPPLEMENT.search(arguments)
        if supplement:
            raw = supplement["text"] or ""
            if supplement["text"] is None:
                opening = target.end() + supplement.end() - 1
                raw = self.text[opening + 1 : closing(self.text, opening, self._opaque, "[]")]
        return Found(match.start(), end + 1, [_item(target["key"] or target["named"], raw, mode, self.settings.locale)])

    def affix(self, text: str) -> str:
        """Keep the author's Typst in supplements as it is."""
        return self.keep(text) if any(mark in text for mark in "\\#$*_`<>@[]~") else text

    def citation_markup(self, item: CitedItem) -> str:
        """Return `@key[p. 3]`."""
        text = locator_text(item)
        return f"@{item.id}[{text}]" if text else f"@{item.id}"

    def remark(self, text: str, follows: str) -> str:
        """Return a comment."""
        del follows
        return f"/* {text.replace('*/', '')} */"

    def note_markup(self, text: str) -> str:
        """Return a note in the line."""
        return f"#footnote[{text}]"

    def bibliography_edits(self, rendering: Rendering) -> list[Edit]:
        """Return the edits that put the entries in the place of `#bibliography`, or at the end.

        Without it there is nothing that `#cite(<key>, form: none)` could add to: these go.
        """
        silent = [Edit(one.start, one.end, "") for one in self._silent]
        indent = "#set par(hanging-indent: 2em)\n" if rendering.hanging_indent else ""
        body = f"#[\n{indent}" + "\n\n".join(self.entries(rendering)) + "\n]"
        if self._printed is None:
            return [self.at_end(body)]
        return [*silent, Edit(*self._printed, self._heading(self.text[slice(*self._printed)]) + body)]

    def _heading(self, call: str) -> str:
        """Return the heading that `#bibliography` prints: its title, none, or the word of the language."""
        title = _TITLE.search(call)
        if title and title["none"]:
            return ""
        word = (title["text"] or title["content"]) if title else ""
        language = self.settings.locale.partition("-")[0]
        return f"#heading(numbering: none)[{word or _HEADINGS.get(language, 'Bibliography')}]\n"


def _opaque(text: str) -> Iterator[Span]:
    for match in _OPAQUE.finditer(text):
        yield match.span()


def _item(key: str, raw: str, mode: Mode, language: str) -> CitedItem:
    split = split_locator(raw.replace("~", " "), language, braces=False)
    suffix = " ".join((split.suffix if split.locator else raw).split())
    return CitedItem(key, mode=mode, suffix=suffix, locator=split.locator, label=split.label)


def _joined(text: str, found: list[Found]) -> list[Found]:
    """Return the citations with those that only white space parts as one, which is how Typst prints them."""
    joined: list[Found] = []
    for one in found:
        before = joined[-1] if joined else None
        plain = one.items[0].mode == "normal" and (before is None or before.items[-1].mode == "normal")
        if before is not None and plain and not text[before.end : one.start].strip(" \t") and one.start > before.end:
            joined[-1] = Found(before.start, one.end, [*before.items, *one.items])
        else:
            joined.append(one)
    return joined
