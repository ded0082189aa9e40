"""Names as BibTeX has them: lists joined by `and`, three orders of parts, braces that keep a body's name whole.

biblatex's named parts (`family=Salam, given=Abdus`) are read too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from citetool.latex import encode, plain
from citetool.lazy_re import lazy
from citetool.names import Name, parse_direct_name, parse_name

_AND = lazy(r"\s+and\s+", re.I)
_PARTS = {"family": "family", "given": "given", "prefix": "non_dropping", "suffix": "suffix"}


def read_names(value: str) -> list[Name]:
    """Return the names of a field, in order."""
    value = " ".join(value.split())
    texts = _split(value, _AND) if "{" in value else _AND.split(value)
    names = [read_name(text) for text in texts if text.strip(" ,")]
    return [name for name in names if name.family or name.literal]


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the text parted where the separator stands outside braces."""
    parts: list[str] = []
    depth = start = at = 0
    while at < len(text):
        char = text[at]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif depth <= 0 and (match := separator.match(text, at)):
            parts.append(text[start:at])
            start = at = match.end()
            continue
        at += 1
    return [*parts, text[start:]]


@lru_cache(maxsize=4096)
def read_name(text: str) -> Name:
    """Return one name of a list."""
    text = text.strip(" ,")
    if text.startswith("{") and text.endswith("}") and "{" not in text[1:] and "}" not in text[:-1]:
        return Name(literal=plain(text))
    if re.match(r"(?:family|given|prefix|suffix)\s*=", text):
        return _named_parts(text)
    if "," not in text:
        if "{" in text:
            return _direct_with_braces(text)
        return parse_direct_name(plain(text) if "\\" in text or "~" in text else text)
    if "{" not in text:
        return parse_name(plain(text) if "\\" in text or "~" in text else text)
    parts = [part.strip() for part in _split(text, re.compile(r","))]
    if len(parts) == 1:
        return _direct_with_braces(text)
    if len(parts) > 3:
        return Name(literal=plain(text))
    given, suffix = (parts[1], "") if len(parts) == 2 else (parts[2], parts[1])
    family = parts[0]
    if _is_whole(family):
        return Name(plain(family), plain(given), "", "", plain(suffix))
    particle, _, rest = family.partition("{")
    if rest and _is_whole("{" + rest) and particle.strip().islower():
        return Name(plain("{" + rest), plain(given), "", plain(particle.strip()), plain(suffix))
    name = parse_name(f"{plain(family)}, {_COMMA.sub('', plain(given)) or '-'}")
    return Name(name.family, plain(given) if _is_whole(given) else name.given if plain(given) else "",
                "" if _is_whole(given) else name.dropping, name.non_dropping, plain(suffix))  # fmt: skip


_COMMA = lazy(",")


def _is_whole(text: str) -> bool:
    """Return whether braces stand around the whole of a part."""
    return (
        text.startswith("{")
        and text.endswith("}")
        and text.count("{") - text[1:-1].count("{") == 1
        and _balanced(text[1:-1])
    )


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _direct_with_braces(text: str) -> Name:
    """Return a name in spoken order of which a part is in braces: `Ludwig {van Beethoven}`, `{Foo Corp.} Berlin`."""
    if _is_whole(text):
        return Name(literal=plain(text))
    words = _split(text, re.compile(r"\s+"))
    last = words[-1]
    if len(words) > 1 and _is_whole(last) and " " in last:
        return Name(plain(last), plain(" ".join(words[:-1])))
    return parse_direct_name(plain(text))


def _named_parts(text: str) -> Name:
    parts: dict[str, str] = {}
    for piece in _split(text, re.compile(r",")):
        name, _, value = piece.partition("=")
        part = _PARTS.get(name.strip())
        if part:
            parts[part] = plain(value.strip().strip('"'))
    if not parts.get("family"):
        return Name(literal=parts.get("given", ""))
    return Name(**parts)


def write_name(name: Name) -> str:
    """Return the name for a field, in the order `von Last, Jr, First`; what would be taken apart in braces."""
    if name.literal:
        return f"{{{encode(name.literal)}}}"
    family = f"{name.non_dropping} {name.family}".strip() if name.non_dropping else name.family
    family_text = encode(family)
    if read_name(f"{family_text}, X") != Name(name.family, "X", "", name.non_dropping):
        family_text = f"{encode(name.non_dropping)} {{{encode(name.family)}}}".strip()
    given = f"{name.given} {name.dropping}".strip()
    given_text = encode(given)
    if "," in given or _AND.search(f" {given} "):
        given_text = f"{{{given_text}}}"
    suffix = encode(name.suffix)
    if "," in suffix or _AND.search(f" {suffix} "):
        suffix = f"{{{suffix}}}"
    if not given and not suffix:
        return family_text if family_text.startswith("{") else f"{family_text}, {{}}"
    return ", ".join([family_text, *([suffix] if suffix else []), given_text])
