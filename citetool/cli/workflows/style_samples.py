"""Records shown in styles: in each form of one style, or in two styles side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.text import display_width, pad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citetool.record.model import Record

# The forms that are shown, by the class of the style.
FORMS = {"note": ("note", "short", "bibliography"), "in-text": ("in-text", "bibliography")}
_SAMPLES = 6  # sources that are shown by default
_WIDEST = 160  # columns that two styles side by side take at most
_NARROWEST = 40


class Row(NamedTuple):
    """A record in one form of either style, None where the style prints nothing; `form` is `A` or `A | B`."""

    id: str
    kind: str
    form: str
    left: str | None
    right: str | None


def samples(found: list[Record]) -> list[Record]:
    """Return the first record of each CSL type, archival ones before publications."""
    from citetool.record.kinds import csl_type, kind_of

    by_type: dict[str, Record] = {}
    for record in sorted(found, key=lambda record: not kind_of(record.kind).archival):
        by_type.setdefault(csl_type(record.kind, record.type), record)
    return list(by_type.values())[:_SAMPLES]


def shown(record: Record, style: str, forms: Sequence[str], engine: str, folders: list[Path]) -> dict[str, Any]:
    """Return one record in each form, None where the style prints nothing."""
    printed = {form: _printed(record, style, form, engine, folders) for form in forms}
    return {"id": record.id, "kind": record.kind, **printed}


def compared(
    found: Sequence[Record], left: str, right: str, engine: str, folders: list[Path], *, differing: bool
) -> Iterator[Row]:
    """Yield each record in the forms of two styles; with `differing` only where they print different things.

    A note of one style stands beside the citation in the text of the other.
    """
    from citetool.citation.styles.source import find_style

    ours, theirs = (FORMS[find_style(name, folders=folders).style_class] for name in (left, right))
    pairs = list(zip(ours, theirs, strict=True)) if ours == theirs else [(ours[0], theirs[0]), (ours[-1], theirs[-1])]
    for record in found:
        for one, two in pairs:
            texts = (
                _printed(record, left, one, engine, folders),
                _printed(record, right, two, engine, folders),
            )
            if not differing or texts[0] != texts[1]:
                yield Row(record.id, record.kind, one if one == two else f"{one} | {two}", *texts)


def side_by_side(left: str | None, right: str | None, columns: int) -> Iterator[str]:
    """Yield two texts as lines in two columns, a bar between them where the texts differ."""
    width = max((min(columns, _WIDEST) - 3) // 2, _NARROWEST)
    one, two = _wrapped(left or "(nothing)", width), _wrapped(right or "(nothing)", width)
    bar = " | " if left != right else "   "
    for number in range(max(len(one), len(two))):
        first = one[number] if number < len(one) else ""
        second = two[number] if number < len(two) else ""
        yield f"{pad(first, width)}{bar}{second}".rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    """Return the text in lines of that display width, broken at spaces, in a longer word where it must be."""
    lines = [""]
    for word in text.split():
        whole = f"{lines[-1]} {word}" if lines[-1] else word
        if display_width(whole) <= width:
            lines[-1] = whole
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if display_width(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return lines


def _printed(record: Record, style: str, form: str, engine: str, folders: list[Path]) -> str | None:
    from citetool.citation.render import cite
    from citetool.problems import UsageError

    try:
        return cite([record], style=style, form=form, engine=engine, folders=folders)[0].rstrip("\n")
    except UsageError:
        # the style omits such a source in this form, which is what is to be shown
        return None
