"""Components of sixteen institutions as Chicago cites them: the levels in the order of the tradition of each.

Read by a person beside the finding aid: American boxes and folders, then series and collection; French call numbers;
levels of AtoM. What a finding aid does not say (the university above a division) is not in its citation either.
"""

from __future__ import annotations

import pytest

from citetool.citation.render import cite
from citetool.formats.api import read_file
from citetool.record.model import Record
from tests.shared import needs_shared, shared

# File below `data`, title of the component, its citation.
CITED = [
    (
        "ead/SAA-SDT__EAD3__C1571.EAD3.xml",
        "Le sens du monde",
        "Le sens du monde, 1993, Guy Davenport, Correspondence, Folder 8, Clarence Brown Papers, Dept. of "
        "Rare Books and Special Collections, Princeton University Library, Princeton, New Jersey.",
    ),
    (
        "ead/SAA-SDT__EAD3__mc00092.xml",
        "Policy Formulation, Policy Execution, and the Political Elite Structure of Contemporary Malaya",
        "Policy Formulation, Policy Execution, and the Political Elite Structure of Contemporary Malaya, "
        "Folder 9, Box 14, Manuscripts and Writings, Robert O. Tilman Papers, North Carolina State University"
        " Libraries, Special Collections Research Center.",
    ),
    (
        "ead/SAA-SDT__EAD3__mc00246.xml",
        "Auditors",
        "Auditors, 1990, Folder 9, Box 1.026, Financial, Official Business, Administrative Records, Sigma Xi,"
        " The Scientific Research Society Records, North Carolina State University Libraries, Special "
        "Collections Research Center.",
    ),
    (
        "ead/SAA-SDT__EAD3__sw0116-ead3.xml",
        "Indiana State Prison",
        "Indiana State Prison, Riker’s Island Project, Folder 17, Box 1, Series 1: Administrative Materials, "
        "Henry Street Music School records, Social Welfare History Archives, University of Minnesota, "
        "Minneapolis, MN.",
    ),
    (
        "ead/archivesspace__archivesspace__hornstein.xml",
        "Myth",
        "Myth, undated, Folder 1, Box 18, Series IV: Miscellaneous Research Material, Lillian Herlands "
        "Hornstein Papers, New York University Archives, New York, NY.",
    ),
    (
        "ead/edsu__lc-findingaids__eadmss.ms013041.2.xml",
        "Visas",
        "Visas, Solicitations, 81st Congress, Box 10, Administrative File, Clinton Presba Anderson Papers, "
        "Manuscript Division, Library of Congress, Washington, D.C.",
    ),
    (
        "ead/edsu__lc-findingaids__eadpnp.pp004001.2.xml",
        "Not Alone",
        "Not Alone, 0001, Aaron, Exit Art “Reactions” exhibit collection, Prints & Photographs Division, "
        "Library of Congress, Washington, D.C.",
    ),
    (
        "ead/mlibrary__umich-arclight__minto_final.xml",
        "Thomas Minto",
        "Thomas Minto, September 13, 1785, Folder 23, Box 1, 1: Minto correspondence, I: Walter Minto papers,"
        " Minto-Skelton papers, William L. Clements Library, University of Michigan.",
    ),
    (
        "ead/mlibrary__umich-arclight__rushbenjaminandjulia.xml",
        "Abigail Adams (n.p.) letter to Julia Stockton Rush (Philadelphia)",
        "Abigail Adams (n.p.) letter to Julia Stockton Rush (Philadelphia), July 7, 1813, Folder 1, Box 1, "
        "Letters, Benjamin and Julia Stockton Rush papers, David M. Rubenstein Rare Book & Manuscript "
        "Library, Duke University, https://idn.duke.edu/ark:/87924/r4nn75.",
    ),
    (
        "ead/mlibrary__umich-arclight__tailyour_final.xml",
        "Sutherland, John & William",
        "Sutherland, John & William, November 4, 1795–August 8, 1803, Box 14, Letters, Correspondence, John "
        "Tailyour (1743-1815), Tailyour family papers, William L. Clements Library, University of Michigan.",
    ),
    (
        "ead/mlibrary__umich-arclight__umich-bhl-05100.xml",
        "Response letters from Phil Donahue show",
        "Response letters from Phil Donahue show, 1983, General information, Box 4, Vincent Chin Case and "
        "Aftermath, American Citizens for Justice Records, Bentley Historical Library, University of Michigan.",
    ),
    (
        "ead/pulibrary__pulfalight__C1752.EAD.xml",
        "Раиса Григорьевна (Raisa Grigor'evna)",
        "Раиса Григорьевна (Raisa Grigor’evna), 1992, Folder 8, Box B-002052, From Naiman, Correspondence, "
        "Anatoly Naiman Papers, Manuscripts Division, Princeton, New Jersey.",
    ),
    (
        "ead/pulibrary__pulfalight__MC197.EAD.xml",
        "1968",
        "1968, 1968, Folder 4, Box 2, Subseries 1A. Correspondence, Series 1: Personal and Legal Career, "
        "James A. Baker III Papers, Public Policy Papers, Special Collections, Princeton University Library, "
        "Princeton, New Jersey.",
    ),
    (
        "ead/thisismattmiller__honey-i-shrunk-the-finding-aids__17775.xml",
        "Alsop, Joseph",
        "Alsop, Joseph, 1947–1990, Folder 5, Box 2, Subseries I.A. Alphabetical correspondence, Series I: "
        "Correspondence, Arthur M. Schlesinger, Jr. papers, Manuscripts and Archives Division, The New York "
        "Public Library, New York, NY.",
    ),
    (
        "ead/thisismattmiller__honey-i-shrunk-the-finding-aids__2197.xml",
        "Morsier correspondence",
        "Morsier correspondence, 1911, Index 62, Reel 1, Series I: Chronological, Gabriel Astruc papers, "
        "Jerome Robbins Dance Division, The New York Public Library, New York, NY.",
    ),
    (
        "ead/thisismattmiller__honey-i-shrunk-the-finding-aids__test1.xml",
        "Connecticut District Maps",
        "Connecticut District Maps, 1966, Folder 35, Box 4, Series II: Subject Files, Miriam Butterworth "
        "Papers, Archives & Special Collections at the Thomas J. Dodd Research Center, University of "
        "Connecticut Libraries, Storrs, Connecticut.",
    ),
    (
        "formats/ead_cul/ead-sample-data__as_ead_cul-10142303.xml",
        "第二軍金州上陸之圖 = Dainigun Kinshū jōriku no zu",
        "第二軍金州上陸之圖 = Dainigun Kinshū jōriku no zu, 1904, item 083, Mapcase A5, Series II: Russo-Japanese War "
        "Prints/日露戦争錦絵, Sino-Japanese and Russo-Japanese War Prints Collection, C. V. Starr East Asian "
        "Library, Columbia University Library, New York, NY.",
    ),
    (
        "formats/ead_upenn/ead__penn_museum_ead_1.xml",
        "B general 1930",
        "B general 1930, Box 1, Alphabetical Correspondence, Works Progress Administration Records, "
        "University of Pennsylvania: Penn Museum Archives, Philadelphia, Pennsylvania.",
    ),
    (
        "formats/rico/recordResources__FRAN_RecordResource_054352.rdf",
        "La Bibliothèque des enfants : « Petits contes de nègres pour les enfants des blancs »",
        "La Bibliothèque des enfants : « Petits contes de nègres pour les enfants des blancs », 1985, "
        "20150640/22, Bibliothèque publique d’information : affiches, "
        "https://www.siv.archives-nationales.culture.gouv.fr/siv/UD/FRAN_IR_054352/c-8iewozzda--1sthxpy3j1jid.",
    ),
    (
        "formats/small/atom-isad.csv",
        "Letter about the mill",
        "John Smith, “Letter about the Mill,” May 5, 1912, Box 4, Correspondence, Smith family fonds, Town Archive.",
    ),
    (
        "ead/sul-dlss__stanford-arclight__sc0097.xml",
        "The Art of Computer Programming, Chapter 4 and 5 brief drafts",
        "The Art of Computer Programming, Chapter 4 and 5 brief drafts, Folder 32, Box 1, The Art of Computer"
        " Programming, Donald E. Knuth papers, Department of Special Collections and University Archives, "
        "Stanford University Libraries, Stanford, California.",
    ),
]


@needs_shared
@pytest.mark.parametrize(("file", "title", "citation"), CITED, ids=lambda value: value[:40])
def test_components_are_cited_in_the_order_of_their_levels(file: str, title: str, citation: str) -> None:
    records = (item for item in read_file(shared("data", *file.split("/"))) if isinstance(item, Record))
    assert citation in [cite([record], style="chicago")[0] for record in records if record.any_title == title]
