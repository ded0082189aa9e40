"""Types and fields of BibTeX and BibLaTeX and the CSL variables for them (biblatex manual, 2.1 and 2.2)."""

from __future__ import annotations

CSL_OF: dict[str, str] = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "reference": "book", "mvreference": "book", "manual": "book",
    "booklet": "pamphlet", "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "suppcollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "inreference": "entry-encyclopedia", "misc": "document", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "patent": "patent", "periodical": "periodical",
    "suppperiodical": "article-journal", "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis",
    "report": "report", "techreport": "report", "unpublished": "manuscript", "manuscript": "manuscript",
    "archival": "manuscript", "dataset": "dataset", "software": "software", "letter": "personal_communication",
    "image": "graphic", "artwork": "graphic", "photo": "graphic", "map": "map", "audio": "song", "music": "song",
    "movie": "motion_picture", "film": "motion_picture", "video": "motion_picture", "performance": "performance",
    "legislation": "legislation", "legal": "legislation", "jurisdiction": "legal_case", "standard": "standard",
    "review": "review", "commentary": "book", "newspaper": "article-newspaper", "magazine": "article-magazine",
    "newsarticle": "article-newspaper", "interview": "interview", "webpage": "webpage", "presentation": "speech",
    "lecture": "speech", "book_section": "chapter", "web_page": "webpage", "generic": "document", "other": "document",
    "archive": "manuscript", "catalog": "book", "exhibcatalog": "book", "inexhibcatalog": "chapter",
    "lexicon": "book", "mvlexicon": "book", "inlexicon": "entry-encyclopedia", "journal": "article-journal",
    "newspaper_article": "article-newspaper", "magazine_article": "article-magazine", "journal_article":
    "article-journal",
}  # fmt: skip

