from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.bib import biblatex, bibtex
from citetool.formats.bib.entries import BibEntry, read_entries
from citetool.formats.bib.names import read_names, write_name
from citetool.names import Name
from citetool.problems import InputError
from citetool.record.schema import checked, to_plain
from tests.factories import make_book, make_record
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record


def read_text(text: str | bytes) -> ReadResult:
    data = text.encode() if isinstance(text, str) else text
    return collect(bibtex.read(io.BytesIO(data), ReadOptions("x.bib")))


def read_one(text: str) -> Record:
    result = read_text(text)
    assert not result.rejected
    return result.records[0]


def fields(record: Record, dialect: str | None = None, *, latex: bool = False) -> dict[str, str]:
    module = biblatex if latex else bibtex
    text = "".join(module.write([record], WriteOptions(dialect=dialect, lossless=True)))
    entry = next(iter(read_entries(io.BytesIO(text.encode()), ReadOptions())))
    assert isinstance(entry, BibEntry)
    return {"": entry.type, **entry.fields}


def test_first_record_in_bibtex() -> None:
    written = fields(make_record())
    expected = {
        "": "unpublished",
        "title": "{Stalin and Harriman Exchange Military Information}",
        "type": "memorandum of conversation",
        "year": "1944",
        "month": "jun",
        "day": "26",
        "note": "Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress, "
        "Washington, D.C. Wilson Center Digital Archive, 219945",
        "institution": "Library of Congress",
        "address": "Washington, D.C.",
        "language": "english",
        "url": "https://digitalarchive.wilsoncenter.org/document/219945",
    }
    assert expected.items() <= written.items()


def test_first_record_in_biblatex() -> None:
    record = make_record(creators=[{"name": "Harriman, W. Averell"}])
    expected = {
        "": "unpublished",
        "author": "Harriman, W. Averell",
        "date": "1944-06-26",
        "note": "Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress",
        "location": "Washington, D.C.",
        "addendum": "Wilson Center Digital Archive, 219945",
        "library": "Library of Congress, Manuscript Division, W. Averell Harriman Papers, Container 173",
        "langid": "english",
    }
    written = fields(record, latex=True)
    assert expected.items() <= written.items()
    assert written["annote"].startswith("Wilson Center Digital Archive, 219945 citetool(")


def test_dialects_of_biblatex() -> None:
    chicago = fields(make_record(), "chicago", latex=True)
    assert (chicago[""], chicago["entrysubtype"]) == ("misc", "memorandum of conversation")
    assert (chicago["note"], chicago["organization"], chicago["institution"]) == (
        "Container 173, W. Averell Harriman Papers",
        "Manuscript Division",
        "Library of Congress",
    )
    assert chicago["title"].startswith(r"{\mkbibquote") or chicago["title"].startswith(r"\mkbibquote")
    letter = fields(make_record(kind="letter", place="Moscow"), "chicago", latex=True)
    assert (letter["origdate"], letter["origlocation"]) == ("1944-06-26", "Moscow")
    mla = fields(make_record(), "mla", latex=True)
    assert (mla["number"], mla["library"]) == (
        "Container 173",
        "W. Averell Harriman Papers, Manuscript Division, Library of Congress",
    )


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("1769?", "1769?"),
        ("1936~", "circa 1936"),
        ("19XX", "1900--1999"),
        ("1911/1912", "1911--1912"),
        ("1890/..", "1890--"),
        ("1944-06-26", "1944"),
    ],
)
def test_every_date_has_a_year_for_bibtex(date: str, year: str) -> None:
    assert fields(make_record(date=date))["year"] == year
    assert read_one("".join(bibtex.write([make_record(date=date)], WriteOptions()))).date == date


def test_a_letter_has_the_title_that_a_reader_would_give_it_and_gets_rid_of_it() -> None:
    people = [{"name": "Creel, George", "role": "author"}, {"name": "House, Edward M.", "role": "recipient"}]
    letter = make_record(kind="letter", title=None, creators=people)
    for dialect in (None, "chicago"):
        assert "George Creel to Edward M. House" in fields(letter, dialect, latex=True)["title"]
    for module in (bibtex, biblatex):
        read = read_one("".join(module.write([letter], WriteOptions())))
        assert (read.title, read.kind, read.creators) == ("", "letter", letter.creators)


