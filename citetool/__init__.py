"""citetool: citations and metadata of archival sources."""
