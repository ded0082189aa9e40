"""Styles and locales as data: parse, analyse and check them."""
