"""The record of a source: its model, its vocabulary and its plain form. No files, no network, no XML."""
