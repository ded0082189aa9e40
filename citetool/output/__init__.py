"""Rendered citations before they are text: a tree, passes over it, and writers.

`tree` is the data; `markup` reads rich text fields into it; `textcase`, `punctuation` and `quotes` are passes;
`writers` turn the result into plain text, HTML, Markdown, RTF, LaTeX or Typst. Nothing here knows of styles.
"""
