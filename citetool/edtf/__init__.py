"""Dates in the Extended Date/Time Format (ISO 8601-2), and dates as people write them.

`parse_edtf` reads EDTF of levels 0 to 2 into `Date`, `Interval` or `DateSet`; `str()` writes it back. In `written`,
`normalise_date` turns a written date (`June 26, 1944`, `c. 1944`) into EDTF text, and `find_dates` finds such dates in
a longer text; both stay unloaded where a citation needs no more than the core. What a date looks like in a citation is
a matter of styles and not here.
"""

from __future__ import annotations

from .model import OPEN, Date, DateSet, Day, Edtf, Endpoint, Interval, days_in_month
from .parse import caret, parse_edtf

__all__ = [
    "OPEN",
    "Date",
    "DateSet",
    "Day",
    "Edtf",
    "Endpoint",
    "Interval",
    "caret",
    "days_in_month",
    "parse_edtf",
]
