"""The head of a finding aid: its id and address, its title, and the repository whose holdings it describes.

EAD 2002 has `eadheader`, EAD3 `control`; the repository stands in the `did` of the whole, with its divisions as
`subarea` or as parts of the name, and its place in the address of it or of the publisher. The body that the repository
belongs to often stands in the preferred citation alone: `..., Bentley Historical Library, University of Michigan`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from citetool.formats.shared.headings import unique
from citetool.lazy_re import lazy
from citetool.record.model import Level
from citetool.xmlio import Element, attribute, child, children, descendants, local_name, text_of


@dataclass(slots=True)
class FindingAid:
    """The facts that hold for all units: id, title and address of the finding aid; levels from division to place."""

    id: str = ""
    title: str = ""
    url: str = ""
    publisher: str = ""
    address: list[str] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)


def read_header(element: Element) -> FindingAid:
    """Return what `eadheader` or `control` says."""
    aid = FindingAid()
    ident = child(element, "eadid") if local_name(element) == "eadheader" else child(element, "recordid")
    if ident is not None:
        text = text_of(ident)
        aid.id = text or attribute(ident, "identifier", "publicid")
        links = [attribute(ident, "url", "instanceurl"), text]
        links += [attribute(e, "href") for e in children(element, "representation")]
        aid.url = next((link for link in links if link.startswith("http")), "")
    statement = child(element, "filedesc", "titlestmt")
    aid.title = text_of(child(statement, "titleproper"), skip=("num", "date"))
    published = child(element, "filedesc", "publicationstmt")
    aid.publisher = text_of(child(published, "publisher")) or text_of(child(element, "maintenanceagency", "agencyname"))
    aid.address = [text_of(e) for e in descendants(published, "addressline")]
    return aid


def add_repository(aid: FindingAid, archdesc: Element) -> None:
    """Fill in the levels of the finding aid, from division to place, as far as it names them."""
    repository = child(archdesc, "did", "repository")
    own_address = [text_of(e) for e in descendants(repository, "addressline")]
    division, name = _repository(repository)
    if not name:
        name = aid.publisher
    elif not division and _is_part(name) and aid.publisher and aid.publisher.casefold() not in name.casefold():
        division, name = name, _without(aid.publisher, name)
    inside = re.match(r"(.+?)\.\s+((?:Dept\.|Department)[^.]*|[^.]*\b(?:Division|Department|Branch))\.?$", name)
    if not division and inside:
        name, division = inside[1], inside[2]
    if not division and name.count(", ") == 1 and name.partition(", ")[0].endswith(("Division", "Department")):
        division, _, name = name.partition(", ")
    place = _place(own_address, alone=True) or _place(aid.address, alone=False)
    parent, town = ("", "") if division else _body_above(name, _preferred_citation(archdesc))
    if parent and _is_part(name) and (_LIBRARY.search(parent) or not _LIBRARY.search(name)):
        division, name, parent = name, parent, ""
    if repository is not None and not place:
        place = next((text_of(e) for e in descendants(repository, "geogname")), "") or town
    name = re.sub(r"\.\s+(?=(?:Library|Libraries|Archives?)$)", " ", name)  # heading order, `University. Library`
    pairs = (("division", division), ("repository", name), ("institution", parent), ("place", place))
    aid.levels = [Level(level, value) for level, value in pairs if value]


def _repository(repository: Element | None) -> tuple[str, str]:
    """`(division, name)` of the `repository` element."""
    if repository is None:
        return "", ""
    named = next(iter(children(repository, "corpname", "name", "famname")), None)
    body = repository if named is None else named
    areas = unique([text_of(e).strip(" ,;.") for e in descendants(repository, "subarea")])
    parts = [re.sub(r"\s*\[\w+\]$", "", text_of(e)).strip(" ,.") for e in children(body, "part")]
    if len(parts) > 1 and not areas:
        return ", ".join(reversed(parts[1:])), parts[0]
    skip = ("subarea", "address", "addressline", "extptr", "head")
    name = text_of(body, skip=skip).strip(" ,;:")
    return ", ".join(areas), name.rstrip(".") if name.count(".") == 1 else name


def _is_part(name: str) -> bool:
    """Return whether a repository's name is that of a part of one (`Manuscripts Division`, `Public Policy Papers`)."""
    return bool(_PART.search(name))