@pytest.mark.parametrize(
    ("tag", "language", "langid"),
    [
        ("de", "german", "ngerman"),
        ("de-AT", "german", "naustrian"),
        ("ru", "russian", "russian"),
        ("ka", "Georgian", "georgian"),
    ],
)
def test_language_is_a_word_that_biblatex_prints(tag: str, language: str, langid: str) -> None:
    written = fields(make_record(language=[tag]), latex=True)
    assert (written["language"], written["langid"]) == (language, langid)
    assert read_one("".join(biblatex.write([make_record(language=[tag])], WriteOptions()))).language == (tag,)


def test_quotes_in_a_title_are_those_of_the_style() -> None:
    record = make_record(title="“The Long Peace”: A Speech")
    assert fields(record, "chicago", latex=True)["title"] == r"\mkbibquote{\mkbibquote{The Long Peace}: A Speech}"
    assert read_one("".join(biblatex.write([record], WriteOptions()))).title == record.title


def test_a_thesis_of_a_database_stays_a_thesis() -> None:
    thesis = make_book(kind="thesis", archive={"repository": "ProQuest"}, publication={"publisher": "Yale University"})
    written = fields(thesis, latex=True)
    assert (written[""], written["institution"], written["library"]) == ("thesis", "Yale University", "ProQuest")


def test_who_is_no_author_has_a_list_of_his_own() -> None:
    people = [
        {"name": "Bryan, William Jennings", "role": "author"},
        {"name": "Herrick, Myron T.", "role": "recipient"},
        {"literal": "Department of State", "role": "recipient"},
        {"name": "Doe, Jane", "role": "translator"},
    ]
    record = make_record(kind="telegram", creators=people, place="Washington")
    written = fields(record, latex=True)
    assert (written["author"], written["namea"], written["nameatype"]) == (
        "Bryan, William Jennings",
        "Herrick, Myron T. and {Department of State}",
        "recipient",
    )
    assert (written["nameb"], written["namebtype"]) == ("Doe, Jane", "translator")
    assert written["origlocation"] == "Washington"
    text = "".join(biblatex.write([record], WriteOptions(lossless=False)))
    assert read_one(text).creators == record.creators
    assert not {"namea", "nameb"} & fields(record, "chicago", latex=True).keys()
    assert "origlocation" not in fields(record, "mla", latex=True)


def test_the_site_of_a_page_comes_along() -> None:
    page = make_book(
        kind="webpage", publication=None, digital={"name": "NARA", "url": "https://archives.example.gov/a"}
    )
    assert fields(page, latex=True)["addendum"] == "NARA"
    assert read_one("".join(biblatex.write([page], WriteOptions(lossless=True)))) == page


def test_names_with_a_part_of_any_words() -> None:
    text = "@video{a, title = {t}, namea = {Arau, Alfonso}, nameatype = {director}, nameb = {Esquivel, Laura}}"
    assert [c.role for c in read_one(text).creators] == ["director", "contributor"]


@pytest.mark.parametrize(("edtf", "date"), [("195X", "195X"), ("1944~", "1944~"), ("[1667,1668]", "1667/1668")])
def test_dates_that_biblatex_takes(edtf: str, date: str) -> None:
    assert fields(make_record(date=edtf), latex=True)["date"] == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("year = 1944, month = jun, day = 26", "1944-06-26"),
        ("year = {1944}, month = {June}", "1944-06"),
        ("year = 1944, month = 6", "1944-06"),
        ('year = 1944, month = jun # "~26"', "1944-06-26"),
        ("date = {1944-06/1944-07}", "1944-06/1944-07"),
        ("date = {31/05/1968}", "1968-05-31"),
        ("year = {c. 1944}", "1944~"),
        ("year = 1999, month = {Spring}", "1999-21"),
        ("year = {in press}", ""),
    ],
)
def test_dates_as_others_write_them(text: str, date: str) -> None:
    record = read_one(f"@book{{a, title = {{t}}, {text}}}")
    assert record.date == date
    assert bool(record.date_text) == (not date)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("van Gogh, Vincent and Pavlov", [Name("Gogh", "Vincent", "", "van"), Name(literal="Pavlov")]),
        ("Ludwig van Beethoven", [Name("Beethoven", "Ludwig", "", "van")]),
        ("{Barnes and Noble, Inc.} and others", [Name(literal="Barnes and Noble, Inc."), Name(literal="others")]),
        ("King, Jr., Martin Luther", [Name("King", "Martin Luther", "", "", "Jr.")]),
        (r"Erd{\H o}s, P{\'a}l", [Name("Erdős", "Pál")]),
        ("family=Salam, given=Abdus", [Name("Salam", "Abdus")]),
        ("{de la Vall{\\'e}e}, Charles", [Name("de la Vallée", "Charles")]),
    ],
)
def test_names(text: str, names: list[Name]) -> None:
    assert read_names(text) == names
    assert read_names(" and ".join(map(write_name, names))) == names


