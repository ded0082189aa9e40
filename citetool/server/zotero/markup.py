"""The text of a picked citation in each markup that Better BibTeX's cite-as-you-write knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.latex import encode
from citetool.problems import NotFoundError, Problem, UsageError
from citetool.server.keys import item_key

from .eta import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .picks import Cited

_PANDOC_KEY = re.compile(r"\w(?:\w*[:.#$%&\-+?<>~/]?\w+)*")
_TYPST_LABEL = re.compile(r"[\w.:-]+")
_COMMAND = re.compile(r"[A-Za-z*]+")


def insert(cited: Sequence[Cited], format: str, options: Mapping[str, str]) -> str:
    """Return the text to insert. Raises NotFoundError for an unknown format, UsageError for an odd `command`."""
    write = _FORMATS.get(format)
    if write is None:
        raise NotFoundError(Problem(f"there is no format {format!r}"))
    if "command" in options and not _COMMAND.fullmatch(options["command"]):
        raise UsageError(Problem("a command has only letters, and perhaps a star"))
    return write(cited, options)


def _latex(default: str) -> Callable[[Sequence[Cited], Mapping[str, str]], str]:
    def write(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
        command = options.get("command") or default
        if not any(item.prefix or item.suffix or item.locator for item in cited):
            return f"\\{command}{{{','.join(item.key for item in cited)}}}"
        return "".join(f"\\{command}{_arguments(item)}" for item in cited)

    return write


def _fixed(command: str) -> Callable[[Sequence[Cited], Mapping[str, str]], str]:
    return lambda cited, options: _latex(command)(cited, {**options, "command": command})


def _biblatex(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    command = options.get("command") or "autocite"
    plain = not any(item.prefix or item.suffix or item.locator for item in cited)
    if len(cited) == 1 and cited[0].suppress_author and not command.endswith("*"):
        command += "*"
    if plain:
        return f"\\{command}{{{','.join(item.key for item in cited)}}}"
    if len(cited) == 1:
        return f"\\{command}{_arguments(cited[0])}"
    return f"\\{command}s" + "".join(map(_arguments, cited))


def _arguments(item: Cited) -> str:
    """Return `[before][after]{key}`, those only that are there; a page is a bare number, as LaTeX labels it."""
    place = item.locator if item.label == "page" else item.place
    after = encode(", ".join(filter(None, (place, item.suffix))))
    before = encode(item.prefix)
    if before:
        return f"[{before}][{after}]{{{item.key}}}"
    return f"[{after}]{{{item.key}}}" if after else f"{{{item.key}}}"


def _pandoc(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    brackets = bool(options.get("brackets"))
    parts = []
    for item in cited:
        key = f"@{item.key}" if _PANDOC_KEY.fullmatch(item.key) else f"@{{{item.key}}}"
        text = f"{item.prefix} " if item.prefix else ""
        text += ("-" if item.suppress_author else "") + key
        if item.locator:
            text += f", {{{item.place}}}" if brackets and item.label != "page" else f", {item.place}"
        parts.append(text + (f" {item.suffix}" if item.suffix else ""))
    joined = "; ".join(parts)
    return f"[{joined}]" if brackets else joined


def _multimarkdown(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    del options
    return "".join(f"[{item.place}][#{item.key}]" if item.locator else f"[#{item.key}][]" for item in cited)


def _typst(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    del options
    parts = []
    for item in cited:
        quoted = item.key.replace("\\", "\\\\").replace('"', '\\"')
        label = f"<{item.key}>" if _TYPST_LABEL.fullmatch(item.key) else f'label("{quoted}")'
        more = f", supplement: [{item.place}]" if item.locator else ""
        parts.append(f"#cite({label}{more})")
    return " ".join(parts)


def _asciidoctor(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    del options
    inner = ", ".join(item.key + (f"({item.locator})" if item.locator else "") for item in cited)
    return f"cite:[{inner}]"


def _jekyll(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    del options
    places = "".join(f" -l {item.locator}" for item in cited if item.locator)
    return "{% cite " + " ".join(item.key for item in cited) + places + " %}"


def _links(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    del options
    return " ".join(f"cites: {item.key}" for item in cited)


def _jupyter(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    from html import escape  # noqa: PLC0415

    del options
    return "".join(f'<cite data-cite="{escape(item.key)}"></cite>' for item in cited)


def _scannable(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    del options
    return "".join(
        f"{{ {item.prefix} | {item.key} | {item.place} | {item.suffix} |zu:0:{item_key(item.key)}}}" for item in cited
    )


def _eta(cited: Sequence[Cited], options: Mapping[str, str]) -> str:
    return fill(options.get("template", ""), [_facts(item) for item in cited])


def _facts(item: Cited) -> dict[str, object]:
    """Return a pick as templates name its parts."""
    return {"citationKey": item.key, "id": item_key(item.key), "locator": item.locator, "label": item.label,
            "prefix": item.prefix, "suffix": item.suffix, "suppressAuthor": item.suppress_author}  # fmt: skip


_FORMATS: dict[str, Callable[[Sequence[Cited], Mapping[str, str]], str]] = {
    "latex": _latex("cite"),
    "cite": _latex("cite"),
    "natbib": _latex("cite"),
    "citep": _fixed("citep"),
    "citet": _fixed("citet"),
    "biblatex": _biblatex,
    "pandoc": _pandoc,
    "mmd": _multimarkdown,
    "typst": _typst,
    "asciidoctor-bibtex": _asciidoctor,
    "jekyll": _jekyll,
    "citationLinks": _links,
    "jupyter": _jupyter,
    "scannable-cite": _scannable,
    "eta": _eta,
}
