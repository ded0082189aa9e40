"""From one format to another, a record at a time: what `citetool convert`, `export` and `import` do.

    file --read_file--> records, rejected entries, problems --write_measured--> pieces of text

Counts and rejected entries stay in the `Transfer`; a bad entry never stops the others. Every record that passes has a
key: what is kept of the records is these.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citetool.formats.loss.loss import Loss
from citetool.formats.loss.programs import not_imported
from citetool.formats.loss.roundtrip import write_measured
from citetool.problems import Problem, Where
from citetool.record.keys import Keys
from citetool.record.model import Record
from citetool.struct import Struct, replace

from .base import Rejected
from .registry import find_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .base import Attachment, WriteOptions

CUT_OFF = "the source is cut off or damaged: what stands behind that place was not read"
_SHOWN = 20  # problems of one kind are told so often; all are counted


class Transfer(Struct):
    """Counts of what was read and written, for the summary: counts, rejected entries, problems (each message so often).

    `cut_off`: a source ended, or was damaged, before its end. A record without a key gets one; with `apart` also one
    that has the key of an earlier record, as it must not where the same key in two files says that they hold the same
    source.
    """

    __slots__ = (
        "_counts",
        "_keys",
        "_program",
        "apart",
        "cut_off",
        "hidden",
        "loss",
        "problems",
        "read",
        "refused",
        "rejected",
    )

    def __init__(self, *, apart: bool = False) -> None:
        self.apart = apart
        self.cut_off = False
        self.refused = 0
        self.read = 0
        self.rejected: list[Rejected] = []
        self.problems: list[Problem] = []
        self.hidden = 0
        self.loss = Loss()
        self._program: str | None = None
        self._counts: Counter[str] = Counter()
        self._keys = Keys()

    def records(self, items: Iterable[Record | Rejected | Problem | Attachment]) -> Iterator[Record]:
        """Yield the records that a reader gives; the rest is kept here."""
        taken = self._keys.taken
        for item in items:
            if isinstance(item, Record):
                self.read += 1
                key = item.id
                if key and not (self.apart and key in taken):
                    taken.add(key)
                    yield item
                else:
                    yield self._keyed(item)
            elif isinstance(item, Rejected):
                self.cut_off |= item.cut
                self.rejected.append(item)
                self.add_problem(item.problem)
            elif isinstance(item, Problem):
                self.cut_off |= item.severity == "error"
                self.add_problem(item)

    def _keyed(self, record: Record) -> Record:
        """Return the record under a key of its own, where it has come without one or with that of an earlier one."""
        key = self._keys.give(record)
        if record.id:
            hint = f"the later one is written as {key!r}"
            self.add_problem(
                Problem("two records have the same key", Where("records", field=record.id), hint, "warning")
            )
        return replace(record, id=key)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Keep why one source of several could not be read at all."""
        self.refused += 1
        for problem in problems:
            self.add_problem(problem)

    def add_problem(self, problem: Problem) -> None:
        """Keep a problem, unless many like it are kept already."""
        self._counts[problem.message] += 1
        if len(self.problems) < 1000 and self._counts[problem.message] <= _SHOWN:
            self.problems.append(problem)
        else:
            self.hidden += 1

    def pieces(self, records: Iterable[Record], name: str, options: WriteOptions) -> Iterator[str]:
        """Return the text of the records in a format, counted as it goes."""
        self._program = options.program
        return write_measured(records, name, options, self.loss)

    @property
    def written(self) -> int:
        """Return the number of records written."""
        return self.loss.records

    def rejected_text(self) -> str:
        """Return the rejected entries as they stood in the source, for a file beside it."""
        return "\n\n".join(entry.raw.strip("\n") for entry in self.rejected) + ("\n" if self.rejected else "")

    def summary(self, name: str) -> Iterator[str]:
        """Yield what happened, for people, line by line."""
        counts = [f"{self.read:,} read", f"{self.written:,} written"]
        if self.rejected:
            counts.append(f"{len(self.rejected):,} rejected")
        if self.refused:
            counts.append(f"{self.refused:,} {'file' if self.refused == 1 else 'files'} refused")
        if self.hidden:
            counts.append(f"{self.hidden:,} more problems like these")
        yield ", ".join(counts)
        if self.cut_off:
            yield CUT_OFF
        yield from self.loss.lines(find_format(name).title)
        if self.loss.archival and (advice := not_imported(name, self._program)):
            yield advice

    def as_dict(self) -> dict[str, object]:
        """Return the summary as plain data."""
        return {
            "read": self.read,
            "written": self.written,
            "rejected": [{**entry.problem.as_dict(), "raw": entry.raw} for entry in self.rejected],
            "problems": [problem.as_dict() for problem in self.problems],
            **self.loss.as_dict(),
        }
