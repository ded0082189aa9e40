"""The metadata of pandoc's tree: settings of citations, and items that stand in it."""

from __future__ import annotations

from typing import Any

from citetool.documents.own_items import items_in
from citetool.documents.settings import Settings

from .inlines import Node, plain_of, text_of


def value_of(node: Any, *, rich: bool = False) -> Any:
    """Return a metadata value as text, truth value, list or dict; a `rich` text has the markup of CSL."""
    if not isinstance(node, dict):
        return node
    kind, content = node.get("t"), node.get("c")
    if kind == "MetaMap":
        return {name: value_of(one, rich=rich) for name, one in (content or {}).items()}
    if kind == "MetaList":
        return [value_of(one, rich=rich) for one in content or []]
    if kind in ("MetaBool", "MetaString"):
        return content
    return text_of(content or [], plain_of) if rich and kind == "MetaInlines" else plain_of(content)


def cited_in(node: Any) -> list[str]:
    """Return the keys that are cited anywhere in a value, each once."""
    keys: dict[str, None] = {}
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif isinstance(one, dict):
            if one.get("t") == "Cite":
                keys.update(dict.fromkeys(cite["citationId"] for cite in one["c"][0]))
            else:
                waiting.extend(one.values())
    return list(keys)


def settings_of(meta: dict[str, Node]) -> Settings:
    """Return the settings of citations."""
    values = {name: value_of(node) for name, node in meta.items() if name not in ("nocite", "references")}
    listed = values.get("bibliography") or []
    settings = Settings(
        style=str(values.get("csl") or values.get("citation-style") or ""),
        locale=str(values.get("lang") or ""),
        bibliography=[str(name) for name in (listed if isinstance(listed, list) else [listed])],
        nocite=cited_in(meta.get("nocite")),
        suppress_bibliography=_true(values.get("suppress-bibliography"), default=False),
        link_citations=_true(values.get("link-citations"), default=False),
        notes_after_punctuation=_true(values.get("notes-after-punctuation"), default=True),
    )
    settings.references = items_in(value_of(meta.get("references"), rich=True))
    settings.section_title = str(values.get("reference-section-title") or "")
    settings.facts = {
        "csl": settings.style or None,
        "lang": settings.locale or None,
        "bibliography": (settings.bibliography[0] if len(settings.bibliography) == 1 else settings.bibliography)
        or None,
    }
    return settings


def _true(value: object, *, default: bool) -> bool:
    if value is None or value == "":
        return default
    return value is True or str(value).lower() in ("true", "yes", "on")
