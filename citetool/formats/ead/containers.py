"""The place of a unit of a finding aid: `container` and `physloc`, as levels.

Containers are free text in practice: `Box`, `oversizeflatbox`, `Mixed Materials [32101106128315]`. Several boxes that
each have folders are pairs, which the record keeps by position.
"""

from __future__ import annotations

import re

from citetool.formats.shared.archive_text import parse_location
from citetool.lazy_re import lazy
from citetool.record.levels import LEVELS, cited, group_of, paired_names
from citetool.record.model import Level
from citetool.xmlio import Element, attribute, children, text_of

_GENERIC = lazy(
    r"(?i)mixed materials?|text|audio|graphic materials?|computer disks?|microform|object|othertype|material"
)
_TYPE_ALIASES = {
    "vol": "volume",
    "fol": "folder",
    "fldr": "folder",
    "file folder": "folder",
    "bx": "box",
    "microfilm reel": "reel",
    "microfilm": "reel",
    "case": "box",
    "pages": "page",
    "frames": "frame",
    "cassette": "tape",
    "legajo": "bundle",
    "portfolio": "folder",
}
_BOX_WORDS = lazy(r"oversized?|flat|half|cassette|reel|card|record|storage|map|artifact|av|document|small|large")


def unit_containers(did: Element | None) -> list[Level]:
    """Return the levels of the `container` elements, in the order of the source (mostly large to small)."""
    chains: list[list[Level]] = []
    by_id: dict[str, list[Level]] = {}
    for e in children(did, "container"):
        value = text_of(e).strip(" ,;:")
        own = _container(_container_type(e), value) if value else []
        parent = by_id.get(attribute(e, "parent"), chains[-1] if chains else None)
        if own and parent is not None and group_of(own[0].name) != "container":
            chain = parent
            chain += own
        else:
            chain = own
            chains += [chain] if own else []
        by_id[attribute(e, "id")] = chain
    return _paired(chains)


def _paired(chains: list[list[Level]]) -> list[Level]:
    """Return the levels of all boxes, each with what lies in it; a box of several folders once for each of them."""
    whole = [level for chain in chains for level in chain]
    if len(chains) < 2 or any(group_of(c[0].name) != "container" or len(c) < 2 for c in chains):
        return whole
    if len({(chain[0].name, level.name) for chain in chains for level in chain[1:]}) != 1:
        return whole
    pairs = dict.fromkeys((chain[0], level) for chain in chains for level in chain[1:])
    return [level for pair in pairs for level in pair]


def last_place(own: list[Level]) -> list[Level]:
    """Of several boxes the last, with what belongs to it: the place from which the next component goes on."""
    starts = [i for i, lv in enumerate(own) if group_of(lv.name) == "container"]
    return own[starts[-1] :] if starts else own


def small_to_large(own: list[Level]) -> list[Level]:
    """Containers in the order of a citation; those of one name together, since a record file writes them so."""
    order = {"item": 0, "folder": 1, "container": 2}
    given = list(dict.fromkeys(lv.name for lv in own))[::-1]  # the source has them large to small
    names = sorted(given, key=lambda name: order.get(group_of(name), 3))
    own = own if paired_names(lv.name for lv in own) else list(dict.fromkeys(own))
    return [lv for name in names for lv in own if lv.name == name]


def unit_location(did: Element | None) -> list[Level]:
    """Return the levels that the words of `physloc` name (`Box 3, Folder 7`), for units without containers."""
    words = next((text for e in children(did, "physloc") if (text := text_of(e))), "")
    levels = parse_location(words) if re.search(r"\d", words) and len(words) < 120 else []
    return [lv for lv in levels if lv.name != "call_number" and group_of(lv.name) in ("item", "folder", "container")]


def _container_type(element: Element) -> str:
    kind = attribute(element, "type", "localtype")
    label = re.sub(r"\s*\[[^\]]*\]", "", attribute(element, "label"))
    if not kind or _GENERIC.fullmatch(kind):
        kind = "" if _GENERIC.fullmatch(label) else label
    return re.sub(r"[-_.\s]+", " ", re.sub(r"\.\d+$", "", kind)).strip(" :").casefold()


def _container(kind: str, value: str) -> list[Level]:
    pair = re.fullmatch(r"(\w+)\s*[:/]\s*(\w+)", value)
    if kind in ("box folder", "boxfolder", "box:folder") and pair:
        return [Level("box", pair[1]), Level("folder", pair[2])]
    name = _TYPE_ALIASES.get(kind, kind)
    if name not in LEVELS and name.endswith("s"):
        name = _TYPE_ALIASES.get(name[:-1], name[:-1]) if name[:-1] in {*LEVELS, *_TYPE_ALIASES} else name
    if not name:
        return [Level("container", value)]
    if name in LEVELS:
        return [Level(name, _labelled(name, value))]
    for base in ("box", "folder", "reel", "volume", "item", "drawer"):
        if name.endswith(base):
            sort = _words(name.removesuffix(base).strip())
            return [Level(base, f"{sort} {base} {value}")]
    return [Level("container", value if name in value.casefold() else f"{name.capitalize()} {value}")]


def _words(text: str) -> str:
    """`oversizeflat` as `Oversize flat`."""
    parts = _BOX_WORDS.findall(text)
    spaced = " ".join(parts) if "".join(parts) == text.replace(" ", "") else text
    return spaced[:1].upper() + spaced[1:]


def _labelled(name: str, value: str) -> str:
    """Return the value with the label of its level, where `cited` would not put one (`B-002306`) and it has none."""
    label = LEVELS[name].label
    if not label or cited(Level(name, value)) != value or re.match(r"[^\W\d_]{3,}", value):
        return value
    return f"{label} {value}"
