"""Text to records and back: one module a format, listed in one table (`registry.py`)."""
