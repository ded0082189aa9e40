"""Compares with the reference: `python tests/csl/fuzz.py --styles N --documents N --seed N [--small]`.

Documents are grown at random. Each takes an installed style, its locale or another one, and some items of real files
whose fields are changed; its clusters have locators, affixes, suppressed authors and repeats. Both processors print
it; `deviations.Judge` tells which differences are of a kind that DEVIATIONS.md names. With `--small` another one is
made small (fewer clusters, cites, items and fields as long as it stays) and printed as a case of the test suite. The
reference is found as `reference` says.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from citetool.csl import Processor  # noqa: E402 # the script runs from anywhere
from citetool.csl.style.locale import locale_folder  # noqa: E402
from citetool.formats.api import read_file  # noqa: E402
from citetool.formats.csl.export import to_item  # noqa: E402
from citetool.problems import InputError  # noqa: E402
from citetool.record.model import Record  # noqa: E402
from tests.csl.deviations import Judge  # noqa: E402
from tests.csl.oracle import style_folder  # noqa: E402
from tests.csl.reference import Reference  # noqa: E402
from tests.shared import SHARED  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Item = dict[str, Any]
Document = tuple[str, str, list[Item], list[Item]]  # style, locale, items, clusters

LOCALES = ("en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "ru-RU", "zh-CN", "ja-JP", "tr-TR", "pl-PL", "cs-CZ")
LANGUAGES = ("en", "en-US", "de", "fr", "es", "ru", "zh-CN", "ja", "tr", "")
LABELS = ("page", "chapter", "volume", "folio", "note", "section", "figure", "verse")
LOCATORS = ("12", "12-14", "3, 5", "12 n. 4", "vol. 2, p. 33", "iv-vi", "321-8", "A3", "76-76", "1,234", "fol. 3v")
PAGES = ("12", "12-14", "321-8", "iv-vi", "A3", "76-76", "1,234", "e12345", "1103-1104", "S3-S9")
AFFIXES = {
    "prefix": ("see", "see ", "e.g.,", "cf. ", "Doe says:", "(1999)", "see also “there,” "),
    "suffix": (", and passim", " there", "; italics mine", ", fn. 3", "(emphasis added)", " et seq."),
}
TITLES = (
    "The “quoted” title", "A study of iPhone use", "l'Histoire d'un “mot”", "«Estado» y nación", "„Der Erzähler“ heute",
    "<i>The <b>bold</b> ship</i> at sea", "<span class=\"nocase\">de</span> re publica",
    "Letters, 1941–1945: a selection", "Vol. 2: E = mc<sup>2</sup>?", "Who’s who & what’s what!", "The U.S. v. Nixon",
    "Self-help at sea: a history of letters", "What is to be done?", "Etc. etc.", "<i>Titanic</i> and its wreck",
    'The "straight" one', "H<sub>2</sub>O and the law", "MEMORANDUM OF CONVERSATION", "война и мир", "A/B testing (a)",
)  # fmt: skip
DATES: tuple[Item, ...] = (
    {"date-parts": [[1944]]}, {"date-parts": [[1944, 6, 26]]}, {"date-parts": [[1944, 21]]}, {"raw": "1944/1945"},
    {"date-parts": [[1944, 6], [1945, 2]]}, {"date-parts": [[-44]]}, {"literal": "n.d."}, {"raw": "June 1944"},
    {"date-parts": [[1944, 6, 3], [1944, 6, 9]]}, {"date-parts": [["1944", "6"]], "circa": True},
    {"raw": "26 June 1944"}, {"date-parts": [[1944, 12, 30], [1945, 1, 2]]}, {"date-parts": [[1944], [1946]]},
    {"date-parts": [[1944]], "season": 3}, {"date-parts": [[1944, 6, 26]], "circa": True}, {"raw": "Spring 1944"},
    {"date-parts": [[1944, 6, 3], [1944, 7, 9]]}, {"date-parts": [[98]]}, {"literal": "forthcoming"},
)  # fmt: skip
NAMES: tuple[Item, ...] = (
    {"family": "Beethoven", "given": "Ludwig van"}, {"family": "Gaulle", "given": "Charles de"},
    {"family": "King", "given": "Martin Luther", "suffix": "Jr."}, {"literal": "U.S. Department of State"},
    {"family": "Smith", "given": "John"}, {"family": "Smith", "given": "Jane"}, {"family": "Smith", "given": "J."},
    {"family": "Doe", "given": "Jean-Paul"}, {"family": "毛", "given": "泽东"}, {"family": "Молотов", "given": "В. М."},
    {"family": "al-Hakim", "given": "Tawfiq"}, {"family": "d'Alembert", "given": "Jean"},
    {"family": "Humboldt", "given": "Alexander", "non-dropping-particle": "von"}, {"family": "Smith", "given": "J. A."},
    {"family": "Fontaine", "given": "Jean", "dropping-particle": "de", "non-dropping-particle": "La"},
    {"literal": "The British Library"}, {"literal": "Central Committee, CPSU"}, {"family": "Smith", "given": "Ann-May"},
    {"family": "van der Berg", "given": "Jan P."}, {"family": "Madonna"}, {"family": "O’Brien", "given": "Seán"},
    {"family": "Windsor", "given": "Charles", "suffix": "III", "comma-suffix": True},
)  # fmt: skip
NUMBERS = ("3", "1-2", "iv", "2nd", "12, 14", "2 & 4", "12a", "xii–xv", "A-12", "7th rev.", "100-105")
TYPES = (
    "legal_case", "legislation", "bill", "treaty", "hearing", "patent", "interview", "thesis", "webpage", "review",
    "paper-conference", "chapter", "article-newspaper", "report", "manuscript", "motion_picture", "map", "speech",
    "personal_communication", "entry-encyclopedia", "dataset", "software", "post-weblog", "regulation",
)  # fmt: skip
ROLES = (
    "recipient", "translator", "interviewer", "director", "container-author", "original-author", "collection-editor",
    "editor", "composer", "illustrator", "reviewed-author",
)  # fmt: skip
MODES = ("", "", "", "", "", "", "composite", "suppress-author", "author-only")
NOTES = ("original-date: 1855\nSeen in 1999", "Seen: 1999", "genre: telegram", "Some note.")


def read_pool() -> list[Item]:
    """Return the items of the corpus and of the real files that are bibliographies."""
    if SHARED is None:
        raise SystemExit("no fixtures: set CITETOOL_SHARED to their folder")
    pool: list[Item] = json.loads((SHARED / "oracle" / "corpus.json").read_text(encoding="utf-8"))
    for folder, suffix in (("zotero", ".json"), ("bib", ".bib"), ("ris", ".ris")):
        for path in sorted((SHARED / "data" / folder).glob(f"*{suffix}")):
            try:
                records = [found for found in read_file(path) if isinstance(found, Record)]
            except InputError:  # some of these files are broken on purpose
                continue
            pool += [to_item(record, carry=False) for record in records[:40]]
    return [item for item in pool if item.get("type")]


class Grower:
    """Grows documents from one source of randomness."""

    def __init__(self, seed: int, pool: list[Item], styles: list[Path]) -> None:
        self.random = random.Random(seed)
        self.pool = pool
        self.styles = styles

    def document(self) -> Document:
        """Return a document of some items and clusters in one of the styles."""
        rng = self.random
        style = rng.choice(self.styles).read_text(encoding="utf-8")
        locale = rng.choice(LOCALES) if rng.random() < 0.3 else ""
        items = [self._item(number) for number in range(rng.randint(2, 6))]
        if rng.random() < 0.4:  # people whom only their given names or the year tell apart
            items[1]["author"] = json.loads(json.dumps(items[0].get("author", [NAMES[4]])))
            items[0].setdefault("author", [NAMES[4]])
            items[1]["issued"] = items[0].get("issued", DATES[0])
        if rng.random() < 0.15:  # namesakes, or one author, of whom some are undated
            for item in items:
                item["author"] = [rng.choice(NAMES[4:7])] if rng.random() < 0.5 else [NAMES[3]]
                if rng.random() < 0.4:
                    item.pop("issued", None)
        in_notes = 'class="note"' in style[:2000]
        clusters = [self._cluster(items, number, in_notes) for number in range(1, rng.randint(3, 8))]
        if 'variable="citation-number"' in style:  # DEVIATIONS.md: the delimiter goes behind the prefix
            for cluster in clusters:
                cluster["citationItems"] = [{**cite, "prefix": ""} for cite in cluster["citationItems"]]
        return style, locale, items, clusters

    def _item(self, number: int) -> Item:
        rng = self.random
        item = json.loads(json.dumps(rng.choice(self.pool)))
        item["id"] = f"i{number}"
        item.pop("custom", None)
        changes: list[tuple[str, tuple[Any, ...]]] = [
            ("title", TITLES), ("container-title", TITLES), ("issued", DATES), ("language", LANGUAGES), ("note", NOTES),
            ("page", PAGES), ("volume", ("3", "1-2", "iv", "2nd")), ("edition", ("2", "3rd", "Second edition")),
            ("author", tuple([name] for name in NAMES)), ("editor", tuple([name] for name in NAMES)), ("type", TYPES),
            ("original-date", DATES), ("event-date", DATES), ("status", ("in press",)), ("authority", ("Senate",)),
            *((variable, NUMBERS) for variable in ("issue", "number", "number-of-volumes", "chapter-number", "volume")),
        ]  # fmt: skip
        for variable, values in rng.sample(changes, rng.randint(0, 5)):
            item[variable] = rng.choice(values)
        if rng.random() < 0.2:
            item["author"] = rng.sample(NAMES, rng.randint(1, 8))
        if rng.random() < 0.2:
            item[rng.choice(ROLES)] = rng.sample(NAMES, rng.randint(1, 4))
        return {name: value for name, value in item.items() if value not in ("", None)}

    def _cluster(self, items: list[Item], number: int, in_notes: bool) -> Item:
        rng = self.random
        cites = []
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            cite: Item = {"id": rng.choice(items)["id"]}
            if rng.random() < 0.3:
                cite |= {"locator": rng.choice(LOCATORS), "label": rng.choice(LABELS) if rng.random() < 0.3 else "page"}
                if cite["label"] == "note" and " n. " in cite["locator"]:  # DEVIATIONS.md: two labels of one kind
                    cite["locator"] = "12"
            for affix, texts in AFFIXES.items():
                if rng.random() < 0.1:
                    cite[affix] = rng.choice(texts)
            if rng.random() < 0.1:
                cite["suppress-author"] = True
            cites.append(cite)
        properties: Item = {"noteIndex": number if in_notes else 0}
        # in notes, and with affixes, the reference prints the author or the writer's words twice: see DEVIATIONS.md
        bare = all(AFFIXES.keys().isdisjoint(cite) for cite in cites) and all("author" in item for item in items)
        if (mode := rng.choice(MODES)) and bare and not in_notes:
            properties["mode"] = mode
        return {"citationID": f"c{number}", "citationItems": cites, "properties": properties}


def compare(reference: Reference, document: Document) -> Iterator[tuple[str | None, str, str]]:
    """Yield (kind, theirs, ours) for each cluster and entry; nothing where the reference fails.

    The kind is that of `Judge.kind`: '' for texts that agree, None for a difference that no document explains.
    """
    style, locale, items, clusters = document
    theirs = reference.render(style, items, clusters, locale)
    if "error" in theirs:
        return
    processor = Processor(style, json.loads(json.dumps(items)), locale or None)
    texts = processor.cite(clusters)
    entries = {ids[0]: text for ids, text in processor.bibliography().entries}
    printed = [*theirs["texts"], *(text for _, text in theirs["entries"])]
    judge = Judge(items, clusters, printed, in_notes=processor.style.is_note)
    for number, (wanted, got) in enumerate(zip(theirs["texts"], texts, strict=True)):
        yield judge.kind(wanted, got, number), wanted, got
    for name, wanted in theirs["entries"]:
        got = entries.get(name, "")
        yield judge.kind(wanted, got), wanted, got


def first_difference(reference: Reference, document: Document) -> tuple[str, str] | None:
    """Return the first pair of texts that differ in no way that is documented."""
    return next(((wanted, got) for kind, wanted, got in compare(reference, document) if kind is None), None)


def minimize(document: Document, differs: Callable[[Document], bool]) -> Document:
    """Return the document with all taken away that the difference does not need."""
    style, locale, items, clusters = document
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(items, clusters):
            if differs((style, locale, *smaller)):
                (items, clusters), changed = smaller, True
                break
    return style, locale, items, clusters


def _smaller(items: list[Item], clusters: list[Item]) -> Iterator[tuple[list[Item], list[Item]]]:
    """Yield what is left without one cluster, cite, item or field."""
    for at in range(len(clusters)):
        yield items, _replaced(clusters, at)
    cited = {cite["id"] for cluster in clusters for cite in cluster["citationItems"]}
    for at, item in enumerate(items):
        if item["id"] not in cited:
            yield _replaced(items, at), clusters
    for at, cluster in enumerate(clusters):
        cites = cluster["citationItems"]
        for place, cite in enumerate(cites):
            others = [_replaced(cites, place)] if len(cites) > 1 else []
            for left in [*others, *(_replaced(cites, place, one) for one in _without_each(cite))]:
                yield items, _replaced(clusters, at, {**cluster, "citationItems": left})
    for at, item in enumerate(items):
        for one in _without_each(item):
            yield _replaced(items, at, one), clusters


def _replaced(values: list[Item], at: int, *new: Item) -> list[Item]:
    return [*values[:at], *new, *values[at + 1 :]]


def _without_each(item: Item) -> list[Item]:
    """Return the item without one of its fields, for each that it can do without."""
    return [{n: v for n, v in item.items() if n != gone} for gone in item if gone not in ("id", "type")]


def as_case(document: Document, wanted: str) -> str:
    """Return the document in the form of the test suite, with what the reference prints as its result."""
    style, _, items, clusters = document
    steps = [[cluster, [[c["citationID"], c["properties"]["noteIndex"]] for c in clusters[:at]], []]
             for at, cluster in enumerate(clusters)]  # fmt: skip
    sections = {"MODE": "citation" if clusters else "bibliography", "RESULT": wanted, "CSL": style,
                "INPUT": json.dumps(items, ensure_ascii=False, indent=1),
                "CITATIONS": json.dumps(steps, ensure_ascii=False, indent=1)}  # fmt: skip
    return "\n\n".join(f">>===== {name} =====>>\n{text}\n<<===== {name} =====<<" for name, text in sections.items())


def main() -> int:
    """Run the comparison; exit code 1 if a text differs, 2 where there is no reference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--styles", type=int, default=100, help="how many styles are drawn from")
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--small", action="store_true", help="print each difference as a small case of the suite")
    options = parser.parse_args()
    reference = Reference.open(locale_folder())
    if reference is None:
        print("no reference: install node and npm citeproc, and set CITEPROC_JS to the package")
        return 2
    rng = random.Random(options.seed)
    styles = rng.sample(sorted(style_folder().glob("*.csl")), options.styles)
    grower = Grower(options.seed, read_pool(), styles)
    kinds: Counter[str | None] = Counter()
    for _ in range(options.documents):
        document = grower.document()
        for kind, wanted, got in compare(reference, document):
            kinds[kind] += 1
            if kind is None:
                print(f"{_title(document[0])} {document[1]}\n  theirs: {wanted!r}\n  ours:   {got!r}")
        if options.small and first_difference(reference, document):
            small = minimize(document, lambda d: first_difference(reference, d) is not None)
            pair = first_difference(reference, small)
            print(as_case(small, pair[0] if pair else ""), f"ours: {pair[1] if pair else ''}", sep="\n")
    reference.close()
    texts, different = kinds.total(), kinds[None]
    explained = ", ".join(f"{number} by {kind}" for kind, number in kinds.most_common() if kind)
    print(f"{texts} texts, {different} differ ({different / max(texts, 1):.2%})")
    print(f"beside those that DEVIATIONS.md explains: {explained or 'none'}")
    return 1 if different else 0


def _title(style: str) -> str:
    return style.partition("<title>")[2].partition("</title>")[0]


if __name__ == "__main__":
    sys.exit(main())
