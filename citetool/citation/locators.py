"""Parse locators as people write them (`p. 2`, `fols. 3-5`, `chapter 4`, `12`) into CSL label and value.

The labels are the locator terms of CSL 1.0.2 (Appendix III). A word that is not a label stays in the value, with the
label `page`, as reference managers do; words can be given in full, in the plural or as the usual abbreviation.
"""

from __future__ import annotations

import re

from citetool.lazy_re import lazy

LABELS: dict[str, tuple[str, ...]] = {
    "page": ("p", "pp", "pg"),
    "folio": ("fol", "fols", "f", "ff"),
    "line": ("l", "ll"),
    "chapter": ("chap", "chaps", "ch"),
    "column": ("col", "cols"),
    "figure": ("fig", "figs"),
    "volume": ("vol", "vols"),
    "section": ("sec", "secs", "sect", "§", "§§"),
    "paragraph": ("para", "paras", "par", "¶", "¶¶"),
    "note": ("n", "nn"),
    "number": ("no", "nos"),
    "issue": (),
    "book": ("bk", "bks"),
    "part": ("pt", "pts"),
    "verse": ("v", "vv"),
    "opus": ("op",),
    "canon": (),
    "act": (),
    "scene": (),
    "appendix": ("app", "apps", "appendices"),
    "table": ("tbl", "tbls"),
    "timestamp": ("ts",),
    "track": (),
    "equation": ("eq", "eqs"),
    "rule": ("r", "rr"),
    "supplement": ("supp", "supps"),
    "sub-verbo": ("s.v", "s.vv"),
    "title": (),
    "article": ("art", "arts"),
    "elocation": ("loc",),
}
_WORDS = {word: label for label, short in LABELS.items() for word in (label, f"{label}s", *short)}
_LOCATOR = lazy(r"(?P<word>[^\W\d_][\w.-]*?|[§¶]+)\.?(?:\s+|(?=[\d§¶]))(?P<value>\S.*)$", re.S)


def parse_locator(text: str) -> tuple[str, str]:
    """Return `(label, value)`: `("page", "2")` for `p. 2`, `("folio", "3-5")` for `fols. 3-5`."""
    text = " ".join(text.split())
    match = _LOCATOR.match(text)
    if match:
        label = _WORDS.get(match["word"].casefold().rstrip("."))
        if label:
            return label, match["value"]
    return "page", text
