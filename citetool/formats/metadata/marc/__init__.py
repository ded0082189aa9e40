"""MARC 21 in XML and JSON."""
