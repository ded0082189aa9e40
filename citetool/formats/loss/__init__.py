"""Measure which fields of a record a format cannot hold."""
