"""Overlay styles: CSL styles that state only their differences from a base style.

An overlay is an XML file in the CSL namespace that names its base with `extends` from a namespace of ours. What it
holds replaces what the base has of the same name; `base`, in the same namespace, stands for what it replaced:

    <style xmlns="http://purl.org/net/xbiblio/csl" xmlns:o="urn:citetool:overlay" version="1.0"
           class="note" o:extends="chicago-notes-bibliography">
      <info>...</info>                            its own title, id and date
      <locale xml:lang="en">...</locale>          terms are added to those of the base's locale, or replace them
      <macro name="new">...</macro>               a macro of a new name is added
      <macro name="title-note">                   one of the same name replaces the base's
        <choose>
          <if variable="annote">...</if>
          <else><o:base/></else>                  here stands the body of the base's title-note
        </choose>
      </macro>
      <citation>                                  attributes are added to the base's; a layout or sort replaces
        <layout><choose><if type="manuscript">...</if><else><o:base/></else></choose></layout>
      </citation>
    </style>

So a layout branch for the types that should differ stands before `<o:base/>`, and all else falls through to it.
`flatten` writes the plain CSL that this means: the base's own text with the parts exchanged, its authors named as
contributors and its licence kept. Flat text is all that a processor sees. The work is done on the text, not on a tree:
a base of 6,000 lines takes few milliseconds and keeps its comments. Base and overlay must use CSL as the default
namespace, without a prefix.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from xml.parsers import expat

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

NAMESPACE = "urn:citetool:overlay"

# comments, CDATA and processing instructions are matched so that nothing is found inside them; the one `<` in front of
# all lets the search run from one to the next
_TOKEN = lazy(
    r"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
    r"|(?P<close>/?)(?P<name>style|info|locale|macro|citation|bibliography|layout|sort|[\w.-]+:base)(?=[\s/>])"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/?)>)",
    re.DOTALL,
)
_ATTRIBUTE = lazy(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_TERM = lazy(r"\s*<term\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?:/>|>.*?</term>)", re.DOTALL)
_TERM_KEY = ("name", "form", "gender", "gender-form", "match")
_PARTS = ("info", "locale", "macro", "citation", "bibliography")


@dataclass(slots=True)
class Part:
    """An element of a style that overlays know, with its place in the text: tag, body, end; `children` in order."""

    name: str
    attributes: dict[str, str]
    start: int
    body: int
    body_end: int = -1
    end: int = -1
    children: list[Part] = field(default_factory=list)

    def child(self, name: str) -> Part | None:
        """Return the first child of that name, or None."""
        return next((part for part in self.children if part.name == name), None)


@dataclass(slots=True)
class StyleText:
    """The text of a style and where its lines come from.

    A style read from a file has no `pieces`. A flattened one has (offset here, style it was taken from or None for
    what flattening itself wrote, offset there), in the order of the text.
    """

    text: str
    source: str
    pieces: list[tuple[int, StyleText | None, int]] = field(default_factory=list)
    _line_starts: list[int] = field(default_factory=list, repr=False)

    def origin(self, line: int) -> Where:
        """Return the file and line that line `line` (from 1) of this text was taken from."""
        if not self.pieces:
            return Where(self.source, line)
        offset = self._starts()[min(max(line, 1), len(self._starts())) - 1]
        # the first visible character of the line decides: white space before it may belong to another piece
        while offset < len(self.text) - 1 and self.text[offset] in " \t":
            offset += 1
        start, taken_from, there = self.pieces[bisect_right(self.pieces, offset, key=itemgetter(0)) - 1]
        if taken_from is None:
            return Where(self.source)
        return taken_from.origin(bisect_right(taken_from._starts(), there + offset - start))

    def _starts(self) -> list[int]:
        """Return the offset of each line's first character."""
        if not self._line_starts:
            self._line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return self._line_starts


def extends(text: str) -> str | None:
    """Return the style that an overlay names as its base; None where the text is no overlay."""
    if NAMESPACE not in text:
        return None
    root = next((m for m in _TOKEN.finditer(text) if m["name"] == "style"), None)
    attributes = _attributes(root["attributes"]) if root else {}
    prefix = _prefix(attributes)
    return attributes.get(f"{prefix}:extends") if prefix else None


def flatten(overlay: StyleText, base: StyleText) -> StyleText:
    """Return the plain CSL that `overlay` over `base` means; `base` is plain CSL itself.

    Raises InputError, with the line, for XML that is not well formed, a part that is given twice or is not known,
    and `<o:base/>` where the base has nothing.
    """
    _well_formed(overlay)
    return _Flattening(overlay, base).run()


