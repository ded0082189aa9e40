"""The page of a library in a browser: search, records, the hierarchy, lists, styles; it works without JavaScript."""
