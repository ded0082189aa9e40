"""The services that citetool offers to other programs: a page, and the interfaces of reference managers."""
