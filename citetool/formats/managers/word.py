"""Sources of Word's own citations, `b:Sources` XML (ECMA-376 part 1, 22.6): its Source Manager reads and writes them.

In Word: References, Manage Sources, Browse. The way to the record is CSL-JSON. Word has no type for what is archival:
it is `Misc`, whose publication is the place in the archive, whose publisher is the repository, in the town of the
archive, and whose medium is its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.edtf import parse_edtf
from citetool.formats.csl.from_csl import native_record
from citetool.formats.csl.json import to_item
from citetool.formats.shared.archive_text import is_kept, provenance
from citetool.formats.shared.headings import file_name
from citetool.formats.shared.untitled import addressed, description
from citetool.problems import CitetoolError, InputError, Problem, Where
from citetool.record import levels
from citetool.record.kinds import kind_of, term_of
from citetool.record.model import Metadata
from citetool.xmlio import XmlEvents, child, children, element_text, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions
    from citetool.record.model import Record
    from citetool.xmlio import Element

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_TYPES = {
    "Book": "book", "BookSection": "chapter", "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-newspaper", "ConferenceProceedings": "paper-conference", "Report": "report",
    "DocumentFromInternetSite": "webpage", "InternetSite": "webpage", "Film": "motion_picture",
    "Interview": "interview", "Patent": "patent", "Case": "legal_case", "SoundRecording": "song", "Art": "graphic",
    "Performance": "performance",
}  # fmt: skip
_TYPE_OF = {**{csl: name for name, csl in reversed(_TYPES.items())}, "thesis": "Report",
            "article-magazine": "ArticleInAPeriodical", "article": "Report", "pamphlet": "Book"}  # fmt: skip
_TEXTS = {
    "title": "Title", "publisher": "Publisher", "publisher-place": "City", "volume": "Volume", "issue": "Issue",
    "page": "Pages", "edition": "Edition", "URL": "URL", "DOI": "DOI", "title-short": "ShortTitle",
    "genre": "ThesisType", "medium": "Medium", "ISBN": "StandardNumber",
}  # fmt: skip
_CONTAINERS = {
    "chapter": "BookTitle", "article-journal": "JournalName", "article-newspaper": "PeriodicalTitle",
    "article-magazine": "PeriodicalTitle", "paper-conference": "ConferenceName", "webpage": "InternetSiteTitle",
}  # fmt: skip
_PEOPLE = (
    ("author", "Author"), ("editor", "Editor"), ("translator", "Translator"), ("author", "Interviewee"),
    ("interviewer", "Interviewer"), ("author", "Artist"), ("director", "Director"), ("performer", "Performer"),
    ("composer", "Composer"), ("author", "Inventor"),
)  # fmt: skip
_AUTHOR_OF = {"Interview": "Interviewee", "Art": "Artist", "Patent": "Inventor"}


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield a record for each source; raises InputError where there is none."""
    events = XmlEvents(stream, options.source, end=("Source",), encoding=options.encoding)
    found = False
    for _, _, element in events:
        problems: list[str] = []
        record = native_record(csl_of(element), problems)
        made = description(record.creators, record.kind)
        if record.title == made and made.lower() != record.kind:  # as written for what bears none
            record.title = ""
        record.metadata = Metadata(file=file_name(options.source), reader="word-sources")
        found = True
        yield record
        for problem in problems:
            yield Problem(problem, Where(options.source, None, None, record.id or None), severity="warning")
        events.release(element)
    if not found:
        raise InputError(Problem("there is no source of Word's in it", Where(options.source)), *events.problems)
    yield from events.problems


def read_sources(root: Element) -> dict[str, dict[str, Any]]:
    """Return the CSL-JSON items of a `b:Sources` part by tag; empty for another part."""
    if local_name(root) != "Sources" or "bibliography" not in str(root.tag):
        return {}
    return {text_of(child(one, "Tag")): csl_of(one) for one in children(root, "Source")}


def csl_of(source: Element) -> dict[str, Any]:
    """Return a `b:Source` as a CSL-JSON item."""
    item: dict[str, Any] = {"type": _TYPES.get(text_of(child(source, "SourceType")), "document")}
    if tag := text_of(child(source, "Tag")):
        item["id"] = tag
    for name, own in _TEXTS.items():
        if value := text_of(child(source, own)):
            item[name] = value
    if "ThesisType" in {local_name(one) for one in source}:
        item["type"] = "thesis"
        item["publisher"] = text_of(child(source, "Institution")) or item.get("publisher", "")
    container = next((text for name in _CONTAINERS.values() if (text := text_of(child(source, name)))), "")
    if container:
        item["container-title"] = container
    _read_archive(source, item)
    for name, own in _PEOPLE:
        role = child(source, "Author", own)
        people = [_name(one) for one in children(child(role, "NameList"), "Person")]
        corporate = text_of(child(role, "Corporate"))
        if people or corporate:
            item.setdefault(name, people or [{"literal": corporate}])
    for name, suffix in (("issued", ""), ("accessed", "Accessed")):
        if date := _date([text_of(child(source, f"{part}{suffix}")) for part in ("Year", "Month", "Day")]):
            item[name] = date
    return {name: value for name, value in item.items() if value}


