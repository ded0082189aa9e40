"""Broken files for the readers: `python tests/fuzz.py FORMAT N SEED` (`all` for each format in turn).

Files that a reader understands (`tests/formats/seeds`, and what our own writers make) are changed at random, with an
eye to what they are: values of JSON are replaced by others of any shape, elements of XML taken out, doubled, renamed,
lines swapped, bytes cut. Each mutant is read, planned as an import, and read back, cited, and put into an index:

- nothing but an error of ours (`CitetoolError`) may come of it, within seconds and a bounded memory;
- what would be written is read back equal.

The same N and SEED make the same mutants, and a mutant that fails is kept and named, so that it can be looked at.
With `atheris` installed and `--atheris`, mutants are led by coverage.
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import random
import re
import signal
import sys
import tempfile
import traceback
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from citetool.citation.render import cite  # noqa: E402 # the script runs from anywhere
from citetool.formats.api import read_file  # noqa: E402
from citetool.formats.base import ReadOptions, WriteOptions  # noqa: E402
from citetool.formats.convert import Transfer  # noqa: E402
from citetool.formats.csl.to_csl import make_item  # noqa: E402
from citetool.formats.registry import FORMATS, write_text  # noqa: E402
from citetool.library import files  # noqa: E402
from citetool.library.changes.additions import plan_add  # noqa: E402
from citetool.library.index.row import entry_of  # noqa: E402
from citetool.library.library import Library  # noqa: E402
from citetool.problems import CitetoolError  # noqa: E402
from citetool.record.keys import settle  # noqa: E402
from citetool.record.schema import to_plain  # noqa: E402
from citetool.record.sound import sound  # noqa: E402
from citetool.record.yamltext import read_record  # noqa: E402
from tests.factories import make_book, make_record  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citetool.record.model import Record

SEEDS = ROOT / "tests" / "formats" / "seeds"
READERS = tuple(name for name, row in FORMATS.items() if row.reads)
SECONDS = 5.0
MEMORY = 1 << 30

TEXTS = (
    "", " ", "\0", "\x1b]0;x\x07", "\ud800", "\u2028", "\u0085", "\ufeff", "\u202e", "a\tb\r\nc", "=1+1", "<i>",
    "{", "}", "\\",
    "%", "&", "#", ": ", "- ", "? x", "[", "]", "null", "true", "~", "!!python", "*a", "&a b", "|", ">", "'", '"',
    "citetool(",
    "citetool(a: b)", "31/05/1968", "1824-13-45", "0000", "-1", "9" * 400, "1e999", "NaN", "1824/1800",
    "2001-02-30", "[1667]",
    "../../x", "/etc/passwd", "con", "id", "date", "archive", "x-own", "xx-invalid-tag-", "@book{", "TY  - ",
    "ER  - ", "x" * 3000,
    "١٨٤٢", "Ⅻ", "a" * 70 + "\u0301" * 50, "<!ENTITY", "&#xD800;", "&#0;", "%00", "%zz", "http://[::1/",
    "file:///etc/passwd",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**70, 1e308, float("nan"), float("inf"), [], {}, [[]], [None], [[None]], {"": None},
    [[1e308]],
    [[0]], [[1824], [1800]], {"date-parts": [[None]]}, {"raw": 5}, {"literal": ["a"]}, {"@value": {}},
    {"a": {"b": [1, {"c": None}]}},
    ["a", 5, None], [["a"]], {"name": 5}, {"family": []}, {"timestamp": 1e308}, {"date-parts": [["1824", "x"]]},
)  # fmt: skip
_BYTES = (
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"<",
    b">",
    b"&",
    b'"',
    b"\n",
    b"\r",
    b"\t",
    b"\x1e",
    b"\x1f",
)


class Hang(BaseException):
    """A reader that took longer than it may; no handler of the code under test catches it."""


# ---- files to begin with


def seeds(name: str) -> list[bytes]:
    """Files of this format: our own samples, and what our writer makes of records, with and without carried notes."""
    found = [path.read_bytes() for path in sorted(SEEDS.glob(f"{name}.*"))]
    if FORMATS[name].writes:
        records = [make_record(), make_book(), make_record(id="b", archive={"class": ["A", "B"], "piece": ["1", "2"]})]
        for lossless in (True, False):
            found.append("".join(write_text(records, name, WriteOptions(lossless=lossless))).encode())
    if name == "marc":
        found.append(_marc())
    return found


def _marc() -> bytes:
    fields = [("001", "mss12"), ("100", "1 \x1faStone, Lord,\x1fd1790-1850"), ("245", "10\x1faPapers :\x1fbletters"),
              ("260", "  \x1faSpringfield :\x1fbPress,\x1fc1843."), ("852",
    "  \x1faTown Library\x1fjMSS 12")]  # fmt: skip
    directory, body = "", ""
    for tag, text in fields:
        directory += f"{tag}{len(text) + 1:04}{len(body):05}"
        body += f"{text}\x1e"
    base = 24 + len(directory) + 1
    return f"{base + len(body) + 1:05}npc a22{base:05}   4500{directory}\x1e{body}\x1d".encode()


# ---- changing them


def mutant(data: bytes, choose: random.Random) -> bytes:
    """The file with one to four changes."""
    for _ in range(choose.choice((1, 1, 1, 2, 3, 4))):
        data = choose.choice(_changes(data))(data, choose)
    return data


def _changes(data: bytes) -> list[Callable[[bytes, random.Random], bytes]]:
    head = data.lstrip()[:1]
    own = (
        [_json, _json, _json]
        if head in (b"{", b"[")
        else [_xml, _xml, _xml]
        if head == b"<"
        else [_line, _line, _value]
    )
    return [*own, _piece, _byte, _cut]


def _json(data: bytes, choose: random.Random) -> bytes:
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return _piece(data, choose)
    places = list(_places(tree))
    if not places:
        return _piece(data, choose)
    holder, place = choose.choice(places)
    act = choose.randrange(5)
    if act == 0:
        del holder[place]
    elif act == 1:
        holder[place] = [holder[place]] if choose.random() < 0.5 else {"x": holder[place]}
    elif act == 2 and isinstance(holder, dict):
        holder[choose.choice(TEXTS)] = _other(places, choose)
    elif act == 3:
        holder[place] = _other(places, choose)
    else:
        holder[place] = copy.deepcopy(choose.choice(VALUES + TEXTS))
    return json.dumps(tree, ensure_ascii=choose.random() < 0.5).encode("utf-8", "surrogatepass")


def _other(places: list[tuple[Any, Any]], choose: random.Random) -> Any:
    holder, place = choose.choice(places)
    return copy.deepcopy(holder[place])


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    for place in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, place
        yield from _places(tree[place])


_TAG = re.compile(rb"<(/?)([\w:.-]+)([^<>]*)>")


def _xml(data: bytes, choose: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return _piece(data, choose)
    tag = choose.choice(tags)
    text = choose.choice(TEXTS).encode("utf-8", "replace")
    act = choose.randrange(6)
    if act == 0:  # an element out
        end = data.find(b"</" + tag[2] + b">", tag.end())
        return data[: tag.start()] + (data[end + len(tag[2]) + 3 :] if end > 0 else data[tag.end() :])
    if act == 1:  # an element twice
        end = data.find(b"</" + tag[2] + b">", tag.end())
        whole = data[tag.start() : end + len(tag[2]) + 3] if end > 0 else tag[0]
        return data[: tag.start()] + whole + data[tag.start() :]
    if act == 2:  # another name
        other = choose.choice(tags)[2]
        return data.replace(b"<" + tag[2], b"<" + other).replace(b"</" + tag[2] + b">", b"</" + other + b">")
    if act == 3 and b'"' in tag[3]:  # an attribute's value
        start = tag.start(3) + tag[3].index(b'"') + 1
        end = data.find(b'"', start)
        return data[:start] + _escaped(text) + (data[end:] if end > 0 else b"")
    # text of an element
    end = data.find(b"<", tag.end())
    return data[: tag.end()] + (text if act == 4 else _escaped(text)) + data[end if end > 0 else tag.end() :]


def _escaped(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")


def _line(data: bytes, choose: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = choose.randrange(len(lines)), choose.randrange(len(lines))
    act = choose.randrange(4)
    if act == 0:
        del lines[one]
    elif act == 1:
        lines.insert(other, lines[one])
    elif act == 2:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines[one] += lines[other]
    return b"\n".join(lines)


def _value(data: bytes, choose: random.Random) -> bytes:
    """A value between separators (`: `, `- `, braces, quotes, commas) replaced."""
    marks = [match.end() for match in re.finditer(rb"[:=-] |[{\"(,;\t]", data)]
    if not marks:
        return _piece(data, choose)
    start = choose.choice(marks)
    end = next((m.start() for m in re.finditer(rb"[}\"),;\t\n]", data[start:])), 0) + start
    return data[:start] + choose.choice(TEXTS).encode("utf-8", "surrogatepass") + data[end:]


def _piece(data: bytes, choose: random.Random) -> bytes:
    at = choose.randrange(len(data) + 1)
    end = min(len(data), at + choose.choice((0, 0, 1, 5, 40)))
    new = choose.choice((choose.choice(TEXTS).encode("utf-8", "replace"), data[at:end] * 2, b""))
    return data[:at] + new + data[end:]


def _byte(data: bytes, choose: random.Random) -> bytes:
    at = choose.randrange(len(data) + 1)
    return data[:at] + choose.choice(_BYTES) + data[at + choose.randrange(2) :]


def _cut(data: bytes, choose: random.Random) -> bytes:
    return data[: choose.randrange(len(data) + 1)] if choose.random() < 0.3 else _byte(data, choose)


# ---- what must hold


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Stop what takes longer: seconds of processor time, which a busy machine does not lengthen."""

    def stop(*_: object) -> None:
        raise Hang(f"more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check(name: str, data: bytes, library: Library) -> int:
    """Read, import and use a file; gives the number of records. Raises AssertionError, Hang,
    or what it should not."""
    with limit(SECONDS):
        transfer = Transfer()
        try:
            records = list(transfer.records(read_file(io.BytesIO(data), name, ReadOptions(source=f"mutant.{name}"))))
        except CitetoolError:
            return 0
        settled: dict[str, Record] = {}
        for record in records:
            one = settle(record, settled.get)
            settled[one.id] = one
        try:
            plan = plan_add(library, settled.values(), on_conflict="merge")
        except CitetoolError:
            return 0
        for step in plan.steps:
            text = step.after.decode()  # type: ignore[union-attr] # only new files here
            again = read_record(text)
            expected = sound(settled[again.id])[0] if again.id in settled else again
            assert to_plain(again) == to_plain(expected), f"{again.id} is not read back equal"
            entry_of(again, files.Found(step.path, len(text), 0, 0))
            make_item(again)
            if zlib.crc32(data) % 20 == 0:  # slow: a program is compiled for each shape of record
                _cite(again)
        return len(plan.steps)


def _cite(record: Record) -> None:
    try:
        cite([record], style="chicago", form="note")
    except CitetoolError:  # it has nothing that could be printed
        return


def run(name: str, count: int, seed: int) -> Iterator[tuple[bytes, str]]:
    """Yield the mutants that fail, each with why."""
    choose = random.Random(f"{name} {seed}")
    begin = seeds(name)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        for _ in range(count):
            data = mutant(choose.choice(begin), choose)
            try:
                check(name, data, library)
            except (Exception, Hang) as error:  # noqa: BLE001 - all of them are what is looked for
                frame = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                yield data, f"{type(error).__name__}: {error} ({place})"


def _led_by_coverage(name: str) -> None:
    import atheris

    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], str(SEEDS)], lambda data: check(name, data, library))
        atheris.Fuzz()


def main() -> int:
    """Run the mutants; exit code 1 where any fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("format", choices=[*READERS, "all"])
    parser.add_argument("count", type=int, nargs="?", default=300)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--keep", type=Path, help="folder for the mutants that fail")
    parser.add_argument("--atheris", action="store_true", help="lead by coverage, without end")
    wanted = parser.parse_args()
    if wanted.atheris:
        _led_by_coverage(wanted.format)
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    failed = 0
    for name in READERS if wanted.format == "all" else (wanted.format,):
        seen: dict[str, int] = {}
        for data, why in run(name, wanted.count, wanted.seed):
            kind = re.sub(r"\(.*?\)|'[^']*'|\d+", "", why.partition(" (")[0]) + why[why.rfind(" (") :]
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] == 1:
                place = (wanted.keep or Path(tempfile.gettempdir())) / f"fuzz-{name}-{wanted.seed}-{len(seen)}"
                place.write_bytes(data)
                print(f"{name}: {why[:300]}: {place}", flush=True)
        failed += sum(seen.values())
        print(f"{name}: {wanted.count} mutants, {sum(seen.values())} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
