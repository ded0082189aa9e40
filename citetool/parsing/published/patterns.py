"""The patterns of the forms in which published works are cited; `forms` says in which order they are tried.

Groups are named by what they become: `container`, `page` (of the whole), `locator` (the page cited), `here` (that one
behind the pages of a part).
"""

from __future__ import annotations

from citetool.lazy_re import lazy

_Y = r"(?P<year>(?:1[5-9]|20)\d\d[a-z]?(?:[-–/]\d{2,4})?)"
_PAGES = r"(?:[A-Z]?\d[\d–-]*(?:nn?\d*[\d–-]*)?|[ivxlc]+|passim)(?:\s?(?:ff?|sqq?)\.?(?!\w))?(?:,\s?\d[\d–-]*)*"
_DIVISION = r"(?P<division>chaps?\.|ch\.|Kap\.|nos?\.|docs?\.|Dok\.|Nr\.)\s"
_LOCATOR = rf"(?:(?:,|:)?\s*(?:{_DIVISION}|(?:pp?\.|S\.|Sp\.|at|esp\.)?\s*)(?P<locator>{_PAGES}))?"
# `2:45` of a work in volumes, in Britain `II, p. 45`, in Germany `Bd. 2, S. 45`.
_IN_VOLUME = (
    rf"(?:,\s(?:(?P<part>\d{{1,2}}):|(?:vol\.\s|Bd\.\s)?(?P<part2>\d{{1,2}}|[IVX]{{1,5}}),\s(?:pp?\.|S\.)\s|(?P<part3>[IVX]{{1,5}}),\s)"
    rf"(?P<leaf>{_PAGES}))?"
)
_VOLUMES = r"(?:,?\s(?P<volumes>\d{1,2})\svols?\.?,?)?"
_END = r"[\s.]*$"
_PLACE = (
    r"(?P<place>(?!Bde?\.|[Vv]ols?\.|[IVX]+[:.])[A-ZÀ-Þ](?:(?![a-zà-ÿ]{3}\.\s)[^:,;()\d\"“”]){1,50}"
    r"(?:,\s(?:[A-Z]{2}|[A-Z]\.[A-Z]\.|[A-Z][a-z]{2,4}\.?))?)"
)
_PUBLISHER = r"(?P<publisher>[A-ZÀ-Þ][^;()\d\"“”]{1,70}?)"
_PLACE_2 = _PLACE.replace("<place>", "<place2>")
_PUBLISHER_3 = _PUBLISHER.replace("<publisher>", "<publisher3>")
_EDITION_NAME = (
    r"(?P<edition>(?:\d\w*\s)?(?:(?:rev|enl|exp|new)\.?\s(?:and\s\w+\.?\s)?)?ed\."
    r"|\d+e\séd\.|\d+\.,?\s(?:[a-zäöü]+\.?\s(?:und\s[a-zäöü]+\.?\s)?)?(?:Aufl\.|Auflage))"
)
_EDITION = rf"(?:{_EDITION_NAME}[,;.]?\s)?"
_TRANS = r"(?:(?:trans(?:\.|lated by)|übers\. von|trad\.)\s(?P<translators>[^()\d,;]{3,60}))"
_ED = r"(?:ed(?:s|ited)?\.?(?:\sby)?|hg\.?(?:\svon)?|hrsg\.?(?:\svon)?|dir\.)"
_IMPRINT = (
    rf"\((?:(?P<original>1[4-9]\d\d|20\d\d);\s|[^();]*;\s)?"
    rf"(?:{_PLACE}(?::\s{_PUBLISHER})?|(?P<publisher2>[A-ZÀ-Þ][^;(),\d]{{2,60}})),\s{_Y}\)"
)
_URL = r"(?:[,.]?\s(?:accessed\s[^,.;]+[,.]\s)?(?P<url>https?://\S+?))?"
QUOTED = lazy(
    r"(?:[“\"„](?P<title>[^”\"“]{2,250}?)[,.?!]?[”\"“]|«\s?(?P<title2>[^»]{2,250}?)[,.]?\s?»|‘(?P<title3>.{2,250}?)[,.?!]?’(?!\w))"
    r"[,.]?\s*"
)
_MONTH_DATE = (
    r"(?P<date>(?:[A-Z][a-z]+\.?\s\d{1,2},\s\d{4}|\d{1,2}\.?\s[A-ZÀ-Þ]?[a-zà-ÿ]+\.?\s\d{4}"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}))"
)

