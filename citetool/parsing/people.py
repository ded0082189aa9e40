"""Tests for names of persons, offices and bodies, by their letters alone."""

from __future__ import annotations

from citetool.lazy_re import lazy

from .folding import CAPITALS, name_key, word_set

_PARTICLES = word_set(
    "of the de von van der den du la le di da del and for in on at zu zur y et und e i a all dos das des al el "
    "bin ibn en with acting embassy legation consulate delegation mission office commissioner secretary governor"
)
NOBLE = word_set("de von van der den du la le di da del al el bin ibn zu")
OFFICE = (  # as people write them small in the tongues that do so; letters are addressed to them
    r"(?:(?:sous-)?préfet|maire|ministre|gouverneur|consul|ambassadeur|intendant|commissaire|résident|procureur|directeur"
    r"|roi|reine|président|recteur|évêque|archevêque|virrey|rey|reina|gobernador|presidente|embajador|cónsul|intendente|obispo"
    r"|ambasador|minister|premier|wojewoda|starosta|velvyslanec|ministr|gezant|ambassadør|gesandt|utenriksminister|sendiherra"
    r"|statsminister|generalkonsul|embaixador|посол|посла|послу|министра?|нарком|секретар[яь]|начальник|голов[аи]|председател[ья]|прокурор|arzobispo|corregidor|ministro|prefetto|questore|governatore|console|ambasciatore|vescovo|governador|prefeito|rei|bispo)"
)
# the ends of two names say who wrote to whom: `Sadaret’ten Hariciye’ye`, `Bethlen Bánffynak`
BY_CASE = (
    rf"(?:[{CAPITALS}][^\W\d_]+\s){{0,2}}[{CAPITALS}][^\W\d_]+[’'](?:d[ae]n|t[ae]n)(\s)"
    rf"(?:[{CAPITALS}][^\W\d_]+\s){{0,2}}[{CAPITALS}][^\W\d_]+[’']n?y?[ae](?=$|,)"
    rf"|[{CAPITALS}][^\W\d_]+(\s)[{CAPITALS}][^\W\d_]+n[ae]k(?=$|,)"
)
# the kind of the document says by its end whose it is, the last word to whom it went: `Eötvös levele Deáknak`;
# signs stand behind both: `有田八郎発広田弘毅宛`
OWNED = (
    rf"(?P<creator>(?:[{CAPITALS}][\w.-]*\s){{1,3}})(?P<kind>levele|jelentése|távirata|feljegyzése|előterjesztése)"
    rf"(?:\s(?:az?\s)?(?P<recipient>[^\W\d_][^,;]{{0,40}}n[ae]k))?$"
)
SENT_FROM = (
    r"(?P<creator>[^\x00-\u2e7f]{2,12})(?:(?P<kind>発|より)(?P<recipient>[^\x00-\u2e7f]{2,12})宛(?:公信|電報|電|書簡)?$"
    r"|(?P<sent>致|给)(?P<addressee>[^\x00-\u2e7f]{2,12}?)(?:急?电报?|電報?|函|信|呈)?$)"
)
_MAX_ACRONYM = 12
_MIN_CAPITALS = 3
_OFFICE = lazy(rf"{OFFICE}s?$")
_OF_OFFICE = word_set("supérieur général adjoint general civil militaire spécial au aux plenipotenciario generale capo")
_NAME_WORD = lazy(rf"(?:[dDlL]['’])?[{CAPITALS}\[«\"“'’][\w.\[\]'’&/-]*,?$|[^\x00-\u2e7f]+$")


def looks_like_names(text: str, most: int = 10) -> bool:
    """Return whether every word of a text could stand in a person's name or office.

    Capitals, particles, no sentence.
    """
    words = text.split()
    if len(words) > 1 and words[0] in NOBLE:
        del words[0]
    if not words or len(words) > most or not (_NAME_WORD.match(words[0]) or _OFFICE.match(words[0])):
        return False
    office = _OFFICE.match(words[0]) is not None
    return all(
        _NAME_WORD.match(word)
        or word in _PARTICLES
        or (office and _is_of_office(word))
        or word[0] == "("
        or word[-1] == ")"
        for word in words[1:]
    )


def is_unknown_body(text: str) -> bool:
    """Return whether a text has the form of the short name of an archive: one word, with most of its letters capitals.

    `StAZH`, `AMFA-PRC`.
    """
    letters = [sign for sign in text if sign.isalpha()]
    if len(text) > _MAX_ACRONYM or len(letters) < len(text) - 1 or not all(c.isalpha() or c in "-/" for c in text):
        return False
    capitals = sum(map(str.isupper, letters))
    return text[:1].isupper() and capitals >= _MIN_CAPITALS and 2 * capitals >= len(letters)


def _is_of_office(word: str) -> bool:
    return word in _OF_OFFICE or _OFFICE.match(word.partition("’")[2] or word.partition("'")[2] or word) is not None


def is_person(text: str) -> bool:
    """Return whether a text looks like the name of one person: two to four capitalised words, no word of a title."""
    words = text.split()
    return (
        2 <= len(words) <= 4 and looks_like_names(text) and not any(w.casefold() in _PARTICLES - NOBLE for w in words)
    )


def is_one_name(text: str) -> bool:
    """Return whether a part of `A and B` can be a name of its own: it is short and begins with a capital or `the`."""
    words = text.split()
    return 0 < len(words) <= 7 and (words[0][:1].isupper() or name_key(words[0]) == "the" or words[0][0] == "[")
