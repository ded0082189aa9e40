"""The SQLite index of a library, kept in step with its record files."""