THESIS = lazy(
    rf"\(?(?P<genre>(?:Ph\.?\s?D\.?|M\.?A\.?|[Mm]aster[’']s|[Dd]octoral|[Uu]npubl(?:ished)?\.?)[^,()]*?(?:diss(?:ertation|\.)?|thesis)|"
    rf"(?:[Uu]nveröff(?:entlichte)?\.?\s)?(?:[Pp]hil\.\s)?(?:Diss(?:ertation)?\.?|Habil(?:itationsschrift|\.)|Magisterarbeit|Masterarbeit)"
    rf"(?:\sphil\.)?|thèse(?:\sde\sdoctorat)?),?\s(?P<publisher>[^,()]+?),?\s{_Y}\)?{_LOCATOR}{_END}"
)
# The page that is meant, behind those of the whole.
_HERE = rf",\s(?:(?:hier|here|at|esp\.)\s(?:(?:S|pp?)\.\s)?|S\.\s)(?P<here>{_PAGES})|\s\(pp?\.\s(?P<here2>{_PAGES})\)"
CHAPTER = lazy(
    rf"(?:[Ii]n|[Dd]ans):?\s(?:(?P<editors1>[^()“]{{3,80}}?)\s?\((?:Hgg?|Hrsg|Bearb|eds?|dir|Eds?)\.\)[,:]\s)?\*?(?P<container>[^()“\"*]{{3,160}}?)\*?"
    rf"(?:[,.]\s(?:{_ED}|Ed\.|Edited by)\s(?P<editors2>[^()\d:]{{3,80}}?))?,?\s?"
    rf"(?:{_IMPRINT}|[,.]\s?{_PLACE_2}(?::\s{_PUBLISHER_3},?)?\s(?P<year2>(?:1[5-9]|20)\d\d)){_LOCATOR}(?:{_HERE})?{_END}"
)
BIB_CHAPTER = lazy(
    rf"(?:In\s)?\*?(?P<container>[^()“\"*]{{3,160}}?)\*?,\s(?:edited by|ed\.|eds\.)\s(?P<editors2>[^()\d:]{{3,90}}?),\s"
    rf"(?:(?P<page>{_PAGES})\.\s{_PLACE}:\s{_PUBLISHER},\s{_Y}|(?P<publisher2>[^,()\d]{{2,60}}),\s(?P<year2>(?:1[5-9]|20)\d\d)"
    rf"(?:,\spp?\.\s(?P<page2>{_PAGES}))?){_END}"
)
_JOURNAL = r"\*?(?P<container>[A-ZÀ-Þ][^()“\"\d*:]{2,90}?)\*?"
ARTICLE = lazy(
    rf"(?:in:\s)?{_JOURNAL},?\s(?:(?P<series>\d\w\w\sser\.|n\.\s?s\.|new\sser\.),\s)?(?:vol\.\s|Bd\.\s|Jg\.\s|n°\s)?(?P<volume>\d{{1,4}})(?:(?:,\s(?:no|nr|iss|H|Heft|n°|núm|num)\.?\s|[./])"
    rf"(?P<issue>\d[\d/–-]*)|\s?\((?P<issue3>\d{{1,3}})\))?,?\s?"
    rf"\((?:(?P<season>[A-ZÀ-Þ][\w./–-]+)\s|(?:No\.\s\d+,\s))?{_Y}\)"
    rf"(?:,?\s?(?:Heft|H\.|no\.|Nr\.)\s(?P<issue2>\d+))?(?:[:,]\s(?:pp?\.\s|S\.\s)?(?P<page>{_PAGES}))?(?:{_HERE})?"
    rf"{_URL}{_END}"
)
MLA_ARTICLE = lazy(
    rf"{_JOURNAL},\s(?:vol\.|t\.|vol)\s(?P<volume>\d+)(?:,\s(?:no\.|n°|issue)\s(?P<issue>[\d–/-]+))?,\s(?:(?P<season>[A-Z][a-z]+\.?)\s)?{_Y}"
    rf"(?:,\s(?:pp?\.)\s(?P<page>{_PAGES}))?(?:\.\s\*?[A-Z][\w ]+\*?,\s(?P<url2>\S+?)|{_URL}){_END}"
)
FRENCH_ARTICLE = lazy(
    rf"{_JOURNAL},\s(?:\d+e\sannée,\s)?(?:(?P<volume3>[IVXLC]{{1,6}}|\d{{1,3}}),\s(?:fasc\.\s)?(?P<issue4>\d{{1,2}})|(?:n°|no\.)\s?(?P<issue2>\d+(?:-\d+)?)|(?:t\.|vol\.)\s?(?P<volume>\d+)(?:[,/]\s?(?:n°\s?)?(?P<issue>\d+))?),\s(?:[a-zà-ÿ–-]+\s)?{_Y}(?:,\spp?\.\s(?P<page>{_PAGES}))?{_END}"
)
NEWS = lazy(
    rf"(?:in:\s)?\*?(?P<container>(?:The\s|Le\s|Die\s|Der\s|El\s|La\s)?[A-ZÀ-Þ][\w’'.-]*(?:\s[\w’'.-]+){{0,5}}?)\*?(?:\s\((?P<place>[A-Z][^()]+)\))?(?:,|,?\svom|,?\sv\.)\s(?:Nr\.\s\d+,\s)?{_MONTH_DATE}"
    rf"(?:,\s(?P<edition>(?:Morgen|Abend|Mittag)[\w-]*|(?:[\w.]+\s){{1,2}}(?:ed\.|edition)))?(?:,\s(?:sec\.\s\w+,\s)?(?:pp?\.\s|S\.\s)?(?P<locator>[A-Z]?\d[\w–-]*))?{_URL}{_END}"
)
# Words that newspapers have in their names.
PAPER_NAME = lazy(
    r"\b(?:Times|Post|Tribune|Herald|Guardian|Telegraph|Express|Mail|Chronicle|Gazette|Globe|Star|Observer|Journal|Sun|News"
    r"|Standard|Mirror|Courier|Examiner|Inquirer|Dispatch|Sentinel|Argus|Advertiser|Daily|Weekly|\w*[Zz]eitung|\w*[Bb]latt"
    r"|Anzeiger|Kurier|Nachrichten|Tageblatt|Presse|Monde|Figaro|Matin|Temps|Humanité|País|Mundo|Corriere|Stampa|Pravda"
    r"|Izvest[iy]+a|Правда|Известия)\b"
)
WEB = lazy(
    rf"(?P<container>[A-ZÀ-Þ][^,()“\"]{{2,80}})(?:\s\((?:blog|website|Blog)\))?,\s(?:(?:last\smodified|posted|accessed|zuletzt)\s)?(?:{_MONTH_DATE},\s)?(?P<url>https?://\S+?){_END}"
)
SHORT = lazy(rf"(?:pp?\.\s|S\.\s)?(?P<locator>{_PAGES}){_END}")

