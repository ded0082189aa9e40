"""Render a document: positions, sorting, disambiguation, collapsing, bibliography."""
