"""Checks for gaps and doubtful facts in a valid record: a table of checks, each with its reason and, where safe, a fix.

A check looks at one record and gives findings. A finding may bring the changes (top-level fields of the plain form)
that put it right; only what needs no judgement has them. What concerns several records (one repository spelled two
ways, likely duplicates) is for the library.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from citetool.edtf import parse_edtf
from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy
from citetool.problems import Severity, suggest

from .kinds import KINDS, SPOKEN, csl_type, kind_of, spoken_kind, term_of
from .levels import LEVELS, bare, group_of, with_level
from .publication import PUBLICATION
from .roles import ROLES
from .schema import FIELDS, to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .model import Level, Plain, Record


class Finding(NamedTuple):
    """One result of a check: field (`archive.box`), message, advice, and the changes that correct it, if any."""

    field: str
    message: str
    hint: str = ""
    changes: Mapping[str, Plain | None] | None = None


class Check(NamedTuple):
    """One check: how grave, why it matters, the function."""

    severity: Severity
    why: str
    find: Callable[[Record], Iterable[Finding]]


def _missing_title(record: Record) -> Iterator[Finding]:
    if not record.any_title and not record.kind:
        yield Finding(
            "title", "the record has neither title nor kind", "write title: or, for one of yours, supplied_title:"
        )


def _missing_date(record: Record) -> Iterator[Finding]:
    if not record.date and csl_type(record.kind, record.type) != "collection":
        hint = "write date: in EDTF; XXXX for an undated item"
        date = normalise_date(record.date_text) if record.date_text else None
        yield Finding("date", "the record has no date", hint, {"date": date} if date else None)


def _missing_levels(record: Record) -> Iterator[Finding]:
    if not kind_of(record.kind).archival or record.publication:
        return
    groups = {group_of(level.name) for level in record.archive.levels}
    if not groups:
        if not record.digital:
            yield Finding("archive", "nothing says where the original is kept", "write archive: with its levels")
        return
    if "repository" not in groups:
        yield Finding("archive.repository", "the archive has no name", "write repository: below archive:")
    named = groups & {"collection", "division"} or any(_is_mark(level) for level in record.archive.levels)
    if not named and record.kind.casefold() not in ("collection", "fonds"):  # which are called by their titles
        yield Finding(
            "archive.collection", "no collection, fonds or record group is named", "write collection: or fond:"
        )
    item = csl_type(record.kind, record.type) != "collection"
    if item and "collection" in groups and not groups & {"container", "folder", "item", "series"}:
        yield Finding("archive", "nothing says where in the collection it is", "write box:, folder:, delo: or reel:")


def _is_mark(level: Level) -> bool:
    """Return whether a level alone finds its document in the archive: a call number, `PREM 4/33/5`, `Add. MS 12345`."""
    return level.name == "call_number" or (level.name in ("item", "piece") and bool(_MARK.match(level.value)))


_MARK = lazy(r"(?!(?i:item|piece|no|nr)\b)(?=.*[^\W\d_]).*\d")


def _missing_place(record: Record) -> Iterator[Finding]:
    groups = {group_of(level.name) for level in record.archive.levels}
    if "repository" in groups and "place" not in groups:
        yield Finding("archive.place", "the place of the archive is not named", "write place: below archive:")


def _unknown_words(record: Record) -> Iterator[Finding]:
    if record.kind and not record.type and not term_of(record.kind):
        meant = spoken_kind(record.kind)
        changes = {"kind": meant} if meant != record.kind else None
        near = f"did you mean {meant!r}?" if changes else suggest(record.kind.casefold(), (*KINDS, *SPOKEN))
        if near:
            yield Finding("kind", f"the kind {record.kind!r} is not one that styles know", near, changes)
    for level in record.archive.levels:
        if level.name not in LEVELS:
            near = suggest(level.name, LEVELS) or "it counts as a container"
            yield Finding(f"archive.{level.name}", f"the level {level.name!r} is not one that styles know", near)
    near_roles: dict[str, str] = {}
    for number, creator in enumerate(record.creators):
        if creator.role not in ROLES:
            near = near_roles.get(creator.role, "")
            if not near and len(near_roles) < _MOST_COMPARED:
                near = near_roles[creator.role] = suggest(creator.role, ROLES) or ""
            near = near or "it is printed nowhere"
            yield Finding(f"creators[{number}].role", f"the role {creator.role!r} is not one that styles know", near)


_MOST_COMPARED = 500  # names; each is compared with all known ones, which takes a millisecond
_FOR_FORMATS = frozenset({"bibtex", "ris", "custom"})  # what a reader keeps under these names, its writer writes again


def _unknown_field(record: Record) -> Iterator[Finding]:
    for number, name in enumerate(record.extra):
        if name in _FOR_FORMATS:
            continue
        if name.startswith(("x-", "x_")):
            continue
        near = suggest(name, (*FIELDS, *LEVELS, *ROLES, *PUBLICATION), 1) if number < _MOST_COMPARED else None
        hint = near or f"citetool fields lists the fields; call one of your own x-{name}"
        yield Finding(name, f"unknown field {name!r}: it is kept, but never printed", hint)


_URL = lazy(r"https?://\S+")


def _misplaced_url(record: Record) -> Iterator[Finding]:
    plain = to_plain(record)
    for name in ("title", "supplied_title", "place", "extent", "medium", "archive", "identifiers", "url", "link"):
        value = plain.get(name)
        inner = value.items() if isinstance(value, dict) else [("", value)]
        for part, text in inner:
            found = _URL.search(text) if isinstance(text, str) else None
            if found is None or part in ("url", "doi", "ark", "handle", "uri"):
                continue
            field = f"{name}.{part}" if part else name
            yield Finding(field, "an address stands here", "it belongs into digital.url", _moved_url(plain, name, part))


def _moved_url(plain: Mapping[str, Plain], name: str, part: str) -> dict[str, Plain | None] | None:
    """Return the field without the address and `digital` with it, where the address is all that the field says."""
    digital, whole = plain.get("digital", {}), plain[name]
    text = whole.get(part) if isinstance(whole, dict) else whole
    if not isinstance(digital, dict) or digital.get("url") or not isinstance(text, str) or not _URL.fullmatch(text):
        return None
    rest = {n: v for n, v in whole.items() if n != part} if isinstance(whole, dict) else {}
    return {name: rest or None, "digital": {**digital, "url": text}}


def _odd_url(record: Record) -> Iterator[Finding]:
    url = record.digital.url
    if url and not _URL.fullmatch(url):
        fixed = f"https://{url}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", url) else None
        digital = to_plain(record)["digital"]
        changes = {"digital": {**digital, "url": fixed}} if fixed and isinstance(digital, dict) else None
        yield Finding("digital.url", f"{url!r} is no address", "begin it with https://", changes)


_OF_SOMEBODY = lazy(r"(?i)(.+?) (?:from|to|of|by|between|with|concerning|regarding|re)\b")


def _supplied_title(record: Record) -> Iterator[Finding]:
    title = record.title
    if len(title) > 2 and title.startswith("[") and title.endswith("]"):
        changes = None if record.supplied_title else {"title": None, "supplied_title": title[1:-1]}
        yield Finding("title", "brackets say that an archivist gave this title", "move it to supplied_title", changes)
        return
    match = _OF_SOMEBODY.match(title)
    if (
        match
        and kind_of(record.kind).archival
        and match[1].casefold() in (*KINDS, "note", "message", "portrait", "view")
    ):
        hint = "styles quote only a title that the document bears; if it does not, move it to supplied_title"
        yield Finding("title", "this describes the document rather than being its title", hint)


def _wrong_level(record: Record) -> Iterator[Finding]:
    names = [level.name for level in record.archive.levels]
    for level in record.archive.levels:
        value = bare(level)
        word = level.value.removesuffix(value).strip(" .#").casefold() if value != level.value else ""
        if word in LEVELS and word != level.name and group_of(word) != group_of(level.name):
            levels = to_plain(record)["archive"]
            changes = None
            if word not in names and isinstance(levels, dict) and names.count(level.name) == 1:
                rest = {name: text for name, text in levels.items() if name != level.name}
                changes = {"archive": with_level(rest, word, level.value)}
            message = f"{level.value!r} calls itself a {word}, but stands as {level.name}"
            yield Finding(f"archive.{level.name}", message, f"write {word}: {level.value}", changes)


_DIRECT = lazy(r"[^\W\d_][\w.'’-]+(?: [^\W\d_]\.| [^\W\d_][\w.'’-]+){1,3}$")
_BODY = lazy(
    r"(?i)\b(?:of|and|the|for|department|ministry|committee|council|office|bureau|agency|embassy|army|navy|press"
    r"|university|library|archives?|party|union|company|corporation|society|institute|foundation|service|commission|family|brothers|staff)\b"
)


def _direct_name(record: Record) -> Iterator[Finding]:
    for number, creator in enumerate(record.creators):
        name = creator.name.literal
        if name and _DIRECT.match(name) and not _BODY.search(name):
            last = name.split()[-1]
            hint = f"a person is written {f'{last}, {name.removesuffix(last).strip()}'!r}; a body may stay"
            yield Finding(f"creators[{number}].name", f"{name!r} is read as the name of a body", hint)


_ENTITY = lazy(r"&(?:[a-z]+|#\d+);")


_CITABLE = lazy(r"\w(?:[\w:.#$%&+?<>~/-]*\w)?")


def _odd_key(record: Record) -> Iterator[Finding]:
    if not _CITABLE.fullmatch(record.id):
        hint = "citetool rename it to letters, digits, and - _ . : between them"
        yield Finding("id", f"pandoc and LaTeX cannot cite the key {record.id!r}", hint)


def _leftovers(record: Record) -> Iterator[Finding]:
    plain = to_plain(record)
    for name, text in plain.items():
        if not isinstance(text, str) or name == "citation":
            continue
        clean = re.sub(r"[^\S\n]{2,}", " ", html.unescape(text) if _ENTITY.search(text) else text)
        if clean != text:
            yield Finding(name, "double spaces or codes such as &amp; are left in the text", "", {name: clean})


def _odd_dates(record: Record) -> Iterator[Finding]:
    for event, text in record.dates.items():
        if not record.date or event not in ("received", "declassified", "published", "retrieved"):
            continue
        made, later = parse_edtf(record.date).earliest, parse_edtf(text).latest
        if made and later and later < made:
            yield Finding(
                f"dates.{event}", f"{event} on {text}, before it was made on {record.date}", "look at both dates"
            )


def _inferred(record: Record) -> Iterator[Finding]:
    for name in record.metadata.inferred:
        hint = "look at the source, then take it out of metadata.inferred"
        yield Finding(name, "this was inferred when the record was made", hint)


CHECKS: dict[str, Check] = {
    "missing-title": Check("error", "A citation has to call the source something.", _missing_title),
    "missing-date": Check(
        "warning", "Without a date styles print n.d., which says that nobody knows it.", _missing_date
    ),
    "missing-level": Check(
        "warning", "Nobody finds a document again without archive, collection and box.", _missing_levels
    ),
    "missing-place": Check(
        "info", "Chicago and MLA name the place of an archive that is not known by name.", _missing_place
    ),
    "unknown-word": Check("warning", "Styles and formats know kinds, levels and roles by their words.", _unknown_words),
    "unknown-field": Check("warning", "A field whose name is mistyped is kept, but never printed.", _unknown_field),
    "misplaced-url": Check(
        "warning", "An address outside digital.url is printed as text and not as a link.", _misplaced_url
    ),
    "odd-url": Check("warning", "An address without https:// is no link.", _odd_url),
    "supplied-title": Check(
        "info", "Styles quote the title of a document, but not what an archivist calls it.", _supplied_title
    ),
    "wrong-level": Check("warning", "A folder that stands as a box is cited as a box.", _wrong_level),
    "direct-name": Check(
        "info", "A name without a comma is taken for that of a body and never inverted.", _direct_name
    ),
    "odd-key": Check("info", "A manuscript cites by key, and ends a key at a space or a comma.", _odd_key),
    "leftovers": Check(
        "info", "Traces of the page that the text was copied from are printed as they stand.", _leftovers
    ),
    "odd-dates": Check("warning", "A document cannot be received before it was written.", _odd_dates),
    "inferred": Check("info", "What was inferred may be wrong.", _inferred),
}


def check_record(record: Record, names: Iterable[str] = CHECKS) -> Iterator[tuple[str, Finding]]:
    """Yield `(check, finding)` for a record, in the order of the checks named."""
    for name in names:
        for finding in CHECKS[name].find(record):
            yield name, finding
