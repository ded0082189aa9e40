"""The names before a title: `Jane Roe and John Doe`, `Roe, Jane, and John Doe`, `Roe, J., & Doe, J.`"""

from __future__ import annotations

from citetool.lazy_re import lazy

_AND = lazy(r",?\s+(?:and|und|et|y|e|&)\s+|\s*[;/]\s*")
_ROLE = lazy(
    r",?\s*\(?\b(?:eds?|editors?|hg|hrsg|dir|coords?|trans|comp)\b\.?\)?,?\s*$"
    r"|,?\s*\((?:eds?|Hg|Hrsg|dir|coords?|Eds?)\.\)",
)
_WORD = lazy(r"(?:[A-ZÀ-ÞČŠŽŁ][\w.’'-]*|de|von|van|der|den|la|le|di|da|del|du|Jr\.?|et al\.?|u\. ?a\.)$")
_INITIALS = lazy(
    r"(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}$|[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.?)*$|[A-ZÀ-Þ][\w’'-]+(?:[\s-][A-ZÀ-Þ][\w’'-]+){0,2}$"
)
_ET_AL = lazy(r",?\s+(?:et al|u\. ?a)\.?$")
_MAX_NAMES = 8
_MAX_WORDS = 5


def is_name(text: str) -> bool:
    """Return whether a text can be the name of one person: up to five words with capitals, particles aside."""
    words = text.split()
    return 0 < len(words) <= _MAX_WORDS and all(_WORD.match(word) for word in words) and words[-1][:1].isupper()


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a list of them, an inverted one as it is written; none where something is no name."""
    text = _ET_AL.sub("", _ROLE.sub("", text.strip(" ,:"))).strip(" ,:")
    names: list[str] = []
    for part in _AND.split(text):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        index = 0
        while index < len(pieces):
            family, given = pieces[index], pieces[index + 1] if index + 1 < len(pieces) else ""
            inverted = (
                (not names or "," in names[0]) and len(family.split()) <= 3 and _INITIALS.match(given) is not None
            )
            if inverted and (len(family.split()) == 1 or family.split()[0].islower() or len(given.split()) == 1):
                names.append(f"{family}, {given}")
                index += 2
                continue
            names.append(family)
            index += 1
    fits = 0 < len(names) <= _MAX_NAMES and all(is_name(name.replace(",", "")) for name in names)
    return tuple(names) if fits else ()
