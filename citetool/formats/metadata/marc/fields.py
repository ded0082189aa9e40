"""A MARC 21 bibliographic record, whatever it was wrapped in, as a record.

`record_of` is the mapping of the leader and the fields (`parts`). Leader 06 and 07 say what the source is (type of
record, bibliographic level), 008 when and in which language, 245 how it is called, 852 where it is kept. Titles of
collections are supplied (DACS 2.3); those of books are on the title page. Field 880 brings title and names in their own
script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.edtf import parse_edtf
from citetool.edtf.written import normalise_date
from citetool.formats.shared.headings import closed_title, heading_name, key_of, kind_of_genre, role_of, unique
from citetool.formats.shared.languages import language_tags
from citetool.lazy_re import lazy
from citetool.names import parse_direct_name
from citetool.problems import CitetoolError
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Record
from citetool.struct import replace

from .unimarc import is_unimarc, marc21_of

if TYPE_CHECKING:
    from .parts import Field, Marc

OTHER_SORTS = {"z": "an authority record", "w": "a classification record", "q": "a community record"}
OTHER_SORTS |= dict.fromkeys("uvxy", "a holdings record")

_KIND_OF_SORT = {
    "t": "manuscript",
    "c": "score",
    "d": "score",
    "e": "map",
    "f": "map",
    "g": "film",
    "i": "sound recording",
    "j": "sound recording",
    "k": "graphic",
    "m": "software",
    "o": "object",
    "p": "collection",
    "r": "object",
}


def record_of(marc: Marc) -> Record:
    """Return the record of a bibliographic MARC record; of UNIMARC as of the same fields in MARC 21."""
    if is_unimarc(marc):
        marc = marc21_of(marc)
    kind = _kind(marc)
    archival = kind_of(kind).archival
    date, text, bulk = _dates(marc)
    language, original = _languages(marc)
    record = Draft(
        id=key_of(marc.control.get("001", "")) or key_of(marc.first("010").get("a").replace(" ", "")),
        kind=kind,
        creators=_creators(marc, kind),
        date=date,
        date_text=text,
        dates={"bulk": bulk} if bulk else {},
        language=language,
        original_language=original,
        archive=Holding(tuple(_levels(marc, archival))),
        digital=_digital(marc),
        summary="\n\n".join(unique([f.get("ab") for f in marc.all("520")])),
        subjects=unique([_subject(f) for f in marc.all("60", "61", "63", "650", "651", "653", "654")]),
        notes=unique([f.get("abcu3") for f in marc.all("500", "545", "561", "505", "546", "530", "518")]),
        extent=_extent(marc),
        medium=closed_title(marc.first("340").get("abc", ", ")),
        rights="\n\n".join(unique([f.get("abcd") for f in marc.all("506", "540")])),
        identifiers=_identifiers(marc),
        citation=marc.first("524").get("a"),
    )
    _titles(record, marc, supplied=csl_type(kind) == "collection")
    _publication(record, marc, archival)
    aids = [f for f in marc.all("856", "555") if (f.ind2 == "2" or f.tag == "555") and f.get("u").startswith("http")]
    aids.sort(key=lambda f: not re.search(r"(?i)\bEAD\b|finding aid|guide|inventory", f.get("3yz")))
    record.metadata.url = aids[0].get("u") if aids else ""
    return record


# ---- kind, titles, people


def _kind(marc: Marc) -> str:
    genres = unique([kind_of_genre(f.get("a")) for f in marc.all("655")])
    if marc.level == "c" or (marc.sort == "p" and marc.level != "d"):
        return "collection"
    if marc.all("502"):
        return "thesis"
    if marc.sort == "a":
        if marc.level in ("a", "b"):
            return "chapter" if marc.first("773").get("z") else "journal article"
        if marc.level == "s":
            return "newspaper"
        return "book"
    if marc.level == "d" and marc.sort == "p":
        return "series"
    fit = [
        g
        for g in genres
        if csl_type(g) == csl_type(_KIND_OF_SORT.get(marc.sort, "")) or marc.sort in ("t", "i", "p", "k")
    ]
    words = marc.first("300").get("a").casefold()
    if not fit and marc.sort == "k":
        fit = [kind for word in re.findall(r"[a-z]{4,}", words) if csl_type(kind := kind_of_genre(word)) == "graphic"]
    return fit[0] if fit else _KIND_OF_SORT.get(marc.sort, "document")


def _titles(record: Record, marc: Marc, *, supplied: bool) -> None:
    info = marc.first("245")
    title = _title(info) or info.get("k") or marc.first("240", "130").get("a")
    bracketed = title.startswith("[") and title.find("]") == len(title) - 1
    if supplied or bracketed:
        record.supplied_title = title.strip("[]") if bracketed else title
    else:
        record.title = title
    record.short_title = closed_title(marc.first("210").get("a"))
    uniform = marc.first("240")
    if uniform.all("l"):
        record.original_title = closed_title(uniform.get("a"))
    own_script = _linked(marc, info)
    if own_script is not None:
        record.original_title = _title(own_script)
    other = unique([_title(f) for f in marc.all("246", "740")])
    if other:
        record.extra["alternative_title"] = other[0] if len(other) == 1 else [*other]


def _title(info: Field) -> str:
    """Title, subtitle and part without the punctuation of ISBD and without the dates of an archival title."""
    title = closed_title(info.get("a"))
    rest = closed_title(info.get("b"))
    if rest:
        title += f" = {rest}" if info.get("a").rstrip().endswith("=") else f": {rest}"
    parts = [closed_title(text) for code, text in info.subfields if code in "np"]
    return ". ".join(p for p in (title, *parts) if p)


def _linked(marc: Marc, info: Field) -> Field | None:
    """Return the field 880 that gives a field in its own script: they name each other in `$6` (`880-01`,
    `245-01/(N`).
    """
    link = re.match(r"880-(\d\d)", info.get("6"))
    if not link or link[1] == "00":
        return None
    wanted = f"{info.tag}-{link[1]}"
    return next((f for f in marc.all("880") if f.get("6").startswith(wanted)), None)


def _creators(marc: Marc, kind: str) -> tuple[Creator, ...]:
    main = "creator" if csl_type(kind) == "collection" else "author"
    found: list[Creator] = []
    for f in marc.all("100", "110", "111", "700", "710", "711", "720"):
        if f.get("t"):
            continue  # a work, not a person: what is bound with it or derived from it
        terms = [*f.all("4"), *(f.all("j") if f.tag.endswith("11") else f.all("e"))]
        otherwise = main if f.tag[0] == "1" else "contributor"
        role = next((role for term in terms if (role := role_of(term, "-")) != "-"), "")
        if not role and terms:
            role = closed_title(re.sub(r"\s*\(\w+\)$", "", terms[-1])).casefold()
            role = otherwise if re.fullmatch(r"[a-z]{3}|https?://\S+", role) else role  # a code that nobody reads
        creator = _creator(f, role or otherwise)
        if creator is not None:
            own = _linked(marc, f)
            script = str(heading_name(own.get("ab"), body=f.tag[1] != "0")) if own is not None else ""
            found.append(replace(creator, original_name=script))
    return tuple({(str(c.name), c.role): c for c in found}.values())


def _creator(f: Field, role: str) -> Creator | None:
    if f.tag == "720":  # a name that no authority file has, in any order
        words = closed_comma(f.get("a"))
        person = f.ind1 != "2" and ("," in words or f.ind1 == "1") and f.get("7") != "Organizational"
        name = heading_name(words, body=not person) if "," in words or not person else parse_direct_name(words)
    elif f.tag.endswith("00"):
        head = closed_comma(f.get("ab"))
        suffix = closed_comma(f.get("c"))
        text = f"{head}, {suffix}" if re.match(r"(?i)(jr|sr|[IVX]+)\.?$", suffix) and "," in head else head
        name = heading_name(text, body=f.ind1 == "3")
    else:
        name = heading_name(". ".join(closed_title(t) for c, t in f.subfields if c in "ab"), body=True)
    return Creator(name, role) if str(name) else None


def closed_comma(text: str) -> str:
    """Return a heading without the comma that leads to its next subfield; the full stop of an initial stays."""
    return text.strip().rstrip(",;: ")


# ---- dates and languages


def _dates(marc: Marc) -> tuple[str, str, str]:
    """`(date, date_text, bulk)`: words of 245 or 260 where they are understood, else the fixed field 008."""
    info = marc.first("245")
    said = info.get("f") or next((f.get("c") for f in marc.all("260", "264") if f.ind2 in " 01" and f.get("c")), "")
    said = said or next((f.get("c") for f in marc.all("260", "264") if f.get("c")), "")
    words = re.sub(r"[\[\]]|(?<![A-Za-z])[c©℗]\s?(?=\d{4})", "", said).strip(" ,.;:/")
    written = normalise_date(words) or "" if words else ""
    fixed = _fixed_date(marc.control.get("008", ""))
    date = written or fixed
    bulk = re.sub(r"(?i)[()\s]*(bulk)?[()\s]*", "", info.get("g"))
    return date, "" if written or not words else words, _valid(bulk.strip(".").replace("-", "/"))


def _fixed_date(fixed: str) -> str:
    sort, first, last = fixed[6:7], fixed[7:11], fixed[11:15]
    first, last = (re.sub(r"[ |]", "", year).replace("u", "X") for year in (first, last))
    if not re.fullmatch(r"[\dX]{4}", first) or sort in ("n", "b", "|"):
        return ""
    if sort == "e" and re.fullmatch(r"\d{2,4}", last):
        return _valid(f"{first}-{last[:2]}-{last[2:]}" if len(last) == 4 else f"{first}-{last}") or first
    if sort in ("i", "k", "m", "c", "d", "q") and re.fullmatch(r"[\dX]{4}", last) and last != first:
        if sort == "q":
            return _valid(f"{first}?/{last}?")
        return _valid(f"{first}/{'..' if last in ('9999', 'XXXX') else last}")
    return _valid(first)


def _valid(text: str) -> str:
    try:
        parse_edtf(text)
    except CitetoolError:
        return ""
    return text


def _languages(marc: Marc) -> tuple[tuple[str, ...], tuple[str, ...]]:
    coded = [tag for f in marc.all("041") for code in ("a", "d") for text in f.all(code) for tag in language_tags(text)]
    original = [tag for f in marc.all("041") for text in f.all("h") for tag in language_tags(text)]
    fixed = language_tags(marc.control.get("008", "")[35:38])
    return unique([*coded] or [*fixed]), unique(original)


# ---- where it is kept and read


def _levels(marc: Marc, archival: bool) -> list[Level]:
    levels: list[Level] = []
    calls = [f.get("ab") for f in marc.all("099", "090")] if archival else []
    for f in marc.all("852"):
        if len(f.get("hij")) > 1:
            calls.insert(0, f.get("khijm"))
        if f.get("c") and archival:
            calls.append(f.get("c"))
    levels += [Level("call_number", call) for call in unique(calls)[:1]]
    hosts = unique([closed_title(f.get("t")) for f in marc.all("773")]) if archival else ()
    levels += [Level("collection", host) for host in hosts]
    for f in marc.all("852", "851")[:1]:
        names = [closed_comma(text) for text in f.all("a")]
        if names and re.fullmatch(r"[A-Za-z]{1,3}(?:-?[A-Za-z]{1,6})?", names[0]) and not f.get("b"):
            continue  # the code of an organisation, which nobody cites
        levels += [
            Level("division", part) for text in reversed(f.all("b")) if (part := closed_comma(text)) not in names[:1]
        ]
        levels += [Level("repository", name) for name in names[:1]]
        levels += [Level("place", closed_comma(text)) for text in f.all("e")[:1]]
    return levels


def _digital(marc: Marc) -> Digital:
    links = [(f.get("u"), f.get("y") or f.get("3") or f.get("z")) for f in marc.all("856") if f.ind2 in ("0", "1", " ")]
    web = [(url.split(" ")[0], words) for url, words in links if url.startswith("http")]
    return Digital(url=web[0][0], contents=unique([words for _, words in web])) if web else Digital()


# ---- the rest


def _extent(marc: Marc) -> str:
    return "; ".join(unique([re.sub(r"\s+([:;,])", r"\1", f.get("abcf3")).rstrip(" :;+.") for f in marc.all("300")]))


def _subject(f: Field) -> str:
    head = f.get("abcdqt") if f.tag != "653" else "; ".join(f.all("a"))
    parts = [head, *(text for code, text in f.subfields if code in "vxyz")]
    return "--".join(closed_title(part) for part in parts if part)


_NOT_KNOWN = lazy(r"(?i)s\.?\s?[ln]\.?$|(?:place of publication|publisher) not identified")


def _publication(record: Record, marc: Marc, archival: bool) -> None:
    imprints = [f for f in marc.all("260", "264") if f.ind2 in " 01"] or marc.all("260", "264")
    place = next((f.get("a") for f in imprints if f.get("a")), "").strip(" :;,[]")
    publisher = next((f.all("b")[0] for f in imprints if f.all("b")), "").strip(" :;,[]")
    place, publisher = ("" if _NOT_KNOWN.match(text) else text for text in (place, publisher))
    found = {"publisher": publisher, "edition": closed_title(marc.first("250").get("a"))}
    if archival:
        record.place = place
    else:
        found["publisher-place"] = place
        series = marc.first("490", "440", "830")
        found["collection-title"] = closed_title(series.get("a"))
        found["collection-number"] = closed_title(series.get("v"))
        host = marc.first("773")
        found["container-title"] = closed_title(host.get("t"))
        found |= _place_in_host(host.get("g"))
        thesis = marc.first("502")
        found["publisher"] = found["publisher"] or closed_title(thesis.get("c"))
        found["genre"] = closed_title(thesis.get("b"))
    record.publication.update({name: text for name, text in found.items() if text})


def _place_in_host(text: str) -> dict[str, str]:
    """Volume, issue and pages of 773 `$g`: `Vol. 24, no. 2 (Feb. 1930), p. 12-20`."""
    found: dict[str, str] = {}
    for name, pattern in (
        ("volume", r"(?i)\b(?:vol|v|bd|t)\.?\s*(\d+)"),
        ("issue", r"(?i)\b(?:no|nr|issue|n)\.?\s*(\d+)"),
        ("page", r"(?i)\b(?:pp?|pages?|s)\.?\s*(\d+(?:\s*[-–]\s*\d+)?)"),
    ):
        match = re.search(pattern, text)
        if match:
            found[name] = match[1]
    return found


def _identifiers(marc: Marc) -> dict[str, str]:
    found: dict[str, str] = {}

    def add(system: str, text: str) -> None:
        if text.strip():
            found.setdefault(system, text.strip())

    for f in marc.all("020"):
        add("isbn", re.sub(r"[^\dXx-].*", "", f.get("a").strip()))
    for f in marc.all("022"):
        add("issn", f.get("a").rstrip(" :,"))
    add("lccn", marc.first("010").get("a"))
    for f in marc.all("024"):
        add(f.get("2").casefold() or "other", f.get("a") if f.ind1 == "7" else "")
    for f in marc.all("035"):
        number = re.match(r"\(OCoLC\)\s*(?:oc[mn]|on|oca)?0*(\d+)", f.get("a"))
        if number:
            add("oclc", number[1])
    add("lcc", marc.first("050").get("ab"))
    add("ddc", marc.first("082").get("a"))
    return found
