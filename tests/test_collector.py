"""Whatever steers the collector leaves it as it was, and what nobody holds goes all the same."""

from __future__ import annotations

import gc
import weakref

import pytest

from citetool import collector
from citetool.csl import Processor

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography></style>"""


def make_processor() -> Processor:
    return Processor(STYLE, [{"id": "a", "type": "book", "title": "Memoirs"}])


def test_processors_that_nobody_holds_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "MANY", 0)
    processor = make_processor()
    processor.bibliography()
    circle = [processor]
    circle.append(circle)  # type: ignore[arg-type] # only the collector can take it away
    gone = weakref.ref(processor)
    del processor, circle
    make_processor().bibliography()
    assert gone() is None


@pytest.mark.parametrize("many", [0, 10**9])
def test_the_collector_is_as_it_was(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(collector, "MANY", many)
    frozen = gc.get_freeze_count()
    make_processor().bibliography()
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, frozen)
    gc.disable()
    try:
        make_processor().bibliography()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_somebody_has_frozen_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "MANY", 10**9)
    gc.freeze()
    try:
        make_processor().bibliography()
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()


def test_collecting_rarely_ends() -> None:
    before = gc.get_threshold()
    with collector.collecting_rarely():
        assert gc.get_threshold()[0] == collector.RARELY
    assert gc.get_threshold() == before


def test_threads_that_collect_rarely_at_once_leave_it_as_it_was() -> None:
    before = gc.get_threshold()
    one, other = collector.collecting_rarely(), collector.collecting_rarely()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert gc.get_threshold()[0] == collector.RARELY
    other.__exit__(None, None, None)
    assert gc.get_threshold() == before
