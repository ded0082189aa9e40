"""Single rules of the processor, each with the smallest style that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl import Processor
from citetool.csl.items.citation_label import citation_label
from citetool.csl.items.item import read_item

TITLE = '<text variable="title"/>'
NAMES = '<names variable="author"><name form="short"/></names>'


def style_of(layout: str, citation: str = "", *, kind: str = "in-text", affixes: str = "", more: str = "") -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}">{more}'
        f"<citation {citation}><layout {affixes}>{layout}</layout></citation></style>"
    )


def printed(layout: str, *items: dict[str, Any], **style: Any) -> str:
    """One citation of all items, as HTML."""
    known = [{"type": "book", "id": str(number), **item} for number, item in enumerate(items)]
    return Processor(style_of(layout, **style), known).cite([[{"id": i["id"]} for i in known]], "html")[0]


DOE = {"author": [{"family": "Doe", "given": "Jo"}], "title": "T", "volume": "3"}
QUOTED = '<text value="a" quotes="true" suffix="{}"/><text value="b" prefix="{} "/>'


@pytest.mark.parametrize(
    ("marks", "expected"),
    [(".:", "“a.”: b"), ("!.", "“a!” b"), ("?,", "“a?,” b"), (":?", "“a?” b"), (";!", "“a!” b"), (":;", "“a”:; b")],
)
def test_marks_that_go_into_quotation_marks(marks: str, expected: str) -> None:
    assert printed(QUOTED.format(*marks), DOE) == expected


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('<text variable="title" suffix=" "/><text variable="volume" prefix=" " font-weight="bold"/>', "T <b>3</b>"),
        (f'<group delimiter=" ">{TITLE}<group font-weight="bold"><text variable="volume" prefix=" ("/></group></group>',
         "T <b> (3</b>"),
    ],
)  # fmt: skip
def test_two_spaces_become_one_where_no_formatting_comes_between(layout: str, expected: str) -> None:
    assert printed(layout, DOE) == expected


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (f'<group font-style="italic" prefix="(" suffix=")" delimiter=", ">{NAMES}{TITLE}</group>', "(Doe)"),
        ('<names variable="author" suffix=", "><name form="short"/></names>' + TITLE, "Doe, "),
        (f'<group delimiter=" "><text term="in" prefix="+"/>{NAMES}</group>', "Doe"),
        ('<names variable="author"><name form="short"/><label prefix=" ("/></names>', "Doe"),
    ],
)
def test_authors_alone_keep_the_affixes_around_them(layout: str, expected: str) -> None:
    processor = Processor(style_of(layout, affixes='prefix="[" suffix="]"'), [{"id": "a", "type": "book", **DOE}])
    assert processor.cite([[{"id": "a", "author-only": True}]], "html") == [expected]


def test_spaces_beside_marks_of_french_do_not_break() -> None:
    text = "« Quoi » ? Non : « ou « b »"
    assert printed(TITLE, {"title": text}) == "«\u202fQuoi\u202f»\u202f? Non\u202f: «\u202fou «\u202fb\u202f»"


def test_a_cite_without_a_printed_form() -> None:
    style = style_of(TITLE, affixes='delimiter="; "')
    processor = Processor(style, [{"id": "a", "type": "book", "title": "T"}, {"id": "b", "type": "book"}])
    cites = [["a", "b"], ["b", "a"]]
    assert processor.cite([[{"id": i} for i in ids] for ids in cites]) == [
        "T",
        "[CSL STYLE ERROR: reference with no printed form.]; T",
    ]
    assert processor.cite([[{"id": "a"}, {"id": "b", "prefix": "see"}]]) == ["T; see "]


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (["Alpha"], "Alph65"),
        (["Alpha", "Bravo"], "AlBr65"),
        (["Alpha", "Bravo", "Charlie"], "AlBC65"),
        (["Alpha", "Bravo", "Charlie", "Delta", "Echo"], "ABCD65"),
        (["O'Neil"], "Onei65"),
        (["de la Cruz"], "Cruz65"),
        (["毛"], "Titl65"),
    ],
)
def test_labels_of_citations(names: list[str], label: str) -> None:
    data = {"id": "a", "type": "book", "title": "Title", "issued": {"date-parts": [[1965]]}}
    item = read_item({**data, "author": [{"family": name, "given": "X"} for name in names]}, 0, [])
    assert citation_label(item) == label


@pytest.mark.parametrize(
    ("title", "label"),
    [("The Cold War", "Thec00"), ("of the World", "Worl00"), ("“Should We?”", "Shou00"), ("<i>Titanic</i>", "Tita00")],
)
def test_labels_of_items_without_names(title: str, label: str) -> None:
    assert citation_label(read_item({"id": "a", "type": "book", "title": title}, 0, [])) == label


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://archive.org/details/a.b", "https://archive.org"),
        ("https://www.example.org/a/b", "www.example.org"),
        ("https://doi.org/10.7554/eLife.46923", "https://doi.org/10.7554/eLife.46923"),
        ("no address", "no address"),
    ],
)
def test_the_short_form_of_an_address_is_that_of_its_site(address: str, expected: str) -> None:
    assert printed('<text variable="URL" form="short"/>', {"URL": address}) == expected


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("", "(1944)"),
        ('et-al-subsequent-min="2" et-al-subsequent-use-first="1"', "(1944)"),
        ('et-al-subsequent-min="2" et-al-subsequent-use-first="1" disambiguate-add-names="true"', "(1944)Doe et al."),
    ],
)
def test_a_list_cut_to_no_name_is_found_and_has_no_substitute(citation: str, expected: str) -> None:
    name = '<name form="short" et-al-min="2" et-al-use-first="0"/>'
    layout = f'<text value="(1944)"/><names variable="author">{name}<substitute>{TITLE}</substitute></names>'
    people = [{"family": "Doe", "given": "Jo"}, {"family": "Roe", "given": "Al"}]
    assert printed(layout, {"author": people, "title": "T"}, citation=citation) == expected


@pytest.mark.parametrize(("around", "expected"), [("", "A. E. Doe"), ('initialize="false"', "Anna Emma Doe")])
def test_a_name_cannot_take_back_that_full_names_are_wanted(around: str, expected: str) -> None:
    layout = '<names variable="author"><name initialize="true" initialize-with=". "/></names>'
    assert printed(layout, {"author": [{"family": "Doe", "given": "Anna Emma"}]}, citation=around) == expected


def test_names_that_come_family_name_first_are_sorted_with_their_particle() -> None:
    authors = [[{"family": "Hippel", "given": "Eva", "non-dropping-particle": "von"}], [{"family": "Roe"}]]
    items = [{"id": str(n), "type": "book", "author": a, "language": "ja"} for n, a in enumerate(authors)]
    macro = f'<macro name="by">{NAMES}</macro>'
    for key in ('macro="by"', 'variable="author"'):
        style = style_of(NAMES, more=macro).replace("<layout >", f"<sort><key {key}/></sort><layout >")
        assert Processor(style, items).cite([[{"id": "0"}, {"id": "1"}]]) == ["Roevon Hippel"]


def test_cites_without_text_are_told_apart_as_well() -> None:
    layout = '<choose><if disambiguate="true"><text variable="title"/></if></choose>'
    assert printed(layout, {"title": "One"}, {"title": "Two"}, affixes='delimiter="; "') == "One; Two"


def test_cites_with_lists_of_different_length_are_told_apart() -> None:
    people = [{"family": name, "given": "X"} for name in ("Smith", "Jones", "Brown", "White")]
    layout = f'<group delimiter=" ">{NAMES}<names variable="editor"/></group>'
    citation = 'et-al-min="3" et-al-use-first="1" disambiguate-add-names="true" disambiguate-add-givenname="true"'
    items = [{"author": people[:3]}, {"author": people}, {"author": people[:3], "editor": people[:2]}]
    assert printed(layout, *items, citation=citation, affixes='delimiter="; "').count("Smith") == 4


@pytest.mark.parametrize(("kind", "expected"), [("note", "(T, [3])"), ("in-text", "(T, (3))")])
def test_brackets_in_brackets_are_square_in_notes(kind: str, expected: str) -> None:
    inner = '<group prefix="(" suffix=")"><text variable="volume"/></group>'
    assert printed(f'<group prefix="(" suffix=")" delimiter=", ">{TITLE}{inner}</group>', DOE, kind=kind) == expected


# -- names -----------------------------------------------------------------------------------------------------------

PEOPLE = [{"family": name, "given": "X"} for name in ("Aa", "Bb", "Cc", "Dd")]


@pytest.mark.parametrize(
    ("given", "attrs", "expected"),
    [
        ("‘Ali", "", "‘Ali"),
        ("ʿAlāʾ", "", "ʿAlāʾ"),
        ("Gus (Hal)", "", "G. (Hal)"),
        ("جمال", "", "ج."),
        ("J.-J.", "", "J.-J."),
        ("J.-J.", 'initialize="false"', "J.J."),
        ("Jean-Luc M", 'initialize="false"', "Jean-Luc M."),
    ],
)
def test_initials(given: str, attrs: str, expected: str) -> None:
    layout = f'<names variable="author"><name initialize-with="." {attrs}/></names>'
    assert printed(layout, {"author": [{"family": "Doe", "given": given}]}) == f"{expected} Doe"


def test_hyphens_that_initials_do_not_keep_part_names() -> None:
    layout = '<names variable="author"><name initialize-with=". "/></names>'
    processor = Processor(
        style_of(layout).replace('class="', 'initialize-with-hyphen="false" class="'),
        [{"id": "a", "type": "book", "author": [{"family": "Doe", "given": "Jean-Luc"}]}],
    )
    assert processor.cite([[{"id": "a"}]]) == ["J. L. Doe"]


@pytest.mark.parametrize(
    ("attrs", "expected"),
    [
        ('et-al-min="3" et-al-use-first="1" et-al-use-last="true"', "Aa … Dd"),
        ('et-al-min="4" et-al-use-first="3" et-al-use-last="true"', "Aa, Bb, … Dd"),
        ('et-al-min="2" et-al-use-first="3"', "Aa, Bb, Cc, Dd"),
        ('et-al-min="3" et-al-use-first="3"', "Aa, Bb, Cc, et al."),
    ],
)
def test_shortened_lists(attrs: str, expected: str) -> None:
    assert printed(f'<names variable="author"><name form="short" {attrs}/></names>', {"author": PEOPLE}) == expected


@pytest.mark.parametrize(
    ("word", "both", "three"),
    [("and", "Aa and Bb", "Aa, Bb, and Cc"), ("ו", "AaוBb", "Aa, BbוCc"), ("和", "Aa和Bb", "Aa, Bb和Cc")],
)
def test_the_word_before_the_last_name(word: str, both: str, three: str) -> None:
    locale = f'<locale><terms><term name="and">{word}</term></terms></locale>'
    layout = '<names variable="author"><name form="short" and="text"/></names>'
    assert printed(layout, {"author": PEOPLE[:2]}, more=locale) == both
    assert printed(layout, {"author": PEOPLE[:3]}, more=locale) == three


@pytest.mark.parametrize(("word", "expected"), [("u.a.", "Aa <i>u.a.</i>"), ("等", "Aa等"), ("ואח׳", "Aa<i>ואח׳</i>")])
def test_the_word_for_others(word: str, expected: str) -> None:
    locale = f'<locale><terms><term name="et-al">{word}</term></terms></locale>'
    name = '<name form="short" et-al-min="3" et-al-use-first="1"/><et-al font-style="italic"/>'
    assert printed(f'<names variable="author">{name}</names>', {"author": PEOPLE}, more=locale) == expected


# -- sorting ---------------------------------------------------------------------------------------------------------


def listed(key: str, *items: dict[str, Any], attrs: str = "") -> str:
    """The titles of the items in the order of a macro."""
    bibliography = f'<bibliography><sort><key macro="m" {attrs}/></sort><layout>{TITLE}</layout></bibliography>'
    style = style_of(TITLE, more=f'<macro name="m">{key}</macro>').replace("</style>", f"{bibliography}</style>")
    known = [{"type": "book", "id": str(number), **item} for number, item in enumerate(items)]
    return " ".join(text.strip() for _, text in Processor(style, known).bibliography().entries)


def dated(title: str, year: int, *names: str) -> dict[str, Any]:
    authors = {"author": [{"family": name, "given": "X"} for name in names]} if names else {}
    return {"title": title, "issued": {"date-parts": [[year]]}, **authors}


DATE = '<date variable="issued"><date-part name="year"/></date>'
WORKS = (dated("B", 1903, "Mm"), dated("C", 1901), dated("A", 1902, "Aa"))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (TITLE, "A B C"),
        (TITLE + DATE, "C A B"),
        (f'<choose><if type="chapter">{DATE}</if></choose>{TITLE}', "B C A"),
        (f'<names variable="author"><substitute>{TITLE}</substitute></names>', "A C B"),
        ('<names variable="author"><substitute><text value="Bb"/></substitute></names>', "A B C"),
        ('<names variable="author"><substitute><text variable="title" prefix=" "/></substitute></names>', "C A B"),
        ('<names variable="author"><name form="count"/></names>', "C B A"),
    ],
)
def test_macros_as_keys(key: str, expected: str) -> None:
    assert listed(key, *WORKS) == expected


@pytest.mark.parametrize(
    ("attrs", "expected"),
    [
        ("", "A B C D"),
        ('names-min="2" names-use-first="1"', "D C A B"),
        ('names-min="2" names-use-first="1" names-use-last="true"', "A D C B"),
    ],
)
def test_shortened_lists_in_keys(attrs: str, expected: str) -> None:
    works = (dated("D", 1, "Aa", "Cc", "Bb"), dated("C", 1, "Aa", "Bx"), dated("A", 1, "Aa"), dated("B", 1, "Aa", "Bb"))
    works = (works[0], works[1], works[2], dated("B", 1, "Aa", "Bb", "Cc"))
    assert listed('<names variable="author"/>', *works, attrs=attrs) == expected


# -- positions -------------------------------------------------------------------------------------------------------

IBID = f'<choose><if position="ibid"><text value="ibid"/></if><else>{TITLE}</else></choose>'


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        ("in-text", "ab", "ibid"),
        ("in-text", "ba", "B"),
        ("note", "b", "ibid"),
        ("note", "ab", "B"),
        ("note", "bb", "B"),
    ],
)
def test_what_ibid_refers_to(kind: str, before: str, expected: str) -> None:
    items = [{"id": i, "type": "book", "title": i.upper()} for i in "ab"]
    note = int(kind == "note")
    clusters = [
        {"citationItems": [{"id": i} for i in ids], "properties": {"noteIndex": note * number}}
        for number, ids in enumerate([before, "b"], 1)
    ]
    assert Processor(style_of(IBID, kind=kind), items).cite(clusters)[-1] == expected


# -- dates as people write them ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2013-01-30 22:56:08", "January 30, 2013"),
        ("2013-01-30T22:56:08Z", "January 30, 2013"),
        ("Wed Jan 30 22:56:08 2013", "January 30, 2013"),
        ("30/1/2013", "January 30, 2013"),
        ("1/30/2013", "January 30, 2013"),
        ("1/2013", "January 2013"),
        ("30.1.2013", "30.1.2013"),
        ("2013年1月5日", "January 5, 2013"),
        ("1998/1999", "1998–1999"),
    ],
)
def test_dates_as_written(raw: str, expected: str) -> None:
    assert printed('<date variable="issued" form="text"/>', {"issued": {"raw": raw}}) == expected


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [("e.g.,", "e.g., T"), ("Doe says:", "Doe says: T"), ("(1999)", "(1999) T"), ("see", "see T"), ("see ", "see T"),
     ("so “he”", "so “he” T"), ("参见", "参见T"), ("(", "(T"), ("No. 3", "No. 3 T"), ("Нет", "Нет T")],
)  # fmt: skip
def test_a_word_or_mark_of_a_prefix_gets_its_space(prefix: str, expected: str) -> None:
    processor = Processor(style_of(TITLE), [{"id": "a", "type": "book", "title": "T"}])
    assert processor.cite([[{"id": "a", "prefix": prefix}]]) == [expected]


def test_suppressed_names_count_as_printed_for_their_group() -> None:
    layout = f'<group delimiter=" ">{NAMES}<text value="passim"/></group>'
    processor = Processor(style_of(layout), [{"id": "a", "type": "book", **DOE}])
    assert processor.cite([[{"id": "a", "suppress-author": True}]]) == ["passim"]


@pytest.mark.parametrize(
    ("locale", "title", "expected"),
    [
        ("es-ES", "Del «Estado» moderno", "«Del “Estado” moderno»"),
        ("de-DE", "„Der Erzähler“", "„‚Der Erzähler‘“"),
        ("de-DE", "„a ‚b‘ c“", "„‚a „b“ c‘“"),
        ("de-CH", "“Un «bel» titolo”", "«“Un ‹bel› titolo”»"),
        ("en-US", "Un «bel» titolo", "“Un «bel» titolo”"),
        ("en-GB", "The ‘inner’ one", "‘The “inner” one’"),
        ("cs-CZ", "Der „Erzähler“ von", "„Der ‚Erzähler‘ von“"),
        ("en-US", "›Alt‹ und neu", "“›Alt‹ und neu”"),
        ("en-US", "l’homme d’„a", "“l’homme d’„a”"),
    ],
)
def test_quotation_marks_of_the_locale_alternate_in_fields(locale: str, title: str, expected: str) -> None:
    style = style_of('<text variable="title" quotes="true"/>')
    processor = Processor(style, [{"id": "a", "type": "book", "title": title}], locale)
    assert processor.cite([[{"id": "a"}]]) == [expected]


def test_single_marks_beside_double_ones_stay_single() -> None:
    assert printed(TITLE, {"title": "the \"a\" and 'b'"}) == "the “a” and ‘b’"


def test_marks_of_other_languages_take_no_comma() -> None:
    layout = f'<group delimiter=", ">{TITLE}<text variable="genre"/></group>'
    assert printed(layout, {"title": "das «Buch»", "genre": "letter"}) == "das «Buch», letter"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("realdania.dk", "realdania.dk"), ("U.S. Acad. Sci.", "US Acad Sci"), ("vol.2", "vol2"), ("e.v.", "e.v")],
)
def test_periods_inside_of_words_stay(text: str, expected: str) -> None:
    assert printed('<text variable="title" strip-periods="true"/>', {"title": text}) == expected


def test_a_macro_takes_the_periods_of_its_terms_and_fields_and_leaves_addresses() -> None:
    fields = (
        '<group delimiter=" "><text term="edition" form="short"/><text variable="title"/><text variable="DOI"/></group>'
    )
    layout = '<text macro="m" strip-periods="true"/>'
    item = {"title": "J. Ex.", "DOI": "10.1093/a.B"}
    assert printed(layout, item, more=f'<macro name="m">{fields}</macro>') == "ed J Ex 10.1093/a.B"


@pytest.mark.parametrize(
    ("case", "title", "language", "expected"),
    [
        ("capitalize-first", "iPhone and law", "en", "iPhone and law"),
        ("capitalize-first", "the law", "en", "The law"),
        ("lowercase", "İSTANBUL IĞDIR", "tr", "istanbul ığdır"),
        ("uppercase", "istanbul ığdır", "tr", "İSTANBUL IĞDIR"),
    ],
)
def test_text_case(case: str, title: str, language: str, expected: str) -> None:
    layout = f'<text variable="title" text-case="{case}"/>'
    assert printed(layout, {"title": title, "language": language}) == expected


@pytest.mark.parametrize("language", ["zh-CN", "ja", "hu", "vi"])
def test_the_language_of_an_item_sets_the_order_of_its_names(language: str) -> None:
    names = '<names variable="author"><name name-as-sort-order="all" initialize-with=". "/></names>'
    authors = [{"family": "Wang", "given": "Ming"}, {"literal": "Sinopec"}]
    assert printed(names, {"author": authors, "language": language}) == "Wang M., Sinopec"
    assert printed(names, {"author": authors, "language": "en"}) == "Wang, M., Sinopec"


def test_a_term_of_the_locale_goes_before_an_english_short_form() -> None:
    processor = Processor(style_of('<text term="cited" form="short"/>'), [{"id": "a", "type": "book"}], "es-ES")
    assert processor.cite([[{"id": "a"}]]) == ["citado"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("a study (a)", "A Study (a)"), ("part a/b of it", "Part a/b of It"), ("война и мир", "Война и Мир"),
        ("foo,bar baz", "Foo,Bar Baz"), ("the u.s. law", "The u.s. Law"),
        ("the e-mail: a history", "The E-Mail: A History"), ("plan b for us", "Plan b for Us"),
        ("when I go", "When I Go"), ("l'Histoire d'un mot", "L’Histoire d’un Mot"),
    ],
)  # fmt: skip
def test_title_case(title: str, expected: str) -> None:
    assert printed('<text variable="title" text-case="title"/>', {"title": title, "language": "en"}) == expected


@pytest.mark.parametrize(
    ("title", "expected"), [("foo-the/bar", "Foo-The/Bar"), ("iPhone at sea", "iPhone At Sea"), ("anti-US", "Anti-US")]
)
def test_capitalize_all(title: str, expected: str) -> None:
    assert printed('<text variable="title" text-case="capitalize-all"/>', {"title": title}) == expected


def test_words_for_a_date_are_printed_once() -> None:
    layout = (
        '<date variable="issued"><date-part name="year"/></date><date variable="issued"><date-part name="day"/></date>'
    )
    assert printed(layout, {"issued": {"literal": "n.d."}}) == "n.d."


def test_a_term_that_stands_for_the_author_is_not_suppressed() -> None:
    layout = '<names variable="author"><substitute><text term="anonymous"/></substitute></names>' + TITLE
    processor = Processor(style_of(layout), [{"id": "a", "type": "book", "title": ", T"}])
    assert processor.cite([[{"id": "a", "suppress-author": True}]]) == ["anonymous, T"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [("p. 33", "p. 33"), ("pp. 33-35", "pp. 33–35"), ("vol. 2, p. 33", "vol. 2, p. 33"), ("D1+", "p. D1+")],
)
def test_a_label_in_the_pages_is_printed_once(page: str, expected: str) -> None:
    layout = '<group delimiter=" "><label variable="page" form="short"/><text variable="page"/></group>'
    assert printed(layout, {"page": page}) == expected


@pytest.mark.parametrize(
    ("family", "given", "expected"), [("王", "明", "王明"), ("昂温", "S.", "昂温 S."), ("Wang", "Ming", "Ming Wang")]
)
def test_a_latin_given_name_stands_apart(family: str, given: str, expected: str) -> None:
    assert printed('<names variable="author"/>', {"author": [{"family": family, "given": given}]}) == expected


def test_terms_of_turkish_keep_the_dot() -> None:
    processor = Processor(
        style_of('<text term="in" text-case="capitalize-first"/>'), [{"id": "a", "type": "book"}], "tr"
    )
    assert processor.cite([[{"id": "a"}]]) == ["İçinde"]


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('<text variable="locator"/><label variable="locator" form="short" prefix=" "/>', "12 p."),
        ('<text variable="locator"/><group prefix="; "><label variable="locator"/><text variable="locator"/></group>',
         "12"),
        ('<number variable="locator"/><number variable="locator"/>', "12"),
    ],
)  # fmt: skip
def test_a_locator_is_printed_once(layout: str, expected: str) -> None:
    processor = Processor(style_of(layout), [{"id": "a", "type": "book"}])
    assert processor.cite([[{"id": "a", "locator": "12", "label": "page"}]])[0] == expected


# -- substitutes and suppress-author ---------------------------------------------------------------------------------

EDITED = {"title": "T", "editor": [{"family": "Roe"}], "issued": {"date-parts": [[1944]]}}


def test_members_of_a_branch_are_substitutes_each_by_itself() -> None:
    branch = '<choose><if type="book"><names variable="editor"/><text value="Anon"/></if></choose>'
    layout = f'<names variable="author"><substitute>{branch}</substitute></names>'
    assert printed(layout, EDITED) == "Roe"
    assert printed(layout, {"title": "T"}) == "Anon"


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (f'<names variable="editor" suffix=", "/>{TITLE}', "T"),
        (f'{TITLE}<names variable="editor" prefix=", "/>', "T, Roe"),
    ],
)
def test_names_after_other_content_are_not_suppressed(layout: str, expected: str) -> None:
    processor = Processor(style_of(layout), [{"type": "book", "id": "a", **EDITED}])
    assert processor.cite([[{"id": "a", "suppress-author": True}]]) == [expected]


def test_a_place_for_a_year_suffix_keeps_what_stands_beside_it() -> None:
    undated = (
        '<group><text term="no date" form="short"/><text variable="year-suffix"/><date variable="issued"/></group>'
    )
    assert printed(f"{TITLE} {undated}", {"title": "T"}) == "Tn.d."


def test_a_date_in_words_takes_the_year_suffix() -> None:
    layout = f'{NAMES}<date variable="issued" prefix=" "><date-part name="year"/></date>'
    undated = {"author": DOE["author"], "issued": {"literal": "n.d."}}
    style = {"citation": 'disambiguate-add-year-suffix="true" collapse="year"', "affixes": 'delimiter="; "'}
    assert printed(layout, undated, undated, **style) == "Doe n.d.a, n.d.b"


def test_numbers_of_one_substitute_are_printed_once() -> None:
    volume = '<group prefix="vol. "><number variable="volume"/></group>'
    layout = (
        f'<names variable="author"><substitute>{volume}</substitute></names><number variable="volume" prefix="; "/>'
    )
    assert printed(layout, {"volume": "3"}) == "vol. 3"


# -- the beginning of a note or an entry -----------------------------------------------------------------------------


def test_a_term_behind_a_suppressed_author_does_not_begin_the_note() -> None:
    style = style_of('<names variable="author"/><text term="ibid"/>', kind="note")
    processor = Processor(style, [{"id": "a", "type": "book", "author": [{"family": "Doe"}]}])
    assert processor.cite([[{"id": "a", "suppress-author": True}]]) == ["ibid."]


def test_a_term_behind_a_suppressed_author_begins_the_note_where_cites_are_collapsed() -> None:
    style = style_of('<names variable="author"/><text term="ibid"/>', 'collapse="year"', kind="note")
    processor = Processor(style, [{"id": "a", "type": "book", "author": [{"family": "Doe"}]}])
    assert processor.cite([[{"id": "a", "suppress-author": True}]]) == ["Ibid."]


def test_a_term_behind_the_number_begins_the_entry() -> None:
    more = (
        '<bibliography><layout><text variable="citation-number" suffix=" "/><text term="in"/></layout></bibliography>'
    )
    processor = Processor(style_of("<text variable='title'/>", more=more), [{"id": "a", "type": "book"}])
    assert [text for _, text in processor.bibliography().entries] == ["1 In\n"]


@pytest.mark.parametrize(
    ("language", "locale", "term", "expected"),
    [
        ("tr", "en-US", "ibid", "İbid."),
        ("", "en-US", "ibid", "Ibid."),
        ("", "tr-TR", "in", "İçinde"),
        ("en", "tr-TR", "in", "Içinde"),
    ],
)
def test_the_language_of_the_item_decides_on_turkish_letters(
    language: str, locale: str, term: str, expected: str
) -> None:
    style = style_of(f'<text term="{term}" text-case="capitalize-first"/>')
    processor = Processor(style, [{"id": "a", "type": "book", "language": language}], locale)
    assert processor.cite([[{"id": "a"}]]) == [expected]


# -- order, dates, ordinals ------------------------------------------------------------------------------------------


def test_a_date_in_words_is_no_date_to_sort_by() -> None:
    key = '<key macro="year"/>'
    macro = '<macro name="year"><date variable="issued"><date-part name="year"/></date></macro>'
    style = style_of('<text variable="title"/>', citation="", more="").replace("<citation", f"{macro}<citation", 1)
    style = style.replace("<layout", f"<sort>{key}</sort><layout", 1)
    items = [
        {"id": "a", "type": "book", "title": "A", "issued": {"literal": "n.d."}},
        {"id": "b", "type": "book", "title": "B", "issued": {"date-parts": [[2006]]}},
    ]
    assert Processor(style, items).cite([[{"id": "a"}, {"id": "b"}]])[0].startswith("B")


def test_text_case_of_a_date_is_that_of_its_parts() -> None:
    date = '<date variable="issued" text-case="uppercase"><date-part name="month" {}/></date>'
    issued = {"issued": {"date-parts": [[2000, 2]]}}
    assert printed(date.format(""), issued) == "February"
    assert printed(date.format('text-case="uppercase"'), issued) == "FEBRUARY"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ('<term name="ordinal-01">X</term>', "1X 2nd"),
        ('<term name="ordinal">y</term><term name="ordinal-01">X</term>', "1X 2y"),
    ],
)
def test_ordinals_of_a_style_change_or_replace_those_of_the_locale(terms: str, expected: str) -> None:
    style = style_of('<number variable="edition" form="ordinal"/><number variable="volume" form="ordinal" prefix=" "/>')
    style = style.replace("<citation", f"<locale><terms>{terms}</terms></locale><citation", 1)
    processor = Processor(style, [{"id": "a", "type": "book", "edition": "1", "volume": "2"}])
    assert processor.cite([[{"id": "a"}]]) == [expected]


def test_a_letter_before_both_ends_of_a_range_is_printed_once() -> None:
    style = style_of('<text variable="page"/>').replace("<style ", '<style page-range-format="minimal" ', 1)
    items = [{"id": key, "type": "book", "page": page} for key, page in (("a", "e1-e11"), ("b", "S100-S105"))]
    assert Processor(style, items).cite([[{"id": "a"}], [{"id": "b"}]]) == ["e1–11", "S100–5"]


def test_affixes_of_a_family_name_are_for_persons() -> None:
    layout = '<names variable="author"><name><name-part name="family" suffix="!"/></name></names>'
    assert printed(layout, {"author": [{"literal": "State"}]}) == "State"
    assert printed(layout, {"author": [{"family": "Doe"}]}) == "Doe!"


# -- names that stand in, and their letters --------------------------------------------------------------------------


@pytest.mark.parametrize("editor", ['<names variable="editor"><name/></names>', '<text macro="editor"/>'])
def test_names_in_a_substitute_keep_the_parts_of_those_they_stand_for(editor: str) -> None:
    name = '<name><name-part name="family" text-case="uppercase"/></name>'
    style = style_of(f'<names variable="author">{name}<substitute>{editor}</substitute></names>')
    macro = '<macro name="editor"><names variable="editor"><name/></names></macro>'
    items = [{"id": "a", "type": "book", "editor": [{"family": "Rizzo", "given": "Tony"}]}]
    assert Processor(style.replace("<citation", f"{macro}<citation", 1), items).cite([[{"id": "a"}]]) == ["Tony RIZZO"]


@pytest.mark.parametrize(("language", "expected"), [("en", "RIZZO"), ("", "RİZZO"), ("tr", "RİZZO")])
def test_family_names_in_capitals_by_the_language_of_the_item(language: str, expected: str) -> None:
    style = style_of('<names variable="author"><name><name-part name="family" text-case="uppercase"/></name></names>')
    items = [{"id": "a", "type": "book", "language": language, "author": [{"family": "Rizzo"}]}]
    assert Processor(style, items, "tr-TR").cite([[{"id": "a"}]]) == [expected]


def test_initials_are_the_most_that_a_rule_of_initials_adds() -> None:
    citation = 'disambiguate-add-givenname="true" givenname-disambiguation-rule="primary-name-with-initials"'
    entry = '<names variable="author"><name initialize-with=". "/></names>'
    style = style_of(NAMES, citation).replace(
        "</style>", f"<bibliography><layout>{entry}</layout></bibliography></style>"
    )
    people = (("a", "Winston S."), ("b", "Rogers P."))
    items = [{"id": i, "type": "book", "author": [{"family": "Churchill", "given": given}]} for i, given in people]
    processor = Processor(style, items)
    processor.cite([[{"id": "a"}], [{"id": "b"}]])
    assert [text for _, text in processor.bibliography().entries] == ["W. S. Churchill\n", "R. P. Churchill\n"]


# -- bodies among names, names in static order, labels and numbers ---------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "names", "expected"),
    [
        ("never", ["Roe", "Doe", "*State"], "Roe, Doe, and State"),
        ("always", ["Roe", "*State"], "Roe and State"),
        ("never", ["*State", "Doe", "Roe"], "State, Doe and Roe"),
        ("after-inverted-name", ["*State", "Roe"], "State, and Roe"),
        ("after-inverted-name", ["*State", "*Navy"], "State and Navy"),
    ],
)
def test_a_body_at_the_end_of_names(rule: str, names: list[str], expected: str) -> None:
    layout = f'<names variable="author"><name form="short" and="text" delimiter-precedes-last="{rule}"/></names>'
    people = [{"literal": name[1:]} if name[0] == "*" else {"family": name} for name in names]
    assert printed(layout, {"author": people}) == expected


@pytest.mark.parametrize(
    ("rule", "count", "expected"),
    [("never", 3, "A, B & C"), ("always", 2, "A, & B"), ("after-inverted-name", 3, "A, B, & C")],
)
def test_a_rule_around_names_is_for_bodies_at_the_end_too(rule: str, count: int, expected: str) -> None:
    names = '<names variable="author"><name and="symbol"/></names>'
    item = {"author": [{"literal": letter} for letter in "ABC"[:count]]}
    assert printed(names, item, citation=f'delimiter-precedes-last="{rule}"') == expected.replace("&", "&#38;")


def test_numbers_are_joined_by_the_sign_for_and() -> None:
    items = [{"id": "0", "type": "book", "volume": "2 & 4"}]
    assert Processor(style_of('<number variable="volume"/>'), items, "de-DE").cite([[{"id": "0"}]]) == ["2 & 4"]
    assert Processor(style_of('<text variable="volume"/>'), items, "de-DE").cite([[{"id": "0"}]]) == ["2 & 4"]


@pytest.mark.parametrize(("form", "expected"), [("ordinal", "1/2, 3rd"), ("roman", "1/2, iii")])
def test_numbers_with_a_stroke_between_them_stay_as_they_are(form: str, expected: str) -> None:
    assert printed(f'<number variable="issue" form="{form}"/>', {"issue": "1/2, 3"}) == expected


def test_affixes_of_name_parts_are_not_for_names_in_static_order() -> None:
    layout = '<names variable="author"><name><name-part name="given" prefix="(" suffix=")"/></name></names>'
    person = {"author": [{"family": "Hardin", "given": "Garret"}]}
    assert printed(layout, person) == "(Garret) Hardin"
    assert printed(layout, {**person, "language": "zh"}) == "Hardin Garret"


def test_et_al_in_signs_has_its_space() -> None:
    more = '<locale><terms><term name="et-al">&amp; al.</term></terms></locale>'
    layout = '<names variable="author"><name form="short" et-al-min="2" et-al-use-first="1"/></names>'
    assert printed(layout, {"author": [{"family": "Roe"}, {"family": "Doe"}]}, more=more) == "Roe &#38; al."


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("LC-USF34-9058-C", "no. LC-USF34-9058-C LC-USF34-9058-C"), ("306-NT-1234", "no. 306-NT-1234 306-NT-1234"),
        ("A1-A5", "nos. A1–A5 A1–A5"), ("II-IV", "nos. II–IV II–IV"), ("12-13", "nos. 12–13 12–13"),
    ],
)  # fmt: skip
def test_hyphens_of_numbers(number: str, expected: str) -> None:
    style = '<label variable="number" form="short" suffix=" "/><text variable="number" suffix=" "/>'
    assert printed(style + '<number variable="number"/>', {"number": number}) == expected


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("volume", "vol. 3", "vol. 3"),
        ("issue", "no. IV", "no. IV"),
        ("volume", "vol. of maps", "vol. vol. of maps"),
        ("edition", "7, p. 3-8", "ed. 7, pp. 3–8"),
        ("volume", "1,234", "vol. 1,234"),
    ],
)
def test_numbers_that_bring_their_labels(field: str, value: str, expected: str) -> None:
    layout = f'<label variable="{field}" form="short" suffix=" "/><number variable="{field}"/>'
    assert printed(layout, {field: value}) == expected


@pytest.mark.parametrize(("form", "expected"), [("short", "vol. 2, p. 33"), ("long", "volume 2, page 33")])
def test_labels_in_a_locator_are_as_that_before_it(form: str, expected: str) -> None:
    style = style_of(f'<label variable="locator" form="{form}" suffix=" "/><text variable="locator"/>')
    cite = {"id": "a", "locator": "vol. 2, p. 33"}
    assert Processor(style, [{"id": "a", "type": "book"}]).cite([[cite]]) == [expected]


NONE = '<macro name="none"><text variable="note"/></macro>'


def entries_of(layout: str, bibliography: str, affixes: str, *items: dict[str, Any]) -> list[str]:
    known = [{"type": "book", "id": str(number), **item} for number, item in enumerate(items)]
    entry = f"<bibliography {bibliography}><layout {affixes}>{layout}</layout></bibliography></style>"
    return [
        text.strip()
        for _, text in Processor(style_of(TITLE, more=NONE).replace("</style>", entry), known).bibliography().entries
    ]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ('<text variable="volume"/><group><text variable="note"/></group>', "T3."),
        ('<text variable="volume" suffix="!"/>', "T3."),
        ('<text variable="volume"/><text macro="none"/>', "T3"),
    ],
)
def test_the_suffix_of_a_layout_that_begins_with_a_block(rest: str, expected: str) -> None:
    block = '<text variable="title" display="block"/>'
    assert entries_of(block + rest, "", 'suffix="."', DOE)[0].replace("\n", "") == expected


def test_authors_are_the_same_whoever_stands_behind_et_al() -> None:
    people = [{"family": name} for name in ("Roe", "Doe", "Poe")]
    layout = '<names variable="author"><name form="short" et-al-min="3" et-al-use-first="1"/></names>'
    entries = entries_of(layout, 'subsequent-author-substitute="---"', "", {"author": people[:1]}, {"author": people})
    assert entries == ["Roe", "---"]


@pytest.mark.parametrize(("locale", "expected"), [("en-GB", "A ‘quoted’ title"), ("it-IT", "A «quoted» title")])
def test_quotations_in_what_has_no_quotation_marks_take_the_outer_ones(locale: str, expected: str) -> None:
    items = [{"id": "a", "type": "book", "title": "A “quoted” title"}]
    style = style_of('<text variable="title" quotes="false"/>')
    assert Processor(style, items, locale).cite([[{"id": "a"}]]) == [expected]
    around = style_of('<text macro="m" quotes="true"/>', more='<macro name="m"><text variable="title"/></macro>')
    inner = around.replace('<text variable="title"/>', '<text variable="title" quotes="false"/>')
    cites = [Processor(text, items, locale).cite([[{"id": "a"}]]) for text in (around, inner)]
    assert cites[0] == cites[1]


@pytest.mark.parametrize(
    ("form", "expected"), [("", "“T,” P"), ('font-style="italic"', "“T”, <i>P</i>"), ('quotes="true"', "“T,” “P”")]
)
def test_the_prefix_of_what_is_formatted_stays_outside_of_quotation_marks(form: str, expected: str) -> None:
    layout = f'<text variable="title" quotes="true"/><text variable="publisher" prefix=", " {form}/>'
    assert printed(layout, {"title": "T", "publisher": "P"}) == expected


def test_a_quotation_in_a_formatted_field_keeps_marks_outside() -> None:
    layout = '<text variable="title" font-style="italic"/><text variable="publisher" prefix=", "/>'
    assert printed(layout, {"title": "A “T”", "publisher": "P"}) == "<i>A “T”</i>, P"
    assert printed(layout, {"title": "A “T”"}, affixes='suffix="."') == "<i>A “T.”</i>"
