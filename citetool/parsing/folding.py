"""Words of a citation as keys of the tables, and lists of words as sets."""

from __future__ import annotations

from functools import lru_cache

# Capitals of the alphabets that citations are written in, for the class of a pattern: `[{CAPITALS}]`.
CYRILLIC = "А-ЯЁІЇЄҐЎЈЉЊЂЋЏ"
CAPITALS = f"A-ZΆΈ-ΏΑ-ΫÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŘŚŞŠȘŢȚŤŪŮŰŲŹŻŽ{CYRILLIC}"


@lru_cache(maxsize=4096)  # each table is asked about the same few words of a citation
def name_key(text: str) -> str:
    """Return the text as a key.

    Lower case, one blank between words, one kind of apostrophe, no stop or bracket around it.
    """
    return " ".join(text.replace("’", "'").replace("ʹ", "'").split()).strip(" .,;:()[]<>*").casefold()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set, so that lists of words can be written as they are read."""
    return frozenset(text.split())
