"""Plan changes of a library, apply them, and undo them."""
