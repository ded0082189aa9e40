"""Writers: what each escapes, how marks are written, and that no text can break out of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citetool.output.quotes import QuoteMarks, resolve_spans
from citetool.output.tree import Affix, Event, Mark, Out, Span, flatten
from citetool.output.writers import WRITERS, get_writer
from citetool.output.writers.base import write_events
from citetool.problems import UsageError

ITALIC = Mark("font-style", "italic")
ITALIC_FIELD = Mark("font-style", "italic", flip=True)
BOLD = Mark("font-weight", "bold")
CAPS = Mark("font-variant", "small-caps")
SUP = Mark("vertical-align", "sup")
SUB = Mark("vertical-align", "sub")
UNDERLINE = Mark("text-decoration", "underline")
MARKS = (ITALIC, ITALIC_FIELD, BOLD, CAPS, SUP, SUB, UNDERLINE, Mark("quote", "outer", flip=True))


def write(name: str, *tree: Out) -> str:
    """The tree in a format, with its spans resolved as the processor does it."""
    events: list[Event] = [e.text if isinstance(e, Affix) else e for e in flatten(list(tree))]
    return write_events(resolve_spans(events, QuoteMarks()), get_writer(name))


def link(url: str, text: str) -> Span:
    return Span([text], Mark("link", url))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "A B c D 2nd H2O E"),
        ("html", 'A <i>B <b>c</b></i> <span style="font-variant:small-caps;">D</span> 2<sup>nd</sup>'
                 ' H<sub>2</sub>O <span style="text-decoration:underline;">E</span>'),
        ("markdown", 'A <em>B <strong>c</strong></em> <span style="font-variant:small-caps;">D</span> 2<sup>nd</sup>'
                     ' H<sub>2</sub>O <u>E</u>'),
        ("rtf", r"A {\i B {\b c}} {\scaps D} 2{\super nd} H{\sub 2}O {\ul E}"),
        ("latex", r"A \textit{B \textbf{c}} \textsc{D} 2\textsuperscript{nd} H\textsubscript{2}O \underline{E}"),
        ("typst", "A #emph[B #strong[c]] #smallcaps[D] 2#super[nd] H#sub[2]O #underline[E]"),
    ],
)  # fmt: skip
def test_marks(name: str, expected: str) -> None:
    tree: list[Out] = ["A ", Span(["B ", Span(["c"], BOLD)], ITALIC), " ", Span(["D"], CAPS), " 2", Span(["nd"], SUP),
                       " H", Span(["2"], SUB), "O ", Span(["E"], UNDERLINE)]  # fmt: skip
    assert write(name, *tree) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "The Voyage of HMS Beagle again"),
        ("html", '<i>The Voyage of <span style="font-style:normal;">HMS <i>Beagle</i></span> again</i>'),
        ("markdown", '*The Voyage of <span style="font-style:normal;">HMS <em>Beagle</em></span> again*'),
        ("rtf", r"{\i The Voyage of {\i0 HMS {\i Beagle}} again}"),
        ("latex", r"\textit{The Voyage of \textup{HMS \textit{Beagle}} again}"),
        ("typst", '#emph[The Voyage of #text(style: "normal")[HMS #emph[Beagle]] again]'),
    ],
)
def test_italics_in_italics_turn_and_turn_again(name: str, expected: str) -> None:
    inner = Span(["HMS ", Span(["Beagle"], ITALIC_FIELD)], ITALIC_FIELD)
    assert write(name, Span(["The Voyage of ", inner, " again"], ITALIC)) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("text", "<i>&amp; \\ *_", "<i>&amp; \\ *_"),
        ("html", 'a < b & "c" > d', 'a &#60; b &#38; "c" &#62; d'),
        ("html", "a  b", "a\u00a0 b"),
        ("rtf", "{a}\\ b\tc", r"\{a\}\\ b\tab c"),
        ("rtf", "Й€😀\u00a0x", r"\uc0\u1049 \uc0\u8364 \uc0\u-10179 \uc0\u-8704 \~x"),
        ("latex", "50% of $3 & #4_a {b} ~c^d \\e <f>",
         r"50\% of \$3 \& \#4\_a \{b\} \textasciitilde{}c\textasciicircum{}d \textbackslash{}e"
         r" \textless{}f\textgreater{}"),
        ("latex", "“a ‘b’ c” 1–2 — d’e", "``a `b' c'' 1--2 --- d'e"),
        ("latex", "‘“a”’ ’” a--b ---", "`{}``a''' '{}'' a-{}-b -{}-{}-"),
        ("latex", "a\u00a0b `c`", r"a~b \textasciigrave{}c\textasciigrave{}"),
        ("typst", "#a *b* _c_ `d` <e> @f [g] $h$ ~i \\j", r"\#a \*b\* \_c\_ \`d\` \<e\> \@f \[g\] \$h\$ \~i \\j"),
        ("typst", "https://a.b -- 1-2 -3 x... 'y'\u00a0z", r"https:\//a.b \-- 1-2 \-3 x\... \'y\'~z"),
        ("typst", "= a", r"\= a"),
        ("typst", "1. a", r"1\. a"),
        ("markdown", "[Memorandum of conversation]", "[Memorandum of conversation]"),
        ("markdown", "see [a](b), [c][d], [e]{f}", r"see \[a\](b), \[c\][d], \[e\]{f}"),
        ("markdown", "a [b [c] d] ]e[", r"a [b [c] d] \]e\["),
        ("markdown", "[^1] and [@key]", r"\[^1\] and [\@key]"),
        ("markdown", "[1]: x", r"\[1\]: x"),
        ("markdown", "a_b _c_ *d* 2*3", r"a_b \_c\_ \*d\* 2\*3"),
        ("markdown", "a < b, <c>, x & y, &amp; R&D; R&D 5 > 4", r"a < b, \<c>, x & y, \&amp; R\&D; R&D 5 > 4"),
        ("markdown", "1944. Title", r"1944\. Title"),
        ("markdown", "# 4", r"\# 4"),
        ("markdown", "#4, item 5", "#4, item 5"),
        ("markdown", "- a", r"\- a"),
        ("markdown", "> a", r"\> a"),
        ("markdown", "C:\\a `b`", r"C:\\a \`b\`"),
        ("markdown", "$5 and ~6", "$5 and ~6"),
        ("markdown", "$5 and $6, ~7~", r"\$5 and \$6, \~7\~"),
        ("markdown", "me@x.org @you", r"me@x.org \@you"),
        ("markdown", "https://x.org/a_b?c=d#e", "https://x.org/a_b?c=d#e"),
        ("markdown", "a\n\n# b", "a # b"),
        ("latex", "a\n\nb", "a b"),
    ],
)  # fmt: skip
def test_text_is_escaped_where_needed(name: str, text: str, expected: str) -> None:
    assert write(name, text) == expected


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (["a ", Span(["b"], ITALIC), ", c"], "a *b*, c"),
        (["a", Span([" b "], ITALIC), "c"], "a *b* c"),
        (["foo", Span(["(bar)"], ITALIC), "baz"], "foo<em>(bar)</em>baz"),
        (["foo", Span(["bar"], ITALIC), "baz"], "foo*bar*baz"),
        ([Span(["a"], ITALIC), Span(["b"], ITALIC)], "<em>a</em><em>b</em>"),
        ([Span(["a"], BOLD), Span(["b"], ITALIC)], "<strong>a</strong><em>b</em>"),
        (["a", Span([" "], ITALIC), "b"], "a b"),
        ([Span(["a", Span([" b"], BOLD)], ITALIC), "."], "<em>a <strong>b</strong></em>."),
        (["Stop!", link("https://x.org", "x")], r"Stop\![x](<https://x.org>)"),
        (["[", Span(["a"], ITALIC), "] (b)"], "[*a*] (b)"),
    ],
)
def test_emphasis_in_markdown_is_one_that_is_read(tree: list[Out], expected: str) -> None:
    assert write("markdown", *tree) == expected


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ([Span(["a"], ITALIC), "(b)"], "#emph[a];(b)"),
        ([Span(["a"], ITALIC), "; b"], "#emph[a];; b"),
        ([Span(["a"], ITALIC), ".b"], "#emph[a];.b"),
        ([Span(["a"], ITALIC), ". B"], "#emph[a]. B"),
        ([Span(["1. a"], ITALIC), "."], r"#emph[1\. a]."),
    ],
)
def test_functions_of_typst_end_where_they_should(tree: list[Out], expected: str) -> None:
    assert write("typst", *tree) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "x"),
        ("html", '<a href="https://x.org/a?b=1&#38;c=%22&#34;">x</a>'),
        ("markdown", '[x](<https://x.org/a?b=1&c=%22">)'),
        ("rtf", r'{\field{\*\fldinst{HYPERLINK "https://x.org/a?b=1&c=%22%22"}}{\fldrslt x}}'),
        ("latex", '\\href{https://x.org/a?b=1\\&c=\\%22"}{x}'),
        ("typst", '#link("https://x.org/a?b=1&c=%22%22")[x]'),
    ],
)
def test_links(name: str, expected: str) -> None:
    assert write(name, link('https://x.org/a?b=1&c=%22"', "x")) == expected


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("url", ["javascript:alert(1)", "javascript://x\nalert(1)", "data:text/html,x", "x y", ""])
def test_only_addresses_of_the_web_become_links(name: str, url: str) -> None:
    assert write(name, link(url, "x")) == "x"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "1. Title\nNote"),
        ("html", '\n    <div class="csl-left-margin">1.</div><div class="csl-right-inline">Title</div>\n  '
                 '\n\n    <div class="csl-block">Note</div>\n'),
        ("markdown", "1\\. Title\n\nNote\n\n"),
        ("rtf", r"1.\tab Title\line Note\line "),
        ("latex", "1. Title\n\nNote\n\n"),
        ("typst", "1\\. Title\n\nNote\n\n"),
    ],
)  # fmt: skip
def test_display_blocks(name: str, expected: str) -> None:
    blocks: list[Out] = [
        Span(["1."], Mark("display", "left-margin")),
        Span(["Title"], Mark("display", "right-inline")),
        Span(["Note"], Mark("display", "block")),
    ]
    assert write(name, *blocks) == expected


def test_a_format_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"unknown output format 'htm' \(did you mean 'html'\?\)"):
        get_writer("htm")


# -- properties -----------------------------------------------------------------------------------------------------

# whatever is special in one of the formats, as often as letters are
TEXTS = st.text(alphabet=r"""ab1 .,;:!?()[]{}<>&#$%^~_*`'"\/|@+-=“”‘’–—é日😀""" + "\u00a0\n\t", max_size=12)
TREES: st.SearchStrategy[Out] = st.recursive(
    TEXTS,
    lambda kids: st.builds(Span, st.lists(kids, max_size=3), st.sampled_from(MARKS)) | st.lists(kids, max_size=3),
    max_leaves=12,
)


