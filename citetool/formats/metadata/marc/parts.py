"""The parts of a MARC record, in either dialect: a leader, control fields, fields of subfields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Field(NamedTuple):
    """One variable field: tag, two indicators, subfields in their order."""

    tag: str
    ind1: str
    ind2: str
    subfields: tuple[tuple[str, str], ...]

    def get(self, codes: str, joint: str = " ") -> str:
        """Return the subfields with these codes, in the field's order, in one text."""
        return joint.join(text for code, text in self.subfields if code in codes and text)

    def all(self, code: str) -> list[str]:
        """Each subfield with this code."""
        return [text for other, text in self.subfields if other == code and text]


@dataclass(slots=True)
class Marc:
    """A MARC record: leader (24 characters), control fields by tag, variable fields in their order."""

    leader: str = ""
    control: dict[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)

    def all(self, *tags: str) -> list[Field]:
        """Return the fields with one of these tags; a tag of two digits stands for ten."""
        return [f for f in self.fields if f.tag in tags or f.tag[:2] in tags]

    def first(self, *tags: str) -> Field:
        """Return the first field with one of these tags, or an empty one."""
        return next(iter(self.all(*tags)), _NONE)

    @property
    def sort(self) -> str:
        """Leader 06, type of record: `a` text, `t` manuscript, `p` mixed materials, `z` authority ..."""
        return self.leader[6:7]

    @property
    def level(self) -> str:
        """Leader 07, bibliographic level: `m` monograph, `a` part, `c` collection, `s` serial ..."""
        return self.leader[7:8]


_NONE = Field("", " ", " ", ())
