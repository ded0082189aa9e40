"""Templates of cite as you write: what they name is filled in, and nothing is run."""

from __future__ import annotations

import pytest

from citetool.problems import UsageError
from citetool.server.zotero.eta import fill

PICKS: list[dict[str, object]] = [
    {"citationKey": "a", "locator": "3", "suppressAuthor": False},
    {"citationKey": "b", "locator": ""},
]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<%= it.items[0].citationKey %>", "a"),
        ("<%~ it.items[1].citationKey %>, <%= it.items[7].citationKey %>", "b, "),
        ('[<%= it.items.map(i => i.citationKey).join("; ") %>]', "[a; b]"),
        ("<%= it.items.map((x) => x.citationKey).join(',') %>", "a,b"),
        ("<% it.items.forEach(i => { %>@<%= i.citationKey %>:<%= i.locator %> <% }) %>", "@a:3 @b: "),
        ("no values", "no values"),
        ("", ""),
    ],
)
def test_values_are_filled_in(template: str, text: str) -> None:
    assert fill(template, PICKS) == text


@pytest.mark.parametrize(
    "template", ["<% while (true) {} %>", "<%= process.env.HOME %>", "<%= it.items[0].citationKey", "<%= i.x %>",
                 "<%= it.items.map(i => i.citationKey + 1).join() %>", "x" * 10_001]
)  # fmt: skip
@pytest.mark.parametrize("picks", [[], PICKS])
def test_what_would_have_to_be_run_is_refused(template: str, picks: list[dict[str, object]]) -> None:
    with pytest.raises(UsageError):
        fill(template, picks)
