"""The settings of a document for its own citations, as its metadata or its program's preferences name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Settings:
    """The settings that a document names for its own citations.

    `style` is a style's name, path or URL, `bibliography` the files of sources as named, `nocite` the keys that stand
    in the bibliography uncited (`*`: all), `references` CSL-JSON items that stand in the document, `section_title` the
    heading of a bibliography at the end. `facts` is printed as `style` by `doc places`.
    """

    style: str = ""
    locale: str = ""
    bibliography: list[str] = field(default_factory=list)
    nocite: list[str] = field(default_factory=list)
    suppress_bibliography: bool = False
    link_citations: bool = False
    notes_after_punctuation: bool = True
    references: list[dict[str, Any]] = field(default_factory=list)
    section_title: str = ""
    facts: dict[str, Any] | None = None
