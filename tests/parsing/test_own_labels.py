"""Citations in the forms of thirty traditions, labelled before they were read: `labels/*.txt`.

The archives, their classes and the forms are those that they ask for and that historians use; the documents are made
up. Real are those of AGI, AGS, BNC and AGNC in the third files: a thesis on pardons in New Granada cites them
(github.com/jairomelo/tesis_capitulado, `cap1.md` to `cap5.md`), and most of the fifth: notes of Weber's book on the
peasants of France, of the minutes of Austrian ministers (github.com/oeaw-ministerratsprotokolle/mp-edition-data), of
books on Yugoslavia in the war (github.com/znaci-org/site-source), of Soviet files on Kennedy, of Australian documents
(github.com/wragge/dfat-documents-web), of a page on American television (github.com/WGBH/AAPB2), and of research aids
on Dutch collections (github.com/colonial-heritage/research-aids). Of the sixth two in five are real: notes on the
archives of the French foreign ministry (books.openedition.org/pur/48660), of Waller's *Wild Bill Donovan*, Schneer's
*The Balfour Declaration*, Kumaraswamy's *India's Israel Policy*, of Skírnir (1973) on Iceland in the war, of papers on
Poles and Ukrainians, of a yearbook of Potštát, of a book on the Bulgarian church, of the İSNAD guide, of the yearbook
of the Széchényi library, of Australian documents, of the *Dizionario biografico degli italiani*, and the letters of
Suriano (github.com/HuygensING/suriano). The seventh files are in the forms that guides and finding aids ask for, with
documents made up, and so are the eighth, but for what archives and guides give as examples themselves: the Bundesarchiv
(bundesarchiv.de, Zitierweisen), the National Archives of Australia and of Malta, JACAR (jacar.go.jp/english/inyo), the
University of Saskatchewan (libguides.usask.ca), the University of West Bohemia (citace.zcu.cz/co-norma-neresi), and the
Swedish provincial archives. `seen*.txt` may be looked at while rules are written,
`kept*.txt` may not: only their shares are. A block is a citation,
a line for each fact of it, and the tradition.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from citetool.parsing import read_citation, read_citations
from tests.parsing.test_expected import fact, facts

LABELS = Path(__file__).parent / "labels"
PROSE = Path(__file__).parent / "prose"


SHARES = [
    ("seen.txt", 0.94, 0.81), ("kept.txt", 0.85, 0.59), ("seen_2.txt", 0.94, 0.83), ("kept_2.txt", 0.865, 0.63),
    ("seen_3.txt", 0.9, 0.7), ("kept_3.txt", 0.86, 0.57), ("seen_4.txt", 0.92, 0.65), ("kept_4.txt", 0.91, 0.75),
    ("seen_5.txt", 0.88, 0.64), ("kept_5.txt", 0.79, 0.44), ("seen_6.txt", 0.92, 0.72), ("kept_6.txt", 0.81, 0.42),
    ("seen_7.txt", 0.86, 0.48), ("kept_7.txt", 0.77, 0.26),
    ("seen_8.txt", 0.73, 0.28), ("kept_8.txt", 0.73, 0.3),
]  # fmt: skip


def shares(name: str) -> tuple[float, float]:
    """Return F1 of the facts of a file, and the share of its citations in which all of them are right."""
    both = either = whole = count = 0
    for block in (LABELS / name).read_text(encoding="utf-8").strip().split("\n\n"):
        string, *lines = block.splitlines()
        wanted = Counter(fact(*line.split(": ", 1)) for line in lines if not line.startswith("set: "))
        found = facts(read_citation(string))
        both += (found & wanted).total()
        either += found.total() + wanted.total()
        whole += found == wanted
        count += 1
    return 2 * both / either, whole / count


@pytest.mark.parametrize(("name", "f1", "whole"), SHARES)
def test_shares_do_not_fall(name: str, f1: float, whole: float) -> None:
    got = shares(name)
    assert got >= (f1, whole)
    assert got[1] >= whole


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("FA., FM., Präs. 12/1850", [("repository", "FA."), ("collection", "FM."), ("file_code", "Präs. 12/1850")]),
        ("Biblioteca del Carmine [ms. 315]", [("repository", "Biblioteca del Carmine"), ("item", "ms. 315")]),
        (
            "Source: Johnson Library, National Security File, Jane Roe Files, Ice, Snow, 1/61, Box 14. Secret.",
            [
                ("repository", "Johnson Library"),
                ("collection", "National Security File"),
                ("series", "Jane Roe Files"),
                ("folder", "Ice, Snow, 1/61"),
                ("box", "Box 14"),
            ],
        ),
        ("A.N., F7 12948", [("repository", "A.N."), ("item", "F7 12948")]),
    ],
)
def test_levels_of_several_traditions(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(level.name, level.value) for level in read_citation(text).levels] == wanted


def test_a_level_named_by_its_place_is_not_sure() -> None:
    told = read_citation("Roe to Doe, May 8, 1979, NARA, RG 59, Lot File 82D297, Box 6")
    guessed = read_citation("Roe to Doe, May 8, 1979, NARA, RG 59, Plum Ridge, Lot File 82D297, Box 6")
    assert told.confidence > guessed.confidence + 0.05


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("AGI, Filipinas, 339", ["AGI", "collection: Filipinas", "folder: 339"]),
        ("Archivio di Stato di Lucca, Anziani 512 (1588)", ["Archivio di Stato di Lucca", "Anziani", "512"]),
        (
            "Savi agli ordini, Deliberazioni, reg. 9.",
            ["collection: Savi agli ordini", "series: Deliberazioni"],
        ),
        ("Northern Workers Union 1921-38 NMML", ["NMML"]),
        (
            "BnF, Manuscrits, coll. Moreau n° 61, f. 12.",
            ["division: Manuscrits", "coll. Moreau", "n° 61"],
        ),
        ("British Library IOR/L/PS", ["British Library", "piece: IOR/L/PS"]),
        ("The National Archives (UK), CO 96/2", ["The National Archives", "place: UK", "piece: CO 96/2"]),
        ("AVII, k. 12, f. 3, reg. br. 4/9", ["box: k. 12", "folder: f. 3", "item: reg. br. 4/9"]),
        ("AJ, f. 507, IX/12-1", ["fond: f. 507"]),
        ("AJ, 837, KPR, I-5/104", ["collection: 837", "series: KPR"]),
        ("AIPN, 0296/54, t. 2", ["file_code: 0296/54", "volume: t. 2"]),
        ("AMSZ, MSZ, w. 3, t. 40", ["box: w. 3", "folder: t. 40"]),
        ("AD, Lot-et-Garonne 4 M 85", ["repository: AD, Lot-et-Garonne", "item: 4 M 85"]),
        ("BL Harley MS 12 f. 61v", ["repository: BL", "Harley MS 12", "page: f. 61v"]),
        ("HHStA, Nachlass Roe – Doe, Karton 1", ["HHStA", "collection: Nachlass Roe – Doe", "Karton 1"]),
        ("AA : A462, 708/12A, iv", ["repository: AA", "series: A462", "item: 708/12A", "volume: iv"]),
        ("NAA: P99, Plum Island 1954.", ["repository: NAA", "series: P99", "item: Plum Island 1954"]),
        ("BOA. DH. ŞFR, D. 12, G. 3.", ["repository: BOA", "collection: DH. ŞFR", "box: D. 12", "folder: G. 3"]),
        ("BCA, Kutu No: 60, Dosya No: 3, Sıra No: 4", ["box: Kutu No: 60", "folder: Dosya No: 3", "item: Sıra No: 4"]),
        ("NL-HaNA 2.05.80 inv.nr. 12, Roe aan Doe, 7 mei 1943", ["collection_id: 2.05.80", "item: inv.nr. 12"]),
        ("NL-HaNA, Plum, 216-1, inv. 12", ["collection: Plum", "collection_id: 216-1", "item: inv. 12"]),
        ("ÖStA, AVA, Plum, Kt. 12", ["repository: ÖStA", "division: AVA", "collection: Plum", "carton: Kt. 12"]),
        ("AGN, Ramo Dirección General de Plumas (DGP), caja 1", ["collection: Ramo Dirección General de Plumas"]),
        ("JACAR（アジア歴史資料センター）Ref.B01234567890", ["repository: JACAR", "item: Ref.B01234567890"]),
        ("中国外交部档案馆，档号：110-00001-04", ["repository: 中国外交部档案馆", "item: 档号：110-00001-04"]),
    ],
)
def test_habits_of_archives(text: str, wanted: list[str]) -> None:
    levels = [f"{level.name}: {level.value}" for level in read_citation(text).levels]
    assert all(any(level.endswith(one) for level in levels) for one in wanted), levels


def test_head_of_apa_stands_before_the_archive() -> None:
    reading = read_citation("Roe, J. (1905, May 3). Tides at Crete [Manuscript]. British Library, Add MS 1234")
    assert (reading.creators, reading.title, reading.date) == (["Roe, J."], "Tides at Crete", "1905-05-03")
    book = read_citation("Roe, J. (1905). Tides at Crete. London: Verso.")
    assert book.work is not None


def test_letter_behind_its_place_has_its_sender_with_office() -> None:
    reading = read_citation("Yale, Roe Papers, BC 12, Jane Roe, Harbour Office, to Doe, 16 Mar. 1915.")
    assert (reading.recipients, reading.date) == (["Doe"], "1915-03-16")
    assert reading.creators[0].startswith("Jane Roe")
    assert [level.value for level in reading.levels] == ["Yale", "Roe Papers", "BC 12"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ZQXM, 22-29 February1940, DO 121/7", "1940-02-22/1940-02-29"),
        ("ZQXM, 10/11 April 1940, DO 121/7", "1940-04-10/1940-04-11"),
        ("AAN, MSZ, sygn. 3511, k. 45, Raport konsula, 12 III 1933 r.", "1933-03-12"),
        ("BOA, HR.SYS. 2402/63, 12 Safer 1277 (30 August 1860)", "1860-08-30"),
        ("BOA, DH.MKT, 12/5, 15 Ra 1305 (1 Aralık 1887)", "1887-12-01"),
        ("Roe a Doe, Lima, 14 de enero de 1750, AGI, Lima, 12", "1750-01-14"),
        ("「山田報告」昭和3年12月26日、外務省外交史料館", "1928-12-26"),
    ],
)
def test_dates_of_several_traditions(text: str, date: str) -> None:
    assert read_citation(text).date == date


@pytest.mark.parametrize(
    ("text", "creators", "recipients"),
    [
        ("Jane Roe memo to Doe, May 3, 1941, Box 4, Roe Papers, Oldport Library", ["Jane Roe"], ["Doe"]),
        ("Roe’s letter to Doe, 3 May 1941, TNA, FO 371/123", ["Roe"], ["Doe"]),
        ("Photocopy of Roe’s letter to Doe, 3 May 1941, TNA, FO 371/123", ["Roe"], ["Doe"]),
        ("PA AA, R 123, Aufzeichnung Vogler, 12.9.1938", ["Vogler"], []),
        ("AMZV, kart. 2, dopis Krofty Benešovi, 4. 7. 1937", ["Krofty"], ["Benešovi"]),
        ("Kansallisarkisto, kotelo 12, kirje Tannerille 3.5.1946", [], ["Tannerille"]),
        ("MOL, K 63, 12. csomó, Bethlen Bánffynak, 1924. május 3.", ["Bethlen"], ["Bánffynak"]),
        ("BOA, DH.MKT, 12/5, Sadaret’ten Hariciye’ye, 12 Mart 1915", ["Sadaret’ten"], ["Hariciye’ye"]),
        ("ACS, b. 98, il prefetto al Ministero, 4 settembre 1926", ["prefetto"], ["Ministero"]),
        ("OSZKK, Fond 1, Roe János levele Kis Péternek, 1808. május 4.", ["Roe János"], ["Kis Péternek"]),
        ("外務省外交史料館、A.1.2、山田一郎発田中次郎宛、1937年7月12日", ["山田一郎"], ["田中次郎"]),
        ("中国外交部档案馆，110-00001-04，周恩来致乔冠华，1954年5月12日。", ["周恩来"], ["乔冠华"]),
        ("ΑΥΕ, φάκ. 3, Παπάς προς Γεωργίου, Σμύρνη, 12 Ιουνίου 1922", ["Παπάς"], ["Γεωργίου"]),
        ("SHD, GR 7 N 12, compte rendu du colonel Roe, 18 octobre 1938", ["colonel Roe"], []),
        ("HHStA, PA X, Kt. 8, Roe an Doe, Bericht Nr. 34 A–E, 12.7.1914", ["Roe"], ["Doe"]),
        ("AGA, caja 82, despacho n.º 412 de Roe a Doe, Vichy, 4-XI-1942", ["Roe"], ["Doe"]),
    ],
)
def test_people_of_several_tongues(text: str, creators: list[str], recipients: list[str]) -> None:
    reading = read_citation(text)
    assert (reading.creators, reading.recipients) == (creators, recipients)
    assert reading.date


def test_office_and_its_place_alone_stay_the_title() -> None:
    reading = read_citation("A.N., F7 12948, rapport du préfet du Nord, 4 mai 1912")
    assert (reading.title, reading.creators) == ("rapport du préfet du Nord", [])


def test_day_behind_a_numbered_folder_is_of_the_document_where_none_is_told() -> None:
    reading = read_citation("BOA, HR.SYS., Dosya No: 24, Gömlek No: 18, 22 Ağustos 1915")
    assert (reading.date, reading.levels[-1].value) == ("1915-08-22", "Gömlek No: 18")
    told = read_citation("Roe to Doe, May 1, 1945, Doe Papers, Box 3, Folder 6, May 12, 1945")
    assert (told.date, told.levels[-1].value) == ("1945-05-01", "Folder 6, May 12, 1945")


def test_text_between_archive_and_its_marks_is_a_collection() -> None:
    reading = read_citation("HHStA, Mondamt, F 4, Karton 112")
    assert [(level.name, level.value) for level in reading.levels][:2] == [
        ("repository", "HHStA"),
        ("collection", "Mondamt"),
    ]


def test_document_in_brackets_behind_its_place() -> None:
    reading = read_citation("AN, BB 30 371 (procureur Angers, June 28, 1865)")
    assert (reading.title, reading.date) == ("procureur Angers", "1865-06-28")
    assert [level.value for level in reading.levels] == ["AN", "BB 30 371"]


def test_recipient_may_come_before_the_sender() -> None:
    reading = read_citation("Letter to Jane Roe from John Doe, February 12, 1964, Bancroft Library, Box 13")
    assert (reading.creators, reading.recipients) == (["John Doe"], ["Jane Roe"])
    speech = read_citation("John White, Address to Affiliates, October 23, 1966, Bancroft Library, Box 5")
    assert speech.recipients == []


@pytest.mark.parametrize("text", (PROSE / "no_archives.txt").read_text(encoding="utf-8").splitlines())
def test_prose_and_printed_works_are_no_archives(text: str) -> None:
    assert max((reading.confidence for reading in read_citations(text)), default=0) < 0.5
