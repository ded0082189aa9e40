"""`python -m citetool`: the command line."""

from citetool.cli.app import console_main

console_main()
