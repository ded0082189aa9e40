"""Library metadata standards: MODS, MARC 21 and Dublin Core."""