@pytest.mark.parametrize(
    ("text", "archive"),
    [
        ("@misc{a, entrysubtype = {letter}, title = {t}, note = {Edward M. House Papers}, "
         "institution = {Yale University Library}, location = {New Haven}}",
         {"collection": "Edward M. House Papers", "repository": "Yale University Library", "place": "New Haven"}),
        ("@letter{a, title = {t}, library = {Fremont Papers, Southwest Museum Library}, location = {Los Angeles}}",
         {"collection": "Fremont Papers", "repository": "Southwest Museum Library", "place": "Los Angeles"}),
        ("@unpublished{a, title = {t}, library = {Oldport Library, University of Oldport, Roe Papers, Box 2}}",
         {"box": "Box 2", "collection": "Roe Papers", "repository": "Oldport Library, University of Oldport"}),
        ("@unpublished{a, title = {t}, library = {Archives de la Ville}, number = {114 Z 1 248}}",
         {"call_number": "114 Z 1 248", "repository": "Archives de la Ville"}),
        ("@manuscript{a, title = {t}, library = {Bodleian Library}, location = {Oxford}, collection = {Rawlinson D.}, "
         "shelfmark = {520}}",
         {"call_number": "520", "collection": "Rawlinson D.", "repository": "Bodleian Library", "place": "Oxford"}),
    ],
)  # fmt: skip
def test_archives_as_others_write_them(text: str, archive: dict[str, Any]) -> None:
    assert to_plain(read_one(text))["archive"] == archive


@pytest.mark.parametrize(
    ("how", "kind"),
    [("Letter", "letter"), ("Photograph.", "photograph"), ("Typescript", "typescript"), ("Blog post", "manuscript")],
)
def test_the_kind_in_howpublished(how: str, kind: str) -> None:
    way = "Box 4, Dulles Papers, Princeton University Library"
    record = read_one(f"@misc{{a, title = {{Yalta}}, howpublished = {{{how}}}, note = {{{way}}}}}")
    assert record.kind == kind
    assert [level.value for level in record.archive.levels][-3:] == way.split(", ")
    alone = read_one(f"@misc{{a, title = {{Yalta}}, howpublished = {{{how}}}}}")
    assert alone.kind == (kind if kind != "manuscript" else "document")


def test_a_number_alone_in_an_archive_is_a_shelf_mark() -> None:
    record = read_one("@misc{a, note = {LC-USZ62-7449, Prints and Photographs Division, Library of Congress}}")
    assert [level.name for level in record.archive.levels] == ["call_number", "division", "repository"]


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{a, note = {Box 4, Dulles Papers, Princeton University Library.}}",
        "@unpublished{a, howpublished = {Box 4, Dulles Papers, Princeton University Library}, note = {Draft}}",
        "@letter{a, addendum = {Box 4, Dulles Papers, Princeton University Library}}",
        "@archival{a, repository={Princeton University Library}, collection={Dulles Papers}, archivelocation={Box 4}}",
    ],
)
def test_the_way_to_an_archive_in_a_field_for_anything(entry: str) -> None:
    record = read_one(entry.replace("{a,", "{a, title = {Diary},"))
    levels = [(level.name, level.value) for level in record.archive.levels]
    ways = ("box", "Box 4"), ("collection", "Dulles Papers"), ("repository", "Princeton University Library")
    assert levels == list(ways)
    assert record.notes == (("Draft",) if "Draft" in entry else ())


