"""Wikidata's JSON of works and manuscripts: `Special:EntityData/Q1.json`, or a list of entities.

A claim names people, places and archives by the numbers of their own entities. Those that the file holds too are named;
others stay numbers in `extra`, and the reader says so. Of several claims of one property the preferred ones count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import file_name
from citetool.formats.shared.json_fields import Object, mapping, mappings, read_items, text
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.names import parse_direct_name
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Metadata, Record
from citetool.text import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

# Properties whose values are texts, times or numbers, and those whose values are entities.
_TEXTS = {
    "P1476": "title", "P1448": "title", "P577": "date", "P571": "date", "P356": "doi", "P212": "isbn", "P957": "isbn",
    "P217": "call_number", "P304": "page", "P478": "volume", "P433": "issue", "P953": "url", "P973": "url",
    "P698": "pmid", "P236": "issn", "P1104": "extent", "P7416": "page",
}  # fmt: skip
_ENTITIES = {
    "P50": "author", "P170": "author", "P1817": "recipient", "P98": "editor", "P655": "translator", "P123": "publisher",
    "P195": "collection", "P485": "repository", "P276": "repository", "P1433": "container-title", "P407": "language",
    "P291": "place", "P1071": "place", "P921": "subject", "P186": "medium", "P31": "kind",
}  # fmt: skip
# What an entity may be an instance of, for files that do not name it.
_KINDS = {
    "Q133492": "letter", "Q87167": "manuscript", "Q48498": "manuscript", "Q571": "book", "Q3331189": "book",
    "Q13442814": "journal article", "Q5707594": "newspaper article", "Q125191": "photograph", "Q4006": "map",
    "Q49848": "document", "Q185598": "diary", "Q1266946": "thesis", "Q187685": "thesis", "Q4502142": "graphic",
    "Q3305213": "painting", "Q93184": "drawing", "Q11424": "film", "Q9388534": "collection", "Q2668072": "collection",
    "Q11060274": "print", "Q190087": "dataset", "Q1172284": "dataset", "Q7397": "software", "Q131569": "treaty",
    "Q2041543": "postcard", "Q192630": "telegram", "Q23866334": "chapter", "Q1980247": "chapter",
}  # fmt: skip
_LABELS = ("en", "mul", "de", "fr", "es", "it", "nl", "ru")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each entity that is a work; raises InputError where there is no entity at all."""
    entities: list[tuple[Object, int]] = []
    for item in read_items(stream, options):
        if isinstance(item, Problem):
            yield item
            continue
        data, line = item
        inner = mapping(data.get("entities")) if isinstance(data, dict) else {}
        found = list(inner.values()) if inner else data if isinstance(data, list) else [data]
        entities += [(entity, line) for entity in found if isinstance(entity, dict) and "claims" in entity]
    if not entities:
        raise InputError(Problem("there is no entity with claims in it", Where(options.source)))
    names = {text(entity.get("id")): _label(entity) for entity, _ in entities}
    cited = {q for entity, _ in entities for q in _cited(entity)}
    for entity, line in entities:
        if len(entities) > 1 and text(entity.get("id")) in cited:
            continue  # a person or place that another entity names
        where = Where(options.source, line)
        unnamed: dict[str, list[str]] = {}
        record = _record(entity, names, unnamed, options)
        yield record or Rejected(Problem("an entity without a label or title", where), text(entity.get("id")))
        if record and unnamed:
            given = "; ".join(f"{fact} {', '.join(numbers)}" for fact, numbers in unnamed.items())
            message = f"{record.id}: the file does not name {given}"
            yield Problem(message, where, "export the item with the entities that it names", "warning")


def _label(entity: Object) -> str:
    labels = mapping(entity.get("labels"))
    wanted = next((name for name in _LABELS if name in labels), next(iter(labels), ""))
    return text(mapping(labels.get(wanted)).get("value"))


def _values(entity: Object, number: str) -> list[Any]:
    """Return the values of a property, those of preferred rank alone where there are some, none of deprecated rank."""
    claims = mappings(mapping(entity.get("claims")).get(number))
    claims = [c for c in claims if c.get("rank") == "preferred"] or [c for c in claims if c.get("rank") != "deprecated"]
    return [mapping(mapping(c.get("mainsnak")).get("datavalue")).get("value") for c in claims]


def _cited(entity: Object) -> Iterator[str]:
    for number in _ENTITIES:
        for value in _values(entity, number):
            yield _number(value)


def _number(value: Any) -> str:
    data = mapping(value)
    return text(data.get("id")) or (f"Q{data['numeric-id']}" if "numeric-id" in data else "")


def _record(
    entity: Object, names: dict[str, str], unnamed: dict[str, list[str]], options: ReadOptions
) -> Record | None:
    builder = RecordBuilder()
    own = text(entity.get("id"))
    for number, fact in _TEXTS.items():
        builder.add(fact, *map(_plain, _values(entity, number)))
    builder.add("title", _label(entity))
    for number, fact in _ENTITIES.items():
        for value in _values(entity, number):
            q = _number(value)
            name = (_KINDS.get(q) if fact == "kind" else "") or names.get(q, "")
            if not name:
                unnamed.setdefault(fact, []).append(q)
            elif fact in ("author", "recipient", "editor", "translator"):
                builder.name(parse_direct_name(name), fact)
            else:
                builder.add(fact, name)
    for words in map(_plain, _values(entity, "P2093")):
        builder.name(parse_direct_name(words), "author")
    descriptions = mapping(entity.get("descriptions"))
    builder.add("summary", text(mapping(descriptions.get("en")).get("value")))
    builder.other = {fact: list(numbers) for fact, numbers in unnamed.items()}
    url = f"https://www.wikidata.org/wiki/{own}" if own else ""
    record = builder.record(
        Metadata(source="Wikidata", url=url, file=file_name(options.source), reader="wikidata"), own
    )
    if record is not None and own:
        record.identifiers["wikidata"] = own
    return record


def _plain(value: Any) -> str:
    """Return a value as text: a time to its precision, an amount without its sign, a text in a language as it is."""
    data = mapping(value)
    if "time" in data:
        match = re.match(r"\+?(-?\d{4,})-(\d\d)-(\d\d)", text(data["time"]))
        precision = whole_number(text(data.get("precision"))) or 11
        if not match:
            return ""
        if precision < 9:
            return {8: f"{match[1][:3]}X", 7: f"{match[1][:2]}XX"}.get(precision, "")
        return "-".join(match.groups()[: precision - 8])
    if "amount" in data:
        return text(data["amount"]).lstrip("+")
    return text(data.get("text")) if data else text(value)
