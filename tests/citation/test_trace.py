from __future__ import annotations

from pathlib import Path

import pytest

from citetool.citation.render import cite
from citetool.citation.trace import trace
from citetool.problems import UsageError
from tests.factories import make_record


@pytest.mark.parametrize(("style", "form"), [("chicago", "note"), ("apa", "bibliography"), ("mla", "in-text")])
def test_the_parts_make_up_the_citation(style: str, form: str) -> None:
    (whole,) = cite([make_record()], style=style, form=form)
    assert "".join(part.text for part in trace(make_record(), style=style, form=form)) == whole.rstrip("\n")


def test_a_part_names_the_file_that_it_stands_in() -> None:
    parts = {part.element: part for part in trace(make_record(), style="chicago")}
    title, date = parts['text variable="title"'], parts['date variable="issued"']
    assert (title.macro, Path(title.where.source or "").name) == ("archival-title", "chicago.csl")
    assert (date.macro, Path(date.where.source or "").name) == ("date-issued-full", "chicago-notes-bibliography.csl")
    for part in (title, date):
        lines = Path(part.where.source or "").read_text(encoding="utf-8").splitlines()
        assert lines[(part.where.line or 0) - 1].strip().startswith(f"<{part.element.split()[0]} ")
    assert title.as_dict()["line"] == title.where.line


def test_a_format_has_no_elements() -> None:
    with pytest.raises(UsageError, match="'ris' is a format"):
        trace(make_record(), style="ris")


def test_where_the_style_prints_nothing() -> None:
    private = make_record(id="b", kind="letter", title=None, archive=None, digital=None)
    with pytest.raises(UsageError, match="prints nothing for 'b'"):
        trace(private, style="chicago", form="bibliography")
