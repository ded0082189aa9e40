"""What holds for every text: no fault, nothing invented, nothing dropped, and no more work than the text is long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citetool.parsing import Reading, read_citation, read_citations, read_levels, to_record
from citetool.parsing.tokenizer import tokenize
from citetool.record.schema import checked, to_plain

pytestmark = pytest.mark.property

WORDS = """
    Box Folder 12 RG 59 NARA to from May 8, 1979 Papers Library University Source: Ibid. f. op. d. ll. Ф. Оп. Letter
    Secret and in of Translated by Located in: (hereafter X) Lot n.d. 1950-60 http://x.y/z See also op. cit. Smith Jones
    interview MS 17 ; , . ( ) [ ] “ ” " ‘ ’ * « » # • -- [July 中文 ё I/3 A-1 Vol. Series
"""
citations = st.lists(st.sampled_from(WORDS.split()), max_size=30).flatmap(
    lambda words: st.lists(st.sampled_from(["", " ", " ", ", "]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    )
)
texts = st.one_of(citations, st.text(max_size=200))


def values(reading: Reading) -> list[str]:
    texts = [reading.string[part.start : part.end] for part in reading.parts]
    single = [reading.title, reading.date_verbatim, reading.url, reading.rest]
    levels = [level.value for level in reading.levels]
    return [*texts, *single, *levels, *reading.creators, *reading.recipients, *reading.unread]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_values_are_words_of_the_string(text: str) -> None:
    for reading in (read_citation(text), *read_citations(text)):
        assert all(value in reading.string for value in values(reading))
        assert 0.0 <= reading.confidence <= 1.0


@settings(max_examples=300, deadline=None)
@given(texts)
def test_nothing_is_dropped(text: str) -> None:
    reading = read_citation(text)
    covered = [False] * len(text)
    for part in reading.parts:
        covered[part.start : part.end] = [True] * (part.end - part.start)
    gaps = "".join(" " if known else char for char, known in zip(text, covered, strict=True))
    joints = {"in", "and", "from", "of", "at", "the", "und", "et", "to", "on", "see", "also", "dated", "by", "through"}
    joints |= {"received", "or", "for", "as", "with", "an", "à", "a", "de", "von", "к", "от"}
    for word in re.findall(r"[^\W_]+", gaps):
        assert word.casefold() in joints or any(word in rest for rest in reading.unread), word
    assert all(part in reading.rest for part in reading.unread)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_reading_becomes_a_faultless_record(text: str) -> None:
    for reading in read_citations(text):
        checked(to_plain(to_record(reading)))
    read_levels(text)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_segments_follow_each_other(text: str) -> None:
    place = 0
    for segment in tokenize(text):
        assert place <= segment.start < segment.end <= len(text)
        place = segment.end


@pytest.mark.parametrize(
    "unit", ["(", ",", "“", '"', "[(", ". ", "‘a", "a,", "([,", "f. 5, ", "to ", "*", ";", "Box 1 ", "1-"]
)
def test_work_grows_with_the_length_alone(unit: str) -> None:
    """Counted in steps of the tokenizer: twice the text, twice the segments and searches at the most."""
    assert len(tokenize(unit * 2000)) <= 2 * len(tokenize(unit * 1000)) + 2
    long = read_citation(unit * (100_000 // len(unit)))
    assert long.confidence == 0.0
    assert bool(long.rest) == any(map(str.isalnum, unit))
    assert long.problems
