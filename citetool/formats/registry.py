"""The table of formats: one row each, and the reader or writer of the one that is named.

Listing formats imports no format module; `reader` and `writer` import the one that is asked for. How a file is
recognised is in `sniff`, how one is read in `api`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from citetool import plugins
from citetool.problems import Problem, UnknownNameError, suggest

from .base import Attachment, Format, ReadOptions, Rejected, WriteOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citetool.record.model import Record

    Reader = Callable[[BinaryIO, ReadOptions], Iterator[Record | Rejected | Problem | Attachment]]
    Writer = Callable[[Iterable[Record], WriteOptions], Iterator[str]]

_CSL_TYPES = (
    "article(?:-journal|-magazine|-newspaper)?|bill|book|broadcast|chapter|classic|collection|dataset|document"
    "|entry(?:-dictionary|-encyclopedia)?|event|figure|graphic|hearing|interview|legal_case|legislation|manuscript|map"
    "|motion_picture|musical_score|pamphlet|paper-conference|patent|performance|periodical|personal_communication|post"
    "|post-weblog|regulation|report|review|review-book|software|song|speech|standard|thesis|treaty|webpage"
)

# A line of headings with one of the words for a title, a description or a shelf mark among them.
_TABLE_HEADINGS = (
    r"(?i)\A(?=[^\n]*[,;\t])(?!\s*[<\[{@%])(?:[^\n]*[,;\t])?\"?(?:(?:document |article )?titles?|titel|titre|titolo"
    r"|t[ií]tulo|headline|description|beschreibung|descripci[oó]n|descrizione|omschrijving|заголовок|название|описание|signatur"
    r"|call number|shelf ?mark|cote|signatura|segnatura|шифр)\"?\s*(?:[,;\t]|\r?\n|\Z)"
)

# Of several formats that fit the first bytes the first one counts: the particular stand before the general.
FORMATS: dict[str, Format] = {
    "bbt-json": Format(
        "Zotero items, Better BibTeX JSON",
        "managers.zotero.json",
        True,
        True,
        (".json",),
        (r'"itemType"\s*:', r"Better ?BibTeX JSON", r'^\s*\{\s*"(?:collections|config)"\s*:\s*\{'),
    ),
    "iiif": Format(
        "IIIF manifest",
        "catalogs.iiif",
        True,
        False,
        (".json",),
        (r'"@?type"\s*:\s*"(?:sc:Collection|(?:sc:)?Manifest)"', r"iiif\.io/api/presentation"),
    ),
    "dpla": Format(
        "Digital Public Library of America",
        "catalogs.dpla",
        True,
        False,
        (".json",),
        (r"//dp\.la/api", r'"sourceResource"\s*:', r'"isShownAt"\s*:'),
    ),
    "archivesspace": Format(
        "ArchivesSpace JSON", "catalogs.archivesspace", True, False, (".json",), (r"jsonmodel_type",)
    ),
    "nara": Format(
        "National Archives Catalog",
        "catalogs.nara",
        True,
        False,
        (".json", ".xml"),
        (r"description\.das\.nara\.gov", r'"naIds?"\s*:', r"<naId>", r'"opaResponse"'),
    ),
    "loc-json": Format(
        "loc.gov JSON",
        "catalogs.loc",
        True,
        False,
        (".json",),
        (r"""["'](?:original_format|library_of_congress_control_number|digital_id|number_lccn)["']\s*:""",),
    ),
    "tropy": Format(
        "Tropy JSON-LD", "managers.tropy.jsonld", True, False, (".json", ".jsonld"), (r"\A\s*[\[{].*tropy\.org/v1",)
    ),
    "tropy-csv": Format(
        "Tropy CSV",
        "managers.tropy.csv",
        True,
        True,
        (".csv",),
        (r"\A[^\n]*purl\.org/dc/elements/1\.1/title", r"\A[^\n]*tropy#"),
    ),
    "atom-csv": Format(
        "AtoM CSV, ISAD and RAD templates",
        "tables.atom",
        True,
        False,
        (".csv",),
        (r"\A[^\n]*\blevelOfDescription\b",),
    ),
    "zotero-csv": Format(
        "Zotero CSV",
        "tables.zotero",
        True,
        False,
        (".csv",),
        (r'\A[^\n]*\bItem Type\b"?\s*,[^\n]*\bPublication Title\b',),
    ),
    "table": Format(
        "Tables, columns taken by their headings",
        "tables.table",
        True,
        False,
        (".csv", ".tsv", ".xlsx", ".ods"),
        (_TABLE_HEADINGS, r"\APK\x03\x04.{0,3900}?(?:xl/(?:workbook|worksheets|_rels)|opendocument\.spreadsheet)"),
    ),
    "omeka": Format(
        "Omeka S JSON-LD, Omeka Classic JSON",
        "catalogs.omeka",
        True,
        False,
        (".json", ".jsonld"),
        (r'\A\s*[\[{].*"(?:@type"\s*:\s*(?:\[\s*)?"o:|o:id"\s*:|element_texts"\s*:)',),
    ),
    "datacite": Format(
        "DataCite JSON and XML",
        "metadata.datacite",
        True,
        False,
        (".json", ".xml"),
        (
            r'\A\s*[\[{](?!.*"@context").*(?:"resourceTypeGeneral"\s*:|"type"\s*:\s*"dois"|datacite\.org/schema/kernel)',
            r"<[^>]*datacite\.org/schema/kernel",
        ),
    ),
    "wikidata": Format(
        "Wikidata JSON of works and manuscripts",
        "catalogs.wikidata",
        True,
        False,
        (".json",),
        (r'\A\s*[\[{].*"(?:snaktype|mainsnak|claims)"\s*:',),
    ),
    "nbib": Format(
        "PubMed tagged (MEDLINE, .nbib)",
        "metadata.nbib",
        True,
        False,
        (".nbib",),
        (r"(?m)\A\s*(?:PMID|OWN) *- ",),
    ),
    "cff": Format("CITATION.cff", "metadata.cff", True, True, (".cff",), (r"(?m)^cff-version\s*:",)),
    "mets": Format(
        "METS with MODS, MARC, Dublin Core or EAD",
        "metadata.mets",
        True,
        False,
        (".mets", ".mets.xml"),
        (
            r"<(?:\w+:)?mets\b[^>]*loc\.gov/METS",
            r"<(?:\w+:)?mets[\s>].*?<(?:\w+:)?(?:dmdSec|metsHdr|amdSec|structMap)\b",
        ),
    ),
    "edm": Format(
        "EDM of Europeana, RDF/XML",
        "metadata.edm",
        True,
        False,
        (),
        (r"<(?:\w+:)?ProvidedCHO\b",),
    ),
    "rico": Format(
        "RiC-O (Records in Contexts), RDF/XML",
        "metadata.rico",
        True,
        False,
        (),
        (r"<(?:\w+:)?RDF\b.*ica\.org/standards/RiC/ontology",),
    ),
    "schema-org": Format(
        "schema.org JSON-LD",
        "web.schema_org",
        True,
        True,
        (".jsonld", ".json"),
        (r'"@context"\s*:\s*"https?://schema\.org',),
    ),
    "hayagriva": Format(
        "Hayagriva YAML",
        "bib.hayagriva",
        True,
        True,
        (".yml", ".yaml"),
        (
            r"(?mi)^[^\s:#-][^\n]*:[^\S\n]*\n[^\S\n]+(?:[a-z-]+:[^\n]*\n[^\S\n]+){0,20}type:\s*[\"']?"
            r"(?:a(?:rticle|rtwork|nth|udio)|b(?:ook|log)|c(?:hapter|ase|onference)|e(?:ntry|xhibition)|legislation"
            r"|m(?:anuscript|isc)|newspaper|p(?:atent|erformance|eriodical|ost|roceedings)|re(?:ference|port|pository)"
            r"|scene|th(?:esis|read)|video|web)",
        ),
    ),
    "internet-archive": Format(
        "Internet Archive JSON",
        "catalogs.internet_archive",
        True,
        False,
        (".json",),
        (r'"(?:d1|d2|workable_servers|files_count|mediatype)"\s*:',),
    ),
    "html": Format(
        "HTML page", "web.html", True, False, (".html", ".htm", ".xhtml"), (r"(?i)<(?:!doctype\s+html|html)\b",)
    ),
    "coins": Format("COinS", "web.coins", True, True, (), (r"""class\s*=\s*["']?Z3988""",)),
    "wikitext": Format("Wikipedia cite templates", "web.wikitext", False, True),
    "citetool": Format(
        "Records of citetool, YAML and JSON",
        "metadata.records",
        True,
        False,
        (".yaml", ".json"),
        (
            r'\A\s*(?:\[\s*)?\{\s*"id"\s*:\s*"[^"]*",\s*(?:"aliases"\s*:\s*\[[^\]]*\],\s*)?"kind"\s*:',
            r'\A\s*(?:\[\s*)?\{(?=.*"id"\s*:\s*")(?=.*"kind"\s*:\s*"[^"#]+")(?!.*"(?:@?type|itemType|@id)"\s*:)',
            r'\A\s*(?:\[\s*)?\{.*"record"\s*:\s*\{\s*"id"\s*:',
            r"(?m)\A(?=.*?^id:)(?=.*?^kind:)(?:\s*(?:(?:---|#)[^\n]*)?\n)*[a-z_]+:",
        ),
    ),
    "csl-json": Format(
        "CSL-JSON",
        "csl.json",
        True,
        True,
        (".json", ".csl.json"),
        (rf'\A\s*[\[{{].*"type"\s*:\s*"(?:{_CSL_TYPES})"', r'\A\s*[\[{].*"issued"\s*:\s*\{', r"\A\s*\[\s*\]\s*$"),
        ("zotero",),
    ),
    "csl-yaml": Format(
        "CSL-YAML",
        "csl.yaml",
        True,
        True,
        (".csl.yaml", ".csl.yml", ".yaml", ".yml"),
        (r"(?m)^references:\s*$", r"\A(?:---\s*\n)?- (?:id|type|title|author):"),
        ("zotero",),
    ),
    "bibtex": Format(
        "BibTeX", "bib.bibtex", True, True, (".bib", ".bibtex"), (r"(?m)^\s*@\s*\w+\s*[{(]",), ("zotero", "jabref")
    ),
    "biblatex": Format(
        "BibLaTeX",
        "bib.biblatex",
        True,
        True,
        (".biblatex",),
        (r"(?m)^\s*@\s*\w+\s*[{(]",),
        ("zotero", "jabref"),
        ("chicago", "mla"),
    ),
    "ris": Format(
        "RIS", "ris.ris", True, True, (".ris",), (r"(?m)^TY {1,4}- ",), ("zotero", "endnote", "mendeley", "jabref")
    ),
    "mods": Format(
        "MODS",
        "metadata.mods.mods",
        True,
        True,
        (".mods", ".mods.xml"),
        (r"<(?:\w+:)?mods[\s>]", r"<(?:\w+:)?modsCollection[\s>]"),
        ("zotero",),
    ),
    "ead": Format(
        "EAD 2002, EAD3", "ead.ead", True, False, (".ead", ".ead.xml"), (r"<(?:\w+:)?(?:ead|archdesc|eadheader)[\s>]",)
    ),
    "marcxml": Format(
        "MARCXML",
        "metadata.marc.xml",
        True,
        False,
        (".marcxml", ".mrcx"),
        (
            r"<(?:\w+:)?leader>",
            r"MARC21/slim",
        ),
    ),
    "marc": Format(
        "Binary MARC (ISO 2709)",
        "metadata.marc.binary",
        True,
        False,
        (".mrc", ".marc"),
        (r"\A\d{5}[a-z ]{3}.[ a]22\d{5}",),
    ),
    "marc-json": Format("MARC-in-JSON", "metadata.marc.json", True, False, (), (r"\"leader\"\s*:\s*\"\d{5}",)),
    "zotero-rdf": Format(
        "Zotero RDF", "managers.zotero.rdf", True, True, (".rdf",), (r"zotero\.org/namespaces/export#",), ("zotero",)
    ),
    "dublin-core": Format(
        "Dublin Core",
        "metadata.dublincore",
        True,
        True,
        (".dc", ".dc.xml"),
        (
            r"<(?:oai_dc|oai_qdc|oai_dcterms|dc|dcterms|qualifieddc):?\w*[\s>]",
            r"""xmlns(?::\w+)?\s*=\s*["']http://purl\.org/dc/(?:terms|elements/1\.1)/""",
        ),
        (),
        ("oai_dc",),
    ),
    "endnote-xml": Format(
        "EndNote XML", "managers.endnote.xml", True, True, (".endnote.xml", ".enlx"), (r"<ref-type\b", r"<source-app\b")
    ),
    "word-sources": Format(
        "Word's sources (b:Sources)",
        "managers.word",
        True,
        True,
        (),
        (r"officeDocument/2006/bibliography",),
    ),
    "enw": Format(
        "EndNote tagged (.enw)",
        "managers.endnote.enw",
        True,
        False,
        (".enw",),
        (r"(?m)^%0 [A-Z]", r"\A\s*%[A-Z] [^\n]*\n%[A-Z0-9] "),
    ),
    "frus": Format(
        "TEI of Foreign Relations of the United States",
        "tei.frus",
        True,
        False,
        (),
        (r"<(?:\w+:)?TEI\b[^>]*\bxml:id=\W?frus", r"<(?:\w+:)?TEI\b.*?history\.state\.gov/ns"),
    ),
    "tei": Format(
        "TEI: letters (correspDesc, CMIF), manuscripts (msDesc), publications",
        "tei.tei",
        True,
        False,
        (".tei", ".tei.xml"),
        (r"<(?:\w+:)?(?:TEI|teiCorpus)[\s>]",),
    ),
    # any text may speak of a citation and of that archive, so it comes last
    "wilson": Format(
        "Wilson Center Digital Archive page",
        "web.wilson.wilson",
        True,
        False,
        (".md", ".txt"),
        (
            r"\A(?!\s*[\[{<@]|TY  - ).*\b(?:Citation|CITATION)\b.{0,2500}"
            r"(?:Wilson Center|History and Public Policy Program) Digital Archive",
        ),
    ),
}


