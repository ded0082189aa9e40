"""Facts of one source as texts by name, gathered from a page, manifest or catalogue entry, and the record they make.

Sites give the same facts under many labels (`Held by`, `Holding institution`, `dcterms:rightsHolder`) and in any order.
A reader gathers them here under the names of `FACTS` or as roles and levels, first come first counted; `record` turns
them into fields. `fact_of` knows the labels in use, in several languages; a label that it does not know is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.names import parse_direct_name
from citetool.record.kinds import KINDS, kind_of
from citetool.record.levels import LEVELS
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Record
from citetool.record.roles import ROLES

from .headings import closed_title, heading_name, key_of, kind_of_genre, role_of, unique, written_date
from .json_fields import unmarked
from .languages import language_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.names import Name
    from citetool.record.model import Metadata, Plain

# A fact, then the labels that mean it, lower case; a role or a level of the vocabularies is its own label.
_LABELS = """
title: title | full title | titel | titre | título | titolo | name | title statement | main title | uniform
  title | headline
supplied_title: supplied title | assigned title | devised title
original_title: original title | title (original)
date: date | dates | date created | created | creation date | date statement | publication/creation | datum |
  date of creation | date(s) of creation | dates of creation | published date | publish date | date of
  publication | publication date | issued | date issued | year | fecha | data | date(s) | creation | dating |
  sort date | date written | covering dates | entstehungszeit | laufzeit
kind: type | genre | resource type | type of resource | object type | classification | type/technique | work
  type | format of original | original format | document type | record type | form/genre | genre/form | material
  type | item type | objekttyp | documentary form
level: level of description | level | description level | verzeichnungsstufe
language: language | languages | sprache | langue | language(s) | language and scripts | language of material |
  language of document
summary: description | summary | abstract | scope and content | scope and contents | content description | note
  content | beschreibung | scope & content | content | scope and content note
subject: subject | subjects | topic | topics | topic-lcsh | keywords | keyword | schlagwort | subject(s) |
  subject headings | tags | place access points | name access points | subject access points | coverage | places
  | sitter | geographic subject
medium: medium | materials | material | materials/techniques | technique | support | physical form
extent: extent | dimensions | physical description | physical extent | size | umfang | extent and medium |
  measurements | pages | number of images | physical details | format
rights: rights | license | licence | terms of use | access rights | conditions of use | rights statement |
  rights advisory | usage | copyright | rights information | use restrictions | use restriction(s) | conditions
  governing access | access restriction(s)
repository: held by | holding institution | owner | repository | institution | holder | contributing institution
  | location | current location | archive | archives | holding library | library | held at | reference unit |
  current repository | bestandshalter | contributing repository | owning institution | provided by | contact
  information | holding institution (manuscript)
place: place | place of publication | place created | place written | place of origin | ort | place of writing |
  origin
publisher: publisher | verlag | éditeur | imprint
collection: collection | collection title | fonds | part of | bestand | archival collection | collection name |
  relation | archival context | found in | from the collection | source collection | papers
series: series | series title | sub-fonds | serie | série
record_group: record group | from record group | record group number
call_number: shelfmark | shelf mark | shelfmarks | call number | signatur | cote | reference | reference code |
  reference number | object number | accession number | item number | callnumber | archivaliensignatur | shelf
  locator | code de référence | catalogue reference
identifier: identifier | identifiers | id | permalink | persistent url | persistent identifier | handle | ark |
  permanent link
doi: doi
naid: national archives identifier | naid | na id
citation: citation | cite as | preferred citation | how to cite | suggested citation | recommended citation |
  credit line | zitiervorschlag | cite this item | chicago citation
site: digital collection | provider | digital library | data provider | digitised by | digitized by | database
transcript: transcription | transcript
container: container | container(s) | containers | container number | unit of storage
creator: creator(s) | origination | provenance (creator) | name of creator | name of creator(s) | record creator
author: author | by | verfasser | auteur | autor | people | creators | authors | maker | main author | names |
  name | writer
