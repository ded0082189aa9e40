"""Catalogues: millions of descriptions in Parquet files, made of whatever citetool reads, searched and cited at once.

Nothing here is loaded by other commands. `build` makes a catalogue of sources, `query` and `store` answer from it. The
extra `catalogue` brings pyarrow, which writes the files, and DuckDB, which searches them.
"""
