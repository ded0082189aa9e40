"""The work behind commands that join several packages, such as add and import."""
