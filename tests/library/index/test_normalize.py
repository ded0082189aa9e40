from __future__ import annotations

import pytest

from citetool.library.index.normalize import spaced, words

TEXTS = {
    "Stalin’s “Box–12” — f_06, 1944": ["stalin", "s", "box", "12", "f_06", "1944"],
    "Café de Łódź, Straße; cafe\u0301": ["cafe", "de", "lodz", "strasse", "cafe"],
    "Хрущёв и Жуков": ["хрущев", "и", "жуков"],
    "毛泽东 1950": ["毛", "泽", "东", "1950"],
    "ﬁlm ½ №12": ["film", "1", "2", "12"],
    " \n– •": [],
    "": [],
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_words_are_folded_and_parted(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert spaced(text) == " ".join(expected)


@pytest.mark.parametrize("text", [text for text, found in TEXTS.items() if found])
@pytest.mark.parametrize("joint", [" ", "\n", "\u2028"])
def test_a_long_text_has_the_words_of_its_parts(text: str, joint: str) -> None:
    times = 20_000 // len(text)
    assert words(joint.join([text] * times)) == TEXTS[text] * times
    assert spaced(joint.join([text] * times)) == " ".join(TEXTS[text] * times)


def test_a_long_text_without_a_space_is_read_whole() -> None:
    assert words("毛泽东" * 4000) == ["毛", "泽", "东"] * 4000
    assert words("Łodz" * 4000) == ["lodz" * 4000]
