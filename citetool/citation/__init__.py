"""Citations: the styles there are, and records rendered in them."""
