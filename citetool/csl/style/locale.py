"""Locales: terms, date formats and options of a language, with the fallback of the specification.

SPEC (CSL 1.0.2, "Locale Fallback"): what a style says for the dialect goes before what it says for the language,
before what it says for all; then come the locale file of the dialect, of the language's primary dialect, and en-US.
A term that a file has in any form is not looked for in English, as in the reference.
Files are those that citeproc-py brings. A `Locale` is never changed after it was made, and what was made of the files
is kept.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.diskcache import DiskCache, stamp
from citetool.output.quotes import QuoteMarks

from .serialize import node_from_data, node_to_data

if TYPE_CHECKING:
    from .nodes import Node, Style

PRIMARY_DIALECTS = {
    "af": "af-ZA", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK", "de": "de-DE",
    "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
    "gl": "gl-ES", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU", "id": "id-ID", "is": "is-IS",
    "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "lij": "lij-IT", "lt": "lt-LT", "lv": "lv-LV",
    "mn": "mn-MN", "ms": "ms-MY", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO", "no": "nb-NO", "pl": "pl-PL",
    "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-Cyrl-RS", "sv": "sv-SE",
    "th": "th-TH", "tl": "tl-PH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
_SHELF = DiskCache(
    "locales", "csl/style/locale.py", "csl/style/parse.py", "csl/style/serialize.py", "csl/style/nodes.py"
)
_FORM_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}

_PRIMARY = frozenset(PRIMARY_DIALECTS.values())

Term = tuple[str, str]


class Locale:
    """One language as a style sees it. `terms` maps name and form to (single, multiple)."""

    __slots__ = ("dates", "genders", "lang", "options", "ordinals", "quotes", "terms")

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.terms: dict[tuple[str, str], Term] = {}
        self.genders: dict[str, str] = {}
        self.ordinals: dict[tuple[str, str], tuple[str, str]] = {}
        self.dates: dict[str, Node] = {}
        self.options: dict[str, str] = {}
        self.quotes = QuoteMarks()

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str | None:
        """Return the term in the form, or in the next longer one that there is; None if the locale lacks the term."""
        wanted: str | None = form
        while wanted is not None:
            found = self.terms.get((name, wanted))
            if found is not None:
                return found[1 if plural else 0]
            wanted = _FORM_FALLBACK.get(wanted)
        return None

    @property
    def and_sign(self) -> str:
        """Return the sign for `and`: `&` unless the locale or the style has another one."""
        return self.terms.get(("and", "symbol"), ("", ""))[0] or "&"

    def copy(self, lang: str) -> Locale:
        """Return an equal locale to lay other definitions over."""
        new = Locale(lang)
        new.terms = dict(self.terms)
        new.genders = dict(self.genders)
        new.ordinals = dict(self.ordinals)
        new.dates = dict(self.dates)
        new.options = dict(self.options)
        return new

    def overlay(self, node: Node, *, style: bool = False) -> None:
        """Lay the definitions of one `cs:locale` over these: of a locale file, or of a style."""
        for kid in node.kids:
            if kid.name == "terms":
                self._overlay_terms(kid, style=style)
            elif kid.name == "date":
                self.dates[kid.attrs.get("form", "text")] = kid
            elif kid.name == "style-options":
                self.options.update(kid.attrs)

    def forget_terms(self, node: Node) -> None:
        """Drop all forms of the terms that a locale file defines: its long form goes before an English short one."""
        names = {kid.attrs.get("name", "") for terms in node.kids if terms.name == "terms" for kid in terms.kids}
        self.terms = {key: pair for key, pair in self.terms.items() if key[0] not in names}

    def _overlay_terms(self, terms: Node, *, style: bool) -> None:
        # SPEC: redefining any ordinal term replaces all of them. DEVIATION: as in the reference, a style does so only
        # with the term `ordinal` itself; without it, those of its ordinals count that the locale has too
        names = {kid.attrs.get("name", "") for kid in terms.kids}
        replaces = not style or "ordinal" in names
        known = set(self.ordinals)
        if replaces and any(map(_is_short_ordinal, names)):
            for key in [k for k in self.ordinals if _is_short_ordinal(k[0])]:
                del self.ordinals[key]
        for kid in terms.kids:
            name = kid.attrs.get("name", "")
            single, multiple = kid.first("single"), kid.first("multiple")
            if single is not None or multiple is not None:
                pair = (single.text if single else "", multiple.text if multiple else "")
            else:
                pair = (kid.text, kid.text)
            if "ordinal" in name:
                gender = kid.attrs.get("gender-form", "")
                if replaces or not _is_short_ordinal(name) or (name, gender) in known:
                    self.ordinals[name, gender] = (pair[0], kid.attrs.get("match", ""))
            form = kid.attrs.get("form", "long")
            if "gender-form" not in kid.attrs:
                self.terms[name, form] = pair
            if "gender" in kid.attrs:
                self.genders[name] = kid.attrs["gender"]

    def finish(self) -> Locale:
        """Set what follows from the terms; returns the locale itself."""
        default = QuoteMarks()
        marks = [self.term(name) for name in ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")]
        self.quotes = QuoteMarks(
            default.open if marks[0] is None else marks[0],
            default.close if marks[1] is None else marks[1],
            default.inner_open if marks[2] is None else marks[2],
            default.inner_close if marks[3] is None else marks[3],
        )
        return self


def _is_short_ordinal(name: str) -> bool:
    return name.startswith("ordinal")


@cache
def locale_folder() -> Path:
    """Return the folder with the locale files of citeproc-py, found without importing it."""
    spec = find_spec("citeproc")
    if spec is None or not spec.submodule_search_locations:
        return Path()
    return Path(spec.submodule_search_locations[0]) / "data" / "locales"


@cache
def _known_tags() -> dict[str, str]:
    """Locale tags by their lower-case form."""
    tags = [path.stem.removeprefix("locales-") for path in locale_folder().glob("locales-*.xml")]
    return {tag.lower(): tag for tag in tags}


def _locale_file(tag: str) -> Path:
    return locale_folder() / f"locales-{tag}.xml"


@cache
def load_locale(tag: str) -> Locale:
    """Return the locale of the files alone: en-US below, then the primary dialect, then the dialect itself."""
    files = [_locale_file(name) for name in ("en-US", *(_file_chain(tag) if tag != "en-US" else ()))]
    stamps = tuple(stamp(file) for file in files)
    kept = _SHELF.load(tag)
    if kept is not None and kept[0] == stamps and None not in stamps:
        return _thawed(tag, kept[1])
    from .parse import parse_xml  # noqa: PLC0415 - what was kept needs no XML

    locale = Locale(tag)
    for file in files:
        root = parse_xml(file.read_bytes(), str(file))
        locale.forget_terms(root)
        locale.overlay(root)
    if None not in stamps:
        _SHELF.store(tag, (stamps, _frozen(locale)))
    return locale.finish()


def _frozen(locale: Locale) -> tuple[dict[Any, Any], ...]:
    dates = {form: node_to_data(node) for form, node in locale.dates.items()}
    return locale.terms, locale.genders, locale.ordinals, locale.options, dates


def _thawed(tag: str, frozen: tuple[dict[Any, Any], ...]) -> Locale:
    locale = Locale(tag)
    locale.terms, locale.genders, locale.ordinals, locale.options, dates = frozen
    locale.dates = {form: node_from_data(node) for form, node in dates.items()}
    return locale.finish()


def _file_chain(tag: str) -> list[str]:
    known = _known_tags()
    exact = known.get(tag.lower())
    if exact is None:
        primary = PRIMARY_DIALECTS.get(tag.split("-", maxsplit=1)[0].lower(), tag.split("-", maxsplit=1)[0])
        exact = known.get(primary.lower())
    return [] if exact is None or exact == "en-US" else [exact]


def resolve_tag(tag: str) -> str:
    """Return the full tag for a bare language (`de` -> `de-DE`); the known spelling where only case differs."""
    clean = tag.strip().replace("_", "-")
    if clean in _PRIMARY:
        return clean
    known = _known_tags()
    if clean.lower() in known:
        return known[clean.lower()]
    language = clean.split("-")[0].lower()
    if "-" not in clean and language in PRIMARY_DIALECTS:
        return PRIMARY_DIALECTS[language]
    return clean or "en-US"


def style_locale(style: Style, tag: str) -> Locale:
    """Return the locale `tag` with the style's own `cs:locale` elements laid over it, general to special."""
    full = resolve_tag(tag or "en-US")
    base = load_locale(full)
    if not style.locales:
        return base
    language = full.split("-")[0].lower()
    locale = base.copy(full)
    # DEVIATION: as in the reference, what a style says for the primary dialect is for the others too
    primary = PRIMARY_DIALECTS.get(language, full).lower()
    for wanted in dict.fromkeys(("", language, primary, full.lower())):
        for node in style.locales:
            lang = node.attrs.get("lang", "").lower()
            if lang == wanted:
                locale.overlay(node, style=True)
    return locale.finish()
