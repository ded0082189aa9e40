"""Roles of people and bodies in a source: role, CSL name variable, MARC relator code.

The CSL variable is the one that styles print in the right place (CSL 1.0.2, "Name variables"); roles that CSL does
not know go to `contributor`, and only for reference managers: who was in the room did not write the memorandum, and
some styles would print "with X".
"""

from __future__ import annotations

from citetool.struct import NamedTuple


class Role(NamedTuple):
    """One role: the CSL variable it is printed through, and its MARC relator code."""

    csl: str
    marc: str


ROLES: dict[str, Role] = {
    "author": Role("author", "aut"),
    "creator": Role("author", "cre"),  # who made the collection (EAD origination)
    "sender": Role("author", "crp"),
    "photographer": Role("author", "pht"),
    "artist": Role("author", "art"),
    "cartographer": Role("author", "ctg"),
    "speaker": Role("author", "spk"),
    "interviewee": Role("author", "ive"),
    "signatory": Role("author", "ato"),
    "recipient": Role("recipient", "rcp"),
    "interviewer": Role("interviewer", "ivr"),
    "editor": Role("editor", "edt"),
    "editor-translator": Role("editor-translator", "edt"),  # MARC has one code for each of the two
    "translator": Role("translator", "trl"),
    "collection-editor": Role("collection-editor", "pbd"),
    "container-author": Role("container-author", "aui"),
    "original-author": Role("original-author", "ant"),
    "reviewed-author": Role("reviewed-author", "rev"),
    "editorial-director": Role("editorial-director", "red"),
    "director": Role("director", "drt"),
    "producer": Role("producer", "pro"),
    "composer": Role("composer", "cmp"),
    "illustrator": Role("illustrator", "ill"),
    "performer": Role("performer", "prf"),
    "narrator": Role("narrator", "nrt"),
    "host": Role("host", "hst"),
    "guest": Role("guest", "gst"),
    "compiler": Role("compiler", "com"),
    "chair": Role("chair", "mod"),
    "organizer": Role("organizer", "orm"),
    "curator": Role("curator", "cur"),
    "script-writer": Role("script-writer", "aus"),
    "series-creator": Role("series-creator", "sgn"),
    "executive-producer": Role("executive-producer", "exp"),
    "contributor": Role("contributor", "ctb"),
    "participant": Role("contributor", "ppt"),
    "interpreter": Role("contributor", "itr"),
    "drafter": Role("contributor", "drm"),
    "transcriber": Role("contributor", "trc"),
    "witness": Role("contributor", "wit"),
    "donor": Role("contributor", "dnr"),
    "addressee": Role("recipient", "adr"),
}

# For reading: the role that a CSL variable stands for when nothing says more.
CSL_ROLE: dict[str, str] = {role.csl: role.csl for role in ROLES.values()}
MARC_ROLE: dict[str, str] = {role.marc: name for name, role in reversed(ROLES.items())}  # the first of a code counts


def csl_variable(role: str) -> str:
    """Return the CSL name variable of a role; `contributor` for a role that the table does not have."""
    known = ROLES.get(role)
    return known.csl if known else "contributor"
