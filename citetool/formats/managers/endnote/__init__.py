"""Formats of EndNote: XML and the tagged form (.enw)."""
