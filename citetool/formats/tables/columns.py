"""Headings of the tables that people keep, in seven languages, and the facts that they stand for.

What `record_builder` knows of labels is not repeated here. A fact is one that `RecordBuilder` takes: a field, a role
or a level.
"""

from __future__ import annotations

import re
from itertools import filterfalse
from typing import TYPE_CHECKING

from citetool.formats.shared.record_builder import fact_of
from citetool.lazy_re import lazy
from citetool.record.levels import LEVELS
from citetool.record.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

# English, German, French, Spanish, Italian, Dutch, Russian; the words of one fact, without those of `fact_of`.
_WORDS = """
title: aktentitel | aktenbetreff | titel der akte | заголовок дела | наименование | título del expediente | titre du
  dossier | article title | work title | item title | manuscript title | label | caption | bildtitel | légende |
  intitulé | intitulé de l'unité | analyse | document title | title primary | primary title | betreff | objet |
  asunto | oggetto | onderwerp | заголовок | название | titulo | título del documento | titolo del documento | naam
date: date of document | date du document | fecha del documento | data del documento | дата документа | крайние даты
  | estremi cronologici | datum des dokuments | fechas extremas | datierung | inception | date range | creation
  dates | datazione | date de création | fecha de creación | zeitraum | periode | periodo | période |
  date extrême | pub year | date of publication | dates extrêmes | data di creazione | fechas | datering | дата |
  publication year | jahr | année | año | anno | jaar | год | pubyear | publication_year
repository: archiefinstelling | ente conservatore | institución | institution de conservation | fundort | archive
  repository | archive name | archiv | archivo | archivio | archief | архив | dépôt | service d'archives |
  aufbewahrungsort | lieu de conservation | localisation | standort | ubicación | ubicazione | locatie |
  conservation | biblioteca | bibliothek | bibliothèque | bewaarplaats | хранилище
repository_place: stadt | stad | город | city | ort des archivs | archive place | archivort | ciudad | città | stad
  van archief | ville
fond: фонд | fond
opis: опись | opis
delo: единица хранения | ед.хр | дело | delo | ед. хр.
list: номер листа | лист | листы
collection: sammlung | collection title | fondsname | nachlass | fondo | colección | collezione | collectie |
  коллекция | archiefbestand
series: reihe | série | serie (archivo) | серия | reeks
box: kiste | archivkarton | archiefdoos | karton | schachtel | boîte | carton | caja | scatola | busta | doos |
  коробка | box no | box number | box no.
folder: sottofascicolo | folder name | omslag | mappe | ordner | chemise | pochette | carpeta | cartella | fascicolo
  | map | омслаг | папка | folder no | folder number | folder title
call_number: reference no | ref no | ref | archive reference | numéro de référence | referencia | riferimento |
  referentie | signature | archivsignatur | inv.nr. | inv. nr. | inventarnummer | archivnummer | bestellnummer |
  número de inventario | numero di inventario | numéro d'inventaire | идентификатор хранения | cote de référence |
  signatura | segnatura | collocazione | inventarisnummer | шифр | aktenzeichen
author: aussteller | aussteller(in) | rédacteur | emisor nombre | estensore | производитель | составитель | autorin
  | verfasserin | auteurs | autore | autori | autores | auteur(s) | автор | schreiber | schrijver | author(s) |
  author full names | first author | author names | authors, primary | primary authors
sender: emisor | emittente | émetteur | sent by | letter from | expéditeur | remitente | mittente | afzender |
  отправитель
recipient: receptor | ricevente | geadresseerde | empfängerin | letter to | кому | destinatario | ontvanger |
  адресат | получатель | adressat
editor: herausgeber | éditeur scientifique | curatore | redacteur | редактор | editors
photographer: fotograf | fotografin | photographe | fotógrafo | fotografo | fotógrafa | фотограф
translator: übersetzer | traducteur | traductor | traduttore | vertaler | переводчик
kind: nature | nature du document | tipología | tipología documental | tipologia | tipologia documentaria |
  dokumentart | archivalientyp | archivalienart | вид документа | documentsoort | art des dokuments | dokumenttyp |
  art | type de document | tipo | tipo de documento | тип | soort | вид | publication type | form
language: article language | idioma | lingua | taal | язык | languages of document
summary: enthält | contenuto | содержание | beschrijving | contenu | contenido | kurzregest | zusammenfassung |
  inhalt | regest | résumé | resumen | sommario | samenvatting | описание | аннотация | descripción | descrizione |
  omschrijving | inhoud | content
subject: stichwörter | stichworte | schlagworte | descriptores | mots clés | soggetti | onderwerpen | schlagwörter |
  mots-clés | palabras clave | parole chiave | trefwoorden | ключевые слова | author keywords
note: observations | observaciones | osservazioni | annotazioni | комментарий | notes | notiz | notizen | bemerkung
  | bemerkungen | anmerkung | remarque | remarques | notas | note (it) | opmerking | opmerkingen | примечание |
  примечания | comment | comments | kommentar
place: ausstellungsort | lieu de rédaction | lieu d'expédition | place of writing | sent from | luogo di emissione |
  lugar de emisión | plaats van verzending | место создания | lugar | luogo | plaats | место | lieu | entstehungsort
extent: nombre de pages | nombre de feuillets | importance matérielle | páginas | pagine | paginas | aantal paginas
  | количество листов | seitenzahl | blattzahl | anzahl blatt | number of pages | no. of pages | numero carte |
  carte | étendue | extensión | consistenza | omvang | объем | объём | seiten | folios
rights: rechte | droits | derechos | diritti | rechten | права
publisher: book publisher | editorial | editore | uitgever | издательство
container-title: journal | periodical full | title secondary | journal title | publication | source title |
  publication title | zeitschrift | revue | revista | rivista | tijdschrift | журнал | source | book title | host
volume: registre | registro | register | volumen | livre | libro | регистр | band | tome | tomo | deel | том | vol
issue: heft | numéro | número | numero | aflevering | выпуск | no
page: página | pagina | seite | seiten von bis | страница | стр | p | page range | first page | page numbers | start
  page
doi: doi link
isbn: isbn-13
issn: issn-l
url: lien | enlace | collegamento | permalien | web | link | uri | web address | adresse | website | ссылка |
  permalink url
identifier: document no | document number | laufende nummer | numéro | número | numero | nummer | номер | id
  document | record id | record number | lfd. nr. | nr | n° | accession | id number | инв. номер
filename: photo file | image file | image files | foto | bild | bilddatei | imagen | imágenes | immagine | immagini
  | скан | фото | photos | scans | fotos | afbeelding | nom de l'image | file name | file | dateiname | datei |
  fichier | nom du fichier | archivo digital | nome file | bestandsnaam | файл | image | scan | photo
tag: tags | label (tags) | markierungen | étiquettes | etiquetas | etichette | labels | метки
date_from: date from | start date | begin date | from date | earliest date | datum von | beginn | anfangsdatum |
  date de début | date début | fecha inicial | fecha de inicio | data iniziale | data inizio | begindatum |
  startdatum | начальная дата | дата начала
date_to: date to | end date | to date | latest date | datum bis | ende | enddatum | date de fin | date fin | fecha
  final | fecha de fin | data finale | data fine | einddatum | конечная дата | дата окончания
country: country | land | pays | país | paese | страна
folio: folio | fol | feuillet | foglio | carta | cc | blatt | bl | folionummer
collection_id: toegang | toegangsnummer | collection number | collection no
section: sección | sezione | rubriek | section | abteilung
subseries: sous-série | sottoserie | subserie | subreeks | unterserie | подсерия
bundle: legajo | liasse | faszikel | bündel | mazzo | pacco | связка | pak | bundel | aktenbündel
file: expediente | akte | dossiernummer | aktennummer
piece: pièce | pieza | numéro de pièce
document: documento | nº de documento | numero documento
reel: microfilm | mikrofilm | microfilm reel | rollo | bobine | bobina | микрофильм
"""
TELLING = frozenset(("title", "supplied_title", "summary", "call_number", "citation"))
_IN_LANGUAGE = lazy(r"[\s(\[]+(?:en|eng|de|ger|deu|fr|fre|fra|es|spa|it|ita|nl|dut|nld|ru|rus|la|lat)[)\]]?$")
_OF_SOURCES = frozenset((*LEVELS, *ROLES, "sender", "publisher", "isbn", "doi")) - {
    "page",
    "volume",
    "place",
    "country",
}
_OF_ANYTHING = lazy(r"(?i)names?|naam|label(?:[ _]\w\w)?")
_OF_PEOPLE = lazy(r"(?i)birth|\bborn|geburt|geboren|geb\.|naissance|nacimiento|nascita|\bnato|geboorte|рожден")


