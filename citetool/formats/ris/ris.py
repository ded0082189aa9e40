"""RIS, as reference managers read it: tags by program, archives before all else.

The way to the record and back is CSL-JSON (`csl/json.py`), so that the archival levels are mapped in one place; here
stands only which tag holds which variable. No one file suits every program:

* `zotero` (and where none is named): DB repository, AV what is below it, DP site of the copy, CN number, M2 for the
  collection and place and for whom the type has no part (`csl/zotero_fields.py`), which reach Extra as live variables.
  AN would displace AV; PB would be printed a second time.
* `endnote`: PB repository, T2 collection, VL below it, AN number.
* `mendeley`: as EndNote, but no AN (it becomes a PMID) and no DA (it becomes the day of access).
* `jabref`: as Zotero, but A2 is left out (it becomes an author), and the translator is TA (A4 becomes an editor).

An archival record also has a note (N1) that gives its whole reference for people; what the tags do not hold
follows in a second one (`shared/embedded.py`). Tags that citetool has no use for are kept under `ris` in `extra`
and written again.
"""

from __future__ import annotations

from .reader import read
from .writer import write

__all__ = ["read", "write"]
