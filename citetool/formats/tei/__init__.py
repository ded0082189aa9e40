"""TEI editions of documents."""