@pytest.mark.parametrize(
    "note",
    [
        "Paper presented at the Society of American Archivists annual meeting, Chicago",
        "Held at the British Library, Add. MS 12345",
        "Princeton University Library",
        "Read at the Newberry Library, Chicago",
    ],
)
def test_a_note_that_says_more_stays_a_note(note: str) -> None:
    record = read_one(f"@misc{{a, title = {{Diary}}, note = {{{note}}}}}")
    assert (record.notes, record.archive.levels) == ((note,), ())


def test_strings_comments_and_macros() -> None:
    result = read_text(
        '@comment{jabref-meta: x;}\n@string{cwh = "Cold War " # hist}\n@string{hist = {History}}\n'
        'an implicit comment\n@preamble{"x"}\n'
        '@article(a, journal = cwh # { (London)}, title = "A {\\"o} and \\emph{x}")\n'
    )
    assert [r.publication["container-title"] for r in result.records] == ["Cold War hist (London)"]
    assert result.records[0].title == "A ö and <i>x</i>"
    assert not result.rejected


def test_a_field_behind_a_missing_comma_is_a_field() -> None:
    result = read_text(
        '@book{a,\n title = {Mill: a = b}\n year = 1950\n author = {Smith, John}\n publisher = "Norton"\n}\n'
        '@book{b, title = "A" # { = B}, note = {x = {y} z = {w}}}\n'
    )
    first, second = result.records
    assert (first.title, first.date, first.publication) == ("Mill: a = b", "1950", {"publisher": "Norton"})
    assert [str(creator.name) for creator in first.creators] == ["Smith, John"]
    assert (second.title, second.notes) == ("A = B", ("x = y z = w",))
    assert [problem.message.partition(": ")[2] or problem.message for problem in result.problems] == [
        "a comma is missing before 'year'",
        "a comma is missing before 'author'",
        "a comma is missing before 'publisher'",
    ]


def test_crossref_and_xdata() -> None:
    result = read_text(
        "@incollection{a, title = {Part}, crossref = {b}, xdata = {x}}\n@xdata{x, location = {Oxford}}\n"
        "@collection{b, title = {Whole}, subtitle = {Below}, editor = {Doe, Jane}, year = 1944, crossref = {b}}\n"
    )
    part = result.records[0]
    assert part.publication == {"container-title": "Whole: Below", "publisher-place": "Oxford"}
    assert (part.date, [str(c.name) for c in part.creators]) == ("1944", ["Doe, Jane"])
    assert [r.id for r in result.records] == ["a", "b"]
    assert [(p.severity, str(p.where)) for p in result.problems] == [("info", "x.bib:2: x")]


@pytest.mark.parametrize(
    "name",
    ["abstract", "annotation", "annote", "entrysubtype", "execute", "file", "groups", "ids", "keywords", "label",
     "note", "options", "owner", "pages", "presort", "related", "shorthand", "shorttitle", "sortkey", "timestamp"],
)  # fmt: skip
def test_a_parent_keeps_what_is_its_own(name: str) -> None:
    text = (
        f"@inbook{{a, title = {{Child}}, crossref = {{b}}}} @book{{b, title = {{Parent}}, {name} = {{x}}, year = 1950}}"
    )
    child = next(iter(read_entries(io.BytesIO(text.encode()), ReadOptions())))
    assert isinstance(child, BibEntry)
    assert child.fields == {"title": "Child", "crossref": "b", "booktitle": "Parent", "year": "1950"}


def test_a_line_that_a_backslash_ends_counts() -> None:
    text = "@book{a, title = {x\\\ny}}\n@book{b, title = {c}}"
    lines = [
        entry.line for entry in read_entries(io.BytesIO(text.encode()), ReadOptions()) if isinstance(entry, BibEntry)
    ]
    assert lines == [1, 3]


def test_a_bad_entry_stops_no_other() -> None:
    result = read_text("@book{a, title = {A}}\n@book{b, title = {B\n@book{c, title = {C}}\n@book{d}\n")
    assert [r.id for r in result.records] == ["a", "c"]
    assert [str(r.problem.where)[:7] for r in result.rejected] == ["x.bib:2", "x.bib:4"]