contributor: contributor | contributors | other contributors | added author | other names
recipient: addressee | to | recipient(s) | empfänger | destinataire | letter recipient | audience
sender: correspondent | sender | absender | from
"""
FACTS: dict[str, str] = {}
for _entry in re.sub(r"\n  ", " ", _LABELS).strip().splitlines():
    _fact, _, _words = _entry.partition(": ")
    FACTS |= {label.strip(): _fact for label in _words.split("|") if label.strip() not in FACTS}
_ROLE_OR_LEVEL = {name.replace("_", " "): name for name in (*LEVELS, *ROLES)}
_SEVERAL = frozenset(("subject", "identifier", "kind", "medium", "extent"))


def fact_of(label: str) -> str:
    """Return the name of the fact that a label stands for: one of `FACTS`, a role or a level; else empty."""
    word = " ".join(unmarked(label).split()).strip(" :.").casefold()
    found = FACTS.get(word) or _ROLE_OR_LEVEL.get(word, "")
    if not found and word.endswith("s"):
        found = FACTS.get(word[:-1]) or _ROLE_OR_LEVEL.get(word[:-1], "")
    return found


class RecordBuilder:
    """The facts gathered of one source; nothing is overwritten, empty texts do not count."""

    def __init__(self) -> None:
        self.facts: dict[str, list[str]] = {}
        self.creators: list[Creator] = []
        self.levels: list[Level] = []
        self.other: dict[str, list[str]] = {}

    def add(self, fact: str, *values: str) -> None:
        """Take texts for a fact, a role or a level."""
        for value in values:
            words = " ".join(value.split())
            if words and words not in self.facts.setdefault(fact, []):
                self.facts[fact].append(words)

    def label(self, label: str, values: Iterable[str]) -> None:
        """Take texts under a label as people see it; what it means is kept under the label where it is not known."""
        fact = fact_of(label)
        given = [unmarked(value) for value in values]
        if label.strip(" :").casefold() == "format" and not any(c.isdigit() for value in given for c in value):
            fact = "medium"
        if fact:
            self.add(fact, *given)
        elif any(given):
            self.other.setdefault(label.strip(" :"), []).extend(filter(None, given))

    def name(self, name: Name, role: str) -> None:
        """Take a person or body, each once with a role."""
        creator = Creator(name, role)
        if creator not in self.creators and (name.family or name.literal):
            self.creators.append(creator)

    def first(self, *facts: str) -> str:
        """Return the first text of the first of these facts that has one, or an empty text."""
        return next((self.facts[fact][0] for fact in facts if self.facts.get(fact)), "")

    def all(self, fact: str) -> list[str]:
        """All texts of a fact, in the order they came."""
        return self.facts.get(fact, [])

    def record(self, metadata: Metadata, key: str = "") -> Record | None:
        """Return the record of all this; None where there is neither a title nor anything to tell it by."""
        title, supplied = closed_title(self.first("title")), closed_title(self.first("supplied_title"))
        if not title and not supplied:
            return None
        kind = self._kind(title or supplied)
        archival = kind_of(kind).archival
        date, date_text = self._date()
        return Draft(
            id=key_of(key),
            kind=kind,
            title=title,
            supplied_title=supplied,
            original_title=self.first("original_title"),
            creators=tuple(self._creators(kind_of(kind).csl == "collection")),
            date=date,
            date_text=date_text,
            place=self.first("place") if archival else "",
            language=language_tags("; ".join(self.all("language"))),
            archive=self._archive() if archival else Holding(),
            digital=Digital(self.first("site"), self.first("url"), accessed=self.first("accessed")),
            publication=self._publication(archival),
            summary="\n".join(self.all("summary")),
            subjects=unique(self.all("subject")),
            extent="; ".join(self.all("extent")),
            medium="; ".join(self.all("medium")),
            rights=" ".join(self.all("rights")),
            identifiers=self._identifiers(),
            notes=unique(self.all("note")),
            citation=self.first("citation"),
            metadata=metadata,
            extra=self._extra(metadata.reader),
        )

    def _extra(self, reader: str) -> dict[str, Plain]:
        """Return the labels that were not understood, in a mapping named after the reader."""
        other = {**self.other, **({"transcript": self.all("transcript")} if self.all("transcript") else {})}
        kept: dict[str, Plain] = {n: v[0] if len(v) == 1 else [*v] for n, v in other.items()}
        return {reader or "labels": kept} if kept else {}

    def _kind(self, title: str) -> str:
        exact = [word.casefold() for word in self.all("kind") if word.casefold() in KINDS]
        kinds = [kind for word in self.all("kind") if (kind := kind_of_genre(word))]
        particular = [kind for kind in (*exact, *kinds) if kind not in ("document", "graphic", "object")]
        if particular or kinds or exact:
            return next(iter(particular or kinds or exact))
        whole = self.first("level").casefold()
        if whole in ("collection", "fonds", "record group", "series"):
            return "collection" if whole in ("fonds", "record group") else whole
        guess = _TITLE_KIND.match(title)
        if guess:
            word = guess.group(1).lower()
            return {"portrait": "graphic"}.get(word) or kind_of_genre(word) or word
        return "document"

    def _date(self) -> tuple[str, str]:
        """Return the first date that is understood, else the words of the first."""
        found = [written_date(_EVENT.sub("", words)) for words in self.all("date")]
        return next((pair for pair in found if pair[0]), next(iter(found), ("", "")))

    def _creators(self, whole: bool) -> Iterator[Creator]:
        yield from self.creators
        for role in ROLES:
            # in the description of one thing, its creator is who wrote or made it
            own = "author" if role == "creator" and not whole else role
            for heading in self.all(role):
                called = re.match(
                    r"([A-Z][\w ]{2,24}): (.+)", heading
                )  # `Artist: Vincent van Gogh, Dutch, 1853 - 1890`
                named = role_of(called.group(1), "") if called else ""
                if called and named in ROLES:
                    yield Creator(_called(called.group(2)), named)
                else:
                    yield Creator(heading_name(heading, body=", " not in heading), own)

    def _archive(self) -> Holding:
        """Return the levels that were added as such, then those of the facts, small to large by the vocabulary's
        order.
        """
        levels = list(self.levels)
        taken = {level.name for level in levels}
        for name in LEVELS:
            if name not in taken and name != "place":
                levels += [Level(name, closed_title(text)) for text in self.all(name)[:1]]
        levels += [Level("place", text) for text in self.all("repository_place")[:1]]
        return Holding(tuple(levels))

    def _publication(self, archival: bool) -> dict[str, str]:
        if archival:
            return {name: self.first(name) for name in ("container-title", "publisher") if self.first(name)}
        given = {name: self.first(name) for name in _VARIABLES}
        given["publisher-place"] = given["publisher-place"] or self.first("place")
        given["call-number"] = self.first("call_number")
        return {name: value for name, value in given.items() if value}

    def _identifiers(self) -> dict[str, str]:
        given = {system: self.first(system) for system in ("doi", "isbn", "issn", "pmid", "naid", "oclc", "lccn")}
        given["local"] = "; ".join(text for text in self.all("identifier") if not text.startswith("http"))
        return {system: value for system, value in given.items() if value}


_TITLE_KIND = lazy(
    r"(?:draft |handwritten )?(letter|telegram|postcard|diary|memorandum|photograph|map|portrait"
    r"|brief|lettre|carta|lettera|письмо|telegramm|télégramme|postkarte|tagebuch)\b",
    re.I,
)
_EVENT = lazy(r"\s*\((?:creation|accumulation|publication|production|inclusive|made|issued)[^)]*\)", re.I)
_NATION = lazy(r",\s*[A-Z][a-z]+(?:an|ish|ch|ese|ss|ic|ek)\b.*")


def _called(words: str) -> Name:
    """Return a name in direct order with nationality and dates behind it: `Vincent van Gogh, Dutch, 1853 - 1890`."""
    plain = _NATION.sub("", words)
    return parse_direct_name(plain) if "," not in plain and len(plain.split()) <= 4 else heading_name(plain)


_VARIABLES = (
    "container-title", "publisher", "publisher-place", "volume", "issue", "page", "number", "collection-title",
    "event-title", "edition",
)  # fmt: skip