def _read_archive(source: Element, item: dict[str, Any]) -> None:
    """Take the publication of a `Misc` for the place in an archive, where its words or the comments say so."""
    if item["type"] in _ARCHIVAL and (term := term_of(item.get("medium", ""))):
        item["genre"] = term
        del item["medium"]
    inside = text_of(child(source, "PublicationTitle"))
    keeper = item.get("publisher", "")
    whole = ", ".join(filter(None, (inside, keeper)))
    said = bool(keeper) and text_of(child(source, "Comments")).startswith(whole)  # as we write it
    if item["type"] not in _ARCHIVAL or not (said or is_kept(keeper, inside)):
        if inside:
            item.setdefault("container-title", inside)
        return
    item["archive_location"], item["archive"] = inside, item.pop("publisher")
    item["archive-place"] = item.pop("publisher-place", "")


_ARCHIVAL = frozenset({"document", "graphic", "interview"})


def _date(parts: list[str]) -> Any:
    year, month, day = parts
    if not year.isdigit():
        return {"literal": " ".join(filter(None, (day, month, year)))} if year else None
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
    numbers = [int(year), number, int(day) if day.isdigit() else 0]
    return {"date-parts": [numbers[: 3 if number and numbers[2] else 2 if number else 1]]}


_MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


def _name(person: Element) -> dict[str, str]:
    given = " ".join(filter(None, (text_of(child(person, "First")), text_of(child(person, "Middle")))))
    family = text_of(child(person, "Last"))
    if " " in family and not given:  # a body among persons
        return {"literal": family}
    found = {"family": family, "given": given}
    return {name: value for name, value in found.items() if value}


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a `b:Sources` document, one source a piece."""
    del options
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<b:Sources SelectedStyle="" xmlns:b="{NAMESPACE}">\n'
    for record in records:
        parts = "".join(element_text(f"b:{name}", value) for name, value in _fields(record).items() if value)
        yield f"<b:Source>{parts}{_people(record)}</b:Source>\n"
    yield "</b:Sources>\n"


def _fields(record: Record) -> dict[str, str]:
    item = to_item(record, carry=False)
    archival = kind_of(record.kind).archival
    sort = _TYPE_OF.get(item["type"], "Misc")
    made = addressed(record.creators, record.kind) or description(record.creators, record.kind)
    fields = {"Tag": record.id, "SourceType": "Misc" if archival and sort not in _AUTHOR_OF else sort}
    fields |= {own: str(item.get(name, "")) for name, own in _TEXTS.items() if own != "ThesisType"}
    fields["Title"] = fields["Title"] or made
    if item["type"] == "thesis":
        fields["ThesisType"] = item.get("genre") or "thesis"
        fields["Institution"] = fields.pop("Publisher")
    elif item["type"] in _CONTAINERS:
        fields[_CONTAINERS[item["type"]]] = item.get("container-title", "")
    if archival:
        below = (levels.reference(record.archive), levels.collection(record.archive))
        fields["PublicationTitle"] = ", ".join(filter(None, below))
        fields["Publisher"], fields["City"] = levels.repository(record.archive), levels.place(record.archive)
        fields["Medium"] = record.kind
        fields["Comments"] = provenance(record)[0]
    return fields | _written_dates(record)


def _written_dates(record: Record) -> dict[str, str]:
    found: dict[str, str] = {}
    for date, suffix in ((record.date, ""), (record.digital.accessed, "Accessed")):
        try:
            parts = parse_edtf(date).start_parts if date else None
        except CitetoolError:
            parts = None
        plain = date.replace("-", "").isdigit()
        for name, number in zip(("Year", "Month", "Day"), parts or () if plain else (), strict=False):
            found[f"{name}{suffix}"] = str(number)
        if not plain and not suffix:
            found["Year"] = date or record.date_text
    return found


def _people(record: Record) -> str:
    item = to_item(record, carry=False)
    sort = _TYPE_OF.get(item["type"], "Misc")
    groups: list[str] = []
    for variable, own in _PEOPLE:
        if variable in item and own == (_AUTHOR_OF.get(sort, "Author") if variable == "author" else own):
            groups.append(f"<b:{own}>{_names(item[variable])}</b:{own}>")
    return f"<b:Author>{''.join(groups)}</b:Author>" if groups else ""


def _names(people: list[dict[str, str]]) -> str:
    if len(people) == 1 and "literal" in people[0]:
        return element_text("b:Corporate", people[0]["literal"])
    persons = []
    for name in people:
        family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family") or name.get("literal"))))
        given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"), name.get("suffix"))))
        parts = element_text("b:Last", family) + (element_text("b:First", given) if given else "")
        persons.append(f"<b:Person>{parts}</b:Person>")
    return f"<b:NameList>{''.join(persons)}</b:NameList>"
