"""Helpers shared by several format families."""
