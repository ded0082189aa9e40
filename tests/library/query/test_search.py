from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citetool.library.index.index import Index
from citetool.library.query.parse import QueryError
from citetool.library.query.search import count_by, search_records
from citetool.record.schema import checked
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.library.library import Library


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Index]:
    """The indexes that are closed."""
    found: list[Index] = []
    close = Index.close

    def noted(index: Index) -> None:
        found.append(index)
        close(index)

    monkeypatch.setattr(Index, "close", noted)
    return found


def test_an_index_is_closed_however_the_search_ends(tmp_path: Path, closed: list[Index]) -> None:
    library = make_library(tmp_path / "lib", {f"{n}.yaml": record_text(f"{n}") for n in "abc"})
    next(hits := library.search(""))
    assert not closed
    hits.close()  # type: ignore[attr-defined]
    with pytest.raises(QueryError):
        list(library.search("nosuch:x"))
    with pytest.raises(QueryError):
        search_records([library["a"]], "nosuch:x")
    assert len(closed) == len(set(map(id, closed))) == 3


RECORDS: dict[str, dict[str, Any]] = {
    "harriman": {
        "kind": "memorandum of conversation",
        "title": "Stalin and Harriman Exchange Military Information",
        "date": "1944-06-26",
        "creators": [{"name": "Harriman, W. Averell", "role": "participant", "office": "Ambassador"}],
        "archive": {"container": "Container 173", "collection": "W. Averell Harriman Papers", "repository": "LC"},
        "digital": {"url": "https://example.org/219945"},
        "tags": ["chapter-2", "draft"],
    },
    "novikov": {
        "kind": "telegram",
        "title": "U.S. Foreign Policy in the Postwar Period",
        "original_title": "Внешняя политика США в послевоенный период",
        "date": "1946-09-27",
        "dates": {"received": "1946-10-02"},
        "creators": [
            {"name": "Novikov, Nikolai", "role": "author", "original_name": "Новиков, Николай"},
            {"name": "Molotov, V. M.", "role": "recipient"},
        ],
        "archive": {"list": "1", "delo": "d. 45", "opis": "op. 8", "fond": "f. 06", "repository": "АВПРФ"},
        "aliases": ["long-telegram-2"],
        "tags": ["chapter"],
    },
    "mao": {"kind": "letter", "title": "毛泽东致斯大林电", "date": "195X", "archive": {"box": "Box 12"}},
    "cafe": {"title": "Café de Łódź, naïve Straße", "date": "XXXX", "archive": {"box": "2", "folder": "Хрущёв"}},
    "book": {
        "kind": "book", "title": "Strategies", "date": "1982", "publication": {"publisher": "Oxford"}, "shelf": "B7",
    },
}  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(tmp_path, {f"{key}.yaml": record_text(key, **fields) for key, fields in RECORDS.items()})


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", "book cafe harriman mao novikov"),
        ("harriman", "harriman"),
        ("HARRIMAN stalin", "harriman"),
        ('"exchange military"', "harriman"),
        ('"military exchange"', ""),
        ("information 1944", "harriman"),
        ("harriman or oxford", "book harriman"),
        ("-harriman", "book cafe mao novikov"),
        ("-(harriman or kind:book)", "cafe mao novikov"),
        ("author:novikov", "novikov"),
        ("author:harriman", ""),
        ("participant:harriman", "harriman"),
        ("name:harriman", "harriman"),
        ("office:ambassador", "harriman"),
        ("recipient:molotov", "novikov"),
        ("kind:telegram", "novikov"),
        ("box:12", "mao"),
        ("box:1", ""),
        ("container:173", "harriman"),
        ("container:2", "cafe"),
        ("fond:06", "novikov"),
        ("collection:06", "novikov"),
        ("collection:harriman", "harriman"),
        ('collection:="W. Averell Harriman Papers"', "harriman"),
        ('collection:="Harriman Papers"', ""),
        ("tag:chapter", "harriman novikov"),
        ("tag:=chapter", "novikov"),
        ("tags:=chapter-2", "harriman"),
        ("url:*", "harriman"),
        ("-url:* -archive:*", "book"),
        ("publisher:oxford", "book"),
        ("shelf:b7", "book"),
        ("id:mao", "mao"),
        ("alias:long*", "novikov"),
        ("type:book", "book"),
        # case, diacritics, scripts
        ("cafe lodz", "cafe"),
        ("strasse", "cafe"),
        ("folder:хрущев", "cafe"),
        ("политика", "novikov"),
        ("author:НОВИКОВ", "novikov"),
        ("斯大林", "mao"),
        ("title:毛泽东", "mao"),
        ("东毛", ""),
        ("repository:авпрф", "novikov"),
        ("strat*", "book"),
        ("title:strat*", "book"),
        # days
        ("date:1944", "harriman"),
        ("date:1944-06", "harriman"),
        ("date:1944-07", ""),
        ("date:1944..1946", "harriman novikov"),
        ("date:1955", "mao"),
        ("date:>=1950", "book mao"),
        ("date:>1959", "book"),
        ("date:<1944-06-26", ""),
        ("date:<=1944-06-26", "harriman"),
        ("date:..1949", "harriman novikov"),
        ("date:196X", ""),
        ("received:1946-10", "novikov"),
        ("-date:1944 kind:*", "book mao novikov"),
        ("-received:* date:194X", "harriman"),
        ("changed:today", "book cafe harriman mao novikov"),
    ],
)
def test_what_a_query_finds(library: Library, query: str, keys: str) -> None:
    assert sorted(hit.key for hit in library.search(query)) == keys.split()


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("sort:date", "harriman novikov mao book cafe"),
        ("sort:-date", "book mao novikov harriman cafe"),
        ("sort:title", "cafe harriman book novikov mao"),
        ("archive:* sort:box", "cafe mao harriman novikov"),
        ("sort:-id", "novikov mao harriman cafe book"),
    ],
)
def test_orders(library: Library, query: str, keys: str) -> None:
    assert [hit.key for hit in library.search(query)] == keys.split()


