r"""LaTeX text as `.bib` files hold it, to plain text and back.

`decode` knows what bibliographies use: accents, letters and symbols, dashes and quotes, font commands (which become the
markup of CSL: `<i>`, `<b>`, `<sup>`, `<sub>`, small capitals), `$...$` of simple formulas. An unknown command loses its
backslash and keeps its argument. Braces go; those that keep lower-case words as they are become `nocase`. A text
without a backslash, brace or other active character comes back at once: that is why no LaTeX parser does this.

`encode` escapes what is active, so that braces are balanced also for BibTeX, which counts `\{` as a brace; letters
stay as they are (UTF-8). `decode(encode(text)) == text` for every line of text whose markup is well-formed.
"""

from __future__ import annotations

import re
import unicodedata

from .lazy_re import lazy

_ACTIVE = lazy(r"[\\{}~$]|--|``|''|[?!]`")
_BEYOND_BRACES = lazy(r"[\\~$]|--|``|''|[?!]`")
_FLAT_GROUP = lazy(r"\{([^{}]*)\}")

# Accent commands and the combining character of each (LaTeX 2e, "Accents"; also the letters' own commands below).
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "G": "\u030f", "U": "\u030e", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "h": "\u0309", "C": "\u030f", "f": "\u0311", "t": "\u0361",
}  # fmt: skip
_SYMBOLS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„", "quotesinglbase": "‚",
    "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "ldots": "…",
    "dots": "…", "textellipsis": "…", "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textdollar": "$", "textbar": "|",
    "textless": "<", "textgreater": ">", "textquotedbl": '"', "textquotesingle": "'", "textbullet": "•",
    "textperiodcentered": "·", "textdegree": "°", "degree": "°", "textcopyright": "©", "copyright": "©",
    "textregistered": "®", "texttrademark": "™", "textsection": "§", "S": "§", "textparagraph": "¶", "P": "¶",
    "dag": "†", "ddag": "‡", "textdagger": "†", "pounds": "£", "textsterling": "£", "texteuro": "€", "euro": "€",
    "textyen": "¥", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textordfeminine": "ª",
    "textordmasculine": "º", "textexclamdown": "¡", "textquestiondown": "¿", "textmu": "µ", "textnumero": "№",
    "slash": "/", "cdot": "·", "times": "×", "pm": "±", "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈",
    "infty": "∞", "rightarrow": "→", "leftarrow": "←", "to": "→", "deg": "°", "prime": "′", "sim": "∼", "mid": "|",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "quad": " ", "qquad": " ", "space": " ", "newline": " ",
    "enspace": " ", "thinspace": "\u2009", "nobreakspace": "\u00a0", "autocap": "", "relax": "", "protect": "",
    "em": "", "it": "", "bf": "", "sc": "", "sl": "", "rm": "", "sf": "", "tt": "", "itshape": "", "bfseries": "",
    "upshape": "", "scshape": "", "normalfont": "", "small": "", "noopsort": "", "break": "", "par": " ", "/": "",
    "isdot": "", "recto": "r", "verso": "v", "psq": "f.", "psqq": "ff.", "adddot": ".", "addcomma": ",",
    "addcolon": ":", "addspace": " ", "bibrangedash": "–",
    "hbox": "", "mbox": "", "mathrm": "", "ensuremath": "", "textnormal": "", "text": "", "textrm": "", "uppercase": "",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
# Commands with an argument, and what stands around it in CSL's markup.
_FONTS = {
    "textit": ("<i>", "</i>"), "emph": ("<i>", "</i>"), "mkbibemph": ("<i>", "</i>"), "mkbibitalic": ("<i>", "</i>"),
    "textsl": ("<i>", "</i>"), "mathit": ("<i>", "</i>"), "textbf": ("<b>", "</b>"), "mkbibbold": ("<b>", "</b>"),
    "textsuperscript": ("<sup>", "</sup>"), "mkbibsuperscript": ("<sup>", "</sup>"),
    "textsubscript": ("<sub>", "</sub>"), "mkbibsubscript": ("<sub>", "</sub>"),
    "textsc": ('<span style="font-variant:small-caps;">', "</span>"),
    "enquote": ("“", "”"), "mkbibquote": ("“", "”"), "mkbibparens": ("(", ")"), "mkbibbrackets": ("[", "]"),
    "uline": ("", ""), "underline": ("", ""),
}  # fmt: skip
_SWITCHES = {"em": "i", "it": "i", "itshape": "i", "sl": "i", "bf": "b", "bfseries": "b"}
# Commands of two arguments of which the second is the text, and those whose argument is nothing to print.
_SECOND = frozenset({"href", "foreignlanguage", "textcolor", "selectlanguage", "hyphenquote", "mkbibfont"})
_VERBATIM = frozenset({"url", "path", "nolinkurl", "verb"})
_DROPPED = frozenset({"noopsort", "label", "vspace", "hspace", "footnote", "cite", "index"})