# Types of what may be in an archive; `misc` is it only where `entrysubtype` says so (biblatex-chicago).
ARCHIVAL = frozenset(
    {"unpublished", "manuscript", "archival", "letter", "image", "artwork", "photo", "map", "interview"}
)
PARTS = frozenset({"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
BOOKS = frozenset({"book", *PARTS, "thesis", "pamphlet"})

GENRES: dict[str, str] = {  # words for the types of theses and reports, by biblatex's keys and BibTeX's types
    "phdthesis": "PhD thesis", "mathesis": "Master's thesis", "mastersthesis": "Master's thesis",
    "candthesis": "candidate thesis", "bathesis": "Bachelor's thesis", "techreport": "technical report",
    "resreport": "research report", "patentus": "US patent", "audiocd": "audio CD", "datacd": "data CD",
    "software": "computer software", "letter": "letter",
}  # fmt: skip

# Fields with one variable of their own, whatever the type.
FIELDS: dict[str, str] = {
    "shorttitle": "title-short", "series": "collection-title", "volume": "volume", "edition": "edition",
    "publisher": "publisher", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URL", "abstract": "abstract",
    "chapter": "chapter-number", "part": "part-number", "pagetotal": "number-of-pages", "version": "version",
    "volumes": "number-of-volumes", "pubstate": "status", "eventtitle": "event-title", "eventplace": "event-place",
    "venue": "event-place", "origtitle": "original-title", "origpublisher": "original-publisher",
    "pmid": "PMID", "pmcid": "PMCID", "shortjournal": "container-title-short", "reprinttitle": "reviewed-title",
    "volumetitle": "volume-title", "booktitleshort": "container-title-short",
}  # fmt: skip
CUSTOM_NAMES = ("namea", "nameb", "namec")  # of any type; `nameatype` says what part they had
NAMES: dict[str, str] = {
    **dict.fromkeys(CUSTOM_NAMES, "contributor"),
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "holder": "author", "origauthor": "original-author", "editora": "contributor", "editorb": "contributor",
    "editorc": "contributor", "commentator": "contributor", "annotator": "contributor",
    "introduction": "contributor", "foreword": "contributor", "afterword": "contributor", "recipient": "recipient",
    "director": "director", "illustrator": "illustrator", "composer": "composer",
}  # fmt: skip
# What `editortype` says the editors were.
EDITORS: dict[str, str] = {
    "compiler": "compiler", "director": "director", "producer": "producer", "organizer": "organizer",
    "conductor": "interviewer", "interviewer": "interviewer", "none": "contributor", "collaborator": "contributor",
}  # fmt: skip
VERBATIM = frozenset({"url", "doi", "file", "eprint", "pdf", "bdsk-url-1", "bdsk-url-2", "bdsk-file-1"})

# babel and polyglossia names of languages that are not the English names (biblatex manual, table 2).
LANGUAGES: dict[str, str] = {
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB", "canadian": "en-CA",
    "australian": "en-AU", "newzealand": "en-NZ", "german": "de", "ngerman": "de", "germanb": "de",
    "austrian": "de-AT", "naustrian": "de-AT", "nswissgerman": "de-CH", "swissgerman": "de-CH", "french": "fr",
    "francais": "fr", "frenchb": "fr", "canadien": "fr-CA", "acadian": "fr-CA", "portuges": "pt", "brazil": "pt-BR",
    "brazilian": "pt-BR", "magyar": "hu", "norsk": "nb", "nynorsk": "nn", "polutonikogreek": "el", "deutsch": "de",
    "français": "fr", "español": "es", "italiano": "it", "langfrench": "fr", "langgerman": "de",
    "langenglish": "en", "langamerican": "en-US",
}  # fmt: skip
BABEL: dict[str, str] = {  # for writing, where babel's name is not the English one
    "en-us": "american", "en-gb": "british", "en-ca": "canadian", "en-au": "australian", "en-nz": "newzealand",
    "de-at": "naustrian", "de-ch": "nswissgerman", "de": "ngerman", "pt-br": "brazilian", "fr-ca": "canadien",
    "nb": "norsk", "nn": "nynorsk", "hu": "magyar",
}  # fmt: skip

# Languages that biblatex has a word for (`langgerman`), which it prints after "in"; of others it prints the field.
PRINTED = {
    "american", "brazilian", "bulgarian", "catalan", "croatian", "czech", "danish", "dutch", "english", "estonian",
    "finnish", "french", "galician", "german", "greek", "hungarian", "italian", "japanese", "latin", "latvian",
    "lithuanian", "marathi", "norwegian", "persian", "polish", "portuguese", "romanian", "russian", "serbian",
    "slovak", "slovene", "spanish", "swedish", "turkish", "ukrainian",
}  # fmt: skip

# For writing: types of publications. All that is archival is `unpublished`, which every style and program knows.
BIBTEX_OF: dict[str, str] = {
    "book": "book", "chapter": "incollection", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "paper-conference": "inproceedings", "thesis": "phdthesis",
    "report": "techreport", "pamphlet": "booklet", "entry-encyclopedia": "incollection",
    "entry-dictionary": "incollection", "review": "article", "review-book": "article", "manuscript": "unpublished",
    "personal_communication": "unpublished",
}  # fmt: skip
BIBLATEX_OF: dict[str, str] = {
    **BIBTEX_OF, "thesis": "thesis", "report": "report", "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference", "webpage": "online", "post-weblog": "online", "post": "online",
    "patent": "patent", "periodical": "periodical", "dataset": "dataset", "software": "software",
}  # fmt: skip

# Fields that biblatex's data model (blx-dm.def) has for some types only, and those types' own. Biber drops the others.
_BOOK = "author chapter edition editor isbn language location maintitle number pages part publisher series translator"
ALLOWED: dict[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "article": "author editor issn issue journaltitle language number pages series translator version volume",
        "book": f"{_BOOK} pagetotal volume volumes",
        "collection": f"{_BOOK} pagetotal volume volumes",
        "booklet": "author chapter editor howpublished language location pages pagetotal type",
        "dataset": "author edition editor language location number organization publisher series type version",
        "inbook": f"{_BOOK} booktitle bookauthor volume volumes",
        "incollection": f"{_BOOK} booktitle volume volumes",
        "inproceedings": "author booktitle chapter editor eventdate eventtitle isbn language location maintitle number "
        "organization pages part publisher series venue volume volumes",
        "inreference": f"{_BOOK} booktitle volume volumes",
        "misc": "author editor howpublished language location organization type version",
        "online": "author editor language organization version",
        "patent": "author holder location number type version",
        "periodical": "editor issn issue language number series volume",
        "report": "author chapter institution language location number pages pagetotal type version",
        "software": "author editor howpublished language location organization type version",
        "thesis": "author chapter institution language location pages pagetotal type",
        "unpublished": "author eventdate eventtitle howpublished language location type venue",
    }.items()
}
CONDITIONAL = frozenset().union(*ALLOWED.values()) | {
    "bookauthor", "booktitleshort", "origauthor", "pmcid", "pmid", "reprinttitle", "volumetitle", "school",
}  # fmt: skip
