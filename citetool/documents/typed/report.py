"""The report of `doc restyle`: note by note before and after, for the terminal and as a page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .restyle import Restyled, RestyledNote

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 Georgia, serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #222; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .5rem .75rem; border-top: 1px solid #ddd; }}
td.number {{ white-space: nowrap; color: #666; }}
tr.kept td {{ background: #fff8e6; }}
p.why {{ margin: .25rem 0 0; font-size: .875rem; color: #8a5300; }}
p.read {{ margin: 0 0 .25rem; font-size: .875rem; color: #555; }}
p.why b {{ font-weight: normal; font-style: italic; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{counts}</p>
<table>
<thead><tr><th>Note</th><th>Before</th><th>After</th><th>Read as</th></tr></thead>
<tbody>
"""
_END = "</tbody>\n</table>\n</body>\n</html>\n"


def counts_of(restyled: Restyled) -> dict[str, int]:
    """Return how many notes cite, how many of them read differently, and what became of their citations."""
    citations = [one for note in restyled.notes for one in note.citations]
    kept = sum("kept" in one for one in citations)
    return {
        "notes": len(restyled.notes),
        "changed": sum(note.changed for note in restyled.notes),
        "restyled": len(citations) - kept,
        "kept": kept,
    }


def summary(restyled: Restyled) -> str:
    """Return the counts as a sentence."""
    counts = counts_of(restyled)
    return (
        f"{counts['notes']} notes with citations, {counts['changed']} of them changed: "
        f"{counts['restyled']} citations restyled, {counts['kept']} kept"
    )


def as_dict(restyled: Restyled, file: str) -> dict[str, Any]:
    """Return the report as plain data: file, style, counts, notes."""
    notes = [note.as_dict() for note in restyled.notes]
    return {"file": file, "style": restyled.style, "counts": counts_of(restyled), "notes": notes}


def as_lines(restyled: Restyled) -> Iterator[str]:
    """Yield the lines of the report for the terminal."""
    for note in restyled.notes:
        label = f"{note.note.kind} {note.note.number}"
        yield f"{label:13} was   {note.note.text}"
        if note.changed:
            yield f"{'':13} now   {note.after}"
        for one in note.kept:
            yield f"{'':13} kept  {one['text']!r}: {one['kept']}"
            yield f"{'':13} read  {read_as(one)}"
    yield summary(restyled)


def read_as(citation: dict[str, Any]) -> str:
    """Return what was read of a citation, and how sure it is: `archival, full, box Box 173, ..., sure 95 %`."""
    read = dict(citation["read"])
    said = [str(read.pop("type", "")), str(read.pop("form", ""))]
    said += [f"{level['level']} {level['value']}" for level in read.pop("levels", [])]
    origin = read.pop("refers_to", None)
    read.pop("carried", None)
    said += [f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in read.items()]
    said += [f"as in note {origin['note']}"] if origin else []
    return ", ".join(filter(None, [*said, f"sure {citation['confidence']:.0%}".replace("%", " %")]))


def as_html(restyled: Restyled, title: str) -> Iterator[str]:
    """Yield the report as a page of its own."""
    yield _PAGE.format(title=escape(title), counts=escape(summary(restyled)))
    for note in restyled.notes:
        yield from _row(note)
    yield _END


def _row(note: RestyledNote) -> Iterator[str]:
    yield '<tr class="kept">' if note.kept else "<tr>"
    yield f'<td class="number">{note.note.kind} {note.note.number}</td><td>{escape(note.note.text)}</td><td>'
    yield escape(note.after) if note.changed else "as it was"
    for one in note.kept:
        yield f'<p class="why"><b>{escape(one["text"])}</b> stays: {escape(one["kept"])}</p>'
    yield "</td><td>"
    for one in note.citations:
        yield f'<p class="read">{escape(read_as(one))}</p>'
    yield "</td></tr>\n"
