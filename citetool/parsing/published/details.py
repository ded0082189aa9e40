"""The details behind a title that do not belong to it: edition, volumes, series, editors, translators, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .patterns import ABBREVIATION

if TYPE_CHECKING:
    import re

_EDITED = (
    r"(?:[Ee]d(?:s|ited)?\b\.?(?:\s(?:and\s(?:trans(?:lated|\.)|introd\w+)\s)?by)?|[Hh]rsg\.?(?:\sv(?:on|\.))?"
    r"|[Hh]g\.?(?:\sv(?:on|\.))?|[Hh]erausgegeben von|a cura di|sous la dir(?:ection|\.)? d[e’'u]\s?"
    r"|[Éé]d(?:ité par|\.)"
    r"|[Ee]ditado por|bajo la dirección de|bearb\.\s?v(?:on|\.)|под ред\.)"
)
EDITORS_LAST = lazy(
    rf"[,.]\s\(?{_EDITED}\s(?P<names>(?:[A-ZÀ-Þ](?:\.|[\w’'-]+)|[\s,&/;-]"
    r"|and|und|et al\.?|et|von|van|de|der|la|le|y|e|u\. ?a\.|al\.?)+?)\)?(?=[,.]?\s*$|[,.]\s(?=trans|vol|Vol|\d))"
)
EDITORS_FIRST = lazy(
    r"(?P<names>[^()]{2,160}?)\s?[(\[](?:Hgg?|Hrsgg?|Bearb|[Ee]ds?|dir|coords?|[Éé]ds?|sous la dir|a cura di|ред"
    r"|Herausgeber)\.?[)\]][,:.]?\s|(?P<names2>[^()]{2,120}?),\s(?:eds?|Hgg?|Hrsg)\.,\s"
)
_TRANSLATED = lazy(
    r"[,.]?\s\(?(?:(?:[Ee]dited\sand\s)?(?:[Tt]rans(?:l(?:ated)?)?\b\.?|[Tt]r\.)(?:\s(?:and|&)\sed\.)?"
    r"(?:\s(?:from[^,.()]{3,20}\s)?by)?|[Üü]bers\.?(?:\sv(?:on|\.))?|aus dem \w+ (?:von|übersetzt von)"
    r"|[Tt]rad(?:uit|uction|\.)?\b[^,()]{0,40}?\s(?:par|de|di|por)|[Tt]rad\.)\s"
    r"(?P<names>[A-ZÀ-Þ][^()\d,;:]{3,70}?)\)?(?=[,.]?\s*$|[,.]\s)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Rr]ev(?:ised)?\.?|[Nn]ew|[Ee]xpanded|[Ee]nl\.?"
    r"|[Aa]bridged|[Kk]indle|[Pp]aperback|[Ii]llustrated)"
)
_EDITION = lazy(
    rf"(?:[,.;]?\s\(?|^)(?P<edition>{_ORDINAL}(?:[\s,]\w+\.?){{0,3}}?\s?[Ee]d(?:ition|n)?\b\.?|\d{{1,2}}(?:st|nd|rd|th)"
    r"|\d{1,2}\.?\s?(?:,\s?)?(?:(?:[a-zäöü]+\.?|und|u\.)\s){0,4}Auf[lﬂ](?:age|\.)?|\d{1,2}(?:e|ème|ª|a|\.ª)\s(?:éd|ed)\w*\.?"
    r"|[Rr]evised(?:\sand\sexpanded)?|[Rr]ééd\.|[Rr]ist\.|[Ww]ith\sa\snew\s\w+|[Rr]eprint(?:,\s\w+)?)\)?[,.;]?(?=\s*$|\s\()"
)
_VOLUMES = lazy(
    r"[,.;]?\s\(?(?:(?P<count>\d{1,2})\s(?:vols?|Bde|Bände|tomes|tomos|t)\.?"
    r"|(?:[Vv]ols?|[Vv]olume|Bde?|Band|[Tt]|[Tt]om[eo]|[Kk]nj)\.?\s?(?P<volume>\d{1,3}|[IVXLC]{1,6})"
    r"|(?:two|three|four|five|six)\svols?\.)\)?(?:\sof\s[^.]+)?[,.]?$"
)
_SERIES = lazy(r"[,.]?\s\((?:=\s)?(?P<series>[A-ZÀ-Þ][^()]{2,100}?)\)\.?$|,\s(?:coll\.|«)\s?[^,]{2,60}$")
_PAGES = lazy(
    r"(?:[,.]?\s\((?:[^()]*?,\s)?(?:pp?|S|Seiten)\.?\s?(?P<a>[\d–-]+)\)"
    r"|,\s(?:pp?\.\s?|S\.\s?)?(?P<b>(?!1[4-9]\d\d[–-]|20\d\d[–-])\d+[–-]\d+))[,.]?$"
)
_DETAILS = (
    ("collection-title", _SERIES), ("edition", _EDITION), ("volume", _VOLUMES), ("translators", _TRANSLATED),
    ("editors", EDITORS_LAST),
)  # fmt: skip
_END = " ,.;:–-"
MIN_TITLE = 3  # letters


def without_details(title: str, found: dict[str, str], *, volumes: bool = True) -> str:
    """Return a title without edition, volumes, series, translators and editors behind it, which go into `found`.

    Without `volumes` the number of a volume stays in the title, as in that of a book that has a chapter.
    """
    title = title.strip(" ,;:–-")
    for _ in _DETAILS:
        match = next(
            (
                (name, m)
                for name, p in _DETAILS
                if (volumes or name != "volume") and (m := p.search(title)) and m.start() >= MIN_TITLE
            ),
            None,
        )  # fmt: skip
        if match is None:
            break
        title = _without(title, *match, found).rstrip(" ,;:–-")
    return title.rstrip(" (") if title.endswith("(") else title.strip(_END)


def _without(title: str, name: str, match: re.Match[str], found: dict[str, str]) -> str:
    """Return the title without one of them."""
    groups = match.groupdict()
    values = {
        "volume": groups.get("volume"), "number-of-volumes": groups.get("count"), "edition": groups.get("edition"),
        "collection-title": groups.get("series"), name: groups.get("names") or groups.get(name),
    }  # fmt: skip
    for key, value in values.items():
        if value:
            bare = value.strip(" ,")
            found.setdefault(key, bare if ABBREVIATION.search(bare) else bare.rstrip(" ."))
    behind = title[match.end() :] if name == "translators" else ""
    return title[: match.start()] + behind


def without_pages(title: str) -> tuple[str, str]:
    """Return the title of a book without the pages of a part behind it, and these."""
    match = _PAGES.search(title)
    return (title[: match.start()], match["a"] or match["b"]) if match else (title, "")
