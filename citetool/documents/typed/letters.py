"""Letters that are cited again with less said of them: `White to Randolph, 20 June 1941`, its box left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .citation import words

if TYPE_CHECKING:
    from citetool.parsing import Context
    from citetool.record.model import Record

    from .citation import TypedCitation

_DAY = 10  # letters of a date that names the day


class Letters:
    """The letters that were cited, by sender, addressee and day."""

    def __init__(self) -> None:
        """Know of none."""
        self._known: dict[tuple[str, str, str], list[TypedCitation]] = {}

    def refer(self, citation: TypedCitation, context: Context) -> None:
        """Let a citation go back to the one letter of these people and that day whose place it gives in part.

        Another box is another letter, and where two letters fit nothing is said.
        """
        trait = _trait(citation.record)
        if citation.kind != "archival" or trait is None:
            return
        there = self._known.setdefault(trait, [])
        told = _words_of(citation.record, context)
        fitting = [one for one in there if told <= _words_of(one.record, context)]
        if len(fitting) == 1:
            citation.kind, citation.goes_back_to, citation.same = "short", fitting[0], fitting[0]
        else:
            there.append(citation)


def _trait(record: Record) -> tuple[str, str, str] | None:
    """Return last words of sender and addressee, and the day; None where one of them is not named."""
    people: tuple[list[list[str]], list[list[str]]] = ([], [])
    for one in record.creators:
        people[one.role == "recipient"].append(words(one.name.family or one.name.literal))
    senders, others = people
    if not senders or not others or not senders[0] or not others[0] or len(record.date) != _DAY:
        return None
    return senders[0][-1], others[0][-1], record.date


def _words_of(record: Record, context: Context) -> set[str]:
    """Return the words of the place of a record, short forms written out."""
    return {word for level in record.archive.levels for word in words(context.expand(level.value))}