SHORT_PLAIN = lazy(
    rf"(?P<authors>[A-ZÀ-Þ][a-zà-ÿ][\w’'-]*(?:,?\s(?:and|und|et|&)\s[A-ZÀ-Þ][\w’'-]+)?),\s(?P<title>\*?[A-ZÀ-Þ][a-zà-ÿ]+"
    rf"(?:\s[^\W\d][\w’'-]*){{1,7}}\*?)(?:\s\((?:wie|as\sin)\s(?:Anm\.|n\.)\s\d+\))?,"
    rf"\s(?:pp?\.\s?|S\.\s?)?(?P<locator>{_PAGES}){_END}"
)
# A review of a book: `Bell, review of Salt Roads, by Jane Marlow, American Historical Review 93 (1988): 455`.
REVIEW = lazy(
    r"(?P<authors>[^“\"(]{3,80}?)[,.]\s[Rr]eview\sof\s\*?(?P<title>[^“\"*]{3,200}?)\*?,"
    r"\s(?:by|ed\.|edited\sby)\s[^,]{3,80}?[,.]\s(?P<rest>.+)$"
)
# `dans Paul Girard (dir.), Villes, Paris, Fayard, 1995, p. 33-58`, `in Storia, a cura di P. Gatti, Roma, Laterza, 1999`
ROMANCE_CHAPTER = lazy(
    rf"(?:[Ii]n|[Dd]ans|[Ee]n):?\s(?:(?P<editors1>[^()“]{{3,80}}?)\s?\((?:dir|éds?|eds?|coords?|a\scura\sdi)\.?\),\s)?"
    rf"\*?(?P<container>[^()“\"*]{{3,160}}?)\*?,\s(?:(?:a\scura\sdi|sous\sla\sdirection\sde|bajo\sla\sdirección\sde)\s(?P<editors2>[^()\d,]{{3,80}}?),\s)?"
    rf"{_PLACE}(?:,|\s?:)\s{_PUBLISHER},\s{_Y}(?:,\spp?\.\s(?P<locator>{_PAGES}))?{_END}"
)

