"""The names before a title: `Jane Roe and John Doe`, `Roe, Jane, and John Doe`, `Roe, J., & Doe, J.`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.folding import CAPITALS, CYRILLIC

from .imprint import begins_title, is_given_name

if TYPE_CHECKING:
    import re

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


_CAP = (
    r"(?:(?!(?:The|An?|In|On|From|Der|Die|Das|Le|La|Les|El|Il)\s)"
    rf"(?:[{CAPITALS}][\w’'‑-]*[\w’'‑]|(?:d|D|O|l|L)[’'][A-Z][\w-]+))"
)
_INITIAL = rf"(?:[{CAPITALS}][a-zà-ÿ]{{0,2}}\.(?:\s?-?[{CAPITALS}]\.)*)"
_PARTICLE = r"(?:de|del|della|von|van|der|den|la|le|di|da|du|des|dos|zu|af|ter|ten|al|el|ben|bin|ibn|y|zur)"
_PARTICLES = rf"(?:{_PARTICLE}\s){{0,2}}"
_ARTICLES = r"(?:Le|La|De|Du|Des|Van|Von|Di|Da|Della|El|O|St\.)\s"
_GIVEN = (
    rf"(?:{_CAP}(?:\s{_CAP}){{0,2}}(?:\s{_INITIAL}|\s[A-Z](?=[,:;]|$))*"
    rf"|{_INITIAL}(?:\s?{_INITIAL})*(?:\s{_CAP}(?=[,:;]|\s(?:and|und|&)\s))?)"
)
_TURNED = (
    rf"(?:{_ARTICLES})?{_PARTICLES}{_CAP}(?:\s{_PARTICLES}{_CAP})?(?:\sJr\.)?,\s{_GIVEN}"
    rf"(?:\s{_PARTICLE}(?=[,.:;]|\s[&(]|\sand))?(?:,\sJr\.)?"
)
_CAPITALS = (
    rf"[A-ZÀ-Þ][A-ZÀ-Þ’'-]+(?:\s[A-ZÀ-Þ][A-ZÀ-Þ’'-]+)?(?:,?\s(?:{_INITIAL}(?:\s[A-ZÀ-Þ][a-zà-ÿ]+(?=\.\s))?"
    rf"|[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?(?:\s{_INITIAL})?)|\s\([^()]{{1,30}}\))"
    rf"|[A-ZÀ-Þ][\w’'-]+\s[A-ZÀ-Þ]\.(?:[\s-]?[A-ZÀ-Þ]\.)*(?=[,:;/]|\s(?:and|et|&)\s)|[{CYRILLIC}][\w-]+,?\s[{CYRILLIC}]\.(?:\s?[{CYRILLIC}]\.)?"
)
_DIRECT = (
    rf"(?:(?:{_CAP}|{_INITIAL}|[A-Z](?=\s))\s?){{1,4}}(?<=[\s.]){_PARTICLES}{_CAP}(?:\s{_PARTICLES}{_CAP})?"
    r"(?:,?\s(?:Jr|Sr)\.|\sI{2,3}(?!\w))?"
)
_NAME = {"capitals": lazy(_CAPITALS), "turned": lazy(_TURNED), "direct": lazy(_DIRECT)}
_JOIN = lazy(r",?\s(?P<and>and|und|et|y|e|&|u\.)\s|\s?[/;]\s?(?![/\d])|\s[–-]\s(?=[A-Z][\w.]+\s[A-Z])|(?P<comma>,\s)")
_OTHERS = lazy(r",?\s(?:et\sal|u\.\s?a|and\sothers|et\salii)\.?")
_ROLE_BEHIND = lazy(
    r",?\s[(\[]?(?:[Ee]ds?|[Ee]ditors?|[Hh]gg?|[Hh]rsgg?|[Dd]ir|[Cc]oords?|[Cc]omps?|[Éé]ds?|[Bb]earb|a\scura\sdi|ред)\b\.?"
    r"(?:\s(?:and|&)\strans\.)?[)\]]?"
)
_END = lazy(rf"(?:[.,:]|\s[–—-]|(?<=\.)|(?<=\)))\s(?=[{CAPITALS}0-9“\"„«»‘'¿¡\[(]|//)")
_ONE_WORD = lazy(r"(?P<name>[A-ZÀ-Þ][\w’'-]{2,30}(?:\sof\s[A-Z][a-z]+)?)\.\s(?=[A-ZÀ-Þ“\"])")
_NOBODY = lazy(r"(?P<name>[Oo]\.\s?V\.|N\.\s?N\.|Anon(?:\.|ym(?:us|ous)?)|s\.\s?n\.)[:,]?\s(?=[A-ZÀ-Þ“\"„«])")
_WITH_ARTICLE = lazy(rf"{_ARTICLES}[A-ZÀ-Þ][^\s]+,\s")
_ONE_FAMILY = lazy(rf"(?:{_ARTICLES})?{_PARTICLES}[^\s]+$")


def leading_names(text: str) -> list[tuple[tuple[str, ...], bool, int]]:
    """Return the lists of people that a text may begin with, the longest first.

    Each with whether they are editors, and where the text goes on behind it. A name in capitals, a turned one, or one
    as it is spoken begins the list; a comma goes on with it only where `and` joins the last name, where editors are
    named, or where the next is turned or in capitals as well.
    """
    found = [one for kind in _NAME for one in _lists(text, kind)]
    if not found and (nobody := _NOBODY.match(text)):
        return [((nobody["name"],), False, nobody.end())]
    if not found and (one := _ONE_WORD.match(text)):
        found.append(((one["name"],), False, one.end()))
    return found


def _lists(text: str, kind: str) -> list[tuple[tuple[str, ...], bool, int]]:
    """Return the lists whose first name is of that kind."""
    result = []
    for people, end, sure in reversed(_growing(text, kind)):
        others = _OTHERS.match(text, end)
        behind = others.end() if others else end
        role = _ROLE_BEHIND.match(text, behind)
        mark = _END.match(text, role.end() if role else behind) if sure or role else None
        if mark and not _is_doubtful(people) and not (mark[0][0] == ":" and _is_spoken(people)):
            result.append((people, role is not None, mark.end()))
    return result


def _growing(text: str, kind: str) -> list[tuple[tuple[str, ...], int, bool]]:
    """Return the list of names that a text begins with, as it grows name by name, and whether each may be the end."""
    match = _NAME[kind].match(text)
    if match is None or _starts_title(match[0]):
        return []
    lists: list[tuple[tuple[str, ...], int, bool]] = [((match[0],), match.end(), True)]
    joint = None
    while len(lists) < _MAX_NAMES and not (joint and joint["and"]):
        names, end, _ = lists[-1]
        joint = _JOIN.match(text, end)
        following = _following(text, joint.end(), kind) if joint else None
        if joint is None or following is None:
            break
        alike = kind == "capitals" or (kind == "turned" and "," in following[0])
        lists.append(((*names, following[0]), following.end(), not joint["comma"] or alike))
    return lists


def _following(text: str, start: int, kind: str) -> re.Match[str] | None:
    """Return the match of a further name: as the first is written, or as it is spoken."""
    if kind == "turned":
        match = _NAME["turned"].match(text, start)
        sure = match and not _starts_title(match[0])
        if match and sure and (_ONE_FAMILY.match(match[0].partition(",")[0]) or "." in match[0]):
            return match
    match = _NAME["capitals" if kind == "capitals" else "direct"].match(text, start)
    return match if match and not _starts_title(match[0]) else None


def _starts_title(name: str) -> bool:
    if "," in name and _WITH_ARTICLE.match(name):
        return False  # `Le Boulanger, Jean-Michel`
    return begins_title(name.partition(" ")[0])


def _is_spoken(people: tuple[str, ...]) -> bool:
    """Return whether a turned name is an author and whom the title is about: `Jane Roe, John Doe: A Biography`."""
    family, comma, given = people[0].partition(", ")
    return bool(comma) and is_given_name(family.partition(" ")[0]) and " " in family and " " in given


def _is_doubtful(people: tuple[str, ...]) -> bool:
    """Return whether a turned name may be two pieces: `Jane Roe, Docks`, a name and the first word of a title."""
    family, comma, given = people[0].partition(", ")
    turned = bool(comma) and given[1:2] != "." and not family.isupper() and "Jr" not in family
    return turned and not _ONE_FAMILY.match(family) and not is_given_name(given.partition(" ")[0])