def _folded(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("\ufeff", "").split()).strip(" :.#").casefold()


HEADINGS: dict[str, str] = {}
for _entry in _WORDS.strip().replace("\n  ", " ").splitlines():
    _fact, _, _words = _entry.partition(": ")
    HEADINGS |= {word: _fact for word in map(_folded, _words.split("|")) if word not in HEADINGS}
for _name in ("filename", "tag", "note", "box", "folder", "container-title", "volume", "issue", "url", "isbn", "issn"):
    HEADINGS.setdefault(_name, _name)


def fact_of_heading(heading: str) -> str:
    """Return the fact that a heading stands for, or an empty text where it is not known.

    A vocabulary before it (`Dublin Core : Title`) and a language behind it (`label_en`) do not count.
    """
    heading = re.sub(r"^(?:dublin core|dc|dcterms|bibo)\s*:", "", heading.strip(), flags=re.I)
    word = _folded(heading)
    plain = _IN_LANGUAGE.sub("", word)
    return HEADINGS.get(word) or fact_of(word) or HEADINGS.get(plain) or (fact_of(plain) if plain != word else "")


def describes_sources(headings: Sequence[str]) -> bool:
    """Return whether these are the headings of a table of sources: one says what a source is called.

    A `name` does where another says who made it, where it is kept, or who published it: all sorts of things have names.
    """
    if TELLING.intersection(map(fact_of_heading, filterfalse(_OF_ANYTHING.fullmatch, headings))):
        return True
    facts = set(map(fact_of_heading, headings))
    return bool(facts & TELLING) and not facts.isdisjoint(_OF_SOURCES)


