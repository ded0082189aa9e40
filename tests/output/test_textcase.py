"""Text case: what changes and what must not."""

from __future__ import annotations

import pytest

from citetool.output.markup import parse_rich_text
from citetool.output.textcase import apply_text_case
from citetool.output.tree import plain


@pytest.mark.parametrize(
    ("case", "text", "changed"),
    [
        ("title", "the cold war and after", "The Cold War and After"),
        ("title", "A NATO report on the USSR", "A NATO Report on the USSR"),
        ("title", "war: the end of an iPhone", "War: The End of an iPhone"),
        ("title", "pro-environmental out-of-fashion", "Pro-Environmental Out-of-Fashion"),
        ("title", "pour l’histoire", "Pour l’histoire"),
        ("title", '<span class="nocase">iBook</span> of the dead', "iBook of the Dead"),
        ("title", "β-blockers and e. coli: a.b. test", "β-Blockers and e. Coli: A.b. Test"),
        ("title", "the altarpiece in Venice, ca. 1460", "The Altarpiece in Venice, ca. 1460"),
        ("sentence", "Self-Help at Sea", "Self-help at sea"),
        ("sentence", "The Cold War and NATO", "The cold war and NATO"),
        ("sentence", "THE COLD WAR", "The cold war"),
        ("lowercase", 'ÀB <span class="nocase">C</span>', "àb C"),
        ("uppercase", "straße", "STRASSE"),
        ("uppercase-tr", "izmir", "İZMİR"),
        ("capitalize-first", "ibid. at 4", "Ibid. at 4"),
        ("capitalize-first", "(ibid.) at 4", "(Ibid.) at 4"),
        ("capitalize-all", "a b-c d", "A B-C D"),
        ("no-such-case", "as It was", "as It was"),
    ],
)
def test_cases(case: str, text: str, changed: str) -> None:
    assert plain(apply_text_case(parse_rich_text(text), case)) == changed