class _Flattening:
    """One run of `flatten`: writes the base's text part by part, exchanging what the overlay has."""

    def __init__(self, overlay: StyleText, base: StyleText) -> None:
        self.overlay, self.base = overlay, base
        self.over, self.under = _parse(overlay), _parse(base)
        self.prefix = _prefix(self.over.attributes)
        self.out: list[str] = []
        self.length = 0
        self.pieces: list[tuple[int, StyleText | None, int]] = []
        self.by_key = self._by_key()

    def run(self) -> StyleText:
        self._write('<?xml version="1.0" encoding="utf-8"?>\n')
        self._write(f"<style{_written(self._root_attributes())}>\n")
        base_id = extends(self.overlay.text)
        self._write(f"  <!-- written by citetool: an overlay of ours over the style {base_id} -->\n  ")
        done: set[tuple[str, str]] = set()
        position = self.under.children[0].start if self.under.children else self.under.body_end
        for part in self.under.children:
            self._copy(self.base, position, part.start)
            key = _key(part)
            if part.name == "citation":
                self._added("macro", done)
            self._part(part, self.by_key.get(key))
            done.add(key)
            if part.name == "info":
                self._added("locale", done)
            position = part.end
        self._added("bibliography", done)
        self._copy(self.base, position, len(self.base.text))
        return StyleText("".join(self.out), self.overlay.source, self.pieces)

    def _by_key(self) -> dict[tuple[str, str], Part]:
        """Return the overlay's parts by what they replace; raises InputError for unknown and doubled ones."""
        parts: dict[tuple[str, str], Part] = {}
        for part in self.over.children:
            if part.name not in _PARTS:
                raise self._fault(part.start, f"<{part.name}> has no place at the top of a style")
            if _key(part) in parts:
                raise self._fault(part.start, f"{' '.join(_key(part)).strip()} is given twice")
            parts[_key(part)] = part
        if ("info", "") not in parts:
            raise self._fault(self.over.start, "the overlay has no <info>", "give it a title, an id and a date")
        return parts

    def _root_attributes(self) -> dict[str, str]:
        ours = {
            name: value
            for name, value in self.over.attributes.items()
            if name not in (f"xmlns:{self.prefix}", f"{self.prefix}:extends")
        }
        return self.under.attributes | ours

    def _part(self, under: Part, over: Part | None) -> None:
        """Write one part of the base, or what the overlay has in its place."""
        if over is None:
            self._copy(self.base, under.start, under.end)
        elif over.name == "info":
            self._info(under, over)
        elif over.name == "locale":
            self._locale(under, over)
        elif over.name == "macro":
            self._replaced(under, over)
        else:
            self._rendering(under, over)

    def _added(self, name: str, done: set[tuple[str, str]]) -> None:
        """Write the overlay's parts of that name that the base has not."""
        known = {_key(part) for part in self.under.children}
        for key, part in self.by_key.items():
            if part.name == name and key not in known and key not in done:
                done.add(key)
                if name == "bibliography":
                    self._write("  ")
                    self._copy(self.overlay, part.start, part.end)
                    self._write("\n")
                elif name == "locale":
                    self._write("\n  ")
                    self._copy(self.overlay, part.start, part.end)
                else:
                    self._body(part, None, part.start, part.end)
                    self._write("\n  ")

    def _info(self, under: Part, over: Part) -> None:
        """Write the overlay's info, with the base as its template, its authors as contributors, and its licence."""
        self._copy(self.overlay, over.start, over.body_end)
        theirs = self.base.text[under.body : under.body_end]
        ours = self.overlay.text[over.body : over.body_end]
        credits = []
        base_id = re.search(r"<id>\s*(.*?)\s*</id>", theirs)
        if base_id and 'rel="template"' not in ours:
            credits.append(f'<link href="{base_id[1]}" rel="template"/>')
        credits += [
            f"<contributor>{person}</contributor>"
            for person in re.findall(r"<(?:author|contributor)>(.*?)</(?:author|contributor)>", theirs, re.DOTALL)
        ]
        rights = re.search(r"<rights\b.*?</rights>", theirs, re.DOTALL)
        if rights and "<rights" not in ours:
            credits.append(rights[0])
        self._write("".join(f"  {line}\n  " for line in credits))
        self._copy(self.overlay, over.body_end, over.end)

    def _locale(self, under: Part, over: Part) -> None:
        """Write the base's locale without the terms that the overlay has too, then the overlay's."""
        ours = {_term_key(m[1]) for m in _TERM.finditer(self.overlay.text, over.body, over.body_end)}
        position = under.start
        for match in _TERM.finditer(self.base.text, under.body, under.body_end):
            if _term_key(match[1]) in ours:
                self._copy(self.base, position, match.start())
                position = match.end()
        terms = re.compile(r"<terms>(.*)</terms>", re.DOTALL)
        mine = terms.search(self.overlay.text, over.body, over.body_end)
        theirs = terms.search(self.base.text, under.body, under.body_end)
        if mine and theirs:
            self._copy(self.base, position, theirs.end(1))
            self._copy(self.overlay, mine.start(1), mine.end(1))
            self._copy(self.base, theirs.end(1), under.body_end)
        else:
            self._copy(self.base, position, under.body_end)
        rest = over.body if not (mine and theirs) else mine.end()
        self._copy(self.overlay, rest, over.body_end)
        self._copy(self.base, under.body_end, under.end)

    def _rendering(self, under: Part, over: Part) -> None:
        """Write <citation> or <bibliography>: the base's, with added attributes, and the overlay's sort and layout."""
        self._write(f"<{over.name}{_written(under.attributes | over.attributes)}>\n")
        for name in ("sort", "layout"):
            mine, theirs = over.child(name), under.child(name)
            if mine is None and theirs is None:
                continue
            self._write("    ")
            if mine is None and theirs is not None:
                self._copy(self.base, theirs.start, theirs.end)
            elif mine is not None:
                self._replaced(theirs, mine)
            self._write("\n")
        self._write(f"  </{over.name}>")

    def _replaced(self, under: Part | None, over: Part) -> None:
        """Write an element of the overlay, its attributes added to the base's."""
        attributes = (under.attributes if under else {}) | over.attributes
        self._write(f"<{over.name}{_written(attributes)}>", over)
        self._body(over, under, over.body, over.body_end)
        self._write(f"</{over.name}>")

    def _body(self, over: Part, under: Part | None, start: int, end: int) -> None:
        """Write text of the overlay, with <o:base/> replaced by the body of the base's element."""
        position = start
        for marker in (part for part in over.children if part.name == f"{self.prefix}:base"):
            if under is None:
                what = " ".join(_key(over)).strip()
                raise self._fault(marker.start, f"the base has no {what} that could stand here")
            self._copy(self.overlay, position, marker.start)
            self._copy(self.base, under.body, under.body_end)
            position = marker.end
        self._copy(self.overlay, position, end)

    def _copy(self, style: StyleText, start: int, end: int) -> None:
        self.pieces.append((self.length, style, start))
        self.out.append(style.text[start:end])
        self.length += end - start

    def _write(self, text: str, stands_for: Part | None = None) -> None:
        """Write text that no file has as it is; what stands for a part of the overlay counts as its first line."""
        self.pieces.append((self.length, self.overlay, stands_for.start) if stands_for else (self.length, None, 0))
        self.out.append(text)
        self.length += len(text)

    def _fault(self, offset: int, message: str, hint: str | None = None) -> InputError:
        line = self.overlay.text.count("\n", 0, offset) + 1
        return InputError(Problem(message, Where(self.overlay.source, line), hint))


