"""JabRef's names of reference marks: `JABREF_key CID_1 random`, older `JR_cite_1_key1,key2`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.model import CitedItem
from citetool.lazy_re import lazy

from .model import Code

if TYPE_CHECKING:
    from citetool.documents.model import Mode

_NEW = lazy(r"JABREF_(\S+?)[ _]CID_\d+")  # a bookmark of Word has no blanks in its name
_OLD = lazy(r"JR_cite\d*_([1-6])_(.+)")
_SORTS: dict[str, Mode] = {
    "1": "normal", "2": "author-in-text", "3": "nocite", "4": "normal", "5": "author-only", "6": "year-only",
}  # fmt: skip
_ENDS: dict[str, Mode] = {"IN_TEXT": "author-in-text", "EMPTY": "nocite"}


def read_jabref(name: str) -> Code | None:
    """Return what the name of a reference mark says, None where it is none of JabRef's."""
    if name.startswith("JR_bib"):
        return Code("bibliography", "jabref")
    old = _OLD.match(name)
    if old:
        keys = [CitedItem(key.strip(), mode=_SORTS[old[1]]) for key in old[2].split(",") if key.strip()]
        return Code("citation", "jabref-jstyle", keys)
    keys = [CitedItem(match[1], mode=_ENDS.get(name.rpartition(" ")[2], "normal")) for match in _NEW.finditer(name)]
    return Code("citation", "jabref", keys) if keys else None
