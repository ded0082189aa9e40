"""What a house style prints, the reader of citations gives back: render, then read.

Of each record the facts are compared that the style prints in its first note: title, names of writer and recipient,
date, levels in their order, digital home and address. What a style leaves out (`wilson-center`: who wrote a titled
document, `uk-national-archives`: the town) nobody can read there, so that a fact is wanted where its words are printed.

Left out, because what is printed has several readings: doubt in a date of `chicago` (`[1904?]` stands for 1904~ and
1904?), reports and other kinds that `chicago` prints as published, names of collections and series that say of
themselves neither (`Vietnam, Laos`), a second repository, and a title without a date behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citetool.citation.render import cite
from citetool.names import parse_name
from citetool.parsing import read_citation, to_record
from citetool.record.model import Creator, Digital, Holding, Level, Record

pytestmark = pytest.mark.property

STYLES = ("wilson-center", "nara", "uk-national-archives", "chicago")
PEOPLE = (
    "Harriman, W. Averell", "Stalin, Joseph", "Molotov, Vyacheslav", "Roosevelt, Eleanor", "Du Bois, W. E. B.",
    "Mao, Zedong", "Adenauer, Konrad", "Acheson, Dean", "Weathersby, Kathryn", "Kennan, George F.",
    "Éboué, Félix", "Dulles, John Foster",
)  # fmt: skip
BODIES = ("Department of State", "Embassy in Moscow", "Central Committee", "Foreign Office", "Ministry of Defense")
TITLES = (
    "Conversation between Mao and Yudin", "The Situation in Laos", "Report on Hungary",
    "Minutes of the Politburo, Protocol 7",
    "Letter to the Editor", "Notes on a Visit to Berlin, Prague, and Warsaw", "Why We Fight", "Telegram No. 45",
    "Record of a Meeting at 10 Downing Street",
)  # fmt: skip
DESCRIPTIONS = ("Minutes of a meeting of the Cabinet", "Memorandum of conversation", "Field notes", "Draft of a speech")
ARCHIVES = (
    (("division", "Manuscript Division"), ("repository", "Library of Congress"), ("place", "Washington, D.C.")),
    (("division", "Manuscripts and Archives"), ("repository", "Yale University Library"), ("place", "New Haven, CT")),
    (("repository", "Harry S. Truman Library"), ("place", "Independence, Missouri")),
    (("repository", "Hoover Institution Archives"), ("place", "Stanford, California")),
    (("repository", "Bancroft Library"),),
    (("division", "Special Collections"), ("repository", "University of Illinois at Chicago")),
)
COLLECTIONS = (
    "W. Averell Harriman Papers",
    "Records of the Chicago Urban League",
    "Theodore Fay Collection",
    "NAACP Records",
)
SERIES = ("Subject Files", "Correspondence Series", "Series II", "Series 3: General Correspondence")
RUSSIAN = ("RGANI", "RGASPI", "GARF", "AVPRF")
CLASSES = ("FO 371", "CAB 128", "PREM 11", "CO 537", "WO 106", "DEFE 4")


@dataclass(frozen=True)
class Facts:
    """The archival facts of a record, as they are compared."""

    title: str
    creators: tuple[str, ...]
    recipients: tuple[str, ...]
    date: str
    levels: tuple[Level, ...]
    digital: str
    url: str


def number(least: int = 1, most: int = 400) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(str)


def numbered(level: str, *words: str) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.sampled_from(words), number()).map(lambda pair: (level, " ".join(pair)))


def some(*parts: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Each of the parts or nothing in its place."""
    maybe = [st.none() | part for part in parts]
    return st.tuples(*maybe).map(lambda found: tuple(part for part in found if part))


