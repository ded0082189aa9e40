"""Org mode: `[cite/style:see @key p. 3; @other]` of Org 9.5, links of org-ref, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .latex.commands import command_of
from .locators import locator_text, split_locator
from .model import CitedItem
from .note_text import Markup
from .spans import Edit, Span, Spans, closing
from .text import Found, NoteBody, TextDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Mode, Rendering

_KEY = r"(?P<minus>-?)@(?P<key>[\w\-.:?!`'/*@+|(){}<>&^$#%~]*[\w/*+$#%~}>)])"
_KEY_RE = lazy(_KEY)
_OPAQUE = lazy(
    r"""
      ^[ \t]*\#\+begin_(?P<block>src|example|export|comment)\b.*?(?:^[ \t]*\#\+end_(?P=block)\b[^\n]*|\Z)
    | ^[ \t]*:[ \t][^\n]*
    | ^[ \t]*\#[ \t][^\n]*
    | (?<![\w~=])[~=](?=\S)[^~=\n]*[^\s~=][~=](?!\w)
    | \\\(.*?\\\) | \\\[.*?\\\] | \$[^$\n]+\$
    """,
    re.S | re.X | re.M | re.I,
)
_CITE = lazy(r"\[cite(?:/(?P<style>[\w-]+(?:/[\w-]+)*))?:")
_REF = lazy(r"(?<![\w&\[/])(?P<name>[A-Za-z]*cite[A-Za-z]*\*?):(?=[&\w])(?P<body>[^\s\]\[{}()\"<>]+)")
_REF_LINK = lazy(r"\[\[(?P<name>[A-Za-z]*cite[A-Za-z]*\*?):(?P<body>[^\[\]]+)\](?:\[(?P<text>[^\[\]]*)\])?\]")
_REF_KEY = lazy(r"&?([\w:.\-/+]*[\w+])")
_DEFINITION = lazy(r"(?m)^\[fn:(?P<id>[\w-]+)\][ \t]*")
_MARK = lazy(r"\[fn:(?P<id>[\w-]*)(?P<inline>:)?")
_END_OF_NOTE = lazy(r"(?m)^(?:\[fn:[\w-]+\]|\*+ )|\n[ \t]*\r?\n[ \t]*\r?\n")
_KEYWORD = lazy(
    r"(?mi)^[ \t]*#\+(?P<name>bibliography|cite_export|language|print_bibliography):"
    r"[ \t]*(?P<value>[^\n]*?)[ \t]*\r?$"
)
_REF_BIBLIOGRAPHY = lazy(r"(?m)^(?:\[\[)?bibliography:(?P<value>[^\s\[\]]+)(?:\]\])?[ \t]*$")
_MARKUP = Markup(
    lazy(r"(?<![\w/:])[/*_](?=[^\s/])|(?<=[^\s/:])[/*_](?![\w/])|(?<!-)-{2,3}(?!-)"), {"--": "–", "---": "—"}
)
_MODES: dict[str, Mode] = {
    "t": "author-in-text", "text": "author-in-text", "a": "author-only", "author": "author-only",
    "na": "suppress-author", "noauthor": "suppress-author", "n": "nocite", "nocite": "nocite",
    "y": "year-only", "year": "year-only", "ti": "title-only", "title": "title-only",
}  # fmt: skip


def read(data: bytes, source: str) -> OrgDocument:
    """Return the document in these bytes; raises InputError where they are no text."""
    return OrgDocument(data, source)


class OrgDocument(TextDocument):
    """An Org manuscript; anchors are the stretches of the citations."""

    format = "org"
    writer = "org"
    markup = _MARKUP
    affixes_fix_order = True

    def __init__(self, data: bytes, source: str) -> None:
        """Read settings, notes and citations."""
        super().__init__(data, source)
        self._opaque = Spans(match.span() for match in _OPAQUE.finditer(self.text))
        self._printed: list[Span] = []
        self._read_settings()
        bodies = self._notes()
        self.set_places(sorted(self._citations()), bodies)
        self.bibliographies = len(self._printed)

    def _read_settings(self) -> None:
        for match in _KEYWORD.finditer(self.text):
            if self._opaque.end_at(match.start()):
                continue
            name, value = match["name"].lower(), match["value"]
            if name == "bibliography":
                self.settings.bibliography.append(value.strip('"'))
            elif name == "cite_export":
                words = value.split()
                if words[:1] == ["csl"] and len(words) > 1:
                    self.settings.style = words[1]
            elif name == "language":
                self.settings.locale = value
            elif name == "print_bibliography":
                self._printed.append(match.span())
        for match in _REF_BIBLIOGRAPHY.finditer(self.text):
            self.settings.bibliography += match["value"].split(",")
            self._printed.append(match.span())
        if self.settings.style:
            self.settings.facts = {"csl": self.settings.style}

    def _notes(self) -> list[NoteBody]:
        definitions: dict[str, Span] = {}
        for match in _DEFINITION.finditer(self.text):
            if not self._opaque.end_at(match.start()):
                following = _END_OF_NOTE.search(self.text, match.end())
                definitions[match["id"]] = (match.end(), following.start() if following else len(self.text))
        inside = Spans((start - 1, end) for start, end in definitions.values())
        bodies: list[NoteBody] = []
        seen: set[str] = set()
        for match in _MARK.finditer(self.text):
            start = match.start()
            if self._opaque.end_at(start) or inside.end_at(start) or _DEFINITION.match(self.text, start):
                continue
            if match["inline"]:
                end = closing(self.text, start, self._opaque, "[]")
                if end > 0:
                    bodies.append(NoteBody(match.end(), end, start, len(bodies) + 1))
            elif match["id"] in definitions and match["id"] not in seen:
                seen.add(match["id"])
                bodies.append(NoteBody(*definitions[match["id"]], start, len(bodies) + 1))
        return bodies

    def _citations(self) -> Iterator[Found]:
        for match in _CITE.finditer(self.text):
            end = closing(self.text, match.start(), self._opaque, "[]")
            if end > 0 and not self._opaque.end_at(match.start()):
                mode = _MODES.get((match["style"] or "").split("/")[0], "normal")
                items = self._items(self.text[match.end() : end], mode)
                if items:
                    yield Found(match.start(), end + 1, items)
        links = Spans(match.span() for match in _REF_LINK.finditer(self.text))
        for pattern in (_REF_LINK, _REF):
            for match in pattern.finditer(self.text):
                if self._opaque.end_at(match.start()) or (pattern is _REF and links.end_at(match.start())):
                    continue
                found = self._link(match)
                if found:
                    yield found

    def _items(self, body: str, mode: Mode) -> list[CitedItem]:
        """Return the items of `[cite:...]`; words before the first key and behind the last may be about all."""
        items: list[CitedItem] = []
        common = ""
        for part in body.split(";"):
            match = _KEY_RE.search(part)
            if match is None:
                if items:
                    items[-1].suffix = " ".join(f"{items[-1].suffix}; {part.strip()}".strip("; ").split())
                else:
                    common = f"{part.strip()} "
                continue
            split = split_locator(part[match.end() :], self.settings.locale)
            items.append(
                CitedItem(
                    match["key"],
                    mode="suppress-author" if match["minus"] else mode,
                    prefix=" ".join((common + part[: match.start()]).split()),
                    suffix=" ".join(split.suffix.split()),
                    locator=split.locator,
                    label=split.label,
                    suffix_raw=part[match.end() :].strip(),
                )
            )
            common = ""
        return items

    def _link(self, match: re.Match[str]) -> Found | None:
        """Return a citation of org-ref: `cite:a,b`, or `[[cite:see &a p. 3;&b]]` of its third version."""
        command = command_of(match["name"])
        if command is None:
            return None
        body = match["body"]
        items: list[CitedItem] = []
        for part in re.split(r"[;,](?=\s*[^\s]*&)", body) if "&" in body else body.split(","):
            key = re.search(r"&([\w:.\-/+]*[\w+])", part) if "&" in part else _REF_KEY.match(part.strip())
            if key is None:
                continue
            before, after = (part[: key.start()], part[key.end() :]) if "&" in part else ("", "")
            split = split_locator(after, self.settings.locale)
            items.append(
                CitedItem(key[1], command.mode, before.strip(), split.suffix.strip(), split.locator, split.label)
            )
        end = match.end()
        if items and "&" not in body and not match[0].startswith("[["):
            end = match.start("body") + len(body.rstrip(".,;:!?"))
        return Found(match.start(), end, items, command.note) if items else None

    def affix(self, text: str) -> str:
        """Keep the author's markup in prefixes and suffixes as it is."""
        return self.keep(text) if any(mark in text for mark in "*/_+=~[]\\<>^") else text

    def citation_markup(self, item: CitedItem) -> str:
        """Return `[cite:@key p. 3]`."""
        text = locator_text(item)
        return f"[cite:@{item.id} {text}]" if text else f"[cite:@{item.id}]"

    def remark(self, text: str, follows: str) -> str:
        """Return a snippet for a backend that there is not, which no export prints."""
        del follows
        return f"@@comment:{text.replace('@@', '')}@@"

    def note_markup(self, text: str) -> str:
        """Return a note in the line."""
        return f"[fn:: {text}]"

    def bibliography_edits(self, rendering: Rendering) -> list[Edit]:
        """Return the edits that put the entries in the place of `#+print_bibliography:`, or at the end."""
        body = "\n\n".join(self.entries(rendering))
        return [Edit(*self._printed[-1], body)] if self._printed else [self.at_end(body)]
