"""All checks of a document, in the order of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.typed import read_typed
from citetool.problems import Problem, UsageError, suggest

from .findings import CHECKS, DocumentFinding
from .keys import check_files, check_keys, check_records, check_repeats, check_spellings
from .locators import check_locators
from .typed import check_typed
from .typed_sources import check_typed_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.documents.model import Document
    from citetool.documents.sources import Sources
    from citetool.parsing import Context


def check_document(
    document: Document, sources: Sources, only: Sequence[str] = (), context: Context | None = None
) -> list[DocumentFinding]:
    """Return what the checks find, in the order of the document; `only` names those that count.

    `context` has the short forms that the reader of typed notes knows. Raises UsageError for the name of a check that
    there is not.
    """
    for name in only:
        if name not in CHECKS:
            hint = suggest(name, CHECKS) or f"one of: {', '.join(CHECKS)}"
            raise UsageError(Problem(f"there is no check {name!r}", hint=hint))
    citations = [] if document.places else read_typed(document, None, context)
    findings = [
        *check_keys(document, sources),
        *check_repeats(document),
        *check_locators(document, sources),
        *check_spellings(document, sources),
        *check_records(document, sources),
        *check_typed(document, citations),
        *check_typed_sources(document, citations),
        *check_files(document, sources),
    ]
    wanted = [finding for finding in findings if not only or finding.check in only]
    return sorted(wanted, key=lambda one: _order(one, document.source))


def _order(finding: DocumentFinding, source: str) -> tuple[bool, str, int, int, int]:
    where = finding.problem.where
    return where.source != source, where.source or "", where.line or 0, where.column or 0, finding.note or 0
