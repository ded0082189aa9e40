r"""Macros of the author's that cite: `\newcommand{\mycite}[2][]{\footcite[#1]{#2}}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .commands import Command

DEFINING = frozenset(
    ("newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newrobustcmd", "renewrobustcmd")
)
DOCUMENT = frozenset(("NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand", "DeclareDocumentCommand"))
NAME = lazy(r"\s*(?:\{\s*)?\\([A-Za-z@]+)\s*\}?")
PARAMETERS = lazy(r"\s*((?:#\d)*)")
_SPECIFIED = lazy(r"\s*([msoOdD])(?:\s*\{([^{}]*)\})?")
_PARAMETER = lazy(r"#(\d)")
_AROUND = lazy(r"(?:\s|%[^\n]*\n?|\\xspace\b|\\unskip\b|\\leavevmode\b)*\Z")


class Arguments(NamedTuple):
    """The arguments of a citation command: optional ones, keys, volume."""

    optional: list[str]
    keys: str
    volume: str = ""


class Macro(NamedTuple):
    """A macro that is one citation command, of that name.

    `signature` has a letter for each of its arguments: `m` one in braces, `o` one in brackets, `s` a star. `defaults`
    are those of arguments that are not given. `given` is what the command in it is given, with `#1` ... for them.
    """

    name: str
    command: Command
    signature: str
    defaults: Sequence[str]
    given: Sequence[Arguments]

    def filled(self, told: Sequence[str | None]) -> list[Arguments]:
        """Return what the command is given where the macro is given these arguments."""
        values = [self.defaults[number] if one is None else one for number, one in enumerate(told)]

        def put(text: str) -> str:
            return str(_PARAMETER.sub(lambda one: values[int(one[1]) - 1] if int(one[1]) <= len(values) else "", text))

        return [Arguments(list(map(put, one.optional)), put(one.keys), put(one.volume)) for one in self.given]


def counted(number: str, default: str | None) -> tuple[str, list[str]]:
    r"""Return signature and defaults of `\newcommand{...}[number][default]`."""
    count = int(number) if number.strip().isdigit() else 0
    signature = "m" * count if default is None or not count else "o" + "m" * (count - 1)
    return signature, [default or "", *[""] * count][: max(count, 1)]


def specified(text: str) -> tuple[str, list[str]]:
    r"""Return signature and defaults of `\NewDocumentCommand`: `s O{} m`."""
    found = [(one[1], one[2] or "") for one in _SPECIFIED.finditer(text)]
    return "".join("o" if letter in "oOdD" else letter for letter, _ in found), [default for _, default in found]


def is_alone(body: str, start: int, end: int) -> bool:
    """Return whether nothing is printed in the body of a macro but what stands between two places."""
    return _AROUND.match(body[:start]) is not None and _AROUND.match(body[end:]) is not None
