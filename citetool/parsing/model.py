"""A reading: what one citation says, each part as the words of the citation.

All texts are spans of the string (`Part`), so that nothing is invented and a terminal can colour them; only the date
has a second form, EDTF. What no part covers is `unread`, and `rest` is the stretch of the string that holds it: nothing
is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.record.model import Level

from .spans import Part

if TYPE_CHECKING:
    from citetool.problems import Problem

    from .published.work import Work

_MEANS = lazy(r"[^\W_]")
THRESHOLD = 0.21  # confidence from which a reading counts as one of a source
FORM_CONFIDENCE = 0.79  # of a published work: as many of those on labels kept back have all of their facts
_AROUND = " ,;:.()\t\n"
_JOINTS = lazy(
    r"(?i)(?:[\W_]|\b(?:in|and|from|of|at|the|und|et|to|on|see|also|dated|by|through|received|or|for|as|with|an|à|a|de|von"
    r"|к|от|mit|avec|con|met|com|с|z|s|par|por|du|des|au|aux|den|dem|die|das|conducted|interviewed|geführt|réalisée?|realizad[ao])\b)+"
)
# What stands between the parts of a published work, and says which is which.
_FORM_JOINTS = lazy(
    r"(?i)(?:[\W_]|\b(?:eds?|edited|editors?|trans|translated|tr|hrsg|hgg?|bearb|éds?|dir|ред|von|par|by|und|and|et|y|of|the|in|dans"
    r"|pp?|s|sp|с|ff?|vols?|volume|nos?|nr|n|iss|issue|heft|h|jg|bde?|t|chaps?|ch|kap|docs?|dok|hier|here|ici|at|esp"
    r"|ders|dies|idem|id|coll|accessed|last|modified)\b)+"
)


@dataclass(slots=True)
class Reading:
    """One citation as it was understood.

    `parts` are spans in the order of the text; the properties give them as text. `kind` is a term of `record.kinds`.
    `confidence` is how probable it is that all is right, and `problems` says what stands against the reading.
    `tradition` names the way of citing, `supplied` says that the title is a description, `published` that this is a
    publication; `source` is the citation that a short form such as `Ibid.` goes back to, `work` the published work that
    was recognised, `printed` the CSL variables of the edition that prints the document, `fit` how well the order of its
    levels fits, `agreed` that its levels hang on no order, and `given` the levels that a later citation of the note
    gives for this one too (`..., all in Box 48`).
    """

    string: str
    parts: tuple[Part, ...] = ()
    date: str = ""
    kind: str = ""
    tradition: str = ""
    confidence: float = 0.0
    problems: tuple[Problem, ...] = ()
    supplied: bool = False
    published: bool = False
    source: Reading | None = field(default=None, repr=False)
    work: Work | None = None
    printed: dict[str, str] = field(default_factory=dict)
    given: tuple[Level, ...] = ()
    fit: float = 1.0
    agreed: bool = True
    _known_levels: tuple[tuple[Part, ...], list[Level]] | None = field(default=None, repr=False, compare=False)
    _known_texts: tuple[tuple[Part, ...], dict[str, list[str]]] | None = field(default=None, repr=False, compare=False)
    _known_gaps: tuple[tuple[Part, ...], list[tuple[int, int]]] | None = field(default=None, repr=False, compare=False)

    def texts(self, role: str) -> list[str]:
        """Return the texts of all parts of that role, in order."""
        return list(self._texts_by_role().get(role, ()))

    def text(self, role: str) -> str:
        """Return the first text of that role, or an empty one."""
        found = self._texts_by_role().get(role)
        return found[0] if found else ""

    def _texts_by_role(self) -> dict[str, list[str]]:
        if self._known_texts is None or self._known_texts[0] is not self.parts:
            found: dict[str, list[str]] = {}
            for part in self.parts:
                found.setdefault(part.role, []).append(self.string[part.start : part.end])
            self._known_texts = (self.parts, found)
        return self._known_texts[1]

    @property
    def title(self) -> str:
        """The title, borne by the document or describing it (`supplied`)."""
        return self.text("title")

    @property
    def creators(self) -> list[str]:
        """The people who wrote, sent or said it."""
        return self.texts("creator")

    @property
    def recipients(self) -> list[str]:
        """To whom it was sent."""
        return self.texts("recipient")

    @property
    def date_verbatim(self) -> str:
        """The date as written."""
        return self.text("date")

    @property
    def url(self) -> str:
        """The address that is given."""
        return self.text("url")

    @property
    def levels(self) -> list[Level]:
        """The levels of the archive in the order of the text, then those given for several citations."""
        if self._known_levels is None or self._known_levels[0] is not self.parts:
            found = [Level(p.level, self.string[p.start : p.end]) for p in self.parts if p.role == "level"]
            self._known_levels = (self.parts, found)
        known = self._known_levels[1]
        return [*known, *self.given] if self.given else known

    @property
    def unread(self) -> list[str]:
        """Return what no part covers and is more than marks and joining words, in order."""
        return [self.string[start:end] for start, end in self._gaps()]

    @property
    def rest(self) -> str:
        """The stretch of the string that holds all that was not understood; empty where all was."""
        gaps = self._gaps()
        return self.string[gaps[0][0] : gaps[-1][1]] if gaps else ""

    def _gaps(self) -> list[tuple[int, int]]:
        if self._known_gaps is None or self._known_gaps[0] is not self.parts:
            self._known_gaps = (self.parts, self._find_gaps())
        return self._known_gaps[1]

    def _find_gaps(self) -> list[tuple[int, int]]:
        gaps = []
        place = 0
        for part in (*self.parts, Part(len(self.string), len(self.string), "end")):
            if part.start > place and _MEANS.search(self.string, place, part.start):
                gap = self.string[place : part.start]
                joints = _FORM_JOINTS if self.work is not None else _JOINTS
                if not self.parts or not joints.fullmatch(gap):
                    left = len(gap) - len(gap.lstrip(_AROUND))
                    gaps.append((place + left, place + len(gap.rstrip(_AROUND))))
            place = max(place, part.end)
        return gaps

    @property
    def certainty(self) -> float:
        """The certainty of its kind: a published work that has all of a form of these, or archival.

        That of a short form is that of what it goes back to.
        """
        if self.source is not None:
            return self.source.certainty
        whole = self.work is not None and self.work.kind
        return FORM_CONFIDENCE if whole else self.confidence

    def as_dict(self) -> dict[str, object]:
        """Return the reading as plain data for `--json`: values are the words of the string, `date` is EDTF."""
        return {
            "title": self.title or None,
            "creators": self.creators,
            "recipients": self.recipients,
            "date": self.date or None,
            "date_verbatim": self.date_verbatim or None,
            "levels": [{"level": level.name, "value": level.value} for level in self.levels],
            "url": self.url or None,
            "rest": self.rest,
            "kind": self.kind or None,
            "title_is_supplied": self.supplied,
            "markings": self.texts("marking"),
            "contributors": self.texts("contributor"),
            "translators": self.texts("translator"),
            "enclosure": self.text("note") or None,
            "published": self.text("container") or None,
            "remarks": self.texts("remark"),
            "tradition": self.tradition or None,
            "unread": self.unread,
        }
