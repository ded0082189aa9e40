"""Keys of eight characters, as Zotero gives its items, made from keys of citetool."""

from __future__ import annotations

from hashlib import sha256

ALPHABET = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"  # Zotero's: without 0, 1 and O
LENGTH = 8


def item_key(text: str) -> str:
    """Return the eight-character key of a citation key; the same text always has the same one.

    Two of a million texts share a key with a chance of one in three; of 10,000, with one in 30,000.
    """
    number = int.from_bytes(sha256(text.encode()).digest()[:8])
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def file_key(key: str, number: int) -> str:
    """Return the eight-character key of a record's file of that number, from 0."""
    return item_key(f"{key}\x1ffile{number}")


def note_key(key: str, number: int) -> str:
    """Return the eight-character key of a record's note of that number, from 0."""
    return item_key(f"{key}\x1fnote{number}")
