"""What citetool serves to others: a page, the interfaces of reference managers, tools for assistants and editors."""
