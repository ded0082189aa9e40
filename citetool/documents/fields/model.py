"""Facts that every reader of a program's codes gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from citetool.documents.model import CitedItem


@dataclass(slots=True)
class Code:
    """A code that was read: a citation with its items, or the place of a bibliography.

    `plain` is the text that the program printed last, None where it does not say; `fixed` says that the program is
    to leave the text alone. `id` is the citation's own. `error` says why a code that is one cannot be read.
    """

    kind: Literal["citation", "bibliography"]
    program: str
    items: list[CitedItem] = field(default_factory=list)
    plain: str | None = None
    fixed: bool = False
    id: str = ""
    error: str = ""
    properties: dict[str, Any] = field(default_factory=dict)
