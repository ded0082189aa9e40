"""One unit of description of a finding aid: its title, people, identifiers, copies (EAD 2002 and EAD3 `did`).

Both versions are read by local names, so the three states of namespace do not matter. Where EAD3 renamed or
structured an element (`unitdatestructured`, `localtype`, `part`), both forms are understood. Dates are in `dates`,
boxes and folders in `containers`.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field

from citetool.formats.shared.headings import heading_name, role_of, unique
from citetool.formats.shared.languages import language_tag
from citetool.lazy_re import lazy
from citetool.record.model import Creator, Digital
from citetool.xmlio import Element, attribute, child, children, descendants, local_name, text_of

# ---- title


def unit_title(did: Element | None) -> tuple[str, bool]:
    """Return the title without the dates inside it, and whether the source itself bears it (DACS 2.3: mostly it does
    not).
    """
    titles = children(did, "unittitle")
    chosen = next((t for t in titles if attribute(t, "type", "localtype") not in ("sort", "filing")), None)
    if chosen is None:
        return _title_of_copy(did), False
    text = _without_dates(chosen)
    formal = attribute(chosen, "type", "localtype") in ("formal", "transcribed")
    inner = children(chosen, "title")
    whole = len(inner) == 1 and text_of(inner[0]).strip(" ,") == text
    return text, formal or (whole and not text.startswith("["))


def _title_of_copy(did: Element | None) -> str:
    """Return the title that only the digital copy of a unit bears, in `daodesc` or as an attribute."""
    for e in children(did, "dao", "daogrp", "daoset"):
        words = text_of(child(e, "daodesc")) or attribute(e, "title", "linktitle")
        if words:
            return words
    return ""


_MARKED = lazy(r"\ue000[^\ue001]*\ue001")
# Words before a date that belong to it: without it they would stand alone.
_LEADING_WORD = lazy(
    r"(?i)\b(?:of|from|in|to|until|till|for|and|between|since|before|after|dated|by|on|circa|ca\.?|von|vom|bis|aus|und|zu|seit"
    r"|de|du|des|en|et|à|au|depuis|del|dal|al|di|y|e|a|uit|van|tot|met|от|до|за|с|по|в)\s*$"
)


def _without_dates(title: Element) -> str:
    """Return the text of a title without the dates that only follow or precede it; one within running text is of the
    text.
    """
    if next(descendants(title, "unitdate", "unitdatestructured"), None) is None:
        return text_of(title, skip=("head",)).strip(" ,;:").strip()
    copy = deepcopy(title)
    for e in descendants(copy, "unitdate", "unitdatestructured"):
        e.text = "\ue000" + (e.text or "")
        e.tail = "\ue001" + (e.tail or "")
    text = text_of(copy, skip=("head",))
    for date in reversed(list(_MARKED.finditer(text))):
        before, after = text[: date.start()], text[date.end() :]
        open_end = not re.search(r"[^\W_]", _MARKED.sub("", after)) and not _LEADING_WORD.search(before)
        heads = not re.search(r"[^\W_]", before) and re.match(r"\s*[,;:.)\]]", after)
        if open_end or heads:
            text = before + after
    text = re.sub(r"[\ue000\ue001]", "", text)
    text = re.sub(r"(?:\s*,)+\s*(?=,|$)|^\s*(?:,\s*)+", "", text)
    return re.sub(r"\s*\(\s*\)|\s*\[\s*\]", "", text).strip(" ,;:").strip()


# ---- people, identifiers


@dataclass(slots=True)
class UnitIds:
    """Identifiers of a unit: the one that it is cited by, others by their sort, an address on the web.

    `asked_for`: the finding aid calls the main one what a reader orders the unit by, of whatever level that is.
    """

    main: str = ""
    asked_for: bool = False
    others: dict[str, str] = field(default_factory=dict)
    url: str = ""


# Types and labels of the number that a unit is asked for by, then of any that a reader would cite, then those of
# databases, of earlier orders, and of pages within the unit.
_ASKED_FOR = lazy(r"(?i)(?:local[_ ])?(?:call|shelf|signatur|cote|bestell|order|archivnummer|inventar)")
_CITED_ID = lazy(r"(?i)(?:local[_ ])?(?:ref|collection|ident|id no|unit|archival|record ?group|fonds|num|no\.?$)")
_OWN_USE = lazy(
    r"(?i).*(?:internal|structure|barcode|database|system|aspace|handle|ark\b|ur[il]|alt|former|old|ancien|multiple|pieces"
    r"|main_identifier|series_code|^local[_ ]\w+$)"
)


def unit_ids(did: Element | None) -> UnitIds:
    """Return the `unitid` elements; the main one is the first that a reader would cite, others stand by type or
    label.
    """
    ids = UnitIds()
    ranked: list[tuple[int, str, str]] = []
    for e in children(did, "unitid"):
        sort = attribute(e, "type", "localtype") or attribute(e, "label").strip(" :")
        text = text_of(e)
        link = next((attribute(ref, "href") for ref in descendants(e, "extref", "ref", "ptr", "extptr")), "")
        if sort in ("ark", "handle", "uri", "url") or text.startswith("http"):
            address = link or text
            ids.url = ids.url or (address if address.startswith("http") else "")
            ids.others.setdefault(sort.casefold() or "url", address)
        elif text:
            rank = 0 if not sort or _ASKED_FOR.match(sort) else 1 if _CITED_ID.match(sort) else 2
            ranked.append((3 if rank == 2 and _OWN_USE.match(sort) else rank, sort, text))
    main = min(ranked, key=lambda found: found[0], default=None)
    if main and main[0] < 3:
        ranked.remove(main)
        ids.main, ids.asked_for = main[2], bool(_ASKED_FOR.match(main[1]))
    for _, sort, text in ranked:
        ids.others.setdefault(sort.casefold() or "other", text)
    return ids


def unit_creators(did: Element | None) -> list[Creator]:
    """Return who made the unit (`origination`), with the role that the finding aid gives; a donor is not a creator."""
    found: list[Creator] = []
    for origination in children(did, "origination"):
        label = attribute(origination, "label").strip(" :")
        names = list(descendants(origination, "persname", "corpname", "famname", "name"))
        for e in names or [origination]:
            text = heading_text(e)
            if any(letter.isalnum() for letter in text):
                role = role_of(attribute(e, "role", "relator") or label, "creator")
                if label.casefold() == "collector":
                    role = "compiler"
                body = local_name(e) in ("corpname", "famname", "origination")
                found.append(Creator(heading_name(text, body=body), role if role != "sender" else "creator"))
    return list({(str(c.name), c.role): c for c in found}.values())


def heading_text(element: Element) -> str:
    """Return the text of a name or subject; the parts that EAD3 gives of a person with a comma between them."""
    parts = [text_of(part) for part in children(element, "part")]
    if local_name(element) == "persname" and len(parts) > 1:
        return ", ".join(part.strip(" ,") for part in parts if part)
    return text_of(element)


# ---- language, copies, extent


def unit_languages(element: Element, did: Element | None) -> tuple[str, ...]:
    """Return the tags of the languages of a unit, of `langmaterial` in its `did` or beside it."""
    tags: list[str] = []
    for material in [*children(did, "langmaterial"), *children(element, "langmaterial")]:
        for e in descendants(material, "language"):
            tags.append(language_tag(attribute(e, "langcode")) or language_tag(text_of(e)))
    return unique(tags)


def unit_digital(element: Element, did: Element | None) -> Digital:
    """Return where a copy of a unit is read: the first web address of its digital objects (`dao`)."""
    links: list[tuple[str, str]] = []
    for parent in (did, element):
        for e in children(parent, "dao", "daogrp", "daoset"):
            parts = [e, *descendants(e, "daoloc", "dao")]
            words = text_of(child(e, "daodesc")) or attribute(e, "title", "linktitle")
            links += [(href, words) for part in parts if (href := attribute(part, "href"))]
    web = [(href, words) for href, words in links if href.startswith(("http", "hdl:"))]
    if not web:
        return Digital()
    return Digital(url=web[0][0], contents=unique([words for _, words in web]))


def unit_extent(physdesc: Element) -> str:
    """Return the extents of a `physdesc` with commas between them, else its text; brackets round the whole fall."""
    parts = [text_of(e) for e in children(physdesc, "extent", "dimensions")]
    text = ", ".join(p for p in parts if p) if len(parts) > 1 else text_of(physdesc, skip=("genreform", "physfacet"))
    return text[1:-1].strip() if text.startswith("(") and text.find(")") == len(text) - 1 else text
