"""Types of references in RIS (`TY`) and in CSL.

`TYPE_OF` is for writing: the type that reference managers take for the like. What is archival and has no type of its
own is MANSCPT, the only one whose archive, location and call number Zotero keeps all; GEN and UNPB become journal
articles there. `CSL_OF` is for reading, with the names that some programs write out in full.
"""

from __future__ import annotations

TYPE_OF: dict[str, str] = {
    "manuscript": "MANSCPT", "document": "MANSCPT", "collection": "MANSCPT", "interview": "MANSCPT",
    "speech": "MANSCPT", "treaty": "MANSCPT", "personal_communication": "PCOMM", "graphic": "ART", "map": "MAP",
    "motion_picture": "MPCT", "song": "SOUND", "broadcast": "SOUND", "musical_score": "MUSIC", "report": "RPRT",
    "book": "BOOK", "chapter": "CHAP", "article-journal": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "article": "UNPD", "periodical": "SER", "pamphlet": "PAMP", "thesis": "THES",
    "paper-conference": "CPAPER", "webpage": "ELEC", "post-weblog": "BLOG", "post": "ICOMM",
    "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "entry": "DICT", "review": "JOUR",
    "review-book": "JOUR", "dataset": "DATA", "software": "COMP", "standard": "STAND", "patent": "PAT",
    "legislation": "STAT", "bill": "BILL", "legal_case": "CASE", "regulation": "GOVDOC", "hearing": "HEAR",
    "classic": "CLSWK", "figure": "FIGURE", "event": "GEN", "performance": "GEN",
}  # fmt: skip

CSL_OF: dict[str, str] = {
    "MANSCPT": "manuscript", "UNPB": "manuscript", "UNPD": "article", "PCOMM": "personal_communication",
    "ICOMM": "post", "ART": "graphic", "MAP": "map", "AERO": "map", "MPCT": "motion_picture",
    "VIDEO": "motion_picture", "ADVS": "motion_picture", "SOUND": "song", "MUSIC": "musical_score", "RPRT": "report",
    "BOOK": "book", "EDBOOK": "book", "EBOOK": "book", "WHOLE": "book", "CHAP": "chapter", "ECHAP": "chapter",
    "JOUR": "article-journal", "EJOUR": "article-journal", "INPR": "article-journal", "ABST": "article-journal",
    "JFULL": "periodical", "SER": "periodical", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "PAMP": "pamphlet", "THES": "thesis", "CPAPER": "paper-conference", "CONF": "paper-conference",
    "ELEC": "webpage", "WEB": "webpage", "BLOG": "post-weblog", "DICT": "entry-dictionary",
    "ENCYC": "entry-encyclopedia", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset", "COMP": "software",
    "STAND": "standard", "STD": "standard", "PAT": "patent", "STAT": "legislation", "BILL": "bill",
    "UNBILL": "bill", "LEGAL": "regulation", "CASE": "legal_case", "HEAR": "hearing", "GOVDOC": "report",
    "GRANT": "document", "GRNT": "document", "SLIDE": "speech", "FIGURE": "figure", "CHART": "figure",
    "EQUA": "figure", "ANCIENT": "classic", "CLSWK": "classic", "CTLG": "book", "MULTI": "webpage", "GEN": "document",
    "JOURNAL ARTICLE": "article-journal", "BOOK CHAPTER": "chapter", "BOOK SECTION": "chapter",
    "CONFERENCE PROCEEDINGS": "paper-conference", "CONFERENCE PAPER": "paper-conference", "THESIS": "thesis",
    "REPORT": "report", "WEB PAGE": "webpage", "MAGAZINE ARTICLE": "article-magazine",
    "NEWSPAPER ARTICLE": "article-newspaper", "MANUSCRIPT": "manuscript", "PERSONAL COMMUNICATION":
    "personal_communication", "ARTICLE": "article-journal",
}  # fmt: skip

# Types whose T2 is the series, and those whose T2 is what they stand in.
BOOKS = frozenset({"BOOK", "EDBOOK", "EBOOK", "WHOLE", "RPRT", "MAP", "CTLG", "CLSWK", "DATA", "COMP", "THES"})
# Types of what is in periodicals: SN is an ISSN, M3 and M1 say nothing of the kind.
PERIODICALS = frozenset({"JOUR", "EJOUR", "INPR", "ABST", "JFULL", "MGZN", "NEWS", "SER"})
# Types whose M3 Zotero takes for the medium.
WITH_MEDIUM = frozenset({"ART", "SOUND", "MPCT"})
# Types in whose EndNote form the archive stands in PB, T2 and VL.
UNPUBLISHED = frozenset({"MANSCPT", "UNPB"})
# Types of what is one whole: a lone number of pages is their extent.
WHOLES = BOOKS | UNPUBLISHED | {"PCOMM"}
