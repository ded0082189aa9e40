"""The pages of each format; those of HTML and RTF, which have more to say, are in modules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import html, rtf
from .base import Layout, Page, Paper

if TYPE_CHECKING:
    from citetool.output.writers.base import Pair


def _spaced(_key: str, text: str, _layout: Layout) -> str:
    return f"{text}\n\n"


def _no_frame(_layout: Layout) -> Pair:
    return "", ""


# -- LaTeX ---------------------------------------------------------------------------------------------------------

_PREAMBLE = r"""\documentclass{article}
\usepackage{iftex}
\ifpdftex\usepackage[T1]{fontenc}\else\usepackage{fontspec}\fi
\usepackage{hyperref}
\setlength{\parindent}{0pt}
"""


def _latex_body(layout: Layout) -> Pair:
    """Return a group in which each paragraph hangs, if the style wants so."""
    hang = "\\everypar{\\hangindent=2em\\hangafter=1 }" if layout.hanging_indent else ""
    spread = f"\\linespread{{{layout.line_spacing}}}\\selectfont" if layout.line_spacing > 1 else ""
    skip = f"\\setlength{{\\parskip}}{{{layout.entry_spacing}\\baselineskip}}" if layout.entry_spacing else ""
    return f"\\begingroup{spread}{skip}{hang}\n", "\\endgroup\n\n"


def _latex_page(page: Page) -> str:
    title = f"\\section*{{{page.title}}}\n" if page.title else ""
    return f"{_PREAMBLE}\\begin{{document}}\n{title}{page.body}\\end{{document}}\n"


# -- Typst ---------------------------------------------------------------------------------------------------------


def _typst_body(layout: Layout) -> Pair:
    """Return a block with the indents and distances that the style wants."""
    hang = "hanging-indent: 2em, " if layout.hanging_indent else ""
    leading = 0.65 + 1.2 * (layout.line_spacing - 1)
    rules = f"#set par({hang}leading: {leading:g}em, spacing: {leading + 1.2 * layout.entry_spacing:g}em)"
    return f"#[\n{rules}\n\n", "]\n\n"


def _typst_page(page: Page) -> str:
    language = page.language.partition("-")[0].lower()
    rule = f'#set text(lang: "{language}")\n' if language.isalpha() else ""
    title = f"= {page.title}\n\n" if page.title else ""
    return rule + title + page.body


# -- light markup --------------------------------------------------------------------------------------------------


def _rst_heading(text: str, line: str = "-") -> str:
    return f"{text}\n{line * max(len(text), 3) * (2 if not text.isascii() else 1)}\n\n"


def _titled(page: Page, title: str) -> str:
    return title + page.body if page.title else page.body


def _dashed(text: str, depth: int, inner: str) -> str:
    return f"{'  ' * depth}- {text}\n{inner}"


PAPERS: dict[str, Paper] = {
    "html": html.PAPER,
    "rtf": rtf.PAPER,
    "latex": Paper(
        heading=lambda text: f"\\subsection*{{{text}}}\n",
        body=_latex_body,
        entry=_spaced,
        note=lambda text: f"\\begin{{quote}}{text}\\end{{quote}}\n\n",
        page=_latex_page,
        nest=("\\begin{itemize}\n", "\\end{itemize}\n"),
        item=lambda text, _depth, inner: f"\\item {text}\n{inner}",
    ),
    "typst": Paper(
        heading=lambda text: f"== {text}\n\n",
        body=_typst_body,
        entry=_spaced,
        note=lambda text: f"#pad(left: 2em)[{text}]\n\n",
        page=_typst_page,
        item=_dashed,
    ),
    "markdown": Paper(
        heading=lambda text: f"## {text}\n\n",
        body=_no_frame,
        entry=_spaced,
        note=lambda text: f"> {text}\n\n",
        page=lambda page: _titled(page, f"# {page.title}\n\n"),
        item=lambda text, depth, inner: f"{'    ' * depth}- {text}\n{inner}",
    ),
    "org": Paper(
        heading=lambda text: f"* {text}\n\n",
        body=_no_frame,
        entry=_spaced,
        note=lambda text: f"#+BEGIN_QUOTE\n{text}\n#+END_QUOTE\n\n",
        page=lambda page: _titled(page, f"#+TITLE: {page.title}\n\n"),
        item=_dashed,
    ),
    "rst": Paper(
        heading=_rst_heading,
        body=_no_frame,
        entry=_spaced,
        note=lambda text: f"    {text}\n\n",
        page=lambda page: _titled(page, _rst_heading(page.title, "=")),
        item=lambda text, depth, inner: f"{_dashed(text, depth, '')}\n{inner}",
    ),
}
