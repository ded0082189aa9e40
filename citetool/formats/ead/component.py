"""One unit of description of a finding aid: its title, dates, containers, people (EAD 2002 and EAD3 `did`).

Both versions are read by local names, so the three states of namespace do not matter. Where EAD3 renamed or
structured an element (`unitdatestructured`, `localtype`, `part`), both forms are understood. Containers are free text
in practice: `Box`, `oversizeflatbox`, `Mixed Materials [32101106128315]`; here they become levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from citetool.edtf import normalise_date, parse_edtf
from citetool.formats.shared.archive_text import parse_location
from citetool.formats.shared.headings import heading_name, role_of, unique
from citetool.formats.shared.languages import language_tag
from citetool.lazy_re import lazy
from citetool.problems import CitetoolError
from citetool.record.levels import LEVELS, cited, group_of
from citetool.record.model import Creator, Digital, Level
from citetool.xmlio import Element, attribute, child, children, descendants, local_name, text_of

# ---- title


def unit_title(did: Element | None) -> tuple[str, bool]:
    """The title without the dates inside it, and whether the source itself bears it (DACS 2.3: mostly it does not)."""
    titles = children(did, "unittitle")
    chosen = next((t for t in titles if attribute(t, "type", "localtype") not in ("sort", "filing")), None)
    if chosen is None:
        return "", False
    text = text_of(chosen, skip=("unitdate", "unitdatestructured", "head"))
    text = re.sub(r"(?:\s*,)+\s*(?=,|$)|^\s*(?:,\s*)+", "", text)
    text = re.sub(r"\s*\(\s*\)|\s*\[\s*\]", "", text).strip(" ,;:").strip()
    formal = attribute(chosen, "type", "localtype") in ("formal", "transcribed")
    inner = children(chosen, "title")
    whole = len(inner) == 1 and text_of(inner[0]).strip(" ,") == text
    return text, formal or (whole and not text.startswith("["))


# ---- dates

_UNDATED = lazy(r"(?i)\(?\[?(?:undated|n\.?\s?d\.?|no date|date unknown|unknown)\]?\)?\.?$")
_AND_UNDATED = lazy(r"(?i)[,;]?\s*(?:and\s+)?\(?(?:undated|n\.d\.)\)?\.?$")
_CIRCA = lazy(r"(?i)\b(?:ca?\.|circa|approximately|about)\s?")
_WITHIN_YEAR = lazy(r"(?i)[a-z]{3,}|(?<!\d)\d{1,2}[/.-]\d{1,2}(?!\d)|\d{4}-\d\d\b")


@dataclass(slots=True)
class UnitDates:
    """When a unit was made: EDTF, the words where EDTF says less, and the span in which most of it was made."""

    date: str = ""
    text: str = ""
    bulk: str = ""


def unit_dates(did: Element | None) -> UnitDates:
    """The dates of a unit: of `unitdate` wherever it stands, of `unitdatestructured` where there is no other."""
    found = UnitDates()
    words: list[str] = []
    if did is None:
        return found
    plain = [e for e in descendants(did, "unitdate") if text_of(e) or attribute(e, "normal")]
    structured = list(descendants(did, "unitdatestructured"))
    pairs = [(text_of(e).strip(" ,;"), _normal(attribute(e, "normal")), e) for e in plain]
    if not any(date for _, date, _ in pairs):
        pairs = [(text, date or _of_structured(structured), e) for text, date, e in pairs]
    if not pairs:
        pairs = [("", _of_structured([e]), e) for e in structured]
    for text, normal, element in pairs:
        date, said = _one_date(text, normal, approximate=attribute(element, "certainty") == "approximate")
        if attribute(element, "type", "unitdatetype") == "bulk" or re.match(r"(?i)\(?bulk", text):
            found.bulk = found.bulk or date
            continue
        words.append(text or date)
        if len(words) == 1:
            found.date, found.text = date, said
    if len(set(words)) > 1:
        found.text = "; ".join(word for word in dict.fromkeys(words) if word.strip())
    if not words and found.bulk:
        return UnitDates(found.bulk)
    return found


def _one_date(text: str, normal: str, *, approximate: bool) -> tuple[str, str]:
    """`(EDTF, words)`: words only where they say more than the EDTF."""
    if _UNDATED.match(text):
        return "", text
    plain = _AND_UNDATED.sub("", text)
    written = normalise_date(plain) or ""
    date = normal or written
    if normal and text and not _WITHIN_YEAR.search(_CIRCA.sub("", plain)):
        date = _as_years(normal)
    if normal and written and ("~" in written or "?" in written) and "~" not in date:
        date = written
    elif date and (approximate or _CIRCA.match(text)) and "~" not in date and "%" not in date:
        date = "/".join(f"{end}~" if end not in ("", "..") else end for end in date.split("/"))
        written = date
    return date, "" if date and plain == text and written == date else text


def _as_years(date: str) -> str:
    """`1945-01-01/2005-12-31` as `1945/2005`: machines fill in days that nobody wrote."""
    start, slash, end = date.partition("/")
    if slash and start.endswith("-01-01") and end.endswith("-12-31"):
        start, end = start[:-6], end[:-6]
    return start if not slash or start == end else f"{start}/{end}"


def _normal(value: str) -> str:
    """EDTF of a `@normal`: ISO 8601, `/` between the ends of a span; empty where it is neither."""
    ends = [_basic(end) for end in re.sub(r"\s+", "", value).split("/")]
    if not value or len(ends) > 2:
        return ""
    if len(ends) == 2:
        ends = [ends[0] or "..", "" if ends[1] in ("9999", "9999-12-31") else ends[1]]
        ends[1] = ends[1] or ".."
    date = ends[0] if len(set(ends)) == 1 else "/".join(ends)
    try:
        parse_edtf(date)
    except CitetoolError:
        return ""
    return "" if set(date) <= set("./") else date


def _basic(text: str) -> str:
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.fullmatch(r"\d{6}", text):
        return f"{text[:4]}-{text[4:]}"
    return re.sub(r"T[\d:.Z+-]*$", "", text)


def _of_structured(elements: list[Element]) -> str:
    """EDTF of an EAD3 `unitdatestructured`: the first range or single date in it."""
    for element in elements:
        for e in descendants(element, "daterange", "datesingle"):
            if local_name(e) == "datesingle":
                return _normal(attribute(e, "standarddate")) or normalise_date(text_of(e)) or ""
            ends = [
                attribute(end, "standarddate") or normalise_date(text_of(end)) or text_of(end)
                if end is not None
                else ""
                for end in (child(e, "fromdate"), child(e, "todate"))
            ]
            return _normal("/".join(ends))
    return ""


# ---- containers

_GENERIC = lazy(
    r"(?i)mixed materials?|text|audio|graphic materials?|computer disks?|microform|object|othertype|material"
)
_TYPE_ALIASES = {
    "vol": "volume",
    "fol": "folder",
    "fldr": "folder",
    "file folder": "folder",
    "bx": "box",
    "microfilm reel": "reel",
    "microfilm": "reel",
    "case": "box",
    "pages": "page",
    "frames": "frame",
    "cassette": "tape",
    "legajo": "bundle",
    "portfolio": "folder",
}
_BOX_WORDS = lazy(r"oversized?|flat|half|cassette|reel|card|record|storage|map|artifact|av|document|small|large")


def unit_containers(did: Element | None) -> list[Level]:
    """The levels of the `container` elements, in the order of the source (mostly large to small)."""
    levels: list[Level] = []
    for e in children(did, "container"):
        value = text_of(e).strip(" ,;:")
        if value:
            levels += _container(_container_type(e), value)
    return levels


def unit_location(did: Element | None) -> list[Level]:
    """The levels that the words of `physloc` name (`Box 3, Folder 7`), for units without containers."""
    words = next((text for e in children(did, "physloc") if (text := text_of(e))), "")
    levels = parse_location(words) if re.search(r"\d", words) and len(words) < 120 else []
    return [lv for lv in levels if lv.name != "call_number" and group_of(lv.name) in ("item", "folder", "container")]


def _container_type(element: Element) -> str:
    kind = attribute(element, "type", "localtype")
    label = re.sub(r"\s*\[[^\]]*\]", "", attribute(element, "label"))
    if not kind or _GENERIC.fullmatch(kind):
        kind = "" if _GENERIC.fullmatch(label) else label
    return re.sub(r"[-_.\s]+", " ", re.sub(r"\.\d+$", "", kind)).strip(" :").casefold()


def _container(kind: str, value: str) -> list[Level]:
    pair = re.fullmatch(r"(\w+)\s*[:/]\s*(\w+)", value)
    if kind in ("box folder", "boxfolder", "box:folder") and pair:
        return [Level("box", pair[1]), Level("folder", pair[2])]
    name = _TYPE_ALIASES.get(kind, kind)
    if name not in LEVELS and name.endswith("s"):
        name = _TYPE_ALIASES.get(name[:-1], name[:-1]) if name[:-1] in {*LEVELS, *_TYPE_ALIASES} else name
    if not name:
        return [Level("container", value)]
    if name in LEVELS:
        return [Level(name, _labelled(name, value))]
    for base in ("box", "folder", "reel", "volume", "item", "drawer"):
        if name.endswith(base):
            sort = _words(name.removesuffix(base).strip())
            return [Level(base, f"{sort} {base} {value}")]
    return [Level("container", value if name in value.casefold() else f"{name.capitalize()} {value}")]


def _words(text: str) -> str:
    """`oversizeflat` as `Oversize flat`."""
    parts = _BOX_WORDS.findall(text)
    spaced = " ".join(parts) if "".join(parts) == text.replace(" ", "") else text
    return spaced[:1].upper() + spaced[1:]


def _labelled(name: str, value: str) -> str:
    """The value with the label of its level, where `cited` would not put one (`B-002306`) and it has none."""
    label = LEVELS[name].label
    if not label or cited(Level(name, value)) != value or re.match(r"[^\W\d_]{3,}", value):
        return value
    return f"{label} {value}"


# ---- people, identifiers


@dataclass(slots=True)
class UnitIds:
    """Identifiers of a unit: the one that the finding aid cites it by, others by their sort, an address on the web."""

    main: str = ""
    others: dict[str, str] = field(default_factory=dict)
    url: str = ""


# Types and labels of the number that a unit is asked for by; others are those of databases and barcodes.
_CITED_ID = lazy(r"(?i)(?:local[_ ])?(?:call|shelf|ref|collection|identifier|id no|unit|signatur|cote|archival)")


def unit_ids(did: Element | None) -> UnitIds:
    """The `unitid` elements; the main one is the first that a reader would cite, others stand by type or label."""
    ids = UnitIds()
    for e in children(did, "unitid"):
        sort = attribute(e, "type", "localtype") or attribute(e, "label").strip(" :")
        text = text_of(e)
        link = next((attribute(ref, "href") for ref in descendants(e, "extref", "ref", "ptr", "extptr")), "")
        if sort in ("ark", "handle", "uri", "url") or text.startswith("http"):
            address = link or text
            ids.url = ids.url or (address if address.startswith("http") else "")
            ids.others.setdefault(sort.casefold() or "url", address)
        elif sort == "aspace_uri":
            ids.others.setdefault("aspace_uri", text)
        elif text and not ids.main and (not sort or _CITED_ID.match(sort)):
            ids.main = text
        elif text:
            ids.others.setdefault(sort.casefold() or "other", text)
    return ids


def unit_creators(did: Element | None) -> list[Creator]:
    """Who made the unit (`origination`), with the role that the finding aid gives; a donor is not a creator."""
    found: list[Creator] = []
    for origination in children(did, "origination"):
        label = attribute(origination, "label").strip(" :")
        names = list(descendants(origination, "persname", "corpname", "famname", "name"))
        for e in names or [origination]:
            text = heading_text(e)
            if text:
                role = role_of(attribute(e, "role", "relator") or label, "creator")
                body = local_name(e) in ("corpname", "famname", "origination")
                found.append(Creator(heading_name(text, body=body), role if role != "sender" else "creator"))
    return list({(str(c.name), c.role): c for c in found}.values())


def heading_text(element: Element) -> str:
    """The text of a name or subject; the parts that EAD3 gives of a person with a comma between them."""
    parts = [text_of(part) for part in children(element, "part")]
    if local_name(element) == "persname" and len(parts) > 1:
        return ", ".join(part.strip(" ,") for part in parts if part)
    return text_of(element)


# ---- language, copies, extent


def unit_languages(element: Element, did: Element | None) -> tuple[str, ...]:
    """The tags of the languages of a unit, of `langmaterial` in its `did` or beside it."""
    tags: list[str] = []
    for material in [*children(did, "langmaterial"), *children(element, "langmaterial")]:
        for e in descendants(material, "language"):
            tags.append(language_tag(attribute(e, "langcode")) or language_tag(text_of(e)))
    return unique(tags)


def unit_digital(element: Element, did: Element | None) -> Digital:
    """Where a copy of a unit is read: the first web address of its digital objects (`dao`)."""
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
    """How much: the extents of a `physdesc` with commas between them, else its text; brackets round the whole fall."""
    parts = [text_of(e) for e in children(physdesc, "extent", "dimensions")]
    text = ", ".join(p for p in parts if p) if len(parts) > 1 else text_of(physdesc, skip=("genreform", "physfacet"))
    return text[1:-1].strip() if text.startswith("(") and text.find(")") == len(text) - 1 else text
