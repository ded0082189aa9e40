"""A folder of records: one YAML file a record, found by key and by query; each change can be undone."""
