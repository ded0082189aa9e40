"""Find, load, extend, check and search citation styles."""
