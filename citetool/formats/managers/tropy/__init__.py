"""Formats of Tropy: JSON-LD projects and CSV tables."""
