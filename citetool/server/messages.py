"""JSON that programs send, made safe at the door: nothing that cannot be written again goes further in."""

from __future__ import annotations

import json
from typing import Any

from citetool.lazy_re import lazy

_SURROGATE = lazy(r"\\u[dD][89a-fA-F]")


def read_json(body: bytes | str) -> Any:
    r"""Return the data of a body. Raises ValueError for what is no JSON, or is nested too deep to be read.

    Halves of characters (`"\ud800"`), which no file and no answer can hold, become U+FFFD.
    """
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        data = json.loads(text)
        if _SURROGATE.search(text):
            whole = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            data = json.loads(whole)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return data
