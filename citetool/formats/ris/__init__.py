"""RIS, the tagged format that reference managers exchange."""
