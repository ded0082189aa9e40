"""Formats of Zotero: JSON items and RDF."""
