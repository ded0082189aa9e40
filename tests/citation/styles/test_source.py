from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.catalog import search
from citetool.citation.styles.locate import stock_folder, style_ids
from citetool.citation.styles.source import find_style
from citetool.csl import Processor
from citetool.paths import shipped_styles
from citetool.problems import InputError, NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.csl.style.nodes import Style

PLAIN = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note" default-locale="de-DE">
  <info><title>Mine &amp; yours</title><id>mine</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
</style>
"""


def write(folder: Path, name: str, text: str = PLAIN) -> Path:
    path = folder / f"{name}.csl"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_style_of_ours() -> None:
    source = find_style("wilson-center")
    assert (source.id, source.home, source.style_class) == ("wilson-center", "citetool", "note")
    assert source.default_locale == "en-US"
    assert source.xml == source.text.encode()


def test_a_stock_style_by_its_id() -> None:
    source = find_style("ieee")
    assert (source.id, source.home, source.style_class, source.base) == ("ieee", "stock", "in-text", None)
    assert source.title == "IEEE Reference Guide version 11.29.2023"
    assert source.path.read_text(encoding="utf-8") == source.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("chicago-note-bibliography", "chicago-shortened-notes-bibliography"),
        ("turabian-fullnote-bibliography", "turabian-notes-bibliography"),
        ("harvard1", "harvard-cite-them-right"),
        ("vancouver", "nlm-citation-sequence"),
        ("harvard", "harvard-cite-them-right"),
        ("turabian", "chicago"),
    ],
)
def test_an_old_id_leads_to_the_new_one(old: str, new: str) -> None:
    source = find_style(old)
    assert (source.id, source.renamed_from) == (new, old)


def test_a_dependent_style_is_its_parent_under_its_own_name() -> None:
    parent, dependent = find_style("nature"), find_style("nature-digest")
    assert (dependent.id, dependent.title, dependent.base) == ("nature-digest", "Nature Digest", "nature")
    assert dependent.style_class == parent.style_class
    assert dependent.default_locale == "en-GB"
    assert dependent.text.partition("<info>")[2] == parent.text.partition("<info>")[2]
    assert dependent.text.count('default-locale="en-GB"') == 1


@pytest.mark.parametrize(
    "url",
    ["https://www.zotero.org/styles/apa", "http://www.zotero.org/styles/apa?source=1", "https://zotero.org/styles/apa"],
)
def test_the_url_of_a_style_means_the_stock_one(url: str) -> None:
    source = find_style(url)
    assert (source.id, source.home, source.base) == ("apa", "stock", None)
    assert (find_style("apa").home, find_style("apa").base) == ("citetool", "apa")


def test_a_journal_that_asks_for_apa_gets_the_stock_style() -> None:
    journal = find_style("accounting-forum")
    assert journal.base == "apa"
    assert "archival-description" not in journal.text


def test_a_url_looks_into_the_library_first(tmp_path: Path) -> None:
    write(tmp_path, "apa")
    assert find_style("http://www.zotero.org/styles/apa", folders=[tmp_path]).home == "library"


def test_names_in_capitals_and_with_the_ending() -> None:
    assert find_style("APA").id == find_style("apa.csl").id == "apa"


def test_a_file_by_its_path(tmp_path: Path) -> None:
    source = find_style(str(write(tmp_path, "mine")))
    assert (source.id, source.title, source.home, source.default_locale) == ("mine", "Mine & yours", "file", "de-DE")


def test_the_library_comes_before_citetool_and_both_before_stock(tmp_path: Path) -> None:
    for name in ("wilson-center", "apa"):
        write(tmp_path, name)
        assert find_style(name, folders=[tmp_path]).home == "library"
    assert style_ids([tmp_path])[:2] == ["apa", "wilson-center"]
    assert style_ids([tmp_path]).count("apa") == 1


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(NotFoundError) as caught:
        find_style("modern-langage-association")
    assert "'modern-language-association'" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "nosuch", "no/such", "../styles", "a\0b", "nosuch.csl", "x" * 5000, "ä ö"]
)
def test_what_is_no_name_is_not_found(name: str) -> None:
    with pytest.raises(NotFoundError):
        find_style(name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it has no <style> at its root"),
        ("just text", "it has no <style> at its root"),
        (PLAIN.replace(' class="note"', ""), "the root has no class"),
        (PLAIN.replace('"note"', '"footnote"'), "class is 'footnote'"),
        (PLAIN.replace("<citation>", '<citation><!-- <link rel="x"/> -->').replace("</style>", ""), None),
    ],
)
def test_a_file_that_is_no_style(tmp_path: Path, text: str, message: str | None) -> None:
    path = write(tmp_path, "bad", text)
    if message is None:
        # the processor says where XML breaks off; finding a style does not parse it
        assert find_style(str(path)).id == "bad"
        return
    with pytest.raises(InputError) as caught:
        find_style(str(path))
    assert message in str(caught.value)
    assert caught.value.problems[0].where.source == str(path)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "latin.csl"
    path.write_bytes(PLAIN.replace("yours", "für dich").encode("latin-1"))
    with pytest.raises(InputError, match=r"latin.csl:3: not UTF-8"):
        find_style(str(path))


def test_a_dependent_style_without_its_parent(tmp_path: Path) -> None:
    link = '<link href="http://www.zotero.org/styles/nosuch" rel="independent-parent"/>'
    path = write(tmp_path, "orphan", PLAIN.replace("<id>", link + "<id>"))
    with pytest.raises(InputError, match="the parent 'nosuch' is not there"):
        find_style(str(path))


def test_a_dependent_style_that_names_itself(tmp_path: Path) -> None:
    link = '<link href="http://www.zotero.org/styles/own" rel="independent-parent"/>'
    write(tmp_path, "own", PLAIN.replace("<id>", link + "<id>"))
    with pytest.raises(InputError, match="the parent 'own' is not there"):
        find_style("own", folders=[tmp_path])


def test_all_ids_are_there() -> None:
    folder, own = stock_folder(), shipped_styles()
    assert folder is not None
    assert own is not None
    ids = style_ids()
    assert len(ids) == len(set(ids))
    assert {path.stem for path in own.glob("*.csl")} == set(style_ids(stock=False))
    assert {"apa", "nature-digest", "chicago"} <= set(ids)


# ---- what was parsed once is kept


def aged(path: Path) -> Path:
    """The file, as if it had been written long ago."""
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def printed(name: str, *folders: Path) -> str:
    """What the style prints for one item, and whether it was parsed for that."""
    source = find_style(name, folders=folders)
    text = Processor(source.parsed(), [{"id": "x", "type": "book", "title": "Title"}]).cite([[{"id": "x"}]])[0]
    return f"{'parsed' if source._packed is None else 'kept'}: {text}"


def test_a_style_is_parsed_once_and_again_when_it_changes(tmp_path: Path) -> None:
    path = aged(write(tmp_path, "mine"))
    assert [printed("mine", tmp_path), printed("mine", tmp_path)] == ["parsed: Title", "kept: Title"]
    aged(write(tmp_path, "mine", PLAIN.replace("<layout>", '<layout suffix="!">')))
    assert [printed("mine", tmp_path), printed("mine", tmp_path)] == ["parsed: Title!", "kept: Title!"]
    source = find_style("mine", folders=[tmp_path])
    assert (source.title, source.default_locale, source.base) == ("Mine & yours", "de-DE", None)
    assert source.text == path.read_text(encoding="utf-8")
    path.unlink()
    with pytest.raises(NotFoundError):
        find_style("mine", folders=[tmp_path])


def test_a_few_styles_are_unpacked_once_for_all_who_ask(tmp_path: Path) -> None:
    names = [f"style-{number}" for number in range(10)]
    for name in names:
        aged(write(tmp_path, name))
        assert printed(name, tmp_path) == "parsed: Title"

    def style(name: str) -> Style:
        return find_style(name, folders=[tmp_path]).parsed()

    first = style(names[0])
    assert style(names[0]) is first
    for name in names[1:]:
        style(name)
    assert style(names[0]) is not first  # eight others have been asked for since
    aged(write(tmp_path, names[1], PLAIN.replace("<layout>", '<layout suffix="!">')))
    assert printed(names[1], tmp_path) == "parsed: Title!"


def test_a_style_that_was_just_written_is_not_kept(tmp_path: Path) -> None:
    write(tmp_path, "mine")
    assert [printed("mine", tmp_path), printed("mine", tmp_path)] == ["parsed: Title"] * 2


OVERLAY = """<style class="note" xmlns="http://purl.org/net/xbiblio/csl" xmlns:o="urn:citetool:overlay"
  o:extends="base">
  <info><title>Over</title><id>over</id><updated>2026-01-01T00:00:00+00:00</updated></info>