def describes_people(headings: Sequence[str]) -> bool:
    """Return whether these are the headings of a table of people: their birth, and no title or number of a source."""
    facts = set(map(fact_of_heading, filterfalse(_OF_ANYTHING.fullmatch, headings)))
    return not facts & {"title", "supplied_title", "call_number"} and any(map(_OF_PEOPLE.search, headings))


# Headings of tables in these languages, most of them in one alone.
_OF_LANGUAGE = """
de: absender | aktenzeichen | archiv | aufbewahrungsort | band | bemerkungen | beschreibung | bestand | bild | bildtitel
  | datei | empfänger | fotograf | fotografin | herausgeber | inhalt | jahr | mappe | nachlass | ort | quelle | rechte
  | sammlung | schlagworte | seiten | signatur | stadt | standort | titel | verfasser | verlag | zeitschrift
fr: année | auteur | auteurs | boîte | carton | commentaires | cote | destinataire | dépôt | expéditeur | fichier
  | fonds | intitulé | lieu | légende | mots-clés | nature | photographe | remarques | titre | éditeur
es: archivo | asunto | autor | año | caja | carpeta | colección | descripción | destinatario | editorial | fecha
  | fotógrafo | legajo | lugar | palabras clave | remitente | signatura | título
it: anno | archivio | autore | autori | busta | collocazione | descrizione | editore | fascicolo | fotografo | luogo
  | mittente | oggetto | segnatura | titolo
nl: afzender | archief | auteur | beschrijving | bewaarplaats | doos | fotograaf | inventarisnummer | jaar | onderwerp
  | ontvanger | omschrijving | plaats | titel | toegang | trefwoorden | uitgever
ru: автор | адресат | архив | год | дата | дело | заголовок | лист | место | название | описание | опись | фонд | шифр
"""
_LANGUAGES_OF: dict[str, list[str]] = {}
for _entry in _OF_LANGUAGE.strip().replace("\n  ", " ").splitlines():
    _language, _, _words = _entry.partition(": ")
    for _word in _words.split("|"):
        _LANGUAGES_OF.setdefault(_word.strip(), []).append(_language)


def language_of_headings(headings: Sequence[str]) -> str:
    """Return the language that two headings or more are of, one of them of no other; empty where none is that plain."""
    found = [_LANGUAGES_OF.get(_folded(heading), []) for heading in headings]
    every = [language for languages in found for language in languages]
    best = max(every, key=every.count, default="")
    sure = [languages for languages in found if best in languages]
    return best if len(sure) > 1 and len(sure) == sum(map(bool, found)) and [best] in sure else ""
