"""Picks: an editor waits while somebody chooses what to cite, on the page or in a terminal."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citetool.citation.locators import LABELS, parse_locator
from citetool.problems import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 20
MOST_ITEMS = 100


@dataclass(slots=True)
class Cited:
    """One source as it was picked. `label` is a locator label of CSL 1.0.2, empty where there is no locator."""

    key: str
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False

    @classmethod
    def of(cls, data: Any) -> Cited:
        """Return what a program or the page sent: a key, or an object. Raises UsageError for anything else."""
        if isinstance(data, str):
            data = {"key": data}
        if not isinstance(data, dict) or not isinstance(data.get("key"), str) or not data["key"]:
            raise UsageError(Problem("a pick is a list of keys, or of objects with a 'key'"))
        label, locator = str(data.get("label") or ""), str(data.get("locator") or "")
        if locator and label not in LABELS:
            label, locator = parse_locator(locator)
        texts = {name: str(data.get(name) or "") for name in ("prefix", "suffix")}
        return cls(data["key"], locator, label if locator else "", **texts,
                   suppress_author=bool(data.get("suppressAuthor")))  # fmt: skip

    @property
    def short_label(self) -> str:
        """The label as an abbreviation: `p.`, `fol.`, `ch.`"""
        if not self.label:
            return ""
        short = LABELS[self.label]
        word = {"chapter": "ch", "page": "p"}.get(self.label) or (short[0] if short else self.label)
        return word if word in ("§", "¶") or not short else f"{word}."

    @property
    def place(self) -> str:
        """The locator with its label: `p. 3`."""
        return f"{self.short_label} {self.locator}".strip()


@dataclass(slots=True)
class Pick:
    """One that waits: which program asked, and the answer to come (None: cancelled)."""

    token: str
    program: str
    answer: asyncio.Future[list[Cited] | None]


class Picks:
    """All picks that wait; `show` opens the page of one for a person, `fixed` answers every pick by itself."""

    def __init__(self, show: Callable[[str], None] | None = None, fixed: list[str] | None = None) -> None:
        self._show = show
        self._fixed = fixed or []
        self._waiting: dict[str, Pick] = {}

    @property
    def waiting(self) -> list[Pick]:
        """Those that wait, the longest first."""
        return list(self._waiting.values())

    def get(self, token: str) -> Pick | None:
        """Return the pick of that token while it waits."""
        return self._waiting.get(token)

    async def ask(self, program: str, gone: Callable[[], Any]) -> list[Cited] | None:
        """Return what is picked, None where it is cancelled or nobody waits any more (`gone`).

        Raises UsageError where too many wait already.
        """
        if self._fixed:
            return [Cited.of(key) for key in self._fixed]
        if len(self._waiting) >= _MOST:
            raise UsageError(Problem("too many programs wait for a pick"))
        pick = Pick(secrets.token_urlsafe(16), program, asyncio.get_running_loop().create_future())
        self._waiting[pick.token] = pick
        if self._show:
            self._show(pick.token)
        try:
            while not pick.answer.done():
                await asyncio.wait([pick.answer], timeout=0.5)
                if not pick.answer.done() and await gone():
                    return None
            return pick.answer.result()
        finally:
            del self._waiting[pick.token]

    def answer(self, pick: Pick, chosen: list[Cited] | None) -> None:
        """Give the waiting program its answer; an answer that was given already stays."""

        def give() -> None:
            if not pick.answer.done():
                pick.answer.set_result(chosen)

        pick.answer.get_loop().call_soon_threadsafe(give)
