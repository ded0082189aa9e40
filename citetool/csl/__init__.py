"""A CSL 1.0.2 processor: CSL-JSON items and a style in, citations and bibliographies out.

    from citetool.csl import Processor

    processor = Processor(style, items, locale=None)
    texts = processor.cite(clusters, format="text")        # one string for each cluster
    result = processor.bibliography(format="html")         # Bibliography: entries [(ids, text)], parameters

* `style`: a `pathlib.Path` or path string, XML text or bytes, or a parsed `Style`.
* `items`: CSL-JSON dicts (any iterable). Each needs `id`; order is the order of an unsorted bibliography.
* `locale`: a tag such as `de-DE`; default is the style's `default-locale`, else en-US.
* `clusters`: the citations of a document in order, each a dict
  `{"citationID": "c1", "citationItems": [{"id", "locator", "label", "prefix", "suffix", "suppress-author",
  "author-only", "position"}], "properties": {"noteIndex": 1}}`; a bare list of cite dicts is a cluster as well.

`cite` replaces the document; `append_cluster`, `insert_cluster`, `replace_cluster` and `remove_cluster` change it, in
the time of what changes. `processor.problems` holds warnings.
Output formats are the names in `citetool.output.writers.WRITERS`. It knows nothing of records or files of ours.
Each name brings its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citetool.csl.document.bibliography import Bibliography
    from citetool.csl.document.processor import Processor
    from citetool.csl.style.nodes import Style, StyleError
    from citetool.csl.style.parse import parse_style

_NAMES = {
    "Bibliography": "document.bibliography",
    "Processor": "document.processor",
    "Style": "style.nodes",
    "StyleError": "style.nodes",
    "parse_style": "style.parse",
}
__all__ = ["Bibliography", "Processor", "Style", "StyleError", "parse_style"]


def __getattr__(name: str) -> Any:
    """Return a public name from its module, which Python asks for when the name is not here yet."""
    if name not in _NAMES:
        raise AttributeError(f"module 'citetool.csl' has no attribute {name!r}")
    value = getattr(import_module(f"citetool.csl.{_NAMES[name]}"), name)
    globals()[name] = value
    return value