_PART = lazy(r"(?i)\b(?:division|department|dept\.|section|branch|papers|manuscripts?)\b")


def _preferred_citation(archdesc: Element) -> str:
    """Return how the archive asks to be cited, as far as it is said before the components."""
    groups = [archdesc, *children(archdesc, "descgrp")]
    return " ".join(text_of(e) for group in groups for e in children(group, "prefercite"))


_BODY = lazy(
    r"(?i)\b(?:universit\w+|colleges?|librar(?:y|ies)|institut\w*|society|museums?|academy|school|seminary|foundation)\b"
)


def _body_above(name: str, citation: str) -> tuple[str, str]:
    """Return the body that follows the name of the repository in a preferred citation, and its town; empty texts
    where none follows.
    """
    named = list(_spelled(name).finditer(citation)) if name else []
    follows = re.match(r"\s*[,.;]\s+(?:the )?([^;]+)", citation[named[-1].end() :], re.IGNORECASE) if named else None
    if follows is None:
        return "", ""
    pieces = re.sub(r"\.\s+(?=[A-Z]\w+ \w).*", "", follows[1].strip()).split(", ")
    within = _PART.search(pieces[0]) or pieces[0].endswith("Collections")  # `Special Collections, Princeton ...`
    end = 2 if within else 1
    body, rest = ", ".join(pieces[:end]).strip(" ."), ", ".join(pieces[end:])
    known = _LIBRARY.sub("", body).strip().casefold() in name.casefold()  # `New York University Archives`
    if known or not _BODY.search(body) or len(body) > _LONGEST_NAME:
        return "", ""
    return body, _place([rest if _STATE.search(rest) else rest.rstrip(".")], alone=False)


def _spelled(name: str) -> re.Pattern[str]:
    """Return a pattern of a name in its spellings: `Dept. of`, `A & B`, `A/B`, `Archive` for `Archives`."""
    words = [word for word in re.findall(r"\w+", name.casefold()) if word not in ("and", "the")]
    said = [
        r"(?:department|dept)" if word in ("department", "dept") else f"{word.removesuffix('s')}s?" for word in words
    ]
    return re.compile(r"\b" + r"\W+(?:(?:and|the)\W+)?".join(said) + r"\b", re.IGNORECASE)


_LIBRARY = lazy(r"(?i)\b(?:librar(?:y|ies)|archives)\b")
_STATE = lazy(
    r"\b(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kans?|Ky|La|Mass|Md|Me|Mich|Minn|Miss|Mo|Mont|Nebr?|Nev"
    r"|Okla|Ont|Or[ae]?g?|Pa|Que|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|[A-Z]\.\w)\.$"
)
_LONGEST_NAME = 80  # characters; what is longer is a sentence


def _without(publisher: str, part: str) -> str:
    """Return the publisher without the name of its own part, wherever that stands in it."""
    rest = re.sub(rf"\s*[,.;:]?\s*{re.escape(part)}\s*[,.;:]?\s*", " ", publisher, flags=re.IGNORECASE)
    return rest.strip(" ,.;:") or publisher


_CITY = lazy(
    r"^(?:.*\d\S*\s+[^,]*,\s*)?(?P<city>[^\W\d][^,\d]*,\s*(?:D\.C\.|[A-Z][\w.]+(?:\s[A-Z][a-z]+)?))"
    r",?(?:\s+[A-Z]{0,2}-?\d{4,5}(?:-\d{4})?)?(?:[\s,]+(?:USA?|U\.S\.A?\.|United States(?: of America)?))?\.?$"
)


def _place(lines: list[str], *, alone: bool) -> str:
    """Return the line of an address that is a town and its state, without the postal code.

    `alone`: a single line without digits counts as a place, whatever it looks like.
    """
    for line in lines:
        match = _CITY.match(line.strip())
        if match and not re.search(
            r"(?i)\b(?:library|university|street|road|avenue|division|floor|room|box)\b", match["city"]
        ):
            return match["city"].strip()
    if alone and len(lines) == 1 and not re.search(r"[\d@:]", lines[0]):
        return lines[0].strip(" ,")
    return ""