BOOK = lazy(
    rf"(?P<authors>[^“\"(]{{3,160}}?)(?P<role>,\s(?:eds?|hg|hrsg)\.|\s\((?:eds?|Hg|Hrsg|dir)\.\))?[,:]\s\*?(?P<title>(?:[^“\"(*;]|\([^()\d:;]{{1,60}}\)){{3,220}}?)\*?{_VOLUMES},?\s"
    rf"(?:{_ED}\s(?P<editors2>[^()\d,;:]{{3,80}}?),?\s)?(?:(?P<volumes2>\d{{1,2}})\svols?\.?,?\s)?(?:{_TRANS},?\s)?(?:{_EDITION_NAME},?\s)?(?:\((?P<note>[^()\d]+)\)\s)?"
    rf"{_IMPRINT}(?:{_LOCATOR}|{_IN_VOLUME}){_URL}{_END}"
)
# Documents published under their own title: `Foreign Relations of the United States, 1947`.
EDITION = lazy(
    r"(?P<title>(?:Foreign Relations|Documents|Public Papers|State Papers|Akten|Dokumente|Documenti|Statutes|Calendar)"
    r"\s[^“\"(;]{3,200}?)"
    r"(?:,\s(?:vol\.|Bd\.|Band|t\.)\s(?P<volume>\d{1,3}|[IVXL]{1,6}))?"
    rf"\s{_IMPRINT}(?:,?\s(?:{_DIVISION}|(?:pp?\.|S\.)?\s?)(?P<locator>{_PAGES}))?{_END}"
)
# Without place and publisher only what can be nothing but a book: an article before the title, or a subtitle.
BARE_BOOK = lazy(
    r"(?![^,]*\s(?:Papers|Records|Collections?|Files|Archives?|Manuscripts|Mss|Letters)\b)"
    r"(?P<authors>(?:[A-ZÀ-Þ][\w’'.-]*\s){1,3}[A-ZÀ-Þ][\w’'-]+)(?P<role>,\s(?:eds?|hg|hrsg)\.)?,\s"
    r"\*?(?P<title>(?=(?:The|An?|Die|Der|Das|Les?|La)\s|[^(]*:\s)[A-ZÀ-Þ][^“\"(*,\d]{10,200}?)\*?"
    rf"\s\({_Y}\),\s(?:pp?\.\s|S\.\s)?(?P<locator>{_PAGES}){_END}"
)
BIB_BOOK = lazy(
    rf"(?P<authors>[^.“\"(]{{2,60}}(?:,\s[^“\"(]{{1,90}}?)?)(?P<role>,\s(?:eds?|editors?))?\.\s\*?(?P<title>[A-ZÀ-Þ][^“\"(*]{{3,220}}?)\*?\.\s{_EDITION}"
    rf"(?:{_PLACE}:\s{_PUBLISHER}|(?P<publisher2>[A-ZÀ-Þ](?:(?![a-zà-ÿ]{{3}}\.\s)[^:;()“\"\d]){{2,60}}?)),\s{_Y}"
    rf"(?:,\spp?\.\s(?P<locator>{_PAGES}))?{_URL}{_END}"
)
APA = lazy(
    rf"(?P<authors>[^“\"(]{{3,160}}?)(?P<role>\s\(Eds?\.\)\.?)?\s\({_Y}(?:,\s(?P<date>[A-Z][a-z]+(?:\s\d+)?))?\)\.\s"
    r"\*?(?P<title>[^*“\"]{3,250}?)\*?(?:\s\((?P<edition>\d\w+\sed\.)\)|\s\((?:Vol|No)s?\.\s[\dA-Z–-]+\))?"
    r"(?:\s\[(?P<genre>[^\[\]]*?(?:dissertation|thesis)),\s(?P<school>[^\[\]]+)\])?"
    r"[.?]\s(?P<rest>.+?)$"
)
APA_ARTICLE = lazy(
    rf"\*?(?P<container>[A-ZÀ-Þ][^()“\"\d*]{{2,90}}?)\*?,\s\*?(?P<volume>\d+)\*?(?:\s?\((?P<issue>[\d–-]+)\))?(?:,\s(?P<page>{_PAGES}))?{_URL}{_END}"
)
APA_CHAPTER = lazy(
    rf"In\s(?P<editors1>[^()]{{3,80}})\s\(Eds?\.\),\s\*?(?P<container>[^()*]{{3,160}}?)\*?\s\((?:(?:Vol\.\s\d+,\s)?pp?\.\s(?P<page>{_PAGES}))\)\.\s(?P<publisher>[^.]+){_END}"
)
APA_NEWS = lazy(rf"\*?(?P<container>[A-ZÀ-Þ][^.:;\d*]{{2,60}}?)\*?(?:,\s(?P<locator>[A-Z]?\d[\w–-]*))?{_URL}{_END}")
APA_BOOK = lazy(rf"(?:{_PLACE}:\s)?(?P<publisher>[A-ZÀ-Þ][^.:;\d]{{2,60}}){_URL}{_END}")
_INVERTED = r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?,\s[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){0,2}"
_GERMAN_NAMES = rf"{_INVERTED}(?:/{_INVERTED})*(?=:|\s\()"  # `Weber, Frank/Holm, Greta:`, `Mora, Rafael (coord.)`
EDITORS = lazy(r",\seditors?\.\s")
GERMAN_PART = lazy(
    rf"(?P<authors>{_GERMAN_NAMES}|[^“\"(]{{3,120}}?)[,:]\s\*?(?P<title>(?:[^“\"*„;]|„[^“]*“){{3,220}}?)\*?[,.]\s(?P<rest>(?:[Ii]n:|in|dans|en)\s.+)$"
)
GERMAN_BOOK = lazy(
    rf"(?P<authors>{_GERMAN_NAMES}|[^“\"(,:]{{3,120}}?(?:/[^“\"(,:]+)?)(?P<role>\s\((?:Hg|Hrsg|Bearb)\.\))?[,:]\s\*?"
    rf"(?P<title>(?:[^“\"*„;]|„[^“]*“){{3,220}}?)\*?[,.]\s(?:(?:Bd|Bde)\.\s(?P<volume>\d+|[IVX]+),\s)?(?:{_EDITION_NAME},?\s)?{_PLACE}(?::\s{_PUBLISHER},?)?\s{_Y}(?:\s\((?:=\s)?(?P<series>[A-ZÀ-Þ][^()]{{4,80}})\))?(?:,\s(?:hier\s)?(?:(?:S\.|Sp\.)\s?|{_DIVISION})(?P<locator>{_PAGES}))?{_END}"
)
FRENCH_BOOK = lazy(
    rf"(?P<authors>{_GERMAN_NAMES}|[^“\"«(,]{{3,80}}?)(?P<role>\s\((?:dir|coords?|éds?|eds?|a\scura\sdi)\.?\))?,\s\*?(?P<title>[^“\"«*;]{{3,220}}?)\*?,\s(?:{_EDITION_NAME},\s)?{_PLACE}(?:,|\s:)\s(?P<publisher>[A-ZÀ-Þ][^,;\d]{{2,60}}),"
    rf"\s(?:(?:coll\.\s)?«\s?(?P<series>[^«»]{{2,60}}?)\s?»,\s)?{_Y}(?:,\spp?\.\s(?P<locator>{_PAGES})|,\s\d+\sp\.)?{_END}"
)
# `L. Conti, I fari del regno, Laterza, Roma-Bari 2003, p. 17`
ITALIAN_BOOK = lazy(
    rf"(?P<authors>[^“\"«(,]{{3,80}}?),\s\*?(?P<title>[^“\"«*;]{{3,220}}?)\*?,\s(?P<publisher>[A-ZÀ-Þ][^,;\d]{{2,40}}),\s"
    rf"(?P<place>[A-ZÀ-Þ][^,;\d]{{2,40}})\s{_Y},\spp?\.\s(?P<locator>{_PAGES}){_END}"
)
# `in «Studi storici», XLII, 2001, 3, pp. 601-633`
ITALIAN_ARTICLE = lazy(
    rf"in\s[«“\"](?P<container>[^»”\"]{{2,90}})[»”\"],\s(?P<volume>[IVXLC]+|\d+)(?:,\s|\s\(){_Y}\)?"
    rf"(?:,\s(?:n\.\s)?(?P<issue>\d+))?,\spp?\.\s(?P<page>{_PAGES}){_END}"
)
PLAIN_THESIS = lazy(
    r"(?P<authors>[^“\"«(,:]{3,80}?)[,:]\s\*?(?P<title>[^“\"«*]{3,220}?)\*?[,.]\s"
    r"(?P<rest>(?:Diss|[Pp]hil|Habil|[Uu]nveröff|thèse|PhD|Ph\.D|Magisterarbeit|Masterarbeit)\b.+)$"
)
# Bodies that publish under their own names.
BODY = lazy(
    r"^(?!.*,).*\b(?:Bureau|Department|Ministry|Office|Committee|Commission|Council|Association|Society|Organi[sz]ation|Union|Nations|Institute?|Library|Museum"
    r"|Academy|University|Congress|Parliament|Ministère|Ministerium|Institut|Académie|Akademie|Gesellschaft)\b"
)
OF_SERIES = lazy(r"\s\(=\s[^()]+\)$")
BOTH = lazy(r"(\d+[–-]\d+),\s?(\d+(?:[–-]\d+)?)$")  # pages of an article, and the one that is cited
THE_SAME = lazy(r"(?:[Dd]ers|[Dd]ies|[Ii]d|[Ii]dem|[Ee]adem)\.?$")
ABBREVIATION = lazy(
    r"\b(?:[A-Z]|a|d|Mass|Conn|Calif|Penn|Pa|Va|Md|Ill|Ind|Mich|Minn|Wis|Tenn|Tex|Ont|Ky|Ga|Fla|Ala|Ariz|Ore|Wash|Colo"
    r"|diss|[Dd]iss|phil|[Aa]ufl|ed|rev|Habil|i|Br|St|Brsg)\.$"
)
INITIAL = lazy(r"(?:^|[\s.-])[A-ZÀ-Þ]$")
