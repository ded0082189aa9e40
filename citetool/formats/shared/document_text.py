"""The facts that the text of a document gives of itself: marks of classification, kind, who was present, subject.

Works on the transcript of a typed document as sites and archives give it: plain text or light Markdown, one or several
renderings in a row, with editorial marks such as `[REDACTED]`. Nothing is guessed from the prose: only lines that stand
by themselves (`TOP SECRET`, `Memorandum of Conversation`, `Subject: ...`, `Copy to ...`) and the list of people under
a label such as `Present:` are read.

Left out: people who are only spoken of, and lists of participants in two columns whose order the scan has lost.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy
from citetool.names import Name, parse_direct_name
from citetool.record.model import Creator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class DocumentFacts(NamedTuple):
    """The facts found: a kind of `record.kinds` or "", marks as they stand, people in the order of the list."""

    kind: str
    markings: tuple[str, ...]
    people: tuple[Creator, ...]
    subject: str
    copies: tuple[str, ...]  # lines on who got a copy


def read_document(text: str) -> DocumentFacts:
    """Return the facts that a transcript gives about its document; a fact that it does not give is empty."""
    lines = [_bare(line) for line in text.splitlines()]
    return DocumentFacts(
        kind=_kind(lines),
        markings=tuple(_once(_markings(lines))),
        people=tuple(_people(lines)),
        subject=next((m.group(1).strip() for line in lines if (m := _SUBJECT.match(line))), ""),
        copies=tuple(
            {_folded(line): line for line in lines if _COPY.match(line)}.values()
        ),  # the later rendering is clean
    )


_EDITORIAL = lazy(r"\[(?:redacted|sic|illegible|handwritten|stamp|signed|signature|crossed out)[^\]]*\]", re.I)
_SUBJECT = lazy(r"(?:Subject|Re|Тема)\s*:\s*(\S.*)", re.I)
_COPY = lazy(r"(?:(?:\d+|one|two|three|four|five|six)\s+)?cop(?:y|ies)\s+(?:sent\s+)?(?:to|for)\s+\S.{0,80}$", re.I)


def _bare(line: str) -> str:
    """Return a line without the marks of Markdown and of editors."""
    line = _EDITORIAL.sub(" ", line)
    return " ".join(re.sub(r"~~|\*\*|__|^\s*(?:#{1,6}|>)\s", "", line).split())


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def _once(items: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for item in items:
        key = _folded(item)
        if key not in seen:
            seen.add(key)
            yield item


# ---- marks

# Terms of classification and of handling: US (E.O. 13526; State, 5 FAH-2), UK, Soviet, and of their allies.
_TERMS = r"""
(?:top|most|strictly|very|extremely)\s+secret | secret | (?:strictly\s+|highly\s+|very\s+)?confidential | restricted
| official\s+use\s+only | (?:for\s+)?limited\s+official\s+use(?:\s+only)? | for\s+official\s+use\s+only | declassified
| (?:controlled\s+)?unclassified | classified
| sensitive(?:\s+but\s+unclassified)? | (?:very\s+)?eyes?\s+only | eyes\s+alone
| special\s+(?:file|folder|dossier) | no(?:dis|forn|contract)(?:\s+distribution)? | exdis | limdis | orcon | wnintel
| stadis | umbra | comint | talent\s+keyhole | (?:niact\s+)?immediate | priority | flash | private
| personal(?:\s+and\s+confidential)? | internal\s+use\s+only | cosmic | nato | copy\s+no\.?\s*\d+
| сов(?:ершенно|\.)\s*секретно | строго\s+секретно | секретно | особая\s+папка | для\s+служебного\s+пользования
| streng\s+(?:geheim|vertraulich) | geheime?\s+verschlu(?:ss|ß)sache | geheim
| vertraulich(?:e\s+verschlu(?:ss|ß)sache)?
| (?:nur\s+für\s+den\s+)?dienstgebrauch | très\s+secret | secret\s+défense | confidentiel | segret[oi]ssimo | segreto
| riservat[oi]ssimo | ściśle\s+tajne | tajne | poufne | přísně\s+tajné | tajné | důvěrné | szigorúan\s+titkos | titkos
| strict\s+secret | строго\s+поверително | strogo\s+(?:tajno|poverljivo) | poverljivo | secreto | reservado
| 絕密 | 绝密 | 机密 | 秘密
"""
_TERM = re.sub(r"\s*\|\s*", "|", " ".join(_TERMS.split()))
_MARKING = lazy(rf"(?:(?:{_TERM})(?:\s*[;,/.&·–-]+\s*|\s+|$))+[.!]?$", re.I)
_WEAK = frozenset(("personal", "private", "immediate", "priority", "flash", "nato", "official use only"))


def _markings(lines: list[str]) -> Iterator[str]:
    for line in lines:
        mark = line.strip(" -–—=_()[].!\"'")
        if 0 < len(mark) <= 80 and mark.casefold() not in _WEAK and _MARKING.match(mark):
            yield mark


# ---- kind

# The first words of a heading or title that name a kind; searched in this order at each place of the text.
_KIND_WORDS: tuple[tuple[str, str], ...] = (
    (r"memorandum of (?:a )?telephone conversation|telephone conversation", "memorandum of telephone conversation"),
    (r"(?:memorand(?:um|a)|records?|notes?|minutes|transcripts?|protocol|summary|report) of (?:the |a )?(?:\w+ )?"
     r"(?:conversation|talks?|discussion)s?|memcon|conversations?|запис[ьи] бесед[ыа]?|zapis besedy",
     "memorandum of conversation"),
    (r"(?:stenographic|verbatim) (?:record|minutes|transcript|report)|стенограмма", "stenographic record"),
    (r"minutes|protocol of (?:the )?(?:meeting|session)|record of (?:the )?meeting", "minutes"),
    (r"aide[- ]m[eé]moire", "aide-mémoire"),
    (r"(?:ciphered |coded |cipher )?telegrams?|шифротелеграмма|телеграмма|cipher(?:ed)? message", "telegram"),
    (r"(?:ciphered |coded )?cables?|cablegram", "cable"),
    (r"airgram", "airgram"),
    (r"despatch|dispatch", "dispatch"),
    (r"diplomatic note|note verbale|verbal note", "diplomatic note"),
    (r"(?:national |special national )?intelligence estimate", "intelligence estimate"),
    (r"memorand(?:um|a)|memo|записка|zapiska", "memorandum"),
    (r"letters?|письмо|pismo", "letter"),
    (r"resolution|постановление|postanovlenie", "resolution"),
    (r"decree|указ", "decree"),
    (r"directive", "directive"),
    (r"treaty", "treaty"),
    (r"agreement", "agreement"),
    (r"protocol(?: no\.? ?\d+)?|протокол", "protocol"),
    (r"diary|journal entry|дневник", "diary"),
    (r"speech|address by|remarks by", "speech"),
    (r"interview", "interview"),
    (r"press release|communiqu[eé]", "press release"),
    (r"reports?|доклад|отчет|spravka|справка", "report"),
    (r"agenda", "agenda"),
    (r"draft", "draft"),
    (r"notes", "notes"),
)  # fmt: skip
_KINDS = tuple((re.compile(rf"(?:{words})\b", re.I), kind) for words, kind in _KIND_WORDS)
_HEAD_LINES = 25


_BEFORE_KIND = lazy(
    r"(?:(?:excerpts?|extracts?|part|copy|draft|text|translation|from|of|the|a|an|untitled|handwritten|typed|personal|"
    r"top|secret|confidential|cipher(?:ed)?|coded|urgent|short|brief|soviet|american|official|"
    r"\w+ian|\w+ese|\w+ish)\s+){0,5}",
    re.I,
)


def kind_of_title(title: str) -> str:
    """Return the kind that the words of a title name (`Telegram from A to B`); "" where they name none.

    Only the beginning of the title counts, behind an adjective or a quantity (`Handwritten Letter`, `Excerpts from the
    Minutes of ...`), and what follows a motto in quotation marks: what stands later is what the document is about.
    """
    plain = re.sub(r"^[\"“'‘][^\"”]{1,120}[\"”'’]\s*[:,–—-]\s*", "", title)
    start = _BEFORE_KIND.match(plain)
    rest = plain[start.end() :] if start else plain
    return next((kind for pattern, kind in _KINDS if pattern.match(rest)), "")


def _kind(lines: list[str]) -> str:
    """Return the kind of a heading that stands by itself near the top: `Conversation.`, `MEMORANDUM OF
    CONVERSATION`.
    """
    heads = [line.strip(" .:-–—\"'") for line in lines if line][:_HEAD_LINES]
    for head in heads:
        for pattern, kind in _KINDS:
            match = pattern.match(head)
            if match and len(head) <= 60 and _is_heading(head, match.end()):
                return kind
    return ""


def _is_heading(head: str, end: int) -> bool:
    """Return whether the line is a heading, not the beginning of a sentence: nothing or capitals follow."""
    rest = head[end:].strip(" .:")
    if not rest or head.isupper():
        return True
    words = [word for word in re.findall(r"[^\W\d_]{4,}", rest) if word.casefold() not in ("between", "with", "from")]
    led = re.match(r"(?:between|with|from|to|of|for|no|№|#|\d)\b", rest, re.I)
    return bool(led) and all(word[0].isupper() for word in words)


# ---- people

_PRESENT = lazy(
    r"(?:(?:those|persons?|also)\s+)?(?:present|participants?|in attendance|attend(?:ed by|ees)|participating)"
    r"(?:\s+(?:were|at the meeting))?\s*(?::|[-–—]+\s|$)\s*(.*)|присутств(?:овали|уют)\s*:\s*(.*)",
    re.I,
)
_LABEL = lazy(r"[^\W\d][\w /']{1,28}:")
_CIVIL = (
    r"Mr|Mrs|Ms|Miss|Messrs|Mme|Madame|M|Dr|Prof|Professor|Sir|Herr|Frau|Comrade|Com|Cde|Tov|Señor|Sr|Monsieur|тов|т"
)
_RANK = (
    r"(?:Field )?Marshal|Generalissimo|"
    r"(?:(?:Lieutenant|Lt\.?|Major|Maj\.?|Brigadier|Brig\.?|Colonel) )?(?:General|Gen)|"
    r"(?:Vice |Rear )?Admiral|Commodore|(?:(?:Lieutenant|Lt\.?) )?(?:Colonel|Col)|Major|Captain|Capt|"
    r"Lieutenant|Commander|"
    r"(?:Vice )?President|Prime Minister|Premier|Chancellor|Chairman|(?:Foreign |Deputy )?Minister|Ambassador|"
    r"(?:(?:General|First) )?Secretary|Under ?Secretary|Senator|Congressman|Governor|Counsel(?:l)?or|Consul|Archbishop|"
    r"King|Queen|Prince|Lord"
)
_TITLE = lazy(rf"(?:The )?(?:(?P<civil>{_CIVIL})\b\.?\s*|(?P<rank>{_RANK})\b\.?\s+)(?=[A-ZА-ЯÀ-Þ])")
_INITIALS = lazy(r"(?:[A-ZА-Я]\.\s*){1,3}[A-ZА-Я][\w'’-]+")
_PLAIN_NAME = lazy(r"[A-ZÀ-Þ][\w'’.-]*(?: (?:[A-ZÀ-Þ]\.|v[oa]n|de[rn]?|di|al|bin))*(?: [A-ZÀ-Þ][\w'’-]+){1,2}$")
_OFFICE = lazy(
    r"\b(?:secretary|ambassador|minister|affairs|embassy|department|chief|deputy|mission|commissar|director|head|member|"
    r"committee|office|council|adviser|advisor|assistant|officer|delegation|interpreter|translator|counsel|attach[eé]|staff|"
    r"chairman|president|union|government|army|navy|side|consul|general|representative|people)\b",
    re.I,
)
_OPEN_END = lazy(r"(?:\b(?:of|for|the|to|and|in|at|on|a|an|by|with)|[,&/(-])$", re.I)
_INTERPRETER = lazy(r"\b(?:interpret(?:er|ing|ed)|translator|translating|dolmetscher|переводчик)\b", re.I)
_MOST_PEOPLE = 60
_MOST_LISTS = 20


def _people(lines: list[str]) -> Iterator[Creator]:
    """Each person of the lists under `Present:` and its like, once; the fuller of two entries counts."""
    found: dict[str, Creator] = {}
    lists = [(index, match) for index, line in enumerate(lines) if (match := _PRESENT.match(line))]
    for index, match in lists[:_MOST_LISTS]:
        first = next((group for group in match.groups() if group), "")
        for entry in _entries(chain([first], islice(lines, index + 1, None))):
            person = _person(entry)
            if person is None:
                continue
            key = (person.name.family or person.name.literal).casefold()
            if key not in found or _fullness(person) > _fullness(found[key]):
                found[key] = person
    yield from found.values()


def _fullness(person: Creator) -> int:
    return len(str(person.name)) + len(person.office)


def _entries(lines: Iterable[str]) -> Iterator[str]:
    """Yield the entries of a list of people: lines joined where one goes on in the next, up to what is no such
    entry.
    """
    entry, count, blank = "", 0, False
    for line in lines:
        if not line:
            blank = True
            continue
        goes_on = bool(entry) and bool(_OPEN_END.search(entry) or (line[0].islower() and not blank))
        if not goes_on and (_LABEL.match(line) or len(line) > 160 or count > _MOST_PEOPLE):
            break
        if goes_on or (entry and not blank and not _names_somebody(line)):
            entry = f"{entry} {line}"
        else:
            if entry:
                yield entry
                count += 1
            entry = line if _names_somebody(line) else ""
            if not entry and count and not _side(line):
                return
        blank = False
    if entry:
        yield entry


def _side(line: str) -> bool:
    """Return whether a line may be a heading in a list of people: `U.S.S.R.`, `For the Soviet side`."""
    return len(line) <= 40 and not line.endswith(",") and len(line.split()) <= 6


def _names_somebody(line: str) -> bool:
    return any(_weight(piece) for piece in _pieces(line))


def _pieces(entry: str) -> list[str]:
    pieces = [
        p.strip(" .;") if p.strip(" ;")[-2:-1] != "." else p.strip(" ;") for p in re.split(r",|\s[-–—]+\s|[()]", entry)
    ]
    joined: list[str] = []
    for piece in pieces:
        if joined and re.match(r"(?:Jr|Sr|I{2,3}|IV)\.?$", piece):
            joined[-1] += f", {piece}"
        elif piece:
            joined.append(piece)
    return joined


def _weight(piece: str) -> int:
    """Return how much a piece of an entry looks like a name: by title, by initials, by its plain form."""
    titled = _TITLE.match(piece)
    if titled and not _OFFICE.search(piece[titled.end() :]):
        return 3
    if _INITIALS.match(piece):
        return 2
    return 1 if _PLAIN_NAME.match(piece) and not _OFFICE.search(piece) else 0


def _person(entry: str) -> Creator | None:
    """Return the person of one entry, in either order: `The Ambassador, Mr. Harriman`; `Mr. Page, Second Secretary`."""
    pieces = _pieces(entry)
    best = max(pieces, key=_weight, default="")
    if not best or not _weight(best):
        return None
    titled = _TITLE.match(best)
    rank = (titled.group("rank") or "") if titled else ""
    name = parse_direct_name(best[titled.end() :] if titled else best)
    offices = [piece for piece in pieces if piece is not best]
    if rank:
        offices.insert(0, rank)
    office = re.sub(r"^the\s+", "", ", ".join(offices), flags=re.I)
    role = "interpreter" if _INTERPRETER.search(office) else "participant"
    return Creator(name, role, office)


def with_full_names(people: Iterable[Creator], known: Iterable[Name]) -> tuple[tuple[Creator, ...], tuple[int, ...]]:
    """People of whom only the family name is given, with the full name where exactly one known name has that family.

    Also gives the positions of those whose name was filled in.
    """
    names = list(known)
    full: list[Creator] = []
    filled: list[int] = []
    for index, person in enumerate(people):
        fits = {name for name in names if name.family and name.family == person.name.literal}
        if len(fits) == 1:
            filled.append(index)
            full.append(Creator(fits.pop(), person.role, person.office, person.original_name, person.extra))
        else:
            full.append(person)
    return tuple(full), tuple(filled)
