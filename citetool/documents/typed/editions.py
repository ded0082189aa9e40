"""Documents printed in an edition: the document as the style has it, the edition in its own words behind that.

Of `Grey to Bertie, 31 July 1914, BD, vol. XI, no. 352` styles know the letter. What they would make of a volume of
documents is a book, with its title in capitals and the day of the letter for its year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.formats.csl.variables import SUPPLIED
from citetool.lazy_re import lazy
from citetool.parsing.editions import find_edition
from citetool.text import fold

if TYPE_CHECKING:
    from citetool.parsing.editions import Edition
    from citetool.parsing.model import Reading

    from .habits import Habits

_OF_EDITION = ("container-title", "volume", "volume-title", "section", "page", "publisher", "publisher-place")
_DOCUMENT = lazy(r"(?i)(?:doc|dok)[\w.]*\s(?:nos?\.?\s|nr\.?\s)?\d")
_FOLLOWING = lazy(r"\d(?P<following>\s?(?:ff?\.?|sqq?\.?))(?=[\s.,;]*$)")
_YEAR = lazy(r"\(([^()]*?)((?:1[5-9]|20)\d\d)\)")


def printed_in(reading: Reading) -> Edition | None:
    """Return the edition that prints the document of a reading, or None."""
    if not reading.printed or reading.work is not None:
        return None
    return find_edition(reading.string, 0, len(reading.string))


def edition_alone(reading: Reading) -> Edition | None:
    """Return the edition that is cited by volume and number, without the document there: `FRUS, 1950, 6:745`."""
    if reading.work is None or reading.source is not None:
        return None
    found = find_edition(reading.string, 0, len(reading.string))
    return found if found and not reading.string[: found.start].strip() else None


def without_edition(item: dict[str, Any], habits: Habits) -> dict[str, Any]:
    """Return the item of a document without what it says of the edition."""
    made = {name: value for name, value in item.items() if name not in _OF_EDITION}
    if made["type"] == "personal_communication" and habits.calls_letters:
        made.setdefault("genre", "letter")
    if ("author" not in made and made.pop("annote", "") == SUPPLIED) or _is_kind(made):
        made |= {
            "type": "document",
            "author": [{"literal": made.pop("title", "")}],
        }  # what heads a citation has no quotes
        made.pop("genre", None)
    return made


def _is_kind(item: dict[str, Any]) -> bool:
    """Return whether the title is the word for what the document is: `Memorandum of Conversation`."""
    return "author" not in item and fold(str(item.get("genre", "-"))) == fold(str(item.get("title", "")))


def edition_words(reading: Reading, edition: Edition, habits: Habits) -> str:
    """Return the words for an edition, with markup: `<i>FRUS, 1945</i>, 2:770–72`, `<i>BD</i>, vol. X, no. 123`."""
    data = edition.data
    text = reading.string[edition.start : edition.end]
    volume, part, number = *edition.book.get("volume", "").partition(", ")[::2], data.get("section", "")
    pages = data.get("page", "")
    if pages and (more := _FOLLOWING.search(text)):
        pages += more["following"]
    title = f"<i>{edition.title}</i>" if habits.slants_titles else edition.title
    said = [title]
    bare = bool(volume and pages) and not (number or part or "volume-title" in data or _YEAR.search(text))
    if bare and habits.before_page(pages) == "":
        return f"{title}, {habits.locator(f'{volume}:{pages}')}"
    if volume:
        said.append(volume if bare else f"{habits.term('volume')} {habits.volume(volume)}")
    said += [words for words in (part, data.get("volume-title", "")) if words]
    if year := _YEAR.search(text):
        named = year[1].strip(" ,").rpartition(": ")[2]  # the town alone where there is no publisher
        said[-1] += f" ({', '.join(filter(None, (named, year[2])))})"
    if number:
        said.append(f"{'doc.' if _DOCUMENT.search(text) else habits.term('issue')} {number}")
    if pages:
        said.append(f"{habits.before_page(pages)}{pages}")
    return ", ".join(said)
