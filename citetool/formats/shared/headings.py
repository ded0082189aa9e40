"""The words of library and archive catalogues, whatever the format: headings, genre terms, relators, dates, ids.

MODS, MARC, Dublin Core and EAD carry the same words in different elements. Here they become the record's: a heading
`Anderson, Clinton Presba, 1895-1975` a name, `Photographs (prints)` a kind, `aut` or `Author.` a role. What cannot be
told from the words alone stays empty; nothing is guessed from the context.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy
from citetool.names import Name, parse_name
from citetool.record.kinds import KINDS, term_of
from citetool.record.levels import group_of, paired_names
from citetool.record.model import Holding
from citetool.record.roles import MARC_ROLE, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Level

# ---- names

_DATES = lazy(
    r"""(?xi)(?:,|(?<!\b\w)\.)?\s*\(?(?:
        (?:active|approximately|fl\.?|ca?\.|circa|b\.|d\.|born|died)?\s*
        \d{3,4}\??(?:\s*or\s*\d{1,4})?\s*[-–]\s*(?:(?:approximately|ca?\.|circa|d\.)?\s*\d{3,4}\??)?
      | (?:b\.|d\.|born|died|active|fl\.?|approximately)\s*(?:approximately\s*|ca?\.\s*|circa\s*)?\d{3,4}\??
      | (?<=\s)[-–]\s*(?:approximately\s*|ca?\.\s*|circa\s*)?\d{3,4}\??
      | \d{4}(?=\)?[\s.,;:]*$)
      | (?:active\s+|fl\.?\s+)?\d{1,2}(?:st|nd|rd|th)[ ]cent(?:ury|\.)
        (?:\s*[-–]\s*\d{1,2}(?:st|nd|rd|th)[ ]cent(?:ury|\.))?
    )\s*\)?\s*[.,;:]*\s*$"""
)
_FULLER = lazy(r"\s*\([^()]*\)\s*")
_ROLE_WORDS = lazy(r",\s*(author|editor|ed|translator|photographer|creator|compiler|artist|former owner)\.?\s*$")
_INITIAL_END = lazy(r"(?:^|[\s.-])\w\.$")


@lru_cache(maxsize=4096)
def heading_name(heading: str, *, body: bool = False) -> Name:
    """Return the name in a catalogue heading, without life dates, fuller forms in brackets, and closing punctuation.

    `body`: a corporate body, family, meeting or place, whose heading is one literal name, commas and all.
    """
    text = " ".join(heading.split())
    text = _ROLE_WORDS.sub("", text)
    if body:
        return Name(literal=_closed(text))
    text = _DATES.sub("", text)
    if "," in text:
        text = _FULLER.sub(" ", text).replace(" ,", ",")
    text = _closed(text)
    return parse_name(text) if text.count(",") <= 2 else parse_name(",".join(text.split(",")[:2]))


def _closed(text: str) -> str:
    """Return the text without closing punctuation; the full stop of an initial or abbreviation stays."""
    text = text.strip().rstrip(" ,;:/")
    if (
        text.endswith(".")
        and not _INITIAL_END.search(text)
        and not re.search(r"(?i)\b(jr|sr|co|inc|ltd|dept|u\.s)\.$", text)
    ):
        text = text.rstrip(".")
    return text.strip()


_ROLE_ALIASES = {
    "correspondent": "sender",
    "letter writer": "sender",
    "writer": "author",
    "addressee": "recipient",
    "contributor": "contributor",
    "issuing body": "contributor",
    "cre": "creator",
    "engraver": "artist",
    "lithographer": "artist",
    "draftsman": "artist",
    "painter": "artist",
    "printmaker": "artist",
    "source": "donor",
    "collector": "creator",
    "col": "creator",
    "speechwriter": "author",
    "joint author": "author",
    "film director": "director",
    **dict.fromkeys(("verfasser", "verfasserin", "auteur", "autor", "autore", "автор"), "author"),
    **dict.fromkeys(
        ("adressat", "adressatin", "empfänger", "destinataire", "destinatario", "geadresseerde", "адресат"), "recipient"
    ),
    **dict.fromkeys(("fotograf", "photographe", "fotógrafo", "фотограф"), "photographer"),
    **dict.fromkeys(("ed", "eds", "hrsg", "hg", "herausgeber", "éditeur scientifique", "curatore"), "editor"),
    **dict.fromkeys(
        ("trans", "übers", "übersetzer", "traducteur", "traductor", "traduttore", "vertaler"), "translator"
    ),
    "moderator": "chair",
}


@lru_cache(maxsize=1024)
def role_of(term: str, otherwise: str) -> str:
    """Return the role of a relator code, term or URI (`aut`, `Author.`, `.../relators/pht`); else `otherwise`."""
    word = term.strip().rstrip(".,;:").rpartition("/")[2].casefold()
    word = re.sub(r"\s*\(.*\)$", "", word)
    if word in MARC_ROLE:
        return MARC_ROLE[word]
    if word in ROLES:
        return word
    return _ROLE_ALIASES.get(word) or (word if word and otherwise == "" else otherwise)


# ---- kinds

_KIND_ALIASES = {
    "still image": "graphic",
    "stillimage": "graphic",
    "image": "graphic",
    "moving image": "film",
    "movingimage": "film",
    "motion picture": "film",
    "video recording": "video",
    "videocassette": "video",
    "cartographic": "map",
    "notated music": "score",
    "sheet music": "score",
    "music": "score",
    "sound": "sound recording",
    "sound recording-musical": "sound recording",
    "sound recording-nonmusical": "sound recording",
    "audio": "sound recording",
    "three dimensional object": "object",
    "physicalobject": "object",
    "physical object": "object",
    "artifact": "object",
    "software, multimedia": "software",
    "interactiveresource": "webpage",
    "web site": "webpage",
    "website": "webpage",
    "mixed material": "collection",
    "archival material": "collection",
    "archival collection": "collection",
    "manuscript collection": "collection",
    "papers": "collection",
    "records": "collection",
    "memoranda": "memorandum",
    "memo": "memorandum",
    "photo": "photograph",
    "photographic print": "photograph",
    "woodburytype": "photograph",
    "daguerreotype": "photograph",
    "platinum print": "photograph",
    "albumen print": "photograph",
    "gelatin silver print": "photograph",
    "photonegative": "negative",
    "slide": "photograph",
    "clippings (information artifacts)": "clipping",
    "newspaper clipping": "clipping",
    "legal document": "court record",
    "academic thesis": "thesis",
    "dissertation": "thesis",
    "journal": "",
    "finding aid": "",
    "text": "",
    "documents": "document",
    "photographic postcard": "postcard",
    "woodcut": "print",
    "engraving": "print",
    "etching": "print",
    "lithograph": "print",
    "watercolor": "painting",
    "speeches": "speech",
    "minutes (administrative records)": "minutes",
    "diaries": "diary",
    "correspondence": "letter",
    "periodical": "newspaper",
    "article": "article",
    **dict.fromkeys(("brief", "lettre", "carta", "lettera", "письмо", "list (korespondencja)"), "letter"),
    **dict.fromkeys(("postkarte", "carte postale", "tarjeta postal", "cartolina", "открытка"), "postcard"),
    **dict.fromkeys(("telegramm", "télégramme", "telegrama", "telegramma", "телеграмма"), "telegram"),
    **dict.fromkeys(("fotografie", "photographie", "fotografía", "fotografia", "foto", "фотография"), "photograph"),
    **dict.fromkeys(("karte", "carte", "mapa", "mappa", "kaart", "карта"), "map"),
    **dict.fromkeys(("handschrift", "manuscrit", "manuscrito", "manoscritto", "рукопись"), "manuscript"),
    **dict.fromkeys(("tagebuch", "journal intime", "diario", "dagboek", "дневник"), "diary"),
    **dict.fromkeys(("protokoll", "procès-verbal", "acta", "verbale", "notulen", "протокол"), "minutes"),
}
# The words of archives for the same kinds, in German, French, Spanish, Italian, Dutch and Russian.
_KIND_WORDS = """
letter: briefe | lettre autographe | lettre autographe signée | lettres | cartas | lettere | lettera autografa | brieven
postcard: ansichtskarte | briefkaart | ansichtkaart | почтовая карточка
photograph: lichtbild | aufnahme | fotoabzug | cliché | tirage photographique | фото
report: bericht | gutachten | rapport | informe | rapporto | relazione | verslag | отчет | доклад
memorandum: denkschrift | vermerk | aktenvermerk | memorándum | promemoria | докладная записка
treaty: staatsvertrag | traité | tratado | trattato | verdrag
agreement: vertrag | abkommen | contrat | contrato | contratto | acuerdo | accordo | overeenkomst | договор | соглашение
will: testament | testamento | завещание
charter: urkunde | charte | oorkonde | грамота
deed: acte notarié | acta notarial | escritura | atto notarile | notariële akte | kaufvertrag
poster: plakat | affiche | cartel | manifesto | плакат
pamphlet: flugblatt | flugschrift | broschüre | tract | brochure | folleto | volantino | opuscolo | листовка | брошюра
speech: rede | discours | discurso | discorso | toespraak | речь
clipping: zeitungsausschnitt | coupure de presse | recorte de prensa | ritaglio di giornale | krantenknipsel | вырезка
newspaper: zeitung | periódico | giornale | krant | газета
drawing: zeichnung | dessin | dibujo | disegno | tekening | рисунок | чертеж
painting: gemälde | peinture | pintura | dipinto | schilderij | картина
print: druckgraphik | druckgrafik | kupferstich | estampe | gravure | grabado | stampa | prent | гравюра
film: werbefilm | dokumentarfilm | spielfilm | película | pellicola | фильм | кинодокумент
sound recording: tonband | tonaufnahme | enregistrement sonore | grabación sonora | registrazione sonora | фонодокумент
book: buch | livre | libro | boek | книга
thesis: dissertation | thèse | tesis | tesi | proefschrift | диссертация
file: akte | sachakte | dossier | expediente | fascicolo | дело
interview: entretien | entrevista | intervista | интервью
list: liste | verzeichnis | elenco | lijst | список
register: registre | registro | amtsbuch | реестр
order: befehl | ordre | orden | ordine | приказ
decree: erlass | verordnung | décret | decreto | decreet | указ
notebook: notizbuch | carnet | cuaderno | quaderno | notitieboek | записная книжка
"""
_KIND_ALIASES |= {
    word.strip(): kind
    for kind, _, words in (line.partition(": ") for line in _KIND_WORDS.strip().splitlines())
    for word in words.split("|")
    if word.strip() not in _KIND_ALIASES
}
_PLURALS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("sses", "ss"), ("s", ""))


@lru_cache(maxsize=1024)
def kind_of_genre(term: str) -> str:
    """Return the kind that a genre or form term stands for (`Photographs.`, `Manuscripts, Arabic`), or an empty
    text.
    """
    whole = " ".join(term.split()).strip(" .;,").casefold()
    plain = re.sub(r"\s*\([^()]*\)", "", whole).partition("--")[0].strip()
    for words in (whole, plain, plain.partition(",")[0]):
        found = _kind(words)
        if found:
            return found
    parts = plain.partition(",")[0].split()
    return next((kind for i in range(1, min(len(parts), 4)) if (kind := _kind(" ".join(parts[i:])))), "")


def _kind(words: str) -> str:
    if words in _KIND_ALIASES:
        return _KIND_ALIASES[words]
    if term := term_of(words):
        return term
    for plural, singular in _PLURALS:
        stem = words.removesuffix(plural) + singular
        if words.endswith(plural) and (stem in KINDS or stem in _KIND_ALIASES):
            return _KIND_ALIASES.get(stem, stem)
    return ""


# ---- levels, dates, ids, texts


def holding_of(levels: Iterable[Level]) -> Holding:
    """Return the holding with these levels, each once; those of one name stand together, as a record file writes
    them.
    """
    given = tuple(levels)
    if len({level.name for level in given}) == len(given):
        return Holding(given)
    small = ("item", "folder", "container")
    pairs = frozenset[str]().union(*paired_names(lv.name for lv in given if group_of(lv.name) in small))
    found: list[Level] = []
    for level in given:  # a box stands once for each of its folders
        if level.name in pairs or level not in found:
            found.append(level)
    return Holding(tuple(lv for name in dict.fromkeys(lv.name for lv in found) for lv in found if lv.name == name))


_DOTTED = lazy(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


# A moment that only stands for a day, or, on the first of January, for a year.
_MIDNIGHT = lazy(r"^(\d{4}(?!-01-01)-\d\d-\d\d|\d{4}(?=-01-01))(?:-01-01)?T00:00(?::00)?(?:\.0+)?(?:Z|\+00:?00)?$")


def written_date(text: str) -> tuple[str, str]:
    """`(date, date_text)` of a date as a catalogue writes it: EDTF where it is understood, else the words alone."""
    words = _MIDNIGHT.sub(r"\1", " ".join(text.split()).strip(" ,;"))
    if not words:
        return "", ""
    dotted = _DOTTED.fullmatch(words)  # with stops the day comes first, in every country that writes so
    date = normalise_date(f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}" if dotted else words) or ""
    return (date, "") if date else ("", words)


def date_range(begin: str, end: str) -> str:
    """Return the EDTF of a first and a last date, of the one where they are the same, empty where they make no
    range.
    """
    first, last = (normalise_date(words.strip()) or "" if words.strip() else "" for words in (begin, end))
    if first and last and first != last:
        return normalise_date(f"{first}/{last}") or first
    return first or last


def key_of(text: str) -> str:
    """Return an id of the source as a key: ASCII letters, digits, `._-`; empty where nothing is left.

    Of a URL the last part of its path is taken, of an OAI identifier what follows the repository.
    """
    text = text.strip()
    if text.isalnum() and text.isascii() and len(text) <= 80:
        return text
    if re.match(r"(?i)https?://", text):
        text = re.split(r"[?#]", text)[0].rstrip("/").rpartition("/")[2]
    elif text.startswith("oai:"):
        text = text.rpartition(":")[2].lstrip("/")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    key = re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_text).strip("-._")[:80]
    return re.sub(r"(?i)\.(?:xml|html?|json)$", "", key)


def own_key(text: str) -> str:
    """Return a key that we wrote ourselves as it stands, any other id as `key_of` makes it."""
    return text if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}", text) else key_of(text)


@lru_cache(maxsize=16)
def file_name(source: str) -> str:
    """Return the name of the file that is read, for `metadata.file`; empty for standard input and other non-files."""
    return "" if source.startswith("<") or source == "-" else PurePath(source).name


def closed_title(text: str) -> str:
    """Return a title as catalogues write it without the punctuation that leads to the next element (ISBD ` /`, ` :`,
    `.`).
    """
    text = " ".join(text.split())
    if text.endswith(("/", ":", ";", ",", "=")):
        text = re.sub(r"\s*[/:;,=]+$", "", text)
    return text[:-1].rstrip() if text.endswith(".") and text[-2:] != ".." and not _INITIAL_END.search(text) else text


def unique(texts: list[str]) -> tuple[str, ...]:
    """Return the texts that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(text for text in texts if text))