def test_an_entry_without_a_key_and_one_with_its_brace_on_the_next_line() -> None:
    result = read_text(
        '@string{x = "X"}\n@book{\n  title = {A},\n  year = 1944\n}\n@book\n(\n b\n ,\n title = {B}\n)\n'
    )
    assert [r.title for r in result.records] == ["A", "B"]
    assert [r.id for r in result.records][1] == "b"
    assert result.records[0].id
    assert not result.rejected


def test_a_rejected_entry_is_kept_whole() -> None:
    rejected = read_text(
        "@book{a, title = {A}}\n@book{b {x}, title = {B},\n  year = 1944}\n@book{c, title = {C}}\n"
    ).rejected
    assert [r.raw.split()[0] for r in rejected] == ["@book{b"]
    assert "1944" in rejected[0].raw


def test_strings_of_strings_do_not_grow_without_end() -> None:
    names = "abcdefghijkl"
    strings = [f"@string{{{b} = {' # '.join(a * 10)}}}" for a, b in itertools.pairwise(names)]
    text = "\n".join(['@string{a = "0123456789"}', *strings, "@book{k, title = l}"])
    assert len(read_one(text).title) <= 1_000_000


def test_twice_the_same_key_or_field() -> None:
    result = read_text("@book{a, title = {A}, title = {B}}\n@book{a, title = {C}}\n")
    assert [r.title for r in result.records] == ["A", "C"]
    assert result.records[0].extra == {"bibtex": {"title-2": "B"}}
    assert len(result.problems) == 2


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-16-be", False), ("cp1252", True)],
)
def test_encodings(encoding: str, told: bool) -> None:
    result = read_text("@book{a,\r\n title = {Übung}}\r\n".encode(encoding))
    assert [r.title for r in result.records] == ["Übung"]
    assert bool(result.problems) == told


def test_declared_and_guessed_encodings() -> None:
    declared = "% Encoding: ISO8859_15\n@book{a, title = {20 €}}".encode("iso8859_15")
    assert read_text(declared).records[0].title == "20 €"
    assert read_text("@book{a, title = {凯撒}}".encode("gb18030")).records[0].title == "凯撒"


def test_urls_as_others_escape_them() -> None:
    record = read_one(r"@online{a, title = {t}, url = {http://x.org/a\_b{\%}20\~{}c}}")
    assert record.digital.url == "http://x.org/a_b%20~c"


def test_what_is_no_bibtex_is_refused() -> None:
    with pytest.raises(InputError, match="no BibTeX entry"):
        read_text("Dear Sir,")


def test_keys_that_bibtex_cannot_have_come_back() -> None:
    record = make_book(id="van Gogh, 1888 {x}")
    text = "".join(bibtex.write([record], WriteOptions(lossless=True)))
    assert text.startswith("@book{van_Gogh__1888__x_,")
    assert read_one(text) == record


@pytest.mark.property
@given(records())
def test_round_trip_of_bibtex(record: Record) -> None:
    text = "".join(bibtex.write([record, make_book(id="other")], WriteOptions(lossless=True)))
    assert read_text(text).records == [record, make_book(id="other")]


@pytest.mark.property
@pytest.mark.parametrize("dialect", [None, "chicago", "mla"])
@given(record=records())
def test_round_trip_of_biblatex(dialect: str | None, record: Record) -> None:
    text = "".join(biblatex.write([record], WriteOptions(dialect=dialect, lossless=True)))
    assert read_text(text).records == [record]


def test_extra_of_zotero_keeps_its_lines() -> None:
    record = read_one(
        "@unpublished{a, title = {T}, rights = {{PD}}, note = {archive\\_collection: Chartwell Papers\n"
        "archive-place: Cambridge\noriginal-title: Orig}, }"
    )
    assert record.archive.get("collection") == "Chartwell Papers"
    assert (record.archive.get("place"), record.original_title, record.rights) == ("Cambridge", "Orig", "PD")
    assert not record.notes