class _Balance(HTMLParser):
    """Text of a fragment, with a complaint for each tag that does not close what was opened last."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def squeeze(text: str) -> str:
    return "".join(text.split())


def depth_of(text: str, opener: str, closer: str) -> int:
    """The depth at the end of brackets that are not escaped; it never goes below zero."""
    depth = 0
    for token in re.findall(r"\\.|.", text, re.DOTALL):
        depth += (token == opener) - (token == closer)
        assert depth >= 0
    return depth


@pytest.mark.property
@given(TREES)
@settings(max_examples=200, deadline=None)
def test_html_is_balanced_and_has_the_same_text(tree: Out) -> None:
    reader = _Balance()
    reader.feed(write("html", tree))
    reader.close()
    assert reader.open == []
    assert squeeze("".join(reader.parts)) == squeeze(write("text", tree))


@pytest.mark.property
@pytest.mark.parametrize(("name", "opener", "closer"), [("rtf", "{", "}"), ("latex", "{", "}"), ("typst", "[", "]")])
@given(tree=TREES)
@settings(max_examples=200, deadline=None)
def test_brackets_are_balanced(name: str, opener: str, closer: str, tree: Out) -> None:
    assert depth_of(write(name, tree), opener, closer) == 0


@pytest.mark.property
@given(TREES)
@settings(max_examples=200, deadline=None)
def test_rtf_has_the_same_text(tree: Out) -> None:
    def one(match: re.Match[str]) -> str:
        if match["unit"]:
            return chr(int(match["unit"]) % 65536)
        word = match["word"] or ""
        return {"~": "\u00a0", "tab ": "\t"}.get(word, word)

    groups = r"\{\\[a-z]+\d? |\}"
    tokens = rf"\\(?:uc0\\u(?P<unit>-?\d+) |(?P<word>tab |[\\{{}}~]))|{groups}"
    text = re.sub(tokens, one, write("rtf", tree))
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    assert squeeze(joined) == squeeze(write("text", tree))


@pytest.mark.property
@given(TREES)
@settings(max_examples=200, deadline=None)
def test_typst_has_the_same_text(tree: Out) -> None:
    functions = r'#(?:emph|strong|smallcaps|super|sub|underline|text\((?:[a-z]+: "[a-z]+")\))\['
    text = re.sub(rf"{functions}|\\(.)|\];?|~", lambda m: m[1] or "", write("typst", tree))
    assert squeeze(text) == squeeze(write("text", tree))


@pytest.mark.property
@given(TREES)
@settings(max_examples=200, deadline=None)
def test_tags_in_markdown_are_balanced_and_text_is_the_same(tree: Out) -> None:
    written = re.sub(r"\\([!-/:-@\[-`{-~])", lambda m: f"&#{ord(m[1])};", write("markdown", tree))
    reader = _Balance()
    # what is left of asterisks is emphasis
    reader.feed(written.replace("*", "").replace("&", "&#38;").replace("&#38;#", "&#"))
    reader.close()
    assert reader.open == []
    assert squeeze("".join(reader.parts)) == squeeze(write("text", tree))