_RUN = r"[^\\{}$~&%\-`'?!^_]+"
_TOKEN = lazy(rf"\\([A-Za-z]+)(?:\s+|(?![A-Za-z]))|\\(.)|([{{}}$~^_])|(---?)|(``|'')|([?!])`|{_RUN}|.", re.S)


def decode(text: str) -> str:
    """Return the text of a field's LaTeX; white space as one space each, no-break spaces kept."""
    if not _ACTIVE.search(text):
        return " ".join(text.split(" ")) if "  " in text else text
    whole = _outer(text)
    if not _BEYOND_BRACES.search(whole):
        flat = whole
        for _ in range(4):  # from the inside out; more levels than that are left to the decoder
            flat = _FLAT_GROUP.sub(_protected, flat)
            if "{" not in flat and "}" not in flat:
                return flat
    try:
        return _Decoder(whole).run()
    except _TooDeepError:
        return text.replace("{", "").replace("}", "")


def plain(text: str) -> str:
    """Return `decode` without markup, for names and other texts that have none."""
    found = decode(text)
    return re.sub(r"</?(?:i|b|sup|sub|span)(?:\s[^<>]*)?>", "", found) if "<" in found else found


def _outer(text: str) -> str:
    """Return the text without braces around the whole of it."""
    for _ in range(_DEEP):
        if not (text.startswith("{") and text.endswith("}") and _closes(text) == len(text) - 1):
            break
        text = text[1:-1].strip()
    return text


_DEEP = 50  # braces one in another beyond this are no LaTeX


def _closes(text: str) -> int:
    """Return the place of the brace that closes the first one, -1 where it is not closed."""
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.S):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth -= 1
            if depth == 0:
                return match.start()
    return -1


class _Decoder:
    """One pass over a text; groups are read by recursion. In formulas `^` and `_` raise and lower."""

    def __init__(self, text: str, *, formula: bool = False) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.is_formula = formula

    def run(self) -> str:
        """Return the whole text, a closing brace too many left out."""
        parts = []
        while self.at < len(self.text):
            parts.append(self.until_close())
            self.at += 1
        return "".join(parts)

    def until_close(self) -> str:
        """Return the text up to the end of the group, or of all."""
        parts: list[str] = []
        while match := _TOKEN.match(self.text, self.at):
            if match.group(3) == "}":
                break
            self.at = match.end()
            parts.append(self.token(match))
        return _switched(parts)

    def token(self, match: re.Match[str]) -> str:
        command, symbol, mark, dashes, quotes, opening = match.groups()
        if command is not None:
            return self.command(command)
        if symbol is not None:
            return self.symbol(symbol)
        if mark is not None:
            return self.mark(mark)
        if dashes is not None:
            return "—" if len(dashes) == 3 else "–"
        if quotes is not None:
            return "“" if quotes == "``" else "”"
        if opening is not None:
            return "¿" if opening == "?" else "¡"
        return match.group()

    def mark(self, mark: str) -> str:
        if mark == "{":
            return self.group()
        if mark == "$":
            return self.formula()
        if mark == "~":
            return "\u00a0"
        if self.is_formula and mark in "^_":
            tag = "sup" if mark == "^" else "sub"
            inner = self.argument()
            return f"<{tag}>{inner}</{tag}>" if inner else ""
        return mark

    def group(self) -> str:
        """Return a group in braces; one that protects lower-case words from a style's capitals is marked."""
        outermost = self.depth == 0 and not self.is_formula and not self.text.startswith("\\", self.at)
        text = self.inside()
        return _with_case(text) if outermost else text

    def inside(self) -> str:
        """Return the text of a group whose opening brace is read; nothing of one that is nested beyond reason."""
        if self.depth > _DEEP:
            raise _TooDeepError
        self.depth += 1
        text = self.until_close()
        self.depth -= 1
        self.at += 1
        return text

    def formula(self) -> str:
        """Return the text between dollar signs; a lone dollar sign stands for itself."""
        match = re.compile(r"(?:[^$\\]|\\.)+?(?=\$)", re.S).match(self.text, self.at)
        if not match:
            return "$"
        self.at = match.end() + 1
        return _Decoder(match.group(), formula=True).run()

    def argument(self) -> str:
        """Return the next group, command or character."""
        while self.text.startswith((" ", "\n", "\t"), self.at):
            self.at += 1
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.group(3) == "}":
            return ""
        if match.group(3) == "{":
            self.at = match.end()
            return self.inside()
        if match.group(1) or match.group(2):
            self.at = match.end()
            return self.token(match)
        self.at += 1
        return match.group()[0]

    def symbol(self, symbol: str) -> str:
        if symbol in _ACCENTS:
            return self.accent(symbol)
        return _CONTROL_SYMBOLS.get(symbol, symbol)

    def accent(self, command: str) -> str:
        letter = self.argument()
        if not letter:
            return {"~": "~", "^": "^", "'": "’", "`": "‘"}.get(command, "")
        base = {"ı": "i", "ȷ": "j"}.get(letter[0], letter[0])
        return unicodedata.normalize("NFC", base + _ACCENTS[command]) + letter[1:]

    def command(self, name: str) -> str:
        if name in _FONTS:
            before, after = _FONTS[name]
            inner = self.argument()
            return f"{before}{inner}{after}" if inner else ""
        if name in _SWITCHES:
            return f"\0{_SWITCHES[name]}"
        if name in _DROPPED:
            self.argument()
            return ""
        if name in _VERBATIM and self.text.startswith("{", self.at):
            end = _closes(self.text[self.at :])
            start, self.at = self.at + 1, self.at + end + 1 if end > 0 else len(self.text)
            return self.text[start : self.at - 1] if end > 0 else self.text[start:]
        if name in _SYMBOLS:
            if self.text.startswith("{}", self.at):  # they end the name of the command
                self.at += 2
            return _SYMBOLS[name]
        if len(name) == 1 and name in _ACCENTS:
            return self.accent(name)
        if name in _SECOND:
            self.argument()
        if self.text.startswith("{", self.at):
            return self.argument()
        return name if len(name) > 1 and name[0].isupper() else ""


