"""Citations inside manuscripts: read out of a document, rendered, and put back into it.

`model` is the interface that every format fulfils, `registry` the table of formats, `sources` finds what a document
cites, and `render` goes from places to rendered text.
"""
