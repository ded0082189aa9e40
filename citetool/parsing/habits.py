"""Names and numbers in the habit of an archive: `AGI, Contratación, 1459`, `Petizion 488 (1792)`.

Behind an archive whose tradition cites a collection and a number without words for them, the name and the number are
told apart; `data/paths.txt` says which levels they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .token_types import SHELFMARK
from .tokenizer import Segment
from .tokens import Token

if TYPE_CHECKING:
    from .gazetteer import Gazetteer

_NAMED_NUMBER = lazy(
    r"(?P<name>(?=[^\d]*[a-zà-ÿ]{3})[^\W\d_][^\d]*?|[A-ZİŞĞÜÖÇ]+(?:\.[A-ZİŞĞÜÖÇ]+)+\.?),?\s(?P<number>\d[\w/.-]*(?:\s(?:bis|ter))?)(?:\s\((?P<year>1[0-9]\d\d(?:[-–]\d+)?)\))?$"
)
_NUMBER = lazy(r"\d{1,5}[\w/.-]*$")
_STATE = lazy(r"[A-Z]{2}$")
_SMALL_LEVELS = frozenset(("page", "frame", "list", "item"))
_SHELFMARK = lazy(
    r"(?:[A-Z]{1,2}\s)?\d{1,3}\s[A-Z]{1,3}(?:\s\d+(?:/\d+)?)?(?:\s\d+)?"
    r"|[A-Z]{1,2}\s\d{1,3}\s\d{3}(?:\s\(\d+\))?|[A-Z]\s\d{3,5}"
)
# `105-00604-01`, `S25/3029`, `O.3/3021`, `111-00270-01(1)`; two numbers alone may be a page or a year
_ITEM_CODE = lazy(
    r"(?:(?:hez|FO|FM|MFA|RG|Ref\.)\s?)?(?=[^\s]*\d)(?!\d+[-–/]\d+$)[\w’']{1,9}(?:[-–./][\w’']+){1,7}(?:\(\d+\)(?:-\d+)?)?$"
    r"|[A-Z]\d{8,}|(?:FO|FM|MFA)\s\d+/\d+[a-z]?"
)
# a number of access of the Dutch archives
_ACCESS = lazy(
    r"(?:(?P<name>[^\W\d_][^\d]{1,60}?),?\s)?(?P<number>\d\.\d\d\.\d\d(?:\.\d\d)?|\(\d\d\)\d{2,3}(?:\.\d{3})?)$"
)
_ACCESS_AND_PIECE = lazy(r"(?P<access>\d\.\d\d\.\d\d(?:\.\d\d)?)\s(?P<piece>inv\S*\s?\S*)$")
_PIECE_WORD = lazy(r"(?i)(?:inv|nr|inventaris)")
_FILE_CODE = lazy(r"\d{2,}/\d+$")
_TWO_NUMBERS = lazy(r"\d{1,4}-\d{1,5}")
_NAMED_BY = frozenset(("text", "collection", "series", "id"))
_FILE_AND_ITEM = lazy(r"\d{1,5}/\d{1,5}")
_SEATS = frozenset(("repository", "place", "short_form"))
_HOLDERS = frozenset(("repository", "place", "short_form", "collection", "parent_institution", "text"))
_CLASS_VOLUME = lazy(r"([A-Z]{2,5})\s(\d{1,5})(?:\.?)$")  # `NTS 7720`: an office and a volume of its papers
_NUMBERS = frozenset(("number", "years", "id"))
_NAMES = frozenset(("text", "collection", "series", "place"))
_SPLIT = frozenset(("text", "collection", "series", "id"))
_DEPARTMENTAL = frozenset(("AD", "Arch dép", "Archives départementales"))
_SEATED_SHELFMARK = lazy(
    r"(?P<seat>[A-ZÀ-Þ][\w.’'-]+(?:[ -](?:(?:de|du|des|et|la|le|d’|l’)[ -]?)*[A-ZÀ-Þ][\w.’'-]+)*)"
    r"\s(?:\d{1,3}\s[A-Z]{1,2}|[A-Z]{1,2})\s\d[\d/ ]*$"
)
_JOINER = lazy(r"(?i)(?:^|[\s(-])(?:of|the|to|from|by|and|und|et|for|an|de|der|des|du|di|a|al|ale|ai|&|-|/)$")
_IN = lazy(r"(?<!deposit)\s(?:in|at)\s(?:the\s)?(?=[A-ZÀ-Þ])")
_REF = lazy(r"(?:Ref|レファレンスコード)[.:：]{0,2}\s?[A-Z]\d{11}(?!\w)")
_SERIES_NUMBER = lazy(r"[A-Z]{1,3}\d{1,5}(?:/\w+)?$")
_PART = lazy(r"[ivx]{1,5}$|(?:part|pt|vol)\.?\s?\w+$")
_COLON_BEHIND = lazy(r"\s?:\s?")
_SYMBOLS = frozenset(("text", "id", "number", "years", "date", "place", "collection", "series"))
_STOP_BEHIND = lazy(r"\.\s(?=[^\W\d_a-z])")
_MIN_CAPITALS = 3
_AGENCIES = frozenset(("nara", "digital"))  # bodies that write as well as keep
_KEEPERS = frozenset(("NARA", "DNSA", "CREST"))


def by_habit(tokens: list[Token], text: str, gaz: Gazetteer) -> list[Token]:
    """Return the tokens, a name with its number taken apart where the archive before them is cited so."""
    _without_states(tokens, text, gaz)
    tokens = _with_access(_at_words(tokens, text), text)
    if len(tokens) < 2:
        return tokens
    _behind_archive(tokens, text, gaz)
    _in_series(tokens, text, gaz)
    boxed = any(u.type == "level" and u.level not in _SMALL_LEVELS for u in tokens)
    names: list[str] = []
    numbers: list[str] = []
    found: list[Token] = []
    for token in tokens:
        if token.type == "repository":
            known = gaz.repository(text[token.start : token.end])
            names, numbers = gaz.paths.get(known.tradition, ([], [])) if known else ([], [])
        if numbers == ["item"] and found and _is_item(token, found[-1], text, coded=names != numbers):
            found.append(Token(token.start, token.end, "level", token.before, "item"))
        elif numbers == ["item"] and names != numbers and token.type == "number" and _is_coded(found, token):
            found.append(Token(token.start, token.end, "level", token.before, "page"))
        elif numbers == ["volume"] and (match := _CLASS_VOLUME.match(text, token.start, token.end)):
            found += _parts(match.span(1), match.span(2), (-1, -1), token, names[0], numbers[0])
        elif boxed or len(numbers) != 1 or numbers == ["item"] or SHELFMARK.match(text[token.start : token.end]):
            found.append(token)
        elif token.type in _SPLIT and (match := _NAMED_NUMBER.match(text, token.start, token.end)):
            found += _parts(match.span("name"), match.span("number"), match.span("year"), token, names[0], numbers[0])
        elif token.type in _NUMBERS and found[-1].type in _NAMES and _NUMBER.fullmatch(text, token.start, token.end):
            found[-1].type = "collection" if found[-1].type == "place" else found[-1].type
            found.append(Token(token.start, token.end, "level", token.before, numbers[0]))
        else:
            found.append(token)
    return found


def _at_words(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens, the number of a finding aid cut from the piece behind it: `NL-HaNA 2.05.80 inv.nr. 3056`."""
    found: list[Token] = []
    for token in tokens:
        cut = _ACCESS_AND_PIECE.match(text, token.start, token.end) if token.type == "id" else None
        if cut:
            found.append(Token(*cut.span("access"), "level", token.before, "collection_id"))
            found.append(Token(*cut.span("piece"), "level", " ", "item"))
        else:
            found.append(token)
    return found


