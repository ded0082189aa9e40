"""JSON and XML of archival and library catalogs, one module a catalog."""
