"""The kinds of printed works by what is behind their people: theses, articles, chapters, newspapers, books."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy
from citetool.parsing.folding import CAPITALS

from . import patterns
from .details import EDITORS_FIRST, EDITORS_LAST, MIN_TITLE, without_details, without_pages
from .imprint import Imprint, imprint_at_end, is_place
from .names import leading_names, split_names
from .work import Work

if TYPE_CHECKING:
    import re

    from .heads import Head
    from .numbers import Numbers

IN = lazy(
    r"(?P<mark>[,.?!”\"’»]?)\s?(?<!\w)(?P<word>[Ii]n|[Dd]ans|[Ee]n|[Ww]|//)(?P<colon>:?)\s"
    rf"(?=[\"“«„]?[{CAPITALS}]|(?:ders|dies|von|de|van)\b)"
)
_LEADING_IN = lazy(r"(?:in|In|dans|Dans|en|w):?\s")
_DIPLOMA = (
    r"(?:[Uu]npubl(?:ished)?\.?\s|[Uu]nveröff(?:entlichte)?\.?\s)?(?:Ph\.?\s?D\.?,?|M\.?\s?A\.?|M\.?Phil\.?|B\.?A\.?|D\.?Phil\.?"
    r"|[Mm]aster[’']?s?|[Dd]octoral|[Ii]naugural-?)?[\s-]?(?:[Dd]iss(?:ertation|\.)?|[Tt]hesis)(?:\s(?:phil|masch|Phil)\.)?"
    r"|(?:[Pp]hil\.\s)?(?:Diss(?:ertation)?\.?|Habil(?:itationsschrift|\.)|(?:Magister|Master|Diplom)arbeit)(?:\sphil\.)?"
    r"|[Tt]hèse(?:\sde\s\w+)?(?:\sd[’'e]\s?\w+)?|[Tt]esis?(?:\s(?:doctoral|di\s\w+|de\s\w+))?|[Mm]émoire(?:\sde\s\w+)?"
)
_THESIS = lazy(rf"[(\[]?(?P<genre>{_DIPLOMA})[,:.]?\s\(?(?P<school>[^()\[\]]{{3,120}}?)[)\]]?$")
_DIPLOMAS = ("iss", "hesis", "hèse", "esi", "arbeit", "Habil", "émoire")  # each has one of these
_THESIS_LAST = lazy(
    r"(?P<year>\d{4})\.\s(?P<school>[^.\d]{3,80}?),\s(?P<genre>(?:Ph\.?\s?D\.?|M\.?A\.?)\s(?:dissertation|thesis|diss\.))[.\s]*$"
)
_IN_SQUARE = lazy(r"\[(?P<genre>[^\[\],]*(?:[Dd]issertation|[Tt]hesis)),\s(?P<school>[^\[\]]+)\]")
_CAMPUSES = lazy(  # the town that follows is part of their name
    r"(?:The\s)?(?:University of (?:Alabama|Alaska|California|Colorado|Hawai[’']?i|Houston|Illinois|Maryland"
    r"|Massachusetts|Michigan|Minnesota|Missouri|Nebraska|Nevada|North Carolina|South Carolina|Tennessee|Texas"
    r"|Wisconsin)|Indiana University|Rutgers University|State University of New York"
    r"|(?:California|Pennsylvania|Louisiana) State University)$"
)
_EDITED = lazy(
    r"(?i),\s(?:bearb|hg|hrsg|ed|eds|éd)\.\s(?:von|v\.|by|par)\s[^,]+,\s(?:bd|vol|t)\.\s|^(?:bd|vol|t)\.\s\w+$"
)  # as volumes are
_SAME = lazy(r"(?:[Dd](?:er|ie|em)s?|[Ii]d|[Ii]dem|[Ee]adem|[Ee]ius)\.?$")
_JOURNAL_WORD = lazy(
    r"(?i)\b(?:journal|review|revue|rivista|revista|zeitschrift|annales|annals|quarterly|studies|bulletin|jahrbuch|archiv"
    r"|blätter|history|historia|studi|past|american|studia|vestnik|вестник|вопросы|magazine|gazette|news|times)\b"
)
_SENTENCE_END = lazy(rf"(?<![\s.][A-ZÀ-Þ])[.?!][”\"’]?\s(?=[{CAPITALS}])")
_LONG_SENTENCE = lazy(r"\w{7,}\. ")
_IN_TOWN = lazy(r"(?:\s\(|,\s)(?P<town>[A-ZÀ-Þ][^(),]{2,30})\)?$")
_OF_DAY = lazy(r",?\s(?:vom|v\.|of|du|del)$")
# A sentence that leads to people: `The argument owes much to Jane Roe, Docks`.
_LED = lazy(
    r"(?:(?:This|These|My|Our|Here|What)\s(?:[a-zà-ÿ][\w’'-]*\s){2,20}|(?:[A-ZÀ-Þ][\w’'-]*\s)?(?:[a-zà-ÿ][\w’'-]*\s){3,20})"
    r"(?:[A-ZÀ-Þ][\w.’'-]*\s){1,4}[A-ZÀ-Þ][\w’'-]+,\s[A-ZÀ-Þ]"
)
_NUMBERED = lazy(r",\s(?:Nr|[Nn]o)\.\s\d+$")
_LAST_SENTENCE = lazy(r"[.?!)]\s(?P<publisher>[A-ZÀ-Þ][^.:;,()\d]{2,60})\.?$")
_PRINTED_BEFORE = lazy(
    r"\((?:[^()]*,\s)?(?:1[5-9]|20)\d\d\)[,:.]\s(?!trans|ed)|\([^()]+,\s(?:1[5-9]|20)\d\d\)\s(?:and|und|et)\s|[.;]\s(?:See|Vgl|Siehe|Voir|Cf)\b"
)
_KEPT = lazy(r"\b(?:Box|Folder|Papers|RG|Record Group|Archives?|Nachlass|fond|Fonds)\b")
_LETTERS = lazy(r"[^\W\d]{2}")
_ONE_PAGE = lazy(r"[A-Z]?\d+(?:\s?ff?\.?)?$")
_QUOTED_INSIDE = lazy(
    r"[^“\"„«]+[“\"„«][^”\"»]+[”\"»],?\s[^“”\"]*\d{4},\sin\s"
)  # `NSC 68, “Aims,” 14 April 1950, in ...`
QUOTES = frozenset('“"„«‘»')
_AROUND = ' ,.«»“”„"'
_LONG_VOLUME = 5  # letters
_FEW_WORDS = 2
_MAX_JOURNAL = 110
_MAX_CONTAINER = 160
_MAX_PAPER = 7  # words
_DAY, _MONTH = len("2000-01-01"), len("2000-01")


class Rest(NamedTuple):
    """A citation behind its people: a title in quotes, what stands between that and the numbers, and these."""

    head: Head
    title: str
    body: str
    numbers: Numbers

    @property
    def is_dated(self) -> bool:
        """True where a year is given."""
        return bool(self.numbers.year or self.head.date)

    @property
    def is_dated_by_day(self) -> bool:
        """True where the numbers are a day rather than those of a volume."""
        return len(self.numbers.date) == _DAY and not self.numbers.bracketed and not self.numbers.volume


def _finish(
    kind: str, title: str, rest: Rest, imprint: Imprint, container: str = "", page: str = "", **data: str
) -> Work | None:
    """Return the work, if it has a title."""
    head, numbers = rest.head, rest.numbers
    title = without_details(title, data)
    if numbers.series:
        data.setdefault("collection-title", numbers.series)
    if len(title) < MIN_TITLE or not _LETTERS.search(title):
        return None
    pages, locator = _pages(kind, rest, page)
    in_journal = kind == "journal article"
    values = {
        "container-title": container, "publisher": imprint.publisher, "publisher-place": imprint.place,
        "volume": numbers.volume if in_journal else "", "issue": numbers.issue if in_journal else "", "page": pages,
    }  # fmt: skip
    data.update({name: value for name, value in values.items() if value})
    names, translators = data.pop("editors", ""), split_names(data.pop("translators", ""))
    authors, editors = head.people, head.people if _SAME.match(names) else split_names(names)
    if head.editors and kind == "book":
        authors, editors = (), head.people
    date = numbers.date or normalise_date(numbers.year) or head.date
    return Work(kind, title, authors, editors, translators, date, data, locator)


def _pages(kind: str, rest: Rest, page: str) -> tuple[str, str]:
    """Return the pages of the whole, and the page that is meant: a note gives the latter, a bibliography the former."""
    numbers, head = rest.numbers, rest.head
    told = page or numbers.pages
    if kind in ("book", "thesis", "newspaper article"):
        in_volume = numbers.volume and numbers.pages and len(numbers.volume) < _LONG_VOLUME
        return page, numbers.here or (f"{numbers.volume}:" if in_volume else "") + numbers.pages
    if page and numbers.pages:
        return page, numbers.here or numbers.pages
    if both := patterns.BOTH.match(told):
        return both[1], both[2]
    in_note = not numbers.here and not head.date and not any("," in name for name in head.people)
    if in_note and told and (kind == "chapter" or _ONE_PAGE.match(told)):
        return "", told
    return told, numbers.here


def thesis(rest: Rest) -> Work | None:
    """Return a thesis: its kind and the school behind the title."""
    head, title, body, numbers = rest
    if not head.people:
        return None
    if not rest.is_dated and (last := _THESIS_LAST.search(body)):
        rest = rest._replace(numbers=numbers._replace(year=last["year"]))
        return _finish(
            "thesis", title or body[: last.start()], rest, Imprint(0, "", last["school"]), genre=last["genre"]
        )
    if not rest.is_dated or not any(word in body for word in _DIPLOMAS):
        return None
    match = _IN_SQUARE.search(body) or _THESIS.search(body.rstrip(" ,(["))
    if match is None:
        return None
    school, place = match["school"].strip(" ,."), ""
    first, comma, town = school.rpartition(", ")
    if comma and is_place(town) and not _CAMPUSES.match(first):
        school, place = first, town
    rest = rest._replace(numbers=numbers._replace(volume="", issue=""))
    title = title or body[: match.start()].strip(" ,.([")
    return _finish("thesis", title, rest, Imprint(0, place, school), genre=match["genre"].strip(" ,"))


def _split_container(body: str, *, spaced: bool) -> tuple[str, str]:
    """Return the title and the journal of what stands before the numbers, where no quotes part them.

    `spaced` says that commas part them rather than stops.
    """
    told = [m for m in IN.finditer(body) if m["colon"] or m["word"] == "//" or m["mark"] in (",", ".", "?", "!")]
    if told:
        end = told[-1].start() + (told[-1]["mark"] in ("?", "!"))
        return body[:end].strip(" ,."), body[told[-1].end() :].strip(" ,.")
    stop = max((m.end() for m in _SENTENCE_END.finditer(body)), default=0)
    comma = body.rfind(", ") + 2
    if stop and (not spaced or comma < 2):
        return body[:stop].strip(" ,."), body[stop:].strip(" ,.")
    if comma >= 2 and (body[comma : comma + 1].isupper() or body[comma : comma + 1] in QUOTES):
        return body[: comma - 2].strip(), body[comma:].strip(" ,.")
    return (body[:stop].strip(" ,."), body[stop:].strip(" ,.")) if stop else ("", body)


def _without_town(match: re.Match[str]) -> str:
    """Return nothing where the town of a journal stands behind its name, else the words as they are."""
    return "" if is_place(match["town"]) else match[0]


def article(rest: Rest) -> Work | None:
    """Return an article: a journal behind the title, a volume or an issue and a year behind that."""
    head, title, body, numbers = rest
    imprint = imprint_at_end(body)
    yearly = bool(title and numbers.pages) and not imprint.sure and _JOURNAL_WORD.search(body) is not None
    if not (numbers.volume or numbers.issue or yearly) or not rest.is_dated:
        return None
    if imprint.sure and body[imprint.start : imprint.start + 1] == "(":
        return None
    body = body.strip(" ,.;(")
    if title:
        lead = _LEADING_IN.match(body)
        container = body[lead.end() :] if lead else body
    else:
        title, container = _split_container(body, spaced=not head.date and "," in body)
    container = _IN_TOWN.sub(_without_town, container.strip(_AROUND))
    if not title or not _is_journal(container) or _EDITED.search(title):
        return None
    if not head.people and not rest.title and title.count(" ") < _FEW_WORDS:
        return None  # `Hansard, HC Deb., vol. 426, cols 962–78`
    if not (numbers.pages or numbers.here or numbers.bracketed or _JOURNAL_WORD.search(container)):
        return None
    return _finish("journal article", title, rest, Imprint(0), container)


def _is_journal(name: str) -> bool:
    """Return whether words can be the name of a journal: no editors, no place and publisher, no sentence in it."""
    if not 1 < len(name) <= _MAX_JOURNAL or not name[0].isupper():
        return False
    if EDITORS_FIRST.match(name) or EDITORS_LAST.search(name) or _LONG_SENTENCE.search(name):
        return False
    return not is_place(name) and not ((":" in name or "(" in name) and imprint_at_end(name).sure)


def chapter(rest: Rest) -> Work | None:
    """Return a chapter: `in` between its title and that of the book, or the editors of the book."""
    title, text = _title_and_book(rest)
    if not text:
        return None
    imprint = imprint_at_end(text, bare=bool(rest.numbers.year))
    container, page = without_pages(text[: imprint.start].strip(" ,.;("))
    data: dict[str, str] = {}
    first = EDITORS_FIRST.match(container)
    if first:
        data["editors"] = first["names"] or first["names2"]
        container = container[first.end() :]
    container = without_details(container, data, volumes=False)
    if not page:
        container, page = without_pages(container)
        container = without_details(container, data, volumes=False)
    if not first and ("editors" in data or container.startswith(rest.head.people)):
        container = _without_author(container)
    container = container.strip(_AROUND)
    if not container or not (rest.is_dated or imprint.sure):
        return None
    if not (imprint.place or imprint.publisher or "editors" in data):
        return None
    return _finish("chapter", title, rest, imprint, container, page, **data)


def _title_and_book(rest: Rest) -> tuple[str, str]:
    """Return the title of a part and the text of the book that has it; nothing where none is told to have it."""
    title, body = rest.title, rest.body
    if title:
        body = body.lstrip(" ,.")
        if mark := IN.match(body):
            return title, body[mark.end() :]
        bare = body[: imprint_at_end(body).start].strip(" ,(")
        return title, body if EDITORS_LAST.search(bare) or EDITORS_FIRST.match(body) else ""
    for mark in IN.finditer(body):
        if not (mark["colon"] or mark["mark"]):
            continue
        told = mark["colon"] or mark["mark"] in (".", "?", "!")
        if told or EDITORS_FIRST.match(body, mark.end()) or EDITORS_LAST.search(body, mark.end()):
            end = mark.start() + (mark["mark"] in ("?", "!", "”", '"', "’", "»"))
            return body[:end].strip(" ,."), body[mark.end() :]
    return "", ""


def _without_author(container: str) -> str:
    """Return the title of a book without its author before it: `in Roe, Works, ed. Doe`."""
    names, _, end = next(iter(leading_names(container)), ((), False, 0))
    named = len(names) == 1 and container[end - 2 : end - 1] == "," and len(container) - end > _LONG_VOLUME
    return container[end:].strip() if named else container


def newspaper(rest: Rest) -> Work | None:
    """Return an article of a newspaper: its name, and the day."""
    head, title, body, numbers = rest
    page = head.linked and title and not rest.is_dated and not numbers.pages
    if not page and len(numbers.date) < (_MONTH if title else _DAY) and len(head.date) < _DAY:
        return None
    body = body.strip(" ,.;")
    if title:
        lead = _LEADING_IN.match(body)
        container = body[lead.end() :] if lead else body
    else:
        title, container = _split_container(body, spaced="," in body)
    container, place = _NUMBERED.sub("", _OF_DAY.sub("", container)).strip(" ,.("), ""
    if (town := _IN_TOWN.search(container)) and container[town.start() + 1] == "(":
        container, place = container[: town.start()], town["town"] if is_place(town["town"]) else ""
    if not title or not container[:1].isupper() or len(container.split()) > _MAX_PAPER:
        return None
    quoted = head.rest[:1] in QUOTES and (numbers.pages or head.people or head.linked)
    if not patterns.PAPER_NAME.search(container) and not quoted and not (head.people and head.date):
        return None
    rest = rest._replace(numbers=numbers._replace(volume="", issue=""))
    edition = {"edition": numbers.edition} if numbers.edition else {}
    return _finish("newspaper article", title, rest, Imprint(0, place), container, **edition)


def book(rest: Rest) -> Work | None:
    """Return a book: a title, then place, publisher or both, and the year."""
    head, title, body, numbers = rest
    if not rest.is_dated or (numbers.date and (not head.people or rest.is_dated_by_day)):
        return None
    imprint = imprint_at_end(body, bare=bool(head.people and numbers.year) and not numbers.volume)
    if _PRINTED_BEFORE.search(body[: imprint.start]) or _QUOTED_INSIDE.match(body, 0, imprint.start):
        return None  # two works, one behind the other, or a document in a book
    if head.date and not imprint.publisher and (last := _LAST_SENTENCE.search(body)):
        imprint = Imprint(last.start("publisher"), "", last["publisher"])
    lead = body[: imprint.start].strip(" ,;(")
    if title and lead:  # MLA: `“Salt.” Northern Ports, U of Minnesota P, 2003`
        told = (imprint.publisher or imprint.sure) and head.people and lead[0].isupper() and len(lead) < _MAX_CONTAINER
        return _finish("chapter", title, rest, imprint, lead) if told else None
    title = title or lead
    if not (imprint.place or imprint.publisher) or (_KEPT.search(title) and not imprint.publisher):
        return None
    several = title.count(" ") > 0
    if not head.people and not (imprint.sure and several and imprint.start and not _LED.match(title)):
        return None
    if head.people and not imprint.sure and not ((several or numbers.pages) and title[0].isupper()):
        return None
    return _finish("book", title, rest, imprint)
