"""Codes that programs keep in the fields and marks of word processors: what each says of its citation."""
