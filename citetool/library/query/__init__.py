"""The query language: parse a query, translate it to SQL, search the index."""
