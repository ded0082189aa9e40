"""Citation styles: to search, and to see with records of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.routing import Route

from citetool.citation.render import cite
from citetool.citation.styles import catalog
from citetool.output.writers.html import with_classes
from citetool.problems import CitetoolError
from citetool.server.styles import checked_style
from citetool.server.zotero.rendering import style_folders

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from citetool.record.model import Record

    from .site import Site

_FORMS = {"note": ("note", "short", "bibliography"), "in-text": ("in-text", "bibliography")}
_MOST = 60
_SAMPLES = 6


class Stylebook:
    """The pages of styles."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.shelf = site.shelf

    @property
    def routes(self) -> list[Route]:
        """The addresses of these pages."""
        return [Route("/styles", self.styles), Route("/style/{name:path}", self.style)]

    def styles(self, request: Request) -> Response:
        """Answer with citetool's own styles, or with those of all that have the words."""
        words = request.query_params.get("words", "").split()[:8]
        found = catalog.search(words, folders=self._folders, stock=bool(words))
        return self.site.show("styles.html", request, words=" ".join(words), styles=found[:_MOST], total=len(found))

    def style(self, request: Request) -> Response:
        """Answer with one style: what it says of itself, and how it prints records of several kinds."""
        name = request.path_params["name"]
        try:
            info = catalog.show(checked_style(name), folders=self._folders)
            keys = request.query_params.getlist("key")[:_SAMPLES] or self._samples()
            shown = [(record, self._forms(record, info.id, info.style_class)) for record in self.shelf.find(keys)]
        except CitetoolError as error:
            return self.site.fault_of(request, error)
        return self.site.show("style.html", request, info=info, shown=shown)

    @property
    def _folders(self) -> tuple[Path, ...]:
        return style_folders(self.shelf.library.root)

    def _samples(self) -> list[str]:
        """Return the keys of the first record of each of the most frequent kinds."""
        of_kind: dict[str, list[str]] = {}
        for entry in self.shelf.now().entries.values():
            of_kind.setdefault(entry.kind, []).append(entry.key)
        largest = sorted(of_kind.values(), key=len, reverse=True)[:_SAMPLES]
        return [keys[0] for keys in largest]

    def _forms(self, record: Record, style: str, style_class: str) -> list[tuple[str, Markup]]:
        forms = []
        for form in _FORMS.get(style_class, _FORMS["in-text"]):
            try:
                text = cite([record], style=style, form=form, format="html", folders=self._folders)[0]
                forms.append((form, Markup(with_classes(text))))  # the writer has escaped all text
            except CitetoolError as error:
                forms.append((form, Markup.escape(error.problems[0].message)))
        return forms
