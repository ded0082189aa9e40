"""The location of a document in a citation: the levels of an archive, in either order."""
