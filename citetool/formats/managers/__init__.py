"""Native formats of reference managers: Zotero, EndNote and Tropy."""
