"""The words of written dates, in English, German, French, Russian, Spanish, Italian and Dutch, as kinds of token.

A kind is one letter, so that the kinds of a whole text make a short string, its *shape*: `June 26, 1944` is `MD,Y`.

    M month    S season    Y year       D 1-31      N other two digits    E decade or century   R Roman numeral
    H century  C circa     Q doubt      - dash, to  , comma, semicolon    & and     | or        / . themselves
    B before   A after     I by         ! not       T between             F from    P present   K bulk   U undated
    (space) a word without weight: of, the, г.
"""

from __future__ import annotations

_MONTHS = """
january jan januar jänner janvier janv января январь янв enero ene gennaio genn januari
february feb febr februar février fevrier févr fevr fév февраля февраль февр фев febrero febbraio febbr februari
march mar märz maerz mrz mars марта март мар marzo maart mrt
april apr avril avr апреля апрель апр abril abr aprile
may mai мая май mayo maggio magg mei
june jun juni juin июня июнь июн junio giugno giu
july jul juli juillet juil июля июль июл julio luglio lug
august aug août aout августа август авг agosto ago augustus
september sep sept septembre сентября сентябрь сент сен septiembre setiembre settembre sett
october oct oktober okt octobre октября октябрь окт octubre ottobre ott
november nov novembre ноября ноябрь нояб ноя noviembre
december dec dezember dez décembre decembre déc декабря декабрь дек diciembre dic dicembre
"""
_SEASONS = """
spring frühling frühjahr printemps весна весны весной primavera lente voorjaar
summer sommer été лето лета летом verano estate zomer
autumn fall herbst automne осень осени осенью otoño autunno herfst
winter hiver зима зимы зимой invierno inverno
"""
_OTHERS = {
    "C": "c ca circa cca approximately approx about around um etwa vers environ около ок hacia verso omstreeks",
    "Q": "possibly probably perhaps prob poss vermutlich wahrscheinlich вероятно",
    "-": "to through thru till until bis à по до al tot",
    "&": "and und et и y e en",
    "|": "or oder ou или o",
    ",": "but",
    "B": "before pre earlier prior vor avant antes prima vóór ранее",
    "A": "after post later nach après después dopo na после позднее",
    "I": "by",
    "!": "not no nicht pas не",
    "T": "between zwischen entre между tra tussen",
    "F": "from since von seit depuis с desde dal van",
    "P": "present date heute",
    "K": "bulk",
    "U": "undated",
    "H": "century cent jahrhundert jh siècle siecle век века в siglo secolo eeuw",
    " ": "of the in on year years jahr jahre jahren de del du le la el di den der dem am ad ce г гг год года годы "
    "than inclusive incl dates dated monday tuesday wednesday thursday friday saturday sunday mon tue tues wed "
    "thu thur thurs fri sat sun",
}
_ORDINALS = {
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
}
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI"

WORDS: dict[str, tuple[str, int]] = {
    **{word: (kind, 0) for kind, words in _OTHERS.items() for word in words.split()},
    **{word: ("D", number) for word, number in _ORDINALS.items()},
    **{word: ("S", 21 + n) for n, line in enumerate(_SEASONS.strip().splitlines()) for word in line.split()},
    **{word: ("M", 1 + n) for n, line in enumerate(_MONTHS.strip().splitlines()) for word in line.split()},
}
"""Kind and value of each word in lower case: a month 1-12, a season 21-24."""

ROMAN: dict[str, int] = {numeral: 1 + n for n, numeral in enumerate(_ROMAN.split())}
"""Roman numerals of months and centuries; upper case only."""

_UNDATED = """
undated|n.d.|n.d|nd|n. d.|no date|without date|date unknown|unknown date|unknown|s.d.|s. d.|s.d|sine dato|sans date
ohne datum|o.d.|o. d.|o.j.|o. j.|sin fecha|senza data|z.d.|без даты|б.д.|б. д.|б.г.|б. г.
"""
UNDATED = frozenset(text for line in _UNDATED.split("\n") for text in line.split("|") if text)
"""Texts in lower case that say that there is no date."""

SIGNS = {**dict.fromkeys("-–—‒−", "-"), **dict.fromkeys(",;", ","), **dict.fromkeys("&+", "&"), "?": "Q", "©": " "}
"""Kinds of signs; `/` and `.` are their own."""
