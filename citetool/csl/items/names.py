"""Names of items: the parts that CSL knows, with the particles found where the data leaves them in the name.

The fields are those of `citetool.names.Name`, in a lighter class, because a long bibliography makes tens of thousands.
Lower-case words before a family name are a non-dropping particle, those after a given name a dropping one, unless the
data says `parse-names: false` or quotes the family name.
"""

from __future__ import annotations

from typing import Any

from citetool.lazy_re import lazy

# no part of a name is longer; what is comes from a broken import
MAX_PART = 20_000
_CONTROL = lazy(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ELIDED = lazy(r"([^\W\d_]{1,3}['’]|(?:al|el|as|az)-)(?=\w)")
_ROMANESQUE = lazy(
    r"[-0-9a-zA-Z\u0e01-\u0e5b\u00c0-\u017f\u0370-\u03ff\u0400-\u052f\u0590-\u05d4\u05d6-\u05ff\u1f00-\u1fff"
    r"\u0600-\u06ff\u200c-\u200e\u0218-\u021b\u1e00-\u1eff\u202a-\u202e]"
)
_SUFFIX_TAIL = lazy(r"^(.*?),(!?)\s*([^,]+)$")


def begins_romanesque(text: str) -> bool:
    """Return whether the text begins with a letter of a script that parts words with spaces."""
    return text[:1].isalpha() and bool(_ROMANESQUE.match(text))


class PersonName:
    """One person or body; `literal` alone is filled for a body."""

    __slots__ = ("cache", "comma_suffix", "dropping", "family", "given", "key", "literal", "non_dropping",
                 "romanesque", "static_order", "suffix")  # fmt: skip

    def __init__(self, family: str = "", given: str = "", literal: str = "") -> None:
        self.family = family
        self.given = given
        self.dropping = ""
        self.non_dropping = ""
        self.suffix = ""
        self.literal = literal
        self.comma_suffix = False
        self.static_order = False
        self.romanesque = True
        self.key: tuple[str, ...] = ()
        self.cache: dict[Any, Any] = {}

    def seal(self) -> PersonName:
        """Set what follows from the parts; returns the name itself."""
        parts = (self.family, self.given, self.dropping, self.non_dropping, self.suffix, self.literal)
        self.key = parts
        text = self.family or self.literal
        self.romanesque = bool(_ROMANESQUE.search(text)) if not text.isascii() else True
        return self


def parse_names(values: list[object], known: dict[Any, PersonName | None] | None = None) -> list[PersonName] | None:
    """Return the names in a CSL-JSON list, empty ones left out; None if the value holds no names at all.

    With `known`, a name that is there already is the same object, and so is what has been printed of it.
    """
    names: list[PersonName] = []
    for value in values:
        parts = {"literal": value} if isinstance(value, str) else value
        if not isinstance(parts, dict):
            return None
        name = _parse_name(parts) if known is None else _known_name(parts, known)
        if name is not None:
            names.append(name)
    return names


def _known_name(parts: dict[str, object], known: dict[Any, PersonName | None]) -> PersonName | None:
    try:
        key = (*parts.items(), *map(type, parts.values()))  # for True equals 1
        if key not in known:
            known[key] = _parse_name(parts)
        return known[key]
    except TypeError:  # a value that is no text
        return _parse_name(parts)


def _part(value: dict[str, object], key: str) -> str:
    found = value.get(key)
    if found is None or isinstance(found, (dict, list, bool)):
        return ""
    if isinstance(found, int) and abs(found) > 10**15:
        return ""
    text = str(found)[:MAX_PART].strip()
    return text if text.isprintable() else _CONTROL.sub("", text).strip()


def _parse_name(value: dict[str, object]) -> PersonName | None:
    name = PersonName(_part(value, "family"), _part(value, "given"), _part(value, "literal"))
    if not (name.family or name.given or name.literal):
        return None
    if name.family or name.given:
        name.literal = ""
    name.dropping = _part(value, "dropping-particle")
    name.non_dropping = _part(value, "non-dropping-particle")
    name.suffix = _part(value, "suffix")
    name.comma_suffix = bool(value.get("comma-suffix"))
    name.static_order = bool(value.get("static-ordering"))
    parse = value.get("parse-names")
    if not name.literal and parse not in (False, 0, "false"):
        _find_parts(name)
    if name.family.startswith('"') and name.family.endswith('"') and len(name.family) > 2:
        name.family = name.family[1:-1]
    return name.seal()


def _find_parts(name: PersonName) -> None:
    """Move particles out of family and given name, and a suffix written after the given name."""
    if not name.suffix and "," in name.given:
        match = _SUFFIX_TAIL.match(name.given)
        if match:
            name.given, name.suffix = match[1].strip(), match[3].strip()
            name.comma_suffix = bool(match[2])
    if not name.non_dropping and name.family and not name.family.startswith('"'):
        name.non_dropping, name.family = _leading(name.family)
    if not name.dropping and name.given and name.family:
        name.given, name.dropping = _trailing(name.given)


def _leading(family: str) -> tuple[str, str]:
    """Particle and rest of a family name: lower-case words, then an elided or hyphenated article."""
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count].lstrip("'’")[:1].islower():
        count += 1
    rest = " ".join(words[count:])
    particle = " ".join(words[:count])
    if particle.endswith(("'", "’")):
        particle += " "  # written apart: it stays apart
    match = _ELIDED.match(rest)
    if match and match[0][0].islower() and rest[match.end()].isupper():
        particle = f"{particle} {match[0]}".strip()
        rest = rest[match.end() :]
    return particle, rest


def _trailing(given: str) -> tuple[str, str]:
    """Rest and particle of a given name: the lower-case words at its end."""
    words = given.split(" ")
    count = len(words)
    while count > 1 and words[count - 1][:1].islower():
        count -= 1
    return " ".join(words[:count]).rstrip(","), " ".join(words[count:])
