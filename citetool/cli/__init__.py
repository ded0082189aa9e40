"""The command line: one thin module a command, one edge (`app.py`)."""
