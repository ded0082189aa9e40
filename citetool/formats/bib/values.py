"""Values of `.bib` fields as text: LaTeX decoded, or verbatim with what some programs escape all the same."""

from __future__ import annotations

import re
from typing import Any

from citetool.formats.shared.languages import language_tag
from citetool.latex import decode
from citetool.lazy_re import lazy

from .fields import LANGUAGES


def text_of(latex: str) -> str:
    """Return the plain text of a value, in one line."""
    if not latex:
        return ""
    return decode(_SPACE.sub(" ", latex)).strip() if "\n" in latex or "\t" in latex else decode(latex).strip()


_SPACE = lazy(r"[ \t\r\n]+")


def paragraphs_of(latex: str) -> list[str]:
    """Return the paragraphs of a note."""
    return [text for text in (text_of(part) for part in re.split(r"\n\s*\n|\\par\b\s*|\\\\\s*\\\\", latex)) if text]


_ESCAPED = lazy(r"\{?\\([%_&#$~{}^])(?:\{\})?\}?|\{([_~%&#])\}|\\textasciitilde\s?(?:\{\})?|\\url\s*\{([^{}]*)\}")


def verbatim_of(text: str) -> str:
    """Return a URL or number whose characters some programs escape as if it were text."""
    text = text.strip()
    if "\\" in text or "{" in text:
        text = _ESCAPED.sub(lambda m: next((g for g in m.groups() if g is not None), "~"), text)
        text = text[1:-1] if text.startswith("{") and text.endswith("}") else text
    return text.removeprefix("<").removesuffix(">")


def read_language(fields: dict[str, str], item: dict[str, Any]) -> None:
    """Put the language of an entry into the item; fields that say it are used up."""
    for name in ("langid", "language", "hyphenation"):
        text = text_of(fields.get(name, "")).lower()
        if text and "language" not in item:
            tag = LANGUAGES.get(text) or (language_tag(text) if text.isascii() else "")
            if tag:
                item["language"] = tag
                del fields[name]
        elif text and (LANGUAGES.get(text) or language_tag(text)).split("-")[0] == item["language"].split("-")[0]:
            del fields[name]
    if "language" not in item and "language" in fields:
        item["language"] = text_of(fields.pop("language"))
