"""Words that open a citation (`see also`, `vgl. auch`, `см. также`) and that go back to the one before (`ibid.`)."""

from __future__ import annotations

from citetool.lazy_re import lazy

SIGNALS = (
    r"(?:but\s+)?[Ss]ee(?:\s+(?:also|esp(?:ecially|\.)|e\.g\.|further))?|(?:but\s+)?[Cc]ompare|(?:but\s+)?[Cc]f\.(?:\s+also)?"
    r"|[Qq]uoted in|[Cc]ited in|[Zz]it(?:iert|\.)\s+(?:nach|bei)|[Vv]gl\.(?:\s+(?:auch|dazu|hierzu|ferner|etwa))?"
    r"|[Ss]iehe(?:\s+(?:auch|dazu|ferner|hierzu))?"
    r"|[Ss]\.\s+(?:auch|dazu|hierzu)|[Vv]oir(?:\s+(?:aussi|également|notamment))?|[Vv]éase(?:\s+(?:también|además))?|[Vv]er\s+también"
    r"|[Сс]м\.(?:\s+(?:также|например|напр\.))?:?|[Zz]ie(?:\s+ook)?|[Ss]e\s+(?:även|også)|[Zz]ob\.(?:\s+też)?|[Pp]atrz"
    r"|[Cc]fr\.(?:\s+anche)?|[Ss]i\s+veda(?:\s+anche)?|[Vv]edi(?:\s+anche)?|[Ll]ásd(?:\s+még)?|[Ss]rov\.|[Vv]iz(?:\s+též)?"
    r"|[Vv]ezi(?:\s+și)?|[Bb]kz\.|[Ff]erner|anders(?:\s+(?:aber|dagegen|etwa|jedoch))?"
    r"|[ÄäAa]hnlich(?:\s+(?:auch|schon|bereits))?|[Ss]imilarly|[Dd]e même"
    r"|[Ss]o\s+(?:auch|schon|bereits|etwa)|[Dd]azu(?:\s+auch)?"
)
_TOPIC = (
    r"(?:(?:[Oo]n|[Ff]or|[Zz]u[rm]?|[Üü]ber|[Ss]ur|[Pp]our|[Ss]obre|[Ss]u(?:l|lla|llo|i|gli|lle)?|[Оо]б?|[Пп]одробнее"
    r"|[Nn]a temat)\s[^,;.]{1,80}?,?\s+)"
)
_AFTER = (
    r"(?:,?\s+(?:for example|e\.g\.|z\.\s?B\.|par exemple|for instance))?,?\s+"
    r"(?:(?:die\s+)?Akten?\s+(?:in|im)\s+|die\s+Akten?\s+)?"
)
OPENING = lazy(rf"\s*(?:{_TOPIC}?(?:{SIGNALS}){_AFTER})")
IBID = lazy(
    r"(?i)\s*(?:see\s+)?(?:ibid(?:em)?|ibíd(?:em)?|ebd|ebenda|ebda|там же|там само|пак там|idem|ib|ivi"
    r"|tamże|tamtéž|tamtiež|uo|aldaar|samme sted|sst)\b\.?[,;:]?\s*"
)
SHARED = lazy(
    r"[,;]?\s*\b(?:all|both|alle|beide|sämtlich|tous|toutes|tous deux|todos|ambos|tutti|все)"
    r"\s+(?:in|at|from|dans|aux?|en|nel|в)\b\s*"
)
