from __future__ import annotations

import pytest
from hypothesis import given

from citetool.latex import decode, encode, plain
from tests.strategies import texts


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'e}t\'e", "été"),
        (r"Erd{\H o}s", "Erdős"),
        (r"Vali\v{c}", "Valič"),
        (r"na\"{\i}ve", "naïve"),
        (r"\'{\^e}", "ế"),
        (r"\o re \O{} \ss{}x", "øre Ø ßx"),
        (r"AT\&T, 100\% \#1 a\_b \$5", "AT&T, 100% #1 a_b $5"),
        ("pp.~3--5 --- ``so''", "pp.\u00a03–5 — “so”"),
        ("{{Whole title}}", "Whole title"),
        ("{NASA} and {mRNA}", "NASA and mRNA"),
        ("Memoirs of {de Gaulle}", 'Memoirs of <span class="nocase">de Gaulle</span>'),
        (r"\emph{Iliad} and {\em Odyssey} too", "<i>Iliad</i> and <i>Odyssey</i> too"),
        (r"\textsc{un}", '<span style="font-variant:small-caps;">un</span>'),
        (r"$H_2O$, $x^{10}$", "H<sub>2</sub>O, x<sup>10</sup>"),
        ("a lone $ sign", "a lone $ sign"),
        (r"\mkbibquote{Long Telegram}", "“Long Telegram”"),
        (r"see \url{http://x.org/~a_b%20}", "see http://x.org/~a_b%20"),
        (r"{\noopsort{1973b}}1973", "1973"),
        (r"\unknown{kept} text", "kept text"),
        (r"\foreignlanguage{french}{la guerre}", "la guerre"),
        ("?`Que? !`No!", "¿Que? ¡No!"),
        ("a } too many {", "a  too many "),
    ],
)
def test_decode(latex: str, text: str) -> None:
    assert decode(latex) == text


def test_plain_has_no_markup() -> None:
    assert plain(r"\textsc{un} \emph{x}") == "un x"


def test_nesting_beyond_reason_ends() -> None:
    assert decode("{" * 5000 + "x" + "}" * 5000) == "x"
    assert "x" in decode(r"\emph{" * 5000 + "x")


def test_encode_keeps_braces_balanced_even_when_escapes_count() -> None:
    assert encode("{a} & b_c ~ <i>x</i>") == r"\textbraceleft{}a\textbraceright{} \& b\_c \textasciitilde{} \textit{x}"


@pytest.mark.property
@given(texts())
def test_what_is_encoded_is_decoded(text: str) -> None:
    one_space = " ".join(part for part in text.split(" ") if part)
    latex = encode(one_space)
    assert decode(latex) == one_space
    assert latex.count("{") == latex.count("}")
