r"""Word's own citations: `CITATION Tag \p "12" \m Tag2` and the sources in `customXml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.documents.model import CitedItem
from citetool.lazy_re import lazy
from citetool.xmlio import child, children, local_name, text_of

from .model import Code

if TYPE_CHECKING:
    from citetool.xmlio import Element

_TOKEN = lazy(r'\\(?P<switch>\w)|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>\S+)')
_WITH_VALUE = "lmpfsv"
_TYPES = {
    "Book": "book", "BookSection": "chapter", "JournalArticle": "article-journal", "ArticleInAPeriodical": "article",
    "ConferenceProceedings": "paper-conference", "Report": "report", "DocumentFromInternetSite": "webpage",
    "InternetSite": "webpage", "Film": "motion_picture", "Interview": "interview", "Patent": "patent",
    "Case": "legal_case", "SoundRecording": "song", "Art": "graphic", "Performance": "performance",
}  # fmt: skip
_TEXTS = {
    "title": "Title", "publisher": "Publisher", "publisher-place": "City", "volume": "Volume", "issue": "Issue",
    "page": "Pages", "edition": "Edition", "URL": "URL", "DOI": "DOI", "title-short": "ShortTitle",
    "genre": "ThesisType",
}  # fmt: skip
_CONTAINERS = ("BookTitle", "JournalName", "PeriodicalTitle", "ConferenceName", "InternetSiteTitle")
_PEOPLE = (("author", "Author"), ("editor", "Editor"), ("translator", "Translator"), ("author", "Interviewee"))


def read_word(code: str, sources: dict[str, dict[str, Any]]) -> Code:
    """Return the citation of a `CITATION` field; switches belong to the source before them."""
    items: list[CitedItem] = []
    flags: set[str] = set()
    tokens = list(_TOKEN.finditer(code.strip()[len("CITATION") :]))
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        switch = (token["switch"] or "").lower()
        if not switch:
            if not items:
                items.append(_item(_value(token), sources))
            continue
        value = ""
        if switch in _WITH_VALUE and place < len(tokens) and not tokens[place]["switch"]:
            value = _value(tokens[place])
            place += 1
        if switch == "m":
            items.append(_item(value, sources))
            flags = set()
        elif items:
            _apply(items[-1], switch, value, flags)
    return Code("citation", "word", items, error="" if items else "it names no source")


def _value(token: Any) -> str:
    return str(token["word"] if token["quoted"] is None else token["quoted"].replace('\\"', '"'))


def _item(tag: str, sources: dict[str, dict[str, Any]]) -> CitedItem:
    data = sources.get(tag)
    return CitedItem(tag, title=str((data or {}).get("title") or ""), data=data)


def _apply(item: CitedItem, switch: str, value: str, flags: set[str]) -> None:
    if switch == "p":
        item.locator, item.label = value, "page"
    elif switch == "v" and not item.locator:
        item.locator, item.label = value, "volume"
    elif switch == "f":
        item.prefix = value.strip()
    elif switch == "s":
        item.suffix = value.strip()
    elif switch in "nyt":
        flags.add(switch)
        if "n" in flags:
            item.mode = "suppress-author" if flags == {"n"} else "title-only" if "y" in flags else "year-only"
        elif flags == {"y", "t"}:
            item.mode = "author-only"


def read_sources(root: Element) -> dict[str, dict[str, Any]]:
    """Return the CSL-JSON items of a `b:Sources` part by tag; empty for another part."""
    if local_name(root) != "Sources" or "bibliography" not in str(root.tag):
        return {}
    return {text_of(child(one, "Tag")): _csl(one) for one in children(root, "Source")}


def _csl(source: Element) -> dict[str, Any]:
    item: dict[str, Any] = {"type": _TYPES.get(text_of(child(source, "SourceType")), "document")}
    for name, own in _TEXTS.items():
        value = text_of(child(source, own))
        if value:
            item[name] = value
    if "ThesisType" in {local_name(one) for one in source}:
        item["type"] = "thesis"
    container = next((text for name in _CONTAINERS if (text := text_of(child(source, name)))), "")
    if container:
        item["container-title"] = container
    for name, own in _PEOPLE:
        role = child(source, "Author", own)
        people = [_name(one) for one in children(child(role, "NameList"), "Person")]
        corporate = text_of(child(role, "Corporate"))
        if people or corporate:
            item.setdefault(name, people or [{"literal": corporate}])
    year = text_of(child(source, "Year"))
    if year:
        item["issued"] = {"date-parts": [[int(year)]]} if year.isdigit() else {"literal": year}
    return item


def _name(person: Element) -> dict[str, str]:
    given = " ".join(filter(None, (text_of(child(person, "First")), text_of(child(person, "Middle")))))
    found = {"family": text_of(child(person, "Last")), "given": given}
    return {name: value for name, value in found.items() if value}
