"""Labels inside a locator: `12 n. 4` is page 12 and note 4, `vol. 2, p. 33` volume 2 and page 33.

Whoever types a locator writes its parts in one field, with the short labels of English. Each part is printed with the
term of the locale. A label counts where a number follows it and the locator begins, or a number, a mark or `and`
stands before it.
"""

from __future__ import annotations

from citetool.lazy_re import lazy
from citetool.struct import NamedTuple

LABELS = {
    "app": "appendix", "art": "article", "bk": "book", "ch": "chapter", "chap": "chapter", "cl": "clause",
    "col": "column", "ex": "example", "fig": "figure", "figs": "figure", "fol": "folio", "fols": "folio", "l": "line",
    "ll": "line", "n": "note", "nn": "note", "no": "issue", "nos": "issue", "op": "opus", "p": "page", "pp": "page",
    "para": "paragraph", "paras": "paragraph", "pt": "part", "r": "rule", "sec": "section", "secs": "section",
    "suppl": "supplement", "supp": "supplement", "sv": "sub-verbo", "tbl": "table", "tit": "title", "v": "verse",
    "vol": "volume", "vols": "volume", "vrs": "verse",
}  # fmt: skip
_LABEL = lazy(
    r"(?:^|(?<=[0-9][a-z] )|(?<=[0-9,;&] )|(?<= and ))"
    rf"({'|'.join(sorted(LABELS, key=len, reverse=True))})\.\s+(?=[0-9ivxlcIVXLC]+\b|[A-Z]?[0-9])"
)


class LocatorPart(NamedTuple):
    """One part: its label (a CSL locator label, '' for the label of the cite), its value, and the text behind it."""

    label: str
    value: str
    joint: str


def split_locator(text: str) -> list[LocatorPart]:
    """Return the parts of a locator in order: at least one, of which only the first may have no label."""
    if "." not in text:
        return [LocatorPart("", text, "")]
    found = list(_LABEL.finditer(text))
    starts = [0] if not found or found[0].start() else []
    labels = ["", *(LABELS[match[1]] for match in found)] if starts else [LABELS[match[1]] for match in found]
    begins = starts + [match.end() for match in found]
    ends = [match.start() for match in found if match.start()] + [len(text)]
    parts = []
    for label, begin, end in zip(labels, begins, ends, strict=True):
        whole = text[begin:end]
        value = whole.rstrip(" ,;&")
        if value.endswith(" and") and end < len(text):
            value = value[: -len(" and")]
        parts.append(LocatorPart(label, value, whole[len(value) :]))
    return parts
