"""Hypothesis strategies for records, as wild as a record file may be and no wilder: what `schema.checked` accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from citetool.record.kinds import CSL_TYPES, KINDS
from citetool.record.levels import LEVELS
from citetool.record.roles import ROLES
from citetool.record.schema import checked

if TYPE_CHECKING:
    from citetool.record.model import Record

# What breaks formats: LaTeX specials and macros, markup, quotes, separators of RIS and of our own notes, scripts.
_AWKWARD = st.sampled_from(
    [
        "A & B", "100 %", "#1", "$5", "a_b", "x^2", "~1944", "C:\\temp", "\\textit{x}", "{NASA}", "{", "}", "\\",
        "\\\\",
        "<i>Iliad</i>", "a < b > c", "“quoted”", "\"plain\"", "'single'", "l’été",
        "Ünal", "naïve café", "Łódź", "Ğğ İı",
        "Телеграмма", "東京", "تهران", "𝒜 and 😀", "e\u0301", "-", "--", "---", "–", "—", "...", "TY  - MANSCPT",
        "ER  -", "note: this", "archive-place: Rome", "citetool(", "citetool(a: b)", "a, b; c", "(x)", "[y]", "and",
        "others", "Smith and Jones", "@book{x,", "{\\'e}", "\\'e", "\\ss", "``quoted''", "?`", "!`", "$x_1$", "<span>",
        "&amp;", "&#233;", "%20", "https://example.org/a_b?c=d&e=f#g~h", "van der", "a  b", "\u00a0",
        "x\u00a0y", "no. 5",
    ]
)  # fmt: skip
_PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)
_WORDS = st.sampled_from(["Letter", "to", "the Secretary", "of State", "Memorandum", "Papers", "1944", "RG 59"])


def texts() -> st.SearchStrategy[str]:
    """One line of text, neither empty nor with white space around it."""
    joined = st.lists(_WORDS | _AWKWARD | _PLAIN, min_size=1, max_size=5).map(" ".join)
    return joined.map(str.strip).filter(bool)


def long_texts() -> st.SearchStrategy[str]:
    """Text that may have several lines."""
    lines = st.lists(texts() | st.just(""), min_size=1, max_size=4).map("\n".join)
    return (texts() | lines).map(str.strip).filter(bool)


def edtf_dates() -> st.SearchStrategy[str]:
    """EDTF of levels 0 to 2, and the plain dates that nearly all records have."""
    year = st.integers(1, 9999).map(lambda y: f"{y:04d}")
    month = st.integers(1, 12).map(lambda m: f"{m:02d}")
    day = st.integers(1, 28).map(lambda d: f"{d:02d}")
    plain = st.one_of(year, st.tuples(year, month).map("-".join), st.tuples(year, month, day).map("-".join))
    marked = st.tuples(plain, st.sampled_from("?~%")).map("".join)
    season = st.tuples(year, st.sampled_from(["21", "22", "23", "24"])).map("-".join)
    # a month and a season of one year do not sort as text
    interval = st.one_of(st.tuples(plain, plain), st.tuples(season, season)).map(sorted).map("/".join)
    odd = st.sampled_from(
        [
            "195X", "19XX", "XXXX", "1944-XX", "1944-06-XX", "1944-XX-XX", "1950/..", "../1950", "1950/", "/1950",
            "1930~/1935", "1930?/1935~", "[1667,1668]", "{1944-06-26,1944-06-27}", "[1670..1672]", "-0043-03-15",
            "0000", "Y170000002", "1944-?06-26", "2001-34", "1950S2", "1944-06-26T12:30:00", "1944-06~-26", "-0001",
        ]
    )  # fmt: skip
    return st.one_of(plain, plain, marked, season, interval, odd)


def names() -> st.SearchStrategy[dict[str, str]]:
    """Names in plain form: with parts, with particles and suffixes, of one part, of bodies, of several scripts."""
    known = st.sampled_from(
        [
            "Harriman, W. Averell", "van Gogh, Vincent", "Beethoven, Ludwig van", "King, Martin Luther, Jr.", "Pavlov",
            "de Gaulle, Charles", "d'Ormesson, Wladimir", "Department of State", "毛泽东", "Сталин, И. В.",
            "Ben-Gurion, David", "von und zu Guttenberg, Karl Theodor", "O’Neill, Tip", "al-Assad, Hafiz",
            "Barnes and Noble, Inc.", "Smith & Sons", "{Braced}, B.", "Marks, O'Brien", "Habsburg, Otto von, III",
        ]
    )  # fmt: skip
    part = texts()
    parts = st.fixed_dictionaries(
        {"family": part}, optional={"given": part, "dropping": part, "non_dropping": part, "suffix": part}
    )
    return st.one_of(known.map(lambda n: {"name": n}), parts, part.map(lambda text: {"literal": text}))


def creators() -> st.SearchStrategy[dict[str, Any]]:
    """Creators in plain form, mostly with known roles."""
    role = st.sampled_from(["author", "author", "recipient", *ROLES]) | texts()
    part = st.fixed_dictionaries(
        {"role": role}, optional={"office": texts(), "original_name": texts(), "rank": texts()}
    )
    return st.builds(_joined, names(), part)


def _joined(name: dict[str, str], rest: dict[str, str]) -> dict[str, Any]:
    return {**name, **rest}


_HOLDINGS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"container": "Container 173", "collection": "W. Averell Harriman Papers", "division": "Manuscript Division",
         "repository": "Library of Congress", "place": "Washington, D.C."},
        {"list": "ll. 193-194", "delo": "d. 131", "opis": "op. 49", "fond": "f. 5", "repository": "RGANI",
         "place": "Moscow"},
        {"fond": "f. 5", "opis": "op. 49", "delo": "131", "repository": "RGANI"},
        {"piece": "123", "class": "FO 371", "repository": "The National Archives", "place": "Kew"},
        {"folder": "6", "box": "10", "series": "Series 1: Correspondence", "record_group": "59",
         "repository": "National Archives", "place": "College Park, MD"},
        {"frame": "frames 12-15", "reel": "3", "collection": "Diary"},
        {"call_number": "Harley MS 7334", "repository": "British Library", "place": "London"},
        {"box": ["Box 1", "Box 2"], "collection": "Papers, 1930–1950"},
        {"repository": "Hoover Institution"},
        {"place": "Rome"},
    ]
)  # fmt: skip


def holdings() -> st.SearchStrategy[dict[str, Any]]:
    """Holdings in plain form, of all traditions, also with levels that the vocabulary does not have."""
    level = st.sampled_from([*LEVELS, "shelf", "Signatur"])
    return _HOLDINGS | st.dictionaries(level, texts() | st.lists(texts(), min_size=2, max_size=2), max_size=4)


def _plain() -> st.SearchStrategy[Any]:
    return st.recursive(
        texts(),
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(texts(), inner, min_size=1, max_size=3),
        max_leaves=4,
    )


_VARIABLES = st.sampled_from(
    [
        "container-title", "publisher", "publisher-place", "volume", "issue", "page", "edition", "collection-title",
        "collection-number", "number", "number-of-pages", "number-of-volumes", "event-title", "section", "status",
        "version", "chapter-number", "container-title-short", "source", "archive", "archive_location", "call-number",
        "annote", "dimensions", "x-own", "original-publisher", "jurisdiction", "authority", "genre", "note", "DOI",
    ]
)  # fmt: skip


def plain_records() -> st.SearchStrategy[dict[str, Any]]:
    """Records in plain form."""
    kind = st.sampled_from(list(KINDS)) | st.sampled_from(["Letter", "résumé of talks", "PhD thesis"])
    several = st.lists(texts(), min_size=1, max_size=3)
    language = st.sampled_from(["en", "ru", "de-AT", "zh-Hans", "sr-Latn-RS", "tlh"])
    optional: dict[str, st.SearchStrategy[Any]] = {
        "kind": kind,
        "type": st.sampled_from(sorted(CSL_TYPES)),
        **dict.fromkeys(
            ("title", "supplied_title", "short_title", "original_title", "transliterated_title", "translated_title",
             "place", "date_text", "extent", "medium", "rights", "citation"), texts()),
        **dict.fromkeys(("summary",), long_texts()),
        "notes": st.lists(long_texts(), min_size=1, max_size=3),
        **dict.fromkeys(("aliases", "markings", "subjects", "tags"), several),
        "creators": st.lists(creators(), min_size=1, max_size=4),
        "date": edtf_dates(),
        "dates": st.dictionaries(
            st.sampled_from(["received", "sent", "event", "original", "declassified"]), edtf_dates(), min_size=1
        ),
        "language": st.lists(language, min_size=1, max_size=2),
        "original_language": st.lists(language, min_size=1, max_size=2),
        "archive": holdings(),
        "copies": st.lists(holdings().filter(bool), min_size=1, max_size=2),
        "digital": st.fixed_dictionaries(
            {},
            optional={
                "name": texts(),
                "url": st.sampled_from(["https://example.org/a_b~c?d=%20&e=1#f", "http://x.org/219945"]) | texts(),
                "id": texts() | st.just("219945"),
                "accessed": edtf_dates(),
                "contents": several,
                "quality": texts(),
            },
        ),
        "publication": st.dictionaries(_VARIABLES, texts(), min_size=1, max_size=5),
        "identifiers": st.dictionaries(
            st.sampled_from(["doi", "isbn", "issn", "pmid", "naid", "ark"]), texts(), min_size=1, max_size=3
        ),
        "files": st.lists(
            st.fixed_dictionaries({"path": st.sampled_from(["219945.txt", "scans/1.jpg"])}, optional={"kind": texts()}),
            min_size=1, max_size=2,
        ),
        "metadata": st.fixed_dictionaries(
            {"source": texts()}, optional={"retrieved": edtf_dates(), "inferred": several, "note": texts()}
        ),
        "shelf": _plain(),
        "review": _plain(),
    }  # fmt: skip
    key = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,11}", fullmatch=True)
    return st.fixed_dictionaries({"id": key}, optional=optional)


def records() -> st.SearchStrategy[Record]:
    """Faultless records with any of their fields."""
    return plain_records().map(checked)
