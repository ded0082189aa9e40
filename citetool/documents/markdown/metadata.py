"""The settings in the YAML block of a Markdown document: style, bibliography, language, nocite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.documents.own_items import items_in
from citetool.documents.settings import Settings
from citetool.lazy_re import lazy
from citetool.problems import CitetoolError, Problem, Where
from citetool.record.yamltext import parse_yaml

from .grammar import KEY, key_of

if TYPE_CHECKING:
    import re

_KEY = lazy(rf"(?<![\w@]){KEY}|@\*")
_TRUE = ("true", "yes", "on")


def settings_of(front: re.Match[str] | None, source: str) -> tuple[Settings, list[Problem]]:
    """Return the settings, and a warning where the block is not YAML that can be read."""
    settings = Settings()
    values: Any = {}
    problems: list[Problem] = []
    if front is not None:
        try:
            values = parse_yaml(front["yaml"], source)
        except CitetoolError as error:
            fault = error.problems[0]
            line = (fault.where.line or 1) + 1
            message = f"its settings cannot be read: {fault.message}"
            problems.append(Problem(message, Where(source, line), "mend the YAML block", "warning"))
    if not isinstance(values, dict):
        values = {}
    settings.style = _text(values.get("csl") or values.get("citation-style"))
    settings.locale = _text(values.get("lang") or values.get("language"))
    bibliography = values.get("bibliography") or []
    listed = bibliography if isinstance(bibliography, list) else [bibliography]
    settings.bibliography = [str(name) for name in listed if isinstance(name, str)]
    nocite = values.get("nocite") or ""
    settings.nocite = keys_in("\n".join(map(str, nocite)) if isinstance(nocite, list) else str(nocite))
    settings.references = items_in(values.get("references"), markdown=True)
    settings.suppress_bibliography = _true(values.get("suppress-bibliography"))
    settings.link_citations = _true(values.get("link-citations"))
    settings.notes_after_punctuation = _text(values.get("notes-after-punctuation") or "true").lower() in _TRUE
    settings.facts = {
        "csl": settings.style or None,
        "lang": settings.locale or None,
        "bibliography": (settings.bibliography[0] if len(settings.bibliography) == 1 else settings.bibliography)
        or None,
    }
    return settings, problems


def keys_in(text: str) -> list[str]:
    """Return the keys of a `nocite` value, each once; `*` stands for all."""
    return list(dict.fromkeys("*" if match[0] == "@*" else key_of(match) for match in _KEY.finditer(text)))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _true(value: object) -> bool:
    return _text(value).lower() in _TRUE
