"""Whole notes: where each citation in them begins and ends, and what goes back to an earlier one."""