</style>
"""


def test_an_overlay_is_parsed_again_when_its_base_changes_or_another_comes_before_it(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    aged(write(second, "over", OVERLAY))
    aged(write(second, "base"))

    def both() -> list[str]:
        return [printed("over", first, second), printed("over", first, second)]

    assert both() == ["parsed: Title", "kept: Title"]
    aged(write(second, "base", PLAIN.replace("<layout>", '<layout suffix="!">')))
    assert both() == ["parsed: Title!", "kept: Title!"]
    aged(write(first, "base", PLAIN.replace("<layout>", '<layout suffix="?">')))
    assert both() == ["parsed: Title?", "kept: Title?"]
    (first / "base.csl").unlink()
    assert both() == ["parsed: Title!", "kept: Title!"]
    (second / "base.csl").unlink()
    with pytest.raises(InputError, match="the base 'base' is not there"):
        find_style("over", folders=[first, second])


def test_a_style_of_a_library_that_lies_elsewhere_is_not_read(tmp_path: Path) -> None:
    folder, outside = tmp_path / "library" / "styles", tmp_path / "outside"
    folder.mkdir(parents=True)
    outside.mkdir()
    text = find_style("apa").text
    for place in (outside / "x.csl", folder.parent / "shared.csl"):
        place.write_text(text, encoding="utf-8")
    (folder / "x.csl").symlink_to(outside / "x.csl")
    (folder / "inside.csl").symlink_to("../shared.csl")
    os.mkfifo(folder / "pipe.csl")
    with pytest.raises(InputError, match="leads out of the library"):
        find_style("x", folders=[folder])
    assert find_style("inside", folders=[folder]).home == "library"
    ids = style_ids([folder])
    assert "inside" in ids
    assert not {"x", "pipe"} & set(ids)
    assert [info.id for info in search([], folders=[folder], stock=False) if info.home == "library"] == ["inside"]
    (folder.parent / "linked").symlink_to(outside)
    with pytest.raises(InputError, match="leads out of the library"):
        find_style("x", folders=[folder.parent / "linked"])
