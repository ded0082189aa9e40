"""Kinds of sources: the CSL type of each, and why.

A record's `kind` is a term of this table or any other words; it is printed as the CSL `genre`. The type decides what a
style does with the source. Measured on Chicago 18, MLA 9 and APA 7:

* `manuscript` for what was written and kept: title in quotation marks, archive block in full. In APA it prints the year
  alone, but `document` is dropped by Chicago's bibliography more often, and RIS and Zotero know `manuscript`.
* `personal_communication` for letters: the only type whose recipient is printed, and Zotero's letter.
* `graphic` and `map`: title in italics, in Chicago works of art by their institution (14.133), scale, dimensions.
* `collection` for a whole collection or series: title plain, no `n.d.`.
* `interview`: interviewer printed in words; `report`, `treaty`, `hearing`, `speech` where the style has rules for them.
* `document` for archival things that are neither text nor picture.
"""

from __future__ import annotations

from citetool.struct import NamedTuple


class Kind(NamedTuple):
    """One kind: its CSL type, whether it is archival by nature, whether the genre says more than the type does."""

    csl: str
    archival: bool = True
    genre: bool = True


_MS = Kind("manuscript")
KINDS: dict[str, Kind] = {
    # correspondence
    "letter": Kind("personal_communication", genre=False),
    "postcard": Kind("personal_communication"),
    "email": Kind("personal_communication"),
    "telegram": _MS,
    "cable": _MS,
    "airgram": _MS,
    "dispatch": _MS,
    "diplomatic note": _MS,
    "circular": _MS,
    # records of state and of meetings
    "memorandum": _MS,
    "memorandum of conversation": _MS,
    "memorandum of telephone conversation": _MS,
    "aide-mémoire": _MS,
    "minutes": _MS,
    "stenographic record": _MS,
    "transcript": _MS,
    "report": Kind("report"),
    "intelligence estimate": Kind("report"),
    "directive": _MS,
    "order": _MS,
    "decree": _MS,
    "resolution": _MS,
    "protocol": _MS,
    "agenda": _MS,
    "briefing paper": _MS,
    "policy paper": _MS,
    "draft": _MS,
    "petition": _MS,
    "press release": Kind("document"),
    "speech": Kind("speech"),
    "testimony": Kind("hearing"),
    "treaty": Kind("treaty", genre=False),
    "agreement": Kind("treaty"),
    "court record": Kind("document"),
    "charter": _MS,
    "deed": _MS,
    "will": _MS,
    "certificate": Kind("document"),
    "census record": Kind("document"),
    "register": _MS,
    "ledger": _MS,
    "list": Kind("document"),
    "form": Kind("document"),
    # personal papers
    "diary": _MS,
    "notebook": _MS,
    "notes": _MS,
    "memoir": _MS,
    "manuscript": Kind("manuscript", genre=False),
    "typescript": _MS,
    "clipping": Kind("document"),
    "scrapbook": _MS,
    "album": Kind("graphic"),
    # pictures, maps, sound
    "photograph": Kind("graphic"),
    "negative": Kind("graphic"),
    "drawing": Kind("graphic"),
    "print": Kind("graphic"),
    "painting": Kind("graphic"),
    "poster": Kind("graphic"),
    "cartoon": Kind("graphic"),
    "graphic": Kind("graphic", genre=False),
    "map": Kind("map", genre=False),
    "plan": Kind("map"),
    "atlas": Kind("map"),
    "film": Kind("motion_picture", genre=False),
    "video": Kind("motion_picture"),
    "sound recording": Kind("song"),
    "song": Kind("song", genre=False),
    "broadcast": Kind("broadcast", genre=False),
    "score": Kind("musical_score", genre=False),
    "interview": Kind("interview", genre=False),
    "oral history": Kind("interview"),
    "object": Kind("document"),
    "document": Kind("document", genre=False),
    # wholes
    "collection": Kind("collection", genre=False),
    "fonds": Kind("collection"),
    "series": Kind("collection"),
    "file": Kind("collection"),
    # publications
    "book": Kind("book", archival=False, genre=False),
    "chapter": Kind("chapter", archival=False, genre=False),
    "journal article": Kind("article-journal", archival=False, genre=False),
    "magazine article": Kind("article-magazine", archival=False, genre=False),
    "newspaper article": Kind("article-newspaper", archival=False, genre=False),
    "article": Kind("article", archival=False, genre=False),
    "newspaper": Kind("periodical", archival=False, genre=False),
    "pamphlet": Kind("pamphlet", archival=False, genre=False),
    "broadside": Kind("pamphlet"),
    "thesis": Kind("thesis", archival=False, genre=False),
    "PhD thesis": Kind("thesis", archival=False),
    "Master's thesis": Kind("thesis", archival=False),
    "conference paper": Kind("paper-conference", archival=False, genre=False),
    "published report": Kind("report", archival=False, genre=False),
    "webpage": Kind("webpage", archival=False, genre=False),
    "blog post": Kind("post-weblog", archival=False, genre=False),
    "post": Kind("post", archival=False, genre=False),
    "dictionary entry": Kind("entry-dictionary", archival=False, genre=False),
    "encyclopedia entry": Kind("entry-encyclopedia", archival=False, genre=False),
    "entry": Kind("entry", archival=False, genre=False),
    "review": Kind("review", archival=False, genre=False),
    "book review": Kind("review-book", archival=False, genre=False),
    "dataset": Kind("dataset", archival=False, genre=False),
    "software": Kind("software", archival=False, genre=False),
    "standard": Kind("standard", archival=False, genre=False),
    "patent": Kind("patent", archival=False, genre=False),
    "legislation": Kind("legislation", archival=False, genre=False),
    "bill": Kind("bill", archival=False, genre=False),
    "legal case": Kind("legal_case", archival=False, genre=False),
    "regulation": Kind("regulation", archival=False, genre=False),
    "hearing": Kind("hearing", archival=False, genre=False),
    "event": Kind("event", archival=False, genre=False),
    "performance": Kind("performance", archival=False, genre=False),
    "classic": Kind("classic", archival=False, genre=False),
    "figure": Kind("figure", archival=False, genre=False),
    "personal communication": Kind("personal_communication", genre=False),
}

