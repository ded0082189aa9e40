"""TEI by what its header describes: letters (`correspDesc`, CMIF), manuscripts (`msDesc`), else the text as published.

An edition of one letter has both: the letter gets the title of the file and the holding of the manuscript. A file that
describes neither is the publication that its title statement names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import closed_title, file_name, key_of
from citetool.formats.shared.languages import language_tag
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Creator, Digital, Draft, Metadata, Record
from citetool.struct import replace
from citetool.xmlio import XmlEvents, attribute, child, children, descendants, line_of, text_of

from .letters import Edition, editions, letter
from .manuscripts import holding, manuscript
from .values import date_of, names_of, tidy_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.xmlio import Element


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield the letters or manuscripts in the order of the file, or the publication.

    Raises InputError where there is no header with a title, and nothing described.
    """
    ends = ("fileDesc", "correspDesc", "msDesc", "teiHeader")
    events = XmlEvents(stream, options.source, start=("TEI",), end=ends, encoding=options.encoding)
    file = _File(options)
    given = False
    for kind, name, element in events:
        if kind == "start":
            given |= file.given
            yield from file.rest()
            file = _File(options, element)
        elif name == "fileDesc":
            file.describe(element)
        elif name == "correspDesc":
            yield from file.letter(element)
            if file.letters > 1:  # the first waits for the end of the header, which may say more of it
                events.forget(element)
        elif name == "msDesc":
            yield from file.manuscript(element)
        else:
            yield from file.close(element)
    yield from file.rest()
    if not (given or file.given):
        message = "this TEI has no header with a title, and describes no letter or manuscript"
        raise InputError(Problem(message, Where(options.source)), *events.problems)
    yield from events.problems


class _File:
    """The facts known of the TEI element that is being read."""

    def __init__(self, options: ReadOptions, root: Element | None = None) -> None:
        self.options = options
        self.id = attribute(root, "id") if root is not None else ""
        self.language = language_tag(attribute(root, "lang")) if root is not None else ""
        self.title = ""
        self.given = False
        self.letters = 0
        self.editions: dict[str, Edition] = {}
        self.waiting: list[Record | Rejected] = []
        self.described: Element | None = None
        self.publication: Record | None = None
        self.closed = False

    def describe(self, file: Element) -> None:
        """Take title and editions from `fileDesc`, which comes first in a header."""
        self.title = _title(file)
        parent = file.getparent()
        self.editions = editions(parent) if parent is not None else {}

    def metadata(self) -> Metadata:
        """Return where the facts come from."""
        return Metadata(source=self.title, file=file_name(self.options.source), reader="tei")

    def letter(self, element: Element) -> list[Record | Rejected]:
        """Return the letters that are sure to be of a list: the first of them when the second has come."""
        self.letters += 1
        record = letter(element, self.editions, self.metadata())
        where = Where(self.options.source, line_of(element))
        found = record or Rejected(Problem("a letter without persons and date", where), text_of(element))
        self.given = True
        if self.letters == 1 and not self.closed:
            self.waiting = [found]
            return []
        ready, self.waiting = [*self.waiting, found], []
        return ready

    def manuscript(self, element: Element) -> list[Record | Rejected]:
        """Return the manuscripts that are sure not to be the one that the one letter of the header is written in."""
        self.given = True
        if self.closed:
            return [self._manuscript(element)]
        ready = [] if self.described is None else [self._manuscript(self.described)]
        self.described = element
        return ready

    def _manuscript(self, element: Element) -> Record | Rejected:
        where = Where(self.options.source, line_of(element))
        problem = Problem("a manuscript without shelf mark and title", where)
        record = manuscript(element, self.metadata())
        if record and self.id and not any(map(str.isdigit, record.id)):  # `ms`, as one editor calls each of his
            record.id = key_of(self.id)
        return record or Rejected(problem, text_of(element))

    def close(self, header: Element) -> list[Record | Rejected]:
        """Return what waited for the end of the header: a letter or a manuscript."""
        self.closed = True
        ready, self.waiting = self.waiting, []
        if self.letters == 1 and ready and isinstance(ready[0], Record):
            own = key_of(self.id) or ready[0].id
            record = replace(ready[0], title=self.title, supplied_title="", id=own)
            if self.described is not None:
                record.archive = holding(child(self.described, "msIdentifier"))
            record.digital.url = record.digital.url or _address(header)
            return [record]
        if self.described is not None and not self.letters:
            return [self._manuscript(self.described)]
        if not self.given and self.title:
            self.publication = self._published(header)
        return ready

    def rest(self) -> list[Record | Rejected]:
        """Return the publication, where the file has turned out to describe nothing else."""
        if self.given or self.publication is None:
            return []
        self.given = True
        return [self.publication]

    def _published(self, header: Element) -> Record:
        file = child(header, "fileDesc")
        statement, published = child(file, "titleStmt"), child(file, "publicationStmt")
        people = [(e, role) for role in ("author", "editor") for e in children(statement, role)]
        bodies = [tidy_text(e) for e in descendants(published, "orgName")] or [tidy_text(child(published, "publisher"))]
        date, words = date_of(child(published, "date"))
        pairs = {
            "publisher": ", ".join(filter(None, bodies)),
            "publisher-place": tidy_text(child(published, "pubPlace")),
        }
        numbers = _numbers(published)
        return Draft(
            id=key_of(self.id),
            kind="book",
            title=self.title,
            creators=tuple(Creator(name, role) for e, role in people for name in names_of(e)),
            date=date,
            date_text=words,
            language=(self.language,) if self.language else (),
            publication={name: text for name, text in pairs.items() if text},
            identifiers={n: numbers[n] for n in ("doi", "isbn") if numbers.get(n)},
            digital=Digital(url=_address(header)),
            metadata=Metadata(file=file_name(self.options.source), reader="tei"),
        )


def _numbers(published: Element | None) -> dict[str, str]:
    return {attribute(e, "type").casefold(): text_of(e) for e in descendants(published, "idno")}


def _address(header: Element) -> str:
    """Return where the file itself is read."""
    numbers = _numbers(child(header, "fileDesc", "publicationStmt"))
    return next((numbers[name] for name in ("url", "uri", "handle", "urn") if numbers.get(name)), "")


def _title(file: Element) -> str:
    """Return the main title with its subtitle: that of a part before that of the whole, that of a series last."""
    titles = children(child(file, "titleStmt"), "title")
    titles = [e for e in titles if attribute(e, "level") not in ("s", "j")] or titles
    titles.sort(key=lambda e: attribute(e, "level") != "a")
    main = next((e for e in titles if attribute(e, "type") in ("main", "", "full")), titles[0] if titles else None)
    sub = next((tidy_text(e) for e in titles if attribute(e, "type") == "sub"), "")
    title = closed_title(tidy_text(main))
    return f"{title}: {closed_title(sub)}" if title and sub else title