def test_the_best_match_comes_first(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            "a.yaml": record_text("a", title="Notes", summary="of this and that, and much else besides, also Hull"),
            "b.yaml": record_text("b", title="Hull", summary="Hull"),
        },
    )
    assert [hit.key for hit in library.search("hull")] == ["b", "a"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("yalta", "titled named told"),  # title or key, then people, then anything
        ("yalta kind:letter", "titled named told"),
        ("yalta date:1945", "titled named told"),
        ("yal*", "titled named told"),
        ("yalta sort:relevance", "titled named told"),
        ("yalta sort:-relevance", "told named titled"),
        ("yalta or tehran", "titled named told"),
        ("titled", "titled other"),
        ("name:yalta", "named"),
    ],
)
def test_words_in_the_title_weigh_more_than_a_long_transcript(tmp_path: Path, query: str, keys: str) -> None:
    facts = {"kind": "letter", "date": "1945"}
    library = make_library(tmp_path, {
        "titled.yaml": record_text("titled", title="Yalta", files=[{"path": "long.txt", "kind": "text"}], **facts),
        "long.txt": "talk " * 5000,
        "named.yaml": record_text("named", title="A", creators=[{"name": "Yalta, A.", "role": "recipient"}], **facts),
        "told.yaml": record_text("told", title="B", summary="Yalta, Yalta, Yalta", **facts),
        "other.yaml": record_text("other", title="C", summary="a titled lady"),
    })  # fmt: skip
    assert " ".join(hit.key for hit in library.search(query)) == keys


def test_a_phrase_does_not_run_from_one_field_into_the_next(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"a.yaml": record_text("a", title="War", summary="Peace", tags=["one", "two"])})
    assert not list(library.search('"war peace"'))
    assert not list(library.search('tag:"one two"'))


def test_transcripts_are_searched(tmp_path: Path) -> None:
    text = record_text("a", title="x", files=[{"path": "a.txt", "kind": "transcript"}])
    library = make_library(tmp_path, {"sub/a.yaml": text, "sub/a.txt": "MARSHAL STALIN said …"})
    assert [hit.key for hit in library.search("marshal")] == ["a"]


def test_hits_bring_what_lists_show(library: Library) -> None:
    (hit,) = library.search("harriman")
    assert (hit.key, hit.date, hit.kind) == ("harriman", "1944-06-26", "memorandum of conversation")
    assert (hit.repository, hit.collection) == ("LC", "W. Averell Harriman Papers")
    assert hit.data()["tags"] == ["chapter-2", "draft"]


def test_a_limit(library: Library) -> None:
    assert len(list(library.search("", limit=2))) == 2


def test_counts(library: Library) -> None:
    assert count_by(library.root, "kind", "-kind:book", print) == [
        ("letter", 1), ("memorandum of conversation", 1), ("telegram", 1), ("", 1),
    ]  # fmt: skip
    assert dict(count_by(library.root, "year", "", print)) == {"1944": 1, "1946": 1, "1950": 1, "1982": 1, "": 1}


def test_records_of_a_file_are_searched_the_same_way() -> None:
    records = [checked({"id": key, **fields}) for key, fields in RECORDS.items()]
    assert [record.id for record in search_records(records, "date:>=1950 sort:-date")] == ["book", "mao"]