def test_collaborators_of_zotero_have_the_part_that_they_had() -> None:
    body = "title = {T}, editora = {Roe, Tom}, editoratype = {collaborator}, date = {1944}"
    mapped = read_one(f"@misc{{a, type = {{manuscript map}}, {body}}}")
    assert [creator.role for creator in mapped.creators] == ["cartographer"]
    letter = read_one(
        f"@letter{{a, author = {{Ede, Mary}}, {body}, note = {{archive-place: Leeds\nDrafter: Ada, Ann}}}}"
    )
    assert [creator.role for creator in letter.creators] == ["author", "recipient", "drafter"]
    report = read_one(f"@report{{a, author = {{Ede, Mary}}, {body}}}")
    assert [creator.role for creator in report.creators] == ["author", "contributor"]


def test_the_addition_to_the_title_of_a_page_is_its_site() -> None:
    record = read_one(
        "@online{a, title = {Rules}, titleaddon = {Hartwell Library}, howpublished = {blog}, type = {blog}}"
    )
    assert (record.title, record.publication["container-title"]) == ("Rules", "Hartwell Library")
    assert not record.notes


def written_for_zotero(record: Record, writer: Any) -> BibEntry:
    text = "".join(writer.write([record], WriteOptions(program="zotero")))
    (entry,) = read_entries(io.BytesIO(text.encode()), ReadOptions())
    assert isinstance(entry, BibEntry)
    return entry


@pytest.mark.parametrize("writer", [bibtex, biblatex])
def test_for_zotero_nothing_is_printed_as_what_it_is_not(writer: Any) -> None:
    people = [{"name": "Creel, George"}, {"name": "House, Edward M.", "role": "recipient"}]
    letter = checked({
        "id": "a", "kind": "letter", "date": "19XX", "place": "Paris", "creators": people,
        "archive": {"box": "Box 3", "repository": "Hartwell Library", "place": "Leeds"},
    })  # fmt: skip
    entry = written_for_zotero(letter, writer)
    assert entry.type == "letter"
    assert entry.fields["title"] == "{Letter to Edward M. House}"
    assert entry.fields["note"] == "Box 3, Hartwell Library, Leeds. Place: Paris."
    assert (entry.fields["date"], entry.fields["institution"]) == ("1900/1999", "Hartwell Library")
    assert not {"address", "location", "year", "type"} & entry.fields.keys()
    assert read_one("".join(writer.write([letter], WriteOptions(program="zotero")))).title == ""


def test_for_zotero_a_thesis_is_called_what_the_record_calls_it() -> None:
    thesis = {"id": "a", "title": "“The Mill”", "date": "1921~", "publication": {"publisher": "University"}}
    for kind, words in (("thesis", None), ("PhD thesis", "PhD thesis")):
        entry = written_for_zotero(checked({**thesis, "kind": kind}), biblatex)
        assert (entry.type, entry.fields.get("type"), entry.fields["date"]) == ("thesis", words, "1921?")
        assert entry.fields["title"] == "{“The Mill”}"


@pytest.mark.parametrize(
    ("kind", "form"), [("photograph", "mkbibemph"), ("memorandum", "mkbibquote"), ("collection", "")]
)
def test_the_chicago_dialect_sets_titles_as_the_manual_does(kind: str, form: str) -> None:
    record = make_record(kind=kind, title="The {Bridge}")
    written = fields(record, "chicago", latex=True)
    assert ("mkbib" in written["title"], form in written["title"]) == (bool(form), True)
    assert ("type" in written) == (kind != "collection")
    text = "".join(biblatex.write([record], WriteOptions(dialect="chicago")))
    assert read_one(text).title == "The {Bridge}"


def test_packages_print_who_directed() -> None:
    people = [{"name": "Ivens, Joris", "role": "director"}]
    written = fields(make_record(kind="film", creators=people), "mla")
    assert (written["editor"], written["editortype"]) == ("Ivens, Joris", "director")


def test_a_thesis_is_not_said_to_be_a_doctors() -> None:
    for writer in (bibtex, biblatex):
        for kind in ("thesis", "PhD thesis", "Master's thesis"):
            record = make_book(kind=kind, publication={"publisher": "University of Leeds"})
            text = "".join(writer.write([record], WriteOptions()))
            assert read_one(text).kind == kind
            assert (("@phdthesis" in text and "type =" not in text) or "type = {phdthesis}" in text) == (
                kind[:3] == "PhD"
            )
