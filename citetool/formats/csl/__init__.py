"""CSL-JSON and CSL-YAML: the one mapping between records and CSL variables."""
