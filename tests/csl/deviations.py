"""Tells which differences from the reference are of a kind that DEVIATIONS.md names.

A kind is a rule and no list of cases. Most rules make both texts the same where the reference errs, and the texts agree
if nothing else differs; some look at the document as well, for the reference errs in it under known circumstances.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from tests.csl.oracle import clean_punctuation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Item = dict[str, Any]

# as patterns whose matches are made the same in both texts, by the kind
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("particles", r"(?i)\b(al-|d’)\s(?=\w)", r"\1"),
    ("particles", r"\b[Aa]l-", "al-"),
    ("markup in numbers", r"</?span[^>]*>", ""),
    ("dashes", r"(?<=\w)[-–～‑](?=\w)", "-"),
    ("dates", r"[,;] [-–]\d{4}\b", ""),  # what is left of a range that was printed before
    ("dates", r"(?<=\d{4}-\d{4})(?:, )?[a-z]\b", ""),  # year suffixes of ranges
    ("affixes", r"et seq\.\s*(?=[\d(])", "et seq. "),
    ("affixes", r"[,;]?”[,;]?(?= (?:and passim|fn\. 3|italics mine))", "”"),
    ("affixes", r"[,;] ?(?=[,;] (?:and passim|fn\. 3|italics mine))", ""),
    ("errors", r"^\W*\[(?:NO_PRINTED_FORM|CSL STYLE ERROR: reference with no printed form\.)\]\W*$", ""),
    ("errors", r"\[NO_PRINTED_FORM\] (?=.)", ""),  # who has no author, named in the text
    ("quotes", r"[‘“«„’《「](?=\w)([^‘“«„’”»《》]*)[’”»“》」](?=[\s\u202f]*:)", r"\1"),  # straight ones before a colon
    ("spaces", r"\.\s*@", ".@"),
    ("dates", r"(?<=[季春夏秋冬])月", ""),
    ("addresses", r"(https?://(?:doi\.org|hdl\.handle\.net|web\.archive\.org))[^\s)\]]*", r"\1"),
)
_SQUARE = str.maketrans("[]", "()")
_FAMILY_FIRST = ("zh", "ja", "hu", "vi")


class Judge:
    """Compares the texts of one document: its items and clusters tell where some kinds can be met with.

    `theirs` are all texts of the reference, for a bracket without its partner bears on those behind it.
    """

    def __init__(self, items: list[Item], clusters: list[Item], theirs: list[str], *, in_notes: bool) -> None:
        self._clusters = clusters
        self._in_notes = in_notes
        eastern = [item for item in items if str(item.get("language", "")).startswith(_FAMILY_FIRST)]
        self._some_eastern = bool(eastern)
        self._torn_people = 0 < len(eastern) < len(items) and sum("al-" in str(i) or "d'" in str(i) for i in items) > 1
        self._dates_in_words = any("literal" in (item.get("issued") or ()) for item in items)
        self._odd_quotes = any(str(item.get("title", "")).count('"') % 2 for item in items)
        self._brackets_differ = in_notes and not all(map(_is_balanced, theirs))

    def kind(self, wanted: str, got: str, cluster: int | None = None) -> str | None:
        """Return '' for texts that agree, a kind of DEVIATIONS.md for those that differ so, None for all others.

        `cluster` is the place of the citation, None for an entry of the bibliography.
        """
        if clean_punctuation(wanted) == clean_punctuation(got):
            return ""
        if cluster is not None and not self._in_notes and self._follows_places(cluster):
            return "ibid"
        theirs, ours = wanted, got
        for kind, pattern, same in _PATTERNS:
            theirs, ours = re.sub(pattern, same, theirs), re.sub(pattern, same, ours)
            if clean_punctuation(theirs) == clean_punctuation(ours):
                return kind
        for kind, take_out in self._rules(wanted, cluster):
            left, right = clean_punctuation(take_out(theirs)), clean_punctuation(take_out(ours))
            if left == right or _differ_behind_dashes(left, right):
                return kind
        return None

    def _rules(self, wanted: str, cluster: int | None) -> Iterator[tuple[str, Callable[[str], str]]]:
        """Yield the rules that can apply, each with the function that takes out what it is about."""
        yield "dates", str
        if self._some_eastern:
            yield "suffixes of names", lambda text: re.sub(r",? ?(?:Jr|III)\b", "", text)
            yield "suffixes of names", lambda text: re.sub(r",? ?(?:Jr|III)\b\.?", "", text)
        if self._torn_people:
            yield "particles", lambda text: re.sub(r"(?<=\d{4})[a-z]\b", "", text)
        if self._dates_in_words:
            yield "dates", lambda text: re.sub(r"(?:(?<=n\.d\.)|(?<=coming))[a-z]\b", "", text)
        if self._odd_quotes:
            yield "quotes", lambda text: re.sub(r"[‘“«„’”»\"']", "", text)
        if not _is_balanced(wanted):
            yield "brackets", lambda text: re.sub(r"[()\[\]]", "", text)
        if self._brackets_differ:
            yield "brackets", lambda text: text.translate(_SQUARE)
        if cluster is not None and self._repeats(cluster):
            yield "delimiters of repeated cites", lambda text: re.sub(r"[,;]", "", text)

    def _repeats(self, cluster: int) -> bool:
        ids = [cite["id"] for cite in self._clusters[cluster]["citationItems"]]
        return len(set(ids)) < len(ids)

    def _follows_places(self, cluster: int) -> bool:
        """Return whether the citation before ends with the item of this one, and began with another place."""
        before = self._clusters[cluster - 1]["citationItems"] if cluster else []
        if len(before) < 2 or before[-1]["id"] != self._clusters[cluster]["citationItems"][0]["id"]:
            return False
        return bool(before[0].get("locator", "") != before[-1].get("locator", ""))


def _is_balanced(text: str) -> bool:
    """Return whether each bracket has its partner, of the same form."""
    opened = []
    for mark in re.sub(r"[^()\[\]]", "", text):
        if mark in "([":
            opened.append(mark)
        elif not opened or opened.pop() + mark not in ("()", "[]"):
            return False
    return not opened


def _differ_behind_dashes(theirs: str, ours: str) -> bool:
    """Return whether theirs has nothing more than words and marks around the second date of a range, and ours none."""
    left, right = (re.findall(r"\w+|[^\w\s]", text.replace("–", "-")) for text in (theirs, ours))
    changes = [code for code in SequenceMatcher(None, left, right, autojunk=False).get_opcodes() if code[0] != "equal"]
    for _, start, end, from_, to in changes:
        near = left[max(0, start - 6) : start + 1]
        added = left[start:end]
        if from_ != to or "-" not in near or any(word.isdigit() for word in added):
            return False
    return bool(changes) and bool(re.search(r"\d{3,4}", theirs))
