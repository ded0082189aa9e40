"""Finds the CSL items that a document cites: `--input`, its own bibliography files, what it embeds, the library."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, collect
from citetool.formats.csl.from_csl import from_item
from citetool.formats.csl.to_csl import make_item
from citetool.lazy_re import lazy
from citetool.problems import CitetoolError, InputError, NotFoundError, Problem, Where, suggest
from citetool.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.library.library import Library
    from citetool.record.model import Record

    from .model import CitedItem, Document, Place

_NAMED = lazy(r"(?P<names>[^,]+), (?P<year>\d{4}[a-z]?)\Z")
_AND = lazy(r"\s(?:and|&|und|et)\s|\set al\.?")


class Sources:
    """The records and items that citation keys stand for.

    A key is looked up in the files named by the call, then in the document's own bibliography files, then in the
    document itself (fields embed their items), then in the library. `listed` are the keys of all files in order,
    `of_document` those of the document's own; `repeated` are `(key, times, file)` of keys that stand more than once.
    """

    def __init__(
        self,
        document: Document,
        inputs: Iterable[str] = (),
        library: Library | None = None,
        output: Path | None = None,
    ) -> None:
        """Read the files; raises NotFoundError or InputError for one that is not there or cannot be read.

        A file of the document's own that is the `output` is about to be written: the library goes before it.
        """
        self.document = document
        self.library = library
        self.problems: list[Problem] = []
        self.records: dict[str, Record] = {}
        self.listed: list[str] = []
        self.of_document: list[str] = []
        self.file_of: dict[str, str] = {}
        self.repeated: list[tuple[str, int, str]] = []
        self._fields: dict[str, dict[str, str]] = {}
        self._embedded: dict[str, Record | None] = {}
        self._own = {str(item.get("id")): item for item in document.settings.references}
        for name in inputs:
            self._read(Path(name))
        self._old: dict[str, Record] = {}
        self._cited_as: dict[str, str] = {}  # by the key of a record, the one that the document cites it by first
        for path in bibliography_files(document):
            written = output is not None and path.resolve() == output.resolve()
            if path.is_file():
                before = len(self.listed)
                self._read(path)
                self.of_document += self.listed[before:]
                if written:
                    self._old |= {key: self.records.pop(key) for key in self.listed[before:]}
            elif not written:
                where = Where(document.source)
                hint = "name another with --input"
                self.problems.append(Problem(f"its bibliography {str(path)!r} is not there", where, hint, "warning"))

        for key, where in dict(reversed(document.bare_keys)).items():  # each once, where it stands first
            if self.knows(key):
                message = f"'@{key}' stands in no brackets, and stays as it is"
                self.problems.append(Problem(message, where, f"type [@{key}] to cite it", "warning"))

    def _read(self, path: Path) -> None:
        fields: dict[str, dict[str, str]] = {}
        result = collect(read_file(path, None, ReadOptions(source=str(path), fields=fields)))
        self._fields = fields | self._fields  # of a key that stands in two files the first counts
        self.problems += [*result.problems, *(entry.problem for entry in result.rejected)]
        counts = Counter(record.id for record in result.records)
        for key, times in counts.items():
            if times > 1:
                self.repeated.append((key, times, str(path)))
        for record in result.records:
            if record.id not in self.records:
                self.records[record.id] = record
                self.listed.append(record.id)
                self.file_of[record.id] = str(path)

    def record(self, key: str) -> Record | None:
        """Return the record of a key, or None where no file and no library has it."""
        found = self.records.get(key)
        if found is None and self.library is not None and key:
            try:
                found = self.library.get(key)
            except (InputError, NotFoundError) as error:
                self.problems += error.problems
        if found is None:
            found = self._old.get(key) or self._named(key)
        if found is not None:
            self.records[key] = found
        return found

    def _named(self, key: str) -> Record | None:
        """Return the one record of the author and year that a key such as `Doe and Roe, 1944` names; else None."""
        named = _NAMED.match(key)
        if named is None:
            return None
        names = [fold(name) for name in _AND.split(named["names"]) if name]
        there: Iterable[Record] = self.records.values()
        if self.library is not None:
            with suppress(CitetoolError):  # without a library nothing more is known
                there = [*there, *self.library.select(f'author:"{named["names"].split()[0]}" date:{named["year"][:4]}')]
        fits = {record.id: record for record in there if _is_by(record, names, named["year"][:4])}
        if len(fits) > 1:
            message = f"{key!r} may be any of {', '.join(sorted(fits))}"
            self.problems.append(Problem(message, Where(self.document.source), "cite it by its key: [@key]", "warning"))
        return next(iter(fits.values())) if len(fits) == 1 else None

    def own_item(self, key: str) -> dict[str, Any] | None:
        """Return the item that stands in the document's own metadata under the key."""
        return self._own.get(key)

    def cited_record(self, cited: CitedItem) -> Record | None:
        """Return the record of a cited source: as a file has it, the document itself, or the library."""
        data = self._own.get(cited.id) or cited.data
        if cited.id in self.records or data is None:
            return self.record(cited.id)
        if cited.id not in self._embedded:
            try:
                self._embedded[cited.id] = from_item({**data, "id": cited.id})
            except InputError as error:
                self.problems += error.problems
                self._embedded[cited.id] = None
        return self._embedded[cited.id] or self.record(cited.id)

    def knows(self, key: str) -> bool:
        """Return whether a key stands for a source."""
        return key in self._own or self.record(key) is not None

    def item(self, cited: CitedItem) -> dict[str, Any] | None:
        """Return the CSL-JSON item of the cited one, or None where it is nowhere.

        Its id is the cited one; a record that was cited before by another of its keys goes on under that.
        """
        record = self.records.get(cited.id)
        own = None if record else self._own.get(cited.id)
        if own is not None:
            return {**own, "id": cited.id}
        if record is None and cited.data is not None:
            return {**cited.data, "id": cited.id}
        record = record or self.record(cited.id)
        if record is None:
            return None
        made = {**make_item(record)[0], "id": self._cited_as.setdefault(record.id, cited.id)}
        self._lower_titles(made)
        return made

    def _lower_titles(self, item: dict[str, Any]) -> None:
        """Bring English titles of a `.bib` file into the sentence case that styles begin from; archives name theirs."""
        path = self.file_of.get(item["id"], "")
        if not path.lower().endswith(".bib") or item.get("archive") or item.get("archive_location"):
            return
        if str(item.get("language") or self.document.settings.locale or "en").lower().startswith("en"):
            from citetool.formats.bib.titles import lower_titles  # noqa: PLC0415 - with a parser of .bib, rarely needed

            lower_titles(item, self._fields.get(item["id"], {}))

    def nocited(self) -> Iterator[str]:
        """Yield the keys that stand in the bibliography uncited; `*` stands for all of the named files."""
        for key in self.document.settings.nocite:
            if key == "*":
                yield from self.listed
                yield from self._own
            else:
                yield key

    def unknown(self, cited: CitedItem, place: Place) -> Problem:
        """Return the problem of a key that is nowhere, with its place and near keys."""
        hint = (
            suggest(cited.id, [*self.records, *self._library_keys])
            or "add it to the library, or name a file with --input"
        )
        return Problem(f"there is no source {cited.id!r}", place.at._replace(source=self.document.source), hint)

    @cached_property
    def _library_keys(self) -> list[str]:
        """Return the keys of the library, asked for once however many keys of a document are unknown."""
        return list(self.library) if self.library is not None else []


def _is_by(record: Record, names: list[str], year: str) -> bool:
    """Return whether a record is of that year and its first creators have those family names."""
    people = [fold(one.name.family or one.name.literal) for one in record.creators if one.role != "recipient"]
    return record.date[:4] == year and people[: len(names)] == names


def bibliography_files(document: Document) -> list[Path]:
    """Return the paths of the bibliography files that the document names, relative to its own folder."""
    folder = Path(document.source).parent
    return [folder / name for name in document.settings.bibliography if "://" not in name]
