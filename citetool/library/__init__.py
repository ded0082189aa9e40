"""Where records live: one YAML file a record, found by key and by query, changed without fear."""