_LOWER = lazy(r"(?:^|[\s–—-])[a-zß-öø-ÿ]{2,}")
_CONTROL_SYMBOLS = {
    ",": "\u2009", "-": "", "/": "", "\\": " ", " ": " ", "\n": " ", "*": "", ";": " ", ":": " ", "(": "", ")": "",
    "[": "", "]": "",
}  # fmt: skip


def _protected(match: re.Match[str]) -> str:
    return _with_case(match.group(1))


def _with_case(text: str) -> str:
    """Return the text of a group, marked where it has lower-case words that a style would give capitals."""
    return f'<span class="nocase">{text}</span>' if "<" not in text and _LOWER.search(text) else text


class _TooDeepError(Exception):
    """Braces one in another beyond reason."""


def _switched(parts: list[str]) -> str:
    """Return the parts of a group, what follows a font switch in its markup."""
    for index, part in enumerate(parts):
        if part.startswith("\0"):
            inner = _switched(parts[index + 1 :])
            return "".join(parts[:index]) + (f"<{part[1]}>{inner}</{part[1]}>" if inner else "")
    return "".join(parts)


# ---- encoding

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "\u00a0": "~",
    "\x85": " ", "\u2028": " ", "\u2029": " ",  # ends of lines, for some of those who read .bib
}  # fmt: skip
_TO_ESCAPE = lazy(r"[\\{}~^&%$#_\u00a0\x85\u2028\u2029]|-(?=-)|`(?=`)|'(?=')|[?!](?=`)")
_MARKUP = lazy(
    r"<(i|b|sup|sub)>([^<>]+)</\1>|<span (?:class=\"(nocase)\"|style=\"font-variant:\s*small-caps;\")>([^<>]+)</span>"
)
_COMMANDS = {"i": "textit", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript"}


def encode(text: str) -> str:
    """Return the text as LaTeX in UTF-8: what is active escaped, CSL's markup as font commands."""
    if "<" not in text:
        return _TO_ESCAPE.sub(_escaped, text)
    parts: list[str] = []
    at = 0
    for match in _MARKUP.finditer(text):
        parts.append(_TO_ESCAPE.sub(_escaped, text[at : match.start()]))
        tag, inner, nocase, spanned = match.groups()
        if tag:
            parts.append(f"\\{_COMMANDS[tag]}{{{_TO_ESCAPE.sub(_escaped, inner)}}}")
        elif nocase:
            parts.append(f"{{{_TO_ESCAPE.sub(_escaped, spanned)}}}")
        else:
            parts.append(f"\\textsc{{{_TO_ESCAPE.sub(_escaped, spanned)}}}")
        at = match.end()
    parts.append(_TO_ESCAPE.sub(_escaped, text[at:]))
    return "".join(parts)


def _escaped(match: re.Match[str]) -> str:
    mark = match.group()
    return _ESCAPES.get(mark) or f"{mark}{{}}"