def find_format(name: str, *, reads: bool = False, writes: bool = False) -> Format:
    """Return the row of a format that can be read or written as asked; raises NotFoundError with near names."""
    row = FORMATS.get(name) or plugins.find("citetool.formats", name, Format)
    if row and (row.reads or not reads) and (row.writes or not writes):
        return row
    fit = [n for n, f in FORMATS.items() if (f.reads or not reads) and (f.writes or not writes)]
    fit += plugins.names("citetool.formats")
    verb = "read" if reads else "written" if writes else "known"
    message = f"{name!r} cannot be {verb}" if row else f"there is no format {name!r}"
    raise UnknownNameError(Problem(message, hint=suggest(name, fit) or f"one of: {', '.join(fit)}"))


def reader(name: str) -> Reader:
    """Return the `read` function of a format; raises NotFoundError where there is none."""
    return _module(name, find_format(name, reads=True)).read  # type: ignore[no-any-return]


def writer(name: str) -> Writer:
    """Return the `write` function of a format; raises NotFoundError where there is none."""
    return _module(name, find_format(name, writes=True)).write  # type: ignore[no-any-return]


def _module(name: str, row: Format) -> Any:
    """Return the module of a format; of a plug-in (`citetool.plugins`) its row has the full name."""
    return import_module(f"citetool.formats.{row.module}" if name in FORMATS else row.module)


def write_text(records: Iterable[Record], name: str, options: WriteOptions | None = None) -> Iterator[str]:
    """Return the text of records in a format, in pieces; raises NotFoundError where that format is not written."""
    options = options or WriteOptions()
    row = find_format(name, writes=True)
    for what, wanted, known in (("program", options.program, row.programs), ("dialect", options.dialect, row.dialects)):
        if wanted and wanted not in known:
            hint = suggest(wanted, known) or (f"one of: {', '.join(known)}" if known else f"{name} has only one form")
            raise UnknownNameError(Problem(f"{name} has no form for the {what} {wanted!r}", hint=hint))
    return writer(name)(records, options)
