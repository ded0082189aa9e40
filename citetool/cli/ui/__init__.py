"""Terminal output and input: console, tables, charts, completion."""
