"""The command line: one thin module a command, one edge (`app.py`)."""

import gc

# a command makes some ten thousand objects that live to its end, most of them while it is loaded: looking for garbage
# among them costs 5 ms
gc.set_threshold(100_000, 20, 20)