# The kind that stands for a CSL type when nothing says more.
KIND_OF_TYPE: dict[str, str] = {
    **{kind.csl: name for name, kind in reversed(KINDS.items())},
    **{kind.csl: name for name, kind in reversed(KINDS.items()) if not kind.genre},
}
CSL_TYPES = frozenset(KIND_OF_TYPE)

# What people call a kind when they type it; CSL types are understood as well.
SPOKEN: dict[str, str] = {
    "aide-memoire": "aide-mémoire",
    "audio": "sound recording",
    "blog": "blog post",
    "book chapter": "chapter",
    "book section": "chapter",
    "cablegram": "telegram",
    "case": "legal case",
    "dissertation": "thesis",
    "doctoral dissertation": "PhD thesis",
    "doctoral thesis": "PhD thesis",
    "e-mail": "email",
    "encyclopedia article": "encyclopedia entry",
    "law": "legislation",
    "ma thesis": "Master's thesis",
    "magazine": "magazine article",
    "memcon": "memorandum of conversation",
    "memo": "memorandum",
    "monograph": "book",
    "movie": "film",
    "oral history interview": "oral history",
    "phd dissertation": "PhD thesis",
    "photo": "photograph",
    "post card": "postcard",
    "telcon": "memorandum of telephone conversation",
    "web page": "webpage",
    "website": "webpage",
}

_UNKNOWN = Kind("document")
_FOLDED = {name.casefold(): kind for name, kind in KINDS.items()}
_TERMS = {name.casefold(): name for name in KINDS}


def kind_of(name: str) -> Kind:
    """Return the entry of a kind; words that the table does not have count as an archival `document`."""
    return _FOLDED.get(name.casefold(), _UNKNOWN)


def term_of(words: str) -> str:
    """Return the term of the table that the words are, whatever their capitals; empty where it has none."""
    return _TERMS.get(words.replace("’", "'").casefold(), "")


def spoken_kind(words: str) -> str:
    """Return the term that somebody means who types these words; the words themselves where they are one, or none."""
    folded = words.strip().casefold()
    return words if term_of(words) else SPOKEN.get(folded) or KIND_OF_TYPE.get(folded, words)


def csl_type(kind: str, override: str = "") -> str:
    """Return the CSL type of a record with this `kind` and, where it has one, its own `type`."""
    return override or kind_of(kind).csl


def kind_for(csl: str, genre: str = "") -> tuple[str, str]:
    """Return `(kind, type)` of a record that comes with a CSL type and genre; `csl_type` of the two is that type again.

    The genre is the kind when there is one; `type` is filled in only where the kind alone would give another type.
    """
    kind = genre or KIND_OF_TYPE.get(csl, "")
    return kind, "" if kind_of(kind).csl == csl else csl
