"""The command line: one thin module for each command, one edge (`app`)."""

from citetool.collector import collect_rarely

# A command makes some ten thousand objects that live to its end, most of them while it is loaded, and the records of a
# long conversion come and go without circles: looking for garbage as often as by default is time lost.
collect_rarely()
