"""The patterns of short and bare forms in which published works are cited, and words that tell a kind.

Groups are named by what they become: `container`, `locator` (the page cited).
"""

from __future__ import annotations

from citetool.lazy_re import lazy

NUMBER = lazy(r"[0-9]")
_Y = r"(?P<year>(?:1[5-9]|20)\d\d[a-z]?(?:[-–/]\d{2,4})?)"
_PAGES = r"(?:[A-Z]?\d[\d–-]*(?:nn?\d*[\d–-]*)?|[ivxlc]+|passim)(?:\s?(?:ff?|sqq?)\.?(?!\w))?(?:,\s?\d[\d–-]*)*"
_END = r"[\s.]*$"
_URL = r"(?:[,.]?\s(?:accessed\s[^,.;]+[,.]\s)?(?P<url>https?://\S+?))?"
_MONTH_DATE = (
    r"(?P<date>(?:[A-Z][a-z]+\.?\s\d{1,2},\s\d{4}|\d{1,2}\.?\s[A-ZÀ-Þ]?[a-zà-ÿ]+\.?\s\d{4}"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}))"
)
QUOTED = lazy(
    r"(?:[“\"„](?P<title>[^”\"“]{2,250}?)[,.?!]?[”\"“]|«\s?(?P<title2>[^»]{2,250}?)[,.]?\s?»|‘(?P<title3>.{2,250}?)[,.?!]?’(?!\w))"
    r"[,.]?\s*"
)
NEWS = lazy(
    rf"(?:in:\s)?\*?(?P<container>(?:The\s|Le\s|Die\s|Der\s|El\s|La\s)?[A-ZÀ-Þ][\w’'.-]*(?:\s[\w’'.-]+){{0,5}}?)\*?(?:\s\((?P<place>[A-Z][^()]+)\))?(?:,|,?\svom|,?\sv\.)\s(?:Nr\.\s\d+,\s)?{_MONTH_DATE}"
    rf"(?:,\s(?P<edition>(?:Morgen|Abend|Mittag)[\w-]*|(?:[\w.]+\s){{1,2}}(?:ed\.|edition)))?(?:,\s(?:sec\.\s\w+,\s)?(?:pp?\.\s|S\.\s)?(?P<locator>[A-Z]?\d[\w–-]*))?{_URL}{_END}"
)
# Words that newspapers have in their names.
PAPER_NAME = lazy(
    r"\b(?:Times|Post|Tribune|Herald|Guardian|Telegraph|Express|Mail|Chronicle|Gazette|Globe|Star|Observer|Journal|Sun|News"
    r"|Standard|Mirror|Courier|Examiner|Inquirer|Dispatch|Sentinel|Argus|Advertiser|Daily|Weekly|\w*[Zz]eitung|\w*[Bb]latt"
    r"|Anzeiger|Kurier|Nachrichten|Tageblatt|Presse|Monde|Figaro|Zeit|Welt|Spiegel|Matin|Temps|Humanité|País|Mundo|Corriere|Stampa|Pravda"
    r"|Izvest[iy]+a|Правда|Известия)\b"
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
# Without place and publisher only what can be nothing but a book: an article before the title, or a subtitle.
BARE_BOOK = lazy(
    r"(?![^,]*\s(?:Papers|Records|Collections?|Files|Archives?|Manuscripts|Mss|Letters)\b)"
    r"(?P<authors>(?:[A-ZÀ-Þ][\w’'.-]*\s){1,3}[A-ZÀ-Þ][\w’'-]+)(?P<role>,\s(?:eds?|hg|hrsg)\.)?,\s"
    r"\*?(?P<title>(?=(?:The|An?|Die|Der|Das|Les?|La)\s|[^(]*:\s)[A-ZÀ-Þ][^“\"(*,\d]{10,200}?)\*?"
    rf"\s\({_Y}\),\s(?:pp?\.\s|S\.\s)?(?P<locator>{_PAGES}){_END}"
)
# Bodies that publish under their own names.
BODY = lazy(
    r"^(?!.*,).*\b(?:Bureau|Department|Ministry|Office|Committee|Commission|Council|Association|Society|Organi[sz]ation|Union|Nations|Institute?|Library|Museum"
    r"|\w*[Mm]inisterium|Ministerio|Academy|University|Congress|Parliament|Ministère|Institut|Académie|Akademie|Gesellschaft)\b"
)
BOTH = lazy(r"(\d+[–-]\d+),\s?(\d+(?:[–-]\d+)?)$")  # pages of an article, and the one that is cited
ABBREVIATION = lazy(
    r"\b(?:[A-Z]|a|d|Mass|Conn|Calif|Penn|Pa|Va|Md|Ill|Ind|Mich|Minn|Wis|Tenn|Tex|Ont|Ky|Ga|Fla|Ala|Ariz|Ore|Wash|Colo"
    r"|diss|[Dd]iss|phil|[Aa]ufl|ed|rev|Habil|i|Br|St|Brsg)\.$"
)
