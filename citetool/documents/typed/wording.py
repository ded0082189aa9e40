"""The item of a typed citation in the words of its notes: what is printed of it says nothing that they do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.formats.csl.to_csl import make_item
from citetool.lazy_re import lazy
from citetool.parsing.notes.citations import is_another_day
from citetool.record.levels import cited
from citetool.text import fold

from .citation import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.parsing.model import Reading

    from .citation import TypedCitation
    from .habits import Habits

# Words that only one of these languages has in its titles.
_SMALL_WORDS = {
    "en": "the of and to for on by with from at as",
    "de": "der die das und des dem den eine einer im von zur zum über für auf aus nach",
    "fr": "le les du et dans sur pour au aux une",
    "es": "el los las y del en para por",
    "it": "il dei della delle nel gli di per",
    "nl": "het een van voor op",
    "pt": "os dos em uma ao",
    "sv": "och för av till",
    "pl": "w z na do oraz",
}
_LANGUAGE_OF = {word: language for language, words in _SMALL_WORDS.items() for word in words.split()}
_GERMAN = lazy(r",\s(?:S|Bl|Bd|Sp)\.\s?\d|\b(?:[Ii]n:|Hg\.|Hrsg\.|Aufl\.)")
_UNDATED = lazy(r"(?i)\bn\.\s?d\.|\b(?:undated|undatiert)\b|\bo\.\s?[DJ]\.|\bs\.\s?d\.|\bб\.\s?д\.")
_EDITION = lazy(r"(\d+)(?:st|nd|rd|th)?\.?\s(?:ed|Aufl|éd)\.?$")
_INNER_STOP = lazy(r"[.,](?=[’'”]$)")  # `... as ‘Civilizing Mission.’`
_WORD = lazy(r"[^\W\d_]+")
# not behind an initial or a short title of a person: `Conversation of I. V. Stalin`, `Talks with Gen. Clay`
_SUBTITLE = lazy(
    r":\s|(?<=\w\w)(?<!\d)(?<!\b(?:Dr|Mr|Ms|Lt|St|Sr|Jr))(?<!\b(?:Mrs|Gen|Col|Maj|Sec|Amb|Gov|Sen|Rep|Rev))(?<!\b(?:Prof|Capt))"
    r"\.\s(?=[A-ZÀ-Þ])"
)  # nor behind a number: `Protokoll der 36. Sitzung`
_DAY = 10  # letters of a date that names the day
_QUOTES = ' “”„"‘’«»*'
_MIN_TITLE = 8  # letters of a title before its subtitle


class Wording:
    """The language of the notes of a document, and the short titles of works in them."""

    def __init__(self, citations: Iterable[TypedCitation], habits: Habits) -> None:
        """Take the citations of all notes, and the habits of the style that they are brought into."""
        self._habits = habits
        citations = list(citations)
        told = [language for one in citations if (language := language_of(one.text))]
        self._language = max(told, key=told.count) if told else ""
        self._short: dict[str, str] = {}
        for one in citations:
            short = one.reading.title.strip(_QUOTES) if one.kind == "short" and one.reading.work is not None else ""
            if short and len(short) < len(one.record.title) and _is_short_for(short, one.record.title):
                self._short.setdefault(one.key, short)

    def item(self, citation: TypedCitation) -> dict[str, Any]:
        """Return the CSL-JSON item of a citation."""
        item = {**make_item(self._habits.arranged(citation.record))[0], "id": citation.key}
        reading = citation.reading
        while is_another_day(reading):  # all but the day is said where it goes back to
            reading = reading.source
        genre = (reading.work.data.get("genre") if reading.work is not None else "") or _kind_of(reading)
        if genre and ("genre" in item or reading.work is not None or _is_apart(genre, item)):
            item["genre"] = genre.removeprefix("unpublished ")  # every thesis is, and styles say so
        elif "genre" in item and fold(str(item["genre"])) not in fold(citation.text):
            del item["genre"]
        if "genre" in item and _is_apart(str(item["genre"]), item):
            variable = self._habits.variable_of_kind(item["type"])
            german = (language_of(citation.text) or self._language) == "de"  # which writes its nouns large
            said = str(item.pop("genre"))
            item.setdefault(variable or "genre", said if german else _in_midst(said))
        kind = next((part for part in reading.parts if part.role == "kind"), None)
        named = next((part for part in reading.parts if part.role == "title"), None)
        if kind and named and citation.record.supplied_title and reading.string[kind.end : named.start] == ", ":
            item["title"] = reading.string[kind.start : named.end]  # `Diary, entry for 4 May`
        body = next((part for part in reading.parts if part.role == "participant"), None)
        if named and body and citation.record.supplied_title and reading.string[named.end : body.start] == ", ":
            item["title"] = reading.string[named.start : body.end]  # `Minutes, Board of Directors`
        if item["type"] != "personal_communication" and (phrase := _phrase(reading)):
            item["title"], item["type"] = phrase, "document"
            item.pop("author", None)
            item.pop("genre", None)
        if item["type"] == "report" and len(citation.record.date) == _DAY and citation.record.archive.levels:
            item["type"] = "manuscript"  # of a report styles print the year alone
        edition = str(item.get("edition") or "")
        if item["type"] == "article-newspaper" and "publisher-place" in item:
            item["container-title"] += f" ({item.pop('publisher-place')})"  # `Times (London)`
        if item["type"] == "article-newspaper" and edition and not edition.endswith(("ed.", "edition")):
            item["container-title"] += (
                f", {item.pop('edition')}"  # `Morgenausgabe`, to which styles would add `edition`
            )
        if "issued" not in item and (undated := _UNDATED.search(citation.text)):
            item["issued"] = {"literal": undated[0]}
        if "edition" in item and (short := _numbered(str(item["edition"]))):
            item["edition"] = short
        labelled = [(cited(level), level.value) for level in citation.record.archive.levels]
        for short, named in (*labelled, *citation.defined, *citation.written):
            item = {name: value.replace(short, named, 1) if isinstance(value, str) and short != named else value
                    for name, value in item.items()}  # fmt: skip
        if citation.kind == "ibid" and any(item.get("archive") == short for _, short in citation.written):
            item.pop("archive-place", None)  # it was said where the short form was introduced
        title = _INNER_STOP.sub("", str(item.get("title") or ""))
        if title:
            item["title"] = title
        language = language_of(f"{title} {item.get('container-title') or ''}")
        language = language or language_of(citation.text) or self._language
        if language != "en":
            item.setdefault("language", language)
        if title and not item.get("title-short") and (short := self._short_title(citation.key, title)):
            item["title-short"] = short
        return item

    def _short_title(self, key: str, title: str) -> str:
        """Return the short title that a later note has, else the title without its subtitle."""
        if key in self._short:
            return self._short[key]
        main = _SUBTITLE.split(title, 1)[0].rstrip()
        return main if _MIN_TITLE <= len(main) < len(title) else ""


def _kind_of(reading: Reading) -> str:
    """Return the word for the kind of a document, with the number of its own behind it: `tel. 4512`."""
    kind = next((part for part in reading.parts if part.role == "kind"), None)
    number = next((part for part in reading.parts if kind and part.role == "note" and part.start == kind.end + 1), kind)
    return reading.string[kind.start : number.end] if kind and number else ""


def _in_midst(kind: str) -> str:
    """Return the kind of a paper as it stands behind its title: `memorandum of conversation`."""
    return " ".join(word if word.isupper() else word.lower() for word in kind.split(" "))


def _is_apart(genre: str, item: dict[str, Any]) -> bool:
    """Return whether the kind of a paper is said beside its title: `memorandum by Roe, ‘Palestine’`."""
    title = str(item.get("title") or "")
    return bool(title) and item["type"] in ("manuscript", "document") and fold(genre) not in fold(title)


def _phrase(reading: Reading) -> str:
    """Return the words for a paper from its kind to its addressee, whom styles leave out.

    `Rapport du préfet au maire` of `AD, 1 M 3, rapport du préfet au maire, 12 mars 1943`.
    """
    kind, sender, other = (
        next((p for p in reading.parts if p.role == role), None) for role in ("kind", "creator", "recipient")
    )
    if kind is None or sender is None or other is None or not kind.end < sender.start < other.start:
        return ""
    phrase = reading.string[kind.start : other.end]
    return "" if "," in phrase else phrase[:1].upper() + phrase[1:]


def _is_short_for(short: str, title: str) -> bool:
    """Return whether the words of a short title stand in a title, in their order: `Papers of Clay`."""
    behind = iter(words(title))
    return all(word in behind for word in words(short))


def _numbered(edition: str) -> str:
    """Return the number of an edition, to which a style adds the words of its language: `2` of `2nd ed.`"""
    match = _EDITION.match(edition)
    return match[1] if match else ""


def language_of(text: str) -> str:
    """Return the language of a citation, by its small words and its marks; empty where they do not tell."""
    found = [_LANGUAGE_OF[word] for word in _WORD.findall(text.casefold()) if word in _LANGUAGE_OF]
    if found:
        return max(found, key=found.count)
    return "de" if _GERMAN.search(text) else ""
