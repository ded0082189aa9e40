"""Compile a style into functions that render one cite or entry."""