def _parse(style: StyleText) -> Part:
    """Return the root with the parts that overlays know; raises InputError where the text has no such root."""
    stack: list[Part] = []
    for match in _TOKEN.finditer(style.text):
        name = match["name"]
        if name is None:
            continue
        if match["close"]:
            part = stack.pop() if stack else Part(name, {}, 0, 0)
            part.body_end, part.end = match.start(), match.end()
            if part.name == "style" and not stack:
                return part
            continue
        part = Part(name, _attributes(match["attributes"]), match.start(), match.end())
        if stack:
            stack[-1].children.append(part)
        if match["empty"]:
            part.body = part.body_end = part.end = match.end()
        else:
            stack.append(part)
    raise InputError(
        Problem(
            "this is no style with <style> ... </style> at its root",
            Where(style.source),
            "an overlay and its base have CSL as the default namespace, without a prefix",
        )
    )


def _well_formed(style: StyleText) -> None:
    """Raise InputError with the line if the text is not well-formed XML, or declares entities."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise InputError(
            Problem(
                "a style must not have a document type declaration",
                Where(style.source, parser.CurrentLineNumber),
                "take <!DOCTYPE ...> out",
            )
        )

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(style.text.encode(), True)
    except expat.ExpatError as error:
        where = Where(style.source, error.lineno, error.offset + 1)
        raise InputError(Problem(f"not well-formed XML: {expat.ErrorString(error.code)}", where)) from error


def _prefix(attributes: dict[str, str]) -> str | None:
    """Return the prefix that the root binds to our namespace."""
    names = (name for name, value in attributes.items() if value == NAMESPACE and name.startswith("xmlns:"))
    return next((name.partition(":")[2] for name in names), None)


def _key(part: Part) -> tuple[str, str]:
    """Return the identity of a part of a style: a macro's name, a locale's language."""
    return part.name, part.attributes.get("name" if part.name == "macro" else "xml:lang", "")


def _term_key(attributes: str) -> tuple[str | None, ...]:
    found = _attributes(attributes)
    return tuple(found.get(name) for name in _TERM_KEY)


def _attributes(text: str) -> dict[str, str]:
    """Return attributes of a start tag, their values still escaped, without the quotes."""
    return {name: value[1:-1] for name, value in _ATTRIBUTE.findall(text)}


def _written(attributes: dict[str, str]) -> str:
    # the values are as they stood in the file: escaped already, and a double quote in them stood in single ones
    return "".join(f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in attributes.items())
