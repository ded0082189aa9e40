"""A published work as it was cited: its parts are words of the citation."""

from __future__ import annotations

from typing import NamedTuple


class Work(NamedTuple):
    """A published work; `kind` is a record kind, `data` has CSL variables of the publication, `locator` the page cited.

    Names are as written, `Roe, Jane` or `Jane Roe`; `date` is EDTF.
    """

    kind: str
    title: str
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    date: str = ""
    data: dict[str, str] = {}  # noqa: RUF012 - never changed
    locator: str = ""
    url: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the work as plain data, without what it does not have."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items() if value
        }
