"""The words that the MODS reader and writer share: types of resources, genres for CSL types, types of notes."""

from __future__ import annotations

NOTE_CITATION = "preferred citation"
NOTE_MARKING = "marking"

# typeOfResource (MODS 3.8) and DCMI types, as kinds.
KIND_OF_RESOURCE: dict[str, str] = {
    "cartographic": "map",
    "notated music": "score",
    "sound recording": "sound recording",
    "sound recording-musical": "sound recording",
    "sound recording-nonmusical": "sound recording",
    "sound": "sound recording",
    "still image": "graphic",
    "image": "graphic",
    "moving image": "film",
    "three dimensional object": "object",
    "software, multimedia": "software",
    "mixed material": "collection",
}

# CSL type: typeOfResource (text where a type is not named).
RESOURCE_OF_TYPE: dict[str, str] = {
    "map": "cartographic",
    "musical_score": "notated music",
    "song": "sound recording",
    "interview": "text",
    "graphic": "still image",
    "figure": "still image",
    "motion_picture": "moving image",
    "broadcast": "moving image",
    "collection": "mixed material",
    "software": "software, multimedia",
    "dataset": "software, multimedia",
}

# CSL type: the genre that Zotero's MODS import takes for its item type.
GENRE_OF_TYPE: dict[str, str] = {
    "manuscript": "manuscript",
    "personal_communication": "letter",
    "collection": "manuscript",
    "document": "document",
    "graphic": "artwork",
    "map": "map",
    "motion_picture": "film",
    "song": "audioRecording",
    "broadcast": "tvBroadcast",
    "interview": "interview",
    "speech": "presentation",
    "report": "report",
    "treaty": "document",
    "hearing": "hearing",
    "book": "book",
    "pamphlet": "book",
    "classic": "book",
    "chapter": "bookSection",
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "thesis": "thesis",
    "paper-conference": "conferencePaper",
    "webpage": "webpage",
    "post-weblog": "blogPost",
    "post": "forumPost",
    "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle",
    "review": "journalArticle",
    "review-book": "journalArticle",
    "dataset": "dataset",
    "software": "computerProgram",
    "standard": "standard",
    "patent": "patent",
    "legislation": "statute",
    "bill": "bill",
    "legal_case": "case",
}
