"""Recognition: the format of a file by what makes it that format, and a name for what none of ours is.

The first bytes decide; a name decides alone only where its ending belongs to one format (`.bib`, and not `.json`).
A file of another format that we know by sight is refused by its name, any other with what can be said of it: the root
of an XML document, the keys of a JSON object, the columns of a table.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from citetool import plugins
from citetool.problems import InputError, Problem, Where

from .registry import FORMATS, find_format

if TYPE_CHECKING:
    from typing import BinaryIO

    from .base import Format

SNIFF_BYTES = 4096
_MANY_BYTES = 1 << 20

# Endings that many formats share; they say nothing of what is in a file.
_GENERAL = (".json", ".jsonld", ".xml", ".rdf", ".csv", ".tsv", ".txt", ".md", ".yaml", ".yml", ".html", ".htm")

_NAMES = "it describes no document; citetool library names takes its names into repositories.yaml"
# Formats that are known by sight and not read: name, pattern of the first bytes, advice.
FOREIGN: tuple[tuple[str, str, str], ...] = (
    ("a PDF", r"\A%PDF-", "save the page that describes it, or export its reference from there"),
    ("a ZIP archive (or an office document)", r"\APK\x03\x04", "unpack it, or save it as text"),
    ("an SQLite database", r"\ASQLite format 3", "export from the program that it belongs to"),
    ("gzip-compressed", r"\A\x1f", "unpack it first"),
    ("OpenAlex JSON", r'\A\s*[\[{].*"(?:id|openalex)"\s*:\s*"https://openalex\.org/', "export it as RIS or CSL-JSON"),
    ("Crossref's own JSON", r'\A\s*\{\s*"status"\s*:.*"message-type"\s*:', "ask Crossref for CSL-JSON instead"),
    ("Crossref XML", r"<(?:\w+:)?(?:doi_records|crossref_result|doi_batch|crossref)[\s>]", "ask for CSL-JSON instead"),
    ("PubMed XML", r"<Pubmed(?:ArticleSet|Article|BookArticle)[\s>]", "export it as RIS"),
    ("Web of Science's tagged format", r"(?m)\A\s*(?:FN (?:ISI|Thomson|Clarivate)|PT [A-Z]\r?\n)", "export it as RIS"),
    ("RefWorks' tagged format", r"\A\s*RT [A-Z][^\n]*\n(?:[A-Z][A-Z0-9] [^\n]*\n)", "export it as RIS"),
    ("Ovid's tagged format", r"\A\s*(?:<\s*\d+\s*\.?\s*>|VN {1,2}- Ovid)", "export it as RIS"),
    ("Primo's XML (PNX)", r"<(?:\w+:)?(?:PrimoNMBib|primo_nm_bib|SEGMENTS)\b|primo_nm_bib", "export it as RIS"),
    ("EAC-CPF, a description of a person or body", r"<(?:\w+:)?(?:eac-cpf|eac)[\s>]", _NAMES),
    ("EAG, a description of an archive", r"<(?:\w+:)?eag[\s>]", _NAMES),
    ("RiC-O in a form of RDF other than XML", r"\A(?!\s*<).*ica\.org/standards/RiC/ontology", "save it as RDF/XML"),
    (
        "AtoM's table of accessions",
        r"\A(?![^\n]*levelOfDescription)[^\n]*\b(?:de)?accessionNumber,",
        "it describes no document",
    ),
    ("AtoM's table of authority records", r"\A[^\n]*[aA]uthorizedFormOfName\b", "it describes no document"),
    ("AtoM's table of storage", r"\A[^\n]*\bdescriptionSlugs\b", "it describes no document"),
    ("a news feed", r"<(?:rss|feed)[\s>]|<entry\b[^>]*www\.w3\.org/2005/Atom", ""),
    ("Project Gutenberg's RDF", r"<pgterms:ebook\b", "take the MARC record that is offered beside it"),
    ("EDM in JSON", r'\A\s*[\[{].*"(?:edm|ore):[a-z]', "save it as RDF/XML"),
    ("a METS profile", r"<(?:\w+:)?METS_Profile[\s>]", "it says how METS is to be written, and describes no source"),
    ("PREMIS, a record of preservation", r"<(?:\w+:)?premis[\s>]", "it describes files and no source"),
    ("ALTO, the text of a scanned page", r"<(?:\w+:)?alto[\s>]", "it describes no source"),
    ("PICA, as German libraries have it", r"info:srw/schema/5/picaXML|info:lc/xmlns/pica", "ask for MARCXML or MODS"),
    ("MarcEdit's text (.mrk)", r"\A\s*=LDR  ", "compile it to MARC (.mrc)"),
    ("an RTF document", r"\A\{\\rtf", "save it as text"),
    ("a LaTeX document", r"\A\s*(?:%[^\n]*\n\s*)*\\document(?:class|style)\b", "name its .bib file"),
)


# What an ending that belongs to one of our formats outweighs: a workbook is a ZIP archive, some RIS begins otherwise.
_NAMED_SURELY = ("a ZIP", "Web of Science", "Ovid")


def guess_format(path: str, head: bytes) -> str:
    """Return the name of the format of a file, by its first bytes, else by an ending that only one format has.

    `head` is what `read_head` gives. Raises InputError with what the file seems to be where neither tells.
    """
    text = _text(head)
    by_name = _by_name(path)
    sure = bool(by_name) and _tells(path) and any(_fits(FORMATS[name], text) for name in by_name)
    foreign = next((row for row in FOREIGN if re.search(row[1], text, re.S)), None)
    if foreign is None or sure or (by_name and _tells(path) and foreign[0].startswith(_NAMED_SURELY)):
        for name in [*by_name, *(name for name, row in FORMATS.items() if row.reads)]:
            if _fits(FORMATS[name], text):
                return name
        if by_name and _tells(path):
            return by_name[0]
    if foreign is None and _is_table(text):
        return "table"
    for name in plugins.names("citetool.formats"):
        row = find_format(name)
        if row.reads and (path.lower().endswith(row.extensions) or _fits(row, text)):
            return name
    if foreign is not None:
        message = f"this is {foreign[0]}, which citetool does not read"
        raise InputError(Problem(message, Where(path), foreign[2] or None))
    if not text.strip():
        raise InputError(Problem("the file is empty", Where(path)))
    message = f"the format of this file is not known: it seems to be {seems_to_be(text)}"
    hint = "say which with --from; citetool formats lists them"
    raise InputError(Problem(message, Where(path), hint))


def seems_to_be(text: str) -> str:
    """Return in a few words what can be said of a text whose format is not known, from its first bytes."""
    text = text.lstrip()
    root = re.match(
        r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>[]*(?:\[.*?\])?\s*>|\s+)*<([A-Za-z_][\w:.-]*)([^>]*)", text, re.S
    )
    if root:
        space = re.search(r"""\bxmlns(?::\w+)?\s*=\s*["']([^"']+)""", root[2])
        return f"XML with the root <{root[1]}>" + (f" of {space[1]}" if space else "")
    if text[:1] in ("{", "["):
        keys = list(dict.fromkeys(re.findall(r'"([^"\\\n]{1,40})"\s*:', text)))[:5]
        return "JSON" + (f" with the keys {', '.join(keys)}" if keys else "")
    name, cells = _cells(text.partition("\n")[0])
    if cells:
        more = " ..." if len(cells) > 5 else ""
        return f"a table between {name} with the columns {', '.join(cells[:5])}{more}"
    return "binary data" if "\x00" in text or text.count("\ufffd") > 8 else "plain text"


def _cells(line: str) -> tuple[str, list[str]]:
    """Return what stands between the cells of a line of short ones, and the cells; none where it is no such line."""
    for separator, name in (("\t", "tabs"), (";", "semicolons"), (",", "commas")):
        cells = [cell.strip(' "\r') for cell in line.split(separator)]
        if len(cells) > 2 and all(len(cell) < 60 for cell in cells):
            return name, cells
    return "", []


def _is_table(text: str) -> bool:
    """Return whether a text begins with headings of which one says what a source is called, in words that we know."""
    if text.lstrip()[:1] in ("<", "{", "[", "@", "%"):
        return False
    from .tables.columns import describes_sources  # noqa: PLC0415 - only for what nothing else is known by

    return describes_sources(_cells(text.lstrip().partition("\n")[0])[1])


def _by_name(path: str) -> list[str]:
    """Return the formats that files of such a name may have."""
    name = PurePath(path).name.lower()
    return [n for n, row in FORMATS.items() if row.reads and name.endswith(row.extensions)]


def _tells(path: str) -> bool:
    """Return whether the ending of a name belongs to one format: `.csl.json` does, `.json` does not."""
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    double = "".join(suffixes[-2:])
    return suffixes[-1:] not in ([end] for end in _GENERAL) or (
        len(suffixes) > 1 and any(double in row.extensions for row in FORMATS.values())
    )


def _fits(row: Format, text: str) -> bool:
    """Return whether a text begins as one of the format does; markup within JSON is a text that it quotes."""
    json = text.lstrip()[:1] in ("{", "[")
    return any(re.search(pattern, text, re.S) for pattern in row.sniff if not (json and pattern.startswith("<")))


def _text(head: bytes) -> str:
    utf_16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16", "replace") if utf_16 else head.decode("utf-8-sig", "replace")


def read_head(stream: BinaryIO, path: str = "") -> bytes:
    """Return the first bytes of a stream that its format is guessed by: `SNIFF_BYTES`, or more if needed.

    A manifest in one line may have its name at the end. The formats of such a path are looked for first.
    """
    head = _take(stream, SNIFF_BYTES)
    if len(head) == SNIFF_BYTES:
        text = _text(head)
        likely = [*_by_name(path), *(name for name, row in FORMATS.items() if row.reads)]
        if not any(_fits(FORMATS[name], text) for name in likely):
            head += _take(stream, _MANY_BYTES)
    return head


def _take(stream: BinaryIO, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (more := stream.read(size)):
        parts.append(more)
        size -= len(more)
    return b"".join(parts)
