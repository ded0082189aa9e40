from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.csl import Processor
from citetool.csl.compile.trace import TracedPart, traced_parts
from citetool.output.writers import get_writer
from citetool.output.writers.base import write_events

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
  <info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <macro name="who">
    <names variable="author"><name form="short"/><substitute><text macro="what"/></substitute></names>
  </macro>
  <macro name="what">
    <text variable="title" quotes="true"/>
  </macro>
  <citation>
    <layout suffix=".">
      <group delimiter=", ">
        <text macro="who"/>
        <text macro="what"/>
        <group delimiter=" ">
          <text term="in"/>
          <text variable="archive"/>
        </group>
      </group>
    </layout>
  </citation>
  <bibliography><layout><text macro="what"/></layout></bibliography>
</style>"""
ITEM = {"id": "a", "type": "manuscript", "title": "Notes", "author": [{"family": "Doe"}], "archive": "State Library"}


def traced(item: Mapping[str, Any]) -> list[TracedPart]:
    processor = Processor(STYLE, [item], trace=True)
    processor.set_clusters([[{"id": "a"}]])
    return traced_parts(processor.citation_events()[0])


def test_each_part_knows_its_element_macro_and_line() -> None:
    assert [(part.text, *(part.origin or ())) for part in traced(ITEM)] == [
        ("Doe", 'names variable="author"', "who", 4),
        (", ",),
        ("“Notes,”", 'text variable="title"', "what", 7),
        (" ",),
        ("in", 'text term="in"', "", 15),
        (" ",),
        ("State Library", 'text variable="archive"', "", 16),
        (".",),
    ]


def test_what_stands_in_for_names_is_told_from_them() -> None:
    first = traced({name: value for name, value in ITEM.items() if name != "author"})[0]
    assert (first.text, first.origin) == ("“Notes,”", ('text variable="title"', "what", 7))


def test_tracing_changes_no_text() -> None:
    plain, tracing = Processor(STYLE, [ITEM]), Processor(STYLE, [ITEM], trace=True)
    assert tracing.cite([[{"id": "a"}]]) == plain.cite([[{"id": "a"}]]) == ["Doe, “Notes,” in State Library."]
    (entry,) = [events for _, events in tracing.entry_events(tracing.bibliography().parameters)]
    assert write_events(entry or [], get_writer("text")) == "“Notes”"