def _with_access(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens, a name and the number of its finding aid taken apart: `VOC 1.04.02`."""
    found: list[Token] = []
    for index, token in enumerate(tokens):
        if _is_bare_access(tokens, index, text):
            token.type, token.level = "level", "collection_id"
        access = (
            _ACCESS.match(text, token.start, token.end)
            if index and token.type in ("id", "text") and not token.level
            else None
        )
        if access is None:
            found.append(token)
            continue
        if access.start("number") > token.start:
            found.append(Token(*access.span("name"), "level", token.before, "collection"))
        found.append(Token(*access.span("number"), "level", " ", "collection_id"))
    return found


def _is_bare_access(tokens: list[Token], index: int, text: str) -> bool:
    """Return whether a number stands between papers and a piece of them: `Domkapittel, 216-1, inv. 651`."""
    if not 0 < index < len(tokens) - 1 or tokens[index].type not in ("number", "id") or tokens[index].level:
        return False
    above, below = tokens[index - 1], tokens[index + 1]
    piece = below.type == "level" and below.level == "item" and _PIECE_WORD.match(text, below.start, below.end)
    return (
        above.type in _NAMES
        and bool(piece)
        and _NUMBER.fullmatch(text, tokens[index].start, tokens[index].end) is not None
    )


def _without_states(tokens: list[Token], text: str, gaz: Gazetteer) -> None:
    """Let two letters be no state of America behind an archive of another tradition: `ACS, MI, b. 71`."""
    home = tokens[0] if tokens and tokens[0].type == "repository" else None
    known = gaz.repository(text[home.start : home.end]) if home else None
    if known and known.tradition in gaz.paths:
        for token in tokens[1:]:
            if token.type == "place" and _STATE.match(text, token.start, token.end):
                token.type = "text"


def _behind_archive(tokens: list[Token], text: str, gaz: Gazetteer) -> None:
    """Tell what stands first behind an archive: the number of a fonds with its name, or the code of a file.

    `AJ, 837, KPR, I-5-b/104-9`; `AIPN, 0296/54, t. 2`.
    """
    home = tokens[0]
    count = next((i for i, token in enumerate(tokens) if i and token.type not in ("short_form", "place")), 0)
    first = tokens[count]
    known = gaz.repository(text[home.start : home.end]) if home.type == "repository" else None
    numbers = gaz.paths.get(known.tradition, ([], []))[1] if known else []
    if len(numbers) != 1 or numbers == ["item"] or first.before != ",":
        return
    following = tokens[count + 1] if len(tokens) > count + 1 else None
    if first.type == "number" and following and following.type in _NAMES and following.before == ",":
        first.type, following.type = "collection", "series"
    elif numbers == ["box"] and first.type == "id" and following and following.type == "id":
        first.type, following.type, following.level = "collection", "level", "file_code"
    elif numbers == ["file"] and first.type == "id" and _FILE_CODE.match(text, first.start, first.end):
        first.type, first.level = "level", "file_code"


def _in_series(tokens: list[Token], text: str, gaz: Gazetteer) -> None:
    """Tell the series number and the control symbol of the Australian archives: `NAA: P1556, Heard Island 1954`.

    Letters before the colon may stand for other archives elsewhere; the form says that they do not.
    """
    home = tokens[0]
    known = gaz.repository(text[home.start : home.end]) if home.type == "repository" else None
    count = next((i for i, token in enumerate(tokens) if i and token.type not in _SEATS), 0)
    first = tokens[count]
    if not count or home.type != "repository" or not _SERIES_NUMBER.match(text, first.start, first.end):
        return
    colon = len(tokens) > count + 1 and _COLON_BEHIND.fullmatch(text, home.end, first.start)
    if not colon and (known is None or known.tradition != "australian"):
        return
    first.type, first.level = "level", "series"
    for token, level in zip(tokens[count + 1 : count + 3], ("item", "volume"), strict=False):
        part = _PART.match(text, token.start, token.end)
        if token.before != "," or (token.type not in _SYMBOLS and not part) or (level == "volume") != bool(part):
            return
        token.type, token.level = "level", level


def _is_coded(found: list[Token], token: Token) -> bool:
    """Return whether a number stands behind a code, as the pages of a file do: `105-00604-01, 12`."""
    return bool(found) and found[-1].type == "level" and found[-1].level == "item" and token.before == ","


def _is_item(token: Token, before: Token, text: str, *, coded: bool) -> bool:
    """Return whether a token is a shelfmark in the French way: behind the archive, or a number in its papers.

    Where archives give codes (`coded`) it is a code of letters and numbers behind the archive, its town, or its papers.
    """
    if coded:
        form = _TWO_NUMBERS if token.type == "number" and before.type in _SEATS else _ITEM_CODE
        form = _FILE_AND_ITEM if "/" in text[token.start : token.end] and before.type in _NAMED_BY else form
        return before.type in _HOLDERS and form.fullmatch(text, token.start, token.end) is not None
    if before.type == "collection":
        return token.type == "number"
    marked = token.type in ("id", "text") and _SHELFMARK.fullmatch(text, token.start, token.end)
    return bool(marked) and before.type in ("repository", "place", "short_form")


def _parts(
    name: tuple[int, int], number: tuple[int, int], year: tuple[int, int], token: Token, named: str, numbered: str
) -> list[Token]:
    first = Token(*name, "level", token.before, named)
    parts = [first, Token(*number, "level", ",", numbered)]
    return [*parts, Token(*year, "date", " ")] if year[0] >= 0 else parts


def split_bodies(text: str, segments: list[Segment], gaz: Gazetteer) -> list[Segment]:
    """Return the segments, an archive at the end of one cut free: `All India Congress Committee 1917-69 NMML`.

    The name of a department behind the word for its archive goes to it: `AD, Gers M 2799`.
    """
    found: list[Segment] = []
    for segment in [
        piece for whole in segments for piece in _coded_pieces(text, whole, gaz, first=whole is segments[0])
    ]:
        if found and (seat := _department(text, found[-1], segment, gaz)):
            found[-1].end = seat
            segment.start, segment.before = seat + 1, ","
            found.append(segment)
            continue
        cut = _body_start(text, segment, gaz) if segment.kind == "text" else 0
        if cut:
            end = segment.start + len(text[segment.start : cut].rstrip(" ,;:"))
            if lead := _IN.search(text, max(segment.start, end - 8), cut + 1):
                end = lead.start()
            found += [Segment(segment.start, end, segment.before), Segment(cut, segment.end, ",")]
        else:
            found.append(segment)
    return found


def _coded_pieces(text: str, segment: Segment, gaz: Gazetteer, *, first: bool) -> list[Segment]:
    """Return a segment, cut where an archive ends its first sentence or the number of a digital archive stands in it.

    `BOA. DH. ŞFR`, `JACAR（アジア歴史資料センター）Ref.B02030512300`.
    """
    if segment.kind != "text":
        return [segment]
    if code := _REF.search(text, segment.start, segment.end):
        cuts = ((segment.start, code.start(), segment.before), (*code.span(), ","), (code.end(), segment.end, ","))
        return [Segment(*cut) for cut in cuts if cut[1] > cut[0]]
    stop = _STOP_BEHIND.search(text, segment.start, segment.end) if first else None
    if stop and text[segment.start : stop.start()].isupper() and text[segment.start : stop.start()] in gaz.short_names:
        return [Segment(segment.start, stop.start(), segment.before), Segment(stop.end(), segment.end, ",")]
    return [segment]


def _department(text: str, archive: Segment, segment: Segment, gaz: Gazetteer) -> int:
    """Return where the name of a department ends that stands between `AD` and a shelfmark; 0 where none does."""
    if segment.before != "," or segment.kind != "text":
        return 0
    seated = _SEATED_SHELFMARK.match(text, segment.start, segment.end)
    name = text[archive.start : archive.end]
    known = gaz.repository(name) if seated and name.rstrip(".").replace(".", "") in _DEPARTMENTAL else None
    return seated.end("seat") if seated and known and gaz.repository(text[archive.start : seated.end("seat")]) else 0


def _body_start(text: str, segment: Segment, gaz: Gazetteer) -> int:
    """Return where the archive begins that ends a segment of more words; 0 where none does."""
    span = text[segment.start : segment.end]
    head, _, last = span.rpartition(" ")
    if not head:
        return 0
    if sum(map(str.isupper, last)) >= _MIN_CAPITALS and not _JOINER.search(head) and gaz.repository(span) is None:
        known = gaz.short_names.get(last.rstrip("."))
        if known and (known.tradition not in _AGENCIES or last.rstrip(".") in _KEEPERS):
            return segment.end - len(last)
    for lead in _IN.finditer(span) if " in " in span or " at " in span else ():
        known = gaz.repository(span[lead.end() :])
        if lead.start() and known and known.tradition not in _AGENCIES and not head[: lead.start()].endswith("&"):
            return segment.start + lead.end()
    return 0
