"""The functions of `import citetool` that take sources as people have them at hand: records, keys, a library.

Each is a thin coat over the package that does the work; the options are the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from citetool.citation import render
from citetool.citation.render import DEFAULT_STYLE
from citetool.library.library import Library, open_library
from citetool.problems import Problem, UsageError, Where
from citetool.record.model import Record
from citetool.record.schema import checked, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    from citetool.library.query.search import Hit
    from citetool.record.model import Plain

    Sources = Record | str | Hit | Library | Iterable[Record | str | Hit]


def cite(
    sources: Sources,
    *,
    style: str = DEFAULT_STYLE,
    form: str | None = None,
    format: str = "text",
    locale: str | None = None,
    locator: str | None = None,
    engine: str = "citetool",
    links: bool = False,
    folders: Sequence[str | PathLike[str]] = (),
) -> list[str]:
    """Return one citation for each source, in their order.

    `sources` is a record, a key of the library in use, a whole library, or several: records, keys, hits of a search.
    `style` is the
    name of a style, the path of a `.csl` file, or the name of a format (`ris`, `bibtex` ...). `form` is note, short,
    ibid, in-text or bibliography; by default a note in note styles and a bibliography entry in the others. `format` is
    the markup (text, html, markdown, latex ...); `links` makes addresses links there. `locator` is text such as `p. 2`.
    `folders` are further places of styles.

    Raises NotFoundError for an unknown key, UsageError for an unknown style, form, format or engine, and where the
    style prints nothing for a record.
    """
    found = records_of(sources)
    texts = render.cite(
        found, style=style, form=form, format=format, locale=locale, locator=locator, engine=engine, links=links,
        folders=[Path(folder) for folder in folders],
    )  # fmt: skip
    return [text.strip() for text in texts]


def bibliography(
    sources: Sources,
    *,
    style: str = DEFAULT_STYLE,
    format: str = "text",
    locale: str | None = None,
    engine: str = "citetool",
    links: bool = False,
    folders: Sequence[str | PathLike[str]] = (),
) -> list[tuple[str, str]]:
    """Return `(key, entry)` for the sources in the order of the style; the arguments are those of `cite`.

    A source for which the style prints no entry is left out; compare the keys to know which.
    """
    entries = render.bibliography(
        records_of(sources), style=style, format=format, locale=locale, engine=engine, links=links,
        folders=[Path(folder) for folder in folders],
    )  # fmt: skip
    return [(key, text.strip()) for key, text in entries]


def write(sources: Sources, format: str, *, program: str | None = None, dialect: str | None = None) -> str:
    """Return the text of the sources in a format (`ris`, `biblatex`, `csl-json` ...).

    `program` (`zotero`, `endnote`, `mendeley`, `jabref`) says who will read it, `dialect` (`chicago`, `mla`) which
    package. Raises NotFoundError for an unknown key and for a format that cannot be written.
    """
    from citetool.formats.api import write as write_records  # noqa: PLC0415 - the table of all formats

    return write_records(records_of(sources), format, program=program, dialect=dialect)


def parse(text: str, *, min_score: float | None = None) -> list[Record]:
    """Return the records of the citations in a text as people write them: a note of several, one, or none.

    What is less probable to be a source than `min_score` is left out, prose above all; without it the threshold counts
    that `citetool parse --add` has, and 0 leaves nothing out. What goes back to an earlier citation (`Ibid.`) is the
    same source, and gives no record of its own.

    >>> citetool.parse("Blair to McManaway, May 8, 1979, NARA, RG 59, Box 6")[0].date
    '1979-05-08'
    """
    from citetool.parsing import THRESHOLD, Context, read_citations, to_record  # noqa: PLC0415 - loads many words
    from citetool.record.keys import Keys  # noqa: PLC0415

    context, keys = Context(), Keys()
    found = []
    for reading in read_citations(text, context):
        if reading.source is not None or reading.certainty < (THRESHOLD if min_score is None else min_score):
            continue
        record = to_record(reading, "-", context)
        record.id = ""
        record.id = keys.give(record)
        found.append(record)
    return found


def check(sources: Sources) -> list[Problem]:
    """Return what `citetool check` finds in the sources, worst first; of a library also what its files disagree in."""
    from citetool.library import checks  # noqa: PLC0415 - only who checks loads the checks
    from citetool.record.check import CHECKS, check_record  # noqa: PLC0415

    if isinstance(sources, Library):
        found = [checks.problem(sources, one) for one in checks.check_library(sources)]
    else:
        found = [
            Problem(f"{finding.message} [{name}]", Where(record.id, field=finding.field or None), finding.hint or None,
                    CHECKS[name].severity)
            for record in records_of(sources)
            for name, finding in check_record(record)
        ]  # fmt: skip
    return sorted(found, key=lambda problem: ("error", "warning", "info").index(problem.severity))


def to_dict(record: Record) -> dict[str, Plain]:
    """Return a record as plain data: the fields of its file, empty ones left out. `from_dict` makes an equal one."""
    return to_plain(record)


def from_dict(data: Mapping[str, Any]) -> Record:
    """Return the record of plain data. Raises InputError with all its faults, as reading a file does."""
    return checked(data)


def records_of(sources: Sources) -> list[Record]:
    """Return the records that are meant: keys are looked up in the library in use.

    Raises NotFoundError for an unknown key, UsageError for what is neither a record nor a key.
    """
    if isinstance(sources, Library):
        return list(sources.values())
    found: list[Record] = []
    home: Library | None = None
    alone = isinstance(sources, Record | str) or _is_hit(sources)
    for one in [sources] if alone else sources:  # type: ignore[union-attr]
        if isinstance(one, Record):
            found.append(one)
        elif _is_hit(one):
            found.append(checked(one.data(), one.path))
        elif isinstance(one, str):
            home = home or open_library()
            found.append(home[one])
        else:
            shown = f"{one!r}"[:80]
            raise UsageError(Problem(f"{shown} is neither a record nor a key", hint="give library[key], or a key"))
    return found


def _is_hit(value: Any) -> TypeGuard[Hit]:
    """Return whether this is a hit of a search; who only cites by key loads no search."""
    from citetool.library.query.search import Hit  # noqa: PLC0415

    return isinstance(value, Hit)
