"""Languages as catalogues give them (ISO 639-2 codes, English names) and BCP 47 tags.

ISO 639-2 has two codes for some languages, one after the English name (`ger`, the MARC one) and one after the own name
(`deu`); BCP 47 wants the two-letter code where there is one. A three-letter code that the table does not have is a
valid tag as it stands. What is left out: names of languages in other languages.
"""

from __future__ import annotations

import re
from functools import lru_cache

from citetool.lazy_re import lazy

# ISO 639-2 code(s), ISO 639-1 code or `-`, name as MARC has it.
_TABLE = """
aar aa Afar|abk ab Abkhaz|afr af Afrikaans|aka ak Akan|alb/sqi sq Albanian|amh am Amharic|ang - Old English
ara ar Arabic|arc - Aramaic|arg an Aragonese|arm/hye hy Armenian|asm as Assamese|ava av Avaric|ave ae Avestan
aym ay Aymara|aze az Azerbaijani|bak ba Bashkir|bam bm Bambara|baq/eus eu Basque|bel be Belarusian|ben bn Bengali
bis bi Bislama|bos bs Bosnian|bre br Breton|bul bg Bulgarian|bur/mya my Burmese|cat ca Catalan|ceb - Cebuano
cha ch Chamorro|che ce Chechen|chi/zho zh Chinese|chr - Cherokee|chu cu Church Slavic|chv cv Chuvash|cop - Coptic
cor kw Cornish|cos co Corsican|cre cr Cree|cze/ces cs Czech|dan da Danish|div dv Divehi|dut/nld nl Dutch
dzo dz Dzongkha|egy - Egyptian|eng en English|enm - Middle English|epo eo Esperanto|est et Estonian|ewe ee Ewe
fao fo Faroese|fij fj Fijian|fil - Filipino|fin fi Finnish|fre/fra fr French|frm - Middle French|fro - Old French
fry fy Frisian|ful ff Fula|geo/kat ka Georgian|ger/deu de German|gez - Ethiopic|gla gd Scottish Gaelic|gle ga Irish
glg gl Galician|glv gv Manx|gmh - Middle High German|goh - Old High German|grc - Ancient Greek|gre/ell el Greek
grn gn Guarani|guj gu Gujarati|hat ht Haitian Creole|hau ha Hausa|haw - Hawaiian|heb he Hebrew|her hz Herero
hin hi Hindi|hmo ho Hiri Motu|hrv hr Croatian|hun hu Hungarian|ibo ig Igbo|ice/isl is Icelandic|ido io Ido
iku iu Inuktitut|ina ia Interlingua|ind id Indonesian|ipk ik Inupiaq|ita it Italian|jav jv Javanese|jpn ja Japanese
kal kl Kalaallisut|kan kn Kannada|kas ks Kashmiri|kau kr Kanuri|kaz kk Kazakh|khm km Khmer|kik ki Kikuyu
kin rw Kinyarwanda|kir ky Kyrgyz|kom kv Komi|kon kg Kongo|kor ko Korean|kua kj Kwanyama|kur ku Kurdish|lad - Ladino
lao lo Lao|lat la Latin|lav lv Latvian|lim li Limburgish|lin ln Lingala|lit lt Lithuanian|ltz lb Luxembourgish
lub lu Luba-Katanga|lug lg Ganda|mac/mkd mk Macedonian|mah mh Marshallese|mal ml Malayalam|mao/mri mi Maori
mar mr Marathi|may/msa ms Malay|mlg mg Malagasy|mlt mt Maltese|mon mn Mongolian|myn - Mayan|nah - Nahuatl
nau na Nauru|nav nv Navajo|nbl nr South Ndebele|nde nd North Ndebele|nep ne Nepali|nno nn Nynorsk|nob nb Bokmål
non - Old Norse|nor no Norwegian|nya ny Nyanja|oci oc Occitan|oji oj Ojibwa|ori or Oriya|orm om Oromo|oss os Ossetic
ota - Ottoman Turkish|pan pa Panjabi|pap - Papiamento|per/fas fa Persian|pli pi Pali|pol pl Polish|por pt Portuguese
pro - Provençal|pus ps Pushto|que qu Quechua|roh rm Romansh|rom - Romani|rum/ron ro Romanian|run rn Rundi
rus ru Russian|sag sg Sango|san sa Sanskrit|sin si Sinhalese|slo/slk sk Slovak|slv sl Slovenian|sme se Northern Sami
smo sm Samoan|sna sn Shona|snd sd Sindhi|som so Somali|sot st Sotho|spa es Spanish|srd sc Sardinian|srp sr Serbian
ssw ss Swazi|sun su Sundanese|swa sw Swahili|swe sv Swedish|syr - Syriac|tah ty Tahitian|tam ta Tamil|tat tt Tatar
tel te Telugu|tgk tg Tajik|tgl tl Tagalog|tha th Thai|tib/bod bo Tibetan|tir ti Tigrinya|ton to Tongan|tsn tn Tswana
tso ts Tsonga|tuk tk Turkmen|tur tr Turkish|twi tw Twi|uig ug Uighur|ukr uk Ukrainian|urd ur Urdu|uzb uz Uzbek
ven ve Venda|vie vi Vietnamese|vol vo Volapük|wel/cym cy Welsh|wln wa Walloon|wol wo Wolof|xho xh Xhosa
yid yi Yiddish|yor yo Yoruba|zha za Zhuang|zul zu Zulu
"""
_MORE_NAMES = {
    "castilian": "es",
    "farsi": "fa",
    "mandarin": "zh",
    "modern greek": "el",
    "greek, modern": "el",
    "greek, ancient": "grc",
    "haitian french creole": "ht",
    "gaelic": "gd",
    "flemish": "nl",
    "moldavian": "ro",
    "byelorussian": "be",
    "serbo-croatian": "sh",
    "norwegian bokmål": "nb",
    "norwegian nynorsk": "nn",
    "punjabi": "pa",
    "pashto": "ps",
    "ukranian": "uk",
    "yoruba": "yo",
}
_NO_LANGUAGE = frozenset({"und", "zxx", "mul", "mis", "xxx"})
_TAG = lazy(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")

_BY_CODE: dict[str, str] = {}
_BY_NAME: dict[str, str] = dict(_MORE_NAMES)
_NAMES: dict[str, str] = {}
_CODES: dict[str, str] = {}
for _row in _TABLE.replace("\n", "|").strip("|").split("|"):
    _codes, _two, _name = _row.split(" ", 2)
    _first = _codes.split("/")
    _found = _first[-1] if _two == "-" else _two
    _BY_CODE.update(dict.fromkeys([*_first, _found], _found))
    _BY_NAME[_name.casefold()] = _found
    _NAMES[_found] = _name
    _CODES[_found] = _first[0]


@lru_cache(maxsize=1024)
def language_tag(text: str) -> str:
    """Return the BCP 47 tag of an ISO 639 code, a tag or an English name; empty where it is none of these.

    "No linguistic content", "undetermined" and "multiple languages" give an empty text.
    """
    word = text.strip().strip(".;,").casefold()
    if word in _BY_NAME:
        return _BY_NAME[word]
    code, dash, rest = word.replace("_", "-").partition("-")
    if code in _NO_LANGUAGE:
        return ""
    tag = _BY_CODE.get(code, code if len(code) == 3 and not dash else "")
    whole = f"{tag}-{text.strip().replace('_', '-').partition('-')[2]}" if dash and tag else tag
    return whole if _TAG.match(whole) and (code in _BY_CODE or not rest) else ""


def language_tags(text: str) -> tuple[str, ...]:
    """Return the tags of several languages written in one text: `English; Czech`, `freengger` (MARC 041), `eng/fre`."""
    word = text.strip()
    if len(word) > 3 and len(word) % 3 == 0 and word.isalpha() and word.islower():
        codes = [word[i : i + 3] for i in range(0, len(word), 3)]
        if all(code in _BY_CODE for code in codes):
            return tuple(dict.fromkeys(_BY_CODE[code] for code in codes))
    whole = language_tag(word)
    parts = [whole] if whole else [language_tag(p) for p in re.split(r"\s*(?:[;,/|&]|\band\b)\s*", word) if p]
    return tuple(dict.fromkeys(part for part in parts if part))


def language_name(tag: str) -> str:
    """Return the English name of the language of a tag, or an empty text where the table does not have it."""
    return _NAMES.get(tag.partition("-")[0].casefold(), "")


def language_code(tag: str) -> str:
    """Return the ISO 639-2 (MARC) code of the language of a tag, or an empty text where the table does not have it."""
    return _CODES.get(tag.partition("-")[0].casefold(), "")
