"""The language server: citation keys of Markdown, LaTeX and Typst in an editor."""