def one(level: str, values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from(values).map(lambda value: (level, value))


def american() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Folder, box, series, collection, division, repository, place."""
    below = st.tuples(
        some(numbered("folder", "Folder", "folder")),
        st.tuples(numbered("box", "Box", "box")),
        some(one("series", SERIES)),
        st.tuples(one("collection", COLLECTIONS)),
        st.sampled_from(ARCHIVES),
    )
    # behind a box without a folder `Subject Files` may as well be the folder's title
    told = below.filter(lambda parts: bool(parts[0]) or ("series", "Subject Files") not in parts[2])
    return told.map(lambda parts: tuple(level for part in parts for level in part))


def nara() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """File code, folder or nothing; box, lot or entry, record group."""
    code = st.tuples(number(110, 999), number(10, 99), number(1, 12), number(41, 69))
    codes = code.map(lambda n: ("file_code", f"{n[0]}.{n[1]}/{n[2]}-{n[3]}"))
    lots = st.tuples(number(50, 82), st.sampled_from("DF"), number(10, 600)).map(lambda n: ("lot", "Lot " + "".join(n)))
    below = some(codes | numbered("folder", "Folder"), numbered("box", "Box"), lots | numbered("entry", "Entry"))
    homes = (("repository", "National Archives"), ("place", "College Park, MD"))
    group = numbered("record_group", "RG", "Record Group")
    return st.tuples(below, group).map(lambda parts: (*parts[0], parts[1], *homes))


def fonds() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Fond, opis, delo and leaves in their own order, or from small to large."""
    reference = st.tuples(
        numbered("fond", "f.", "fond"), numbered("opis", "op."), numbered("delo", "d."), numbered("list", "l.", "ll.")
    )
    either = reference | reference.map(lambda found: found[::-1])
    return st.tuples(either, one("repository", RUSSIAN)).map(lambda parts: (*parts[0], parts[1], ("place", "Moscow")))


def pieces() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Class and piece at The National Archives of the United Kingdom."""
    found = st.tuples(st.sampled_from(CLASSES), number(1, 99999))
    kew = (("repository", "The National Archives"), ("place", "Kew"))
    return found.map(lambda pair: (("class", pair[0]), ("piece", pair[1]), *kew))


def films() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Frame, reel, collection."""
    return st.tuples(numbered("frame", "frame"), numbered("reel", "reel"), one("collection", COLLECTIONS))


def dates() -> st.SearchStrategy[str]:
    day = st.tuples(st.integers(1850, 1995), st.integers(1, 12), st.integers(1, 27))
    days = day.map(lambda d: f"{d[0]}-{d[1]:02}-{d[2]:02}")
    spans = day.map(lambda d: f"{d[0]}-{d[1]:02}-{d[2]:02}/{d[0]}-{d[1]:02}-{d[2] + 1:02}")
    return days | days.map(lambda found: found[:7]) | spans | days.map(lambda found: found[:4])


def digital() -> st.SearchStrategy[Digital]:
    urls = number(100000, 299999).map(lambda n: f"https://digitalarchive.wilsoncenter.org/document/{n}")
    named = urls.map(lambda url: Digital("Wilson Center Digital Archive", url))
    bare = number().map(lambda n: Digital("", f"https://example.org/item/{n}"))
    return st.just(Digital()) | named | bare


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A letter or telegram between two, a titled memorandum, or a description."""
    levels = draw(american() | nara() | fonds() | pieces() | films())
    record = Record(
        id="r",
        date=draw(dates()),
        archive=Holding(tuple(Level(*level) for level in levels)),
        digital=draw(digital()),
    )
    form = draw(st.sampled_from(["letter", "telegram", "memorandum", "title", "description"]))
    author, recipient = draw(st.lists(st.sampled_from([*PEOPLE, *BODIES]), min_size=2, max_size=2, unique=True))
    if form in ("letter", "telegram"):
        record.kind = form
        record.creators = (Creator(parse_name(author)), Creator(parse_name(recipient), "recipient"))
    elif form == "description":
        record.supplied_title = draw(st.sampled_from(DESCRIPTIONS))
    else:
        record.kind = "memorandum" if form == "memorandum" else ""
        record.title = draw(st.sampled_from(TITLES))
        record.creators = (Creator(parse_name(author)),) if form == "memorandum" else ()
    return record


def words(creator: Creator) -> str:
    name = creator.name
    return name.literal or f"{name.given} {name.family}".strip()


def facts(record: Record, printed: str) -> Facts:
    """The facts of a record, of those that the text prints."""
    levels = [lv for lv in record.archive.levels if (f", {lv.value}" if lv.name == "place" else lv.value) in printed]
    before = printed[: min(printed.index(level.value) for level in levels)]  # a collection may have a writer's name
    named = [creator for creator in record.creators if words(creator) in before]
    return Facts(
        title=(record.title or record.supplied_title).casefold(),
        creators=tuple(words(creator) for creator in named if creator.role == "author"),
        recipients=tuple(words(creator) for creator in named if creator.role == "recipient"),
        date=record.date,
        levels=tuple(sorted(levels)),
        digital=record.digital.name,
        url=record.digital.url,
    )


AT_CAPITAL = Record(
    id="r",
    kind="letter",
    date="1850-01-01",
    creators=(Creator(parse_name(PEOPLE[0])), Creator(parse_name(PEOPLE[1]), "recipient")),
    archive=Holding(tuple(Level(*lv) for lv in (("box", "Box 1"), ("collection", COLLECTIONS[0]), *ARCHIVES[0]))),
    digital=Digital("Wilson Center Digital Archive", "https://digitalarchive.wilsoncenter.org/document/100000"),
)  # an address behind the stop of `Washington, D.C.`


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=150, deadline=None)
@given(record=records())
@example(record=AT_CAPITAL)
def test_what_is_printed_is_read(style: str, record: Record) -> None:
    (printed,) = cite([record], style=style, form="note")
    assert facts(to_record(read_citation(printed)), printed) == facts(record, printed), printed
