"""Names of people and bodies, in the parts that CSL knows.

The model is that of CSL-JSON (CSL 1.0.2, "Names"): family and given name, two kinds of particle, a suffix; or one
`literal` for a body and for whoever is known by one name. Text form, used in record files, RIS and MARC:
`Family, Given`, `Family, Given, Suffix`, or a single name without a comma.

    >>> parse_name("van Gogh, Vincent")
    Name(family='Gogh', given='Vincent', dropping='', non_dropping='van', suffix='', literal='')
    >>> str(parse_name("Beethoven, Ludwig van"))
    'Beethoven, Ludwig van'

What is left out: splitting `Given Family` in direct order is a guess that `parse_direct_name` makes only where a
format demands it.
"""

from __future__ import annotations

from citetool.struct import NamedTuple

from .lazy_re import lazy

_JUNIOR = r"(?i:jr|sr|jnr|snr)\.?$"
_SUFFIX = lazy(rf"{_JUNIOR}|(?:[IVX]{{2,}}|[IVX]+\.|2nd|3rd|4th)$|(?i:esq|ph\.?d|m\.?d)\.?$")
# Where a given name may stand as well, `V.` and `MD` are initials.
_SURE_SUFFIX = lazy(rf"{_JUNIOR}|(?:[IVX]{{2,}}|2nd|3rd|4th)$")
_JUNIORS = frozenset({"jr", "sr", "jnr", "snr"})


class Name(NamedTuple):
    """One person or body; of `literal` and `family` exactly one is filled in a name made from a text of any words.

    `dropping` is the particle that goes with the given name when the name is inverted (Ludwig *van* Beethoven),
    `non_dropping` the one that stays with the family name (*van* Gogh).
    """

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self) -> str:
        """Return the text form; `parse_name` takes it back to an equal name for every name that it made."""
        if self.literal:
            return self.literal
        family = f"{self.non_dropping} {self.family}".strip()
        given = f"{self.given} {self.dropping}".strip()
        return ", ".join(p for p in (family, given, self.suffix) if p)

    def direct(self) -> str:
        """Return the name as it is spoken: `Ludwig van Beethoven`, `Martin Luther King Jr.`."""
        if self.literal:
            return self.literal
        parts = (self.given, self.dropping, self.non_dropping, self.family, self.suffix)
        return " ".join(p for p in parts if p)


_BODY = lazy(
    r"(?i)\b(?:university|department|ministry|office|library|archives?|committee|commission|institute|company|inc|ltd"
    r"|association|society|bureau|agency|council|cabinet|government|press|museum|team|group|staff)\b"
)


def is_body(text: str) -> bool:
    """Return whether a word of the text is one that names of bodies have, such as `Office`."""
    return bool(_BODY.search(text))


def parse_name(text: str) -> Name:
    """Return the name written as `Family, Given[, Suffix]`; without a comma the whole text is one literal name.

    Lower-case words before the family name become the non-dropping particle, those after the given name the
    dropping one. `Given Family, Jr.` is taken apart as well. A text with more than two commas is taken as the literal
    name of a body.
    """
    parts = [" ".join(part.split()) for part in text.split(",")]
    if len(parts) == 1 or len(parts) > 3 or not parts[0] or not parts[1]:
        return Name(literal=" ".join(text.split()))
    family_text, given_text = parts[0], parts[1]
    suffix = parts[2] if len(parts) == 3 else ""
    if suffix and not _SUFFIX.match(suffix) and _SURE_SUFFIX.match(given_text):
        given_text, suffix = suffix, given_text  # BibTeX order: `Family, Jr., Given`
    if not suffix and _is_junior(given_text):
        return _with_junior(family_text, given_text)
    non_dropping, family = _leading_particle(family_text)
    given, dropping = _trailing_particle(given_text)
    return Name(family, given, dropping, non_dropping, suffix)


def is_plain_name(name: Name) -> bool:
    """Return True for most names that `parse_name` would make of their text: it is not asked for those."""
    family, given, *others = name
    if any(others) or not family.isalpha() or not given:
        return False
    words = given.replace(".", "").split(" ")
    return all(map(str.isalpha, words)) and not (len(words) > 1 and words[-1].islower()) and not _is_junior(given)


def parse_direct_name(text: str) -> Name:
    """Return a name written as it is spoken (`W. Averell Harriman`), split before its last part.

    Lower-case words before the last part go with the family name as its non-dropping particle. One word alone is
    a literal name; a text with a comma before anything but a suffix is read by `parse_name`.
    """
    words = text.split()
    if "," in text:
        head, _, suffix = text.rpartition(",")
        suffix, words = suffix.strip(), head.split()
        if "," in head or len(words) < 2 or not _SUFFIX.match(suffix):
            return parse_name(text)
    else:
        suffix = words.pop() if len(words) > 2 and _SUFFIX.match(words[-1]) else ""
    if len(words) < 2 or _is_junior(words[0]):
        return Name(literal=" ".join(text.replace(",", " ").split()))
    given, non_dropping, family = _split_direct(words)
    return Name(family, given, "", non_dropping, suffix)


def _is_junior(word: str) -> bool:
    return word.removesuffix(".").lower() in _JUNIORS


def _with_junior(name_text: str, suffix: str) -> Name:
    """Return the name of `Martin Luther King, Jr.` or `King, Jr.`."""
    words = name_text.split()
    if len(words) == 1 or _is_particle(words[0]) or _is_junior(words[0]):
        non_dropping, family = _leading_particle(name_text)
        return Name(family, "", "", non_dropping, suffix)
    given, non_dropping, family = _split_direct(words)
    return Name(family, given, "", non_dropping, suffix)


def _split_direct(words: list[str]) -> tuple[str, str, str]:
    """Given name, particle and family name of two or more words."""
    start = len(words) - 1
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:-1]), words[-1]


def _is_particle(word: str) -> bool:
    """Return whether the word can belong to a family name without being one: `van`, `d'Este`, `'t`."""
    return word[:1].islower() or word.islower() or word[:2] in ("d'", "d’", "l'", "l’")


def _leading_particle(text: str) -> tuple[str, str]:
    if " " not in text:
        return "", text
    words = text.split()
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _trailing_particle(text: str) -> tuple[str, str]:
    if " " not in text:
        return text, ""
    words = text.split()
    count = len(words)
    while count > 1 and words[count - 1].islower():
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])
