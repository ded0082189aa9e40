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

if TYPE_CHECKING:
    from collections.abc import Sequence

# English, German, French, Spanish, Italian, Dutch, Russian; the words of one fact, without those of `fact_of`.
_WORDS = """
title: article title | work title | item title | manuscript title | label | caption | bildtitel | légende |
  intitulé | intitulé de l'unité | analyse |
  document title | title primary | primary title | betreff | objet | asunto | oggetto |
  onderwerp | заголовок | название | titulo | título del documento | titolo del documento | naam
date: datierung | inception | date range | creation dates | datazione | date de création | fecha de creación |
  enddatum | zeitraum | periode | periodo | période | date extrême |
  pub year | date of publication | dates extrêmes | data di creazione | fechas | datering | дата |
  publication year | jahr | année | año | anno | jaar | год | pubyear | publication_year
repository: archive name | archiv | archivo | archivio | archief | архив | dépôt | service d'archives |
  aufbewahrungsort | conservation | biblioteca | bibliothek | bibliothèque | bewaarplaats | хранилище
repository_place: archive place | archivort | ciudad | città | stad van archief | ville
fond: фонд | fond
opis: опись | opis
delo: дело | delo | ед. хр.
list: лист | листы
collection: nachlass | fondo | colección | collezione | collectie | коллекция | archiefbestand
series: reihe | série | serie (archivo) | серия | reeks
box: karton | schachtel | boîte | carton | caja | scatola | busta | doos | коробка | box no | box number | box no.
folder: mappe | ordner | chemise | pochette | carpeta | cartella | fascicolo | map | омслаг | папка | folder no |
  folder number | folder title
call_number: signature | archivsignatur | inv.nr. | inv. nr. | inventarnummer | archivnummer | bestellnummer |
  número de inventario | numero di inventario | numéro d'inventaire | идентификатор хранения |
  cote de référence | signatura | segnatura | collocazione | inventarisnummer | шифр |
  aktenzeichen
author: autorin | verfasserin | auteurs | autore | autori | autores | auteur(s) | автор | schreiber | schrijver |
  author(s) | author full names | first author | author names | authors, primary | primary authors
sender: expéditeur | remitente | mittente | afzender | отправитель
recipient: destinatario | ontvanger | адресат | получатель | adressat
editor: herausgeber | éditeur scientifique | curatore | redacteur | редактор | editors
photographer: fotograf | fotografin | photographe | fotógrafo | fotografo | fotógrafa | фотограф
translator: übersetzer | traducteur | traductor | traduttore | vertaler | переводчик
kind: dokumenttyp | art | type de document | tipo | tipo de documento | тип | soort | вид | publication type | form
language: article language | idioma | lingua | taal | язык | languages of document
summary: inhalt | regest | résumé | resumen | sommario | samenvatting | описание | аннотация | descripción |
  descrizione | omschrijving | inhoud | content
subject: schlagwörter | mots-clés | palabras clave | parole chiave | trefwoorden | ключевые слова | author keywords
note: notes | notiz | notizen | bemerkung | bemerkungen | anmerkung | remarque | remarques | notas | note (it) |
  opmerking | opmerkingen | примечание | примечания | comment | comments | kommentar
place: lugar | luogo | plaats | место | lieu | entstehungsort
extent: étendue | extensión | consistenza | omvang | объем | объём | seiten | folios
rights: rechte | droits | derechos | diritti | rechten | права
publisher: book publisher | editorial | editore | uitgever | издательство
container-title: journal | periodical full | title secondary | journal title | publication | source title |
  publication title | zeitschrift | revue | revista | rivista | tijdschrift | журнал | source | book title | host
volume: band | tome | tomo | deel | том | vol
issue: heft | numéro | número | numero | aflevering | выпуск | no
page: page range | first page | page numbers | start page
doi: doi link
isbn: isbn-13
issn: issn-l
url: link | uri | web address | adresse | website | ссылка | permalink url
identifier: record id | record number | lfd. nr. | nr | n° | accession | id number | инв. номер
filename: file name | file | dateiname | datei | fichier | nom du fichier | archivo digital | nome file |
  bestandsnaam | файл | image | scan | photo
tag: tags | label (tags) | markierungen | étiquettes | etiquetas | etichette | labels | метки
"""
TELLING = frozenset(("title", "supplied_title", "summary", "call_number", "citation"))
_IN_LANGUAGE = lazy(r"[\s(\[]+(?:en|eng|de|ger|deu|fr|fre|fra|es|spa|it|ita|nl|dut|nld|ru|rus|la|lat)[)\]]?$")
_OF_ANYTHING = lazy(r"(?i)names?|naam|label(?:[ _]\w\w)?")
_OF_PEOPLE = lazy(r"(?i)birth|\bborn|geburt|geboren|geb\.|naissance|nacimiento|nascita|\bnato|geboorte|рожден")
HEADINGS: dict[str, str] = {}
for _entry in _WORDS.strip().replace("\n  ", " ").splitlines():
    _fact, _, _words = _entry.partition(": ")
    HEADINGS |= {word.strip(): _fact for word in _words.split("|") if word.strip() not in HEADINGS}
for _name in ("filename", "tag", "note", "box", "folder", "container-title", "volume", "issue", "url", "isbn", "issn"):
    HEADINGS.setdefault(_name, _name)


def fact_of_heading(heading: str) -> str:
    """Return the fact that a heading stands for, or an empty text where it is not known.

    A vocabulary before it (`Dublin Core : Title`) and a language behind it (`label_en`) do not count.
    """
    heading = re.sub(r"^(?:dublin core|dc|dcterms|bibo)\s*:", "", heading.strip(), flags=re.I)
    word = " ".join(heading.replace("_", " ").replace("\ufeff", "").split()).strip(" :.#").casefold()
    plain = _IN_LANGUAGE.sub("", word)
    return HEADINGS.get(word) or fact_of(word) or HEADINGS.get(plain) or (fact_of(plain) if plain != word else "")


def describes_sources(headings: Sequence[str]) -> bool:
    """Return whether these are the headings of a table of sources: one says what a source is called."""
    return bool(TELLING.intersection(map(fact_of_heading, filterfalse(_OF_ANYTHING.fullmatch, headings))))


def describes_people(headings: Sequence[str]) -> bool:
    """Return whether these are the headings of a table of people: their birth, and no title or number of a source."""
    facts = set(map(fact_of_heading, filterfalse(_OF_ANYTHING.fullmatch, headings)))
    return not facts & {"title", "supplied_title", "call_number"} and any(map(_OF_PEOPLE.search, headings))
